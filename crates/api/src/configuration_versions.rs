//! Configuration versions (legacy Configuration Versions API, facts.md section 3).
//!
//! The answer of the progress endpoint is documented nowhere. It is read as any JSON (`domain::uploads`): a bar is drawn
//! where a fraction, a percentage or bytes of a total can be recognised, and anything else is shown as it came. It is
//! asked every 3 s for at most 600 s, which are the numbers of the one client that ever followed an upload there.

use std::time::Duration;

use wire::{
    AnyJson, ConfigurationVersion, CreateConfigurationVersion, CreatedConfigurationVersion, FromJson,
    LatestConfigurationVersion, NewConfigurationVersion,
};

use super::{ApiError, Client, Method, Result, answer::Answer};
use domain::{
    text,
    uploads::progress::{ProgressReader, Reading, Stage},
    url::encode,
};

const PATH: &str = "/terraform/configurations/";

/// How often the progress is asked for.
const INTERVAL: Duration = Duration::from_secs(3);

/// The longest pause between two questions, for an installation that asks for slowness.
const LONGEST_INTERVAL: Duration = Duration::from_secs(60);

/// How long an upload is followed.
const PATIENCE: Duration = Duration::from_secs(600);

/// How much of an answer is shown as it came.
const LONGEST_SHOWN: usize = 4_000;

/// What the progress endpoint said.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// What was recognised in it.
    pub reading: Reading,
    /// The body as it came, cut to a sane length.
    pub body: String,
}

/// What is told while an upload is followed.
#[derive(Clone, Debug, PartialEq)]
pub enum Followed {
    /// An answer.
    Said(Said),
    /// No answer this time; it is asked again.
    Failed(ApiError),
}

/// How following an upload ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// The archive is there.
    Uploaded,
    /// The installation says that it failed, and perhaps why.
    Failed(Option<String>),
    /// The installation does not know the token (404).
    UnknownToken,
    /// Ten minutes have passed without an end.
    OutOfPatience,
    /// The installation refused to tell.
    Refused(ApiError),
}

/// The latest version. 404 before the first, and when the token may not see the configuration.
///
/// # Errors
/// As for every call.
pub async fn latest(client: &Client, username: &str, name: &str) -> Result<ConfigurationVersion> {
    let answer = client.read(&path_of(username, name, "latest")?).await?;
    let latest: LatestConfigurationVersion = answer.expect(FromJson::from_json(&answer.json()?))?;
    Ok(latest.version)
}

/// Creates a version, which waits for its archive then.
///
/// # Errors
/// As for every call. It is never sent twice, since each time would make another version.
pub async fn create(
    client: &Client,
    username: &str,
    name: &str,
    version: &CreateConfigurationVersion,
) -> Result<CreatedConfigurationVersion> {
    let path = path_of(username, name, "")?;
    let body = NewConfigurationVersion { version: version.clone() };
    let answer = client.write(Method::Post, path.trim_end_matches('/'), &body).await?;
    answer.expect(FromJson::from_json(&answer.json()?))
}

/// Asks once how far the upload is.
///
/// # Errors
/// As for every call; an answer that is no JSON is not an error.
pub async fn progress(
    client: &Client,
    username: &str,
    name: &str,
    token: &str,
    reader: &mut ProgressReader,
) -> Result<Said> {
    if matches!(token, "" | "." | "..") {
        return Err(ApiError::NotFound);
    }
    let path = path_of(username, name, "progress")? + "/" + &encode(token);
    Ok(said(&client.read(&path).await?, token, reader))
}

fn said(answer: &Answer, token: &str, reader: &mut ProgressReader) -> Said {
    let json = answer.json().unwrap_or_else(|_| AnyJson::List(Vec::new()));
    Said { reading: reader.read(&json, token), body: text::cut(&answer.shown(), LONGEST_SHOWN).to_owned() }
}

/// Asks until the upload has ended, and tells each answer.
pub async fn follow(
    client: &Client,
    username: &str,
    name: &str,
    token: &str,
    mut on_answer: impl FnMut(Followed),
) -> End {
    let began = client.now();
    let mut reader = ProgressReader::default();
    let mut interval = INTERVAL;
    loop {
        let mut pause = interval;
        match progress(client, username, name, token, &mut reader).await {
            Ok(said) => {
                let stage = said.reading.stage.clone();
                on_answer(Followed::Said(said));
                match stage {
                    Stage::Underway => {}
                    Stage::Uploaded => return End::Uploaded,
                    Stage::Failed(reason) => return End::Failed(reason),
                }
            }
            Err(ApiError::NotFound) => return End::UnknownToken,
            Err(ApiError::RateLimited { wait }) => {
                interval = (interval * 2).min(LONGEST_INTERVAL);
                pause = wait.unwrap_or(interval).max(interval).min(LONGEST_INTERVAL);
                on_answer(Followed::Failed(ApiError::RateLimited { wait: Some(pause) }));
            }
            Err(error) if error.is_retryable() && error != ApiError::Unauthorized => on_answer(Followed::Failed(error)),
            Err(error) => return End::Refused(error),
        }
        if client.now().saturating_sub(began) + pause > PATIENCE {
            return End::OutOfPatience;
        }
        client.wait(pause).await;
    }
}

/// The path of what belongs to the versions of a configuration. A name that a browser would resolve to another path
/// names nothing.
fn path_of(username: &str, name: &str, what: &str) -> Result<String> {
    if [username, name].iter().any(|it| matches!(*it, "" | "." | "..")) {
        return Err(ApiError::NotFound);
    }
    Ok([PATH, &encode(username), "/", &encode(name), "/versions/", what].concat())
}
