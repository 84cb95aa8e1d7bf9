//! The progress of an upload by its link, whoever began it.

use wasm_bindgen::JsCast;

use super::*;

const UPLOAD: &str = "63fc7e18-3911-4853-8b17-7fdc28f158f2";
const SAID: &str = "What the installation says, as it came";

fn path() -> String {
    [ATLAS, "/versions/progress/", UPLOAD].concat()
}

/// The word for how it stands, and the sentence beside it, as they are announced.
async fn stands(word: &str, sentence: &str) {
    wait_for(word, || {
        let outcome = said("status").into_iter().find(|status| status.starts_with(word))?;
        outcome.contains(sentence).then_some(())
    })
    .await;
}

/// How full the bar is, in thousandths; nothing while that is not known.
fn bar() -> Option<String> {
    let bar = document().query_selector("progress").unwrap().unwrap();
    assert_eq!(name(&bar), "Upload");
    bar.get_attribute("value")
}

/// The raw answer of the installation, which is there to be unfolded.
async fn as_it_came() -> String {
    let details = wait_for(SAID, || document().query_selector("main details").unwrap()).await;
    let summary = details.first_element_child().unwrap();
    assert_eq!(text(&summary), SAID);
    if !details.has_attribute("open") {
        click(&summary).await;
    }
    details.query_selector("pre").unwrap().unwrap().text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn an_upload_that_is_there_says_so_and_is_not_asked_for_again() {
    let installation = Installation::with([]);
    installation.configurations(|all| all.say(UPLOAD, r#"{"version":6,"status":"uploaded","size":4096}"#));
    let page = open(&installation, &path());
    heading("Upload progress").await;
    stands("Uploaded", "The archive is there.").await;
    assert_eq!(bar().as_deref(), Some("1000"));
    let asked = ["GET /api/v1/terraform/configurations/hashicorp/atlas/versions/progress/", UPLOAD].concat();
    assert_eq!(installation.sent("/api/v1"), [asked]);
    assert_eq!(all("button", "Ask again").len(), 0);
    assert!(text(&definition("Upload token").await).starts_with(UPLOAD));
    click_button("Copy token").await;
    assert_eq!(page.copied(), [UPLOAD]);
}

#[wasm_bindgen_test]
async fn an_upload_is_followed_from_its_beginning_to_its_end() {
    let installation = Installation::with([]);
    let held = [(); 3].map(|()| installation.hold("progress"));
    let _page = open(&installation, &path());
    let [first, second, third] = held;
    let told = [
        (first, "Following", r#"{"status":"pending"}"#, "", None),
        (
            second,
            "pending",
            r#"{"status":"uploading","uploaded":1024,"total":4096}"#,
            "25 %, 1 kB of 4.1 kB",
            Some("250"),
        ),
    ];
    for (held, word, body, numbers, filled) in told {
        held.arrives().await;
        stands(word, "The installation is asked every 3 seconds.").await;
        installation.once("progress", answer(200, body));
        held.release();
        wait_for(body, || (sees(numbers) && bar().as_deref() == filled).then_some(())).await;
        assert_eq!(as_it_came().await, body);
    }
    third.arrives().await;
    stands("uploading", "The installation is asked every 3 seconds.").await;
    installation.configurations(|all| all.say(UPLOAD, r#"{"complete":true}"#));
    third.release();
    stands("Uploaded", "The archive is there.").await;
    assert_eq!((installation.sent("progress").len(), bar().as_deref()), (3, Some("1000")));
}

#[wasm_bindgen_test]
async fn an_upload_that_failed_says_why() {
    for (body, why) in [
        (r#"{"status":"errored","reason":"<b>not</b> gzip\u202e"}"#, "<b>not</b> gzip\\u{202e}"),
        (r#"{"state":"failed"}"#, "The installation does not say why."),
    ] {
        let installation = Installation::with([]);
        installation.configurations(|all| all.say(UPLOAD, body));
        let _page = open(&installation, &path());
        stands("Failed", why).await;
        assert_eq!((count(&["b"]), bar().as_deref()), (0, Some("0")));
        assert_eq!(installation.sent("progress").len(), 1);
        settle().await;
        installation.configurations(|all| all.say(UPLOAD, r#"{"state":"done"}"#));
        click_button("Ask again").await;
        stands("Uploaded", "The archive is there.").await;
        has_the_focus(&heading("Upload progress").await).await;
    }
}

#[wasm_bindgen_test]
async fn an_unknown_token_is_told_as_such_and_not_asked_for_again() {
    let installation = Installation::with([]);
    let _page = open(&installation, &[ATLAS, "/versions/progress/%3Cb%3E%E2%80%AE%2F.."].concat());
    stands("Unknown token", "The installation does not know this upload.").await;
    assert!(text(&definition("Upload token").await).starts_with("<b>\\u{202e}/.."));
    assert_eq!((installation.sent("progress").len(), count(&["b"])), (1, 0));
    assert_eq!(said("alert"), [""; 0]);
    by_role_name("button", "Ask again").await;
}

#[wasm_bindgen_test]
async fn what_is_not_understood_is_shown_as_it_came() {
    let table = [
        ("{\"weather\": [\"<img src=x>\",\n 1.5]}", "{\"weather\": [\"<img src=x>\",\n 1.5]}"),
        ("half\u{202E} a word", "half\\u{202e} a word"),
        ("<html><h1>Hello</h1></html>", "<html><h1>Hello</h1></html>"),
        ("", "(empty)"),
    ];
    for (body, shown) in table {
        let installation = Installation::with([]);
        installation.once("progress", answer(200, body));
        // The first goes through; what comes after it waits.
        let (first, second) = (installation.hold("progress"), installation.hold("progress"));
        let page = open(&installation, &path());
        first.arrives().await;
        first.release();
        second.arrives().await;
        assert_eq!(as_it_came().await, shown);
        stands("Following", "").await;
        assert_eq!((bar(), count(&["img", "h1"])), (None, 1), "no heading but the page's own");
        click_button("Copy what it says").await;
        assert_eq!(page.copied(), [body], "as it came, also in what cannot be seen");
    }
}

#[wasm_bindgen_test]
async fn trouble_is_told_until_there_is_an_answer_again() {
    let installation = Installation::with([]);
    installation.once("progress", Err(api::TransportError::TimedOut));
    installation.once("progress", answer(200, r#"{"progress":"40%"}"#));
    let [first, second, third] = [(); 3].map(|()| installation.hold("progress"));
    let _page = open(&installation, &path());
    first.arrives().await;
    first.release();
    second.arrives().await;
    let trouble = "The server did not answer in time. Check the network connection and try again. It is asked again by \
                   itself.";
    see(trouble).await;
    stands("Following", "").await;
    second.release();
    third.arrives().await;
    gone(trouble).await;
    see("40 %").await;
    installation.configurations(|all| all.say(UPLOAD, r#"{"status":"uploaded"}"#));
    third.release();
    stands("Uploaded", "The archive is there.").await;
}

#[wasm_bindgen_test]
async fn after_ten_minutes_it_is_asked_for_only_when_the_user_wants_it() {
    let installation = Installation::with([]);
    installation.configurations(|all| all.say(UPLOAD, r#"{"percent":10}"#));
    let _page = open(&installation, &path());
    stands("Still under way", "The upload did not end within 10 minutes").await;
    assert_eq!((installation.sent("progress").len(), bar().as_deref()), (201, Some("100")));
    installation.configurations(|all| all.say(UPLOAD, r#"{"percent":100}"#));
    click_button("Ask again").await;
    stands("Uploaded", "The archive is there.").await;
    assert_eq!(installation.sent("progress").len(), 202);
}

#[wasm_bindgen_test]
async fn a_refusal_ends_it_with_its_message() {
    let installation = Installation::with([]);
    installation.always("progress", answer(403, r#"{"errors":["Ask an <b>owner</b>"]}"#));
    let _page = open(&installation, &path());
    stands("No answer", "Ask an <b>owner</b>").await;
    assert_eq!(installation.sent("progress").len(), 1);
}

#[wasm_bindgen_test]
async fn leaving_the_page_ends_the_asking() {
    let installation = Installation::with([]);
    let held = installation.hold("progress");
    let _page = open(&installation, &path());
    held.arrives().await;
    assert!(!ask_to_close_the_tab(), "nothing is lost");
    click_link("hashicorp/atlas").await;
    at(ATLAS).await;
    wait_for("the question to be dropped", || (installation.dropped("progress") == 1).then_some(())).await;
    held.release();
    settle().await;
    assert_eq!(installation.sent("progress").len(), 1);
}

#[wasm_bindgen_test]
async fn what_was_unfolded_stays_so_with_the_next_answer() {
    let installation = Installation::with([]);
    installation.once("progress", answer(200, r#"{"percent":1}"#));
    installation.once("progress", answer(200, r#"{"percent":2}"#));
    let [first, second, third] = [(); 3].map(|()| installation.hold("progress"));
    let _page = open(&installation, &[ATLAS, "/versions/progress/x"].concat());
    first.arrives().await;
    first.release();
    second.arrives().await;
    let details = wait_for("what it says", || document().query_selector("main details").unwrap()).await;
    click(&details.first_element_child().unwrap()).await;
    by_role_name("button", "Copy what it says").await;
    let text: web_sys::HtmlElement = details.query_selector("pre").unwrap().unwrap().unchecked_into();
    text.focus().unwrap();
    second.release();
    third.arrives().await;
    see("2 %").await;
    assert!(details.is_connected() && details.has_attribute("open"));
    assert!(focused().is_some());
}
