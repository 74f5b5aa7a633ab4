//! The story of a consultation: purpose, days, ways to answer, evidence, and links to its other pages.
//!
//! The page keeps its address through the consultation's whole life. Questions, results and replies in full have pages of
//! their own.

use crate::download::calendar;
use crate::finding::Log;
use crate::model::{Body, Consultation, InvitedGroup, Naming, Questionnaire, Respondents, Text};
use crate::page::consultation_state;
use crate::page::consultation_state::{ConsultationState, Milestone, chapter, day};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::context::size;
use crate::page::inline::inline;
use crate::page::locale::alphabetical;
use crate::page::routes::Chapter;
use crate::page::view::{Fact, Html, Link};
use crate::render::consultation::chapters::calendar_route;
use crate::render::consultation::documents::documents;
use crate::render::consultation::email;
use crate::render::consultation::question_evidence::{AreaView, StepWithEvidence, question_evidence};
use crate::render::consultation::replies::{self, OutcomeSummary};
use crate::render::consultation::themes::{self, ClusterView};
use crate::render::consultation::ways::{form, ways};
use crate::survey::{Results, State, Withheld};
use crate::theme::escape;
use serde::Serialize;

/// A consultation through its whole life, for `consultation.html`.
#[derive(Serialize)]
struct StoryView {
    standing: ConsultationState,
    /// The form; `None` where there is none, or it cannot be answered today.
    form: Option<Link>,
    /// Other ways to answer, most used first; empty when it cannot be answered today.
    ways: Vec<Html>,
    /// The coming step when the time for answers is over; `None` before, and when everything is done.
    next: Option<String>,
    /// The page of questions.
    questions: Option<Link>,
    /// Empty where the author has written none; so are the two lists and `note`.
    purpose: Html,
    can_change: Vec<Html>,
    cannot_change: Vec<Html>,
    invited: Vec<InvitedView>,
    open_to_all: bool,
    /// How many have answered; `None` before there are results.
    base: Option<ResponseCount>,
    /// Answers that are known from elsewhere only; `None` where nothing is reported.
    reported: Option<ReportedView>,
    /// `None` where nothing is written about the outcome.
    outcome: Option<OutcomeSummary>,
    /// The codebook's clusters and themes; empty without a codebook.
    clusters: Vec<ClusterView>,
    /// The codebook's description; `None` without a codebook.
    codebook: Option<Html>,
    steps: Vec<StepWithEvidence>,
    /// The development areas that questions are about.
    areas: Vec<AreaView>,
    moments: Vec<Milestone>,
    documents: Vec<Link>,
    /// The last day as a file for calendars; `None` where there is none, or it has passed.
    calendar: Option<Link>,
    facts: Vec<Fact>,
    note: Html,
}

/// How many have answered.
#[derive(Serialize)]
struct ResponseCount {
    sentence: String,
    /// What a reader of interim results must know; `None` where nothing is shown, or all of it.
    interim: Option<String>,
    /// Why results are withheld; `None` where they are not.
    withheld: Option<String>,
    /// The page of results.
    link: Option<Link>,
}

/// Answers that are known from elsewhere only.
#[derive(Serialize)]
struct ReportedView {
    source: Html,
    interim: bool,
    statements: Vec<Html>,
    /// Why the answers themselves are not here; empty where nothing is said of it.
    absence: Html,
}

