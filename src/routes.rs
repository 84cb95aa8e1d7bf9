//! The one table of addresses.

use leptos::prelude::*;

use crate::{
    components::shell,
    lazy::lazy_page,
    pages::{connect_page, not_found_page, terraform_versions as versions},
    paths::{self, Page},
    router::Router,
    ui::{View, dynamic},
};

/// The page at the present address. All but `/connect` stand in the shell, which asks for a token first.
pub fn routes() -> View {
    let router = expect_context::<Router>();
    let page = Memo::new(move |_| Page::at(&router.path()));
    let in_shell = Memo::new(move |_| page.get() != Page::Connect);
    dynamic(move || if in_shell.get() { shell(move || page_view(router, page.get())) } else { connect_page() })
}

fn page_view(router: Router, page: Page) -> View {
    match page {
        Page::Home => {
            router.replace(&paths::terraform_versions(&Default::default()));
            View::default()
        }
        Page::TerraformVersions => versions::list_page(),
        Page::NewTerraformVersion => versions::new_page(),
        Page::TerraformVersion(id) => versions::show_page(id),
        Page::EditTerraformVersion(id) => versions::edit_page(id),
        page @ (Page::Configurations | Page::Configuration(..)) => lazy_page(page),
        // In the moment of going there.
        Page::Connect => View::default(),
        Page::Unknown => not_found_page(),
    }
}
