//! The attributes that an update can change: compared, reversed and put into words one by one.

use std::borrow::Cow;

use wire::{Arch, CreateToolVersion, ToolVersionAttributes, UpdateToolVersion};

use crate::{archs, text::visible};

/// An attribute of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Version,
    Url,
    Sha,
    Official,
    Enabled,
    Beta,
    Deprecated,
    Reason,
    Archs,
}

impl Attribute {
    const ALL: [Self; 9] = [
        Self::Version,
        Self::Url,
        Self::Sha,
        Self::Official,
        Self::Enabled,
        Self::Beta,
        Self::Deprecated,
        Self::Reason,
        Self::Archs,
    ];

    /// Its value, in the one spelling of all that are the same.
    fn of_version(self, it: &ToolVersionAttributes) -> Cow<'_, str> {
        match self {
            Self::Version => it.version.as_str().into(),
            Self::Url => it.url.as_deref().unwrap_or_default().into(),
            Self::Sha => lower(it.sha.as_deref().unwrap_or_default()),
            Self::Official => yes_no(it.official),
            Self::Enabled => yes_no(it.enabled),
            Self::Beta => yes_no(it.beta),
            Self::Deprecated => yes_no(it.deprecated == Some(true)),
            Self::Reason => it.deprecated_reason.iter().flatten().next().map_or("", String::as_str).into(),
            Self::Archs => spelled(it.archs.as_deref().unwrap_or_default()).into(),
        }
    }

    /// The value that an update gives it; `None` if it leaves it alone.
    fn of_update(self, it: &UpdateToolVersion) -> Option<Cow<'_, str>> {
        match self {
            Self::Version => it.version.as_deref().map(Cow::from),
            Self::Url => it.url.as_deref().map(Cow::from),
            Self::Sha => it.sha.as_deref().map(lower),
            Self::Official => it.official.map(yes_no),
            Self::Enabled => it.enabled.map(yes_no),
            Self::Beta => it.beta.map(yes_no),
            Self::Deprecated => it.deprecated.map(yes_no),
            Self::Reason => it.deprecated_reason.as_ref().map(|it| it.as_deref().unwrap_or_default().into()),
            Self::Archs => it.archs.as_deref().map(|it| spelled(it).into()),
        }
    }

    fn clear(self, it: &mut UpdateToolVersion) {
        match self {
            Self::Version => it.version = None,
            Self::Url => it.url = None,
            Self::Sha => it.sha = None,
            Self::Official => it.official = None,
            Self::Enabled => it.enabled = None,
            Self::Beta => it.beta = None,
            Self::Deprecated => it.deprecated = None,
            Self::Reason => it.deprecated_reason = None,
            Self::Archs => it.archs = None,
        }
    }

    /// Its value as a reader sees it.
    fn text(self, it: &ToolVersionAttributes) -> String {
        let one_of = |is_so, yes: &str, no: &str| if is_so { yes } else { no }.to_owned();
        let or_none = |text: Option<&str>| text.filter(|it| !it.is_empty()).map_or("none".to_owned(), visible);
        match self {
            Self::Version => visible(&it.version),
            Self::Url => ["URL ", &or_none(it.url.as_deref())].concat(),
            Self::Sha => ["SHA-256 ", &or_none(it.sha.as_deref())].concat(),
            Self::Official => one_of(it.official, "Official", "Custom"),
            Self::Enabled => one_of(it.enabled, "Enabled", "Disabled"),
            Self::Beta => one_of(it.beta, "Beta", "Stable"),
            Self::Deprecated | Self::Reason => match it.deprecated_reason.iter().flatten().next() {
                _ if it.deprecated != Some(true) => "Not deprecated".to_owned(),
                Some(reason) if !reason.is_empty() => ["Deprecated: ", &visible(reason)].concat(),
                _ => "Deprecated".to_owned(),
            },
            Self::Archs => {
                let mut text = "Architectures ".to_owned();
                text.push_str(&archs::names(it));
                for arch in it.archs.iter().flatten() {
                    let digest = arch.sha.as_deref().and_then(|it| it.get(..8)).unwrap_or("none");
                    text.extend([" ", &archs::name(arch), " ", &visible(digest)]);
                }
                text
            }
        }
    }
}

