//! The side navigation, and whose console it is.

use leptos::prelude::*;

use crate::{
    domain::text::visible,
    paths,
    router::Router,
    session::Session,
    ui::{Button, ButtonKind},
};

/// The links to the sections, and the connection at the foot.
#[component]
pub fn Nav(
    /// Opens the list of shortcuts.
    #[prop(into)]
    on_shortcuts: Callback<()>,
) -> AnyView {
    let session = expect_context::<Session>();
    let router = expect_context::<Router>();
    let link = move |href: String, label: &'static str| {
        let section = href.clone();
        let current = move || router.path().starts_with(&section).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    };
    view! {
        <div class="side">
            <p class="brand">"tfe-console"</p>
            <nav aria-label="Main">
                <ul>
                    {link(paths::terraform_versions(&Default::default()), "Terraform versions")}
                </ul>
            </nav>
            <div class="side-foot">
                <Identity/>
                <Button
                    kind=ButtonKind::Quiet
                    label="Disconnect"
                    on_press=move |()| router.ask(Callback::new(move |()| session.disconnect()))
                />
                <Button kind=ButtonKind::Quiet label="Keyboard shortcuts" on_press=on_shortcuts/>
            </div>
        </div>
    }
    .into_any()
}

/// Who the token belongs to, as far as the installation tells.
#[component]
pub fn Identity() -> AnyView {
    let session = expect_context::<Session>();
    let name = move || session.account().and_then(|account| account.username).map(|name| visible(&name));
    let role = move || match session.is_administrator() {
        Some(true) => "Site administrator",
        Some(false) => "Not an administrator",
        None => "Role unknown",
    };
    view! {
        <p class="identity">
            <span class="identity-name">{move || name().unwrap_or_else(|| "Connected".to_owned())}</span>
            <span class="identity-role">{role}</span>
        </p>
    }
    .into_any()
}
