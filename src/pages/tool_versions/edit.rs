//! `/terraform-versions/:id/edit`: changing a version, with every change shown before it is sent.

use std::rc::Rc;

use leptos::prelude::*;
use wire::{ToolVersion, UpdateToolVersion};

use super::{
    archs::{arch_table, lost_archs},
    changes::{NO_CHANGES, changes_section},
    conflict::Conflict,
    draft::{Field, VersionDraft},
    form::{FormState, VersionForm},
    show::{version_heading, version_query, version_view},
};
use crate::{
    api::{Client, Result, terraform_versions},
    components::{Toasts, page_header},
    domain::terraform_versions::why_not_disable,
    paths,
    query::{Query, Then},
    router::Router,
    ui::{El, NoticeKind, View, dynamic, el, focus_heading, notice},
};

/// The form with what the installation has in it.
pub fn edit_page(id: String) -> View {
    let query = version_query(id);
    View::from(page_header(version_heading(query, "Edit "), View::default()))
        .and(version_view(query, move |version| edit_form(query, version)))
}

/// An edit that is under way. Copied freely; all copies are one.
#[derive(Clone, Copy)]
struct Edit {
    query: Query<ToolVersion>,
    /// What the installation had when the form was opened or reloaded.
    known: RwSignal<ToolVersion>,
    form: FormState,
    /// What the installation had when it turned out to be something else.
    latest: RwSignal<Option<ToolVersion>>,
    conflict: RwSignal<bool>,
    client: StoredValue<Client>,
    toasts: Toasts,
    router: Router,
}

impl Edit {
    fn of(query: Query<ToolVersion>, version: ToolVersion) -> Self {
        Self {
            query,
            form: FormState::new(VersionDraft::from(&version.attributes)),
            known: RwSignal::new(version),
            latest: RwSignal::new(None),
            conflict: RwSignal::new(false),
            client: StoredValue::new(expect_context()),
            toasts: expect_context(),
            router: expect_context(),
        }
    }

    /// Sends the changes; unless `over_others`, only if the version is still what it was.
    fn save(self, over_others: bool) {
        let known = self.known.get_untracked();
        let request = self.form.draft.with_untracked(|draft| draft.to_update(&known.attributes));
        let Some(update) = self.form.take(request) else { return };
        let client = self.client.get_value();
        let toasts = self.toasts;
        let save = async move {
            if !over_others {
                let latest = terraform_versions::read(&client, &known.id).await?;
                if differs(&latest, &known) {
                    return Ok(Box::new(move |is_there| self.changed_meanwhile(latest, is_there)) as Then);
                }
            }
            self.send(&client, &known.id, &update).await
        };
        self.form.mutation.run(Box::pin(save), move |error| {
            toasts.warn(&format!("The version was not saved. {}", error.message()));
        });
    }

    async fn send(self, client: &Client, id: &str, update: &UpdateToolVersion) -> Result<Then> {
        let saved = terraform_versions::update(client, id, update).await?;
        Ok(Box::new(move |is_there| {
            self.toasts.tell(&format!("Terraform {} was saved.", saved.attributes.version));
            if is_there {
                self.router.release();
                self.router.go(&paths::terraform_version(&saved.id));
            }
        }))
    }

    fn changed_meanwhile(self, latest: ToolVersion, is_there: bool) {
        if is_there {
            self.latest.set(Some(latest));
            self.conflict.set(true);
        } else {
            self.toasts.warn("The version was not saved, because somebody else changed it meanwhile.");
        }
    }

    fn reload(self) {
        self.conflict.set(false);
        if let Some(latest) = self.latest.get_untracked() {
            // Made anew: the form, its heading, and what it is compared with.
            self.query.put(latest);
            request_animation_frame(focus_heading);
        }
    }
}

/// Whether two readings of a version differ in anything that an edit could overwrite.
fn differs(latest: &ToolVersion, known: &ToolVersion) -> bool {
    let (latest, known) = (&latest.attributes, &known.attributes);
    !VersionDraft::from(latest).changes(known).is_empty() || latest.archs != known.archs
}

fn edit_form(query: Query<ToolVersion>, version: ToolVersion) -> View {
    let edit = Edit::of(query, version);
    let Edit { known, form, latest, conflict, router, .. } = edit;
    let changes = Memo::new(move |_| known.with(|known| form.draft.with(|draft| draft.changes(&known.attributes))));
    router.protect(Memo::new(move |_| changes.with(|changes| !changes.is_empty())));

    let loses = Memo::new(move |_| {
        let is_touched = changes.with(|all| all.iter().any(|change| matches!(change.field, Field::Url | Field::Sha)));
        known.with(|known| if is_touched { lost_archs(&known.attributes) } else { Vec::new() }).join(" and ")
    });
    let archs = dynamic(move || known.with(|known| archs_group(known, loses)));
    let form = VersionForm {
        form,
        submit: "Save changes",
        cancel: known.with_untracked(|known| paths::terraform_version(&known.id)),
        on_submit: Box::new(move || edit.save(false)),
        blocked_by: Rc::new(move || changes.with(Vec::is_empty).then_some(NO_CHANGES)),
        enabled_locked: Rc::new(move || known.with(enabled_locked)),
        deprecated_locked: Rc::new(move || known.with(deprecated_locked)),
        more: archs.and(changes_section(changes)),
    };
    let conflict = Conflict {
        open: conflict,
        known,
        draft: edit.form.draft,
        latest,
        on_overwrite: Callback::new(move |()| {
            conflict.set(false);
            edit.save(true);
        }),
        on_reload: Callback::new(move |()| edit.reload()),
    };
    View::from(form.view()).and(conflict.view())
}

fn enabled_locked(known: &ToolVersion) -> Option<String> {
    let reason = why_not_disable(&known.attributes).filter(|_| known.attributes.enabled)?;
    Some(format!("It cannot be disabled. {reason}"))
}

fn deprecated_locked(known: &ToolVersion) -> Option<String> {
    let is_unknown = known.attributes.deprecated.is_none();
    is_unknown.then(|| "This installation does not know deprecated versions.".to_owned())
}

/// The group "Architectures", with a warning while saving would take some of them away.
fn archs_group(known: &ToolVersion, loses: Memo<String>) -> Option<El> {
    let archs = known.attributes.archs.as_deref().filter(|archs| !archs.is_empty())?;
    let warning = dynamic(move || {
        let loses = loses.get();
        let text = format!("A new URL or SHA-256 applies to amd64 alone: saving takes {loses} away from this version.");
        (!loses.is_empty()).then(|| notice(NoticeKind::Warning, &text, View::default()))
    });
    let legend = el("legend").child("Architectures");
    Some(el("fieldset").class("group").child(legend).child(arch_table(archs)).child(warning))
}
