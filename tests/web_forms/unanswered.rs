//! Writes that stay without an answer: what became of them.

use super::*;

/// Every way in which a write stays without an answer.
fn without_an_answer() -> Vec<web::Answer> {
    vec![answer(500, ""), answer(504, "<html>"), answer(201, "{"), unreachable(), timed_out()]
}

#[wasm_bindgen_test]
async fn a_create_that_is_refused_after_a_try_without_an_answer_leads_to_the_version() {
    for failure in without_an_answer() {
        let installation = Installation::with(many(2));
        let _page = Page::open(&installation, NEW);
        fill_in("1.9.5").await;
        installation.once_done("POST", failure);
        click_button("Create version").await;
        see("The installation may have saved it all the same").await;
        installation.once("POST", errors(&[("version", "Version has already been taken")]));
        click_button("Create version").await;
        is_wrong("Version", "Version has already been taken").await;
        see("Terraform 1.9.5 is there already. The first try, which got no answer, may have added it.").await;
        stays_typed("1.9.5").await;
        click_link("Open Terraform 1.9.5").await;
        click_button("Leave").await;
        at("/terraform-versions/tool-1.9.5").await;
        heading("Terraform 1.9.5").await;
        assert_eq!(installation.sent("POST").len(), 2, "nothing is repeated on its own");
    }
}

#[wasm_bindgen_test]
async fn a_create_that_was_cancelled_may_have_added_the_version_as_well() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    let held = installation.hold("POST");
    click_button("Create version").await;
    held.arrives().await;
    click_button("Cancel").await;
    see("The installation may have saved it all the same").await;
    installation.once_done("POST", answer(409, r#"{"errors":["Version already exists"]}"#));
    click_button("Create version").await;
    see("Version already exists").await;
    see("Terraform 1.9.5 is there already.").await;
    type_into(&by_label("Version").await, "1.9.6").await;
    click_button("Create version").await;
    heading("Terraform 1.9.6").await;
}

#[wasm_bindgen_test]
async fn a_first_try_is_remembered_when_its_page_was_left() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    let held = installation.hold("POST");
    installation.once_done("POST", timed_out());
    click_button("Create version").await;
    held.arrives().await;
    click_link("Terraform versions").await;
    click_button("Leave").await;
    see("1–2 of 2").await;
    held.release();
    see("Terraform 1.9.5 may have been added or not. The server did not answer in time.").await;
    click_link("Add version").await;
    fill_in("1.9.5").await;
    installation.once("POST", errors(&[("version", "Version has already been taken")]));
    click_button("Create version").await;
    see("Terraform 1.9.5 is there already.").await;
    by_role_name("link", "Open Terraform 1.9.5").await;
}

#[wasm_bindgen_test]
async fn a_refusal_is_looked_up_only_after_a_try_without_an_answer_and_told_only_when_the_version_is_there() {
    let installation = Installation::with([version("1.9.5")]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    installation.once("POST", errors(&[("version", "Version has already been taken")]));
    click_button("Create version").await;
    is_wrong("Version", "Version has already been taken").await;
    settle().await;
    assert_eq!(installation.sent("filter[version]"), [""; 0]);
    assert!(!sees("The first try"));

    type_into(&by_label("Version").await, "1.9.6").await;
    installation.once("POST", answer(503, ""));
    click_button("Create version").await;
    see("The installation may have saved it all the same").await;
    installation.once("POST", errors(&[("url", "URL cannot be reached")]));
    click_button("Create version").await;
    is_wrong("URL", "URL cannot be reached").await;
    settle().await;
    assert_eq!(installation.sent("filter[version]=1.9.6").len(), 1);
    assert!(!sees("The first try"));
}

#[wasm_bindgen_test]
async fn a_first_try_that_cannot_be_looked_up_leads_to_the_list() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    installation.once("POST", timed_out());
    click_button("Create version").await;
    see("The installation may have saved it all the same").await;
    installation.once("POST", errors(&[("version", "Version has already been taken")]));
    installation.always("filter[version]", unreachable());
    click_button("Create version").await;
    see("The first try, which got no answer, may have added Terraform 1.9.5.").await;
    click_link("Look for it in the list").await;
    click_button("Leave").await;
    at("/terraform-versions?search=1.9.5").await;
}

