//! Widgets that could live in a library: they know Leptos and the DOM, and nothing of this application.

mod badge;
mod button;
mod copy_button;
mod dialog;
mod field;
mod focus;
mod notice;
mod pagination;
mod time;

pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind};
pub use copy_button::CopyButton;
pub use dialog::Dialog;
pub use field::{Checkbox, TextField, TextInput};
pub use focus::{focus_by_id, focus_heading};
pub use notice::{Notice, NoticeKind};
pub use pagination::Pagination;
pub use time::Time;
