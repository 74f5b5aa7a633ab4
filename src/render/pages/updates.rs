//! What is new in the report: recorded updates, newest first.

use super::Matter;
use crate::export;
use crate::measure;
use crate::model::{Extent, Fate, Period, Ranked, RecordedRank, RevisedFigure, Sex, Unit, Update, UpdatedFigures};
use crate::render::picture::tabular;
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::view::{Cell, Heading, Html, Link, Remark, RowHeader, Table, TableRow};
use crate::render::{feed, prose, update as told};
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

pub(super) fn matter(standpoint: Standpoint<'_>) -> Matter {
    let entries: Vec<Entry> = standpoint
        .site()
        .updates()
        .iter()
        .map(|it| entry(standpoint, it))
        .collect();
    let contents: Vec<Heading> = entries
        .iter()
        .map(|it| Heading {
            id: it.id.clone(),
            title: it.title.clone(),
            level: 2,
        })
        .collect();
    let feed = feed::updates_route(standpoint.report, standpoint.language).map(|route| standpoint.way(&route));
    let view = context! {
        contents => crate::theme::template_value(contents),
        entries => crate::theme::template_value(entries),
        feed,
    };
    Matter {
        title: standpoint.word("updates.title").to_owned(),
        description: Some(standpoint.word("updates.description").to_owned()),
        view,
        sample: false,
    }
}

fn entry(standpoint: Standpoint<'_>, update: &Update) -> Entry {
    let code = standpoint.code();
    let paragraphs = update
        .text
        .in_language(code)
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let page = |id: &str| {
        let page = standpoint.site().page(code, id).filter(|_| !id.is_empty())?;
        standpoint.link(&page.title, &Reference::Page(id.to_owned()))
    };
    let claims: Vec<Claim> = update
        .claims
        .iter()
        .map(|it| Claim {
            text: it.text.clone(),
            page: page(&it.page),
        })
        .collect();
    Entry {
        id: standpoint.shelf.id(&told::anchor(standpoint, update)),
        title: told::title(standpoint, update),
        day: (!update.title.is_empty()).then(|| standpoint.voice().format.date(&update.date.to_string())),
        short: told::in_short(standpoint, update),
        paragraphs: paragraphs.map(|text| Html(prose::inline(text))).collect(),
        indicators: update
            .figures
            .iter()
            .map(|it| touched(standpoint, update, it))
            .collect(),
        ranks: ranks(standpoint, update),
        statuses: statuses(standpoint, update),
        claims_text: standpoint.fill("updates.claims_text", &[("n", &claims.len().to_string())]),
        claims,
    }
}

fn touched(standpoint: Standpoint<'_>, update: &Update, figures: &UpdatedFigures) -> Touched {
    let code = standpoint.code();
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
        title: standpoint.fill("updates.explanation", &[("period", &each(standpoint, &periods))]),
        texts: vec![note.to_owned()],
    });
    Touched {
        link: link(standpoint, &figures.indicator, figures.name.in_language(code)),
        sentences: sentences(standpoint, figures),
        notes: explained.collect(),
        revised: revised(standpoint, update, figures),
    }
}

/// An indicator under the name it had then, with a link if it still has a page.
fn link(standpoint: Standpoint<'_>, indicator: &str, name: &str) -> Link {
    let known = standpoint.site().indicator(indicator).is_some();
    let href = known
        .then(|| standpoint.href(&Reference::Indicator(indicator.to_owned())))
        .flatten();
    Link {
        title: name.to_owned(),
        href: href.unwrap_or_default(),
        note: None,
    }
}

