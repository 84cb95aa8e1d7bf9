//! Configuration versions (legacy Configuration Versions API, facts.md section 3).
//!
//! The response of the progress endpoint is documented nowhere. It is read as any JSON (`domain::uploads`): a bar is
//! drawn where a fraction, a percentage or bytes of a total can be recognised, and anything else is shown unread. It is
//! asked every 3 s for at most 600 s, which are the numbers of the one client that ever followed an upload there.

use std::time::Duration;

use domain::{
    text,
    uploads::progress::{ProgressReader, Reading, Stage},
    url::encode,
};
use wire::{
    ConfigurationVersion, CreateConfigurationVersion, CreatedConfigurationVersion, LatestConfigurationVersion,
    NewConfigurationVersion,
};

use super::{ApiError, Client, Method, Result};

const PATH: &str = "/terraform/configurations/";

/// How often the progress is asked for.
const INTERVAL: Duration = Duration::from_secs(3);

/// The longest pause between two requests, for an installation that limits them.
const LONGEST_INTERVAL: Duration = Duration::from_secs(60);

/// How long an upload is followed.
const LONGEST: Duration = Duration::from_secs(600);

/// How much of a response is shown, in characters.
const LONGEST_SHOWN: usize = 4_000;

/// A response of the progress endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressResponse {
    /// The part that was recognised.
    pub reading: Reading,
    /// The body, at most 4,000 characters, without the token.
    pub body: String,
}

/// One step of following an upload.
#[derive(Clone, Debug, PartialEq)]
pub enum ProgressUpdate {
    /// A response.
    Response(ProgressResponse),
    /// The request failed; it is sent again.
    Failed(ApiError),
}

/// The end of following an upload.
#[derive(Clone, Debug, PartialEq)]
pub enum ProgressEnd {
    /// The archive is there.
    Uploaded,
    /// The installation reports a failure, and perhaps its reason.
    Failed(Option<String>),
    /// The installation does not know the token (404).
    UnknownToken,
    /// Ten minutes have passed without an end.
    TimedOut,
    /// The installation refuses to report.
    Refused(ApiError),
}

/// The latest version. 404 before the first, and when the token may not see the configuration.
///
/// # Errors
/// As for every call.
pub async fn latest(client: &Client, username: &str, name: &str) -> Result<ConfigurationVersion> {
    let latest: LatestConfigurationVersion = client.read(&path_of(username, name, "latest")?).await?.read()?;
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
    client.write(Method::Post, path.trim_end_matches('/'), &body).await?.read()
}

/// Asks once how far the upload is.
///
/// # Errors
/// As for every call; a body that is no JSON is not an error.
pub async fn progress(
    client: &Client,
    username: &str,
    name: &str,
    token: &str,
    reader: &mut ProgressReader,
) -> Result<ProgressResponse> {
    if matches!(token, "" | "." | "..") {
        return Err(ApiError::NotFound);
    }
    let path = path_of(username, name, "progress")? + "/" + &encode(token);
    let answer = client.read(&path).await?;
    let body = answer.shown();
    let reading = reader.read(&serde_json::from_str(&body).unwrap_or_default(), token);
    Ok(ProgressResponse { reading, body: text::cut(&body, LONGEST_SHOWN).to_owned() })
}

/// Asks once whether all of the archive has arrived, although its answer was lost. An answer that does not say so, or a
/// refusal to tell, means that it has not, as far as can be told.
///
/// # Errors
/// When nobody answers: then it may have, and must not be sent again.
pub async fn has_arrived(client: &Client, username: &str, name: &str, token: &str) -> Result<bool> {
    match progress(client, username, name, token, &mut ProgressReader::default()).await {
        Ok(ProgressResponse { reading, .. }) => {
            let is_full = reading.bar.is_some_and(|bar| bar.done >= 1.0);
            Ok(reading.stage == Stage::Uploaded || (reading.stage == Stage::Underway && is_full))
        }
        Err(error @ (ApiError::Unreachable | ApiError::TimedOut | ApiError::Cancelled | ApiError::Unauthorized)) => {
            Err(error)
        }
        Err(_) => Ok(false),
    }
}

/// Asks until the upload has ended. `on_update` is called for each request.
pub async fn follow(
    client: &Client,
    username: &str,
    name: &str,
    token: &str,
    mut on_update: impl FnMut(ProgressUpdate),
) -> ProgressEnd {
    let began = client.now();
    let mut reader = ProgressReader::default();
    let mut interval = INTERVAL;
    loop {
        let mut pause = interval;
        match progress(client, username, name, token, &mut reader).await {
            Ok(response) => {
                let stage = response.reading.stage.clone();
                on_update(ProgressUpdate::Response(response));
                match stage {
                    Stage::Underway => {}
                    Stage::Uploaded => return ProgressEnd::Uploaded,
                    Stage::Failed(reason) => return ProgressEnd::Failed(reason),
                }
            }
            Err(ApiError::NotFound) => return ProgressEnd::UnknownToken,
            Err(ApiError::RateLimited { wait }) => {
                interval = (interval * 2).min(LONGEST_INTERVAL);
                pause = wait.unwrap_or(interval).max(interval).min(LONGEST_INTERVAL);
                on_update(ProgressUpdate::Failed(ApiError::RateLimited { wait: Some(pause) }));
            }
            Err(error) if error.is_retryable() && error != ApiError::Unauthorized => {
                on_update(ProgressUpdate::Failed(error));
            }
            Err(error) => return ProgressEnd::Refused(error),
        }
        if client.now().saturating_sub(began) + pause > LONGEST {
            return ProgressEnd::TimedOut;
        }
        client.wait(pause).await;
    }
}

/// The path of `part` of a configuration's versions. A name that a browser would resolve to another path names nothing.
fn path_of(username: &str, name: &str, part: &str) -> Result<String> {
    if [username, name].iter().any(|it| matches!(*it, "" | "." | "..")) {
        return Err(ApiError::NotFound);
    }
    Ok([PATH, &encode(username), "/", &encode(name), "/versions/", part].concat())
}
