//! `PUT` of an archive to its upload path, which is a secret and the only right that is asked for.
//!
//! The upload is a task of its own: when its connection breaks, the task sees the body end, cleans up and notes why.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{
        HeaderMap, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_RANGE},
    },
};

use super::{
    receive::{Received, receive},
    table::{self, Upload},
    under_way::Claim,
};
use crate::{
    embedded::{Embedded, legacy_error::LegacyError},
    store::Reached,
    tokens::{digest, hexadecimal},
};

const IS_THERE: LegacyError = LegacyError::Conflict("This path has its archive. Create a new configuration version");
const IS_COMING: LegacyError = LegacyError::Conflict("Another upload to this path is under way");

/// Answers when the archive is on the disk, or as soon as it is refused.
pub(super) async fn put_archive(
    State(state): State<Embedded>,
    token: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<StatusCode, LegacyError> {
    let Path(token) = token.map_err(|_| LegacyError::NotFound)?;
    let (head, body) = request.into_parts();
    let task = tokio::spawn(async move { run(&state, token, &head.headers, body).await });
    task.await.unwrap_or_else(|lost| Err(LegacyError::Internal(format!("an upload was lost: {lost}"))))?;
    Ok(StatusCode::OK)
}

async fn run(state: &Embedded, token: String, headers: &HeaderMap, mut body: Body) -> Result<(), LegacyError> {
    let (claim, upload) = admit(state, token, headers).await?;
    let received = receive(&mut body, &state.uploads, upload.id, &claim.meter).await;
    settle(state, upload.id, received).await
}

/// Whether an upload may begin. The claim comes first, so that nothing changes after what was looked at.
async fn admit(state: &Embedded, token: String, headers: &HeaderMap) -> Result<(Claim, Upload), LegacyError> {
    if headers.contains_key(CONTENT_RANGE) {
        return Err(LegacyError::Malformed("An archive is uploaded whole, not in ranges".to_owned()));
    }
    let total = content_length(headers);
    let digest = hexadecimal(&digest(&token));
    let claim = state.uploads.claim(&digest, total).ok_or(IS_COMING)?;
    let now = state.uploads.clock.seconds();
    let refusal = total.and_then(|total| too_much(state, total));
    let uploads = Arc::clone(&state.uploads);
    let upload = state
        .store
        .run(move |connection| {
            let transaction = connection.transaction()?;
            let upload = table::upload(&transaction, &digest)?.ok_or(LegacyError::NotFound)?;
            let is_there = |(size, _): &(u64, String)| uploads.archives.is_there(upload.id, *size);
            if upload.archive.as_ref().is_some_and(is_there) {
                return Err(IS_THERE);
            }
            if upload.has_expired(now) {
                return Err(LegacyError::Expired);
            }
            let failure = refusal.as_ref().map(LegacyError::sentence);
            table::set_failure(&transaction, upload.id, failure.as_deref())?;
            transaction.commit()?;
            refusal.map_or(Ok(upload), Err)
        })
        .await?;
    Ok((claim, upload))
}

/// Why so many bytes are not even begun with.
fn too_much(state: &Embedded, bytes: u64) -> Option<LegacyError> {
    let limit = state.uploads.limit;
    if bytes > limit {
        return Some(LegacyError::TooLarge("The archive", limit));
    }
    state.uploads.quota.check(bytes).err().map(|Reached(quota)| LegacyError::QuotaReached(quota))
}

/// Notes how it ended.
async fn settle(state: &Embedded, id: i64, received: Result<Received, LegacyError>) -> Result<(), LegacyError> {
    state
        .store
        .run(move |connection| match received {
            Ok(Received { archive, share, size, sha256 }) => {
                table::set_uploaded(connection, id, size, &sha256)?;
                archive.keep();
                share.keep();
                Ok(())
            }
            Err(failure) => {
                table::set_failure(connection, id, Some(&failure.sentence()))?;
                Err(failure)
            }
        })
        .await
}

/// How long the body will be, where the sender says.
fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
