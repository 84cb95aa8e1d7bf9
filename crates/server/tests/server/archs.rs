//! How `archs` goes with `url` and `sha`: what was observed of a real installation (facts.md 1.4).

use serde_json::{Value, json};

use crate::support::{OTHER_SHA, SHA, Server, URL, with};

const ARM_URL: &str = "https://example.com/terraform_arm64.zip";

fn amd64() -> Value {
    json!({"url": URL, "sha": SHA, "os": "linux", "arch": "amd64"})
}

fn arm64() -> Value {
    json!({"url": ARM_URL, "sha": OTHER_SHA, "os": "linux", "arch": "arm64"})
}

fn of_archs(version: &str, archs: Value) -> Value {
    json!({"version": version, "archs": archs})
}

#[tokio::test]
async fn archs_alone_are_kept_in_their_order_and_give_url_and_sha() {
    let server = Server::empty();
    for (version, archs) in [("1.0.0", json!([amd64(), arm64()])), ("1.0.1", json!([arm64(), amd64()]))] {
        let answer = server.post(of_archs(version, archs.clone())).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let attributes = answer.attributes();
        assert_eq!((&attributes["archs"], &attributes["url"], &attributes["sha"]), (&archs, &json!(URL), &json!(SHA)));
    }
}

#[tokio::test]
async fn archs_beside_url_and_sha_must_agree_with_them() {
    let server = Server::empty();
    let both = of_archs("1.0.0", json!([arm64(), amd64()]));
    let answer = server.post(with(both.clone(), json!({"url": URL, "sha": SHA.to_uppercase()}))).await;
    assert_eq!((answer.status.as_u16(), &answer.attributes()["sha"]), (201, &json!(SHA)), "{}", answer.text);

    let both = with(both, json!({"version": "1.0.1"}));
    let answer = server.post(with(both, json!({"url": ARM_URL, "sha": OTHER_SHA}))).await;
    answer.is_refused_with(422);
    assert_eq!(
        answer.problems(),
        [
            ("/data/attributes/url", "Url must equal that of the amd64 element of archs"),
            ("/data/attributes/sha", "Sha must equal that of the amd64 element of archs"),
        ]
    );
    let arm_only = with(of_archs("1.0.1", json!([arm64()])), json!({"url": URL, "sha": null}));
    assert_eq!(server.post(arm_only).await.pointers(), ["/data/attributes/url"]);
}

#[tokio::test]
async fn url_and_sha_alone_leave_one_architecture() {
    let server = Server::empty();
    let path = server.add(of_archs("1.0.0", json!([amd64(), arm64()]))).await;
    let answer = server.patch(&path, json!({"url": "https://example.com/new.zip", "sha": OTHER_SHA})).await;
    let left = json!([{"url": "https://example.com/new.zip", "sha": OTHER_SHA, "os": "linux", "arch": "amd64"}]);
    assert_eq!((answer.status.as_u16(), &answer.attributes()["archs"]), (200, &left));
    assert_eq!(server.get(&path).await.attributes()["archs"], left);
}

#[tokio::test]
async fn other_attributes_leave_the_architectures() {
    let server = Server::empty();
    let path = server.add(of_archs("1.0.0", json!([amd64(), arm64()]))).await;
    let answer = server.patch(&path, json!({"beta": true})).await;
    assert_eq!(answer.attributes()["archs"], json!([amd64(), arm64()]));
}

#[tokio::test]
async fn archs_without_amd64_leave_no_url_and_no_sha() {
    let server = Server::empty();
    let path = server.add(of_archs("1.0.0", json!([amd64()]))).await;
    let answer = server.patch(&path, json!({"archs": [arm64()]})).await;
    let attributes = answer.attributes();
    assert_eq!((&attributes["url"], &attributes["sha"]), (&Value::Null, &Value::Null));
    assert_eq!(attributes["archs"], json!([arm64()]), "archs are replaced, not added to");
    let answer = server.patch(&path, json!({"url": URL})).await;
    assert_eq!(answer.problems(), [("/data/attributes/sha", "Sha can't be blank")], "there is none to keep");
    let answer = server.patch(&path, json!({"url": null, "sha": null, "archs": [amd64(), arm64()]})).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.attributes()["url"]),
        (200, &json!(URL)),
        "null beside archs says nothing"
    );
}

#[tokio::test]
async fn os_and_arch_have_defaults() {
    let server = Server::empty();
    for (version, element) in [
        ("1.0.0", json!({"url": URL, "sha": SHA})),
        ("1.0.1", json!({"url": URL, "sha": SHA, "os": null, "arch": null, "libc": "musl"})),
    ] {
        let answer = server.post(of_archs(version, json!([element]))).await;
        assert_eq!((answer.status.as_u16(), &answer.attributes()["archs"]), (201, &json!([amd64()])));
    }
    let s390x = json!({"url": URL, "sha": SHA, "arch": "s390x"});
    assert_eq!(server.post(of_archs("1.0.2", json!([s390x]))).await.status, 201);
}

#[tokio::test]
async fn each_wrong_member_of_each_element_is_told() {
    let server = Server::empty();
    let archs = json!([
        {"url": "x", "sha": 7, "os": "windows", "arch": "mips"},
        "amd64",
        {"arch": "arm64"},
    ]);
    let answer = server.post(of_archs("1.0.0", archs)).await;
    answer.is_refused_with(422);
    let at = |member: &str| format!("/data/attributes/archs/{member}");
    assert_eq!(
        answer.problems(),
        [
            (at("0/url").as_str(), "Url must be an absolute http or https URL"),
            (at("0/sha").as_str(), "Sha must be text"),
            (at("0/os").as_str(), "Os must be one of linux"),
            (at("0/arch").as_str(), "Arch must be one of amd64, arm64, s390x"),
            (at("1").as_str(), "Arch must be an object"),
            (at("2/url").as_str(), "Url can't be blank"),
            (at("2/sha").as_str(), "Sha can't be blank"),
        ]
    );
}

#[tokio::test]
async fn an_architecture_twice_or_none_at_all_is_wrong() {
    let server = Server::empty();
    let answer = server.post(of_archs("1.0.0", json!([amd64(), arm64(), amd64()]))).await;
    assert_eq!(answer.problems(), [("/data/attributes/archs/2/arch", "Arch amd64 is in the list twice")]);
    let answer = server.post(of_archs("1.0.0", json!(vec![amd64(); 50]))).await;
    assert_eq!(answer.problems().len(), 3, "a long list is not told to its end");
    let answer = server.post(with(of_archs("1.0.0", json!([])), json!({"url": URL, "sha": SHA}))).await;
    assert_eq!(answer.problems(), [("/data/attributes/archs", "Archs must have at least one element")]);
}
