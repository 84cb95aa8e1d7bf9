//! `POST /admin/terraform-versions`.

use serde_json::{Value, json};

use crate::support::{SHA, Server, URL, VERSIONS, new_version, with};

#[tokio::test]
async fn the_sample_of_the_specification_creates_what_it_says() {
    let request = include_str!("../../../../tests/fixtures/terraform-versions.create.request.json");
    let sample = include_str!("../../../../tests/fixtures/terraform-versions.create.json");
    let sample: Value = serde_json::from_str(sample).unwrap();
    let server = Server::empty();
    let answer = server.ask(axum::http::Method::POST, VERSIONS, request).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (201, "application/vnd.api+json"));
    assert_eq!(answer.json["data"]["type"], "terraform-versions");
    for (name, value) in sample["data"]["attributes"].as_object().unwrap() {
        if name != "created-at" {
            assert_eq!(&answer.attributes()[name], value, "{name}");
        }
    }
    let id = answer.json["data"]["id"].as_str().unwrap();
    let tail = id.strip_prefix("tool-").unwrap();
    assert!(tail.len() == 16 && tail.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
    assert_eq!(server.get(&format!("{VERSIONS}/{id}")).await.json, answer.json, "show tells the same");
}

#[tokio::test]
async fn what_is_left_out_has_its_default() {
    let answer = Server::empty().post(new_version("1.5.7")).await;
    let attributes = answer.attributes();
    assert_eq!(attributes["official"], false);
    assert_eq!(attributes["enabled"], true);
    assert_eq!(attributes["beta"], false);
    assert_eq!(attributes["deprecated"], false);
    assert_eq!(attributes["deprecated-reason"], Value::Null);
    assert_eq!(attributes["usage"], 0);
    assert_eq!(attributes["archs"], json!([{"url": URL, "sha": SHA, "os": "linux", "arch": "amd64"}]));
    let created = attributes["created-at"].as_str().unwrap();
    assert!(created.len() == "2018-08-15T22:34:24.561Z".len() && created.ends_with('Z'), "{created}");
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let server = Server::empty();
    let answer = server
        .post(json!({
            "version": "1.2", "url": "ftp://example.com/x.zip", "sha": "abc", "official": "yes", "enabled": null,
            "beta": 1, "deprecated": [], "deprecated-reason": 7, "archs": {}
        }))
        .await;
    answer.is_refused_with(422);
    assert_eq!(
        answer.problems(),
        [
            (
                "/data/attributes/version",
                "Version must be N.N.N or N.N.N-name, for example 1.5.7, 1.6.0-beta2 or 1.5.7-acme1"
            ),
            ("/data/attributes/url", "Url must be an absolute http or https URL"),
            ("/data/attributes/sha", "Sha must be a SHA-256: 64 hexadecimal digits"),
            ("/data/attributes/official", "Official must be true or false"),
            ("/data/attributes/enabled", "Enabled must be true or false"),
            ("/data/attributes/beta", "Beta must be true or false"),
            ("/data/attributes/deprecated", "Deprecated must be true or false"),
            ("/data/attributes/deprecated-reason", "Deprecated reason must be text or null"),
            ("/data/attributes/archs", "Archs must be a list"),
        ]
    );
    assert!(answer.json["errors"].as_array().unwrap().iter().all(|error| error["title"] == "invalid attribute"));
    assert_eq!(server.get(VERSIONS).await.json["data"], json!([]), "something was created all the same");
}

#[tokio::test]
async fn what_is_required_and_missing_null_or_blank_is_told() {
    let server = Server::empty();
    let blank = [
        json!({}),
        json!({"version": null, "url": null, "sha": null}),
        json!({"version": "", "url": " ", "sha": "\t"}),
    ];
    for attributes in blank {
        let answer = server.post(attributes).await;
        answer.is_refused_with(422);
        assert_eq!(
            answer.problems(),
            [
                ("/data/attributes/version", "Version can't be blank"),
                ("/data/attributes/url", "Url can't be blank"),
                ("/data/attributes/sha", "Sha can't be blank"),
            ]
        );
    }
    let answer = server.post(json!({"version": "1.0.0", "url": URL})).await;
    assert_eq!(answer.problems(), [("/data/attributes/sha", "Sha can't be blank")]);
}

#[tokio::test]
async fn a_version_that_is_there_is_told_together_with_the_rest() {
    let server = Server::demo();
    let answer = server.post(json!({"version": "0.11.8", "url": "nowhere", "sha": SHA})).await;
    answer.is_refused_with(422);
    assert_eq!(
        answer.problems(),
        [
            ("/data/attributes/url", "Url must be an absolute http or https URL"),
            ("/data/attributes/version", "Version has already been taken"),
        ]
    );
}

#[tokio::test]
async fn versions_are_numbers_with_a_suffix() {
    let server = Server::empty();
    for right in [
        "0.0.0",
        "1.5.7",
        "0.1.300",
        "1.0.9223372036854775807",
        "1.6.0-beta2",
        "1.6.0-rc.1",
        "0.11.15-oci",
        "1.5.7-acme-1.x",
        "0.12.0-dev20190520H00",
        "1.9.8+ent",
        "1.9.8-rc1+ent.5",
    ] {
        assert_eq!(server.post(new_version(right)).await.status, 201, "{right}");
    }
    for wrong in [
        "1",
        "1.2",
        "1.2.3.4",
        "v1.2.3",
        "01.2.3",
        "1.02.3",
        "1.2.3-",
        "1.2.3-a..b",
        "1.2.3+",
        "1.2.x",
        "-1.2.3",
        "1.2.3 ",
        " 1.2.3",
        "1.2.3-\u{f6}",
        "1.2.3-<b>",
        "1.2.3-01",
        "1.2.18446744073709551616",
        "1,2,3",
        "1.2.3/../4",
        "1.2.3\u{0}",
        "latest",
        "~> 1.2",
    ] {
        let answer = server.post(new_version(wrong)).await;
        answer.is_refused_with(422);
        assert_eq!(answer.pointers(), ["/data/attributes/version"], "{wrong}");
    }
}

