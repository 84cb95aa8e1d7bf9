//! Set-up: finds out what this machine lacks and installs it by the ordinary way.
//!
//! Looking comes first and takes a fraction of a second; a [`Plan`] lists what is missing; only then is anything
//! installed. Each thing is looked for by the module that installs it. Everything that is installed for this user
//! goes to a folder of its own in the user's cache, under a name with its version, and gets that name only when it
//! is complete: an interrupted set-up leaves nothing that looks finished.

mod apt;
mod browser;
mod cache;
mod cargo_tool;
mod debian_sysroot;
mod esbuild;
mod npm_tool;
mod wasm_opt;
mod wasm_target;
mod web_servers;

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::process::Program;
use crate::programs;
use crate::project::Project;
use crate::steps::Steps;

use apt::Apt;
pub use browser::Browser;
use cache::Cache;
use cargo_tool::CargoTool;
use esbuild::ESBUILD;
use wasm_opt::WASM_OPT;
pub use wasm_target::{TARGET, WasmCompiler, Way};
pub use web_servers::WebServers;

/// What the machine is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Static checks.
    Lint,
    /// Tests without a browser.
    HostTests,
    /// Tests of the console's parts in a browser.
    WebTests,
    /// Building the console and the server.
    Build,
    /// All of it.
    Test,
}

impl Purpose {
    /// In the order of installation: what fails soonest comes first.
    fn needs(self) -> &'static [Need] {
        match self {
            Self::HostTests => &[],
            Self::Lint => &[Need::WasmTarget],
            Self::WebTests => &[Need::WasmTarget, Need::Browser, Need::WasmBindgen],
            Self::Build => &[Need::WasmTarget, Need::WasmOpt, Need::Esbuild, Need::WasmBindgen, Need::Trunk],
            Self::Test => &[
                Need::WasmTarget,
                Need::WasmOpt,
                Need::Esbuild,
                Need::Browser,
                Need::WebServers,
                Need::WasmBindgen,
                Need::Trunk,
            ],
        }
    }
}

/// The tools of a machine that lacks nothing.
#[derive(Debug)]
pub struct Tools {
    folders: Vec<PathBuf>,
    /// The compiler that knows the wasm target, if the purpose asked for one.
    pub wasm: Option<WasmCompiler>,
    /// The browser, if the purpose asked for one.
    pub browser: Option<Browser>,
    /// The web servers, if the purpose asked for them.
    pub web_servers: Option<WebServers>,
}

impl Tools {
    /// Lets a program find the tools.
    pub fn equip(&self, program: Program) -> Program {
        program.env("PATH", programs::path_with(&self.folders))
    }

    /// The same tools with another folder in front.
    pub fn with(&self, folder: PathBuf) -> Self {
        let folders = std::iter::once(folder).chain(self.folders.iter().cloned()).collect();
        Self { folders, wasm: self.wasm.clone(), browser: self.browser.clone(), web_servers: self.web_servers.clone() }
    }

    /// Where a tool is.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        programs::find_in(&programs::path_with(&self.folders), name)
    }

    /// The compiler for wasm.
    pub fn rustc(&self) -> OsString {
        match &self.wasm {
            Some(WasmCompiler::Private { rustc }) => rustc.clone().into_os_string(),
            Some(WasmCompiler::Rustup) | None => env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()),
        }
    }

    /// The same for a program that compiles to wasm.
    pub fn equip_for_wasm(&self, program: Program) -> Program {
        let program = self.equip(program);
        match &self.wasm {
            Some(WasmCompiler::Private { rustc }) => program.env("RUSTC", rustc),
            Some(WasmCompiler::Rustup) | None => program,
        }
    }
}

impl fmt::Display for Tools {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.wasm {
            Some(WasmCompiler::Rustup) => write!(formatter, "The wasm target is the toolchain's own.")?,
            Some(WasmCompiler::Private { rustc }) => {
                write!(formatter, "The wasm target is that of {}.", rustc.display())?;
            }
            None => {}
        }
        for folder in &self.folders {
            write!(formatter, "\nTools: {}", folder.display())?;
        }
        if let Some(Browser { chromium, driver }) = &self.browser {
            write!(formatter, "\nBrowser: {} with {}", chromium.display(), driver.display())?;
        }
        if let Some(WebServers { nginx, caddy }) = &self.web_servers {
            write!(formatter, "\nWeb servers: {} and {}", nginx.display(), caddy.display())?;
        }
        Ok(())
    }
}

/// Something that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    WasmTarget,
    Trunk,
    WasmBindgen,
    WasmOpt,
    Esbuild,
    Browser,
    WebServers,
}

impl Need {
    /// Debian's packages for it, where these are the ordinary way.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Browser => browser::PACKAGES,
            _ => &[],
        }
    }
}

/// What is to be installed before anything else can begin.
#[derive(Debug)]
pub struct Plan {
    machine: Machine,
    missing: Vec<Need>,
}

/// What set-up knows and found.
#[derive(Debug)]
struct Machine {
    purpose: Purpose,
    way: Option<Way>,
    cache: Cache,
    trunk: CargoTool,
    wasm_bindgen: CargoTool,
    project: Project,
}

