//! Trunk's hook: what the page needs that Trunk does not do.
//!
//! - Trunk starts the console with an inline script, and the hosted page runs under a policy that forbids those
//!   (`script-src 'self' 'wasm-unsafe-eval'`): it becomes a file of its own.
//! - Trunk keeps every style sheet a file, and each is a request before the first paint: they become one.
//! - Trunk gives the preloaded wasm an integrity that browsers only complain about: it goes.
//!
//! The hook runs before Trunk moves its staging folder to `dist/`, in `trunk build` and in `trunk serve` alike.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::failure::{Doing, Failure, Outcome};

use super::page::{Element, elements, replace, start_tags};

/// Reads where Trunk stages from the environment that Trunk gives its hooks.
pub fn post_build() -> Outcome {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging = staging.ok_or_else(|| Failure::usage("post-build is a hook that Trunk calls."))?;
    let base = env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "/".to_owned());
    Staging { dir: &staging, base: &base }.finish()
}

/// The folder that becomes `dist/`, and the URL it will be served at.
struct Staging<'a> {
    dir: &'a Path,
    base: &'a str,
}

impl Staging<'_> {
    fn finish(&self) -> Outcome {
        let path = self.dir.join("index.html");
        let page = fs::read_to_string(&path).doing(format_args!("read {}", path.display()))?;
        let page = plain_preloads(&self.join_styles(&self.move_loader(&page)?)?);
        fs::write(&path, page).doing(format_args!("write {}", path.display()))
    }

    fn move_loader(&self, page: &str) -> Outcome<String> {
        let is_loader = |script: &Element<'_>| script.is_inline_script() && script.attribute("type") == Some("module");
        let loader = elements(page, "script").into_iter().find(is_loader).ok_or_else(|| {
            Failure::new("index.html has no inline loader: has Trunk changed how it starts the console?")
        })?;
        let (url, integrity) = self.write("boot", "js", &format!("{}\n", loader.content.trim()))?;
        let script = format!(r#"<script type="module" src="{url}" integrity="{integrity}" crossorigin></script>"#);
        Ok(replace(page, &[(loader.range, script)]))
    }

    fn join_styles(&self, page: &str) -> Outcome<String> {
        let mut css = String::new();
        let mut changes = Vec::new();
        for link in start_tags(page, "link") {
            let file = link.attribute("href").and_then(|url| url.strip_prefix(self.base));
            if let (Some("stylesheet"), Some(file)) = (link.attribute("rel"), file) {
                let path = self.dir.join(file);
                css.push_str(fs::read_to_string(&path).doing(format_args!("read {file}"))?.trim_end());
                css.push('\n');
                fs::remove_file(&path).doing(format_args!("remove {file}"))?;
                changes.push((link.range, String::new()));
            }
        }
        if let Some((_, first)) = changes.first_mut() {
            let (url, integrity) = self.write("style", "css", &css)?;
            *first = format!(r#"<link rel="stylesheet" href="{url}" integrity="{integrity}">"#);
        }
        Ok(replace(page, &changes))
    }

    /// Writes a file under a name that changes with its content, so that it may be cached forever.
    /// Returns its URL and what a browser is to check it against.
    fn write(&self, stem: &str, extension: &str, content: &str) -> Outcome<(String, String)> {
        let hash: String = Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{stem}-{hash}.{extension}");
        fs::write(self.dir.join(&name), content).doing(format_args!("write {name}"))?;
        Ok((format!("{}{name}", self.base), integrity(content)))
    }
}

/// Browsers check no integrity of what is preloaded for a `fetch`, and complain about it in the console.
fn plain_preloads(page: &str) -> String {
    let links = start_tags(page, "link").into_iter();
    let fetches = links.filter(|link| link.attribute("as") == Some("fetch"));
    let plain = |link: &Element<'_>| format!("<link {}>", link.attributes_without("integrity"));
    let changes: Vec<_> = fetches.map(|link| (link.range.clone(), plain(&link))).collect();
    replace(page, &changes)
}

fn integrity(content: &str) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Runs the hook over a page and returns the new page and the names of the files, sorted.
    fn finished(name: &str, base: &str, files: &[(&str, &str)]) -> Outcome<(String, Vec<(String, String)>)> {
        let dir = env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        for (file, content) in files {
            fs::write(dir.join(file), content).unwrap();
        }
        let outcome = Staging { dir: &dir, base }.finish();
        let page = fs::read_to_string(dir.join("index.html")).unwrap();
        let entries = dir.read_dir().unwrap().flatten().map(|entry| entry.path());
        let mut left: Vec<_> = entries
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .filter(|(name, _)| name != "index.html")
            .collect();
        left.sort();
        fs::remove_dir_all(&dir).unwrap();
        outcome.map(|()| (page, left))
    }

    #[test]
    fn the_loader_lands_in_a_file_that_the_page_names() {
        let page =
            "<!doctype html><script type=module>import init from '/app.js';\nawait init();</script><body></body>";
        let (page, files) = finished("loader", "/below/", &[("index.html", page)]).unwrap();
        let (name, code) = &files[0];
        assert_eq!(code, "import init from '/app.js';\nawait init();\n");
        let integrity = integrity(code);
        assert_eq!(
            page,
            format!(
                "<!doctype html><script type=\"module\" src=\"/below/{name}\" integrity=\"{integrity}\" crossorigin>\
                 </script><body></body>"
            )
        );
    }

    #[test]
    fn style_sheets_become_one_in_the_order_of_the_page() {
        let page = "<link href=/b.css integrity=x rel=stylesheet><link rel=icon href=/i.svg><link rel=\"stylesheet\" \
                    href=\"/a.css\"><script type=module>go()</script>";
        let files = [("index.html", page), ("a.css", "p{}"), ("b.css", "@layer x;\n"), ("i.svg", "")];
        let (page, files) = finished("styles", "/", &files).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names[0].starts_with("boot-") && names[1] == "i.svg" && names[2].starts_with("style-"), "{names:?}");
        assert_eq!(files[2].1, "@layer x;\np{}\n");
        let integrity = integrity(&files[2].1);
        let (style, boot) = (names[2], names[0]);
        assert!(page.starts_with(&format!("<link rel=\"stylesheet\" href=\"/{style}\" integrity=\"{integrity}\">")));
        assert!(page.contains("<link rel=icon href=/i.svg><script type=\"module\"") && page.contains(boot), "{page}");
    }

    #[test]
    fn only_a_preload_for_a_fetch_loses_its_integrity() {
        let page = "<link rel=modulepreload href=/a.js integrity=x><link as=fetch integrity=y href=/a.wasm>";
        assert_eq!(plain_preloads(page), "<link rel=modulepreload href=/a.js integrity=x><link as=fetch href=/a.wasm>");
    }

    #[test]
    fn a_page_without_a_loader_is_a_surprise() {
        assert!(finished("none", "/", &[("index.html", "<script type=module src=/boot.js></script>")]).is_err());
    }

    #[test]
    fn the_integrity_is_what_a_browser_computes() {
        // The digest of nothing, as every list of SHA-384 test vectors has it.
        assert_eq!(integrity(""), "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }
}
