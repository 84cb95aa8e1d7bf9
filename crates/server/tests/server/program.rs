//! The program itself: its arguments and its signals. Its death: `killed`.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::KEPT_TOKEN;

/// What takes longer than this does not happen.
pub const SOON: Duration = Duration::from_secs(30);

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tfe-console-server"));
    command.env_remove("TFE_CONSOLE_ADMIN_TOKEN").env_remove("TFE_CONSOLE_USER_TOKEN").stdin(Stdio::null());
    command
}

/// Runs the program to its end, which should be soon.
pub fn run<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    let child = command().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let pid = Pid::from_child(&child);
    let (told, heard) = mpsc::channel();
    thread::spawn(move || told.send(child.wait_with_output().unwrap()));
    heard.recv_timeout(SOON).unwrap_or_else(|_| {
        kill_process(pid, Signal::KILL).unwrap();
        panic!("it did not end by itself");
    })
}

/// The one line on standard error, without the program's name.
#[track_caller]
pub fn complaint(output: &Output, code: i32) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert!(output.stdout.is_empty());
    assert_eq!(text.lines().count(), 1, "{text}");
    text.trim_end().strip_prefix("tfe-console-server: ").unwrap().to_owned()
}

/// A program that runs, ended with the test.
pub struct Program {
    pub child: Child,
    output: Option<BufReader<ChildStdout>>,
    pub address: String,
    /// Its output at the start, up to the line about the data or the installation.
    pub said: String,
}

impl Program {
    pub fn start<A: AsRef<OsStr>>(arguments: &[A]) -> Self {
        Self::spawn(command().args(["--listen", "127.0.0.1:0"]).args(arguments))
    }

    pub fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Data: ") && !said.contains("Installation: ") {
            assert_ne!(output.read_line(&mut said).unwrap(), 0, "it ended after saying {said:?}");
        }
        let address = said.lines().next().unwrap().rsplit_once("://").unwrap().1.to_owned();
        Self { child, output: Some(output), address, said }
    }

    /// A program that may have so many files open.
    pub fn spawn_with_open_files(count: u32) -> Self {
        let program = env!("CARGO_BIN_EXE_tfe-console-server");
        let line = format!("ulimit -n {count} && exec {program} --listen 127.0.0.1:0");
        Self::spawn(Command::new("sh").args(["-c", &line]).stdin(Stdio::null()))
    }

    /// Closes the pipe that it writes to.
    pub fn stop_reading(&mut self) {
        self.output = None;
    }

    /// Sends a signal, waits for the end, and returns the exit code and what it wrote meanwhile.
    pub fn end(mut self, signal: Signal) -> (Option<i32>, String) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        let mut rest = String::new();
        self.output.take().unwrap().read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }

    /// Sends a signal and waits for the end, without reading anything.
    pub fn end_unread(mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        exit_code(&mut self.child)
    }
}

