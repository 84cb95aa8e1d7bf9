//! The form of a version, as "new" and "edit" both use it: fields, their errors, and where the focus goes.

use std::rc::Rc;

use leptos::prelude::*;

use super::draft::{Field, Problem, VersionDraft};
use crate::{
    api::ApiError,
    components::error_notice,
    domain::text::visible,
    query::Mutation,
    ui::{
        ButtonKind, Checkbox, El, Follow, NoticeKind, TextField, TextInput, View, button, dynamic, el, focus_by_id,
        link_button, notice, submit_button,
    },
};

/// The id of the notice above the form.
const FORM_NOTICE: &str = "form-notice";

/// What the form knows about itself beside the draft. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct FormState {
    /// What is typed.
    pub draft: RwSignal<VersionDraft>,
    /// What was wrong with it when it was to be sent, without what was corrected since.
    problems: RwSignal<Vec<Problem>>,
    /// The fields that were touched since the server refused them.
    corrected: RwSignal<Vec<Field>>,
    /// The sending.
    pub mutation: Mutation,
}

impl FormState {
    /// A form that begins with `draft`.
    pub fn new(draft: VersionDraft) -> Self {
        let form = Self {
            draft: RwSignal::new(draft),
            problems: RwSignal::new(Vec::new()),
            corrected: RwSignal::new(Vec::new()),
            mutation: Mutation::default(),
        };
        Effect::new(move |_| {
            if let Some(error) = form.mutation.error() {
                let refused = Field::ALL.into_iter().find(|field| error.field(field.attribute()).is_some());
                focus_by_id(refused.map_or(FORM_NOTICE, Field::attribute));
            }
        });
        form
    }

    /// Takes the request out of the draft, or shows what is wrong and goes to the first of it.
    pub fn take<R>(&self, request: Result<R, Vec<Problem>>) -> Option<R> {
        self.corrected.set(Vec::new());
        match request {
            Ok(request) => {
                self.problems.set(Vec::new());
                Some(request)
            }
            Err(problems) => {
                if let Some((first, _)) = problems.first() {
                    focus_by_id(first.attribute());
                }
                self.problems.set(problems);
                None
            }
        }
    }

    fn edit(&self, field: Field, change: impl FnOnce(&mut VersionDraft)) {
        self.draft.update(change);
        self.problems.update(|problems| problems.retain(|(wrong, _)| *wrong != field));
        self.corrected.update(|corrected| {
            if !corrected.contains(&field) {
                corrected.push(field);
            }
        });
    }

    fn error(self, field: Field) -> Follow<Option<String>> {
        Rc::new(move || {
            let own = |all: &Vec<Problem>| all.iter().find(|(wrong, _)| *wrong == field).map(|(_, text)| text.clone());
            let told = self.problems.with(own).or_else(|| {
                let is_corrected = self.corrected.with(|corrected| corrected.contains(&field));
                if is_corrected { None } else { self.mutation.error()?.field(field.attribute()) }
            });
            told.map(|text| visible(&text))
        })
    }
}

/// The fields and the buttons.
pub struct VersionForm {
    /// Its state.
    pub form: FormState,
    /// The submit button's words.
    pub submit: &'static str,
    /// Where "Cancel" leads.
    pub cancel: String,
    /// Sends it.
    pub on_submit: Box<dyn Fn()>,
    /// The id of the text that says why nothing can be sent, while that is so.
    pub blocked_by: Follow<Option<&'static str>>,
    /// Why "Enabled" cannot be changed, if it cannot.
    pub enabled_locked: Follow<Option<String>>,
    /// Why "Deprecated" cannot be changed, if it cannot.
    pub deprecated_locked: Follow<Option<String>>,
    /// What stands between the fields and the buttons.
    pub more: View,
}

