//! What an import would change: new and vanished observations, revised values, other facts of the source.
//!
//! Takes the series as it is and the one that came; gives the differences, in the order of the table. The periods that came
//! are compared; those that did not are kept, so that a table of the latest year adds to a series. Publishers such as Kolada
//! announce none of their revisions.

mod print;

pub use print::{json, summary, text};

use super::model::Facts;
use super::series::SeriesKey;
use super::series::{Mapped, SeriesRow};
use crate::model::{Flags, Indicator, Period, Places, Provenance, Sex, Value};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The number or the reason.
    pub value: Value,
    /// Bounds of its confidence interval.
    pub bounds: Option<(f64, f64)>,
    /// How sure.
    pub flags: Flags,
    /// The remark.
    pub note: String,
}

/// What the source says otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFact {
    /// Which fact.
    pub kind: FactKind,
    /// Of what: dimension and code, or the name of a category; empty for facts of the whole table.
    pub subject: String,
    /// As it was; empty: not said.
    pub old: String,
    /// As it is now; empty: no longer said.
    pub new: String,
}

/// Facts of a source that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// Title of the table.
    Title,
    /// What exactly is counted.
    Definition,
    /// Unit of the figures.
    Unit,
    /// What is measured, of several contents.
    Measure,
    /// Who answers for it.
    Publisher,
    /// The name of a category: what a code means.
    Name,
    /// The code of a category with the same name.
    Code,
    /// A remark.
    Note,
}

impl FactKind {
    /// As in JSON, and in the keys of words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FactKind::Title => "title",
            FactKind::Definition => "definition",
            FactKind::Unit => "unit",
            FactKind::Measure => "measure",
            FactKind::Publisher => "publisher",
            FactKind::Name => "name",
            FactKind::Code => "code",
            FactKind::Note => "note",
        }
    }

    /// Whether the figures mean something else when it changes.
    fn decides_meaning(self) -> bool {
        matches!(
            self,
            FactKind::Unit | FactKind::Measure | FactKind::Name | FactKind::Code
        )
    }
}

/// What an import would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revision {
    /// Observations that were not there.
    pub new: Vec<Difference>,
    /// Observations that would be others.
    pub revised: Vec<Difference>,
    /// Observations that would vanish.
    pub gone: Vec<Difference>,
    /// What the source says otherwise.
    pub facts: Vec<ChangedFact>,
    /// Observations of periods that did not come, by period; they stay.
    pub kept: BTreeMap<Period, usize>,
    /// A file of the site that would be overwritten without its figures being known; empty: none.
    pub overwritten: String,
}

impl Revision {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && !self.revises()
    }

    /// Whether anything that was published would be different: figures revised or gone, or the source's words.
    #[must_use]
    pub fn revises(&self) -> bool {
        self.takes_away() || !self.facts.is_empty()
    }

    /// Whether figures that are there would vanish, be others, or mean something else.
    #[must_use]
    pub fn takes_away(&self) -> bool {
        let is_other = |fact: &ChangedFact| fact.kind.decides_meaning() && !fact.old.is_empty() && !fact.new.is_empty();
        !(self.revised.is_empty() && self.gone.is_empty() && self.overwritten.is_empty())
            || self.facts.iter().any(is_other)
    }
}

/// The series as it would be: the rows that came, and those of periods that did not.
#[must_use]
pub fn merged(old: Option<&Indicator>, came: &[SeriesRow]) -> Vec<SeriesRow> {
    let periods: BTreeSet<Period> = came.iter().map(|row| row.period).collect();
    let kept = old
        .into_iter()
        .flat_map(rows_of)
        .filter(|row| !periods.contains(&row.period));
    let rows: BTreeMap<SeriesKey, SeriesRow> = kept.chain(came.iter().cloned()).map(|row| (row.key(), row)).collect();
    rows.into_values().collect()
}

