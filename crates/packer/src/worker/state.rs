//! What the worker keeps between two messages, without a browser.

use std::{cell::Cell, rc::Rc};

use crate::protocol::FromPage;

/// A folder, what of it is sent, and which run is the latest. `F` is a file.
#[derive(Debug)]
pub struct State<F> {
    files: Vec<(String, F)>,
    entries: Rc<Vec<Entry<F>>>,
    latest: Rc<Cell<u64>>,
}

/// A file that is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<F> {
    /// Its path in the archive.
    pub path: String,
    /// Its size in bytes when it was listed.
    pub size: u64,
    /// The file itself.
    pub file: F,
}

/// What a message asks for.
#[derive(Debug)]
pub enum Job<F> {
    /// List these files, and hand the entries to [`State::listed`].
    List(Vec<(String, F)>, Run),
    /// Pack these.
    Pack(Rc<Vec<Entry<F>>>, Run),
}

/// One piece of work, until the page wants another. It is many steps with waits between them, and asks in each whether
/// it is still wanted.
#[derive(Clone, Debug)]
pub struct Run {
    /// The page's number for it.
    pub number: u32,
    own: u64,
    latest: Rc<Cell<u64>>,
}

/// The page does not want this run any more: nothing is reported of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl<F> Default for State<F> {
    fn default() -> Self {
        Self { files: Vec::new(), entries: Rc::default(), latest: Rc::default() }
    }
}

impl<F> State<F> {
    /// Takes in a message of the page. A job ends the one before.
    pub fn receive(&mut self, message: FromPage<F>) -> Option<Job<F>> {
        match message {
            FromPage::Files(files) => {
                self.files.extend(files);
                None
            }
            FromPage::List => {
                // What was listed before must not be packed any more, and its memory is needed.
                self.entries = Rc::default();
                Some(Job::List(std::mem::take(&mut self.files), self.next_run(0)))
            }
            FromPage::Pack { run } => Some(Job::Pack(Rc::clone(&self.entries), self.next_run(run))),
            FromPage::Stop => {
                self.next_run(0);
                None
            }
        }
    }

    /// What will be packed from now on.
    pub fn listed(&mut self, entries: Vec<Entry<F>>) {
        self.entries = Rc::new(entries);
    }

    /// Counted here, too: the page's numbers may come again.
    fn next_run(&mut self, number: u32) -> Run {
        self.latest.set(self.latest.get() + 1);
        Run { number, own: self.latest.get(), latest: Rc::clone(&self.latest) }
    }
}

impl Run {
    /// To be asked after each wait.
    ///
    /// # Errors
    /// When the page has begun another run since, or has stopped this one.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.own == self.latest.get() { Ok(()) } else { Err(Stopped) }
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// A folder of one file that was listed.
    fn listed() -> State<char> {
        let mut state = State::default();
        state.listed(vec![Entry { path: "a.tf".to_owned(), size: 1, file: 'a' }]);
        state
    }

    fn pack(state: &mut State<char>, run: u32) -> (Rc<Vec<Entry<char>>>, Run) {
        match state.receive(FromPage::Pack { run }) {
            Some(Job::Pack(entries, run)) => (entries, run),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn all_batches_of_files_are_listed_together_and_once() {
        let mut state = State::default();
        for (path, file) in [("app/a", 'a'), ("app/b", 'b')] {
            assert!(state.receive(FromPage::Files(vec![(path.to_owned(), file)])).is_none());
        }
        for expected in [vec![("app/a".to_owned(), 'a'), ("app/b".to_owned(), 'b')], Vec::new()] {
            match state.receive(FromPage::List) {
                Some(Job::List(files, run)) => assert_eq!((files, run.check()), (expected, Ok(()))),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_newer_run_ends_the_older_even_under_its_number() {
        let mut state = listed();
        let (_, first) = pack(&mut state, 1);
        assert_eq!((first.number, first.check()), (1, Ok(())));
        let (_, second) = pack(&mut state, 2);
        assert_eq!((first.check(), second.check()), (Err(Stopped), Ok(())));
        let (_, again) = pack(&mut state, 2);
        assert_eq!((first.check(), second.check(), again.check()), (Err(Stopped), Err(Stopped), Ok(())));
    }

    #[test]
    fn a_stopped_run_stays_stopped_and_the_folder_can_be_packed_again() {
        let mut state = listed();
        let (_, first) = pack(&mut state, 1);
        assert!(state.receive(FromPage::Stop).is_none());
        assert_eq!(first.check(), Err(Stopped));
        let (entries, second) = pack(&mut state, 2);
        assert_eq!((entries.len(), first.check(), second.check()), (1, Err(Stopped), Ok(())));
    }

    #[test]
    fn listing_again_ends_the_run_and_lets_its_files_go() {
        let mut state = listed();
        let (entries, run) = pack(&mut state, 1);
        let kept = Rc::downgrade(&entries);
        assert!(state.receive(FromPage::List).is_some());
        assert_eq!(run.check(), Err(Stopped));
        drop(entries);
        assert_eq!(kept.strong_count(), 0);
        assert_eq!(pack(&mut state, 2).0.len(), 0);
    }
}
