//! One top of an index: what it says of the report's own place, theme by theme.

use crate::finding::Log;
use crate::index::{Composite, ScoreSheet, Slice};
use crate::measure;
use crate::measure::Rank;
use crate::model::{ChartKind, ChartSpec, Index, Moment, PlaceId, Selection, Sex};
use crate::page::context::PageContext;
use crate::page::index_gap;
use crate::page::index_gap::{IndexGap, Part};
use crate::page::routes::Reference;
use crate::page::value::nothing;
use crate::page::view::{Chart, Table, Value};
use crate::render::figure;
use crate::render::index::bases;
use crate::render::index::sure;
use crate::render::index::tree;
use crate::render::index::tree::Branch;
use crate::render::index::what_if;
use serde::Serialize;

/// A top of an index, such as BRP+'s quality of life.
#[derive(Serialize)]
pub(super) struct PartView {
    id: String,
    title: String,
    href: Option<String>,
    /// How far from the country, and what pulls and lifts most.
    sentences: Vec<String>,
    contributions: Option<Chart>,
    own: Row,
    themes: Vec<Row>,
    /// The same down to the indicators.
    branches: Vec<Branch>,
    profile: Option<Chart>,
    intervals: Option<Chart>,
    /// What was varied to see how sure the ranks are.
    sure: Vec<String>,
    /// What the whole would be if one part at a time were better.
    what_if: Option<Table>,
    /// What the scale of another period does to it.
    bases: Option<Table>,
}

/// A node beside the country.
#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    href: Option<String>,
    value: Value,
    country: Value,
    difference: Option<String>,
    /// Points of the whole.
    contribution: Option<String>,
    rank: Option<String>,
    of_text: Option<String>,
    women: Value,
    men: Value,
    tone: &'static str,
}

/// The top at `node`, as the report's own place sees it; nothing when it has no score there.
pub(super) fn part(page: PageContext<'_>, composite: &Composite<'_>, node: usize, log: &Log) -> Option<PartView> {
    let index = composite.frame.index;
    let gap = IndexGap::new(page.composite(&index.id)?, node, page.home()?)?;
    let score = composite.frame.nodes[node].score;
    let contribution = |node: usize| gap.parts.iter().find(|part| part.node == node).and_then(Part::known);
    let children = &composite.frame.nodes[node].children;
    Some(PartView {
        id: page.files.id(&format!("del-{}", score.id)),
        title: score.name.in_language(page.code()).to_owned(),
        href: page.score_href(&index.id, score),
        sentences: gap.sentences(page),
        contributions: contributions(page, &gap, log),
        own: row(page, composite, gap.unit, node, Some(gap.difference)),
        themes: children
            .iter()
            .map(|child| row(page, composite, gap.unit, *child, contribution(*child)))
            .collect(),
        branches: tree::branches(page, &gap, node),
        profile: profile(page, index, &gap, log),
        intervals: sure::intervals(page, composite, node, log),
        sure: sure::sentences(page, composite, node),
        what_if: what_if::table(page, &gap),
        bases: bases::table(page, &gap),
    })
}

/// A top of an index at any of its units.
#[derive(Serialize)]
pub(crate) struct PullView {
    id: String,
    title: String,
    /// The page of the index, if it has one.
    href: Option<String>,
    sentences: Vec<String>,
    contributions: Option<Chart>,
}

/// Every top of every index that scores a place.
pub(crate) fn at_place(page: PageContext<'_>, place: PlaceId, log: &Log) -> Vec<PullView> {
    let composites = page.report.composites.iter();
    let tops = composites.flat_map(|composite| composite.frame.tops().map(move |top| (composite, top)));
    tops.filter_map(|(composite, top)| {
        let gap = IndexGap::new(composite, top, place)?;
        let (index, score) = (composite.frame.index, composite.frame.nodes[top].score);
        Some(PullView {
            id: page.files.id(&format!("index-{}", score.id)),
            title: score.name.in_language(page.code()).to_owned(),
            href: page.href(&Reference::Index(index.id.clone())),
            sentences: gap.sentences(page),
            contributions: contributions(page, &gap, log),
        })
    })
    .collect()
}

