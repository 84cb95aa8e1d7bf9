//! What an operator may set for this console: the file `config.json` beside `index.html`.
//!
//! Nothing in it can lead elsewhere: the API is on the page's own origin, or the file is refused.

use serde::{Deserialize, Deserializer};
use wire::{Mismatch, Unreadable};

/// The name of the file.
pub const FILE: &str = "config.json";

const LONGEST_NAME: usize = 100;

/// How this console is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The path that `/v1` and `/v2` are below: `/api`.
    pub api: String,
    /// What the operator calls the installation.
    pub name: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { api: "/api".to_owned(), name: None }
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, deserialize_with = "text")]
    api: Option<String>,
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
}

/// Text; unlike with a plain `Option`, `null` is a mistake.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

impl Config {
    /// Reads the file of a page on `origin`: `https://console.example.com`.
    ///
    /// # Errors
    /// A sentence for the operator that says what in the file is wrong.
    pub fn read(text: &str, origin: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let file: File = wire::read(text).map_err(|error| sentence(&error))?;
        let default = Self::default();
        Ok(Self {
            api: file.api.map_or(Ok(default.api), |api| check_api(&api, origin))?,
            name: file.name.map(|name| check_name(&name)).transpose()?,
        })
    }
}

fn sentence(error: &Unreadable) -> String {
    match error {
        Unreadable::NotJson { line } => ["It is not valid JSON, from line ", &line.to_string(), " on."].concat(),
        Unreadable::BreaksOff => "It is not valid JSON: it breaks off in the middle.".to_owned(),
        Unreadable::Mismatch(Mismatch { place, .. }) if place.is_empty() => "It must be a JSON object.".to_owned(),
        Unreadable::Mismatch(it) if it.is_doubled_key() => ["The key “", &it.place, "” is there twice."].concat(),
        Unreadable::Mismatch(Mismatch { place, .. }) => match place.as_str() {
            "api" => API_WRONG.to_owned(),
            "name" => name_is_wrong(),
            unknown => ["The key “", unknown, "” is unknown. There are “api” and “name”."].concat(),
        },
    }
}

const API_WRONG: &str = "“api” must be a path on this page's own origin, such as “/api”.";

fn check_api(value: &str, origin: &str) -> Result<String, String> {
    let path = value.strip_prefix(origin).filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(value);
    if path.starts_with("//") || path.contains("://") {
        let refused = ["“api” is ", value, ", but the API must be on this page's own origin, ", origin, "."];
        return Err(refused.concat());
    }
    let path = path.trim_end_matches('/');
    let is_path = path.is_empty() || path.starts_with('/');
    let is_plain = path.bytes().all(|it| it.is_ascii_alphanumeric() || b"/-._~%".contains(&it));
    let is_direct = !path.contains("//") && path.split('/').all(|it| it != "." && it != "..");
    if value.is_empty() || !is_path || !is_plain || !is_direct {
        return Err(API_WRONG.to_owned());
    }
    Ok(path.to_owned())
}

fn check_name(value: &str) -> Result<String, String> {
    let name = value.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(name_is_wrong());
    }
    Ok(name.to_owned())
}

fn name_is_wrong() -> String {
    ["“name” must be a text of 1 to ", &LONGEST_NAME.to_string(), " characters."].concat()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const ORIGIN: &str = "https://console.example.com";

    fn read(text: &str) -> Result<(String, Option<String>), String> {
        Config::read(text, ORIGIN).map(|config| (config.api, config.name))
    }

    #[test]
    fn everything_may_be_left_out() {
        for text in ["{}", " {\n} ", "\u{FEFF}{}"] {
            assert_eq!(Config::read(text, ORIGIN), Ok(Config::default()), "{text:?}");
        }
    }

    #[test]
    fn the_api_is_a_path_on_the_pages_own_origin() {
        for (api, path) in [
            ("/api", "/api"),
            ("/tfe/api/", "/tfe/api"),
            ("/", ""),
            ("https://console.example.com/tfe", "/tfe"),
            ("https://console.example.com", ""),
        ] {
            assert_eq!(read(&format!(r#"{{"api": "{api}"}}"#)), Ok((path.to_owned(), None)), "{api}");
        }
        for foreign in [
            "https://evil.example/api",
            "https://console.example.com.evil.example/api",
            "https://console.example.com@evil.example/api",
            "http://console.example.com/api",
            "//evil.example/api",
        ] {
            let refused = read(&format!(r#"{{"api": "{foreign}"}}"#)).unwrap_err();
            assert!(refused.contains(foreign) && refused.contains("own origin"), "{foreign}: {refused}");
        }
        for odd in ["", "api", "/a//b", "/../x", "/a/..", "/api?x", "/api#x", "/a\\\\b", "/\\tb", "javascript:alert(1)"]
        {
            assert!(read(&format!(r#"{{"api": "{odd}"}}"#)).unwrap_err().contains("must be a path"), "{odd}");
        }
        assert!(read(r#"{"api": null}"#).is_err() && read(r#"{"api": ["/api"]}"#).is_err());
    }

    #[test]
    fn the_name_is_a_short_text() {
        assert_eq!(read(r#"{"name": " Production "}"#), Ok(("/api".to_owned(), Some("Production".to_owned()))));
        let long = format!(r#"{{"name": "{}"}}"#, "ä".repeat(101));
        for text in [r#"{"name": ""}"#, r#"{"name": " "}"#, r#"{"name": {}}"#, &long] {
            assert!(read(text).unwrap_err().contains("1 to 100 characters"), "{text}");
        }
    }

    #[test]
    fn a_mistake_is_named() {
        for (text, part) in [
            (r#"{"api": "/api", "colour": "red"}"#, "“colour”"),
            ("{\n\"api\": \"/api\",\n}", "line 3"),
            ("", "not valid JSON"),
            ("{\"api\": ", "breaks off"),
            ("{\"api\": \"/api\",\n\"api\": \"/other\"}", "“api” is there twice"),
            ("[]", "JSON object"),
            ("null", "JSON object"),
        ] {
            assert!(read(text).unwrap_err().contains(part), "{text}");
        }
    }
}
