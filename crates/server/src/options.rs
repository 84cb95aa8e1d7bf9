//! What a server is started with. Knows nothing of the command line, so that tests build it as they like.

use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
    time::Duration,
};

use crate::{
    clock::Clock, connections::Limits, proxies::TrustedProxies, seed::Seed, store::Data, tls::TlsOptions,
    tokens::Tokens, upstream::UpstreamOptions,
};

/// Everything that differs between two servers.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one, which [`crate::Running::address`] tells.
    pub listen: SocketAddr,
    /// The folder with the built console. It may appear, change or be missing while the server runs.
    pub assets: PathBuf,
    /// The server's own certificate; `None` is plain HTTP.
    pub tls: Option<TlsOptions>,
    /// The proxies in front of this server whose word is taken.
    pub trusted_proxies: TrustedProxies,
    /// Whether each answer is a line of the access log.
    pub access_log: bool,
    /// How long clients are waited for, and how many there may be.
    pub limits: Limits,
    /// What time it is.
    pub clock: Clock,
    /// Who answers the API.
    pub mode: Mode,
}

/// Who answers the API: what makes sense for one cannot be said of the other.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one for each server")]
pub enum Mode {
    /// This process, from a database of its own.
    Embedded(EmbeddedOptions),
    /// An installation elsewhere.
    Upstream(UpstreamOptions),
}

/// How this process answers the API by itself.
#[derive(Clone, Debug)]
pub struct EmbeddedOptions {
    /// Where the versions are kept.
    pub data: Data,
    /// What to fill an empty store with. `None`: the demo data, and only into a store that is created now, so that
    /// a store that someone emptied stays empty.
    pub seed: Option<Seed>,
    /// Who may do what.
    pub tokens: Tokens,
    /// Requests a second for each user; `None` is no limit.
    pub rate_limit: Option<NonZeroU32>,
    /// The longest archive that is taken, in bytes.
    pub upload_limit: u64,
    /// How much all archives together may take, in bytes.
    pub upload_quota: u64,
    /// How long an upload path is valid after its configuration version was created.
    pub upload_expires: Duration,
}

impl EmbeddedOptions {
    /// The longest archive by default: 2 GiB.
    pub const UPLOAD_LIMIT: u64 = 2 * 1024 * 1024 * 1024;
    /// How much all archives may take by default: 20 GiB.
    pub const UPLOAD_QUOTA: u64 = 20 * 1024 * 1024 * 1024;
    /// How long an upload path is valid by default: 25 hours, as those of the newer API are.
    pub const UPLOAD_EXPIRES: Duration = UpstreamOptions::UPLOAD_EXPIRES;
}

impl Default for EmbeddedOptions {
    /// What a test wants: demo data in memory, the demo tokens, no rate limit.
    fn default() -> Self {
        Self {
            data: Data::Memory,
            seed: None,
            tokens: Tokens::demo(),
            rate_limit: None,
            upload_limit: Self::UPLOAD_LIMIT,
            upload_quota: Self::UPLOAD_QUOTA,
            upload_expires: Self::UPLOAD_EXPIRES,
        }
    }
}

impl Default for Options {
    /// What a test wants: a free port of this machine, and [`EmbeddedOptions::default`].
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            assets: PathBuf::from("dist"),
            tls: None,
            trusted_proxies: TrustedProxies::default(),
            access_log: false,
            limits: Limits::default(),
            clock: Clock::system(),
            mode: Mode::Embedded(EmbeddedOptions::default()),
        }
    }
}

impl From<EmbeddedOptions> for Options {
    fn from(embedded: EmbeddedOptions) -> Self {
        Self { mode: Mode::Embedded(embedded), ..Self::default() }
    }
}

impl From<UpstreamOptions> for Options {
    fn from(upstream: UpstreamOptions) -> Self {
        Self { mode: Mode::Upstream(upstream), ..Self::default() }
    }
}