/// The consultation's own page.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation, log: &Log) -> PageContent {
    let code = page.code();
    let state = consultation_state::state_of(page, consultation);
    let results = page.results(&consultation.id);
    let evidence = question_evidence(page, consultation);
    let sample = consultation.sample || evidence.sample;
    let markup = |text: &Text| Html(inline(text.in_language(code)));
    let view = StoryView {
        standing: consultation_state::state_view(page, consultation),
        form: form(page, consultation, state),
        ways: ways(page, consultation, state),
        next: next(page, consultation, state),
        questions: chapter(page, consultation, Chapter::Questions, "consultation.read_questions"),
        purpose: markup(&consultation.purpose),
        can_change: consultation.can_change.iter().map(markup).collect(),
        cannot_change: consultation.cannot_change.iter().map(markup).collect(),
        invited: invited(page, consultation, results),
        open_to_all: consultation.open_to_all,
        base: results.map(|results| ResponseCount {
            sentence: response_count(page, results),
            interim: (results.interim && !is_withheld(results))
                .then(|| consultation_state::interim_sentence(page, consultation)),
            withheld: is_withheld(results).then(|| consultation_state::withheld_sentence(page, consultation)),
            link: chapter(page, consultation, Chapter::Results, "consultation.read_results"),
        }),
        reported: consultation.reported.as_ref().map(|reported| ReportedView {
            source: markup(&reported.source),
            interim: reported.interim,
            statements: reported.statements.iter().map(markup).collect(),
            absence: markup(&reported.absence),
        }),
        outcome: replies::summary(page, consultation),
        clusters: themes::clusters(page, consultation),
        codebook: themes::codebook(page, consultation).map(|book| markup(&book.description)),
        steps: evidence.steps,
        areas: evidence.areas,
        moments: consultation_state::milestones(page, consultation),
        documents: documents(page, consultation, log),
        calendar: calendar(page, consultation, state),
        facts: facts(page, consultation),
        note: markup(&consultation.note),
    };
    let title = consultation.title.in_language(code).to_owned();
    let description = consultation.description.in_language(code).to_owned();
    PageContent::new(title, Some(description), sample, &view)
}

/// Whether nothing is shown of the answers for the time being.
fn is_withheld(results: &Results) -> bool {
    results.withheld.contains(&Withheld::Open)
}

/// The coming step once the time for answers is over, with its day and who decides as far as they are known.
fn next(page: PageContext<'_>, consultation: &Consultation, state: State) -> Option<String> {
    let decided_by = consultation.decided_by.in_language(page.code());
    let sentence = |step: &str, date: Option<jiff::civil::Date>| {
        let date = date.map(|date| day(page.locale, date));
        let kind = match (&date, decided_by) {
            (Some(_), "") => "day",
            (Some(_), _) => "day_by",
            (None, "") => "open",
            (None, _) => "open_by",
        };
        page.fill(
            &format!("consultation.next.{step}.{kind}"),
            &[("day", date.as_deref().unwrap_or_default()), ("by", decided_by)],
        )
    };
    let is_overdue = consultation.dates.results.is_some_and(|day| day <= page.report.today);
    match state {
        State::Closed if is_overdue => None,
        State::Closed => Some(sentence("results", consultation.dates.results)),
        State::Results => Some(sentence("decision", consultation.dates.decision)),
        _ => None,
    }
}

/// An invited group.
#[derive(Serialize)]
struct InvitedView {
    name: String,
    /// How many of the group have answered; `None` when there are no results.
    count: Option<String>,
    /// Names of bodies that have answered, in alphabetical order; `None` where that is not known or may not be shown.
    answered: Option<Vec<String>>,
    /// Names of the other bodies.
    others: Vec<String>,
}

fn invited(page: PageContext<'_>, consultation: &Consultation, results: Option<&Results>) -> Vec<InvitedView> {
    let code = page.code();
    let names_may_be_shown =
        consultation.respondents == Respondents::Bodies && consultation.publication.bodies == Naming::Named;
    let names = |bodies: Vec<&Body>| -> Vec<String> {
        let mut names: Vec<String> = bodies
            .iter()
            .map(|body| body.name.in_language(code).to_owned())
            .collect();
        names.sort_by_key(|name| alphabetical(name));
        names
    };
    let view = |(index, group): (usize, &InvitedGroup)| {
        let counts = results.and_then(|results| results.base.groups.iter().find(|(position, ..)| *position == index));
        let count = counts.map(|(_, invited, answered)| {
            let (n, total) = (answered.to_string(), invited.to_string());
            page.fill("consultation.answered_of", &[("n", &n), ("total", &total)])
        });
        let missing = results
            .filter(|_| names_may_be_shown)
            .and_then(|results| results.base.missing.as_ref());
        let has_answered = |body: &&Body| missing.is_some_and(|missing| !missing.contains(&body.id));
        let (answered, others): (Vec<_>, Vec<_>) = group.bodies.iter().partition(has_answered);
        InvitedView {
            name: group.name.in_language(code).to_owned(),
            count,
            answered: missing.map(|_| names(answered)),
            others: names(others),
        }
    };
    consultation.invited.iter().enumerate().map(view).collect()
}

