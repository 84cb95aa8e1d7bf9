//! The command line, and what of it makes no sense.
//!
//! Every mistake is one line. No message repeats a token, whose checks are therefore not clap's.

use std::{
    env,
    fs::File,
    io::Read,
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::LazyLock,
    time::Duration,
};

use clap::{Parser, Subcommand, error::ErrorKind, value_parser};
use tfe_console_server::{
    Clock, DEMO_ADMIN_TOKEN, Data, EmbeddedOptions, Limits, Mode, Network, OpenError, Options, Origin, SealKey, Seed,
    TlsOptions, Tokens, UpstreamOptions,
};

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
  64 KiB for the head of a request
  What is refused is read to its end for at most 120 s, so that its sender reads why

Signals:
  SIGTERM, SIGINT  stop; uploads under way are waited for as long as they move, other requests for 10 s
  SIGHUP           read the certificate and its key again";

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

/// The longest file of a token: what is longer is something else.
const LONGEST_TOKEN_FILE: u64 = 64 * 1024;

/// Hosts the console and answers the API it speaks, from a database of its own or by forwarding it to an installation.
#[derive(Parser)]
#[command(name = "tfe-console-server", version = VERSION.as_str(), after_help = LIMITS, disable_help_subcommand = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = address)]
    listen: SocketAddr,
    /// The folder with the built console [default: dist]
    #[arg(long, value_name = "FOLDER")]
    assets: Option<PathBuf>,
    /// Keep the data in this file, created if it is missing [default: in memory]
    #[arg(long, value_name = "FILE", global = true)]
    data: Option<PathBuf>,
    /// What to fill an empty store with: demo, empty, or a number of made-up versions [default: demo, if it is new]
    #[arg(long, value_name = "SEED")]
    seed: Option<Seed>,
    /// The administrator's token [env: TFE_CONSOLE_ADMIN_TOKEN] [default: a well-known one, for this machine only]
    #[arg(long, value_name = "TOKEN")]
    admin_token: Option<String>,
    /// The file with the administrator's token, read once
    #[arg(long, value_name = "FILE", conflicts_with = "admin_token")]
    admin_token_file: Option<PathBuf>,
    /// A valid token that is not an administrator's [env: TFE_CONSOLE_USER_TOKEN] [default: none if --admin-token is given]
    #[arg(long, value_name = "TOKEN")]
    user_token: Option<String>,
    /// The file with the token that is not an administrator's, read once
    #[arg(long, value_name = "FILE", conflicts_with = "user_token")]
    user_token_file: Option<PathBuf>,
    /// Requests a second for each user; 0 is no limit
    #[arg(long, value_name = "REQUESTS", default_value_t = 30)]
    rate_limit: u32,
    /// The longest configuration archive that is taken
    #[arg(long, value_name = "BYTES", default_value_t = EmbeddedOptions::UPLOAD_LIMIT)]
    upload_limit: u64,
    /// How much all archives together may take
    #[arg(long, value_name = "BYTES", default_value_t = EmbeddedOptions::UPLOAD_QUOTA)]
    upload_quota: u64,
    /// Forward the API to this installation, in place of the data here: https://tfe.example.com
    #[arg(long, value_name = "URL", conflicts_with_all = EMBEDDED)]
    upstream: Option<Origin>,
    /// Where the installation's legacy API is [default: there, too]
    #[arg(long, value_name = "URL", requires = "upstream")]
    legacy_upstream: Option<Origin>,
    /// Where the installation may want archives, beside those two; can be given several times
    #[arg(long, value_name = "URL", requires = "upstream")]
    upload_host: Vec<Origin>,
    /// Send tokens and archives to http:// addresses beyond this machine, where everyone on the way can read them
    #[arg(long, requires = "upstream")]
    insecure_upstream: bool,
    /// How long the installation may be silent, and a client in the middle of an archive; an archive may take hours as long
    /// as something moves
    #[arg(long, value_name = "SECONDS", requires = "upstream", default_value_t = UpstreamOptions::SILENCE.as_secs(),
        value_parser = value_parser!(u64).range(1..))]
    upstream_timeout: u64,
    /// How long the installation may take to answer once all of an archive was sent, since stores copy and check it then
    #[arg(long, value_name = "SECONDS", requires = "upstream", default_value_t = UpstreamOptions::UPLOAD_ANSWER.as_secs(),
        value_parser = value_parser!(u64).range(1..))]
    upload_answer_timeout: u64,
    /// How many calls are forwarded at once; more are a 503
    #[arg(long, value_name = "CALLS", requires = "upstream", default_value_t = UpstreamOptions::CALLS)]
    max_calls: usize,
    /// How many archives are forwarded at once, beside those calls; more are a 503
    #[arg(long, value_name = "UPLOADS", requires = "upstream", default_value_t = UpstreamOptions::UPLOADS)]
    max_uploads: usize,
    /// Sign upload paths with the key in this file, 32 characters or more that nobody can guess, so that several servers and
    /// the next start know them [env: TFE_CONSOLE_SEAL_KEY, the key itself] [default: a new key at each start]
    #[arg(long, value_name = "FILE", requires = "upstream")]
    seal_key_file: Option<PathBuf>,
    /// Trust the authorities in this PEM file as well
    #[arg(long, value_name = "FILE", requires = "upstream")]
    upstream_ca: Option<PathBuf>,
    /// Speak TLS with this certificate and those after it in the file: PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key: PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Believe the X-Forwarded-Host, -Port and -For of the proxy with this address, or of those in this network; can be
    /// given several times [default: nobody's]
    #[arg(long, value_name = "ADDRESS[/BITS]")]
    trusted_proxy: Vec<Network>,
    /// Write a line of JSON to standard output for each answer
    #[arg(long)]
    access_log: bool,
    /// How many connections are kept; three quarters of them for one address [default: by the limit of open files]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    max_connections: Option<u32>,
    /// How long an upload path is valid
    #[arg(long, value_name = "SECONDS", default_value_t = EmbeddedOptions::UPLOAD_EXPIRES.as_secs())]
    upload_expires: u64,
}

