//! Archives on their way to the host where the installation wants them.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request},
};
use serde_json::json;
use tfe_console_server::{Network, Options, UpstreamOptions};

use super::support::{Installation, Then, forwarding_to, impatient, on_the_wire};
use crate::support::Server;

const CREATE: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";

/// A server for an installation that wants archives at `upload_path`, and forwards to these hosts.
async fn creating(upload_path: &str, hosts: &[String]) -> Server {
    let body = json!({"version": 6, "upload_path": upload_path, "token": "t-1"}).to_string();
    let installation = Installation::answering(200, &[("content-type", "application/json")], &body).await;
    let upload_hosts = hosts.iter().map(|host| host.parse().unwrap()).collect();
    let options = impatient(&format!("http://{}", installation.address));
    Server::with(UpstreamOptions { upload_hosts, ..options })
}

#[tokio::test]
async fn an_archive_goes_to_a_named_host_by_a_path_of_this_origin_and_without_a_token() {
    let store = Installation::answering(200, &[], "").await;
    let host = format!("http://{}", store.address);
    let server = creating(&format!("{host}/binstore/a%20b?signed=1"), &[host]).await;
    let created = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
    assert_eq!((&created.json["version"], &created.json["token"]), (&json!(6), &json!("t-1")));
    let upload_path = created.json["upload_path"].as_str().unwrap();
    let path = upload_path.strip_prefix("http://tfe.example.com").unwrap().to_owned();
    assert!(path.starts_with("/api/v1/uploads/"), "{path}");

    let archive = vec![0x1f; 3 * 1024 * 1024];
    let request = Request::put(&path)
        .header("authorization", "Bearer secret")
        .header("x-atlas-token", "secret")
        .header("cookie", "a=b")
        .header("content-type", "application/gzip")
        .header("content-length", archive.len())
        .body(Body::from(archive.clone()));
    assert_eq!(server.send(request.unwrap()).await.status, 200);
    let asked = store.asked().pop().unwrap();
    assert_eq!(asked.path_and_query, "/binstore/a%20b?signed=1");
    assert_eq!(asked.body, archive);
    let mut names: Vec<&str> = asked.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "content-length", "content-type", "host"]);
}

#[tokio::test]
async fn an_upload_path_at_a_host_that_nobody_named_is_refused() {
    for upload_path in ["https://evil.example/secret-path", "http://evil.example/secret-path"] {
        let answer = creating(upload_path, &["https://binstore.example".to_owned()]).await;
        let answer = answer.ask(Method::POST, CREATE, "{\"version\":{}}").await;
        answer.is_refused_with(502);
        assert!(!answer.text.contains("secret-path") && !answer.text.contains("pw"), "{}", answer.text);
    }
    let server = creating("https://evil.example/x", &[]).await;
    let answer = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
    assert!(answer.text.contains("--upload-host https://evil.example"), "{}", answer.text);
}

#[tokio::test]
async fn where_no_host_can_be_named_none_is_advised() {
    for upload_path in ["http://user:pw@evil.example/x", "ftp://evil.example/x", "mailto:x@evil.example", "a path", ""]
    {
        let answer = creating(upload_path, &["https://binstore.example".to_owned()]).await;
        let answer = answer.ask(Method::POST, CREATE, "{\"version\":{}}").await;
        answer.is_refused_with(502);
        assert!(answer.text.contains("created the configuration version"), "{}", answer.text);
        assert!(!answer.text.contains("--upload-host") && !answer.text.contains("pw"), "{}", answer.text);
    }
}

