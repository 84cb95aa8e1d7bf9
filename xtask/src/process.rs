//! Running other programs: always with a time limit, never with a standard input, and always ended with us.
//!
//! Each program gets a process group of its own, so that a limit or Ctrl-C ends its children as well.
//! What it must not know: which programs there are and why they run.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::failure::{Doing, Failure, Outcome};
use crate::steps::elapsed;

/// How long a program may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(10);

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

/// A program that was started. Dropping it ends it.
#[derive(Debug)]
pub struct Running {
    child: Child,
    shown: String,
}

impl Running {
    /// Waits until it ends by itself, the limit is over or the user asks to stop.
    pub fn wait(&mut self, limit: Duration) -> Outcome<ExitStatus> {
        let begun = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.has_ended()? {
                return Ok(status);
            }
            if interrupted() {
                self.end(Signal::INT);
                return Err(Failure::interrupted());
            }
            if begun.elapsed() > limit {
                self.end(Signal::TERM);
                let limit = elapsed(limit);
                return Err(Failure::new(format!("`{}` was ended after its time limit of {limit}.", self.shown)));
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }

    /// Its exit status, if it has ended by itself.
    pub fn has_ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child.try_wait().doing(format_args!("wait for `{}`", self.shown))
    }

    /// Asks the whole group to end, and after a time of grace makes it.
    fn end(&mut self, how: Signal) {
        self.signal(how);
        let begun = Instant::now();
        while begun.elapsed() < GRACE {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        self.signal(Signal::KILL);
        let _ = self.child.wait();
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // It fails only when the group is gone, which is what is wanted.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.end(Signal::TERM);
        }
    }
}

/// True once Ctrl-C or a request to end arrived. A second Ctrl-C ends this program at once.
pub fn interrupted() -> bool {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let flag = FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
            // In this order the first signal only sets the flag.
            let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&flag));
            let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
        }
        flag
    });
    flag.load(Ordering::Relaxed)
}

/// What a pipe delivers, gathered on a thread of its own.
struct Collected {
    text: Arc<Mutex<String>>,
    reader: thread::JoinHandle<()>,
}

impl Collected {
    /// Reads a pipe to its end, passing each line on as it comes.
    fn from(pipe: Option<impl Read + Send + 'static>, mut also_to: Option<io::Stdout>) -> Self {
        let text = Arc::new(Mutex::new(String::new()));
        let target = Arc::clone(&text);
        let reader = thread::spawn(move || {
            let Some(pipe) = pipe else { return };
            let mut pipe = BufReader::new(pipe);
            let mut line = Vec::new();
            while matches!(pipe.read_until(b'\n', &mut line), Ok(length) if length > 0) {
                if let Some(out) = &mut also_to {
                    let _ = out.write_all(&line).and_then(|()| out.flush());
                }
                if let Ok(mut text) = target.lock() {
                    text.push_str(&String::from_utf8_lossy(&line));
                }
                line.clear();
            }
        });
        Self { text, reader }
    }

    /// The text once the program has ended. A grandchild that outlives it may keep the pipe open:
    /// then what came so far is enough.
    fn text(self) -> String {
        let begun = Instant::now();
        while !self.reader.is_finished() && begun.elapsed() < GRACE {
            thread::sleep(Duration::from_millis(1));
        }
        self.text.lock().map(|text| text.clone()).unwrap_or_default()
    }
}

fn shown(text: &OsStr) -> String {
    let text = text.to_string_lossy();
    if text.is_empty() || text.contains(char::is_whitespace) { format!("'{text}'") } else { text.into_owned() }
}
