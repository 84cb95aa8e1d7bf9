//! An installation in memory: it has versions and tokens, remembers what it was asked, and answers at once.
//!
//! What a test wants to see in between is held back ([`Installation::hold`]); what it wants to go wrong is scripted
//! ([`Installation::once`], [`Installation::always`]). Requests are named by method, path and query, decoded, without
//! what all have in front: `GET /admin/terraform-versions?page[number]=1&page[size]=20`; those of the legacy API begin
//! with `/api/v1`. What that API answers is in `configurations.rs`.
//!
//! Longer than 300 lines because it is a whole installation, and what it answers is found in one place.

use std::{
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use api::{LocalBoxFuture, Request, Response, Transport, TransportError};
use domain::url::decode;
use futures_channel::oneshot;
use serde_json::{Value, json};
use wire::{
    CreateToolVersion, Document, ListDocument, Meta, NewResource, Pagination, ToolVersion, ToolVersionAttributes,
    UpdateToolVersion,
};

use super::{configurations::Configurations, waiting::wait_for};

/// The token that is valid from the start, and an administrator's.
pub const TOKEN: &str = "user.atlasv1.first";

/// What `account/details` says of an administrator.
pub const ADMIN: &str = r#"{"username":"mona","is-site-admin":true}"#;

/// What `account/details` says of somebody else.
pub const NOT_ADMIN: &str = r#"{"username":"otto","is-site-admin":false}"#;

/// What an installation without `account/details` says: nothing.
pub const NOBODY_KNOWN: &str = "";

/// A digest.
pub const SHA: &str = "84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7";

/// Another digest.
pub const SHA_2: &str = "402b4333792967986383670134bb52a8948115f83ab6bda35f57fa2c3c9e9279";

/// What comes back instead of the usual.
pub type Answer = Result<Response, TransportError>;

/// An answer with this status and body.
pub fn answer(status: u16, body: &str) -> Answer {
    Ok(Response { status, headers: Vec::new(), body: body.to_owned() })
}

/// An answer that asks for a pause of so many seconds.
pub fn limited(seconds: u32) -> Answer {
    Ok(Response { status: 429, headers: vec![("Retry-After", seconds.to_string())], body: String::new() })
}

/// No answer.
pub fn unreachable() -> Answer {
    Err(TransportError::Unreachable)
}

/// No answer in time, which is not asked for again by the call itself.
pub fn timed_out() -> Answer {
    Err(TransportError::TimedOut)
}

/// The refusal of a form: for each attribute a message; the empty one is about none of them.
pub fn errors(messages: &[(&str, &str)]) -> Answer {
    let error = |(attribute, detail): &(&str, &str)| match *attribute {
        "" => json!({"status": "422", "title": "invalid", "detail": detail}),
        name => {
            let pointer = format!("/data/attributes/{name}");
            json!({"status": "422", "title": "invalid attribute", "detail": detail, "source": {"pointer": pointer}})
        }
    };
    let errors: Vec<Value> = messages.iter().map(error).collect();
    answer(422, &json!({ "errors": errors }).to_string())
}

/// Where a release is downloaded.
pub fn url(number: &str) -> String {
    format!("https://releases.hashicorp.com/terraform/{number}/terraform_{number}_linux_amd64.zip")
}

/// An enabled, unused version with an id made of its number: `tool-1.5.0`.
pub fn version(number: &str) -> ToolVersion {
    ToolVersion {
        id: format!("tool-{number}"),
        kind: "terraform-versions".to_owned(),
        attributes: ToolVersionAttributes {
            version: number.to_owned(),
            url: Some(url(number)),
            sha: Some(SHA.to_owned()),
            official: false,
            enabled: true,
            beta: false,
            deprecated: Some(false),
            deprecated_reason: Some(None),
            usage: Some(0),
            created_at: Some("2018-08-15T22:34:24.561Z".to_owned()),
            archs: None,
        },
    }
}

/// So many versions: 1.0.1, 1.0.2 and so on.
pub fn many(count: usize) -> Vec<ToolVersion> {
    (1..=count).map(|patch| version(&format!("1.0.{patch}"))).collect()
}

/// See the module.
pub struct Installation(Mutex<State>);

#[derive(Default)]
struct State {
    versions: Vec<ToolVersion>,
    accounts: Vec<(String, String)>,
    refused_in_legacy: Option<String>,
    limit: Option<u32>,
    configurations: Configurations,
    scripts: Vec<Script>,
    holds: Vec<(String, Held)>,
    sent: Vec<Request>,
    dropped: Vec<String>,
    now: Duration,
}

struct Script {
    part: String,
    answer: Answer,
    is_once: bool,
    is_done: bool,
}

impl Installation {
    /// With these versions, and [`TOKEN`].
    pub fn with(versions: impl IntoIterator<Item = ToolVersion>) -> Arc<Self> {
        let accounts = vec![(TOKEN.to_owned(), ADMIN.to_owned())];
        Arc::new(Self(Mutex::new(State { versions: versions.into_iter().collect(), accounts, ..State::default() })))
    }

    /// With these versions, and [`TOKEN`] with what `account/details` says of its owner.
    pub fn known_to(account: &str, versions: impl IntoIterator<Item = ToolVersion>) -> Arc<Self> {
        let installation = Self::with(versions);
        installation.refuse_every_token();
        installation.accept(TOKEN, account);
        installation
    }

    /// From now on this token is valid, with what `account/details` says of its owner.
    pub fn accept(&self, token: &str, account: &str) {
        self.state().accounts.push((token.to_owned(), account.to_owned()));
    }

    /// From now on the legacy API does not know this token, whatever the other API thinks of it.
    pub fn refuse_in_legacy(&self, token: &str) {
        self.state().refused_in_legacy = Some(token.to_owned());
    }

    /// From now on every answer tells that so many requests a second are allowed.
    pub fn tell_limit(&self, limit: u32) {
        self.state().limit = Some(limit);
    }

    /// From now on no token is valid.
    pub fn refuse_every_token(&self) {
        self.state().accounts.clear();
    }

    /// The next request that this is part of has this answer.
    pub fn once(&self, part: &str, answer: Answer) {
        self.state().scripts.push(Script { part: part.to_owned(), answer, is_once: true, is_done: false });
    }

    /// The next request that this is part of is done, and has this answer all the same.
    pub fn once_done(&self, part: &str, answer: Answer) {
        self.state().scripts.push(Script { part: part.to_owned(), answer, is_once: true, is_done: true });
    }

    /// Every request that this is part of has this answer, until [`Installation::mend`].
    pub fn always(&self, part: &str, answer: Answer) {
        self.state().scripts.push(Script { part: part.to_owned(), answer, is_once: false, is_done: false });
    }

    /// Everything is answered as usual again.
    pub fn mend(&self) {
        self.state().scripts.clear();
    }

    /// The next request that this is part of waits for its answer until [`Held::release`]; so does a wait of the console,
    /// which is called `wait 10 s`.
    pub fn hold(&self, part: &str) -> Held {
        let held = Held::default();
        self.state().holds.push((part.to_owned(), held.clone()));
        held
    }

    /// Somebody else changes a version.
    pub fn change(&self, id: &str, change: impl FnOnce(&mut ToolVersionAttributes)) {
        let mut state = self.state();
        change(&mut state.versions.iter_mut().find(|it| it.id == id).unwrap().attributes);
    }

    /// Somebody else deletes a version.
    pub fn forget(&self, id: &str) {
        self.state().versions.retain(|it| it.id != id);
    }

    /// What the legacy API knows.
    pub fn configurations<R>(&self, change: impl FnOnce(&mut Configurations) -> R) -> R {
        change(&mut self.state().configurations)
    }

    /// What it was asked so far, as far as this is part of it.
    pub fn sent(&self, part: &str) -> Vec<String> {
        self.state().sent.iter().map(line).filter(|line| line.contains(part)).collect()
    }

    /// The tokens of the requests that this is part of.
    pub fn tokens(&self, part: &str) -> Vec<String> {
        let state = self.state();
        state.sent.iter().filter(|it| line(it).contains(part)).map(token).collect()
    }

    /// The bodies of the requests that this is part of.
    pub fn bodies(&self, part: &str) -> Vec<Value> {
        let state = self.state();
        let bodies = state.sent.iter().filter(|it| line(it).contains(part)).map(|it| it.body.as_deref());
        bodies.map(|body| serde_json::from_str(body.unwrap_or_default()).unwrap()).collect()
    }

    /// The attributes in the only body sent by this method.
    pub fn body(&self, method: &str) -> Value {
        let mut bodies = self.bodies(method);
        assert_eq!(bodies.len(), 1, "{method} was sent other than once: {bodies:?}");
        let body = bodies.remove(0);
        assert_eq!(body.pointer("/data/type"), Some(&json!("terraform-versions")));
        body.pointer("/data/attributes").unwrap().clone()
    }

    /// The requests that the console gave up before they were answered, as far as this is part of them.
    pub fn dropped(&self, part: &str) -> usize {
        self.state().dropped.iter().filter(|line| line.contains(part)).count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

/// A request whose answer is held back.
#[derive(Clone, Default)]
pub struct Held(Arc<Mutex<Option<oneshot::Sender<()>>>>);

impl Held {
    /// Waits until the request has been sent.
    pub async fn arrives(&self) {
        wait_for("a request that is held back", || self.is_waiting().then_some(())).await;
    }

    /// Answers it as things are now. It may have been dropped.
    pub fn release(&self) {
        let sender = self.0.lock().unwrap().take().expect("a request that was sent");
        let _ = sender.send(());
    }

    fn is_waiting(&self) -> bool {
        self.0.lock().unwrap().is_some()
    }
}

impl Transport for Installation {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        let mut state = self.state();
        let line = line(&request);
        // Every page asks it once, and no test is about that.
        if line.contains("/api/v2/ping") {
            return Box::pin(std::future::ready(not_found()));
        }
        state.sent.push(request.clone());
        let released = state.held(&line);
        drop(state);
        let mut open = Open { installation: self, line, is_answered: false };
        Box::pin(async move {
            if let Some(released) = released {
                // Nobody holds the sender any more when the test is over, and then nobody waits for the answer.
                let _ = released.await;
            }
            open.is_answered = true;
            let mut state = self.state();
            let limit = state.limit;
            let mut answer = state.answer(&request, &open.line);
            if let (Ok(response), Some(limit)) = (&mut answer, limit) {
                response.headers.push(("X-RateLimit-Limit", limit.to_string()));
            }
            answer
        })
    }

    /// Time passes at once, unless it is held back.
    fn wait(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        let mut state = self.state();
        let Some(released) = state.held(&format!("wait {} s", duration.as_secs())) else {
            state.now += duration;
            return Box::pin(std::future::ready(()));
        };
        drop(state);
        Box::pin(async move {
            let _ = released.await;
            self.state().now += duration;
        })
    }

    fn now(&self) -> Duration {
        self.state().now
    }

    fn jitter(&self) -> u32 {
        500
    }
}

/// A request without an answer.
struct Open<'a> {
    installation: &'a Installation,
    line: String,
    is_answered: bool,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if !self.is_answered {
            let line = std::mem::take(&mut self.line);
            self.installation.state().dropped.push(line);
        }
    }
}

