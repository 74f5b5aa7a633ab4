//! What an import would change: new and vanished observations, revised values, other words of the source.
//!
//! Takes the series as it is and as it would be; gives the differences, in the order of the table. Publishers such as
//! Kolada announce none of them.

use super::{Facts, Mapped, Row};
use crate::model::{Flags, Indicator, Period, Places, Provenance, Sex, Value};
use std::collections::BTreeMap;

/// An observation that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Code of the place.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The period.
    pub period: Period,
    /// Women, men or both.
    pub sex: Sex,
    /// Code of the category; empty: all of it.
    pub category: String,
    /// As it is; `None`: not there.
    pub old: Option<Figure>,
    /// As it would be; `None`: no longer there.
    pub new: Option<Figure>,
}

/// What is compared of an observation.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number, or why there is none.
    pub value: Value,
    /// What is said of it.
    pub flags: Flags,
    /// A remark; empty when there is none.
    pub note: String,
}

impl Difference {
    /// Whether a number that was published is another now, or none.
    #[must_use]
    pub fn is_revision(&self) -> bool {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => old.value != new.value && old.value.known().is_some(),
            _ => false,
        }
    }
}

/// What would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revision {
    /// Observations that are not there yet.
    pub new: Vec<Difference>,
    /// Observations whose value, flags or remark differ.
    pub revised: Vec<Difference>,
    /// Observations that are no longer there.
    pub gone: Vec<Difference>,
    /// What the source says otherwise: which fact, before, now.
    pub said: Vec<(&'static str, String, String)>,
}

impl Revision {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.revised.is_empty() && self.gone.is_empty() && self.said.is_empty()
    }

    /// Whether anything that was published would be different: figures revised or gone, or the source's words.
    #[must_use]
    pub fn revises(&self) -> bool {
        !(self.revised.is_empty() && self.gone.is_empty() && self.said.is_empty())
    }
}

/// Position of an observation: place, sex, category, period.
type Key = (u16, Sex, String, Period);

/// What the rows would change of an indicator's series, and the facts of what was known of them.
#[must_use]
pub fn revision(
    old: Option<&Indicator>,
    was: Option<&Provenance>,
    mapped: &Mapped,
    facts: &Facts,
    places: &Places,
) -> Revision {
    let mut before: BTreeMap<Key, Figure> = BTreeMap::new();
    for series in old.into_iter().flat_map(|own| &own.series) {
        let category = series.part.category.and_then(|at| {
            let breakdown = old?.breakdown.as_ref()?;
            breakdown.categories.get(usize::from(at)).map(|(code, _)| code.clone())
        });
        for own in &series.observations {
            let figure = Figure {
                value: own.value,
                flags: own.flags,
                note: own.note.clone(),
            };
            before.insert(
                (
                    series.place.0,
                    series.part.sex,
                    category.clone().unwrap_or_default(),
                    own.period,
                ),
                figure,
            );
        }
    }
    let mut revision = Revision::default();
    let shown = |key: &Key, old: Option<Figure>, new: Option<Figure>| {
        let place = &places[crate::model::PlaceId(key.0)];
        let name = place.name.all().next().unwrap_or_default().to_owned();
        Difference {
            place: place.code.clone(),
            name,
            period: key.3,
            sex: key.1,
            category: key.2.clone(),
            old,
            new,
        }
    };
    for row in &mapped.rows {
        let key = (row.place.0, row.sex, row.category.clone(), row.period);
        let new = figure(row);
        match before.remove(&key) {
            Some(old) if old == new => {}
            Some(old) => revision.revised.push(shown(&key, Some(old), Some(new))),
            None => revision.new.push(shown(&key, None, Some(new))),
        }
    }
    revision.gone = before
        .into_iter()
        .map(|(key, old)| shown(&key, Some(old), None))
        .collect();
    if let Some(was) = was {
        let pairs = [
            ("title", &was.title, &facts.title),
            ("definition", &was.definition, &facts.definition),
            ("unit", &was.unit, &mapped.unit),
            ("measure", &was.measure, &mapped.measure),
            ("publisher", &was.publisher, &facts.publisher),
        ];
        let differing = pairs.into_iter().filter(|(_, old, new)| old.trim() != new.trim());
        revision.said = differing
            .map(|(fact, old, new)| (fact, old.clone(), new.clone()))
            .collect();
    }
    revision
}

fn figure(row: &Row) -> Figure {
    Figure {
        value: row.value,
        flags: row.flags,
        note: row.note.clone(),
    }
}
