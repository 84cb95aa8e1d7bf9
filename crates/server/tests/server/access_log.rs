//! The access log: a line for each answer, and no secret in any.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
};

use rustix::process::Signal;
use serde_json::Value;

use crate::program::Program;

#[test]
fn every_answer_is_a_line_by_its_route_and_no_secret_is_in_any() {
    let assets = tempfile::tempdir().unwrap();
    fs::write(assets.path().join("index.html"), "page").unwrap();
    let program = Program::start(&["--access-log", "--assets", assets.path().to_str().unwrap()]);
    for request in [
        "GET /api/v2/admin/terraform-versions/secret-id?secret-query HTTP/1.1",
        "GET /api/v1/terraform/configurations/a/b/versions/progress/secret-upload HTTP/1.1",
        "PUT /api/v1/uploads/secret-upload HTTP/1.1",
        "GET /configurations/a/b/versions/progress/secret-upload HTTP/1.1",
        "SECRET-METHOD /api/v2/ping HTTP/1.1",
        "GET /healthz HTTP/1.1",
    ] {
        ask(&program.address, request);
    }
    let (code, said) = program.end(Signal::TERM);
    assert_eq!(code, Some(0));
    assert!(!said.to_lowercase().contains("secret"), "{said}");
    let lines: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let seen: Vec<_> = lines.iter().map(|it| (&it["method"], &it["route"], &it["status"])).collect();
    let table: Vec<(Value, Value, Value)> = [
        ("GET", "/api/v2/admin/terraform-versions/{id}", 404),
        ("GET", "/api/v1/terraform/configurations/{username}/{name}/versions/progress/{token}", 401),
        ("PUT", "/api/v1/uploads/{token}", 404),
        ("GET", "console", 200),
        ("other", "/api/v2/ping", 405),
        ("GET", "/healthz", 200),
    ]
    .map(|(method, route, status)| (method.into(), route.into(), status.into()))
    .into();
    let expected: Vec<_> = table.iter().map(|(method, route, status)| (method, route, status)).collect();
    assert_eq!(seen, expected, "{said}");
    let last = lines.last().unwrap();
    assert_eq!((&last["client"], &last["bytes"]), (&"127.0.0.1".into(), &3.into()));
    assert!(last["duration_ms"].is_u64() && last["time"].as_str().unwrap().ends_with('Z'), "{last}");
}

#[test]
fn nobody_reading_it_is_no_reason_to_stop() {
    let mut program = Program::start(&["--access-log"]);
    program.stop_reading();
    for _ in 0..3 {
        assert!(ask(&program.address, "GET /healthz HTTP/1.1").ends_with("ok\n"));
    }
}

fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "Host: localhost\r\nAuthorization: Bearer demo-admin-token\r\nX-Atlas-Token: secret-token\r\n\
                Cookie: secret\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    write!(stream, "{request}\r\n{head}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
