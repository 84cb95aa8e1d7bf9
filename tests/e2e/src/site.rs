//! The real server with the built console, in this process and on a port of its own.

use std::{env, net::SocketAddr, num::NonZeroU32};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{HeaderValue, Method, Request, StatusCode, header::AUTHORIZATION},
    middleware::{self, Next},
    response::Response,
    serve::ListenerExt,
};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tfe_console_server::{
    AppState, DEMO_ADMIN_TOKEN, DEMO_USER_TOKEN, EmbeddedOptions, Mode, Options, Seed, UpstreamOptions, app,
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use tower::ServiceExt;

use crate::{
    Front, WebServer,
    deployment::{BELOW, Deployment},
    front::stand_in_front,
};

/// The administrator's token.
pub const ADMIN_TOKEN: &str = DEMO_ADMIN_TOKEN;
/// The token of somebody who is not an administrator.
pub const USER_TOKEN: &str = DEMO_USER_TOKEN;
/// The administrator's token after [`Front::renew_token`].
pub const RENEWED_TOKEN: &str = "renewed-admin-token";
/// The path of the list in the API.
pub const LIST: &str = "/api/v2/admin/terraform-versions";

/// Who hosts the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// The server with the data.
    Own,
    /// A server that forwards to the one with the data.
    Forwarded,
    /// nginx, in front of the server with the data.
    Nginx,
    /// Caddy, in front of it.
    Caddy,
}

impl Host {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Own, Self::Forwarded, Self::Nginx, Self::Caddy];

    /// The one that `cargo xtask test` wants the journeys to go through.
    pub(crate) fn of_environment() -> Self {
        match env::var("TFE_CONSOLE_E2E_HOST").unwrap_or_default().as_str() {
            "" => Self::Own,
            "forwarded" => Self::Forwarded,
            "nginx" => Self::Nginx,
            "caddy" => Self::Caddy,
            other => panic!("there is no host {other}"),
        }
    }
}

/// A server that ends with this.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    api: Router,
    front: Front,
    arrived: watch::Sender<usize>,
    tasks: Vec<JoinHandle<()>>,
    web_server: Option<WebServer>,
    _deployment: Deployment,
}

impl Site {
    /// Starts a server of its own with this console and this data.
    pub async fn start(host: Host, deployment: Deployment, seed: Seed) -> Self {
        Self::start_limited(host, deployment, seed, None).await
    }

    /// The same with a limit of requests a second.
    pub(crate) async fn start_limited(
        host: Host,
        deployment: Deployment,
        seed: Seed,
        rate_limit: Option<NonZeroU32>,
    ) -> Self {
        let embedded = EmbeddedOptions { seed: Some(seed), rate_limit, ..EmbeddedOptions::default() };
        let options = Options { assets: deployment.assets(), ..embedded.into() };
        let api = app(AppState::open(&options).expect("a database in memory opens"));
        let arrived = watch::Sender::default();
        let api = api.layer(middleware::from_fn_with_state(arrived.clone(), count_arrived));
        let front = Front::default();
        let mut tasks = Vec::new();
        let mut site = api.clone();
        if host == Host::Forwarded {
            let (address, task) = serve(api.clone()).await;
            let origin = format!("http://{address}").parse().expect("an address is an origin");
            let options = Options { mode: Mode::Upstream(UpstreamOptions::new(origin)), ..options };
            site = app(AppState::open(&options).expect("forwarding begins"));
            tasks.push(task);
        }
        let mut site = site.layer(middleware::from_fn_with_state(front.clone(), stand_in_front));
        if deployment.is_below() {
            site = below(site);
        }
        let (mut address, task) = serve(site).await;
        tasks.push(task);
        let mut web_server = None;
        // Below a path each operator's configuration is another: the server itself is tested.
        if matches!(host, Host::Nginx | Host::Caddy) && !deployment.is_below() {
            let started = WebServer::start(host, &deployment.assets(), address).await;
            address = started.address();
            web_server = Some(started);
        }
        Self { address, api, front, arrived, tasks, web_server, _deployment: deployment }
    }

    /// What stands in front of the server.
    pub fn front(&self) -> &Front {
        &self.front
    }

    /// How many bytes of archives have reached the server with the data, and how many each time more do.
    pub fn arrived(&self) -> watch::Receiver<usize> {
        self.arrived.subscribe()
    }

    /// What the web server in front wrote into its logs, if there is one.
    pub fn logs(&self) -> String {
        self.web_server.as_ref().map(WebServer::logs).unwrap_or_default()
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Asks the API as another administrator would, past the browser and past the front.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let request = Request::builder().method(method).uri(self.url(path));
        let request = request.header(AUTHORIZATION, format!("Bearer {ADMIN_TOKEN}"));
        let request = request.body(Body::from(body)).expect("a story asks for a real path");
        let Ok(response) = self.api.clone().oneshot(request).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("an answer in this process arrives");
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// The id of a version by its number.
    pub async fn id_of(&self, version: &str) -> String {
        let path = format!("{LIST}?filter%5Bversion%5D={version}");
        let (_, body) = self.ask(Method::GET, &path, None).await;
        let id = body.pointer("/data/0/id").and_then(Value::as_str);
        id.unwrap_or_else(|| panic!("the server has no version {version}")).to_owned()
    }

    /// The attributes that the server has of a version; null if it has no such version.
    pub async fn attributes(&self, id: &str) -> Value {
        let (_, body) = self.ask(Method::GET, &path_of(id), None).await;
        body.pointer("/data/attributes").cloned().unwrap_or_default()
    }

    /// Changes a version, as another administrator would.
    pub async fn change(&self, id: &str, attributes: Value) {
        let body = json!({"data": {"type": "terraform-versions", "attributes": attributes}});
        let (status, answer) = self.ask(Method::PATCH, &path_of(id), Some(body)).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }

    /// The path of a version in the API.
    pub fn path_of(&self, id: &str) -> String {
        path_of(id)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// What a proxy does for a console below a path: takes the path away, and says so.
fn below(site: Router) -> Router {
    let say = async |mut request: Request<Body>, next: Next| {
        request.headers_mut().insert("x-forwarded-prefix", HeaderValue::from_static(BELOW));
        next.run(request).await
    };
    Router::new().nest_service(BELOW, site.layer(middleware::from_fn(say)))
}

/// Counts the bytes of archives as they come in.
async fn count_arrived(State(arrived): State<watch::Sender<usize>>, request: Request<Body>, next: Next) -> Response {
    if request.method() != Method::PUT {
        return next.run(request).await;
    }
    let counted = |body: Body| {
        Body::from_stream(body.into_data_stream().inspect(move |chunk| {
            arrived.send_modify(|sum| *sum += chunk.as_ref().map_or(0, Bytes::len));
        }))
    };
    next.run(request.map(counted)).await
}

/// Serves on a free port.
async fn serve(app: Router) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let address = listener.local_addr().expect("a listener has an address");
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    (address, tokio::spawn(async move { drop(axum::serve(listener, app).await) }))
}

fn path_of(id: &str) -> String {
    format!("{LIST}/{id}")
}
