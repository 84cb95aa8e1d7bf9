//! Where the program's lines go: what goes wrong to standard error, the access log as JSON to standard output.
//!
//! Nothing here ever waits for whoever reads them. A thread of its own writes for each of the two; when it cannot keep
//! up, lines are dropped and counted, and the count is told. What it must not do: print, or keep the program from ending.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsFd,
    panic,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use tfe_console_server::ACCESS_LOG;
use tokio::time::{MissedTickBehavior, interval};
use tracing::{Level, Metadata, error, warn};
use tracing_appender::non_blocking::{ErrorCounter, NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{Layer, filter::filter_fn, layer::SubscriberExt, registry, util::SubscriberInitExt};

/// How many lines may wait to be written: about two megabytes.
const WAITING: usize = 8 * 1024;

/// How long the end of the program waits for lines to be read.
const FLUSH: Duration = Duration::from_secs(2);

/// How often lines that were dropped are told.
const TELL: Duration = Duration::from_secs(10);

/// The two ways out.
pub struct Logging {
    output: NonBlocking,
    errors: NonBlocking,
    lost: Lost,
    guards: [WorkerGuard; 2],
}

/// How many lines nobody will read.
#[derive(Clone)]
struct Lost {
    dropped: [ErrorCounter; 2],
    unwritten: Arc<AtomicUsize>,
    told: Arc<AtomicUsize>,
}

impl Logging {
    /// Takes over both streams and what `tracing` is told from now on.
    pub fn start() -> io::Result<Self> {
        let unwritten = Arc::<AtomicUsize>::default();
        let start = |stream: &dyn AsFd, name| {
            let stream = File::from(stream.as_fd().try_clone_to_owned()?);
            let stream = Stream { stream, unwritten: Arc::clone(&unwritten) };
            let builder = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(WAITING).thread_name(name);
            Ok::<_, io::Error>(builder.finish(stream))
        };
        let (output, output_guard) = start(&io::stdout(), "standard output")?;
        let (errors, errors_guard) = start(&io::stderr(), "standard error")?;
        let access = tracing_subscriber::fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .with_target(false)
            .with_level(false)
            .without_time()
            .with_writer(output.clone())
            .with_filter(filter_fn(|event| event.target() == ACCESS_LOG));
        let wrong = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_target(false)
            .with_writer(errors.clone())
            .with_filter(filter_fn(is_ours));
        registry().with(access).with(wrong).try_init().map_err(io::Error::other)?;
        // The hook of the standard library waits for standard error.
        panic::set_hook(Box::new(|panic| error!("{panic}")));
        let dropped = [output.error_counter(), errors.error_counter()];
        Ok(Self {
            lost: Lost { dropped, unwritten, told: Arc::default() },
            output,
            errors,
            guards: [output_guard, errors_guard],
        })
    }

    /// A line for whoever started the program.
    pub fn say(&self, line: &str) {
        // Nobody may be watching: that is no reason to stop.
        self.output.clone().write_all(format!("{line}\n").as_bytes()).ok();
    }

    /// The line that tells why the program ends.
    pub fn complain(&self, message: &str) {
        self.errors.clone().write_all(format!("tfe-console-server: {message}\n").as_bytes()).ok();
    }

    /// Tells of lines that were dropped, from now on; to be run beside the server.
    pub fn tell_of_lost_lines(&self) -> impl Future<Output = ()> + Send + use<> {
        let lost = self.lost.clone();
        async move {
            let mut ticks = interval(TELL);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                lost.tell();
            }
        }
    }

    /// Writes what waits, if somebody reads it soon.
    pub fn finish(self) {
        self.lost.tell();
        let (done, finished) = mpsc::channel();
        // The guards wait for their threads, and print when that takes too long: that must not hold up anyone.
        let guards = self.guards;
        let waiting = thread::Builder::new().spawn(move || {
            drop(guards);
            done.send(()).ok();
        });
        if waiting.is_ok() {
            finished.recv_timeout(FLUSH).ok();
        }
    }
}

impl Lost {
    /// Tells how many there are, unless it is known.
    fn tell(&self) {
        let dropped: usize = self.dropped.iter().map(ErrorCounter::dropped_lines).sum();
        let count = dropped.saturating_add(self.unwritten.load(Ordering::Relaxed));
        if self.told.swap(count, Ordering::Relaxed) != count {
            warn!("{count} lines of the log were dropped so far: nobody reads them, or not fast enough");
        }
    }
}

/// What this program tells of itself. Its libraries know paths and headers, which have secrets.
fn is_ours(event: &Metadata<'_>) -> bool {
    *event.level() <= Level::INFO && event.target().starts_with(env!("CARGO_CRATE_NAME"))
}

/// One of the process's streams, without a buffer and without the lock that `print!` takes.
struct Stream {
    stream: File,
    unwritten: Arc<AtomicUsize>,
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn write_all(&mut self, line: &[u8]) -> io::Result<()> {
        // The reader is gone. The next one may find another.
        if self.stream.write_all(line).is_err() {
            self.unwritten.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
