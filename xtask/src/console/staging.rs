//! The folder that Trunk fills and that becomes `dist/`.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::failure::{Doing, Failure, Outcome};
use crate::process::{Program, minutes};
use crate::programs;

/// The folder, the URL that it will be served at, and what it is made from.
pub struct Staging<'a> {
    /// The folder.
    pub dir: &'a Path,
    /// The URL, with a slash at its end.
    pub base: &'a str,
    /// The checkout.
    pub source: &'a Path,
    /// Whether scripts and styles are made smaller.
    pub minify: bool,
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

    /// The same for a script or a style sheet, which is made smaller in a release build.
    pub fn write_code(&self, stem: &str, extension: &str, code: &str) -> Outcome<Written> {
        // By hand, `trunk build` finds only the tools that are installed on this machine.
        if !self.minify || programs::find("esbuild").is_none() {
            return self.write(stem, extension, code.as_bytes());
        }
        let (whole, small) = (format!("{stem}.whole.{extension}"), format!("{stem}.small.{extension}"));
        fs::write(self.dir.join(&whole), code).doing(format_args!("write {whole}"))?;
        let options = ["--minify", "--tree-shaking=true", "--legal-comments=none", "--log-level=error"];
        let esbuild = Program::new("esbuild").arg(&whole).args(options).args(match extension {
            "js" => &["--format=esm"][..],
            _ => &[],
        });
        esbuild.arg(format!("--outfile={small}")).dir(self.dir).limit(minutes(1)).read()?;
        let code = self.read_bytes(&small)?;
        self.remove(&whole)?;
        self.remove(&small)?;
        self.write(stem, extension, &code)
    }

    /// A script of the folder `loading/` with the names of built files in the place of those that it has.
    pub fn loading_script(&self, name: &str, files: &[(&str, &str)]) -> Outcome<String> {
        let path = self.source.join("loading").join(name);
        let mut script = fs::read_to_string(&path).doing(format_args!("read {}", path.display()))?;
        for (plain, built) in files {
            let (plain, built) = (format!("\"./{plain}\""), format!("\"./{built}\""));
            if !script.contains(&plain) {
                return Err(Failure::new(format!("loading/{name} does not load {plain}.")));
            }
            script = script.replace(&plain, &built);
        }
        Ok(script)
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
