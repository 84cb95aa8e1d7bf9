//! The legacy Configuration Versions API, as its clients use it.

mod access;
mod archives;
mod create;
mod cut_off;
mod expiry;
mod latest;
mod progress;
mod put_back;
mod quota;
pub mod support;
mod upload;
