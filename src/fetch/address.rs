//! Addresses of the web: their parts, whether their host is private, and the target of a redirect.

use core::net::IpAddr;
use ureq::http::{HeaderMap, Uri};

/// Scheme, host and port of an address, as written: `https://www.scb.se`.
pub(super) fn root(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find(['/', '?']).map_or(address.len(), |at| start + at);
    &address[..end]
}

/// The host of an address, with its port unless it is 80 or 443; `None` when it is no address of the web.
pub(super) fn host_of(address: &str) -> Option<String> {
    let uri: Uri = encoded(address).parse().ok()?;
    uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme))?;
    let host = uri.host().filter(|host| !host.is_empty())?.to_lowercase();
    let port = uri
        .port_u16()
        .filter(|port| ![80, 443].contains(port))
        .map(|port| format!(":{port}"));
    Some(host + &port.unwrap_or_default())
}

/// Path and query of an address.
pub(super) fn path(address: &str) -> String {
    let uri: Option<Uri> = encoded(address).parse().ok();
    uri.and_then(|uri| uri.path_and_query().map(ToString::to_string))
        .unwrap_or_else(|| "/".to_owned())
}

/// The address with what is not ASCII, and spaces, written as bytes.
pub(super) fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'`' | b'{' | b'}' | b'|' | b'\\' | b'^') {
            out.push(char::from(byte));
        } else {
            out.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    out
}

fn hexadecimal(digit: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(digit)])
}

/// Whether the host is this machine or lies in a network of one's own, as far as its name tells.
pub(super) fn is_private(address: &str) -> bool {
    let uri: Option<Uri> = encoded(address).parse().ok();
    let Some(host) = uri.as_ref().and_then(Uri::host).map(str::to_lowercase) else {
        return false;
    };
    let bare = host.trim_start_matches('[').trim_end_matches([']', '.']);
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        Err(_) => {
            !bare.contains('.')
                || [".localhost", ".local", ".internal", ".lan"]
                    .iter()
                    .any(|end| bare.ends_with(end))
        }
    }
}

/// The target of a redirect, as a whole address; `None` when there is none on the web.
pub(super) fn redirect_target(from: &str, headers: &HeaderMap) -> Option<String> {
    let location = headers
        .get("location")
        .map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())?;
    let root = root(from);
    let plain = from.split('?').next().unwrap_or_default();
    if location.is_empty() {
        None
    } else if location.starts_with("http://") || location.starts_with("https://") {
        Some(location)
    } else if location.starts_with("//") {
        Some(format!("{}:{location}", from.split(':').next()?))
    } else if location.starts_with('/') {
        Some(format!("{root}{location}"))
    } else if location.starts_with('?') {
        Some(format!("{plain}{location}"))
    } else if location.split('/').next().is_some_and(|first| first.contains(':')) {
        None
    } else {
        let folder = plain
            .rfind('/')
            .filter(|at| *at >= root.len())
            .map_or(root, |at| &plain[..at]);
        Some(format!("{folder}/{location}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_hosts_are_known_by_name_and_number() {
        for host in [
            "localhost",
            "127.0.0.1:80",
            "10.1.2.3",
            "192.168.0.1",
            "[::1]:80",
            "intra",
            "x.local",
            "169.254.1.1",
        ] {
            assert!(is_private(&format!("http://{host}/a")), "{host}");
        }
        for host in ["scb.se", "www.digg.se:443", "8.8.8.8", "[2001:db8::1]"] {
            assert!(!is_private(&format!("http://{host}/a")), "{host}");
        }
    }

    #[test]
    fn addresses_with_other_letters_can_be_asked() {
        assert_eq!(encoded("https://a.se/år?x=ö b"), "https://a.se/%C3%A5r?x=%C3%B6%20b");
        assert_eq!(host_of("https://A.se:81/å"), Some("a.se:81".to_owned()));
        assert_eq!(
            (host_of("http://a.se:80"), host_of("ftp://a.se/")),
            (Some("a.se".to_owned()), None)
        );
    }

    #[test]
    fn redirects_are_read_as_browsers_read_them() {
        let leads_to = |location: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("location", location.parse().expect("a header"));
            redirect_target("https://a.se/b/c?d", &headers)
        };
        for (location, to) in [
            ("/x", "https://a.se/x"),
            ("x", "https://a.se/b/x"),
            ("?x", "https://a.se/b/c?x"),
            ("//b.se/x", "https://b.se/x"),
            ("http://b.se", "http://b.se"),
        ] {
            assert_eq!(leads_to(location).as_deref(), Some(to));
        }
        assert_eq!(leads_to("mailto:a@b.se"), None);
    }
}
