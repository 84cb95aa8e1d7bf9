//! The keys and values of a group: what is typed, what is wrong with it, and what is pasted.

use domain::key_values::{KeyOrValue, Pasted, problems, read_pasted};
use leptos::prelude::*;

use crate::ui::focus_by_id;

/// More rows than this would make the page slow, and are no input of a person.
const MOST_ROWS: usize = 500;

/// A row. Its number is never used again in its group, so that ids stay with their row.
#[derive(Clone)]
pub struct Row {
    pub number: usize,
    // Rows are made by presses and pastes, which own nothing: these live as long as their row.
    pub key: ArcRwSignal<String>,
    pub value: ArcRwSignal<String>,
}

/// What is wrong with a field: the row's number, which of its fields, and a sentence.
type Problem = (usize, KeyOrValue, String);

/// The rows of one group. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Pairs {
    /// What one of them is: part of the ids.
    thing: &'static str,
    /// The id of the button that adds one.
    pub add_id: &'static str,
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<usize>,
    /// What was told to be wrong and still is.
    problems: RwSignal<Vec<Problem>>,
    /// What was wrong with a pasted text.
    paste_problem: RwSignal<Option<String>>,
    /// What was left away of it.
    paste_notes: RwSignal<Vec<String>>,
}

impl Row {
    fn is_empty_untracked(&self) -> bool {
        self.key.with_untracked(String::is_empty) && self.value.with_untracked(String::is_empty)
    }
}

impl Pairs {
    /// No rows yet.
    pub fn new(thing: &'static str, add_id: &'static str) -> Self {
        Self {
            thing,
            add_id,
            rows: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            problems: RwSignal::new(Vec::new()),
            paste_problem: RwSignal::new(None),
            paste_notes: RwSignal::new(Vec::new()),
        }
    }

    /// The rows. Tracked, but not what is typed in them.
    pub fn rows(self) -> Vec<Row> {
        self.rows.get()
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

    /// What is wrong with a field, if that was told. Tracked.
    pub fn problem(self, number: usize, part: KeyOrValue) -> Option<String> {
        let is_of_field = |it: &&Problem| (it.0, it.1) == (number, part);
        self.problems.with(|all| all.iter().find(is_of_field).map(|(_, _, text)| text.clone()))
    }

    /// What was wrong with the latest paste. Tracked.
    pub fn paste_problem(self) -> Option<String> {
        self.paste_problem.get()
    }

    /// What was left away of the latest paste. Tracked.
    pub fn paste_notes(self) -> String {
        self.paste_notes.with(|notes| notes.join(" "))
    }

    /// The id of a field.
    pub fn id(self, number: usize, part: KeyOrValue) -> String {
        let part = if part == KeyOrValue::Key { "k" } else { "v" };
        [self.thing, "-", &number.to_string(), "-", part].concat()
    }

    /// Shows what is wrong. Returns the id of the first field with a problem.
    pub fn check(self) -> Option<String> {
        let found = self.find_problems();
        let first = found.first().map(|(number, part, _)| self.id(*number, *part));
        self.problems.set(found);
        first
    }

    fn find_problems(self) -> Vec<Problem> {
        self.rows.with_untracked(|rows| {
            let found = problems(&self.texts()).into_iter();
            found.filter_map(|(index, part, text)| Some((rows.get(index)?.number, part, text))).collect()
        })
    }

    /// Takes away what was told of this row, which was changed, and what that has put right in others: a name that was
    /// there more than once.
    pub fn on_edit(self, number: usize) {
        if self.problems.with_untracked(Vec::is_empty) {
            return;
        }
        let found = self.find_problems();
        self.problems.update(|told| told.retain(|it| it.0 != number && found.contains(it)));
    }

    fn new_row(self, key: String, value: String) -> Row {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        Row { number, key: ArcRwSignal::new(key), value: ArcRwSignal::new(value) }
    }

    /// Adds an empty row and goes there.
    pub fn add(self) {
        let row = self.new_row(String::new(), String::new());
        let id = self.id(row.number, KeyOrValue::Key);
        self.rows.update(|rows| rows.push(row));
        focus_by_id(&id);
    }

    /// Removes a row and goes to the one in its place, or the last one, or where one is added.
    pub fn remove(self, number: usize) {
        let neighbour = self.rows.try_update(|rows| {
            let at = rows.iter().position(|row| row.number == number).unwrap_or_default();
            rows.retain(|row| row.number != number);
            rows.get(at).or(rows.last()).map(|row| row.number)
        });
        self.on_edit(number);
        match neighbour.flatten() {
            Some(neighbour) => focus_by_id(&self.id(neighbour, KeyOrValue::Key)),
            None => focus_by_id(self.add_id),
        }
    }

    /// Fills rows from a pasted text, in the place of the row that it was pasted into if that is empty. Returns whether
    /// it did, or told why not; the browser pastes it otherwise.
    pub fn paste(self, into: &Row, text: &str) -> bool {
        self.paste_problem.set(None);
        self.paste_notes.set(Vec::new());
        let Pasted { pairs, notes } = match read_pasted(text) {
            None => return false,
            Some(Ok(pasted)) if pasted.pairs.len() + self.rows.with_untracked(Vec::len) > MOST_ROWS => {
                self.paste_problem.set(Some(format!("Nothing was filled in: these are more than {MOST_ROWS} rows.")));
                return true;
            }
            Some(Ok(pasted)) => pasted,
            Some(Err(problem)) => {
                self.paste_problem.set(Some("Nothing was filled in: ".to_owned() + &problem));
                return true;
            }
        };
        let new: Vec<Row> = pairs.into_iter().map(|(key, value)| self.new_row(key, value)).collect();
        let last = new.last().map(|row| self.id(row.number, KeyOrValue::Value));
        let is_replaced = into.is_empty_untracked();
        self.rows.update(|rows| {
            let at = rows.iter().position(|row| row.number == into.number).map_or(rows.len(), |at| at + 1);
            rows.splice(at..at, new);
            if is_replaced {
                rows.retain(|row| row.number != into.number);
            }
        });
        self.paste_notes.set(notes);
        self.on_edit(into.number);
        if let Some(last) = last {
            focus_by_id(&last);
        }
        true
    }
}
