//! What was chosen, and what of it will be sent.

use std::rc::Rc;

use domain::{
    size::{bytes_text, count_text},
    text::visible,
};
use leptos::prelude::*;
use web_sys::Blob;

use super::packing::{Listing, Packer, Problem};
use crate::ui::{Button, Notice, NoticeKind};

/// More paths than these are counted and not shown: a page with all of them would be slow.
const MOST_SHOWN: usize = 1_000;

/// More executable files than these are counted.
const MOST_NAMED: usize = 20;

/// What no browser tells of a folder, so that it cannot be told of this one.
const UNSEEN: &str = "A browser does not show links: what a link to a file leads to is sent in its place or left out, and \
                      a link to a folder is left out. It does not show which files are executable, either. If either \
                      counts, choose a .tar.gz that tar made.";

/// Something to upload.
#[derive(Clone)]
pub enum Chosen {
    /// An archive.
    File {
        /// Its name.
        name: String,
        /// Its size in bytes.
        size: u64,
        /// Its content.
        blob: Blob,
        /// What should be known of it.
        problems: Rc<Vec<Problem>>,
    },
    /// A folder, which is packed before it is sent.
    Folder {
        /// Its name.
        name: String,
        /// What will be sent of it.
        listing: Rc<Listing>,
        /// What packs it.
        packer: Rc<Packer>,
    },
}

/// What was chosen, with what will be sent and what should be known of it. Built once and never changed.
#[component]
pub fn ChosenView(
    /// What was chosen.
    chosen: Chosen,
    /// Called to choose something else.
    #[prop(into)]
    on_remove: Callback<()>,
) -> impl IntoView {
    let (summary, notes, problems, files) = match &chosen {
        Chosen::File { name, size, problems, .. } => {
            let summary = [&visible(name), " will be sent as it is: ", &bytes_text(*size), "."].concat();
            (summary, Vec::new(), problem_list(problems), None)
        }
        Chosen::Folder { name, listing, .. } => {
            let notes = left_out(listing).into_iter().chain(executables(listing)).chain([UNSEEN.to_owned()]);
            let notes = notes.map(paragraph).collect::<Vec<_>>();
            (folder_summary(name, listing), notes, problem_list(&listing.problems), Some(file_list(&listing.files)))
        }
    };
    view! {
        <div class="chosen">
            <p role="status">{summary}</p>
            {notes}
            {problems}
            {files}
            <Button on_press=on_remove>"Choose something else"</Button>
        </div>
    }
}

fn paragraph(text: String) -> AnyView {
    view! { <p>{text}</p> }.into_any()
}

fn folder_summary(name: &str, listing: &Listing) -> String {
    let files = count_text(listing.files.len(), "file");
    let size = bytes_text(listing.bytes);
    [&files, " of ", &visible(name), " will be packed and sent: ", &size, " before compression."].concat()
}

fn left_out(listing: &Listing) -> Option<String> {
    let counts = [(listing.left_out_files, "file"), (listing.left_out_folders, "folder")];
    let texts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| count_text(*count, what));
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(" and ") + " left out by Terraform's ignore rules.")
}

fn executables(listing: &Listing) -> Option<String> {
    let all = &listing.executables;
    let shown: Vec<String> = all.iter().take(MOST_NAMED).map(|path| visible(path)).collect();
    let mut text = "Made executable, for beginning with “#!”: ".to_owned() + &shown.join(", ");
    if all.len() > shown.len() {
        text += &[" and ", &(all.len() - shown.len()).to_string(), " more"].concat();
    }
    (!shown.is_empty()).then(|| text + ".")
}

/// What should be known before it is sent.
fn problem_list(problems: &[Problem]) -> Option<AnyView> {
    let item = |(path, reason): &Problem| {
        let place = if path.is_empty() { String::new() } else { visible(path) + ": " };
        view! { <li>{place + &visible(reason)}</li> }.into_any()
    };
    let items = problems.iter().take(MOST_SHOWN).map(item).collect::<Vec<_>>();
    let text = count_text(problems.len(), "thing") + " to know before it is sent";
    (!items.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warning text>
                <ul>{items}</ul>
            </Notice>
        }
        .into_any()
    })
}

fn file_list(files: &[(String, u64)]) -> AnyView {
    let file = |(path, size): &(String, u64)| {
        view! {
            <li>
                <code class="value">{visible(path)}</code>
                " "
                <span class="file-size">{bytes_text(*size)}</span>
            </li>
        }
        .into_any()
    };
    let items = files.iter().take(MOST_SHOWN).map(file).collect::<Vec<_>>();
    let more = files.len().saturating_sub(MOST_SHOWN);
    let more = (more > 0).then(|| paragraph(["… and ", &count_text(more, "more file"), "."].concat()));
    view! {
        <details>
            <summary>"List of files"</summary>
            <div class="file-list" tabindex="0" role="region" aria-label="What will be sent">
                <ul class="plain-list">{items}</ul>
                {more}
            </div>
        </details>
    }
    .into_any()
}
