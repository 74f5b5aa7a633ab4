//! What the user sees while work goes on: nothing for the first second, then one line that is overwritten, and only on a terminal.

use crate::finding::Messages;
use crate::finding::message::{self, Key, Message};
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long work may go on in silence.
const SILENCE: Duration = Duration::from_secs(1);
/// How often the line is renewed.
const BEAT: Duration = Duration::from_millis(200);

/// Stages of the work, as they are reported, with their names for the user.
const STAGES: [(&str, Key); 10] = [
    ("gather", message::stage_gather),
    ("read", message::stage_read),
    ("bind", message::stage_bind),
    ("index", message::stage_index),
    ("survey", message::stage_survey),
    ("theme", message::stage_theme),
    ("render", message::stage_render),
    ("export", message::stage_export),
    ("publish", message::stage_publish),
    ("links", message::stage_links),
];

/// Work that is going on.
pub(super) struct Progress {
    stages: Arc<Mutex<Vec<(&'static str, Instant)>>>,
    /// How much of a stage is done, and how much there is; both zero where that is not counted.
    counted: Arc<(AtomicUsize, AtomicUsize)>,
    stop: Sender<()>,
    line: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts the clock; on a terminal, a thread shows the stage once a second has gone by.
    pub(super) fn start(messages: &Messages) -> Self {
        let stages: Arc<Mutex<Vec<(&'static str, Instant)>>> = Arc::default();
        let counted: Arc<(AtomicUsize, AtomicUsize)> = Arc::default();
        let (stop, stopped) = mpsc::channel();
        let line = std::io::stderr().is_terminal().then(|| {
            let (stages, counted) = (stages.clone(), counted.clone());
            let working = messages.text(&message::working());
            let names = STAGES.map(|(stage, name)| (stage, messages.text(&name())));
            thread::spawn(move || {
                let begun = Instant::now();
                let mut wait = SILENCE;
                while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    wait = BEAT;
                    let stage = stages
                        .lock()
                        .ok()
                        .and_then(|stages| stages.last().map(|(stage, _)| *stage));
                    let stage = stage
                        .and_then(|stage| names.iter().find(|(own, _)| *own == stage))
                        .map_or("", |(_, name)| name.as_str());
                    let (done, of) = (counted.0.load(Ordering::Relaxed), counted.1.load(Ordering::Relaxed));
                    let count = if of > 0 { format!(" {done}/{of}") } else { String::new() };
                    let _ = write!(
                        std::io::stderr(),
                        "\r\u{1b}[K{working} {stage}{count} … {:.0} s",
                        begun.elapsed().as_secs_f64()
                    );
                    let _ = std::io::stderr().flush();
                }
                if wait == BEAT {
                    let _ = write!(std::io::stderr(), "\r\u{1b}[K");
                }
            })
        });
        Self {
            stages,
            counted,
            stop,
            line,
        }
    }

    /// A stage begins.
    pub(super) fn stage(&self, name: &'static str) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((name, Instant::now()));
        }
    }

    /// So much of the stage is done.
    pub(super) fn count(&self, done: usize, of: usize) {
        self.counted.1.store(of, Ordering::Relaxed);
        self.counted.0.store(done, Ordering::Relaxed);
    }

    /// The work is done: takes the line away and gives how long each stage took, and the whole.
    pub(super) fn finish(mut self) -> Vec<(Message, Duration)> {
        let now = Instant::now();
        let _ = self.stop.send(());
        if let Some(line) = self.line.take() {
            let _ = line.join();
        }
        let Ok(stages) = self.stages.lock() else {
            return Vec::new();
        };
        let ends = stages.iter().skip(1).map(|(_, begun)| *begun).chain([now]);
        let name = |stage: &str| STAGES.iter().find(|(own, _)| *own == stage).map(|(_, name)| name());
        let mut durations: Vec<(Message, Duration)> = stages
            .iter()
            .zip(ends)
            .filter_map(|((stage, begun), end)| Some((name(stage)?, end - *begun)))
            .collect();
        if let Some((_, begun)) = stages.first() {
            durations.push((message::stage_total(), now - *begun));
        }
        durations
    }
}
