//! `cargo xtask package`: what is handed to operators, in `target/package/`.
//!
//! Two archives, of the console and of the server with the console, and their checksums. The same files give the same
//! bytes: nothing in an archive tells when or by whom it was made.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use crate::console::{self, BUILD_STEPS, PublicUrl};
use crate::failure::{Doing, Failure, Outcome};
use crate::project::Project;
use crate::serve::build_server;
use crate::set_up;
use crate::setup::{Purpose, Way};
use crate::version::Version;

/// What both archives hold beside the built files.
const TEXTS: [&str; 4] = ["CHANGELOG.md", "LICENSE", "README.md", "docs/hosting.md"];

/// A file of an archive: its path there, its permissions, and where it is here.
struct Entry {
    path: String,
    mode: u32,
    source: PathBuf,
}

/// Builds everything and packs it.
pub fn package(project: &Project, way: Option<Way>, url: &PublicUrl) -> Outcome {
    let (tools, mut steps) = set_up(project, Purpose::Build, way, BUILD_STEPS + 2)?;
    console::build(project, &tools, url, &mut steps)?;
    let server = build_server(project, &mut steps, true)?;
    let folder = project.target().join("package");
    let names = steps.run("Packing", None, || {
        if folder.exists() {
            fs::remove_dir_all(&folder).doing(format_args!("empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).doing(format_args!("make {}", folder.display()))?;
        let number = Version::of(project)?.number;
        let mut console = texts(project);
        console.extend(entries(&project.dist(), "dist")?);
        let mut both = texts(project);
        both.extend(entries(&project.dist(), "dist")?);
        both.extend(entries(&project.path("deploy"), "deploy")?);
        both.push(Entry { path: "tfe-console-server".to_owned(), mode: 0o755, source: server });
        let names = [format!("tfe-console-{number}.tar.gz"), format!("tfe-console-server-{number}-{OS}-{ARCH}.tar.gz")];
        for (name, entries) in names.iter().zip([console, both]) {
            write_archive(&folder.join(name), name.trim_end_matches(".tar.gz"), entries)?;
        }
        write_checksums(&folder, &names)?;
        Ok(names)
    })?;
    println!("\nIn {}:", folder.display());
    for name in names.iter().map(String::as_str).chain(["SHA256SUMS"]) {
        println!("  {name}");
    }
    Ok(())
}

fn texts(project: &Project) -> Vec<Entry> {
    TEXTS.map(|path| Entry { path: path.to_owned(), mode: 0o644, source: project.path(path) }).into()
}

/// Every file below a folder, under another name for the folder.
fn entries(folder: &Path, name: &str) -> Outcome<Vec<Entry>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for source in
            fs::read_dir(&inner).doing(format_args!("read {}", inner.display()))?.flatten().map(|it| it.path())
        {
            if source.is_dir() {
                folders.push(source);
                continue;
            }
            let path = source.strip_prefix(folder).ok().and_then(Path::to_str);
            let path = path.ok_or_else(|| Failure::new(format!("{} has no plain name.", source.display())))?;
            found.push(Entry { path: format!("{name}/{path}"), mode: 0o644, source });
        }
    }
    Ok(found)
}

/// Everything in one folder, sorted.
fn write_archive(archive: &Path, folder: &str, mut entries: Vec<Entry>) -> Outcome {
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let file = fs::File::create(archive).doing(format_args!("write {}", archive.display()))?;
    let mut builder = Builder::new(GzEncoder::new(file, Compression::best()));
    for Entry { path, mode, source } in entries {
        let content = fs::read(&source).doing(format_args!("read {}", source.display()))?;
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(mode);
        header.set_size(content.len() as u64);
        header.set_mtime(0);
        builder.append_data(&mut header, format!("{folder}/{path}"), &*content).doing(format_args!("pack {path}"))?;
    }
    let gzip = builder.into_inner().doing("end the archive")?;
    gzip.finish().and_then(|mut file| file.flush()).doing(format_args!("write {}", archive.display()))
}

/// As `sha256sum --check` reads them.
fn write_checksums(folder: &Path, names: &[String]) -> Outcome {
    let mut lines = String::new();
    for name in names {
        let content = fs::read(folder.join(name)).doing(format_args!("read {name}"))?;
        let digest: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
        lines.push_str(&format!("{digest}  {name}\n"));
    }
    fs::write(folder.join("SHA256SUMS"), lines).doing("write SHA256SUMS")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::process::Program;

    #[test]
    fn an_archive_is_what_tar_and_sha256sum_expect_and_the_same_each_time() {
        let folder = std::env::temp_dir().join(format!("xtask-package-{}", std::process::id()));
        let deep = folder.join("dist/deep");
        fs::create_dir_all(&deep).unwrap();
        fs::write(folder.join("dist/index.html"), "page").unwrap();
        fs::write(deep.join("file"), "content").unwrap();
        let packed = |name: &str| {
            let mut entries = entries(&folder.join("dist"), "dist").unwrap();
            entries.push(Entry { path: "run".to_owned(), mode: 0o755, source: deep.join("file") });
            write_archive(&folder.join(name), "tfe-console-1.2.3", entries).unwrap();
            fs::read(folder.join(name)).unwrap()
        };
        let first = packed("a.tar.gz");
        assert_eq!(packed("b.tar.gz"), first);

        write_checksums(&folder, &["a.tar.gz".to_owned(), "b.tar.gz".to_owned()]).unwrap();
        let checked = Program::new("sha256sum").args(["--check", "SHA256SUMS"]).dir(&folder).read().unwrap();
        assert_eq!(checked, "a.tar.gz: OK\nb.tar.gz: OK\n");

        let listed =
            Program::new("tar").args(["--list", "--verbose", "--file", "a.tar.gz"]).dir(&folder).read().unwrap();
        let listed: Vec<(&str, &str)> =
            listed.lines().map(|line| (line.split(' ').next().unwrap(), line.rsplit(' ').next().unwrap())).collect();
        let expected = [
            ("-rw-r--r--", "tfe-console-1.2.3/dist/deep/file"),
            ("-rw-r--r--", "tfe-console-1.2.3/dist/index.html"),
            ("-rwxr-xr-x", "tfe-console-1.2.3/run"),
        ];
        assert_eq!(listed, expected);
        fs::remove_dir_all(&folder).unwrap();
    }
}
