//! Buttons.

use leptos::{ev::MouseEvent, prelude::*};

/// How much a button asks for attention.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action of its surroundings.
    Primary,
    /// Any other action.
    Secondary,
    /// An action that destroys something.
    Danger,
    /// An action beside a text.
    Quiet,
}

/// A button that does something at once. A form's own button is a plain `<button type="submit">` of the same class.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: Option<ButtonKind>,
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// Whether it can be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The id of the text that says why it is disabled, or what it does.
    #[prop(optional)]
    described_by: Option<&'static str>,
) -> AnyView {
    let kind = match kind.unwrap_or(ButtonKind::Secondary) {
        ButtonKind::Primary => "primary",
        ButtonKind::Secondary => "secondary",
        ButtonKind::Danger => "danger",
        ButtonKind::Quiet => "quiet",
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind=kind
            disabled=move || disabled.get()
            aria-describedby=described_by
            on:click=move |_: MouseEvent| on_press.run(())
        >
            {move || label.get()}
        </button>
    }
    .into_any()
}
