//! The page of results: who answered, answers by question, in words by theme, body by body, of meetings, and what is withheld.
//!
//! Takes [`Results`](crate::survey::Results), in which nothing is left that must not be shown; gives a page, charts and
//! files. A number that is hidden there stands as `..` with the reason, and is never worked out here.

mod base;
mod cells;
mod choices;
mod coded;
mod context;
mod degrees;
mod directions;
mod matrix;
mod meetings;
mod orders;
mod question;
mod section;
mod spreads;
mod squares;
mod summary;
mod tallies;

pub(crate) use context::ResultsContext;
pub(super) use matrix::answer_lines;
pub(crate) use question::QuestionResultView;
pub(super) use section::{SectionResult, section_result};

use crate::download::answers;
use crate::finding::Log;
use crate::model::Consultation;
use crate::page::consultation_state;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::page::view::{Heading, Link};
use crate::render::consultation::chapters::chapter_title;
use crate::survey::{Detail, Withheld};
use base::BaseView;
use coded::CodedView;
use matrix::MatrixView;
use meetings::MeetingView;
use serde::Serialize;

/// The results of a consultation, for `results.html`.
#[derive(Serialize)]
struct ResultsView {
    /// Survey or consultation, as data files name it.
    kind: &'static str,
    /// That more answers may come; `None` once the consultation has closed.
    interim: Option<String>,
    /// The author's note; empty where there is none.
    note: String,
    /// The consultation's own page; `None` where it has none in this language.
    story: Option<Link>,
    /// Headings of the sections that are there, for the table of contents.
    contents: Vec<Heading>,
    /// Headings of all sections, there or not: who, questions, words, matrix, meetings, withheld, files.
    headings: [Heading; 7],
    base: BaseView,
    /// Empty where nothing may be shown yet.
    questions: Vec<QuestionResultView>,
    /// Answers in words by theme; `None` where none have been sorted.
    coded: Option<CodedView>,
    /// Answers body by body; empty where bodies are not shown one by one.
    matrices: Vec<MatrixView>,
    meetings: Vec<MeetingView>,
    /// Reasons why something is not shown.
    withheld: Vec<String>,
    /// All numbers as a file; empty where nothing may be shown yet.
    downloads: Vec<Link>,
}

/// The page of results; `None` when there are none.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation, log: &Log) -> Option<PageContent> {
    let context = ResultsContext::new(page, consultation)?;
    let results = context.results;
    let questions: Vec<QuestionResultView> = consultation
        .questionnaire
        .questions()
        .enumerate()
        .filter_map(|(position, question)| context.question_view(position, question, log))
        .collect();
    // Before it has closed there is nothing but who has answered.
    let shows_answers = !results.withheld.contains(&Withheld::Open)
        && results
            .questions
            .iter()
            .any(|result| !matches!(result.detail, Detail::Withheld));
    let coded = coded::view(context, log);
    let matrices = matrix::view(context);
    let meetings = meetings::view(context, log);
    let withheld = base::withheld(context);
    let downloads = if shows_answers || !meetings.is_empty() {
        let path = format!("assets/data/{}-resultat.csv", consultation.id);
        vec![page.offer(
            context.word("file"),
            &path,
            answers::answers(page.locale, consultation, results),
        )]
    } else {
        Vec::new()
    };
    let sections = [
        ("who", true),
        ("questions", shows_answers && !questions.is_empty()),
        ("words", coded.is_some()),
        ("matrix", !matrices.is_empty()),
        ("meetings", !meetings.is_empty()),
        ("withheld", !withheld.is_empty()),
        ("files", !downloads.is_empty()),
    ];
    let contents: Vec<Heading> = sections
        .iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(name, _)| heading(context, name))
        .collect();
    let story = page.link(
        context.text(&consultation.title),
        &Reference::Consultation(consultation.id.clone()),
    );
    let view = ResultsView {
        kind: consultation.kind.name(),
        interim: results
            .interim
            .then(|| consultation_state::interim_sentence(page, consultation)),
        note: context.text(&consultation.note).to_owned(),
        story,
        contents,
        headings: sections.map(|(name, _)| heading(context, name)),
        base: base::view(context),
        questions: if shows_answers { questions } else { Vec::new() },
        coded,
        matrices,
        meetings,
        withheld,
        downloads,
    };
    let title = chapter_title(page, consultation, "results");
    let description = Some(base::lead(context));
    Some(PageContent::new(title, description, consultation.sample, &view))
}

/// The heading of a section, by its key among the words.
fn heading(context: ResultsContext<'_>, name: &str) -> Heading {
    Heading {
        id: context.word(&format!("anchor.{name}")).to_owned(),
        title: context.word(&format!("section.{name}")).to_owned(),
        level: 2,
    }
}
