//! The browser's transport: `fetch` through gloo-net, timers, and the clock.
//!
//! gloo-net panics where a request is aborted with a reason that is no `Error`, and where a header has a value that
//! cannot be sent. So requests are aborted without a reason here, and `Client` sends no token that no header can hold.

use std::{cell::Cell, rc::Rc, time::Duration};

use domain::url::decode;
use gloo_net::http::{Request as Fetch, RequestBuilder};
use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStream, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestCache,
    RequestCredentials, RequestRedirect, ResponseType,
};

use super::{LocalBoxFuture, Method, Request, Response, Transport, TransportError};

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
    let outcome = fetch(request, &guard.0).await;
    timer.cancel();
    outcome.map_err(|failure| match failure {
        Failure::Known(error) => error,
        Failure::Thrown if timed_out.get() => TransportError::TimedOut,
        Failure::Thrown if guard.0.signal().aborted() => TransportError::Cancelled,
        Failure::Thrown => TransportError::Unreachable,
    })
}

/// Why a fetch failed.
enum Failure {
    /// Detected here.
    Known(TransportError),
    /// Thrown by the browser, which does not tell the reason.
    Thrown,
}

impl From<JsValue> for Failure {
    fn from(_: JsValue) -> Self {
        Self::Thrown
    }
}

impl From<gloo_net::Error> for Failure {
    fn from(_: gloo_net::Error) -> Self {
        Self::Thrown
    }
}

async fn fetch(request: Request, controller: &AbortController) -> Result<Response, Failure> {
    let (url, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    // gloo-net encodes them again, and would append an `&` to those that stay in the URL.
    let parameters: Vec<(String, String)> = query
        .split('&')
        .filter_map(|parameter| parameter.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    let builder = builder(request.method, url)
        .query(parameters.iter().map(|(name, value)| (name.as_str(), value)))
        .abort_signal(Some(&controller.signal()))
        // An administrator must see the present state.
        .cache(RequestCache::NoStore)
        // A token must not follow to wherever a redirect leads.
        .redirect(RequestRedirect::Manual)
        // The API goes by the token alone; a proxy in front of it may go by its own cookie.
        .credentials(RequestCredentials::SameOrigin);
    let builder = request.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    let fetch = match request.body {
        Some(body) => builder.body(body)?,
        None => builder.build()?,
    };
    let response = fetch.send().await?;
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(Failure::Known(TransportError::Redirected));
    }
    let status = response.status();
    let all_headers = response.headers();
    let headers = Response::HEADERS.into_iter().filter_map(|name| Some((name, all_headers.get(name)?))).collect();
    let body = match response.body() {
        Some(stream) => read(&stream, status).await?,
        None => String::new(),
    };
    Ok(Response { status, headers, body })
}

fn builder(method: Method, url: &str) -> RequestBuilder {
    match method {
        Method::Get => Fetch::get(url),
        Method::Post => Fetch::post(url),
        Method::Patch => Fetch::patch(url),
        Method::Delete => Fetch::delete(url),
    }
}

/// Reads a body chunk by chunk, so that an endless one is noticed before it has filled the memory.
async fn read(stream: &ReadableStream, status: u16) -> Result<String, Failure> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let step: ReadableStreamReadResult = JsFuture::from(reader.read()).await?.unchecked_into();
        if step.get_done() == Some(true) {
            break;
        }
        let chunk: Uint8Array = step.get_value().unchecked_into();
        bytes.extend_from_slice(&chunk.to_vec());
        if bytes.len() > LARGEST_BODY {
            return Err(Failure::Known(TransportError::TooLarge { status }));
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
