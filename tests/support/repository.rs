//! The files of the repository, for the tests that read them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The names that a crate depends on, except in its tests.
pub fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_wanted = false;
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            is_wanted = header == "dependencies" || header.ends_with("'.dependencies");
            names.extend(header.strip_prefix("dependencies.").map(str::to_owned));
        } else if is_wanted && line.starts_with(char::is_alphabetic) {
            names.extend(line.split(['.', ' ', '=']).next().map(str::to_owned));
        }
    }
    names
}

/// What `check` finds in the Rust files below these folders of the repository. It is given their paths below the folder.
pub fn over(folders: &[&str], check: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders {
        let path = root().join(folder);
        for file in rust_files(&path) {
            let name = file.strip_prefix(&path).unwrap().to_str().unwrap();
            let complaints = check(name, &fs::read_to_string(&file).unwrap());
            found.extend(complaints.iter().map(|it| [folder, "/", it].concat()));
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

/// The text of a file of the repository.
pub fn text_of(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
