//! The eyes and ears of a user: what is on screen, by label, role and text, as assistive technology tells it.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::waiting::wait_for;

/// The one thing of that role and name, once it is there. Behind an open dialog nothing is found.
pub async fn by_role_name(role: &str, name: &str) -> Element {
    wait_for(&format!("one {role} “{name}”"), || only(all(role, name))).await
}

/// The one field of that label, once it is there. Behind an open dialog nothing is found.
pub async fn by_label(label: &str) -> Element {
    let fields = || {
        let fields = in_reach().into_iter().filter(|it| it.matches("input, select, textarea").unwrap());
        fields.filter(|it| name(it) == label).collect()
    };
    wait_for(&format!("one field “{label}”"), || only(fields())).await
}

/// The heading of that text, once it is there.
pub async fn heading(text: &str) -> Element {
    by_role_name("heading", text).await
}

/// Waits until the text is on screen.
pub async fn see(text: &str) {
    wait_for(&format!("“{text}”"), || sees(text).then_some(())).await;
}

/// Waits until the text is not on screen any more.
pub async fn gone(text: &str) {
    wait_for(&format!("“{text}” to go away"), || (!sees(text)).then_some(())).await;
}

/// Whether the text is on screen, also behind a dialog.
pub fn sees(what: &str) -> bool {
    text(document().body().unwrap().as_ref()).contains(what)
}

/// Everything of that role and name.
pub fn all(role: &str, name_of_it: &str) -> Vec<Element> {
    let found = in_reach().into_iter().filter(|it| role_of(it) == role && name(it) == name_of_it);
    found.collect()
}

/// What the things of that role say, for example all alerts; also behind a dialog.
pub fn said(role: &str) -> Vec<String> {
    let said = shown_in(document().body().unwrap().as_ref()).into_iter().filter(|it| role_of(it) == role);
    said.map(|it| text(&it)).filter(|text| !text.is_empty()).collect()
}

/// The description of a term in a list of terms, once it is there.
pub async fn definition(term: &str) -> Element {
    wait_for(&format!("the description of “{term}”"), || {
        let terms = in_reach().into_iter().filter(|it| role_of(it) == "term" && text(it) == term);
        only(terms.collect())?.next_element_sibling()
    })
    .await
}

/// The links in an element, with their addresses as written.
pub fn links_in(element: &Element) -> Vec<String> {
    elements(element, "a").iter().filter_map(|link| link.get_attribute("href")).collect()
}

/// The texts of a table's cells, row by row, without the head and the boxes that select rows.
pub fn rows(table: &str) -> Vec<Vec<String>> {
    let Some(table) = only(all("table", table)) else { return Vec::new() };
    let rows = shown_in(&table).into_iter().filter(|it| it.matches("tbody tr").unwrap());
    rows.map(|row| {
        elements(&row, "*").iter().filter(|it| it.matches("th, td:not(.select)").unwrap()).map(text).collect()
    })
    .collect()
}

/// The texts of the row that begins with this.
pub fn row(table: &str, first: &str) -> Vec<String> {
    let row = rows(table).into_iter().find(|row| row.first().is_some_and(|text| text == first));
    row.unwrap_or_default()
}

/// What the thing is called.
pub fn name(element: &Element) -> String {
    let of_label = || Some(text_without_fields(&label_of(element)?));
    let of_child = |tag: &str| elements(element, tag).first().map(words);
    let by_author = referred(element, "aria-labelledby").or_else(|| element.get_attribute("aria-label"));
    let name = by_author.or_else(|| match role_of(element).as_str() {
        "textbox" | "searchbox" | "checkbox" | "combobox" | "password" => of_label(),
        "table" => of_child("caption"),
        "group" => of_child("legend"),
        "button" | "link" | "heading" | "option" | "columnheader" | "rowheader" | "cell" => Some(words(element)),
        _ => None,
    });
    name.unwrap_or_default()
}

/// The accessible description of the thing, for example why a button is disabled.
pub fn description(element: &Element) -> String {
    referred(element, "aria-describedby").unwrap_or_default()
}

/// Whether it can be seen but not used.
pub fn is_disabled(element: &Element) -> bool {
    element.matches(":disabled, [aria-disabled=true]").unwrap()
}

/// Whether a checkbox is ticked.
pub fn is_ticked(checkbox: &Element) -> bool {
    Reflect::get(checkbox, &"checked".into()).unwrap().is_truthy()
}

/// What is typed in a field or chosen from a list.
pub fn value(field: &Element) -> String {
    Reflect::get(field, &"value".into()).unwrap().as_string().unwrap_or_default()
}

/// Whether anything on screen says that it is loading.
pub fn is_busy() -> bool {
    document().query_selector("[aria-busy=true]").unwrap().is_some()
}

/// What has the keyboard's focus.
pub fn focused() -> Option<Element> {
    document().active_element().filter(|it| it.tag_name() != "BODY")
}

/// The dialog in front of the page, the last if there are several.
pub fn open_dialog() -> Option<Element> {
    elements(document().body().unwrap().as_ref(), "dialog").into_iter().rfind(|it| it.has_attribute("open"))
}

