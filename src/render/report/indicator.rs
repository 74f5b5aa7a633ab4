//! The page of an indicator: message, charts, targets, metadata and values.

use super::data::long_unit;
use super::indicator_charts::charts;
use super::target_status::{self, TargetFollowUp};
use crate::download::csv_file;
use crate::finding::Log;
use crate::measure;
use crate::model::{Analysis, Indicator, IndicatorSet, Part, Period, PlaceId, Series};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::signal::better_word;
use crate::page::value::{reason_word, value};
use crate::page::view::{Chart, Fact, Html, Link, Remark, Table, Value};
use crate::page::{sentence, source_line, table};
use crate::render::consultation::related_questions::{self, QuestionSubject, RelatedConsultation};
use crate::render::figure;
use crate::render::index::{Membership, memberships};
use crate::render::updates::update;
use crate::theme::escape;
use serde::Serialize;

/// View of an indicator's page (`indicator.html`).
#[derive(Serialize)]
struct IndicatorView {
    /// The question it answers; empty when the data do not say.
    question: String,
    /// The main message in one paragraph, or why there is none.
    message: Html,
    /// The newest value of the report's own place.
    value: Value,
    /// Definition, unit, source and other metadata.
    facts: Vec<Fact>,
    charts: Vec<Chart>,
    /// Its targets in all sets.
    targets: Vec<TargetFollowUp>,
    /// How its targets are judged; empty when it has none.
    rule: Html,
    /// Why it has no figures; absent when it has some.
    missing: Option<Html>,
    /// Values by place and period; absent when there are none.
    table: Option<Table>,
    notes: Vec<Remark>,
    breaks: Vec<Remark>,
    /// The file of its series; empty when it has no figures.
    downloads: Vec<Link>,
    /// Sets that it is part of.
    sets: Vec<Link>,
    /// Diagrams that it is part of, on authors' pages.
    analyses: Vec<Link>,
    /// Updates that touched it, newest first.
    updates: Vec<Link>,
    /// Consultations that ask about it.
    asked: Vec<RelatedConsultation>,
    /// Composite indices that it is part of.
    members: Vec<Membership>,
    /// Name of the report's own place; empty when it has none.
    home: String,
    /// Whether its figures are constructed.
    sample: bool,
}

/// The page of an indicator, for the report's own place.
pub(crate) fn content(page: PageContext<'_>, indicator: &Indicator, log: &Log) -> PageContent {
    let code = page.code();
    let home = page.home();
    let newest = home.and_then(|home| measure::newest(indicator, home, Part::TOTAL));
    let name = indicator.name.in_language(code);
    let question = indicator.question.in_language(code);
    let targets = target_status::targets_of_indicator(page, indicator);
    let view = IndicatorView {
        question: question.to_owned(),
        message: message(page, indicator),
        value: value(page, indicator, newest, true),
        facts: facts(page, indicator),
        charts: charts(page, indicator, log),
        rule: target_status::rules(page, &targets),
        targets,
        missing: missing(page, indicator),
        table: table(page, indicator),
        notes: notes(page, indicator),
        breaks: breaks(page, indicator),
        downloads: csv_file::series_link(page, page.word("sentence.all_csv"), indicator)
            .into_iter()
            .collect(),
        sets: sets(page, indicator),
        analyses: analyses(page, indicator),
        updates: update::links(page, &indicator.id),
        asked: related_questions::related_consultations(page, QuestionSubject::Indicator(&indicator.id)),
        members: memberships(page, indicator),
        home: home.map_or("", |home| page.place_name(home)).to_owned(),
        sample: indicator.sample,
    };
    let description = if question.is_empty() { name } else { question };
    PageContent::new(name.to_owned(), Some(description.to_owned()), indicator.sample, &view)
}

/// The message for the report's own place, or a sentence that there is no value for it.
fn message(page: PageContext<'_>, indicator: &Indicator) -> Html {
    let home = page.home();
    let message = home.map_or(String::new(), |home| sentence::message(page, indicator, home));
    if !message.is_empty() {
        return Html(format!("<p>{message}</p>"));
    }
    let word = if indicator.absence.is_some() {
        "sentence.not_here_yet"
    } else {
        "sentence.not_for_place"
    };
    let place = home.map_or("", |home| page.place_in_text(home));
    Html(format!("<p>{}</p>", escape(&page.fill(word, &[("place", place)]))))
}

/// Why the indicator has no figures, in the words of the data or else by the reason alone.
fn missing(page: PageContext<'_>, indicator: &Indicator) -> Option<Html> {
    let absence = indicator.absence.as_ref()?;
    let text = inline(absence.text.in_language(page.code()));
    let text = if text.is_empty() {
        escape(reason_word(page, absence.reason))
    } else {
        text
    };
    Some(Html(format!("<p>{text}</p>")))
}

