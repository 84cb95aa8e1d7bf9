//! The program: reads its arguments, starts the server, says where it is, and stops it when asked to.

mod args;

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use tfe_console_server::{AppState, DEMO_ADMIN_TOKEN, DEMO_USER_TOKEN, Data, Options, UpstreamOptions, listen};
use tokio::signal::unix::{Signal, SignalKind, signal};

use args::{Args, Asked, VERSION};

/// How long requests under way may take to end after the program was asked to stop.
const GRACE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(Asked::Text(text)) => {
            io::stdout().write_all(text.as_bytes()).ok();
            return ExitCode::SUCCESS;
        }
        Err(Asked::Wrongly(message)) => return fail(&message, 2),
    };
    let run = || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(serve(args.options, args.assets_must_exist))
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string(), 1),
    }
}

async fn serve(options: Options, assets_must_exist: bool) -> io::Result<()> {
    if assets_must_exist && !options.assets.is_dir() {
        return Err(io::Error::other(format!("the assets folder {} does not exist", options.assets.display())));
    }
    let mut signals =
        Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? };
    let state = AppState::open(&options).map_err(io::Error::other)?;
    let mut told = description(&options, &state);
    let running = listen(state, options.listen).await.map_err(io::Error::other)?;
    told.insert(0, format!("tfe-console {} on {}", *VERSION, running.url()));
    say(&told.join("\n"));
    signals.next().await;
    say("Stopping.");
    let finished = tokio::select! {
        finished = running.stop_within(GRACE) => finished,
        () = signals.next() => false,
    };
    if !finished {
        say("Stopped before every request was answered.");
    }
    Ok(())
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// What someone who started the program should know. Only demo tokens are named.
fn description(options: &Options, state: &AppState) -> Vec<String> {
    let mut lines = match &options.upstream {
        Some(upstream) => installation(upstream),
        None => embedded(options, state),
    };
    if !state.console_is_built() {
        lines.push(format!("  No console in {}: only the API answers", options.assets.display()));
    }
    lines
}

fn installation(upstream: &UpstreamOptions) -> Vec<String> {
    let mut lines = vec![format!("  Installation: {}", upstream.api)];
    if let Some(legacy) = &upstream.legacy {
        lines.push(format!("  Legacy API: {legacy}"));
    }
    lines.extend(upstream.upload_hosts.iter().map(|host| format!("  Upload host: {host}")));
    lines
}

fn embedded(options: &Options, state: &AppState) -> Vec<String> {
    let token = |is_demo: bool, demo: &str| if is_demo { demo.to_owned() } else { "as given".to_owned() };
    let mut lines = vec![format!("  Admin token: {}", token(options.tokens.admin_is_demo(), DEMO_ADMIN_TOKEN))];
    if options.tokens.has_user() {
        let user = token(options.tokens.user_is_demo(), DEMO_USER_TOKEN);
        lines.push(format!("  Token without rights, to try: {user}"));
    }
    lines.push(match &options.data {
        Data::Memory => "  Data: in memory, gone when it stops".to_owned(),
        Data::File(path) => format!("  Data: {}", path.display()),
    });
    if options.seed.is_some() && !state.was_seeded() {
        lines.push("  The data has versions already: it was not seeded".to_owned());
    }
    lines
}

/// A line for whoever is watching. Nobody may be: that is no reason to stop.
fn say(line: &str) {
    writeln!(io::stdout(), "{line}").ok();
}

fn fail(message: &str, code: u8) -> ExitCode {
    writeln!(io::stderr(), "tfe-console-server: {message}").ok();
    ExitCode::from(code)
}
