//! What stands at the fields: several errors, architectures, and what a URL names.

use super::*;

const OTHER: &str = "This URL names something else";

fn with_archs(archs: &[(&str, &str)]) -> wire::ToolVersion {
    let mut known = version("1.5.0");
    let arch = |(os, arch): &(&str, &str)| Arch {
        url: Some(url("1.5.0")),
        sha: Some(SHA.to_owned()),
        os: (*os).to_owned(),
        arch: (*arch).to_owned(),
    };
    known.attributes.archs = Some(archs.iter().map(arch).collect());
    known
}

#[wasm_bindgen_test]
async fn each_of_several_errors_stands_on_a_line_of_its_own() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    let refusal = [("version", "Version is odd."), ("version", "Version is old."), ("", "Not now."), ("", "Not here.")];
    installation.once("POST", errors(&refusal));
    click_button("Create version").await;
    is_wrong("Version", "Version is odd. Version is old.").await;
    let lines = |selector: &str| {
        let element = leptos::prelude::document().query_selector(selector).unwrap().unwrap();
        element.text_content().unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines("#version-error"), ["Version is odd.", "Version is old."]);
    assert_eq!(lines(".notice-text"), ["Not now.", "Not here."]);

    installation.once("POST", answer(403, r#"{"errors":["Not now.","Not \u202ehere."]}"#));
    click_button("Create version").await;
    see("Not now.").await;
    let expected =
        ["The server does not allow this with this token (status 403). It says:", "Not now.", "Not \\u{202e}here."];
    assert_eq!(lines(".notice-text"), expected);
}

#[wasm_bindgen_test]
async fn an_error_about_an_architecture_names_it_above_the_form() {
    let installation = Installation::with([with_archs(&[("linux", "arm64"), ("windows", "amd64")])]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Beta").await).await;
    let refusal = [("archs/1/url", "Url is no URL"), ("archs/0/sha", "is invalid"), ("archs/7", "is odd")];
    installation.once("PATCH", errors(&refusal));
    click_button("Save changes").await;
    let told =
        "Architecture windows/amd64, url: Url is no URL Architecture arm64, sha: is invalid Architecture 8: is odd";
    wait_for(told, || (said("alert") == [told]).then_some(())).await;
    is_right("URL").await;
    is_right("SHA-256").await;
}

#[wasm_bindgen_test]
async fn another_order_of_the_architectures_is_no_conflict() {
    let installation = Installation::with([with_archs(&[("linux", "amd64"), ("linux", "arm64")])]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Beta").await).await;
    installation.change("tool-1.5.0", |version| version.archs.as_mut().unwrap().reverse());
    click_button("Save changes").await;
    see("was saved.").await;
    assert_eq!(installation.body("PATCH"), json!({"beta": true}));
}

#[wasm_bindgen_test]
async fn a_binary_for_another_system_is_an_architecture_of_its_own() {
    let installation = Installation::with([with_archs(&[("linux", "amd64"), ("windows", "amd64")])]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("SHA-256").await, SHA_2).await;
    see("saving takes windows/amd64 away from this version").await;
    installation.change("tool-1.5.0", |version| drop(version.archs.as_mut().unwrap().pop()));
    click_button("Save changes").await;
    by_role_name("dialog", "This version was changed meanwhile").await;
    see("The architectures were changed on the installation.").await;
}

#[wasm_bindgen_test]
async fn a_url_that_names_something_else_is_warned_of_at_the_field() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    let field = by_label("URL").await;
    assert!(!description(&field).contains(OTHER) && description(&field).contains("Where the installation downloads"));
    type_into(&field, &url("1.9.4")).await;
    let told = "This URL names something else: version 1.9.4 instead of 1.9.5. Is it the right one?";
    wait_for(told, || (description(&field).contains(told)).then_some(())).await;
    assert!(sees(told) && !field.has_attribute("aria-invalid"), "a warning is no error");
    type_into(&by_label("Version").await, "1.9.4").await;
    gone(OTHER).await;
    for (url, told) in [
        ("https://releases.hashicorp.com/vault/1.9.4/vault_1.9.4_linux_amd64.zip", "vault instead of Terraform"),
        ("https://mirror.example/terraform_1.9.4_windows_amd64.zip", "windows instead of linux"),
        ("https://mirror.example/terraform_1.9.4_linux_arm64.zip", "arm64 instead of amd64"),
    ] {
        type_into(&field, url).await;
        see(told).await;
    }
    // It may be right all the same.
    click_button("Create version").await;
    heading("Terraform 1.9.4").await;
}

#[wasm_bindgen_test]
async fn a_mirrors_own_names_are_not_warned_of() {
    let _page = Page::open(&Installation::with([]), NEW);
    fill_in("1.9.5").await;
    for url in ["https://mirror.example/terraform.zip", "https://mirror.example/builds/4711/tf-latest_386.zip"] {
        type_into(&by_label("URL").await, url).await;
        settle().await;
        assert!(!sees(OTHER), "{url}");
    }
}
