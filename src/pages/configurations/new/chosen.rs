//! What was chosen, and what of it will be sent.

use std::rc::Rc;

use domain::{
    size::{bytes_text, count_text},
    text::visible,
};
use leptos::prelude::*;
use web_sys::Blob;

use super::packing::{Listing, Packer};
use crate::ui::{Button, Notice, NoticeKind};

/// More paths than these are counted and not shown: a page with all of them would be slow.
const MOST_SHOWN: usize = 1_000;

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
    let (summary, listing) = match chosen {
        Chosen::File { name, size, .. } => {
            (format!("{} will be sent as it is: {}.", visible(&name), bytes_text(size)), None)
        }
        Chosen::Folder { name, listing, .. } => (folder_summary(&name, &listing), Some(listing)),
    };
    view! {
        <div class="chosen">
            <p role="status">{summary}</p>
            {listing.map(|listing| view! { <FolderListing listing/> })}
            <Button on_press=on_remove>"Choose something else"</Button>
        </div>
    }
}

fn folder_summary(name: &str, listing: &Listing) -> String {
    format!(
        "{} of {} will be packed and sent: {} before compression.",
        count_text(listing.files.len(), "file"),
        visible(name),
        bytes_text(listing.bytes),
    )
}

/// Built once for a folder and never changed.
#[component]
fn FolderListing(listing: Rc<Listing>) -> impl IntoView {
    let left_out = (listing.left_out_files > 0).then(|| {
        let files = count_text(listing.left_out_files, "file");
        let text = format!("{files} ({}) left out by Terraform's ignore rules.", bytes_text(listing.left_out_bytes));
        view! { <p>{text}</p> }
    });
    let problems = (!listing.problems.is_empty()).then(|| {
        let item = |(path, reason): &(String, String)| {
            view! { <li>{[visible(path), visible(reason)].join(": ")}</li> }.into_any()
        };
        let items: Vec<AnyView> = listing.problems.iter().take(MOST_SHOWN).map(item).collect();
        view! {
            <Notice kind=NoticeKind::Warning text=count_text(listing.problems.len(), "problem")>
                <ul>{items}</ul>
            </Notice>
        }
    });
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
