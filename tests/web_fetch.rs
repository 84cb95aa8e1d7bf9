//! The browser's transport against what a browser has without a server: `data:` addresses, and the test's own page.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    task::{Context, Waker},
    time::Duration,
};

use api::{FetchTransport, Method, Request, Response, Transport, TransportError};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn request(url: &str, milliseconds: u64) -> Request {
    Request {
        method: Method::Get,
        url: url.to_owned(),
        headers: vec![("Authorization", "Bearer secret".to_owned())],
        body: None,
        timeout: Duration::from_millis(milliseconds),
    }
}

async fn fetch(url: &str) -> Result<Response, TransportError> {
    FetchTransport.send(request(url, 5_000)).await
}

#[wasm_bindgen_test]
async fn status_headers_and_body_are_read() {
    let response = fetch("data:application/vnd.api+json;charset=utf-8,%7B%22a%22:%22%C3%A4%22%7D").await.unwrap();
    assert_eq!((response.status, response.body.as_str()), (200, r#"{"a":"ä"}"#));
    assert_eq!(response.header("content-type"), Some("application/vnd.api+json;charset=utf-8"));
    assert_eq!(response.header("Retry-After"), None);
}

#[wasm_bindgen_test]
async fn bytes_that_are_no_text_are_replaced_and_a_byte_order_mark_is_left_out() {
    assert_eq!(fetch("data:,%EF%BB%BF1%FF2").await.unwrap().body, "1\u{FFFD}2");
    assert_eq!(fetch("data:,").await.unwrap().body, "");
}

#[wasm_bindgen_test]
async fn a_refusal_is_an_answer() {
    assert_eq!(fetch("/there/is/no/such/file").await.unwrap().status, 404);
}

#[wasm_bindgen_test]
async fn what_cannot_be_reached_is_told() {
    assert_eq!(fetch("http://127.0.0.1:1/").await, Err(TransportError::Unreachable));
    assert_eq!(fetch("not-a-scheme:x").await, Err(TransportError::Unreachable));
}

#[wasm_bindgen_test]
async fn a_body_beyond_every_measure_is_not_read_to_its_end() {
    let url = ["data:,", &"x".repeat(17 * 1024 * 1024)].concat();
    assert_eq!(fetch(&url).await, Err(TransportError::TooLarge { status: 200 }));
}

#[wasm_bindgen_test]
async fn the_time_limit_ends_a_request() {
    assert_eq!(FetchTransport.send(request("/", 0)).await, Err(TransportError::TimedOut));
}

#[wasm_bindgen_test]
async fn a_call_can_be_dropped_and_the_next_one_is_answered() {
    let mut dropped = FetchTransport.send(request("/", 5_000));
    assert!(dropped.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(dropped);
    assert_eq!(fetch("data:,next").await.unwrap().body, "next");
}

#[wasm_bindgen_test]
async fn a_wait_passes_on_the_clock() {
    let before = FetchTransport.now();
    FetchTransport.wait(Duration::from_millis(50)).await;
    assert!(FetchTransport.now() - before >= Duration::from_millis(45));
    assert!(FetchTransport.jitter() <= 1_000);
}
