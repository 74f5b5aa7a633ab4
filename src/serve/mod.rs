//! The preview over HTTP, on this machine alone: pages from memory, news of what changed.
//!
//! Takes a [`Preview`], which somebody else keeps up to date; answers browsers. One thread a connection: there are a
//! handful of them, and most only wait for news. Answers `GET` and `HEAD`, and only to names of this machine.

#![expect(
    clippy::disallowed_methods,
    reason = "listens on loopback, when the user asks for a preview"
)]

mod page;
mod panel;
mod preview;
mod request;

pub use panel::Panel;
pub use preview::Preview;

use request::Request;
use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// The port when none is asked for; the next ones are tried when it is taken.
pub const PORT: u16 = 4000;
/// How many ports are tried.
const TRIES: u16 = 20;
/// Connections at a time; more are closed at once.
const MOST: usize = 256;
/// How long a connection may be silent, or a reader not take what it asked for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often somebody who waits for news is told that there is none, so that it is noticed when they have gone.
const BEAT: Duration = Duration::from_secs(10);
/// Where the preview's own files lie; no site's address begins so.
const OWN: &str = "-/";

/// Listens on a port of loopback: this one, or without one the first of some that is free. Gives its address as well.
///
/// # Errors
/// When the port is taken, or the machine refuses.
pub fn listen(port: Option<u16>) -> io::Result<(TcpListener, SocketAddr)> {
    let ports = port.map_or(PORT..PORT + TRIES, |port| port..port.saturating_add(1));
    let mut refused = io::Error::from(io::ErrorKind::AddrInUse);
    for port in ports {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => {
                let address = listener.local_addr()?;
                return Ok((listener, address));
            }
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// Answers whoever connects, until the program ends.
pub fn answer(listener: TcpListener, preview: Arc<Preview>) {
    thread::spawn(move || {
        let open = Arc::new(AtomicUsize::new(0));
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // Out of file descriptors, mostly: some will be free again.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            if open.fetch_add(1, Ordering::Relaxed) >= MOST {
                open.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let (preview, counted) = (preview.clone(), open.clone());
            let spawned = thread::Builder::new().name("connection".to_owned()).spawn(move || {
                // Readers come and go; that one has gone is no fault.
                let _ = converse(&stream, &preview);
                counted.fetch_sub(1, Ordering::Relaxed);
            });
            if spawned.is_err() {
                open.fetch_sub(1, Ordering::Relaxed);
            }
        }
    });
}

/// Answers one connection's requests, one after the other.
fn converse(stream: &TcpStream, preview: &Preview) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(request) = request::read(&mut reader) {
        let request = match request {
            Ok(request) => request,
            Err(status) => {
                return Reply::text(status, "This is no request that can be answered.").send(&mut writer, false, true);
            }
        };
        let allowed = request.is_for_loopback();
        if allowed && request.method == "GET" && request.path == format!("{OWN}events") {
            return tell(&mut writer, preview, &request);
        }
        let reply = if !allowed {
            Reply::text(
                403,
                "The preview answers only to the names of this machine: localhost and 127.0.0.1.",
            )
        } else if matches!(request.method.as_str(), "GET" | "HEAD") {
            reply(&request, preview)
        } else {
            Reply {
                allow: true,
                ..Reply::text(405, "A preview can only be read.")
            }
        };
        reply.send(&mut writer, request.method == "HEAD", !request.stays)?;
        if !request.stays {
            break;
        }
    }
    Ok(())
}

/// Tells a page what changes (server-sent events), first what it has missed, until it is closed. A page that says its address
/// (`page`) is rendered before others after an edit.
fn tell(writer: &mut impl Write, preview: &Preview, request: &Request) -> io::Result<()> {
    let since = request.argument("since").and_then(|since| since.parse().ok());
    let since = request.last_event.or(since).unwrap_or_default();
    let _reader = request.argument("page").map(|route| preview.reader(&route));
    write!(
        writer,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 1000\n\n"
    )?;
    let mut news = Some(preview.greeting(since));
    let mut seen = since;
    loop {
        match news {
            Some((version, told)) => {
                write!(writer, "id: {version}\nevent: change\ndata: {told}\n\n")?;
                seen = version;
            }
            None => write!(writer, ":\n\n")?,
        }
        writer.flush()?;
        news = preview.news(seen, BEAT);
    }
}

