//! What an edit will change, before it is sent.

use domain::version_draft::Change;
use leptos::prelude::*;

use super::attribute::Value;
use crate::ui::Table;

/// The id of the sentence that is there while nothing has changed.
pub const NO_CHANGES: &str = "no-changes";

/// The live section "Changes": field, now, new.
#[component]
pub fn ChangesSection(
    /// What differs.
    changes: Memo<Vec<Change>>,
) -> impl IntoView {
    let content = move || {
        let changes = changes.get();
        if changes.is_empty() {
            view! {
                <p id=NO_CHANGES class="muted">
                    "Nothing has changed yet, so there is nothing to save."
                </p>
            }
            .into_any()
        } else {
            view! { <ChangeTable name="Changes" columns=&["Field", "Now", "New"] changes/> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="changes-heading">
            <h2 id="changes-heading">"Changes"</h2>
            <div aria-live="polite">{content}</div>
        </section>
    }
}

/// A table of fields with two sides.
#[component]
pub fn ChangeTable(
    /// Its name.
    name: &'static str,
    /// "Field", and the names of the two sides.
    columns: &'static [&'static str; 3],
    /// The fields that differ.
    changes: Vec<Change>,
) -> impl IntoView {
    let [_, now, new] = *columns;
    let rows: Vec<AnyView> = changes
        .into_iter()
        .map(|change| {
            view! {
                <tr>
                    <th scope="row">{change.field.label()}</th>
                    <td data-label=now>
                        <Value text=change.now none="empty"/>
                    </td>
                    <td data-label=new>
                        <Value text=change.new none="empty"/>
                    </td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <Table name columns class="stacked change-table">
            {rows}
        </Table>
    }
}
