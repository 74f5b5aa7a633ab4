//! What was answered: who answered, question by question, body by body, in meetings, in words, and what is not shown.
//!
//! Takes [`Results`](crate::survey::Results), in which nothing is left that must not be shown; gives a page, pictures and
//! files. A number that is hidden there stands as `..` with the reason, and is never worked out here.

mod account;
mod base;
mod choices;
mod coded;
mod degrees;
mod directions;
mod matrix;
mod meetings;
mod orders;
mod question;
mod spreads;
mod summary;
mod tallies;

pub(crate) use account::Account;
pub(crate) use question::QuestionView;

use crate::download::answers;
use crate::finding::Log;
use crate::model::Consultation;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::page::view::{Heading, Link};
use crate::survey::{Detail, Withheld};
use base::BaseView;
use coded::CodedView;
use matrix::MatrixView;
use meetings::MeetingView;
use serde::Serialize;

/// What was answered to a consultation, for `results.html`.
#[derive(Serialize)]
struct ResultsView {
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
    questions: Vec<QuestionView>,
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

/// The results; nothing when there are none.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation, log: &Log) -> Option<PageContent> {
    let account = Account::of(page, consultation)?;
    let results = account.results;
    let asked: Vec<QuestionView> = consultation
        .questionnaire
        .questions()
        .enumerate()
        .filter_map(|(at, own)| account.view(at, own, log))
        .collect();
    // Before it has closed there is nothing but who has answered.
    let is_told = !results.withheld.contains(&Withheld::Open)
        && results
            .questions
            .iter()
            .any(|result| !matches!(result.detail, Detail::Withheld));
    let coded = coded::view(account, log);
    let matrices = matrix::view(account);
    let meetings = meetings::view(account);
    let withheld = base::withheld(account);
    let downloads = if is_told {
        let path = format!("assets/data/{}-resultat.csv", consultation.id);
        vec![page.offer(
            account.word("file"),
            &path,
            answers::answers(page.locale, consultation, results),
        )]
    } else {
        Vec::new()
    };
    let sections = [
        ("who", true),
        ("questions", is_told && !asked.is_empty()),
        ("words", coded.is_some()),
        ("matrix", !matrices.is_empty()),
        ("meetings", !meetings.is_empty()),
        ("withheld", !withheld.is_empty()),
        ("files", !downloads.is_empty()),
    ];
    let contents: Vec<Heading> = sections
        .iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(name, _)| heading(account, name))
        .collect();
    let story = page.link(
        account.text(&consultation.title),
        &Reference::Consultation(consultation.id.clone()),
    );
    let view = ResultsView {
        interim: results.interim.then(|| account.word("interim").to_owned()),
        note: account.text(&consultation.note).to_owned(),
        story,
        contents,
        headings: sections.map(|(name, _)| heading(account, name)),
        base: base::view(account),
        questions: if is_told { asked } else { Vec::new() },
        coded,
        matrices,
        meetings,
        withheld,
        downloads,
    };
    let title = crate::render::consultation::titled(page, consultation, "results");
    let description = Some(base::lead(account));
    Some(PageContent::new(title, description, consultation.sample, &view))
}

fn heading(account: Account<'_>, name: &str) -> Heading {
    Heading {
        id: account.word(&format!("anchor.{name}")).to_owned(),
        title: account.word(&format!("section.{name}")).to_owned(),
        level: 2,
    }
}
