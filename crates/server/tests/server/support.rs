//! A client of the router: requests as a client would send them, answers as JSON.

use std::path::Path;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, Response, StatusCode},
};
use serde_json::{Value, json};
use tfe_console_server::{AppState, Data, EmbeddedOptions, Mode, Options, Seed, Tokens, app};
use tower::ServiceExt;

pub const VERSIONS: &str = "/api/v2/admin/terraform-versions";
pub const SHA: &str = "84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7";
pub const OTHER_SHA: &str = "6b8ce67647a59b2a3f70199c304abca0ddec0e49fd060944c26f666298e23418";
pub const URL: &str = "https://example.com/terraform.zip";

/// The two versions of the specification, both official: one not used, one used by two workspaces.
pub const UNUSED: &str = "/api/v2/admin/terraform-versions/tool-L4oe7rNwn7J4E5Yr";
pub const USED: &str = "/api/v2/admin/terraform-versions/tool-qcbYn12vuRKPgPpy";

/// The token of the administrator of data in memory, as everyone knows it, and of data in a file.
pub const DEMO_TOKEN: &str = "demo-admin-token";
pub const KEPT_TOKEN: &str = "kept-admin-token";

/// The program, and the administrator's token.
pub struct Server(pub Router, pub &'static str);

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    /// `null` where the body is no JSON.
    pub json: Value,
}

impl Server {
    pub fn with(options: impl Into<Options>) -> Self {
        let options = options.into();
        Self(app(AppState::open(&options).unwrap()), token_of(&options))
    }

    pub fn demo() -> Self {
        Self::with(Options::default())
    }

    pub fn empty() -> Self {
        Self::with(EmbeddedOptions { seed: Some(Seed::Empty), ..EmbeddedOptions::default() })
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.raw(request).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, text, json }
    }

    pub async fn raw(&self, request: Request<Body>) -> Response<Body> {
        self.0.clone().oneshot(request).await.unwrap()
    }

    /// A name of the host that is answered.
    pub fn host(&self) -> &'static str {
        if self.1 == DEMO_TOKEN { "tfe.localhost" } else { "tfe.example.com" }
    }

    /// A request of the administrator's, to a host with a name.
    pub async fn ask(&self, method: Method, path: &str, body: impl Into<Body>) -> Answer {
        self.send(
            Request::builder()
                .method(method)
                .uri(path)
                .header("host", self.host())
                .header("authorization", format!("Bearer {}", self.1))
                .header("content-type", "application/vnd.api+json")
                .body(body.into())
                .unwrap(),
        )
        .await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, Body::empty()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, Body::empty()).await
    }

    pub async fn post(&self, attributes: Value) -> Answer {
        self.ask(Method::POST, VERSIONS, document(attributes)).await
    }

    pub async fn patch(&self, path: &str, attributes: Value) -> Answer {
        self.ask(Method::PATCH, path, document(attributes)).await
    }

    /// Adds a version and returns its path.
    pub async fn add(&self, attributes: Value) -> String {
        let answer = self.post(attributes).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        format!("{VERSIONS}/{}", answer.json["data"]["id"].as_str().unwrap())
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn attributes(&self) -> &Value {
        &self.json["data"]["attributes"]
    }

    /// The version numbers of a list.
    pub fn versions(&self) -> Vec<&str> {
        let items = self.json["data"].as_array().unwrap();
        items.iter().map(|item| item["attributes"]["version"].as_str().unwrap()).collect()
    }

    /// Of an error document: pointer and detail of each error, in order.
    pub fn problems(&self) -> Vec<(&str, &str)> {
        let errors = self.json["errors"].as_array().unwrap_or_else(|| panic!("no errors in {}", self.text));
        errors.iter().map(|error| (text(&error["source"]["pointer"]), text(&error["detail"]))).collect()
    }

    pub fn pointers(&self) -> Vec<&str> {
        self.problems().into_iter().map(|(pointer, _)| pointer).collect()
    }

    /// That it is an error of this status as JSON:API has it, on the line and in the document.
    #[track_caller]
    pub fn is_refused_with(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/vnd.api+json");
        let errors = self.json["errors"].as_array().unwrap_or_else(|| panic!("no errors in {}", self.text));
        assert!(!errors.is_empty());
        for error in errors {
            assert_eq!(error["status"], status.to_string(), "{}", self.text);
            assert!(!error["title"].as_str().unwrap().is_empty());
        }
    }
}

/// The administrator's token for these options.
pub fn token_of(options: &Options) -> &'static str {
    let is_demo = matches!(&options.mode, Mode::Embedded(embedded) if embedded.tokens.admin_is_demo());
    if is_demo { DEMO_TOKEN } else { KEPT_TOKEN }
}

/// Data in this file, for the token that is not everyone's.
pub fn kept_in(file: &Path) -> EmbeddedOptions {
    let tokens = Tokens::new(KEPT_TOKEN, None).unwrap();
    EmbeddedOptions { data: Data::File(file.to_owned()), tokens, ..EmbeddedOptions::default() }
}

/// A request's document.
pub fn document(attributes: Value) -> String {
    json!({"data": {"type": "terraform-versions", "attributes": attributes}}).to_string()
}

/// The attributes of a valid create.
pub fn new_version(version: &str) -> Value {
    json!({"version": version, "url": URL, "sha": SHA})
}

/// The same with other members, which replace those of the same name.
pub fn with(mut attributes: Value, others: Value) -> Value {
    attributes.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    attributes
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
