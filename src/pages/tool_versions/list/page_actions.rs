//! What can be done with the whole list, beside its heading.

use leptos::prelude::*;

use super::{AddVersion, view::ListView};
use crate::ui::{Button, dynamic};

/// "Add version" and "Export".
#[component]
pub fn PageActions(
    /// What is shown.
    view: ListView,
    /// The dialog "Export versions", open, for all that the filters let through. Loaded when it is wanted.
    export: fn(ListView) -> AnyView,
) -> impl IntoView {
    // Made anew each time, so that it is loaded again where that has failed.
    let wanted = RwSignal::new(0_u32);
    vec![
        view! { <AddVersion tool=view.tool/> }.into_any(),
        view! { <Button on_press=move |()| wanted.update(|wanted| *wanted += 1)>"Export"</Button> }.into_any(),
        dynamic(move || (wanted.get() > 0).then(|| export(view))).into_any(),
    ]
}
