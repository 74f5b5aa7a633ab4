//! Whether a source's name for a place can be that of the site's place with the same code.
//!
//! Codes are short and used anew by every country; a name tells whose they are. Names need not be equal: `Örebro`, `Örebro
//! län` and `Region Örebro län` are one, and a country has many.

use crate::model::{Level, Place, PlaceId, Places};

/// Words that say what kind of place it is, in the languages that the sources of a Swedish region use.
const KINDS: [&str; 16] = [
    "län",
    "läns",
    "lan",
    "kommun",
    "kommuns",
    "stad",
    "stads",
    "region",
    "regionen",
    "landskap",
    "county",
    "counties",
    "municipality",
    "city",
    "the",
    "of",
];
/// What a country is called where its own name is not used.
const COUNTRY: [&str; 9] = [
    "riket",
    "hela riket",
    "landet",
    "hela landet",
    "sverige",
    "sweden",
    "the country",
    "total",
    "totalt",
];
/// Names of fewer letters are abbreviations, which say nothing.
const SHORTEST: usize = 3;

/// How a name fits the place of the code that it stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameFit {
    /// It is the place's own, or its beginning.
    Own,
    /// It is too short to tell, or no name.
    Unclear,
    /// It is another's.
    Other,
}

/// How this name fits this place.
pub(super) fn name_fit(name: &str, id: PlaceId, places: &Places) -> NameFit {
    let place = &places[id];
    let written = name.trim().to_lowercase();
    let is_country = place.level == Level::Country && COUNTRY.contains(&written.as_str());
    if written.is_empty() || is_country || names(place).any(|own| own.to_lowercase() == written) {
        return NameFit::Own;
    }
    // An abbreviation; of numbers, one is no part of another.
    let begins_with_letter = written.starts_with(char::is_alphabetic);
    if begins_with_letter && names(place).any(|own| own.to_lowercase().starts_with(&written)) {
        return NameFit::Own;
    }
    let core = core(&written);
    if core.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST {
        return NameFit::Unclear;
    }
    let fits = |own: &str| {
        let own = self::core(&own.to_lowercase());
        own.chars().count() >= SHORTEST && (own.contains(&core) || core.contains(&own))
    };
    if names(place).any(fits) {
        NameFit::Own
    } else {
        NameFit::Other
    }
}

/// All that the site calls a place, its codes among it.
fn names(place: &Place) -> impl Iterator<Item = &str> {
    let texts = place.name.all().chain(place.short.all()).chain(place.in_text.all());
    texts
        .chain(place.aliases.iter().map(String::as_str))
        .chain([place.code.as_str()])
        .filter(|name| !name.is_empty())
}

/// The words that set a place apart from others of its kind, without the genitive's s: `örebro` of `Örebro läns`.
fn core(name: &str) -> String {
    let before_brackets = name.split(['(', '[']).next().unwrap_or_default();
    let words = before_brackets.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !KINDS.contains(word) && !word.bytes().all(|byte| byte.is_ascii_digit()));
    let stems = words.map(|word| match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() >= SHORTEST => stem,
        _ => word,
    });
    stems.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;
    use crate::source::Origin;

    fn places() -> (Places, [PlaceId; 3]) {
        let mut places = Places::default();
        let mut add = |code: &str, name: &str, level| {
            let place = Place {
                code: code.to_owned(),
                name: Text::plain(name),
                short: Text::default(),
                in_text: Text::default(),
                level,
                parent: None,
                aliases: Vec::new(),
                origin: Origin::file(&"x".into()),
            };
            places.add(place).unwrap()
        };
        let ids = [
            add("00", "Riket", Level::Country),
            add("17", "Värmlands län", Level::County),
            add("18", "Örebro län", Level::County),
        ];
        (places, ids)
    }

    #[test]
    fn names_need_not_be_equal() {
        let (places, [country, varmland, orebro]) = places();
        for name in [
            "Örebro",
            "ÖREBRO LÄN",
            "Region Örebro län",
            "Örebro county",
            "18 Örebro län",
            "",
            "18",
        ] {
            assert_eq!(name_fit(name, orebro, &places), NameFit::Own, "{name}");
        }
        assert_eq!(name_fit("Värmland", varmland, &places), NameFit::Own);
        assert_eq!(name_fit("Hela landet", country, &places), NameFit::Own);
        assert_eq!(name_fit("Ö", orebro, &places), NameFit::Own);
    }

    #[test]
    fn another_name_is_another_place() {
        let (places, [country, varmland, orebro]) = places();
        assert_eq!(name_fit("Nordland", orebro, &places), NameFit::Other);
        assert_eq!(name_fit("Örebro län", varmland, &places), NameFit::Other);
        assert_eq!(name_fit("Norge", country, &places), NameFit::Other);
        for name in ["a", "Region 17", "län", "1", "171"] {
            assert_eq!(name_fit(name, varmland, &places), NameFit::Unclear, "{name}");
        }
    }
}
