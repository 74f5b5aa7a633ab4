//! External links: compiled pages → addresses; a verdict on an address → a finding where its author wrote it.
//!
//! Only links that readers follow count, each address once and without the part after `#`: anchors of other sites are often
//! made by script, and to ask for them means to read whole pages. Nothing is asked here; `fetch/links` gives a [`Verdict`]
//! for each address. Good answers, and hosts that refuse machines, are remembered for a week, as a text that `disk/links`
//! keeps beside the output. A finding stands where the author wrote the address, else it names the page.

use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding};
use crate::page::Output;
use crate::read;
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
    /// The server refuses machines; whether a person can read it is not known.
    Closed(Closed),
    /// Something failed that may work another time.
    Unsure(Obstacle),
    /// No server answered at all.
    Unreached(Obstacle),
    /// An address that only works on some machine or network of one's own.
    Private,
}

/// How machines are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// By `robots.txt`.
    Robots,
    /// By the status of the answer.
    Status,
}

impl Closed {
    /// Both, by the words that are remembered.
    const NAMES: [(&'static str, Closed); 2] = [("robots", Closed::Robots), ("refused", Closed::Status)];

    fn message(self) -> Message {
        match self {
            Closed::Robots => message::robots_forbidden(),
            Closed::Status => message::machines_refused(),
        }
    }
}

/// Why an address could not be checked this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A redirect into a private network.
    PrivateNetwork,
    /// A redirect without an address.
    RedirectsNowhere,
    /// Too many redirects.
    RedirectsAgain,
    /// The server wants longer pauses than one waits.
    AsksToWait,
    /// A status of the server's own faults.
    ServerFault,
    /// No address that could be asked.
    AddressUnreadable,
    /// No library that could ask it.
    AddressUnaskable,
    /// No answer in time.
    Late,
    /// No host of this name.
    HostUnknown,
    /// The host takes no connections.
    HostClosed,
    /// A certificate that is wrong.
    Insecure,
    /// The connection broke off; it may hold the next time.
    Cut,
    /// None of the first hosts has answered, and this one was not asked.
    NoHostAnswers,
}

impl Obstacle {
    fn message(self) -> Message {
        match self {
            Obstacle::PrivateNetwork => message::server_private(),
            Obstacle::RedirectsNowhere => message::server_redirects_nowhere(),
            Obstacle::RedirectsAgain => message::server_redirects_again(),
            Obstacle::AsksToWait => message::server_asks_to_wait(),
            Obstacle::ServerFault => message::server_fault(),
            Obstacle::AddressUnreadable => message::address_unreadable(),
            Obstacle::AddressUnaskable => message::address_unaskable(),
            Obstacle::Late => message::server_late(),
            Obstacle::HostUnknown => message::host_unknown(),
            Obstacle::HostClosed => message::host_closed(),
            Obstacle::Insecure => message::connection_insecure(),
            Obstacle::Cut => message::connection_cut(),
            Obstacle::NoHostAnswers => message::no_host_answers(),
        }
    }
}

/// Every external address that the pages link to, once, sorted. Addresses under `base_url` are the site's own.
#[must_use]
pub fn links(outputs: &[Output], base_url: &str) -> Vec<Link> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for output in outputs
        .iter()
        .filter(|output| output.route.rsplit('.').next() == Some("html"))
    {
        let html = String::from_utf8_lossy(&output.bytes);
        for tag in html.split("<a ").skip(1).filter_map(|rest| rest.split('>').next()) {
            let Some(written) = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            let address = unescaped(written.split('#').next().unwrap_or_default());
            let is_web = ["http://", "https://"].iter().any(|start| address.starts_with(start));
            if is_web && (base_url.is_empty() || !address.starts_with(base_url)) {
                found.entry(address).or_insert_with(|| output.route.clone());
            }
        }
    }
    found
        .into_iter()
        .map(|(address, page)| Link { address, page })
        .collect()
}

/// What is to be said of a link; `None`: it is fine.
#[must_use]
pub fn finding(link: &Link, verdict: &Verdict, snapshot: &Snapshot) -> Option<Finding> {
    let written = place(&link.address, snapshot);
    let is_written = written.is_some();
    let found = |code| {
        written
            .map_or_else(|| Finding::general(code), |origin| Finding::new(code, origin))
            .with("value", &link.address)
    };
    let finding = match verdict {
        Verdict::Fine => return None,
        Verdict::Gone(status) => found(Code::LinkGone).with("status", status),
        Verdict::Moved(to) => found(Code::LinkMoved).with("to", to),
        Verdict::Closed(how) => found(Code::LinkClosed).with_message("reason", how.message()),
        Verdict::Unsure(why) | Verdict::Unreached(why) => found(Code::LinkUnsure).with_message("reason", why.message()),
        Verdict::Private => found(Code::LinkPrivate),
    };
    Some(if is_written {
        finding
    } else {
        finding.with("page", &link.page)
    })
}

/// The finding that nothing could be reached: `count` addresses at more than one host.
#[must_use]
pub fn offline(count: usize) -> Finding {
    Finding::general(Code::LinkOffline).with("count", count)
}

/// Where an author wrote the address: the first place in pages, else in data files. Answers to surveys are not searched.
fn place(address: &str, snapshot: &Snapshot) -> Option<Origin> {
    let answers = format!("{}/", read::answers_folder(snapshot).trim_end_matches('/'));
    let files = snapshot
        .under("content/", ".md")
        .chain(snapshot.under("data/", ".yaml"));
    // Markdown writes other letters as bytes, which an author hardly does.
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

/// What earlier runs remember, by address, with the day it was asked: what is not older than a week. A line that cannot be
/// read is not remembered.
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
            word => Verdict::Closed(Closed::NAMES.iter().find(|(name, _)| *name == word)?.1),
        };
        let age = day.until(today).ok()?.get_days();
        (0..DAYS)
            .contains(&age)
            .then(|| Some((parts.next()?.to_owned(), (day, verdict))))?
    };
    lines.filter_map(line).collect()
}

/// What the next run is to remember; empty when that is nothing.
#[must_use]
pub fn memory(known: &BTreeMap<String, (Date, Verdict)>) -> String {
    let mut text = String::new();
    for (address, (day, verdict)) in known
        .iter()
        .filter(|(address, _)| !address.contains(['\t', '\n', '\r']))
    {
        let word = match verdict {
            Verdict::Fine => Some("fine"),
            Verdict::Closed(how) => Closed::NAMES.iter().find(|(_, own)| own == how).map(|(word, _)| *word),
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
            place("https://b.se/a", &snapshot).and_then(|origin| origin.bytes()),
            Some((22, 36))
        );
        assert_eq!(place("https://c.se", &snapshot), None);
        snapshot.insert("data/b.yaml", "url: https://b.se/år".as_bytes());
        assert_eq!(
            place("https://b.se/%C3%A5r", &snapshot).and_then(|origin| origin.bytes()),
            Some((5, 21))
        );
    }

    #[test]
    fn good_answers_are_remembered_for_a_week() {
        let day = date(2026, 11, 23);
        let verdicts = [
            ("https://a.se", Verdict::Fine),
            ("https://b.se", Verdict::Closed(Closed::Status)),
        ];
        let bad = [
            ("https://c.se", Verdict::Gone(404)),
            ("https://d.se", Verdict::Unsure(Obstacle::Late)),
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
