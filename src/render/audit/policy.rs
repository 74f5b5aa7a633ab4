//! A page's own content security policy, and what it forbids of what an author's HTML loads.

use crate::html::{Tag, tags};
use crate::render::markdown::{LoadKind, LoadSource};

/// The sources that a page allows, by directive.
#[derive(Debug, Default)]
pub(super) struct Policy(Vec<(String, Vec<String>)>);

impl Policy {
    /// The policy in a page's head; without one everything is allowed.
    pub(super) fn of_page(html: &str) -> Self {
        let head = html.find("</head>").map_or(html, |end| &html[..end]);
        let is_policy = |tag: &Tag<'_>| tag.opens("meta") && tag.has_word("http-equiv", "Content-Security-Policy");
        let Some(tag) = tags(head).find(is_policy) else {
            return Self::default();
        };
        let content = tag.attribute("content").map_or("", |content| content.value);
        let directives = content.split(';').filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace().map(str::to_ascii_lowercase);
            Some((words.next()?, words.collect()))
        });
        Self(directives.collect())
    }

    /// Whether the page may load or run this.
    pub(super) fn allows(&self, kind: LoadKind, source: &LoadSource) -> bool {
        let names: &[&str] = match kind {
            LoadKind::Script => &["script-src", "default-src"],
            LoadKind::Style => &["style-src", "default-src"],
            LoadKind::Image => &["img-src", "default-src"],
            LoadKind::Media => &["media-src", "default-src"],
            LoadKind::Frame => &["frame-src", "child-src", "default-src"],
            LoadKind::Object => &["object-src", "default-src"],
            LoadKind::Form => &["form-action"],
        };
        let directive = |name: &&str| self.0.iter().find(|(own, _)| own == name);
        let Some((_, allowed)) = names.iter().find_map(directive) else {
            return true;
        };
        allowed.iter().any(|allowed| match source {
            LoadSource::Inline if matches!(kind, LoadKind::Script | LoadKind::Style) => allowed == "'unsafe-inline'",
            // An object or frame without an address loads nothing.
            LoadSource::Inline => allowed != "'none'",
            LoadSource::Site => allowed == "'self'" || allowed == "*",
            LoadSource::Outside(address) => matches(allowed, &address.to_ascii_lowercase()),
        })
    }
}

/// Whether a source of a policy covers an address outside the site.
fn matches(allowed: &str, address: &str) -> bool {
    let (scheme, rest) = address.split_once(':').unwrap_or(("https", address));
    if let Some(own) = allowed.strip_suffix(':') {
        return own == scheme;
    }
    if allowed == "*" {
        return scheme != "data";
    }
    let (own_scheme, own_place) = allowed.split_once("://").unwrap_or((scheme, allowed));
    let own_host = own_place.split(['/', ':']).next().unwrap_or_default();
    let host = rest
        .trim_start_matches('/')
        .split(['/', ':', '?', '#'])
        .next()
        .unwrap_or_default();
    let is_host = match own_host.strip_prefix("*.") {
        Some(domain) => host.strip_suffix(domain).is_some_and(|left| left.ends_with('.')),
        None => own_host == host,
    };
    own_scheme == scheme && is_host
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(policy: &str, kind: LoadKind, address: &str) -> bool {
        let page = format!("<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"></head>");
        Policy::of_page(&page).allows(kind, &LoadSource::Outside(address.to_owned()))
    }

    #[test]
    fn what_the_policy_names_may_be_loaded() {
        let policy = "default-src 'none'; frame-src https://www.youtube.com *.vimeo.com; img-src 'self' data:";
        assert!(allows(policy, LoadKind::Frame, "https://www.youtube.com/embed/x"));
        assert!(allows(policy, LoadKind::Frame, "https://player.vimeo.com/1"));
        assert!(!allows(policy, LoadKind::Frame, "https://vimeo.com.example/1"));
        assert!(allows(policy, LoadKind::Image, "data:image/png;base64,"));
        assert!(!allows(policy, LoadKind::Image, "https://example.org/x.png"));
        assert!(!allows(policy, LoadKind::Media, "https://example.org/x.mp4"));
        assert!(allows(policy, LoadKind::Form, "https://example.org/"));
    }

    #[test]
    fn what_stands_in_the_page_needs_its_own_word() {
        let page = "<head><meta http-equiv=Content-Security-Policy content=\"script-src 'self'; style-src 'unsafe-inline'\"></head>";
        let policy = Policy::of_page(page);
        assert!(!policy.allows(LoadKind::Script, &LoadSource::Inline));
        assert!(policy.allows(LoadKind::Script, &LoadSource::Site));
        assert!(policy.allows(LoadKind::Style, &LoadSource::Inline));
        assert!(Policy::of_page("<p>").allows(LoadKind::Script, &LoadSource::Inline));
    }
}
