//! nginx and Caddy, which host the console in the end-to-end tests.
//!
//! Debian's packages are unpacked and not installed: installed, they would run as services of this machine.

use std::fs;
use std::path::PathBuf;

use crate::failure::{Doing, Failure, Outcome};
use crate::process::Program;
use crate::programs;

use super::apt::Apt;
use super::cache::Cache;

const NAME: &str = "debian-web-servers";
const PACKAGES: &[&str] = &["nginx", "nginx-common", "libnginx-mod-http-brotli-static", "caddy"];

/// The two programs, in the places that Debian gives them below some root.
#[derive(Debug, Clone)]
pub struct WebServers {
    /// nginx.
    pub nginx: PathBuf,
    /// Caddy.
    pub caddy: PathBuf,
}

impl WebServers {
    /// What was unpacked, else what this machine has in Debian's places.
    pub fn find(cache: &Cache) -> Option<Self> {
        let below = |root: PathBuf| Self { nginx: root.join("usr/sbin/nginx"), caddy: root.join("usr/bin/caddy") };
        let is_there = |found: &Self| programs::is_program(&found.nginx) && programs::is_program(&found.caddy);
        [cache.path(NAME), PathBuf::from("/")].into_iter().map(below).find(is_there)
    }

    /// Unpacks Debian's.
    pub fn install(cache: &Cache, apt: &Apt) -> Outcome {
        if !apt.is_here() {
            return Err(Failure::new(
                "The end-to-end tests need nginx with its module brotli_static in /usr/lib/nginx/modules, and Caddy. This \
                 machine has no apt to fetch them: install them so that they are /usr/sbin/nginx and /usr/bin/caddy.",
            ));
        }
        cache.make(NAME, |part| {
            let fetched = part.join("fetched");
            fs::create_dir_all(&fetched).doing(format_args!("create {}", fetched.display()))?;
            apt.unpack(PACKAGES, &fetched, part)?;
            fs::remove_dir_all(&fetched).doing("remove the fetched packages")?;
            let lacks = |failure: Failure| failure.during("The web servers do not run on this machine");
            Program::new(part.join("usr/sbin/nginx")).arg("-v").read().map_err(lacks)?;
            Program::new(part.join("usr/bin/caddy")).arg("version").read().map(drop).map_err(lacks)
        })
    }
}
