//! `/terraform-versions/new`: adding a version.

use api::{Client, tool_versions};
use domain::{Tool, version_draft::VersionDraft};
use leptos::prelude::*;

use super::form::{VersionForm, accept, refuse};
use crate::{
    components::{Breadcrumbs, FormState, ListAddresses, PageHeader, Toasts},
    paths,
    query::OnSuccess,
    router::{NavigateOptions, use_navigate, use_unsaved_changes},
};

/// The form with nothing in it.
#[component]
pub fn NewPage(
    /// Whose version is added.
    tool: Tool,
) -> impl IntoView {
    let client = StoredValue::new(expect_context::<Client>());
    let toasts = expect_context::<Toasts>();
    let list = expect_context::<ListAddresses>().of(tool);
    let navigate = use_navigate();
    let form = FormState::new(VersionDraft::default());
    let is_touched = Memo::new(move |_| form.draft.with(VersionDraft::is_touched));
    let unsaved = use_unsaved_changes(is_touched.into());

    let submit = Callback::new(move |()| {
        let Some(request) = accept(form, form.draft.with_untracked(VersionDraft::to_create)) else { return };
        let client = client.get_value();
        let name = [tool.title(), " ", &request.version].concat();
        let failed = name.clone();
        let create = async move {
            let created = tool_versions::create(&client, tool, &request).await?;
            Ok(Box::new(move |is_there| {
                toasts.tell(&format!("{name} was added."));
                if is_there {
                    unsaved.release();
                    navigate(&paths::tool_version(tool, &created.id), NavigateOptions::default());
                }
            }) as OnSuccess)
        };
        form.mutation.run(Box::pin(create), move |error, is_there| {
            if is_there {
                refuse(form, error);
            } else {
                toasts.warn(&format!("{failed} was not added. {}", error.message()));
            }
        });
    });
    view! {
        <PageHeader
            heading=["Add ", tool.a_version()].concat()
            breadcrumbs=view! { <Breadcrumbs above=vec![(list, "All versions".to_owned())]/> }.into_any()
        />
        <VersionForm tool form submit="Create version" cancel=paths::all_tool_versions(tool) on_submit=submit/>
    }
}
