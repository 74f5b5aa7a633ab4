//! The one thread that writes: it gathers what has come in meanwhile, adds it to the journals, and syncs each once for all.
//!
//! Nobody is told anything before the disk has it. While the disk works, the next group gathers, so that a slow disk makes
//! large groups rather than a long queue.

use super::known::{Arrival, KnownResponses, Receipt};
use super::{Notice, Tell};
use crate::clock;
use crate::disk::{JournalEnd, JournalFile};
use crate::finding::{Result, message};
use crate::read::JOURNAL;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// Answers that may wait for the disk; who comes after them is asked to come again.
const QUEUE: usize = 4096;
/// Most answers of one group.
const GROUP: usize = 1024;

/// An answer on its way to the disk.
struct Job {
    consultation: String,
    arrival: Arrival,
    reply: oneshot::Sender<Option<Receipt>>,
}

/// Where answers are handed in.
#[derive(Clone, Debug)]
pub(super) struct Keeper {
    queue: mpsc::Sender<Job>,
    is_well: Arc<AtomicBool>,
}

/// Why an answer was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotKept {
    /// Too many wait.
    Busy,
    /// The disk refused.
    Disk,
}

impl Keeper {
    /// Starts the thread, once it has read the journals of these consultations.
    ///
    /// # Errors
    /// When a journal cannot be read or written.
    pub(super) fn start(answers: PathBuf, ids: &[String], tell: Tell) -> Result<(Self, JoinHandle<()>)> {
        let mut desk = Desk {
            answers,
            journals: BTreeMap::new(),
            tell,
        };
        for id in ids {
            desk.add(id, &[])?;
        }
        let (queue, jobs) = mpsc::channel(QUEUE);
        let is_well = Arc::new(AtomicBool::new(true));
        let keeper = Self {
            queue,
            is_well: is_well.clone(),
        };
        let thread = std::thread::spawn(move || desk.work(jobs, &is_well));
        Ok((keeper, thread))
    }

    /// Keeps an answer, and gives its receipt when it is on the disk.
    pub(super) async fn keep(&self, consultation: String, arrival: Arrival) -> Result<Receipt, NotKept> {
        let (reply, receipt) = oneshot::channel();
        let job = Job {
            consultation,
            arrival,
            reply,
        };
        self.queue.try_send(job).map_err(|_| NotKept::Busy)?;
        receipt.await.ok().flatten().ok_or(NotKept::Disk)
    }

    /// Whether the disk took what it was last given.
    pub(super) fn is_well(&self) -> bool {
        self.is_well.load(Ordering::Relaxed)
    }
}

/// What the thread works with.
struct Desk {
    answers: PathBuf,
    journals: BTreeMap<String, (JournalFile, KnownResponses)>,
    tell: Tell,
}

impl Desk {
    /// Works until nobody can hand in anything any more.
    fn work(mut self, mut jobs: mpsc::Receiver<Job>, is_well: &AtomicBool) {
        let mut group = Vec::with_capacity(GROUP);
        while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
            let mut by_consultation: BTreeMap<String, Vec<Job>> = BTreeMap::new();
            for job in group.drain(..) {
                by_consultation.entry(job.consultation.clone()).or_default().push(job);
            }
            for (id, jobs) in by_consultation {
                let arrivals: Vec<&Arrival> = jobs.iter().map(|job| &job.arrival).collect();
                let receipts = self.add(&id, &arrivals);
                let was_well = is_well.swap(receipts.is_ok(), Ordering::Relaxed);
                if let Err(failure) = &receipts
                    && was_well
                {
                    (self.tell)(Notice::Failed(failure));
                } else if receipts.is_ok() && !was_well {
                    (self.tell)(Notice::Said(message::receive_well()));
                }
                let receipts = receipts.map(|receipts| receipts.into_iter().map(Some)).ok();
                let mut receipts = receipts.into_iter().flatten();
                for job in jobs {
                    // Whoever has gone meanwhile gets the same receipt when the form is sent again.
                    let _ = job.reply.send(receipts.next().flatten());
                }
            }
        }
    }

    /// Adds what has come in to a journal, which is read first if it is not as it was left.
    fn add(&mut self, id: &str, arrivals: &[&Arrival]) -> Result<Vec<Receipt>> {
        if !self.journals.contains_key(id) {
            let file = JournalFile::open(&self.answers, id, JOURNAL)?;
            self.journals.insert(id.to_owned(), (file, KnownResponses::default()));
        }
        let (file, known) = self.journals.get_mut(id).expect("just put there");
        let mut locked = file.lock()?;
        if !locked.is_known() {
            let now = clock::seconds();
            *known = std::mem::take(known).forget();
            let end = locked.read(|line| known.read(line, now))?;
            known.settle();
            match end {
                JournalEnd::Whole => {}
                JournalEnd::Unended => (self.tell)(Notice::Said(message::receive_unended(id))),
                JournalEnd::Torn(bytes) => (self.tell)(Notice::Said(message::receive_torn(id, bytes))),
            }
        }
        let mut lines = String::new();
        let accept = |arrival: &&Arrival| {
            let (receipt, line) = known.accept(arrival);
            lines.push_str(&line.unwrap_or_default());
            receipt
        };
        let receipts = arrivals.iter().map(accept).collect();
        if !lines.is_empty() {
            locked.append(lines.as_bytes())?;
        }
        Ok(receipts)
    }
}
