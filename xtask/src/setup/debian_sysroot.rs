//! The way to the wasm target without rustup's server: Debian's newer compiler, and a standard library for the
//! target built once from Debian's source, in a sysroot of its own.
//!
//! Nothing of the user's Rust changes: Cargo stays, and only wasm builds are told to use this compiler.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};
use crate::process::{Program, minutes};
use crate::programs;
use crate::project::Project;

use super::apt::Apt;
use super::cache::Cache;
use super::wasm_target::TARGET;

/// Debian's compiler, beside which rustup's is first in `PATH`.
const RUSTC: &str = "/usr/bin/rustc";

/// The sysroot's compiler, if it was made with the Debian compiler that is there now.
pub fn find(cache: &Cache) -> Option<PathBuf> {
    let rustc = cache.path(&name(&Compiler::find()?)).join("bin/rustc");
    programs::is_program(&rustc).then_some(rustc)
}

/// Installs the compiler and its source, builds the library, and lays out the sysroot.
pub fn install(cache: &Cache, apt: &Apt, project: &Project) -> Outcome {
    if !apt.is_here() {
        return Err(Failure::new("This way needs Debian's packages, and this machine has no apt."));
    }
    let needed = needed_release(project)?;
    let offered = apt.candidate("rustc-web")?.unwrap_or_else(|| "nothing".to_owned());
    if numbers(&offered) < numbers(&needed) {
        return Err(Failure::new(format!(
            "Debian's newer compiler is the package rustc-web. The console needs {needed}; this machine offers {offered}."
        )));
    }
    apt.install(&["rustc-web", "rust-web-src"])?;
    let compiler = Compiler::find().ok_or_else(|| Failure::new(format!("{RUSTC} does not run.")))?;
    apt.install(&[&compiler.lld()])?;

    println!("      building the standard library (about 1 minute)");
    cache.make(&name(&compiler), |part| {
        let sources = part.join("std");
        build_std(&sources)?;
        let libraries = part.join("lib/rustlib").join(TARGET).join("lib");
        fs::create_dir_all(&libraries).doing("create the sysroot")?;
        move_libraries(&sources.join("target").join(TARGET).join("release/deps"), &libraries)?;
        fs::remove_dir_all(&sources).doing("remove what the library was built from")?;
        lay_out(part, &cache.path(&name(&compiler)), &compiler)
    })
}

/// What Debian's compiler says of itself.
#[derive(Debug)]
struct Compiler {
    release: String,
    host: String,
    llvm: String,
}

impl Compiler {
    fn find() -> Option<Self> {
        if !programs::is_program(Path::new(RUSTC)) {
            return None;
        }
        Self::parse(&Program::new(RUSTC).arg("-vV").read().ok()?)
    }

    fn parse(said: &str) -> Option<Self> {
        let value = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        Some(Self { release: value("release: ")?, host: value("host: ")?, llvm: value("LLVM version: ")? })
    }

    /// The linker of the same LLVM.
    fn lld(&self) -> String {
        format!("lld-{}", self.llvm.split('.').next().unwrap_or_default())
    }
}

/// The oldest compiler that the console accepts.
fn needed_release(project: &Project) -> Outcome<String> {
    let manifest = project.read("Cargo.toml")?;
    let value = manifest.lines().find_map(|line| line.strip_prefix("rust-version = "));
    let value = value.ok_or_else(|| Failure::new("Cargo.toml names no rust-version."))?;
    Ok(value.trim_matches('"').to_owned())
}

/// The numbers of a version, up to what is no number: `1.96.0+dfsg1-1` is 1, 96, 0.
fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-', '+', '~']).map_while(|part| part.parse().ok()).collect()
}

/// The number at the end counts how the library is built.
fn name(compiler: &Compiler) -> String {
    format!("debian-wasm-{}-2", compiler.release)
}

/// Compiles the standard library as the dependency of an empty package.
fn build_std(sources: &Path) -> Outcome {
    fs::create_dir_all(sources.join("src")).doing("create a folder for the standard library")?;
    fs::write(sources.join("src/lib.rs"), "#![no_std]\n").doing("write an empty package")?;
    fs::write(
        sources.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nedition = \"2021\"\n\n[workspace]\n\n[profile.release]\nopt-level = 3\n",
    )
    .doing("write an empty package")?;
    Program::cargo()
        .args(["build", "--quiet", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test"])
        .dir(sources)
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", sources.join("target"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags(sources)?)
        .limit(minutes(20))
        .run()
}

/// The console is optimised as a whole, library included, and the library names no folder of this user.
fn flags(sources: &Path) -> Outcome<String> {
    let sysroot = Program::new(RUSTC).args(["--print", "sysroot"]).read()?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    Ok([
        "-Cembed-bitcode=yes".to_owned(),
        format!("--remap-path-prefix={}=/std", sources.display()),
        format!("--remap-path-prefix={}=/rust", library.display()),
    ]
    .join("\u{1f}"))
}

fn move_libraries(from: &Path, to: &Path) -> Outcome {
    let entries = from.read_dir().doing("find the built standard library")?;
    for file in entries.flatten().map(|entry| entry.path()) {
        let Some(name) = file.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            fs::rename(&file, to.join(name)).doing("move the standard library")?;
        }
    }
    Ok(())
}

/// The rest of the sysroot: the host's own library and the linker as links, and a compiler that knows it all.
fn lay_out(part: &Path, finished: &Path, compiler: &Compiler) -> Outcome {
    let debian = Program::new(RUSTC).args(["--print", "sysroot"]).read()?;
    let of_host = Path::new("lib/rustlib").join(&compiler.host);
    let binaries = part.join(&of_host).join("bin");
    fs::create_dir_all(&binaries).doing("create the sysroot")?;
    symlink(Path::new(debian.trim()).join(&of_host).join("lib"), part.join(&of_host).join("lib"))
        .doing("link the host's library")?;
    let lld = compiler.lld();
    let linker = programs::find(&lld).ok_or_else(|| Failure::new(format!("{lld} is not in PATH.")))?;
    symlink(linker, binaries.join("rust-lld")).doing("link the linker")?;

    let script = part.join("bin/rustc");
    fs::create_dir_all(part.join("bin")).doing("create the sysroot")?;
    let sysroot = finished.display();
    fs::write(&script, format!("#!/bin/sh\nexec {RUSTC} --sysroot '{sysroot}' \"$@\"\n"))
        .doing("write the compiler")?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).doing("make the compiler executable")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_linker_is_the_one_of_the_compilers_llvm() {
        let said = "rustc 1.96.0\nhost: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8\n";
        let compiler = Compiler::parse(said).unwrap();
        assert_eq!(compiler.lld(), "lld-22");
        assert_eq!(compiler.host, "x86_64-unknown-linux-gnu");
        assert!(Compiler::parse("rustc 1.96.0").is_none());
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("1.100.0") > numbers("1.95"));
        assert!(numbers("1.95.0") >= numbers("1.95"));
        assert!(numbers("1.85.0+dfsg3-1~deb12u3") < numbers("1.95"));
        assert!(numbers("nothing") < numbers("1.95"));
    }
}
