//! The figures behind the status of a target, one function for each kind of target.
//!
//! Takes the grounds of a status; fills in the fields of a follow-up. Nothing is computed here.

use super::writer::{TargetWriter, fill};
use super::{TargetFigure, TargetFollowUp};
use crate::measure::{DirectionProgress, GapSides, PeerComparison, SexGap, TargetPath};
use crate::model::{Better, Unit, UnitKind};
use crate::page::table;
use crate::page::view::{Cell, Table, TableRow, Value};

impl TargetWriter<'_> {
    /// A line to a number: base, latest, target, paces and projection.
    pub(super) fn line(self, follow_up: &mut TargetFollowUp, path: &TargetPath) {
        let by = self.period(path.by);
        let goal = path.goal.map(|goal| self.dated((path.by, goal)));
        let projected = path.projected.map(|number| self.short(number));
        if let Some(latest) = path.latest {
            follow_up.latest = self.value(latest);
        }
        follow_up.sentence = self.sentence(
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
        figures.push(projected.clone().map(|text| TargetFigure {
            label,
            text,
            note: Some(condition),
        }));
        follow_up.figures = figures.into_iter().flatten().collect();
        fill(&mut follow_up.goal, goal);
        fill(&mut follow_up.needed, path.needed.as_ref().map(|pace| self.pace(pace)));
        fill(&mut follow_up.so_far, path.so_far.as_ref().map(|pace| self.pace(pace)));
        fill(&mut follow_up.projected, projected);
    }

    /// A direction: base, latest and pace.
    pub(super) fn direction(self, follow_up: &mut TargetFollowUp, way: &DirectionProgress) {
        follow_up.sentence = self.sentence(None, way.so_far.as_ref(), None);
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
        follow_up.figures = figures.into_iter().flatten().collect();
        fill(&mut follow_up.goal, goal);
        fill(&mut follow_up.so_far, way.so_far.as_ref().map(|pace| self.pace(pace)));
    }

    /// A gap between women and men: both values and their distance, before and now.
    pub(super) fn gap(self, follow_up: &mut TargetFollowUp, gap: &SexGap) {
        let page = self.page;
        let sexes = gap
            .between
            .map(|sex| page.word(&format!("sex.{}", sex.letter())).to_owned());
        let dated = |sides: &GapSides| self.in_parentheses(&self.distance(sides.gap), sides.period);
        // In the first year of a target before and now are the same.
        let before = gap
            .before
            .as_ref()
            .filter(|before| gap.now.is_none_or(|now| before.period != now.period));
        if let (Some(before), Some(now)) = (before, &gap.now) {
            let [one, other] = sexes.each_ref().map(|sex| sex.to_lowercase());
            let words = [
                ("one", &*one),
                ("other", &*other),
                ("before", &*dated(before)),
                ("now", &*dated(now)),
            ];
            follow_up.sentence = page.fill("sentence.progress.gap", &words);
        }
        if let Some(now) = &gap.now {
            follow_up.latest = self.difference_value(now.gap, now.period);
        }
        let goal = gap.before.as_ref().map(dated);
        fill(
            &mut follow_up.goal,
            goal.map(|before| page.fill("sentence.progress.smaller", &[("value", &before)])),
        );
        fill(&mut follow_up.so_far, gap.so_far.as_ref().map(|pace| self.pace(pace)));
        follow_up.figures = self
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
            let caption = page.fill("sentence.progress.gap_table", &[("indicator", &follow_up.title)]);
            follow_up.table = Some(Table {
                id: format!("{}-data", follow_up.id),
                ..table::table(caption, columns, rows)
            });
        }
    }

    /// Peers: the number of each, and their mean.
    pub(super) fn peers(self, follow_up: &mut TargetFollowUp, comparison: &PeerComparison, group: &str) {
        let page = self.page;
        let Some(to) = comparison.to else { return };
        let value_text = |number: f64| {
            if comparison.growth {
                page.locale.format.percent(number, comparison.decimals)
            } else {
                self.short(number)
            }
        };
        let span = comparison
            .from
            .map_or_else(|| self.period(to), |from| page.locale.format.span(from, to));
        if let Some(latest) = comparison.own {
            follow_up.latest = Value {
                number: page.locale.format.number(latest, comparison.decimals),
                period: Some(span.clone()),
                ..self.value((to, latest))
            };
            if comparison.growth {
                let number = page.locale.format.signed(latest, comparison.decimals);
                follow_up.latest = Value {
                    text: value_text(latest),
                    number,
                    unit: "%".to_owned(),
                    ..follow_up.latest.clone()
                };
            }
        }
        if let (Some(latest), Some(mean)) = (comparison.own, comparison.mean) {
            let path = if comparison.growth {
                "sentence.progress.peers_growth"
            } else {
                "sentence.progress.peers_level"
            };
            let words = [
                ("place", page.place_name(self.place)),
                ("own", &value_text(latest)),
                ("mean", &value_text(mean)),
                ("span", &span),
            ];
            follow_up.sentence = page.fill(path, &words);
            let goal = if self.indicator.better == Better::Lower {
                "sentence.progress.below"
            } else {
                "sentence.progress.above"
            };
            let mean = self.in_text(&value_text(mean), &span);
            fill(&mut follow_up.goal, Some(page.fill(goal, &[("value", &mean)])));
        }
        if comparison.own.is_some() || comparison.peers.iter().any(|(_, number)| number.is_some()) {
            let table = self.peers_table(&follow_up.title, comparison, group, &span);
            follow_up.table = Some(Table {
                id: format!("{}-data", follow_up.id),
                ..table
            });
        }
    }

    /// The numbers of the place and its peers over a span of years, and the mean of the peers.
    fn peers_table(self, title: &str, comparison: &PeerComparison, group: &str, span: &str) -> Table {
        let page = self.page;
        let group = page.site.places.group(group);
        let name = group.map_or("", |group| group.name.in_language(page.code()));
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
            &[("indicator", title), ("group", name)],
        );
        table::table(caption, columns, rows)
    }
}
