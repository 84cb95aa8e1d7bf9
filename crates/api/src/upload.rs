//! Sending an archive with the browser's `XMLHttpRequest`, since `fetch` tells no progress of what it sends.
//!
//! The upload path is a secret by itself: no token goes with it. It must be on the console's own origin, because the
//! page's policy allows no other.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures_channel::oneshot;
use gloo_timers::callback::Interval;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::{Client, Response, Result as ApiResult, TransportError, answer::Answer, client::settle};

/// An upload without any sign of life for as long has failed, in milliseconds.
const LONGEST_SILENCE: f64 = 120_000.0;

/// As long once everything was sent, as the server waits, too: an installation may take minutes to store an archive
/// before it answers.
const LONGEST_WAIT: f64 = 600_000.0;

/// Where the console's own server takes archives, below its API (`crates/server`), and where that is.
const UPLOADS: &str = "/uploads/";
const SERVERS_API: &str = "/api/v1";

/// Called with the bytes that have been sent and the bytes in all.
pub type OnSent = Box<dyn Fn(u64, u64)>;

/// Sends the archive once with `PUT`. Dropped, it aborts the upload.
///
/// # Errors
/// As for every call.
pub async fn upload(path: &str, archive: &Blob, on_sent: OnSent) -> ApiResult<()> {
    Answer::of_upload(settle(send(path, archive, on_sent).await)?)
}

/// Aborts what is still under way.
struct AbortOnDrop(XmlHttpRequest);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.set_onloadend(None);
        self.0.set_onprogress(None);
        if let Ok(upload) = self.0.upload() {
            upload.set_onprogress(None);
        }
        // It fails only for a request that has ended.
        let _ = self.0.abort();
    }
}

async fn send(path: &str, archive: &Blob, on_sent: OnSent) -> Result<Response, TransportError> {
    let request = XmlHttpRequest::new().map_err(|_| TransportError::Cancelled)?;
    let (sender, ended) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    // The latest sign of life, and how long there may be no other.
    let silence = Rc::new(Cell::new((js_sys::Date::now(), LONGEST_SILENCE)));

    let on_end = Closure::<dyn FnMut()>::new({
        let sender = Rc::clone(&sender);
        move || end(&sender, true)
    });
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new({
        let silence = Rc::clone(&silence);
        move |event: ProgressEvent| {
            let longest = if event.loaded() < event.total() { LONGEST_SILENCE } else { LONGEST_WAIT };
            silence.set((js_sys::Date::now(), longest));
            on_sent(event.loaded() as u64, event.total() as u64);
        }
    });
    let on_answer = Closure::<dyn FnMut()>::new({
        let silence = Rc::clone(&silence);
        move || silence.set((js_sys::Date::now(), LONGEST_WAIT))
    });
    let watch = Interval::new(1_000, move || {
        let (last_sign, longest) = silence.get();
        if js_sys::Date::now() - last_sign > longest {
            end(&sender, false);
        }
    });

    let opened = request.open("PUT", path);
    let typed = opened.and_then(|()| request.set_request_header("Content-Type", "application/gzip"));
    let upload = typed.and_then(|()| request.upload()).map_err(|_| TransportError::Cancelled)?;
    upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    request.set_onprogress(Some(on_answer.as_ref().unchecked_ref()));
    request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
    let request = AbortOnDrop(request);
    request.0.send_with_opt_blob(Some(archive)).map_err(|_| TransportError::Cancelled)?;

    let has_ended = ended.await.unwrap_or(false);
    watch.cancel();
    if !has_ended {
        return Err(TransportError::TimedOut);
    }
    match request.0.status() {
        Ok(0) | Err(_) => Err(TransportError::Unreachable),
        Ok(status) => {
            let read = |name| Some((name, request.0.get_response_header(name).ok().flatten()?));
            let headers = Response::HEADERS.into_iter().filter_map(read).collect();
            let body = request.0.response_text().ok().flatten().unwrap_or_default();
            Ok(Response { status, headers, body })
        }
    }
}

fn end(sender: &RefCell<Option<oneshot::Sender<bool>>>, by_itself: bool) {
    if let Some(sender) = sender.borrow_mut().take() {
        // The upload was dropped, and nobody waits any more.
        let _ = sender.send(by_itself);
    }
}

/// The path and query to send an archive to, out of the `upload_path` of an answer.
///
/// `host` is the console's own, with its port: a server behind a proxy may not know that it is asked with TLS, so the
/// scheme is not compared. A proxy may also hide the host, the port or a path before the API's from the server. So a
/// path of the console's own server counts whatever is named before it. Everything is sent to the console's own origin.
///
/// # Errors
/// With the origin that the installation named, which the page may not reach.
pub fn same_origin_path(client: &Client, upload_path: &str, host: &str) -> Result<String, String> {
    path_on(upload_path, host, client.base())
}