#[tokio::test]
async fn urls_are_absolute_and_of_the_web() {
    let server = Server::empty();
    let right = [
        "https://www.hashicorp.com",
        "https://app.terraform.io/",
        "http://mirror.example.com:8080/a/b.zip?x=1",
        "HTTPS://EXAMPLE.COM/x",
        "https://[2001:db8::1]/x.zip",
        "https://example.com/%20.zip#part",
        "https://b\u{fc}cher.example/{arch}.zip",
    ];
    for (index, url) in right.into_iter().enumerate() {
        let answer = server.post(with(new_version(&format!("1.0.{index}")), json!({"url": url}))).await;
        assert_eq!((answer.status.as_u16(), &answer.attributes()["url"]), (201, &json!(url)));
    }
    for url in [
        "example.com/x.zip",
        "/x.zip",
        "ftp://example.com/x.zip",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///x.zip",
        "https:example.com",
        "https://exa mple.com/x.zip",
        "https://example.com/x y.zip",
        "https://example.com/\n",
        "https://example.com/\u{202e}x",
        "https://user:secret@example.com/x.zip",
        "https://releases.hashicorp.com@evil.example/x.zip",
        "https://127.1/x.zip",
        "https://[1:2]/x.zip",
        "https://example.com:99999/x.zip",
        "https://example.com\\x.zip",
    ] {
        let answer = server.post(with(new_version("2.0.0"), json!({"url": url}))).await;
        answer.is_refused_with(422);
        assert_eq!(answer.pointers(), ["/data/attributes/url"], "{url}");
    }
}

#[tokio::test]
async fn digests_have_64_digits_in_either_case_and_are_kept_as_sent() {
    let server = Server::empty();
    for (index, sha) in [SHA.to_uppercase(), SHA.to_owned(), "0".repeat(64)].into_iter().enumerate() {
        let answer = server.post(with(new_version(&format!("1.0.{index}")), json!({"sha": sha}))).await;
        assert_eq!((answer.status.as_u16(), &answer.attributes()["sha"]), (201, &json!(sha)));
    }
    let wrong = [&SHA[..63], &format!("{SHA}0"), &format!("{}g", &SHA[..63]), &SHA[..40], &format!(" {}", &SHA[..63])];
    for sha in wrong {
        let answer = server.post(with(new_version("2.0.0"), json!({"sha": sha}))).await;
        answer.is_refused_with(422);
        assert_eq!(answer.pointers(), ["/data/attributes/sha"], "{sha}");
    }
}

#[tokio::test]
async fn what_is_too_long_is_told_with_the_limit() {
    let server = Server::empty();
    let long = |fixed: &str, length: usize| format!("{fixed}{}", "x".repeat(length - fixed.len()));
    let reason = |letter: &str, count: usize| json!({"deprecated": true, "deprecated-reason": letter.repeat(count)});
    server.add(new_version(&long("1.0.0-", 100))).await;
    server.add(with(new_version("1.0.1"), json!({"url": long("https://example.com/", 2048)}))).await;
    server.add(with(new_version("1.0.2"), reason("\u{1f600}", 1000))).await;
    for (attributes, pointer, detail) in [
        (
            new_version(&long("1.0.0-", 101)),
            "/data/attributes/version",
            "Version is too long (maximum is 100 characters)",
        ),
        (
            with(new_version("2.0.0"), json!({"url": long("https://example.com/", 2049)})),
            "/data/attributes/url",
            "Url is too long (maximum is 2048 characters)",
        ),
        (
            with(new_version("2.0.0"), reason("x", 1001)),
            "/data/attributes/deprecated-reason",
            "Deprecated reason is too long (maximum is 1000 characters)",
        ),
    ] {
        assert_eq!(server.post(attributes).await.problems(), [(pointer, detail)]);
    }
}

#[tokio::test]
async fn unknown_and_read_only_attributes_are_ignored() {
    let others =
        json!({"usage": 9, "created-at": "1999-01-01T00:00:00.000Z", "id": "tool-x", "checksum-url": {"a": [1]}});
    let answer = Server::empty().post(with(new_version("1.0.0"), others)).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.attributes()["usage"], 0);
    assert!(!answer.attributes()["created-at"].as_str().unwrap().starts_with("1999"));
    assert_ne!(answer.json["data"]["id"], "tool-x");
    assert!(answer.attributes().get("checksum-url").is_none());
}

#[tokio::test]
async fn a_reason_is_kept_only_for_a_deprecated_version() {
    let server = Server::empty();
    let reason = |version: &str, deprecated: bool, reason: Value| {
        with(new_version(version), json!({"deprecated": deprecated, "deprecated-reason": reason}))
    };
    for (version, deprecated, sent, kept) in [
        ("1.0.0", true, json!("CVE"), json!("CVE")),
        ("1.0.1", true, Value::Null, Value::Null),
        ("1.0.2", true, json!(" "), Value::Null),
        ("1.0.3", false, json!("CVE"), Value::Null),
    ] {
        let answer = server.post(reason(version, deprecated, sent)).await;
        assert_eq!((answer.status.as_u16(), &answer.attributes()["deprecated-reason"]), (201, &kept), "{version}");
    }
}
