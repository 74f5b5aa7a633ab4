//! A guide for meetings, and a sheet to record what they said.
//!
//! Takes the questions; gives a plan for the time, the questions with their evidence, tables with empty cells, and the
//! same tables as a CSV file to fill in.

use crate::model::Consultation;
use crate::page::consultation_state::{ConsultationState, state_view};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::view::Link;
use crate::render::consultation::questions::{QuestionView, StepView, home, steps};
use serde::Serialize;

/// A guide for whoever leads a meeting, for `meeting.html`.
#[derive(Serialize)]
struct MeetingGuideView {
    /// The consultation's own page.
    home: Link,
    standing: ConsultationState,
    /// Empty where the author has written none; so are the two lists.
    purpose: String,
    can_change: Vec<String>,
    cannot_change: Vec<String>,
    plan: Vec<AgendaItem>,
    /// The last day, in words; `None` where there is none.
    closes: Option<String>,
    /// Where the sheet is sent; either may be empty.
    email: String,
    post: Vec<String>,
    /// Empty where the matter has none.
    case_number: String,
    version: String,
    steps: Vec<StepView>,
    /// The sheet as a CSV file to fill in.
    file: Link,
}

/// A part of the meeting and its time.
#[derive(Serialize)]
struct AgendaItem {
    title: String,
    /// With the word for minutes.
    minutes: String,
}

/// Minutes of a meeting, and of its beginning and end: long enough for a few questions, short enough for an evening.
const LENGTH: usize = 90;
const EDGES: usize = 15;

/// The guide.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let code = page.code();
    let steps = steps(page, &consultation.questionnaire);
    let texts = |all: &[crate::model::Text]| all.iter().map(|it| it.in_language(code).to_owned()).collect::<Vec<_>>();
    let file = page.offer(
        "CSV",
        &format!("assets/data/meeting-{}.csv", consultation.id),
        csv(&steps),
    );
    let closes = consultation
        .dates
        .closes
        .map(|date| page.locale.format.date(&date.to_string()));
    let title = crate::render::consultation::titled(page, consultation, "meeting");
    let sample = consultation.sample || steps.iter().any(StepView::shows_sample);
    let view = MeetingGuideView {
        home: home(page, consultation),
        standing: state_view(page, consultation),
        purpose: consultation.purpose.in_language(code).to_owned(),
        can_change: texts(&consultation.can_change),
        cannot_change: texts(&consultation.cannot_change),
        plan: plan(page, &steps),
        closes,
        email: consultation.channels.email.clone(),
        post: consultation
            .channels
            .post
            .in_language(code)
            .lines()
            .map(str::to_owned)
            .collect(),
        case_number: consultation.case_number.clone(),
        version: consultation.questionnaire.version.clone(),
        steps,
        file,
    };
    let description = page.word("answering.meeting.lead").to_owned();
    PageContent::new(title, Some(description), sample, &view)
}

/// The time, shared out evenly over the steps in whole five minutes, and at least ten a step.
fn plan(page: PageContext<'_>, steps: &[StepView]) -> Vec<AgendaItem> {
    let share = (LENGTH - 2 * EDGES) / steps.len().max(1);
    let share = (share / 5 * 5).max(10);
    let part = |title: &str, minutes: usize| AgendaItem {
        title: title.to_owned(),
        minutes: page.fill("answering.meeting.minutes", &[("n", &minutes.to_string())]),
    };
    let middle = steps.iter().map(|step| part(step.title(), share));
    std::iter::once(part(page.word("answering.meeting.opening"), EDGES))
        .chain(middle)
        .chain(std::iter::once(part(page.word("answering.meeting.closing"), EDGES)))
        .collect()
}

/// A line for every count of the sheet. The columns that tell of the meeting are the same on every line and are empty.
fn csv(steps: &[StepView]) -> String {
    let mut out = "meeting,date,participants,question,item,answer,count\r\n".to_owned();
    for question in steps.iter().flat_map(|step| &step.questions) {
        for item in question.items() {
            for answer in question.counted() {
                out.extend([",,,", &question.id, ",", item, ",", answer, ",\r\n"]);
            }
        }
    }
    out
}

impl QuestionView {
    /// What is counted one by one, by id; a question that has no rows is one nameless item.
    fn items(&self) -> Vec<&str> {
        if self.rows.is_empty() {
            vec![""]
        } else {
            self.rows.iter().map(|row| row.id.as_str()).collect()
        }
    }

    /// The answers whose hands are counted, by id: of a ranking how many put an item first; none of words and numbers.
    fn counted(&self) -> Vec<&str> {
        match self.kind {
            "ranking" => vec!["first"],
            "text" | "number" | "points" => Vec::new(),
            _ => self.options.iter().map(|option| option.id.as_str()).collect(),
        }
    }
}
