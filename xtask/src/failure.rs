//! The one error of every command: a message for a person, and an exit code.

use std::fmt;

/// What a command returns.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a command stopped. The message is complete sentences and says what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// The command could not do its work: exit code 1.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }

    /// The command was called wrongly: exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// Ctrl-C or a request to end: exit code 130, as a shell reports it.
    pub fn interrupted() -> Self {
        Self { message: "Interrupted.".to_owned(), code: 130 }
    }

    /// True when the user asked to stop, so that nothing should be tried instead.
    pub fn is_interruption(&self) -> bool {
        self.code == 130
    }

    /// The process's exit code.
    pub fn code(&self) -> u8 {
        self.code
    }

    /// The same failure with a sentence in front that says what was being done.
    pub fn during(mut self, what: &str) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// Adds to an I/O error what was being done, and with which file.
pub trait Doing<T> {
    /// `what` reads like "read Cargo.lock".
    fn doing(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("Cannot {what}: {error}")))
    }
}
