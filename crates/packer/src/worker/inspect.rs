//! Looks into an archive through the browser's own decompressor, a chunk at a time.

use js_sys::{Array, Date, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, File};

use super::{post, state::Run};
use crate::{
    inspection::{End, Inspection},
    protocol::FromWorker,
};

/// How long it may take, in milliseconds: the user waits for it, and an archive can be made that never ends.
const LONGEST: f64 = 20_000.0;

/// Says what should be known of an archive.
pub async fn inspect(page: DedicatedWorkerGlobalScope, archive: File, run: Run) {
    let mut inspection = Inspection::default();
    let reader = decompressed(&archive);
    let problems = match &reader {
        Ok(reader) => {
            let end = read(reader, &mut inspection, &run).await;
            inspection.finish(end)
        }
        Err(_) => vec![(String::new(), "This browser cannot look into it.".to_owned())],
    };
    if run.check().is_ok() {
        post(&page, FromWorker::Inspected(problems));
    }
    let cancelled = reader.and_then(|reader| call(&reader, "cancel", None)).and_then(JsCast::dyn_into::<Promise>);
    if let Ok(cancelled) = cancelled {
        // Waited for, because a promise that fails while nobody does is a failure of the whole worker.
        let _ = JsFuture::from(cancelled).await;
    }
}

/// Feeds it all, as long as it is wanted and there is time.
async fn read(reader: &JsValue, inspection: &mut Inspection, run: &Run) -> End {
    let until = Date::now() + LONGEST;
    let mut bytes = 0;
    loop {
        let Ok(chunk) = next(reader).await else { return End::Broken };
        let Some(chunk) = chunk else { return End::Reached };
        bytes += u64::from(chunk.length());
        inspection.feed(&chunk.to_vec());
        if run.check().is_err() || Date::now() > until {
            return End::GivenUp(bytes);
        }
    }
}

/// What reads the archive, decompressed. By name, since a browser may have none.
fn decompressed(archive: &File) -> Result<JsValue, JsValue> {
    let constructor: Function = Reflect::get(&js_sys::global(), &"DecompressionStream".into())?.dyn_into()?;
    let decompressor = Reflect::construct(&constructor, &Array::of1(&"gzip".into()))?;
    let compressed = call(archive, "stream", None)?;
    let stream = call(&compressed, "pipeThrough", Some(&decompressor))?;
    call(&stream, "getReader", None)
}

/// The next chunk; none at the end.
async fn next(reader: &JsValue) -> Result<Option<Uint8Array>, JsValue> {
    let promise: Promise = call(reader, "read", None)?.dyn_into()?;
    let step = JsFuture::from(promise).await?;
    Ok(Reflect::get(&step, &"value".into())?.dyn_into().ok())
}

fn call(object: &JsValue, method: &str, argument: Option<&JsValue>) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    match argument {
        Some(argument) => method.call1(object, argument),
        None => method.call0(object),
    }
}
