//! The connections of clients: one loop that accepts them, and limits on how many there are and how long each is waited
//! for. `pulse` decides on the time, `open` on the number; `bodies` is the part of it that needs to know the route.
//!
//! What it must not know: what is answered.

pub(crate) mod bodies;
mod bounds;
mod connection;
mod heard;
mod held;
mod open;
mod pulse;
mod socket;
mod tail;

use std::{io, sync::Arc, time::Duration};

use axum::Router;
use rustls::ServerConfig;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{Instant, sleep},
};
use tracing::warn;

use crate::proxies::TrustedProxies;

pub use self::bounds::{Farewell, Limits};
use self::open::Open;

/// How long to wait after the operating system refused a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a request may be quiet while the server stops, if nobody says otherwise.
pub(crate) const QUIET: Duration = Duration::from_secs(10);

/// How often the same trouble is told.
const TELL: Duration = Duration::from_secs(60);

/// Accepts connections until it is told to stop, and how long a request may be quiet then. Returns whether all requests
/// under way were answered. The connections of a proxy in front are those of many clients: none is counted by its address.
pub(crate) async fn accept(
    listener: TcpListener,
    app: Router,
    limits: Limits,
    proxies: TrustedProxies,
    tls: impl Fn() -> Option<Arc<ServerConfig>>,
    mut stop: watch::Receiver<Option<Duration>>,
) -> bool {
    let open = Open::new(limits);
    let mut trouble = Trouble::default();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match open.admit(peer.ip(), proxies.trusts(peer.ip())).await {
                    Some(place) => {
                        tokio::spawn(connection::serve(stream, peer, tls(), app.clone(), place));
                    }
                    None => {
                        trouble.tell("more connections than the limit, all of them at work: the new ones are closed");
                        if tls().is_none() {
                            refuse(&stream);
                        }
                    }
                },
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    trouble.tell(&format!("no connection can be accepted: {error}"));
                    // Files are what there may be too many of.
                    open.make_room();
                    sleep(PAUSE).await;
                }
            },
            _ = stop.changed() => break,
        }
    }
    drop(listener);
    // Where nobody is left to ask, nobody said how long.
    let quiet = stop.borrow().unwrap_or(QUIET);
    open.stop(quiet).await
}

/// Says so, as far as that goes without waiting.
fn refuse(stream: &TcpStream) {
    const BUSY: &[u8] =
        b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    stream.try_write(BUSY).ok();
}

/// Whether the client is gone already, which is no trouble of the server's.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Tells what is wrong, and not again at once.
#[derive(Default)]
struct Trouble(Option<Instant>);

impl Trouble {
    fn tell(&mut self, what: &str) {
        if self.0.is_none_or(|told| told.elapsed() >= TELL) {
            self.0 = Some(Instant::now());
            warn!("{what}");
        }
    }
}
