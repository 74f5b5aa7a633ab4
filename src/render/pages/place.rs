//! A place: all its values, ranks and comparisons.

use super::Matter;
use super::overview::topics;
use crate::finding::Log;
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Level, Part, PlaceId, Selection};
use crate::render::picture;
use crate::render::report::Standpoint;
use crate::render::row;
use crate::render::view::{Chart, Link, RowGroup};
use crate::{export, theme};
use minijinja::{Value, context};

pub(super) fn matter(standpoint: Standpoint<'_>, place: PlaceId, log: &Log) -> Matter {
    let site = standpoint.site();
    let name = standpoint.place_name(place);
    let topics = topics(standpoint, place, true);
    let level = site.places()[place].level;
    let siblings = siblings(standpoint, place);
    let compare =
        row::compared_with(standpoint, place).map_or(String::new(), |other| standpoint.place_name(other).to_owned());
    let sample = topics.iter().flat_map(|topic| &topic.rows).any(|row| row.sample);
    let lead = lead(standpoint, place, topics.iter().map(|topic| topic.rows.len()).sum());
    let view = context! {
        title => name,
        level => standpoint.voice().words.text(&format!("level.{}", level.name())),
        lead => Value::from_safe_string(lead.clone()),
        is_home => standpoint.home() == Some(place),
        parent => crate::theme::template_value(site.places()[place].parent.and_then(|parent| standpoint.place_link(parent))),
        topics => RowGroup::shown(topics),
        compare => &compare,
        pulls => crate::theme::template_value(super::index::at_place(standpoint, place, log)),
        charts => crate::theme::template_value(charts(standpoint, place, log)),
        siblings => crate::theme::template_value(siblings),
        downloads => crate::theme::template_value(downloads(standpoint, place)),
    };
    let said = if compare.is_empty() {
        "sentence.place_description_alone"
    } else {
        "sentence.place_description"
    };
    let description = standpoint.fill(said, &[("place", standpoint.place_in_text(place))]);
    Matter {
        title: name.to_owned(),
        description: Some(description),
        view,
        sample,
    }
}

/// More than this are no list to choose from; the page of all places is.
const MOST_SIBLINGS: usize = 40;

/// The other places of its level that have a page; none when there are too many.
fn siblings(standpoint: Standpoint<'_>, place: PlaceId) -> Vec<Link> {
    let site = standpoint.site();
    let level = site.places()[place].level;
    let same: Vec<PlaceId> = site
        .places_with_pages()
        .into_iter()
        .filter(|other| site.places()[*other].level == level && *other != place)
        .collect();
    if same.len() > MOST_SIBLINGS {
        return Vec::new();
    }
    same.into_iter()
        .filter_map(|other| standpoint.place_link(other))
        .collect()
}

/// How many of its values are better and worse than the country's, and its population.
fn lead(standpoint: Standpoint<'_>, place: PlaceId, count: usize) -> String {
    let site = standpoint.site();
    let name = standpoint.place_name(place);
    let compared = row::compared_with(standpoint, place);
    let judged: Vec<_> = site
        .indicators()
        .iter()
        .filter_map(|indicator| measure::country_signal(indicator, place, compared?)?.better)
        .collect();
    let better = judged.iter().filter(|order| order.is_gt()).count().to_string();
    let worse = judged.iter().filter(|order| order.is_lt()).count().to_string();
    let (count, total) = (count.to_string(), judged.len().to_string());
    let mut sentences = vec![standpoint.fill("sentence.place_count", &[("n", &count)])];
    if !judged.is_empty() {
        sentences.push(standpoint.fill(
            "sentence.place_judged",
            &[("n", &total), ("better", &better), ("worse", &worse)],
        ));
    }
    let population = site.indicator("befolkning").or_else(|| site.indicator("population"));
    if let Some(indicator) = population
        && let Some(latest) = measure::latest(indicator, place, Part::TOTAL, None)
        && let Some(number) = latest.value.known()
    {
        let format = &standpoint.voice().format;
        let shown = format.number(number, 0);
        sentences.insert(
            0,
            standpoint.fill(
                "sentence.place_population",
                &[
                    ("place", name),
                    ("n", &shown),
                    ("period", &format.period(latest.period)),
                ],
            ),
        );
    }
    sentences
        .iter()
        .map(|sentence| theme::escape(sentence))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The profile of the first index whose scores the place has.
fn charts(standpoint: Standpoint<'_>, place: PlaceId, log: &Log) -> Vec<Chart> {
    let site = standpoint.site();
    let has = |id: &String| {
        site.indicator(id)
            .is_some_and(|indicator| measure::latest(indicator, place, Part::TOTAL, None).is_some())
    };
    let leaves = |composite: &crate::index::Composite<'_>| -> Vec<String> {
        let indicators = composite
            .frame
            .leaves
            .iter()
            .filter_map(|leaf| leaf.indicator.map(|it| it.id.clone()));
        indicators.filter(has).collect()
    };
    // Nothing is compared with the country's own page.
    if site.places()[place].level == Level::Country {
        return Vec::new();
    }
    let composites = standpoint.composites().iter();
    let Some((index, indicators)) = composites
        .map(|composite| (composite.frame.index, leaves(composite)))
        .find(|(_, leaves)| leaves.len() > 2)
    else {
        return Vec::new();
    };
    let title = standpoint.fill(
        "sentence.title.profile",
        &[
            ("place", standpoint.place_name(place)),
            ("index", index.short.in_language(standpoint.code())),
        ],
    );
    let places = std::iter::once(place).chain(standpoint.country()).collect();
    let spec = ChartSpec {
        indicators,
        selection: Selection {
            places,
            place: Some(place),
            ..Selection::default()
        },
        ..ChartSpec::new(ChartKind::Profile, title, site.places()[place].origin.clone())
    };
    picture::made(standpoint, &spec, log).into_iter().collect()
}

/// All the place's figures as one table.
fn downloads(standpoint: Standpoint<'_>, place: PlaceId) -> Vec<Link> {
    let code = &standpoint.site().places()[place].code;
    let text = export::of_place(standpoint, place);
    vec![standpoint.offer(
        standpoint.word("sentence.all_csv"),
        &format!("assets/data/plats-{code}.csv"),
        text,
    )]
}
