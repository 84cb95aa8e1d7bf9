//! Everything that an installation knows, whatever its way of paging.

mod installation;

mod failing;
mod limits;
mod moving;
mod paging;

use std::collections::HashSet;

use installation::Told;

/// That these are all versions, each once.
#[track_caller]
fn is_all_of(told: &Told, count: usize) {
    let different: HashSet<&String> = told.versions.iter().collect();
    assert_eq!((different.len(), told.versions.len()), (count, count));
    assert!(told.failed.is_empty(), "{:?}", told.failed);
}
