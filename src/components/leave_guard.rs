//! Asking before a form with unsaved changes is left: by a link, by Back or Forward, by reload or by closing the tab.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BeforeUnloadEvent, Element, Event, EventTarget, HtmlAnchorElement, MouseEvent};

use crate::ui::{Button, ButtonKind, Dialog};

/// What knows whether the page may be left. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct LeaveGuard {
    dirty: StoredValue<Option<Memo<bool>>>,
    /// The address of the form: Back has already changed it when it is heard of.
    address: StoredValue<String>,
    leave: StoredValue<Option<Callback<()>>>,
    open: RwSignal<bool>,
}

impl Default for LeaveGuard {
    fn default() -> Self {
        Self {
            dirty: StoredValue::new(None),
            address: StoredValue::new(String::new()),
            leave: StoredValue::new(None),
            open: RwSignal::new(false),
        }
    }
}

impl LeaveGuard {
    /// Guards the page that calls it, as long as that page is there and `dirty` says so.
    pub fn protect(&self, dirty: Memo<bool>) {
        let guard = *self;
        guard.dirty.set_value(Some(dirty));
        guard.address.set_value(here());
        on_cleanup(move || guard.release());
    }

    /// Lets go, because what was typed is saved or given up.
    pub fn release(&self) {
        // A page can outlive the shell by a moment when both go away.
        self.dirty.try_update_value(|dirty| *dirty = None);
    }

    /// Does `leave` at once, or after the user has agreed to lose what was typed.
    pub fn ask(&self, leave: impl Fn() + Send + Sync + 'static) {
        if self.is_dirty() {
            self.leave.set_value(Some(Callback::new(move |()| leave())));
            self.open.set(true);
        } else {
            leave();
        }
    }

    fn is_dirty(&self) -> bool {
        self.dirty.get_value().and_then(|dirty| dirty.try_get_untracked()).unwrap_or(false)
    }

    fn agreed(&self) {
        self.open.set(false);
        self.release();
        if let Some(leave) = self.leave.get_value() {
            leave.run(());
        }
    }
}

/// The question, and the listeners that ask it. Once, in the shell.
#[component]
pub fn LeaveDialog() -> AnyView {
    let guard = expect_context::<LeaveGuard>();
    let navigate = use_navigate();

    // Both listen in the capture phase, to come before the router's own listeners.
    listen(document().as_ref(), "click", move |event| {
        let Some(target) = event.dyn_ref::<MouseEvent>().and_then(followed_link) else { return };
        if guard.is_dirty() {
            event.prevent_default();
            event.stop_propagation();
            let navigate = SendWrapper::new(navigate.clone());
            guard.ask(move || navigate(&target, Default::default()));
        }
    });
    listen(window().as_ref(), "popstate", move |event| {
        if guard.is_dirty() {
            event.stop_immediate_propagation();
            // Put the form's address behind the one that was gone to: going back once then leads there.
            push_address(&guard.address.get_value());
            guard.ask(|| {
                let _ = window().history().map(|history| history.back());
            });
        }
    });
    let unload = window_event_listener(ev::beforeunload, move |event: BeforeUnloadEvent| {
        if guard.is_dirty() {
            event.prevent_default();
        }
    });
    on_cleanup(move || unload.remove());

    view! {
        <Dialog id="leave" open=guard.open heading="Leave without saving?">
            <p>"What you typed on this page is not saved yet. It is lost when you leave."</p>
            <div class="dialog-actions">
                <Button label="Stay" on_press=move |()| guard.open.set(false)/>
                <Button kind=ButtonKind::Danger label="Leave" on_press=move |()| guard.agreed()/>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The address inside the application that a click leads to in this tab, if it does.
fn followed_link(event: &MouseEvent) -> Option<String> {
    let plain = event.button() == 0
        && !event.default_prevented()
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let link = link.dyn_into::<HtmlAnchorElement>().ok()?;
    let same_origin = link.origin() == window().location().origin().ok()?;
    let stays_here = link.target().is_empty() && !link.has_attribute("download");
    let elsewhere = format!("{}{}", link.pathname(), link.search());
    (plain && same_origin && stays_here && elsewhere != here()).then_some(elsewhere)
}

fn here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn push_address(address: &str) {
    if let Ok(history) = window().history() {
        // It fails only for an address of another origin, which this never is.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Listens in the capture phase until the component goes away.
fn listen(target: &EventTarget, name: &'static str, handler: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(handler);
    // Adding a listener to the window or the document cannot fail.
    let _ = target.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    let listener = SendWrapper::new((target.clone(), closure));
    on_cleanup(move || {
        let (target, closure) = listener.take();
        let _ = target.remove_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    });
}
