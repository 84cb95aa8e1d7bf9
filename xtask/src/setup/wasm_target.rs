//! The standard library for `wasm32-unknown-unknown`: rustup's where it can be had, else one built from Debian's source.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::process::{Program, minutes};
use crate::programs;
use crate::project::Project;

use super::apt::Apt;
use super::cache::Cache;
use super::debian_sysroot;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// One of the two ways to the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `rustup target add`.
    Rustup,
    /// Debian's compiler, and a standard library built with it.
    Debian,
}

impl Way {
    /// Reads the value of `--wasm-target` or `TFE_CONSOLE_WASM_TARGET`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "rustup" => Some(Self::Rustup),
            "debian" => Some(Self::Debian),
            _ => None,
        }
    }
}

/// A compiler that knows the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WasmCompiler {
    /// The toolchain that compiles everything else.
    Rustup,
    /// A compiler with a sysroot of its own, for wasm builds only.
    Private {
        /// What `RUSTC` must name.
        rustc: PathBuf,
    },
}

/// What is there already. An unforced choice prefers the toolchain's own.
pub fn find(way: Option<Way>, cache: &Cache, project: &Project) -> Option<WasmCompiler> {
    let rustup = || toolchain_has_it(project).then_some(WasmCompiler::Rustup);
    let debian = || debian_sysroot::find(cache).map(|rustc| WasmCompiler::Private { rustc });
    match way {
        Some(Way::Rustup) => rustup(),
        Some(Way::Debian) => debian(),
        None => rustup().or_else(debian),
    }
}

/// Adds the target, by the forced way or by the first that works, and says which.
pub fn install(way: Option<Way>, cache: &Cache, apt: &Apt, project: &Project) -> Outcome {
    match way {
        Some(Way::Rustup) => by_rustup(project, 10),
        Some(Way::Debian) => {
            println!("      Debian's compiler, because it was asked for");
            debian_sysroot::install(cache, apt, project)
        }
        None => match by_rustup(project, 2) {
            Err(failure) if !failure.is_interruption() => {
                println!("      {failure}");
                println!("      Debian's compiler instead, with a standard library built from its source");
                debian_sysroot::install(cache, apt, project)
                    .map_err(|second| Failure::new(format!("{second}\n\n{BY_HAND}")))
            }
            outcome => outcome,
        },
    }
}

const BY_HAND: &str = "The console needs the target wasm32-unknown-unknown. Where rustup can reach its server, \
                       `rustup target add wasm32-unknown-unknown` in this folder adds it; a distribution's Rust has a \
                       package for it, often called rust-std-static-wasm32-unknown-unknown or rust-wasm.";

fn by_rustup(project: &Project, limit: u64) -> Outcome {
    if programs::find("rustup").is_none() {
        return Err(Failure::new("There is no rustup on this machine."));
    }
    println!("      rustup target add {TARGET}");
    Program::new("rustup")
        .args(["target", "add", TARGET])
        .dir(project.root())
        .env("RUSTUP_MAX_RETRIES", "1")
        .limit(minutes(limit))
        .read()
        .map_err(|failure| failure.during("rustup cannot add the target"))?;
    if toolchain_has_it(project) {
        return Ok(());
    }
    Err(Failure::new("rustup added the target, but not to the compiler in use."))
}

/// Whether the compiler in use has the target's standard library.
fn toolchain_has_it(project: &Project) -> bool {
    let rustc = Program::new("rustc").args(["--print", "target-libdir", "--target", TARGET]);
    let Ok(libdir) = rustc.dir(project.root()).without_env("RUSTC").read() else { return false };
    let Ok(files) = PathBuf::from(libdir.trim()).read_dir() else { return false };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
}
