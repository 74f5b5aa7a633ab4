//! One request → one reply, over HTTP/1.1: what is asked, who may ask it, how large it is, and how long it may take.

use super::door::{self, Door};
use super::form;
use super::keeper::{Keeper, NotKept};
use super::known::{Arrival, GIVEN_ID, Receipt};
use super::limit::Bucket;
use super::reply::{Listener, Reply, accepted, failed, refused, reply, with_type};
use crate::{clock, read};
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes};
use hyper::header::{
    ACCEPT, ACCEPT_LANGUAGE, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ALLOW, CONNECTION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, ORIGIN, RETRY_AFTER,
    USER_AGENT, VARY,
};
use hyper::{Method, Request, StatusCode};
use jiff::civil::Date;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Most bytes of a form.
pub(super) const LARGEST: usize = 256 * 1024;
/// Most bytes of a form that is too large and is read all the same.
const MOST_DRAINED: usize = 4 << 20;
/// Most bytes, in units of 1024, of all forms that are being read.
const READ_AT_ONCE: usize = 16 * 1024;
/// Longest time in which a form may arrive.
const PATIENCE: Duration = Duration::from_secs(20);
/// Connections that have asked something, beyond which none is kept open for a second request: each takes some twenty kilobytes.
const KEPT_OPEN: usize = 1000;
/// Headers in which a proxy names the sender.
const FORWARDED: [&str; 2] = ["x-real-ip", "x-forwarded-for"];

/// What all requests share.
pub(super) struct Service {
    door: RwLock<Arc<Door>>,
    keeper: Keeper,
    /// Other sites whose pages may post here; `*` is all.
    origins: Vec<String>,
    /// The day to take for today, when it is rehearsed.
    today: Option<Date>,
    bucket: Bucket,
    /// Connections that have asked something.
    pub(super) connections: AtomicUsize,
    room: Semaphore,
    /// Key of the hashes of senders, which ends with the process.
    key: [u8; 32],
}

impl Service {
    pub(super) fn new(
        door: Door,
        keeper: Keeper,
        origins: Vec<String>,
        today: Option<Date>,
        rate: u32,
        key: [u8; 32],
    ) -> Self {
        Self {
            door: RwLock::new(Arc::new(door)),
            keeper,
            origins,
            today,
            bucket: Bucket::new(rate),
            connections: AtomicUsize::new(0),
            room: Semaphore::new(READ_AT_ONCE),
            key,
        }
    }

    /// Puts a site that was read anew in the place of the one before.
    pub(super) fn renew(&self, next: Door) {
        let mut door = self.door.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *door = Arc::new(next);
    }

    pub(super) fn door(&self) -> Arc<Door> {
        self.door
            .read()
            .map_or_else(|poisoned| poisoned.into_inner().clone(), |door| door.clone())
    }

