//! What was chosen, and what of it will be sent.

use std::rc::Rc;

use web_sys::Blob;

use super::packing::{Listing, Packer};
use crate::{
    domain::{
        size::{bytes_text, count_text},
        text::visible,
    },
    ui::{El, el},
};

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
pub fn chosen_view(chosen: &Chosen) -> El {
    match chosen {
        Chosen::File { name, size, .. } => {
            let text = format!("{} will be sent as it is: {}.", visible(name), bytes_text(*size));
            el("div").class("chosen").child(el("p").attr("role", "status").child(text))
        }
        Chosen::Folder { name, listing, .. } => folder_view(name, listing),
    }
}

fn folder_view(name: &str, listing: &Listing) -> El {
    let text = format!(
        "{} of {} will be packed and sent: {} before compression.",
        count_text(listing.files.len(), "file"),
        visible(name),
        bytes_text(listing.bytes),
    );
    let left_out = (listing.left_out_files > 0).then(|| {
        let files = count_text(listing.left_out_files, "file");
        el("p").child(format!("{files} ({}) left out by Terraform's ignore rules.", bytes_text(listing.left_out_bytes)))
    });
    let problems = (!listing.problems.is_empty()).then(|| {
        let items = listing.problems.iter().take(MOST_SHOWN);
        let items: Vec<El> =
            items.map(|(path, reason)| el("li").child(format!("{}: {}", visible(path), visible(reason)))).collect();
        el("div")
            .class("notice")
            .attr("data-kind", "warning")
            .child(el("p").class("notice-text").child(count_text(listing.problems.len(), "problem")))
            .child(el("ul").child(items))
    });
    let shown = listing.files.iter().take(MOST_SHOWN);
    let shown: Vec<El> = shown
        .map(|(path, size)| {
            let size = el("span").class("file-size").child(bytes_text(*size));
            el("li").child(el("code").class("value").child(visible(path))).child(" ").child(size)
        })
        .collect();
    let more = listing.files.len().saturating_sub(MOST_SHOWN);
    let more = (more > 0).then(|| el("p").child(format!("… and {} more.", count_text(more, "file"))));
    let list = el("div")
        .class("file-list")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "What will be sent")
        .child(el("ul").class("plain-list").child(shown))
        .child(more);
    el("div")
        .class("chosen")
        .child(el("p").attr("role", "status").child(text))
        .child(left_out)
        .child(problems)
        .child(el("details").child(el("summary").child("List of files")).child(list))
}