fn sentences(standpoint: Standpoint<'_>, it: &UpdatedFigures) -> Vec<String> {
    let format = &standpoint.voice().format;
    let counted = |key: &str, n: u64, periods: String| {
        standpoint.fill(
            &format!("updates.{key}"),
            &[("n", &told::count(standpoint, n)), ("periods", &periods)],
        )
    };
    let extent =
        |key: &str, extent: Extent| counted(key, extent.figures, periods(standpoint, extent.first, extent.last));
    let mut said = Vec::new();
    match (it.fate, it.added) {
        (Fate::New, Some(added)) => said.push(extent("indicator_new", added)),
        (Fate::New, None) => said.push(standpoint.word("updates.indicator_empty").to_owned()),
        (Fate::Gone, _) => said.push(standpoint.word("updates.indicator_gone").to_owned()),
        (Fate::Kept, _) => {}
    }
    let (real, aspects): (Vec<&str>, Vec<&str>) = it.redefined.iter().partition(|key| **key == "sample");
    if !real.is_empty() {
        said.push(standpoint.word("updates.real").to_owned());
    }
    if !aspects.is_empty() {
        let word = |key: &&str| standpoint.word(&format!("updates.aspects.{key}")).to_owned();
        let aspects = format.list(&aspects.iter().map(word).collect::<Vec<_>>());
        said.push(standpoint.fill("updates.redefined", &[("aspects", &aspects)]));
    }
    said.extend(
        it.added
            .filter(|_| it.fate == Fate::Kept)
            .map(|added| extent("added", added)),
    );
    let when = || it.revised.iter().map(|revision| revision.period);
    if let (Some(first), Some(last)) = (when().min(), when().max()) {
        let all = it.revised.iter().map(|it| it.values.len() as u64).sum();
        said.push(counted("revised", all, periods(standpoint, first, last)));
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
            .map(|place| standpoint.place_in_text(*place).to_owned())
            .collect();
        said.push(standpoint.fill("updates.vanished", &[("places", &format.list(&names))]));
    }
    said
}

/// One period in running text, or a list of them.
fn each(standpoint: Standpoint<'_>, periods: &[Period]) -> String {
    let format = &standpoint.voice().format;
    match periods {
        [one] => format.period_in_text(*one),
        several => format.list(&several.iter().map(|period| format.period(*period)).collect::<Vec<_>>()),
    }
}

/// One period in running text, or the first and the last.
fn periods(standpoint: Standpoint<'_>, first: Period, last: Period) -> String {
    let format = &standpoint.voice().format;
    if first == last {
        format.period_in_text(first)
    } else {
        format.span(first, last)
    }
}

