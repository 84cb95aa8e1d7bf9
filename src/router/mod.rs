//! Where in the console the user is: the address, going elsewhere, and the question before unsaved changes are left.
//!
//! The browser's own history with signals on top, and the names that users of `leptos_router` know. `leptos_router`
//! itself cannot refuse a navigation (docs/decisions/0017-own-router.md). Pages are matched by
//! [`paths::Page`](crate::paths::Page).

mod arrival;
mod history;
mod link;
mod unsaved;

use leptos::{ev, prelude::*};
use web_sys::UrlSearchParams;

use self::{
    history::{Address, Entry},
    unsaved::{Guard, Returning, Step},
};

pub use arrival::use_arrival;
pub use link::Link;
pub use unsaved::{LeaveQuestion, UnsavedChanges, use_leave_question, use_unsaved_changes};

/// The address and everything that changes it. A context of the application; pages use the hooks.
#[derive(Clone, Copy)]
pub struct Router {
    address: RwSignal<Address>,
    place: StoredValue<Place>,
    /// How far entries were scrolled when they were left, by their numbers.
    scrolled: StoredValue<Vec<(i32, f64)>>,
    question: RwSignal<Option<Step>>,
}

/// Where in the history the user is. One value, since Leptos compiles all that keeps a value for each type again.
#[derive(Clone, Copy)]
struct Place {
    /// The number of the present entry of the history.
    number: i32,
    /// Whether it was there before: Back, Forward or a reload led to it.
    is_revisited: bool,
    /// How far the page that is arriving is to be scrolled.
    scroll_to: f64,
    guard: Option<Guard>,
    /// The way back to a page with unsaved changes, while the browser is on it.
    returning: Option<Returning>,
}

/// How to go to an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NavigateOptions {
    /// Takes the place of the present entry of the history: Back does not lead to that any more.
    pub replace: bool,
}

/// The address, read only.
#[derive(Clone, Copy)]
pub struct Location(Router);

impl Location {
    /// The path, tracked: percent-encoded, beginning with `/`.
    pub fn pathname(&self) -> String {
        self.0.address.with(|address| address.pathname.clone())
    }

    /// The path, not tracked. Empty when the application is gone, as in the handler of an element that is being removed.
    pub fn pathname_untracked(&self) -> String {
        self.0.address.try_with_untracked(|address| address.pathname.clone()).unwrap_or_default()
    }

    /// A parameter of the query, decoded, tracked.
    pub fn query(&self, name: &str) -> Option<String> {
        self.0.address.with(|address| UrlSearchParams::new_with_str(&address.search).ok()?.get(name))
    }

    /// Path and query together, not tracked.
    pub fn url_untracked(&self) -> String {
        self.0.address.with_untracked(Address::url)
    }
}

/// The present entry of the tab's history, read only.
#[derive(Clone, Copy)]
pub struct History(Router);

impl History {
    /// Its number; the one behind it has the next.
    pub fn number(&self) -> i32 {
        self.0.place.get_value().number
    }

    /// Whether Back, Forward or a reload led to it.
    pub fn is_revisited(&self) -> bool {
        self.0.place.get_value().is_revisited
    }
}

/// The present entry of the tab's history.
pub fn use_history() -> History {
    History(expect_context())
}

/// The address.
pub fn use_location() -> Location {
    Location(expect_context())
}

/// Goes to an address of the console, after the user agreed to lose what was typed.
pub fn use_navigate() -> impl Fn(&str, NavigateOptions) + Copy + Send + Sync + 'static {
    let router = expect_context::<Router>();
    move |url: &str, options: NavigateOptions| router.navigate(url, options)
}

/// Goes to another address as soon as it is shown, in place of the present one.
#[component]
pub fn Redirect(
    /// An address out of [`crate::paths`].
    #[prop(into)]
    path: String,
) -> impl IntoView {
    expect_context::<Router>().navigate(&path, NavigateOptions { replace: true });
}

/// Starts following links, Back and Forward, until the owner ends.
pub fn provide_router() {
    history::restore_scroll_by_hand();
    let address = Address::current();
    let known = Entry::current();
    let entry = known.unwrap_or_else(|| {
        let first = Entry::default();
        first.replace(&address.url());
        first
    });
    let scroll_to = history::scroll_before_reload(entry);
    let router = Router {
        address: RwSignal::new(address),
        place: StoredValue::new(Place {
            number: entry.number,
            is_revisited: known.is_some(),
            scroll_to,
            guard: None,
            returning: None,
        }),
        scrolled: StoredValue::new(Vec::new()),
        question: RwSignal::new(None),
    };
    let click = window_event_listener(ev::click, move |event| {
        if let Some(url) = link::followed(&event) {
            event.prevent_default();
            router.navigate(&url, NavigateOptions::default());
        }
    });
    let popstate = window_event_listener(ev::popstate, move |_| router.popped());
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if router.is_dirty() {
            event.prevent_default();
        }
    });
    let hide = window_event_listener(ev::pagehide, move |_| router.remember_for_reload());
    on_cleanup(move || {
        click.remove();
        popstate.remove();
        unload.remove();
        hide.remove();
        if let Some(Some(returning)) = router.place.try_get_value().map(|place| place.returning) {
            returning.end();
        }
    });
    provide_context(router);
}

impl Router {
    fn navigate(&self, url: &str, options: NavigateOptions) {
        // Leading to where one is is no step, and no leaving.
        if url == self.address.with_untracked(Address::url) {
            return;
        }
        let (router, url) = (*self, url.to_owned());
        self.ask(Step::Go(Callback::new(move |()| router.enter(&url, options))));
    }

    fn enter(&self, url: &str, NavigateOptions { replace }: NavigateOptions) {
        self.remember_scroll();
        let mut place = self.place.get_value();
        if replace {
            Entry { number: place.number }.replace(url);
        } else {
            place.number += 1;
            Entry { number: place.number }.push(url);
        }
        self.place.set_value(Place { is_revisited: false, scroll_to: 0.0, ..place });
        self.address.set(Address::current());
    }

    /// The browser has gone back or forward.
    fn popped(&self) {
        let from = self.place.get_value().number;
        let address = Address::current();
        let to = Entry::current().map_or_else(
            || {
                // An entry of the user's own making, such as a fragment typed behind the address.
                Entry { number: from + 1 }.replace(&address.url());
                from + 1
            },
            |entry| entry.number,
        );
        if self.is_returning(to) {
            return;
        }
        let is_elsewhere = self.address.with_untracked(|known| *known != address);
        if is_elsewhere && self.is_dirty() {
            self.return_from(to);
            return;
        }
        self.remember_scroll();
        let place = Place { number: to, is_revisited: true, ..self.place.get_value() };
        self.place.set_value(place);
        if is_elsewhere {
            let scroll = self.scrolled.with_value(|all| all.iter().find(|(number, _)| *number == to).map(|it| it.1));
            self.place.set_value(Place { scroll_to: scroll.unwrap_or_default(), ..place });
            self.address.set(address);
        }
    }

    fn remember_scroll(&self) {
        let (number, scroll) = (self.place.get_value().number, window().scroll_y().unwrap_or_default());
        self.scrolled.update_value(|all| {
            all.retain(|(of, _)| *of != number);
            all.push((number, scroll));
        });
    }

    fn remember_for_reload(&self) {
        history::keep_scroll_for_reload(Entry { number: self.place.get_value().number });
    }
}
