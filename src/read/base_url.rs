//! The address of a site's front page: `base_url` in the settings, `--base-url` on the command line.
//!
//! Takes text; says what keeps it from being an address. The address stands in the head of pages, in the sitemap, in feeds and
//! in `robots.txt`, where a line break would begin a line of its own.

use crate::finding::{Message, message};

/// What is wrong with an address of a site; `None`: it is one. `http://` is one as well, for a site that is not published:
/// see [`is_insecure`].
#[must_use]
pub fn base_url_fault(address: &str) -> Option<Message> {
    let Some(rest) = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
    else {
        return Some(message::base_url_scheme());
    };
    if rest.contains(['?', '#']) {
        return Some(message::base_url_rest());
    }
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._~/%:".contains(c);
    if !rest.chars().all(is_allowed) {
        return Some(message::base_url_sign());
    }
    let host = rest.split('/').next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_label = |label: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_part)
    };
    let is_host = name.split('.').all(is_label) && (name.contains('.') || is_insecure(address) || name == "localhost");
    (!is_host || port.parse::<u16>().is_err()).then(message::base_url_host)
}

/// Whether an address is one that others can read and change on the way, so that nothing is published there.
#[must_use]
pub fn is_insecure(address: &str) -> bool {
    address.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::base_url_fault;

    #[test]
    fn only_whole_addresses_are_right() {
        let right = [
            "https://rapport.region.se",
            "https://region.se/rapport/2026/",
            "https://x.se:8443/%C3%A5/",
            "http://localhost:8080/",
            "http://127.0.0.1/",
        ];
        let wrong = [
            "rapport.se/x y",
            "rapport.se",
            "javascript:alert(1)",
            "ftp://region.se/",
            "https://",
            "https://region",
            "https://region .se/",
            "https://region.se/x\nDisallow: /",
            "https://örebro.se/",
            "https://region.se/?x",
            "https://region.se/#x",
            "https://user@region.se/",
            "https://region..se/",
            "https://https://region.se/",
            "https://region.se:port/",
            "//region.se/",
            " https://region.se/",
            "https://region.se/\"><script>",
        ];
        assert!(right.iter().all(|address| base_url_fault(address).is_none()));
        assert_eq!(wrong.iter().find(|address| base_url_fault(address).is_none()), None);
    }
}