#[derive(Subcommand)]
enum Command {
    /// Copy the data to a new file, also while a server uses it; the archives beside it are copied afterwards
    Backup {
        /// The copy, which must not be there yet
        file: PathBuf,
    },
}

/// What the program is to do.
pub enum Task {
    /// Be a server.
    Serve(Box<Args>),
    /// Copy a data file.
    BackUp {
        /// What is copied.
        data: PathBuf,
        /// The new file.
        copy: PathBuf,
    },
}

/// How to be a server.
pub struct Args {
    /// What to run.
    pub options: Options,
    /// Whether the folder of the console was named, so that it must be there.
    pub assets_must_exist: bool,
}

/// Why there is nothing to run.
pub enum Asked {
    /// For help or the version: this text.
    Text(String),
    /// Something that makes no sense: this line says what.
    Wrongly(String),
}

impl Task {
    /// Reads the arguments of the process and its environment.
    ///
    /// `open_files` is how many files it may have open.
    pub fn read(open_files: u64) -> Result<Self, Asked> {
        let line = CommandLine::try_parse().map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Asked::Text(error.to_string()),
            _ => Asked::Wrongly(one_line(&error.to_string())),
        })?;
        if let Some(Command::Backup { file }) = line.command {
            let data = line.data.ok_or_else(|| Asked::Wrongly("backup needs --data, the file to copy".to_owned()))?;
            return Ok(Self::BackUp { data, copy: file });
        }
        Ok(Self::Serve(Box::new(Args {
            assets_must_exist: line.assets.is_some(),
            options: Options {
                listen: line.listen,
                mode: line.mode().map_err(Asked::Wrongly)?,
                limits: line.limits(open_files),
                assets: line.assets.unwrap_or_else(|| PathBuf::from("dist")),
                tls: line.tls_cert.zip(line.tls_key).map(|(certificate, key)| TlsOptions { certificate, key }),
                trusted_proxies: line.trusted_proxy.iter().copied().collect(),
                access_log: line.access_log,
                clock: Clock::system(),
            },
        })))
    }
}

impl CommandLine {
    fn limits(&self, open_files: u64) -> Limits {
        let limits = Limits::for_open_files(open_files);
        match self.max_connections.and_then(|connections| usize::try_from(connections).ok()) {
            Some(connections) => limits.with_connections(connections),
            None => limits,
        }
    }

