//! A top of an index, or any other node: scores of a place beside the country's, part by part.

use crate::finding::Log;
use crate::index::{Composite, ScoreSheet, Slice};
use crate::measure::{self, Rank};
use crate::model::{ChartKind, ChartSpec, Index, Moment, PlaceId, Selection, Sex};
use crate::page::context::PageContext;
use crate::page::index_gap::{self, GapPart, IndexGap};
use crate::page::routes::Reference;
use crate::page::value::missing_value;
use crate::page::view::{Chart, Table, Value};
use crate::render::figure;
use crate::render::index::tree::{self, Branch};
use crate::render::index::{bases, sure, what_if};
use serde::Serialize;

/// A top of an index, such as BRP+'s quality of life, or another node with a page of its own; for the report's own place.
#[derive(Serialize)]
pub(super) struct PartView {
    /// Anchor, unique on its page.
    id: String,
    title: String,
    /// The page of the part, if it has one.
    href: Option<String>,
    /// Distance from the country, rank, and the parts that gap and lift most.
    sentences: Vec<String>,
    /// Contributions of the parts; absent when there is nothing to draw.
    contributions: Option<Chart>,
    /// The node itself.
    own: ScoreRow,
    /// Parts right below the node.
    themes: Vec<ScoreRow>,
    /// The tree below the node, down to the indicators.
    branches: Vec<Branch>,
    /// Profile of the parts; absent with fewer than three that are indicators.
    profile: Option<Chart>,
    /// Intervals of ranks; absent when the index states no factors to vary.
    intervals: Option<Chart>,
    /// The factors that were varied to get the intervals; empty without them.
    sure: Vec<String>,
    /// Scores and ranks if one part at a time were better; absent when the place is best at all.
    what_if: Option<Table>,
    /// Scores and ranks with other base periods; absent when the data allow none.
    bases: Option<Table>,
}

/// The scores of a node for a place, beside the country's.
#[derive(Serialize)]
struct ScoreRow {
    /// Id of the node.
    id: String,
    title: String,
    /// The page of the node, if it has one.
    href: Option<String>,
    value: Value,
    country: Value,
    /// The place's score less the country's, signed.
    difference: Option<String>,
    /// Points of the node above, signed; absent when either side has no score.
    contribution: Option<String>,
    /// Position among the units.
    rank: Option<String>,
    /// Number of units that are ranked, in words: "av 21".
    of_text: Option<String>,
    women: Value,
    men: Value,
    /// `lift`, `gap` or `level`.
    tone: &'static str,
}

