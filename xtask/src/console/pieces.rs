//! The pieces of a split console in `dist/`: pages that are loaded when they are wanted.
//!
//! `split-wasm` leaves wasm files and the script that loads them, `__wasm_split.js`. The script imports from the main
//! script, which imports from it; under names that change with the content that would be a circle. So it becomes a part
//! of the main script, which gets a new name: one request less, and old and new files cannot meet.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};
use crate::process::{Program, minutes};

use super::page::{replace, start_tags};
use super::staging::Staging;

/// The environment variable that names the folder with the pieces; without it the console is not split.
pub const SPLIT_FOLDER: &str = "TFE_CONSOLE_SPLIT";

/// The environment variable that names the program `split-wasm`.
pub const SPLIT_WASM: &str = "TFE_CONSOLE_SPLIT_WASM";

/// What `wasm-bindgen` writes into the main script for each piece, around a name of its own.
const IMPORT: (&str, &str) = ("import * as ", " from \"./__wasm_split.js\"");

/// How the loading script fetches and starts a piece, and what of `loading/load.js` does so instead: the former waits for
/// ever for a server that says nothing, and wants it to know what a wasm file is.
const CALLS: [(&str, &str); 2] = [
    ("fetch(new URL(", "load(new URL("),
    ("WebAssembly.instantiateStreaming(src, imports)", "instantiate(src, imports)"),
];

/// How the loading script begins, up to the name of the main script.
const CIRCULAR_IMPORT: &str = "import { initSync } from \"";

/// Takes the pieces of this build into the staging folder and returns the changed page.
pub fn take_in(staging: &Staging<'_>, page: &str) -> Outcome<String> {
    let Some(folder) = env::var_os(SPLIT_FOLDER).map(PathBuf::from) else {
        return Ok(page.to_owned());
    };
    let loading = folder.join("__wasm_split.js");
    let mut loading = fs::read_to_string(&loading).doing(format_args!("read {}", loading.display()))?;
    for piece in pieces(&folder)? {
        let name = piece.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let wasm = optimised(&piece)?;
        let file = staging.write(name, "wasm", &wasm)?;
        loading = loading.replace(&format!("\"./{name}.wasm\""), &format!("\"./{}\"", file.name));
    }
    let main = main_script(staging, page)?;
    // The wasm gets its name by its content later (`post_build`).
    make_small(&[&staging.dir.join(main_wasm(staging, page)?), &staging.dir.join(&main)])?;
    let script = staging.read(&main)?;
    let joined = joined(&script, &loading)? + &staging.loading_script("load.js", &[])?;
    let file = staging.write_code("tfe-console", "js", &joined)?;
    staging.remove(&main)?;
    let mut changes = Vec::new();
    for link in start_tags(page, "link").into_iter().filter(|link| is_main_script(link.attribute("rel"))) {
        let url = &file.url;
        let integrity = &file.integrity;
        let link_to = format!(r#"<link rel="modulepreload" href="{url}" crossorigin integrity="{integrity}">"#);
        changes.push((link.range, link_to));
    }
    Ok(replace(page, &changes).replace(&main, &file.name))
}

/// The main wasm's name.
fn main_wasm(staging: &Staging<'_>, page: &str) -> Outcome<String> {
    let preloads = start_tags(page, "link").into_iter().filter(|link| link.attribute("rel") == Some("preload"));
    let mut names = preloads.filter_map(|link| staging.name_of(link.attribute("href")?).map(str::to_owned));
    let name = names.find(|name| name.ends_with(".wasm"));
    name.ok_or_else(|| Failure::new("index.html preloads no wasm: which is the main one?"))
}

fn is_main_script(rel: Option<&str>) -> bool {
    rel == Some("modulepreload")
}

/// The main script's name.
fn main_script(staging: &Staging<'_>, page: &str) -> Outcome<String> {
    let links = start_tags(page, "link");
    let url = links.iter().find(|link| is_main_script(link.attribute("rel"))).and_then(|link| link.attribute("href"));
    let name = url.and_then(|url| staging.name_of(url));
    let name = name.ok_or_else(|| Failure::new("index.html preloads no module: which is the main script?"))?;
    Ok(name.to_owned())
}

/// The main script with the loading script at its end.
fn joined(main: &str, loading: &str) -> Outcome<String> {
    let changed = || Failure::new("The split console's scripts are not as expected: has wasm-bindgen changed them?");
    let (_, loading) =
        loading.strip_prefix(CIRCULAR_IMPORT).and_then(|rest| rest.split_once('\n')).ok_or_else(changed)?;
    let imported = |line: &str| {
        let name = line.strip_prefix(IMPORT.0)?.trim_end_matches(';').strip_suffix(IMPORT.1)?;
        name.chars().all(char::is_alphanumeric).then(|| name.to_owned())
    };
    let names: Vec<String> = main.lines().filter_map(imported).collect();
    let rest: String = main.lines().filter(|line| imported(line).is_none()).flat_map(|line| [line, "\n"]).collect();
    if names.is_empty() || rest.contains(IMPORT.1.trim_start()) || CALLS.iter().any(|it| !loading.contains(it.0)) {
        return Err(changed());
    }
    let exports: Vec<&str> =
        loading.lines().filter_map(|line| line.strip_prefix("export const ")?.split(' ').next()).collect();
    let exports = exports.join(", ");
    let loading = loading.replace("export const ", "const ");
    let loading = CALLS.iter().fold(loading, |loading, (theirs, ours)| loading.replace(theirs, ours));
    let imports: String = names.iter().map(|name| format!("const {name} = {{ {exports} }};\n")).collect();
    Ok(format!("{rest}\n{loading}\n{imports}"))
}

/// The wasm files among the pieces, sorted.
fn pieces(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).doing(format_args!("read {}", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut pieces: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "wasm")).collect();
    pieces.sort();
    Ok(pieces)
}

