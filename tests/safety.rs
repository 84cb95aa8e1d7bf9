//! The repository checks itself: which module may use which, and what must not be written at all.
//!
//! Longer than 300 lines because each rule stands beside the list of its exceptions.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

#[path = "support/rust_source.rs"]
mod rust_source;

use rust_source::{code_and_texts_of, code_of, paths_from};

/// The modules of the console: each may use itself and those before it.
const ORDER: [&str; 13] = [
    "domain",
    "api",
    "paths",
    "session",
    "router",
    "query",
    "ui",
    "components",
    "pages",
    "lazy",
    "routes",
    "app",
    "main",
];

/// The crates that a module may use, where it may not use all of them.
const CRATES: [(&str, &[&str]); 4] = [
    ("domain", &["wire", "serde", "serde_json"]),
    ("paths", &[]),
    ("ui", &["leptos", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"]),
    (
        "api",
        &[
            "wire",
            "serde",
            "serde_json",
            "futures_channel",
            "gloo_timers",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
        ],
    ),
];

/// What is never written, and why.
const NEVER: [(&str, &str); 16] = [
    ("inner_html", "everything shown is text"),
    ("outer_html", "everything shown is text"),
    ("insert_adjacent_html", "everything shown is text"),
    ("create_contextual_fragment", "everything shown is text"),
    ("\"innerHTML\"", "everything shown is text"),
    ("\"outerHTML\"", "everything shown is text"),
    ("\"srcdoc\"", "everything shown is text"),
    ("\"style\"", "the page's policy forbids inline styles"),
    ("set_css_text", "the page's policy forbids inline styles"),
    (".style()", "the page's policy forbids inline styles"),
    ("eval(", "the page's policy forbids it"),
    ("#[allow", "a lint is expected with a reason"),
    ("#![allow", "a lint is expected with a reason"),
    ("web_sys::console", "a token could end in the log"),
    ("log!(", "a token could end in the log"),
    ("println!", "a token could end in the log"),
];

/// The files in which a link leads to a value, and what there makes sure that it is an address of `paths` or checked.
const OTHER_LINKS: [(&str, &str); 7] = [
    ("components/nav.rs", "section(&paths::"),
    ("pages/configurations/new/mod.rs", "let cancel = configuration.path();"),
    ("pages/configurations/show.rs", "&configuration.new_version()"),
    ("pages/terraform_versions/attribute.rs", "safe_link("),
    ("pages/terraform_versions/form.rs", "cancel"),
    ("pages/terraform_versions/show.rs", "paths::edit_terraform_version("),
    ("ui/button.rs", "fn link_button("),
];

#[test]
fn modules_use_only_those_before_them() {
    assert_none(over_the_console(what_it_may_not_use));
}

#[test]
fn nothing_is_written_that_must_not_be() {
    assert_none(over_the_console(what_must_not_be_written));
}

#[test]
fn links_lead_to_paths_of_the_console_or_through_the_check() {
    assert_none(over_the_console(links_to_anywhere));
    for (file, safeguard) in OTHER_LINKS {
        let code = code_of(&fs::read_to_string(root().join("src").join(file)).unwrap());
        assert!(code.contains(safeguard), "{file} has no such link any more: {safeguard}");
    }
}

#[test]
fn the_console_does_not_depend_on_the_server() {
    let console = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for server in ["tfe-console-server", "axum", "tokio", "rusqlite", "hyper", "reqwest"] {
        assert!(!dependencies(&console).contains(&server.to_owned()), "{server}");
    }
    let wire = fs::read_to_string(root().join("crates/wire/Cargo.toml")).unwrap();
    assert_eq!(dependencies(&wire), ["serde", "serde_json", "serde_path_to_error"]);
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let library = code_of(&fs::read_to_string(root().join("src/lib.rs")).unwrap());
    let modules = library.lines().filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';'));
    let mut places: Vec<&str> = modules.collect();
    assert!(places.len() > 8, "{places:?}");
    places.retain(|it| !ORDER.contains(it));
    assert!(places.is_empty(), "{places:?}");
}

