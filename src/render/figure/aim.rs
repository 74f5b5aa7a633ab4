//! The target in a trend: the way to it, drawn, described and set out in the table.
//!
//! Takes the path of the own place; gives what the picture, the description and the table say of it. Without a number to aim at
//! there is none of it.

use crate::chart::Target;
use crate::measure::Path;
use crate::model::{Indicator, Period, PlaceId, Selection};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::target::home_path;
use crate::page::view::{Cell, Table};

/// The path to a target with a number.
pub(super) fn path(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<Path> {
    home_path(page, indicator, place).filter(|path| path.goal.is_some())
}

/// The periods that are drawn: those described, with all that the own place has since the path begins, and then that of the
/// target, where there is nothing yet to describe. An author who says from or to when is not overruled.
pub(super) fn axis(
    page: PageContext<'_>,
    indicator: &Indicator,
    path: Option<&Path>,
    described: &mut Vec<Period>,
    selection: &Selection,
) -> Vec<Period> {
    let Some((base, by)) = path.and_then(|path| Some((path.base?.0, path.by))) else {
        return described.clone();
    };
    if selection.from.is_none() && described.first().is_some_and(|first| base < *first) {
        let own = page
            .home()
            .and_then(|home| indicator.total(home))
            .map_or(&[][..], |own| &own.observations);
        described.extend(
            own.iter()
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

/// The target as it is drawn: the straight way to it where its end is seen, else a level.
pub(super) fn drawn(page: PageContext<'_>, indicator: &Indicator, path: &Path, axis: &[Period]) -> Option<Target> {
    let value = path.goal?;
    let format = &page.locale.format;
    let shown = format.short_value(value, &indicator.unit, page.code());
    let text = page.fill(
        "sentence.target_label",
        &[("period", &format.period(path.by)), ("value", &shown)],
    );
    let (first, last) = (axis.first()?.position(), axis.last()?.position());
    let end = path.by.position();
    let way = path.base.filter(|_| first < end && end <= last).and_then(|(base, _)| {
        let start = base.position().max(first);
        Some([(start, path.at(start)?), (end, value)])
    });
    Some(Target { value, text, way })
}

/// The way to a target in words.
pub(super) fn described(page: PageContext<'_>, indicator: &Indicator, path: &Path) -> String {
    let format = &page.locale.format;
    let said = |number: f64| format.value(number, &indicator.unit, page.code());
    let (by, goal) = (format.period(path.by), path.goal.map_or(String::new(), said));
    match path.base {
        Some((from, base)) => {
            let (from, base) = (format.period(from), said(base));
            let arguments = [("from", &*from), ("base", &*base), ("to", &*by), ("goal", &*goal)];
            page.fill("sentence.chart.way", &arguments)
        }
        None => page.fill("sentence.chart.target", &[("to", &by), ("goal", &goal)]),
    }
}

/// A column for the way to the target.
pub(super) fn tabulated(page: PageContext<'_>, indicator: &Indicator, path: &Path, axis: &[Period], table: &mut Table) {
    let unit = &indicator.unit;
    table.columns.push(table::numbers(
        page.word("sentence.column.way"),
        table::unit(page, unit),
    ));
    for (row, period) in table.rows.iter_mut().zip(axis) {
        let here = if *period == path.by {
            path.goal
        } else {
            path.at(period.position())
        };
        let outside = page.word("sentence.progress.outside");
        row.cells.push(match here {
            Some(_) => table::number(page, here, unit),
            None => Cell {
                text: "–".to_owned(),
                missing: Some(outside.to_owned()),
                ..Cell::default()
            },
        });
    }
}