/// The piece after `wasm-opt`, which Trunk lets do the same for the main part (`index.html`).
fn optimised(piece: &Path) -> Outcome<Vec<u8>> {
    let small = piece.with_extension("small");
    let mut output = std::ffi::OsString::from("--output=");
    output.push(&small);
    Program::new("wasm-opt").arg(output).arg("-Os").args(WASM_OPTIONS).arg(piece).limit(minutes(10)).run()?;
    make_small(&[&small])?;
    fs::read(&small).doing(format_args!("read {}", small.display()))
}

/// Rewrites a wasm, and the script that it imports from, so that they compress better (`split-wasm`).
fn make_small(files: &[&Path]) -> Outcome {
    let program = env::var_os(SPLIT_WASM).ok_or_else(|| Failure::new(format!("{SPLIT_WASM} is not set.")))?;
    Program::new(program).arg("small").args(files).limit(minutes(10)).run()
}

/// What the compiler uses and `wasm-opt` is to leave as it is. Nothing is at the first 1024 bytes of the memory but the end of
/// the stack, since linkers put the stack before all else. And at last `--dealign`: loads and stores that all say the
/// same of their alignment compress better. `index.html` says the same for the main part.
pub const WASM_OPTIONS: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--low-memory-unused",
    "--dealign",
];

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_loading_script_becomes_a_part_of_the_main_script() {
        let main = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\";\n\
                    export function initSync() {}\n";
        let loading = "import { initSync } from \"./main.js\";\n\nconst a = () => fetch(new URL(\"./x.wasm\"));\n\
                       export const __load_x = () => WebAssembly.instantiateStreaming(src, imports);\n";
        let script = joined(main, loading).unwrap();
        assert_eq!(
            script,
            "export function initSync() {}\n\n\nconst a = () => load(new URL(\"./x.wasm\"));\n\
             const __load_x = () => instantiate(src, imports);\n\nconst import1 = { __load_x };\n\
             const import2 = { __load_x };\n"
        );
    }

    #[test]
    fn scripts_that_are_not_as_expected_are_an_error() {
        let loading = "import { initSync } from \"./main.js\";\n";
        assert!(joined("import x from \"./__wasm_split.js\"", loading).is_err());
        assert!(joined("import * as a from \"./__wasm_split.js\", b from \"./__wasm_split.js\"", loading).is_err());
        assert!(joined("import * as import1 from \"./__wasm_split.js\"", "const a = 1;").is_err());
        assert!(joined("import * as import1 from \"./__wasm_split.js\"", loading).is_err());
    }

    #[test]
    fn the_pieces_are_optimised_like_the_main_part() {
        let page = include_str!("../../../index.html");
        assert!(page.contains(&format!("data-wasm-opt=\"s\" data-wasm-opt-params=\"{}\"", WASM_OPTIONS.join(" "))));
    }
}
