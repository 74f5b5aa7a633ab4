//! Asking whether addresses are there, without being a burden: addresses → a verdict for each.
//!
//! At most four hosts at once, one question at a time to a host and a pause between; `robots.txt` and `Retry-After` are
//! honoured. A question is `HEAD`, and where that fails a `GET` of the first bytes; nothing is read, kept or sent. A host that
//! does not answer is not asked again, and when none of the first hosts does, nobody else is asked either.

use super::address::{encoded, host_of, is_private, leads, path, root};
use super::robots::Robots;
use crate::check::links::{Closed, Obstacle, Verdict};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{scope, sleep};
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body, Error};

/// Hosts that are asked at once.
const HOSTS: usize = 4;
/// Redirects that are followed.
const REDIRECTS: usize = 10;
/// Attempts at one address when the server is busy or the connection is cut.
const ATTEMPTS: u32 = 3;
/// Failures in a row after which a host that has answered is left in peace.
const FAILURES: u32 = 3;
/// The longest that a host can ask us to wait; beyond that its link is checked another time.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// Hosts without any answer after which the machine is taken to be offline.
const SILENT: usize = 8;
/// Largest `robots.txt` that is read, in bytes.
const LARGEST: u64 = 500 << 10;
/// How we present ourselves.
const NAME: &str = concat!("utsikt/", env!("CARGO_PKG_VERSION"), " (checks the links of a site)");

/// How it is asked.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How long an answer may take.
    pub patience: Duration,
    /// The pause between two questions to a host.
    pub pause: Duration,
    /// Whether addresses on this machine and in private networks are asked.
    pub local: bool,
}

/// The work, shared by those who do it.
struct Round<'a> {
    agent: Agent,
    manners: Manners,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
    reached: AtomicBool,
    silent: AtomicUsize,
    done: AtomicUsize,
    tell: &'a (dyn Fn(usize) + Sync),
}

/// What is known of a host; whoever holds it is the only one who asks there.
#[derive(Default)]
struct Host {
    /// How long to wait before it is asked again.
    wait: Duration,
    /// Which paths it asks machines to leave alone; `None`: not asked yet.
    robots: Option<Robots>,
    /// Whether it has answered anything.
    has_answered: bool,
    /// Questions in a row that failed.
    failures: u32,
    /// Why it is not asked any more, by scheme and host: one of the two may be served.
    silent: BTreeMap<String, Obstacle>,
}

/// What one question gave.
enum Said {
    Answer(Response<Body>),
    Failed(Obstacle),
}

