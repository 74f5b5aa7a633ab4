//! A guide for meetings, and a sheet to record what they said.
//!
//! Takes the questions; gives a plan for the time, the questions with their evidence, tables with empty cells, and the
//! same tables as a CSV file to fill in.

use crate::model::Consultation;
use crate::page::consultation_state::state_view;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::render::consultation::questions::{QuestionView, StepView, home, steps};
use minijinja::context;
use serde::Serialize;

/// A part of the meeting.
#[derive(Serialize)]
struct Part {
    title: String,
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
    let day = consultation
        .dates
        .closes
        .map(|date| page.locale.format.date(&date.to_string()));
    let view = context! {
        home => crate::theme::shown(home(page, consultation)),
        standing => crate::theme::shown(state_view(page, consultation)),
        purpose => consultation.purpose.in_language(code),
        can_change => texts(&consultation.can_change),
        cannot_change => texts(&consultation.cannot_change),
        plan => crate::theme::shown(plan(page, &steps)),
        closes => day,
        email => consultation.channels.email.clone(),
        post => consultation.channels.post.in_language(code).lines().map(str::to_owned).collect::<Vec<_>>(),
        case_number => consultation.case_number.clone(),
        version => consultation.questionnaire.version.clone(),
        steps => crate::theme::shown(&steps),
        file => crate::theme::shown(file),
    };
    let title = crate::render::consultation::titled(page, consultation, "meeting");
    let sample = consultation.sample || steps.iter().any(StepView::shows_sample);
    PageContent {
        title,
        description: Some(page.word("answering.meeting.lead").to_owned()),
        view,
        sample,
    }
}

/// The time, shared out evenly over the steps in whole five minutes, and at least ten a step.
fn plan(page: PageContext<'_>, steps: &[StepView]) -> Vec<Part> {
    let share = (LENGTH - 2 * EDGES) / steps.len().max(1);
    let share = (share / 5 * 5).max(10);
    let part = |title: &str, minutes: usize| Part {
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
