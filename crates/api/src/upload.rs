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

use super::{Response, Result as ApiResult, TransportError, answer::Answer, client::settle};

/// An upload without any sign of life for as long has failed.
const LONGEST_SILENCE: f64 = 120_000.0;

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
    let last_sign = Rc::new(Cell::new(js_sys::Date::now()));

    let on_end = Closure::<dyn FnMut()>::new({
        let sender = Rc::clone(&sender);
        move || end(&sender, true)
    });
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new({
        let last_sign = Rc::clone(&last_sign);
        move |event: ProgressEvent| {
            last_sign.set(js_sys::Date::now());
            on_sent(event.loaded() as u64, event.total() as u64);
        }
    });
    let watch = Interval::new(1_000, {
        let last_sign = Rc::clone(&last_sign);
        move || {
            if js_sys::Date::now() - last_sign.get() > LONGEST_SILENCE {
                end(&sender, false);
            }
        }
    });

    let opened = request.open("PUT", path);
    let typed = opened.and_then(|()| request.set_request_header("Content-Type", "application/gzip"));
    let upload = typed.and_then(|()| request.upload()).map_err(|_| TransportError::Cancelled)?;
    upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
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
/// scheme is not compared. Everything is sent to the console's own origin.
///
/// # Errors
/// With the origin that the installation named, which the page may not reach.
pub fn same_origin_path(upload_path: &str, host: &str) -> Result<String, String> {
    let after_scheme = ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = upload_path.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some((start, rest))
    });
    let Some((scheme, rest)) = after_scheme else {
        let is_path = upload_path.starts_with('/') && !upload_path.starts_with("//") && !upload_path.contains('\\');
        return if is_path { Ok(upload_path.to_owned()) } else { Err(upload_path.to_owned()) };
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (named, path) = rest.split_at(end);
    if !named.eq_ignore_ascii_case(host) || !path.starts_with('/') || path.starts_with("//") || path.contains('\\') {
        // What stands before an `@` may be a password.
        let shown = named.rsplit('@').next().unwrap_or_default();
        return Err([scheme, shown].concat());
    }
    Ok(path.to_owned())
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
            let path = same_origin_path(upload_path, "tfe.example:8080");
            assert_eq!(path.as_deref().map_err(String::as_str), expected, "{upload_path}");
        }
    }
}
