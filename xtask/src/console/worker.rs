//! The worker that packs folders, in `dist/`.
//!
//! Trunk gives its files no hash and no start: here they get names that change with their content, the script starts
//! itself (`loading/worker.js`), and a `<meta name="packer">` in the page tells the console where it is.

use crate::failure::{Failure, Outcome};

use super::page::{replace, start_tags};
use super::staging::Staging;

/// What Trunk calls the files of the worker.
const SCRIPT: &str = "packer.js";
const WASM: &str = "packer_bg.wasm";

/// Takes the worker's files into the page. A staging folder without them is left alone.
pub fn take_in(staging: &Staging<'_>, page: &str) -> Outcome<String> {
    if !staging.dir.join(SCRIPT).is_file() {
        return Ok(page.to_owned());
    }
    let wasm = staging.write("packer", "wasm", &staging.read_bytes(WASM)?)?;
    let start = staging.loading_script("load.js", &[])?
        + &staging.loading_script("worker.js", &[("packer.wasm", &wasm.name)])?;
    let script = starting(&staging.read(SCRIPT)?, &wasm.name, &start)?;
    let script = staging.write_code("packer", "js", &script)?;
    staging.remove(WASM)?;
    staging.remove(SCRIPT)?;
    let head = page.find("</head>").ok_or_else(|| Failure::new("index.html has no head."))?;
    let meta = format!(r#"<meta name="packer" content="{}">"#, script.url);
    let without_preloads: Vec<_> = start_tags(page, "link")
        .into_iter()
        .filter(|link| link.attribute("href").is_some_and(|url| url.contains("packer")))
        .map(|link| (link.range, String::new()))
        .collect();
    let mut changes = without_preloads;
    changes.push((head..head, meta));
    changes.sort_by_key(|(range, _)| range.start);
    Ok(replace(page, &changes))
}

/// The script with the wasm's new name and what starts it.
fn starting(script: &str, wasm: &str, start: &str) -> Outcome<String> {
    // Nobody imports from it.
    match script.split_once("export {") {
        Some((script, exports)) if exports.contains("__wbg_init as default") => {
            Ok(format!("{}\n{start}", script.replace(WASM, wasm)))
        }
        _ => Err(Failure::new("The worker's script is not as expected: has wasm-bindgen changed it?")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_worker_starts_by_itself() {
        let script = "new URL('packer_bg.wasm', import.meta.url);\nexport { initSync, __wbg_init as default };\n";
        let started = starting(script, "packer-1.wasm", "start();\n").unwrap();
        assert_eq!(started, "new URL('packer-1.wasm', import.meta.url);\n\nstart();\n");
        assert!(starting("export default init;", "packer-1.wasm", "").is_err());
    }
}
