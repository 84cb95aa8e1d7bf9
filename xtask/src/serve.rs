//! `cargo xtask demo` and `cargo xtask dev`: the console with the embedded server and demo data.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::console::{self, BUILD_STEPS, PublicUrl};
use crate::failure::{Failure, Outcome};
use crate::process::{Program, interrupted, minutes};
use crate::project::Project;
use crate::set_up;
use crate::setup::{Purpose, Way};
use crate::steps::Steps;
use crate::version::{COMMIT, Version};

/// Where `dev` puts the server: the address that `Trunk.toml` forwards to.
const BEHIND_TRUNK: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8081);

/// Builds the release console and the server, then becomes the server.
pub fn demo(project: &Project, way: Option<Way>, listen: SocketAddr, server_options: &[String]) -> Outcome {
    ensure_free(listen, "demo")?;
    let (tools, mut steps) = set_up(project, Purpose::Build, way, BUILD_STEPS + 1)?;
    console::build(project, &tools, &PublicUrl::default(), &mut steps)?;
    let server = build_server(project, &mut steps, true)?;
    println!();
    // From here on Ctrl-C is the server's own.
    Err(Program::new(server)
        .arg("--assets")
        .arg(project.dist())
        .args(["--listen", &listen.to_string()])
        .args(server_options)
        .replace_this_process())
}

/// Runs Trunk's watcher over a server until one of them ends or the user asks to stop.
pub fn dev(project: &Project, way: Option<Way>, listen: SocketAddr) -> Outcome {
    ensure_free(listen, "dev")?;
    ensure_free(BEHIND_TRUNK, "dev")?;
    let (tools, mut steps) = set_up(project, Purpose::Build, way, 1)?;
    let server = build_server(project, &mut steps, false)?;
    println!("Open http://{listen} once Trunk has built it. Ctrl-C stops Trunk and the server behind it.");
    let mut server = Program::new(server).args(["--listen", &BEHIND_TRUNK.to_string()]).dir(project.root()).start()?;
    let mut trunk = console::trunk(project, &tools)
        .args(["serve", "--address", &listen.ip().to_string(), "--port", &listen.port().to_string()])
        // `dist/` is the release console's.
        .arg("--dist")
        .arg(project.target().join("dev-dist"))
        .start()?;
    loop {
        if interrupted() {
            return Ok(());
        }
        for (name, program) in [("The server", &mut server), ("Trunk", &mut trunk)] {
            if let Some(status) = program.has_ended()? {
                return Err(Failure::new(format!("{name} ended ({status}).")));
            }
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Compiles the server and returns its program: optimised, or as the tests compile it.
pub fn build_server(project: &Project, steps: &mut Steps, optimised: bool) -> Outcome<PathBuf> {
    let (profile, folder) = if optimised { ("server", "server") } else { ("dev", "debug") };
    let build = Program::cargo().args(["build", "--package", "tfe-console-server", "--profile", profile]);
    let build = match Version::of(project)?.commit {
        // The tests' server does without, or it would be compiled anew for each commit.
        Some(commit) if optimised => build.env(COMMIT, commit),
        _ => build,
    };
    steps.run("Building the server", Some("about 3 minutes the first time"), || {
        build.dir(project.root()).limit(minutes(30)).run()
    })?;
    Ok(project.target().join(folder).join("tfe-console-server"))
}

/// Fails before the long build, not after it, where the address is in use.
fn ensure_free(address: SocketAddr, command: &str) -> Outcome {
    let taken = |error: std::io::Error| {
        let port = address.port().wrapping_add(10).max(1024);
        let other = SocketAddr::new(address.ip(), port);
        let hint = if address == BEHIND_TRUNK {
            "Stop the program that uses it.".to_owned()
        } else {
            format!("Stop the program that uses it, or choose another: cargo xtask {command} --listen {other}")
        };
        Failure::new(format!("Cannot listen on {address}: {error}. {hint}"))
    };
    TcpListener::bind(address).map(drop).map_err(taken)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_taken_address_is_told_before_anything_is_built() {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = other.local_addr().unwrap();
        let failure = ensure_free(address, "demo").unwrap_err().to_string();
        assert!(failure.contains(&address.to_string()) && failure.contains("demo --listen"), "{failure}");
        drop(other);
        assert_eq!(ensure_free(address, "demo"), Ok(()));
    }
}
