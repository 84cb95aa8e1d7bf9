//! The form of a version, as "new" and "edit" both use it: fields, their errors, and where the focus goes.

use leptos::prelude::*;

use super::draft::{Field, Problem, VersionDraft};
use crate::{
    api::ApiError,
    components::ErrorNotice,
    domain::text::visible,
    query::Mutation,
    ui::{Button, Checkbox, Notice, NoticeKind, TextField, TextInput, focus_by_id},
};

/// The attributes that have a field here: what the server says of others is told above the form.
const ATTRIBUTES: [&str; Field::ALL.len()] =
    ["version", "url", "sha", "official", "enabled", "beta", "deprecated", "deprecated-reason"];

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
            if let Some(error) = form.mutation.error().get() {
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

    fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let own = self.problems.with(|all| all.iter().find(|(wrong, _)| *wrong == field).map(|(_, text)| text.clone()));
            own.or_else(|| {
                let corrected = self.corrected.with(|corrected| corrected.contains(&field));
                if corrected { None } else { self.mutation.error().get()?.field(field.attribute()) }
            })
            .map(|text| visible(&text))
        })
    }
}

/// The fields and the buttons.
#[component]
pub fn VersionForm(
    /// Its state.
    form: FormState,
    /// The submit button's words.
    submit: &'static str,
    /// Where "Cancel" leads.
    cancel: String,
    /// Sends it.
    on_submit: Callback<()>,
    /// The id of the text that says why nothing can be sent, while that is so.
    #[prop(optional, into)]
    blocked_by: Signal<Option<&'static str>>,
    /// Why "Enabled" cannot be changed, if it cannot.
    #[prop(optional, into)]
    enabled_locked: Signal<Option<String>>,
    /// Why "Deprecated" cannot be changed, if it cannot.
    #[prop(optional, into)]
    deprecated_locked: Signal<Option<String>>,
    /// What stands between the fields and the buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let FormState { draft, mutation, .. } = form;
    let pending = mutation.pending();
    let text_field = move |field: Field, kind, read: fn(&VersionDraft) -> &String, write: fn(&mut VersionDraft) -> &mut String, hint| {
        view! {
            <TextField
                id=field.attribute()
                label=field.label()
                kind
                value=Signal::derive(move || draft.with(|draft| read(draft).clone()))
                on_input=move |text| form.edit(field, |draft| *write(draft) = text)
                error=form.error(field)
                hint
                required=field != Field::Reason
            />
        }
    };
    let checkbox = move |field: Field, read: fn(&VersionDraft) -> bool, write: fn(&mut VersionDraft) -> &mut bool, hint, locked| {
        view! {
            <Checkbox
                id=field.attribute()
                label=field.label()
                checked=Signal::derive(move || draft.with(read))
                on_change=move |ticked| form.edit(field, |draft| *write(draft) = ticked)
                error=form.error(field)
                hint
                locked
            />
        }
    };
    let free = Signal::stored(None::<String>);
    let is_deprecated = Memo::new(move |_| draft.with(|draft| draft.deprecated));
    let reason = move || {
        is_deprecated.get().then(|| {
            text_field(
                Field::Reason,
                TextInput::Text,
                |draft| &draft.reason,
                |draft| &mut draft.reason,
                "Shown to the people whose workspaces use this version.",
            )
        })
    };
    let label = move || if pending.get() { "Sending…" } else { submit };
    view! {
        <form class="form" novalidate on:submit=move |event| { event.prevent_default(); on_submit.run(()); }>
            <div id=FORM_NOTICE tabindex="-1"><FormNotice mutation/></div>
            {text_field(
                Field::Version,
                TextInput::Text,
                |draft| &draft.version,
                |draft| &mut draft.version,
                "As in 1.9.8, 1.10.0-rc1 or 0.11.15-oci.",
            )}
            {text_field(
                Field::Url,
                TextInput::Code,
                |draft| &draft.url,
                |draft| &mut draft.url,
                "Where the installation downloads the zip of the Linux amd64 binary.",
            )}
            {text_field(
                Field::Sha,
                TextInput::Code,
                |draft| &draft.sha,
                |draft| &mut draft.sha,
                "The digest of that zip: 64 hexadecimal digits. It is checked when a run downloads the zip, not when you save.",
            )}
            <fieldset class="group">
                <legend>"Use"</legend>
                {checkbox(
                    Field::Official,
                    |draft| draft.official,
                    |draft| &mut draft.official,
                    "A release of HashiCorp. An official version cannot be deleted.",
                    free,
                )}
                {checkbox(
                    Field::Enabled,
                    |draft| draft.enabled,
                    |draft| &mut draft.enabled,
                    "Workspaces can use it.",
                    enabled_locked,
                )}
                {checkbox(Field::Beta, |draft| draft.beta, |draft| &mut draft.beta, "A release before the final one.", free)}
                {checkbox(
                    Field::Deprecated,
                    |draft| draft.deprecated,
                    |draft| &mut draft.deprecated,
                    "Workspaces that use it are warned, and no other can choose it.",
                    deprecated_locked,
                )}
                {reason}
            </fieldset>
            {children.map(|children| children())}
            <div class="form-actions">
                <button
                    type="submit"
                    class="button"
                    data-kind="primary"
                    disabled=move || pending.get() || blocked_by.get().is_some()
                    aria-describedby=move || blocked_by.get()
                >
                    {label}
                </button>
                {move || {
                    if pending.get() {
                        view! { <Button label="Cancel" on_press=move |()| mutation.cancel()/> }.into_any()
                    } else {
                        view! { <a class="button" href=cancel.clone()>"Cancel"</a> }.into_any()
                    }
                }}
            </div>
        </form>
    }
    .into_any()
}

/// What failed, other than single fields.
#[component]
fn FormNotice(mutation: Mutation) -> AnyView {
    let content = move || match mutation.error().get()? {
        error @ ApiError::Invalid(_) => {
            let rest = error.rest(&ATTRIBUTES);
            let rest = (!rest.is_empty()).then(|| rest.iter().map(|text| visible(text)).collect::<Vec<_>>().join(" "))?;
            Some(view! { <Notice kind=NoticeKind::Error text=rest/> }.into_any())
        }
        error => {
            let doubt = error.leaves_doubt().then(|| {
                let text = "The installation may have saved it all the same: look at the list before you send it again.";
                view! { <Notice kind=NoticeKind::Warning text/> }
            });
            Some(view! { <ErrorNotice error/> {doubt} }.into_any())
        }
    };
    content.into_any()
}