/// The text of an element as far as it is shown, in one line with a space between its parts.
pub fn text(element: &Element) -> String {
    let mut parts = Vec::new();
    collect_text(element, &mut parts);
    parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything there is to see, for the one who reads that a test has failed.
pub fn screen() -> String {
    let body: Element = document().body().unwrap().into();
    let fields: Vec<String> = shown_in(&body)
        .iter()
        .filter(|it| it.matches("input, select, textarea").unwrap())
        .map(|it| match it.get_attribute("type").as_deref() {
            Some("checkbox") => format!("  {}: {}", name(it), if is_ticked(it) { "ticked" } else { "not ticked" }),
            _ => format!("  {}: “{}”", name(it), value(it)),
        })
        .collect();
    let dialog = open_dialog().map(|it| format!("Dialog: {}\n", name(&it))).unwrap_or_default();
    let focus = focused().map(|it| format!("{} “{}”", role_of(&it), name(&it))).unwrap_or_default();
    let location = window().location();
    let (path, query) = (location.pathname().unwrap(), location.search().unwrap());
    let (title, text) = (document().title(), text(&body));
    let fields = fields.join("\n");
    format!("On screen at {path}{query}, “{title}”:\n{text}\n{dialog}Focus: {focus}\nFields:\n{fields}\n")
}

fn only(mut found: Vec<Element>) -> Option<Element> {
    if found.len() == 1 { found.pop() } else { None }
}

/// Where a user can point to and a screen reader can go to: in the dialog while one is open, else everywhere.
fn in_reach() -> Vec<Element> {
    match open_dialog() {
        Some(dialog) => {
            let mut all = shown_in(&dialog);
            all.push(dialog);
            all
        }
        None => shown_in(document().body().unwrap().as_ref()),
    }
}

fn shown_in(element: &Element) -> Vec<Element> {
    elements(element, "*").into_iter().filter(is_shown).collect()
}

fn elements(element: &Element, tag: &str) -> Vec<Element> {
    let found = element.get_elements_by_tag_name(tag);
    (0..found.length()).filter_map(|index| found.item(index)).collect()
}

/// Whether it can be seen.
pub fn is_shown(element: &Element) -> bool {
    let check: Function = Reflect::get(element, &"checkVisibility".into()).unwrap().unchecked_into();
    let options = Object::new();
    Reflect::set(&options, &"visibilityProperty".into(), &true.into()).unwrap();
    check.call1(element, &options).unwrap().is_truthy()
}

fn role_of(element: &Element) -> String {
    if let Some(role) = element.get_attribute("role") {
        return role;
    }
    let kind = element.get_attribute("type").unwrap_or_default();
    let role = match (element.tag_name().as_str(), kind.as_str()) {
        ("A", _) if element.has_attribute("href") => "link",
        ("BUTTON", _) => "button",
        ("H1" | "H2" | "H3", _) => "heading",
        ("INPUT", "checkbox") => "checkbox",
        ("INPUT", "search") => "searchbox",
        ("INPUT", "password") => "password",
        ("INPUT" | "TEXTAREA", _) => "textbox",
        ("SELECT", _) => "combobox",
        ("OPTION", _) => "option",
        ("TABLE", _) => "table",
        ("TH", _) if element.get_attribute("scope").as_deref() == Some("row") => "rowheader",
        ("TH", _) => "columnheader",
        ("TD", _) => "cell",
        ("NAV", _) => "navigation",
        ("MAIN", _) => "main",
        ("SECTION", _) => "region",
        ("FIELDSET", _) => "group",
        ("DIALOG", _) => "dialog",
        ("DT", _) => "term",
        ("DD", _) => "definition",
        ("TIME", _) => "time",
        _ => "",
    };
    role.to_owned()
}

/// The texts of the elements that an attribute refers to by their ids.
fn referred(element: &Element, attribute: &str) -> Option<String> {
    let ids = element.get_attribute(attribute)?;
    let texts = ids.split_whitespace().filter_map(|id| document().get_element_by_id(id)).map(|it| words(&it));
    Some(texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
}

fn label_of(field: &Element) -> Option<Element> {
    let id = field.id();
    let by_id = elements(document().body()?.as_ref(), "label")
        .into_iter()
        .find(|label| !id.is_empty() && label.get_attribute("for").as_deref() == Some(id.as_str()));
    by_id.or_else(|| field.closest("label").unwrap())
}

/// A label's text without that of the list in it.
fn text_without_fields(label: &Element) -> String {
    let mut parts = Vec::new();
    collect_text(label, &mut parts);
    parts.join(" ").trim().to_owned()
}

fn words(element: &Element) -> String {
    let text = element.text_content().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect_text(node: &Node, parts: &mut Vec<String>) {
    let mut next = node.first_child();
    while let Some(child) = next {
        next = child.next_sibling();
        match child.dyn_ref::<Element>() {
            Some(element) if element.tag_name() == "SELECT" || !is_shown(element) => {}
            Some(element) => collect_text(element, parts),
            None if child.node_type() == Node::TEXT_NODE => parts.extend(child.node_value()),
            None => {}
        }
    }
}
