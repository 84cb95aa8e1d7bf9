//! Asking before a form with unsaved changes is left.

use leptos::prelude::*;

use crate::{
    router::Router,
    ui::{Button, ButtonKind, Dialog},
};

/// The question that the router asks. Once, in the shell.
#[component]
pub fn LeaveDialog() -> AnyView {
    let router = expect_context::<Router>();
    view! {
        <Dialog id="leave" open=router.asking() heading="Leave without saving?">
            <p>"What you typed on this page is not saved yet. It is lost when you leave."</p>
            <div class="dialog-actions">
                <Button label="Stay" on_press=move |()| router.asking().set(false)/>
                <Button kind=ButtonKind::Danger label="Leave" on_press=move |()| router.leave()/>
            </div>
        </Dialog>
    }
    .into_any()
}
