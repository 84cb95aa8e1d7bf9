//! Choosing a configuration, and the ones that were opened last.

use super::*;

/// The links under "Last opened", once there are so many.
async fn last_ones(count: usize) -> Vec<String> {
    wait_for(&format!("{count} last ones"), || {
        let links = links_in(&document().query_selector("main").unwrap()?);
        (links.len() == count).then_some(links)
    })
    .await
}

#[wasm_bindgen_test]
async fn opening_leads_to_the_latest_version() {
    let installation = Installation::with([]);
    installation.configurations(|all| all.keep("hashicorp/atlas", json!({ "version": 6 })));
    let _page = open(&installation, OPEN);
    heading("Configuration versions").await;
    assert!(!sees("Last opened"));
    type_into(&by_label("Username").await, " hashicorp\u{200B}").await;
    type_into(&by_label("Configuration name").await, "\tatlas ").await;
    click_button("Open").await;
    at(ATLAS).await;
    heading("hashicorp/atlas").await;
    assert_eq!(text(&definition("Latest version").await), "6");
    assert_eq!(installation.sent("latest"), ["GET /api/v1/terraform/configurations/hashicorp/atlas/versions/latest"]);
    assert_eq!(installation.tokens("latest"), [TOKEN], "the API token serves where there is no other");
}

#[wasm_bindgen_test]
async fn nothing_is_opened_without_names_and_the_first_field_takes_the_focus() {
    let installation = Installation::with([]);
    let _page = open(&installation, OPEN);
    let (username, configuration) = (by_label("Username").await, by_label("Configuration name").await);
    assert_eq!(username.get_attribute("aria-required").as_deref(), Some("true"));
    click_button("Open").await;
    is_wrong(&username, "Enter whose configuration it is.").await;
    is_wrong(&configuration, "Enter the configuration's name.").await;
    has_the_focus(&username).await;
    type_into(&username, "hashicorp").await;
    is_right(&username).await;
    is_wrong(&configuration, "Enter the configuration's name.").await;
    press("Enter").await;
    has_the_focus(&configuration).await;
    assert_eq!(address(), OPEN);
    assert_eq!(installation.sent("/api/v1"), [""; 0]);
}

#[wasm_bindgen_test]
async fn names_that_the_api_does_not_allow_are_refused_at_their_field() {
    let _page = open(&Installation::with([]), OPEN);
    let (username, configuration) = (by_label("Username").await, by_label("Configuration name").await);
    let characters = "has only letters, digits, hyphens, underscores and dots.";
    let too_long = "x".repeat(51);
    let table = [
        ("hashicorp/atlas", "atlas", &username, characters),
        ("..", "atlas", &username, characters),
        ("hashicorp", "at las", &configuration, characters),
        ("hashicorp", "ätlas", &configuration, characters),
        ("hashicorp", "<b>", &configuration, characters),
        ("hashicorp", ".", &configuration, characters),
        ("hashicorp", &too_long, &configuration, "A name has at most 50 characters."),
    ];
    for (typed_username, typed_name, wrong, problem) in table {
        type_into(&username, typed_username).await;
        type_into(&configuration, typed_name).await;
        press("Enter").await;
        is_wrong(wrong, problem).await;
        has_the_focus(wrong).await;
        is_right(if wrong == &username { &configuration } else { &username }).await;
        assert_eq!(address(), OPEN);
        assert_eq!([value(&username), value(&configuration)], [typed_username, typed_name], "nothing typed is lost");
    }
    type_into(&configuration, &"x".repeat(50)).await;
    press("Enter").await;
    at(&["/configurations/hashicorp/", &"x".repeat(50)].concat()).await;
}

#[wasm_bindgen_test]
async fn the_last_ones_opened_are_there_after_a_reload_the_latest_first() {
    let page = open(&Installation::with([]), ATLAS);
    heading("hashicorp/atlas").await;
    for name in ["b", "atlas", "c"] {
        click_link("Configuration versions").await;
        type_into(&by_label("Username").await, "hashicorp").await;
        type_into(&by_label("Configuration name").await, name).await;
        press("Enter").await;
        heading(&["hashicorp/", name].concat()).await;
    }
    click_link("Configuration versions").await;
    see("Last opened").await;
    page.reload();
    let expected = ["c", "atlas", "b"].map(|name| ["/configurations/hashicorp/", name].concat());
    assert_eq!(last_ones(3).await, expected);
    click_link("hashicorp/atlas").await;
    at(ATLAS).await;
    heading("hashicorp/atlas").await;
}

#[wasm_bindgen_test]
async fn a_configuration_is_remembered_whichever_of_its_pages_was_opened() {
    let installation = Installation::with([]);
    for (path, title) in
        [(NEW, "New configuration version"), (&[ATLAS, "/versions/progress/x"].concat(), "Upload progress")]
    {
        let _page = open(&installation, path);
        heading(title).await;
        click_link("All configurations").await;
        heading("Configuration versions").await;
        assert_eq!(last_ones(1).await, [ATLAS]);
    }
}

#[wasm_bindgen_test]
async fn ten_are_remembered() {
    storage().clear().unwrap();
    let pairs: Vec<_> = (1..=30).map(|number| ("hashicorp".to_owned(), format!("c{number}"))).collect();
    storage().set_item("tfe-console.configurations", &json!(pairs).to_string()).unwrap();
    let _page = Page::open(&Installation::with([]), ATLAS);
    heading("hashicorp/atlas").await;
    click_link("Configuration versions").await;
    let links = last_ones(10).await;
    assert_eq!(links.first().map(String::as_str), Some(ATLAS));
    assert_eq!(links.last().map(String::as_str), Some("/configurations/hashicorp/c9"));
}

#[wasm_bindgen_test]
async fn clearing_the_list_forgets_all_and_leaves_the_focus_on_the_page() {
    let page = open(&Installation::with([]), ATLAS);
    heading("hashicorp/atlas").await;
    click_link("Configuration versions").await;
    heading("Configuration versions").await;
    settle().await;
    click_button("Clear this list").await;
    gone("Last opened").await;
    has_the_focus(&heading("Configuration versions").await).await;
    page.reload();
    heading("Configuration versions").await;
    settle().await;
    assert!(!sees("Last opened") && storage().length().unwrap() == 0);
}

#[wasm_bindgen_test]
async fn whatever_is_found_in_the_browsers_storage_is_shown_as_text_or_not_at_all() {
    storage().clear().unwrap();
    let hostile = json!([["<img src=x onerror=alert(1)>", "a\u{202E}b"], ["..", "javascript:alert(1)"]]).to_string();
    storage().set_item("tfe-console.configurations", &hostile).unwrap();
    let page = Page::open(&Installation::with([]), OPEN);
    see("<img src=x onerror=alert(1)>/a\\u{202e}b").await;
    let links = last_ones(2).await;
    assert!(links.iter().all(|link| link.starts_with("/configurations/")), "{links:?}");
    assert_eq!(count(&["img"]), 0);
    for broken in ["", "{", "[[1,2]]", "[[\"a\"]]", "null"] {
        storage().set_item("tfe-console.configurations", broken).unwrap();
        page.reload();
        heading("Configuration versions").await;
        settle().await;
        assert!(!sees("Last opened"), "{broken}");
    }
}
