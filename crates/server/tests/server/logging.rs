//! Nothing that the program writes holds it up or ends it: not a reader that stands still, not one that is gone.

use std::{
    io::{BufRead, BufReader, Read, Write, pipe},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
    time::Instant,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::program::{Program, SOON, command, exit_code};

/// Lines of more than a pipe holds.
const MANY: usize = 1500;

/// Sends so many requests over one connection, and reads all answers.
fn ask(address: &str, request: &str, count: usize, status: &str) {
    let mut stream = BufReader::new(TcpStream::connect(address).unwrap());
    let head = format!("{request} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token\r\n\r\n");
    for _ in 0..count {
        stream.get_mut().write_all(head.as_bytes()).unwrap();
        assert!(answer(&mut stream).starts_with(&format!("HTTP/1.1 {status} ")));
    }
}

/// The head of an answer, whose body is read as well.
fn answer(stream: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(stream.read_line(&mut head).unwrap(), 0, "{head}");
    }
    let length = head.to_lowercase().split_once("content-length: ").unwrap().1.split_once('\r').unwrap().0.parse();
    stream.read_exact(&mut vec![0; length.unwrap()]).unwrap();
    head
}

/// A program whose installation is away, so that each request is an error to be told.
fn without_installation() -> Command {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = command();
    command.args(["--listen", "127.0.0.1:0", "--access-log", "--upstream", &format!("http://{gone}")]);
    command.stderr(Stdio::piped());
    command
}

#[test]
fn a_reader_that_stands_still_holds_up_no_answer_and_no_end() {
    let program = Program::spawn(&mut without_installation());
    ask(&program.address, "GET /api/v2/ping", MANY, "502");
    assert_eq!(program.end_unread(Signal::TERM), Some(0));
}

#[test]
fn a_reader_that_is_gone_is_no_reason_to_fail() {
    let mut program = Program::spawn(&mut without_installation());
    program.stop_reading();
    program.child.stderr = None;
    ask(&program.address, "GET /api/v2/ping", 10, "502");
    assert_eq!(program.end_unread(Signal::TERM), Some(0));
}

#[test]
fn lines_that_were_dropped_are_counted_and_told() {
    let mut command = command();
    command.args(["--listen", "127.0.0.1:0", "--access-log"]).stderr(Stdio::piped());
    let mut program = Program::spawn(&mut command);
    let mut errors = program.child.stderr.take().unwrap();
    ask(&program.address, "GET /healthz", 10_000, "200");
    assert_eq!(program.end_unread(Signal::TERM), Some(0));
    let mut told = String::new();
    errors.read_to_string(&mut told).unwrap();
    assert!(told.contains(" lines of the log were dropped so far"), "{told}");
}

#[test]
fn not_even_the_first_lines_wait_for_a_reader() {
    let (reader, mut writer) = pipe().unwrap();
    // As much as a pipe of Linux holds.
    writer.write_all(&[b'x'; 65_536]).unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut child = command().args(["--listen", &address]).stdout(writer).spawn().unwrap();
    let end = Instant::now() + SOON;
    while TcpStream::connect(&address).is_err() {
        assert!(Instant::now() < end && child.try_wait().unwrap().is_none(), "it does not listen");
    }
    ask(&address, "GET /healthz", 1, "200");
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    assert_eq!(exit_code(&mut child), Some(0));
    drop(reader);
}

#[test]
fn a_start_that_fails_ends_whoever_reads() {
    let (reader, mut writer) = pipe().unwrap();
    writer.write_all(&[b'x'; 65_536]).unwrap();
    let mut child = command().arg("--nonsense").stderr(writer).spawn().unwrap();
    assert_eq!(exit_code(&mut child), Some(2));
    drop(reader);
}
