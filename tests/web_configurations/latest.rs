//! The latest version of a configuration.

use super::*;

fn pair(key: &str, value: &str) -> Vec<String> {
    vec![key.to_owned(), value.to_owned()]
}

#[wasm_bindgen_test]
async fn the_latest_version_is_shown_with_its_variables_and_metadata() {
    let installation = Installation::with([]);
    let version = r#"{"version":{"version":6,"metadata":{"git_branch":"master"},"tf_vars":[],
        "variables":{"target_region":"us-east-1","ami_id":"ami-123456","empty":""}}}"#;
    installation.once("latest", answer(200, version));
    let held = installation.hold("latest");
    let _page = open(&installation, ATLAS);
    heading("hashicorp/atlas").await;
    held.arrives().await;
    see("Loading the latest version…").await;
    held.release();
    assert_eq!(text(&definition("Latest version").await), "6");
    let variables = [pair("target_region", "us-east-1"), pair("ami_id", "ami-123456"), pair("empty", "")];
    assert_eq!(rows("Variables"), variables, "in the order in which they came");
    assert_eq!(rows("Metadata"), [pair("git_branch", "master")]);
    assert!(document().title().starts_with("hashicorp/atlas"));
}

#[wasm_bindgen_test]
async fn variables_of_newer_clients_supersede_the_others_and_say_which_are_hcl() {
    let installation = Installation::with([]);
    let version = json!({
        "version": 7, "metadata": null, "variables": {"old": "1"},
        "tf_vars": [{"key": "zones", "value": "[\"a\", \"b\"]", "hcl": true}, {"key": "region", "value": "eu"}],
    });
    installation.configurations(|all| all.keep("hashicorp/atlas", version));
    let _page = open(&installation, ATLAS);
    heading("Variables").await;
    assert_eq!(rows("Variables"), [pair("zones (HCL)", "[\"a\", \"b\"]"), pair("region", "eu")]);
    assert!(!sees("old"));
}

#[wasm_bindgen_test]
async fn a_version_without_anything_says_so() {
    let installation = Installation::with([]);
    installation.configurations(|all| all.keep("hashicorp/atlas", json!({ "version": 1 })));
    let _page = open(&installation, ATLAS);
    for group in ["Variables", "Metadata"] {
        let section = heading(group).await.parent_element().unwrap();
        assert_eq!(text(&section), [group, " None."].concat());
    }
}

#[wasm_bindgen_test]
async fn hostile_names_and_values_are_text_with_everything_visible() {
    let installation = Installation::with([]);
    let image = "<img src=x onerror=alert(1)>";
    let version = json!({
        "version": 2, "metadata": {image: "javascript:alert(1)", "a\u{200B}b": "</code><b>x"},
        "tf_vars": [{"key": "<script>\u{202E}", "value": "tfel\u{202E}<a href='//evil'>", "hcl": true}],
    });
    let title = "<b>o\u{202E}/a b?#/../é";
    let (username, name) = title.split_once('/').unwrap();
    installation.configurations(|all| all.keep(title, version));
    let path = tfe_console::paths::Configuration::new(username, name).path();
    let _page = open(&installation, &path);
    heading("<b>o\\u{202e}/a b?#/../é").await;
    heading("Variables").await;
    assert_eq!(rows("Variables"), [pair("<script>\\u{202e} (HCL)", "tfel\\u{202e}<a href='//evil'>")]);
    assert_eq!(rows("Metadata"), [pair(image, "javascript:alert(1)"), pair("a\\u{200b}b", "</code><b>x")]);
    assert_eq!(count(&["b", "img", "script"]), 0);
    let links = links_in(&document().query_selector("main").unwrap().unwrap());
    assert!(links.iter().all(|link| link.starts_with("/configurations")), "{links:?}");
    assert!(!document().title().contains('\u{202E}'), "{}", document().title());
}

#[wasm_bindgen_test]
async fn a_configuration_without_a_version_says_that_nothing_is_there_yet() {
    let installation = Installation::with([]);
    let _page = open(&installation, ATLAS);
    see("Nothing was uploaded to this configuration yet, or the token may not see it.").await;
    assert_eq!((said("alert"), all("button", "Try again").len()), (Vec::new(), 0), "it is no failure");
    assert_eq!(installation.sent("latest").len(), 1);
    click_link("New configuration version").await;
    at(NEW).await;
    heading("New configuration version").await;
    click_link("hashicorp/atlas").await;
    at(ATLAS).await;
}

#[wasm_bindgen_test]
async fn a_failure_is_told_and_tried_again() {
    let installation = Installation::with([]);
    installation.configurations(|all| all.keep("hashicorp/atlas", json!({ "version": 6 })));
    for (failure, told) in [
        (answer(500, r#"{"errors":["Disk\u202e full"]}"#), "The server failed to do this."),
        (answer(403, r#"{"success":false,"errors":[]}"#), "The server does not allow this with this token"),
        (answer(200, "<html>Sign in</html>"), "The server sent something this console does not understand"),
        (answer(200, r#"{"version":{}}"#), "The server sent something this console does not understand"),
    ] {
        installation.always("latest", failure);
        let _page = open(&installation, ATLAS);
        wait_for(told, || said("alert").iter().any(|alert| alert.contains(told)).then_some(())).await;
        assert!(!sees("\u{202E}") && !sees("Nothing was uploaded"));
        by_role_name("link", "New configuration version").await;
        installation.mend();
        click_button("Try again").await;
        assert_eq!(text(&definition("Latest version").await), "6");
        assert_eq!(said("alert"), [""; 0]);
    }
}
