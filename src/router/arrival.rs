//! Arriving on a page: the tab's title, the focus and the scroll position, for all pages in one place.

use leptos::{html::ElementType, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use super::{Place, Router};

/// How many frames the page may take until it is long enough to be scrolled to where it was: three seconds.
const FRAMES: u32 = 180;

/// Sets the tab's title to what begins with `title`, and once the page is there gives the focus to its heading and
/// scrolls to the top, or after Back and Forward to where it was.
pub fn use_arrival<E>(heading: NodeRef<E>, title: Signal<String>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    Effect::new(move |_| document().set_title(&title.get()));
    let router = expect_context::<Router>();
    let Place { number, scroll_to, .. } = router.place.get_value();
    request_animation_frame(move || {
        let Some(heading) = heading.try_get_untracked().flatten() else { return };
        focus_without_scrolling(heading.unchecked_ref());
        scroll_when_possible(router, number, scroll_to, FRAMES);
    });
}

fn focus_without_scrolling(heading: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // It fails only for an element that cannot be focused, and a heading can.
    let _ = heading.focus_with_options(&options);
}

/// Scrolls as soon as there is enough to scroll, unless the user has gone on or scrolled meanwhile.
fn scroll_when_possible(router: Router, number: i32, scroll: f64, frames: u32) {
    if router.place.try_get_value().map(|place| place.number) != Some(number) {
        return;
    }
    window().scroll_to_with_x_and_y(0.0, scroll);
    let (reached, height) = position();
    if reached + 1.0 >= scroll || frames == 0 {
        return;
    }
    request_animation_frame(move || {
        let (now, height_now) = position();
        // Where the page has grown, the browser may have scrolled by itself, to keep in sight what is in sight.
        if now == reached || height_now != height {
            scroll_when_possible(router, number, scroll, frames - 1);
        }
    });
}

/// How far the page is scrolled, and how high it is.
fn position() -> (f64, i32) {
    let height = document().document_element().map_or(0, |page| page.scroll_height());
    (window().scroll_y().unwrap_or_default(), height)
}
