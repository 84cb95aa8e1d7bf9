//! Runs that are held up: by the user, a limit, a refused token, the network, a reload, and a tab without room.

use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use super::web::{
    Held, Installation, NOT_ADMIN, Page, TOKEN, all, answer, by_label, by_role_name, click, click_button, errors, gone,
    heading, limited, many, see, sees, settle, type_into, wait_for,
};
use super::{LIST, ended, row, select};

const READ: &str = "GET /admin/terraform-versions/tool-";

/// The plan of an action on all versions of the page.
async fn plan(action: &str, question: &str) {
    see("versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button(action).await;
    heading(question).await;
}

async fn arrive(held: &[Held]) {
    for it in held {
        it.arrives().await;
    }
}

fn network(event: &str) {
    window().dispatch_event(&Event::new(event).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn what_somebody_changed_during_a_pause_is_not_overwritten() {
    let installation = Installation::with(many(10));
    let _page = Page::open(&installation, LIST);
    plan("Mark beta", "Mark 10 versions beta?").await;
    let held: Vec<_> = (0..4).map(|_| installation.hold(READ)).collect();
    click_button("Mark 10 versions beta").await;
    arrive(&held).await;
    click_button("Pause").await;
    see("Paused.").await;
    held.iter().for_each(Held::release);
    settle().await;
    let read: Vec<String> =
        installation.sent(READ).iter().filter_map(|it| it.split('/').next_back().map(str::to_owned)).collect();
    assert_eq!(read.len(), 4);
    for id in &read {
        installation.change(id, |version| version.enabled = false);
    }
    click_button("Resume").await;
    see("6 done, 0 already so, 0 refused, 4 failed, 0 not tried (4 changed meanwhile)").await;
    for id in &read {
        assert!(installation.sent(&format!("PATCH /admin/terraform-versions/{id}")).is_empty(), "{id} was overwritten");
    }
}

#[wasm_bindgen_test]
async fn a_long_wait_is_told_and_what_somebody_changed_meanwhile_is_not_overwritten() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, LIST);
    plan("Mark beta", "Mark 2 versions beta?").await;
    installation.once("PATCH /admin/terraform-versions/tool-1.0.1", limited(40));
    let wait = installation.hold("wait 10 s");
    click_button("Mark 2 versions beta").await;
    wait.arrives().await;
    see("The installation asks to wait: goes on in about 40 s.").await;
    installation.change("tool-1.0.1", |version| version.enabled = false);
    let next = installation.hold("wait 10 s");
    wait.release();
    next.arrives().await;
    see("goes on in about 30 s.").await;
    next.release();
    see("1 done, 0 already so, 0 refused, 1 failed, 0 not tried (1 changed meanwhile)").await;
    assert_eq!(installation.sent("PATCH /admin/terraform-versions/tool-1.0.1").len(), 1);
}

#[wasm_bindgen_test]
async fn a_stop_ends_a_wait_at_once_and_nothing_more_is_sent() {
    let installation = Installation::with(many(3));
    let _page = Page::open(&installation, LIST);
    plan("Mark beta", "Mark 3 versions beta?").await;
    installation.always("PATCH", limited(200));
    let wait = installation.hold("wait 30 s");
    click_button("Mark 3 versions beta").await;
    wait.arrives().await;
    click_button("Stop").await;
    heading("Report: mark beta").await;
    see("0 done, 0 already so, 0 refused, 0 failed, 3 not tried").await;
    let sent = installation.sent("").len();
    wait.release();
    settle().await;
    assert_eq!(installation.sent("").len(), sent);
    installation.mend();
    click_button("Try failed again").await;
    heading("Mark 3 versions beta?").await;
    click_button("Mark 3 versions beta").await;
    see("3 done").await;
}

#[wasm_bindgen_test]
async fn a_change_that_was_refused_for_its_token_is_read_again_after_another_is_given() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, LIST);
    plan("Mark beta", "Mark 2 versions beta?").await;
    installation.once("PATCH /admin/terraform-versions/tool-1.0.1", answer(401, ""));
    click_button("Mark 2 versions beta").await;
    by_role_name("dialog", "Connect again").await;
    installation.change("tool-1.0.1", |version| version.enabled = false);
    type_into(&by_label("API token").await, TOKEN).await;
    click_button("Connect").await;
    gone("Connect again").await;
    see("1 done, 0 already so, 0 refused, 1 failed, 0 not tried (1 changed meanwhile)").await;
    assert_eq!(installation.sent("PATCH /admin/terraform-versions/tool-1.0.1").len(), 1);
}

