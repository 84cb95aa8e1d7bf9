//! The legacy Configuration Versions API: create, upload, progress, latest.
//!
//! `names` and `input` read a request, `table` keeps, `under_way` knows which uploads are, `put_archive` decides about one,
//! `gzip` looks at it and `receive` brings it to the disk, `expiry` removes what was never uploaded. Only the administrator's token may do anything here
//! (docs/decisions/0008-legacy-uploads.md).

pub(super) mod expiry;
mod gzip;
mod input;
mod names;
mod put_archive;
mod receive;
pub(crate) mod table;
mod under_way;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State, rejection::PathRejection},
    http::{HeaderMap, Uri},
    routing::{any, get, post, put},
};
use wire::{CreatedConfigurationVersion, LatestConfigurationVersion, UploadProgress, UploadStatus};

pub(crate) use self::under_way::Uploads;
use self::{input::CreateBody, names::Configuration, table::Upload};
use super::{
    Embedded,
    auth::LegacyAdministrator,
    id,
    legacy_error::{LegacyError, Problems},
};
use crate::{
    documents::LONGEST_CREATE,
    own_origin::own_origin,
    tokens::{digest, hexadecimal},
};

/// Where archives are put: in the path, because clients take the query off (facts.md 3.4).
pub(crate) const UPLOADS: &str = "/api/v1/uploads";

const MISSING: &str = "The archive was uploaded and is missing on the server";

/// Everything below `/api/v1`.
pub(super) fn router() -> Router<Embedded> {
    let versions = "/terraform/configurations/{username}/{name}/versions";
    Router::new()
        .route(versions, post(create).layer(DefaultBodyLimit::max(LONGEST_CREATE)))
        .route(&format!("{versions}/latest"), get(latest))
        .route(&format!("{versions}/progress/{{token}}"), get(progress))
        .route("/uploads/{token}", put(put_archive::put_archive))
        .route("/{*elsewhere}", any(async || LegacyError::NotFound))
        .method_not_allowed_fallback(async || LegacyError::MethodNotAllowed)
}

async fn create(
    _: LegacyAdministrator,
    State(state): State<Embedded>,
    configuration: Configuration,
    headers: HeaderMap,
    uri: Uri,
    body: CreateBody,
) -> Result<Json<CreatedConfigurationVersion>, LegacyError> {
    let mut problems = Problems::default();
    configuration.check(&mut problems);
    let attributes = body.attributes(&mut problems);
    if !problems.is_empty() {
        return Err(LegacyError::Invalid(problems));
    }
    let origin = own_origin(&headers, &uri)
        .ok_or_else(|| LegacyError::Malformed("The request has no Host, which the upload path needs".to_owned()))?;
    let token = id::uuid()?;
    let upload_path = format!("{origin}{UPLOADS}/{token}");
    let digest = hexadecimal(&digest(&token));
    let expires_at = state.uploads.clock.seconds().saturating_add(state.uploads.expires.as_secs());
    let id = state.uploads.new_id();
    state
        .store
        .run(move |connection| {
            let transaction = connection.transaction()?;
            let version = table::insert(&transaction, id, &configuration, &attributes, &digest, expires_at)?;
            transaction.commit()?;
            Ok(Json(CreatedConfigurationVersion { version, upload_path, token }))
        })
        .await
}

/// The version created last, also before its archive has arrived (facts.md 3.4).
async fn latest(
    _: LegacyAdministrator,
    State(state): State<Embedded>,
    configuration: Configuration,
) -> Result<Json<LatestConfigurationVersion>, LegacyError> {
    let latest = state.store.run(move |connection| Ok::<_, LegacyError>(table::latest(connection, &configuration)?));
    let version = latest.await?.ok_or(LegacyError::NotFound)?;
    Ok(Json(LatestConfigurationVersion { version }))
}

async fn progress(
    _: LegacyAdministrator,
    State(state): State<Embedded>,
    segments: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Json<UploadProgress>, LegacyError> {
    let Path((username, name, token)) = segments.map_err(|_| LegacyError::NotFound)?;
    let digest = hexadecimal(&digest(&token));
    // Looked at before the database, so that an upload that ends in between is seen as ended, not as never begun.
    let under_way = state.uploads.status(&digest);
    let uploads = Arc::clone(&state.uploads);
    let found = state.store.run(move |connection| {
        let upload = table::upload(connection, &digest)?;
        let is_there = |upload: &Upload| {
            upload.archive.as_ref().is_some_and(|(size, _)| uploads.archives.is_there(upload.id, *size))
        };
        Ok::<_, LegacyError>(upload.map(|upload| (is_there(&upload), upload)))
    });
    let found = found.await?.filter(|(_, upload)| upload.username == username && upload.name == name);
    let (is_there, upload) = found.ok_or(LegacyError::NotFound)?;
    let expired = upload.has_expired(state.uploads.clock.seconds());
    Ok(Json(UploadProgress { version: upload.version, status: status(upload, is_there, under_way, expired) }))
}

fn status(upload: Upload, is_there: bool, under_way: Option<UploadStatus>, expired: bool) -> UploadStatus {
    match (upload.archive, under_way, upload.failure) {
        (Some((size, sha256)), _, _) if is_there => UploadStatus::Uploaded { size, sha256 },
        (Some(_), None, _) => UploadStatus::Errored { reason: MISSING.to_owned() },
        (Some(_), Some(uploading), _) => uploading,
        (None, Some(uploading), _) => uploading,
        (None, None, _) if expired => UploadStatus::Errored { reason: LegacyError::Expired.sentence() },
        (None, None, Some(reason)) => UploadStatus::Errored { reason },
        (None, None, None) => UploadStatus::Pending,
    }
}