#[tokio::test]
async fn of_the_answer_to_a_create_only_the_upload_path_is_another() {
    let body =
        r#"{"version":1.10,"z":12345678901234567890123,"upload_path":"\/binstore\/x","a":{"b": 1e400},"a":null}"#;
    let installation = Installation::answering(201, &[("content-type", "application/json")], body).await;
    let created = installation.forwarded().ask(Method::POST, CREATE, "{\"version\":{}}").await;
    assert_eq!(created.status, 201, "{}", created.text);
    let (before, after) = created.text.split_once("http://tfe.example.com/api/v1/uploads/").unwrap();
    assert_eq!(before, r#"{"version":1.10,"z":12345678901234567890123,"upload_path":""#);
    assert_eq!(after.split_once('"').unwrap().1, r#","a":{"b": 1e400},"a":null}"#);
}

#[tokio::test]
async fn an_upload_path_that_is_there_twice_leads_to_this_origin_both_times() {
    let body = r#"{"upload_path":"/binstore/x","upload_path":"/binstore/x"}"#;
    let installation = Installation::answering(200, &[], body).await;
    let created = installation.forwarded().ask(Method::POST, CREATE, "{\"version\":{}}").await;
    assert_eq!(created.text.matches("http://tfe.example.com/api/v1/uploads/").count(), 2, "{}", created.text);
    assert!(!created.text.contains("binstore"), "{}", created.text);
}

#[tokio::test]
async fn a_create_whose_answer_cannot_be_read_is_told_as_created() {
    let long = format!("HTTP/1.1 200 OK\r\n\r\n{{\"a\":\"{}\"}}", "x".repeat(1024 * 1024));
    for written in [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"version\":1",
        "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"version\":1,\"",
        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n<p>Sign in</p>",
        "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n[\"/binstore/secret\"]",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull",
        &long,
    ] {
        let address = on_the_wire(written.as_bytes().to_vec(), Then::Closes).await;
        let answer = forwarding_to(address).ask(Method::POST, CREATE, "{\"version\":{}}").await;
        answer.is_refused_with(502);
        let detail = answer.problems()[0].1.to_owned();
        let told = format!("http://{address} created the configuration version, but its answer cannot be read");
        assert!(detail.contains(&told), "{detail}");
        assert!(!detail.contains("secret") && !detail.contains("reached"), "{detail}");
    }
}

#[tokio::test]
async fn an_answer_to_a_create_without_an_upload_path_passes_as_it_is() {
    for body in [r#"{"version": 1.10}"#, r#"{"upload_path":null}"#] {
        let installation = Installation::answering(200, &[], body).await;
        let created = installation.forwarded().ask(Method::POST, CREATE, "{\"version\":{}}").await;
        assert_eq!((created.status.as_u16(), created.text.as_str()), (200, body));
    }
}

#[tokio::test]
async fn a_path_without_a_host_is_the_installations_own() {
    let body = json!({"version": 6, "upload_path": "/binstore/x", "token": "t-1"}).to_string();
    let installation = Installation::answering(200, &[], &body).await;
    let server = installation.forwarded();
    let created = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
    let upload_path = created.json["upload_path"].as_str().unwrap();
    let path = upload_path.strip_prefix("http://tfe.example.com").unwrap();
    assert!(path.starts_with("/api/v1/uploads/"), "{path}");
    assert_eq!(server.ask(Method::PUT, path, "archive").await.status, 200);
    assert_eq!(installation.asked().pop().unwrap().path_and_query, "/binstore/x");
}

#[tokio::test]
async fn a_host_that_answers_an_archive_with_a_status_that_ends_nothing_is_a_502() {
    for status in ["101 Switching Protocols", "600 Odd"] {
        let head = format!("HTTP/1.1 {status}\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 0\r\n\r\n");
        let store = on_the_wire(head.into_bytes(), Then::IsSilent).await;
        let host = format!("http://{store}");
        let server = creating(&format!("{host}/x"), std::slice::from_ref(&host)).await;
        let created = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
        let path = created.json["upload_path"].as_str().unwrap().strip_prefix("http://tfe.example.com").unwrap();
        let answer = server.ask(Method::PUT, path, "archive").await;
        answer.is_refused_with(502);
        assert!(answer.text.contains(&status[..3]), "{}", answer.text);
    }
}

#[tokio::test]
async fn behind_a_proxy_that_hosts_it_below_a_path_the_upload_path_is_below_it_too() {
    let body = json!({"version": 6, "upload_path": "/binstore/x", "token": "t-1"}).to_string();
    let installation = Installation::answering(200, &[("content-type", "application/json")], &body).await;
    let trusted_proxies = ["10.0.0.0/8".parse::<Network>().unwrap()].into_iter().collect();
    let options = impatient(&format!("http://{}", installation.address)).into();
    let server = Server::with(Options { trusted_proxies, ..options });
    for (peer, expected) in
        [("10.1.2.3", "https://tools.example.com/console/api/"), ("192.0.2.1", "http://tools.example.com/api/")]
    {
        let request = Request::post(CREATE).header("host", "tools.example.com").header("x-forwarded-proto", "https");
        let request = request.header("x-forwarded-prefix", "/console").header("x-atlas-token", "x");
        let request = request.extension(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711)));
        let created = server.send(request.body(Body::from("{\"version\":{}}")).unwrap()).await;
        let upload_path = created.json["upload_path"].as_str().unwrap();
        assert!(upload_path.starts_with(&format!("{expected}v1/uploads/")), "{upload_path}");
    }
}

#[tokio::test]
async fn an_upload_of_which_nothing_arrives_any_more_is_given_up() {
    let store = Installation::answering(200, &[], "").await;
    let host = format!("http://{}", store.address);
    let server = creating(&host, std::slice::from_ref(&host)).await;
    let created = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
    let path = created.json["upload_path"].as_str().unwrap().strip_prefix("http://tfe.example.com").unwrap();
    let body = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    server.send(Request::put(path).body(body).unwrap()).await.is_refused_with(504);
}
