//! Figures that are new, revised or gone, and indicators whose meaning has changed.
//!
//! Takes two sites; gives the indicators that differ, each with its figures. Figures are matched by indicator, place, sex,
//! category and period, all by the codes that authors write, so that the order of places or categories in a file means nothing.

use crate::measure::percent_change;
use crate::model::{Fate, Indicator, Part, Period, PlaceId, Reason, Sex, Site, Text, Value};
use std::collections::{BTreeMap, BTreeSet};

/// An indicator that differs.
#[derive(Debug)]
pub struct FiguresChange<'a> {
    /// The indicator, as the new site has it, or as the old one had it when it is gone.
    pub indicator: &'a Indicator,
    /// Whether both sites have it.
    pub fate: Fate,
    /// Keys of the indicator's file that decide what the figures mean and that have changed.
    pub redefined: Vec<&'static str>,
    /// Numbers where there were none.
    pub added: Vec<Figure<'a>>,
    /// Numbers that have changed.
    pub revised: Vec<Figure<'a>>,
    /// Numbers that are no longer there.
    pub gone: Vec<Figure<'a>>,
}

/// One figure, before and after. At least one of the two is there.
#[derive(Debug)]
pub struct Figure<'a> {
    /// Code of the place.
    pub place: &'a str,
    /// Name of the place.
    pub name: &'a Text,
    /// Sex of the people it is about.
    pub sex: Sex,
    /// Code and name of the category; `None`: all of it.
    pub category: Option<(&'a str, &'a Text)>,
    /// Period of the figure.
    pub period: Period,
    /// The number before, in the indicator's unit; `None`: there was none.
    pub was: Option<f64>,
    /// The number now, in the indicator's unit; `None`: there is none.
    pub now: Option<f64>,
    /// Reason for which there is no number now, where one is given.
    pub reason: Option<Reason>,
    /// Whether a note is about it.
    pub noted: bool,
}

impl Figure<'_> {
    /// Size of the revision, in per cent of the old number; `None` without two numbers, or when the old one is zero.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        percent_change(self.was?, self.now?)
    }
}

/// The indicators in which something differs, by id.
pub(super) fn changes<'a>(old: &'a Site, new: &'a Site) -> Vec<FiguresChange<'a>> {
    let ids: BTreeSet<&str> = [old, new]
        .into_iter()
        .flat_map(|site| &site.indicators)
        .map(|indicator| indicator.id.as_str())
        .collect();
    ids.into_iter().filter_map(|id| change(old, new, id)).collect()
}

fn change<'a>(old: &'a Site, new: &'a Site, id: &str) -> Option<FiguresChange<'a>> {
    let (before, after) = (old.indicator(id), new.indicator(id));
    let fate = match (before, after) {
        (Some(_), Some(_)) => Fate::Kept,
        (None, _) => Fate::New,
        (_, None) => Fate::Gone,
    };
    let redefined = before
        .zip(after)
        .map(|(before, after)| redefined(before, after))
        .unwrap_or_default();
    let by_key = |site: &'a Site, indicator: Option<&'a Indicator>| -> BTreeMap<FigureKey<'a>, SiteFigure<'a>> {
        indicator
            .into_iter()
            .flat_map(|indicator| figures(site, indicator))
            .collect()
    };
    let (mut old_figures, new_figures) = (by_key(old, before), by_key(new, after));
    // Kronor and thousands of them are no revision of each other: that the unit is another is told instead.
    let is_in_another_unit = before.zip(after).is_some_and(|(before, after)| {
        let is_same_word = before.unit.label.all().eq(after.unit.label.all());
        before.unit.kind != after.unit.kind || !is_same_word
    });
    let (mut added, mut revised, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for (key, new_figure) in new_figures {
        let old_figure = old_figures.remove(&key);
        let was = old_figure.and_then(|figure| figure.value.known());
        let numbers = (was, new_figure.value.known());
        let list = match numbers {
            (None, Some(_)) => &mut added,
            (Some(was), Some(now)) if !is_in_another_unit && differs(was, now) => &mut revised,
            (Some(_), None) => &mut gone,
            _ => continue,
        };
        list.push(figure(&key, &new_figure, numbers, (after, new_figure.id)));
    }
    for (key, old_figure) in old_figures {
        if let Some(was) = old_figure.value.known() {
            gone.push(figure(&key, &old_figure, (Some(was), None), (None, old_figure.id)));
        }
    }
    for list in [&mut added, &mut revised, &mut gone] {
        let home = new.settings.home.map(|home| new.places[home].code.as_str());
        list.sort_by_key(|figure| (home != Some(figure.place), figure.period, figure.place));
    }
    let is_same =
        fate == Fate::Kept && [&added, &revised, &gone].iter().all(|list| list.is_empty()) && redefined.is_empty();
    let indicator = after.or(before).filter(|_| !is_same)?;
    Some(FiguresChange {
        indicator,
        fate,
        redefined,
        added,
        revised,
        gone,
    })
}

/// A place, a part and a period, by the codes that authors write.
type FigureKey<'a> = (&'a str, Sex, Option<&'a str>, Period);

/// A figure of one of the two sites.
struct SiteFigure<'a> {
    id: PlaceId,
    name: &'a Text,
    category: Option<(&'a str, &'a Text)>,
    value: Value,
    has_note: bool,
}

