//! Tables of an update: revised figures, changed ranks, changed statuses of targets.

use super::{indicator_link, update};
use crate::download::csv_file;
use crate::measure;
use crate::model::{
    Period, PlaceId, Ranked, RecordedRank, RecordedStatus, RevisedFigure, Sex, Unit, Update, UpdatedFigures,
};
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::page::table;
use crate::page::view::{Cell, Link, RowHeader, Table, TableRow};
use serde::Serialize;

/// Rows of a table on the page; a longer one is cut, and whole in a file.
const MOST_ROWS: usize = 30;

/// Decimals beyond which two numbers that differ are shown alike.
const MOST_DECIMALS: u8 = 9;

/// A table, or its first rows and a file with all of them.
#[derive(Serialize)]
pub(super) struct TableExcerpt {
    table: Table,
    /// How many rows of how many are on the page; absent when that is all.
    more: Option<String>,
    /// The file with all rows; empty when they are on the page.
    files: Vec<Link>,
}

/// Revised figures before and after, a row a place and period, divided by sex and category where they are.
pub(super) fn revised(page: PageContext<'_>, update: &Update, figures: &UpdatedFigures) -> Option<TableExcerpt> {
    let revisions = figures.revised.iter();
    let revised: Vec<(Period, &RevisedFigure)> = revisions
        .flat_map(|revision| revision.values.iter().map(move |figure| (revision.period, figure)))
        .collect();
    let is_divided = revised
        .iter()
        .any(|(_, figure)| figure.sex != Sex::Total || !figure.category.is_empty());
    let unit = table::unit(page, &figures.unit);
    let word = |key: &str| page.word(&format!("updates.{key}"));
    let mut columns = vec![table::texts(word("place")), table::texts(word("period"))];
    columns.extend(is_divided.then(|| table::texts(word("part"))));
    columns.push(table::numbers(word("was"), unit.clone()));
    columns.push(table::numbers(word("now"), unit));
    columns.push(table::numbers(
        word("change"),
        table::difference_unit(page, &figures.unit),
    ));
    let row = |(period, figure): (Period, &RevisedFigure)| {
        let unit = finer(&figures.unit, figure.was, figure.now);
        let mut cells = vec![text(page.locale.format.period(period))];
        cells.extend(is_divided.then(|| text(part(page, figure))));
        cells.extend([figure.was, figure.now].map(|number| table::number(page, Some(number), &unit)));
        cells.push(table::difference(page, Some([figure.now, figure.was]), &unit));
        let mut row = table::row(page.place_name(figure.place), cells);
        row.home = page.home() == Some(figure.place);
        row.country = page.country() == Some(figure.place);
        row.header.href = page.href(&Reference::Place(figure.place));
        row
    };
    let rows = revised.into_iter().map(row).collect();
    let name = figures.name.in_language(page.code());
    let caption = page.fill("updates.caption", &[("indicator", name)]);
    excerpt(page, update, &figures.indicator, table::table(caption, columns, rows))
}

/// The unit with as many decimals as it takes to tell two numbers apart.
fn finer(unit: &Unit, was: f64, now: f64) -> Unit {
    let differs = |decimals: &u8| (measure::rounded(was, *decimals) - measure::rounded(now, *decimals)).abs() > 0.0;
    let decimals = (unit.decimals..=MOST_DECIMALS).find(differs).unwrap_or(unit.decimals);
    Unit {
        decimals,
        ..unit.clone()
    }
}

/// "Kvinnor", a category, or both.
fn part(page: PageContext<'_>, figure: &RevisedFigure) -> String {
    let category = figure.category.in_language(page.code());
    let sex = match figure.sex {
        Sex::Total if !category.is_empty() => "",
        sex => page.word(&format!("sex.{}", sex.letter())),
    };
    let names = [category, sex].into_iter().filter(|name| !name.is_empty());
    names.collect::<Vec<_>>().join(", ")
}

fn text(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        ..Cell::default()
    }
}

