//! Codes of a table's dimensions → the site's places, periods and sexes; `None` where nothing is known exactly.

use super::Dimension;
use crate::model::{Period, PeriodKind, PlaceId, Places, Sex};
use std::collections::BTreeMap;

/// The place of this code. Code and name together (`18 Örebro län`), as `PxWeb` writes them into CSV files, must both be
/// the place's own.
pub(super) fn place_of(written: &str, places: &Places) -> Option<PlaceId> {
    let written = written.trim();
    places.find(written).or_else(|| {
        let (code, name) = written.split_once(' ')?;
        let place = places.find(code)?;
        places[place].name.all().any(|own| own == name.trim()).then_some(place)
    })
}

/// Periods of the time dimension's categories, and their kind: the one asked for, else the one most are of.
pub(super) fn periods(
    dimension: &Dimension,
    kind: Option<PeriodKind>,
    used: &[bool],
) -> (PeriodKind, Vec<Option<Period>>) {
    let guesses = dimension
        .categories
        .iter()
        .map(|category| written_period(&category.code));
    let guesses: Vec<Option<Period>> = guesses.collect();
    let kind = kind.unwrap_or_else(|| {
        let mut counts = BTreeMap::new();
        for (period, _) in guesses.iter().zip(used).filter(|(_, used)| **used) {
            if let Some(period) = period {
                *counts.entry(period.kind()).or_insert(0) += 1;
            }
        }
        let most = counts.values().max().copied();
        counts
            .into_iter()
            .find(|(_, count)| Some(*count) == most)
            .map(|(kind, _)| kind)
            .unwrap_or_default()
    });
    let of_kind = |period: Period| match period {
        Period::Year(year) if kind == PeriodKind::Election => Some(Period::Election(year)),
        period if period.kind() == kind => Some(period),
        _ => None,
    };
    let periods = guesses.into_iter().map(|period| period.and_then(of_kind)).collect();
    (kind, periods)
}

/// A period as publishers write it: also `2024-Q1` (Eurostat) and `2024M3`.
pub(super) fn written_period(code: &str) -> Option<Period> {
    let code = code.trim();
    Period::guess(code).or_else(|| {
        let (year, quarter) = code.split_once("-Q")?;
        Period::guess(&format!("{year}Q{quarter}"))
    })
}

/// Sexes by the names of categories, where there are names, else by the letters of Kolada and Eurostat; numbers only as
/// Swedish offices use them (1 men, 2 women, 1+2 both), and only in a dimension that they call `Kon`.
pub(super) fn sexes(dimension: &Dimension) -> Vec<Option<Sex>> {
    let by_label = |label: &str| match label.trim().to_lowercase().as_str() {
        "kvinnor" | "women" | "females" | "female" | "kvinna" => Some(Sex::Women),
        "män" | "men" | "males" | "male" | "man" => Some(Sex::Men),
        "totalt"
        | "total"
        | "båda könen"
        | "both sexes"
        | "samtliga"
        | "män och kvinnor"
        | "kvinnor och män"
        | "totalt, män och kvinnor"
        | "men and women"
        | "women and men" => Some(Sex::Total),
        _ => None,
    };
    let swedish = matches!(dimension.code.to_lowercase().as_str(), "kon" | "kön");
    let by_code = |code: &str| match code.trim() {
        "T" | "t" => Some(Sex::Total),
        "K" | "F" | "k" | "f" => Some(Sex::Women),
        "M" | "m" => Some(Sex::Men),
        "1" if swedish => Some(Sex::Men),
        "2" if swedish => Some(Sex::Women),
        "1+2" if swedish => Some(Sex::Total),
        _ => None,
    };
    let of = |category: &super::Category| match category.label.trim() {
        "" => by_code(&category.code).or_else(|| by_label(&category.code)),
        label if label == category.code.trim() => by_label(label).or_else(|| by_code(label)),
        label => by_label(label),
    };
    dimension.categories.iter().map(of).collect()
}