/// The chart of contributions, titled by what pulls or lifts most.
pub(crate) fn contributions(page: PageContext<'_>, gap: &IndexGap<'_>, log: &Log) -> Option<Chart> {
    let index = gap.composite.frame.index;
    let place = page.place_name(gap.place);
    let titled = |key: &str, part: Option<&Part<'_>>| {
        let part = part.map_or("", |part| part.score.name.in_language(page.code()));
        let country = page.country().map_or("", |country| page.place_in_text(country));
        page.fill(
            &format!("sentence.pull.{key}"),
            &[("part", part), ("place", place), ("country", country)],
        )
    };
    let (pulling, lifting) = (gap.pulling(), gap.lifting());
    // What the whole does decides which of its parts is the news.
    let title = match (pulling.first(), lifting.first()) {
        (Some(part), other) if other.is_none() || gap.difference < 0.0 => titled("title_pulls", Some(part)),
        (_, Some(part)) => titled("title_lifts", Some(part)),
        _ => titled("title_level", None),
    };
    let spec = ChartSpec {
        index: Some((
            index.id.clone(),
            Some(gap.composite.frame.nodes[gap.node].score.id.clone()),
        )),
        selection: Selection {
            place: Some(gap.place),
            ..Selection::default()
        },
        ..ChartSpec::new(ChartKind::Contributions, title, index.origin.clone())
    };
    figure::page_chart(page, &spec, log)
}

fn row(page: PageContext<'_>, composite: &Composite<'_>, unit: usize, node: usize, contribution: Option<f64>) -> Row {
    let sheet = composite.latest();
    let score = composite.frame.nodes[node].score;
    let (own, other) = (sheet.scores[node][unit], sheet.country[node]);
    let gap = own
        .zip(other)
        .map(|(own, other)| measure::difference(own, other, index_gap::DECIMALS));
    let rank = composite.rank(sheet, node, unit);
    let signed = |number: f64| page.locale.format.signed(number, index_gap::DECIMALS);
    let of_sex = |sex| {
        value(
            page,
            in_slice(composite, sex).and_then(|sheet| sheet.scores[node][unit]),
        )
    };
    Row {
        id: score.id.clone(),
        title: score.name.in_language(page.code()).to_owned(),
        href: page.score_href(&composite.frame.index.id, score),
        value: value(page, own),
        country: value(page, other),
        difference: gap.map(signed),
        contribution: contribution.map(signed),
        rank: rank.map(|rank| rank.position.to_string()),
        of_text: rank.map(|rank| of_text(page, rank)),
        women: of_sex(Sex::Women),
        men: of_sex(Sex::Men),
        tone: match gap {
            Some(gap) if gap > 0.0 => "lift",
            Some(gap) if gap < 0.0 => "pull",
            _ => "level",
        },
    }
}

fn of_text(page: PageContext<'_>, rank: Rank) -> String {
    page.fill("value.rank_of", &[("total", &rank.of.to_string())])
}

/// A score as shown.
pub(super) fn value(page: PageContext<'_>, score: Option<f64>) -> Value {
    match score {
        Some(score) => {
            let text = page.locale.format.number(score, index_gap::DECIMALS);
            Value {
                number: text.clone(),
                text,
                ..Value::default()
            }
        }
        None => nothing(page.word("sentence.no_value")),
    }
}

fn in_slice<'c>(composite: &'c Composite<'_>, sex: Sex) -> Option<&'c ScoreSheet> {
    Some(
        &composite.sheets[composite.frame.slice(Slice {
            moment: Moment::Latest,
            sex,
        })?],
    )
}

/// The place beside the country and the lowest and highest unit, theme by theme.
fn profile(page: PageContext<'_>, index: &Index, gap: &IndexGap<'_>, log: &Log) -> Option<Chart> {
    let indicators: Vec<String> = {
        let parts = gap.composite.frame.nodes[gap.node].children.iter();
        parts
            .filter_map(|child| gap.composite.frame.nodes[*child].score.indicator.clone())
            .collect()
    };
    if indicators.len() < 3 {
        return None;
    }
    let name = gap.composite.frame.nodes[gap.node].score.name.in_language(page.code());
    let place = page.place_name(gap.place);
    let title = page.fill("sentence.title.part_profile", &[("place", place), ("part", name)]);
    let spec = ChartSpec {
        indicators,
        ..ChartSpec::new(ChartKind::Profile, title, index.origin.clone())
    };
    figure::page_chart(page, &spec, log)
}
