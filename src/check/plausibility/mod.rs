//! Figures that are possible and yet hardly right, at every build: a percentage above a hundred, a tenfold jump, the same round
//! figure in many places. Whoever has looked at them and found them right says so in the indicator's file (`accept`), with a
//! reason.
//!
//! `suspicion` knows the rules; here they are held against what has been accepted, and told where the figures stand.

mod suspicion;

use crate::finding::{Code, Finding, Log};
use crate::model::{Acceptance, Improbability, Indicator, Period, Site};
use crate::read::{Decimal, decode, delimiter, field_origin, number, table_rows};
use crate::source::{Origin, Snapshot};
use jiff::civil::Date;
use std::collections::BTreeMap;
use suspicion::{Suspicion, suspicions};

/// Reports the improbable figures of every indicator that nobody has accepted, a finding a rule, and acceptances of none.
pub fn check(site: &Site, snapshot: &Snapshot, today: Date, log: &Log) {
    for indicator in &site.indicators {
        let mut is_used = vec![false; indicator.accepted.len()];
        let mut left: BTreeMap<Improbability, Vec<Suspicion>> = BTreeMap::new();
        for suspicion in suspicions(indicator, site, today) {
            let accepting = indicator.accepted.iter().position(|own| accepts(own, &suspicion));
            match accepting {
                Some(at) => is_used[at] = true,
                None => left.entry(suspicion.improbability).or_default().push(suspicion),
            }
        }
        for suspicions in left.values() {
            log.add(finding(suspicions, indicator, site, snapshot));
        }
        let unused = indicator.accepted.iter().zip(is_used).filter(|(_, is_used)| !is_used);
        for (acceptance, _) in unused {
            log.add(
                Finding::new(Code::PlausibleUnused, acceptance.origin.clone())
                    .with("value", acceptance.improbability.name()),
            );
        }
    }
}

fn accepts(acceptance: &Acceptance, suspicion: &Suspicion) -> bool {
    acceptance.improbability == suspicion.improbability
        && acceptance.place.is_none_or(|place| place == suspicion.place)
        && acceptance.period.is_none_or(|period| period == suspicion.period)
}

/// One finding at the first of these figures, which says how many there are.
fn finding(suspicions: &[Suspicion], indicator: &Indicator, site: &Site, snapshot: &Snapshot) -> Finding {
    let first = &suspicions[0];
    let code = match first.improbability {
        Improbability::Percent => Code::PlausiblePercent,
        Improbability::Share => Code::PlausibleShare,
        Improbability::Jump => Code::PlausibleJump,
        Improbability::Repeated => Code::PlausibleRepeated,
        Improbability::Year => Code::PlausibleYear,
        Improbability::Sum => Code::PlausibleSum,
    };
    let place = &site.places[first.place];
    let language = site.settings.languages.first().map_or("", String::as_str);
    let finding = Finding::new(code, origin(first, indicator, site, snapshot))
        .with("value", first.value)
        .with("place", &place.code)
        .with("name", place.name.in_language(language))
        .with("period", first.period)
        .with("count", suspicions.len());
    match first.other {
        Some(other) => finding.with("other", other),
        None => finding,
    }
}

/// The row of the figure in its table; the indicator where the figures are written in place.
fn origin(suspicion: &Suspicion, indicator: &Indicator, site: &Site, snapshot: &Snapshot) -> Origin {
    let Some(file) = indicator.table.as_ref().and_then(|path| snapshot.find(path)) else {
        return indicator.origin.clone();
    };
    let text = decode(&file.bytes);
    let delimiter = delimiter(&text);
    let mut columns: Option<[Option<usize>; 3]> = None;
    let mut found = None;
    table_rows(&text, delimiter, |at, row| {
        let Some([place, period, value]) = columns else {
            let position = |name: &str| row.iter().position(|heading| heading.trim() == name);
            columns = Some(["place", "period", "value"].map(position));
            return;
        };
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or_default().trim();
        // A place has several rows for a period where figures are divided further.
        let has_value = number(cell(value), Decimal::Point).or_else(|| number(cell(value), Decimal::Comma));
        let is_its_row = site.places.find(cell(place)) == Some(suspicion.place)
            && Period::parse(cell(period), indicator.period) == Some(suspicion.period)
            && has_value == Some(suspicion.value);
        if is_its_row && found.is_none() {
            found = Some(field_origin(
                &file.path,
                &text,
                at,
                value.unwrap_or_default(),
                delimiter,
            ));
        }
    });
    found.unwrap_or_else(|| Origin::file(&file.path))
}
