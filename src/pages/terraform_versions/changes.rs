//! What an edit will change, before it is sent.

use leptos::prelude::*;

use super::draft::Change;
use crate::domain::text::visible;

/// The live section "Changes": field, now, new.
#[component]
pub fn Changes(
    /// What will change, in the form's order.
    changes: Memo<Vec<Change>>,
) -> AnyView {
    let content = move || {
        let changes = changes.get();
        if changes.is_empty() {
            return view! { <p id="no-changes" class="muted">"Nothing has changed yet, so there is nothing to save."</p> }.into_any();
        }
        let rows = changes.into_iter().map(|change| {
            view! {
                <tr>
                    <th scope="row">{change.field.label()}</th>
                    <td><Text text=change.now/></td>
                    <td><Text text=change.new/></td>
                </tr>
            }
        });
        view! { <ChangeTable columns=["Field", "Now", "New"] rows=rows.collect_view().into_any()/> }.into_any()
    };
    view! {
        <section class="card changes" aria-labelledby="changes-heading">
            <h2 id="changes-heading">"Changes"</h2>
            <div aria-live="polite">{content}</div>
        </section>
    }
    .into_any()
}

/// A table of fields with two sides.
#[component]
pub fn ChangeTable(
    /// The columns' headings.
    columns: [&'static str; 3],
    /// The rows.
    rows: AnyView,
) -> AnyView {
    let head = columns.map(|column| view! { <th scope="col">{column}</th> });
    view! {
        <table class="table change-table">
            <thead>
                <tr>{head.collect_view()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// A side of a change; nothing is said in words.
#[component]
pub fn Text(
    /// The text as it is.
    text: String,
) -> AnyView {
    if text.is_empty() {
        view! { <span class="muted">"empty"</span> }.into_any()
    } else {
        view! { <span class="value">{visible(&text)}</span> }.into_any()
    }
}
