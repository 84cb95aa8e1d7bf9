//! The numbers of a plan without its items.

use std::{collections::HashMap, sync::Arc};

use wire::ToolVersion;

use super::{Action, Counts, attributes::has, why_not_change, why_not_gone, why_not_named};
use crate::text::tidy;

/// The selected versions by what an action makes of them: one of each kind, and how many there are like it. Each key in
/// "Reason" changes ten thousand items, and there are a few dozen kinds.
#[derive(Clone, Debug, Default)]
pub struct Alike(Vec<(Arc<ToolVersion>, usize)>);

impl Alike {
    /// Looks at all of them, once.
    pub fn new(versions: &[Arc<ToolVersion>]) -> Self {
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut kinds: Vec<(Arc<ToolVersion>, usize)> = Vec::new();
        for version in versions {
            let place = *places.entry(kind_of(version)).or_insert(kinds.len() as u32);
            match kinds.get_mut(place as usize) {
                Some((_, count)) => *count += 1,
                None => kinds.push((Arc::clone(version), 1)),
            }
        }
        Self(kinds)
    }

    /// Those of [`Plan::of_selection`](super::Plan::of_selection).
    pub fn counts(&self, action: Action, reason: &str) -> Counts {
        let update = action.update(&tidy(reason));
        let mut counts = Counts::default();
        for (version, count) in &self.0 {
            let sum = match &update {
                Some(update) if has(&version.attributes, update) => &mut counts.already_so,
                Some(update) if why_not_change(version, update).is_none() => &mut counts.changes,
                None if why_not_gone(version).is_none() => &mut counts.changes,
                _ => &mut counts.refused,
            };
            *sum += count;
        }
        counts
    }
}

/// All that decides on what an action makes of a version.
fn kind_of(version: &ToolVersion) -> String {
    let it = &version.attributes;
    let is_used = it.usage.is_some_and(|count| count > 0);
    let flags =
        [it.official, it.enabled, it.beta, it.deprecated == Some(true), is_used, why_not_named(version).is_some()];
    let mut kind: String = flags.map(|flag| if flag { '+' } else { '-' }).into_iter().collect();
    kind.push_str(it.deprecated_reason.iter().flatten().next().map_or("", String::as_str));
    kind
}
