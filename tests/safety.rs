//! The repository checks itself, where Cargo and the lints do not: which crate and which module may use which, and what
//! must not be written at all.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/repository.rs"]
mod repository;
#[path = "support/rust_source.rs"]
mod rust_source;

use repository::{dependencies, over, text_of};
use rust_source::{code_and_texts_of, code_of, paths_from};

/// The crates, and which of ours each may use. Cargo keeps it so once the manifests do.
const LAYERS: [(&str, &[&str]); 6] = [
    ("crates/wire", &[]),
    ("crates/domain", &["wire"]),
    ("crates/api", &["domain", "wire"]),
    ("crates/packer", &[]),
    ("crates/server", &["domain", "wire"]),
    (".", &["api", "domain", "packer", "wire"]),
];
const OURS: [&str; 6] = ["api", "domain", "packer", "tfe-console", "tfe-console-server", "wire"];

/// The crates that know nothing of the browser.
const PURE: [&str; 3] = ["crates/wire", "crates/domain", "crates/server"];

/// The modules of the console: each may use itself and those before it, and `ui` none of them.
const ORDER: &str = "paths session router query inventory ui components pages lazy routes app main";

/// The crates that `ui` may use.
const CRATES_OF_UI: [&str; 5] = ["leptos", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"];

/// What runs in a browser, and so must have nothing of [`NEVER`].
const IN_THE_BROWSER: [&str; 5] =
    ["src", "crates/wire/src", "crates/domain/src", "crates/api/src", "crates/packer/src"];

/// What is never written, and why. Styles that are set through the DOM (`style:`, `element.style()`) are allowed by the
/// page's policy, style attributes are not.
const NEVER: [(&str, &str); 14] = [
    ("inner_html", "everything shown is text"),
    ("outer_html", "everything shown is text"),
    ("insert_adjacent_html", "everything shown is text"),
    ("create_contextual_fragment", "everything shown is text"),
    ("\"innerHTML\"", "everything shown is text"),
    ("\"outerHTML\"", "everything shown is text"),
    ("srcdoc", "everything shown is text"),
    (" style=", "the page's policy forbids style attributes: use a class, or style:name=value"),
    ("\"style\"", "the page's policy forbids style attributes: use a class, or style:name=value"),
    ("<style", "the page's policy forbids inline styles"),
    ("eval(", "the page's policy forbids it"),
    ("web_sys::console", "a token could end in the log"),
    ("log!(", "a token could end in the log"),
    ("println!", "a token could end in the log"),
];

/// What a link may lead to as it stands: an address of the console, a picture, a part of the page, or the page itself.
const GOOD_LINKS: [&str; 5] = ["paths::", "configuration.", "icon.href()", "\"#", "\"\""];

/// The widgets that hand on the address they are given, and their word for it.
const HANDED_ON: [(&str, &str); 7] = [
    ("components/breadcrumbs.rs", "href"),
    ("components/link_button.rs", "href"),
    ("components/nav.rs", "href"),
    ("pages/tool_versions/form.rs", "cancel"),
    ("pages/tool_versions/form.rs", "href"),
    ("pages/tool_versions/plan/mod.rs", "list"),
    ("router/link.rs", "href"),
];

#[test]
fn crates_use_only_those_below_them() {
    for (folder, allowed) in LAYERS {
        let used = dependencies(&text_of(&[folder, "/Cargo.toml"].concat()));
        let others: Vec<&String> =
            used.iter().filter(|it| OURS.contains(&it.as_str()) && !allowed.contains(&it.as_str())).collect();
        assert!(others.is_empty(), "{folder} uses {others:?}");
        let of_browser: Vec<&String> = used.iter().filter(|it| is_of_the_browser(it)).collect();
        assert!(of_browser.is_empty() || !PURE.contains(&folder), "{folder} uses {of_browser:?}");
        let has_leptos = used.iter().any(|it| it.starts_with("leptos"));
        assert_eq!(has_leptos, folder == ".", "{folder}: only the console knows Leptos");
    }
}

#[test]
fn modules_use_only_those_before_them() {
    assert_none(over(&["src"], what_it_may_not_use));
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let library = code_of(&text_of("src/lib.rs"));
    let modules: Vec<&str> = library.lines().filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(modules.len(), ORDER.split(' ').count() - 1, "{modules:?}");
    assert!(modules.iter().all(|it| place_of(it).is_some()), "{modules:?}");
}

#[test]
fn nothing_is_written_that_must_not_be() {
    assert_none(over(&IN_THE_BROWSER, what_must_not_be_written));
}

#[test]
fn links_lead_to_paths_of_the_console_or_through_the_check() {
    assert_none(over(&["src"], links_to_anywhere));
    for (file, name) in HANDED_ON {
        let code = code_of(&text_of(&["src/", file].concat()));
        let is_given = [[name, ": String"].concat(), ["|(", name, ","].concat()].iter().any(|it| code.contains(it));
        assert!(is_given, "{file} hands on no {name} any more");
    }
}

#[test]
fn a_forbidden_use_is_found_in_every_spelling() {
    let table = [
        ("paths.rs", "use crate::{\n    router,\n    session,\n};", true),
        ("session.rs", "use super::query::Query;", true),
        ("router/a.rs", "use super::super::query::Query;", true),
        ("query.rs", "use crate::{paths, ui::{Button, Dialog as D}};", true),
        ("query.rs", "fn a() { crate::pages::tool_versions::page(); }", true),
        ("ui/a.rs", "use crate::{ui::Button, paths as p};", true),
        ("ui/a.rs", "use domain::text::visible;", true),
        ("ui/a.rs", "use serde::Serialize;", true),
        ("ui/a.rs", "fn a() { ::gloo_timers::callback::Timeout::new(1, a); }", true),
        ("components/a.rs", "use crate::pages::List;", true),
        ("pages/a/b.rs", "use crate::routes;\nuse crate::routes::Routes;", true),
        ("pages/a/b.rs", "use tfe_console::app::App;", true),
        ("app.rs", "use crate::*;", true),
        ("query.rs", "// use crate::ui::Button;\n/* crate::ui::Button /* nested */ crate::ui::Button */", false),
        ("query.rs", "const A: &str = \"crate::ui::Button\"; const B: &str = r#\"\"crate::ui::\"#;", false),
        ("paths.rs", "fn a<'a>(_: &'a str) -> char { '\"' }\n#[cfg(test)]\nmod tests { use super::*; }", false),
        ("ui/a.rs", "use crate::ui::Button; use leptos::prelude::*; use super::Dialog;", false),
        ("session.rs", "use crate::paths; use api::{Client, Credentials}; use leptos::prelude::*;", false),
        ("main.rs", "use tfe_console::{app, components::panic_notice};", false),
        ("app.rs", "use super::*;", false),
    ];
    for (file, source, is_forbidden) in table {
        let found = what_it_may_not_use(file, source);
        assert_eq!(!found.is_empty(), is_forbidden, "{file}: {source}: {found:?}");
    }
}

#[test]
fn forbidden_text_is_found_in_code_only() {
    let table = [
        ("element.set_inner_html(text);", true),
        ("view! { <p inner_html=text/> }", true),
        ("view! { <iframe srcdoc=text/> }", true),
        ("view! { <p style=\"color: red\">\"a\"</p> }", true),
        ("view! { <p\n    style=colour\n/> }", true),
        ("element.set_attribute(\"style\", \"color: red\")", true),
        ("view! { <style>\"p { color: red }\"</style> }", true),
        ("leptos::logging::log!(\"{token}\");", true),
        ("view! { <p style:color=colour>\"a\"</p> }", false),
        ("element.style().set_property(\"color\", \"red\");", false),
        ("// No inner_html, no \"style\".\nfn a() {}", false),
        ("view! { <p>\"Choose a style\"</p> }", false),
    ];
    for (source, is_forbidden) in table {
        let found = what_must_not_be_written("pages/a.rs", source);
        assert_eq!(!found.is_empty(), is_forbidden, "{source}: {found:?}");
    }
}

#[test]
fn a_link_to_anywhere_is_found() {
    let table = [
        ("<a href=\"https://example.com\">\"a\"</a>", true),
        ("<a href=\"javascript:void(0)\">\"a\"</a>", true),
        ("<a href=\"/terraform-versions\">\"not below a path\"</a>", true),
        ("<a href=url>\"a\"</a>", true),
        ("<a\n    class=\"value\"\n    href=url.clone()\n>\"a\"</a>", true),
        ("<a href=move || url.get()>\"a\"</a>", true),
        ("<Link href={url}>\"a\"</Link>", true),
        ("let href = version.url; view! { <Link href>\"a\"</Link> }", true),
        ("let href = format!(\"{url}\"); view! { <LinkButton href class=\"a\">\"a\"</LinkButton> }", true),
        ("let href = url.clone(); view! { <LinkButton\n    href\n    kind=kind\n/> }", true),
        ("<Link attr:href=url/>", true),
        ("anchor.set_href(&url);", true),
        ("anchor.set_attribute(\"href\", &url)", true),
        ("<Link href=paths::tool_version(tool, &id)>\"a\"</Link>", false),
        ("<a href=\"#main\">\"a\"</a>", false),
        ("let href = paths::tool_version(tool, &id); view! { <Link href>\"a\"</Link> }", false),
        ("let edit = paths::edit_tool_version(tool, &id); view! { <LinkButton href=edit.clone()/> }", false),
        ("let Some(href) = safe_link(&url) else { return }; view! { <a href=href/> }", false),
        ("element.closest(\"a[href]\")", false),
    ];
    for (source, is_forbidden) in table {
        let found = links_to_anywhere("pages/a.rs", source);
        assert_eq!(!found.is_empty(), is_forbidden, "{source}: {found:?}");
    }
}

/// What a file of the console uses and may not, by the order of modules and the crates of `ui`.
fn what_it_may_not_use(file: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let module: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    let is_ui = module[0] == "ui";
    let place = place_of(module[0]);
    let mut found = Vec::new();
    for (line, path) in paths_from(&code, &["crate", "super", "tfe_console"]) {
        let supers = path.iter().take_while(|it| *it == "super").count();
        // A path from the root, or one that climbs to it.
        let is_from_root = supers == 0 || supers >= module.len();
        let name = path.get(supers.max(1)).map_or("*", String::as_str);
        let is_glob_of_root = name == "*" && supers == 0;
        let is_too_late = place_of(name).is_some_and(|it| Some(it) > place || (is_ui && name != "ui"));
        if is_from_root && (is_glob_of_root || is_too_late) {
            found.push(format!("{file}:{line} uses {}", path.join("::")));
        }
    }
    if is_ui {
        let crates = dependencies(&text_of("Cargo.toml"));
        let crates: Vec<String> = crates.iter().map(|it| it.replace('-', "_")).collect();
        let others: Vec<&str> = crates.iter().map(String::as_str).filter(|it| !CRATES_OF_UI.contains(it)).collect();
        // `::leptos` is the crate as well.
        let uses = paths_from(&code.replace(" ::", " "), &others);
        found.extend(uses.iter().map(|(line, path)| format!("{file}:{line} uses {}", path.join("::"))));
    }
    found
}

fn what_must_not_be_written(file: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (line, text) in code_and_texts_of(source).lines().enumerate() {
        let bad = NEVER.iter().filter(|(bad, _)| text.contains(bad));
        found.extend(bad.map(|(bad, why)| format!("{file}:{} has {bad}: {why}", line + 1)));
    }
    found
}

fn links_to_anywhere(file: &str, source: &str) -> Vec<String> {
    let code = code_and_texts_of(source);
    let targets = ["href=", "set_href(", "\"href\","].into_iter().flat_map(|mark| after_each(&code, mark));
    // `<Link href>` is `<Link href=href>`.
    let short = [" href>", " href/>", " href ", " href\n"].into_iter().flat_map(|mark| after_each(&code, mark));
    let short = short.filter(|rest| !rest.starts_with('=')).map(|_| "href");
    let is_good = |target: &&str| {
        let target = target.trim_start_matches(['&', '{', ' ', '\n']);
        GOOD_LINKS.iter().any(|good| target.starts_with(good)) || is_checked(file, &code, word_at(target))
    };
    let bad = targets.chain(short).filter(|target| !is_good(target));
    bad.map(|it| format!("{file} links to {}", it.lines().next().unwrap_or_default())).collect()
}

/// Whether the file takes the value of that name from where only good addresses are from.
fn is_checked(file: &str, code: &str, name: &str) -> bool {
    let made = |start: &str, source: &str| code.contains(&[start, source].concat());
    HANDED_ON.contains(&(file, name))
        || made(&["let ", name, " = "].concat(), "paths::")
        || made(&["let ", name, " = "].concat(), "configuration.")
        || made(&["let Some(", name, ") = "].concat(), "safe_link(")
        // A file that was made here.
        || made(&["let ", name, " = "].concat(), "create_object_url(")
}

/// The word that the text begins with.
fn word_at(text: &str) -> &str {
    text.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default()
}

/// What follows each `mark` in the text.
fn after_each<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    text.match_indices(mark).map(|(at, _)| text[at + mark.len()..].trim_start()).collect()
}

fn place_of(module: &str) -> Option<usize> {
    ORDER.split(' ').position(|it| it == module)
}

fn is_of_the_browser(name: &str) -> bool {
    ["leptos", "gloo", "wasm-bindgen", "web-sys", "js-sys"].iter().any(|it| name.starts_with(it))
}

fn assert_none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
