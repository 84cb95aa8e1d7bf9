//! The command line: which command, with which options.

use std::net::SocketAddr;

use crate::console::PublicUrl;
use crate::failure::{Failure, Outcome};
use crate::setup::{Purpose, Way};
use crate::testing::Part;

/// What `cargo xtask` without a command prints.
pub const HELP: &str = "\
cargo xtask <command>

  demo [--listen ADDR] [-- SERVER OPTIONS]
                    builds the console and its server and serves both with demo data
  test [--only lint|host|web|build|e2e [-- CARGO TEST OPTIONS]]
                    everything CI runs, or one part of it, or some tests of a part
  dev [--listen ADDR]
                    serves a debug console that is rebuilt on every change, over the demo data
  lint              formatting, clippy, the repository's own checks
  build [--public-url PATH]
                    the release console in dist/, precompressed; hosted below a path such as /console/
  package [--public-url PATH]
                    versioned archives of the console and of the server, with checksums, in target/package/
  size [--build]    the weight of dist/ against size-budget.toml
  bench inventory   how fast the list is with ten thousand versions, and how much memory it takes
  setup [--for build|test]
                    installs what the other commands need, which they do themselves as well
  help              this text

  --wasm-target rustup|debian (or TFE_CONSOLE_WASM_TARGET) forces one of the two ways to the
  wasm32-unknown-unknown target for any command; without it the first that works is taken.
";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Prints [`HELP`].
    Help,
    /// Installs what is missing.
    Setup(Purpose),
    /// Builds and serves.
    Demo {
        /// Where to serve.
        listen: SocketAddr,
        /// Passed on to the server.
        server_options: Vec<String>,
    },
    /// Trunk's watcher over the server.
    Dev {
        /// Where to serve.
        listen: SocketAddr,
    },
    /// The release `dist/`.
    Build {
        /// Where it will be hosted.
        public_url: PublicUrl,
    },
    /// Archives to hand out.
    Package {
        /// Where the console will be hosted.
        public_url: PublicUrl,
    },
    /// Static checks.
    Lint,
    /// Weight against the budget.
    Size {
        /// Builds even if there is a `dist/`.
        build: bool,
    },
    /// Times and memory of the list with many versions.
    Bench,
    /// Everything CI runs, or a part of it.
    Test {
        /// The part.
        only: Option<Part>,
        /// Passed on to `cargo test`.
        cargo_options: Vec<String>,
    },
    /// Trunk's hook, called by Trunk itself and not listed.
    PostBuild,
}

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Invocation {
    /// What to do.
    pub command: Command,
    /// The forced way to the wasm target.
    pub way: Option<Way>,
}

impl Invocation {
    /// Reads the arguments after the program's name, and the environment variable that stands for one.
    pub fn parse(args: &[String], way_variable: Option<&str>) -> Outcome<Self> {
        let (own, passed_on) = match args.iter().position(|arg| arg == "--") {
            Some(at) => args.split_at(at),
            None => (args, &[][..]),
        };
        let mut passed_on = passed_on.iter().skip(1).cloned();
        let mut options = Options::read(own)?;
        let name = options.command.take().unwrap_or_else(|| "help".to_owned());
        let default = SocketAddr::from(([127, 0, 0, 1], 8080));
        let command = match name.as_str() {
            "help" => Command::Help,
            "setup" => Command::Setup(options.purpose.take().unwrap_or(Purpose::Test)),
            "demo" => Command::Demo {
                listen: options.listen.take().unwrap_or(default),
                server_options: passed_on.by_ref().collect(),
            },
            "dev" => Command::Dev { listen: options.listen.take().unwrap_or(default) },
            "build" => Command::Build { public_url: options.public_url.take().unwrap_or_default() },
            "package" => Command::Package { public_url: options.public_url.take().unwrap_or_default() },
            "lint" => Command::Lint,
            "size" => Command::Size { build: std::mem::take(&mut options.build) },
            "bench" => match options.subject.take().as_deref() {
                Some("inventory") => Command::Bench,
                _ => return Err(Failure::usage("What can be measured is: cargo xtask bench inventory.")),
            },
            "test" => Command::Test {
                cargo_options: if options.only.is_some_and(Part::runs_tests) {
                    passed_on.by_ref().collect()
                } else {
                    Vec::new()
                },
                only: options.only.take(),
            },
            "post-build" => Command::PostBuild,
            other => return Err(Failure::usage(format!("There is no command {other}; see `cargo xtask help`."))),
        };
        if passed_on.next().is_some() {
            return Err(Failure::usage(format!("`{name}` takes nothing after -- here; see `cargo xtask help`.")));
        }
        let way = options.way.take();
        options.nothing_is_left(&name)?;
        let variable = way_variable.filter(|value| !value.is_empty());
        let way = match (way, variable) {
            (Some(way), _) => Some(way),
            (None, Some(value)) => Some(way_named(value, "TFE_CONSOLE_WASM_TARGET")?),
            (None, None) => None,
        };
        Ok(Self { command, way })
    }
}

