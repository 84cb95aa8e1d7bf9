//! Widgets that know this application: the session, the API's errors, the routes.

mod confirm;
mod connect_again;
mod copy;
mod error_notice;
mod leave_dialog;
mod load_view;
mod missing_version;
mod nav;
mod page_header;
pub mod panic_notice;
mod shell;
mod shortcuts;
mod toasts;
mod token_check;

pub use confirm::Confirm;
pub use connect_again::ConnectAgain;
pub use copy::Copy;
pub use error_notice::ErrorNotice;
pub use leave_dialog::LeaveDialog;
pub use load_view::LoadView;
pub use missing_version::MissingVersion;
pub use nav::{Identity, Nav};
pub use page_header::PageHeader;
pub use shell::Shell;
pub use shortcuts::Shortcuts;
pub use toasts::{ToastRegion, Toasts};
pub use token_check::{check_token, clean_token};
