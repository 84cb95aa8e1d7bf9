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

/// What was chosen, with what will be sent and how much it is.
#[component]
pub fn ChosenView(
    /// What was chosen.
    chosen: Chosen,
    /// Called to choose something else.
    #[prop(into)]
    on_remove: Callback<()>,
) -> impl IntoView {
    let (summary, content) = match chosen {
        Chosen::File { name, size, problems, .. } => {
            let summary = [&visible(&name), " will be sent as it is: ", &bytes_text(size), "."].concat();
            (summary, problem_list(&problems))
        }
        Chosen::Folder { name, listing, .. } => {
            (folder_summary(&name, &listing), Some(view! { <FolderListing listing/> }.into_any()))
        }
    };
    view! {
        <div class="chosen">
            <p role="status">{summary}</p>
            {content}
            <Button on_press=on_remove>"Choose something else"</Button>
        </div>
    }
}

/// What should be known before it is sent.
fn problem_list(problems: &[Problem]) -> Option<AnyView> {
    let item = |(path, reason): &Problem| {
        let place = if path.is_empty() { String::new() } else { visible(path) + ": " };
        view! { <li>{place + &visible(reason)}</li> }.into_any()
    };
    let items: Vec<AnyView> = problems.iter().take(MOST_SHOWN).map(item).collect();
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

fn folder_summary(name: &str, listing: &Listing) -> String {
    let files = count_text(listing.files.len(), "file");
    let size = bytes_text(listing.bytes);
    [&files, " of ", &visible(name), " will be packed and sent: ", &size, " before compression."].concat()
}

fn left_out(listing: &Listing) -> Option<String> {
    let counts = [(listing.left_out_files, "file"), (listing.left_out_folders, "folder")];
    let texts: Vec<String> =
        counts.iter().filter(|it| it.0 > 0).map(|(count, what)| count_text(*count, what)).collect();
    (!texts.is_empty()).then(|| texts.join(" and ") + " left out by Terraform's ignore rules.")
}

fn executables(listing: &Listing) -> Option<String> {
    let shown: Vec<String> = listing.executables.iter().take(MOST_NAMED).map(|path| visible(path)).collect();
    let more = listing.executables.len() - shown.len();
    let more = if more > 0 { [" and ", &more.to_string(), " more"].concat() } else { String::new() };
    let text = ["Executable, because it begins with “#!”: ", &shown.join(", "), &more, "."];
    (!shown.is_empty()).then(|| text.concat())
}

/// Built once for a folder and never changed.
#[component]
fn FolderListing(listing: Rc<Listing>) -> impl IntoView {
    let left_out = left_out(&listing).map(|text| view! { <p>{text}</p> });
    let executables = executables(&listing).map(|text| view! { <p>{text}</p> });
    let problems = problem_list(&listing.problems);
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
    let files: Vec<AnyView> = listing.files.iter().take(MOST_SHOWN).map(file).collect();
    let more = listing.files.len().saturating_sub(MOST_SHOWN);
    let more = (more > 0).then(|| view! { <p>{format!("… and {} more.", count_text(more, "file"))}</p> });
    view! {
        {left_out}
        {executables}
        <p class="field-hint">{UNSEEN}</p>
        {problems}
        <details>
            <summary>"List of files"</summary>
            <div class="file-list" tabindex="0" role="region" aria-label="What will be sent">
                <ul class="plain-list">{files}</ul>
                {more}
            </div>
        </details>
    }
}
