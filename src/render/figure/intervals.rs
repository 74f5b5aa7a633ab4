//! Ranks by an index and how sure they are: a dot on a line a unit, best first.

use crate::chart::{Bar, Role, Shape};
use crate::finding::Log;
use crate::index::Composite;
use crate::model::{ChartSpec, PlaceId, Unit};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::{Cell, TableRow};
use crate::render::figure::contributions::{node, scored};
use crate::render::figure::{Subject, needs};

/// A unit's rank, and the ranks between which nine runs of ten lie.
struct Ranked {
    place: PlaceId,
    rank: f64,
    interval: [f64; 2],
}

pub(super) fn intervals<'a>(page: PageContext<'a>, spec: &ChartSpec, log: &Log) -> Option<Subject<'a>> {
    let (composite, node) = node(page, spec, log)?;
    let Some((runs, ranked)) = ranked(page, composite, node) else {
        return needs(spec, "score", log);
    };
    let home = page.home();
    let rows = ranked.iter().map(|unit| Bar {
        name: page.place_short(unit.place).to_owned(),
        role: if home == Some(unit.place) {
            Role::Home
        } else {
            Role::Crowd
        },
        value: Some(unit.rank),
        missing: None,
        bounds: Some(unit.interval),
    });
    let code = page.code();
    let name = composite.frame.nodes[node].score.name.in_language(code);
    let words = [("index", name), ("n", &page.locale.format.number(f64::from(runs), 0))];
    let subtitle = page.fill("sentence.interval.subtitle", &words);
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred units")]
    let last = ranked.len() as f64;
    Some(Subject {
        shape: Some(Shape::Intervals {
            rows: rows.collect(),
            last,
        }),
        unit: Unit::default(),
        description: description(page, &ranked),
        table: table::table(subtitle.clone(), columns(page), table(page, &ranked)),
        subtitle,
        indicators: scored(composite, node),
    })
}

/// Units with a rank, best first, and of how many runs.
fn ranked(page: PageContext<'_>, composite: &Composite<'_>, node: usize) -> Option<(u32, Vec<Ranked>)> {
    let ranges = page.rank_intervals(composite, node)?;
    let sheet = composite.latest();
    let ranked = composite.frame.units.iter().enumerate().filter_map(|(unit, place)| {
        let rank = u32::try_from(composite.rank(sheet, node, unit)?.position).ok()?;
        Some(Ranked {
            place: *place,
            rank: f64::from(rank),
            interval: ranges.units[unit]?.likely,
        })
    });
    let mut ranked: Vec<Ranked> = ranked.collect();
    ranked.sort_by(|a, b| a.rank.total_cmp(&b.rank));
    (!ranked.is_empty()).then_some((ranges.runs, ranked))
}

fn rank(page: PageContext<'_>, rank: f64) -> String {
    page.locale.format.number(rank, 0)
}

fn description(page: PageContext<'_>, ranked: &[Ranked]) -> String {
    let filled = |key: &str, unit: &Ranked| {
        let [own, low, high] = [unit.rank, unit.interval[0], unit.interval[1]].map(|it| rank(page, it));
        let words = [
            ("place", page.place_name(unit.place)),
            ("rank", &own),
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
            .find(|unit| page.home() == Some(unit.place))
            .map(|unit| filled("own", unit)),
    );
    let width = |unit: &&Ranked| unit.interval[1] - unit.interval[0];
    sentences.extend(
        ranked
            .iter()
            .max_by(|a, b| width(a).total_cmp(&width(b)))
            .map(|unit| filled("widest", unit)),
    );
    sentences.join(" ")
}

fn columns(page: PageContext<'_>) -> Vec<crate::page::view::Column> {
    let number = |word: &'static str| table::numbers(page.word(word), None);
    vec![
        table::texts(page.word("sentence.column.place")),
        number("sentence.column.rank"),
        number("sentence.interval.low"),
        number("sentence.interval.high"),
    ]
}

fn table(page: PageContext<'_>, ranked: &[Ranked]) -> Vec<TableRow> {
    let cell = |number: f64| Cell {
        text: rank(page, number),
        sort: Some(number.to_string()),
        ..Cell::default()
    };
    let row = |unit: &Ranked| {
        let cells = [unit.rank, unit.interval[0], unit.interval[1]].map(cell).into();
        let mut row = table::row(page.place_name(unit.place), cells);
        row.home = page.home() == Some(unit.place);
        row
    };
    ranked.iter().map(row).collect()
}
