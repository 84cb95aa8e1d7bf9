//! The rows "Key" and "Value" of a group.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event};

use crate::{
    domain::{
        key_values::{KeyOrValue, problems, read_pasted},
        text::visible,
    },
    ui::{ButtonKind, El, button, dynamic, el, focus_by_id},
};

/// More rows than this would make the page slow, and are no input of a person.
const MOST_ROWS: usize = 500;

/// A row. Its number is never used again in its group, so that ids stay with their row.
#[derive(Clone, Copy, PartialEq)]
struct Row {
    number: usize,
    key: RwSignal<String>,
    value: RwSignal<String>,
}

/// The rows of one group. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Pairs {
    /// What one of them is: part of the ids.
    thing: &'static str,
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<usize>,
    /// By the row's number.
    problems: RwSignal<Vec<(usize, KeyOrValue, String)>>,
    /// What was wrong with a pasted text.
    pasting: RwSignal<Option<String>>,
}

impl Pairs {
    /// No rows yet.
    pub fn new(thing: &'static str) -> Self {
        Self {
            thing,
            rows: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            problems: RwSignal::new(Vec::new()),
            pasting: RwSignal::new(None),
        }
    }

    /// Whether there is anything that would be lost. Tracked.
    pub fn is_touched(self) -> bool {
        self.rows.with(|rows| {
            rows.iter().any(|row| row.key.with(|it| !it.is_empty()) || row.value.with(|it| !it.is_empty()))
        })
    }

    /// The pairs as they are sent. Not tracked.
    pub fn texts(self) -> Vec<(String, String)> {
        let text = |row: &Row| (row.key.get_untracked().trim().to_owned(), row.value.get_untracked());
        self.rows.with_untracked(|rows| rows.iter().map(text).collect())
    }

    /// Shows what is wrong. Returns the id of the first field with a problem.
    pub fn check(self) -> Option<String> {
        let found = problems(&self.texts());
        let rows = self.rows.get_untracked();
        let numbered = found.into_iter().filter_map(|(index, part, text)| Some((rows.get(index)?.number, part, text)));
        self.problems.set(numbered.collect());
        let first = self.problems.with_untracked(|all| all.first().map(|(number, part, _)| (*number, *part)));
        first.map(|(number, part)| self.id(number, part))
    }

    fn id(self, number: usize, part: KeyOrValue) -> String {
        let part = if part == KeyOrValue::Key { "k" } else { "v" };
        [self.thing, "-", &number.to_string(), "-", part].concat()
    }

    fn new_row(self, key: String, value: String) -> Row {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        Row { number, key: RwSignal::new(key), value: RwSignal::new(value) }
    }

    fn add(self) {
        let row = self.new_row(String::new(), String::new());
        self.rows.update(|rows| rows.push(row));
        focus_by_id(&self.id(row.number, KeyOrValue::Key));
    }

    fn remove(self, number: usize, add_id: &str) {
        let at = self.rows.with_untracked(|rows| rows.iter().position(|row| row.number == number));
        self.rows.update(|rows| rows.retain(|row| row.number != number));
        self.problems.set(Vec::new());
        let neighbour = self.rows.with_untracked(|rows| {
            let at = at.unwrap_or_default();
            rows.get(at).or(rows.last()).map(|row| self.id(row.number, KeyOrValue::Key))
        });
        focus_by_id(neighbour.as_deref().unwrap_or(add_id));
    }

    /// Fills rows from a pasted text, in the place of the row that it was pasted into if that is empty. Returns whether
    /// it did, or told why not; the browser pastes it otherwise.
    fn paste(self, into: Row, text: &str) -> bool {
        let Some(pairs) = read_pasted(text) else { return false };
        let pairs = match pairs {
            Ok(pairs) if pairs.len() + self.rows.with_untracked(Vec::len) > MOST_ROWS => {
                self.pasting.set(Some(format!("Nothing was filled in: these are more than {MOST_ROWS} rows.")));
                return true;
            }
            Ok(pairs) => pairs,
            Err(problem) => {
                self.pasting.set(Some("Nothing was filled in: ".to_owned() + &problem));
                return true;
            }
        };
        let new: Vec<Row> = pairs.into_iter().map(|(key, value)| self.new_row(key, value)).collect();
        let last = new.last().map(|row| self.id(row.number, KeyOrValue::Value));
        let is_empty = into.key.with_untracked(String::is_empty) && into.value.with_untracked(String::is_empty);
        self.rows.update(|rows| {
            let at = rows.iter().position(|row| *row == into).map_or(rows.len(), |at| at + 1);
            rows.splice(at..at, new);
            if is_empty {
                rows.retain(|row| *row != into);
            }
        });
        self.pasting.set(None);
        self.problems.set(Vec::new());
        if let Some(last) = last {
            focus_by_id(&last);
        }
        true
    }

