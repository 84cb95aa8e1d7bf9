//! Widgets that could live in a library: they know Leptos and the browser, and nothing of this application.

mod badge;
mod button;
mod copy_button;
mod dialog;
mod dynamic;
mod field;
mod field_errors;
mod focus;
mod icon;
mod keyed;
mod meta;
mod notice;
mod pagination;
mod popover;
mod table;
mod time;

pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind, SubmitButton};
pub use copy_button::CopyButton;
pub use dialog::Dialog;
pub use dynamic::{dynamic, true_if};
pub use field::{Checkbox, TextField, TextInput};
pub use field_errors::FieldErrors;
pub use focus::{focus_at_once, focus_by_id, focus_heading, focus_heading_if_lost};
pub use icon::{Icon, IconView};
pub use keyed::{Key, keyed};
pub use meta::meta;
pub use notice::{Notice, NoticeKind};
pub use pagination::Pagination;
pub use popover::hide_popover;
pub use table::Table;
pub use time::{Time, TimeFormat};