#[test]
fn a_forbidden_use_is_found_in_every_spelling() {
    let table = [
        ("domain/a.rs", "use crate::api::Client;", true),
        ("domain/a.rs", "use leptos::prelude::*;", true),
        ("domain/a.rs", "use js_sys::Date;", true),
        ("api/a.rs", "use crate::{domain::text, ui::{Button, Dialog as D}};", true),
        ("api/a.rs", "fn a() { crate::session::Session::restore(); }", true),
        ("api/a.rs", "use super::super::query::Query;", true),
        ("api/a.rs", "use leptos::prelude::*;", true),
        ("api/a.rs", "fn a() { ::leptos::task::tick(); }", true),
        ("paths.rs", "use crate::{\n    api,\n    session,\n};", true),
        ("session.rs", "use super::query::Query;", true),
        ("ui/a.rs", "use crate::domain::text::visible;", true),
        ("ui/a.rs", "use crate::{ui::Button, paths as p};", true),
        ("ui/a.rs", "use wire::Account;", true),
        ("ui/a.rs", "use serde::Serialize;", true),
        ("components/a.rs", "use crate::pages::List;", true),
        ("pages/a/b.rs", "use crate::routes;\nuse crate::routes::Routes;", true),
        ("pages/a/b.rs", "use tfe_console::app::app;", true),
        ("app.rs", "use crate::*;", true),
        ("domain/a.rs", "use super::text; use wire::Account; use std::fmt;", false),
        ("domain/a.rs", "// use crate::api::Client;\n/* crate::ui::Button /* nested */ crate::ui::Button */", false),
        ("domain/a.rs", "const A: &str = \"crate::api::Client\"; const B: &str = r#\"\"leptos::\"#;", false),
        ("domain/a.rs", "fn a<'a>(_: &'a str) -> char { '\"' }\n#[cfg(test)]\nmod tests { use super::*; }", false),
        ("api/a.rs", "use crate::domain::{text::{self, visible}, digest}; use serde::Deserialize;", false),
        ("ui/a.rs", "use crate::ui::Button; use leptos::prelude::*; use super::Dialog;", false),
        ("session.rs", "use crate::{api::{Client, Credentials}, paths}; use leptos::prelude::*;", false),
        ("main.rs", "use tfe_console::{api::FetchTransport, app::app};", false),
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
        ("el(\"p\").property(\"innerHTML\", text)", true),
        ("el(\"p\").attr(\"style\", \"color: red\")", true),
        ("element.style().set_property(\"color\", \"red\");", true),
        ("#[allow(dead_code)]\nfn a() {}", true),
        ("leptos::logging::log!(\"{token}\");", true),
        ("// No inner_html, no \"style\", no #[allow.\nfn a() {}", false),
        ("el(\"p\").child(\"Choose a style\")", false),
        ("#[expect(dead_code, reason = \"\")]", false),
    ];
    for (source, is_forbidden) in table {
        let found = what_must_not_be_written("pages/a.rs", source);
        assert_eq!(!found.is_empty(), is_forbidden, "{source}: {found:?}");
    }
}

#[test]
fn a_link_to_anywhere_is_found() {
    let table = [
        ("el(\"a\").attr(\"href\", &url)", true),
        ("el(\"a\")\n    .attr(\n        \"href\",\n        url)", true),
        ("el(\"a\").attr_of(\"href\", move || url.get())", true),
        ("el(\"a\").attr(\"href\", \"https://example.com\")", true),
        ("el(\"a\").attr(\"href\", \"javascript:void(0)\")", true),
        ("anchor.set_href(&url);", true),
        ("link_button(ButtonKind::Primary, \"Go, now\", &url)", true),
        ("el(\"a\").attr(\"href\", &paths::terraform_version(&id))", false),
        ("el(\"a\").attr(\"href\", \"#main\")", false),
        ("link_button(ButtonKind::Primary, \"Go, now\", &paths::terraform_version(&id))", false),
        ("link_button(ButtonKind::Primary, \"Add\", paths::new_terraform_version())", false),
    ];
    for (source, is_forbidden) in table {
        let found = links_to_anywhere("pages/a.rs", source);
        assert_eq!(!found.is_empty(), is_forbidden, "{source}: {found:?}");
    }
}

