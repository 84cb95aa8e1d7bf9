//! The one table of addresses.

use leptos::prelude::*;

use crate::{
    components::shell,
    lazy::{Piece, lazy_page},
    pages::{connect_page, not_found_page, terraform_versions::list_page},
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
        Page::TerraformVersions => list_page(),
        page @ (Page::NewTerraformVersion | Page::TerraformVersion(_) | Page::EditTerraformVersion(_)) => {
            lazy_page(Piece::TerraformVersion, page)
        }
        page @ (Page::Configurations | Page::Configuration(..)) => lazy_page(Piece::Configurations, page),
        // In the moment of going there.
        Page::Connect => View::default(),
        Page::Unknown => not_found_page(),
    }
}