    /// Answers a request from this address.
    pub(super) async fn answer<B>(&self, request: Request<B>, peer: IpAddr) -> Reply
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let door = self.door();
        let origin = header(request.headers(), &ORIGIN).to_owned();
        let may_ask = self.allows(&door, &origin);
        let mut reply = self.reply(&door, request, peer, &origin, may_ask).await;
        let headers = reply.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("origin, accept"));
        if may_ask && let Ok(origin) = HeaderValue::try_from(&origin) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        if self.connections.load(Ordering::Relaxed) > KEPT_OPEN {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        reply
    }

    /// Whether scripts of this origin may ask.
    fn allows(&self, door: &Door, origin: &str) -> bool {
        let is_listed = |listed: &String| listed == "*" || listed.trim_end_matches('/').eq_ignore_ascii_case(origin);
        !origin.is_empty() && (door.origin().eq_ignore_ascii_case(origin) || self.origins.iter().any(is_listed))
    }

    async fn reply<B>(&self, door: &Door, request: Request<B>, peer: IpAddr, origin: &str, may_ask: bool) -> Reply
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let accept = header(request.headers(), &ACCEPT);
        let is_script = accept.contains("json") && !accept.contains("text/html");
        let spoken = header(request.headers(), &ACCEPT_LANGUAGE);
        let spoken = spoken.split([',', '-', ';']).next().unwrap_or_default().trim();
        let mut listener = Listener {
            is_script,
            language: door.language(spoken).to_owned(),
        };
        match *request.method() {
            Method::POST => {}
            Method::GET | Method::HEAD if request.uri().path().ends_with("/health") => return self.health(),
            Method::OPTIONS => return preflight(),
            _ => {
                let mut reply = failed(door, &listener, StatusCode::METHOD_NOT_ALLOWED, "method");
                reply
                    .headers_mut()
                    .insert(ALLOW, HeaderValue::from_static("POST, OPTIONS"));
                return reply;
            }
        }
        // A plain form says `null` where its page keeps its address to itself, and so does a page that is opened from disk.
        if !(origin.is_empty() || may_ask || origin == "null" && !is_script) {
            return failed(door, &listener, StatusCode::FORBIDDEN, "origin");
        }
        if !self.bucket.take() {
            return busy(failed(door, &listener, StatusCode::TOO_MANY_REQUESTS, "busy"));
        }
        let kind = header(request.headers(), &CONTENT_TYPE)
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return failed(door, &listener, StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoding");
        }
        let sender = self.sender(request.headers(), peer);
        let form = match self.read(request).await {
            Ok(form) => form,
            Err((status, reason)) => return failed(door, &listener, status, reason),
        };
        let language = door::value(&form, "language");
        if door.language(language) == language {
            language.clone_into(&mut listener.language);
        }
        self.keep(door, &listener, &form, sender).await
    }

    /// The fields of the form in the body.
    async fn read<B>(&self, request: Request<B>) -> Result<Vec<(String, String)>, (StatusCode, &'static str)>
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let read = tokio::time::timeout(PATIENCE, self.bytes(request.into_body())).await;
        let bytes = read.unwrap_or(Err((StatusCode::REQUEST_TIMEOUT, "slow")))?;
        form::fields(&bytes).ok_or((StatusCode::BAD_REQUEST, "malformed"))
    }

    /// The bytes of a body. What is too large is read all the same, within reason, and forgotten: a browser whose connection is
    /// closed while it sends shows no reply.
    async fn bytes<B: Body<Data = Bytes>>(&self, body: B) -> Result<Vec<u8>, (StatusCode, &'static str)> {
        let too_busy = (StatusCode::SERVICE_UNAVAILABLE, "busy");
        let mut body = std::pin::pin!(body);
        let (mut bytes, mut length, mut units) = (Vec::new(), 0, 0);
        // Room is taken for what has come, not for what was announced, so that nobody holds it by promises.
        let mut room = self.room.try_acquire_many(0).map_err(|_| too_busy)?;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| (StatusCode::BAD_REQUEST, "malformed"))?;
            let Some(data) = frame.data_ref() else { continue };
            length += data.len();
            if length > MOST_DRAINED {
                break;
            }
            if length <= LARGEST {
                let more = u32::try_from((length / 1024 + 1).saturating_sub(units)).unwrap_or(u32::MAX);
                room.merge(self.room.try_acquire_many(more).map_err(|_| too_busy)?);
                units = length / 1024 + 1;
                bytes.extend_from_slice(data);
            }
        }
        if length > LARGEST {
            return Err((StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
        }
        Ok(bytes)
    }

    /// Keeps the form if it can be, and says so.
    async fn keep(&self, door: &Door, listener: &Listener, form: &[(String, String)], sender: u128) -> Reply {
        let asked = door::value(form, "consultation");
        let Some((day, moment)) = read::in_sweden(clock::seconds(), self.today) else {
            return failed(door, listener, StatusCode::INTERNAL_SERVER_ERROR, "disk");
        };
        let second = read::moment(&moment).map_or(0, |(_, second)| second);
        let (id, posted) = match door.examine(form, day) {
            Ok(examined) => examined,
            Err(refusal) => return refused(door, listener, asked, &refusal),
        };
        let mut random = [0; 16];
        if getrandom::fill(&mut random).is_err() {
            return failed(door, listener, StatusCode::INTERNAL_SERVER_ERROR, "disk");
        }
        let new_id = format!("{GIVEN_ID}{:032x}", u128::from_be_bytes(random));
        if posted.is_test {
            let id = posted.id.clone().unwrap_or(new_id);
            return accepted(door, listener, asked, &Receipt { id, second }, true);
        }
        let arrival = Arrival {
            posted,
            sender,
            second,
            moment,
            new_id,
        };
        match self.keeper.keep(id.to_owned(), arrival).await {
            Ok(receipt) => accepted(door, listener, id, &receipt, false),
            Err(NotKept::Busy) => busy(failed(door, listener, StatusCode::SERVICE_UNAVAILABLE, "busy")),
            Err(NotKept::Disk) => failed(door, listener, StatusCode::SERVICE_UNAVAILABLE, "disk"),
        }
    }

    /// Who sends, as a hash that only this process can make.
    fn sender(&self, headers: &HeaderMap, peer: IpAddr) -> u128 {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(peer.to_string().as_bytes());
        let forwarded = FORWARDED.iter().map(|name| HeaderName::from_static(name));
        for name in forwarded.chain([USER_AGENT, ACCEPT_LANGUAGE]) {
            hasher.update(b"\n");
            hasher.update(header(headers, &name).as_bytes());
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        u128::from_be_bytes(short)
    }

    fn health(&self) -> Reply {
        let (status, word) = if self.keeper.is_well() {
            (StatusCode::OK, "ok")
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, "disk")
        };
        with_type(status, "application/json", format!("{{\"status\":\"{word}\"}}"))
    }
}

/// The text of a header; empty when there is none, or it is no text.
fn header<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// What a script may send; whether it may is told by the header that is added to every reply.
fn preflight() -> Reply {
    let mut reply = reply(StatusCode::NO_CONTENT, String::new());
    let headers = [
        (ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "accept, content-type"),
        (ACCESS_CONTROL_MAX_AGE, "86400"),
        (ALLOW, "POST, OPTIONS"),
    ];
    for (name, value) in headers {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    reply
}

fn busy(mut reply: Reply) -> Reply {
    reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
    reply
}
