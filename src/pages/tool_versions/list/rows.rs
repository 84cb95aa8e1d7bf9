//! Which row of the table shows which version.

use std::iter::successors;

use leptos::prelude::*;
use wire::ToolVersion;

use crate::ui::Key;

/// What is pressed, and what has the focus.
const USED: [&str; 2] = [".versions tbody tr:active", ".versions tbody tr:focus-within"];

/// The version whose actions are open, or were last.
#[derive(Clone, PartialEq)]
pub struct Opened {
    /// Its place.
    pub place: u32,
    /// The version.
    pub version: ToolVersion,
}

/// A row of the table, and the version in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What tells the rows apart.
    pub number: usize,
    /// The place of its version.
    pub place: u32,
}

/// The rows of the page, from the top.
#[derive(Clone, Copy)]
pub struct TableRows(Memo<Vec<Row>>);

impl TableRows {
    /// The rows for the versions at these places. A version that stays keeps its row. The rows of the others are filled with
    /// what comes, which is less work than new ones (docs/decisions/0036-paint-before-rows.md): the list changes with each
    /// key of a search. A row that is pressed, has the focus or opened its actions shows no other version: what somebody uses must
    /// not become something else.
    pub fn new(shown: Memo<Vec<u32>>, opened: RwSignal<Option<Opened>>) -> Self {
        Self(Memo::new(move |known: Option<&Vec<Row>>| {
            let known = known.map(Vec::as_slice).unwrap_or_default();
            let opened = opened.with_untracked(|opened| opened.as_ref().map(|opened| opened.place));
            shown.with(|shown| filled(known, shown, &in_use(known, opened)))
        }))
    }

    /// What tells the rows apart. Tracked.
    pub fn keys(self) -> Vec<Key> {
        self.0.with(|rows| rows.iter().map(|row| (String::new(), row.number)).collect())
    }

    /// The place of the version in a row; the last one that it had in the moment before it goes away.
    pub fn place(self, number: usize) -> Memo<u32> {
        Memo::new(move |known: Option<&u32>| {
            let place = self.0.with(|rows| rows.iter().find(|row| row.number == number).map(|row| row.place));
            place.or(known.copied()).unwrap_or_default()
        })
    }
}

/// The rows that must not be filled with another version.
fn in_use(rows: &[Row], opened: Option<u32>) -> Vec<usize> {
    let used = USED.into_iter().filter_map(|used| document().query_selector(used).ok().flatten());
    let before =
        used.map(|row| successors(row.previous_element_sibling(), |row| row.previous_element_sibling()).count());
    let used = before.filter_map(|at| rows.get(at));
    used.chain(rows.iter().filter(|row| Some(row.place) == opened)).map(|row| row.number).collect()
}

fn filled(known: &[Row], shown: &[u32], in_use: &[usize]) -> Vec<Row> {
    let free = known.iter().filter(|row| !shown.contains(&row.place)).map(|row| row.number);
    let mut free: Vec<usize> = free.filter(|number| !in_use.contains(number)).collect();
    let own = |place: &u32| known.iter().find(|row| row.place == *place).map(|row| row.number);
    let mut numbers: Vec<Option<usize>> = shown.iter().map(own).collect();
    // At first those that stand there already, so that none is moved.
    for (number, here) in numbers.iter_mut().zip(known) {
        if let Some(at) = free.iter().position(|free| number.is_none() && *free == here.number) {
            *number = Some(free.remove(at));
        }
    }
    let new = known.iter().map(|row| row.number + 1).max().unwrap_or_default();
    let mut more = free.into_iter().chain(new..);
    let rows = shown.iter().zip(numbers);
    rows.filter_map(|(&place, number)| Some(Row { number: number.or_else(|| more.next())?, place })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(usize, u32)]) -> Vec<Row> {
        rows.iter().map(|&(number, place)| Row { number, place }).collect()
    }

    #[test]
    fn a_version_that_stays_keeps_its_row_and_the_others_are_filled_where_they_stand() {
        let known = filled(&[], &[7, 8, 9], &[]);
        assert_eq!(known, rows(&[(0, 7), (1, 8), (2, 9)]));
        assert_eq!(filled(&known, &[4, 8, 5], &[]), rows(&[(0, 4), (1, 8), (2, 5)]));
        assert_eq!(filled(&known, &[8, 9, 5], &[]), rows(&[(1, 8), (2, 9), (0, 5)]), "from the second page on");
        assert_eq!(filled(&known, &[9], &[]), rows(&[(2, 9)]));
        assert_eq!(filled(&known, &[1, 2, 3, 4], &[]), rows(&[(0, 1), (1, 2), (2, 3), (3, 4)]));
    }

    #[test]
    fn a_row_in_use_goes_with_its_version_and_never_comes_back() {
        let known = rows(&[(0, 7), (1, 8), (2, 9)]);
        assert_eq!(filled(&known, &[4, 5, 6], &[1]), rows(&[(0, 4), (3, 5), (2, 6)]));
        assert_eq!(filled(&known, &[8, 7, 9], &[1]), rows(&[(1, 8), (0, 7), (2, 9)]), "it may move");
    }
}
