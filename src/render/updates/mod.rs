//! What is new in the report: recorded updates, newest first.

pub(crate) mod feed;
pub(crate) mod update;

use crate::download::csv_file;
use crate::measure;
use crate::model::{Extent, Fate, Period, Ranked, RecordedRank, RevisedFigure, Sex, Unit, Update, UpdatedFigures};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::table;
use crate::page::view::{Cell, Heading, Html, Link, Remark, RowHeader, Table, TableRow};
use minijinja::context;
use serde::Serialize;

/// Rows of a table on the page; a longer one is told to its end in a file.
const MOST_ROWS: usize = 30;

/// Decimals beyond which two numbers that differ are shown alike.
const MOST_DECIMALS: u8 = 9;

/// An update.
#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    /// Its day, where the title does not say it.
    day: Option<String>,
    short: String,
    paragraphs: Vec<Html>,
    indicators: Vec<Touched>,
    ranks: Option<Listing>,
    statuses: Option<Listing>,
    claims_text: String,
    claims: Vec<Claim>,
}

/// An indicator that it touched.
#[derive(Serialize)]
struct Touched {
    link: Link,
    sentences: Vec<String>,
    notes: Vec<Remark>,
    revised: Option<Listing>,
}

/// A table, or its beginning and a file with all of it.
#[derive(Serialize)]
struct Listing {
    table: Table,
    more: Option<String>,
    files: Vec<Link>,
}

/// A statement that no longer held, and the page it stood on.
#[derive(Serialize)]
struct Claim {
    text: String,
    page: Option<Link>,
}

pub(super) fn content(page: PageContext<'_>) -> PageContent {
    let entries: Vec<Entry> = page.site.updates.iter().map(|it| entry(page, it)).collect();
    let contents: Vec<Heading> = entries
        .iter()
        .map(|it| Heading {
            id: it.id.clone(),
            title: it.title.clone(),
            level: 2,
        })
        .collect();
    let feed = feed::updates_route(page.report, page.locale).map(|route| page.way(&route));
    let view = context! {
        contents => crate::theme::template_value(contents),
        entries => crate::theme::template_value(entries),
        feed,
    };
    PageContent {
        title: page.word("updates.title").to_owned(),
        description: Some(page.word("updates.description").to_owned()),
        view,
        sample: false,
    }
}

fn entry(page: PageContext<'_>, update: &Update) -> Entry {
    let code = page.code();
    let paragraphs = update
        .text
        .in_language(code)
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let page_link = |id: &str| {
        let target = page.site.page(code, id).filter(|_| !id.is_empty())?;
        page.link(&target.title, &Reference::Page(id.to_owned()))
    };
    let claims: Vec<Claim> = update
        .claims
        .iter()
        .map(|it| Claim {
            text: it.text.clone(),
            page: page_link(&it.page),
        })
        .collect();
    Entry {
        id: page.files.id(&update::anchor(page.locale, update)),
        title: update::title(page.locale, update),
        day: (!update.title.is_empty()).then(|| page.locale.format.date(&update.date.to_string())),
        short: update::in_short(page.locale, update),
        paragraphs: paragraphs.map(|text| Html(inline(text))).collect(),
        indicators: update.figures.iter().map(|it| touched(page, update, it)).collect(),
        ranks: ranks(page, update),
        statuses: statuses(page, update),
        claims_text: page.fill("updates.claims_text", &[("n", &claims.len().to_string())]),
        claims,
    }
}

fn touched(page: PageContext<'_>, update: &Update, figures: &UpdatedFigures) -> Touched {
    let code = page.code();
    // One explanation often holds for several periods.
    let mut explained: Vec<(&str, Vec<Period>)> = Vec::new();
    for revision in figures.revised.iter().filter(|it| !it.note.is_empty()) {
        let (note, period) = (revision.note.in_language(code), revision.period);
        match explained.iter_mut().find(|(known, _)| *known == note) {
            Some((_, periods)) => periods.push(period),
            None => explained.push((note, vec![period])),
        }
    }
    let explained = explained.into_iter().map(|(note, periods)| Remark {
        title: page.fill("updates.explanation", &[("period", &each(page, &periods))]),
        texts: vec![note.to_owned()],
    });
    Touched {
        link: link(page, &figures.indicator, figures.name.in_language(code)),
        sentences: sentences(page, figures),
        notes: explained.collect(),
        revised: revised(page, update, figures),
    }
}

/// An indicator under the name it had then, with a link if it still has a page.
fn link(page: PageContext<'_>, indicator: &str, name: &str) -> Link {
    let known = page.site.indicator(indicator).is_some();
    let href = known
        .then(|| page.href(&Reference::Indicator(indicator.to_owned())))
        .flatten();
    Link {
        title: name.to_owned(),
        href: href.unwrap_or_default(),
        note: None,
    }
}

