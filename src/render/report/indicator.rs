//! An indicator: its message, its pictures, and how we know.

use crate::download::csv_file;
use crate::finding::Log;
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Indicator, Level, Part, Period, PlaceId, Selection, Sex, Text};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::signal::better_word;
use crate::page::table;
use crate::page::value::value;
use crate::page::view::{Chart, Fact, Html, Link, Remark, Table};
use crate::page::{sentence, source_line};
use crate::render::consultation::related_questions;
use crate::render::consultation::related_questions::Subject;
use crate::render::figure;
use crate::render::report::target_status;
use crate::render::updates::update;
use crate::theme::escape;
use minijinja::{Value, context};

pub(crate) fn content(page: PageContext<'_>, indicator: &Indicator, log: &Log) -> PageContent {
    let code = page.code();
    let home = page.home();
    let newest = home.and_then(|home| measure::newest(indicator, home, Part::TOTAL));
    let message = home
        .map(|home| sentence::message(page, indicator, home))
        .unwrap_or_default();
    let message = if message.is_empty() {
        no_message(page, indicator)
    } else {
        format!("<p>{message}</p>")
    };
    let site = page.site;
    let sets = site
        .sets
        .iter()
        .filter(|set| set.entries().any(|entry| entry.indicator == indicator.id));
    let sets: Vec<Link> = sets
        .filter_map(|set| page.link(set.name.in_language(code), &Reference::Set(set.id.clone())))
        .collect();
    let missing = indicator.absence.as_ref().map(|absence| {
        let reason = page.word(&format!("reason.{}", absence.reason.name()));
        let text = inline(absence.text.in_language(code));
        format!("<p>{}</p>", if text.is_empty() { escape(reason) } else { text })
    });
    let name = indicator.name.in_language(code).to_owned();
    let question = indicator.question.in_language(code);
    let targets = target_status::followed_for(page, indicator);
    let view = context! {
        id => indicator.id.clone(),
        question => question,
        message => Value::from_safe_string(message),
        value => crate::theme::shown(value(page, indicator, newest, true)),
        facts => crate::theme::shown(facts(page, indicator)),
        charts => crate::theme::shown(charts(page, indicator, log)),
        rule => crate::theme::shown(target_status::rules(page, &targets)),
        targets => crate::theme::shown(targets),
        missing => missing.map(Value::from_safe_string),
        table => crate::theme::shown(table(page, indicator)),
        notes => crate::theme::shown(notes(page, indicator)),
        breaks => crate::theme::shown(breaks(page, indicator)),
        downloads => crate::theme::shown(csv_file::series_link(page, page.word("sentence.all_csv"), indicator).into_iter().collect::<Vec<_>>()),
        sets => crate::theme::shown(sets),
        analyses => crate::theme::shown(analyses(page, indicator)),
        updates => crate::theme::shown(update::links(page, &indicator.id)),
        asked => crate::theme::shown(related_questions::asked(page, Subject::Indicator(&indicator.id))),
        members => crate::theme::shown(crate::render::index::members(page, indicator)),
        home => home.map_or(String::new(), |home| page.place_name(home).to_owned()),
        sample => indicator.sample,
    };
    let description = if question.is_empty() {
        name.clone()
    } else {
        question.to_owned()
    };
    PageContent {
        title: name,
        description: Some(description),
        view,
        sample: indicator.sample,
    }
}

/// Periods a table can show side by side.
const MOST_PERIODS: usize = 12;

/// Every place of the report with a value, by period: own place, country, the others of its level; for figures kept
/// only for municipalities, those of the own county.
fn table(page: PageContext<'_>, indicator: &Indicator) -> Option<Table> {
    let home = page.home()?;
    let known = |place: &PlaceId| indicator.total(*place).and_then(crate::model::Series::latest).is_some();
    let others = page.peers_of(home).into_iter().filter(|place| *place != home);
    let mut places: Vec<PlaceId> = std::iter::once(home)
        .chain(page.country())
        .chain(others)
        .filter(known)
        .collect();
    if places.len() < 3 {
        places.extend(page.municipalities().into_iter().filter(known));
    }
    let mut periods: Vec<Period> = places
        .iter()
        .filter_map(|place| indicator.total(*place))
        .flat_map(|series| &series.observations)
        .map(|it| it.period)
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let inside = figure::periods_in_report(page, &periods);
    let periods = if inside.is_empty() { periods } else { inside };
    let periods = &periods[periods.len().saturating_sub(MOST_PERIODS)..];
    let (first, last) = (periods.first()?, periods.last()?);
    let unit = table::unit(page, &indicator.unit);
    let mut columns = vec![table::texts(page.word("sentence.column.place"))];
    columns.extend(
        periods
            .iter()
            .map(|period| table::numbers(page.locale.format.period(*period), unit.clone())),
    );
    let row = |place: &PlaceId| {
        let cells = periods
            .iter()
            .map(|period| table::observed(page, indicator, *place, Part::TOTAL, *period));
        let mut row = table::row(page.place_name(*place), cells.collect());
        row.home = *place == home;
        row.country = page.country() == Some(*place);
        row.header.href = page.href(&Reference::Place(*place));
        row
    };
    let name = indicator.name.in_language(page.code());
    let span = if first == last {
        page.locale.format.period(*first)
    } else {
        figure::period_span(page, &[*first, *last])
    };
    Some(Table {
        id: page.files.id("varden"),
        ..table::table(format!("{name}, {span}"), columns, places.iter().map(row).collect())
    })
}

