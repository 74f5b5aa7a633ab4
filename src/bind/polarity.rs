//! The name of an indicator → the direction it suggests, from short lists of words.
//!
//! Only to ask an author to look twice: `Störd sömn av trafikbuller` with more as better is likely to be a slip. Words
//! that are good or bad in most names stand here, and no others; a name with words of both kinds, or none, suggests
//! nothing. A word that denies (`avsaknad av tillit`, `not in employment`) turns the others round. Words after a slash or
//! `per` name the denominator, and do not count.

use crate::model::Better;

/// Words of a language. `trygg*` is any word that begins so, `*brott` any that ends so, `*arbetslös*` any that holds it.
struct Vocabulary {
    language: &'static str,
    /// More is better.
    good: &'static [&'static str],
    /// Less is better.
    bad: &'static [&'static str],
    /// Turns the others round.
    deny: &'static [&'static str],
    /// The denominator comes after it.
    per: &'static [&'static str],
}

const VOCABULARIES: &[Vocabulary] = &[
    Vocabulary {
        language: "sv",
        good: &[
            "behörig*",
            "bra",
            "examen",
            "förnybar*",
            "förvärvsarbetande",
            "förvärvsfrekvens",
            "förvärvsgrad*",
            "god",
            "goda",
            "gott",
            "medellivslängd*",
            "nöjd*",
            "sysselsättningsgrad*",
            "tillgång",
            "tillit*",
            "trygg*",
            "valdeltagande",
            "välbefinnande",
            "*inkomst",
            "*inkomster",
            "*återvinning",
        ],
        bad: &[
            "ansträngd*",
            "buller",
            "cancer*",
            "dödlighet*",
            "dödsfall",
            "fattigdom*",
            "fetma",
            "förgymnasial*",
            "gini*",
            "hot",
            "kris",
            "mobbning",
            "ohälsa*",
            "ohälso*",
            "orolig*",
            "otrygg*",
            "riskabla",
            "röker",
            "sjukfall",
            "sjukfrånvaro*",
            "sjukskriv*",
            "självmord",
            "skadad*",
            "störd*",
            "suicid*",
            "trakasser*",
            "trångbod*",
            "utsatt*",
            "*utsläpp*",
            "våld*",
            "*arbetslös*",
            "*brott",
            "*infarkt*",
            "*olycka",
            "*olyckor",
            "*skador",
        ],
        deny: &[
            "avsaknad", "brist", "ej", "icke", "inte", "låg", "låga", "lågt", "saknar", "saknas", "utan",
        ],
        per: &["per"],
    },
    Vocabulary {
        language: "en",
        good: &[
            "employed",
            "employment",
            "expectancy",
            "freedom",
            "good",
            "healthy",
            "recycl*",
            "renewable*",
            "safe",
            "safety",
            "satisf*",
            "tolerance",
            "trust",
            "turnout",
            "wellbeing",
        ],
        bad: &[
            "accident*",
            "barrier*",
            "crime*",
            "death*",
            "debt*",
            "deprivation",
            "disturbed",
            "emission*",
            "gini",
            "homeless*",
            "inequalit*",
            "injur*",
            "loss",
            "losses",
            "mortality",
            "noise",
            "obesity",
            "overcrowd*",
            "pollut*",
            "poverty",
            "smok*",
            "suicid*",
            "unemploy*",
            "unsafe",
            "violence",
            "violent",
        ],
        deny: &["lack", "lacking", "low", "neither", "no", "non", "not", "without"],
        per: &["per"],
    },
];

/// The direction that a name suggests in this language; `None` when it suggests none.
pub(super) fn suggested(name: &str, language: &str) -> Option<Better> {
    let vocabulary = VOCABULARIES.iter().find(|vocabulary| vocabulary.language == language)?;
    let lower = name.to_lowercase();
    let numerator = lower.split('/').next().unwrap_or_default();
    let words = numerator
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take_while(|word| !vocabulary.per.contains(word)).collect();
    let any = |patterns: &[&str]| {
        words
            .iter()
            .any(|word| patterns.iter().any(|pattern| fits(word, pattern)))
    };
    let more = match (any(vocabulary.good), any(vocabulary.bad)) {
        (true, false) => true,
        (false, true) => false,
        _ => return None,
    };
    Some(if more == any(vocabulary.deny) {
        Better::Lower
    } else {
        Better::Higher
    })
}

fn fits(word: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => word.contains(pattern.trim_matches('*')),
        (Some(end), None) => word.ends_with(end),
        (None, Some(start)) => word.starts_with(start),
        (None, None) => word == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_a_direction() {
        assert_eq!(
            suggested("Invånare 16-84 med störd sömn av trafikbuller, andel (%)", "sv"),
            Some(Better::Lower)
        );
        assert_eq!(suggested("Förvärvsfrekvens", "sv"), Some(Better::Higher));
        assert_eq!(suggested("Långtidsarbetslöshet 25-65 år", "sv"), Some(Better::Lower));
        assert_eq!(suggested("Net forest loss", "en"), Some(Better::Lower));
    }

    #[test]
    fn denial_turns_round() {
        assert_eq!(
            suggested("Invånare 16-84 år med avsaknad av tillit till andra", "sv"),
            Some(Better::Lower)
        );
        assert_eq!(
            suggested("Proportion of youth not in education, employment or training", "en"),
            Some(Better::Lower)
        );
        assert_eq!(suggested("Ungdomar som inte röker", "sv"), Some(Better::Higher));
    }

    #[test]
    fn mixed_and_plain_names_suggest_nothing() {
        for name in [
            "Ginikoefficient – hushållens disponibla inkomster, index",
            "Företagens utgifter för egen FoU, kr/inv",
        ] {
            assert_eq!(suggested(name, "sv"), None, "{name}");
        }
        // The denominator is neither good nor bad.
        assert_eq!(suggested("Finansiella kapitalvinster/förluster", "sv"), None);
        assert_eq!(suggested("Bidrag per arbetslös", "sv"), None);
        assert_eq!(suggested("Förvärvsfrekvens", "de"), None);
    }
}
