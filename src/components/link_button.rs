//! A link that looks like a button, for going somewhere.

use leptos::prelude::*;

use crate::{
    router::Link,
    ui::{ButtonKind, Icon, IconView},
};

/// A [`Link`] with a button's look.
#[component]
pub fn LinkButton(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// An address out of [`crate::paths`].
    #[prop(into)]
    href: String,
    /// A picture before its words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <Link href class="button" attr:data-kind=kind.name()>
            {icon.map(|icon| view! { <IconView icon/> })}
            {children()}
        </Link>
    }
}