/// What a file of the console uses and may not, by the order of modules and the crates of its module.
fn what_it_may_not_use(file: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let module: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    let place = place_of(module[0]);
    let mut found = Vec::new();
    for (line, path) in paths_from(&code, &["crate", "super", "tfe_console"]) {
        let supers = path.iter().take_while(|it| *it == "super").count();
        // A path from the root, or one that climbs to it.
        let is_from_root = supers == 0 || supers >= module.len();
        let name = path.get(supers.max(1)).map_or("*", String::as_str);
        let is_glob_of_root = name == "*" && supers == 0;
        let is_too_late = place_of(name).is_some_and(|it| Some(it) > place || (module[0] == "ui" && name != "ui"));
        if is_from_root && (is_glob_of_root || is_too_late) {
            found.push(format!("src/{file}:{line} uses {}", path.join("::")));
        }
    }
    if let Some((_, allowed)) = CRATES.iter().find(|(name, _)| *name == module[0]) {
        let manifest = dependencies(&fs::read_to_string(root().join("Cargo.toml")).unwrap());
        let others: Vec<String> = manifest.iter().map(|it| it.replace('-', "_")).collect();
        let others: Vec<&str> = others.iter().map(String::as_str).filter(|it| !allowed.contains(it)).collect();
        // `::leptos` is the crate as well.
        let code = code.replace(" ::", " ");
        let uses = paths_from(&code, &others);
        found.extend(uses.iter().map(|(line, path)| format!("src/{file}:{line} uses {}", path.join("::"))));
    }
    found
}

fn what_must_not_be_written(file: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (line, text) in code_and_texts_of(source).lines().enumerate() {
        let bad = NEVER.iter().filter(|(bad, _)| text.contains(bad));
        found.extend(bad.map(|(bad, why)| format!("src/{file}:{} has {bad}: {why}", line + 1)));
    }
    found
}

fn links_to_anywhere(file: &str, source: &str) -> Vec<String> {
    if OTHER_LINKS.iter().any(|(known, _)| *known == file) {
        return Vec::new();
    }
    let all = code_and_texts_of(source);
    let code = code_of(source);
    let attributes = after_each(&all, "\"href\",");
    let properties = after_each(&all, "set_href(");
    let buttons = after_each(&code, "link_button(").into_iter().filter_map(|it| it.splitn(3, ',').nth(2));
    let targets = attributes.into_iter().chain(properties).chain(buttons);
    let is_known = |it: &&str| {
        let starts = ["paths::", "\"\"", "\"#", "\"/"];
        starts.iter().any(|start| it.trim_start_matches('&').starts_with(start)) && !it.starts_with("\"//")
    };
    let unknown = targets.map(str::trim_start).filter(|it| !is_known(it));
    unknown.map(|it| format!("src/{file} links to {}", it.lines().next().unwrap_or_default())).collect()
}

/// What follows each `mark` in the text.
fn after_each<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    text.match_indices(mark).map(|(at, _)| &text[at + mark.len()..]).collect()
}

fn place_of(module: &str) -> Option<usize> {
    ORDER.iter().position(|it| *it == module)
}

/// The names under `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let lines = manifest.lines().skip_while(|it| *it != "[dependencies]").skip(1);
    let lines = lines.take_while(|it| !it.starts_with('['));
    let names =
        lines.filter(|it| it.starts_with(char::is_alphabetic)).filter_map(|it| it.split(['.', ' ', '=']).next());
    names.map(str::to_owned).collect()
}

fn over_the_console(check: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let source = root().join("src");
    let mut found = Vec::new();
    for file in rust_files(&source) {
        let name = file.strip_prefix(&source).unwrap().to_str().unwrap().replace('\\', "/");
        if name != "lib.rs" {
            found.extend(check(&name, &fs::read_to_string(&file).unwrap()));
        }
    }
    found
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn assert_none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
