//! The demo data: 70 versions as a real installation might know them.
//!
//! It begins with the two versions of the specification, with their ids and attributes as printed there; the others
//! follow newest first. The version numbers are Terraform's own, but for a few custom bundles; dates are when a
//! version was added to this made-up installation. Of all digests only the specification's two are real: the others
//! are made up, always the same, and match no download.

use super::{Version, custom_url, id_of, linux, made_up, official_url};

/// One row of the data. A version is enabled, not used, neither beta nor deprecated and for amd64 only, where its row
/// says nothing else.
#[derive(Clone, Copy)]
struct Row {
    version: &'static str,
    created: Option<&'static str>,
    official: bool,
    usage: u64,
    beta: bool,
    disabled: bool,
    deprecated: Option<&'static str>,
    archs: &'static [&'static str],
}

impl Row {
    const fn used(self, usage: u64) -> Self {
        Self { usage, ..self }
    }

    const fn beta(self) -> Self {
        Self { beta: true, ..self }
    }

    const fn disabled(self) -> Self {
        Self { disabled: true, ..self }
    }

    const fn deprecated(self, reason: &'static str) -> Self {
        Self { deprecated: Some(reason), ..self }
    }

    const fn arm(self) -> Self {
        Self { archs: &["amd64", "arm64"], ..self }
    }

    const fn all_archs(self) -> Self {
        Self { archs: &["amd64", "arm64", "s390x"], ..self }
    }
}

/// An official release, added on a day.
const fn official(version: &'static str, created: &'static str) -> Row {
    Row { created: Some(created), ..shipped(version) }
}

/// An official release that came with the installation: nobody knows when.
const fn shipped(version: &'static str) -> Row {
    Row {
        version,
        created: None,
        official: true,
        usage: 0,
        beta: false,
        disabled: false,
        deprecated: None,
        archs: &["amd64"],
    }
}

/// A custom bundle.
const fn custom(version: &'static str, created: &'static str) -> Row {
    Row { official: false, ..official(version, created) }
}

const SIGNING_KEY: &str = "Signed with a key that was rotated in April 2021; use 0.11.15, 0.12.31 or later";
const OLD_STATE: &str = "Cannot read the state of 1.x workspaces; move to 1.5.7 or later";
const REPLACED: &str = "Replaced by 1.5.7-acme1, which has the current provider bundle";