#[wasm_bindgen_test]
async fn a_change_that_was_done_without_an_answer_is_told_as_done() {
    for failure in without_an_answer() {
        let installation = Installation::with([version("1.5.0")]);
        let _page = Page::open(&installation, EDIT);
        click(&by_label("Beta").await).await;
        installation.once_done("PATCH", failure);
        click_button("Save changes").await;
        at("/terraform-versions/tool-1.5.0").await;
        see("Terraform 1.5.0 was saved, although no answer said so.").await;
        see("Enabled Beta").await;
        assert_eq!(installation.sent("PATCH").len(), 1);
        assert_eq!(said("alert"), [""; 0]);
    }
}

#[wasm_bindgen_test]
async fn a_change_without_an_answer_that_was_not_done_is_told_so() {
    for failure in without_an_answer() {
        let installation = Installation::with([version("1.5.0")]);
        let _page = Page::open(&installation, EDIT);
        click(&by_label("Beta").await).await;
        installation.once("PATCH", failure);
        click_button("Save changes").await;
        see("The version is still there, as it was.").await;
        assert!(!sees("may have saved it all the same"));
        assert_eq!(rows("Changes"), [["Beta", "No", "Yes"]]);
        click_button("Save changes").await;
        see("Terraform 1.5.0 was saved.").await;
    }
}

#[wasm_bindgen_test]
async fn a_change_without_an_answer_that_cannot_be_told_is_unclear() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    let held = installation.hold("PATCH");
    click_button("Save changes").await;
    held.arrives().await;
    installation.once("PATCH", answer(500, ""));
    installation.change("tool-1.5.0", |version| version.version = "1.5.2".to_owned());
    held.release();
    see("It is not known whether it was done all the same").await;
    assert_eq!(value(&by_label("Version").await), "1.5.1");
}

#[wasm_bindgen_test]
async fn a_change_without_an_answer_of_a_version_that_is_gone_says_so() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1/edit");
    click(&by_label("Beta").await).await;
    let held = installation.hold("PATCH");
    click_button("Save changes").await;
    held.arrives().await;
    installation.once("PATCH", answer(500, ""));
    installation.always("GET /admin/terraform-versions/tool-1.0.1", answer(404, ""));
    held.release();
    see("The version is not there any more: it may have been deleted meanwhile.").await;
    assert!(!sees("not known whether") && !sees("may have saved it all the same"), "nothing can have been saved");
    assert!(is_ticked(&by_label("Beta").await), "what was typed stays");
}

#[wasm_bindgen_test]
async fn a_version_that_cannot_be_read_before_it_is_saved_leaves_no_doubt() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Beta").await).await;
    installation.always("GET /admin/terraform-versions/tool-1.5.0", unreachable());
    click_button("Save changes").await;
    see("The version is still there, as it was.").await;
    assert!(!sees("may have saved it all the same"));
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_change_that_was_done_late_is_no_conflict_with_somebody_else() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, "/terraform-versions/tool-1.5.0/edit");
    click(&by_label("Beta").await).await;
    installation.once("PATCH", answer(504, ""));
    click_button("Save changes").await;
    see("still there, as it was").await;
    installation.change("tool-1.5.0", |version| version.beta = true);
    click_button("Save changes").await;
    see("Terraform 1.5.0 was saved, although no answer said so.").await;
    heading("Terraform 1.5.0").await;
    assert_eq!(installation.sent("PATCH").len(), 1);
}

#[wasm_bindgen_test]
async fn a_change_that_is_answered_with_success_and_not_kept_is_told() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, "/terraform-versions/tool-1.5.0/edit");
    click(&by_label("Beta").await).await;
    let other = r#"{"data":{"id":"tool-other","type":"terraform-versions","attributes":{"version":"1.5.0"}}}"#;
    installation.once("PATCH", answer(200, other));
    click_button("Save changes").await;
    see("it has not kept every change").await;
    heading("Terraform 1.5.0").await;
    assert_eq!(address(), "/terraform-versions/tool-1.5.0");
}
