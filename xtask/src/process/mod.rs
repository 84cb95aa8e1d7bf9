//! Running other programs: always with a time limit, never with a standard input, and always ended with us.
//!
//! Each program gets a process group of its own, so that a limit or Ctrl-C ends its children as well.
//! What it must not know: which programs there are and why they run.

mod output;
mod running;

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use crate::failure::{Doing, Failure, Outcome};

use output::Collected;
pub use running::{Running, interrupted};

/// Minutes, the usual unit of a time limit.
pub const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

/// A program about to run.
#[derive(Debug)]
pub struct Program {
    command: Command,
    shown: String,
    limit: Duration,
}

impl Program {
    /// A program by name (looked up in `PATH`) or by path, with a limit of one minute.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program.as_ref());
        command.stdin(Stdio::null()).process_group(0);
        Self { command, shown: shown(program.as_ref()), limit: minutes(1) }
    }

    /// Cargo, the very one that runs this program.
    pub fn cargo() -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut program = Self::new(cargo);
        program.shown = "cargo".to_owned();
        program
    }

    /// One argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&shown(arg.as_ref()));
        self.command.arg(arg);
        self
    }

    /// Several arguments.
    pub fn args<A: AsRef<OsStr>>(self, args: impl IntoIterator<Item = A>) -> Self {
        args.into_iter().fold(self, Self::arg)
    }

    /// An environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Hides an environment variable.
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// The folder to run in.
    pub fn dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// After this time the program is ended and counts as failed.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// The command line as a person would type it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Runs it with its output on the terminal; any exit code but 0 is a failure.
    pub fn run(mut self) -> Outcome {
        let mut running = self.start()?;
        let status = running.wait(self.limit)?;
        self.judge(status, "")
    }

    /// Runs it silently and returns its standard output; a failure quotes its standard error.
    pub fn read(mut self) -> Outcome<String> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = self.start()?;
        let stdout = Collected::from(running.child.stdout.take(), None);
        let stderr = Collected::from(running.child.stderr.take(), None);
        let status = running.wait(self.limit)?;
        let said = stderr.text();
        self.judge(status, &said)?;
        Ok(stdout.text())
    }

    /// Runs it with its output on the terminal and returns the standard output, whatever its exit code.
    pub fn watch(mut self) -> Outcome<(ExitStatus, String)> {
        self.command.stdout(Stdio::piped());
        let mut running = self.start()?;
        let stdout = Collected::from(running.child.stdout.take(), Some(io::stdout()));
        let status = running.wait(self.limit)?;
        Ok((status, stdout.text()))
    }

    /// Starts it and returns at once.
    pub fn start(&mut self) -> Outcome<Running> {
        interrupted();
        let child = self.command.spawn().doing(format_args!("start `{}`", self.shown))?;
        Ok(Running { child, shown: self.shown.clone() })
    }

    /// Becomes this program: returns only when that fails.
    pub fn replace_this_process(mut self) -> Failure {
        let mut command = Command::new(self.command.get_program());
        command.args(self.command.get_args()).envs(self.command.get_envs().filter_map(|(k, v)| Some((k, v?))));
        if let Some(dir) = self.command.get_current_dir() {
            command.current_dir(dir);
        }
        let error = command.exec();
        self.shown.insert_str(0, "Cannot start `");
        Failure::new(format!("{}`: {error}", self.shown))
    }

    fn judge(&self, status: ExitStatus, said: &str) -> Outcome {
        if status.success() {
            return Ok(());
        }
        let said = said.trim();
        let said = if said.is_empty() { String::new() } else { format!(":\n{said}") };
        Err(Failure::new(format!("`{}` failed ({status}){said}", self.shown)))
    }
}

fn shown(text: &OsStr) -> String {
    let text = text.to_string_lossy();
    if text.is_empty() || text.contains(char::is_whitespace) { format!("'{text}'") } else { text.into_owned() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::time::Instant;

    use super::*;

    fn shell(script: &str) -> Program {
        Program::new("sh").args(["-c", script])
    }

    #[test]
    fn output_is_read_and_a_failure_quotes_what_was_said() {
        assert_eq!(shell("echo out; echo err >&2").read().unwrap(), "out\n");
        let failure = shell("echo no such thing >&2; exit 3").read().unwrap_err().to_string();
        assert!(failure.contains("no such thing") && failure.contains('3'), "{failure}");
        assert!(Program::new("no-such-program").run().unwrap_err().to_string().contains("no-such-program"));
    }

    #[test]
    fn watching_returns_the_output_of_a_failed_program() {
        let (status, output) = shell("echo counted; exit 1").watch().unwrap();
        assert_eq!((status.code(), output.as_str()), (Some(1), "counted\n"));
    }

    #[test]
    fn a_program_is_ended_with_its_children_when_its_time_is_over() {
        let begun = Instant::now();
        // The child holds the pipe: reading it would last as long as the child does.
        let failure = shell("sleep 60 & wait").limit(Duration::from_millis(200)).read().unwrap_err().to_string();
        assert!(failure.contains("time limit"), "{failure}");
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn nothing_waits_for_a_terminal() {
        assert_eq!(shell("cat; echo end").read().unwrap(), "end\n");
    }
}