/// The exit code of a program that should end soon.
pub fn exit_code(child: &mut Child) -> Option<i32> {
    let end = Instant::now() + SOON;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(Instant::now() < end, "it does not end");
        thread::sleep(Duration::from_millis(5));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn bad_arguments_are_one_line_and_exit_code_2() {
    for (arguments, expected) in [
        (vec!["--nonsense"], "unexpected argument '--nonsense' found"),
        (vec!["extra"], "unrecognized subcommand 'extra'"),
        (vec!["--listen"], "a value is required for '--listen <ADDRESS:PORT>' but none was supplied"),
        (
            vec!["--listen", "8080"],
            "invalid value '8080' for '--listen <ADDRESS:PORT>': expected an address and a port, \
             for example 127.0.0.1:8080 or [::1]:8080",
        ),
        (
            vec!["--seed", "much"],
            "invalid value 'much' for '--seed <SEED>': expected demo, empty or a number of versions up to 1000000",
        ),
        (
            vec!["--rate-limit", "fast"],
            "invalid value 'fast' for '--rate-limit <REQUESTS>': invalid digit found in string",
        ),
        (vec!["--admin-token", ""], "a token must be of visible ASCII characters, at least one"),
        (vec!["--admin-token", "same", "--user-token", "same"], "the administrator's and the user's token must differ"),
    ] {
        assert_eq!(complaint(&run(&arguments), 2), expected);
    }
}

#[test]
fn a_token_is_never_repeated() {
    let output = run(&["--admin-token", "s3cret with spaces"]);
    assert!(!complaint(&output, 2).contains("s3cret"));
}

#[test]
fn the_demo_tokens_stay_on_this_machine() {
    for arguments in [
        vec!["--listen", "0.0.0.0:0"],
        vec!["--listen", "[::]:0"],
        vec!["--listen", "192.0.2.1:0", "--admin-token", "demo-admin-token"],
        vec!["--listen", "0.0.0.0:0", "--admin-token", "s3cret", "--user-token", "demo-user-token"],
        vec!["--listen", "0.0.0.0:0", "--user-token", "0ther"],
    ] {
        let line = complaint(&run(&arguments), 2);
        assert!(line.starts_with("everyone knows the demo tokens: to listen on "), "{line}");
        assert!(!line.contains("s3cret"), "{line}");
    }
    let mapped = Program::spawn(command().args(["--listen", "[::ffff:127.0.0.1]:0"]));
    assert!(TcpStream::connect(&mapped.address).is_ok());
}

#[test]
fn help_and_version_are_told() {
    let help = run(&["--help"]);
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(help.status.success());
    let options = "--listen --assets --data --seed --admin-token --admin-token-file --user-token --user-token-file \
                   --rate-limit --upload-limit --upload-quota --upload-expires \
                   --max-connections SIGTERM SIGHUP backup";
    for option in options.split(' ') {
        assert!(text.contains(option), "{option}");
    }
    for limit in ["15 s for the head", "30 s for the body", "75 s between", "60 s for a client", "at most 120 s"] {
        assert!(text.contains(limit), "{limit}");
    }
    let version = run(&["--version"]);
    assert_eq!(version.stdout, format!("tfe-console-server {}\n", env!("CARGO_PKG_VERSION")).into_bytes());
}

#[test]
fn what_cannot_be_done_is_one_line_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("notes.txt");
    std::fs::write(&foreign, "notes").unwrap();
    let path = foreign.to_str().unwrap();
    let line = complaint(&run(&["--data", path, "--admin-token", KEPT_TOKEN]), 1);
    assert_eq!(line, format!("{path} is not a data file of tfe-console; it was left as it is"));
    let missing = folder.path().join("dist");
    let line = complaint(&run(&["--assets", missing.to_str().unwrap()]), 1);
    assert_eq!(line, format!("the assets folder {} does not exist", missing.display()));
    let running = Program::start::<&str>(&[]);
    let line = complaint(&run(&["--listen", &running.address]), 1);
    assert!(line.starts_with(&format!("cannot listen on {}: ", running.address)), "{line}");
}

#[test]
fn a_second_process_on_the_same_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let path = path.to_str().unwrap();
    let data = ["--admin-token", KEPT_TOKEN, "--data", path];
    let _first = Program::start(&data);
    let line = complaint(&run(&[&data[..], &["--listen", "127.0.0.1:0"]].concat()), 1);
    assert_eq!(line, format!("{path} is in use by another process"));
}

#[test]
fn it_says_where_it_is_and_names_demo_tokens_but_no_others() {
    let demo = Program::start::<&str>(&[]);
    assert!(demo.said.contains("Admin token: demo-admin-token\n"), "{}", demo.said);
    assert!(demo.said.contains("Data: in memory, gone when it stops\n"), "{}", demo.said);
    assert!(TcpStream::connect(&demo.address).is_ok());
    let given = Program::start(&["--admin-token", "s3cret", "--user-token", "0ther"]);
    assert!(given.said.contains("Admin token: as given\n"), "{}", given.said);
    assert!(!given.said.contains("s3cret") && !given.said.contains("0ther"), "{}", given.said);
    let mut command = command();
    command.args(["--listen", "127.0.0.1:0"]).env("TFE_CONSOLE_ADMIN_TOKEN", "s3cret");
    let from_environment = Program::spawn(&mut command);
    assert!(from_environment.said.contains("Admin token: as given\n"), "{}", from_environment.said);
    assert!(!from_environment.said.contains("demo-user-token"), "{}", from_environment.said);
}

#[test]
fn ctrl_c_and_sigterm_end_it_with_success() {
    for signal in [Signal::INT, Signal::TERM] {
        let (code, said) = Program::start::<&str>(&[]).end(signal);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("Stopping.\n"), "{said}");
        assert!(!said.contains("before every request"), "{said}");
    }
}

#[test]
fn sigterm_ends_it_while_it_still_fills_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let mut command = command();
    command.args(["--listen", "127.0.0.1:0", "--admin-token", KEPT_TOKEN, "--seed", "1000000", "--data"]).arg(&path);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let journal = path.with_extension("db-journal");
    let end = Instant::now() + SOON;
    while !journal.exists() || std::fs::metadata(&path).map_or(0, |file| file.len()) < 1_000_000 {
        assert!(Instant::now() < end, "it did not begin to fill the file");
    }
    let told = Instant::now();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    assert_eq!(exit_code(&mut child), Some(0));
    assert!(told.elapsed() < Duration::from_secs(3), "it took {:?}", told.elapsed());
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "Stopping.\n");
    let connection = rusqlite::Connection::open(&path).unwrap();
    let tables: u64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 0, "what was begun is undone");
}
