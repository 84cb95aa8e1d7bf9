//! What is told of the loading above the rows: how much is shown of how much, and what is missing.

use domain::{
    count::{grouped, versions},
    text::visible,
};
use leptos::prelude::*;

use super::view::ListView;
use crate::{
    inventory::Progress,
    ui::{Button, Notice, NoticeKind, dynamic, focus_heading},
};

/// "70 versions", "Showing 12 of 70 versions", "Loading 1,200 of 2,000 versions…".
#[component]
pub fn Shown(
    /// What is shown.
    view: ListView,
) -> impl IntoView {
    let inventory = view.inventory;
    let text = Memo::new(move |_| {
        let known = inventory.with(|store| store.count()) as u64;
        let found = view.has_filters().then(|| grouped(view.count() as u64));
        let (has_begun, is_partial, total) = inventory.progress().with(|it| (it.has_begun, it.is_partial, it.total));
        if !has_begun {
            return String::new();
        }
        if !is_partial {
            return match found {
                Some(found) => ["Showing ", &found, " of ", &versions(known)].concat(),
                None => versions(known),
            };
        }
        let of_all = match total {
            Some(total) => [&grouped(known), " of ", &versions(total)].concat(),
            None => versions(known),
        };
        let loaded = if inventory.is_busy() {
            ["Loading ", &of_all, "…"].concat()
        } else {
            ["Only ", &of_all, " could be loaded."].concat()
        };
        match found {
            Some(found) => [&loaded, " Showing ", &found, " of those."].concat(),
            None => loaded,
        }
    });
    view! {
        <p role="status" class="shown">
            {text}
        </p>
    }
}

/// What could not be loaded or read, and what has gone.
#[component]
pub fn Missing(
    /// What is shown.
    view: ListView,
) -> impl IntoView {
    let inventory = view.inventory;
    let progress = inventory.progress();
    let unreadable = Memo::new(move |_| progress.with(unreadable_text));
    let short = Memo::new(move |_| {
        let is_busy = inventory.is_busy();
        progress.with(|progress| short_text(progress).filter(|_| !is_busy))
    });
    let failed = Memo::new(move |_| progress.with(failed_text));
    let lost = Memo::new(move |_| lost_text(&inventory.lost()));
    let retry = move || {
        Some(view! {
            <Notice kind=NoticeKind::Error text=failed.get()?>
                <Button on_press=move |()| {
                    // The button goes away with the notice: the focus needs another place.
                    focus_heading();
                    inventory.load_failed();
                }>"Try again"</Button>
            </Notice>
        })
    };
    view! {
        {dynamic(move || Some(view! { <Notice kind=NoticeKind::Error text=unreadable.get()?/> }))}
        {dynamic(retry)}
        {dynamic(move || Some(view! { <Notice kind=NoticeKind::Warning text=short.get()?/> }))}
        {dynamic(move || Some(view! { <Notice kind=NoticeKind::Status text=lost.get()?/> }))}
    }
}

fn unreadable_text(Progress { unreadable, unreadable_count, .. }: &Progress) -> Option<String> {
    let places: Vec<String> =
        unreadable.iter().map(|it| visible(&[it.place.as_str(), " ", it.problem.as_str()].concat())).collect();
    let more = unreadable_count.saturating_sub(places.len());
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    (*unreadable_count > 0).then(|| {
        format!(
            "The server sent something this console does not understand, so that {unreadable_count} of the versions \
             cannot be shown: {}{more}.",
            places.join("; "),
        )
    })
}

fn failed_text(progress: &Progress) -> Option<String> {
    let (pages, error) = progress.failed.as_ref()?;
    let positions: Vec<String> = pages
        .iter()
        .map(|pages| {
            let (first, last) = pages.positions();
            [grouped(first), grouped(last)].join("–")
        })
        .collect();
    Some(["The versions ", &positions.join(", "), " could not be loaded. ", &error.message()].concat())
}

fn short_text(progress: &Progress) -> Option<String> {
    if progress.is_cut {
        return Some("The installation has more versions than this console loads.".to_owned());
    }
    let is_short = progress.missing > 0 && progress.failed.is_none();
    is_short.then(|| {
        let missing = versions(progress.missing);
        ["The installation counts ", &missing, " more than it lists, even when asked again."].concat()
    })
}

fn lost_text(lost: &[String]) -> Option<String> {
    let verb = match lost {
        [] => return None,
        [_] => " is not there any more, and not selected.",
        _ => " are not there any more, and not selected.",
    };
    Some([&lost.join(", "), verb].concat())
}
