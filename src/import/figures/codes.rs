//! Codes of a table's dimensions → the site's places, periods and sexes; `None` where nothing is known exactly.

use super::model::{Category, Dimension};
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

/// Periods of the time dimension's categories.
pub(super) struct Periods {
    /// Their kind: the one asked for, else the one most are of.
    pub(super) kind: PeriodKind,
    /// By category; `None` where it is none of this kind.
    pub(super) by_category: Vec<Option<Period>>,
    /// Categories whose code is one period and whose name another.
    pub(super) contradictions: Vec<Category>,
}

/// Reads the codes of periods, or their names where a code is none, such as `20201` named `2020Q1`. Only `used` categories
/// count.
pub(super) fn periods(dimension: &Dimension, kind: Option<PeriodKind>, used: &[bool]) -> Periods {
    let readings: Vec<[Option<Period>; 2]> = dimension
        .categories
        .iter()
        .map(|category| [&category.code, &category.label].map(|text| written_period(text)))
        .collect();
    let kind = kind.unwrap_or_else(|| {
        let mut counts = BTreeMap::new();
        let guesses = readings.iter().zip(used).filter(|(_, used)| **used);
        for period in guesses.filter_map(|([code, label], _)| code.or(*label)) {
            *counts.entry(period.kind()).or_insert(0) += 1;
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
    let mut by_category = Vec::new();
    let mut contradictions = Vec::new();
    for ((category, readings), used) in dimension.categories.iter().zip(&readings).zip(used) {
        let [code, label] = readings.map(|reading| reading.and_then(of_kind));
        if *used && code.zip(label).is_some_and(|(code, label)| code != label) {
            contradictions.push(category.clone());
        }
        by_category.push(code.or(label).or_else(|| digits_of_kind(&category.code, kind)));
    }
    Periods {
        kind,
        by_category,
        contradictions,
    }
}

/// A period as publishers write it: also `2024-Q1` and `2024-S1` (Eurostat), `2024H1` and `2024M3`.
pub(super) fn written_period(code: &str) -> Option<Period> {
    let code = code.trim();
    Period::guess(code).or_else(|| {
        let (year, part) = code.split_at_checked(4)?;
        let part = part.trim_start_matches('-');
        let (scale, number) = part.split_at_checked(1)?;
        let scale = match scale {
            "Q" => "Q",
            "S" | "H" => "H",
            "M" if number.len() == 1 => "M0",
            _ => return None,
        };
        Period::guess(&format!("{year}{scale}{number}"))
    })
}

/// Digits alone, which only a known kind of period gives a meaning: `20243` is a quarter, `202403` a month.
fn digits_of_kind(code: &str, kind: PeriodKind) -> Option<Period> {
    let code = code.trim();
    let (year, part) = code.split_at_checked(4)?;
    let part = part
        .parse::<u8>()
        .ok()
        .filter(|_| code.bytes().all(|byte| byte.is_ascii_digit()))?;
    match kind {
        PeriodKind::Quarter => Period::guess(&format!("{year}Q{part}")),
        PeriodKind::HalfYear => Period::guess(&format!("{year}H{part}")),
        PeriodKind::Month if code.len() == 6 => Period::guess(&format!("{year}M{part:02}")),
        _ => None,
    }
}

/// Sexes by the names of categories, where there are names, else by the letters of Kolada and Eurostat; numbers only as
/// Swedish offices use them (1 men, 2 women, 1+2 both), and only in a dimension that they call `Kon`. An empty cell is the
/// total when `is_blank_total`.
pub(super) fn sexes(dimension: &Dimension, is_blank_total: bool) -> Vec<Option<Sex>> {
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
        // Whether an empty cell is the total is for the user to say, by choosing it.
        "" if is_blank_total => Some(Sex::Total),
        _ => None,
    };
    let of = |category: &Category| match category.label.trim() {
        "" => by_code(&category.code).or_else(|| by_label(&category.code)),
        label if label == category.code.trim() => by_label(label).or_else(|| by_code(label)),
        label => by_label(label),
    };
    dimension.categories.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::figures::Role;

    fn read(codes: &[(&str, &str)], kind: Option<PeriodKind>) -> Periods {
        let category = |(code, label): &(&str, &str)| Category {
            code: (*code).to_owned(),
            label: (*label).to_owned(),
            ..Category::default()
        };
        let dimension = Dimension {
            code: "Tid".to_owned(),
            label: "Tid".to_owned(),
            role: Role::Time,
            column: None,
            categories: codes.iter().map(category).collect(),
        };
        periods(&dimension, kind, &vec![true; codes.len()])
    }

    #[test]
    fn publishers_write_periods_in_many_ways() {
        for text in ["2024Q1", "2024-Q1", "2024K1"] {
            assert_eq!(written_period(text), Some(Period::Quarter(2024, 1)), "{text}");
        }
        for text in ["2024H2", "2024-S2", "2024S2"] {
            assert_eq!(written_period(text), Some(Period::HalfYear(2024, 2)), "{text}");
        }
        assert_eq!(written_period("2024M3"), Some(Period::Month(2024, 3)));
        assert_eq!((written_period("2024*"), written_period("åååå")), (None, None));
    }

    #[test]
    fn a_code_that_is_no_period_is_read_by_its_name_or_kind() {
        let named = read(&[("20201", "2020Q1"), ("20202", "2020Q2")], None);
        assert_eq!(
            named.by_category,
            [Some(Period::Quarter(2020, 1)), Some(Period::Quarter(2020, 2))]
        );
        let asked = read(&[("20201", ""), ("202002", "")], Some(PeriodKind::Quarter));
        assert_eq!(asked.by_category, named.by_category);
        assert_eq!(read(&[("20201", "")], None).by_category, [None]);
    }

    #[test]
    fn a_code_and_a_name_that_are_other_periods_contradict_each_other() {
        let crossed = read(&[("2021", "2020"), ("2020", "2021")], None);
        assert_eq!(crossed.contradictions.len(), 2);
        assert!(read(&[("2020", "2019/2020")], None).contradictions.is_empty());
    }
}
