//! The line to a target in a trend: its mark in the drawing, its sentence in the description, its column in the table.
//!
//! All three are made from the path of the report's own place, and only where the target is a number.

use crate::chart::TargetMark;
use crate::measure::TargetPath;
use crate::model::{Indicator, Period, PlaceId, Selection};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::target::home_path;
use crate::page::view::Table;
use crate::render::figure::tables::dash;

/// The place's path to a target that is a number; `None` where there is none.
pub(super) fn path(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<TargetPath> {
    home_path(page, indicator, place).filter(|path| path.goal.is_some())
}

/// The periods of the drawing: the described ones, to which those of the own place since the path's beginning are added,
/// and the target's, for which there is nothing to describe yet. An author's own `from` and `to` are not overruled.
pub(super) fn axis(
    page: PageContext<'_>,
    indicator: &Indicator,
    path: Option<&TargetPath>,
    described: &mut Vec<Period>,
    selection: &Selection,
) -> Vec<Period> {
    let Some((base, by)) = path.and_then(|path| Some((path.base?.0, path.by))) else {
        return described.clone();
    };
    if selection.from.is_none() && described.first().is_some_and(|first| base < *first) {
        let observations = page
            .home()
            .and_then(|home| indicator.total(home))
            .map_or(&[][..], |series| &series.observations);
        described.extend(
            observations
                .iter()
                .map(|observation| observation.period)
                .filter(|period| *period >= base),
        );
        described.sort_unstable();
        described.dedup();
    }
    let mut axis = described.clone();
    if selection.to.is_none() && axis.last().is_some_and(|last| *last < by) {
        axis.push(by);
    }
    axis
}

/// The mark of the target: the straight line to it where the drawing reaches its period, else a level.
pub(super) fn mark(
    page: PageContext<'_>,
    indicator: &Indicator,
    path: &TargetPath,
    axis: &[Period],
) -> Option<TargetMark> {
    let value = path.goal?;
    let format = &page.locale.format;
    let goal = format.short_value(value, &indicator.unit, page.code());
    let text = page.fill(
        "sentence.target_label",
        &[("period", &format.period(path.by)), ("value", &goal)],
    );
    let (first, last) = (axis.first()?.position(), axis.last()?.position());
    let end = path.by.position();
    let way = path.base.filter(|_| first < end && end <= last).and_then(|(base, _)| {
        let start = base.position().max(first);
        Some([(start, path.at(start)?), (end, value)])
    });
    Some(TargetMark { value, text, line: way })
}

/// The line to the target in words.
pub(super) fn sentence(page: PageContext<'_>, indicator: &Indicator, path: &TargetPath) -> String {
    let format = &page.locale.format;
    let value = |number: f64| format.value(number, &indicator.unit, page.code());
    let (by, goal) = (format.period(path.by), path.goal.map_or(String::new(), value));
    match path.base {
        Some((from, base)) => {
            let (from, base) = (format.period(from), value(base));
            let arguments = [("from", &*from), ("base", &*base), ("to", &*by), ("goal", &*goal)];
            page.fill("sentence.chart.way", &arguments)
        }
        None => page.fill("sentence.chart.target", &[("to", &by), ("goal", &goal)]),
    }
}

/// Adds a column with the value of the line in each period of the table.
pub(super) fn add_column(
    page: PageContext<'_>,
    indicator: &Indicator,
    path: &TargetPath,
    axis: &[Period],
    table: &mut Table,
) {
    let unit = &indicator.unit;
    table.columns.push(table::numbers(
        page.word("sentence.column.way"),
        table::unit(page, unit),
    ));
    for (row, period) in table.rows.iter_mut().zip(axis) {
        let number = if *period == path.by {
            path.goal
        } else {
            path.at(period.position())
        };
        let outside = page.word("sentence.progress.outside");
        row.cells.push(match number {
            Some(_) => table::number(page, number, unit),
            None => dash(outside),
        });
    }
}
