//! The tokens of the program: where they come from, and what the well-known ones open.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
};

use axum::http::{Method, Request};

use crate::{
    program::{Program, complaint, run},
    support::{Server, UNUSED, VERSIONS},
};

/// The status of a list that is asked for with this token, at this host.
fn status(address: &str, host: &str, token: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "GET {VERSIONS} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn tokens_are_read_from_files_without_the_ends_of_lines_after_them() {
    let folder = tempfile::tempdir().unwrap();
    let (admin, user) = (folder.path().join("admin"), folder.path().join("user"));
    for end in ["", "\n", "\r\n", "\n\n"] {
        fs::write(&admin, format!("s3cret{end}")).unwrap();
        fs::write(&user, format!("0ther{end}")).unwrap();
        let data = folder.path().join("data.db");
        let files = ["--admin-token-file", admin.to_str().unwrap(), "--user-token-file", user.to_str().unwrap()];
        let program = Program::start(&[&files[..], &["--data", data.to_str().unwrap()]].concat());
        fs::remove_file(&admin).unwrap();
        for (token, expected) in [("s3cret", "200"), ("0ther", "404"), ("demo-admin-token", "401")] {
            assert_eq!(status(&program.address, "tfe.example.com", token), expected);
        }
        assert!(program.said.contains("Admin token: as given\n"), "{}", program.said);
        assert!(!program.said.contains("s3cret") && !program.said.contains("0ther"), "{}", program.said);
    }
}

#[test]
fn a_file_that_has_no_token_is_told_without_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let path = file.to_str().unwrap();
    let line = complaint(&run(&["--admin-token-file", path]), 2);
    assert!(line.starts_with(&format!("cannot read the token in {path}: ")), "{line}");
    for (content, expected) in [
        ("".to_owned(), "a token must be of visible ASCII characters"),
        ("\n".to_owned(), "a token must be of visible ASCII characters"),
        ("s3cret one".to_owned(), "a token must be of visible ASCII characters"),
        ("s3cret\ntwo\n".to_owned(), "a token must be of visible ASCII characters"),
        ("s3cret".repeat(20_000), "is too long for a token"),
    ] {
        fs::write(&file, content).unwrap();
        let line = complaint(&run(&["--admin-token-file", path]), 2);
        assert!(line.contains(expected) && !line.contains("s3cret"), "{line}");
    }
    let line = complaint(&run(&["--admin-token-file", "/dev/zero"]), 2);
    assert!(line.contains("too long"), "{line}");
    let both = complaint(&run(&["--admin-token-file", path, "--admin-token", "s3cret"]), 2);
    assert!(both.contains("cannot be used with") && !both.contains("s3cret"), "{both}");
}

#[test]
fn with_data_that_is_kept_the_demo_tokens_are_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let data = ["--data", path.to_str().unwrap()];
    for arguments in [
        &[][..],
        &["--admin-token", "demo-admin-token"],
        &["--admin-token", "demo-user-token"],
        &["--admin-token", "s3cret", "--user-token", "demo-user-token"],
        &["--user-token", "0ther"],
    ] {
        let line = complaint(&run(&[&data[..], arguments].concat()), 2);
        assert!(line.starts_with("everyone knows the demo tokens") && line.contains("--admin-token-file"), "{line}");
        assert!(!line.contains("s3cret"), "{line}");
    }
    assert!(!path.exists());
}

#[test]
fn a_page_that_leads_its_own_name_here_is_not_answered_while_the_demo_tokens_are_valid() {
    let program = Program::start::<&str>(&[]);
    for (host, expected) in [
        (program.address.as_str(), "200"),
        ("localhost:1234", "200"),
        ("console.localhost", "200"),
        ("[::1]:8080", "200"),
        ("evil.example", "403"),
        ("evil.example:8080", "403"),
        ("localhost.evil.example", "403"),
        ("192.168.0.7", "403"),
    ] {
        assert_eq!(status(&program.address, host, "demo-admin-token"), expected, "{host}");
    }
    let given = Program::start(&["--admin-token", "s3cret"]);
    assert_eq!(status(&given.address, "tools.example.com", "s3cret"), "200");
}

#[tokio::test]
async fn every_answer_to_another_name_says_why_and_nothing_else() {
    let server = Server::demo();
    for (method, path, kind) in [
        (Method::GET, VERSIONS, "application/vnd.api+json"),
        (Method::DELETE, UNUSED, "application/vnd.api+json"),
        (Method::GET, "/api/v1/terraform/configurations/a/b/versions/latest", "application/json"),
        (Method::GET, "/", "text/plain; charset=utf-8"),
        (Method::GET, "/healthz", "text/plain; charset=utf-8"),
    ] {
        let request = Request::builder().method(method).uri(path).header("host", "evil.example");
        let request = request.header("authorization", "Bearer demo-admin-token");
        let answer = server.send(request.body("".into()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (403, kind), "{path}");
        assert!(answer.text.contains("answers only at localhost"), "{}", answer.text);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(server.get(UNUSED).await.status, 200, "the refused delete deleted");
}
