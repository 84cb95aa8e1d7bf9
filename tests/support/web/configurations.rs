//! The legacy API of the installation in memory: the latest versions of configurations, and what it says of uploads.

use domain::url::decode;
use serde_json::{Value, json};

use super::installation::{Answer, answer};

/// Where archives would be sent: not to the console's own origin, so that none is.
pub const UPLOAD_HOST: &str = "https://binstore.example";

/// What it knows.
#[derive(Default)]
pub struct Configurations {
    latest: Vec<(String, Value)>,
    uploads: Vec<(String, String)>,
}

impl Configurations {
    /// From now on these are the attributes of the latest version of `hashicorp/atlas`, or whatever the title is.
    pub fn keep(&mut self, title: &str, attributes: Value) {
        self.latest.retain(|(known, _)| known != title);
        self.latest.push((title.to_owned(), attributes));
    }

    /// From now on the progress endpoint answers this for the upload with that token, whatever the configuration.
    pub fn say(&mut self, token: &str, body: &str) {
        self.uploads.retain(|(known, _)| known != token);
        self.uploads.push((token.to_owned(), body.to_owned()));
    }

    /// Answers what is asked behind `/api/v1/terraform/configurations/`.
    pub fn answer(&mut self, method: &str, path: &str) -> Answer {
        let segments: Vec<String> = path.split('/').map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match (method, segments.as_slice()) {
            ("GET", [username, name, "versions", "latest"]) => self.latest(&[*username, "/", *name].concat()),
            ("POST", [_, _, "versions"]) => self.create(),
            ("GET", [_, _, "versions", "progress", token]) => self.progress(token),
            _ => not_found(),
        }
    }

    fn latest(&self, title: &str) -> Answer {
        match self.latest.iter().find(|(known, _)| known == title) {
            Some((_, attributes)) => answer(200, &json!({ "version": attributes }).to_string()),
            None => not_found(),
        }
    }

    /// Each create makes an upload of its own: `upload-1`, `upload-2` and so on.
    fn create(&mut self) -> Answer {
        let number = self.uploads.len() + 1;
        let token = format!("upload-{number}");
        self.say(&token, r#"{"status":"pending"}"#);
        let upload_path = [UPLOAD_HOST, "/", &token].concat();
        answer(200, &json!({"version": number, "upload_path": upload_path, "token": token}).to_string())
    }

    fn progress(&self, token: &str) -> Answer {
        match self.uploads.iter().find(|(known, _)| known == token) {
            Some((_, body)) => answer(200, body),
            None => not_found(),
        }
    }
}

fn not_found() -> Answer {
    answer(404, r#"{"errors":["Resource not found!"]}"#)
}
