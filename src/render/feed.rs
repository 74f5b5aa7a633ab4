//! What has happened to consultations, and what is new in the report, as feeds that readers can follow.
//!
//! Takes the consultations and the day; gives one feed a language, with an entry for every event that has come to pass:
//! opened, extended, closed, results, decided. Events of unknown day are left out, and so is everything made up. Takes the
//! recorded updates; gives another feed a language, with an entry for each.

use super::report::{Report, Standpoint};
use super::routes::{Job, Reference};
use super::shelf::Shelf;
use super::{Output, frame, standing, update};
use crate::export::{self, Entry, Feed};
use crate::model::{Consultation, Layout, Update};
use jiff::civil::Date;

/// Address of the feed in a language of the site; `None`: there is nothing to follow.
pub(crate) fn route(report: &Report<'_>, language: usize) -> Option<String> {
    let own = language < report.site.settings.languages.len();
    let voice = &report.theme.languages[language];
    let real = report.site.consultations.iter().any(|it| !it.sample);
    let prefix = if language == 0 {
        String::new()
    } else {
        format!("{}/", voice.code)
    };
    (own && real).then(|| format!("{prefix}{}/feed.xml", voice.words.text("routes.consultation")))
}

/// The feeds of every language.
pub(super) fn files(report: &Report<'_>) -> Vec<Output> {
    let languages = 0..report.theme.languages.len();
    let consultations = languages.filter_map(|language| Some(file(report, language, &route(report, language)?)));
    consultations.chain(updates_files(report)).collect()
}

fn file(report: &Report<'_>, language: usize, route: &str) -> Output {
    let about = Reference::Page("index".to_owned());
    let job = Job {
        language,
        route: route.to_owned(),
        about,
        page: None,
        layout: Layout::Page,
    };
    let shelf = Shelf::default();
    let standpoint = Standpoint {
        report,
        language,
        route,
        job: &job,
        shelf: &shelf,
    };
    let real = report.site.consultations.iter().filter(|it| !it.sample);
    let mut events: Vec<(Date, Entry)> = real.flat_map(|it| entries(standpoint, it)).collect();
    // Newest first; of the same day in the order of consultations and of their lives, turned round.
    events.sort_by_key(|(date, _)| *date);
    events.reverse();
    let list = frame::page_of_layout(standpoint, Layout::Consultations).map_or("index", |page| &page.id);
    let page = way(standpoint, &Reference::Page(list.to_owned()));
    of(standpoint, route.to_owned(), "consultation.feed.title", page, events)
}

/// A feed of what has happened, newest first, under a title that names the site, beside the page that tells the same.
pub(super) fn of(
    standpoint: Standpoint<'_>,
    route: String,
    title: &str,
    page: Option<String>,
    events: Vec<(Date, Entry)>,
) -> Output {
    let (report, code) = (standpoint.report, standpoint.code());
    let settings = &report.site.settings;
    let publisher = settings.publisher.in_language(code);
    let name = settings.title.in_language(code);
    let feed = Feed {
        id: export::lasting(standpoint, &route, None),
        title: standpoint.fill(title, &[("title", name)]),
        language: code.to_owned(),
        author: if publisher.is_empty() {
            name.to_owned()
        } else {
            publisher.to_owned()
        },
        own: (!report.base_url.is_empty()).then(|| format!("{}{route}", report.base_url)),
        page,
        updated: events.first().map_or(report.today, |(date, _)| *date),
        entries: events.into_iter().map(|(_, entry)| entry).collect(),
    };
    Output {
        route,
        bytes: export::feed(&feed).into_bytes().into(),
    }
}

/// The way to a page from the feed: absolute when the site knows where it lies.
pub(super) fn way(standpoint: Standpoint<'_>, about: &Reference) -> Option<String> {
    let route = standpoint.find(standpoint.language, about)?;
    let base_url = standpoint.report.base_url;
    Some(if base_url.is_empty() {
        standpoint.way(route)
    } else {
        format!("{base_url}{route}")
    })
}

