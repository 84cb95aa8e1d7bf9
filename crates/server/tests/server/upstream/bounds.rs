//! How much is forwarded, and for whom.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, State},
    http::{Method, Request, StatusCode},
    response::Response,
    routing::{get, put},
};
use futures_util::{StreamExt, stream};
use serde_json::json;
use tfe_console_server::UpstreamOptions;
use tokio::sync::{Semaphore, mpsc};

use super::support::{Installation, patient, serving};
use crate::support::{Server, UNUSED, VERSIONS};

const CREATE: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";
const PING: &str = "/api/v2/ping";
const KILOBYTE: usize = 1024;

/// A body that never comes: whoever reads it before answering does not answer.
fn unread() -> Body {
    Body::from_stream(stream::pending::<Result<Vec<u8>, Infallible>>())
}

#[tokio::test]
async fn a_get_or_a_delete_is_forwarded_without_a_body() {
    let installation = Installation::answering(200, &[], "{}").await;
    let server = installation.forwarded();
    for (method, path) in [(Method::GET, VERSIONS), (Method::GET, UNUSED), (Method::DELETE, UNUSED)] {
        for body in [Body::from("{}"), Body::from(vec![b' '; 100 * KILOBYTE]), unread()] {
            assert_eq!(server.ask(method.clone(), path, body).await.status, 200);
            let asked = installation.asked().pop().unwrap();
            assert_eq!((&asked.method, asked.body.len()), (&method, 0));
            for header in ["content-length", "content-type", "transfer-encoding"] {
                assert!(!asked.headers.contains_key(header), "{method} has a {header}");
            }
        }
    }
}

#[tokio::test]
async fn documents_are_as_long_as_where_they_are_answered_here() {
    let installation = Installation::answering(200, &[], "{}").await;
    for server in [installation.forwarded(), Server::demo()] {
        for (method, path, limit) in [
            (Method::POST, VERSIONS, 64 * KILOBYTE),
            (Method::PATCH, UNUSED, 64 * KILOBYTE),
            (Method::POST, CREATE, 8 * KILOBYTE * KILOBYTE),
        ] {
            let longest = server.ask(method.clone(), path, vec![b' '; limit]).await;
            assert_ne!(longest.status, 413, "{path}");
            let chunked = stream::iter(vec![Ok::<_, Infallible>(vec![b' '; limit]), Ok(vec![b' '])]);
            for longer in [Body::from(vec![b' '; limit + 1]), Body::from_stream(chunked)] {
                let answer = server.ask(method.clone(), path, longer).await;
                assert_eq!(answer.status, 413, "{path}");
                assert!(answer.text.contains(&limit.to_string()), "{}", answer.text);
            }
        }
    }
}

#[tokio::test]
async fn a_length_that_is_too_much_is_refused_before_anything_is_read() {
    let installation = Installation::answering(200, &[], "{}").await;
    let request = Request::post(VERSIONS).header("authorization", "Bearer x").header("content-length", 65 * KILOBYTE);
    installation.forwarded().send(request.body(unread()).unwrap()).await.is_refused_with(413);
    let request = Request::post(CREATE).header("x-atlas-token", "x").header("content-length", 9 * KILOBYTE * KILOBYTE);
    let answer = installation.forwarded().send(request.body(unread()).unwrap()).await;
    answer.is_legacy_error(413, "The body is longer than 8388608 bytes");
    assert!(installation.asked().is_empty());
}

