//! Trunk's hook: what the page needs that Trunk does not do.
//!
//! - Trunk starts the console with an inline script, and the hosted page runs under a policy that forbids those
//!   (`script-src 'self' 'wasm-unsafe-eval'`): `loading/boot.js` takes its place, which also says why when it fails.
//! - Trunk names the wasm after what the compiler made of the sources, not after its content: it gets another name, since
//!   equal names are equal files for ever to caches.
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
    let folder = |name: &str| env::var_os(name).map(PathBuf::from);
    let (staging, source) = folder("TRUNK_STAGING_DIR")
        .zip(folder("TRUNK_SOURCE_DIR"))
        .ok_or_else(|| Failure::usage("post-build is a hook that Trunk calls."))?;
    let base = env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "/".to_owned());
    let minify = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let staging = Staging { dir: &staging, base: &base, source: &source, minify };
    staging.finish(&env::var(VERSION).unwrap_or_default())
}

impl Staging<'_> {
    fn finish(&self, version: &str) -> Outcome {
        let page = self.read("index.html")?;
        let page = worker::take_in(self, &pieces::take_in(self, &page)?)?;
        let page = plain_preloads(&self.join_styles(&self.take_in_boot(&page)?)?);
        let page = with_version(&page, version);
        fs::write(self.dir.join("index.html"), page).doing("write index.html")
    }

    /// The script that starts the console, in the place of Trunk's.
    fn take_in_boot(&self, page: &str) -> Outcome<String> {
        let changed = || Failure::new("index.html is not as expected: has Trunk changed how it starts the console?");
        let preloaded = |rel: &str, ending: &str| {
            let links = start_tags(page, "link").into_iter().filter(|link| link.attribute("rel") == Some(rel));
            let mut names = links.filter_map(|link| self.name_of(link.attribute("href")?));
            names.find(|name| name.ends_with(ending)).ok_or_else(changed)
        };
        let script = preloaded("modulepreload", ".js")?;
        let trunks_wasm = preloaded("preload", ".wasm")?;
        let wasm = self.write("tfe-console", "wasm", &self.read_bytes(trunks_wasm)?)?;
        self.remove(trunks_wasm)?;
        let boot = self.loading_script("boot.js", &[("tfe-console.js", script), ("tfe-console.wasm", &wasm.name)])?;
        let boot = self.write_code("boot", "js", &boot)?;

        let is_loader = |script: &Element<'_>| script.is_inline_script() && script.attribute("type") == Some("module");
        let loader = elements(page, "script").into_iter().find(is_loader).ok_or_else(changed)?;
        // `async`: it does not wait for the style sheet.
        let start = format!(
            r#"<script type="module" async src="{}" integrity="{}" crossorigin></script>"#,
            boot.url, boot.integrity
        );
        Ok(replace(page, &[(loader.range, start)]).replace(trunks_wasm, &wasm.name))
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
            let file = self.write_code("style", "css", &css)?;
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
#[expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::console::staging::integrity;

    const PRELOADS: &str = "<link rel=modulepreload href=/below/app-1.js><link rel=preload as=fetch \
                            href=/below/app-1_bg.wasm integrity=w>";

    /// Runs the hook over a page and returns the new page and the files, sorted by name.
    fn finished(name: &str, page: &str, files: &[(&str, &str)]) -> Outcome<(String, Vec<(String, String)>)> {
        let dir = env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let always = [("index.html", page), ("app-1.js", "run()"), ("app-1_bg.wasm", "wasm")];
        for (file, content) in always.iter().chain(files) {
            fs::write(dir.join(file), content).unwrap();
        }
        let source = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let staging = Staging { dir: &dir, base: "/below/", source, minify: false };
        let outcome = staging.finish("1.2.3 (0123456789ab)");
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
    fn the_page_starts_with_a_script_that_knows_the_built_files() {
        let page = format!("<!doctype html>{PRELOADS}<script type=module>go()</script></head><body></body>");
        let (page, files) = finished("boot", &page, &[]).unwrap();
        let [(script, _), (boot, code), (wasm, _)] = &files[..] else { panic!("{files:?}") };
        assert_eq!((script.as_str(), &wasm[..12]), ("app-1.js", "tfe-console-"));
        assert!(wasm.ends_with(".wasm"), "{wasm}");
        for name in [script, wasm] {
            assert!(code.contains(&format!("new URL(\"./{name}\", import.meta.url)")), "{code}");
        }
        let integrity = integrity(code.as_bytes());
        assert_eq!(
            page,
            format!(
                "<!doctype html><link rel=modulepreload href=/below/app-1.js><link rel=preload as=fetch \
                 href=/below/{wasm}><script type=\"module\" async src=\"/below/{boot}\" integrity=\"{integrity}\" \
                 crossorigin></script><meta name=\"version\" content=\"1.2.3 (0123456789ab)\"></head><body></body>"
            )
        );
    }

    #[test]
    fn style_sheets_become_one_in_the_order_of_the_page() {
        let page = format!(
            "<link href=/below/b.css integrity=x rel=stylesheet><link rel=icon href=/i.svg><link rel=\"stylesheet\" \
             href=\"/below/a.css\">{PRELOADS}<script type=module>go()</script>"
        );
        let (page, files) = finished("styles", &page, &[("a.css", "p{}"), ("b.css", "@layer x;\n")]).unwrap();
        let (style, css) = files.iter().find(|(name, _)| name.ends_with(".css")).unwrap();
        assert!(style.starts_with("style-") && files.len() == 4, "{files:?}");
        assert_eq!(css, "@layer x;\np{}\n");
        let integrity = integrity(css.as_bytes());
        let link = format!("<link rel=\"stylesheet\" href=\"/below/{style}\" integrity=\"{integrity}\">");
        assert!(page.starts_with(&format!("{link}<link rel=icon href=/i.svg><link rel=modulepreload")), "{page}");
    }

    #[test]
    fn only_a_preload_for_a_fetch_loses_its_integrity() {
        let page = "<link rel=modulepreload href=/a.js integrity=x><link as=fetch integrity=y href=/a.wasm>";
        assert_eq!(plain_preloads(page), "<link rel=modulepreload href=/a.js integrity=x><link as=fetch href=/a.wasm>");
    }

    #[test]
    fn a_page_that_starts_otherwise_is_a_surprise() {
        for page in ["<script type=module>go()</script>", PRELOADS] {
            assert!(finished("none", page, &[]).is_err(), "{page}");
        }
    }
}
