//! Where a consultation stands, in words: its state, its last day, how that was moved, what has been and what comes.
//!
//! Takes a consultation and the page's day; gives sentences. What can be answered, and how, is told by its own pages.

use crate::model::{Consultation, Extension};
use crate::page::context::PageContext;
use crate::page::locale::Locale;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::Link;
use crate::survey::{State, state};
use jiff::civil::Date;
use serde::Serialize;

/// A consultation's state as a page tells it.
#[derive(Debug, Serialize)]
pub(crate) struct Standing {
    /// Key of the state, for templates.
    pub(crate) state: &'static str,
    /// Whether it can be answered today.
    pub(crate) open: bool,
    /// Whether it can be answered today or later.
    pub(crate) awaited: bool,
    /// The state in words.
    pub(crate) word: String,
    /// The day that matters now: the last to answer, or the one on which it came to be as it is.
    pub(crate) sentence: String,
    /// While it can be answered: the last day, as `2026-03-17`. Absent when there is none, or it has passed.
    pub(crate) closes: Option<String>,
    /// What is true once that day has passed; for pages that are read long after they were built.
    pub(crate) after: String,
    /// How the last day has been moved, oldest first.
    pub(crate) moved: Vec<String>,
}

/// A day of its life.
#[derive(Debug, Serialize)]
pub(crate) struct Moment {
    /// `2026-03-17`; absent when the day is not known.
    pub(crate) date: Option<String>,
    /// The day in words.
    pub(crate) day: String,
    /// What happened, or will.
    pub(crate) text: String,
    /// Whether it is still to come.
    pub(crate) coming: bool,
}

/// The state of a consultation on the day of the build.
pub(crate) fn state_of(page: PageContext<'_>, consultation: &Consultation) -> State {
    state(&consultation.dates, page.report.today)
}

/// The state, told.
pub(crate) fn standing(page: PageContext<'_>, consultation: &Consultation) -> Standing {
    let dates = &consultation.dates;
    let state = state_of(page, consultation);
    let told = |word: &str, date: Option<Date>| {
        date.map(|date| {
            page.fill(
                &format!("consultation.standing.{word}"),
                &[("day", &day(page.locale, date))],
            )
        })
    };
    let sentences = match state {
        State::Coming => [told("opens", dates.opens), told("last_day", dates.closes)],
        State::Open | State::Extended => {
            let always = || page.word("consultation.standing.no_end").to_owned();
            [told("open_until", dates.closes).or_else(|| Some(always())), None]
        }
        State::Closed => [told("closed", dates.closes), told("results_come", dates.results)],
        State::Results => [told("results", dates.results), None],
        State::Decided => [told("decided", dates.decision), None],
        State::Archived => [told("archived", dates.archived), None],
    };
    let open = state.is_open();
    Standing {
        state: state.name(),
        open,
        awaited: open || state == State::Coming,
        word: page.word(&format!("consultation.state.{}", state.name())).to_owned(),
        sentence: sentences.into_iter().flatten().collect::<Vec<_>>().join(" "),
        closes: dates.closes.filter(|_| open).map(|date| date.to_string()),
        after: told("after", dates.closes).unwrap_or_default(),
        moved: dates
            .extensions
            .iter()
            .map(|extension| moved(page.locale, extension))
            .collect(),
    }
}

/// How the last day was moved: from when, to when, when that was decided, and why.
pub(crate) fn moved(locale: &Locale<'_>, extension: &Extension) -> String {
    let to = day(locale, extension.to);
    let word = |known: &str| format!("consultation.moved.{known}");
    let mut told = match extension.from {
        Some(from) => locale.fill(&word("from"), &[("from", &day(locale, from)), ("to", &to)]),
        None => locale.fill(&word("to"), &[("to", &to)]),
    };
    if let Some(on) = extension.on {
        told.push(' ');
        told.push_str(&locale.fill(&word("decided"), &[("day", &day(locale, on))]));
    }
    let reason = extension.reason.in_language(locale.code);
    if !reason.is_empty() {
        told.push(' ');
        told.push_str(&locale.fill(&word("reason"), &[("reason", reason)]));
    }
    told
}

/// What has happened and what is to come, in order; moves of unknown day stand before the day they moved to.
pub(crate) fn moments(page: PageContext<'_>, consultation: &Consultation) -> Vec<Moment> {
    let dates = &consultation.dates;
    let today = page.report.today;
    let moment = |word: &str, date: Date, coming: bool| {
        let tense = if coming { "coming" } else { "been" };
        Moment {
            date: Some(date.to_string()),
            day: day(page.locale, date),
            text: page.word(&format!("consultation.moment.{word}.{tense}")).to_owned(),
            coming,
        }
    };
    let extensions = dates.extensions.iter().map(|extension| {
        let at = extension.on.unwrap_or(extension.to);
        let told = Moment {
            date: extension.on.map(|date| date.to_string()),
            day: extension.on.map_or_else(
                || page.word("consultation.day_unknown").to_owned(),
                |on| day(page.locale, on),
            ),
            text: moved(
                page.locale,
                &Extension {
                    on: None,
                    ..extension.clone()
                },
            ),
            coming: extension.on.is_some_and(|on| on > today),
        };
        (at, 1, told)
    });
    // A last day belongs to the time for answers, so that it lies ahead until it is over.
    let plain = [
        ("opens", dates.opens, 0, false),
        ("closes", dates.closes, 2, true),
        ("results", dates.results, 3, false),
        ("decision", dates.decision, 4, false),
        ("archived", dates.archived, 5, false),
    ];
    let plain = plain.into_iter().filter_map(|(word, date, order, lasts)| {
        let date = date?;
        Some((date, order, moment(word, date, date > today || lasts && date == today)))
    });
    let mut all: Vec<(Date, u8, Moment)> = plain.chain(extensions).collect();
    all.sort_by_key(|(date, order, _)| (*date, *order));
    all.into_iter().map(|(_, _, moment)| moment).collect()
}

/// `tisdag 17 mars 2026`.
pub(crate) fn day(locale: &Locale<'_>, date: Date) -> String {
    let names = locale.words.list("consultation.weekdays");
    let index = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let name = names.get(index).copied().unwrap_or_default();
    format!("{name} {}", locale.format.date(&date.to_string()))
}

/// A link to one of its further pages, in the page's language or else the site's first.
pub(crate) fn chapter(
    page: PageContext<'_>,
    consultation: &Consultation,
    chapter: Chapter,
    word: &str,
) -> Option<Link> {
    let about = Reference::Chapter(consultation.id.clone(), chapter);
    let route = page.find(&about).or_else(|| page.find_in(0, &about))?;
    Some(Link {
        title: page.word(word).to_owned(),
        href: page.way(route),
        note: None,
    })
}

/// A link to a question where it can be read and answered; its title is the question in few words.
pub(crate) fn question(page: PageContext<'_>, consultation: &Consultation, question: &crate::model::Question) -> Link {
    let questions = chapter(page, consultation, Chapter::Questions, "consultation.chapter.questions");
    Link {
        title: question.short.in_language(page.code()).to_owned(),
        href: questions.map_or_else(String::new, |link| format!("{}#fraga-{}", link.href, question.id)),
        note: None,
    }
}
