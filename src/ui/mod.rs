//! Widgets that could live in a library: they know Leptos' signals and the DOM, and nothing of this application.

mod badge;
mod button;
mod copy_button;
mod dialog;
mod dom;
mod field;
mod focus;
mod notice;
mod pagination;
mod table;
mod time;

pub use badge::{Tone, badge};
pub use button::{ButtonKind, button, link_button, submit_button};
pub use copy_button::copy_button;
pub use dialog::{dialog, dialog_actions};
pub use dom::{El, Follow, View, dynamic, el, meta};
pub use field::{Checkbox, TextField, TextInput};
pub use focus::{focus_by_id, focus_heading};
pub use notice::{NoticeKind, notice};
pub use pagination::Pagination;
pub use table::{row, table};
pub use time::time;
