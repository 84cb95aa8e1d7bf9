//! What the worker keeps between two messages, without a browser.

use std::{cell::Cell, rc::Rc};

use crate::{
    listing::Sieve,
    protocol::{FromPage, Problem},
};

/// A folder, what of it is sent, and which run is the latest. `F` is a file.
#[derive(Debug)]
pub struct State<F> {
    sieve: Option<Box<Sieve>>,
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
    /// Whether it is meant to be executed.
    pub is_executable: bool,
    /// The file itself.
    pub file: F,
}

/// What a message asks for.
#[derive(Debug)]
pub enum Job<F> {
    /// Read these rules, and hand them to [`State::ruled`].
    Rule(Option<F>, Run),
    /// Answer which of the names are wanted.
    Answer(Vec<u64>),
    /// List these files, and hand the entries to [`State::listed`].
    List(Box<Sieve>, Vec<(String, F)>, Vec<Problem>, Run),
    /// Look into this archive.
    Inspect(F, Run),
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
        Self { sieve: None, files: Vec::new(), entries: Rc::default(), latest: Rc::default() }
    }
}

impl<F> State<F> {
    /// Takes in a message of the page. A job ends the one before.
    pub fn receive(&mut self, message: FromPage<F>) -> Option<Job<F>> {
        match message {
            FromPage::Rules(file) => {
                // What was listed before must not be packed any more, and its memory is needed.
                self.entries = Rc::default();
                self.files = Vec::new();
                self.sieve = None;
                Some(Job::Rule(file, self.next_run(0)))
            }
            FromPage::Names(names) => {
                let sieve = self.sieve.as_mut()?;
                let places = (0..).zip(&names).filter(|(_, name)| sieve.takes(name)).map(|(place, _)| place);
                Some(Job::Answer(places.collect()))
            }
            FromPage::Files(files) => {
                self.files.extend(files);
                None
            }
            FromPage::List(problems) => {
                let sieve = self.sieve.take()?;
                Some(Job::List(sieve, std::mem::take(&mut self.files), problems, self.next_run(0)))
            }
            FromPage::Inspect(archive) => Some(Job::Inspect(archive, self.next_run(0))),
            FromPage::Pack { run } => Some(Job::Pack(Rc::clone(&self.entries), self.next_run(run))),
            FromPage::Stop => {
                self.next_run(0);
                None
            }
        }
    }

    /// What tells what is wanted from now on.
    pub fn ruled(&mut self, sieve: Sieve) {
        self.sieve = Some(Box::new(sieve));
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
        state.listed(vec![Entry { path: "a.tf".to_owned(), size: 1, is_executable: false, file: 'a' }]);
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
        assert!(matches!(state.receive(FromPage::Rules(Some('i'))), Some(Job::Rule(Some('i'), _))));
        state.ruled(Sieve::new(None));
        let names = ["app/a", "app/.git/", "app/b"].map(str::to_owned).to_vec();
        assert!(matches!(state.receive(FromPage::Names(names)), Some(Job::Answer(places)) if places == [0, 2]));
        for (path, file) in [("app/a", 'a'), ("app/b", 'b')] {
            assert!(state.receive(FromPage::Files(vec![(path.to_owned(), file)])).is_none());
        }
        match state.receive(FromPage::List(Vec::new())) {
            Some(Job::List(_, files, _, run)) => {
                assert_eq!(files, [("app/a".to_owned(), 'a'), ("app/b".to_owned(), 'b')]);
                assert_eq!(run.check(), Ok(()));
            }
            other => panic!("{other:?}"),
        }
        assert!(state.receive(FromPage::List(Vec::new())).is_none(), "without rules");
        assert!(state.receive(FromPage::Names(Vec::new())).is_none(), "without rules");
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
    fn another_folder_ends_the_run_and_lets_its_files_go() {
        let mut state = listed();
        let (entries, run) = pack(&mut state, 1);
        let kept = Rc::downgrade(&entries);
        assert!(state.receive(FromPage::Rules(None)).is_some());
        assert_eq!(run.check(), Err(Stopped));
        drop(entries);
        assert_eq!(kept.strong_count(), 0);
        assert_eq!(pack(&mut state, 2).0.len(), 0);
    }
}
