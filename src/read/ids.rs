//! Ids: which text can be one, how a word is made into one, and that none stands twice.

use crate::finding::{Code, Finding, Log};
use crate::source::Origin;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Whether this can be an id. Ids are file names and addresses: lower-case ASCII letters, digits and hyphens.
#[must_use]
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The finding about text that cannot be an id, with an id that it may be meant as. `argument` is what the code calls it.
pub(super) fn id_fault(code: Code, argument: &'static str, text: &str, origin: Origin) -> Finding {
    let finding = Finding::new(code, origin).with(argument, text);
    match anchor(text) {
        near if is_id(&near) => finding.with("near", near),
        _ => finding,
    }
}

/// Reports every id that an earlier one of the list is equal to.
pub(super) fn unique<'a>(ids: impl IntoIterator<Item = (&'a str, Origin)>, log: &Log) {
    let mut first_of: BTreeMap<&str, Origin> = BTreeMap::new();
    for (id, origin) in ids {
        if let Some(first) = first_of.get(id) {
            let finding = Finding::new(Code::DuplicateId, origin).with("value", id);
            log.add(finding.beside(first.clone()));
        } else {
            first_of.insert(id, origin);
        }
    }
}

/// An address part made of a word: lower case without accents and rings, Latin letters of their own as those they are nearest
/// to, `+` as "plus", the rest hyphens. Letters of other alphabets stay as they are, so that no word becomes empty.
pub(crate) fn anchor(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let lower = text.to_lowercase();
    let is_accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    for c in lower.nfkd().filter(|c| !is_accent(c)).nfc() {
        match c {
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ŋ' => out.push('n'),
            'ł' => out.push('l'),
            'ŧ' => out.push('t'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            'þ' => out.push_str("th"),
            '+' => out.push_str("plus"),
            c if c.is_alphanumeric() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::anchor;

    #[test]
    fn swedish_words_make_addresses() {
        assert_eq!(anchor("Örebro län"), "orebro-lan");
        assert_eq!(anchor("BRP+"), "brpplus");
        assert_eq!(anchor("Vad saknas?"), "vad-saknas");
        assert_eq!(anchor("CO₂ per m²"), "co2-per-m2");
    }

    #[test]
    fn letters_of_other_languages_are_not_lost() {
        assert_eq!(anchor("Čáhppes gievra đ ŋ š"), "cahppes-gievra-d-n-s");
        assert_eq!(anchor("المدينة القديمة"), "المدينة-القديمة");
        assert_eq!(anchor("Ёлка"), "елка");
        assert_eq!(anchor("한국 어"), "한국-어");
    }
}