fn yes_no(yes: bool) -> Cow<'static, str> {
    if yes { "yes" } else { "no" }.into()
}

/// Without a copy where it is in lower case already: ten thousand are compared for each key.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|it| it.is_ascii_uppercase()) { text.to_ascii_lowercase().into() } else { text.into() }
}

fn spelled(archs: &[Arch]) -> String {
    archs::set(archs.iter()).concat().join("\n")
}

/// Takes out of the update what the version has already. Whether anything is left.
pub(crate) fn keep_changes(update: &mut UpdateToolVersion, version: &ToolVersionAttributes) -> bool {
    let mut is_any = false;
    for attribute in Attribute::ALL {
        match attribute.of_update(update).map(|new| new == attribute.of_version(version)) {
            Some(true) => attribute.clear(update),
            Some(false) => is_any = true,
            None => {}
        }
    }
    is_any
}

/// Whether the version has all that the update gives.
pub(crate) fn has(version: &ToolVersionAttributes, update: &UpdateToolVersion) -> bool {
    Attribute::ALL.into_iter().all(|it| it.of_update(update).is_none_or(|new| new == it.of_version(version)))
}

/// What of an update a version does not have, in words as it is there: "Enabled". `None` if it has all.
pub(crate) fn lost(version: &ToolVersionAttributes, update: &UpdateToolVersion) -> Option<String> {
    let mut update = update.clone();
    keep_changes(&mut update, version).then(|| texts(version, &update).0)
}

/// What an addition gives, as an update would.
pub(crate) fn of_create(create: &CreateToolVersion) -> UpdateToolVersion {
    let it = create.clone();
    UpdateToolVersion {
        version: Some(it.version),
        url: it.url,
        sha: it.sha,
        official: Some(it.official),
        enabled: Some(it.enabled),
        beta: Some(it.beta),
        deprecated: it.deprecated,
        deprecated_reason: it.deprecated_reason.map(Some),
        archs: it.archs,
    }
}

/// Whether a version that is read is what was known of it to all who change it: the number of workspaces is not theirs.
/// Some lists show no address, digest or architectures: what they leave out says nothing.
pub(crate) fn is_same(known: &ToolVersionAttributes, read: &ToolVersionAttributes) -> bool {
    let says_something = |it: &Attribute| match it {
        Attribute::Url => known.url.is_some(),
        Attribute::Sha => known.sha.is_some(),
        Attribute::Archs => known.archs.is_some() && read.archs.is_some(),
        _ => true,
    };
    Attribute::ALL.into_iter().filter(says_something).all(|it| it.of_version(known) == it.of_version(read))
}

/// The update that takes another one back.
pub(crate) fn reverse(update: &UpdateToolVersion, old: &ToolVersionAttributes) -> UpdateToolVersion {
    let binaries = update.url.is_some() || update.sha.is_some() || update.archs.is_some();
    // The plain fields follow from the list, and would reduce it to one if they were sent instead.
    let archs = old.archs.clone().filter(|archs| binaries && !archs.is_empty());
    let plain = |touched: bool, it: &Option<String>| {
        it.clone().filter(|_| archs.is_none() && (touched || update.archs.is_some()))
    };
    let (url, sha) = (plain(update.url.is_some(), &old.url), plain(update.sha.is_some(), &old.sha));
    // The installation takes away the reason of what is no longer deprecated.
    let reason_was_lost = update.deprecated == Some(false) && old.deprecated == Some(true);
    let reason_was_changed = update.deprecated_reason.is_some() && update.deprecated.is_none();
    UpdateToolVersion {
        version: update.version.as_ref().map(|_| old.version.clone()),
        url,
        sha,
        official: update.official.map(|_| old.official),
        enabled: update.enabled.map(|_| old.enabled),
        beta: update.beta.map(|_| old.beta),
        deprecated: update.deprecated.map(|_| old.deprecated == Some(true)),
        deprecated_reason: (reason_was_lost || reason_was_changed).then(|| old.deprecated_reason.clone().flatten()),
        archs,
    }
}

