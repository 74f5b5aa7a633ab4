//! The state of a consultation in words: its state, its last day and the moves of that, its milestones.
//!
//! Takes a consultation and the day of the build; gives sentences and links. Its questions and results have pages of their own.

use crate::model::{Consultation, Extension, Respondents, Text};
use crate::page::context::PageContext;
use crate::page::locale::Locale;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::Link;
use crate::survey::{State, batch, state};
use jiff::civil::Date;
use serde::Serialize;

/// View of a consultation's state.
#[derive(Debug, Serialize)]
pub(crate) struct ConsultationState {
    /// Name of the state, such as `open`.
    pub(crate) state: &'static str,
    /// Whether it can be answered today.
    pub(crate) open: bool,
    /// Whether it can be answered today or later.
    pub(crate) awaited: bool,
    /// The state in words.
    pub(crate) word: String,
    /// The last day to answer, or else the day on which the state began.
    pub(crate) sentence: String,
    /// While it can be answered: the last day, as `2026-03-17`. Absent when there is none, or it has passed.
    pub(crate) closes: Option<String>,
    /// The sentence that holds after the last day, for pages that are read long after they were built; empty without a last day.
    pub(crate) after: String,
    /// Moves of the last day, oldest first.
    pub(crate) moved: Vec<String>,
}

/// A day on which something happens to a consultation.
#[derive(Debug, Serialize)]
pub(crate) struct Milestone {
    /// `2026-03-17`; absent when the day is not known.
    pub(crate) date: Option<String>,
    /// The day in words.
    pub(crate) day: String,
    /// The event.
    pub(crate) text: String,
    /// Whether it is still to come.
    pub(crate) coming: bool,
}

/// The state of a consultation on the day of the build. The day of the results makes none: without an answer nobody answered,
/// and with nothing to show it is closed.
pub(crate) fn state_of(page: PageContext<'_>, consultation: &Consultation) -> State {
    let by_dates = state(&consultation.dates, page.report.today);
    if by_dates != State::Results {
        return by_dates;
    }
    match page.results(&consultation.id) {
        Some(results) if results.base.answered == 0 && results.base.waiting == 0 => State::Unanswered,
        None if consultation.reported.is_none() && page.site.outcomes(&consultation.id).is_none() => State::Closed,
        _ => State::Results,
    }
}

/// The view of a consultation's state on the day of the build.
pub(crate) fn state_view(page: PageContext<'_>, consultation: &Consultation) -> ConsultationState {
    let dates = &consultation.dates;
    let state = state_of(page, consultation);
    let on_day = |word: &str, date: Option<Date>| {
        let day = day(page.locale, date?);
        Some(page.fill(&format!("consultation.standing.{word}"), &[("day", &day)]))
    };
    let sentences = match state {
        State::Coming => [on_day("opens", dates.opens), on_day("last_day", dates.closes)],
        State::Open | State::Extended => {
            let no_end = || page.word("consultation.standing.no_end").to_owned();
            [Some(on_day("open_until", dates.closes).unwrap_or_else(no_end)), None]
        }
        State::Paused => {
            let pause = dates.pauses.iter().find(|pause| pause.holds_on(page.report.today));
            let until = on_day("paused_until", pause.and_then(|pause| pause.to));
            let paused = until.unwrap_or_else(|| page.word("consultation.standing.paused").to_owned());
            [Some(paused), pause.and_then(|pause| because(page, &pause.reason))]
        }
        State::Withdrawn => {
            let end = dates.withdrawn.as_ref();
            let reason = end.and_then(|end| because(page, &end.reason));
            [on_day("withdrawn", end.map(|end| end.on)), reason]
        }
        State::Unanswered => [
            on_day("closed", dates.closes),
            Some(page.word("consultation.standing.unanswered").to_owned()),
        ],
        State::Closed if dates.results.is_some_and(|day| day <= page.report.today) => [
            on_day("closed", dates.closes),
            Some(page.word("consultation.standing.no_results").to_owned()),
        ],
        State::Closed => [on_day("closed", dates.closes), on_day("results_come", dates.results)],
        State::Results => [on_day("results", dates.results), None],
        State::Decided => [on_day("decided", dates.decision), None],
        State::Archived => [on_day("archived", dates.archived), None],
    };
    let open = state.is_open();
    ConsultationState {
        state: state.name(),
        open,
        awaited: open || matches!(state, State::Coming | State::Paused),
        word: page.word(&format!("consultation.state.{}", state.name())).to_owned(),
        sentence: sentences.into_iter().flatten().collect::<Vec<_>>().join(" "),
        closes: dates.closes.filter(|_| open).map(|date| date.to_string()),
        after: on_day("after", dates.closes).unwrap_or_default(),
        moved: dates
            .extensions
            .iter()
            .map(|extension| extension_sentence(page.locale, extension))
            .collect(),
    }
}

/// Why answers are not shown though some have come: until when, or for ever.
pub(crate) fn withheld_sentence(page: PageContext<'_>, consultation: &Consultation) -> String {
    let dates = &consultation.dates;
    let until = dates.results.map(|date| day(page.locale, date));
    let (name, day) = match &until {
        _ if dates.withdrawn.is_some() => ("withdrawn", ""),
        Some(day) => ("until", day.as_str()),
        None => ("open", ""),
    };
    page.fill(&format!("result.withheld.{name}"), &[("day", day)])
}