    fn mode(&self) -> Result<Mode, String> {
        match &self.upstream {
            Some(api) => Ok(Mode::Upstream(Box::new(self.upstream(api.clone())))),
            None => Ok(Mode::Embedded(self.embedded()?)),
        }
    }

    fn upstream(&self, api: Origin) -> UpstreamOptions {
        UpstreamOptions {
            legacy: self.legacy_upstream.clone(),
            upload_hosts: self.upload_host.clone(),
            insecure: self.insecure_upstream,
            authorities: self.upstream_ca.clone(),
            silence: Duration::from_secs(self.upstream_timeout),
            upload_answer: Duration::from_secs(self.upload_answer_timeout),
            seal_key: self.seal_key(),
            upload_expires: Duration::from_secs(self.upload_expires),
            calls: self.max_calls,
            uploads: self.max_uploads,
            ..UpstreamOptions::new(api)
        }
    }

    fn seal_key(&self) -> SealKey {
        match (&self.seal_key_file, variable("TFE_CONSOLE_SEAL_KEY")) {
            (Some(file), _) => SealKey::File(file.clone()),
            (None, Some(key)) => SealKey::Given(key),
            (None, None) => SealKey::Fresh,
        }
    }

    fn embedded(&self) -> Result<EmbeddedOptions, String> {
        Ok(EmbeddedOptions {
            data: self.data.clone().map_or(Data::Memory, Data::File),
            seed: self.seed,
            tokens: self.tokens()?,
            rate_limit: NonZeroU32::new(self.rate_limit),
            upload_limit: self.upload_limit,
            upload_quota: self.upload_quota,
            upload_expires: Duration::from_secs(self.upload_expires),
        })
    }

    fn tokens(&self) -> Result<Tokens, String> {
        let admin = token(self.admin_token.as_ref(), self.admin_token_file.as_deref(), "TFE_CONSOLE_ADMIN_TOKEN")?;
        let user = token(self.user_token.as_ref(), self.user_token_file.as_deref(), "TFE_CONSOLE_USER_TOKEN")?;
        let tokens = match (admin, user) {
            (None, None) => Tokens::demo(),
            (admin, user) => Tokens::new(admin.as_deref().unwrap_or(DEMO_ADMIN_TOKEN), user.as_deref())
                .map_err(|error| error.to_string())?,
        };
        if tokens.any_is_demo() && self.data.is_some() {
            return Err(OpenError::DemoTokens.to_string());
        }
        if tokens.any_is_demo() && !self.listen.ip().is_loopback() {
            return Err(format!(
                "everyone knows the demo tokens: to listen on {}, beyond this machine, give \
                 --admin-token-file (or --admin-token, or TFE_CONSOLE_ADMIN_TOKEN), and a user's token only if it is another",
                self.listen
            ));
        }
        Ok(tokens)
    }
}

/// A token as it was given, in a file, or in the environment.
fn token(given: Option<&String>, file: Option<&Path>, name: &str) -> Result<Option<String>, String> {
    match (given, file) {
        (Some(token), _) => Ok(Some(token.clone())),
        (None, Some(file)) => token_in(file).map(Some),
        (None, None) => Ok(variable(name)),
    }
}

/// The file's content without the ends of lines after it, which editors and `echo` write.
fn token_in(file: &Path) -> Result<String, String> {
    let mut token = String::new();
    let read = File::open(file).and_then(|opened| opened.take(LONGEST_TOKEN_FILE + 1).read_to_string(&mut token));
    match read {
        Err(error) => Err(format!("cannot read the token in {}: {error}", file.display())),
        Ok(length) if length as u64 > LONGEST_TOKEN_FILE => Err(format!("{} is too long for a token", file.display())),
        Ok(_) => Ok(token.trim_end_matches(['\n', '\r']).to_owned()),
    }
}

/// A variable of the environment. One that is not even text is not missing, but no token either.
fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix("localhost:").and_then(|port| port.parse().ok());
    let local = port.map(|port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    local
        .or_else(|| text.parse().ok())
        .ok_or_else(|| "expected an address and a port, for example 127.0.0.1:8080 or [::1]:8080".to_owned())
}

/// The first paragraph of clap's message, without its "error: ".
fn one_line(message: &str) -> String {
    let paragraph = message.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let line = words.join(" ");
    line.strip_prefix("error: ").unwrap_or(&line).to_owned()
}
