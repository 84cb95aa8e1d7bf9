//! A message in the page.

use super::{El, View, el};

/// What kind of message it is, which decides how it is announced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something failed: announced at once.
    Error,
    /// Take care before going on.
    Warning,
}

/// A message with what can be done about it.
pub fn notice(kind: NoticeKind, text: &str, more: View) -> El {
    let notice = el("div").class("notice");
    let notice = match kind {
        NoticeKind::Error => notice.attr("data-kind", "error").attr("role", "alert"),
        NoticeKind::Warning => notice.attr("data-kind", "warning"),
    };
    notice.child(el("p").class("notice-text").child(text)).child(el("div").class("notice-more").child(more))
}