fn figures<'a>(site: &'a Site, indicator: &'a Indicator) -> impl Iterator<Item = (FigureKey<'a>, SiteFigure<'a>)> {
    indicator.series.iter().flat_map(move |series| {
        let place = &site.places[series.place];
        let category = category(indicator, series.part);
        series.observations.iter().map(move |observation| {
            let key = (
                place.code.as_str(),
                series.part.sex,
                category.map(|(code, _)| code),
                observation.period,
            );
            let figure = SiteFigure {
                id: series.place,
                name: &place.name,
                category,
                value: observation.value,
                has_note: !observation.note.is_empty(),
            };
            (key, figure)
        })
    })
}

fn category(indicator: &Indicator, part: Part) -> Option<(&str, &Text)> {
    let categories = &indicator.breakdown.as_ref()?.categories;
    let (code, name) = categories.get(usize::from(part.category?))?;
    Some((code, name))
}

fn figure<'a>(
    (place, sex, _, period): &FigureKey<'a>,
    figure: &SiteFigure<'a>,
    (was, now): (Option<f64>, Option<f64>),
    (after, id): (Option<&Indicator>, PlaceId),
) -> Figure<'a> {
    let has_note_about = |indicator: &Indicator| {
        let notes = indicator.notes.iter();
        notes
            .filter(|note| note.place.is_none_or(|place| place == id))
            .any(|note| note.period == Some(*period))
    };
    let reason = match figure.value {
        Value::Missing(reason) if now.is_none() => Some(reason),
        _ => None,
    };
    let noted = after.is_some_and(|indicator| figure.has_note || has_note_about(indicator));
    Figure {
        place,
        name: figure.name,
        sex: *sex,
        category: figure.category,
        period: *period,
        was,
        now,
        reason,
        noted,
    }
}

/// Whether two numbers differ by more than the rounding of binary arithmetic.
fn differs(was: f64, now: f64) -> bool {
    (was - now).abs() > 1e-9 * was.abs().max(now.abs())
}

/// Keys of an indicator's file that decide what its figures mean, and whose values have changed.
fn redefined(before: &Indicator, after: &Indicator) -> Vec<&'static str> {
    let is_same_text = |a: &Text, b: &Text| a.all().eq(b.all());
    [
        ("name", is_same_text(&before.name, &after.name)),
        ("definition", is_same_text(&before.definition, &after.definition)),
        ("unit", before.unit == after.unit),
        ("better", before.better == after.better),
        ("comparable", before.comparable == after.comparable),
        ("period", before.period == after.period),
        ("sample", before.sample == after.sample),
    ]
    .into_iter()
    .filter_map(|(key, is_same)| (!is_same).then_some(key))
    .collect()
}