impl Plan {
    /// Looks what is missing. `way` forces one of the two ways to the wasm target.
    pub fn make(project: &Project, purpose: Purpose, way: Option<Way>) -> Outcome<Self> {
        if programs::find_any(&["cc", "gcc", "clang"]).is_none() {
            return Err(Failure::new(
                "There is no C compiler on this machine, and the server's database needs one. Install it first: \
                 on Debian and Ubuntu `sudo apt-get install build-essential`, on Fedora `sudo dnf install gcc`, on \
                 macOS `xcode-select --install`.",
            ));
        }
        let machine = Machine {
            purpose,
            way,
            cache: Cache::find()?,
            trunk: CargoTool::trunk(),
            wasm_bindgen: CargoTool::wasm_bindgen(&project.locked_version("wasm-bindgen")?),
            project: project.clone(),
        };
        let missing = machine.missing();
        Ok(Self { machine, missing })
    }

    /// How many steps [`Plan::carry_out`] will show.
    pub fn steps(&self) -> usize {
        self.missing.len()
    }

    /// Installs what is missing and returns the tools.
    pub fn carry_out(mut self, steps: &mut Steps) -> Outcome<Tools> {
        if !self.missing.is_empty() {
            println!("Tools for this project are kept in {}.", self.machine.cache.shown());
            let _only_one = self.machine.cache.lock()?;
            let apt = Apt::expecting(self.missing.iter().flat_map(|need| need.packages()).copied().collect());
            for need in self.missing.drain(..) {
                self.machine.install(need, &apt, steps)?;
            }
            self.machine.cache.forget_builds();
        }
        self.machine.tools()
    }
}

impl Machine {
    fn missing(&self) -> Vec<Need> {
        let has = |need: &Need| match need {
            Need::WasmTarget => wasm_target::find(self.way, &self.cache, &self.project).is_some(),
            Need::Trunk => self.trunk.find(&self.cache).is_some(),
            Need::WasmBindgen => self.wasm_bindgen.find(&self.cache).is_some(),
            Need::WasmOpt => WASM_OPT.find(&self.cache).is_some(),
            Need::Esbuild => ESBUILD.find(&self.cache).is_some(),
            Need::Browser => Browser::find().is_some(),
            Need::WebServers => WebServers::find(&self.cache).is_some(),
        };
        self.purpose.needs().iter().copied().filter(|need| !has(need)).collect()
    }

    fn install(&self, need: Need, apt: &Apt, steps: &mut Steps) -> Outcome {
        match need {
            Need::WasmTarget => {
                let title = "Adding the wasm32-unknown-unknown target";
                let estimate = "seconds with rustup, about 2 minutes without";
                steps.run(title, Some(estimate), || wasm_target::install(self.way, &self.cache, apt, &self.project))
            }
            Need::Trunk => self.install_tool(&self.trunk, steps),
            Need::WasmBindgen => self.install_tool(&self.wasm_bindgen, steps),
            Need::WasmOpt => steps.run("Installing wasm-opt", None, || wasm_opt::install(&self.cache, apt)),
            Need::Esbuild => steps.run("Installing esbuild", None, || esbuild::install(&self.cache)),
            Need::WebServers => steps.run("Unpacking nginx and Caddy", None, || WebServers::install(&self.cache, apt)),
            Need::Browser => {
                steps.run("Installing Chromium and ChromeDriver", Some("about 1 minute"), || Browser::install(apt))
            }
        }
    }

    fn install_tool(&self, tool: &CargoTool, steps: &mut Steps) -> Outcome {
        steps.run(&tool.title(), Some(tool.estimate()), || tool.install(&self.cache))
    }

    /// Looks again, now that everything should be there.
    fn tools(&self) -> Outcome<Tools> {
        let lacking = |what: &str| Failure::new(format!("{what} was installed but cannot be found."));
        let mut tools = Tools { folders: Vec::new(), wasm: None, browser: None, web_servers: None };
        for need in self.purpose.needs() {
            match need {
                Need::WasmTarget => {
                    let found = wasm_target::find(self.way, &self.cache, &self.project);
                    tools.wasm = Some(found.ok_or_else(|| lacking("The wasm target"))?);
                }
                Need::Trunk => tools.folders.extend(self.trunk.find(&self.cache).ok_or_else(|| lacking("Trunk"))?),
                Need::WasmBindgen => {
                    tools.folders.extend(self.wasm_bindgen.find(&self.cache).ok_or_else(|| lacking("wasm-bindgen"))?);
                }
                Need::WasmOpt => {
                    tools.folders.extend(WASM_OPT.find(&self.cache).ok_or_else(|| lacking("wasm-opt"))?);
                }
                Need::Esbuild => {
                    tools.folders.extend(ESBUILD.find(&self.cache).ok_or_else(|| lacking("esbuild"))?);
                }
                Need::Browser => tools.browser = Some(Browser::find().ok_or_else(|| lacking("Chromium"))?),
                Need::WebServers => {
                    let found = WebServers::find(&self.cache);
                    tools.web_servers = Some(found.ok_or_else(|| lacking("A web server"))?);
                }
            }
        }
        Ok(tools)
    }
}