impl State {
    /// When what this line tells of is released, if it is held back.
    fn held(&mut self, line: &str) -> Option<oneshot::Receiver<()>> {
        let place = self.holds.iter().position(|(part, _)| line.contains(part))?;
        let (_, held) = self.holds.remove(place);
        let (sender, released) = oneshot::channel();
        *held.0.lock().unwrap() = Some(sender);
        Some(released)
    }

    fn answer(&mut self, request: &Request, line: &str) -> Answer {
        let token = token(request);
        let is_known = !line.contains("/api/v1") || self.refused_in_legacy.as_deref() != Some(&token);
        let account = self.accounts.iter().find(|(it, _)| is_known && *it == token).map(|(_, account)| account.clone());
        let Some(account) = account else {
            return answer(401, r#"{"errors":[{"status":"401","title":"unauthorized"}]}"#);
        };
        if let Some(place) = self.scripts.iter().position(|script| line.contains(&script.part)) {
            let Script { answer, is_once, is_done, .. } = self.scripts.get(place).unwrap();
            let (scripted, is_once, is_done) = (answer.clone(), *is_once, *is_done);
            if is_once {
                self.scripts.remove(place);
            }
            if is_done {
                let _ = self.as_usual(request, &account);
            }
            return scripted;
        }
        self.as_usual(request, &account)
    }

    fn as_usual(&mut self, request: &Request, account: &str) -> Answer {
        if let Some(path) = request.url.strip_prefix("/api/v1/terraform/configurations/") {
            return self.configurations.answer(request.method.name(), path);
        }
        let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
        let (path, query) = (decode(path.trim_start_matches("/api/v2")), decode(query));
        if path == "/account/details" && account != NOBODY_KNOWN {
            let attributes: Value = serde_json::from_str(account).unwrap();
            return answer(
                200,
                &json!({"data": {"id": "user-1", "type": "users", "attributes": attributes}}).to_string(),
            );
        }
        let id = path.strip_prefix("/admin/terraform-versions").filter(|_| account != NOT_ADMIN);
        match (request.method.name(), id) {
            ("GET", Some("")) => self.list(&query),
            ("POST", Some("")) => self.create(request),
            (method, Some(id)) => {
                match self.versions.iter().position(|it| id.strip_prefix('/') == Some(it.id.as_str())) {
                    Some(place) => self.one(method, place, request),
                    None => not_found(),
                }
            }
            _ => not_found(),
        }
    }

    fn list(&self, query: &str) -> Answer {
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let number = |name: &str, usual: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
        let (page, size) = (number("page[number]", 1), number("page[size]", 20));
        let wanted = value("search[version]").unwrap_or_default();
        let found: Vec<_> = self.versions.iter().filter(|it| it.attributes.version.contains(wanted)).collect();
        let pages = found.len().div_ceil(size).max(1);
        let pagination = Pagination {
            current_page: page as u64,
            prev_page: (page > 1).then(|| (page - 1).min(pages) as u64),
            next_page: (page < pages).then_some(page as u64 + 1),
            total_pages: pages as u64,
            total_count: found.len() as u64,
        };
        let data = found.into_iter().skip((page - 1) * size).take(size).cloned().collect();
        written(200, &ListDocument { data, links: None, meta: Some(Meta { pagination: Some(pagination) }) })
    }

    fn create(&mut self, request: &Request) -> Answer {
        let new: CreateToolVersion = attributes(request);
        let mut created = version(&new.version);
        created.attributes = ToolVersionAttributes {
            url: new.url,
            sha: new.sha,
            official: new.official,
            enabled: new.enabled,
            beta: new.beta,
            deprecated: Some(new.deprecated.unwrap_or(false)),
            deprecated_reason: Some(new.deprecated_reason),
            ..created.attributes
        };
        self.versions.insert(0, created.clone());
        written(201, &Document { data: created })
    }

    fn one(&mut self, method: &str, place: usize, request: &Request) -> Answer {
        if method == "DELETE" {
            self.versions.remove(place);
            return answer(204, "");
        }
        let version = self.versions.get_mut(place).unwrap();
        if method == "PATCH" {
            let known = &mut version.attributes;
            let new: UpdateToolVersion = attributes(request);
            known.version = new.version.unwrap_or(known.version.clone());
            known.url = new.url.or(known.url.clone());
            known.sha = new.sha.or(known.sha.clone());
            known.official = new.official.unwrap_or(known.official);
            known.enabled = new.enabled.unwrap_or(known.enabled);
            known.beta = new.beta.unwrap_or(known.beta);
            known.deprecated = new.deprecated.or(known.deprecated);
            known.deprecated_reason = new.deprecated_reason.or(known.deprecated_reason.clone());
        }
        written(200, &Document { data: version.clone() })
    }
}

fn line(request: &Request) -> String {
    [request.method.name(), " ", &decode(request.url.trim_start_matches("/api/v2"))].concat()
}

fn token(request: &Request) -> String {
    let is_legacy = request.url.starts_with("/api/v1/");
    let (name, prefix) = if is_legacy { ("X-Atlas-Token", "") } else { ("Authorization", "Bearer ") };
    let header = request.headers.iter().find(|(known, _)| *known == name);
    header.and_then(|(_, value)| value.strip_prefix(prefix)).unwrap_or_default().to_owned()
}

fn attributes<A: serde::de::DeserializeOwned>(request: &Request) -> A {
    let body: Document<NewResource<A>> = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    body.data.attributes
}

fn written(status: u16, document: &impl serde::Serialize) -> Answer {
    answer(status, &serde_json::to_string(document).unwrap())
}

fn not_found() -> Answer {
    answer(404, r#"{"errors":[{"status":"404","title":"not found"}]}"#)
}
