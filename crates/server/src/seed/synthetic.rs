//! Any number of made-up versions, each different and always the same: for measuring and for tests.
//!
//! They read like the list of an installation that was never tidied up: minor lines from 0.11 on, each with its alpha
//! builds, betas, release candidates, releases and bundles of the company's own; most of them not used by anyone. What a
//! version is like hangs on its number alone, so that the first of many are the same as few.

use wire::Arch;

use super::{Version, custom_url, id_of, linux, made_up, official_url};
use crate::tokens::digest;

/// The first minor lines, before 1.0: they came with the installation.
const SHIPPED: [&str; 5] = ["0.11", "0.12", "0.13", "0.14", "0.15"];
/// Minor lines of a major version.
const MINORS: u32 = 50;
/// Versions of a minor line.
const VERSIONS: usize = 34;
/// Every so many lines have ten release candidates.
const LONG_SEARCH: u32 = 5;

const REASONS: [&str; 5] = [
    "Signed with a key that was rotated; use the last patch of this line",
    "Out of support",
    "Replaced by the bundle with the current providers",
    "CVE-2023-4782: writes outside of its folder; use the next patch",
    "Slow with large states",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    PreRelease,
    Release,
    /// A release with providers or patches of the company's own.
    Bundle,
}

/// The versions in the order they are added, so that the newest is the first of the list.
pub(super) fn versions(count: u32) -> impl Iterator<Item = Version> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    (0..).flat_map(line).take(count)
}

/// One minor line, oldest first.
fn line(number: u32) -> impl Iterator<Item = Version> {
    let shipped = usize::try_from(number).ok().and_then(|it| SHIPPED.get(it));
    let later = number.saturating_sub(5);
    let minor = shipped.map_or_else(|| format!("{}.{}", later / MINORS + 1, later % MINORS), |it| (*it).to_owned());
    let candidates = if number % LONG_SEARCH == LONG_SEARCH - 1 { 10 } else { 1 + number % 3 };
    // A line is begun every ten days, and its first alpha builds are older than that.
    let begun = number * 10;
    let before = [
        format!("alpha{}", date(begun, "")),
        format!("alpha{}", date(begun + 14, "")),
        "beta1".to_owned(),
        "beta2".to_owned(),
    ];
    let before = before.into_iter().chain((1..=candidates).map(|nth| format!("rc{nth}")));
    let before = before.map({
        let minor = minor.clone();
        move |suffix| (format!("{minor}.0-{suffix}"), Kind::PreRelease)
    });
    let after = (0..).flat_map(move |patch: u32| {
        let release = format!("{minor}.{patch}");
        let bundle = match patch % 6 {
            1 => Some(format!("{release}-acme{}", patch % 4 + 1)),
            3 => Some(format!("{release}+ent")),
            5 => Some(format!("{release}-oci")),
            _ => None,
        };
        [Some((release, Kind::Release)), bundle.map(|it| (it, Kind::Bundle))].into_iter().flatten()
    });
    let place = 0_u32..;
    before
        .chain(after)
        .take(VERSIONS)
        .zip(place)
        .map(move |((version, kind), place)| self::version(version, kind, shipped.is_some(), begun + 60 + place * 9))
}

/// One version, added on a day.
fn version(version: String, kind: Kind, is_shipped: bool, day: u32) -> Version {
    // Made up as if thrown with dice, of which each is for one question.
    let mut dice = digest(&version).into_iter().cycle();
    let mut chance = |percent: u32| dice.next().is_some_and(|it| u32::from(it) * 100 < percent * 256);
    let (official, is_used) = match kind {
        Kind::PreRelease => (true, chance(2)),
        Kind::Release => (true, chance(28)),
        Kind::Bundle => (false, chance(45)),
    };
    let is_last_resort = chance(15);
    let disabled = match kind {
        Kind::PreRelease => chance(70),
        _ => chance(if is_shipped { 50 } else { 12 }),
    };
    let deprecated = kind != Kind::PreRelease && chance(if is_shipped { 60 } else { 18 });
    let has_reason = chance(90);
    let archs = binaries(&version, kind, [chance(70) && !is_shipped, chance(20), chance(3)]);
    let is_dated = !is_shipped || chance(25);
    let mut die = |sides: usize| dice.next().map_or(0, |it| usize::from(it) % sides);
    let usage = if is_used { 1 + die(9) + if is_last_resort { die(250) } else { 0 } } else { 0 };
    let reason = REASONS.get(die(REASONS.len())).filter(|_| deprecated && has_reason);
    let time = format!("T{:02}:{:02}:{:02}.{:03}Z", 6 + die(14), die(60), die(60), die(250) * 4);
    Version {
        id: id_of(&version),
        archs,
        official,
        enabled: is_used || !disabled,
        beta: kind == Kind::PreRelease,
        deprecated,
        deprecated_reason: reason.map(|it| (*it).to_owned()),
        usage: u64::try_from(usage).unwrap_or(0),
        created_at: is_dated.then(|| date(day, "-") + &time),
        version,
    }
}

/// The binaries of a version: for amd64, for arm64 and s390x as told, and for arm64 alone where a bundle is told so.
fn binaries(version: &str, kind: Kind, [arm, s390x, arm_alone]: [bool; 3]) -> Vec<Arch> {
    let archs: &[&str] = match (kind, arm, s390x, arm_alone) {
        (Kind::Bundle, _, _, true) => &["arm64"],
        (_, true, true, _) => &["amd64", "arm64", "s390x"],
        (_, true, false, _) => &["amd64", "arm64"],
        (Kind::Bundle, false, true, _) => &["amd64", "s390x"],
        (_, false, _, _) => &["amd64"],
    };
    let binary = |arch: &&str| {
        let url = match kind {
            Kind::Bundle => custom_url(version, arch),
            Kind::PreRelease | Kind::Release => official_url(version, arch),
        };
        linux(arch, url.clone(), made_up(&url))
    };
    archs.iter().map(binary).collect()
}

/// The date of a day, by a calendar whose months have 28 days. It begins in 2017, and again after ten years.
fn date(day: u32, separator: &str) -> String {
    let months = day / 28 % 120;
    format!("{}{separator}{:02}{separator}{:02}", 2017 + months / 12, months % 12 + 1, day % 28 + 1)
}
