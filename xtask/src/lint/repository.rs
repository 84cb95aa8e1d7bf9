//! Promises that no compiler checks: short files, and documents that are there where they are referred to.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};

/// A Rust file above this needs a reason.
const LINES: usize = 300;

/// What the reason begins with, in the file's module documentation.
const REASON: &str = "Longer than 300 lines because";

/// Where documents are that code and configuration refer to.
const DOCUMENTS: &str = "docs/";

/// The files that may refer to documents.
const WITH_REFERENCES: [&str; 6] = ["css", "html", "js", "rs", "sql", "toml"];

/// Checks every source file and every document of the checkout.
pub fn check(root: &Path) -> Outcome {
    let mut complaints = Vec::new();
    for path in files(root)? {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if extension != "md" && !WITH_REFERENCES.contains(&extension) {
            continue;
        }
        let text = fs::read_to_string(&path).doing(format_args!("read {}", path.display()))?;
        let shown = path.strip_prefix(root).unwrap_or(&path).display();
        if extension == "rs" {
            complaints.extend(too_long(&text).map(|lines| {
                format!("{shown} has {lines} lines: split it, or say in its module documentation `{REASON} …`.")
            }));
        }
        if extension == "md" {
            let folder = path.parent().unwrap_or(root);
            let dead = links(&text).into_iter().filter(|link| !leads_somewhere(folder, link));
            complaints.extend(dead.map(|link| format!("{shown} links to {link}, which does not exist.")));
        } else {
            let dead = references(&text).into_iter().filter(|document| !root.join(document).exists());
            complaints.extend(dead.map(|document| format!("{shown} refers to {document}, which does not exist.")));
        }
    }
    if complaints.is_empty() {
        return Ok(());
    }
    Err(Failure::new(complaints.join("\n")))
}

/// Every file of the checkout that is no build product and not hidden.
fn files(root: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).doing(format_args!("read {}", folder.display()))?.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let skipped = name.starts_with('.') || ["target", "dist", "node_modules"].contains(&name.as_ref());
            match entry.path() {
                _ if skipped => {}
                path if path.is_dir() => folders.push(path),
                path => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The number of lines of a file that is too long without saying why.
fn too_long(text: &str) -> Option<usize> {
    let lines = text.lines().count();
    let explained = text.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains(REASON));
    (lines > LINES && !explained).then_some(lines)
}

/// The relative targets of a document's links and pictures, outside of code.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        // Every second part of a line split at back quotes is code.
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        for part in prose.split("](").skip(1) {
            let target = part.split([')', ' ']).next().unwrap_or_default();
            let elsewhere = target.contains(':') || target.starts_with('#') || target.is_empty();
            if !elsewhere {
                found.push(target.to_owned());
            }
        }
    }
    found
}

/// The documents of the project that a comment, or anything else in a file, refers to.
fn references(text: &str) -> Vec<&str> {
    let is_of_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let paths = text.match_indices(DOCUMENTS).filter_map(|(at, _)| text.get(at..)?.split(|c| !is_of_path(c)).next());
    paths.map(|path| path.trim_end_matches('.')).filter(|path| path.ends_with(".md")).collect()
}

fn leads_somewhere(folder: &Path, link: &str) -> bool {
    let path = link.split('#').next().unwrap_or_default();
    folder.join(path).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason_in_its_module_documentation() {
        let long = "fn f() {}\n".repeat(301);
        assert_eq!(too_long(&long), Some(301));
        assert_eq!(too_long(&"fn f() {}\n".repeat(300)), None);
        assert_eq!(too_long(&format!("//! {REASON} it is a table.\n{long}")), None);
        assert_eq!(too_long(&format!("{long}//! {REASON} it is a table.\n")), Some(302));
    }

    #[test]
    fn only_relative_links_outside_of_code_are_followed() {
        let text = "[a](a.md) ![b](b/c.png) [d](https://example.org) [e](#here) `[f](f.md)` [g](g.md#part \"title\")\n\
                    ```\n[h](h.md)\n```\n[i](../i.md)";
        assert_eq!(links(text), ["a.md", "b/c.png", "g.md#part", "../i.md"]);
    }

    #[test]
    fn documents_are_found_wherever_code_refers_to_them() {
        let text =
            format!("//! As in {DOCUMENTS}a.md.\n// ({DOCUMENTS}b/0001-c.md), {DOCUMENTS}d/ and {DOCUMENTS}e.png");
        let found: Vec<String> = ["a.md", "b/0001-c.md"].map(|it| [DOCUMENTS, it].concat()).to_vec();
        assert_eq!(references(&text), found);
    }
}
