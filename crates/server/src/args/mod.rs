//! The command line, and what of it makes no sense.
//!
//! Every mistake is one line. No message repeats a token, whose checks are therefore not clap's.

mod command_line;

use std::{
    env,
    fs::File,
    io::Read,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Parser, error::ErrorKind};
use tfe_console_server::{
    Clock, DEMO_ADMIN_TOKEN, Data, EmbeddedOptions, Limits, Mode, OpenError, Options, Origin, SealKey, TlsOptions,
    Tokens, UpstreamOptions,
};

pub use command_line::VERSION;
use command_line::{Command, CommandLine};

/// The longest file of a token: what is longer is something else.
const LONGEST_TOKEN_FILE: u64 = 64 * 1024;

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
            Some(api) => Ok(Mode::Upstream(self.upstream(api.clone()))),
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
        if tokens.any_is_demo() && !self.listen.ip().to_canonical().is_loopback() {
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

/// The first paragraph of clap's message, without its "error: ".
fn one_line(message: &str) -> String {
    let paragraph = message.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let line = words.join(" ");
    line.strip_prefix("error: ").unwrap_or(&line).to_owned()
}
