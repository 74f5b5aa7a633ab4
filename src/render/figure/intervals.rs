//! Ranks by an index with their uncertainty: a dot on a line for each place, best first.

use crate::chart::{Bar, Role, Shape};
use crate::finding::{Log, message};
use crate::index::Composite;
use crate::model::{ChartSpec, PlaceId, Unit};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::{Cell, Column, TableRow};
use crate::render::figure::content::{ChartContent, needs};
use crate::render::figure::contributions::{composite_node, scored_indicators};

/// The rank of a place by an index.
struct RankedPlace {
    place: PlaceId,
    rank: f64,
    /// The ranks between which nine runs of ten lie.
    interval: [f64; 2],
}

pub(super) fn intervals<'a>(page: PageContext<'a>, spec: &ChartSpec, log: &Log) -> Option<ChartContent<'a>> {
    let (composite, node) = composite_node(page, spec, log)?;
    let Some((runs, ranked)) = ranked(page, composite, node) else {
        return needs(spec, message::needs_score(), log);
    };
    let home = page.home();
    let bars = ranked.iter().map(|ranked| Bar {
        name: page.place_short(ranked.place).to_owned(),
        role: if home == Some(ranked.place) {
            Role::Home
        } else {
            Role::Crowd
        },
        value: Some(ranked.rank),
        missing: None,
        bounds: Some(ranked.interval),
    });
    let code = page.code();
    let name = composite.frame.nodes[node].score.name.in_language(code);
    let words = [("index", name), ("n", &page.locale.format.number(f64::from(runs), 0))];
    let subtitle = page.fill("sentence.interval.subtitle", &words);
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred units")]
    let last = ranked.len() as f64;
    Some(ChartContent {
        shape: Some(Shape::Intervals {
            rows: bars.collect(),
            last,
        }),
        unit: Unit::default(),
        description: description(page, &ranked),
        table: table::table(subtitle.clone(), columns(page), rows(page, &ranked)),
        subtitle,
        indicators: scored_indicators(composite, node),
    })
}

/// How many runs there were, and the places with a rank, best first; `None` without any.
fn ranked(page: PageContext<'_>, composite: &Composite<'_>, node: usize) -> Option<(u32, Vec<RankedPlace>)> {
    let ranges = page.rank_intervals(composite, node)?;
    let sheet = composite.latest();
    let ranked = composite.frame.units.iter().enumerate().filter_map(|(unit, place)| {
        let rank = u32::try_from(composite.rank(sheet, node, unit)?.position).ok()?;
        Some(RankedPlace {
            place: *place,
            rank: f64::from(rank),
            interval: ranges.units[unit]?.likely,
        })
    });
    let mut ranked: Vec<RankedPlace> = ranked.collect();
    ranked.sort_by(|a, b| a.rank.total_cmp(&b.rank));
    (!ranked.is_empty()).then_some((ranges.runs, ranked))
}

fn rank_text(page: PageContext<'_>, rank: f64) -> String {
    page.locale.format.number(rank, 0)
}

fn description(page: PageContext<'_>, ranked: &[RankedPlace]) -> String {
    let sentence = |key: &str, place: &RankedPlace| {
        let [rank, low, high] = [place.rank, place.interval[0], place.interval[1]].map(|rank| rank_text(page, rank));
        let words = [
            ("place", page.place_name(place.place)),
            ("rank", &rank),
            ("low", &low),
            ("high", &high),
        ];
        page.fill(&format!("sentence.interval.{key}"), &words)
    };
    let count = ranked.len().to_string();
    let mut sentences = vec![page.fill("sentence.interval.description", &[("n", &count)])];
    sentences.extend(
        ranked
            .iter()
            .find(|ranked| page.home() == Some(ranked.place))
            .map(|place| sentence("own", place)),
    );
    let width = |place: &&RankedPlace| place.interval[1] - place.interval[0];
    sentences.extend(
        ranked
            .iter()
            .max_by(|a, b| width(a).total_cmp(&width(b)))
            .map(|place| sentence("widest", place)),
    );
    sentences.join(" ")
}

fn columns(page: PageContext<'_>) -> Vec<Column> {
    let number = |word: &'static str| table::numbers(page.word(word), None);
    vec![
        table::texts(page.word("sentence.column.place")),
        number("sentence.column.rank"),
        number("sentence.interval.low"),
        number("sentence.interval.high"),
    ]
}

fn rows(page: PageContext<'_>, ranked: &[RankedPlace]) -> Vec<TableRow> {
    let cell = |number: f64| Cell {
        text: rank_text(page, number),
        sort: Some(number.to_string()),
        ..Cell::default()
    };
    let row = |place: &RankedPlace| {
        let cells = [place.rank, place.interval[0], place.interval[1]].map(cell).into();
        let mut row = table::row(page.place_name(place.place), cells);
        row.home = page.home() == Some(place.place);
        row
    };
    ranked.iter().map(row).collect()
}
