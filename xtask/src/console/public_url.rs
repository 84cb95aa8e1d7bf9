//! Where the console will be hosted: at the root of its host name, or below a path.
//!
//! Only `index.html` says where its files are, because it is served at every address of the console; all other files
//! find each other beside themselves. So one build serves anywhere, once its page is changed.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};

use super::files::assets;

/// A path on a host, with a slash at both ends: `/` or `/console/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads the value of `--public-url`.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.trim_end_matches('/');
        let is_plain = path.bytes().all(|it| it.is_ascii_alphanumeric() || b"/-._~".contains(&it));
        let names =
            path.strip_prefix('/').map(|names| names.split('/').all(|it| !it.is_empty() && !it.starts_with('.')));
        let is_path = if path.is_empty() { text.starts_with('/') } else { names == Some(true) };
        (is_plain && is_path && !text.ends_with("//")).then(|| Self(format!("{path}/")))
    }
}

impl Default for PublicUrl {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

/// Changes the page of a console that was built for `/`.
pub fn host_at(dist: &Path, url: &PublicUrl) -> Outcome {
    if *url == PublicUrl::default() {
        return Ok(());
    }
    let file = dist.join("index.html");
    let page = fs::read_to_string(&file).doing("read index.html")?;
    let names: Vec<String> = assets(dist)?
        .iter()
        .filter_map(|path| path.strip_prefix(dist).ok()?.to_str().map(str::to_owned))
        .filter(|name| name != "index.html")
        .collect();
    fs::write(&file, page_at(&page, &names, url)?).doing("write index.html")
}

/// A copy of a console that was built for `/`, without precompressed files.
pub fn copy_hosted_at(dist: &Path, copy: &Path, url: &str) -> Outcome {
    let url = PublicUrl::parse(url).ok_or_else(|| Failure::new(format!("{url} is not the path of a console.")))?;
    if copy.exists() {
        fs::remove_dir_all(copy).doing(format_args!("empty {}", copy.display()))?;
    }
    fs::create_dir_all(copy).doing(format_args!("make {}", copy.display()))?;
    for asset in assets(dist)? {
        let name = asset.strip_prefix(dist).unwrap_or(&asset);
        fs::copy(&asset, copy.join(name)).doing(format_args!("copy {}", asset.display()))?;
    }
    host_at(copy, &url)
}

fn page_at(page: &str, names: &[String], PublicUrl(url): &PublicUrl) -> Outcome<String> {
    let mut changed = page.to_owned();
    for name in names {
        for before in ["=", "=\"", "='"] {
            changed = changed.replace(&format!("{before}/{name}"), &format!("{before}{url}{name}"));
        }
    }
    let head = changed.find("</head>").ok_or_else(|| Failure::new("index.html has no head."))?;
    changed.insert_str(head, &format!(r#"<meta name="public-url" content="{url}">"#));
    Ok(changed)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_a_plain_path() {
        for (text, url) in [("/", "/"), ("/console", "/console/"), ("/tools/tfe-console/", "/tools/tfe-console/")] {
            assert_eq!(PublicUrl::parse(text), Some(PublicUrl(url.to_owned())), "{text}");
        }
        for text in ["", "console/", "//", "/a//b", "/console//", "https://example.com/", "/../", "/a b", "/a?b", "/\""]
        {
            assert_eq!(PublicUrl::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_page_names_its_files_below_the_path_and_says_where_it_is() {
        let page = "<head><link href=\"/a-1.css\"><link href=/b-2.wasm><script src='/c-3.js'></script>\
                    <meta name=\"packer\" content=\"/d-4.js\"><link href=\"data:/a-1.css\"></head>";
        let names = ["a-1.css", "b-2.wasm", "c-3.js", "d-4.js"].map(str::to_owned);
        let expected = "<head><link href=\"/console/a-1.css\"><link href=/console/b-2.wasm>\
                        <script src='/console/c-3.js'></script><meta name=\"packer\" content=\"/console/d-4.js\">\
                        <link href=\"data:/a-1.css\"><meta name=\"public-url\" content=\"/console/\"></head>";
        assert_eq!(page_at(page, &names, &PublicUrl::parse("/console/").unwrap()).unwrap(), expected);
    }
}
