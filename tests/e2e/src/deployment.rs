//! How an operator hosts the console: at the root or below a path, with a `config.json` of their own.

use std::{env, fs, path::Path, path::PathBuf};

use tempfile::{Builder, TempDir};

use crate::project;

/// The path of a console that is hosted below one.
pub const BELOW: &str = "/console";

/// A built console, ready to be served. What was made for it ends with this.
#[derive(Debug)]
pub struct Deployment {
    assets: PathBuf,
    is_below: bool,
    _made: Option<TempDir>,
}

impl Deployment {
    /// As it was built.
    pub fn usual() -> Self {
        Self { assets: dist(), is_below: false, _made: None }
    }

    /// With another `config.json`.
    pub fn with_config(config: &str) -> Self {
        Self::copy_of(&dist(), config, false)
    }

    /// Without a `config.json`, as from an operator who removed it.
    pub fn without_config() -> Self {
        let deployment = Self::copy_of(&dist(), "", false);
        fs::remove_file(deployment.assets.join("config.json")).expect("a file can be removed");
        deployment
    }

    /// With other files beside those of the build.
    pub fn with_files(files: &[(&str, &str)]) -> Self {
        let deployment = Self::copy_of(&dist(), "{}", false);
        for (name, text) in files {
            fs::write(deployment.assets.join(name), text).expect("there is room for a file");
        }
        deployment
    }

    /// Below [`BELOW`], with a `config.json` that says where the API is.
    pub fn below() -> Self {
        let folder =
            env::var_os("TFE_CONSOLE_DIST_BELOW").map_or_else(|| project().join("target/below"), PathBuf::from);
        Self::copy_of(&folder, r#"{"api": "/console/api"}"#, true)
    }

    /// The path of a built file, by how its name begins and ends.
    pub fn file(begin: &str, end: &str) -> String {
        let names = fs::read_dir(dist()).expect("the console is built: run `cargo xtask test`");
        let mut names = names.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let name = names.find(|name| name.starts_with(begin) && name.ends_with(end));
        format!("/{}", name.unwrap_or_else(|| panic!("there is no file {begin}…{end}")))
    }

    /// The folder to serve.
    pub(crate) fn assets(&self) -> PathBuf {
        assert!(self.assets.join("index.html").is_file(), "there is no build of the console: run `cargo xtask test`");
        self.assets.clone()
    }

    /// Whether it is served below [`BELOW`].
    pub(crate) fn is_below(&self) -> bool {
        self.is_below
    }

    fn copy_of(folder: &Path, config: &str, is_below: bool) -> Self {
        let made = Builder::new().prefix("e2e-").tempdir().expect("there is room for a console");
        for entry in fs::read_dir(folder).expect("the console is built: run `cargo xtask test`") {
            let entry = entry.expect("a folder can be read to its end");
            fs::copy(entry.path(), made.path().join(entry.file_name())).expect("there is room for a console");
        }
        fs::write(made.path().join("config.json"), config).expect("there is room for a file");
        Self { assets: made.path().to_owned(), is_below, _made: Some(made) }
    }
}

/// The built console: what `cargo xtask test` names, else where `cargo xtask build` puts it.
fn dist() -> PathBuf {
    env::var_os("TFE_CONSOLE_DIST").map_or_else(|| project().join("dist"), PathBuf::from)
}
