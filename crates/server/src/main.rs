//! The program: reads its arguments, starts the server, says where it is, and stops it when asked to.
#![deny(clippy::print_stdout, clippy::print_stderr, reason = "printing waits for whoever reads, and fails without")]

mod args;
mod logging;
mod open_files;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
    time::Duration,
};

use tfe_console_server::{
    AppState, DEMO_ADMIN_TOKEN, DEMO_USER_TOKEN, Data, EmbeddedOptions, Mode, Options, Running, UpstreamOptions,
    back_up, listen,
};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    task::spawn_blocking,
};
use tracing::{error, info};

use args::{Asked, Task, VERSION};
use logging::Logging;

/// For how long work that cannot be broken off is waited for at the end.
const LAST_WORK: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    // Without its streams there is nobody to tell why.
    let Ok(logging) = Logging::start() else { return ExitCode::FAILURE };
    let code = run(&logging);
    logging.finish();
    code
}

fn run(logging: &Logging) -> ExitCode {
    let args = match Task::read(open_files::raise()) {
        Ok(Task::Serve(args)) => *args,
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
        let served = runtime.block_on(serve(logging, args.options, args.assets_must_exist));
        // What was broken off while the data was opened is undone when it is opened again.
        let has_served = !matches!(served, Ok(Served::Nothing));
        runtime.shutdown_timeout(if has_served { LAST_WORK } else { Duration::ZERO });
        served
    };
    match run() {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            logging.complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// What there was to stop.
#[derive(PartialEq, Eq)]
enum Served {
    Requests,
    /// It was stopped before it listened.
    Nothing,
}

async fn serve(logging: &Logging, options: Options, assets_must_exist: bool) -> io::Result<Served> {
    if assets_must_exist && !options.assets.is_dir() {
        return Err(io::Error::other(format!("the assets folder {} does not exist", options.assets.display())));
    }
    let mut signals = Signals::catch()?;
    // Large data takes its time, and whoever stops the program does not wait for that.
    let mut opening = spawn_blocking({
        let options = options.clone();
        move || AppState::open(&options)
    });
    let state = loop {
        tokio::select! {
            opened = &mut opening => break opened?.map_err(io::Error::other)?,
            signalled = signals.next() => if signalled == Signalled::Stop {
                logging.say("Stopping.");
                return Ok(Served::Nothing);
            },
        }
    };
    let mut told = description(&options, &state);
    let running = listen(state, &options).await.map_err(io::Error::other)?;
    told.insert(0, format!("tfe-console {} on {}", *VERSION, running.url()));
    logging.say(&told.join("\n"));
    tokio::spawn(logging.tell_of_lost_lines());
    while signals.next().await == Signalled::ReadAgain {
        match running.read_certificate_again().await {
            Ok(true) => info!("read the certificate again"),
            Ok(false) => info!("there is no certificate to read again"),
            Err(error) => error!("the certificate stays as it was: {error}"),
        }
    }
    logging.say("Stopping.");
    let again = async { while signals.next().await == Signalled::ReadAgain {} };
    let finished = tokio::select! {
        finished = running.stop_within(Running::QUIET) => finished,
        () = again => false,
    };
    if !finished {
        logging.say("Stopped before every request was answered.");
    }
    Ok(Served::Requests)
}

/// What the program is told while it runs.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
    /// A terminal that is closed sends the signal as well.
    at_a_terminal: bool,
}

#[derive(PartialEq, Eq)]
enum Signalled {
    Stop,
    ReadAgain,
}

impl Signals {
    fn catch() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            at_a_terminal: io::stdin().is_terminal(),
        })
    }

    async fn next(&mut self) -> Signalled {
        tokio::select! {
            _ = self.interrupt.recv() => Signalled::Stop,
            _ = self.terminate.recv() => Signalled::Stop,
            _ = self.hang_up.recv() => if self.at_a_terminal { Signalled::Stop } else { Signalled::ReadAgain },
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