fn revised(standpoint: Standpoint<'_>, update: &Update, figures: &UpdatedFigures) -> Option<Listing> {
    let all = || {
        figures
            .revised
            .iter()
            .flat_map(|it| it.values.iter().map(move |value| (it.period, value)))
    };
    let divided = all().any(|(_, value)| value.sex != Sex::Total || !value.category.is_empty());
    let unit = tabular::unit(standpoint, &figures.unit);
    let difference = standpoint
        .voice()
        .format
        .short_difference_unit(&figures.unit, standpoint.code());
    let difference = (!difference.is_empty()).then(|| difference.to_owned());
    let word = |key: &str| standpoint.word(&format!("updates.{key}"));
    let mut columns = vec![tabular::texts(word("place")), tabular::texts(word("period"))];
    columns.extend(divided.then(|| tabular::texts(word("part"))));
    columns.push(tabular::numbers(word("was"), unit.clone()));
    columns.push(tabular::numbers(word("now"), unit));
    columns.push(tabular::numbers(word("change"), difference));
    let row = |(period, it): (Period, &RevisedFigure)| {
        let unit = finer(&figures.unit, it.was, it.now);
        let mut cells = vec![text(standpoint.voice().format.period(period))];
        cells.extend(divided.then(|| text(part(standpoint, it))));
        cells.extend([it.was, it.now].map(|number| tabular::number(standpoint, Some(number), &unit)));
        cells.push(tabular::difference(standpoint, Some([it.now, it.was]), &unit));
        let mut row = tabular::row(standpoint.place_name(it.place), cells);
        row.home = standpoint.home() == Some(it.place);
        row.country = standpoint.country() == Some(it.place);
        row.header.href = standpoint.href(&Reference::Place(it.place));
        row
    };
    let rows: Vec<TableRow> = all().map(row).collect();
    let name = figures.name.in_language(standpoint.code());
    let caption = standpoint.fill("updates.caption", &[("indicator", name)]);
    listing(
        standpoint,
        update,
        &figures.indicator,
        tabular::table(caption, columns, rows),
    )
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
fn part(standpoint: Standpoint<'_>, it: &RevisedFigure) -> String {
    let category = it.category.in_language(standpoint.code());
    let sex = match it.sex {
        Sex::Total if !category.is_empty() => "",
        sex => standpoint.word(&format!("sex.{}", sex.letter())),
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

fn ranks(standpoint: Standpoint<'_>, update: &Update) -> Option<Listing> {
    let code = standpoint.code();
    let stand = |it: RecordedRank| {
        let [position, of] = [it.position, it.of].map(|number| told::count(standpoint, number));
        let rank = standpoint.fill("changes.rank", &[("position", &position), ("of", &of)]);
        let cell = match it.period {
            Some(period) => {
                let period = standpoint.voice().format.period(period);
                standpoint.fill("updates.rank_in", &[("rank", &rank), ("period", &period)])
            }
            None => rank,
        };
        text(cell)
    };
    let rows = update.ranks.iter().map(|it| {
        let name = it.name.in_language(code);
        let link = match &it.subject {
            Ranked::Indicator(id) => link(standpoint, id, name),
            Ranked::Index(id) => {
                let known = standpoint
                    .site()
                    .index(id)
                    .and_then(|_| standpoint.link(name, &Reference::Index(id.clone())));
                known.unwrap_or_else(|| Link {
                    title: name.to_owned(),
                    ..Link::default()
                })
            }
        };
        of_home(
            standpoint,
            it.place,
            link,
            vec![text(standpoint.place_name(it.place)), stand(it.was), stand(it.now)],
        )
    });
    let columns = ["what", "place", "was", "now"].map(|key| tabular::texts(standpoint.word(&format!("updates.{key}"))));
    let table = tabular::table(
        standpoint.word("updates.ranks_caption").to_owned(),
        columns.into(),
        rows.collect(),
    );
    listing(standpoint, update, standpoint.word("anchor.ranks"), table)
}

fn statuses(standpoint: Standpoint<'_>, update: &Update) -> Option<Listing> {
    let code = standpoint.code();
    let rows = update.statuses.iter().map(|it| {
        let word =
            |status: crate::model::RecordedStatus| text(standpoint.word(&format!("changes.status.{}", status.name())));
        let set = it.set_name.in_language(code);
        let cells = vec![
            text(standpoint.place_name(it.place)),
            text(set),
            word(it.was),
            word(it.now),
        ];
        of_home(
            standpoint,
            it.place,
            link(standpoint, &it.indicator, it.name.in_language(code)),
            cells,
        )
    });
    let columns = ["what", "place", "target", "was", "now"];
    let columns = columns.map(|key| tabular::texts(standpoint.word(&format!("updates.{key}"))));
    let table = tabular::table(
        standpoint.word("updates.statuses_caption").to_owned(),
        columns.into(),
        rows.collect(),
    );
    listing(standpoint, update, standpoint.word("anchor.statuses"), table)
}

/// A row about a place, headed by what it is about.
fn of_home(standpoint: Standpoint<'_>, place: crate::model::PlaceId, link: Link, cells: Vec<Cell>) -> TableRow {
    let href = (!link.href.is_empty()).then_some(link.href);
    let row = tabular::row(String::new(), cells);
    TableRow {
        home: standpoint.home() == Some(place),
        header: RowHeader {
            title: link.title,
            href,
        },
        ..row
    }
}

/// A table as the page shows it: a long one is cut, and offered whole as a file. Nothing where there are no rows.
fn listing(standpoint: Standpoint<'_>, update: &Update, name: &str, mut table: Table) -> Option<Listing> {
    let all = table.rows.len();
    if all == 0 {
        return None;
    }
    let anchor = told::anchor(standpoint, update);
    table.id = standpoint.shelf.id(&format!("{anchor}-{name}"));
    if all <= MOST_ROWS {
        return Some(Listing {
            table,
            more: None,
            files: Vec::new(),
        });
    }
    let title = told::title(standpoint, update);
    let file = export::table(
        &table.caption,
        &title,
        &table,
        standpoint.site().settings().title.in_language(standpoint.code()),
    );
    let route = format!("{}/{}-{name}.csv", standpoint.word("routes.updates"), update.date);
    let files = vec![standpoint.offer("CSV", &route, file)];
    table.rows.truncate(MOST_ROWS);
    let [shown, all] = [MOST_ROWS, all].map(|n| told::count(standpoint, n as u64));
    Some(Listing {
        table,
        more: Some(standpoint.fill("updates.more", &[("shown", &shown), ("all", &all)])),
        files,
    })
}
