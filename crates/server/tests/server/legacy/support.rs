//! A client of the legacy API: creates versions, uploads archives, follows them.

use std::{path::Path, time::Duration};

use axum::{
    body::Body,
    http::{Request, Uri},
};
use flate2::Crc;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tfe_console_server::{EmbeddedOptions, Seed};
use tokio::time::{sleep, timeout};

use crate::support::{Answer, Server, kept_in};

pub const VERSIONS: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";

/// What a create answered.
pub struct Created {
    pub version: u64,
    /// The upload path without its origin.
    pub path: String,
    pub token: String,
}

impl Server {
    /// A request with the administrator's token in the legacy header.
    pub async fn legacy(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder().method(method).uri(path).header("host", self.host());
        let request = request.header("x-atlas-token", self.1).header("content-type", "application/json");
        self.send(request.body(body.into()).unwrap()).await
    }

    pub async fn create(&self) -> Created {
        self.create_in("hashicorp/atlas").await
    }

    pub async fn create_in(&self, configuration: &str) -> Created {
        let path = format!("/api/v1/terraform/configurations/{configuration}/versions");
        let answer = self.legacy("POST", &path, json!({"version": {}}).to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        created(&answer.json)
    }

    /// Sends an archive as clients do: without a token.
    pub async fn put(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.send(Request::put(path).header("host", self.host()).body(body.into()).unwrap()).await
    }

    pub async fn progress(&self, token: &str) -> Value {
        let answer = self.legacy("GET", &format!("{VERSIONS}/progress/{token}"), "").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json
    }

    /// Asks until the progress has this status.
    pub async fn progress_until(&self, token: &str, status: &str) -> Value {
        let asked = async {
            loop {
                let progress = self.progress(token).await;
                if progress["status"] == status {
                    return progress;
                }
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(30), asked).await.unwrap()
    }
}

impl Answer {
    /// That it is an error of this status in the legacy shape, with one sentence that begins so.
    #[track_caller]
    pub fn is_legacy_error(&self, status: u16, sentence: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/json");
        let errors = self.json["errors"].as_array().unwrap_or_else(|| panic!("no list of errors in {}", self.text));
        assert_eq!(errors.len(), 1);
        assert!(errors[0].as_str().unwrap().starts_with(sentence), "{}", self.text);
    }
}

pub fn created(json: &Value) -> Created {
    let path: Uri = json["upload_path"].as_str().unwrap().parse().unwrap();
    Created {
        version: json["version"].as_u64().unwrap(),
        path: path.path().to_owned(),
        token: json["token"].as_str().unwrap().to_owned(),
    }
}

pub fn options_on(file: &Path) -> EmbeddedOptions {
    EmbeddedOptions { seed: Some(Seed::Empty), ..kept_in(file) }
}

/// A gzip file of so many bytes, at least 23, that do not repeat soon.
pub fn archive(length: usize) -> Vec<u8> {
    const LONGEST: usize = 0xffff;
    let mut archive = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let mut crc = Crc::new();
    let mut left = length.checked_sub(18).unwrap();
    while left > 0 {
        // Blocks that are stored as they are: whether it is the last, the length twice, the bytes.
        let size = (left - 5).min(LONGEST);
        let size = if (1..5).contains(&(left - 5 - size)) { size - 5 } else { size };
        left -= size + 5;
        let bytes: Vec<u8> = (0..size).map(|index| ((index + left).wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        crc.update(&bytes);
        archive.push(u8::from(left == 0));
        archive.extend((size as u16).to_le_bytes());
        archive.extend((!(size as u16)).to_le_bytes());
        archive.extend(bytes);
    }
    archive.extend(crc.sum().to_le_bytes());
    archive.extend(crc.amount().to_le_bytes());
    assert_eq!(archive.len(), length);
    archive
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The names of the files beside the data file, in order.
pub fn archives_of(file: &Path) -> Vec<String> {
    let folder = file.with_file_name(format!("{}.archives", file.file_name().unwrap().to_str().unwrap()));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
