//! The page of an upload's progress: it tells what the endpoint answers.

use super::*;

fn path() -> String {
    [ATLAS, "/versions/progress/upload-1"].concat()
}

/// The page after the first answer, while the second is on its way.
async fn after_one_answer(installation: &Arc<Installation>, body: &str) -> Page {
    installation.once("progress", answer(200, body));
    let (first, second) = (installation.hold("progress"), installation.hold("progress"));
    let page = open(installation, &path());
    first.arrives().await;
    first.release();
    second.arrives().await;
    settle().await;
    page
}

#[wasm_bindgen_test]
async fn the_state_is_told_in_the_endpoints_own_word() {
    for (body, word) in [
        (r#"{"status":"uploading"}"#, "uploading"),
        (r#"{"state":"virus_scan","percent":40}"#, "virus_scan"),
        (r#"{"version":{"status":"<b>fetching</b>\u202e"}}"#, "<b>fetching</b>\\u{202e}"),
    ] {
        let installation = Installation::with([]);
        let _page = after_one_answer(&installation, body).await;
        let told = said("status").concat().to_lowercase();
        assert!(told.contains(word), "“{word}” in {told:?}");
        assert!(!sees("Following"), "not our word beside it");
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_is_not_understood_is_on_the_page_without_a_click() {
    for (body, shown) in [
        (r#"{"weather": "fine"}"#, r#"{"weather": "fine"}"#),
        ("half\u{202E} a word", "half\\u{202e} a word"),
        ("<html><h1>Hello</h1></html>", "<html><h1>Hello</h1></html>"),
        ("", "(empty)"),
    ] {
        let installation = Installation::with([]);
        let _page = after_one_answer(&installation, body).await;
        assert!(sees(shown), "“{shown}” in {}", screen());
    }
}

#[wasm_bindgen_test]
async fn a_question_without_an_answer_is_told_as_a_status() {
    for failure in [timed_out(), answer(429, "")] {
        let installation = Installation::with([]);
        for _ in 0..4 {
            installation.once("progress", failure.clone());
        }
        // A 429 is asked for again within the call itself.
        let asked = if failure.is_ok() { 5 } else { 2 };
        let mut held: Vec<_> = (0..asked).map(|_| installation.hold("progress")).collect();
        let last = held.pop().unwrap();
        let _page = open(&installation, &path());
        for question in held {
            question.arrives().await;
            question.release();
        }
        last.arrives().await;
        let told = "It is asked again by itself.";
        see(told).await;
        assert!(said("status").iter().any(|status| status.contains(told)), "{:?}", said("status"));
        assert_eq!(said("alert"), [""; 0], "it goes on by itself");
    }
}
