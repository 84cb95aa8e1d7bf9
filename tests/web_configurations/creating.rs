//! Creating a version, up to the archive: the installation wants it on another origin, where this page sends nothing.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Event, File, HtmlElement};

use super::{
    pairs::{field, fields},
    *,
};

const GZIP: [u8; 4] = [0x1f, 0x8b, 8, 0];

/// Chooses a file with this content.
pub async fn choose(file: &str, content: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(content));
    let chosen = DataTransfer::new().unwrap();
    chosen.items().add_with_file(&File::new_with_u8_array_sequence(&parts, file).unwrap()).unwrap();
    let archive = by_label("Configuration archive").await;
    Reflect::set(&archive, &"files".into(), &chosen.files().into()).unwrap();
    archive.dispatch_event(&Event::new("change").unwrap()).unwrap();
}

/// The form with a variable and an archive.
async fn filled_in(installation: &Arc<Installation>) -> Page {
    let page = open(installation, NEW);
    click_button("Add variable").await;
    type_into(&field("Variables", "Key", 0).await, "ami_id").await;
    type_into(&field("Variables", "Value", 0).await, "ami-123456").await;
    choose("atlas.tar.gz", &GZIP).await;
    see("atlas.tar.gz will be sent as it is: 4 bytes.").await;
    page
}

/// How a step stands.
pub async fn step(name: &str, state: &str) {
    wait_for(&format!("{name} {state}"), || sees(&[name, " ", state].concat()).then_some(())).await;
}

#[wasm_bindgen_test]
async fn a_version_needs_an_archive_that_is_one() {
    let installation = Installation::with([]);
    let _page = open(&installation, NEW);
    click_button("Create and upload").await;
    let archive = by_label("Configuration archive").await;
    is_wrong(&archive, "Choose an archive or a folder.").await;
    has_the_focus(&archive).await;
    for (file, content) in
        [("atlas.zip", b"PK\x03\x04".as_slice()), ("<b>\u{202E}.tar.gz", b""), ("a.tar.gz", b"\x1f\x8b")]
    {
        choose(file, content).await;
        let shown = file.replace('\u{202E}', "\\u{202e}");
        is_wrong(&archive, &[&shown, " is no gzip archive."].concat()).await;
        assert_eq!(count(&["b"]), 0);
        assert!(!ask_to_close_the_tab(), "nothing was chosen");
    }
    choose("atlas.tgz", &GZIP).await;
    see("atlas.tgz will be sent as it is: 4 bytes.").await;
    is_right(&archive).await;
    assert!(ask_to_close_the_tab());
    click_button("Choose something else").await;
    gone("will be sent as it is").await;
    has_the_focus(&archive).await;
    assert!(!ask_to_close_the_tab());
    assert_eq!(installation.sent("POST"), [""; 0]);
}

