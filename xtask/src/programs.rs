//! Finding programs on this machine without help from any of them.

use std::env;
use std::ffi::{OsStr, OsString};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::failure::Outcome;
use crate::process::Program;

/// The first program of this name in `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    find_in(&env::var_os("PATH")?, name)
}

/// The first of several names that `PATH` knows.
pub fn find_any(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| find(name))
}

/// What a program prints when it is asked for its version; nothing if it cannot be run.
pub fn version_of(program: &Path) -> Option<String> {
    let said: Outcome<String> = Program::new(program).arg("--version").read();
    Some(said.ok()?.trim().to_owned())
}

/// `PATH` with these folders in front.
pub fn path_with(dirs: &[PathBuf]) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let all = dirs.iter().cloned().chain(env::split_paths(&path));
    env::join_paths(all).unwrap_or(path)
}

/// True if the text says exactly this version as one of its words: `0.2.13` is not `0.2.130`.
pub fn says_version(said: &str, version: &str) -> bool {
    said.split_whitespace().any(|word| word.trim_start_matches('v') == version)
}

/// The first program of this name in a `PATH`.
pub fn find_in(path: &OsStr, name: &str) -> Option<PathBuf> {
    env::split_paths(path).filter(|dir| dir.is_absolute()).map(|dir| dir.join(name)).find(|file| is_program(file))
}

/// True for a file that may be executed.
pub fn is_program(file: &Path) -> bool {
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_an_executable_file_of_that_name_is_found() {
        let dir = env::temp_dir().join(format!("xtask-programs-{}", std::process::id()));
        let (plain, good) = (dir.join("plain"), dir.join("good"));
        fs::create_dir_all(plain.join("folder")).unwrap();
        fs::create_dir_all(&good).unwrap();
        fs::write(plain.join("tool"), "").unwrap();
        fs::write(good.join("tool"), "").unwrap();
        fs::set_permissions(good.join("tool"), fs::Permissions::from_mode(0o755)).unwrap();

        let path = env::join_paths([&plain, &good]).unwrap();
        assert_eq!(find_in(&path, "tool"), Some(good.join("tool")));
        assert_eq!(find_in(&path, "folder"), None);
        assert_eq!(find_in(&path, "other"), None);
        assert_eq!(find_in(OsStr::new(""), "tool"), None);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_version_is_compared_as_a_whole_word() {
        assert!(says_version("wasm-bindgen 0.2.130", "0.2.130"));
        assert!(!says_version("wasm-bindgen 0.2.130", "0.2.13"));
        assert!(says_version("tool v1.2.3 (abc)", "1.2.3"));
    }
}