#[wasm_bindgen_test]
async fn a_token_that_is_refused_to_all_is_asked_for_once() {
    let installation = Installation::with(many(8));
    let _page = Page::open(&installation, LIST);
    plan("Mark beta", "Mark 8 versions beta?").await;
    let held: Vec<_> = (0..4).map(|_| installation.hold(READ)).collect();
    click_button("Mark 8 versions beta").await;
    arrive(&held).await;
    installation.refuse_every_token();
    held.iter().for_each(Held::release);
    by_role_name("dialog", "Connect again").await;
    click_button("Cancel").await;
    gone("Connect again").await;
    see("The installation refuses the token.").await;
    settle().await;
    assert_eq!((installation.sent(READ).len(), all("dialog", "Connect again").len()), (4, 0));
    click_button("Resume").await;
    by_role_name("dialog", "Connect again").await;
    installation.accept("user.atlasv1.second", NOT_ADMIN);
    installation.accept("user.atlasv1.third", super::web::ADMIN);
    type_into(&by_label("API token").await, "user.atlasv1.third").await;
    click_button("Connect").await;
    gone("Connect again").await;
    see("8 done, 0 already so, 0 refused, 0 failed, 0 not tried").await;
    assert_eq!(installation.sent("PATCH").len(), 8);
}

/// A run of six under a limit of one request a second, with four versions read and the next turn not come.
async fn before_its_turn(installation: &Installation) -> Held {
    installation.tell_limit(1);
    plan("Delete", "Delete 6 versions?").await;
    let held: Vec<_> = (0..4).map(|_| installation.hold(READ)).collect();
    click_button("Delete 6 versions").await;
    arrive(&held).await;
    let turn = installation.hold("wait 1 s");
    held.iter().for_each(Held::release);
    turn.arrives().await;
    settle().await;
    turn
}

#[wasm_bindgen_test]
async fn a_stop_holds_back_what_waits_for_its_turn() {
    let installation = Installation::with(many(6));
    let _page = Page::open(&installation, LIST);
    let turn = before_its_turn(&installation).await;
    click_button("Stop").await;
    heading("Report: delete").await;
    see("0 done, 0 already so, 0 refused, 0 failed, 6 not tried").await;
    turn.release();
    settle().await;
    assert!(installation.sent("DELETE").is_empty());
}

#[wasm_bindgen_test]
async fn a_pause_and_a_lost_network_hold_back_what_waits_for_its_turn() {
    let installation = Installation::with(many(6));
    let _page = Page::open(&installation, LIST);
    let turn = before_its_turn(&installation).await;
    network("offline");
    see("There is no network.").await;
    click_button("Pause").await;
    turn.release();
    settle().await;
    assert!(installation.sent("DELETE").is_empty());
    network("online");
    see("Paused.").await;
    click_button("Stop").await;
    see("0 done, 0 already so, 0 refused, 0 failed, 6 not tried").await;
    assert!(installation.sent("DELETE").is_empty());
}

#[wasm_bindgen_test]
async fn what_waits_for_its_turn_when_the_page_is_left_was_not_tried() {
    let installation = Installation::with(many(6));
    let page = Page::open(&installation, LIST);
    before_its_turn(&installation).await;
    page.reload();
    heading("Report: delete").await;
    see("0 done, 0 already so, 0 refused, 0 failed, 6 not tried").await;
    assert!(!sees("unclear)"));
}

#[wasm_bindgen_test]
async fn an_addition_that_the_browser_sent_twice_is_looked_up() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, LIST);
    see("2 versions").await;
    select("1.0.1").await;
    click_button("Delete").await;
    heading("Delete 1 version?").await;
    click_button("Delete 1 version").await;
    ended().await;
    click_button("Undo").await;
    heading("Undo 1 change?").await;
    installation.once_done("POST", errors(&[("version", "Version has already been taken")]));
    click_button("Undo 1 change").await;
    see("1 done, 0 already so, 0 refused, 0 failed, 0 not tried").await;
    assert_eq!((row("1.0.1")[1].as_str(), installation.sent("POST").len()), ("Done", 1));
}

#[wasm_bindgen_test]
async fn a_tab_without_room_calls_nothing_that_was_done_not_tried() {
    let installation = Installation::with(many(12));
    let page = Page::open(&installation, LIST);
    plan("Mark beta", "Mark 12 versions beta?").await;
    let held: Vec<_> = (0..4).map(|_| installation.hold("PATCH")).collect();
    click_button("Mark 12 versions beta").await;
    arrive(&held).await;
    let last = installation.hold("PATCH");
    let last_but_one = installation.hold("PATCH");
    let storage = window().session_storage().unwrap().unwrap();
    let mut filler = "x".repeat(1 << 22);
    while !filler.is_empty() {
        let known = storage.get_item("filler").unwrap().unwrap_or_default();
        if storage.set_item("filler", &[known, filler.clone()].concat()).is_err() {
            filler.truncate(filler.len() / 2);
        }
    }
    held.iter().for_each(Held::release);
    arrive(&[last, last_but_one]).await;
    see("This browser has no room left").await;
    see("10 of 12").await;
    page.reload();
    heading("Report: mark beta").await;
    let summary =
        wait_for("the summary", || super::web::said("status").into_iter().find(|it| it.contains("not tried"))).await;
    assert!(summary.contains(" 0 not tried"), "{summary}");
    assert!(summary.contains("unclear"), "{summary}");
    storage.remove_item("filler").unwrap();
}
