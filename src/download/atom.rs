//! A feed of events in the Atom format (RFC 4287).
//!
//! Takes entries in the order they are to stand; gives XML. Days have no time of day: they are written as midnight, since
//! the format wants one.

use crate::model::Settings;
use crate::page::report::Report;
use jiff::civil::Date;
use std::fmt::Write as _;

/// A feed.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    /// An id that never changes.
    pub(crate) id: String,
    /// Title.
    pub(crate) title: String,
    /// Language code.
    pub(crate) language: String,
    /// Who publishes.
    pub(crate) author: String,
    /// Its own absolute address; `None` when it is not known.
    pub(crate) own: Option<String>,
    /// The page that tells the same; `None` when there is none.
    pub(crate) page: Option<String>,
    /// Day of the newest entry.
    pub(crate) updated: Date,
    /// Entries, newest first.
    pub(crate) entries: Vec<Entry>,
}

/// Something that has happened.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// An id that never changes.
    pub(crate) id: String,
    /// Title.
    pub(crate) title: String,
    /// The page about it.
    pub(crate) href: String,
    /// When it happened.
    pub(crate) updated: Date,
    /// In a few sentences; plain text.
    pub(crate) summary: String,
}

/// The feed as a file.
pub(crate) fn feed(feed: &Feed) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        clean(&feed.language)
    );
    // Writing to memory cannot fail.
    let _ = writeln!(
        xml,
        "  <id>{}</id>\n  <title>{}</title>",
        clean(&feed.id),
        clean(&feed.title)
    );
    let _ = writeln!(xml, "  <updated>{}T00:00:00Z</updated>", feed.updated);
    let _ = writeln!(xml, "  <author><name>{}</name></author>", clean(&feed.author));
    if let Some(own) = &feed.own {
        let _ = writeln!(
            xml,
            "  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
            clean(own)
        );
    }
    if let Some(page) = &feed.page {
        let _ = writeln!(
            xml,
            "  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
            clean(page)
        );
    }
    for entry in &feed.entries {
        let _ = write!(
            xml,
            "  <entry>\n    <id>{}</id>\n    <title>{}</title>\n    <updated>{}T00:00:00Z</updated>\n    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n    <summary>{}</summary>\n  </entry>\n",
            clean(&entry.id),
            clean(&entry.title),
            entry.updated,
            clean(&entry.href),
            clean(&entry.summary),
        );
    }
    xml.push_str("</feed>\n");
    xml
}

/// A tag names a time at which its maker held the name. Any will do, but it must never change, or readers see everything anew.
const TAG_YEAR: &str = "2026";

/// An id that lasts: an address where the site knows its own, else a tag (RFC 4151) of its publisher.
pub(crate) fn lasting_id(report: &Report<'_>, route: &str, event: Option<(&str, Date)>) -> String {
    let base_url = report.base_url;
    let mark = event.map(|(name, date)| format!("{name}-{date}"));
    if base_url.is_empty() {
        let since = event.map_or_else(|| TAG_YEAR.to_owned(), |(_, date)| date.to_string());
        let mark = mark.map(|mark| format!("/{mark}")).unwrap_or_default();
        format!("tag:{},{since}:{route}{mark}", authority(&report.site.settings))
    } else {
        let mark = mark.map(|mark| format!("#{mark}")).unwrap_or_default();
        format!("{base_url}{route}{mark}")
    }
}

/// The host of whoever publishes; a name that can never exist where none is given.
pub(super) fn authority(settings: &Settings) -> String {
    let host = |url: &str| {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', ':', '?', '#'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let is_plain =
        |host: &String| !host.is_empty() && host.bytes().all(|it| it.is_ascii_alphanumeric() || b".-".contains(&it));
    let named = [&settings.publisher_url, &settings.base_url]
        .into_iter()
        .map(|url| host(url))
        .find(is_plain);
    named.unwrap_or_else(|| "utsikt.invalid".to_owned())
}

/// Text as XML shows it, without the characters that XML cannot hold.
fn clean(text: &str) -> String {
    let held: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    crate::theme::escape(&held)
}

#[cfg(test)]
mod tests {
    use super::{Entry, Feed, feed};
    use jiff::civil::date;

    fn made() -> Feed {
        let entry = Entry {
            id: "tag:example.se,2026-02-02:samrad/a.html/opened-2026-02-02".to_owned(),
            title: "Öppen: A & <B>\u{1}".to_owned(),
            href: "a.html".to_owned(),
            updated: date(2026, 2, 2),
            summary: "Svara.".to_owned(),
        };
        Feed {
            id: "tag:example.se,2026:samrad/feed.xml".to_owned(),
            title: "Samråd".to_owned(),
            language: "sv".to_owned(),
            author: "Region".to_owned(),
            own: None,
            page: Some("index.html".to_owned()),
            updated: date(2026, 2, 2),
            entries: vec![entry],
        }
    }

    #[test]
    fn text_is_never_markup() {
        assert!(feed(&made()).contains("<title>Öppen: A &amp; &lt;B&gt;</title>"));
    }

    #[test]
    fn its_own_address_is_told_only_when_known() {
        assert!(!feed(&made()).contains("rel=\"self\""));
        let known = Feed {
            own: Some("https://example.se/samrad/feed.xml".to_owned()),
            ..made()
        };
        assert!(
            feed(&known)
                .contains("rel=\"self\" type=\"application/atom+xml\" href=\"https://example.se/samrad/feed.xml\"")
        );
    }
}
