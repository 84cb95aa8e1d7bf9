//! Where in the console the user is: the address, going elsewhere, and asking before unsaved changes are left.
//!
//! The browser's own history with a signal on top. `leptos_router` is not used: it is a third of the first load
//! (docs/decisions/0004-own-router.md).

use leptos::{ev, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BeforeUnloadEvent, Element, Event, EventTarget, HtmlAnchorElement, MouseEvent, UrlSearchParams};

use crate::paths;

/// Path and query, as the browser has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Address {
    path: String,
    search: String,
}

/// A step that waits for the user's agreement, because what was typed would be lost.
#[derive(Clone)]
enum Step {
    /// Back or Forward, which the browser has already taken and which was taken back.
    Back,
    /// Anything else.
    Act(Callback<()>),
}

/// The address and the way to change it. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Router {
    address: RwSignal<Address>,
    dirty: StoredValue<Option<Memo<bool>>>,
    step: StoredValue<Option<Step>>,
    asking: RwSignal<bool>,
}

impl Router {
    /// Follows links, Back and Forward until the component that calls it goes away.
    pub fn start() -> Self {
        let router = Self {
            address: RwSignal::new(here()),
            dirty: StoredValue::new(None),
            step: StoredValue::new(None),
            asking: RwSignal::new(false),
        };
        listen(document().as_ref(), "click", move |event| {
            if let Some(url) = event.dyn_ref::<MouseEvent>().and_then(followed_link) {
                event.prevent_default();
                router.go(&url);
            }
        });
        listen(window().as_ref(), "popstate", move |_| router.popped());
        let unload = window_event_listener(ev::beforeunload, move |event: BeforeUnloadEvent| {
            if router.is_dirty() {
                event.prevent_default();
            }
        });
        on_cleanup(move || unload.remove());
        router
    }

    /// The path, tracked: percent-encoded, beginning with `/`.
    pub fn path(&self) -> String {
        self.address.with(|address| address.path.clone())
    }

    /// A parameter of the query, decoded, tracked.
    pub fn query(&self, name: &str) -> Option<String> {
        self.address.with(|address| UrlSearchParams::new_with_str(&address.search).ok()?.get(name))
    }

    /// Path and query together, not tracked.
    pub fn url(&self) -> String {
        self.address.with_untracked(|address| address.path.clone() + &address.search)
    }

    /// Goes to an address of the console, as a step that Back undoes.
    pub fn go(&self, url: &str) {
        let (router, url) = (*self, url.to_owned());
        self.ask(Callback::new(move |()| router.enter(&url, false)));
    }

    /// Goes to an address of the console in place of the present one.
    pub fn replace(&self, url: &str) {
        let (router, url) = (*self, url.to_owned());
        self.ask(Callback::new(move |()| router.enter(&url, true)));
    }

    /// Does `act` at once, or after the user has agreed to lose what was typed.
    pub fn ask(&self, act: Callback<()>) {
        if self.is_dirty() {
            self.step.set_value(Some(Step::Act(act)));
            self.asking.set(true);
        } else {
            act.run(());
        }
    }

    /// Guards the page that calls it, as long as that page is there and `dirty` says so.
    pub fn protect(&self, dirty: Memo<bool>) {
        let router = *self;
        router.dirty.set_value(Some(dirty));
        on_cleanup(move || router.release());
    }

    /// Lets go, because what was typed is saved or given up.
    pub fn release(&self) {
        // A page can outlive the application by a moment when both go away.
        self.dirty.try_update_value(|dirty| *dirty = None);
    }

    /// Whether the user is being asked.
    pub fn asking(&self) -> RwSignal<bool> {
        self.asking
    }

    /// The user agreed: takes the step that was asked about.
    pub fn leave(&self) {
        self.asking.set(false);
        self.release();
        match self.step.get_value() {
            // It fails only in a document that is not shown.
            Some(Step::Back) => drop(window().history().map(|history| history.back())),
            Some(Step::Act(act)) => act.run(()),
            None => {}
        }
    }

    fn is_dirty(&self) -> bool {
        self.dirty.get_value().and_then(|dirty| dirty.try_get_untracked()).unwrap_or(false)
    }

    fn popped(&self) {
        if self.is_dirty() && here() != self.address.get_untracked() {
            // Puts the form's address behind the one that was gone to: going back once then leads there.
            change_history(&self.url(), false);
            self.step.set_value(Some(Step::Back));
            self.asking.set(true);
        } else {
            self.arrive();
        }
    }

    fn enter(&self, url: &str, replace: bool) {
        change_history(url, replace);
        let left = self.address.with_untracked(|address| address.path.clone());
        self.arrive();
        if !replace && self.address.with_untracked(|address| address.path != left) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn arrive(&self) {
        let address = here();
        if self.address.with_untracked(|known| *known != address) {
            self.address.set(address);
        }
    }
}

fn here() -> Address {
    let location = window().location();
    Address { path: location.pathname().unwrap_or_default(), search: location.search().unwrap_or_default() }
}

fn change_history(url: &str, replace: bool) {
    let Ok(history) = window().history() else { return };
    // It fails only for an address of another origin, which none of the callers has.
    let _ = if replace {
        history.replace_state_with_url(&JsValue::NULL, "", Some(url))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(url))
    };
}

/// The address inside the console that a click leads to in this tab, if it does.
fn followed_link(event: &MouseEvent) -> Option<String> {
    let plain = event.button() == 0
        && !event.default_prevented()
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let link = link.dyn_into::<HtmlAnchorElement>().ok()?;
    let same_origin = link.origin() == window().location().origin().ok()?;
    let in_this_tab = link.target().is_empty() && !link.has_attribute("download") && link.hash().is_empty();
    let is_ours = same_origin && paths::inside(&link.pathname()).is_some();
    (plain && is_ours && in_this_tab).then(|| link.pathname() + &link.search())
}

/// Listens until the component goes away.
fn listen(target: &EventTarget, name: &'static str, handler: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(handler);
    // Adding a listener to the window or the document cannot fail.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    let listener = SendWrapper::new((target.clone(), closure));
    on_cleanup(move || {
        let (target, closure) = listener.take();
        let _ = target.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    });
}
