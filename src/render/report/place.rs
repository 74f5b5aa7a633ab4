//! A place: all its values, ranks and comparisons.

use crate::download::csv_file;
use crate::finding::Log;
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Level, Part, PlaceId, Selection};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::row;
use crate::page::view::{Chart, Link, RowGroup};
use crate::render::figure;
use crate::render::report::overview::topics;
use crate::theme;
use minijinja::{Value, context};

pub(crate) fn content(page: PageContext<'_>, place: PlaceId, log: &Log) -> PageContent {
    let site = page.site;
    let name = page.place_name(place);
    let topics = topics(page, place, true);
    let level = site.places[place].level;
    let siblings = siblings(page, place);
    let compare = row::compared_with(page, place).map_or(String::new(), |other| page.place_name(other).to_owned());
    let sample = topics.iter().flat_map(|topic| &topic.rows).any(|row| row.sample);
    let lead = lead(page, place, topics.iter().map(|topic| topic.rows.len()).sum());
    let view = context! {
        title => name,
        level => page.word(&format!("level.{}", level.name())),
        lead => Value::from_safe_string(lead.clone()),
        is_home => page.home() == Some(place),
        parent => crate::theme::shown(site.places[place].parent.and_then(|parent| page.place_link(parent))),
        topics => RowGroup::shown(topics),
        compare => &compare,
        pulls => crate::theme::shown(crate::render::index::at_place(page, place, log)),
        charts => crate::theme::shown(charts(page, place, log)),
        siblings => crate::theme::shown(siblings),
        downloads => crate::theme::shown(downloads(page, place)),
    };
    let said = if compare.is_empty() {
        "sentence.place_description_alone"
    } else {
        "sentence.place_description"
    };
    let description = page.fill(said, &[("place", page.place_in_text(place))]);
    PageContent {
        title: name.to_owned(),
        description: Some(description),
        view,
        sample,
    }
}

/// More than this are no list to choose from; the page of all places is.
const MOST_SIBLINGS: usize = 40;

/// The other places of its level that have a page; none when there are too many.
fn siblings(page: PageContext<'_>, place: PlaceId) -> Vec<Link> {
    let site = page.site;
    let level = site.places[place].level;
    let same: Vec<PlaceId> = site
        .places_with_pages()
        .into_iter()
        .filter(|other| site.places[*other].level == level && *other != place)
        .collect();
    if same.len() > MOST_SIBLINGS {
        return Vec::new();
    }
    same.into_iter().filter_map(|other| page.place_link(other)).collect()
}

/// How many of its values are better and worse than the country's, and its population.
fn lead(page: PageContext<'_>, place: PlaceId, count: usize) -> String {
    let site = page.site;
    let name = page.place_name(place);
    let compared = row::compared_with(page, place);
    let judged: Vec<_> = site
        .indicators
        .iter()
        .filter_map(|indicator| measure::country_signal(indicator, place, compared?)?.better)
        .collect();
    let better = judged.iter().filter(|order| order.is_gt()).count().to_string();
    let worse = judged.iter().filter(|order| order.is_lt()).count().to_string();
    let (count, total) = (count.to_string(), judged.len().to_string());
    let mut sentences = vec![page.fill("sentence.place_count", &[("n", &count)])];
    if !judged.is_empty() {
        sentences.push(page.fill(
            "sentence.place_judged",
            &[("n", &total), ("better", &better), ("worse", &worse)],
        ));
    }
    let population = site.indicator("befolkning").or_else(|| site.indicator("population"));
    if let Some(indicator) = population
        && let Some(latest) = measure::latest(indicator, place, Part::TOTAL, None)
        && let Some(number) = latest.value.known()
    {
        let format = &page.locale.format;
        let shown = format.number(number, 0);
        sentences.insert(
            0,
            page.fill(
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
fn charts(page: PageContext<'_>, place: PlaceId, log: &Log) -> Vec<Chart> {
    let site = page.site;
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
    if site.places[place].level == Level::Country {
        return Vec::new();
    }
    let composites = page.report.composites.iter();
    let Some((index, indicators)) = composites
        .map(|composite| (composite.frame.index, leaves(composite)))
        .find(|(_, leaves)| leaves.len() > 2)
    else {
        return Vec::new();
    };
    let title = page.fill(
        "sentence.title.profile",
        &[
            ("place", page.place_name(place)),
            ("index", index.short.in_language(page.code())),
        ],
    );
    let places = std::iter::once(place).chain(page.country()).collect();
    let spec = ChartSpec {
        indicators,
        selection: Selection {
            places,
            place: Some(place),
            ..Selection::default()
        },
        ..ChartSpec::made(ChartKind::Profile, title, site.places[place].origin.clone())
    };
    figure::page_chart(page, &spec, log).into_iter().collect()
}

/// All the place's figures as one table.
fn downloads(page: PageContext<'_>, place: PlaceId) -> Vec<Link> {
    let code = &page.site.places[place].code;
    let text = csv_file::of_place(page.site, page.locale, place);
    vec![page.offer(
        page.word("sentence.all_csv"),
        &format!("assets/data/plats-{code}.csv"),
        text,
    )]
}
