//! Widgets that know this application: the session, the API's errors, the addresses.

mod about;
mod confirm;
mod connect_again;
mod copy;
mod error_notice;
mod leave_dialog;
mod legacy_client;
mod load_view;
mod missing_version;
mod nav;
mod page_header;
pub mod panic_notice;
mod shell;
mod shortcuts;
mod toasts;
mod token_check;

pub use about::{build_line, installation_line, installation_name};
pub use confirm::Confirm;
pub use copy::{copy, copy_of};
pub use error_notice::error_notice;
pub use legacy_client::LegacyClient;
pub use load_view::LoadView;
pub use missing_version::missing_version;
pub use nav::identity;
pub use page_header::page_header;
pub use shell::shell;
pub use toasts::{Toasts, toast_region};
pub use token_check::{check_token, clean_token};
