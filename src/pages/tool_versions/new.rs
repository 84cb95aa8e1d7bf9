//! `/terraform-versions/new`: adding a version.

use std::rc::Rc;

use leptos::prelude::*;

use super::{
    draft::VersionDraft,
    form::{FormState, VersionForm},
};
use crate::{
    api::{Client, terraform_versions},
    components::{Toasts, page_header},
    paths,
    query::Then,
    router::Router,
    ui::View,
};

/// The form with nothing in it.
pub fn new_page() -> View {
    let client = StoredValue::new(expect_context::<Client>());
    let toasts = expect_context::<Toasts>();
    let router = expect_context::<Router>();
    let form = FormState::new(VersionDraft::default());
    router.protect(Memo::new(move |_| form.draft.with(VersionDraft::is_touched)));

    let submit = move || {
        let Some(request) = form.take(form.draft.with_untracked(VersionDraft::to_create)) else { return };
        let client = client.get_value();
        let name = format!("Terraform {}", request.version);
        let failed = name.clone();
        let create = async move {
            let created = terraform_versions::create(&client, &request).await?;
            Ok(Box::new(move |is_there| {
                toasts.tell(&format!("{name} was added."));
                if is_there {
                    router.release();
                    router.go(&paths::terraform_version(&created.id));
                }
            }) as Then)
        };
        form.mutation.run(Box::pin(create), move |error| {
            toasts.warn(&format!("{failed} was not added. {}", error.message()));
        });
    };
    let form = VersionForm {
        form,
        submit: "Create version",
        cancel: paths::terraform_versions(&Default::default()),
        on_submit: Box::new(submit),
        blocked_by: Rc::new(|| None),
        enabled_locked: Rc::new(|| None),
        deprecated_locked: Rc::new(|| None),
        more: View::default(),
    };
    View::from(page_header(|| "Add a Terraform version".to_owned(), View::default())).and(form.view())
}
