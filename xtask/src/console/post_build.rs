//! Trunk's hook: what the page needs that Trunk does not do.
//!
//! - Trunk starts the console with an inline script, and the hosted page runs under a policy that forbids those
//!   (`script-src 'self' 'wasm-unsafe-eval'`): it becomes a file of its own.
//! - Trunk keeps every style sheet a file, and each is a request before the first paint: they become one.
//! - Pages that are rarely used are files of their own (`pieces`).
//! - The page says which version it is.
//! - Trunk gives the preloaded wasm an integrity that browsers only complain about: it goes.
//!
//! The hook runs before Trunk moves its staging folder to `dist/`, in `trunk build` and in `trunk serve` alike.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::failure::{Doing, Failure, Outcome};

use super::page::{Element, elements, replace, start_tags};
use super::staging::Staging;
use super::{build::VERSION, pieces, worker};

/// Reads where Trunk stages from the environment that Trunk gives its hooks.
pub fn post_build() -> Outcome {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging = staging.ok_or_else(|| Failure::usage("post-build is a hook that Trunk calls."))?;
    let base = env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "/".to_owned());
    Staging { dir: &staging, base: &base }.finish(&env::var(VERSION).unwrap_or_default())
}

impl Staging<'_> {
    fn finish(&self, version: &str) -> Outcome {
        let page = self.read("index.html")?;
        let page = worker::take_in(self, &pieces::take_in(self, &page)?)?;
        let page = plain_preloads(&self.join_styles(&self.move_loader(&page)?)?);
        let page = with_version(&page, version);
        fs::write(self.dir.join("index.html"), page).doing("write index.html")
    }

    fn move_loader(&self, page: &str) -> Outcome<String> {
        let is_loader = |script: &Element<'_>| script.is_inline_script() && script.attribute("type") == Some("module");
        let loader = elements(page, "script").into_iter().find(is_loader).ok_or_else(|| {
            Failure::new("index.html has no inline loader: has Trunk changed how it starts the console?")
        })?;
        let file = self.write("boot", "js", format!("{}\n", self.beside_itself(loader.content.trim())).as_bytes())?;
        let (url, integrity) = (file.url, file.integrity);
        let script = format!(r#"<script type="module" src="{url}" integrity="{integrity}" crossorigin></script>"#);
        Ok(replace(page, &[(loader.range, script)]))
    }

    /// The loader with its files beside it, wherever the console is hosted (`public_url`).
    fn beside_itself(&self, loader: &str) -> String {
        let base = self.base;
        let wasm = format!("module_or_path: '{base}");
        match loader.split_once(&wasm).and_then(|(start, rest)| Some((start, rest.split_once('\'')?))) {
            Some((start, (name, end))) => {
                format!("{start}module_or_path: new URL('./{name}', import.meta.url){end}")
            }
            None => loader.to_owned(),
        }
        .replace(&format!("from '{base}"), "from './")
    }

    fn join_styles(&self, page: &str) -> Outcome<String> {
        let mut css = String::new();
        let mut changes = Vec::new();
        for link in start_tags(page, "link") {
            let file = link.attribute("href").and_then(|url| self.name_of(url));
            if let (Some("stylesheet"), Some(file)) = (link.attribute("rel"), file) {
                css.push_str(self.read(file)?.trim_end());
                css.push('\n');
                self.remove(file)?;
                changes.push((link.range, String::new()));
            }
        }
        if let Some((_, first)) = changes.first_mut() {
            let file = self.write("style", "css", css.as_bytes())?;
            *first = format!(r#"<link rel="stylesheet" href="{}" integrity="{}">"#, file.url, file.integrity);
        }
        Ok(replace(page, &changes))
    }
}

/// What the console shows at its foot.
fn with_version(page: &str, version: &str) -> String {
    let is_plain = version.chars().all(|it| it.is_ascii_alphanumeric() || " .()+-".contains(it));
    match page.find("</head>") {
        Some(head) if !version.is_empty() && is_plain => {
            replace(page, &[(head..head, format!(r#"<meta name="version" content="{version}">"#))])
        }
        _ => page.to_owned(),
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

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {

    use super::*;
    use crate::console::staging::integrity;

    /// Runs the hook over a page and returns the new page and the names of the files, sorted.
    fn finished(name: &str, base: &str, files: &[(&str, &str)]) -> Outcome<(String, Vec<(String, String)>)> {
        let dir = env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        for (file, content) in files {
            fs::write(dir.join(file), content).unwrap();
        }
        let outcome = Staging { dir: &dir, base }.finish("1.2.3 (0123456789ab)");
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
        let page = "<!doctype html><script type=module>import init from '/below/app.js';\n\
                    await init({ module_or_path: '/below/app_bg.wasm' });</script></head><body></body>";
        let (page, files) = finished("loader", "/below/", &[("index.html", page)]).unwrap();
        let (name, code) = &files[0];
        assert_eq!(
            code,
            "import init from './app.js';\nawait init({ module_or_path: new URL('./app_bg.wasm', import.meta.url) });\n"
        );
        let integrity = integrity(code.as_bytes());
        assert_eq!(
            page,
            format!(
                "<!doctype html><script type=\"module\" src=\"/below/{name}\" integrity=\"{integrity}\" crossorigin>\
                 </script><meta name=\"version\" content=\"1.2.3 (0123456789ab)\"></head><body></body>"
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
        let integrity = integrity(files[2].1.as_bytes());
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
}
