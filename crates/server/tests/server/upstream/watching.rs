//! What the program says while it forwards: enough to find a fault, and no secret.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::Stdio,
};

use rustix::process::Signal;

use crate::program::{Program, command};

#[test]
fn no_line_has_a_token_or_the_path_of_an_upload() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let upstream = format!("http://{gone}");
    let arguments = ["--listen", "127.0.0.1:0", "--upstream", &upstream];
    let mut program = Program::spawn(command().args(arguments).stderr(Stdio::piped()));
    assert!(program.said.contains(&format!("Installation: http://{gone}")), "{}", program.said);
    for request in [
        "GET /api/v2/admin/terraform-versions?a=secret-query".to_owned(),
        "GET /api/v1/terraform/configurations/a/b/versions/progress/secret-upload".to_owned(),
        format!("PUT /api/v1/uploads/{gone}/secret-path?secret-query"),
        "PUT /api/v1/uploads/evil.example/secret-path".to_owned(),
    ] {
        let answer = ask(&program.address, &request);
        assert!(!answer.contains("secret"), "{answer}");
    }
    let mut told = String::new();
    let errors = program.child.stderr.take().unwrap();
    program.end(Signal::TERM);
    { errors }.read_to_string(&mut told).unwrap();
    assert_eq!(told.lines().count(), 3, "{told}");
    assert!(told.contains("GET /api/v2/admin/terraform-versions: 502 "), "{told}");
    assert!(!told.contains("secret"), "{told}");
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
