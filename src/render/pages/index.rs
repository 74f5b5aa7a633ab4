//! An index: its parts and themes beside the country, by rank and by sex.

use super::Matter;
use crate::finding::Log;
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Index, Indicator, Level, Part, PlaceId, Score, Selection, Sex, Text};
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::view::{Cell, Chart, Column, Html, Link, RowHeader, Table, TableRow, Value};
use crate::render::{picture, prose, row, source};
use crate::{chart::marks, export};
use minijinja::{Value as Any, context};
use serde::Serialize;

#[derive(Serialize)]
struct PartView {
    id: String,
    title: String,
    href: String,
    value: Value,
    country: Value,
    difference: Option<String>,
    rank: Option<String>,
    of: Option<String>,
    of_text: Option<String>,
    themes: Vec<ThemeView>,
}

#[derive(Serialize)]
struct ThemeView {
    id: String,
    title: String,
    href: String,
    value: Value,
    country: Value,
    difference: Option<String>,
    rank: Option<String>,
    of: Option<String>,
    of_text: Option<String>,
    dot: Html,
    women: Value,
    men: Value,
    tone: &'static str,
    missing: Option<String>,
}

/// A score's numbers for the report's own place.
struct Numbers<'a> {
    indicator: &'a Indicator,
    value: Value,
    country: Value,
    gap: Option<f64>,
    difference: Option<String>,
    rank: Option<measure::Rank>,
}

pub(super) fn matter(standpoint: Standpoint<'_>, index: &Index, log: &Log) -> Matter {
    let code = standpoint.code();
    let parts: Vec<PartView> = index.tree.iter().filter_map(|score| part(standpoint, score)).collect();
    let view = context! {
        title => index.name.in_language(code),
        description => Any::from_safe_string(prose::inline(index.description.in_language(code))),
        scale => Any::from_safe_string(prose::inline(index.scale.in_language(code))),
        source => crate::theme::shown(source::view(standpoint, &index.source)),
        parts => crate::theme::shown(&parts),
        charts => crate::theme::shown(charts(standpoint, index, log)),
        municipalities => crate::theme::shown(municipalities(standpoint, index)),
        downloads => crate::theme::shown(downloads(standpoint, index)),
    };
    let title = index.name.in_language(code).to_owned();
    Matter { description: Some(index.description.in_language(code).to_owned()), title, view, sample: false }
}

fn numbers<'a>(standpoint: Standpoint<'a>, score: &Score) -> Option<Numbers<'a>> {
    let indicator = standpoint.site().indicator(score.indicator.as_ref()?)?;
    let home = standpoint.home()?;
    let latest = measure::newest(indicator, home, Part::TOTAL);
    let other = standpoint.country().and_then(|country| indicator.at(country, Part::TOTAL, latest?.period));
    let gap = latest.zip(other).and_then(|(own, other)| {
        Some(measure::difference(own.value.known()?, other.value.known()?, indicator.unit.decimals))
    });
    Some(Numbers {
        value: row::value(standpoint, indicator, latest, true),
        country: row::value(standpoint, indicator, other, false),
        difference: gap.map(|gap| standpoint.voice().format.signed(gap, indicator.unit.decimals)),
        rank: standpoint.rank(indicator, home),
        gap,
        indicator,
    })
}

fn part(standpoint: Standpoint<'_>, score: &Score) -> Option<PartView> {
    let own = numbers(standpoint, score)?;
    Some(PartView {
        id: standpoint.shelf.id(&format!("del-{}", score.id)),
        title: score.name.in_language(standpoint.code()).to_owned(),
        href: standpoint.indicator_link(own.indicator).href,
        rank: own.rank.map(|rank| rank.position.to_string()),
        of: own.rank.map(|rank| rank.of.to_string()),
        of_text: own.rank.map(|rank| standpoint.fill("value.rank_of", &[("total", &rank.of.to_string())])),
        value: own.value,
        country: own.country,
        difference: own.difference,
        themes: score.children.iter().filter_map(|child| theme(standpoint, child)).collect(),
    })
}

fn theme(standpoint: Standpoint<'_>, score: &Score) -> Option<ThemeView> {
    let own = numbers(standpoint, score)?;
    let home = standpoint.home()?;
    let of_sex = |sex| {
        let latest = measure::newest(own.indicator, home, Part::of_sex(sex));
        row::value(standpoint, own.indicator, latest, false)
    };
    Some(ThemeView {
        id: score.id.clone(),
        title: score.name.in_language(standpoint.code()).to_owned(),
        href: standpoint.indicator_link(own.indicator).href,
        rank: own.rank.map(|rank| rank.position.to_string()),
        of: own.rank.map(|rank| rank.of.to_string()),
        of_text: own.rank.map(|rank| standpoint.fill("value.rank_of", &[("total", &rank.of.to_string())])),
        dot: dot(standpoint, own.indicator, home),
        women: of_sex(Sex::Women),
        men: of_sex(Sex::Men),
        tone: match own.gap {
            Some(gap) if gap > 0.0 => "lift",
            Some(gap) if gap < 0.0 => "pull",
            _ => "level",
        },
        missing: own.value.missing.clone(),
        value: own.value,
        country: own.country,
        difference: own.difference,
    })
}

