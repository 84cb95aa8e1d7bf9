//! What can be given on the command line, and what of it excludes what.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::LazyLock,
};

use clap::{Parser, Subcommand, value_parser};
use tfe_console_server::{EmbeddedOptions, Network, Origin, Seed, UpstreamOptions};

/// The version, and the commit where the build tells it.
pub static VERSION: LazyLock<String> = LazyLock::new(|| match option_env!("TFE_CONSOLE_COMMIT") {
    Some(commit) if !commit.is_empty() => format!("{} ({commit})", env!("CARGO_PKG_VERSION")),
    _ => env!("CARGO_PKG_VERSION").to_owned(),
});

/// What has no option.
const LIMITS: &str = "\
Limits of every connection:
  15 s for the head of a request, 30 s for the body of one that is a document
  75 s between two requests, 60 s for a client that reads nothing of an answer
  32 KiB for the head of a request
  What is refused is read to its end for at most 120 s, so that its sender reads why

Signals:
  SIGTERM, SIGINT  stop; uploads under way are waited for as long as they move, other requests for 10 s
  SIGHUP           read the certificate and its key again; at a terminal, stop";

/// What makes no sense for a server that forwards.
const EMBEDDED: [&str; 9] = [
    "data",
    "seed",
    "admin_token",
    "admin_token_file",
    "user_token",
    "user_token_file",
    "rate_limit",
    "upload_limit",
    "upload_quota",
];

/// Hosts the console and answers the API it speaks, from a database of its own or by forwarding it to an installation.
#[derive(Parser)]
#[command(name = "tfe-console-server", version = VERSION.as_str(), after_help = LIMITS, disable_help_subcommand = true)]
pub(super) struct CommandLine {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = address)]
    pub(super) listen: SocketAddr,
    /// The folder with the built console [default: dist]
    #[arg(long, value_name = "FOLDER")]
    pub(super) assets: Option<PathBuf>,
    /// Keep the data in this file, created if it is missing [default: in memory]
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) data: Option<PathBuf>,
    /// What to fill an empty store with: demo, empty, or a number of made-up versions [default: demo, if it is new]
    #[arg(long, value_name = "SEED")]
    pub(super) seed: Option<Seed>,
    /// The administrator's token [env: TFE_CONSOLE_ADMIN_TOKEN] [default: a well-known one, for this machine only]
    #[arg(long, value_name = "TOKEN")]
    pub(super) admin_token: Option<String>,
    /// The file with the administrator's token, read once
    #[arg(long, value_name = "FILE", conflicts_with = "admin_token")]
    pub(super) admin_token_file: Option<PathBuf>,
    /// A valid token that is not an administrator's [env: TFE_CONSOLE_USER_TOKEN] [default: none if --admin-token is given]
    #[arg(long, value_name = "TOKEN")]
    pub(super) user_token: Option<String>,
    /// The file with the token that is not an administrator's, read once
    #[arg(long, value_name = "FILE", conflicts_with = "user_token")]
    pub(super) user_token_file: Option<PathBuf>,
    /// Requests a second for each user; 0 is no limit
    #[arg(long, value_name = "REQUESTS", default_value_t = 30)]
    pub(super) rate_limit: u32,
    /// The longest configuration archive that is taken
    #[arg(long, value_name = "BYTES", default_value_t = EmbeddedOptions::UPLOAD_LIMIT)]
    pub(super) upload_limit: u64,
    /// How much all archives together may take
    #[arg(long, value_name = "BYTES", default_value_t = EmbeddedOptions::UPLOAD_QUOTA)]
    pub(super) upload_quota: u64,
    /// Forward the API to this installation, in place of the data here: https://tfe.example.com
    #[arg(long, value_name = "URL", conflicts_with_all = EMBEDDED)]
    pub(super) upstream: Option<Origin>,
    /// Where the installation's legacy API is [default: there, too]
    #[arg(long, value_name = "URL", requires = "upstream")]
    pub(super) legacy_upstream: Option<Origin>,
    /// Where the installation may want archives, beside those two; can be given several times
    #[arg(long, value_name = "URL", requires = "upstream")]
    pub(super) upload_host: Vec<Origin>,
    /// Send tokens and archives to http:// addresses beyond this machine, where everyone on the way can read them
    #[arg(long, requires = "upstream")]
    pub(super) insecure_upstream: bool,
    /// How long the installation may be silent, and a client in the middle of an archive; an archive may take hours as long
    /// as something moves
    #[arg(long, value_name = "SECONDS", requires = "upstream", default_value_t = UpstreamOptions::SILENCE.as_secs(),
        value_parser = value_parser!(u64).range(1..))]
    pub(super) upstream_timeout: u64,
    /// How long the installation may take to answer once all of an archive was sent, since stores copy and check it then
    #[arg(long, value_name = "SECONDS", requires = "upstream", default_value_t = UpstreamOptions::UPLOAD_ANSWER.as_secs(),
        value_parser = value_parser!(u64).range(1..))]
    pub(super) upload_answer_timeout: u64,
    /// How many calls are forwarded at once; more are a 503
    #[arg(long, value_name = "CALLS", requires = "upstream", default_value_t = UpstreamOptions::CALLS)]
    pub(super) max_calls: usize,
    /// How many archives are forwarded at once, beside those calls; more are a 503
    #[arg(long, value_name = "UPLOADS", requires = "upstream", default_value_t = UpstreamOptions::UPLOADS)]
    pub(super) max_uploads: usize,
    /// Sign upload paths with the key in this file, 32 characters or more that nobody can guess, so that several servers and
    /// the next start know them [env: TFE_CONSOLE_SEAL_KEY, the key itself] [default: a new key at each start]
    #[arg(long, value_name = "FILE", requires = "upstream")]
    pub(super) seal_key_file: Option<PathBuf>,
    /// Trust the authorities in this PEM file as well
    #[arg(long, value_name = "FILE", requires = "upstream")]
    pub(super) upstream_ca: Option<PathBuf>,
    /// Speak TLS with this certificate and those after it in the file: PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(super) tls_cert: Option<PathBuf>,
    /// The certificate's private key: PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(super) tls_key: Option<PathBuf>,
    /// Believe the X-Forwarded-Host, -Port, -Proto, -Prefix and -For of the proxy with this address, or of those in this
    /// network; can be given several times [default: nobody's]
    #[arg(long, value_name = "ADDRESS[/BITS]")]
    pub(super) trusted_proxy: Vec<Network>,
    /// Write a line of JSON to standard output for each answer
    #[arg(long)]
    pub(super) access_log: bool,
    /// How many connections are kept; three quarters of them for one address that is no trusted proxy [default: half of the
    /// files that may be open, at most 4096]
    #[arg(long, value_name = "NUMBER", value_parser = value_parser!(u32).range(1..))]
    pub(super) max_connections: Option<u32>,
    /// How long an upload path is valid
    #[arg(long, value_name = "SECONDS", default_value_t = EmbeddedOptions::UPLOAD_EXPIRES.as_secs())]
    pub(super) upload_expires: u64,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Copy the data to a new file, also while a server uses it; the archives beside it are copied afterwards
    Backup {
        /// The copy, which must not be there yet
        file: PathBuf,
    },
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix("localhost:").and_then(|port| port.parse().ok());
    let local = port.map(|port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    local
        .or_else(|| text.parse().ok())
        .ok_or_else(|| "expected an address and a port, for example 127.0.0.1:8080 or [::1]:8080".to_owned())
}
