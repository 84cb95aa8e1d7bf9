//! `/terraform-versions`: the versions of Terraform that the installation knows.

mod archs;
mod changes;
mod conflict;
mod delete;
pub mod draft;
mod edit;
mod form;
mod list;
mod new;
mod show;
mod status;

pub use edit::EditPage;
pub use list::ListPage;
pub use new::NewPage;
pub use show::ShowPage;
