//! `/terraform-versions/new`: adding a version.

use leptos::prelude::*;

use super::{
    draft::VersionDraft,
    form::{FormState, VersionForm},
};
use crate::{
    api::{Client, terraform_versions},
    components::{PageHeader, Toasts},
    paths,
    query::Outcome,
    router::Router,
};

/// The form with nothing in it.
#[component]
pub fn NewPage() -> AnyView {
    let client = StoredValue::new(expect_context::<Client>());
    let toasts = expect_context::<Toasts>();
    let router = expect_context::<Router>();
    let form = FormState::new(VersionDraft::default());
    router.protect(Memo::new(move |_| form.draft.with(VersionDraft::is_touched)));

    let submit = move |()| {
        let Some(request) = form.take(form.draft.with_untracked(VersionDraft::to_create)) else { return };
        let client = client.get_value();
        let name = format!("Terraform {}", request.version);
        form.mutation.run(async move { terraform_versions::create(&client, &request).await }, move |outcome| match outcome {
            Outcome::Done(created) => {
                router.release();
                toasts.tell(&format!("{name} was added."));
                router.go(&paths::terraform_version(&created.id));
            }
            Outcome::DoneElsewhere(_) => toasts.tell(&format!("{name} was added.")),
            Outcome::FailedElsewhere(error) => toasts.warn(&format!("{name} was not added. {}", error.message())),
        });
    };
    view! {
        <PageHeader heading="Add a Terraform version"/>
        <VersionForm
            form
            submit="Create version"
            cancel=paths::terraform_versions(&Default::default())
            on_submit=Callback::new(submit)
        />
    }
    .into_any()
}