impl VersionForm {
    /// The form.
    pub fn view(self) -> El {
        let Self { form, submit, cancel, on_submit, blocked_by, enabled_locked, deprecated_locked, more } = self;
        let FormState { draft, mutation, .. } = form;
        let is_deprecated = Memo::new(move |_| draft.with(|draft| draft.deprecated));
        let free: Follow<Option<String>> = Rc::new(|| None);
        let switches = [
            switch(form, Field::Official, |draft| &mut draft.official, free.clone()),
            switch(form, Field::Enabled, |draft| &mut draft.enabled, enabled_locked),
            switch(form, Field::Beta, |draft| &mut draft.beta, free),
            switch(form, Field::Deprecated, |draft| &mut draft.deprecated, deprecated_locked),
        ];
        let reason = dynamic(move || {
            is_deprecated.get().then(|| text_field(form, Field::Reason, TextInput::Text, |draft| &mut draft.reason))
        });
        el("form")
            .class("form")
            .attr("novalidate", "")
            .on("submit", move |event| {
                event.prevent_default();
                on_submit();
            })
            .child(el("div").id(FORM_NOTICE).attr("tabindex", "-1").child(dynamic(move || form_notice(mutation))))
            .child([
                text_field(form, Field::Version, TextInput::Text, |draft| &mut draft.version),
                text_field(form, Field::Url, TextInput::Code, |draft| &mut draft.url),
                text_field(form, Field::Sha, TextInput::Code, |draft| &mut draft.sha),
            ])
            .child(el("fieldset").class("group").child(el("legend").child("Use")).child(switches).child(reason))
            .child(more)
            .child(form_actions(mutation, submit, cancel, blocked_by))
    }
}

fn form_actions(
    mutation: Mutation,
    submit: &'static str,
    cancel: String,
    blocked_by: Follow<Option<&'static str>>,
) -> El {
    let label = move || if mutation.is_pending() { "Sending…" } else { submit }.to_owned();
    let reason = blocked_by.clone();
    let submit = submit_button()
        .text_of(label)
        .busy_if(move || mutation.is_pending())
        .disabled_if(move || blocked_by().is_some())
        .attr_of("aria-describedby", move || reason().map(str::to_owned));
    let cancel = dynamic(move || {
        if mutation.is_pending() {
            button(ButtonKind::Secondary, "Cancel", move || mutation.cancel())
        } else {
            link_button(ButtonKind::Secondary, "Cancel", &cancel)
        }
    });
    el("div").class("form-actions").child(submit).child(cancel)
}

fn text_field(form: FormState, field: Field, kind: TextInput, part: fn(&mut VersionDraft) -> &mut String) -> El {
    TextField {
        id: field.attribute(),
        label: field.label(),
        kind,
        required: field != Field::Reason,
        hint: hint(field),
        value: Rc::new(move || part(&mut form.draft.get()).clone()),
        error: form.error(field),
        on_input: Box::new(move |text| form.edit(field, |draft| *part(draft) = text)),
    }
    .view()
}

fn switch(
    form: FormState,
    field: Field,
    part: fn(&mut VersionDraft) -> &mut bool,
    locked: Follow<Option<String>>,
) -> El {
    Checkbox {
        id: field.attribute(),
        label: field.label(),
        hint: hint(field),
        checked: Rc::new(move || *part(&mut form.draft.get())),
        error: form.error(field),
        locked,
        on_change: Box::new(move |ticked| form.edit(field, |draft| *part(draft) = ticked)),
    }
    .view()
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::Version => "As in 1.9.8, 1.10.0-rc1 or 0.11.15-oci.",
        Field::Url => "Where the installation downloads the zip of the Linux amd64 binary.",
        Field::Sha => {
            "The digest of that zip: 64 hexadecimal digits. It is checked when a run downloads the zip, not when you save."
        }
        Field::Official => "A release of HashiCorp. An official version cannot be deleted.",
        Field::Enabled => "Workspaces can use it.",
        Field::Beta => "A release before the final one.",
        Field::Deprecated => "Workspaces that use it are warned, and no other can choose it.",
        Field::Reason => "Shown to the people whose workspaces use this version.",
    }
}

/// What failed, other than single fields.
fn form_notice(mutation: Mutation) -> Option<View> {
    let error = mutation.error()?;
    if matches!(error, ApiError::Invalid(_)) {
        let rest = error.rest(&Field::ALL.map(Field::attribute)).join(" ");
        return (!rest.is_empty()).then(|| notice(NoticeKind::Error, &visible(&rest), View::default()).into());
    }
    let doubt = error.leaves_doubt().then(|| {
        let text = "The installation may have saved it all the same: look at the list before you send it again.";
        notice(NoticeKind::Warning, text, View::default())
    });
    Some(View::from(error_notice(&error, None)).and(doubt))
}
