//! Whatever the umask is, what is kept is for its owner alone.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    program::{Program, command},
    support::KEPT_TOKEN,
};

const VERSIONS: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";

/// Everything in a folder and below it.
fn all(folder: &Path) -> Vec<PathBuf> {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let below = entries.iter().filter(|path| path.is_dir()).flat_map(|path| all(path)).collect::<Vec<_>>();
    entries.into_iter().chain(below).collect()
}

#[track_caller]
fn are_for_the_owner(folder: &Path, at_least: usize) {
    let paths = all(folder);
    assert!(paths.len() >= at_least, "{paths:?}");
    for path in paths {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
}

/// The program with a umask, and these arguments.
fn with_umask(umask: &str, arguments: &[&str]) -> Command {
    let mut shell = Command::new("sh");
    let script = format!("umask {umask}; exec \"$0\" \"$@\"");
    shell.arg("-c").arg(script).arg(command().get_program()).args(["--listen", "127.0.0.1:0"]).args(arguments);
    shell.env_remove("TFE_CONSOLE_ADMIN_TOKEN").env_remove("TFE_CONSOLE_USER_TOKEN").stdin(Stdio::null());
    shell
}

/// An upload that has begun, and stays so as long as the result lives.
fn upload(address: &str, token: &str) -> TcpStream {
    let body = r#"{"version":{}}"#;
    let length = body.len();
    let mut stream = TcpStream::connect(address).unwrap();
    let head =
        format!("POST {VERSIONS} HTTP/1.1\r\nHost: {address}\r\nX-Atlas-Token: {token}\r\nConnection: close\r\n");
    stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let path = answer.split('"').find_map(|text| text.find("/api/v1/uploads/").and_then(|at| text.get(at..))).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("PUT {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 1000\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&[0x1f, 0x8b, 8, 0]).unwrap();
    stream
}

fn wait_for_one_part(folder: &Path) {
    let end = std::time::Instant::now() + crate::program::SOON;
    // Under a strict umask it is there without any right for a moment.
    let is_readable = |path: &Path| fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o777 != 0);
    while !all(folder).iter().any(|path| path.extension().is_some_and(|it| it == "part") && is_readable(path)) {
        assert!(std::time::Instant::now() < end, "no upload began");
        std::thread::yield_now();
    }
}

#[test]
fn files_and_folders_of_data_that_is_kept_are_for_the_owner_alone() {
    for umask in ["000", "022", "0777"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data.db");
        let arguments = ["--data", file.to_str().unwrap(), "--admin-token", KEPT_TOKEN, "--seed", "empty"];
        let program = Program::spawn(&mut with_umask(umask, &arguments));
        let _upload = upload(&program.address, KEPT_TOKEN);
        wait_for_one_part(folder.path());
        // The database, its log and the index of that, the folder and the archive.
        are_for_the_owner(folder.path(), 5);
    }
}

#[test]
fn archives_of_data_in_memory_are_for_the_owner_alone() {
    for umask in ["000", "0777"] {
        let temporary = tempfile::tempdir().unwrap();
        let program = Program::spawn(with_umask(umask, &[]).env("TMPDIR", temporary.path()));
        let _upload = upload(&program.address, "demo-admin-token");
        wait_for_one_part(temporary.path());
        are_for_the_owner(temporary.path(), 2);
    }
}