fn sentences(page: PageContext<'_>, it: &UpdatedFigures) -> Vec<String> {
    let format = &page.locale.format;
    let counted = |key: &str, n: u64, periods: String| {
        page.fill(
            &format!("updates.{key}"),
            &[("n", &update::count(page.locale, n)), ("periods", &periods)],
        )
    };
    let extent = |key: &str, extent: Extent| counted(key, extent.figures, periods(page, extent.first, extent.last));
    let mut said = Vec::new();
    match (it.fate, it.added) {
        (Fate::New, Some(added)) => said.push(extent("indicator_new", added)),
        (Fate::New, None) => said.push(page.word("updates.indicator_empty").to_owned()),
        (Fate::Gone, _) => said.push(page.word("updates.indicator_gone").to_owned()),
        (Fate::Kept, _) => {}
    }
    let (real, aspects): (Vec<&str>, Vec<&str>) = it.redefined.iter().partition(|key| **key == "sample");
    if !real.is_empty() {
        said.push(page.word("updates.real").to_owned());
    }
    if !aspects.is_empty() {
        let word = |key: &&str| page.word(&format!("updates.aspects.{key}")).to_owned();
        let aspects = format.list(&aspects.iter().map(word).collect::<Vec<_>>());
        said.push(page.fill("updates.redefined", &[("aspects", &aspects)]));
    }
    said.extend(
        it.added
            .filter(|_| it.fate == Fate::Kept)
            .map(|added| extent("added", added)),
    );
    let when = || it.revised.iter().map(|revision| revision.period);
    if let (Some(first), Some(last)) = (when().min(), when().max()) {
        let all = it.revised.iter().map(|it| it.values.len() as u64).sum();
        said.push(counted("revised", all, periods(page, first, last)));
    }
    said.extend(
        it.gone
            .filter(|_| it.fate != Fate::Gone)
            .map(|gone| extent("lost", gone)),
    );
    if !it.vanished.is_empty() {
        let names: Vec<String> = it
            .vanished
            .iter()
            .map(|place| page.place_in_text(*place).to_owned())
            .collect();
        said.push(page.fill("updates.vanished", &[("places", &format.list(&names))]));
    }
    said
}

/// One period in running text, or a list of them.
fn each(page: PageContext<'_>, periods: &[Period]) -> String {
    let format = &page.locale.format;
    match periods {
        [one] => format.period_in_text(*one),
        several => format.list(&several.iter().map(|period| format.period(*period)).collect::<Vec<_>>()),
    }
}

/// One period in running text, or the first and the last.
fn periods(page: PageContext<'_>, first: Period, last: Period) -> String {
    let format = &page.locale.format;
    if first == last {
        format.period_in_text(first)
    } else {
        format.span(first, last)
    }
}

fn revised(page: PageContext<'_>, update: &Update, figures: &UpdatedFigures) -> Option<Listing> {
    let all = || {
        figures
            .revised
            .iter()
            .flat_map(|it| it.values.iter().map(move |value| (it.period, value)))
    };
    let divided = all().any(|(_, value)| value.sex != Sex::Total || !value.category.is_empty());
    let unit = table::unit(page, &figures.unit);
    let difference = page.locale.format.short_difference_unit(&figures.unit, page.code());
    let difference = (!difference.is_empty()).then(|| difference.to_owned());
    let word = |key: &str| page.word(&format!("updates.{key}"));
    let mut columns = vec![table::texts(word("place")), table::texts(word("period"))];
    columns.extend(divided.then(|| table::texts(word("part"))));
    columns.push(table::numbers(word("was"), unit.clone()));
    columns.push(table::numbers(word("now"), unit));
    columns.push(table::numbers(word("change"), difference));
    let row = |(period, it): (Period, &RevisedFigure)| {
        let unit = finer(&figures.unit, it.was, it.now);
        let mut cells = vec![text(page.locale.format.period(period))];
        cells.extend(divided.then(|| text(part(page, it))));
        cells.extend([it.was, it.now].map(|number| table::number(page, Some(number), &unit)));
        cells.push(table::difference(page, Some([it.now, it.was]), &unit));
        let mut row = table::row(page.place_name(it.place), cells);
        row.home = page.home() == Some(it.place);
        row.country = page.country() == Some(it.place);
        row.header.href = page.href(&Reference::Place(it.place));
        row
    };
    let rows: Vec<TableRow> = all().map(row).collect();
    let name = figures.name.in_language(page.code());
    let caption = page.fill("updates.caption", &[("indicator", name)]);
    listing(page, update, &figures.indicator, table::table(caption, columns, rows))
}