/// Whether [`reverse`] takes back all of it: an address or a digest cannot be taken away from a version that had none.
pub(crate) fn is_reversible(update: &UpdateToolVersion, reverse: &UpdateToolVersion) -> bool {
    let is_covered = |touched: bool, back: bool| !touched || back || reverse.archs.is_some();
    is_covered(update.url.is_some(), reverse.url.is_some())
        && is_covered(update.sha.is_some(), reverse.sha.is_some())
        && is_covered(update.archs.is_some(), reverse.url.is_some() && reverse.sha.is_some())
}

/// The version after the update, as the installation makes it; but for the architectures, which follow from a new address or
/// digest.
pub(crate) fn after(version: &ToolVersionAttributes, update: &UpdateToolVersion) -> ToolVersionAttributes {
    let mut new = version.clone();
    new.version = update.version.clone().unwrap_or(new.version);
    new.url = update.url.clone().or(new.url);
    new.sha = update.sha.clone().or(new.sha);
    new.official = update.official.unwrap_or(new.official);
    new.enabled = update.enabled.unwrap_or(new.enabled);
    new.beta = update.beta.unwrap_or(new.beta);
    new.deprecated = update.deprecated.or(new.deprecated);
    new.deprecated_reason = match update.deprecated {
        Some(false) => Some(None),
        _ => update.deprecated_reason.clone().or(new.deprecated_reason),
    };
    new.archs = update.archs.clone().or(new.archs);
    new
}

/// What the update changes, in words: before and after.
pub(crate) fn texts(version: &ToolVersionAttributes, update: &UpdateToolVersion) -> (String, String) {
    let new = after(version, update);
    let (mut now, mut then) = (String::new(), String::new());
    for attribute in Attribute::ALL.into_iter().filter(|it| it.of_update(update).is_some()) {
        if attribute == Attribute::Reason && update.deprecated.is_some() {
            continue;
        }
        for (texts, version) in [(&mut now, version), (&mut then, &new)] {
            if !texts.is_empty() {
                texts.push_str(", ");
            }
            texts.push_str(&attribute.text(version));
        }
    }
    (now, then)
}

/// The badges of a version, in words.
pub(crate) fn status(version: &ToolVersionAttributes) -> String {
    let mut texts = vec![Attribute::Enabled.text(version), Attribute::Official.text(version)];
    if version.beta {
        texts.push(Attribute::Beta.text(version));
    }
    if version.deprecated == Some(true) {
        texts.push(Attribute::Deprecated.text(version));
    }
    texts.join(", ")
}

/// The request that adds a version again as it was; `None` where its binaries are not known.
pub(crate) fn again(version: &ToolVersionAttributes) -> Option<CreateToolVersion> {
    let is_known = |url: &Option<String>, sha: &Option<String>| url.is_some() && sha.is_some();
    let archs = version.archs.clone().filter(|archs| !archs.is_empty());
    let all_known = match &archs {
        Some(archs) => archs.iter().all(|arch| is_known(&arch.url, &arch.sha)),
        None => is_known(&version.url, &version.sha),
    };
    let plain = |it: &Option<String>| it.clone().filter(|_| archs.is_none());
    let is_deprecated = version.deprecated == Some(true);
    all_known.then(|| CreateToolVersion {
        version: version.version.clone(),
        url: plain(&version.url),
        sha: plain(&version.sha),
        official: version.official,
        enabled: version.enabled,
        beta: version.beta,
        deprecated: is_deprecated.then_some(true),
        deprecated_reason: version.deprecated_reason.clone().flatten().filter(|_| is_deprecated),
        archs: archs.clone(),
    })
}
