//! An upload on its way: what changes many times a second must not take anything away from its user.

use js_sys::{Array, Function, Object, Reflect, Uint8Array, global};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Event, File};

use super::*;

const GZIP: [u8; 4] = [0x1f, 0x8b, 8, 0];
const CHOSEN: &str = "atlas.tar.gz will be sent as it is: 4 bytes.";

/// A list of one archive, as a field or a drop has it.
fn files(name: &str) -> DataTransfer {
    let parts = Array::of1(&Uint8Array::from(GZIP.as_slice()));
    let files = DataTransfer::new().unwrap();
    files.items().add_with_file(&File::new_with_u8_array_sequence(&parts, name).unwrap()).unwrap();
    files
}

/// The form with an archive.
pub async fn filled_in(installation: &Arc<Installation>) -> Page {
    let page = open(installation, NEW_UPLOAD);
    let archive = by_label("Configuration archive").await;
    Reflect::set(&archive, &"files".into(), &files("atlas.tar.gz").files().into()).unwrap();
    archive.dispatch_event(&Event::new("change").unwrap()).unwrap();
    see(CHOSEN).await;
    page
}

/// An installation that takes archives at the console's own origin.
pub fn installation() -> Arc<Installation> {
    let installation = Installation::with(many(1));
    let created = r#"{"version":1,"upload_path":"/uploads/upload-1","token":"upload-1"}"#;
    installation.always("POST", answer(200, created));
    installation
}

/// An archive on its way.
async fn on_its_way() -> (Page, Archives) {
    let archives = Archives::take();
    let page = filled_in(&installation()).await;
    click_button("Create and upload").await;
    archives.arrives().await;
    progress(&archives, 10).await;
    by_role_name("button", "Cancel").await;
    (page, archives)
}

/// How a step stands.
async fn step(name: &str, state: &str) {
    wait_for(&format!("{name} {state}"), || sees(&[name, " ", state].concat()).then_some(())).await;
}

/// So many of 100 bytes were sent, and it can be seen.
async fn progress(archives: &Archives, bytes: u32) {
    archives.sent(bytes, 100);
    see(&[&bytes.to_string(), " bytes of 100 bytes sent"].concat()).await;
    settle().await;
}

/// The bars that are shown as moving without saying how far: something is under way.
fn moving_bars() -> usize {
    let all = document().get_elements_by_tag_name("*");
    let moves = |it: &Element| it.matches("progress:not([value]), [role=progressbar]:not([aria-valuenow])").unwrap();
    (0..all.length()).filter_map(|at| all.item(at)).filter(|it| moves(it) && is_shown(it)).count()
}

#[wasm_bindgen_test]
async fn progress_leaves_the_button_that_cancels_in_its_place() {
    let (_page, archives) = on_its_way().await;
    let cancel = by_role_name("button", "Cancel").await;
    for bytes in [20, 30, 40] {
        progress(&archives, bytes).await;
        assert!(cancel.is_connected(), "the button was made anew");
        assert_eq!(by_role_name("button", "Cancel").await, cancel);
    }
}

#[wasm_bindgen_test]
async fn a_slow_press_on_cancel_during_progress_cancels() {
    let (_page, archives) = on_its_way().await;
    let cancel = by_role_name("button", "Cancel").await;
    press_slowly(&cancel, async || {
        for bytes in [20, 30, 40] {
            progress(&archives, bytes).await;
        }
    })
    .await;
    see("Cancelled.").await;
    assert!(archives.is_aborted());
}

#[wasm_bindgen_test]
async fn progress_leaves_the_focus_where_the_user_put_it() {
    let (_page, archives) = on_its_way().await;
    let elsewhere = by_role_name("link", "Configuration versions").await;
    focus_on(&elsewhere).await;
    progress(&archives, 20).await;
    assert_eq!(focused().as_ref(), Some(&elsewhere), "outside of the upload");
    let copy = by_role_name("button", "Copy token").await;
    focus_on(&copy).await;
    for bytes in [30, 40] {
        progress(&archives, bytes).await;
        assert_eq!(focused().as_ref(), Some(&copy), "in the upload");
    }
}

#[wasm_bindgen_test]
async fn progress_leaves_the_page_where_the_user_scrolled_it() {
    let archives = Archives::take();
    let _page = filled_in(&installation()).await;
    for _ in 0..40 {
        click_button("Add metadata").await;
    }
    let keys = all("textbox", "Key");
    for (number, key) in keys.iter().enumerate() {
        type_into(key, &number.to_string()).await;
    }
    click_button("Create and upload").await;
    archives.arrives().await;
    progress(&archives, 10).await;
    window().scroll_to_with_x_and_y(0.0, 0.0);
    for bytes in [20, 30] {
        progress(&archives, bytes).await;
        assert!(window().scroll_y().unwrap() < 1.0, "scrolled to {:?}", window().scroll_y());
    }
}

#[wasm_bindgen_test]
async fn after_the_last_byte_it_waits_for_the_answer_and_longer() {
    let clock = Clock::take();
    let (_page, archives) = on_its_way().await;
    see("Sending the archive…").await;
    archives.sent(100, 100);
    see("All was sent, waiting for the answer…").await;
    for _ in 0..4 {
        clock.put_forward(140);
        settle().await;
        assert!(sees("All was sent, waiting for the answer…"), "an installation may take minutes: {}", screen());
    }
    clock.put_forward(140);
    see("Sending failed. The server did not answer in time.").await;
    assert!(archives.is_aborted());
}

