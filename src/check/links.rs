//! External links: compiled pages → addresses; a verdict on an address → a finding where its author wrote it.
//!
//! Only links that readers follow count, each address once and without the part after `#`: anchors of other sites are often
//! made by script, and to ask for them means to read whole pages. Nothing is asked here; [`crate::fetch::links`] gives a
//! [`Verdict`] for each address. Good answers, and hosts that refuse machines, are remembered for a week, as a text that
//! `disk/links` keeps beside the output. A finding stands where the author wrote the address, else it names the page.

use crate::finding::{Code, Finding};
use crate::read;
use crate::render::Output;
use crate::source::{Origin, Snapshot};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Days for which a good answer is trusted.
const DAYS: i32 = 7;
/// First line of the memory.
const HEAD: &str = "utsikt links 1";

/// An address outside the site that some page links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address, without what follows `#`.
    pub address: String,
    /// The first page that has it.
    pub page: String,
}

/// The result of asking for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    Fine,
    /// It is not there and will not come back: the status, 404 or 410.
    Gone(u16),
    /// It has moved for good: the new address.
    Moved(String),
    /// The server refuses machines; whether a person can read it is not known. The reason.
    Closed(&'static str),
    /// Something failed that may work another time. The reason.
    Unsure(&'static str),
    /// No server answered at all. The reason.
    Unreached(&'static str),
    /// An address that only works on some machine or network of one's own.
    Private,
}

/// Every external address that the pages link to, once, sorted. Addresses under `base_url` are the site's own.
#[must_use]
pub fn links(outputs: &[Output], base_url: &str) -> Vec<Link> {
    let mut page_of: BTreeMap<String, String> = BTreeMap::new();
    for output in outputs
        .iter()
        .filter(|output| output.route.rsplit('.').next() == Some("html"))
    {
        let html = String::from_utf8_lossy(&output.bytes);
        for tag in html.split("<a ").skip(1).filter_map(|rest| rest.split('>').next()) {
            let Some(href) = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            let address = unescaped(href.split('#').next().unwrap_or_default());
            let is_web = ["http://", "https://"].iter().any(|start| address.starts_with(start));
            if is_web && (base_url.is_empty() || !address.starts_with(base_url)) {
                page_of.entry(address).or_insert_with(|| output.route.clone());
            }
        }
    }
    page_of
        .into_iter()
        .map(|(address, page)| Link { address, page })
        .collect()
}

/// The finding about a link; `None` when it is fine.
#[must_use]
pub fn finding(link: &Link, verdict: &Verdict, snapshot: &Snapshot) -> Option<Finding> {
    let (code, arguments) = match verdict {
        Verdict::Fine => return None,
        Verdict::Gone(status) => (Code::LinkGone, vec![("status", status.to_string())]),
        Verdict::Moved(to) => (Code::LinkMoved, vec![("to", to.clone())]),
        Verdict::Closed(reason) => (Code::LinkClosed, vec![("reason", (*reason).to_owned())]),
        Verdict::Unsure(reason) | Verdict::Unreached(reason) => {
            (Code::LinkUnsure, vec![("reason", (*reason).to_owned())])
        }
        Verdict::Private => (Code::LinkPrivate, Vec::new()),
    };
    let origin = origin(&link.address, snapshot);
    let page = origin.is_none().then_some(&link.page);
    let mut finding = origin.map_or_else(|| Finding::general(code), |origin| Finding::new(code, origin));
    finding = finding.with("value", &link.address);
    finding.arguments.extend(arguments);
    Some(match page {
        Some(page) => finding.with("page", page),
        None => finding,
    })
}

/// The finding that nothing could be reached: `count` addresses at more than one host.
#[must_use]
pub fn offline(count: usize) -> Finding {
    Finding::general(Code::LinkOffline).with("count", count)
}

/// The place at which an author wrote the address: the first in pages, else in data files. Answers to surveys are not searched.
fn origin(address: &str, snapshot: &Snapshot) -> Option<Origin> {
    let answers = format!("{}/", read::answers_folder(snapshot).trim_end_matches('/'));
    let files = snapshot
        .under("content/", ".md")
        .chain(snapshot.under("data/", ".yaml"));
    // Rendered Markdown has other letters as bytes, which an author hardly writes.
    let forms = [Some(address.to_owned()), decoded(address)];
    let forms: Vec<&str> = forms.iter().flatten().map(String::as_str).collect();
    files.filter(|file| !file.path.starts_with(&answers)).find_map(|file| {
        let text = file.text().ok()?;
        let mut hits = forms
            .iter()
            .flat_map(|form| text.match_indices(form).map(|(at, _)| at..at + form.len()));
        hits.find(|hit| ends(&text[hit.end..]))
            .map(|hit| Origin::span(&file.path, hit))
    })
}

/// The address with `%C3%A5` as `å`; `None`: there is nothing of the kind in it.
fn decoded(address: &str) -> Option<String> {
    let mut parts = address.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(code, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok().filter(|decoded| decoded != address)
}

/// Whether an address ends before this text, rather than going on in it.
fn ends(rest: &str) -> bool {
    let mut rest = rest.chars();
    match rest.next() {
        Some('.' | ',' | ';' | ':' | '!' | '?' | ')') => !rest.next().is_some_and(char::is_alphanumeric),
        Some(next) => !(next.is_alphanumeric() || "/=&-_%~+@$*".contains(next)),
        None => true,
    }
}

/// The text of an attribute as it is meant.
fn unescaped(attribute: &str) -> String {
    let plain = attribute
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'");
    plain
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&")
}

/// The verdicts of earlier runs that are not older than a week, by address, each with the day it was asked. A line that cannot
/// be read is left out.
#[must_use]
pub fn remembered(memory: &str, today: Date) -> BTreeMap<String, (Date, Verdict)> {
    let mut lines = memory.lines();
    if lines.next() != Some(HEAD) {
        return BTreeMap::new();
    }
    let line = |line: &str| {
        let mut parts = line.split('\t');
        let day: Date = parts.next()?.parse().ok()?;
        let verdict = match parts.next()? {
            "fine" => Verdict::Fine,
            word => Verdict::Closed(CLOSED.iter().find(|(other, _)| *other == word)?.1),
        };
        let age = day.until(today).ok()?.get_days();
        (0..DAYS)
            .contains(&age)
            .then(|| Some((parts.next()?.to_owned(), (day, verdict))))?
    };
    lines.filter_map(line).collect()
}

/// The memory for the next run; empty when there is nothing to remember.
#[must_use]
pub fn memory(known: &BTreeMap<String, (Date, Verdict)>) -> String {
    let mut text = String::new();
    for (address, (day, verdict)) in known
        .iter()
        .filter(|(address, _)| !address.contains(['\t', '\n', '\r']))
    {
        let word = match verdict {
            Verdict::Fine => Some("fine"),
            Verdict::Closed(reason) => CLOSED.iter().find(|(_, other)| other == reason).map(|(word, _)| *word),
            _ => None,
        };
        if let Some(word) = word {
            for part in [&day.to_string(), "\t", word, "\t", address.as_str(), "\n"] {
                text.push_str(part);
            }
        }
    }
    if text.is_empty() {
        text
    } else {
        format!("{HEAD}\n{text}")
    }
}

/// Reasons for which machines are refused: as remembered, and as in findings.
pub const CLOSED: [(&str, &str); 2] = [
    ("robots", "the host asks machines to stay away"),
    ("refused", "the server refuses machines"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn output(route: &str, html: &str) -> Output {
        Output {
            route: route.to_owned(),
            bytes: html.as_bytes().into(),
        }
    }

    #[test]
    fn each_external_address_is_found_once() {
        let outputs = [
            output(
                "a.html",
                "<a class=\"x\" href=\"https://b.se/?a=1&amp;b=2#c\">b</a> <link href=\"https://x.se\">",
            ),
            output(
                "b.html",
                "<a href=\"https://b.se/?a=1&amp;b=2\"> <a href=\"a.html\"> <a href=\"https://own.se/a\">",
            ),
            output("c.xml", "<a href=\"https://feed.se/\">"),
        ];
        let found = links(&outputs, "https://own.se/");
        assert_eq!(
            found,
            [Link {
                address: "https://b.se/?a=1&b=2".into(),
                page: "a.html".into()
            }]
        );
    }

    #[test]
    fn the_author_s_own_line_is_found_and_no_longer_address() {
        let mut snapshot = Snapshot::default();
        snapshot.insert("content/a.md", "[x](https://b.se/aa), https://b.se/a.".as_bytes());
        snapshot.insert("data/answers/c/quotes.yaml", "https://c.se".as_bytes());
        assert_eq!(
            origin("https://b.se/a", &snapshot).and_then(|origin| origin.bytes()),
            Some((22, 36))
        );
        assert_eq!(origin("https://c.se", &snapshot), None);
        snapshot.insert("data/b.yaml", "url: https://b.se/år".as_bytes());
        assert_eq!(
            origin("https://b.se/%C3%A5r", &snapshot).and_then(|origin| origin.bytes()),
            Some((5, 21))
        );
    }

    #[test]
    fn good_answers_are_remembered_for_a_week() {
        let day = date(2026, 11, 23);
        let verdicts = [
            ("https://a.se", Verdict::Fine),
            ("https://b.se", Verdict::Closed(CLOSED[1].1)),
        ];
        let bad = [
            ("https://c.se", Verdict::Gone(404)),
            ("https://d.se", Verdict::Unsure("x")),
        ];
        let all = verdicts
            .iter()
            .chain(&bad)
            .map(|(address, it)| ((*address).to_owned(), (day, it.clone())));
        let text = memory(&all.collect());
        let known = |today| {
            remembered(&text, today)
                .into_values()
                .map(|(_, it)| it)
                .collect::<Vec<_>>()
        };
        assert_eq!(known(date(2026, 11, 29)), verdicts.map(|(_, it)| it));
        assert_eq!(known(date(2026, 11, 30)), []);
        assert_eq!(known(date(2026, 11, 22)), []);
        assert!(remembered("utsikt links 0\n2026-11-23\tfine\thttps://a.se\n", day).is_empty());
        assert!(remembered("utsikt links 1\n2026-11-23\tfi", day).is_empty());
    }
}
