//! Ids: which text can be one, how a word is made into one, and that none stands twice.

use crate::finding::{Code, Finding, Log};
use crate::source::Origin;
use std::collections::BTreeMap;

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
        near if near.is_empty() => finding,
        near => finding.with("near", near),
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

/// An address part made of a word: lower case, å and ä as a, ö as o, `+` as "plus", the rest hyphens.
pub(crate) fn anchor(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'å' | 'ä' | 'à' | 'á' => out.push('a'),
            'ö' | 'ø' => out.push('o'),
            'é' | 'è' => out.push('e'),
            'ü' => out.push('u'),
            '+' => out.push_str("plus"),
            '₂' => out.push('2'),
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
    }
}