/// What a browser gets.
#[derive(Debug)]
struct Reply {
    status: u16,
    kind: &'static str,
    body: Arc<[u8]>,
    tag: Option<String>,
    location: Option<String>,
    allow: bool,
}

impl Reply {
    fn new(status: u16, kind: &'static str, body: Arc<[u8]>) -> Self {
        Self {
            status,
            kind,
            body,
            tag: None,
            location: None,
            allow: false,
        }
    }

    fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.as_bytes().into())
    }

    /// The same with a fingerprint, or without a body where the reader has it already.
    fn tagged(mut self, has: &str) -> Self {
        let tag = format!("\"{}\"", &blake3::hash(&self.body).to_hex()[..16]);
        if has.split(',').any(|it| it.trim().trim_start_matches("W/") == tag) {
            self.status = 304;
            self.body = Arc::default();
        }
        self.tag = Some(tag);
        self
    }

    fn send(&self, writer: &mut impl Write, head_only: bool, closes: bool) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        let mut put = |name: &str, value: &str| head.extend([name, ": ", value, "\r\n"]);
        put("Cache-Control", "no-cache");
        put("X-Content-Type-Options", "nosniff");
        put("Cross-Origin-Resource-Policy", "same-origin");
        if let Some(tag) = &self.tag {
            put("ETag", tag);
        }
        if let Some(location) = &self.location {
            put("Location", location);
        }
        if self.allow {
            put("Allow", "GET, HEAD");
        }
        if self.status != 304 {
            put("Content-Type", self.kind);
            put("Content-Length", &self.body.len().to_string());
        }
        put("Connection", if closes { "close" } else { "keep-alive" });
        head.push_str("\r\n");
        let mut message = head.into_bytes();
        if !head_only {
            message.extend_from_slice(&self.body);
        }
        writer.write_all(&message)?;
        writer.flush()
    }
}

/// The file at an address, as a browser is to have it.
fn reply(request: &Request, preview: &Preview) -> Reply {
    match request.path.strip_prefix(OWN) {
        Some("preview.js") => return script("text/javascript; charset=utf-8", include_str!("preview.js"), request),
        Some("preview.css") => return script("text/css; charset=utf-8", include_str!("preview.css"), request),
        _ => {}
    }
    let route = match request.path.as_str() {
        path if path.is_empty() || path.ends_with('/') => format!("{path}index.html"),
        path => path.to_owned(),
    };
    let (found, version) = preview.file(&route);
    let Some(bytes) = found else {
        if preview.file(&format!("{route}/index.html")).0.is_some() {
            let name = request.path.rsplit('/').next().unwrap_or_default();
            let location = format!("{}/", encoded(name));
            return Reply {
                location: Some(location),
                ..Reply::text(302, "The page is a folder.")
            };
        }
        return missing(&route, preview);
    };
    let kind = kind(&route);
    if !kind.starts_with("text/html") {
        return Reply::new(200, kind, bytes).tagged(&request.has);
    }
    let page = page::with_script(&String::from_utf8_lossy(&bytes), &route, version, false);
    Reply::new(200, kind, page.into_bytes().into()).tagged(&request.has)
}

fn script(kind: &'static str, text: &str, request: &Request) -> Reply {
    Reply::new(200, kind, text.as_bytes().into()).tagged(&request.has)
}

/// The site's own page for addresses that lead nowhere, or a plain one.
fn missing(route: &str, preview: &Preview) -> Reply {
    let (own, version) = preview.file("404.html");
    let page = own.map_or_else(
        || page::plain("404", route),
        |bytes| String::from_utf8_lossy(&bytes).into_owned(),
    );
    let page = page::with_script(&page, route, version, true);
    Reply::new(404, "text/html; charset=utf-8", page.into_bytes().into())
}

/// A part of a path as it may stand in a header.
fn encoded(part: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    part.bytes().map(byte).collect()
}

/// The kind of a file, by the end of its name.
fn kind(route: &str) -> &'static str {
    let ending = route
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        _ => "",
    }
}
