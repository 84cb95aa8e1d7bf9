//! Brings the body of an upload into a file, as it arrives.
//!
//! Two buffers of a megabyte are all the memory that an upload takes: while one is written and hashed on a thread that
//! may block, the other fills. What it must not know: which upload it is.

use std::{
    future::poll_fn,
    io::{self, ErrorKind},
    mem::take,
    pin::Pin,
    sync::Arc,
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use tokio::{
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};

use super::{
    gzip::Beginning,
    under_way::{Meter, Uploads},
};
use crate::{
    embedded::legacy_error::LegacyError,
    store::{Archive, Reached, Share},
};

const BUFFER: usize = 1024 * 1024;

/// A sender that is silent for so long is gone.
const PATIENCE: Duration = Duration::from_secs(60);

/// A whole archive, on the disk and under its name.
pub(super) struct Received {
    /// Kept only when it is told to be.
    pub(super) archive: Archive,
    /// What it takes of the quota, given back unless it is told to be kept.
    pub(super) share: Share,
    pub(super) size: u64,
    pub(super) sha256: String,
}

/// Receives the archive with this id. Where it fails no file is left when it returns.
pub(super) async fn receive(
    body: &mut Body,
    uploads: &Arc<Uploads>,
    id: i64,
    meter: &Meter,
) -> Result<Received, LegacyError> {
    let mut writer = Writer::begin(Arc::clone(uploads), id);
    let mut share = uploads.quota.share(meter.total());
    match copy(body, &mut writer, uploads.limit, &mut share, meter).await {
        Ok(size) => {
            let (archive, sha256) = writer.complete().await.map_err(unwritten)?;
            Ok(Received { archive, share, size, sha256 })
        }
        Err(error) => {
            // Only then is there room for others.
            writer.abandon().await;
            drop(share);
            Err(error)
        }
    }
}

async fn copy(
    body: &mut Body,
    writer: &mut Writer,
    limit: u64,
    share: &mut Share,
    meter: &Meter,
) -> Result<u64, LegacyError> {
    let mut buffer = Vec::new();
    let mut beginning = Beginning::default();
    let mut size: u64 = 0;
    while let Some(chunk) = timeout(PATIENCE, next(body)).await.map_err(|_| stalled())? {
        let chunk = chunk.map_err(|_| broken_off(size))?;
        size = size.saturating_add(chunk.len() as u64);
        if size > limit {
            return Err(LegacyError::TooLarge("The archive", limit));
        }
        share.grow(chunk.len() as u64).map_err(|Reached(quota)| LegacyError::QuotaReached(quota))?;
        beginning.check(&chunk).map_err(LegacyError::NotAnArchive)?;
        meter.set(size);
        buffer.extend_from_slice(&chunk);
        if buffer.len() >= BUFFER {
            buffer = writer.write(take(&mut buffer)).await.map_err(unwritten)?;
        }
    }
    beginning.check_end().map_err(LegacyError::NotAnArchive)?;
    writer.write(buffer).await.map_err(unwritten)?;
    Ok(size)
}

/// The next piece of the body.
async fn next(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await? {
            Ok(frame) => {
                if let Ok(data) = frame.into_data() {
                    return Some(Ok(data));
                }
            }
            Err(error) => return Some(Err(error)),
        }
    }
}

/// Writes one buffer while the next is filled.
struct Writer {
    /// The work under way; `None` after a failure.
    work: Option<JoinHandle<Written>>,
}

/// The archive, and the buffer that was written to it, empty again.
type Written = io::Result<(Archive, Vec<u8>)>;

impl Writer {
    fn begin(uploads: Arc<Uploads>, id: i64) -> Self {
        Self { work: Some(spawn_blocking(move || Ok((uploads.archives.begin(id)?, Vec::new())))) }
    }

    /// Begins to write `full` once the part before it is written, and returns an empty buffer.
    async fn write(&mut self, mut full: Vec<u8>) -> io::Result<Vec<u8>> {
        let (mut archive, empty) = self.written().await?;
        self.work = Some(spawn_blocking(move || {
            archive.write(&full)?;
            full.clear();
            Ok((archive, full))
        }));
        Ok(empty)
    }

    async fn complete(mut self) -> io::Result<(Archive, String)> {
        let (mut archive, _) = self.written().await?;
        spawn_blocking(move || archive.complete().map(|sha256| (archive, sha256))).await?
    }

    /// Waits for the work under way, so that its file is gone and nobody writes to its name any more.
    async fn abandon(mut self) {
        // If the work failed, the file is gone as well. One that was only begun is removed on a thread that may block.
        if let Ok((archive, _)) = self.written().await {
            spawn_blocking(move || drop(archive)).await.ok();
        }
    }

    /// Waits for the work under way.
    async fn written(&mut self) -> Written {
        match self.work.take() {
            Some(work) => work.await?,
            None => Err(io::Error::other("the write before failed")),
        }
    }
}

fn stalled() -> LegacyError {
    LegacyError::Stalled(PATIENCE.as_secs())
}

fn broken_off(size: u64) -> LegacyError {
    LegacyError::Malformed(format!("The upload broke off after {size} bytes"))
}

fn unwritten(error: io::Error) -> LegacyError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => LegacyError::Full,
        _ => LegacyError::Internal(format!("an archive cannot be written: {error}")),
    }
}
