//! A text field of the toolbar. What is typed narrows the list at once, and is in the address after a pause.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::view::ListView;
use crate::{
    paths::{ListQuery, Page},
    router::use_location,
};

/// Typing pauses this long before it is a step in the browser's history: longer than the gap between two keys.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// What is in a field, and the text of the address that it goes with: as soon as the address has another one, by Back or
/// by a link, that one is in the field.
#[derive(Clone, Default, PartialEq)]
pub struct Typed {
    text: String,
    address: String,
}

/// The part of the query that a field holds.
pub type Part = fn(&mut ListQuery) -> &mut String;

/// What is in a field now. Tracked.
pub fn text_of(typed: RwSignal<Typed>, query: Memo<ListQuery>, part: Part) -> String {
    let address = query.with(|query| part(&mut query.clone()).clone());
    typed.with(|typed| if typed.address == address { typed.text.clone() } else { address })
}

/// The behaviour of a field that holds a part of the query: what is in it, what it does for each key, and what for Enter and
/// for leaving the field.
///
/// A field that has the focus tells of a change while it is being removed: none of these reads what has gone by then.
pub fn use_typed_field(
    view: ListView,
    typed: RwSignal<Typed>,
    part: Part,
) -> (Signal<String>, impl Fn(String) + Copy + 'static, impl Fn(String) + Copy + 'static) {
    let (go, query, tool) = (view.go(), view.query, view.tool);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    };
    on_cleanup(stop);
    // Back is stronger than what was typed before it.
    Effect::new(move |_| {
        query.track();
        stop();
    });
    let location = use_location();
    let is_leaving = move || Page::at(&location.pathname_untracked()) != Page::ToolVersions(tool);
    let enter = move |text: String| {
        stop();
        if is_leaving() {
            return;
        }
        let Some(mut next) = query.try_get_untracked() else { return };
        let address = text.trim().to_owned();
        let known = std::mem::replace(part(&mut next), address.clone());
        if address == known {
            return;
        }
        typed.set(Typed { text, address });
        next.page = 1;
        // The first text is a step that Back undoes; correcting it is not another one.
        go(next, !known.is_empty());
    };
    let type_in = move |text: String| {
        stop();
        let Some(mut now) = query.try_get_untracked() else { return };
        typed.set(Typed { text: text.clone(), address: std::mem::take(part(&mut now)) });
        let waiting = set_timeout_with_handle(move || enter(text.clone()), TYPING_PAUSE);
        timer.set_value(waiting.ok());
    };
    let text = Signal::derive(move || text_of(typed, query, part));
    (text, type_in, enter)
}
