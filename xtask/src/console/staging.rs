//! The folder that Trunk fills and that becomes `dist/`.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::failure::{Doing, Outcome};

/// The folder, and the URL that it will be served at.
pub struct Staging<'a> {
    /// The folder.
    pub dir: &'a Path,
    /// The URL, with a slash at its end.
    pub base: &'a str,
}

/// A file as the page names it.
pub struct Written {
    /// Its name in the folder.
    pub name: String,
    /// Its URL.
    pub url: String,
    /// What a browser is to check it against.
    pub integrity: String,
}

impl<'a> Staging<'a> {
    /// Writes a file under a name that changes with its content, so that it may be cached forever.
    pub fn write(&self, stem: &str, extension: &str, content: &[u8]) -> Outcome<Written> {
        let hash: String = Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{stem}-{hash}.{extension}");
        fs::write(self.dir.join(&name), content).doing(format_args!("write {name}"))?;
        Ok(Written { url: format!("{}{name}", self.base), integrity: integrity(content), name })
    }

    /// The name of the file at a URL of this console.
    pub fn name_of<'url>(&self, url: &'url str) -> Option<&'url str> {
        url.strip_prefix(self.base)
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> Outcome<String> {
        fs::read_to_string(self.dir.join(name)).doing(format_args!("read {name}"))
    }

    /// The bytes of a file.
    pub fn read_bytes(&self, name: &str) -> Outcome<Vec<u8>> {
        fs::read(self.dir.join(name)).doing(format_args!("read {name}"))
    }

    /// Removes a file that another one has taken the place of.
    pub fn remove(&self, name: &str) -> Outcome {
        fs::remove_file(self.dir.join(name)).doing(format_args!("remove {name}"))
    }
}

/// The value of an `integrity` attribute.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integrity_is_what_a_browser_computes() {
        // The digest of nothing, as every list of SHA-384 test vectors has it.
        let expected = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), expected);
    }
}
