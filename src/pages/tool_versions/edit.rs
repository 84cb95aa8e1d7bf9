//! `/terraform-versions/:id/edit`: changing a version, with every change shown before it is sent.

use api::{
    ApiError, Client,
    checked::{self, Updated},
    tool_versions,
};
use domain::{
    Tool, archs,
    tool_versions::why_not_disable,
    version_draft::{Change, Field, VersionDraft},
};
use leptos::prelude::*;
use wire::ToolVersion;

use super::{
    archs::ArchTable,
    changes::{ChangesSection, NO_CHANGES},
    conflict::Conflict,
    form::{VersionForm, accept, refuse},
    version::{VersionView, is_missing, name_of, version_name, version_query},
};
use crate::{
    components::{Breadcrumbs, FormState, ListAddresses, PageHeader, Toasts},
    inventory::{Inventory, use_inventory},
    paths,
    query::{OnSuccess, Query},
    router::{NavigateOptions, UnsavedChanges, use_navigate, use_unsaved_changes},
    ui::{Notice, NoticeKind, focus_heading},
};

/// The form with what the installation has in it.
#[component]
pub fn EditPage(
    /// Whose version it is.
    tool: Tool,
    /// Its id.
    id: String,
) -> impl IntoView {
    let list = expect_context::<ListAddresses>().of(tool);
    let version = paths::tool_version(tool, &id);
    let query = version_query(tool, id);
    let heading = move || {
        if is_missing(query) { "Not found".to_owned() } else { ["Edit ", &version_name(tool, query)].concat() }
    };
    let above = vec![(list, "All versions".to_owned()), (version, "This version".to_owned())];
    view! {
        <PageHeader heading=Signal::derive(heading) breadcrumbs=view! { <Breadcrumbs above/> }.into_any()/>
        <VersionView tool query ready=move |version| view! { <EditForm tool query version/> }.into_any()/>
    }
}

/// An edit that is under way. Copied freely; all copies are one.
#[derive(Clone, Copy)]
struct Edit {
    tool: Tool,
    /// What the installation had when the form was opened or reloaded.
    known: StoredValue<ToolVersion>,
    form: FormState<VersionDraft>,
    /// What the installation had when it turned out to be something else.
    latest: RwSignal<Option<ToolVersion>>,
    /// Whether this form has sent changes before: what it finds may be its own work.
    has_sent: StoredValue<bool>,
    unsaved: UnsavedChanges,
    client: StoredValue<Client>,
    toasts: Toasts,
    inventory: Inventory,
}

impl Edit {
    /// Sends the changes; unless `over_others`, only if the version is still what it was.
    fn save(self, over_others: bool, on_saved: Callback<()>) {
        let known = self.known.get_value();
        let request = self.form.draft.with_untracked(|draft| draft.to_update(&known.attributes));
        let Some(update) = accept(self.form, request) else { return };
        let client = self.client.get_value();
        let Self { tool, form, toasts, .. } = self;
        let draft = form.draft.get_untracked();
        let has_sent = self.has_sent.get_value();
        let save = async move {
            let is_saved = |latest: &ToolVersion| draft.is_saved(&known.attributes, &latest.attributes);
            if !over_others {
                let latest = tool_versions::read(&client, tool, &known.id).await.map_err(ApiError::before_sending)?;
                if has_sent && is_saved(&latest) == Some(true) {
                    let done = Updated { version: latest, is_looked_up: true, is_kept: true };
                    return Ok(Box::new(move |is_there| self.saved(&done, on_saved, is_there)) as OnSuccess);
                }
                if differs(&latest, &known) {
                    return Ok(Box::new(move |is_there| self.changed_meanwhile(latest, is_there)) as OnSuccess);
                }
            }
            self.has_sent.try_set_value(true);
            let done = checked::update(&client, tool, &known.id, &update, is_saved).await?;
            Ok(Box::new(move |is_there| self.saved(&done, on_saved, is_there)) as OnSuccess)
        };
        form.mutation.run(Box::pin(save), move |error, is_there| {
            if is_there {
                refuse(form, error);
            } else {
                let outcome = if error.leaves_doubt() { "may have been saved or not." } else { "was not saved." };
                toasts.warn(&format!("The version {outcome} {}", error.message()));
            }
        });
    }

