//! Hosts the built console: Trunk's output folder, each file beside its `.br` and `.gz`.
//!
//! What it must not know: the console's routes. A path that names no file is a page of the console, unless it looks
//! like a part of a build (`/old-0123456789abcdef.js`) and nobody is navigating to it: then it is a 404, so that a
//! script is never answered with HTML. The extension alone would not do, because names in the console's own paths
//! contain dots.

use std::{convert::Infallible, path::PathBuf};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::documents;

/// A name with a hash of its content never changes its meaning.
const HASHED: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The page that names the hashed files of the day.
const PAGE: HeaderValue = HeaderValue::from_static("no-store");
/// Everything else: ask each time, which costs a 304.
const OTHER: HeaderValue = HeaderValue::from_static("no-cache");

/// What a build is made of.
const EXTENSIONS: [&str; 20] = [
    "avif",
    "br",
    "css",
    "gif",
    "gz",
    "html",
    "ico",
    "jpeg",
    "jpg",
    "js",
    "json",
    "map",
    "mjs",
    "png",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "webp",
    "woff2",
];

const NOT_BUILT: &str = "The console is not built yet, so there is nothing to show here.

Build it with

    cargo xtask build

and start the server in the same folder, or name the folder of the build with --assets.
The API answers all the same, below /api.
";

/// The folder with the built console, looked at anew for every request.
#[derive(Clone, Debug)]
pub(crate) struct Assets(PathBuf);

impl Assets {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(crate) fn is_built(&self) -> bool {
        self.0.join("index.html").is_file()
    }

    async fn file(&self, request: Request) -> Response {
        let files = ServeDir::new(&self.0)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip()
            .ignore_multi_range_requests(true);
        let answer: Result<_, Infallible> = files.oneshot(request).await;
        let Ok(response) = answer;
        response.map(Body::new)
    }

    async fn page(&self, mut request: Request) -> Response {
        *request.uri_mut() = Uri::from_static("/index.html");
        let response = self.file(request).await;
        if response.status() == StatusCode::NOT_FOUND {
            return not_built();
        }
        cached(response, PAGE)
    }
}

/// Serves every path.
pub(crate) fn router(assets: Assets) -> Router {
    Router::new().fallback(serve).with_state(assets)
}

async fn serve(State(assets): State<Assets>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path == "/" || path == "/index.html" {
        return assets.page(request).await;
    }
    let page_wanted = matches!(*request.method(), Method::GET | Method::HEAD) && is_page(&path, request.headers());
    let again = page_wanted.then(|| copy(&request));
    let response = assets.file(request).await;
    match (response.status(), again) {
        (StatusCode::NOT_FOUND, Some(request)) => assets.page(request).await,
        (StatusCode::NOT_FOUND, None) => (StatusCode::NOT_FOUND, "Not found.\n").into_response(),
        _ => cached(response, if is_hashed(&path) { HASHED } else { OTHER }),
    }
}

/// The request without its body, which a GET or HEAD has none of.
fn copy(request: &Request) -> Request {
    let mut copy = Request::new(Body::empty());
    copy.method_mut().clone_from(request.method());
    copy.headers_mut().clone_from(request.headers());
    copy
}

fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let navigates =
        headers.get_all(ACCEPT).iter().any(|accept| accept.as_bytes().windows(9).any(|it| it == b"text/html"));
    let extension = file_name(path).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    navigates || !extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

/// Whether the name is one of Trunk's: `console-0123456789abcdef.js`, `console-0123456789abcdef_bg.wasm`. The hash is
/// a 64-bit number in hexadecimal digits without leading zeros.
fn is_hashed(path: &str) -> bool {
    let stem = file_name(path).split('.').next().unwrap_or_default();
    let hash = stem.rsplit_once('-').map(|(_, end)| end.strip_suffix("_bg").unwrap_or(end));
    hash.is_some_and(|hash| (10..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Sets how long an answer may be kept. An answer that is not the file's (405, 416) is not kept.
fn cached(mut response: Response, value: HeaderValue) -> Response {
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(CACHE_CONTROL, value);
    }
    response
}

fn not_built() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, documents::PLAIN), (CACHE_CONTROL, PAGE)], NOT_BUILT)
        .into_response()
}