/// What stands where there is no value for the report's own place.
fn no_message(page: PageContext<'_>, indicator: &Indicator) -> String {
    let path = if indicator.absence.is_some() {
        "sentence.not_here_yet"
    } else {
        "sentence.not_for_place"
    };
    let place = page.home().map_or("", |home| page.place_in_text(home));
    format!("<p>{}</p>", escape(&page.fill(path, &[("place", place)])))
}

fn fact(page: PageContext<'_>, word: &'static str, html: String) -> Option<Fact> {
    (!html.is_empty()).then(|| Fact {
        label: page.word(word).to_owned(),
        html: Html(html),
    })
}

fn facts(page: PageContext<'_>, indicator: &Indicator) -> Vec<Fact> {
    let code = page.code();
    let voice = page.locale;
    let source = &indicator.source;
    let unit = voice.format.unit(&indicator.unit, code);
    let unit = if unit == "%" {
        page.word("unit.percent_long")
    } else {
        unit
    };
    let external: Vec<String> = indicator
        .external
        .iter()
        .map(|(publisher, id)| format!("{}: {}", escape(&capital(publisher)), escape(id)))
        .collect();
    let definition = inline(indicator.definition.in_language(code));
    [
        fact(page, "sentence.fact.definition", definition),
        fact(
            page,
            "sentence.fact.better",
            escape(page.word(better_word(indicator.better))),
        ),
        fact(page, "sentence.fact.unit", escape(unit)),
        fact(page, "sentence.fact.source", source_line::unlabelled(page, source)),
        fact(page, "sentence.fact.licence", escape(source.licence.in_language(code))),
        fact(
            page,
            "sentence.fact.fetched",
            escape(&voice.format.date(&source.fetched)),
        ),
        fact(
            page,
            "sentence.fact.next_release",
            escape(indicator.next_release.in_language(code)),
        ),
        fact(page, "sentence.fact.external", external.join("<br>")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `kolada` → `Kolada`, `scb` → `SCB`.
fn capital(publisher: &str) -> String {
    if publisher.len() <= 3 {
        return publisher.to_uppercase();
    }
    let mut letters = publisher.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The pictures that can be drawn from the indicator's figures.
fn charts(page: PageContext<'_>, indicator: &Indicator, log: &Log) -> Vec<Chart> {
    let wanted = specs(page, indicator);
    wanted.iter().filter_map(|spec| figure::page_chart(page, spec, log)).collect()
}

fn specs(page: PageContext<'_>, indicator: &Indicator) -> Vec<ChartSpec> {
    let site = page.site;
    let Some(home) = page.home() else {
        return Vec::new();
    };
    let known = |place| indicator.total(place).and_then(crate::model::Series::latest).is_some();
    let count = |places: &[crate::model::PlaceId]| places.iter().filter(|place| known(**place)).count();
    let counties = page.peers_of(home);
    let municipalities = page.municipalities();
    let spec = |kind, word: &'static str, selection| ChartSpec {
        indicators: vec![indicator.id.clone()],
        selection,
        ..ChartSpec::made(kind, title(page, indicator, word), indicator.origin.clone())
    };
    let mut specs = Vec::new();
    let periods = indicator.total(home).map_or(0, |series| {
        series.observations.iter().filter(|o| o.value.known().is_some()).count()
    });
    if known(home) && periods > 1 {
        specs.push(spec(ChartKind::Trend, "trend", Selection::default()));
    }
    if count(&counties) > 2 && indicator.comparable {
        specs.push(spec(
            ChartKind::Ranking,
            "ranking",
            Selection {
                level: Some(site.places[home].level),
                ..Selection::default()
            },
        ));
        specs.push(quadrants(
            page,
            indicator,
            spec(
                ChartKind::Quadrants,
                "quadrants",
                Selection {
                    level: Some(site.places[home].level),
                    ..Selection::default()
                },
            ),
        ));
    }
    let of_home = Selection {
        level: Some(Level::Municipality),
        parent: Some(home),
        ..Selection::default()
    };
    if count(&municipalities) > 1 {
        specs.push(spec(ChartKind::Comparison, "municipalities", of_home.clone()));
        let has_map = site
            .places
            .boundaries
            .iter()
            .any(|map| map.level == Level::Municipality && map.parent == Some(home));
        if has_map && indicator.comparable {
            specs.push(spec(ChartKind::Map, "map", of_home));
        }
    }
    let by_sex = |place| {
        [Sex::Women, Sex::Men]
            .iter()
            .all(|sex| measure::latest(indicator, place, Part::of_sex(*sex), None).is_some())
    };
    let places: Vec<_> = std::iter::once(home).chain(page.country()).collect();
    if by_sex(home) {
        specs.push(spec(
            ChartKind::Pairs,
            "pairs",
            Selection {
                places,
                ..Selection::default()
            },
        ));
    } else if municipalities.iter().any(|place| by_sex(*place)) {
        specs.push(spec(
            ChartKind::Pairs,
            "pairs",
            Selection {
                level: Some(Level::Municipality),
                parent: Some(home),
                ..Selection::default()
            },
        ));
    }
    let divided = indicator
        .series
        .iter()
        .any(|series| series.place == home && series.part.category.is_some());
    if divided {
        specs.push(spec(ChartKind::Stacked, "stacked", Selection::default()));
    }
    specs
}

/// Level and change, titled by where they put the own place.
fn quadrants(page: PageContext<'_>, indicator: &Indicator, spec: ChartSpec) -> ChartSpec {
    let title = figure::quadrant_title(page, &spec, indicator).map_or(spec.title.clone(), Text::plain);
    ChartSpec { title, ..spec }
}

/// The message of a made chart: what it shows when the figures say something in one sentence, else what it is.
fn title(page: PageContext<'_>, indicator: &Indicator, word: &str) -> String {
    let home = page.home();
    let said = match word {
        "trend" => home.and_then(|home| sentence::change_title(page, indicator, home)),
        "ranking" => home.and_then(|home| sentence::country_title(page, indicator, home)),
        _ => None,
    };
    let place = home.map_or("", |home| page.place_in_text(home));
    let made = || {
        let breakdown = indicator
            .breakdown
            .as_ref()
            .map_or(String::new(), |it| it.name.in_language(page.code()).to_lowercase());
        page.fill(
            &format!("sentence.title.{word}"),
            &[("place", place), ("breakdown", &breakdown)],
        )
    };
    said.unwrap_or_else(made)
}

fn notes(page: PageContext<'_>, indicator: &Indicator) -> Vec<Remark> {
    let said = indicator.notes.iter().map(|note| {
        let place = note.place.map(|place| page.place_name(place).to_owned());
        let period = note.period.map(|period| page.locale.format.period(period));
        let about: Vec<String> = place.into_iter().chain(period).collect();
        let title = if about.is_empty() {
            page.word("sentence.note_all").to_owned()
        } else {
            about.join(", ")
        };
        (title, note.text.in_language(page.code()).to_owned())
    });
    gathered(said)
}

fn breaks(page: PageContext<'_>, indicator: &Indicator) -> Vec<Remark> {
    let said = indicator.breaks.iter().map(|it| {
        let period = page.locale.format.period(it.period);
        let place = it
            .place
            .map_or(String::new(), |place| format!(", {}", page.place_name(place)));
        let title = page.fill("sentence.break_at", &[("period", &period)]) + &place;
        (title, it.text.in_language(page.code()).to_owned())
    });
    gathered(said)
}

/// Remarks of the same heading together, in the order of their first.
fn gathered(said: impl Iterator<Item = (String, String)>) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    for (title, text) in said {
        match remarks.iter_mut().find(|remark| remark.title == title) {
            Some(remark) => remark.texts.push(text),
            None => remarks.push(Remark {
                title,
                texts: vec![text],
            }),
        }
    }
    remarks
}

/// Pages with a picture in which the indicator is a node.
fn analyses(page: PageContext<'_>, indicator: &Indicator) -> Vec<Link> {
    let site = page.site;
    let named = |analysis: &&crate::model::Analysis| {
        analysis
            .groups
            .iter()
            .flat_map(|group| &group.nodes)
            .any(|node| node.indicator.as_ref() == Some(&indicator.id))
    };
    let page_of = |analysis: &crate::model::Analysis| {
        let mut pages = site.pages.iter().filter(|other| other.language == page.code());
        let shows = pages.find(|other| other.shows(analysis))?;
        let link = page.link(
            analysis.name.in_language(page.code()),
            &Reference::Page(shows.id.clone()),
        )?;
        Some(Link {
            href: format!("{}#diagram-{}", link.href, analysis.id),
            ..link
        })
    };
    site.analyses.iter().filter(named).filter_map(page_of).collect()
}
