//! An [`ApiError`] on the page, with what can be done about it.

use api::ApiError;
use domain::text::{visible, visible_lines};
use leptos::prelude::*;

use super::Copy;
use crate::ui::{Button, Notice, NoticeKind, focus_heading};

/// Tells what happened. With `on_retry` it offers to try again.
#[component]
pub fn ErrorNotice(
    /// What happened.
    error: ApiError,
    /// Tries again.
    #[prop(optional)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let details = match &error {
        ApiError::Unreadable { status, excerpt, .. } => Some(format!("Status {status}\n{}", visible(excerpt))),
        _ => None,
    };
    let details = details.map(|details| {
        view! {
            <pre class="excerpt" tabindex="0">
                {details.clone()}
            </pre>
            <Copy text=details>"Copy details"</Copy>
        }
    });
    let retry = on_retry.map(|on_retry| {
        let press = move |()| {
            // The button goes away with the notice: the focus needs another place.
            focus_heading();
            on_retry.run(());
        };
        view! { <Button on_press=press>"Try again"</Button> }
    });
    view! {
        <Notice kind=NoticeKind::Error text=visible_lines(&error.message())>
            {details}
            {retry}
        </Notice>
    }
}