/// The observations of an indicator as rows.
fn rows_of(indicator: &Indicator) -> Vec<SeriesRow> {
    let category = |at: Option<u16>| {
        let categories = &indicator.breakdown.as_ref()?.categories;
        categories.get(usize::from(at?)).map(|(code, _)| code.clone())
    };
    let series = indicator.series.iter();
    let rows = series.flat_map(|series| {
        series.observations.iter().map(move |observation| SeriesRow {
            place: series.place,
            period: observation.period,
            sex: series.part.sex,
            category: category(series.part.category).unwrap_or_default(),
            value: observation.value,
            bounds: observation.bounds,
            flags: observation.flags,
            note: observation.note.clone(),
        })
    });
    rows.collect()
}

/// What the rows that came would change of an indicator's series, and of the facts that were known of it.
#[must_use]
pub fn revision(
    old: Option<&Indicator>,
    provenance: Option<&Provenance>,
    mapped: &Mapped,
    facts: &Facts,
    places: &Places,
) -> Revision {
    let mut before: BTreeMap<SeriesKey, Figure> = old
        .into_iter()
        .flat_map(rows_of)
        .map(|row| (row.key(), figure(&row)))
        .collect();
    let mut revision = Revision::default();
    let difference = |key: &SeriesKey, old: Option<Figure>, new: Option<Figure>| {
        let place = &places[key.0];
        Difference {
            place: place.code.clone(),
            name: place.name.all().next().unwrap_or_default().to_owned(),
            period: key.3,
            sex: key.1,
            category: key.2.clone(),
            old,
            new,
        }
    };
    for row in &mapped.rows {
        let (key, new) = (row.key(), figure(row));
        match before.remove(&key) {
            Some(old) if old == new => {}
            Some(old) => revision.revised.push(difference(&key, Some(old), Some(new))),
            None => revision.new.push(difference(&key, None, Some(new))),
        }
    }
    let periods: BTreeSet<Period> = mapped.rows.iter().map(|row| row.period).collect();
    for (key, old) in before {
        if periods.contains(&key.3) {
            revision.gone.push(difference(&key, Some(old), None));
        } else {
            *revision.kept.entry(key.3).or_default() += 1;
        }
    }
    if let Some(provenance) = provenance {
        revision.facts = changed_facts(provenance, mapped, facts);
    }
    revision
}

fn figure(row: &SeriesRow) -> Figure {
    Figure {
        value: row.value,
        bounds: row.bounds,
        flags: row.flags,
        note: row.note.clone(),
    }
}

fn changed_facts(old: &Provenance, mapped: &Mapped, facts: &Facts) -> Vec<ChangedFact> {
    let fact = |kind, subject: &str, old: &str, new: &str| ChangedFact {
        kind,
        subject: subject.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
    };
    let pairs = [
        (FactKind::Title, &old.title, &facts.title),
        (FactKind::Definition, &old.definition, &facts.definition),
        (FactKind::Unit, &old.unit, &mapped.unit),
        (FactKind::Measure, &old.measure, &mapped.measure),
        (FactKind::Publisher, &old.publisher, &facts.publisher),
    ];
    let differing = pairs.into_iter().filter(|(_, old, new)| old.trim() != new.trim());
    let mut changed: Vec<ChangedFact> = differing.map(|(kind, old, new)| fact(kind, "", old, new)).collect();
    let by_code = |names: &[(String, String, String)]| -> BTreeMap<(String, String), String> {
        let named = names.iter().cloned();
        named.map(|(dimension, code, name)| ((dimension, code), name)).collect()
    };
    let (names_before, names_now) = (by_code(&old.names), by_code(&mapped.names));
    for ((dimension, code), name) in &names_now {
        match names_before.get(&(dimension.clone(), code.clone())) {
            Some(before) if before != name => {
                changed.push(fact(FactKind::Name, &format!("{dimension} {code}"), before, name));
            }
            Some(_) => {}
            None => {
                let renamed = names_before.iter().find(|((own, before), known)| {
                    own == dimension && *known == name && !names_now.contains_key(&(own.clone(), before.clone()))
                });
                changed.extend(renamed.map(|((_, before), _)| fact(FactKind::Code, name, before, code)));
            }
        }
    }
    let added = facts.notes.iter().filter(|note| !old.notes.contains(note));
    let removed = old.notes.iter().filter(|note| !facts.notes.contains(note));
    changed.extend(added.map(|note| fact(FactKind::Note, "", "", note)));
    changed.extend(removed.map(|note| fact(FactKind::Note, "", note, "")));
    changed
}
