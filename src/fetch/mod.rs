//! The network: one question, one answer in whole, or a refusal in words. Only imports ask, and the check of links
//! ([`links`]); a build never does.
//!
//! Takes an address and perhaps something to post; gives the bytes of the answer, unpacked. Everything has a bound: time,
//! size, attempts, redirects. An API that asks for patience gets it. Redirects are followed to https only, so that nobody on
//! the way can change where figures come from.

mod address;
pub mod links;
mod robots;

use anyhow::{Context, Result, anyhow, bail};
use std::thread::sleep;
use std::time::Duration;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body, Error};

/// Largest answer that is read, in bytes, once it is unpacked.
const LARGEST: u64 = 64 << 20;
/// Attempts at one question.
const ATTEMPTS: u32 = 5;
/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// The longest that an API can ask us to wait.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// Questions after which one waits a little before the next: APIs allow some thirty in ten seconds.
const AT_ONCE: usize = 10;

/// Somebody who asks.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    asked: usize,
    pause: Duration,
}

/// Why an attempt failed, and whether another may succeed.
enum Failure {
    /// The server asks for patience, and may say how much.
    Busy(anyhow::Error, Option<Duration>),
    /// The connection failed.
    Cut(anyhow::Error),
    /// Another attempt would give the same.
    Final(anyhow::Error),
}

impl Client {
    /// Somebody who waits at most so long for an answer, and at first so long before a second attempt.
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
            asked: 0,
            pause,
        }
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// When there is none, in words: where it was asked, and what happened.
    pub fn ask(&mut self, url: &str, posted: Option<&str>) -> Result<Vec<u8>> {
        if self.asked >= AT_ONCE {
            sleep(self.pause.min(Duration::from_millis(350)));
        }
        self.asked += 1;
        let mut pause = self.pause;
        for attempt in 1..=ATTEMPTS {
            let (error, wait) = match self.attempt(url, posted) {
                Ok(bytes) => return Ok(bytes),
                Err(Failure::Busy(error, wanted)) => (error, Some(wanted.unwrap_or(pause * 8))),
                Err(Failure::Cut(error)) => (error, Some(pause)),
                Err(Failure::Final(error)) => (error, None),
            };
            match wait.filter(|_| attempt < ATTEMPTS) {
                Some(wait) => sleep(wait.min(LONGEST_PAUSE)),
                None => return Err(error).with_context(|| format!("cannot fetch `{url}`")),
            }
            pause *= 2;
        }
        bail!("cannot fetch `{url}`")
    }

    fn attempt(&self, url: &str, posted: Option<&str>) -> Result<Vec<u8>, Failure> {
        let mut address = url.to_owned();
        for _ in 0..=REDIRECTS {
            let answer = match posted {
                Some(text) => self.agent.post(&address).content_type("application/json").send(text),
                None => self.agent.get(&address).call(),
            };
            let mut answer = answer.map_err(|error| failure(&error))?;
            let status = answer.status().as_u16();
            match status {
                206 => {
                    let error = anyhow!("the server gives only a part of the answer (status {status})");
                    return Err(Failure::Final(error));
                }
                200..=299 => return body(&mut answer),
                301 | 302 | 303 | 307 | 308 => address = redirected(&address, answer.headers())?,
                429 | 502 | 503 | 504 => {
                    let error = anyhow!("the server is busy (status {status})");
                    return Err(Failure::Busy(error, wanted_pause(answer.headers())));
                }
                _ => return Err(Failure::Final(refusal(status, &mut answer))),
            }
        }
        Err(Failure::Final(anyhow!(
            "the server redirects again and again; the last address was `{address}`"
        )))
    }
}

/// The server's own word on why, if it is a short one.
fn refusal(status: u16, answer: &mut Response<Body>) -> anyhow::Error {
    let said = answer
        .body_mut()
        .with_config()
        .limit(2_000)
        .read_to_string()
        .unwrap_or_default();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if said.is_empty() || said.starts_with('<') {
        return anyhow!("the server answers with status {status}");
    }
    let shown: String = said.chars().filter(|c| !c.is_control()).take(300).collect();
    anyhow!("the server answers with status {status}: {shown}")
}

fn body(answer: &mut Response<Body>) -> Result<Vec<u8>, Failure> {
    let stated = answer.body().content_length();
    if stated.is_some_and(|length| length > LARGEST) {
        return Err(Failure::Final(too_large()));
    }
    // One byte more than the limit tells an answer that is too large from one that just fits.
    let read = answer.body_mut().with_config().limit(LARGEST + 1).read_to_vec();
    match read {
        Ok(bytes) if bytes.len() as u64 > LARGEST => Err(Failure::Final(too_large())),
        Ok(bytes) => Ok(bytes),
        Err(Error::BodyExceedsLimit(_)) => Err(Failure::Final(too_large())),
        Err(error) => Err(failure(&error)),
    }
}

fn too_large() -> anyhow::Error {
    anyhow!(
        "the answer is larger than {} MiB; choose fewer places, periods or categories",
        LARGEST >> 20
    )
}

/// A connection that fails may be better the next time; a name or certificate that is wrong will not.
fn failure(error: &Error) -> Failure {
    match error {
        Error::Timeout(_) => Failure::Final(anyhow!("the server does not answer in time")),
        Error::Io(io)
            if io.kind() == std::io::ErrorKind::InvalidData || io.kind() == std::io::ErrorKind::InvalidInput =>
        {
            Failure::Final(anyhow!("the answer cannot be unpacked: {error}"))
        }
        Error::Decompress(..) => Failure::Final(anyhow!("the answer cannot be unpacked: {error}")),
        Error::Io(_) | Error::ConnectionFailed => Failure::Cut(anyhow!("the connection was cut: {error}")),
        _ => Failure::Final(anyhow!("{error}")),
    }
}

/// Seconds that the server asks us to wait. A day and time instead of a number is passed over: there is no clock here.
fn wanted_pause(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse::<u64>().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Where a redirect leads.
fn redirected(from: &str, headers: &HeaderMap) -> Result<String, Failure> {
    let said = headers
        .get("location")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .trim();
    let origin = from.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let address = if said.starts_with("//") {
        format!("{}:{said}", from.split(':').next().unwrap_or("https"))
    } else if said.starts_with('/') {
        format!("{origin}{said}")
    } else if said.contains("://") {
        said.to_owned()
    } else {
        return Err(Failure::Final(anyhow!("the server redirects to nowhere")));
    };
    // A server that was asked without encryption, such as one on this machine, may only lead to itself.
    let stays = address
        .strip_prefix(&origin)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if address.starts_with("https://") || stays {
        return Ok(address);
    }
    Err(Failure::Final(anyhow!(
        "the server redirects to `{address}`, which is not https"
    )))
}
