//! Buttons.

use leptos::prelude::*;

use super::{
    icon::{Icon, IconView},
    true_if,
};

/// How much a button asks for attention.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action of its surroundings.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// An action that destroys something.
    Danger,
    /// An action beside a text.
    Quiet,
}

impl ButtonKind {
    /// The value of `data-kind`, for buttons and for links that look like them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Danger => "danger",
            Self::Quiet => "quiet",
        }
    }
}

/// A button that does something at once.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Its id, where something refers to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// A picture before its words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Whether what it does is under way. It is not disabled then, since that would lose the focus that is on it:
    /// `on_press` must ignore a second press.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The id of the text that says why it cannot be pressed.
    #[prop(optional)]
    described_by: Option<&'static str>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            id=id
            class="button"
            data-kind=kind.name()
            aria-disabled=true_if(move || busy.get())
            aria-describedby=described_by
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            {children()}
        </button>
    }
}

/// The button that sends its form.
#[component]
pub fn SubmitButton(
    /// Whether the form is being sent: as of [`Button`].
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The id of the text that says why the form cannot be sent, while that is so.
    #[prop(optional, into)]
    blocked_by: Signal<Option<&'static str>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="button"
            data-kind=ButtonKind::Primary.name()
            aria-disabled=true_if(move || busy.get())
            aria-describedby=blocked_by
            disabled=Signal::derive(move || blocked_by.get().is_some())
        >
            {children()}
        </button>
    }
}
