//! Takes the place of `wasm-bindgen` in Trunk's build, because splitting must happen between the linker and it.
//!
//! A wasm with split points (`wasm_split_helpers`) is divided first: what only the split functions reach goes into
//! files of its own in the folder `TFE_CONSOLE_SPLIT`, with the JavaScript that loads them; the rest goes on to the
//! real `wasm-bindgen`, which `TFE_CONSOLE_WASM_BINDGEN` names. Any other call is passed on as it is.
//! `xtask` moves the pieces into `dist/` (docs/decisions/0010-split-wasm.md). What is exported and never used goes first
//! ([`unused`]).
//!
//! Called as `split-wasm small WASM [SCRIPT]`, it does something else, after `wasm-opt`: it rewrites a wasm, and the script
//! that it imports from, so that they compress better ([`small`]).

mod likeness;
mod small;
mod unused;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// What the console imports until it is split.
const PLACEHOLDER: &[u8] = b"__wasm_split_placeholder__";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("split-wasm: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let mut args: Vec<String> = env::args().skip(1).collect();
    if let [command, wasm, script @ ..] = &args[..]
        && command == "small"
    {
        make_small(wasm, script.first())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(input) = args.iter_mut().find(|arg| arg.ends_with(".wasm")) {
        let wasm = fs::read(&input)?;
        if wasm.windows(PLACEHOLDER.len()).any(|bytes| bytes == PLACEHOLDER) {
            let main = split(&unused::without_streams(&wasm)?, Path::new(input))?;
            *input = main.to_str().ok_or("the path of the split wasm is not UTF-8")?.to_owned();
            // The pieces use the memory and the table of the main part.
            args.push("--keep-lld-exports".to_owned());
        }
    }
    let program = env::var_os("TFE_CONSOLE_WASM_BINDGEN").ok_or("TFE_CONSOLE_WASM_BINDGEN is not set")?;
    let status = Command::new(program).args(args).status()?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Makes a wasm small, with the names in the script that it imports from, if that is given.
fn make_small(wasm: &str, script: Option<&String>) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(wasm)?;
    let names = match script {
        Some(script) => {
            let names = small::Names::shortened(&fs::read_to_string(script)?, &bytes)?;
            fs::write(script, &names.script)?;
            Some(names)
        }
        None => None,
    };
    Ok(fs::write(wasm, small::small(&bytes, names.as_ref())?)?)
}

/// Writes the pieces and returns the path of the main part, which keeps its name.
fn split(wasm: &[u8], input: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let folder = PathBuf::from(env::var_os("TFE_CONSOLE_SPLIT").ok_or("TFE_CONSOLE_SPLIT is not set")?);
    let main_folder = folder.join("main");
    fs::create_dir_all(&main_folder)?;
    let main = main_folder.join(input.file_name().ok_or("the wasm has no file name")?);
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = &folder;
    options.main_out_path = &main;
    wasm_split_cli_support::transform(options).map_err(|report| report.to_string())?;
    Ok(main)
}
