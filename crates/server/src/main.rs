//! The program: reads its arguments, starts the server, says where it is, and stops it when asked to.

mod args;
mod logging;

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use tfe_console_server::{
    AppState, DEMO_ADMIN_TOKEN, DEMO_USER_TOKEN, Data, EmbeddedOptions, Mode, Options, UpstreamOptions, back_up, listen,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

use args::{Asked, Task, VERSION};
use logging::Logging;

/// How long requests under way may take to end after the program was asked to stop.
const GRACE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    // Without its streams there is nobody to tell why.
    let Ok(logging) = Logging::start() else { return ExitCode::FAILURE };
    let code = run(&logging);
    logging.finish();
    code
}

fn run(logging: &Logging) -> ExitCode {
    let args = match Task::read() {
        Ok(Task::Serve(args)) => args,
        Ok(Task::BackUp { data, copy }) => {
            return match back_up(&data, &copy) {
                Ok(()) => {
                    logging.say(&format!("Copied {} to {}", data.display(), copy.display()));
                    ExitCode::SUCCESS
                }
                Err(error) => {
                    logging.complain(&error.to_string());
                    ExitCode::FAILURE
                }
            };
        }
        Err(Asked::Text(text)) => {
            // Asked for, so that whoever asked is waited for.
            io::stdout().write_all(text.as_bytes()).ok();
            return ExitCode::SUCCESS;
        }
        Err(Asked::Wrongly(message)) => {
            logging.complain(&message);
            return ExitCode::from(2);
        }
    };
    let run = || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(serve(logging, args.options, args.assets_must_exist))
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            logging.complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn serve(logging: &Logging, options: Options, assets_must_exist: bool) -> io::Result<()> {
    if assets_must_exist && !options.assets.is_dir() {
        return Err(io::Error::other(format!("the assets folder {} does not exist", options.assets.display())));
    }
    let mut signals =
        Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? };
    let state = AppState::open(&options).map_err(io::Error::other)?;
    let mut told = description(&options, &state);
    let running = listen(state, &options).await.map_err(io::Error::other)?;
    told.insert(0, format!("tfe-console {} on {}", *VERSION, running.url()));
    logging.say(&told.join("\n"));
    tokio::spawn(logging.tell_of_lost_lines());
    signals.next().await;
    logging.say("Stopping.");
    let finished = tokio::select! {
        finished = running.stop_within(GRACE) => finished,
        () = signals.next() => false,
    };
    if !finished {
        logging.say("Stopped before every request was answered.");
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
    let mut lines = match &options.mode {
        Mode::Upstream(upstream) => installation(upstream),
        Mode::Embedded(embedded) => data(embedded, state),
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

fn data(options: &EmbeddedOptions, state: &AppState) -> Vec<String> {
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
    lines.extend(state.notices().iter().map(|notice| format!("  {notice}")));
    if options.seed.is_some() && !state.was_seeded() {
        lines.push("  The data has versions already: it was not seeded".to_owned());
    }
    lines
}
