//! The members of every message, written and read again, and messages that lack some.

use std::fmt::Debug;

use super::members::{Members, Value};
use super::{FromPage, FromWorker, Listing};

/// What stands for a file or a blob here.
type Handle = char;

fn from_page(members: Members<Handle>) -> Option<FromPage<Handle>> {
    FromPage::from_members(members)
}

fn from_worker(members: Members<Handle>) -> Option<FromWorker<Handle>> {
    FromWorker::from_members(members)
}

fn listing() -> Listing {
    Listing {
        files: vec![("a.tf".to_owned(), 3), ("größe/b.tf".to_owned(), 1 << 40)],
        bytes: 3 + (1 << 40),
        left_out_files: 2,
        left_out_folders: 1,
        executables: vec!["a.tf".to_owned()],
        problems: vec![("c".to_owned(), "is there twice".to_owned())],
    }
}

fn assert_comes_back<M: Clone + Debug + PartialEq>(
    messages: &[M],
    write: impl Fn(M) -> Members<Handle>,
    read: impl Fn(Members<Handle>) -> Option<M>,
) {
    for message in messages {
        assert_eq!(read(write(message.clone())).as_ref(), Some(message));
    }
}

#[test]
fn what_is_written_is_read_again() {
    let messages = [
        FromPage::Files(vec![("app/a.tf".to_owned(), 'a'), ("app/b.tf".to_owned(), 'b')]),
        FromPage::Files(Vec::new()),
        FromPage::Rules(None),
        FromPage::Rules(Some('r')),
        FromPage::Names(vec!["app/a.tf".to_owned(), "app/b/".to_owned()]),
        FromPage::List(Vec::new()),
        FromPage::List(vec![("app/c".to_owned(), "cannot be read".to_owned())]),
        FromPage::Inspect('x'),
        FromPage::Pack { run: 0 },
        FromPage::Pack { run: u32::MAX },
        FromPage::Stop,
    ];
    assert_comes_back(&messages, FromPage::into_members, from_page);
    let messages = [
        FromWorker::Ready,
        FromWorker::Ruled,
        FromWorker::Wanted(vec![0, 7]),
        FromWorker::Inspected(vec![(String::new(), "It is cut.".to_owned())]),
        FromWorker::Listed(listing()),
        FromWorker::Listed(Listing::default()),
        FromWorker::Packing { run: 7, bytes: 1, total: 1 << 50 },
        FromWorker::Packed { run: 7, archive: 'x' },
        FromWorker::Failed { run: Some(7), reason: "a.tf was changed.".to_owned() },
        FromWorker::Failed { run: None, reason: "The folder cannot be read.".to_owned() },
    ];
    assert_comes_back(&messages, FromWorker::into_members, from_worker);
}

#[test]
fn the_worker_takes_no_message_that_lacks_something() {
    for members in [
        Members::new("pack"),
        Members::new("pack").with("run", Value::Text("1".to_owned())),
        Members::new("pack").with("run", Value::Number(1 << 40)),
        Members::new("files").with("paths", Value::texts(vec!["a".to_owned()])).with("files", Value::List(Vec::new())),
        Members::new("files")
            .with("paths", Value::numbers(vec![1]))
            .with("files", Value::List(vec![Value::Handle('a')])),
        Members::new("names"),
        Members::new("inspect"),
        Members::new("list").with("wrong", Value::texts(Vec::new())),
        Members::new("ready"),
        Members(Vec::new()),
    ] {
        assert_eq!(from_page(members.clone()), None, "{members:?}");
    }
}

#[test]
fn the_page_takes_no_message_that_lacks_something() {
    for kind in ["packing", "packed", "failed", "listed", "wanted", "inspected", "list", ""] {
        assert_eq!(from_worker(Members::new(kind)), None, "{kind}");
    }
    for missing in ["run", "bytes", "total"] {
        let mut members = FromWorker::Packing { run: 1, bytes: 2, total: 3 }.into_members();
        members.0.retain(|(name, _)| name != missing);
        assert_eq!(from_worker(members), None, "{missing}");
    }
    let mut members = FromWorker::Listed(listing()).into_members();
    members.0.retain(|(name, _)| name != "sizes");
    assert_eq!(from_worker(members.with("sizes", Value::numbers(vec![3]))), None);
}
