//! Deleting a version: why not, what follows, and the refusal when it comes all the same.

use leptos::prelude::*;
use wire::TerraformVersion;

use crate::{
    api::{Client, terraform_versions},
    components::{Confirm, Toasts},
    domain::{terraform_versions::why_not_delete, text::visible},
    paths,
    query::{Mutation, Outcome},
    router::Router,
    ui::{Button, ButtonKind},
};

/// The button "Delete version", with its reason while it is disabled, and its dialog.
#[component]
pub fn DeleteVersion(
    /// Which version.
    version: TerraformVersion,
) -> AnyView {
    let client = StoredValue::new(expect_context::<Client>());
    let toasts = expect_context::<Toasts>();
    let router = expect_context::<Router>();
    let mutation = Mutation::default();
    let open = RwSignal::new(false);

    let name = format!("Terraform {}", visible(&version.attributes.version));
    let reason = why_not_delete(&version.attributes);
    let refused = reason.is_some();
    let heading = format!("Delete {name}?");
    let consequence = format!(
        "No workspace uses it. Once it is deleted, no workspace can choose {name} any more until it is added again."
    );
    let confirm = move |()| {
        let (client, id, name) = (client.get_value(), version.id.clone(), name.clone());
        mutation.run(async move { terraform_versions::delete(&client, &id).await }, move |outcome| {
            let told = format!("{name} was deleted.");
            match outcome {
                Outcome::Done(()) => {
                    open.set(false);
                    toasts.tell(&told);
                    router.go(&paths::terraform_versions(&Default::default()));
                }
                Outcome::DoneElsewhere(()) => toasts.tell(&told),
                Outcome::FailedElsewhere(error) => {
                    toasts.warn(&format!("{name} was not deleted. {}", error.message()));
                }
            }
        });
    };
    view! {
        <Button
            kind=ButtonKind::Danger
            label="Delete version"
            disabled=refused
            described_by="why-not-delete"
            on_press=move |()| open.set(true)
        />
        <p id="why-not-delete" class="reason">{reason.map(|reason| format!("It cannot be deleted. {reason}"))}</p>
        <Confirm id="delete" open heading consequence act="Delete" mutation on_confirm=confirm/>
    }
    .into_any()
}