/// The unit with as many decimals as it takes to tell two numbers apart.
fn finer(unit: &Unit, was: f64, now: f64) -> Unit {
    let apart = |decimals: &u8| (measure::rounded(was, *decimals) - measure::rounded(now, *decimals)).abs() > 0.0;
    let decimals = (unit.decimals..=MOST_DECIMALS).find(apart).unwrap_or(unit.decimals);
    Unit {
        decimals,
        ..unit.clone()
    }
}

/// "Kvinnor", a category, or both.
fn part(page: PageContext<'_>, it: &RevisedFigure) -> String {
    let category = it.category.in_language(page.code());
    let sex = match it.sex {
        Sex::Total if !category.is_empty() => "",
        sex => page.word(&format!("sex.{}", sex.letter())),
    };
    [category, sex]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn text(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        ..Cell::default()
    }
}

fn ranks(page: PageContext<'_>, update: &Update) -> Option<Listing> {
    let code = page.code();
    let stand = |it: RecordedRank| {
        let [position, of] = [it.position, it.of].map(|number| update::count(page.locale, number));
        let rank = page.fill("changes.rank", &[("position", &position), ("of", &of)]);
        let cell = match it.period {
            Some(period) => {
                let period = page.locale.format.period(period);
                page.fill("updates.rank_in", &[("rank", &rank), ("period", &period)])
            }
            None => rank,
        };
        text(cell)
    };
    let rows = update.ranks.iter().map(|it| {
        let name = it.name.in_language(code);
        let link = match &it.subject {
            Ranked::Indicator(id) => link(page, id, name),
            Ranked::Index(id) => {
                let known = page
                    .site
                    .index(id)
                    .and_then(|_| page.link(name, &Reference::Index(id.clone())));
                known.unwrap_or_else(|| Link {
                    title: name.to_owned(),
                    ..Link::default()
                })
            }
        };
        of_home(
            page,
            it.place,
            link,
            vec![text(page.place_name(it.place)), stand(it.was), stand(it.now)],
        )
    });
    let columns = ["what", "place", "was", "now"].map(|key| table::texts(page.word(&format!("updates.{key}"))));
    let table = table::table(
        page.word("updates.ranks_caption").to_owned(),
        columns.into(),
        rows.collect(),
    );
    listing(page, update, page.word("anchor.ranks"), table)
}

fn statuses(page: PageContext<'_>, update: &Update) -> Option<Listing> {
    let code = page.code();
    let rows = update.statuses.iter().map(|it| {
        let word = |status: crate::model::RecordedStatus| text(page.word(&format!("changes.status.{}", status.name())));
        let set = it.set_name.in_language(code);
        let cells = vec![text(page.place_name(it.place)), text(set), word(it.was), word(it.now)];
        of_home(
            page,
            it.place,
            link(page, &it.indicator, it.name.in_language(code)),
            cells,
        )
    });
    let columns = ["what", "place", "target", "was", "now"];
    let columns = columns.map(|key| table::texts(page.word(&format!("updates.{key}"))));
    let table = table::table(
        page.word("updates.statuses_caption").to_owned(),
        columns.into(),
        rows.collect(),
    );
    listing(page, update, page.word("anchor.statuses"), table)
}

/// A row about a place, headed by what it is about.
fn of_home(page: PageContext<'_>, place: crate::model::PlaceId, link: Link, cells: Vec<Cell>) -> TableRow {
    let href = (!link.href.is_empty()).then_some(link.href);
    let row = table::row(String::new(), cells);
    TableRow {
        home: page.home() == Some(place),
        header: RowHeader {
            title: link.title,
            href,
        },
        ..row
    }
}

/// A table as the page shows it: a long one is cut, and offered whole as a file. Nothing where there are no rows.
fn listing(page: PageContext<'_>, update: &Update, name: &str, mut table: Table) -> Option<Listing> {
    let all = table.rows.len();
    if all == 0 {
        return None;
    }
    let anchor = update::anchor(page.locale, update);
    table.id = page.files.id(&format!("{anchor}-{name}"));
    if all <= MOST_ROWS {
        return Some(Listing {
            table,
            more: None,
            files: Vec::new(),
        });
    }
    let title = update::title(page.locale, update);
    let file = csv_file::table(
        &table.caption,
        &title,
        &table,
        page.site.settings.title.in_language(page.code()),
    );
    let route = format!("{}/{}-{name}.csv", page.word("routes.updates"), update.date);
    let files = vec![page.offer("CSV", &route, file)];
    table.rows.truncate(MOST_ROWS);
    let [shown, all] = [MOST_ROWS, all].map(|n| update::count(page.locale, n as u64));
    Some(Listing {
        table,
        more: Some(page.fill("updates.more", &[("shown", &shown), ("all", &all)])),
        files,
    })
}