/// Every option that any command takes; a command takes out what it understands.
#[derive(Debug, Default)]
struct Options {
    command: Option<String>,
    /// What `bench` measures.
    subject: Option<String>,
    purpose: Option<Purpose>,
    listen: Option<SocketAddr>,
    build: bool,
    only: Option<Part>,
    public_url: Option<PublicUrl>,
    way: Option<Way>,
}

impl Options {
    fn read(args: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        let mut args = args.iter().map(String::as_str);
        while let Some(arg) = args.next() {
            let (name, attached) = match arg.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name, Some(value)),
                _ => (arg, None),
            };
            let mut value = |what: &str| {
                attached.or_else(|| args.next()).ok_or_else(|| Failure::usage(format!("{name} needs a value: {what}.")))
            };
            match name {
                "--help" | "-h" => options.command = Some("help".to_owned()),
                "--build" if attached.is_none() => options.build = true,
                "--for" => options.purpose = Some(purpose_named(value("build or test")?)?),
                "--only" if options.only.is_some() => return Err(Failure::usage("--only can be given once.")),
                "--only" => options.only = Some(part_named(value(Part::NAMES)?)?),
                "--public-url" => options.public_url = Some(public_url_named(value("a path such as /console/")?)?),
                "--wasm-target" => options.way = Some(way_named(value("rustup or debian")?, name)?),
                "--listen" => options.listen = Some(address(value("an address such as 127.0.0.1:8080")?)?),
                _ if name.starts_with('-') => {
                    return Err(Failure::usage(format!("There is no option {arg}; see `cargo xtask help`.")));
                }
                _ if options.command.is_none() => options.command = Some(arg.to_owned()),
                _ if options.command.as_deref() == Some("bench") && options.subject.is_none() => {
                    options.subject = Some(arg.to_owned());
                }
                _ => return Err(Failure::usage(format!("Unexpected argument {arg}; see `cargo xtask help`."))),
            }
        }
        Ok(options)
    }

    fn nothing_is_left(&self, command: &str) -> Outcome {
        if command == "help" {
            return Ok(());
        }
        let left = [
            ("--for", self.purpose.is_some()),
            ("--listen", self.listen.is_some()),
            ("--build", self.build),
            ("--only", self.only.is_some()),
            ("--public-url", self.public_url.is_some()),
        ];
        match left.iter().find(|(_, given)| *given) {
            Some((name, _)) => Err(Failure::usage(format!("`{command}` takes no {name}; see `cargo xtask help`."))),
            None => Ok(()),
        }
    }
}

fn purpose_named(text: &str) -> Outcome<Purpose> {
    match text {
        "build" => Ok(Purpose::Build),
        "test" => Ok(Purpose::Test),
        _ => Err(Failure::usage(format!("--for takes build or test, not {text}."))),
    }
}

fn part_named(text: &str) -> Outcome<Part> {
    Part::parse(text).ok_or_else(|| Failure::usage(format!("--only takes {}, not {text}.", Part::NAMES)))
}

fn public_url_named(text: &str) -> Outcome<PublicUrl> {
    PublicUrl::parse(text)
        .ok_or_else(|| Failure::usage(format!("--public-url takes a path such as /console/, not {text}.")))
}

fn way_named(text: &str, source: &str) -> Outcome<Way> {
    Way::parse(text).ok_or_else(|| Failure::usage(format!("{source} takes rustup or debian, not {text}.")))
}

fn address(text: &str) -> Outcome<SocketAddr> {
    let error = || Failure::usage(format!("{text} is not an address such as 127.0.0.1:8080."));
    text.parse().map_err(|_| error())
}

#[cfg(test)]
mod tests;
