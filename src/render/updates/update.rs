//! An update in one sentence, for the page of updates, its feed and the indicators that it touched.
//!
//! Takes a recorded update; gives text. Each part of the sentence stands by itself, so that no word inflects with another.

use crate::model::{Fate, Update};
use crate::page::context::PageContext;
use crate::page::locale::Locale;
use crate::page::routes::Reference;
use crate::page::view::Link;

/// Anchor of an update on the page of updates.
pub(crate) fn anchor(locale: &Locale<'_>, update: &Update) -> String {
    format!("{}-{}", locale.word("anchor.update"), update.date)
}

/// The author's title of an update, else one with its day.
pub(crate) fn title(locale: &Locale<'_>, update: &Update) -> String {
    let title = update.title.in_language(locale.code);
    if title.is_empty() {
        let day = locale.format.date(&update.date.to_string());
        return locale.fill("updates.heading", &[("day", &day)]);
    }
    title.to_owned()
}

/// Links to the updates that touched an indicator, newest first, each with its day.
pub(crate) fn links(page: PageContext<'_>, indicator: &str) -> Vec<Link> {
    let Some(updates_page) = page.href(&Reference::Updates) else {
        return Vec::new();
    };
    let updates = page
        .site
        .updates
        .iter()
        .filter(|update| update.figures_of(indicator).is_some());
    let link = |update: &Update| {
        let day = page.locale.format.date(&update.date.to_string());
        Link {
            title: title(page.locale, update),
            href: format!("{updates_page}#{}", anchor(page.locale, update)),
            note: (!update.title.is_empty()).then_some(day),
        }
    };
    updates.map(link).collect()
}

/// "I korthet: 3 nya siffror och 1 ändrad placering."
pub(crate) fn in_short(locale: &Locale<'_>, update: &Update) -> String {
    let indicators = || update.figures.iter();
    let of_fate = |fate: Fate| indicators().filter(|figures| figures.fate == fate).count() as u64;
    let added = indicators().filter_map(|figures| Some(figures.added?.figures)).sum();
    let lost = indicators().filter_map(|figures| Some(figures.gone?.figures)).sum();
    let revisions = indicators().flat_map(|figures| &figures.revised);
    let revised = revisions.map(|revision| revision.values.len() as u64).sum();
    let redefined = indicators().filter(|figures| !figures.redefined.is_empty()).count() as u64;
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
    let part = |(key, n): (&str, u64)| locale.fill(&format!("updates.short.{key}"), &[("n", &count(locale, n))]);
    let parts: Vec<String> = counts.into_iter().filter(|(_, n)| *n > 0).map(part).collect();
    if parts.is_empty() {
        return String::new();
    }
    locale.fill("updates.in_short", &[("parts", &locale.format.list(&parts))])
}

/// A count as readers see it.
pub(crate) fn count(locale: &Locale<'_>, n: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a count for readers")]
    locale.format.number(n as f64, 0)
}
