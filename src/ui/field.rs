//! Form fields with their label, hint and error tied together for assistive technology.

use leptos::prelude::*;

/// How a text field is typed into.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum TextInput {
    /// Plain text.
    #[default]
    Text,
    /// Not shown while typing.
    Password,
    /// Plain text that is long and is compared by eye: set in a fixed-width face.
    Code,
}

/// A labelled text field. The error is announced when it appears, and is the field's description from then on.
#[component]
pub fn TextField(
    /// Unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// How it is typed into.
    #[prop(optional)]
    kind: TextInput,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with what is in it after each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A sentence that helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
) -> AnyView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || match (hint.is_some(), error.with(Option::is_some)) {
            (true, true) => Some(format!("{error_id} {hint_id}")),
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(error_id.clone()),
            (false, false) => None,
        }
    };
    let input_type = if kind == TextInput::Password { "password" } else { "text" };
    view! {
        <div class="field">
            <label for=id class="field-label">
                {label}
            </label>
            <input
                id=id
                class="input"
                data-kind=(kind == TextInput::Code).then_some("code")
                type=input_type
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())
            />
            <FieldError id=error_id error/>
            {hint.map(|hint| view! { <p id=hint_id class="field-hint">{hint}</p> })}
        </div>
    }
    .into_any()
}

/// A labelled checkbox.
#[component]
pub fn Checkbox(
    /// Unique in the page.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with whether it is ticked after each change.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A sentence that says what it does.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Why it cannot be changed, if it cannot.
    #[prop(optional, into)]
    locked: Signal<Option<String>>,
) -> AnyView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described_by = format!("{error_id} {hint_id}");
    view! {
        <div class="field">
            <div class="checkbox">
                <input
                    id=id
                    type="checkbox"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described_by
                    disabled=move || locked.with(Option::is_some)
                    prop:checked=move || checked.get()
                    on:change:target=move |event| on_change.run(event.target().checked())
                />
                <label for=id>{label}</label>
            </div>
            <FieldError id=error_id error/>
            <p id=hint_id class="field-hint">{move || locked.get().or(hint.map(str::to_owned))}</p>
        </div>
    }
    .into_any()
}

#[component]
fn FieldError(id: String, error: Signal<Option<String>>) -> AnyView {
    // Only there when there is one, so that it is announced the moment that it appears.
    (move || {
        let id = id.clone();
        error.get().map(|error| view! { <p id=id class="field-error" role="alert">{error}</p> })
    })
    .into_any()
}