#[tokio::test]
async fn a_call_without_a_token_is_refused_before_its_body_is_read() {
    let installation = Installation::answering(200, &[], "{}").await;
    let server = installation.forwarded();
    let none: &[(&str, &str)] = &[];
    let wrong = [none, &[("authorization", "")], &[("authorization", "Bearer")], &[("authorization", "Bearer  ")]];
    let basic: &[(&str, &str)] = &[("authorization", "Basic x")];
    let atlas: &[(&str, &str)] = &[("x-atlas-token", "x")];
    let empty: &[(&str, &str)] = &[("x-atlas-token", " ")];
    let ask = async |method: Method, path: &str, headers: &[(&str, &str)]| {
        let request = Request::builder().method(method).uri(path);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        server.send(request.body(unread()).unwrap()).await
    };
    for (method, path) in [
        (Method::GET, VERSIONS),
        (Method::POST, VERSIONS),
        (Method::GET, UNUSED),
        (Method::PATCH, UNUSED),
        (Method::DELETE, UNUSED),
        (Method::GET, "/api/v2/account/details"),
    ] {
        for headers in wrong.into_iter().chain([basic, atlas]) {
            let answer = ask(method.clone(), path, headers).await;
            answer.is_refused_with(401);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
    for (method, path) in [
        (Method::POST, CREATE.to_owned()),
        (Method::GET, format!("{CREATE}/latest")),
        (Method::GET, format!("{CREATE}/progress/t-1")),
    ] {
        for headers in wrong.into_iter().chain([basic, empty]) {
            ask(method.clone(), &path, headers).await.is_legacy_error(401, "This call needs a token");
        }
    }
    assert!(installation.asked().is_empty());
    assert_eq!(ask(Method::GET, PING, none).await.status, 200, "a ping needs none");
    assert_eq!(ask(Method::GET, &format!("{CREATE}/latest"), atlas).await.status, 200);
}

/// An installation that tells when it is asked, and answers when it is let.
struct Slow {
    address: SocketAddr,
    asked: mpsc::UnboundedReceiver<()>,
    answer: Arc<Semaphore>,
}

async fn slow() -> Slow {
    let (tell, asked) = mpsc::unbounded_channel();
    let answer = Arc::new(Semaphore::new(0));
    let handler = async |State((tell, answer)): State<(mpsc::UnboundedSender<()>, Arc<Semaphore>)>| {
        tell.send(()).unwrap();
        answer.acquire().await.unwrap().forget();
        StatusCode::OK
    };
    let create = async |request: Request<Body>| {
        let host = request.headers()["host"].to_str().unwrap();
        json!({"version": 1, "upload_path": format!("http://{host}/store"), "token": "t"}).to_string()
    };
    let routes = Router::new().route("/store", put(handler)).route(CREATE, axum::routing::post(create));
    let routes = routes.route(VERSIONS, get(handler)).route(PING, get(handler));
    let address = serving(routes.with_state((tell, Arc::clone(&answer)))).await;
    Slow { address, asked, answer }
}

fn limited(slow: &Slow, calls: usize, uploads: usize) -> Server {
    Server::with(UpstreamOptions { calls, uploads, ..patient(&format!("http://{}", slow.address)) })
}

async fn upload_path(server: &Server) -> String {
    let created = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
    let path = created.json["upload_path"].as_str().unwrap_or_else(|| panic!("{}", created.text));
    path.strip_prefix("http://tfe.example.com").unwrap().to_owned()
}

#[tokio::test]
async fn more_calls_than_the_limit_are_told_to_wait_and_uploads_do_not_count() {
    let mut slow = slow().await;
    let server = limited(&slow, 1, 1);
    let path = upload_path(&server).await;
    let call = tokio::spawn(Server(server.0.clone(), server.1).asked(Method::GET, VERSIONS.to_owned()));
    slow.asked.recv().await.unwrap();
    let refused = server.get(VERSIONS).await;
    refused.is_refused_with(503);
    assert_eq!(refused.header("retry-after"), "1");
    let upload = tokio::spawn(Server(server.0.clone(), server.1).asked(Method::PUT, path.clone()));
    slow.asked.recv().await.unwrap();
    let refused = server.ask(Method::PUT, &path, "x").await;
    refused.is_refused_with(503);
    assert_eq!(refused.header("retry-after"), "1");
    assert!(refused.text.contains("1 uploads at once"), "{}", refused.text);
    slow.answer.add_permits(2);
    assert_eq!((call.await.unwrap(), upload.await.unwrap()), (200, 200));
    slow.answer.add_permits(2);
    assert_eq!(server.get(VERSIONS).await.status, 200, "a place is given back");
    assert_eq!(server.ask(Method::PUT, &path, "x").await.status, 200);
}

#[tokio::test]
async fn a_call_keeps_its_place_until_its_answer_was_passed_on_or_dropped() {
    let address = serving(Router::new().route(VERSIONS, get(async || Response::new(unread())))).await;
    let server = Server::with(UpstreamOptions { calls: 1, ..patient(&format!("http://{address}")) });
    let request = || Request::get(VERSIONS).header("authorization", "Bearer x").body(Body::empty()).unwrap();
    let begun = server.raw(request()).await;
    assert_eq!(begun.status(), 200);
    assert_eq!(server.raw(request()).await.status(), 503);
    drop(begun);
    assert_eq!(server.raw(request()).await.status(), 200);
}

#[tokio::test]
async fn pings_without_a_token_take_few_places_and_none_of_those_with_one() {
    let mut slow = slow().await;
    let server = limited(&slow, 16, 1);
    let ping = || Request::get(PING).body(Body::empty()).unwrap();
    let mut pings = Vec::new();
    for _ in 0..2 {
        let server = Server(server.0.clone(), server.1);
        pings.push(tokio::spawn(async move { server.send(ping()).await.status }));
        slow.asked.recv().await.unwrap();
    }
    let refused = server.send(ping()).await;
    refused.is_refused_with(503);
    assert_eq!(refused.header("retry-after"), "1");
    assert!(refused.text.contains("2 calls without a token at once"), "{}", refused.text);
    let mut calls = Vec::new();
    for path in [PING, VERSIONS].into_iter().cycle().take(16) {
        calls.push(tokio::spawn(Server(server.0.clone(), server.1).asked(Method::GET, path.to_owned())));
        slow.asked.recv().await.unwrap();
    }
    slow.answer.add_permits(18);
    for ping in pings {
        assert_eq!(ping.await.unwrap(), 200);
    }
    for call in calls {
        assert_eq!(call.await.unwrap(), 200);
    }
    slow.answer.add_permits(1);
    assert_eq!(server.send(ping()).await.status, 200, "a place is given back");
}

/// Creates of which the end never comes, sent from these addresses, once all of them that are taken hold their bytes.
/// Returns how many were refused, and what keeps the others.
async fn unfinished(server: &Server, from: &[IpAddr]) -> (usize, Vec<tokio::task::JoinHandle<u16>>) {
    let (tell, mut done) = mpsc::unbounded_channel();
    let mut tasks = Vec::new();
    for address in from.iter().copied() {
        let (tell, server) = (tell.clone(), Server(server.0.clone(), server.1));
        tasks.push(tokio::spawn(async move {
            let waits = tell.clone();
            let first = stream::once(async { Ok::<_, Infallible>(vec![b' '; 8 * KILOBYTE * KILOBYTE - 8]) });
            // Asked for once the bytes before are held.
            let rest = stream::poll_fn(move |_| {
                waits.send(false).unwrap();
                std::task::Poll::Pending
            });
            let request = create_from(address, Body::from_stream(first.chain(rest)));
            let status = server.send(request).await.status.as_u16();
            tell.send(true).unwrap();
            status
        }));
    }
    let mut refused = 0;
    for _ in from {
        refused += usize::from(done.recv().await.unwrap());
    }
    (refused, tasks)
}

fn create_from(address: IpAddr, body: Body) -> Request<Body> {
    let request = Request::post(CREATE).header("host", "tfe.example.com").header("x-atlas-token", "made up");
    request.extension(ConnectInfo(SocketAddr::new(address, 4711))).body(body).unwrap()
}

#[tokio::test]
async fn creates_that_never_end_keep_no_other_document_out() {
    let installation = Installation::answering(200, &[], "{}").await;
    let server = installation.forwarded();
    let from: Vec<IpAddr> = (1..=9).map(|last| IpAddr::from([192, 0, 2, last])).collect();
    let (refused, _tasks) = unfinished(&server, &from).await;
    assert_eq!(refused, 1, "eight fill the room of the long ones");
    let create = server.send(create_from(IpAddr::from([203, 0, 113, 9]), Body::from(vec![b' '; KILOBYTE]))).await;
    create.is_refused_with(503);
    for (method, path) in [(Method::POST, VERSIONS), (Method::PATCH, UNUSED)] {
        assert_eq!(server.ask(method, path, vec![b' '; 64 * KILOBYTE]).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn one_address_or_network_has_a_quarter_of_the_room_of_long_documents() {
    let installation = Installation::answering(200, &[], "{}").await;
    for same in [&["192.0.2.1"][..], &["2001:db8::1", "2001:db8::2:1", "2001:db8::3"]] {
        let server = installation.forwarded();
        let same: Vec<IpAddr> = same.iter().map(|address| address.parse().unwrap()).collect();
        let nine: Vec<IpAddr> = same.iter().copied().cycle().take(9).collect();
        let (refused, tasks) = unfinished(&server, &nine).await;
        assert_eq!(refused, 7, "two of the longest fit into a quarter");
        let long = || Body::from(vec![b' '; 8 * KILOBYTE * KILOBYTE]);
        let other = server.send(create_from("203.0.113.9".parse().unwrap(), long())).await;
        assert_eq!(other.status, 200, "others have room");
        let refused = server.send(create_from(nine[0], long())).await;
        refused.is_refused_with(503);
        assert_eq!(refused.header("retry-after"), "1");
        for task in tasks {
            task.abort();
            task.await.ok();
        }
        assert_eq!(server.send(create_from(nine[0], long())).await.status, 200, "what was held is given back");
    }
}

impl Server {
    /// The status of an answer, for a task of its own.
    async fn asked(self, method: Method, path: String) -> u16 {
        self.ask(method, &path, "x").await.status.as_u16()
    }
}
