//! Headings of an export: how a column is found by its name, and what may be left behind without a word.

use super::label::plain;
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::{Column, Mapping};

/// Headings of columns that tell who somebody is. They stay behind unless a mapping names them.
const PRIVATE: [&str; 30] = [
    "address",
    "adress",
    "anvandarnamn",
    "användarnamn",
    "e-mail",
    "e-mail address",
    "e-post",
    "e-postadress",
    "efternamn",
    "email",
    "email address",
    "epost",
    "first name",
    "förnamn",
    "ip",
    "ip address",
    "ip-adress",
    "ipaddr",
    "ip_address",
    "last name",
    "mail",
    "mobil",
    "mobile",
    "name",
    "namn",
    "personnummer",
    "phone",
    "telefon",
    "telefonnummer",
    "username",
];
/// Headings of columns that tools add for themselves.
const TECHNICAL: [&str; 16] = [
    "start time",
    "starttid",
    "last modified time",
    "tid för senaste ändring",
    "senast ändrad",
    "lastpage",
    "senaste sidan",
    "last page",
    "seed",
    "startdate",
    "date started",
    "datestamp",
    "date last action",
    "refurl",
    "referrer url",
    "user agent",
];

/// Whether a column of this name tells who somebody is.
pub(super) fn is_private(heading: &str) -> bool {
    let own = plain(heading);
    let last = own.rsplit('.').next().unwrap_or_default();
    PRIVATE.contains(&own.as_str()) || PRIVATE.contains(&last)
}

/// Whether a column of this name is the tool's own.
pub(super) fn is_technical(heading: &str) -> bool {
    TECHNICAL.contains(&plain(heading).as_str())
}

/// The headings of a table.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// As they are written, on one line.
    pub(super) written: Vec<String>,
    plain: Vec<String>,
}

impl Headings {
    pub(super) fn of<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
        let spaced = |cell: &str| {
            cell.trim_start_matches('\u{feff}')
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let written: Vec<String> = cells.into_iter().map(spaced).collect();
        Self {
            plain: written.iter().map(|heading| plain(heading)).collect(),
            written,
        }
    }

    /// The column of this name, or of this number (`#3` is the third).
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        if let Some(number) = name
            .strip_prefix('#')
            .and_then(|number| number.trim().parse::<usize>().ok())
        {
            return number.checked_sub(1).filter(|at| *at < self.written.len());
        }
        let wanted = plain(name);
        self.plain.iter().position(|heading| *heading == wanted)
    }

    /// The name that finds this very column: its heading, or its number where another has the same.
    pub(super) fn name(&self, column: usize) -> String {
        let heading = &self.written[column];
        let is_plain = !heading.is_empty() && !heading.starts_with('#') && self.find(heading) == Some(column);
        if is_plain {
            heading.clone()
        } else {
            format!("#{}", column + 1)
        }
    }

    /// Whether another column has the same heading.
    fn is_doubled(&self, column: usize) -> bool {
        self.plain
            .iter()
            .filter(|heading| **heading == self.plain[column])
            .count()
            > 1
    }

    /// The column that a mapping names, or a finding.
    pub(super) fn resolve(&self, (name, origin): &Column, log: &Log) -> Option<usize> {
        let found = self.find(name);
        let fault = |expected: Message| {
            Finding::new(Code::ImportMapping, origin.clone())
                .with_message("expected", expected)
                .with("value", name)
        };
        match found {
            None => log.add(fault(message::a_column()).near(name, self.written.iter().map(String::as_str))),
            Some(at) if !name.starts_with('#') && self.is_doubled(at) => {
                log.add(fault(message::single_column()));
            }
            Some(_) => {}
        }
        found
    }

    /// The column that a mapping names for a question, whose answers may be published. One whose heading says that it tells
    /// who somebody is, is a finding.
    pub(super) fn resolve_public(&self, column: &Column, question: &str, log: &Log) -> Option<usize> {
        let at = self.resolve(column, log)?;
        if is_private(&self.written[at]) {
            let finding = Finding::new(Code::ImportPersonal, column.1.clone());
            log.add(finding.with("column", self.name(at)).with("value", question));
            return None;
        }
        Some(at)
    }

    /// Columns that nobody has named, with something in them or not. Those that tell who somebody is and those that are the
    /// tool's own are left out; they are given second.
    pub(super) fn unnamed(&self, mapping: &Mapping) -> (Vec<usize>, Vec<usize>) {
        let named: Vec<usize> = mapping.all_columns().filter_map(|(name, _)| self.find(name)).collect();
        let rest = (0..self.written.len()).filter(|at| !named.contains(at));
        rest.partition(|at| !is_private(&self.written[*at]) && !is_technical(&self.written[*at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_or_number() {
        let headings = Headings::of(["\u{feff}ID", "Vilka\u{a0}styrkor\nser ni?", "Namn", "Namn"]);
        assert_eq!(headings.find("vilka styrkor ser ni?"), Some(1));
        assert_eq!(headings.find("#4"), Some(3));
        assert_eq!(headings.find("#5"), None);
        assert_eq!((headings.name(2), headings.name(3)), ("Namn".into(), "#4".into()));
    }

    #[test]
    fn what_tells_who_somebody_is_is_known_by_its_heading() {
        assert!(is_private("E-post") && is_private("respondent.email") && is_private(" IP-adress "));
        assert!(!is_private("Namn på kommunen"));
    }
}