    /// The group.
    pub fn view(self, legend: &str, add_label: &str) -> El {
        let add_id = [self.thing, "-add"].concat();
        let id = add_id.clone();
        // Rows that stay keep their elements: the focus and the caret may be in one.
        let made: StoredValue<Vec<(usize, El)>, LocalStorage> = StoredValue::new_local(Vec::new());
        let owner = Owner::current();
        let rows = dynamic(move || {
            let rows = self.rows.get();
            let known = made.get_value();
            let views: Vec<(usize, El)> = rows
                .iter()
                .map(|row| {
                    let old = known.iter().find(|(number, _)| *number == row.number).cloned();
                    let make = || (row.number, self.row(*row, &add_id));
                    old.unwrap_or_else(|| match &owner {
                        // Not of this effect, which ends with each change.
                        Some(owner) => owner.with(make),
                        None => make(),
                    })
                })
                .collect();
            made.set_value(views.clone());
            views.into_iter().map(|(_, view)| view).collect::<Vec<_>>()
        });
        let problem = dynamic(move || {
            self.pasting.get().map(|text| el("p").class("field-error").attr("role", "alert").child(visible(&text)))
        });
        el("fieldset")
            .class("group")
            .child(el("legend").child(legend))
            .child(el("p").class("field-hint").child(
                "Lines such as NAME=text, a JSON object or .tfvars assignments fill several rows when they are pasted.",
            ))
            .child(el("div").class("pairs").child(rows))
            .child(problem)
            .child(button(ButtonKind::Secondary, add_label, move || self.add()).id(&id))
    }

    fn row(self, row: Row, add_id: &str) -> El {
        let add_id = add_id.to_owned();
        let paste = move |event: Event| {
            let text = event
                .dyn_ref::<ClipboardEvent>()
                .and_then(ClipboardEvent::clipboard_data)
                .and_then(|data| data.get_data("text/plain").ok())
                .unwrap_or_default();
            if self.paste(row, &text) {
                event.prevent_default();
            }
        };
        let name = move || match row.key.get() {
            key if key.is_empty() => "this row".to_owned(),
            key => visible(&key),
        };
        let remove = button(ButtonKind::Quiet, "Remove", move || self.remove(row.number, &add_id))
            .child(el("span").class("visually-hidden").text_of(move || [" ", &name()].concat()));
        el("div")
            .class("pair")
            .child(self.part(row, KeyOrValue::Key, row.key, "input", "Key").on("paste", paste))
            .child(self.part(row, KeyOrValue::Value, row.value, "textarea", "Value"))
            .child(remove)
    }

    fn part(
        self,
        row: Row,
        part: KeyOrValue,
        text: RwSignal<String>,
        element: &'static str,
        label: &'static str,
    ) -> El {
        let id = self.id(row.number, part);
        let error_id = [&id, "-error"].concat();
        let described_by = error_id.clone();
        let error = Memo::new(move |_| {
            let of_this = |it: &&(usize, KeyOrValue, String)| it.0 == row.number && it.1 == part;
            self.problems.with(|all| all.iter().find(of_this).map(|(_, _, text)| visible(text)))
        });
        let field = el(element)
            .id(&id)
            .class("input")
            .attr("data-kind", "code")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .attr_if("aria-invalid", "true", move || error.get().is_some())
            .attr_of("aria-describedby", move || error.get().map(|_| described_by.clone()))
            .property("value", move || text.get().into())
            .on_text("input", move |typed| {
                text.set(typed);
                self.problems.update(|all| all.retain(|it| it.0 != row.number));
            });
        let field = if part == KeyOrValue::Value { field.attr("rows", "1") } else { field };
        let message = dynamic(move || {
            error.get().map(|text| el("p").id(&error_id).class("field-error").attr("role", "alert").child(text))
        });
        el("div")
            .class("field")
            .child(el("label").class("field-label").attr("for", &id).child(label))
            .child(field)
            .child(message)
    }
}
