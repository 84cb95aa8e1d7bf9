//! Trunk's hook: moves Trunk's inline loader into a file of its own.
//!
//! The hosted page runs under a policy that forbids inline scripts (`script-src 'self' 'wasm-unsafe-eval'`), and
//! Trunk starts the console with one. The hook runs before Trunk moves its staging folder to `dist/`, in `trunk
//! build` and in `trunk serve` alike.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::failure::{Doing, Failure, Outcome};

use super::loader::Extracted;

/// Reads where Trunk stages from the environment that Trunk gives its hooks.
pub fn post_build() -> Outcome {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging = staging.ok_or_else(|| Failure::usage("post-build is a hook that Trunk calls."))?;
    let base = env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "/".to_owned());
    move_loader(&staging, &base)
}

fn move_loader(staging: &Path, base: &str) -> Outcome {
    let path = staging.join("index.html");
    let page = fs::read_to_string(&path).doing(format_args!("read {}", path.display()))?;
    let found = Extracted::from(&page)
        .ok_or_else(|| Failure::new("index.html has no inline loader: has Trunk changed how it starts the console?"))?;
    let code = format!("{}\n", found.code);
    let name = name(&code);
    fs::write(staging.join(&name), &code).doing(format_args!("write {name}"))?;
    fs::write(&path, found.refer_to(&format!("{base}{name}"), &integrity(&code)))
        .doing(format_args!("write {}", path.display()))
}

/// A name that changes with the content, so that it may be cached forever.
fn name(code: &str) -> String {
    let hash: String = Sha256::digest(code).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("boot-{hash}.js")
}

fn integrity(code: &str) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(code)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_loader_lands_in_a_file_that_the_page_names() {
        let staging = env::temp_dir().join(format!("xtask-post-build-{}", std::process::id()));
        fs::create_dir_all(&staging).unwrap();
        fs::write(staging.join("index.html"), "<script type=module>start()</script>").unwrap();
        move_loader(&staging, "/below/").unwrap();

        let page = fs::read_to_string(staging.join("index.html")).unwrap();
        let name = name("start()\n");
        assert!(page.contains(&format!("src=\"/below/{name}\"")), "{page}");
        assert!(page.contains(&integrity("start()\n")), "{page}");
        assert_eq!(fs::read_to_string(staging.join(name)).unwrap(), "start()\n");
        assert!(move_loader(&staging, "/").is_err(), "a page without a loader is a surprise");
        fs::remove_dir_all(&staging).unwrap();
    }

    #[test]
    fn the_integrity_is_what_a_browser_computes() {
        // The digest of nothing, as every list of SHA-384 test vectors has it.
        assert_eq!(integrity(""), "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }
}
