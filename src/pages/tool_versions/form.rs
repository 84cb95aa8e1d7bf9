//! The form of a version, as "new" and "edit" both use it: its fields and buttons.

use api::ApiError;
use domain::{
    Tool, release_url,
    text::visible,
    version_draft::{Field, Problem, VersionDraft},
};
use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    components::{ErrorNotice, FormState, LeaveDialog, LinkButton},
    query::Mutation,
    ui::{Button, Checkbox, Notice, NoticeKind, SubmitButton, TextField, TextInput, dynamic, focus_by_id, true_if},
};

/// The id of what stands above the fields.
const FORM_NOTICE: &str = "form-notice";

/// The draft as a request, or the focus on the first field that is not right yet.
pub fn accept<R>(form: FormState<VersionDraft>, request: Result<R, Vec<Problem>>) -> Option<R> {
    let at_fields = |problems: Vec<Problem>| {
        problems.into_iter().map(|(field, text)| (field.attribute(), text)).collect::<Vec<_>>()
    };
    form.accept(request.map_err(at_fields))
}

/// Shows a refusal at the fields that it names, or gives the focus to what stands above them.
pub fn refuse(form: FormState<VersionDraft>, error: &ApiError) {
    if !form.refuse(error, &attributes(form)) {
        focus_by_id(FORM_NOTICE);
    }
}

/// The attributes of the API that the form has a field for at the moment.
fn attributes(form: FormState<VersionDraft>) -> Vec<&'static str> {
    let is_deprecated = form.draft.with_untracked(|draft| draft.deprecated);
    let fields = Field::ALL.into_iter().filter(|field| is_deprecated || *field != Field::Reason);
    fields.map(Field::attribute).collect()
}

/// The fields and the buttons.
#[component]
pub fn VersionForm(
    /// Whose version it is.
    tool: Tool,
    /// Its state.
    form: FormState<VersionDraft>,
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
    /// The names of the architectures that the installation numbers in its errors, in its order.
    #[prop(optional)]
    archs: Vec<String>,
    /// What stands above the fields beside the failure.
    #[prop(optional, into)]
    notice: ViewFn,
    /// What stands between the fields and the buttons, and beside the fields where there is room.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let FormState { draft, errors, mutation } = form;
    let is_deprecated = Memo::new(move |_| draft.with(|draft| draft.deprecated));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    let url_hint = ["Where the installation downloads the ", tool.download(), " of the Linux amd64 build."].concat();
    let sha_hint = [
        "The digest of that file: 64 hexadecimal digits. It is checked when a run downloads the ",
        tool.download(),
        ", not when you save.",
    ]
    .concat();
    let url_doubt = Memo::new(move |_| {
        draft.with(|draft| release_url::contradiction(&draft.url, tool, &draft.version, "linux", "amd64"))
    });
    view! {
        <LeaveDialog/>
        <form class="form version-form" novalidate on:submit=send>
            <div class="form-fields">
                <div id=FORM_NOTICE tabindex="-1">
                    {dynamic(move || {
                        mutation.error().map(|error| view! { <Failure form error archs=archs.clone()/> })
                    })}
                    {notice.run()}
                </div>
                <TextField
                    id=Field::Version.attribute()
                    label=Field::Version.label()
                    required=true
                    hint="As in 1.9.8, 1.10.0-rc1 or 0.11.15-oci."
                    value=slice!(draft.version)
                    errors
                />
                <div class="field-doubt" data-doubt=true_if(move || url_doubt.with(Option::is_some)) aria-live="polite">
                    <TextField
                        id=Field::Url.attribute()
                        label=Field::Url.label()
                        kind=TextInput::Code
                        required=true
                        hint=Signal::derive(move || url_doubt.get().unwrap_or_else(|| url_hint.clone()))
                        value=slice!(draft.url)
                        errors
                    />
                </div>
                <TextField
                    id=Field::Sha.attribute()
                    label=Field::Sha.label()
                    kind=TextInput::Code
                    required=true
                    hint=sha_hint
                    value=slice!(draft.sha)
                    errors
                />
                <fieldset class="group">
                    <legend>"Use"</legend>
                    <Checkbox
                        id=Field::Official.attribute()
                        label=Field::Official.label()
                        hint="A release of the publisher. An official version cannot be deleted."
                        value=slice!(draft.official)
                        errors
                    />
                    <Checkbox
                        id=Field::Enabled.attribute()
                        label=Field::Enabled.label()
                        hint="Workspaces can use it."
                        value=slice!(draft.enabled)
                        errors
                        locked=enabled_locked
                    />
                    <Checkbox
                        id=Field::Beta.attribute()
                        label=Field::Beta.label()
                        hint="A release before the final one."
                        value=slice!(draft.beta)
                        errors
                    />
                    <Checkbox
                        id=Field::Deprecated.attribute()
                        label=Field::Deprecated.label()
                        hint="Workspaces that use it are warned, and no other can choose it."
                        value=slice!(draft.deprecated)
                        errors
                        locked=deprecated_locked
                    />
                    <Show when=move || is_deprecated.get()>
                        <TextField
                            id=Field::Reason.attribute()
                            label=Field::Reason.label()
                            hint="Shown to the people whose workspaces use this version."
                            value=slice!(draft.reason)
                            errors
                        />
                    </Show>
                </fieldset>
            </div>
            {children.map(|children| view! { <div class="form-aside">{children()}</div> })}
            <div class="form-actions">
                <SubmitButton busy=Signal::derive(move || mutation.is_pending()) blocked_by>
                    {dynamic(move || if mutation.is_pending() { "Sending…" } else { submit })}
                </SubmitButton>
                <Cancel mutation href=cancel/>
            </div>
        </form>
    }
}

/// Ends the sending, or leads away from the form.
#[component]
fn Cancel(mutation: Mutation, href: String) -> impl IntoView {
    let is_pending = Memo::new(move |_| mutation.is_pending());
    move || {
        if is_pending.get() {
            view! { <Button on_press=move |()| mutation.cancel()>"Cancel"</Button> }.into_any()
        } else {
            view! { <LinkButton href=href.clone()>"Cancel"</LinkButton> }.into_any()
        }
    }
}

/// What failed, other than single fields.
#[component]
fn Failure(form: FormState<VersionDraft>, error: ApiError, archs: Vec<String>) -> impl IntoView {
    if matches!(error, ApiError::Invalid(_)) {
        let fields = attributes(form);
        let rest = error.rest_by_arch(&fields).into_iter();
        let text = rest.map(|(place, text)| visible(&at_arch(place, text, &archs))).collect::<Vec<_>>().join("\n");
        return (!text.is_empty()).then(|| view! { <Notice kind=NoticeKind::Error text/> }).into_any();
    }
    // What was looked up already says what to do.
    let is_open = error.leaves_doubt() && !matches!(error, ApiError::Unanswered { .. });
    let doubt = is_open.then(|| {
        let text = "The installation may have saved it all the same: look at the list before you send it again.";
        view! { <Notice kind=NoticeKind::Warning text/> }
    });
    view! {
        <ErrorNotice error/>
        {doubt}
    }
    .into_any()
}

/// An error with the architecture that it is about: "Architecture arm64, url: is invalid".
fn at_arch(place: Option<(usize, &str)>, text: &str, archs: &[String]) -> String {
    let Some((index, member)) = place else { return text.to_owned() };
    let name = archs.get(index).cloned().unwrap_or_else(|| (index + 1).to_string());
    let member = if member.is_empty() { String::new() } else { [", ", member].concat() };
    ["Architecture ", &name, &member, ": ", text].concat()
}
