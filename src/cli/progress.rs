//! Progress on the terminal: nothing for the first second, then one line that is overwritten. Where there is no terminal, nothing.

use super::terminal;
use crate::finding::Messages;
use crate::finding::message::{self, Key, Message};
use crate::page::Follower;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Time that work may go on in silence.
const SILENCE: Duration = Duration::from_secs(1);
/// Time after which the line is renewed.
const BEAT: Duration = Duration::from_millis(200);

/// Stages of the work, as they are reported, with their names for the user.
const STAGES: [(&str, Key); 10] = [
    ("gather", message::stage_gather),
    ("read", message::stage_read),
    ("bind", message::stage_bind),
    ("survey", message::stage_survey),
    ("theme", message::stage_theme),
    ("index", message::stage_index),
    ("render", message::stage_render),
    ("export", message::stage_export),
    ("publish", message::stage_publish),
    ("links", message::stage_links),
];

/// Work that is going on.
pub(super) struct Progress {
    stages: Arc<Mutex<Vec<(&'static str, Instant)>>>,
    /// Parts of the stage that are done, and all there are; both zero where parts are not counted.
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
            let names: BTreeMap<&str, String> = STAGES.map(|(stage, name)| (stage, messages.text(&name()))).into();
            thread::spawn(move || {
                let begun = Instant::now();
                let mut wait = SILENCE;
                while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    wait = BEAT;
                    let stage = stages.lock().ok().and_then(|stages| Some(stages.last()?.0));
                    let name = stage.and_then(|stage| names.get(stage)).map_or("", String::as_str);
                    let (done, of) = (counted.0.load(Ordering::Relaxed), counted.1.load(Ordering::Relaxed));
                    let count = if of > 0 { format!(" {done}/{of}") } else { String::new() };
                    let seconds = begun.elapsed().as_secs_f64();
                    terminal::eprint(&format!("\r\u{1b}[K{working} {name}{count} … {seconds:.0} s"));
                }
                if wait == BEAT {
                    terminal::eprint("\r\u{1b}[K");
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
        let names = BTreeMap::from(STAGES);
        let mut durations: Vec<(Message, Duration)> = stages
            .iter()
            .zip(ends)
            .filter_map(|((stage, begun), end)| Some((names.get(stage)?(), end - *begun)))
            .collect();
        if let Some((_, begun)) = stages.first() {
            durations.push((message::stage_total(), now - *begun));
        }
        durations
    }
}

impl Follower for Progress {
    fn stage(&self, name: &'static str) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((name, Instant::now()));
        }
    }
}
