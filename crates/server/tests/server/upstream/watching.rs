//! What the program says while it forwards: enough to find a fault, and no secret.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::Stdio,
    thread,
};

use rustix::process::Signal;

use crate::program::{Program, command};

/// An installation that creates a version whose archive it wants at `store`, and ends every other connection.
fn installation(store: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let body = format!("{{\"version\":1,\"upload_path\":\"http://{store}/secret-store-path?secret-query\"}}");
    thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            if lines.next().is_some_and(|line| line.starts_with("POST ")) {
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                write!(&stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
            }
        }
    });
    address
}

#[test]
fn no_line_has_a_token_or_the_path_of_an_upload() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (upstream, store) = (format!("http://{}", installation(gone)), format!("http://{gone}"));
    let arguments = ["--listen", "127.0.0.1:0", "--upstream", &upstream, "--upload-host", &store, "--access-log"];
    let mut program = Program::spawn(command().args(arguments).stderr(Stdio::piped()));
    assert!(program.said.contains(&format!("Installation: {upstream}")), "{}", program.said);
    let created = ask(&program.address, "POST /api/v1/terraform/configurations/a/b/versions");
    let (_, sealed) = created.split_once("/api/v1/uploads/").unwrap_or_else(|| panic!("{created}"));
    let sealed = sealed.split('"').next().unwrap();
    for (request, status) in [
        ("GET /api/v2/admin/terraform-versions?a=secret-query".to_owned(), "502"),
        ("GET /api/v1/terraform/configurations/a/b/versions/progress/secret-upload".to_owned(), "502"),
        (format!("PUT /api/v1/uploads/{sealed}"), "502"),
        (format!("PUT /api/v1/uploads/{sealed}A?secret-query"), "404"),
        (format!("PUT /api/v1/uploads/{gone}/secret-path?secret-query"), "404"),
    ] {
        let answer = ask(&program.address, &request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {answer}");
        assert!(!answer.contains("secret") && !answer.contains(sealed), "{answer}");
    }
    let mut told = String::new();
    let errors = program.child.stderr.take().unwrap();
    let (_, log) = program.end(Signal::TERM);
    { errors }.read_to_string(&mut told).unwrap();
    assert_eq!(told.lines().count(), 3, "{told}");
    assert!(told.contains("GET /api/v2/admin/terraform-versions: 502 "), "{told}");
    assert_eq!(log.matches("\"route\":\"/api/v1/uploads/{token}\"").count(), 2, "{log}");
    for text in [told, log] {
        assert!(!text.contains("secret") && !text.contains(sealed), "{text}");
    }
}

#[test]
fn what_would_be_sent_in_the_open_needs_to_be_allowed() {
    for places in [
        vec!["--upstream", "http://tfe.example.com"],
        vec!["--upstream", "https://tfe.example.com", "--legacy-upstream", "http://192.0.2.1"],
        vec!["--upstream", "https://tfe.example.com", "--upload-host", "http://store.example"],
    ] {
        let output = command().args(["--listen", "127.0.0.1:0"]).args(&places).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.lines().count() == 1, "{said}");
        assert!(said.contains("can be read on the way") && said.contains("--insecure-upstream"), "{said}");
        let allowed = Program::start(&[places.as_slice(), &["--insecure-upstream"]].concat());
        assert!(allowed.said.contains("Installation: "), "{}", allowed.said);
    }
    for own in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"] {
        Program::start(&["--upstream", own]);
    }
}

#[test]
fn a_seal_key_that_can_be_guessed_or_read_nowhere_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    let file = file.to_str().unwrap();
    let complaint = |command: &mut std::process::Command| {
        let output =
            command.args(["--listen", "127.0.0.1:0", "--upstream", "https://tfe.example.com"]).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(complaint(command().args(["--seal-key-file", file])).contains("cannot read the seal key"));
    std::fs::write(file, "guessable").unwrap();
    let said = complaint(command().args(["--seal-key-file", file]));
    assert!(said.contains("too short") && !said.contains("guessable"), "{said}");
    let said = complaint(command().env("TFE_CONSOLE_SEAL_KEY", "guessable"));
    assert!(said.contains("too short") && !said.contains("guessable"), "{said}");
}

#[test]
fn what_only_an_embedded_server_has_makes_no_sense_with_an_installation() {
    for option in [["--data", "x.db"], ["--seed", "demo"], ["--admin-token", "x"], ["--rate-limit", "1"]] {
        let output =
            command().args(["--upstream", "https://tfe.example.com"]).args(option).stdout(Stdio::piped()).output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains("cannot be used with"));
    }
    let output = command().args(["--upload-host", "https://x.example"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let output = command().args(["--upstream", "tfe.example.com"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("for example https://tfe.example.com"));
}

fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret-token\r\nX-Atlas-Token: secret-token\r\n\
                Content-Length: 0\r\nConnection: close\r\n\r\n";
    write!(stream, "{request} {head}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
