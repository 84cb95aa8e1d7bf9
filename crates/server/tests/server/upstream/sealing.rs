//! Only upload paths that this server issued lead anywhere.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, UNIX_EPOCH},
};

use axum::{body::Body, http::Method};
use serde_json::json;
use tfe_console_server::{Clock, Mode, Options, SealKey, UpstreamOptions};

use super::support::{Installation, patient};
use crate::support::Server;

const CREATE: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";
const NOT_ISSUED: &str = "This server did not issue this upload path";

/// A store for archives, and options for an installation that wants them there.
async fn store() -> (Installation, UpstreamOptions) {
    let store = Installation::answering(200, &[], "").await;
    let upload_path = format!("http://{}/b/a%20b?X-Signature=a%2Fb&c=d", store.address);
    let body = json!({"version": 6, "upload_path": upload_path, "token": "t-1"}).to_string();
    let installation = Installation::answering(200, &[("content-type", "application/json")], &body).await;
    let upload_hosts = vec![format!("http://{}", store.address).parse().unwrap()];
    let options = UpstreamOptions { upload_hosts, ..patient(&format!("http://{}", installation.address)) };
    (store, options)
}

async fn issued(server: &Server) -> String {
    let created = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
    let path = created.json["upload_path"].as_str().unwrap_or_else(|| panic!("{}", created.text));
    path.strip_prefix("http://tfe.example.com").unwrap().to_owned()
}

async fn put(server: &Server, path: &str) -> crate::support::Answer {
    server.ask(Method::PUT, path, Body::from("archive")).await
}

#[tokio::test]
async fn an_issued_path_leads_to_its_target_with_the_query_and_tells_nothing_of_it() {
    let (store, options) = store().await;
    let server = Server::with(options);
    let path = issued(&server).await;
    assert!(path.starts_with("/api/v1/uploads/"), "{path}");
    assert!(!path.contains(&store.address.to_string()) && !path.contains('%') && !path.contains('?'), "{path}");
    assert_eq!(put(&server, &path).await.status, 200);
    // What clients put behind a path is not theirs to say.
    assert_eq!(put(&server, &format!("{path}?other=query")).await.status, 200);
    for asked in store.asked() {
        assert_eq!(asked.path_and_query, "/b/a%20b?X-Signature=a%2Fb&c=d");
    }
    assert_eq!(store.asked().len(), 2);
}

#[tokio::test]
async fn a_path_that_was_made_up_or_changed_leads_nowhere() {
    let (store, options) = store().await;
    let installation: SocketAddr = options.api.to_string().strip_prefix("http://").unwrap().parse().unwrap();
    let server = Server::with(options);
    let path = issued(&server).await;
    for known in [store.address, installation] {
        for made_up in
            [format!("{known}/anything"), format!("{known}"), format!("{known}/b/a%20b?X-Signature=a%2Fb&c=d")]
        {
            assert_eq!(put(&server, &format!("/api/v1/uploads/{made_up}")).await.status, 404, "{made_up}");
        }
    }
    let (start, sealed) = path.rsplit_once('/').unwrap();
    for place in 0..sealed.len() {
        let other = if &sealed[place..=place] == "A" { "B" } else { "A" };
        let changed = format!("{start}/{}{other}{}", &sealed[..place], &sealed[place + 1..]);
        put(&server, &changed).await.is_legacy_error(404, NOT_ISSUED);
    }
    for changed in [format!("{path}A"), format!("{path}=="), path[..path.len() - 1].to_owned()] {
        assert_eq!(put(&server, &changed).await.status, 404, "{changed}");
    }
    assert_eq!(put(&server, &format!("{path}/more")).await.status, 404);
    assert!(store.asked().is_empty());
}

#[tokio::test]
async fn a_path_expires_and_says_so() {
    static NOW: AtomicU64 = AtomicU64::new(1_000_000_000);
    let (store, options) = store().await;
    let clock = Clock::new(|| UNIX_EPOCH + Duration::from_secs(NOW.load(Ordering::Relaxed)));
    let mode = Mode::Upstream(UpstreamOptions { upload_expires: Duration::from_secs(60), ..options });
    let server = Server::with(Options { clock, mode, ..Options::default() });
    let path = issued(&server).await;
    NOW.fetch_add(59, Ordering::Relaxed);
    assert_eq!(put(&server, &path).await.status, 200);
    NOW.fetch_add(1, Ordering::Relaxed);
    put(&server, &path).await.is_legacy_error(404, "The upload path has expired. Create a new");
    assert_eq!(store.asked().len(), 1);
}

#[tokio::test]
async fn servers_agree_where_they_have_one_key_and_the_host_in_common() {
    let (store, options) = store().await;
    let key = || SealKey::Given("0123456789abcdef0123456789abcdef".to_owned());
    let path = issued(&Server::with(UpstreamOptions { seal_key: key(), ..options.clone() })).await;
    let same = Server::with(UpstreamOptions { seal_key: key(), ..options.clone() });
    assert_eq!(put(&same, &path).await.status, 200);
    let started_again = Server::with(options.clone());
    put(&started_again, &path).await.is_legacy_error(404, NOT_ISSUED);
    let elsewhere = Server::with(UpstreamOptions { seal_key: key(), upload_hosts: Vec::new(), ..options });
    put(&elsewhere, &path).await.is_legacy_error(404, NOT_ISSUED);
    assert_eq!(store.asked().len(), 1);
}

#[tokio::test]
async fn an_installation_that_does_not_know_of_its_tls_still_gets_the_archive_by_the_named_scheme() {
    let store = Installation::answering(200, &[], "").await;
    let body = json!({"upload_path": format!("https://{}/x", store.address)}).to_string();
    let installation = Installation::answering(200, &[], &body).await;
    let upload_hosts = vec![format!("http://{}", store.address).parse().unwrap()];
    let options = UpstreamOptions { upload_hosts, ..patient(&format!("http://{}", installation.address)) };
    let server = Server::with(options);
    let path = issued(&server).await;
    assert_eq!(put(&server, &path).await.status, 200);
}
