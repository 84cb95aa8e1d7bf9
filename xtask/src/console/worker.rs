//! The worker that packs folders, in `dist/`.
//!
//! Trunk gives its files no hash and no start: here they get names that change with their content, the script starts
//! itself, and a `<meta name="packer">` in the page tells the console where it is.

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
    let script = staging.write("packer", "js", starting(&staging.read(SCRIPT)?, &wasm.name)?.as_bytes())?;
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

/// The script with the wasm's new name, what starts it, and what tells the page that it cannot.
fn starting(script: &str, wasm: &str) -> Outcome<String> {
    if !script.contains("__wbg_init as default") {
        return Err(Failure::new("The worker's script is not as expected: has wasm-bindgen changed it?"));
    }
    let start = format!("__wbg_init({{ module_or_path: new URL('{wasm}', import.meta.url) }});\n");
    Ok(script.replace(WASM, wasm) + ON_FAILURE + &start)
}

/// A promise that fails in a worker is no `error` to the page: not the wasm's that is blocked, cut or something else,
/// and not a step of packing that runs out of memory. The message is `packer::protocol`'s.
const ON_FAILURE: &str = "
addEventListener('unhandledrejection', (event) => {
  postMessage({ kind: 'failed', reason: `Folders cannot be packed here (${event.reason}). Choose a .tar.gz.` });
});
";

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_worker_starts_by_itself() {
        let script = "new URL('packer_bg.wasm', import.meta.url);\nexport { initSync, __wbg_init as default };\n";
        let started = starting(script, "packer-1.wasm").unwrap();
        assert!(started.starts_with("new URL('packer-1.wasm', import.meta.url);"));
        let (before, start) = started.rsplit_once("});\n__wbg_init(").unwrap();
        assert_eq!(start, "{ module_or_path: new URL('packer-1.wasm', import.meta.url) });\n");
        // It listens before anything can fail.
        assert!(before.contains("addEventListener('unhandledrejection'"), "{before}");
        assert!(before.contains("postMessage({ kind: 'failed', reason: "), "{before}");
        assert!(starting("export default init;", "packer-1.wasm").is_err());
    }
}
