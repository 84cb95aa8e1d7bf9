//! Removes the versions whose upload path expired before an archive arrived: their variables are of no use to anybody any
//! more, may be secrets, and take room. At the start, and from time to time while the server runs.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{runtime::Handle, time::sleep};

use super::{table, under_way::Uploads};
use crate::store::{Store, StoreError, WeakStore};

const OFTEN: Duration = Duration::from_secs(1);
const SELDOM: Duration = Duration::from_secs(10 * 60);

/// Begins to look every so often: as long as a path is valid, but at least every ten minutes. It ends with the last handle
/// on the store.
pub(in crate::embedded) fn begin(store: &Store, uploads: &Arc<Uploads>) {
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(keep_removing(store.downgrade(), Arc::downgrade(uploads), uploads.expires.clamp(OFTEN, SELDOM)));
    }
}

async fn keep_removing(store: WeakStore, uploads: Weak<Uploads>, pause: Duration) {
    loop {
        sleep(pause).await;
        let (Some(store), Some(uploads)) = (store.upgrade(), uploads.upgrade()) else {
            return;
        };
        if let Err(error) = remove(&store, uploads).await {
            tracing::error!("expired uploads are not removed: {error}");
        }
    }
}

async fn remove(store: &Store, uploads: Arc<Uploads>) -> Result<(), StoreError> {
    store
        .run(move |connection| {
            let transaction = connection.transaction()?;
            // An upload that begins now finds its version removed, or expired.
            table::remove_expired(&transaction, uploads.clock.seconds(), &uploads.digests())?;
            Ok(transaction.commit()?)
        })
        .await
}
