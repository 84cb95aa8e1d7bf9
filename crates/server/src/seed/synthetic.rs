//! Any number of made-up versions, each different and always the same: for measuring and for tests.

use super::{Version, id_of, linux, made_up, official_url};

/// The versions in the order they are added, so that the highest is the first of the list.
pub(super) fn versions(count: u32) -> impl Iterator<Item = Version> {
    (0..count).map(version)
}

/// 20 patches of each of 50 minor versions of a major version. Every 7th is used, every 10th disabled unless it is
/// used, every 11th deprecated, every 3rd has two architectures.
fn version(index: u32) -> Version {
    let version = format!("{}.{}.{}", index / 1000 + 1, index / 20 % 50, index % 20);
    let every = |nth: u32| index % nth == nth - 1;
    let usage = if every(7) { u64::from(index % 40 + 1) } else { 0 };
    let binary = |arch: &str| {
        let url = official_url(&version, arch);
        linux(arch, url.clone(), made_up(&url))
    };
    let archs = if every(3) { vec![binary("amd64"), binary("arm64")] } else { vec![binary("amd64")] };
    Version {
        id: id_of(&version),
        archs,
        official: !every(5),
        enabled: usage > 0 || !every(10),
        beta: false,
        deprecated: every(11),
        deprecated_reason: every(11).then(|| "Made-up reason".to_owned()),
        usage,
        created_at: Some(format!("2024-{:02}-{:02}T{:02}:00:00.000Z", index / 28 % 12 + 1, index % 28 + 1, index % 24)),
        version,
    }
}
