//! What publishers' symbols and letters mean.
//!
//! Takes what stands at a figure and the dialect it is written in; gives a reason why there is no number, flags and
//! remarks, or what nobody knows. What the user has said about a symbol goes before the dialect.

use super::model::Dialect;
use crate::model::{Flags, Reason};

/// What a symbol or the letters at a figure say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Why there is no number.
    pub(super) reason: Option<Reason>,
    /// Whether it stands for nothing at all, which is a number: zero.
    pub(super) zero: bool,
    /// What is said of the number.
    pub(super) flags: Flags,
    /// Remarks, in the order of the letters, by their key.
    pub(super) remarks: Vec<Remark>,
}

/// What there is no flag for, but the reader must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Uncertain.
    Uncertain,
    /// Defined otherwise than the other figures.
    Differs,
    /// The plain mean of so many members.
    Mean(u32),
}

impl Remark {
    /// In the language of a site.
    pub(super) fn text(self, language: &str) -> String {
        match (self, language) {
            (Remark::Uncertain, "sv") => "osäkert värde enligt källan".to_owned(),
            (Remark::Uncertain, _) => "uncertain figure, says the source".to_owned(),
            (Remark::Differs, "sv") => "annan definition än övriga värden enligt källan".to_owned(),
            (Remark::Differs, _) => "other definition than the other figures, says the source".to_owned(),
            (Remark::Mean(members), "sv") => format!("ovägt medelvärde av {members}"),
            (Remark::Mean(members), _) => format!("unweighted mean of {members}"),
        }
    }
}

/// What this status means; `None` when nobody has said.
pub(super) fn meaning(status: &str, dialect: Dialect, chosen: &[(String, String)]) -> Option<Meaning> {
    let status = status.trim();
    if status.is_empty() {
        return Some(Meaning::default());
    }
    if let Some((_, word)) = chosen.iter().find(|(symbol, _)| symbol == status) {
        return word_meaning(word);
    }
    match dialect {
        Dialect::Kolada => kolada(status).map(because),
        Dialect::Office => office(status),
        Dialect::Own => {
            let words = status.split('|').map(str::trim).filter(|word| !word.is_empty());
            let known: Option<Vec<Meaning>> = words.map(|word| word_meaning(word).or_else(|| dots(word))).collect();
            known.map(|all| all.into_iter().fold(Meaning::default(), Meaning::and))
        }
    }
}

/// A word of the site's own data files: a reason, a flag, or `zero`.
pub(super) fn word_meaning(word: &str) -> Option<Meaning> {
    if let Some((_, reason)) = Reason::NAMES.iter().find(|(name, _)| *name == word) {
        return Some(because(*reason));
    }
    let mut meaning = Meaning {
        zero: word == "zero",
        ..Meaning::default()
    };
    (meaning.zero || meaning.flags.set(word)).then_some(meaning)
}

impl Meaning {
    fn and(mut self, other: Self) -> Self {
        // That it is confidential says more than that it is not there.
        self.reason = self
            .reason
            .filter(|reason| *reason != Reason::Unavailable)
            .or(other.reason)
            .or(self.reason);
        self.zero |= other.zero;
        self.flags.provisional |= other.flags.provisional;
        self.flags.estimated |= other.flags.estimated;
        self.flags.revised |= other.flags.revised;
        self.flags.breaks |= other.flags.breaks;
        self.remarks.extend(other.remarks);
        self
    }
}

fn because(reason: Reason) -> Meaning {
    Meaning {
        reason: Some(reason),
        ..Meaning::default()
    }
}

/// Kolada: the status of its API, and the symbols of its web site (`-` bortfall, `.` ej tillämplig, `..` sekretess).
fn kolada(status: &str) -> Option<Reason> {
    match status.to_lowercase().as_str() {
        "missing" | "-" => Some(Reason::Unavailable),
        "not applicable" | "notapplicable" | "." => Some(Reason::NotApplicable),
        "private" | "secret" | "confidential" | ".." => Some(Reason::Suppressed),
        _ => None,
    }
}

fn dots(symbol: &str) -> Option<Meaning> {
    match symbol {
        ".." => Some(because(Reason::Unavailable)),
        "." => Some(because(Reason::NotApplicable)),
        _ => None,
    }
}

/// Statistical offices: dots as PX files have them (`.` cannot occur, `..` not available or too uncertain, `...`
/// confidential, `-` nothing, which is zero), and the letters of Eurostat's observation flags.
fn office(status: &str) -> Option<Meaning> {
    match status {
        "-" | "\u{2013}" => {
            return Some(Meaning {
                zero: true,
                ..Meaning::default()
            });
        }
        "..." => return Some(because(Reason::Suppressed)),
        _ => {}
    }
    if let Some(meaning) = dots(status) {
        return Some(meaning);
    }
    let letters = status.chars().filter(|c| !c.is_whitespace() && *c != ',');
    let known: Option<Vec<Meaning>> = letters.map(letter).collect();
    known.map(|all| all.into_iter().fold(Meaning::default(), Meaning::and))
}

fn letter(letter: char) -> Option<Meaning> {
    let mut meaning = Meaning::default();
    match letter {
        ':' => meaning.reason = Some(Reason::Unavailable),
        'c' => meaning.reason = Some(Reason::Suppressed),
        'z' => meaning.reason = Some(Reason::NotApplicable),
        'p' => meaning.flags.provisional = true,
        'e' | 's' | 'f' => meaning.flags.estimated = true,
        'r' => meaning.flags.revised = true,
        'b' => meaning.flags.breaks = true,
        'u' | 'n' => meaning.remarks.push(Remark::Uncertain),
        'd' => meaning.remarks.push(Remark::Differs),
        _ => return None,
    }
    Some(meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(status: &str, dialect: Dialect) -> Option<Reason> {
        meaning(status, dialect, &[]).and_then(|meaning| meaning.reason)
    }

    #[test]
    fn the_same_symbol_means_different_things() {
        assert_eq!(reason("..", Dialect::Kolada), Some(Reason::Suppressed));
        assert_eq!(reason("..", Dialect::Office), Some(Reason::Unavailable));
        assert_eq!(reason("-", Dialect::Kolada), Some(Reason::Unavailable));
        assert!(meaning("-", Dialect::Office, &[]).unwrap().zero);
        assert_eq!(meaning("-", Dialect::Own, &[]), None);
    }

    #[test]
    fn letters_add_up() {
        let both = meaning("bp", Dialect::Office, &[]).unwrap();
        assert!(both.flags.breaks && both.flags.provisional && both.reason.is_none());
        assert_eq!(reason(":c", Dialect::Office), Some(Reason::Suppressed));
        assert_eq!(meaning("bq", Dialect::Office, &[]), None);
    }

    #[test]
    fn what_the_user_says_goes_first() {
        let chosen = [("-".to_owned(), "suppressed".to_owned())];
        assert_eq!(
            meaning("-", Dialect::Office, &chosen).unwrap().reason,
            Some(Reason::Suppressed)
        );
    }
}
