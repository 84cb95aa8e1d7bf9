//! Hosts the console and answers the API it speaks, on one origin.
//!
//! Modules in reading order: [`Options`] say what to run, `serve` runs it on a port, `app` is the same without a port, for
//! tests. `connections` bounds what clients may take of it, `assets` hosts the built console, `embedded` is an installation's API on a database of its own, `upstream`
//! forwards to a real one in its place, `store` opens the database, `seed` fills it, `security` writes the headers of every
//! answer, `access_log` a line for each.
//!
//! What goes wrong is told through `tracing`; the program decides where that is written.
//!
//! What it must not know: the console's pages and routes. Whatever is not a file and not below `/api` is a page.
#![deny(clippy::print_stdout, clippy::print_stderr, reason = "printing waits for whoever reads, and fails without")]

mod access_log;
mod app;
mod assets;
mod clock;
mod connections;
mod discovery;
mod documents;
mod embedded;
mod members;
mod opening;
mod options;
mod own_origin;
mod proxies;
mod security;
mod seed;
mod serve;
mod start_error;
mod store;
mod tls;
mod tokens;
mod upstream;

pub use access_log::ACCESS_LOG;
pub use app::{AppState, app};
pub use clock::Clock;
pub use connections::{Farewell, Limits};
pub use options::{EmbeddedOptions, Mode, Options};
pub use proxies::{Network, NetworkError, TrustedProxies};
pub use seed::{Seed, UnknownSeed};
pub use serve::{Running, listen, start};
pub use start_error::StartError;
pub use store::{BackupError, Data, OpenError, back_up};
pub use tls::{TlsError, TlsOptions};
pub use tokens::{DEMO_ADMIN_TOKEN, DEMO_USER_TOKEN, TokenError, Tokens};
pub use upstream::{Origin, OriginError, SealKey, UpstreamError, UpstreamOptions};
