//! The network: one request → one response. Only imports ask, and the check of links ([`links`]); a build never goes online.
//!
//! Takes an address and perhaps a body to post; gives the bytes of the response, unpacked, or an error in words. Everything has
//! a bound: time, size, attempts, redirects. An API that asks for patience gets it. Redirects are followed to https only, so
//! that nobody on the way can change where figures come from.

mod address;
pub mod endpoint;
pub mod links;
mod robots;

use crate::finding::message::{self, Message};
use crate::finding::{Failure, OrFail, Result};
use std::error::Error as StdError;
use std::thread::sleep;
use std::time::Duration;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body, Error};

/// Largest response that is read, in bytes, once it is unpacked.
const LARGEST: u64 = 64 << 20;
/// Attempts at one request.
const ATTEMPTS: u32 = 5;
/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// The longest that an API can ask us to wait.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// Requests after which the client waits a little before the next: APIs allow some thirty in ten seconds.
const AT_ONCE: usize = 10;

/// A client of the APIs of publishers.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    requests: usize,
    pause: Duration,
}

/// A failed attempt, by whether another may succeed.
enum Failed {
    /// The server asks for patience, and may say how much.
    Busy(Cause, Option<Duration>),
    /// The connection failed.
    Cut(Cause),
    /// Another attempt would give the same.
    Final(Cause),
}

/// What an answer was not got for.
type Cause = Box<dyn StdError + Send + Sync>;

impl From<Message> for Failed {
    fn from(message: Message) -> Self {
        Failed::Final(Failure::from(message).into())
    }
}

impl Client {
    /// A client that waits at most `patience` for a response, and `pause` before a second attempt; longer before later ones.
    #[must_use]
    pub fn new(patience: Duration, pause: Duration) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .timeout_connect(Some(patience.min(Duration::from_secs(20))))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("utsikt/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.into(),
            requests: 0,
            pause,
        }
    }

    /// The body of the response to a GET, or to a POST of JSON.
    ///
    /// # Errors
    /// When there is none: the address, and what happened.
    pub fn ask(&mut self, url: &str, json: Option<&str>) -> Result<Vec<u8>> {
        if self.requests >= AT_ONCE {
            sleep(self.pause.min(Duration::from_millis(350)));
        }
        self.requests += 1;
        let mut pause = self.pause;
        for attempt in 1..=ATTEMPTS {
            let (error, wait) = match self.attempt(url, json) {
                Ok(bytes) => return Ok(bytes),
                Err(Failed::Busy(error, requested)) => (error, Some(requested.unwrap_or(pause * 8))),
                Err(Failed::Cut(error)) => (error, Some(pause)),
                Err(Failed::Final(error)) => (error, None),
            };
            match wait.filter(|_| attempt < ATTEMPTS) {
                Some(wait) => sleep(wait.min(LONGEST_PAUSE)),
                None => return Err(error).or_fail(|| message::cannot_fetch(url)),
            }
            pause *= 2;
        }
        Err(message::cannot_fetch(url).into())
    }

    fn attempt(&self, url: &str, json: Option<&str>) -> Result<Vec<u8>, Failed> {
        let mut address = url.to_owned();
        for _ in 0..=REDIRECTS {
            let response = match json {
                Some(text) => self.agent.post(&address).content_type("application/json").send(text),
                None => self.agent.get(&address).call(),
            };
            let mut response = response.map_err(failed)?;
            let status = response.status().as_u16();
            match status {
                206 => return Err(message::server_gives_part(status).into()),
                200..=299 => return body(&mut response),
                301 | 302 | 303 | 307 | 308 => address = redirected(&address, response.headers())?,
                429 | 502 | 503 | 504 => {
                    let error = Failure::from(message::server_busy(status));
                    return Err(Failed::Busy(error.into(), requested_pause(response.headers())));
                }
                _ => return Err(refusal(status, &mut response).into()),
            }
        }
        Err(message::redirected_too_often(address).into())
    }
}

/// The status, and the reason the server gives if it is a short text.
fn refusal(status: u16, response: &mut Response<Body>) -> Message {
    let text = response
        .body_mut()
        .with_config()
        .limit(2_000)
        .read_to_string()
        .unwrap_or_default();
    let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A page of HTML is meant for browsers.

    if reason.is_empty() || reason.starts_with('<') {
        return message::server_refuses(status);
    }
    let shown: String = reason.chars().filter(|c| !c.is_control()).take(300).collect();
    message::server_refuses_saying(status, shown)
}

fn body(response: &mut Response<Body>) -> Result<Vec<u8>, Failed> {
    let stated_length = response.body().content_length();
    if stated_length.is_some_and(|length| length > LARGEST) {
        return Err(too_large().into());
    }
    // One byte more than the limit tells a response that is too large from one that just fits.
    match response.body_mut().with_config().limit(LARGEST + 1).read_to_vec() {
        Ok(bytes) if bytes.len() as u64 > LARGEST => Err(too_large().into()),
        Ok(bytes) => Ok(bytes),
        Err(Error::BodyExceedsLimit(_)) => Err(too_large().into()),
        Err(error) => Err(failed(error)),
    }
}

fn too_large() -> Message {
    message::answer_too_large(LARGEST >> 20)
}

/// A connection that fails may be better the next time; a name or certificate that is wrong will not.
fn failed(error: Error) -> Failed {
    use std::io::ErrorKind::{InvalidData, InvalidInput};
    let not_unpacked = |cause: Cause| {
        let failure = Failure::from(message::answer_not_unpacked());
        Failed::Final(failure.because(cause).into())
    };
    let cut = |cause: Cause| Failed::Cut(Failure::from(message::connection_cut()).because(cause).into());
    match error {
        Error::Timeout(_) => message::server_late().into(),
        Error::Io(error) if matches!(error.kind(), InvalidData | InvalidInput) => not_unpacked(error.into()),
        Error::Decompress(..) => not_unpacked(error.into()),
        Error::Io(error) => cut(error.into()),
        Error::ConnectionFailed => cut(error.into()),
        _ => Failed::Final(error.into()),
    }
}

/// Seconds that the server asks us to wait. A day and time instead of a number is passed over: there is no clock here.
fn requested_pause(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse::<u64>().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The address that a redirect leads to.
fn redirected(from: &str, headers: &HeaderMap) -> Result<String, Failed> {
    let Some(address) = address::redirect_target(from, headers) else {
        return Err(message::server_redirects_nowhere().into());
    };
    let root = address::root(from);
    // A server that was asked without encryption, such as one on this machine, may only lead to itself.
    let stays = address
        .strip_prefix(root)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if address.starts_with("https://") || stays {
        return Ok(address);
    }
    Err(message::redirected_insecurely(address).into())
}
