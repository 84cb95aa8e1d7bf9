//! An [`ApiError`] on the page, with what can be done about it.

use leptos::prelude::*;

use super::Copy;
use crate::{
    api::ApiError,
    domain::text::visible,
    ui::{Button, Notice, NoticeKind, focus_heading},
};

/// Tells what happened, and offers to try again where that makes sense.
#[component]
pub fn ErrorNotice(
    /// What happened.
    error: ApiError,
    /// Called by "Try again", which is there only with this.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> AnyView {
    let retry = on_retry.map(|on_retry| {
        let press = move |()| {
            // The button goes away with the notice: the focus needs another place.
            focus_heading();
            on_retry.run(());
        };
        view! { <Button label="Try again" on_press=press/> }
    });
    let excerpt = match &error {
        ApiError::Unreadable { status, excerpt, .. } => {
            let details = format!("Status {status}\n{excerpt}");
            Some(view! {
                <pre class="excerpt" tabindex="0">{visible(&details)}</pre>
                <Copy label="Copy details" text=details/>
            })
        }
        _ => None,
    };
    view! { <Notice kind=NoticeKind::Error text=visible(&error.message())>{excerpt} {retry}</Notice> }.into_any()
}
