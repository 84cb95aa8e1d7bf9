//! Form fields with their label, hint and error tied together for assistive technology.

use super::{El, Follow, View, dynamic, el};

/// How a text field is typed into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TextInput {
    /// Plain text.
    Text,
    /// Not shown while typing.
    Password,
    /// Plain text that is long and is compared by eye: set in a fixed-width face.
    Code,
}

/// A labelled text field. The error is announced when it appears, and is the field's description from then on.
pub struct TextField {
    /// Unique in the page.
    pub id: &'static str,
    /// The label.
    pub label: &'static str,
    /// How it is typed into.
    pub kind: TextInput,
    /// Whether it must be filled in.
    pub required: bool,
    /// A sentence that helps to fill it in; empty for none.
    pub hint: &'static str,
    /// What is in it.
    pub value: Follow<String>,
    /// What is wrong with it.
    pub error: Follow<Option<String>>,
    /// Called with what is in it after each change.
    pub on_input: Box<dyn Fn(String)>,
}

impl TextField {
    /// The field with its label, hint and error.
    pub fn view(self) -> El {
        let Self { id, label, kind, required, hint, value, error, on_input } = self;
        let input = el("input")
            .attr("type", if kind == TextInput::Password { "password" } else { "text" })
            .class("input")
            .attr("data-kind", if kind == TextInput::Code { "code" } else { "text" })
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .property("value", move || value().into())
            .on_text("input", on_input);
        let input = if required { input.attr("aria-required", "true") } else { input };
        el("div")
            .class("field")
            .child(el("label").class("field-label").attr("for", id).child(label))
            .child(described(input, id, error.clone()))
            .child(error_of(id, error))
            .child(hint_of(id, move || hint.to_owned()))
    }
}

/// A labelled checkbox.
pub struct Checkbox {
    /// Unique in the page.
    pub id: &'static str,
    /// The label.
    pub label: &'static str,
    /// A sentence that says what it does.
    pub hint: &'static str,
    /// Whether it is ticked.
    pub checked: Follow<bool>,
    /// What is wrong with it.
    pub error: Follow<Option<String>>,
    /// Why it cannot be changed, if it cannot: shown in place of the hint.
    pub locked: Follow<Option<String>>,
    /// Called with whether it is ticked after each change.
    pub on_change: Box<dyn Fn(bool)>,
}

impl Checkbox {
    /// The checkbox with its label, hint and error.
    pub fn view(self) -> El {
        let Self { id, label, hint, checked, error, locked, on_change } = self;
        let is_locked = locked.clone();
        let input = el("input")
            .attr("type", "checkbox")
            .disabled_if(move || is_locked().is_some())
            .property("checked", move || checked().into())
            .on_ticked(on_change);
        el("div")
            .class("field")
            .child(
                el("div")
                    .class("checkbox")
                    .child(described(input, id, error.clone()))
                    .child(el("label").attr("for", id).child(label)),
            )
            .child(error_of(id, error))
            .child(hint_of(id, move || locked().unwrap_or_else(|| hint.to_owned())))
    }
}

/// The control with its id, and with its error and hint as its description.
fn described(control: El, id: &str, error: Follow<Option<String>>) -> El {
    let described_by = format!("{id}-error {id}-hint");
    control.id(id).attr("aria-describedby", &described_by).attr_if("aria-invalid", "true", move || error().is_some())
}

/// Only there when there is one, so that it is announced the moment that it appears.
fn error_of(id: &str, error: Follow<Option<String>>) -> View {
    let error_id = format!("{id}-error");
    dynamic(move || error().map(|text| el("p").id(&error_id).class("field-error").attr("role", "alert").child(text)))
}

fn hint_of(id: &str, hint: impl Fn() -> String + 'static) -> El {
    let hint_id = format!("{id}-hint");
    el("p").id(&hint_id).class("field-hint").text_of(hint)
}