/// Sets with a page that the indicator is part of.
fn sets(page: PageContext<'_>, indicator: &Indicator) -> Vec<Link> {
    let holds = |set: &&IndicatorSet| set.entries().any(|entry| entry.indicator == indicator.id);
    let sets = page.site.sets.iter().filter(holds);
    sets.filter_map(|set| page.link(set.name.in_language(page.code()), &Reference::Set(set.id.clone())))
        .collect()
}

/// Periods a table can show side by side.
const MOST_PERIODS: usize = 12;

/// Values by place and period: the report's own place, the country and the others of its level; for figures kept only for
/// municipalities, those of the own county.
fn table(page: PageContext<'_>, indicator: &Indicator) -> Option<Table> {
    let home = page.home()?;
    let has_value = |place: &PlaceId| indicator.total(*place).and_then(Series::latest).is_some();
    let others = page.peers_of(home).into_iter().filter(|place| *place != home);
    let mut places: Vec<PlaceId> = std::iter::once(home)
        .chain(page.country())
        .chain(others)
        .filter(has_value)
        .collect();
    if places.len() < 3 {
        places.extend(page.municipalities().into_iter().filter(has_value));
    }
    let mut periods: Vec<Period> = places
        .iter()
        .filter_map(|place| indicator.total(*place))
        .flat_map(|series| &series.observations)
        .map(|observation| observation.period)
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let in_report = figure::periods_in_report(page, &periods);
    let periods = if in_report.is_empty() { periods } else { in_report };
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
            .map(|period| table::observation(page, indicator, *place, Part::TOTAL, *period));
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

/// A fact with its label; none without a text.
fn fact(page: PageContext<'_>, word: &'static str, html: String) -> Option<Fact> {
    (!html.is_empty()).then(|| Fact {
        label: page.word(word).to_owned(),
        html: Html(html),
    })
}

/// The metadata of the indicator, as far as the data state them.
fn facts(page: PageContext<'_>, indicator: &Indicator) -> Vec<Fact> {
    let code = page.code();
    let source = &indicator.source;
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
        fact(page, "sentence.fact.unit", escape(long_unit(page, indicator))),
        fact(page, "sentence.fact.source", source_line::unlabelled(page, source)),
        fact(page, "sentence.fact.licence", escape(source.licence.in_language(code))),
        fact(
            page,
            "sentence.fact.fetched",
            escape(&page.locale.format.date(&source.fetched)),
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

/// Notes by place and period.
fn notes(page: PageContext<'_>, indicator: &Indicator) -> Vec<Remark> {
    let notes = indicator.notes.iter().map(|note| {
        let place = note.place.map(|place| page.place_name(place).to_owned());
        let period = note.period.map(|period| page.locale.format.period(period));
        let scope: Vec<String> = place.into_iter().chain(period).collect();
        let title = if scope.is_empty() {
            page.word("sentence.note_all").to_owned()
        } else {
            scope.join(", ")
        };
        (title, note.text.in_language(page.code()).to_owned())
    });
    let trend = indicator.trend.iter().map(|rule| {
        let title = page.word("sentence.note_trend").to_owned();
        (title, rule.reason.in_language(page.code()).to_owned())
    });
    by_title(notes.chain(trend))
}

/// Breaks in series by period and place.
fn breaks(page: PageContext<'_>, indicator: &Indicator) -> Vec<Remark> {
    let breaks = indicator.breaks.iter().map(|series_break| {
        let period = page.locale.format.period(series_break.period);
        let place = series_break.place.map(|place| format!(", {}", page.place_name(place)));
        let title = page.fill("sentence.break_at", &[("period", &period)]) + &place.unwrap_or_default();
        (title, series_break.text.in_language(page.code()).to_owned())
    });
    by_title(breaks)
}

/// Texts of the same title as one remark, in the order of their first.
fn by_title(texts: impl Iterator<Item = (String, String)>) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    for (title, text) in texts {
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

/// Authors' pages with a diagram in which the indicator is a node.
fn analyses(page: PageContext<'_>, indicator: &Indicator) -> Vec<Link> {
    let site = page.site;
    let has_node = |analysis: &&Analysis| {
        let mut nodes = analysis.groups.iter().flat_map(|group| &group.nodes);
        nodes.any(|node| node.indicator.as_ref() == Some(&indicator.id))
    };
    let link = |analysis: &Analysis| {
        let mut pages = site.pages.iter().filter(|other| other.language == page.code());
        let with_diagram = pages.find(|other| other.shows(analysis))?;
        let about = Reference::Page(with_diagram.id.clone());
        let link = page.link(analysis.name.in_language(page.code()), &about)?;
        Some(Link {
            href: format!("{}#diagram-{}", link.href, analysis.id),
            ..link
        })
    };
    site.analyses.iter().filter(has_node).filter_map(link).collect()
}
