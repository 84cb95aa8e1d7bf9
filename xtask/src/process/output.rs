//! What a program prints, read while it runs.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait for the end of the output of a program that has ended.
const GRACE: Duration = Duration::from_secs(10);
/// What a pipe delivers, gathered on a thread of its own.
pub struct Collected {
    text: Arc<Mutex<String>>,
    reader: thread::JoinHandle<()>,
}

impl Collected {
    /// Reads a pipe to its end, passing each line on as it comes.
    pub fn from(pipe: Option<impl Read + Send + 'static>, mut also_to: Option<io::Stdout>) -> Self {
        let text = Arc::new(Mutex::new(String::new()));
        let target = Arc::clone(&text);
        let reader = thread::spawn(move || {
            let Some(pipe) = pipe else { return };
            let mut pipe = BufReader::new(pipe);
            let mut line = Vec::new();
            while matches!(pipe.read_until(b'\n', &mut line), Ok(length) if length > 0) {
                if let Some(out) = &mut also_to {
                    let _ = out.write_all(&line).and_then(|()| out.flush());
                }
                if let Ok(mut text) = target.lock() {
                    text.push_str(&String::from_utf8_lossy(&line));
                }
                line.clear();
            }
        });
        Self { text, reader }
    }

    /// The text once the program has ended. A grandchild that outlives it may keep the pipe open:
    /// then the output until now is enough.
    pub fn text(self) -> String {
        let begun = Instant::now();
        while !self.reader.is_finished() && begun.elapsed() < GRACE {
            thread::sleep(Duration::from_millis(1));
        }
        self.text.lock().map(|text| text.clone()).unwrap_or_default()
    }
}
