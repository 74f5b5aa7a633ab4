//! Where an address leads that a form is posted to or a reader is sent to: by its scheme and host as browsers read them.

use core::net::{Ipv4Addr, Ipv6Addr};

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// A host of the web, over https.
    Secure,
    /// This very machine, over http.
    Loopback,
    /// A place within the site.
    Within,
    /// Something else: a host over http, another scheme, or no address.
    Other,
}

/// Where this address leads. A host is compared as a whole: `localhost.evil.example` is not `localhost`.
#[must_use]
pub fn address_kind(address: &str) -> AddressKind {
    // Browsers drop these where they stand, and take a backslash for a slash: nobody means that.
    if address.chars().any(|sign| sign.is_control() || sign == '\\') {
        return AddressKind::Other;
    }
    if let Some(rest) = address.strip_prefix("https://") {
        return if host(rest).is_some() {
            AddressKind::Secure
        } else {
            AddressKind::Other
        };
    }
    if let Some(rest) = address.strip_prefix("http://") {
        let is_loopback = host(rest).is_some_and(is_loopback);
        return if is_loopback {
            AddressKind::Loopback
        } else {
            AddressKind::Other
        };
    }
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    if first.contains(':') || address.starts_with("//") {
        return AddressKind::Other;
    }
    AddressKind::Within
}

/// The host of an address without its scheme; `None` when what stands there is no host, perhaps with a port.
fn host(rest: &str) -> Option<&str> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = if authority.starts_with('[') {
        let end = authority.find(']')? + 1;
        (&authority[..end], &authority[end..])
    } else {
        authority.split_at(authority.find(':').unwrap_or(authority.len()))
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-');
    let is_host = host.starts_with('[') && bare(host).parse::<Ipv6Addr>().is_ok()
        || host.strip_suffix('.').unwrap_or(host).split('.').all(is_label);
    (is_port && is_host).then_some(host)
}

fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || bare(host)
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_local() {
        let right = [
            "http://localhost",
            "http://LOCALHOST:4100/svar",
            "http://127.0.0.1:80?x",
            "http://127.1.2.3/",
            "http://[::1]:8/",
        ];
        let wrong = [
            "http://localhost.evil.example",
            "http://localhost.evil.example/svar",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example/",
            "http://localhost:80@evil.example/",
            "http://localhost:x/",
            "http://evil.example/localhost",
            "http://localhostevil",
            "http://localhost\\.evil.example",
            "http://0.0.0.0/",
            "http://[::2]/",
            "http://",
        ];
        assert!(
            right
                .iter()
                .all(|address| address_kind(address) == AddressKind::Loopback)
        );
        for address in wrong {
            assert_eq!(address_kind(address), AddressKind::Other, "{address}");
        }
    }

    #[test]
    fn other_hosts_need_https_and_the_site_itself_nothing() {
        for address in [
            "https://svar.region.se/x",
            "https://svar.örebro.se:8443",
            "https://[2001:db8::1]/",
        ] {
            assert_eq!(address_kind(address), AddressKind::Secure, "{address}");
        }
        for address in ["/svar", "svar.php?a:b", "../svar", "?svar"] {
            assert_eq!(address_kind(address), AddressKind::Within, "{address}");
        }
        for address in [
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "https:///svar",
            "https://a@b.se",
            "ftp://a.se",
            "java\tscript:x",
        ] {
            assert_eq!(address_kind(address), AddressKind::Other, "{address}");
        }
    }
}
