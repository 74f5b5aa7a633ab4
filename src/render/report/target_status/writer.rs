//! Words and numbers of a followed-up target: values with their periods, paces and sentences in the theme's formats.

use super::TargetFigure;
use crate::measure::{self, DatedValue, Pace, rounded};
use crate::model::{Indicator, Part, Period, PlaceId, Unit};
use crate::page::context::PageContext;
use crate::page::view::{Cell, Value};

/// Writes the follow-up of one indicator's target at one place.
#[derive(Clone, Copy)]
pub(super) struct TargetWriter<'a> {
    pub(super) page: PageContext<'a>,
    pub(super) indicator: &'a Indicator,
    pub(super) place: PlaceId,
}

impl TargetWriter<'_> {
    /// Sentences: the pace that is needed, the pace so far, and the value that it leads to.
    pub(super) fn sentence(self, needed: Option<&Pace>, so_far: Option<&Pace>, leads: Option<(f64, Period)>) -> String {
        let (page, format) = (self.page, &self.page.locale.format);
        let distance = |pace: &Pace| self.distance_a_year(pace);
        let needs = needed.map(|pace| {
            let path = if pace.per_year < 0.0 { "needs_down" } else { "needs_up" };
            page.fill(&format!("sentence.progress.{path}"), &[("distance", &distance(pace))])
        });
        let moved = so_far.map(|pace| {
            let [from, to] = pace.periods;
            let level = |period| measure::value(self.indicator, self.place, Part::TOTAL, period);
            let levels = level(to).zip(level(from));
            let change = levels.map_or(pace.per_year, |(to, from)| {
                measure::difference(to, from, self.indicator.unit.decimals)
            });
            let path = if change == 0.0 {
                "flat"
            } else if change < 0.0 {
                "fallen"
            } else {
                "risen"
            };
            let from = format.period_in_text(from);
            page.fill(
                &format!("sentence.progress.{path}"),
                &[("from", &from), ("distance", &distance(pace))],
            )
        });
        let leads =
            leads.map(|(number, by)| page.fill("sentence.progress.leads", &[("value", &self.dated((by, number)))]));
        [needs, moved, leads]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A figure with its label; nothing without a text.
    pub(super) fn figure(self, label: &str, text: Option<String>, note: Option<String>) -> Option<TargetFigure> {
        let label = self.page.word(&format!("sentence.progress.{label}")).to_owned();
        text.map(|text| TargetFigure { label, text, note })
    }

    /// A pace with its label, and the span of years as its note.
    pub(super) fn pace_figure(self, label: &str, pace: Option<&Pace>) -> Option<TargetFigure> {
        let pace = pace?;
        let [from, to] = pace.periods;
        self.figure(
            label,
            Some(self.pace(pace)),
            Some(self.page.locale.format.span(from, to)),
        )
    }

    /// "−80 734 ton (−7,9 %) per år".
    pub(super) fn pace(self, pace: &Pace) -> String {
        let format = &self.page.locale.format;
        let change = format.difference(pace.per_year, &self.fine(pace.per_year), self.page.code());
        match pace.percent {
            Some(percent) => {
                let percent = format.percent(percent, 1);
                self.page.fill(
                    "sentence.progress.pace_percent",
                    &[("change", &change), ("percent", &percent)],
                )
            }
            None => self.page.fill("sentence.progress.pace", &[("change", &change)]),
        }
    }

    /// A pace without its sign, for sentences that say "higher" or "lower".
    fn distance_a_year(self, pace: &Pace) -> String {
        let unit = self.fine(pace.per_year);
        self.page.locale.format.distance(pace.per_year, &unit, self.page.code())
    }

    /// A difference without its sign.
    pub(super) fn distance(self, number: f64) -> String {
        let unit = brief(&self.indicator.unit, self.indicator.unit.decimals);
        self.page.locale.format.distance(number, &unit, self.page.code())
    }

    /// The unit with enough decimals for two significant digits, at most two more than values have.
    fn fine(self, number: f64) -> Unit {
        let unit = &self.indicator.unit;
        let most = unit.decimals + 2;
        let enough = |decimals: &u8| number.abs() >= 10f64.powi(1 - i32::from(*decimals));
        let decimals = if rounded(number, most) == 0.0 {
            unit.decimals
        } else {
            (unit.decimals..most).find(enough).unwrap_or(most)
        };
        brief(unit, decimals)
    }

    pub(super) fn short(self, number: f64) -> String {
        self.page
            .locale
            .format
            .short_value(number, &self.indicator.unit, self.page.code())
    }

    pub(super) fn period(self, period: Period) -> String {
        self.page.locale.format.period(period)
    }

    /// "78,1 % (2023)".
    pub(super) fn dated(self, point: DatedValue) -> String {
        self.in_parentheses(&self.short(point.1), point.0)
    }

    pub(super) fn in_parentheses(self, value: &str, period: Period) -> String {
        self.in_text(value, &self.period(period))
    }

    pub(super) fn in_text(self, value: &str, period: &str) -> String {
        self.page
            .fill("sentence.progress.dated", &[("value", value), ("period", period)])
    }

    pub(super) fn value(self, point: DatedValue) -> Value {
        let format = &self.page.locale.format;
        Value {
            text: self.short(point.1),
            number: format.plain(point.1, &self.indicator.unit),
            unit: format.short_unit(&self.indicator.unit, self.page.code()).to_owned(),
            period: Some(self.period(point.0)),
            ..Value::default()
        }
    }

    /// A difference as a value of its own.
    pub(super) fn difference_value(self, number: f64, period: Period) -> Value {
        let format = &self.page.locale.format;
        Value {
            text: self.distance(number),
            unit: format
                .short_difference_unit(&self.indicator.unit, self.page.code())
                .to_owned(),
            ..self.value((period, number))
        }
    }
}

/// The unit with its short words, for figures that stand close together.
fn brief(unit: &Unit, decimals: u8) -> Unit {
    let label = if unit.label.is_empty() || unit.short.is_empty() {
        &unit.label
    } else {
        &unit.short
    };
    Unit {
        decimals,
        label: label.clone(),
        ..unit.clone()
    }
}

/// Fills a cell with a text; without one, the cell keeps its reason.
pub(super) fn fill(cell: &mut Cell, text: Option<String>) {
    if let Some(text) = text {
        *cell = Cell {
            text,
            ..Cell::default()
        };
    }
}
