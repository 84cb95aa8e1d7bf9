//! Waiting for what is on its way: frame by frame, up to a limit, and never for a length of time.

use futures_channel::oneshot;
use js_sys::Date;
use leptos::prelude::request_animation_frame;

/// Far more than anything takes on a busy machine, in milliseconds.
const LIMIT: f64 = 10_000.0;

/// Until the browser is about to paint: by then everything that an event set off has been done.
pub async fn tick() {
    let (sender, painted) = oneshot::channel();
    request_animation_frame(move || sender.send(()).unwrap_or_default());
    // The sender is not dropped before it has sent.
    painted.await.unwrap_or_default();
}

/// Long enough for whatever is under way without being held back: to see that something does not happen.
pub async fn settle() {
    for _ in 0..4 {
        tick().await;
    }
}

/// Looks again and again until there is something to see.
pub async fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Date::now() + LIMIT;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Date::now() < end, "waited in vain for {what}");
        tick().await;
    }
}
