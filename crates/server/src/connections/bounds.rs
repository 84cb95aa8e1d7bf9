//! How long a client is waited for, and how much is kept for all of them.

use std::time::Duration;

/// The limits of every connection, plain and TLS alike. What a forwarded request waits for is
/// [`crate::UpstreamOptions`]' part.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For the head of a request from its first byte on; for a new connection from the start, with its TLS handshake.
    pub head: Duration,
    /// For the whole body of a request, if it is a document.
    pub document: Duration,
    /// Between an answer and the next request.
    pub idle: Duration,
    /// For a client that reads nothing of an answer.
    pub write: Duration,
    /// For the rest of a body that was refused: at most so long, without a longer silence than that, and so many bytes.
    pub farewell: Farewell,
    /// How many connections are kept.
    pub connections: usize,
    /// How many of them may be of one address, or of one IPv6 network (/64).
    pub connections_of_an_address: usize,
}

/// How much of a refused body is read and thrown away, so that a client that sends everything first can read why.
#[derive(Clone, Copy, Debug)]
pub struct Farewell {
    /// In all.
    pub time: Duration,
    /// Without a byte.
    pub silence: Duration,
    /// In bytes.
    pub bytes: u64,
}

impl Limits {
    /// As many connections as there may be with files beyond them.
    const MOST: usize = 4096;

    /// Limits for a process that may have so many files open. Half of them are for what a connection needs beside
    /// itself: an archive, or a connection to the installation.
    pub fn for_open_files(files: u64) -> Self {
        const OTHERS: u64 = 64;
        let half = usize::try_from(files.saturating_sub(OTHERS) / 2).unwrap_or(usize::MAX);
        Self::default().with_connections(half.clamp(16, Self::MOST))
    }

    /// So many connections, and three quarters of them for one address.
    #[must_use]
    pub fn with_connections(self, connections: usize) -> Self {
        let of_an_address = (connections - connections / 4).max(1);
        Self { connections, connections_of_an_address: of_an_address, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            document: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            write: Duration::from_secs(60),
            farewell: Farewell {
                time: Duration::from_secs(120),
                silence: Duration::from_secs(10),
                bytes: 4 * 1024 * 1024 * 1024,
            },
            connections: 480,
            connections_of_an_address: 360,
        }
    }
}
