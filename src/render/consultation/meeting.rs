//! A guide for meetings: a plan for the time, the questions with their evidence, and a sheet to record answers on, as tables
//! and as a CSV file.

use crate::model::{Consultation, Text};
use crate::page::consultation_state::{ConsultationState, state_view};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::Link;
use crate::render::consultation::chapters::chapter_title;
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
    /// Address of the page to count hands with in the room; `None`: there is nothing to raise hands for.
    room: Option<String>,
}

/// A part of the meeting and its time.
#[derive(Serialize)]
struct AgendaItem {
    title: String,
    /// With the word for minutes.
    minutes: String,
}

/// Minutes of a meeting: long enough for a few questions, short enough for an evening.
const MEETING_MINUTES: usize = 90;
/// Minutes of the opening, and of the closing.
const EDGE_MINUTES: usize = 15;

/// The page of the guide.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> PageContent {
    let code = page.code();
    let steps = steps(page, &consultation.questionnaire);
    let texts =
        |texts: &[Text]| -> Vec<String> { texts.iter().map(|text| text.in_language(code).to_owned()).collect() };
    let file = page.offer(
        "CSV",
        &format!("assets/data/meeting-{}.csv", consultation.id),
        csv(&steps),
    );
    let closes = consultation
        .dates
        .closes
        .map(|date| page.locale.format.date(&date.to_string()));
    let title = chapter_title(page, consultation, "meeting");
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
        room: page.href(&Reference::Chapter(consultation.id.clone(), Chapter::Room)),
    };
    let description = page.word("answering.meeting.lead").to_owned();
    PageContent::new(title, Some(description), sample, &view)
}

/// The plan: the time shared out evenly over the steps, in whole five minutes and at least ten a step.
fn plan(page: PageContext<'_>, steps: &[StepView]) -> Vec<AgendaItem> {
    let equal_share = (MEETING_MINUTES - 2 * EDGE_MINUTES) / steps.len().max(1);
    let step_minutes = (equal_share / 5 * 5).max(10);
    let item = |title: &str, minutes: usize| AgendaItem {
        title: title.to_owned(),
        minutes: page.fill("answering.meeting.minutes", &[("n", &minutes.to_string())]),
    };
    let opening = item(page.word("answering.meeting.opening"), EDGE_MINUTES);
    let middle = steps.iter().map(|step| item(step.title(), step_minutes));
    let closing = item(page.word("answering.meeting.closing"), EDGE_MINUTES);
    std::iter::once(opening).chain(middle).chain([closing]).collect()
}

/// The sheet as CSV: a line a count. The first columns are about the meeting, and empty.
fn csv(steps: &[StepView]) -> String {
    let mut out = "meeting,date,participants,question,item,answer,count\r\n".to_owned();
    for question in steps.iter().flat_map(|step| &step.questions) {
        for item in question.item_ids() {
            for answer in question.counted_answers() {
                out.extend([",,,", &question.id, ",", item, ",", answer, ",\r\n"]);
            }
        }
    }
    out
}

impl QuestionView {
    /// Ids of the items that are counted one by one; a question without rows is one nameless item.
    fn item_ids(&self) -> Vec<&str> {
        if self.rows.is_empty() {
            vec![""]
        } else {
            self.rows.iter().map(|row| row.id.as_str()).collect()
        }
    }

    /// Ids of the answers that hands are raised for; of a ranking for the item to put first. None of words and numbers.
    fn counted_answers(&self) -> Vec<&str> {
        match self.kind {
            "ranking" => vec!["first"],
            "text" | "number" | "points" => Vec::new(),
            _ => self.options.iter().map(|option| option.id.as_str()).collect(),
        }
    }
}