/// The view of a node for the report's own place; nothing when it has no score there.
pub(super) fn part(page: PageContext<'_>, composite: &Composite<'_>, node: usize, log: &Log) -> Option<PartView> {
    let index = composite.frame.index;
    let gap = IndexGap::new(page.composite(&index.id)?, node, page.home()?)?;
    let score = composite.frame.nodes[node].score;
    let contribution = |node: usize| {
        gap.parts
            .iter()
            .find(|part| part.node == node)
            .and_then(GapPart::scored_contribution)
    };
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

/// The gap of a top of an index at any of its units, for the page of a place.
#[derive(Serialize)]
pub(crate) struct IndexGapView {
    /// Anchor, unique on its page.
    id: String,
    title: String,
    /// The page of the index, if it has one.
    href: Option<String>,
    /// Distance from the country, rank, and the parts that gap and lift most.
    sentences: Vec<String>,
    /// Contributions of the parts; absent when there is nothing to draw.
    contributions: Option<Chart>,
}

/// The gaps of every top of every index that scores a place.
pub(crate) fn at_place(page: PageContext<'_>, place: PlaceId, log: &Log) -> Vec<IndexGapView> {
    let composites = page.report.composites.iter();
    let tops = composites.flat_map(|composite| composite.frame.tops().map(move |top| (composite, top)));
    tops.filter_map(|(composite, top)| {
        let gap = IndexGap::new(composite, top, place)?;
        let (index, score) = (composite.frame.index, composite.frame.nodes[top].score);
        Some(IndexGapView {
            id: page.files.id(&format!("index-{}", score.id)),
            title: score.name.in_language(page.code()).to_owned(),
            href: page.href(&Reference::Index(index.id.clone())),
            sentences: gap.sentences(page),
            contributions: contributions(page, &gap, log),
        })
    })
    .collect()
}

/// The chart of contributions, titled by the part that pulls or lifts most.
fn contributions(page: PageContext<'_>, gap: &IndexGap<'_>, log: &Log) -> Option<Chart> {
    let index = gap.composite.frame.index;
    let place = page.place_name(gap.place);
    let title = |key: &str, part: Option<&GapPart<'_>>| {
        let part = part.map_or("", |part| part.score.name.in_language(page.code()));
        let country = page.country().map_or("", |country| page.place_in_text(country));
        page.fill(
            &format!("sentence.pull.{key}"),
            &[("part", part), ("place", place), ("country", country)],
        )
    };
    let (pulling, lifting) = (gap.pulling(), gap.lifting());
    // A part that pulls is the news of a node below the country, one that lifts that of a node above it.
    let title = match (pulling.first(), lifting.first()) {
        (Some(part), other) if other.is_none() || gap.difference < 0.0 => title("title_pulls", Some(part)),
        (_, Some(part)) => title("title_lifts", Some(part)),
        _ => title("title_level", None),
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

fn row(
    page: PageContext<'_>,
    composite: &Composite<'_>,
    unit: usize,
    node: usize,
    contribution: Option<f64>,
) -> ScoreRow {
    let sheet = composite.latest();
    let score = composite.frame.nodes[node].score;
    let (place_score, country_score) = (sheet.scores[node][unit], sheet.country[node]);
    let difference = place_score
        .zip(country_score)
        .map(|(place, country)| measure::difference(place, country, index_gap::DECIMALS));
    let rank = composite.rank(sheet, node, unit);
    let signed = |number: f64| page.locale.format.signed(number, index_gap::DECIMALS);
    let of_sex = |sex| {
        value(
            page,
            in_slice(composite, sex).and_then(|sheet| sheet.scores[node][unit]),
        )
    };
    ScoreRow {
        id: score.id.clone(),
        title: score.name.in_language(page.code()).to_owned(),
        href: page.score_href(&composite.frame.index.id, score),
        value: value(page, place_score),
        country: value(page, country_score),
        difference: difference.map(signed),
        contribution: contribution.map(signed),
        rank: rank.map(|rank| rank.position.to_string()),
        of_text: rank.map(|rank| of_text(page, rank)),
        women: of_sex(Sex::Women),
        men: of_sex(Sex::Men),
        tone: match difference {
            Some(difference) if difference > 0.0 => "lift",
            Some(difference) if difference < 0.0 => "pull",
            _ => "level",
        },
    }
}

fn of_text(page: PageContext<'_>, rank: Rank) -> String {
    page.fill("value.rank_of", &[("total", &rank.of.to_string())])
}

/// The view of a score, without a unit; without a score, a dash and the reason.
fn value(page: PageContext<'_>, score: Option<f64>) -> Value {
    match score {
        Some(score) => {
            let text = page.locale.format.number(score, index_gap::DECIMALS);
            Value {
                number: text.clone(),
                text,
                ..Value::default()
            }
        }
        None => missing_value(page.word("sentence.no_value")),
    }
}

/// The latest scores of one sex, if the index has any.
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
    let nodes = &gap.composite.frame.nodes;
    let parts = nodes[gap.node].children.iter();
    let indicators: Vec<String> = parts
        .filter_map(|child| nodes[*child].score.indicator.clone())
        .collect();
    if indicators.len() < 3 {
        return None;
    }
    let name = nodes[gap.node].score.name.in_language(page.code());
    let place = page.place_name(gap.place);
    let title = page.fill("sentence.title.part_profile", &[("place", place), ("part", name)]);
    let spec = ChartSpec {
        indicators,
        ..ChartSpec::new(ChartKind::Profile, title, index.origin.clone())
    };
    figure::page_chart(page, &spec, log)
}
