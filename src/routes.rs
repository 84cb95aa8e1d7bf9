//! The one table of addresses.

use leptos::prelude::*;

use crate::{
    components::Shell,
    pages::{ConnectPage, NotFoundPage, terraform_versions as versions},
    paths::{self, Page},
    router::Router,
};

/// The page at the present address. All but `/connect` stand in the shell, which asks for a token first.
#[component]
pub fn AppRoutes() -> AnyView {
    let router = expect_context::<Router>();
    let page = Memo::new(move |_| Page::at(&router.path()));
    let in_shell = Memo::new(move |_| page.get() != Page::Connect);
    let content = move || match page.get() {
        Page::Home => {
            router.replace(&paths::terraform_versions(&Default::default()));
            ().into_any()
        }
        Page::TerraformVersions => view! { <versions::ListPage/> }.into_any(),
        Page::NewTerraformVersion => view! { <versions::NewPage/> }.into_any(),
        Page::TerraformVersion(id) => view! { <versions::ShowPage id/> }.into_any(),
        Page::EditTerraformVersion(id) => view! { <versions::EditPage id/> }.into_any(),
        Page::Connect => ().into_any(),
        Page::Unknown => view! { <NotFoundPage/> }.into_any(),
    };
    (move || {
        if in_shell.get() {
            view! { <Shell>{content}</Shell> }.into_any()
        } else {
            view! { <ConnectPage/> }.into_any()
        }
    })
    .into_any()
}