/// Ranks before and after, a row an indicator or index.
pub(super) fn ranks(page: PageContext<'_>, update: &Update) -> Option<TableExcerpt> {
    let code = page.code();
    let rank_cell = |rank: RecordedRank| {
        let [position, of] = [rank.position, rank.of].map(|number| update::count(page.locale, number));
        let place = page.fill("changes.rank", &[("position", &position), ("of", &of)]);
        text(match rank.period {
            Some(period) => {
                let period = page.locale.format.period(period);
                page.fill("updates.rank_in", &[("rank", &place), ("period", &period)])
            }
            None => place,
        })
    };
    let rows = update.ranks.iter().map(|change| {
        let name = change.name.in_language(code);
        let link = match &change.subject {
            Ranked::Indicator(id) => indicator_link(page, id, name),
            Ranked::Index(id) => {
                let index = page.site.index(id);
                let link = index.and_then(|_| page.link(name, &Reference::Index(id.clone())));
                link.unwrap_or_else(|| Link {
                    title: name.to_owned(),
                    ..Link::default()
                })
            }
        };
        let place = text(page.place_name(change.place));
        let cells = vec![place, rank_cell(change.was), rank_cell(change.now)];
        linked_row(page, change.place, link, cells)
    });
    let columns = ["what", "place", "was", "now"].map(|key| table::texts(page.word(&format!("updates.{key}"))));
    let caption = page.word("updates.ranks_caption").to_owned();
    let table = table::table(caption, columns.into(), rows.collect());
    excerpt(page, update, page.word("anchor.ranks"), table)
}

/// Statuses of targets before and after, a row a target.
pub(super) fn statuses(page: PageContext<'_>, update: &Update) -> Option<TableExcerpt> {
    let code = page.code();
    let status_cell = |status: RecordedStatus| text(page.word(&format!("changes.status.{}", status.name())));
    let rows = update.statuses.iter().map(|change| {
        let place = text(page.place_name(change.place));
        let set = text(change.set_name.in_language(code));
        let link = indicator_link(page, &change.indicator, change.name.in_language(code));
        let cells = vec![place, set, status_cell(change.was), status_cell(change.now)];
        linked_row(page, change.place, link, cells)
    });
    let columns = ["what", "place", "target", "was", "now"];
    let columns = columns.map(|key| table::texts(page.word(&format!("updates.{key}"))));
    let caption = page.word("updates.statuses_caption").to_owned();
    let table = table::table(caption, columns.into(), rows.collect());
    excerpt(page, update, page.word("anchor.statuses"), table)
}

/// A row that is headed by a link and marked if it is about the report's own place.
fn linked_row(page: PageContext<'_>, place: PlaceId, link: Link, cells: Vec<Cell>) -> TableRow {
    TableRow {
        home: page.home() == Some(place),
        header: RowHeader {
            title: link.title,
            href: (!link.href.is_empty()).then_some(link.href),
        },
        ..table::row(String::new(), cells)
    }
}

/// A table as the page shows it: a long one is cut, and offered whole as a file. Nothing where there are no rows.
fn excerpt(page: PageContext<'_>, update: &Update, name: &str, mut table: Table) -> Option<TableExcerpt> {
    let rows = table.rows.len();
    if rows == 0 {
        return None;
    }
    let anchor = update::anchor(page.locale, update);
    table.id = page.files.id(&format!("{anchor}-{name}"));
    if rows <= MOST_ROWS {
        return Some(TableExcerpt {
            table,
            more: None,
            files: Vec::new(),
        });
    }
    let title = update::title(page.locale, update);
    let source = page.site.settings.title.in_language(page.code());
    let file = csv_file::table(&table.caption, &title, &table, source);
    let route = format!("{}/{}-{name}.csv", page.word("routes.updates"), update.date);
    let file = page.offer("CSV", &route, file);
    table.rows.truncate(MOST_ROWS);
    let [shown, all] = [MOST_ROWS, rows].map(|n| update::count(page.locale, n as u64));
    Some(TableExcerpt {
        table,
        more: Some(page.fill("updates.more", &[("shown", &shown), ("all", &all)])),
        files: vec![file],
    })
}
