//! The pager at the foot of a table.

use std::rc::Rc;

use leptos::prelude::untrack;

use super::{ButtonKind, El, Follow, button, el, focus_by_id};

const PREVIOUS: &str = "previous-page";
const NEXT: &str = "next-page";

/// Goes through the pages of a list. Pages count from 1.
pub struct Pagination {
    /// For example "21–40 of 70".
    pub range: Follow<String>,
    /// The page before this one, if there is one.
    pub previous: Follow<Option<u64>>,
    /// The page after this one, if there is one.
    pub next: Follow<Option<u64>>,
    /// How many rows a page has.
    pub size: Follow<u64>,
    /// The sizes to choose from.
    pub sizes: &'static [u64],
    /// Whether another page is on its way.
    pub busy: Follow<bool>,
    /// Called with the page to go to.
    pub on_page: Rc<dyn Fn(u64)>,
    /// Called with the number of rows to show.
    pub on_size: Box<dyn Fn(u64)>,
}

impl Pagination {
    /// The pager.
    pub fn view(self) -> El {
        let Self { range, previous, next, size, sizes, busy, on_page, on_size } = self;
        let options: Vec<El> = sizes
            .iter()
            .map(|size| {
                let size = size.to_string();
                el("option").attr("value", &size).child(size)
            })
            .collect();
        let select = el("select")
            .class("input")
            .child(options)
            .property("value", move || size().to_string().into())
            .on_text("change", move |text| {
                if let Ok(size) = text.parse() {
                    on_size(size);
                }
            });
        el("nav")
            .class("pagination")
            .attr("aria-label", "Pagination")
            .attr_if("aria-busy", "true", move || busy())
            .child(el("p").class("pagination-range").attr("aria-live", "polite").text_of(move || range()))
            .child(el("label").class("pagination-size").child("Rows per page").child(select))
            .child(turn(PREVIOUS, "Previous page", previous, on_page.clone(), NEXT))
            .child(turn(NEXT, "Next page", next, on_page, PREVIOUS))
    }
}

/// A button that turns to a page, and gives the focus to the other one when there is nothing more on its side.
fn turn(id: &str, label: &str, page: Follow<Option<u64>>, on_page: Rc<dyn Fn(u64)>, other: &'static str) -> El {
    let exists = page.clone();
    let press = move || {
        if let Some(target) = untrack(|| page()) {
            on_page(target);
            if untrack(|| page()).is_none() {
                focus_by_id(other);
            }
        }
    };
    button(ButtonKind::Secondary, label, press).id(id).disabled_if(move || exists().is_none())
}
