//! A feed of events in the Atom format (RFC 4287).
//!
//! Takes entries in the order of the feed; gives XML. Events have a day but no time of day, which the format demands: midnight.

use crate::model::Settings;
use crate::page::report::Report;
use jiff::civil::Date;
use std::fmt::Write as _;

/// A feed of one language.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    /// Permanent id, see [`lasting_id`].
    pub(crate) id: String,
    pub(crate) title: String,
    /// Language code.
    pub(crate) language: String,
    /// The publisher.
    pub(crate) author: String,
    /// Absolute address of the feed; `None` when the site does not know its own.
    pub(crate) self_href: Option<String>,
    /// Address of the page with the same content; `None` when there is none.
    pub(crate) page: Option<String>,
    /// Day of the newest entry.
    pub(crate) updated: Date,
    /// Entries, newest first.
    pub(crate) entries: Vec<FeedEntry>,
}

/// An event in a feed.
#[derive(Clone, Debug)]
pub(crate) struct FeedEntry {
    /// Permanent id, see [`lasting_id`].
    pub(crate) id: String,
    pub(crate) title: String,
    /// Address of the page about the event.
    pub(crate) href: String,
    /// Day of the event.
    pub(crate) updated: Date,
    /// A few sentences of plain text.
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
    if let Some(self_href) = &feed.self_href {
        let _ = writeln!(
            xml,
            "  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
            clean(self_href)
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

/// Year in the tags of feeds, at which the publisher held its host name. Any will do, but it must never change: feed readers
/// would show every entry as new.
const TAG_YEAR: &str = "2026";

/// A permanent id: an absolute address where the site knows its own, else a tag (RFC 4151) of its publisher.
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

/// Host name of the publisher, else of the site, else a name that can never exist.
pub(super) fn authority(settings: &Settings) -> String {
    let host = |url: &str| {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', ':', '?', '#'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let is_plain = |host: &String| {
        !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
    };
    let host_name = [&settings.publisher_url, &settings.base_url]
        .into_iter()
        .map(|url| host(url))
        .find(is_plain);
    host_name.unwrap_or_else(|| "utsikt.invalid".to_owned())
}

/// Text escaped for XML, without the control characters that XML does not allow.
fn clean(text: &str) -> String {
    let allowed: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    crate::theme::escape(&allowed)
}

#[cfg(test)]
mod tests {
    use super::{Feed, FeedEntry, feed};
    use jiff::civil::date;

    fn example() -> Feed {
        let entry = FeedEntry {
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
            self_href: None,
            page: Some("index.html".to_owned()),
            updated: date(2026, 2, 2),
            entries: vec![entry],
        }
    }

    #[test]
    fn text_is_never_markup() {
        assert!(feed(&example()).contains("<title>Öppen: A &amp; &lt;B&gt;</title>"));
    }

    #[test]
    fn a_feed_has_its_own_address_only_when_the_site_knows_it() {
        assert!(!feed(&example()).contains("rel=\"self\""));
        let with_address = Feed {
            self_href: Some("https://example.se/samrad/feed.xml".to_owned()),
            ..example()
        };
        assert!(
            feed(&with_address)
                .contains("rel=\"self\" type=\"application/atom+xml\" href=\"https://example.se/samrad/feed.xml\"")
        );
    }
}
