//! The head of an HTTP request: what is asked for, and by which name of this machine.
//!
//! Takes bytes from whoever connects; gives a [`Request`] or the status that refuses it. Bodies are never read: nothing is
//! sent to a preview.

use std::io::{BufRead, Read};

/// Most bytes of a head.
const LIMIT: u64 = 16 << 10;

/// What is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`, `HEAD` or what else was said.
    pub(super) method: String,
    /// The path without its first `/`, decoded.
    pub(super) path: String,
    /// What stands after `?`; empty when nothing does.
    pub(super) query: String,
    /// The name by which this machine was called, with its port.
    pub(super) host: String,
    /// Fingerprints of copies that the reader has.
    pub(super) has: String,
    /// The last event that the reader has seen.
    pub(super) last_event: Option<u64>,
    /// Whether the connection may be used again.
    pub(super) stays: bool,
}

/// The next request of a connection; `None` when it has ended, else the status that refuses what came.
pub(super) fn read(from: &mut impl BufRead) -> Option<Result<Request, u16>> {
    let mut head = Vec::new();
    let mut limited = from.take(LIMIT);
    loop {
        let begun = head.len();
        let ended = limited.read_until(b'\n', &mut head).is_err() || !head.ends_with(b"\n");
        let line = &head[begun..];
        match line {
            _ if ended && head.len() as u64 == LIMIT => return Some(Err(431)),
            _ if ended => return None,
            // Empty lines before a request are passed over.
            b"\r\n" | b"\n" if begun == 0 => head.clear(),
            b"\r\n" | b"\n" => break,
            _ => {}
        }
    }
    Some(std::str::from_utf8(&head).ok().and_then(parse).ok_or(400))
}

fn parse(head: &str) -> Option<Request> {
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || !matches!(version, "HTTP/1.0" | "HTTP/1.1") {
        return None;
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method: method.to_owned(),
        path: decoded(path.strip_prefix('/')?)?,
        query: query.to_owned(),
        stays: version == "HTTP/1.1",
        ..Request::default()
    };
    for line in lines.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            // Two names are one too many: it would not be clear which of them was checked.
            "host" if !request.host.is_empty() => return None,
            "host" => value.clone_into(&mut request.host),
            "if-none-match" => value.clone_into(&mut request.has),
            "last-event-id" => request.last_event = value.parse().ok(),
            "connection" if value.eq_ignore_ascii_case("close") => request.stays = false,
            "content-length" if value != "0" => request.stays = false,
            "transfer-encoding" => request.stays = false,
            _ => {}
        }
    }
    Some(request)
}

/// A path without its percent signs; `None` when what they stand for is not UTF-8.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        if *first == b'%' {
            let code = std::str::from_utf8(code?)
                .ok()
                .filter(|code| code.bytes().all(|it| it.is_ascii_hexdigit()))?;
            bytes.push(u8::from_str_radix(code, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

impl Request {
    /// A value of the query, decoded.
    pub(super) fn argument(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| decoded(value))
    }

    /// Whether this machine was called by a name that only itself has. A page of another site could otherwise have its own
    /// name point here, and read what is not published yet (DNS rebinding).
    pub(super) fn is_for_loopback(&self) -> bool {
        let host = self.host.to_ascii_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
            _ => &host,
        };
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(head: &str) -> Option<Result<Request, u16>> {
        read(&mut head.as_bytes())
    }

    #[test]
    fn a_request_is_read() {
        let head = "GET /sk%C3%B6v/a.html?x=1 HTTP/1.1\r\nHost: localhost:4000\r\nIf-None-Match: \"a\"\r\nLast-Event-ID: 7\r\n\r\n";
        let expected = Request {
            method: "GET".into(),
            path: "sköv/a.html".into(),
            query: "x=1".into(),
            host: "localhost:4000".into(),
            has: "\"a\"".into(),
            last_event: Some(7),
            stays: true,
        };
        assert_eq!(expected.argument("x").as_deref(), Some("1"));
        assert_eq!(ask(head), Some(Ok(expected)));
    }

    #[test]
    fn two_requests_of_a_connection_are_read_one_by_one() {
        let mut both = "\r\nGET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.0\n\n".as_bytes();
        let path = |it: Option<Result<Request, u16>>| it.and_then(Result::ok).map(|it| (it.path, it.stays));
        assert_eq!(path(read(&mut both)), Some(("a".into(), true)));
        assert_eq!(path(read(&mut both)), Some(("b".into(), false)));
        assert_eq!(read(&mut both), None);
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let long = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(20_000));
        for (head, status) in [
            ("GET /\r\n\r\n", 400),
            ("GET x HTTP/1.1\r\n\r\n", 400),
            ("GET /%zz HTTP/1.1\r\n\r\n", 400),
            ("GET /%+1 HTTP/1.1\r\n\r\n", 400),
            ("GET /%ff HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: x.se\r\n\r\n", 400),
            (&long, 431),
        ] {
            assert_eq!(ask(head), Some(Err(status)), "{}", &head[..head.len().min(40)]);
        }
        assert_eq!(ask("GET / HTTP/1.1\r\nHost: x"), None);
    }

    #[test]
    fn only_names_of_this_machine_are_answered_to() {
        let host = |host: &str| {
            Request {
                host: host.into(),
                ..Request::default()
            }
            .is_for_loopback()
        };
        assert!(
            ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000", "[::1]"]
                .map(host)
                .iter()
                .all(|it| *it)
        );
        assert!(
            ![
                "",
                "x.se",
                "localhost.x.se:4000",
                "127.0.0.1.x.se",
                "localhost:x",
                "0.0.0.0"
            ]
            .map(host)
            .contains(&true)
        );
    }
}
