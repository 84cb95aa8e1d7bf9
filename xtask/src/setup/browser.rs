//! Chromium and ChromeDriver, for the browser tests and the end-to-end tests.

use std::env;
use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::programs;

use super::apt::Apt;

/// Debian's.
pub const PACKAGES: &[&str] = &["chromium", "chromium-driver"];

/// A browser and the driver that belongs to it.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// ChromeDriver.
    pub driver: PathBuf,
}

impl Browser {
    /// What `CHROMIUM` and `CHROMEDRIVER` name, else what `PATH` has.
    pub fn find() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        let chromium = named_by("CHROMIUM").or_else(|| programs::find_any(&names))?;
        let driver = named_by("CHROMEDRIVER").or_else(|| programs::find_any(&["chromedriver"]))?;
        Some(Self { chromium, driver })
    }

    /// Installs Debian's.
    pub fn install(apt: &Apt) -> Outcome {
        let by_hand = "Install Chromium (or Chrome) and the ChromeDriver of the same version so that `chromium` and \
                       `chromedriver` are in PATH, or name them in the variables CHROMIUM and CHROMEDRIVER: Fedora \
                       has the packages chromium and chromedriver, Arch has chromium, macOS's Homebrew has the casks \
                       google-chrome and chromedriver.";
        if !apt.is_here() {
            return Err(Failure::new(format!("The tests need a browser. {by_hand}")));
        }
        apt.install(PACKAGES)?;
        match Self::find() {
            Some(_) => Ok(()),
            None => Err(Failure::new(format!("The packages brought no usable browser. {by_hand}"))),
        }
    }
}

fn named_by(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| programs::is_program(path))
}