/// What a reader of interim results must know: that more answers may come, or that the whole result has its day.
pub(crate) fn interim_sentence(page: PageContext<'_>, consultation: &Consultation) -> String {
    let dates = &consultation.dates;
    let closed = dates.results.filter(|_| state_of(page, consultation) == State::Closed);
    if let Some(date) = closed {
        return page.fill("consultation.interim_closed", &[("day", &day(page.locale, date))]);
    }
    let more = page.word("consultation.interim_text");
    let Some(size) = batch(consultation).map(f64::from) else {
        return more.to_owned();
    };
    let number = |number: f64| page.locale.format.number(number, 0);
    let rule = if consultation.respondents == Respondents::Persons {
        let sizes = [1.0, 2.0, 4.0].map(|times| number(size * times));
        let [first, second, third] = sizes.each_ref().map(String::as_str);
        let words = [("first", first), ("second", second), ("third", third)];
        page.fill("consultation.interim_doubling", &words)
    } else {
        let n = number(size);
        page.fill("consultation.interim_batches", &[("n", &n)])
    };
    format!("{more} {rule}")
}

/// The reason for a pause or an end; `None`: not stated.
fn because(page: PageContext<'_>, reason: &Text) -> Option<String> {
    let reason = reason.in_language(page.code());
    (!reason.is_empty()).then(|| page.fill("consultation.standing.because", &[("reason", reason)]))
}

/// A move of the last day: from when, to when, when that was decided, and why.
pub(crate) fn extension_sentence(locale: &Locale<'_>, extension: &Extension) -> String {
    let fill = |word: &str, arguments: &[(&str, &str)]| locale.fill(&format!("consultation.moved.{word}"), arguments);
    let to = day(locale, extension.to);
    let mut sentence = match extension.from {
        Some(from) => fill("from", &[("from", &day(locale, from)), ("to", &to)]),
        None => fill("to", &[("to", &to)]),
    };
    if let Some(on) = extension.on {
        sentence.push(' ');
        sentence.push_str(&fill("decided", &[("day", &day(locale, on))]));
    }
    let reason = extension.reason.in_language(locale.code);
    if !reason.is_empty() {
        sentence.push(' ');
        sentence.push_str(&fill("reason", &[("reason", reason)]));
    }
    sentence
}

/// All milestones, past and coming, in order; moves of unknown day stand before the day they moved to.
pub(crate) fn milestones(page: PageContext<'_>, consultation: &Consultation) -> Vec<Milestone> {
    let dates = &consultation.dates;
    let today = page.report.today;
    // A last day belongs to the time for answers, so that it lies ahead until it is over.
    let days = [
        ("opens", dates.opens, 0, false),
        ("closes", dates.closes, 2, true),
        ("results", dates.results, 3, false),
        ("decision", dates.decision, 4, false),
        ("archived", dates.archived, 5, false),
    ];
    let pauses = dates.pauses.iter().flat_map(|pause| {
        let resumed = pause.to.and_then(|last| last.tomorrow().ok());
        [("paused", Some(pause.from), 1, false), ("resumed", resumed, 1, false)]
    });
    let end = dates.withdrawn.as_ref().map(|end| end.on);
    let days = days.into_iter().chain(pauses).chain([("withdrawn", end, 1, false)]);
    // What would have followed does not.
    let happens = |word: &str, date: Date| word == "archived" || end.is_none_or(|end| date <= end);
    let days = days.filter_map(|(word, date, order, lasts)| {
        let date = date.filter(|date| happens(word, *date))?;
        let coming = date > today || lasts && date == today;
        let tense = if coming { "coming" } else { "been" };
        let milestone = Milestone {
            date: Some(date.to_string()),
            day: day(page.locale, date),
            text: page.word(&format!("consultation.moment.{word}.{tense}")).to_owned(),
            coming,
        };
        Some((date, order, milestone))
    });
    let extensions = dates.extensions.iter().map(|extension| {
        // The day of the decision heads the milestone, so the sentence leaves it out.
        let without_day = Extension {
            on: None,
            ..extension.clone()
        };
        let unknown = || page.word("consultation.day_unknown").to_owned();
        let milestone = Milestone {
            date: extension.on.map(|date| date.to_string()),
            day: extension.on.map_or_else(unknown, |on| day(page.locale, on)),
            text: extension_sentence(page.locale, &without_day),
            coming: extension.on.is_some_and(|on| on > today),
        };
        (extension.on.unwrap_or(extension.to), 1, milestone)
    });
    let mut milestones: Vec<(Date, u8, Milestone)> = days.chain(extensions).collect();
    milestones.sort_by_key(|(date, order, _)| (*date, *order));
    milestones.into_iter().map(|(_, _, milestone)| milestone).collect()
}

/// `tisdag 17 mars 2026`.
pub(crate) fn day(locale: &Locale<'_>, date: Date) -> String {
    let names = locale.words.list("consultation.weekdays");
    let index = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    let name = names.get(index).copied().unwrap_or_default();
    format!("{name} {}", locale.format.date(&date.to_string()))
}

/// A link to a chapter of a consultation, in the page's language or else the site's first; nothing when it has no such chapter.
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
        href: page.href_to(route),
        note: None,
    })
}

/// A link to a question on the page of questions, titled by the question in few words.
pub(crate) fn question(page: PageContext<'_>, consultation: &Consultation, question: &crate::model::Question) -> Link {
    let questions = chapter(page, consultation, Chapter::Questions, "consultation.chapter.questions");
    Link {
        title: question.short.in_language(page.code()).to_owned(),
        href: questions.map_or_else(String::new, |link| format!("{}#fraga-{}", link.href, question.id)),
        note: None,
    }
}
