//! Hosting the built console.

use std::fs;

use axum::{
    body::Body,
    http::{Method, Request},
};
use tempfile::TempDir;
use tfe_console_server::Options;

use crate::support::{Answer, Server};

const PAGE: &str = "<!doctype html><title>console</title>";
const SCRIPT: &str = "/tfe-console-0123456789abcdef.js";
const WASM: &str = "/tfe-console-fedcba9876543210_bg.wasm";

/// A folder like Trunk's, with a secret beside it.
fn hosted() -> (TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    fs::create_dir_all(dist.join("snippets")).unwrap();
    fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    for (name, content) in [
        ("index.html", PAGE),
        (SCRIPT, "script();"),
        (WASM, "\0asm"),
        ("base-0123456789abcde.css", "css"),
        ("favicon.svg", "<svg/>"),
        ("snippets/inline0.js", "snippet();"),
    ] {
        let path = dist.join(name.trim_start_matches('/'));
        fs::write(&path, content).unwrap();
        if name != "favicon.svg" {
            fs::write(format!("{}.br", path.display()), format!("{content} in brotli")).unwrap();
            fs::write(format!("{}.gz", path.display()), format!("{content} in gzip")).unwrap();
        }
    }
    let server = Server::with(Options { assets: dist, ..Options::default() });
    (folder, server)
}

async fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(server, Method::GET, path, headers).await
}

async fn ask(server: &Server, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(path);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn files_have_their_types() {
    let (_folder, server) = hosted();
    for (path, kind) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        (SCRIPT, "text/javascript"),
        (WASM, "application/wasm"),
        ("/base-0123456789abcde.css", "text/css"),
        ("/favicon.svg", "image/svg+xml"),
        ("/snippets/inline0.js", "text/javascript"),
    ] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, kind), "{path}");
    }
}

#[tokio::test]
async fn the_encoding_that_the_client_likes_best_is_sent() {
    let (_folder, server) = hosted();
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", "br", "script(); in brotli"),
        ("gzip", "gzip", "script(); in gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip", "script(); in gzip"),
        ("br;q=0, gzip;q=0", "", "script();"),
        ("identity", "", "script();"),
        ("zstd", "", "script();"),
        ("", "", "script();"),
    ] {
        let answer = get(&server, SCRIPT, &[("accept-encoding", accepted)]).await;
        assert_eq!((answer.header("content-encoding"), answer.text.as_str()), (encoding, body), "{accepted}");
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-length"), body.len().to_string());
    }
    let page = get(&server, "/terraform-versions/tool-1", &[("accept-encoding", "br")]).await;
    assert_eq!((page.header("content-encoding"), page.header("content-type")), ("br", "text/html"));
    let alone = get(&server, "/favicon.svg", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!((alone.status.as_u16(), alone.header("content-encoding")), (200, ""));
}

#[tokio::test]
async fn hashed_names_are_kept_for_a_year_and_the_page_never() {
    let (_folder, server) = hosted();
    for path in [SCRIPT, WASM, "/base-0123456789abcde.css"] {
        let answer = get(&server, path, &[("accept-encoding", "br")]).await;
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
    }
    for path in ["/", "/index.html", "/terraform-versions"] {
        assert_eq!(get(&server, path, &[]).await.header("cache-control"), "no-store", "{path}");
    }
    for path in ["/favicon.svg", "/snippets/inline0.js"] {
        assert_eq!(get(&server, path, &[]).await.header("cache-control"), "no-cache", "{path}");
    }
    assert_eq!(get(&server, "/gone-0123456789abcdef.js", &[]).await.header("cache-control"), "");
}

#[tokio::test]
async fn pages_of_the_console_are_the_page() {
    let (_folder, server) = hosted();
    for path in [
        "/",
        "/connect",
        "/terraform-versions?page=2&size=50",
        "/terraform-versions/tool-L4oe7rNwn7J4E5Yr/edit",
        "/configurations/a.b/c.d",
        "/configurations/hashicorp/atlas/versions/progress/ddbd7db6-0.1",
        "/terraform-versions/1.5.7",
        "/apis",
        "/snippets",
        "/%C3%A4%20b",
    ] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, PAGE), "{path}");
        let head = ask(&server, Method::HEAD, path, &[]).await;
        assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("content-length"), PAGE.len().to_string(), "{path}");
    }
    let navigation = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    let answer = get(&server, "/configurations/hashicorp/site.js", &[navigation]).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, PAGE), "a name may end like a file's");
}

#[tokio::test]
async fn a_missing_part_of_a_build_is_not_found() {
    let (_folder, server) = hosted();
    for path in [
        "/old-0123456789abcdef.js",
        "/old-0123456789abcdef_bg.wasm",
        "/old.CSS",
        "/robots.txt",
        "/favicon.ico",
        "/a/b.json",
        "/x.js.map",
        "/x.woff2",
    ] {
        for accept in ["*/*", "text/css,*/*;q=0.1", "image/avif,image/webp,*/*;q=0.8"] {
            let answer = get(&server, path, &[("accept", accept)]).await;
            assert_eq!((answer.status.as_u16(), answer.text.as_str()), (404, "Not found.\n"), "{path}");
        }
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served_and_no_folder_is_listed() {
    let (_folder, server) = hosted();
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/snippets/../../secret.txt",
        "/..%5csecret.txt",
        "/%00",
        "//secret.txt",
    ] {
        let answer = get(&server, path, &[]).await;
        assert!(!answer.text.contains("secret"), "{path}: {}", answer.text);
    }
    for path in ["/snippets", "/snippets/"] {
        assert!(!get(&server, path, &[]).await.text.contains("inline0"), "{path}");
    }
}

#[tokio::test]
async fn what_the_client_has_already_is_not_sent_again() {
    let (_folder, server) = hosted();
    let first = get(&server, SCRIPT, &[]).await;
    for (name, value) in [("if-none-match", first.header("etag")), ("if-modified-since", first.header("last-modified"))]
    {
        assert!(!value.is_empty(), "{name}");
        let again = get(&server, SCRIPT, &[(name, value)]).await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
        assert_eq!(again.header("cache-control"), "public, max-age=31536000, immutable");
    }
}

#[tokio::test]
async fn a_part_of_a_file_is_sent_when_asked_for() {
    let (_folder, server) = hosted();
    let part = get(&server, SCRIPT, &[("range", "bytes=0-5")]).await;
    assert_eq!((part.status.as_u16(), part.text.as_str()), (206, "script"));
    assert_eq!(part.header("content-range"), "bytes 0-5/9");
    assert_eq!(get(&server, SCRIPT, &[("range", "bytes=99-")]).await.status, 416);
}

#[tokio::test]
async fn files_are_only_read() {
    let (_folder, server) = hosted();
    for path in ["/", SCRIPT, "/connect"] {
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            assert_eq!(ask(&server, method, path, &[]).await.status, 405, "{path}");
        }
    }
}

#[tokio::test]
async fn without_a_build_the_page_says_how_to_make_one_and_the_api_answers() {
    let folder = tempfile::tempdir().unwrap();
    let assets = folder.path().join("dist");
    let server = Server::with(Options { assets: assets.clone(), ..Options::default() });
    for path in ["/", "/connect"] {
        let answer = get(&server, path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (503, "text/plain; charset=utf-8"));
        assert!(answer.text.contains("cargo xtask build"), "{}", answer.text);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(server.get(crate::support::VERSIONS).await.status, 200);
    fs::create_dir(&assets).unwrap();
    fs::write(assets.join("index.html"), PAGE).unwrap();
    assert_eq!(get(&server, "/", &[]).await.text, PAGE, "a build that appears is served");
}
