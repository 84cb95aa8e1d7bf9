//! `/terraform-versions/:id/edit`: changing a version, with every change shown before it is sent.

use leptos::prelude::*;
use wire::{TerraformVersion, UpdateTerraformVersion};

use super::{
    archs::{ArchTable, lost_archs},
    changes::Changes,
    conflict::Conflict,
    draft::{Field, VersionDraft},
    form::{FormState, VersionForm},
    show::version_heading,
};
use crate::{
    api::{Client, terraform_versions},
    components::{LoadView, MissingVersion, PageHeader, Toasts},
    domain::terraform_versions::why_not_disable,
    paths,
    query::{Outcome, Query},
    router::Router,
    ui::{Notice, NoticeKind},
};

/// The form with what the installation has in it.
#[component]
pub fn EditPage(
    /// Of which version.
    id: String,
) -> AnyView {
    let client = expect_context::<Client>();
    let query = Query::new(
        move || id.clone(),
        move |id| {
            let client = client.clone();
            async move { terraform_versions::read(&client, &id).await }
        },
    );
    view! {
        <PageHeader heading=version_heading(query, "Edit ")/>
        <LoadView
            query
            what="the version"
            is_empty=|_| false
            empty=Callback::new(|_| ().into_any())
            ready=Callback::new(|version| view! { <EditForm version/> }.into_any())
            missing=Callback::new(|()| view! { <MissingVersion/> }.into_any())
        />
    }
    .into_any()
}

/// How saving ended.
enum Saved {
    /// As it should.
    Updated(TerraformVersion),
    /// Nothing was sent, because the version is not any more what it was when the form was opened.
    ChangedMeanwhile(TerraformVersion),
}

#[component]
fn EditForm(version: TerraformVersion) -> AnyView {
    let client = StoredValue::new(expect_context::<Client>());
    let toasts = expect_context::<Toasts>();
    let router = expect_context::<Router>();

    let id = StoredValue::new(version.id.clone());
    let form = FormState::new(VersionDraft::from(&version.attributes));
    let known = RwSignal::new(version);
    let latest = RwSignal::new(None::<TerraformVersion>);
    let conflict = RwSignal::new(false);
    let changes = Memo::new(move |_| known.with(|known| form.draft.with(|draft| draft.changes(&known.attributes))));
    router.protect(Memo::new(move |_| changes.with(|changes| !changes.is_empty())));

    let settled = move |outcome| match outcome {
        Outcome::Done(Saved::Updated(version)) => {
            router.release();
            toasts.tell(&format!("Terraform {} was saved.", version.attributes.version));
            router.go(&paths::terraform_version(&version.id));
        }
        Outcome::Done(Saved::ChangedMeanwhile(version)) => {
            latest.set(Some(version));
            conflict.set(true);
        }
        Outcome::DoneElsewhere(Saved::Updated(version)) => {
            toasts.tell(&format!("Terraform {} was saved.", version.attributes.version));
        }
        Outcome::DoneElsewhere(Saved::ChangedMeanwhile(version)) => toasts.warn(&format!(
            "Terraform {} was not saved, because somebody else changed it meanwhile.",
            version.attributes.version
        )),
        Outcome::FailedElsewhere(error) => toasts.warn(&format!("The version was not saved. {}", error.message())),
    };
    let request = move || form.take(known.with_untracked(|known| form.draft.with_untracked(|draft| draft.to_update(&known.attributes))));
    let save = move |()| {
        let Some(update) = request() else { return };
        let (client, id, known) = (client.get_value(), id.get_value(), known.get_untracked());
        form.mutation.run(async move { save_unless_changed(&client, &id, &known, &update).await }, settled);
    };
    let overwrite = move |()| {
        conflict.set(false);
        let Some(update) = request() else { return };
        let (client, id) = (client.get_value(), id.get_value());
        form.mutation.run(
            async move { terraform_versions::update(&client, &id, &update).await.map(Saved::Updated) },
            settled,
        );
    };
    let reload = move |()| {
        conflict.set(false);
        if let Some(latest) = latest.get_untracked() {
            form.draft.set(VersionDraft::from(&latest.attributes));
            known.set(latest);
        }
    };

    let enabled_locked = Signal::derive(move || {
        known.with(|known| {
            let reason = why_not_disable(&known.attributes).filter(|_| known.attributes.enabled)?;
            Some(format!("It cannot be disabled. {reason}"))
        })
    });
    let deprecated_locked = Signal::derive(move || {
        let unknown = known.with(|known| known.attributes.deprecated.is_none());
        unknown.then(|| "This installation does not know deprecated versions.".to_owned())
    });
    let blocked_by = Signal::derive(move || changes.with(Vec::is_empty).then_some("no-changes"));
    let losing = Memo::new(move |_| {
        let touched = changes.with(|all| all.iter().any(|change| matches!(change.field, Field::Url | Field::Sha)));
        known.with(|known| if touched { lost_archs(&known.attributes) } else { Vec::new() })
    });
    let archs = move || {
        let archs = known.with(|known| known.attributes.archs.clone()).filter(|archs| !archs.is_empty())?;
        Some(view! {
            <fieldset class="group">
                <legend>"Architectures"</legend>
                <ArchTable archs/>
                {move || warn_of_loss(&losing.get())}
            </fieldset>
        })
    };
    view! {
        <VersionForm
            form
            submit="Save changes"
            cancel=paths::terraform_version(&id.get_value())
            on_submit=Callback::new(save)
            blocked_by
            enabled_locked
            deprecated_locked
        >
            {archs}
            <Changes changes/>
        </VersionForm>
        <Conflict open=conflict draft=form.draft latest on_overwrite=overwrite on_reload=reload/>
    }
    .into_any()
}

/// Looks once more before it writes, so that nobody's change is overwritten unseen.
async fn save_unless_changed(
    client: &Client,
    id: &str,
    known: &TerraformVersion,
    update: &UpdateTerraformVersion,
) -> crate::api::Result<Saved> {
    let latest = terraform_versions::read(client, id).await?;
    if !VersionDraft::from(&latest.attributes).changes(&known.attributes).is_empty() {
        return Ok(Saved::ChangedMeanwhile(latest));
    }
    terraform_versions::update(client, id, update).await.map(Saved::Updated)
}

fn warn_of_loss(lost: &[String]) -> Option<AnyView> {
    let text = format!(
        "A new URL or SHA-256 applies to amd64 alone: saving takes {} away from this version.",
        lost.join(" and ")
    );
    (!lost.is_empty()).then(|| view! { <Notice kind=NoticeKind::Warning text/> }.into_any())
}
