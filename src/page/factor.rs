//! A factor of an index's uncertainty in words: the choice that is varied, and its alternatives.

use super::locale::Locale;
use crate::index::factors::Factor;
use crate::model::{BasePeriod, Unit, UnitKind};

/// A factor and its alternatives.
pub(crate) fn in_words(locale: &Locale<'_>, factor: &Factor) -> String {
    let method = |name: &str| locale.word(&format!("sentence.interval.method.{name}")).to_owned();
    let year = |base: &BasePeriod| match base {
        BasePeriod::Latest => method("latest"),
        BasePeriod::All => method("all"),
        BasePeriod::Year(year) => year.to_string(),
    };
    let mut percent = String::new();
    let methods: Vec<String> = match factor {
        Factor::Weights { spread } => {
            let unit = Unit {
                kind: UnitKind::Percent,
                ..Unit::default()
            };
            percent = locale.format.value(spread * 100.0, &unit, locale.code);
            Vec::new()
        }
        Factor::Normalisation { nominal, others } => [nominal]
            .into_iter()
            .chain(others)
            .map(|one| method(one.name()))
            .collect(),
        Factor::Aggregation { nominal, others } => nominal
            .iter()
            .take(1)
            .chain(others)
            .map(|one| method(one.name()))
            .collect(),
        Factor::Imputation { nominal, others } => [nominal]
            .into_iter()
            .chain(others)
            .map(|one| method(one.name()))
            .collect(),
        Factor::Base { nominal, others } => [nominal].into_iter().chain(others).map(year).collect(),
        Factor::LeaveOut { .. } => Vec::new(),
    };
    let words = [("percent", percent.as_str()), ("methods", &methods.join(", "))];
    locale.fill(&format!("sentence.interval.choice.{}", factor.name()), &words)
}