/// The place's dot between the lowest and the highest county, with the country's mark.
fn dot(standpoint: Standpoint<'_>, indicator: &Indicator, home: PlaceId) -> Html {
    let Some(latest) = measure::latest(indicator, home, Part::TOTAL, None) else { return Html::default() };
    let spread = measure::spread(indicator, Part::TOTAL, latest.period, &standpoint.peers_of(home));
    let country =
        standpoint.country().and_then(|country| measure::value(indicator, country, Part::TOTAL, latest.period));
    match (latest.value.known(), spread) {
        (Some(own), Some(spread)) => Html(marks::scale_dot(own, spread.low, spread.high, country)),
        _ => Html::default(),
    }
}

fn spec(index: &Index, kind: ChartKind, title: String, indicators: Vec<String>, selection: Selection) -> ChartSpec {
    let (subtitle, description, note) = (Text::default(), Text::default(), Text::default());
    let (option, origin) = (serde_json::Value::Null, index.origin.clone());
    ChartSpec { kind, title: Text::plain(title), subtitle, description, note, indicators, selection, option, origin }
}

/// The profile of each part, and the ranking of the counties by each part.
fn charts(standpoint: Standpoint<'_>, index: &Index, log: &Log) -> Vec<Chart> {
    let code = standpoint.code();
    let place = standpoint.home().map_or("", |home| standpoint.place_name(home));
    let mut specs = Vec::new();
    for score in &index.tree {
        let themes: Vec<String> = score.children.iter().filter_map(|child| child.indicator.clone()).collect();
        let name = score.name.in_language(code);
        if themes.len() > 2 {
            let title = standpoint.fill("sentence.title.part_profile", &[("place", place), ("part", name)]);
            specs.push(spec(index, ChartKind::Profile, title, themes, Selection::default()));
        }
    }
    for score in &index.tree {
        let Some(id) = &score.indicator else { continue };
        let title =
            standpoint.fill("sentence.title.part_ranking", &[("place", place), ("part", score.name.in_language(code))]);
        let selection = Selection { level: Some(Level::County), ..Selection::default() };
        specs.push(spec(index, ChartKind::Ranking, title, vec![id.clone()], selection));
    }
    specs.iter().filter_map(|spec| picture::made(standpoint, spec, log)).collect()
}

/// Scores of the municipalities, from the index that holds theirs.
fn municipalities(standpoint: Standpoint<'_>, own: &Index) -> Option<Table> {
    let site = standpoint.site();
    let places = standpoint.municipalities();
    let scores_of = |index: &crate::model::Index| -> Vec<(String, String)> {
        index
            .tree
            .iter()
            .filter_map(|score| Some((score.name.in_language(standpoint.code()).to_owned(), score.indicator.clone()?)))
            .collect()
    };
    let holds = |index: &&Index| {
        index.id != own.id
            && scores_of(index).iter().any(|(_, id)| {
                site.indicator(id).is_some_and(|it| places.iter().any(|place| it.total(*place).is_some()))
            })
    };
    let index = site.indices.iter().find(holds)?;
    let scores: Vec<(String, &Indicator)> =
        scores_of(index).into_iter().filter_map(|(name, id)| Some((name, site.indicator(&id)?))).collect();
    let text = |word: &'static str| Column { title: standpoint.word(word).to_owned(), numeric: false, unit: None };
    let mut columns = vec![text("sentence.column.place")];
    columns.extend(scores.iter().map(|(name, _)| Column { title: name.clone(), numeric: true, unit: None }));
    let cell = |indicator: &Indicator, place: PlaceId| {
        let shown = row::value(standpoint, indicator, measure::newest(indicator, place, Part::TOTAL), false);
        let sort = measure::latest(indicator, place, Part::TOTAL, None)
            .and_then(|it| it.value.known())
            .map(|it| it.to_string());
        Cell { text: shown.text, sort, missing: shown.missing, flag: shown.flag, note: shown.note, home: false }
    };
    let row = |place: &PlaceId| TableRow {
        home: false,
        country: standpoint.country() == Some(*place),
        header: RowHeader {
            title: standpoint.place_name(*place).to_owned(),
            href: standpoint.href(&Reference::Place(*place)),
        },
        cells: scores.iter().map(|(_, indicator)| cell(indicator, *place)).collect(),
    };
    let first = scores.first().map(|(_, indicator)| *indicator)?;
    let mut ordered = places;
    let known = |place: &PlaceId| {
        measure::latest(first, *place, Part::TOTAL, None).and_then(|it| it.value.known()).unwrap_or(f64::MIN)
    };
    ordered.sort_by(|a, b| known(b).total_cmp(&known(a)));
    ordered.extend(standpoint.country().filter(|country| first.total(*country).is_some()));
    Some(Table {
        id: standpoint.shelf.id("kommuner-tabell"),
        caption: index.name.in_language(standpoint.code()).to_owned(),
        columns,
        rows: ordered.iter().map(row).collect(),
        notes: vec![index.scale.in_language(standpoint.code()).to_owned()],
    })
}

fn downloads(standpoint: Standpoint<'_>, index: &Index) -> Vec<Link> {
    let nodes = index.tree.iter().flat_map(Score::walk);
    let indicators: Vec<&Indicator> =
        nodes.filter_map(|score| standpoint.site().indicator(score.indicator.as_ref()?)).collect();
    let text = export::series(standpoint, &indicators);
    vec![standpoint.offer(standpoint.word("sentence.all_csv"), &format!("assets/data/index-{}.csv", index.id), text)]
}
