//! Opens the data at the start: the database, the archives beside it, and what does not fit together.

use std::collections::{HashMap, HashSet};

use crate::{
    clock::Clock,
    embedded::{Embedded, Uploads, table, table::Selection, uploads_table as uploads},
    options::EmbeddedOptions,
    seed::{Seed, plant},
    store::{Archives, Data, Found, OpenError, Quota, Store},
};

/// So many archives are named one by one.
const NAMED: usize = 10;

/// What was opened, and what whoever starts the server should know of it.
pub(crate) struct Opened {
    pub(crate) embedded: Embedded,
    /// Whether it was filled: not if it had versions already.
    pub(crate) seeded: bool,
    /// Sentences about archives that are missing or unknown.
    pub(crate) notices: Vec<String>,
}

impl Opened {
    /// Opens the data and fills it if it is new, or empty and a seed was asked for. Blocks for a moment.
    pub(crate) fn open(options: &EmbeddedOptions, clock: &Clock) -> Result<Self, OpenError> {
        if options.tokens.any_is_demo() && options.data != Data::Memory {
            return Err(OpenError::DemoTokens);
        }
        let archives = Archives::of(&options.data);
        let (mut seeded, mut uploaded, mut highest) = (false, HashMap::new(), 0);
        let store = Store::open(&options.data, |transaction, new| {
            highest = uploads::highest_id(transaction)?;
            uploads::remove_expired(transaction, clock.seconds(), &HashSet::new())?;
            uploaded = uploads::uploaded(transaction)?;
            let seed = options.seed.or(new.then_some(Seed::Demo));
            match seed {
                Some(seed) if table::count(transaction, &Selection::All)? == 0 => {
                    seeded = true;
                    plant(transaction, seed)
                }
                _ => Ok(()),
            }
        })?;
        let found = archives.take_stock(uploaded.iter().map(|(id, (size, _))| (*id, *size)).collect())?;
        let notices = notices(&found, &uploaded);
        let quota = Quota::new(options.upload_quota, found.bytes);
        let (limit, expires) = (options.upload_limit, options.upload_expires);
        let uploads = Uploads::new(archives, quota, clock.clone(), limit, expires, highest.max(found.highest));
        let embedded = Embedded::new(store, options.tokens.clone(), options.rate_limit, uploads);
        Ok(Self { embedded, seeded, notices })
    }
}

fn notices(found: &Found, uploaded: &HashMap<i64, (u64, String)>) -> Vec<String> {
    let set_aside: Vec<String> = found.set_aside.iter().map(|path| path.display().to_string()).collect();
    let missing: Vec<String> = found
        .missing
        .iter()
        .filter_map(|id| uploaded.get(id).map(|(_, version)| format!("{version} ({})", Archives::name(*id))))
        .collect();
    let unknown = "Archives that the data does not know were set aside";
    let lost = "Archives that the data knows are missing";
    [(unknown, set_aside), (lost, missing)].into_iter().filter_map(|(what, names)| notice(what, &names)).collect()
}

fn notice(what: &str, names: &[String]) -> Option<String> {
    let told = names.get(..NAMED).unwrap_or(names).join(", ");
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| format!("{what}: {told}{more}"))
}
