//! Everything that an installation knows, whatever its way of paging.

mod installation;

mod failing;
mod limits;
mod paging;
