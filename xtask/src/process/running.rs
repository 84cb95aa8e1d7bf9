//! A program that runs: waiting for it, and ending it with everything it started.

use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::failure::{Doing, Failure, Outcome};
use crate::steps::elapsed;

/// How long a program may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(10);

/// A program that was started. Dropping it ends it.
#[derive(Debug)]
pub struct Running {
    pub(super) child: Child,
    pub(super) shown: String,
}

impl Running {
    /// Waits until it ends by itself, the limit is over or the user asks to stop.
    pub fn wait(&mut self, limit: Duration) -> Outcome<ExitStatus> {
        let begun = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.has_ended()? {
                return Ok(status);
            }
            if interrupted() {
                self.end(Signal::INT);
                return Err(Failure::interrupted());
            }
            if begun.elapsed() > limit {
                self.end(Signal::TERM);
                let limit = elapsed(limit);
                return Err(Failure::new(format!("`{}` was ended after its time limit of {limit}.", self.shown)));
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }

    /// Its exit status, if it has ended by itself.
    pub fn has_ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child.try_wait().doing(format_args!("wait for `{}`", self.shown))
    }

    /// Asks the whole group to end, and after a time of grace makes it.
    fn end(&mut self, how: Signal) {
        self.signal(how);
        let begun = Instant::now();
        while begun.elapsed() < GRACE {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        self.signal(Signal::KILL);
        let _ = self.child.wait();
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // It fails only when the group is gone, which is what is wanted.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.end(Signal::TERM);
        }
    }
}

/// True once Ctrl-C or a request to end arrived. A second Ctrl-C ends this program at once.
pub fn interrupted() -> bool {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let flag = FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
            // In this order the first signal only sets the flag.
            let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&flag));
            let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
        }
        flag
    });
    flag.load(Ordering::Relaxed)
}