/// Newest first, after the two of the specification.
const ROWS: [Row; 70] = [
    official("0.11.8", "2018-08-15T22:34:24.561Z"),
    shipped("0.11.7").used(2),
    official("1.14.0-rc1", "2025-11-06T08:12:44.120Z").beta().arm(),
    official("1.14.0-beta1", "2025-09-25T07:58:10.902Z").beta().disabled().arm(),
    official("1.13.5", "2025-11-06T08:15:02.377Z").used(4).arm(),
    official("1.13.4", "2025-10-16T09:41:37.018Z").used(31).arm(),
    official("1.13.3", "2025-09-18T14:03:51.664Z").used(12).arm(),
    official("1.12.2", "2025-06-12T10:27:05.243Z").used(57).arm(),
    official("1.12.1", "2025-05-22T08:50:19.781Z").used(6).arm(),
    official("1.12.0-rc2", "2025-05-08T11:36:28.455Z").beta().disabled().arm(),
    official("1.11.4", "2025-04-10T12:09:33.092Z").used(44).arm(),
    official("1.11.3", "2025-03-27T09:22:40.513Z").used(3).arm(),
    official("1.10.5", "2025-01-23T13:47:58.836Z").used(38).arm(),
    official("1.10.4", "2025-01-09T10:31:16.204Z").arm(),
    custom("1.9.8-acme1", "2024-11-04T15:20:11.470Z").used(9).all_archs(),
    official("1.9.8", "2024-10-17T08:44:27.159Z").used(73).arm(),
    official("1.9.7", "2024-10-03T09:12:54.628Z").used(1).arm(),
    official("1.9.0-beta1", "2024-06-06T16:38:02.911Z").beta().disabled().arm(),
    official("1.8.5", "2024-06-07T07:55:43.305Z").used(29).arm(),
    official("1.8.4", "2024-05-23T10:18:36.740Z").arm(),
    official("1.7.5", "2024-03-14T11:02:21.587Z").used(22).arm(),
    official("1.7.4", "2024-02-22T08:39:47.066Z").arm(),
    official("1.6.6", "2023-12-14T09:53:08.432Z").used(17).arm(),
    official("1.6.5", "2023-11-30T14:26:59.874Z").arm(),
    official("1.6.0-beta2", "2023-09-01T12:41:15.290Z").beta().disabled().arm(),
    official("1.5.7", "2023-09-08T08:07:32.619Z").used(118).arm(),
    custom("1.5.7-acme1", "2023-10-02T13:33:20.148Z").used(14).arm(),
    official("1.5.6", "2023-08-24T10:49:06.935Z").used(2).arm(),
    official("1.5.5", "2023-08-10T09:15:41.301Z").arm(),
    official("1.4.7", "2023-09-14T07:28:53.776Z").used(8).arm(),
    official("1.4.6", "2023-04-27T11:57:18.043Z").used(5).arm(),
    official("1.3.10", "2023-09-14T07:30:04.522Z").used(11).arm(),
    official("1.3.9", "2023-02-16T10:05:27.899Z").used(7).arm(),
    custom("1.3.7-acme2", "2023-01-19T16:44:39.257Z").deprecated(REPLACED),
    official("1.2.9", "2022-09-08T08:21:55.614Z").used(6).arm(),
    official("1.2.1", "2022-05-24T12:36:10.085Z"),
    official("1.2.0", "2022-05-19T09:48:22.431Z"),
    official("1.2.0-rc2", "2022-05-12T15:11:47.708Z").beta().disabled(),
    official("1.2.0-rc1", "2022-05-06T10:29:33.164Z").beta().disabled(),
    official("1.2.0-beta1", "2022-04-28T08:03:58.590Z").beta().disabled(),
    official("1.1.9", "2022-04-21T11:17:14.826Z").used(9),
    official("1.1.8", "2022-04-08T09:34:49.372Z"),
    custom("1.1.9-acme1", "2022-05-03T14:52:05.618Z").disabled(),
    official("1.0.11", "2021-11-11T10:40:31.953Z").used(13),
    official("1.0.4", "2021-08-05T08:26:17.207Z"),
    official("1.0.0", "2021-06-09T07:59:42.540Z").used(1),
    official("0.15.5", "2021-06-03T12:14:08.891Z").used(4),
    official("0.15.4", "2021-05-20T09:07:53.236Z"),
    official("0.15.0-beta2", "2021-03-12T13:45:29.678Z").beta().disabled(),
    official("0.14.11", "2021-04-27T10:58:44.015Z").used(10),
    official("0.14.10", "2021-04-08T08:32:19.349Z").deprecated(SIGNING_KEY),
    official("0.13.7", "2021-04-27T11:01:26.783Z").used(6),
    official("0.13.6", "2021-01-07T09:19:50.127Z").deprecated(SIGNING_KEY),
    official("0.13.5", "2020-10-22T12:50:35.466Z").used(1).deprecated(SIGNING_KEY),
    official("0.12.31", "2021-04-27T11:04:12.802Z").used(19),
    official("0.12.30", "2021-01-13T10:22:57.154Z").deprecated(SIGNING_KEY),
    official("0.12.29", "2020-07-22T08:47:43.598Z").used(3).deprecated(SIGNING_KEY),
    official("0.12.0-rc1", "2019-05-08T14:35:18.931Z").beta().disabled(),
    official("0.11.15", "2021-06-07T09:10:04.275Z").used(2).deprecated(OLD_STATE),
    custom("0.11.15-oci", "2021-07-12T15:28:30.617Z").deprecated(OLD_STATE),
    official("0.11.14", "2019-05-17T11:43:56.960Z").deprecated(OLD_STATE),
    official("0.11.13", "2019-03-12T10:06:21.304Z").disabled().deprecated(OLD_STATE),
    official("0.11.10", "2018-10-24T08:54:47.648Z").disabled().deprecated(OLD_STATE),
    custom("0.11.9-acme3", "2018-10-29T16:17:13.991Z").disabled().deprecated(OLD_STATE),
    shipped("0.11.6").disabled(),
    shipped("0.10.8").used(1).deprecated(OLD_STATE),
    shipped("0.10.7").disabled(),
    shipped("0.9.11").disabled().deprecated(OLD_STATE),
    shipped("0.9.6").disabled(),
    shipped("0.8.8").disabled().deprecated(OLD_STATE),
];

/// What the specification's samples say of their two versions beyond [`ROWS`]: version, id, digest.
const SPECIFIED: [(&str, &str, &str); 2] = [
    ("0.11.8", "tool-L4oe7rNwn7J4E5Yr", "84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7"),
    ("0.11.7", "tool-qcbYn12vuRKPgPpy", "6b8ce67647a59b2a3f70199c304abca0ddec0e49fd060944c26f666298e23418"),
];

/// The versions in the order they are added: the last of the list first.
pub(super) fn versions() -> impl Iterator<Item = Version> {
    ROWS.into_iter().rev().map(version)
}

fn version(row: Row) -> Version {
    let specified = SPECIFIED.iter().find(|(version, ..)| *version == row.version);
    let binary = |arch: &&str| {
        let url = if row.official { official_url(row.version, arch) } else { custom_url(row.version, arch) };
        let sha = specified.map_or_else(|| made_up(&url), |(_, _, sha)| (*sha).to_owned());
        linux(arch, url, sha)
    };
    Version {
        id: specified.map_or_else(|| id_of(row.version), |(_, id, _)| (*id).to_owned()),
        version: row.version.to_owned(),
        archs: row.archs.iter().map(binary).collect(),
        official: row.official,
        enabled: !row.disabled,
        beta: row.beta,
        deprecated: row.deprecated.is_some(),
        deprecated_reason: row.deprecated.map(str::to_owned),
        usage: row.usage,
        created_at: row.created.map(str::to_owned),
    }
}
