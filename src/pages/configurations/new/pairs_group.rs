//! The rows "Key" and "Value" of a group.

use domain::{key_values::KeyOrValue, text::visible};
use leptos::prelude::*;
use web_sys::ClipboardEvent;

use super::pairs::{Pairs, Row};
use crate::ui::{Button, ButtonKind, dynamic, true_if};

/// A group of rows, which more can be added to.
#[component]
pub fn PairsGroup(
    /// Its rows.
    pairs: Pairs,
    /// Its name.
    legend: &'static str,
    /// The words of the button that adds a row.
    add: &'static str,
) -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend>{legend}</legend>
            <p class="field-hint">
                "Lines such as NAME=text, a JSON object or .tfvars assignments fill several rows when they are pasted."
            </p>
            <div class="pairs">
                <For each=move || pairs.rows() key=|row| row.number children=move |row| view! { <PairRow pairs row/> }/>
            </div>
            {dynamic(move || pairs.paste_problem().map(|text| view! {
                <p class="field-error" role="alert">{visible(&text)}</p>
            }))}
            <p class="field-hint" role="status">
                {move || visible(&pairs.paste_notes())}
            </p>
            <Button id=pairs.add_id on_press=move |()| pairs.add()>{add}</Button>
        </fieldset>
    }
}

#[component]
fn PairRow(pairs: Pairs, row: Row) -> impl IntoView {
    let number = row.number;
    let key = RwSignal::from(row.key.clone());
    let value = RwSignal::from(row.value.clone());
    let (key_id, value_id) = (pairs.id(number, KeyOrValue::Key), pairs.id(number, KeyOrValue::Value));
    let (key_label, value_label) = (key_id.clone(), value_id.clone());
    let (key_error, value_error) = (error_id(&key_id), error_id(&value_id));
    let key_problem = Memo::new(move |_| pairs.problem(number, KeyOrValue::Key));
    let value_problem = Memo::new(move |_| pairs.problem(number, KeyOrValue::Value));
    let paste = move |event: ClipboardEvent| {
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        if pairs.paste(&row, &text) {
            event.prevent_default();
        }
    };
    let name = move || key.with(|key| if key.is_empty() { "this row".to_owned() } else { visible(key) });
    view! {
        <div class="pair">
            <div class="field">
                <label class="field-label" for=key_label>"Key"</label>
                <input
                    id=key_id
                    class="input"
                    data-kind="code"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid=true_if(move || key_problem.get().is_some())
                    aria-describedby=key_error.clone()
                    prop:value=key
                    on:input:target=move |event| {
                        key.set(event.target().value());
                        pairs.on_edit(number);
                    }
                    on:paste=paste
                />
                <FieldProblem id=key_error problem=key_problem/>
            </div>
            <div class="field">
                <label class="field-label" for=value_label>"Value"</label>
                <textarea
                    id=value_id
                    class="input"
                    data-kind="code"
                    rows="1"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid=true_if(move || value_problem.get().is_some())
                    aria-describedby=value_error.clone()
                    prop:value=value
                    on:input:target=move |event| {
                        value.set(event.target().value());
                        pairs.on_edit(number);
                    }
                ></textarea>
                <FieldProblem id=value_error problem=value_problem/>
            </div>
            <Button kind=ButtonKind::Quiet on_press=move |()| pairs.remove(number)>
                "Remove"
                <span class="visually-hidden">" " {name}</span>
            </Button>
        </div>
    }
}

fn error_id(field: &str) -> String {
    [field, "-error"].concat()
}

/// Only there while there is one, so that it is announced the moment that it appears.
#[component]
fn FieldProblem(id: String, problem: Memo<Option<String>>) -> impl IntoView {
    move || {
        problem.get().map(|text| {
            view! {
                <p id=id.clone() class="field-error" role="alert">
                    {visible(&text)}
                </p>
            }
        })
    }
}
