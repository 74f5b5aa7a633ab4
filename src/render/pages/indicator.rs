//! An indicator: its message, its pictures, and how we know.

use super::Matter;
use crate::finding::Log;
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Indicator, Level, Part, Period, PlaceId, Selection, Sex, Text};
use crate::render::asked::{self, Subject};
use crate::render::picture::{self, tabular};
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::row::{better_word, value};
use crate::render::target;
use crate::render::view::{Chart, Fact, Html, Link, Remark, Table};
use crate::render::{prose, sentence, source, update};
use crate::theme::escape;
use minijinja::{Value, context};

pub(super) fn matter(standpoint: Standpoint<'_>, indicator: &Indicator, log: &Log) -> Matter {
    let code = standpoint.code();
    let home = standpoint.home();
    let newest = home.and_then(|home| measure::newest(indicator, home, Part::TOTAL));
    let message = home
        .map(|home| sentence::message(standpoint, indicator, home))
        .unwrap_or_default();
    let message = if message.is_empty() {
        no_message(standpoint, indicator)
    } else {
        format!("<p>{message}</p>")
    };
    let site = standpoint.site();
    let sets = site
        .sets()
        .iter()
        .filter(|set| set.entries().any(|entry| entry.indicator == indicator.id));
    let sets: Vec<Link> = sets
        .filter_map(|set| standpoint.link(set.name.in_language(code), &Reference::Set(set.id.clone())))
        .collect();
    let missing = indicator.absence.as_ref().map(|absence| {
        let reason = standpoint
            .voice()
            .words
            .text(&format!("reason.{}", absence.reason.name()));
        let text = prose::inline(absence.text.in_language(code));
        format!("<p>{}</p>", if text.is_empty() { escape(reason) } else { text })
    });
    let name = indicator.name.in_language(code).to_owned();
    let question = indicator.question.in_language(code);
    let targets = target::followed_for(standpoint, indicator);
    let view = context! {
        id => indicator.id.clone(),
        question => question,
        message => Value::from_safe_string(message),
        value => crate::theme::template_value(value(standpoint, indicator, newest, true)),
        facts => crate::theme::template_value(facts(standpoint, indicator)),
        charts => crate::theme::template_value(charts(standpoint, indicator, log)),
        rule => crate::theme::template_value(target::rules(standpoint, &targets)),
        targets => crate::theme::template_value(targets),
        missing => missing.map(Value::from_safe_string),
        table => crate::theme::template_value(table(standpoint, indicator)),
        notes => crate::theme::template_value(notes(standpoint, indicator)),
        breaks => crate::theme::template_value(breaks(standpoint, indicator)),
        downloads => crate::theme::template_value(standpoint.series_link(standpoint.word("sentence.all_csv"), indicator).into_iter().collect::<Vec<_>>()),
        sets => crate::theme::template_value(sets),
        analyses => crate::theme::template_value(analyses(standpoint, indicator)),
        updates => crate::theme::template_value(update::links(standpoint, &indicator.id)),
        asked => crate::theme::template_value(asked::asked(standpoint, Subject::Indicator(&indicator.id))),
        members => crate::theme::template_value(super::index::members(standpoint, indicator)),
        home => home.map_or(String::new(), |home| standpoint.place_name(home).to_owned()),
        sample => indicator.sample,
    };
    let description = if question.is_empty() {
        name.clone()
    } else {
        question.to_owned()
    };
    Matter {
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
fn table(standpoint: Standpoint<'_>, indicator: &Indicator) -> Option<Table> {
    let home = standpoint.home()?;
    let known = |place: &PlaceId| indicator.total(*place).and_then(crate::model::Series::latest).is_some();
    let others = standpoint.peers_of(home).into_iter().filter(|place| *place != home);
    let mut places: Vec<PlaceId> = std::iter::once(home)
        .chain(standpoint.country())
        .chain(others)
        .filter(known)
        .collect();
    if places.len() < 3 {
        places.extend(standpoint.municipalities().into_iter().filter(known));
    }
    let mut periods: Vec<Period> = places
        .iter()
        .filter_map(|place| indicator.total(*place))
        .flat_map(|series| &series.observations)
        .map(|it| it.period)
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let inside = picture::periods_in_report(standpoint, &periods);
    let periods = if inside.is_empty() { periods } else { inside };
    let periods = &periods[periods.len().saturating_sub(MOST_PERIODS)..];
    let (first, last) = (periods.first()?, periods.last()?);
    let unit = tabular::unit(standpoint, &indicator.unit);
    let mut columns = vec![tabular::texts(standpoint.word("sentence.column.place"))];
    columns.extend(
        periods
            .iter()
            .map(|period| tabular::numbers(standpoint.voice().format.period(*period), unit.clone())),
    );
    let row = |place: &PlaceId| {
        let cells = periods
            .iter()
            .map(|period| tabular::observed(standpoint, indicator, *place, Part::TOTAL, *period));
        let mut row = tabular::row(standpoint.place_name(*place), cells.collect());
        row.home = *place == home;
        row.country = standpoint.country() == Some(*place);
        row.header.href = standpoint.href(&Reference::Place(*place));
        row
    };
    let name = indicator.name.in_language(standpoint.code());
    let span = if first == last {
        standpoint.voice().format.period(*first)
    } else {
        picture::span_of(standpoint, &[*first, *last])
    };
    Some(Table {
        id: standpoint.shelf.id("varden"),
        ..tabular::table(format!("{name}, {span}"), columns, places.iter().map(row).collect())
    })
}

/// What stands where there is no value for the report's own place.
fn no_message(standpoint: Standpoint<'_>, indicator: &Indicator) -> String {
    let path = if indicator.absence.is_some() {
        "sentence.not_here_yet"
    } else {
        "sentence.not_for_place"
    };
    let place = standpoint.home().map_or("", |home| standpoint.place_in_text(home));
    format!("<p>{}</p>", escape(&standpoint.fill(path, &[("place", place)])))
}

fn fact(standpoint: Standpoint<'_>, word: &'static str, html: String) -> Option<Fact> {
    (!html.is_empty()).then(|| Fact {
        label: standpoint.voice().words.text(word).to_owned(),
        html: Html(html),
    })
}

fn facts(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<Fact> {
    let code = standpoint.code();
    let voice = standpoint.voice();
    let source = &indicator.source;
    let unit = voice.format.unit(&indicator.unit, code);
    let unit = if unit == "%" {
        standpoint.word("unit.percent_long")
    } else {
        unit
    };
    let external: Vec<String> = indicator
        .external
        .iter()
        .map(|(publisher, id)| format!("{}: {}", escape(&capital(publisher)), escape(id)))
        .collect();
    let definition = prose::inline(indicator.definition.in_language(code));
    [
        fact(standpoint, "sentence.fact.definition", definition),
        fact(
            standpoint,
            "sentence.fact.better",
            escape(standpoint.word(better_word(indicator.better))),
        ),
        fact(standpoint, "sentence.fact.unit", escape(unit)),
        fact(
            standpoint,
            "sentence.fact.source",
            source::unlabelled(standpoint, source),
        ),
        fact(
            standpoint,
            "sentence.fact.licence",
            escape(source.licence.in_language(code)),
        ),
        fact(
            standpoint,
            "sentence.fact.fetched",
            escape(&voice.format.date(&source.fetched)),
        ),
        fact(
            standpoint,
            "sentence.fact.next_release",
            escape(indicator.next_release.in_language(code)),
        ),
        fact(standpoint, "sentence.fact.external", external.join("<br>")),
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
fn charts(standpoint: Standpoint<'_>, indicator: &Indicator, log: &Log) -> Vec<Chart> {
    let wanted = specs(standpoint, indicator);
    wanted
        .iter()
        .filter_map(|spec| picture::made(standpoint, spec, log))
        .collect()
}

fn specs(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<ChartSpec> {
    let site = standpoint.site();
    let Some(home) = standpoint.home() else {
        return Vec::new();
    };
    let known = |place| indicator.total(place).and_then(crate::model::Series::latest).is_some();
    let count = |places: &[crate::model::PlaceId]| places.iter().filter(|place| known(**place)).count();
    let counties = standpoint.peers_of(home);
    let municipalities = standpoint.municipalities();
    let spec = |kind, word: &'static str, selection| ChartSpec {
        indicators: vec![indicator.id.clone()],
        selection,
        ..ChartSpec::new(kind, title(standpoint, indicator, word), indicator.origin.clone())
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
                level: Some(site.places()[home].level),
                ..Selection::default()
            },
        ));
        specs.push(quadrants(
            standpoint,
            indicator,
            spec(
                ChartKind::Quadrants,
                "quadrants",
                Selection {
                    level: Some(site.places()[home].level),
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
            .places()
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
    let places: Vec<_> = std::iter::once(home).chain(standpoint.country()).collect();
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
fn quadrants(standpoint: Standpoint<'_>, indicator: &Indicator, spec: ChartSpec) -> ChartSpec {
    let title = picture::quadrant_title(standpoint, &spec, indicator).map_or(spec.title.clone(), Text::plain);
    ChartSpec { title, ..spec }
}

/// The message of a made chart: what it shows when the figures say something in one sentence, else what it is.
fn title(standpoint: Standpoint<'_>, indicator: &Indicator, word: &str) -> String {
    let home = standpoint.home();
    let said = match word {
        "trend" => home.and_then(|home| sentence::change_title(standpoint, indicator, home)),
        "ranking" => home.and_then(|home| sentence::country_title(standpoint, indicator, home)),
        _ => None,
    };
    let place = home.map_or("", |home| standpoint.place_in_text(home));
    let made = || {
        let breakdown = indicator.breakdown.as_ref().map_or(String::new(), |it| {
            it.name.in_language(standpoint.code()).to_lowercase()
        });
        standpoint.fill(
            &format!("sentence.title.{word}"),
            &[("place", place), ("breakdown", &breakdown)],
        )
    };
    said.unwrap_or_else(made)
}

fn notes(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<Remark> {
    let said = indicator.notes.iter().map(|note| {
        let place = note.place.map(|place| standpoint.place_name(place).to_owned());
        let period = note.period.map(|period| standpoint.voice().format.period(period));
        let about: Vec<String> = place.into_iter().chain(period).collect();
        let title = if about.is_empty() {
            standpoint.word("sentence.note_all").to_owned()
        } else {
            about.join(", ")
        };
        (title, note.text.in_language(standpoint.code()).to_owned())
    });
    gathered(said)
}

fn breaks(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<Remark> {
    let said = indicator.breaks.iter().map(|it| {
        let period = standpoint.voice().format.period(it.period);
        let place = it
            .place
            .map_or(String::new(), |place| format!(", {}", standpoint.place_name(place)));
        let title = standpoint.fill("sentence.break_at", &[("period", &period)]) + &place;
        (title, it.text.in_language(standpoint.code()).to_owned())
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
fn analyses(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<Link> {
    let site = standpoint.site();
    let named = |analysis: &&crate::model::Analysis| {
        analysis
            .groups
            .iter()
            .flat_map(|group| &group.nodes)
            .any(|node| node.indicator.as_ref() == Some(&indicator.id))
    };
    let page_of = |analysis: &crate::model::Analysis| {
        let page = site.page_that_shows(standpoint.code(), analysis)?;
        let link = standpoint.link(
            analysis.name.in_language(standpoint.code()),
            &Reference::Page(page.id.clone()),
        )?;
        Some(Link {
            href: format!("{}#diagram-{}", link.href, analysis.id),
            ..link
        })
    };
    site.analyses().iter().filter(named).filter_map(page_of).collect()
}
