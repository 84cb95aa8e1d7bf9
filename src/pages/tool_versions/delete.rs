//! Deleting a version: why not, what follows, and the refusal when it comes all the same.

use api::{
    Client,
    checked::{self, Deleted},
};
use domain::{Tool, tool_versions::why_not_delete};
use leptos::prelude::*;
use wire::ToolVersion;

use super::version::name_of;
use crate::{
    components::{Confirm, ListAddresses, Toasts},
    inventory::use_inventory,
    query::{Mutation, OnSuccess},
    router::{NavigateOptions, use_navigate},
    ui::{Button, ButtonKind, Icon},
};

const REASON: &str = "why-not-delete";

/// The button "Delete version", with its reason while it is disabled, and its dialog.
#[component]
pub fn DeleteVersion(
    /// Whose version it is.
    tool: Tool,
    /// The version.
    version: ToolVersion,
) -> impl IntoView {
    let client = StoredValue::new(expect_context::<Client>());
    let toasts = expect_context::<Toasts>();
    let lists = expect_context::<ListAddresses>();
    let inventory = use_inventory(tool);
    let navigate = use_navigate();
    let mutation = Mutation::default();
    let open = RwSignal::new(false);

    let name = name_of(tool, &version);
    let reason = why_not_delete(&version.attributes);
    let heading = format!("Delete {name}?");
    let consequence = format!("No workspace can choose {name} any more, until it is added again.");
    let id = version.id;
    let confirm = move |()| {
        let (client, id, name, failed) = (client.get_value(), id.clone(), name.clone(), name.clone());
        let delete = async move {
            let outcome = match checked::delete(&client, tool, &id).await? {
                Deleted::Confirmed => "was deleted.",
                Deleted::LookedUp => "was deleted, although no answer said so.",
                Deleted::Before => "is gone already, so there was nothing to delete.",
            };
            Ok(Box::new(move |is_there| {
                toasts.tell(&[name.as_str(), outcome].join(" "));
                inventory.removed(&id);
                if is_there {
                    open.set(false);
                    navigate(&lists.of(tool), NavigateOptions::default());
                }
            }) as OnSuccess)
        };
        mutation.run(Box::pin(delete), move |error, is_there| {
            if is_there {
                return;
            }
            let outcome = if error.leaves_doubt() { "may have been deleted or not." } else { "was not deleted." };
            toasts.warn(&format!("{failed} {outcome} {}", error.message()));
        });
    };
    view! {
        <Button
            kind=ButtonKind::Danger
            icon=Icon::Delete
            disabled=reason.is_some()
            described_by=REASON
            on_press=move |()| open.set(true)
        >
            "Delete version"
        </Button>
        <p id=REASON class="reason">
            {reason.map(|reason| ["It cannot be deleted. ", &reason].concat())}
        </p>
        <Confirm id="delete" open heading consequence act="Delete" mutation on_confirm=Callback::new(confirm)/>
    }
}
