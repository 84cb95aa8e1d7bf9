//! What clients may take of the server: how long each is waited for, and how many there may be. Over sockets, with limits
//! that tests can wait for.

mod many;
mod refusals;
mod stopping;
pub mod support;
mod waiting;
