//! The figures behind a target's status, in words: one function a kind of target.
//!
//! Takes the grounds of a status; fills in what a followed target says. Numbers are written here with the theme's formats;
//! nothing is computed.

use crate::measure;
use crate::measure::{DatedValue, DirectionProgress, GapSides, Pace, PeerComparison, SexGap, TargetPath, rounded};
use crate::model::{Indicator, Period, PlaceId, Unit, UnitKind};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::{Cell, TableRow, Value};
use crate::render::report::target_status::{Figure, FollowedTarget};

/// Tells about one indicator's target.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) page: PageContext<'a>,
    pub(super) indicator: &'a Indicator,
    pub(super) place: PlaceId,
}

impl Teller<'_> {
    /// A line to a number: base, latest, target, paces and projection.
    pub(super) fn path(self, followed: &mut FollowedTarget, path: &TargetPath) {
        let by = self.period(path.by);
        let goal = path.goal.map(|goal| self.dated((path.by, goal)));
        let projected = path.projected.map(|number| self.short(number));
        if let Some(latest) = path.latest {
            followed.latest = self.value(latest);
        }
        followed.sentence = self.sentence(
            path.needed.as_ref(),
            path.so_far.as_ref(),
            path.projected.zip(Some(path.by)),
        );
        let mut figures = vec![
            self.figure("base", path.base.map(|base| self.dated(base)), None),
            self.figure("latest", path.latest.map(|latest| self.dated(latest)), None),
            self.figure("goal", goal.clone(), None),
            self.pace_figure("so_far", path.so_far.as_ref()),
            self.pace_figure("needed", path.needed.as_ref()),
        ];
        let condition = self.page.word("sentence.progress.if_it_goes_on").to_owned();
        let label = self.page.fill("sentence.progress.projected", &[("period", &by)]);
        figures.push(projected.clone().map(|text| Figure {
            label,
            text,
            note: Some(condition),
        }));
        followed.figures = figures.into_iter().flatten().collect();
        fill(&mut followed.goal, goal);
        fill(&mut followed.needed, path.needed.as_ref().map(|pace| self.pace(pace)));
        fill(&mut followed.so_far, path.so_far.as_ref().map(|pace| self.pace(pace)));
        fill(&mut followed.projected, projected);
    }

    /// A direction: base, latest and pace.
    pub(super) fn way(self, followed: &mut FollowedTarget, way: &DirectionProgress) {
        followed.sentence = self.sentence(None, way.so_far.as_ref(), None);
        let goal = way.base.zip(way.up).map(|(base, up)| {
            let path = if up {
                "sentence.progress.above"
            } else {
                "sentence.progress.below"
            };
            self.page.fill(path, &[("value", &self.dated(base))])
        });
        let figures = [
            self.figure("base", way.base.map(|base| self.dated(base)), None),
            self.figure("latest", way.latest.map(|latest| self.dated(latest)), None),
            self.pace_figure("so_far", way.so_far.as_ref()),
        ];
        followed.figures = figures.into_iter().flatten().collect();
        fill(&mut followed.goal, goal);
        fill(&mut followed.so_far, way.so_far.as_ref().map(|pace| self.pace(pace)));
    }

    /// A gap: both sides and the distance, then and now.
    pub(super) fn gap(self, followed: &mut FollowedTarget, gap: &SexGap) {
        let page = self.page;
        let sexes = gap
            .between
            .map(|sex| page.word(&format!("sex.{}", sex.letter())).to_owned());
        let dated = |sides: &GapSides| self.in_parentheses(&self.distance(sides.gap), sides.period);
        let before = gap
            .before
            .as_ref()
            .filter(|before| gap.now.is_none_or(|now| before.period != now.period));
        if let (Some(before), Some(now)) = (before, &gap.now) {
            let [one, other] = sexes.each_ref().map(|sex| sex.to_lowercase());
            let said = [
                ("one", &*one),
                ("other", &*other),
                ("before", &*dated(before)),
                ("now", &*dated(now)),
            ];
            followed.sentence = page.fill("sentence.progress.gap", &said);
        }
        if let Some(now) = &gap.now {
            followed.latest = self.difference_value(now.gap, now.period);
        }
        let goal = gap.before.as_ref().map(dated);
        fill(
            &mut followed.goal,
            goal.map(|before| page.fill("sentence.progress.smaller", &[("value", &before)])),
        );
        fill(&mut followed.so_far, gap.so_far.as_ref().map(|pace| self.pace(pace)));
        followed.figures = self
            .pace_figure("so_far_gap", gap.so_far.as_ref())
            .into_iter()
            .collect();
        let unit = &self.indicator.unit;
        let row = |sides: &GapSides| {
            let numbers = sides.values.map(|number| table::number(page, Some(number), unit));
            let gap = table::number(page, Some(sides.gap), unit);
            table::row(self.period(sides.period), numbers.into_iter().chain([gap]).collect())
        };
        let rows: Vec<TableRow> = [before, gap.now.as_ref()].into_iter().flatten().map(row).collect();
        if !rows.is_empty() {
            let mut columns = vec![table::texts(page.word("sentence.column.period"))];
            columns.extend(sexes.map(|sex| table::numbers(sex, table::unit(page, unit))));
            let unit = table::difference_unit(page, unit);
            columns.push(table::numbers(page.word("sentence.column.difference"), unit));
            let caption = page.fill("sentence.progress.gap_table", &[("indicator", &followed.title)]);
            followed.table = Some(crate::page::view::Table {
                id: format!("{}-data", followed.id),
                ..table::table(caption, columns, rows)
            });
        }
    }

    /// Peers: each one's number and their mean.
    pub(super) fn peers(self, followed: &mut FollowedTarget, comparison: &PeerComparison, group: &str) {
        let page = self.page;
        let Some(to) = comparison.to else { return };
        let said = |number: f64| {
            if comparison.growth {
                page.locale.format.percent(number, comparison.decimals)
            } else {
                self.short(number)
            }
        };
        let span = comparison
            .from
            .map_or_else(|| self.period(to), |from| page.locale.format.span(from, to));
        if let Some(own) = comparison.own {
            followed.latest = Value {
                number: page.locale.format.number(own, comparison.decimals),
                period: Some(span.clone()),
                ..self.value((to, own))
            };
            if comparison.growth {
                let number = page.locale.format.signed(own, comparison.decimals);
                followed.latest = Value {
                    text: said(own),
                    number,
                    unit: "%".to_owned(),
                    ..followed.latest.clone()
                };
            }
        }
        if let (Some(own), Some(mean)) = (comparison.own, comparison.mean) {
            let path = if comparison.growth {
                "sentence.progress.peers_growth"
            } else {
                "sentence.progress.peers_level"
            };
            let place = page.place_name(self.place);
            followed.sentence = page.fill(
                path,
                &[
                    ("place", place),
                    ("own", &said(own)),
                    ("mean", &said(mean)),
                    ("span", &span),
                ],
            );
            let up = self.indicator.better != crate::model::Better::Lower;
            let words = if up {
                "sentence.progress.above"
            } else {
                "sentence.progress.below"
            };
            let mean = self.in_text(&said(mean), &span);
            fill(&mut followed.goal, Some(page.fill(words, &[("value", &mean)])));
        }
        let name = page
            .site
            .places
            .group(group)
            .map_or("", |it| it.name.in_language(page.code()));
        let unit = if comparison.growth {
            Unit {
                kind: UnitKind::Percent,
                decimals: comparison.decimals,
                ..Unit::default()
            }
        } else {
            self.indicator.unit.clone()
        };
        let cell = |number: Option<f64>| {
            let cell = table::number(page, number, &unit);
            match number {
                Some(number) if comparison.growth => Cell {
                    text: page.locale.format.signed(number, comparison.decimals),
                    ..cell
                },
                _ => cell,
            }
        };
        let known = comparison.peers.iter().any(|(_, number)| number.is_some());
        if comparison.own.is_none() && !known {
            return;
        }
        let mut rows = vec![TableRow {
            home: true,
            ..table::row(page.place_name(self.place), vec![cell(comparison.own)])
        }];
        rows.extend(
            comparison
                .peers
                .iter()
                .map(|(peer, number)| table::row(page.place_name(*peer), vec![cell(*number)])),
        );
        let mean = page.fill("sentence.progress.mean", &[("group", name)]);
        rows.push(table::row(mean, vec![cell(comparison.mean)]));
        let measure = if comparison.growth {
            "sentence.column.change"
        } else {
            "sentence.column.value"
        };
        let columns = vec![
            table::texts(page.word("sentence.column.place")),
            table::numbers(format!("{} {span}", page.word(measure)), table::unit(page, &unit)),
        ];
        let caption = page.fill(
            "sentence.progress.peers_table",
            &[("indicator", &followed.title), ("group", name)],
        );
        followed.table = Some(crate::page::view::Table {
            id: format!("{}-data", followed.id),
            ..table::table(caption, columns, rows)
        });
    }

    /// What is needed, how it has gone, and where that leads.
    fn sentence(self, needed: Option<&Pace>, so_far: Option<&Pace>, leads: Option<(f64, Period)>) -> String {
        let (page, format) = (self.page, &self.page.locale.format);
        let distance = |pace: &Pace| self.distance_a_year(pace);
        let needs = needed.map(|pace| {
            let path = if pace.per_year < 0.0 { "needs_down" } else { "needs_up" };
            page.fill(&format!("sentence.progress.{path}"), &[("distance", &distance(pace))])
        });
        let moved = so_far.map(|pace| {
            let [from, to] = pace.periods;
            let level = |period| measure::value(self.indicator, self.place, crate::model::Part::TOTAL, period);
            let change = level(to).zip(level(from));
            let change = change.map_or(pace.per_year, |(to, from)| {
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

    fn figure(self, label: &str, text: Option<String>, note: Option<String>) -> Option<Figure> {
        let label = self.page.word(&format!("sentence.progress.{label}")).to_owned();
        text.map(|text| Figure { label, text, note })
    }

    fn pace_figure(self, label: &str, pace: Option<&Pace>) -> Option<Figure> {
        let pace = pace?;
        let [from, to] = pace.periods;
        self.figure(
            label,
            Some(self.pace(pace)),
            Some(self.page.locale.format.span(from, to)),
        )
    }

    /// "−80 734 ton (−7,9 %) per år".
    fn pace(self, pace: &Pace) -> String {
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

    fn distance_a_year(self, pace: &Pace) -> String {
        let unit = self.fine(pace.per_year);
        self.page.locale.format.distance(pace.per_year, &unit, self.page.code())
    }

    fn distance(self, number: f64) -> String {
        let unit = brief(&self.indicator.unit, self.indicator.unit.decimals);
        self.page.locale.format.distance(number, &unit, self.page.code())
    }

    /// The unit with decimals enough for two digits that say something, at most two more than values have.
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

    fn short(self, number: f64) -> String {
        self.page
            .locale
            .format
            .short_value(number, &self.indicator.unit, self.page.code())
    }

    fn period(self, period: Period) -> String {
        self.page.locale.format.period(period)
    }

    /// "78,1 % (2023)".
    fn dated(self, point: DatedValue) -> String {
        self.in_parentheses(&self.short(point.1), point.0)
    }

    fn in_parentheses(self, value: &str, period: Period) -> String {
        self.in_text(value, &self.period(period))
    }

    fn in_text(self, value: &str, period: &str) -> String {
        self.page
            .fill("sentence.progress.dated", &[("value", value), ("period", period)])
    }

    fn value(self, point: DatedValue) -> Value {
        let format = &self.page.locale.format;
        Value {
            text: self.short(point.1),
            number: format.plain(point.1, &self.indicator.unit),
            unit: format.short_unit(&self.indicator.unit, self.page.code()).to_owned(),
            period: Some(self.period(point.0)),
            ..Value::default()
        }
    }

    fn difference_value(self, number: f64, period: Period) -> Value {
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

/// A text where there is one; else the cell goes on saying why there is none.
fn fill(cell: &mut Cell, text: Option<String>) {
    if let Some(text) = text {
        *cell = Cell {
            text,
            ..Cell::default()
        };
    }
}
