//! An update in one sentence, for the page of what is new, its feed and the indicators it touched.
//!
//! Takes a recorded update; gives text. Each part of the sentence stands by itself, so that no word bends with another.

use super::Output;
use super::feed;
use super::report::{Report, Standpoint};
use super::routes::{Job, Reference};
use super::shelf::Shelf;
use super::view::Link;
use crate::export::{self, Entry};
use crate::model::{Fate, Layout, Update};

/// Where an update stands on the page of what is new.
pub(crate) fn anchor(standpoint: Standpoint<'_>, update: &Update) -> String {
    format!("{}-{}", standpoint.word("anchor.update"), update.date)
}

/// What it is called: its title, or its day.
pub(crate) fn title(standpoint: Standpoint<'_>, update: &Update) -> String {
    let title = update.title.in_language(standpoint.code());
    if title.is_empty() {
        let day = standpoint.voice().format.date(&update.date.to_string());
        return standpoint.fill("updates.heading", &[("day", &day)]);
    }
    title.to_owned()
}

/// Links to the updates that touched an indicator, newest first, each with its day.
pub(crate) fn links(standpoint: Standpoint<'_>, indicator: &str) -> Vec<Link> {
    let updates = standpoint.site().updates_of(indicator);
    // Without an update there may be no page, and nobody should depend on that.
    if updates.is_empty() {
        return Vec::new();
    }
    let Some(page) = standpoint.href(&Reference::Updates) else { return Vec::new() };
    let link = |update: &&Update| {
        let day = standpoint.voice().format.date(&update.date.to_string());
        Link {
            title: title(standpoint, update),
            href: format!("{page}#{}", anchor(standpoint, update)),
            note: (!update.title.is_empty()).then_some(day),
        }
    };
    updates.iter().map(link).collect()
}

/// "I korthet: 3 nya siffror och 1 ändrad placering."
pub(crate) fn in_short(standpoint: Standpoint<'_>, update: &Update) -> String {
    let of_fate = |fate: Fate| update.figures.iter().filter(|it| it.fate == fate).count() as u64;
    let added = update.figures.iter().filter_map(|it| it.added).map(|it| it.figures).sum();
    let lost = update.figures.iter().filter_map(|it| it.gone).map(|it| it.figures).sum();
    let revised = update.figures.iter().flat_map(|it| &it.revised).map(|it| it.values.len() as u64).sum();
    let redefined = update.figures.iter().filter(|it| !it.redefined.is_empty()).count() as u64;
    let counts: [(&str, u64); 9] = [
        ("new", of_fate(Fate::New)),
        ("gone", of_fate(Fate::Gone)),
        ("added", added),
        ("revised", revised),
        ("lost", lost),
        ("redefined", redefined),
        ("ranks", update.ranks.len() as u64),
        ("statuses", update.statuses.len() as u64),
        ("claims", update.claims.len() as u64),
    ];
    let part =
        |(key, n): (&str, u64)| standpoint.fill(&format!("updates.short.{key}"), &[("n", &count(standpoint, n))]);
    let parts: Vec<String> = counts.into_iter().filter(|(_, n)| *n > 0).map(part).collect();
    if parts.is_empty() {
        return String::new();
    }
    standpoint.fill("updates.in_short", &[("parts", &standpoint.voice().format.list(&parts))])
}

/// A count as readers see it.
pub(crate) fn count(standpoint: Standpoint<'_>, n: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a count for readers")]
    standpoint.voice().format.number(n as f64, 0)
}

/// Address of the feed in a language of the site; `None`: there is nothing to follow.
pub(crate) fn route(report: &Report<'_>, language: usize) -> Option<String> {
    let voice = &report.theme.voices[language];
    let own = language < report.site.settings.languages.len();
    let prefix = if language == 0 { String::new() } else { format!("{}/", voice.language) };
    (own && !report.site.updates.is_empty()).then(|| format!("{prefix}{}.xml", voice.words.text("routes.updates")))
}

/// The feed of every language.
pub(super) fn files(report: &Report<'_>) -> Vec<Output> {
    let languages = 0..report.theme.voices.len();
    languages.filter_map(|language| Some(file(report, language, route(report, language)?))).collect()
}

fn file(report: &Report<'_>, language: usize, route: String) -> Output {
    let job = Job { language, route: route.clone(), about: Reference::Updates, page: None, layout: Layout::Updates };
    let shelf = Shelf::default();
    let standpoint = Standpoint { report, language, route: &route, job: &job, shelf: &shelf };
    let href = feed::way(standpoint, &Reference::Updates);
    // An author may move the page; what has happened stays the same.
    let lasting = standpoint.file_route(&format!("{}.html", standpoint.word("routes.updates")));
    let entry = |update: &Update| {
        let text = update.text.in_language(standpoint.code());
        let said = [in_short(standpoint, update), text.split_whitespace().collect::<Vec<_>>().join(" ")];
        Entry {
            id: export::lasting(standpoint, &lasting, Some((standpoint.word("anchor.update"), update.date))),
            title: title(standpoint, update),
            href: format!("{}#{}", href.as_deref().unwrap_or_default(), anchor(standpoint, update)),
            updated: update.date,
            summary: said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
        }
    };
    let updates = report.site.updates.iter();
    let entries = updates.map(|update| (update.date, entry(update))).collect();
    feed::of(standpoint, route.clone(), "updates.feed", href.clone(), entries)
}
