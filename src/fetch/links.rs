//! Addresses → a verdict on each: whether they are there, asked without being a burden.
//!
//! At most four hosts at once, one request at a time to a host and a pause between; `robots.txt` and `Retry-After` are
//! honoured. A request is a `HEAD`, and where that fails a `GET` of the first bytes; nothing is read, kept or sent. A host that
//! does not answer is not asked again, and when none of the first hosts does, nobody else is asked either. Which addresses
//! there are, and what becomes of a verdict, is [`crate::check::links`]'s.

use super::address::{encoded, host_of, is_private, path, redirect_target, root};
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
/// The `User-Agent` of the requests.
const USER_AGENT: &str = concat!("utsikt/", env!("CARGO_PKG_VERSION"), " (checks the links of a site)");

/// Limits on the requests.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// The longest that an answer may take.
    pub patience: Duration,
    /// The pause between two requests to a host.
    pub pause: Duration,
    /// Whether addresses on this machine and in private networks are asked.
    pub local: bool,
}

/// One check of many addresses, shared by the threads that do it.
struct LinkCheck<'a> {
    agent: Agent,
    manners: Manners,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
    /// Whether any host has answered.
    has_answer: AtomicBool,
    /// Number of hosts that do not answer.
    silent_hosts: AtomicUsize,
    /// Number of addresses that have a verdict.
    done: AtomicUsize,
    progress: &'a (dyn Fn(usize) + Sync),
}

/// A host; the thread that holds it is the only one that asks there.
#[derive(Default)]
struct Host {
    /// The wait before it is asked again.
    wait: Duration,
    /// Its `robots.txt`; `None` when it has not been asked for yet.
    robots: Option<Robots>,
    /// Whether it has answered anything.
    has_answered: bool,
    /// Requests in a row that failed.
    failures: u32,
    /// Why it is not asked any more, by scheme and host: it may answer http and not https.
    silent: BTreeMap<String, Obstacle>,
}

/// A verdict for each address, in their order. `progress` is given their number so far.
pub fn ask(addresses: &[String], manners: Manners, progress: &(dyn Fn(usize) + Sync)) -> Vec<Verdict> {
    let config = Agent::config_builder()
        .timeout_global(Some(manners.patience))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(0)
        .user_agent(USER_AGENT)
        .build();
    let mut by_host: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, address) in addresses.iter().enumerate() {
        by_host
            .entry(host_of(address).unwrap_or_default())
            .or_default()
            .push(index);
    }
    let check = LinkCheck {
        agent: config.into(),
        manners,
        hosts: Mutex::default(),
        has_answer: AtomicBool::new(false),
        silent_hosts: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        progress,
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
                        let verdict = check.verdict(&addresses[index]);
                        locked(&verdicts).insert(index, verdict);
                        (check.progress)(check.done.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                }
            });
        }
    });
    verdicts.into_inner().unwrap_or_default().into_values().collect()
}

impl LinkCheck<'_> {
    /// The verdict on an address, after all redirects.
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
                    let Some(next) = redirect_target(&at, answer.headers()) else {
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
        let Some(host_name) = host_of(address) else {
            return Err(Verdict::Unsure(Obstacle::AddressUnreadable));
        };
        if !self.manners.local && is_private(address) {
            return Err(Verdict::Private);
        }
        let host = locked(&self.hosts).entry(host_name).or_default().clone();
        let mut host = locked(&host);
        if let Some(reason) = host.silent.get(root(address)) {
            return Err(Verdict::Unreached(*reason));
        }
        if !self.has_answer.load(Ordering::Relaxed) && self.silent_hosts.load(Ordering::Relaxed) >= SILENT {
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
                Ok(answer) => answer,
                Err(Obstacle::Cut) if attempt < ATTEMPTS => {
                    attempt += 1;
                    with_head = false;
                    continue;
                }
                Err(reason) => return Err(self.failed(&mut host, address, reason)),
            };
            let status = answer.status().as_u16();
            if matches!(status, 429 | 503) && attempt < ATTEMPTS {
                let wait = super::requested_pause(answer.headers()).unwrap_or(self.manners.pause * 8 * attempt);
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

    /// The `robots.txt` of the host of this address; no rules when there is no such file.
    fn robots(&self, host: &mut Host, address: &str) -> Result<Robots, Verdict> {
        let mut file = format!("{}/robots.txt", root(address));
        for _ in 0..3 {
            let mut answer = match self.once(host, &file, false) {
                Ok(answer) => answer,
                Err(Obstacle::Cut) => break,
                Err(reason) => return Err(self.failed(host, address, reason)),
            };
            match answer.status().as_u16() {
                200..=299 => {
                    let text = answer
                        .body_mut()
                        .with_config()
                        .limit(LARGEST)
                        .read_to_string()
                        .unwrap_or_default();
                    return Ok(Robots::parse(&text));
                }
                300..=399 => match redirect_target(&file, answer.headers()) {
                    // Another host may not be asked while this one is held.
                    Some(next) if host_of(&next) == host_of(&file) => file = next,
                    _ => break,
                },
                _ => break,
            }
        }
        Ok(Robots::default())
    }

    /// One request, when the host has had its pause; or why it failed.
    fn once(&self, host: &mut Host, address: &str, with_head: bool) -> Result<Response<Body>, Obstacle> {
        sleep(host.wait);
        let url = encoded(address);
        let response = if with_head {
            self.agent.head(&url).call()
        } else if address.ends_with("/robots.txt") {
            self.agent.get(&url).call()
        } else {
            self.agent.get(&url).header("range", "bytes=0-1023").call()
        };
        host.wait = self.manners.pause;
        match response {
            Ok(answer) => {
                (host.has_answered, host.failures) = (true, 0);
                self.has_answer.store(true, Ordering::Relaxed);
                Ok(answer)
            }
            Err(error) => Err(reason(&error)),
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
        self.silent_hosts.fetch_add(1, Ordering::Relaxed);
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

/// The value that a lock guards, also when another thread has failed meanwhile.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