#[wasm_bindgen_test]
async fn silence_before_the_last_byte_ends_it_sooner() {
    let clock = Clock::take();
    let (_page, archives) = on_its_way().await;
    clock.put_forward(130);
    see("Sending failed. The server did not answer in time.").await;
    assert!(archives.is_aborted());
}

#[wasm_bindgen_test]
async fn before_an_archive_is_sent_again_the_installation_is_asked_whether_it_is_there() {
    for (progress, is_sent_again) in [
        (answer(200, r#"{"status":"uploaded"}"#), false),
        (answer(200, r#"{"status":"uploading","uploaded":100,"total":100}"#), false),
        (answer(200, r#"{"status":"pending"}"#), true),
        (answer(404, "{}"), true),
    ] {
        let archives = Archives::take();
        let installation = installation();
        let _page = filled_in(&installation).await;
        click_button("Create and upload").await;
        archives.arrives().await;
        archives.sent(100, 100);
        archives.answer(504);
        see("Sending failed.").await;
        assert_eq!(archives.count(), 1);
        installation.always("progress", progress.clone());
        click_button("Try again").await;
        if is_sent_again {
            wait_for("the archive to be sent again", || (archives.count() == 2).then_some(())).await;
        } else {
            gone("Sending failed.").await;
            step("Sending", "done").await;
            assert_eq!(archives.count(), 1, "it is there: {progress:?}");
        }
        assert_eq!(installation.sent("POST").len(), 1);
    }
}

#[wasm_bindgen_test]
async fn without_an_answer_to_that_nothing_is_sent_again() {
    let archives = Archives::take();
    let installation = installation();
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    archives.arrives().await;
    archives.answer(504);
    see("Sending failed.").await;
    installation.always("progress", unreachable());
    click_button("Try again").await;
    see("Sending failed. The server cannot be reached.").await;
    assert_eq!(archives.count(), 1);
    installation.mend();
    installation.always("progress", answer(200, r#"{"status":"pending"}"#));
    click_button("Try again").await;
    wait_for("the archive to be sent again", || (archives.count() == 2).then_some(())).await;
}

#[wasm_bindgen_test]
async fn a_path_of_the_consoles_own_server_is_on_the_consoles_own_origin() {
    let archives = Archives::take();
    let installation = Installation::with([]);
    let created = r#"{"version":1,"upload_path":"http://127.0.0.1:1/api/v1/uploads/upload-1","token":"upload-1"}"#;
    installation.always("POST", answer(200, created));
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    archives.arrives().await;
    assert_eq!(archives.line(), "PUT /api/v1/uploads/upload-1");
}

#[wasm_bindgen_test]
async fn the_bar_stands_still_after_creating_has_failed() {
    let installation = Installation::with([]);
    installation.once("POST", answer(422, r#"{"errors":["no"]}"#));
    let held = installation.hold("POST");
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    held.arrives().await;
    held.release();
    see("Creating failed.").await;
    settle().await;
    assert_eq!(moving_bars(), 0);
}

#[wasm_bindgen_test]
async fn the_bar_stands_still_after_it_was_cancelled() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    held.arrives().await;
    click_button("Cancel").await;
    see("Cancelled.").await;
    settle().await;
    assert_eq!(moving_bars(), 0);
}

#[wasm_bindgen_test]
async fn leaving_while_the_installation_processes_the_archive_asks_nothing() {
    let archives = Archives::take();
    let installation = installation();
    let held = installation.hold("progress");
    let _page = filled_in(&installation).await;
    click_button("Create and upload").await;
    archives.arrives().await;
    assert!(ask_to_close_the_tab(), "the archive is not there yet");
    archives.answer(200);
    held.arrives().await;
    settle().await;
    assert!(!ask_to_close_the_tab(), "everything was sent");
    click_link("Terraform versions").await;
    settle().await;
    assert!(!sees("not saved or sent yet"), "everything was sent");
    at(LIST).await;
}

#[wasm_bindgen_test]
async fn what_is_dropped_onto_the_locked_form_changes_nothing() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let _page = filled_in(&installation).await;
    let place = by_label("Configuration archive").await.parent_element().unwrap();
    click_button("Create and upload").await;
    held.arrives().await;
    drop_onto(&place, "other.tar.gz");
    settle().await;
    assert!(sees(CHOSEN), "what is being sent was forgotten");
    assert!(!sees("other.tar.gz"));
    click_button("Cancel").await;
    see("Cancelled.").await;
    assert!(sees(CHOSEN));
    let repeated = installation.hold("POST");
    click_button("Try again").await;
    repeated.arrives().await;
}

/// Drops an archive. Where the page does not take it the browser would open it in place of the page.
fn drop_onto(place: &Element, name: &str) {
    let options = Object::new();
    let values = [("dataTransfer", files(name).into()), ("bubbles", true.into()), ("cancelable", true.into())];
    for (option, value) in values {
        Reflect::set(&options, &option.into(), &value).unwrap();
    }
    let constructor: Function = Reflect::get(&global(), &"DragEvent".into()).unwrap().unchecked_into();
    for event in ["dragover", "drop"] {
        let event = Reflect::construct(&constructor, &Array::of2(&event.into(), &options)).unwrap();
        let is_left = place.dispatch_event(event.unchecked_ref()).unwrap();
        assert!(!is_left, "the browser would leave the page and open what was dropped");
    }
}
