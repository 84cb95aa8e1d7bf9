//! Deleting a version: why not, what follows, and the refusal when it comes all the same.

use std::rc::Rc;

use leptos::prelude::*;
use wire::ToolVersion;

use crate::{
    api::{Client, terraform_versions},
    components::{Confirm, Toasts},
    domain::{terraform_versions::why_not_delete, text::visible},
    paths,
    query::{Mutation, Then},
    router::Router,
    ui::{ButtonKind, View, button, el},
};

const REASON: &str = "why-not-delete";

/// The button "Delete version", with its reason while it is disabled, and its dialog.
pub fn delete_version(version: &ToolVersion) -> View {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let router = expect_context::<Router>();
    let mutation = Mutation::default();
    let open = RwSignal::new(false);

    let name = format!("Terraform {}", visible(&version.attributes.version));
    let id = version.id.clone();
    let reason = why_not_delete(&version.attributes);
    let heading = format!("Delete {name}?");
    let consequence = format!("No workspace can choose {name} any more, until it is added again.");
    let confirm = move || {
        let (client, id, name, failed) = (client.clone(), id.clone(), name.clone(), name.clone());
        let delete = async move {
            terraform_versions::delete(&client, &id).await?;
            Ok(Box::new(move |is_there| {
                toasts.tell(&format!("{name} was deleted."));
                if is_there {
                    open.set(false);
                    router.go(&paths::terraform_versions(&Default::default()));
                }
            }) as Then)
        };
        mutation.run(Box::pin(delete), move |error| {
            toasts.warn(&format!("{failed} was not deleted. {}", error.message()));
        });
    };
    let delete = button(ButtonKind::Danger, "Delete version", move || open.set(true));
    let delete = match reason {
        Some(_) => delete.attr("disabled", "").attr("aria-describedby", REASON),
        None => delete,
    };
    let reason =
        reason.map(|reason| el("p").id(REASON).class("reason").child(format!("It cannot be deleted. {reason}")));
    let dialog =
        Confirm { id: "delete", open, heading, consequence, act: "Delete", mutation, on_confirm: Rc::new(confirm) };
    View::from(delete).and(reason).and(dialog.view())
}
