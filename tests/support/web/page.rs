//! The console in the test's own page, from opening an address to closing the tab.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    panic,
    sync::{Arc, Once},
};

use api::Transport;
use domain::config::Config;
use js_sys::Function;
use leptos::{mount::mount_to, prelude::*};
use tfe_console::{app::App, components::panic_notice};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::HtmlElement;

use super::{
    finding::screen,
    installation::{Installation, TOKEN},
    waiting::wait_for,
    watch::Watch,
};

/// Where the session keeps tokens over a reload.
const STORAGE_KEY: &str = "tfe-console.tokens";

/// The console, mounted. Dropping it takes everything away, and fails if the browser's log has an error.
pub struct Page(());

struct Mounted {
    /// Everything reactive in it.
    owner: Owner,
    /// Unmounts it when it is dropped.
    handle: Box<dyn Any>,
    parent: HtmlElement,
    watch: Watch,
    installation: Arc<Installation>,
}

thread_local! {
    /// Here and not in [`Page`], since a test that fails drops nothing: the next one then takes it away.
    static MOUNTED: RefCell<Option<Mounted>> = const { RefCell::new(None) };
    /// How many panics there were since the page was opened.
    static PANICS: Cell<usize> = const { Cell::new(0) };
    /// Whether a test has a fault on purpose.
    static IS_FAULT_MEANT: Cell<bool> = const { Cell::new(false) };
}

impl Page {
    /// Opens an address in a tab that is connected with [`TOKEN`].
    pub fn open(installation: &Arc<Installation>, path: &str) -> Self {
        close();
        window().session_storage().unwrap().unwrap().clear().unwrap();
        let tokens = format!(r#"{{"api":"{TOKEN}","legacy":null}}"#);
        window().session_storage().unwrap().unwrap().set_item(STORAGE_KEY, &tokens).unwrap();
        mount(installation, path);
        Self(())
    }

    /// Opens an address in a new tab, which is not connected.
    pub fn open_as_stranger(installation: &Arc<Installation>, path: &str) -> Self {
        close();
        mount(installation, path);
        Self(())
    }

    /// What reloading the tab does.
    pub fn reload(&self) {
        let Some(mounted) = MOUNTED.take() else { return };
        let installation = Arc::clone(&mounted.installation);
        check(&unmount(mounted));
        mount(&installation, &address());
    }

    /// What was copied to the clipboard.
    pub fn copied(&self) -> Vec<String> {
        MOUNTED.with_borrow(|mounted| mounted.as_ref().map(|it| it.watch.copied()).unwrap_or_default())
    }

    /// As on a page without TLS.
    pub fn has_no_clipboard(&self) {
        MOUNTED.with_borrow(|mounted| mounted.as_ref().unwrap().watch.take_clipboard_away());
    }

    /// What the tab keeps over a reload.
    pub fn kept(&self) -> Option<String> {
        window().session_storage().unwrap().unwrap().get_item(STORAGE_KEY).unwrap()
    }

    /// All that is kept of the last run with Terraform versions.
    pub fn log_of_run(&self) -> String {
        let storage = window().session_storage().unwrap().unwrap();
        let keys = (0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap());
        let of_run = keys.filter(|key| key.starts_with("tfe-console.run."));
        of_run.filter_map(|key| storage.get_item(&key).unwrap()).collect()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // A panic of the test itself is caught by what runs it; those of handlers and effects are not. When it is over
        // already, failing again would end the whole program.
        let uncaught = MOUNTED.with_borrow(|mounted| mounted.as_ref().map_or(0, |it| it.watch.uncaught()));
        let is_over = PANICS.get() > uncaught;
        let errors = close();
        if !is_over {
            check(&errors);
        }
    }
}

/// Path and query.
pub fn address() -> String {
    let location = window().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

/// Waits for the address.
pub async fn at(path: &str) {
    wait_for(&format!("the address {path}"), || (address() == path).then_some(())).await;
}

fn mount(installation: &Arc<Installation>, path: &str) {
    prepare_for_panics();
    PANICS.set(0);
    // Numbered, as the console does it: browsers allow no more than 200 such calls in 10 s.
    window().history().unwrap().push_state_with_url(&JsValue::from(0), "", Some(path)).unwrap();
    let parent: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&parent).unwrap();
    let watch = Watch::start();
    let transport: Arc<dyn Transport> = Arc::<Installation>::clone(installation);
    let app = move || view! { <App transport config=Config::default()/> };
    let owner = Owner::new();
    let handle = owner.with(|| Box::new(mount_to(parent.clone(), app)));
    MOUNTED.set(Some(Mounted { owner, handle, parent, watch, installation: Arc::clone(installation) }));
}

fn close() -> Vec<String> {
    let errors = MOUNTED.take().map(unmount).unwrap_or_default();
    window().session_storage().unwrap().unwrap().clear().unwrap();
    errors
}

fn unmount(mounted: Mounted) -> Vec<String> {
    let Mounted { owner, handle, parent, watch, .. } = mounted;
    // Now, and not when the last of its tasks has ended.
    owner.cleanup();
    drop(handle);
    parent.remove();
    if let Some(notice) = document().get_element_by_id("panic-notice") {
        notice.remove();
    }
    document().set_title("");
    watch.stop()
}

fn check(errors: &[String]) {
    assert!(errors.is_empty(), "errors in the browser's log: {errors:#?}");
}

/// Panics inside a call from the browser, as a handler with a fault does, with the console's own notice of it. The
/// program goes on.
pub fn have_a_fault(message: &'static str) {
    prepare_for_panics();
    let fault = Closure::<dyn Fn()>::new(move || panic!("{message}"));
    IS_FAULT_MEANT.set(true);
    fault.as_ref().unchecked_ref::<Function>().call0(&JsValue::NULL).unwrap_err();
    IS_FAULT_MEANT.set(false);
    // It was left in the middle.
    fault.forget();
}

/// A test that fails tells what was on screen. All of it once, since no hook can be set after the first panic.
fn prepare_for_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell_the_message = panic::take_hook();
        panic_notice::install();
        let show_the_notice = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if IS_FAULT_MEANT.get() {
                return show_the_notice(info);
            }
            if PANICS.replace(PANICS.get() + 1) == 0 {
                leptos::logging::log!("{}", screen());
            }
            tell_the_message(info);
        }));
    });
}
