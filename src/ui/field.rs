//! Form fields with their label, hint and error tied together for assistive technology.

use leptos::prelude::*;

use super::{FieldErrors, dynamic, true_if};

/// How a text field is typed into.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum TextInput {
    /// Plain text.
    #[default]
    Text,
    /// Not shown while typing.
    Password,
    /// Plain text that is long and is compared by eye: set in a fixed-width font.
    Code,
}

/// A labelled text field. Its error is announced when it appears, describes the field from then on, and goes as soon as
/// something else is typed.
#[component]
pub fn TextField(
    /// Unique in the page, and the name of its error in `errors`.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// How it is typed into.
    #[prop(optional)]
    kind: TextInput,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// A sentence that helps to fill it in.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is in it, and how that is changed.
    value: (Signal<String>, SignalSetter<String>),
    /// The errors of its form.
    errors: FieldErrors,
) -> impl IntoView {
    let (value, set_value) = value;
    let error = errors.of(id);
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
            </label>
            <input
                id=id
                type=if kind == TextInput::Password { "password" } else { "text" }
                class="input"
                data-kind=(kind == TextInput::Code).then_some("code")
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-required=required.then_some("true")
                aria-invalid=true_if(move || error.get().is_some())
                aria-describedby=description(id)
                prop:value=value
                on:input:target=move |event| {
                    set_value.set(event.target().value());
                    errors.forget(id);
                }
            />
            <FieldError id error/>
            <FieldHint id hint/>
        </div>
    }
}

/// A labelled checkbox.
#[component]
pub fn Checkbox(
    /// Unique in the page, and the name of its error in `errors`.
    id: &'static str,
    /// The label.
    label: &'static str,
    /// A sentence that says what it does.
    #[prop(into)]
    hint: Signal<String>,
    /// Whether it is ticked, and how that is changed.
    value: (Signal<bool>, SignalSetter<bool>),
    /// The errors of its form.
    errors: FieldErrors,
    /// Why it cannot be changed, if it cannot: shown in place of the hint.
    #[prop(optional, into)]
    locked: Signal<Option<String>>,
) -> impl IntoView {
    let (checked, set_checked) = value;
    let error = errors.of(id);
    view! {
        <div class="field">
            <div class="checkbox">
                <input
                    id=id
                    type="checkbox"
                    disabled=Signal::derive(move || locked.get().is_some())
                    aria-invalid=true_if(move || error.get().is_some())
                    aria-describedby=description(id)
                    prop:checked=checked
                    on:change:target=move |event| {
                        set_checked.set(event.target().checked());
                        errors.forget(id);
                    }
                />
                <label for=id>{label}</label>
            </div>
            <FieldError id error/>
            <FieldHint id hint=Signal::derive(move || locked.get().unwrap_or_else(|| hint.get()))/>
        </div>
    }
}

/// The ids of the error and the hint, which describe the field.
fn description(id: &str) -> String {
    [id, "-error ", id, "-hint"].concat()
}

/// Only there while there is one, so that it is announced the moment that it appears.
#[component]
fn FieldError(id: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    dynamic(move || {
        error.get().map(|text| {
            view! {
                <p id=[id, "-error"].concat() class="field-error" role="alert">
                    {text}
                </p>
            }
        })
    })
}

#[component]
fn FieldHint(id: &'static str, hint: Signal<String>) -> impl IntoView {
    view! {
        <p id=[id, "-hint"].concat() class="field-hint">
            {hint}
        </p>
    }
}