#[wasm_bindgen_test]
async fn an_archive_that_is_still_being_read_is_waited_for_and_not_told_to_be_so_any_longer() {
    let installation = Installation::with([]);
    let _page = open(&installation, NEW);
    let create = by_role_name("button", "Create and upload").await;
    choose("atlas.tar.gz", &GZIP).await;
    create.unchecked_ref::<HtmlElement>().click();
    see("What was chosen is still being read. Wait a moment.").await;
    see("atlas.tar.gz will be sent as it is: 4 bytes.").await;
    assert!(!sees("still being read") && said("alert").is_empty(), "{}", screen());
    is_right(&by_label("Configuration archive").await).await;
    assert_eq!(installation.sent("POST"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_create_sends_the_form_once_and_tells_number_and_token() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let page = filled_in(&installation).await;
    click_button("Add metadata").await;
    type_into(&field("Metadata", "Key", 0).await, " git_branch ").await;
    type_into(&field("Metadata", "Value", 0).await, " main ").await;
    click_button("Create and upload").await;
    held.arrives().await;
    see("Creating the configuration version…").await;
    step("Preparing", "done").await;
    step("Creating", "under way").await;
    assert!(is_disabled(&field("Variables", "Key", 0).await.closest("fieldset.bare").unwrap().unwrap()));
    assert_eq!(all("button", "Create and upload").len(), 0);
    assert!(ask_to_close_the_tab(), "leaving would end it");
    held.release();
    step("Creating", "done").await;
    step("Sending", "failed").await;
    let why = ["The installation wants the archive at ", UPLOAD_HOST, ", which this page may not reach."].concat();
    wait_for(&why, || said("alert").concat().contains(&why).then_some(())).await;
    assert_eq!(installation.sent("POST"), ["POST /api/v1/terraform/configurations/hashicorp/atlas/versions"]);
    let sent = json!({"metadata": {"git_branch": " main "}, "variables": {"ami_id": "ami-123456"}});
    assert_eq!(installation.bodies("POST"), [json!({ "version": sent })]);

    assert_eq!(text(&definition("Version").await), "1");
    assert!(text(&definition("Upload token").await).starts_with("upload-1"));
    click_button("Copy token").await;
    assert_eq!(page.copied(), ["upload-1"]);
    assert!(!sees(&[UPLOAD_HOST, "/"].concat()), "the upload path is a secret");
    let link = by_role_name("link", "Upload progress").await;
    assert_eq!(link.get_attribute("href"), Some([ATLAS, "/versions/progress/upload-1"].concat()));
    assert!(ask_to_close_the_tab(), "the archive is not there yet");
}

#[wasm_bindgen_test]
async fn what_is_empty_is_left_out() {
    let installation = Installation::with([]);
    let _page = open(&installation, NEW);
    choose("atlas.tar.gz", &GZIP).await;
    see("will be sent as it is").await;
    click_button("Create and upload").await;
    step("Sending", "failed").await;
    assert_eq!(installation.bodies("POST"), [json!({"version": {}})]);
}

#[wasm_bindgen_test]
async fn once_a_version_exists_no_second_one_is_made() {
    let installation = Installation::with([]);
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    step("Sending", "failed").await;
    assert_eq!(all("button", "Create and upload").len(), 0);
    for asked in 1..=2 {
        click_button("Try again").await;
        wait_for("the question whether it is there", || (installation.sent("progress").len() == asked).then_some(()))
            .await;
        step("Sending", "failed").await;
    }
    installation.configurations(|all| all.say("upload-1", r#"{"status":"uploaded"}"#));
    click_button("Try again").await;
    see("Configuration version 1 was uploaded.").await;
    assert_eq!(installation.sent("POST").len(), 1);
    assert!(!ask_to_close_the_tab(), "there is nothing to lose any more");
    click_link("Back to the configuration").await;
    at(ATLAS).await;
}

#[wasm_bindgen_test]
async fn a_refused_create_says_why_and_can_be_corrected() {
    let installation = Installation::with([]);
    installation.once("POST", answer(422, r#"{"errors":["Value is <b>odd</b>\u202e"]}"#));
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    step("Creating", "failed").await;
    let why = "Creating failed. The server did not accept this: Value is <b>odd</b>\\u{202e}";
    wait_for(why, || said("alert").contains(&why.to_owned()).then_some(())).await;
    assert!(!sees("may have been created all the same") && count(&["b"]) == 0);
    let value_field = field("Variables", "Value", 0).await;
    assert_eq!(value(&value_field), "ami-123456");
    assert!(ask_to_close_the_tab());
    type_into(&value_field, "ami-7").await;
    click_button("Create and upload").await;
    step("Creating", "done").await;
    let bodies = installation.bodies("POST");
    assert_eq!(bodies.last(), Some(&json!({"version": {"variables": {"ami_id": "ami-7"}}})));
    assert_eq!(bodies.len(), 2);
}

#[wasm_bindgen_test]
async fn a_create_in_doubt_is_not_repeated_by_itself_and_the_doubt_is_told() {
    for (failure, told) in [
        (answer(502, "<html>"), "The server failed to do this."),
        (Err(api::TransportError::Unreachable), "The server cannot be reached."),
        (answer(200, "{}"), "The server sent something this console does not understand"),
        (answer(404, ""), "The installation knows no configuration hashicorp/atlas, or the token may not use it."),
    ] {
        let is_doubtful = failure.as_ref().map_or(true, |answer| answer.status != 404);
        let installation = Installation::with([]);
        installation.once("POST", failure);
        let _page = filled_in(&installation).await;
        click_button("Create and upload").await;
        see(told).await;
        assert_eq!(sees("A version may have been created all the same."), is_doubtful, "{told}");
        assert_eq!((fields("Variables", "Key").await.len(), installation.sent("POST").len()), (1, 1));
        click_button("Try again").await;
        step("Creating", "done").await;
        assert_eq!(installation.sent("POST").len(), 2);
    }
}

#[wasm_bindgen_test]
async fn a_create_that_takes_too_long_can_be_cancelled() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    held.arrives().await;
    click_button("Cancel").await;
    see("Cancelled.").await;
    assert_eq!(installation.dropped("POST"), 1);
    held.release();
    settle().await;
    step("Creating", "cancelled").await;
    assert_eq!(value(&field("Variables", "Value", 0).await), "ami-123456");
    click_link("All configurations").await;
    click_button("Leave").await;
    at(OPEN).await;
}

#[wasm_bindgen_test]
async fn trying_again_before_there_is_a_version_sends_the_form_as_it_is_then() {
    let installation = Installation::with([]);
    installation.once("POST", answer(422, r#"{"errors":{"name":["has already been taken"]}}"#));
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    see("Creating failed. The server did not accept this: name: has already been taken").await;
    type_into(&field("Variables", "Value", 0).await, "ami-7").await;
    click_button("Try again").await;
    wait_for("another create", || (installation.sent("POST").len() == 2).then_some(())).await;
    let sent = installation.bodies("POST").pop().unwrap();
    assert_eq!(sent.pointer("/version/variables/ami_id"), Some(&json!("ami-7")));
}

#[wasm_bindgen_test]
async fn what_a_refusal_is_about_is_named_once() {
    for refusal in [
        r#"{"errors":{"name":["name has already been taken"]}}"#,
        r#"{"errors":[{"detail":"has already been taken","source":{"parameter":"name"}}]}"#,
    ] {
        let installation = Installation::with([]);
        installation.once("POST", answer(422, refusal));
        let _page = filled_in(&installation).await;
        click_button("Create and upload").await;
        see("The server did not accept this: name").await;
        assert!(!sees("name: name"), "{}", screen());
    }
}

#[wasm_bindgen_test]
async fn trying_again_without_the_archive_sends_nothing() {
    let installation = Installation::with([]);
    installation.once("POST", answer(422, r#"{"errors":["no"]}"#));
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    see("Creating failed.").await;
    click_button("Choose something else").await;
    gone("will be sent as it is").await;
    click_button("Try again").await;
    see("Choose an archive or a folder.").await;
    assert_eq!(installation.sent("POST").len(), 1);
}
