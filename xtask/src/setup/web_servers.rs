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

/// The two programs, with nginx's module for brotli where it belongs.
#[derive(Debug, Clone)]
pub struct WebServers {
    /// nginx.
    pub nginx: PathBuf,
    /// Caddy.
    pub caddy: PathBuf,
}

impl WebServers {
    /// What was unpacked, else what `PATH` has.
    pub fn find(cache: &Cache) -> Option<Self> {
        let root = cache.path(NAME);
        let unpacked = Self { nginx: root.join("usr/sbin/nginx"), caddy: root.join("usr/bin/caddy") };
        let in_path = || Some(Self { nginx: programs::find("nginx")?, caddy: programs::find("caddy")? });
        Some(unpacked).filter(Self::is_usable).or_else(|| in_path().filter(Self::is_usable))
    }

    fn is_usable(&self) -> bool {
        // `usr/sbin/nginx` has its modules in `usr/lib` or, as with Fedora, in `usr/lib64`.
        let module = "nginx/modules/ngx_http_brotli_static_module.so";
        let has_module = self
            .nginx
            .ancestors()
            .nth(2)
            .is_some_and(|usr| ["lib", "lib64"].iter().any(|lib| usr.join(lib).join(module).is_file()));
        has_module && programs::is_program(&self.nginx) && programs::is_program(&self.caddy)
    }

    /// Unpacks Debian's.
    pub fn install(cache: &Cache, apt: &Apt) -> Outcome {
        if !apt.is_here() {
            return Err(Failure::new(
                "The end-to-end tests need nginx with its module brotli_static in /usr/lib/nginx/modules (or lib64), and \
                 Caddy. This machine has no apt to fetch them: install them so that `nginx` and `caddy` are in PATH.",
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
