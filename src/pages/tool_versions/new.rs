//! `/terraform-versions/new`: adding a version.

use api::{Client, tool_versions};
use domain::{Tool, version_draft::VersionDraft};
use leptos::prelude::*;

use super::form::{VersionForm, accept, refuse};
use crate::{
    components::{Breadcrumbs, FormState, LinkButton, ListAddresses, PageHeader, Toasts},
    inventory::use_inventory,
    paths::{self, ListQuery},
    query::OnSuccess,
    router::{NavigateOptions, use_navigate, use_unsaved_changes},
    ui::{Notice, NoticeKind},
};

/// The form with nothing in it.
#[component]
pub fn NewPage(
    /// Whose version is added.
    tool: Tool,
) -> impl IntoView {
    let client = StoredValue::new(expect_context::<Client>());
    let toasts = expect_context::<Toasts>();
    let lists = expect_context::<ListAddresses>();
    let inventory = use_inventory(tool);
    let list = lists.of(tool);
    let navigate = use_navigate();
    let form = FormState::new(VersionDraft::default());
    let is_touched = Memo::new(move |_| form.draft.with(VersionDraft::is_touched));
    let unsaved = use_unsaved_changes(is_touched.into());

    let first_try = RwSignal::new(None::<FirstTry>);

    let submit = Callback::new(move |()| {
        first_try.set(None);
        let Some(request) = accept(form, form.draft.with_untracked(VersionDraft::to_create)) else { return };
        let client = client.get_value();
        let name = [tool.title(), " ", &request.version].concat();
        let (failed, number) = (name.clone(), request.version.clone());
        let is_tried = lists.has_unanswered(tool, &number);
        let create = async move {
            let created = match tool_versions::create(&client, tool, &request).await {
                Ok(created) => created,
                Err(error) => {
                    if is_tried && error.is_refusal() {
                        // Nobody sees it any more when the page has been left.
                        first_try.try_set(FirstTry::look_up(&client, tool, &request.version).await);
                    }
                    return Err(error);
                }
            };
            Ok(Box::new(move |is_there| {
                toasts.tell(&format!("{name} was added."));
                let page = paths::tool_version(tool, &created.id);
                inventory.written(created);
                if is_there {
                    unsaved.release();
                    navigate(&page, NavigateOptions::default());
                }
            }) as OnSuccess)
        };
        form.mutation.run(Box::pin(create), move |error, is_there| {
            let is_doubtful = error.leaves_doubt();
            if is_doubtful {
                lists.note_unanswered(tool, &number);
            }
            if is_there {
                refuse(form, error);
            } else {
                let outcome = if is_doubtful { "may have been added or not." } else { "was not added." };
                toasts.warn(&format!("{failed} {outcome} {}", error.message()));
            }
        });
    });
    view! {
        <PageHeader
            heading=["Add ", tool.a_version()].concat()
            breadcrumbs=view! { <Breadcrumbs above=vec![(list, "All versions".to_owned())]/> }.into_any()
        />
        <VersionForm
            tool
            form
            submit="Create version"
            cancel=paths::all_tool_versions(tool)
            on_submit=submit
            archs=vec!["amd64".to_owned()]
            notice=move || view! { {move || first_try.get().map(|it| it.notice(tool))} }
        />
    }
}

/// What became of a create that got no answer, once the installation refuses the next try. Each has the name of the tool
/// with the version in it.
#[derive(Clone)]
enum FirstTry {
    /// The version is there, under this id.
    IsThere { name: String, id: String },
    /// Whether the version is there is not known.
    MayBeThere { name: String, version: String },
}

impl FirstTry {
    /// Looks for the version; `None` where the installation does not have it.
    async fn look_up(client: &Client, tool: Tool, version: &str) -> Option<Self> {
        let name = [tool.title(), version].join(" ");
        match tool_versions::find(client, tool, version).await {
            Ok(found) => Some(Self::IsThere { name, id: found?.id }),
            Err(_) => Some(Self::MayBeThere { name, version: version.to_owned() }),
        }
    }

    fn notice(self, tool: Tool) -> impl IntoView {
        let (text, link) = match self {
            Self::IsThere { name, id } => {
                let href = paths::tool_version(tool, &id);
                let words = ["Open ", &name].concat();
                let link = view! { <LinkButton href>{words}</LinkButton> };
                (
                    format!("{name} is there already. The first try, which got no answer, may have added it."),
                    link.into_any(),
                )
            }
            Self::MayBeThere { name, version } => {
                let href = paths::tool_versions(tool, &ListQuery { search: version, ..ListQuery::default() });
                let link = view! { <LinkButton href>"Look for it in the list"</LinkButton> };
                (format!("The first try, which got no answer, may have added {name}."), link.into_any())
            }
        };
        view! {
            <Notice kind=NoticeKind::Status text>
                {link}
            </Notice>
        }
    }
}
