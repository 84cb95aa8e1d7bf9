//! An address that leads nowhere.

use crate::{
    components::page_header,
    paths,
    ui::{View, el},
};

/// Says so, and leads on.
pub fn not_found_page() -> View {
    let link = el("a").attr("href", &paths::terraform_versions(&Default::default())).child("Back to the list");
    View::from(page_header(|| "Not found".to_owned(), View::default()))
        .and(el("p").child("There is no page at this address."))
        .and(el("p").child(link))
}
