//! The browser's transport: `fetch`, timers, and the clock.

use std::{cell::Cell, rc::Rc, time::Duration};

use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStream, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    ResponseType,
};

use super::{LocalBoxFuture, Request, Response, Transport, TransportError};

/// 100 versions take some 60 kB; a server that pages by itself may send all it has.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// Sends with the browser's `fetch`.
pub struct FetchTransport;

impl Transport for FetchTransport {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(send(request))
    }

    fn wait(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        Box::pin(TimeoutFuture::new(milliseconds(duration)))
    }

    fn now(&self) -> Duration {
        Duration::from_millis(js_sys::Date::now() as u64)
    }

    fn jitter(&self) -> u32 {
        (js_sys::Math::random() * 1_000.0) as u32
    }
}

async fn send(request: Request) -> Result<Response, TransportError> {
    let controller = AbortController::new().map_err(|_| TransportError::Cancelled)?;
    let guard = AbortOnDrop(controller.clone());
    let timed_out = Rc::new(Cell::new(false));
    let timer = Timeout::new(milliseconds(request.timeout), {
        let timed_out = Rc::clone(&timed_out);
        move || {
            timed_out.set(true);
            controller.abort();
        }
    });
    let outcome = fetch(&request, &guard.0).await;
    timer.cancel();
    outcome.map_err(|failure| match failure {
        Failure::Told(error) => error,
        Failure::Thrown if timed_out.get() => TransportError::TimedOut,
        Failure::Thrown if guard.0.signal().aborted() => TransportError::Cancelled,
        Failure::Thrown => TransportError::Unreachable,
    })
}

/// What ended a fetch: something found here, or whatever the browser threw, which does not tell why.
enum Failure {
    Told(TransportError),
    Thrown,
}

impl From<JsValue> for Failure {
    fn from(_: JsValue) -> Self {
        Self::Thrown
    }
}

async fn fetch(request: &Request, controller: &AbortController) -> Result<Response, Failure> {
    let options = RequestInit::new();
    options.set_method(request.method.name());
    let headers = headers(request)?;
    options.set_headers(&headers);
    if let Some(body) = &request.body {
        options.set_body(&JsValue::from_str(body));
    }
    options.set_signal(Some(&controller.signal()));
    // What an administrator sees must be what is.
    options.set_cache(RequestCache::NoStore);
    // A token must not follow to wherever a redirect leads.
    options.set_redirect(RequestRedirect::Manual);
    // The API goes by the token alone; a proxy in front of it may go by its own cookie.
    options.set_credentials(RequestCredentials::SameOrigin);
    let window = web_sys::window().ok_or(Failure::Told(TransportError::Cancelled))?;
    let promise = window.fetch_with_str_and_init(&request.url, &options);
    let response: web_sys::Response = JsFuture::from(promise).await?.unchecked_into();
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(Failure::Told(TransportError::Redirected));
    }
    let status = response.status();
    let all_headers = response.headers();
    let read = |name| Some((name, all_headers.get(name).ok().flatten()?));
    let headers = Response::HEADERS.into_iter().filter_map(read).collect();
    let body = match response.body() {
        Some(stream) => body(&stream, status).await?,
        None => String::new(),
    };
    Ok(Response { status, headers, body })
}

fn headers(request: &Request) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    Ok(headers)
}

/// Reads chunk by chunk, so that an endless body is noticed before it has filled the memory.
async fn body(stream: &ReadableStream, status: u16) -> Result<String, Failure> {
    let reader = stream.get_reader();
    let read: Function = Reflect::get(&reader, &JsValue::from_str("read"))?.unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let promise: Promise = read.call0(&reader)?.unchecked_into();
        let step = JsFuture::from(promise).await?;
        if Reflect::get(&step, &JsValue::from_str("done"))?.is_truthy() {
            break;
        }
        let chunk: Uint8Array = Reflect::get(&step, &JsValue::from_str("value"))?.unchecked_into();
        bytes.extend_from_slice(&chunk.to_vec());
        if bytes.len() > LARGEST_BODY {
            return Err(Failure::Told(TransportError::TooLarge { status }));
        }
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    Ok(String::from_utf8_lossy(text).into_owned())
}

/// Ends the request with its future. Ending one that is complete does nothing.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn milliseconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
