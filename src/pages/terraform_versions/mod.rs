//! `/terraform-versions`: the versions of Terraform that the installation knows.

mod archs;
mod attribute;
mod changes;
mod conflict;
mod delete;
pub mod draft;
mod edit;
mod form;
mod list;
mod new;
mod pager;
mod search;
mod show;

pub use edit::edit_page;
pub use list::list_page;
pub use new::new_page;
pub use show::show_page;