/// A verdict for each address, in their order. `tell` hears how many have been asked.
pub fn ask(addresses: &[String], manners: Manners, tell: &(dyn Fn(usize) + Sync)) -> Vec<Verdict> {
    let config = Agent::config_builder()
        .timeout_global(Some(manners.patience))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(0)
        .user_agent(NAME)
        .build();
    let mut by_host: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, address) in addresses.iter().enumerate() {
        by_host
            .entry(host_of(address).unwrap_or_default())
            .or_default()
            .push(index);
    }
    let round = Round {
        agent: config.into(),
        manners,
        hosts: Mutex::default(),
        reached: AtomicBool::new(false),
        silent: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        tell,
    };
    let work: Mutex<VecDeque<Vec<usize>>> = Mutex::new(by_host.into_values().collect());
    let verdicts: Mutex<BTreeMap<usize, Verdict>> = Mutex::default();
    // A function, so that the queue is free again before the host is asked.
    let next = || locked(&work).pop_front();
    scope(|threads| {
        for _ in 0..HOSTS {
            threads.spawn(|| {
                while let Some(indices) = next() {
                    for index in indices {
                        let verdict = round.verdict(&addresses[index]);
                        locked(&verdicts).insert(index, verdict);
                        (round.tell)(round.done.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                }
            });
        }
    });
    verdicts.into_inner().unwrap_or_default().into_values().collect()
}

impl Round<'_> {
    /// What is to be said of an address, wherever it leads.
    fn verdict(&self, address: &str) -> Verdict {
        let mut at = address.to_owned();
        let mut moved = None;
        let mut for_good = true;
        for hop in 0..=REDIRECTS {
            let answer = match self.answer(&at) {
                Ok(answer) => answer,
                Err(Verdict::Private) if hop > 0 => return Verdict::Unsure(Obstacle::PrivateNetwork),
                Err(verdict) => return verdict,
            };
            let status = answer.status().as_u16();
            let fine = || moved.clone().map_or(Verdict::Fine, Verdict::Moved);
            match status {
                200..=299 | 304 | 416 => return fine(),
                301 | 302 | 303 | 307 | 308 => {
                    let Some(next) = leads(&at, answer.headers()) else {
                        return Verdict::Unsure(Obstacle::RedirectsNowhere);
                    };
                    for_good &= matches!(status, 301 | 308);
                    if for_good {
                        moved = Some(next.clone());
                    }
                    next.split('#').next().unwrap_or_default().clone_into(&mut at);
                }
                404 | 410 => return Verdict::Gone(status),
                429 => return Verdict::Unsure(Obstacle::AsksToWait),
                500..=599 => return Verdict::Unsure(Obstacle::ServerFault),
                _ => return Verdict::Closed(Closed::Status),
            }
        }
        Verdict::Unsure(Obstacle::RedirectsAgain)
    }

    /// The answer of one address, asked as often as it takes; or the verdict on one that cannot be asked.
    fn answer(&self, address: &str) -> Result<Response<Body>, Verdict> {
        let Some(own) = host_of(address) else {
            return Err(Verdict::Unsure(Obstacle::AddressUnreadable));
        };
        if !self.manners.local && is_private(address) {
            return Err(Verdict::Private);
        }
        let host = locked(&self.hosts).entry(own).or_default().clone();
        let mut host = locked(&host);
        if let Some(reason) = host.silent.get(root(address)) {
            return Err(Verdict::Unreached(*reason));
        }
        if !self.reached.load(Ordering::Relaxed) && self.silent.load(Ordering::Relaxed) >= SILENT {
            return Err(Verdict::Unreached(Obstacle::NoHostAnswers));
        }
        if host.robots.is_none() {
            let robots = self.robots(&mut host, address);
            host.robots = Some(robots?);
        }
        if host
            .robots
            .as_ref()
            .is_some_and(|robots| !robots.allows(&path(address)))
        {
            return Err(Verdict::Closed(Closed::Robots));
        }
        let mut with_head = true;
        let mut attempt = 1;
        loop {
            let answer = match self.once(&mut host, address, with_head) {
                Said::Answer(answer) => answer,
                Said::Failed(Obstacle::Cut) if attempt < ATTEMPTS => {
                    attempt += 1;
                    with_head = false;
                    continue;
                }
                Said::Failed(reason) => return Err(self.failed(&mut host, address, reason)),
            };
            let status = answer.status().as_u16();
            if matches!(status, 429 | 503) && attempt < ATTEMPTS {
                let wait = super::wanted_pause(answer.headers()).unwrap_or(self.manners.pause * 8 * attempt);
                if wait <= LONGEST_PAUSE {
                    host.wait = wait.max(self.manners.pause);
                    attempt += 1;
                    continue;
                }
            }
            // Many servers know no HEAD, and some answer it as they answer nothing else.
            if with_head && !(200..=399).contains(&status) && status != 429 {
                with_head = false;
                continue;
            }
            return Ok(answer);
        }
    }

    /// What the host of this address asks of machines. One that has no such file asks nothing.
    fn robots(&self, host: &mut Host, address: &str) -> Result<Robots, Verdict> {
        let mut file = format!("{}/robots.txt", root(address));
        for _ in 0..3 {
            let mut answer = match self.once(host, &file, false) {
                Said::Answer(answer) => answer,
                Said::Failed(Obstacle::Cut) => break,
                Said::Failed(reason) => return Err(self.failed(host, address, reason)),
            };
            match answer.status().as_u16() {
                200..=299 => {
                    let text = answer
                        .body_mut()
                        .with_config()
                        .limit(LARGEST)
                        .read_to_string()
                        .unwrap_or_default();
                    return Ok(Robots::of(&text));
                }
                300..=399 => match leads(&file, answer.headers()) {
                    // Another host may not be asked while this one is held.
                    Some(next) if host_of(&next) == host_of(&file) => file = next,
                    _ => break,
                },
                _ => break,
            }
        }
        Ok(Robots::default())
    }

    /// One question, when the host has had its pause.
    fn once(&self, host: &mut Host, address: &str, with_head: bool) -> Said {
        sleep(host.wait);
        let wanted = encoded(address);
        let said = if with_head {
            self.agent.head(&wanted).call()
        } else if address.ends_with("/robots.txt") {
            self.agent.get(&wanted).call()
        } else {
            self.agent.get(&wanted).header("range", "bytes=0-1023").call()
        };
        host.wait = self.manners.pause;
        match said {
            Ok(answer) => {
                (host.has_answered, host.failures) = (true, 0);
                self.reached.store(true, Ordering::Relaxed);
                Said::Answer(answer)
            }
            Err(error) => Said::Failed(reason(&error)),
        }
    }

    /// The verdict on an address whose host gave no answer; one that never does is not asked again.
    fn failed(&self, host: &mut Host, address: &str, reason: Obstacle) -> Verdict {
        host.failures += 1;
        if !host.has_answered || host.failures >= FAILURES {
            host.silent.insert(root(address).to_owned(), reason);
        }
        if host.has_answered {
            return Verdict::Unsure(reason);
        }
        self.silent.fetch_add(1, Ordering::Relaxed);
        Verdict::Unreached(reason)
    }
}

fn reason(error: &Error) -> Obstacle {
    match error {
        Error::Timeout(_) => Obstacle::Late,
        Error::HostNotFound => Obstacle::HostUnknown,
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => Obstacle::Insecure,
        Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => Obstacle::HostClosed,
        Error::Io(_) | Error::ConnectionFailed | Error::Protocol(_) => Obstacle::Cut,
        _ => Obstacle::AddressUnaskable,
    }
}

/// What the lock guards, also when another thread has failed meanwhile.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