/// How many have answered, in a sentence or two.
fn response_count(page: PageContext<'_>, results: &Results) -> String {
    let base = &results.base;
    let n = base.of_invited().to_string();
    let Some(invited) = base.invited else {
        if base.answered == 0 && base.waiting == 0 {
            return page.word("consultation.base.none").to_owned();
        }
        let held = [Withheld::Batch, Withheld::Remainder];
        let is_part = held.iter().any(|reason| results.withheld.contains(reason));
        let path = if is_part { "shown" } else { "open" };
        return page.fill(&format!("consultation.base.{path}"), &[("n", &n)]);
    };
    let of_invited = page.fill(
        "consultation.base.invited",
        &[("n", &n), ("total", &invited.to_string())],
    );
    if base.uninvited == 0 {
        return of_invited;
    }
    let uninvited = base.uninvited.to_string();
    let of_uninvited = page.fill("result.who.uninvited", &[("n", &uninvited), ("count", &uninvited)]);
    format!("{of_invited} {of_uninvited}")
}

/// The last day as a file for calendars; `None` where there is none, for a made-up consultation, and when the day has passed.
fn calendar(page: PageContext<'_>, consultation: &Consultation, state: State) -> Option<Link> {
    let event = calendar::deadline(page, consultation)?;
    let route = calendar_route(page, consultation);
    let text = calendar::calendar(&event);
    let link = Link {
        title: page.word("consultation.calendar").to_owned(),
        href: page.href_to(&route),
        note: Some(size(page.locale, text.len())),
    };
    // The file keeps its address when the day has passed; nobody needs a link to it then.
    page.files.put(route, text.into_bytes());
    (state.is_open() || state == State::Coming).then_some(link)
}

/// Facts: who decides, the case number, whom to ask, the rule of publication, personal data, the questionnaire's version.
fn facts(page: PageContext<'_>, consultation: &Consultation) -> Vec<Fact> {
    let code = page.code();
    let fact = |word: &str, html: String| {
        let label = page.word(&format!("consultation.fact.{word}")).to_owned();
        (!html.is_empty()).then_some(Fact {
            label,
            html: Html(html),
        })
    };
    let contact = &consultation.contact;
    let email = if contact.email.is_empty() {
        String::new()
    } else {
        email::link(&contact.email, "")
    };
    let contact_lines = [escape(contact.name.in_language(code)), email, escape(&contact.phone)];
    let personal_data = consultation.personal_data.as_ref().map(|data| {
        let texts = [&data.purpose, &data.basis, &data.retention, &data.controller];
        lines(&texts.map(|text| inline(text.in_language(code))))
    });
    [
        fact("decided_by", escape(consultation.decided_by.in_language(code))),
        fact("case_number", escape(&consultation.case_number)),
        fact("contact", lines(&contact_lines)),
        fact("rule", inline(consultation.publication.rule.in_language(code))),
        fact("personal_data", personal_data.unwrap_or_default()),
        fact("version", version(page, &consultation.questionnaire)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Markup that is not empty, a line each.
fn lines(markup: &[String]) -> String {
    let lines: Vec<&str> = markup
        .iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("<br>")
}

/// The version of the questionnaire and how it differs from the one before, as markup; empty where no version is stated.
fn version(page: PageContext<'_>, questionnaire: &Questionnaire) -> String {
    let version = escape(&questionnaire.version);
    let changes = inline(questionnaire.changes.in_language(page.code()));
    if version.is_empty() || changes.is_empty() {
        version
    } else {
        format!("{version}: {changes}")
    }
}
