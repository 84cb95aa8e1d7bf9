//! The plan before it is begun: what it will do, and the one button that begins it.

use domain::plan::{Action, Purpose};
use leptos::prelude::*;

use super::{draft::Draft, table::PlanTable};
use crate::{
    inventory::Inventory,
    ui::{Button, ButtonKind, FieldErrors, Notice, NoticeKind, TextField},
};

/// The field "Reason" where there is one, the numbers, the rows, and the buttons. Nothing is sent before one is pressed.
#[component]
pub fn Preview(
    /// Whose versions.
    inventory: Inventory,
    /// What is planned.
    draft: Draft,
    /// Begins it.
    start: Callback<()>,
    /// Leaves it alone.
    cancel: Callback<()>,
) -> impl IntoView {
    let counts = Memo::new(move |_| draft.counts());
    let has_changes = Memo::new(move |_| counts.get().changes > 0);
    let action = Memo::new(move |_| draft.action());
    let partial = move || {
        let is_partial = inventory.progress().with(|progress| progress.is_partial) && action.get().is_some();
        let text = "Not all versions of the installation are loaded. The plan is for those that were selected.";
        is_partial.then(|| view! { <Notice kind=NoticeKind::Warning text/> })
    };
    let reason_field = move || {
        (action.get() == Some(Action::Deprecate)).then(|| {
            let value = (draft.reason.into(), draft.reason.into());
            let hint =
                "Users of these versions see it. Left empty, a version that is deprecated already keeps its reason.";
            view! { <TextField id="reason" label="Reason" hint value errors=FieldErrors::default()/> }
        })
    };
    // Its words follow the reason; the button stays, since it may be about to be pressed.
    let words = move || draft.purpose().map(|purpose: Purpose| purpose.button(counts.get().changes));
    let act =
        move || has_changes.get().then(|| view! { <Button kind=ButtonKind::Primary on_press=start>{words}</Button> });
    view! {
        {partial}
        {reason_field}
        <p class="summary" role="status">
            {move || counts.get().summary()}
        </p>
        <PlanTable draft/>
        <div class="actions plan-actions">
            {act} <Button on_press=cancel>"Cancel"</Button>
        </div>
    }
}