/// Events of a consultation that have come to pass, oldest first.
fn entries(standpoint: Standpoint<'_>, it: &Consultation) -> Vec<(Date, Entry)> {
    let dates = &it.dates;
    let about = Reference::Consultation(it.id.clone());
    let Some(href) = way(standpoint, &about) else {
        return Vec::new();
    };
    // An author may move the page; what has happened stays the same.
    let lasting = standpoint.file_route(&format!("{}/{}", standpoint.word("routes.consultation"), it.id));
    let told = |word: &str, date: Option<Date>| {
        let day = date.map(|date| standing::day(standpoint, date));
        day.map(|day| standpoint.fill(&format!("consultation.standing.{word}"), &[("day", &day)]))
            .unwrap_or_default()
    };
    // The last day as it stood when it opened.
    let first_close = dates
        .extensions
        .first()
        .map_or(dates.closes, |extension| extension.from);
    let after = dates.closes.and_then(|day| day.tomorrow().ok());
    let mut events = vec![("opened", dates.opens, told("last_day", first_close))];
    events.extend(
        dates
            .extensions
            .iter()
            .map(|it| ("extended", it.on, standing::moved(standpoint, it))),
    );
    events.push(("closed", after, told("closed", dates.closes)));
    events.push(("results", dates.results, told("results", dates.results)));
    events.push(("decided", dates.decision, told("decided", dates.decision)));
    let title = it.title.in_language(standpoint.code());
    let description = it.description.in_language(standpoint.code());
    let passed = events.into_iter().filter_map(|(event, date, told)| {
        let date = date.filter(|date| *date <= standpoint.report.today)?;
        let entry = Entry {
            id: export::lasting(standpoint, &lasting, Some((event, date))),
            title: standpoint.fill(&format!("consultation.feed.{event}"), &[("title", title)]),
            href: href.clone(),
            updated: date,
            summary: [told.as_str(), description]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        };
        Some((date, entry))
    });
    passed.collect()
}

/// Address of the feed of updates in a language of the site; `None`: there is nothing to follow.
pub(crate) fn updates_route(report: &Report<'_>, language: usize) -> Option<String> {
    let voice = &report.theme.languages[language];
    let own = language < report.site.settings.languages.len();
    let prefix = if language == 0 {
        String::new()
    } else {
        format!("{}/", voice.code)
    };
    (own && !report.site.updates.is_empty()).then(|| format!("{prefix}{}.xml", voice.words.text("routes.updates")))
}

/// The feed of every language.
fn updates_files(report: &Report<'_>) -> Vec<Output> {
    let languages = 0..report.theme.languages.len();
    languages
        .filter_map(|language| Some(updates_file(report, language, &updates_route(report, language)?)))
        .collect()
}

fn updates_file(report: &Report<'_>, language: usize, route: &str) -> Output {
    let job = Job {
        language,
        route: route.to_owned(),
        about: Reference::Updates,
        page: None,
        layout: Layout::Updates,
    };
    let shelf = Shelf::default();
    let standpoint = Standpoint {
        report,
        language,
        route,
        job: &job,
        shelf: &shelf,
    };
    let href = way(standpoint, &Reference::Updates);
    // An author may move the page; what has happened stays the same.
    let lasting = standpoint.file_route(&format!("{}.html", standpoint.word("routes.updates")));
    let entry = |it: &Update| {
        let text = it.text.in_language(standpoint.code());
        let said = [
            update::in_short(standpoint, it),
            text.split_whitespace().collect::<Vec<_>>().join(" "),
        ];
        Entry {
            id: export::lasting(standpoint, &lasting, Some((standpoint.word("anchor.update"), it.date))),
            title: update::title(standpoint, it),
            href: format!(
                "{}#{}",
                href.as_deref().unwrap_or_default(),
                update::anchor(standpoint, it)
            ),
            updated: it.date,
            summary: said
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        }
    };
    let updates = report.site.updates.iter();
    let entries = updates.map(|update| (update.date, entry(update))).collect();
    of(standpoint, route.to_owned(), "updates.feed", href.clone(), entries)
}