    fn saved(self, done: &Updated, on_saved: Callback<()>, is_there: bool) {
        let name = name_of(self.tool, &done.version);
        match done {
            Updated { is_kept: false, .. } => self.toasts.warn(&format!(
                "The installation said that {name} was saved, but it has not kept every change. Look at what it has now."
            )),
            Updated { is_looked_up: true, .. } => {
                self.toasts.tell(&format!("{name} was saved, although no answer said so."));
            }
            Updated { .. } => self.toasts.tell(&format!("{name} was saved.")),
        }
        self.inventory.written(done.version.clone());
        if is_there {
            self.unsaved.release();
            on_saved.run(());
        }
    }

    fn changed_meanwhile(self, latest: ToolVersion, is_there: bool) {
        if is_there {
            self.latest.set(Some(latest));
        } else {
            self.toasts.warn("The version was not saved, because somebody else changed it meanwhile.");
        }
    }
}

/// Whether two readings of a version differ in anything that an edit could overwrite.
fn differs(latest: &ToolVersion, known: &ToolVersion) -> bool {
    let (latest, known) = (&latest.attributes, &known.attributes);
    !VersionDraft::from(latest).changes(known).is_empty() || !archs::are_same(latest, known)
}

#[component]
fn EditForm(tool: Tool, query: Query<ToolVersion>, version: ToolVersion) -> impl IntoView {
    let navigate = use_navigate();
    let form = FormState::new(VersionDraft::from(&version.attributes));
    let cancel = paths::tool_version(tool, &version.id);
    let (enabled_locked, deprecated_locked) = (enabled_locked(&version), deprecated_locked(&version));
    let known = StoredValue::new(version.clone());
    let names: Vec<String> = version.attributes.archs.iter().flatten().map(archs::name).collect();
    let changes =
        Memo::new(move |_| known.with_value(|known| form.draft.with(|draft| draft.changes(&known.attributes))));
    let is_dirty = Memo::new(move |_| changes.with(|changes| !changes.is_empty()));
    let edit = Edit {
        tool,
        known,
        form,
        latest: RwSignal::new(None),
        has_sent: StoredValue::new(false),
        unsaved: use_unsaved_changes(is_dirty.into()),
        client: StoredValue::new(expect_context()),
        toasts: expect_context(),
        inventory: use_inventory(tool),
    };
    let page = cancel.clone();
    let saved = Callback::new(move |()| navigate(&page, NavigateOptions::default()));
    let reload = Callback::new(move |latest: ToolVersion| {
        // Made anew: the form, its heading, and what it is compared with.
        query.put(latest);
        request_animation_frame(focus_heading);
    });
    view! {
        <VersionForm
            tool
            form
            submit="Save changes"
            cancel
            on_submit=Callback::new(move |()| edit.save(false, saved))
            archs=names
            blocked_by=Signal::derive(move || (!is_dirty.get()).then_some(NO_CHANGES))
            enabled_locked
            deprecated_locked
        >
            <ChangesSection changes/>
            <ArchsGroup version changes/>
        </VersionForm>
        <Conflict
            known
            draft=form.draft
            latest=edit.latest
            on_overwrite=Callback::new(move |()| edit.save(true, saved))
            on_reload=reload
        />
    }
}

fn enabled_locked(known: &ToolVersion) -> Option<String> {
    let reason = why_not_disable(&known.attributes).filter(|_| known.attributes.enabled)?;
    Some(["It cannot be disabled. ", &reason].concat())
}

fn deprecated_locked(known: &ToolVersion) -> Option<String> {
    let is_unknown = known.attributes.deprecated.is_none();
    is_unknown.then(|| "This installation does not know deprecated versions.".to_owned())
}

/// The group "Architectures", with a warning while saving would take some of them away.
#[component]
fn ArchsGroup(version: ToolVersion, changes: Memo<Vec<Change>>) -> impl IntoView {
    let loses = archs::lost(&version.attributes).join(" and ");
    let replaces = Memo::new(move |_| {
        changes.with(|all| all.iter().any(|change| matches!(change.field, Field::Url | Field::Sha)))
    });
    let warning = move || {
        let text = format!("A new URL or SHA-256 applies to amd64 alone: saving takes {loses} away from this version.");
        let is_needed = replaces.get() && !loses.is_empty();
        is_needed.then(|| view! { <Notice kind=NoticeKind::Warning text/> })
    };
    let archs = version.attributes.archs.filter(|archs| !archs.is_empty())?;
    Some(view! {
        <fieldset class="group">
            <legend>"Architectures"</legend>
            <ArchTable archs/>
            {warning}
        </fieldset>
    })
}
