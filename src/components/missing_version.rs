//! A version that the installation did not find, and which of the two reasons it is when that can be told.

use leptos::prelude::expect_context;

use crate::{
    paths,
    session::Session,
    ui::{View, el},
};

/// What stands in the place of a version. The API answers the same for a version that does not exist and for a token
/// that is not an administrator's.
pub fn missing_version() -> View {
    let session = expect_context::<Session>();
    let text = move || match session.is_administrator() {
        Some(true) => "This version does not exist. It may have been deleted, or the link may be mistyped.",
        Some(false) => {
            "The token in use does not belong to an administrator, so the installation does not show its Terraform versions. \
             Sign out, and connect with an administrator's token."
        }
        None => {
            "This version does not exist, or the token in use does not belong to an administrator. \
             The installation does not tell which."
        }
    };
    let link = el("a").attr("href", &paths::terraform_versions(&Default::default())).child("Back to the list");
    el("div").class("empty").child(el("p").text_of(move || text().to_owned())).child(el("p").child(link)).into()
}
