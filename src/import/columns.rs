//! Headings of an export: how a column is found by its name, and what may be left behind without a word.

use super::label::plain;
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::{Column, Mapping};

/// Headings of columns that tell who somebody is. They stay behind unless a mapping names them.
const PRIVATE: [&str; 15] = [
    "address",
    "adress",
    "contact",
    "contact details",
    "ip",
    "ip address",
    "ipaddr",
    "ip_address",
    "kontakt",
    "kontaktuppgift",
    "kontaktuppgifter",
    "mail",
    "mobil",
    "name",
    "namn",
];
/// Words that tell who somebody is wherever a heading asks for them: `Din e-postadress`, `Personnummer (ÅÅMMDD-XXXX)`.
const PRIVATE_WORDS: [&str; 30] = [
    "anvandarnamn",
    "användarnamn",
    "e-mail",
    "e-mailadress",
    "e-post",
    "e-postadress",
    "efternamn",
    "email",
    "emailadress",
    "epost",
    "epostadress",
    "firstname",
    "förnamn",
    "gatuadress",
    "hemadress",
    "ip-adress",
    "lastname",
    "mailadress",
    "mobile",
    "mobilnummer",
    "mobiltelefon",
    "personnummer",
    "phone",
    "postadress",
    "surname",
    "telefon",
    "telefonnr",
    "telefonnummer",
    "telephone",
    "username",
];
/// Words of courtesy and possession round what a heading asks for.
const COURTESY: [&str; 30] = [
    "ange",
    "any",
    "ditt",
    "din",
    "dina",
    "er",
    "ert",
    "era",
    "fyll",
    "give",
    "gärna",
    "helst",
    "här",
    "i",
    "if",
    "like",
    "my",
    "om",
    "optional",
    "please",
    "skriv",
    "uppge",
    "valfritt",
    "vill",
    "vänligen",
    "you",
    "your",
    "du",
    "the",
    "would",
];
/// Words by which a question asks for what is the reader's own.
const POSSESSIVES: [&str; 9] = ["din", "ditt", "dina", "er", "ert", "era", "min", "my", "your"];
/// Words of a heading beyond which it is a question about the matter, not for it: `Hur ofta läser du e-post från oss?`.
const MOST_WORDS: usize = 6;

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
    let plain = plain(heading);
    let last = plain.rsplit('.').next().unwrap_or_default();
    if PRIVATE.contains(&plain.as_str()) || PRIVATE.contains(&last) {
        return true;
    }
    let before_brackets = plain.split(['(', '[']).next().unwrap_or_default();
    let words: Vec<&str> = before_brackets
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    // A question may be about e-mail; one for the reader's own says so.
    let is_about_reader = !plain.contains('?') || words.iter().any(|word| POSSESSIVES.contains(word));
    let is_asked_for =
        is_about_reader && words.len() <= MOST_WORDS && words.iter().any(|word| PRIVATE_WORDS.contains(word));
    let core: Vec<&str> = words.into_iter().filter(|word| !COURTESY.contains(word)).collect();
    let core = core.join(" ");
    is_asked_for || PRIVATE.contains(&core.as_str()) || ["first name", "last name"].contains(&core.as_str())
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
    pub(super) fn new<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
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
        let plain_name = plain(name);
        self.plain.iter().position(|heading| *heading == plain_name)
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
        let headings = Headings::new(["\u{feff}ID", "Vilka\u{a0}styrkor\nser ni?", "Namn", "Namn"]);
        assert_eq!(headings.find("vilka styrkor ser ni?"), Some(1));
        assert_eq!(headings.find("#4"), Some(3));
        assert_eq!(headings.find("#5"), None);
        assert_eq!((headings.name(2), headings.name(3)), ("Namn".into(), "#4".into()));
    }

    #[test]
    fn what_tells_who_somebody_is_is_known_by_its_heading() {
        assert!(is_private("E-post") && is_private("respondent.email") && is_private(" IP-adress "));
        for heading in [
            "Din e-postadress",
            "Vilken är din e-postadress?",
            "Personnummer (ÅÅMMDD-XXXX)",
            "Kontakt om du vill",
            "Ditt namn:",
            "Your first name (optional)",
            "Telefonnummer, gärna mobil",
        ] {
            assert!(is_private(heading), "{heading}");
        }
        for heading in [
            "Namn på kommunen",
            "Läser du e-post varje dag?",
            "Hur ofta vill du ha brev från oss per e-post?",
            "Vilka kontakter har du haft med regionen?",
            "Vad ska området få för namn?",
        ] {
            assert!(!is_private(heading), "{heading}");
        }
    }
}