fn path_on(upload_path: &str, host: &str, api: &str) -> Result<String, String> {
    let after_scheme = ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = upload_path.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some((start, rest))
    });
    let (scheme, rest) = after_scheme.unwrap_or(("", upload_path));
    let end = if scheme.is_empty() { 0 } else { rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()) };
    let (named, path) = rest.split_at(end);
    if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') {
        if let Some(own) = own_path(path, api) {
            return Ok([api, UPLOADS, own].concat());
        }
        if scheme.is_empty() || named.eq_ignore_ascii_case(host) {
            return Ok(path.to_owned());
        }
    }
    // What stands before an `@` may be a password.
    let shown = if scheme.is_empty() { upload_path } else { named.rsplit('@').next().unwrap_or_default() };
    Err([scheme, shown].concat())
}

/// What stands behind `/uploads/` in a path that the console's own server has given out. Installations give out none of
/// these (facts.md 3.4): theirs are left as they are.
fn own_path<'a>(path: &'a str, api: &str) -> Option<&'a str> {
    let below = path.strip_prefix(api).or_else(|| path.strip_prefix(SERVERS_API))?;
    let own = below.strip_prefix(UPLOADS)?;
    let is_direct = own.split('?').next()?.split('/').all(|part| !matches!(part, "" | "." | ".."));
    is_direct.then_some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_goes_to_the_consoles_own_origin_alone() {
        let table = [
            ("http://tfe.example:8080/api/v1/uploads/a?b=c", Ok("/api/v1/uploads/a?b=c")),
            ("https://TFE.example:8080/u", Ok("/u")),
            ("/u/1", Ok("/u/1")),
            ("https://binstore.example/u", Err("https://binstore.example")),
            ("https://tfe.example/u", Err("https://tfe.example")),
            ("https://user:secret@tfe.example:8080/u", Err("https://tfe.example:8080")),
            ("https://tfe.example:8080@evil.example/u", Err("https://evil.example")),
            ("https://tfe.example:8080", Err("https://tfe.example:8080")),
            ("https://tfe.example:8080\\@evil.example/u", Err("https://tfe.example:8080")),
            ("https://tfe.example:8080//evil.example/u", Err("https://tfe.example:8080")),
            ("//evil.example/u", Err("//evil.example/u")),
            ("/\\evil.example/u", Err("/\\evil.example/u")),
            ("javascript:alert(1)", Err("javascript:alert(1)")),
            ("", Err("")),
        ];
        for (upload_path, expected) in table {
            let path = path_on(upload_path, "tfe.example:8080", "/api/v1");
            assert_eq!(path.as_deref().map_err(String::as_str), expected, "{upload_path}");
        }
    }

    #[test]
    fn what_a_proxy_hides_from_the_consoles_own_server_does_not_matter() {
        let table = [
            // Host, port or scheme lost.
            ("http://127.0.0.1:8080/api/v1/uploads/a?b=c", "/api/v1", Ok("/api/v1/uploads/a?b=c")),
            ("https://tfe.example/api/v1/uploads/host:443/a/b", "/api/v1", Ok("/api/v1/uploads/host:443/a/b")),
            ("http://localhost/api/v1/uploads/a", "/console/api/v1", Ok("/console/api/v1/uploads/a")),
            // A path before the API's lost, whatever the host.
            ("http://tfe.example:8080/api/v1/uploads/a", "/console/api/v1", Ok("/console/api/v1/uploads/a")),
            ("/api/v1/uploads/a", "/console/api/v1", Ok("/console/api/v1/uploads/a")),
            ("http://other/console/api/v1/uploads/a", "/console/api/v1", Ok("/console/api/v1/uploads/a")),
            // An installation's own, on the console's origin and elsewhere.
            ("https://tfe.example:8080/_archivist/v1/object/a", "/api/v1", Ok("/_archivist/v1/object/a")),
            ("https://elsewhere/_archivist/v1/object/a", "/api/v1", Err("https://elsewhere")),
            ("https://elsewhere/x/api/v1/uploads/a", "/api/v1", Err("https://elsewhere")),
            ("https://elsewhere/api/v1/uploads", "/api/v1", Err("https://elsewhere")),
            ("https://elsewhere/api/v1/uploads/", "/api/v1", Err("https://elsewhere")),
            ("https://elsewhere/api/v1/uploads/../../v2/x", "/api/v1", Err("https://elsewhere")),
            ("https://elsewhere//api/v1/uploads/a", "/api/v1", Err("https://elsewhere")),
            ("//elsewhere/api/v1/uploads/a", "/api/v1", Err("//elsewhere/api/v1/uploads/a")),
        ];
        for (upload_path, api, expected) in table {
            let path = path_on(upload_path, "tfe.example:8080", api);
            assert_eq!(path.as_deref().map_err(String::as_str), expected, "{upload_path} below {api}");
        }
    }
}
