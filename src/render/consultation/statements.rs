//! Whole answers of bodies that are published by name, question by question, with the documents they sent along (yttranden).

use crate::model::{Consultation, FormalDecision};
use crate::page::consultation_state::{chapter, question};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::locale::alphabetical;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Heading, Link};
use crate::render::consultation::chapters::chapter_title;
use crate::render::consultation::results::{ResultsContext, answer_lines};
use crate::survey::Statement;
use serde::Serialize;

/// Whole answers, for `statements.html`.
#[derive(Serialize)]
struct StatementsView {
    /// The consultation's own page; `None` where it has none in this language.
    consultation: Option<Link>,
    /// The pages of results and of replies, as far as they exist.
    links: Vec<Link>,
    /// How many bodies are here.
    count: String,
    /// Whether something was removed from the words.
    masked: bool,
    contents: Vec<Heading>,
    bodies: Vec<BodyView>,
}

/// The answer of a body.
#[derive(Serialize)]
struct BodyView {
    /// Anchor.
    id: String,
    name: String,
    /// The decision by which it answered; empty: not stated.
    decision: String,
    answers: Vec<AnswerView>,
    documents: Vec<Link>,
}

/// The answer to a question. Both lists are empty where it was not answered.
#[derive(Serialize)]
struct AnswerView {
    /// The question, with its address among the others.
    question: Link,
    /// Choices in words.
    lines: Vec<String>,
    /// Paragraphs of words.
    words: Vec<String>,
}

/// The page of statements; `None` before there are any.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> Option<PageContent> {
    page.results(&consultation.id)?;
    let title = consultation.title.in_language(page.code());
    let mut bodies: Vec<BodyView> = of_consultation(page, consultation)
        .filter_map(|statement| body_view(page, consultation, statement))
        .collect();
    bodies.sort_by_key(|body| alphabetical(&body.name));
    let heading = |body: &BodyView| Heading {
        id: body.id.clone(),
        title: body.name.clone(),
        level: 2,
    };
    let links = [
        (Chapter::Results, "consultation.read_results"),
        (Chapter::Replies, "consultation.read_replies"),
    ];
    let words = |body: &BodyView| {
        body.answers
            .iter()
            .any(|answer| answer.words.iter().any(|text| text.contains("[…]")))
    };
    let view = StatementsView {
        consultation: page.link(title, &Reference::Consultation(consultation.id.clone())),
        links: links
            .iter()
            .filter_map(|(part, word)| chapter(page, consultation, *part, word))
            .collect(),
        count: page.fill("statement.count", &[("n", &bodies.len().to_string())]),
        masked: bodies.iter().any(words),
        contents: bodies.iter().map(heading).collect(),
        bodies,
    };
    let description = page.fill("statement.about", &[("title", title)]);
    let title = chapter_title(page, consultation, "statements");
    Some(PageContent::new(title, Some(description), consultation.sample, &view))
}

/// A link to a body's whole answer; `None` where it is not published.
pub(super) fn statement_link(page: PageContext<'_>, consultation: &Consultation, body: &str) -> Option<Link> {
    let mut statements = of_consultation(page, consultation);
    statements.find(|statement| statement.body == body)?;
    let link = chapter(page, consultation, Chapter::Statements, "consultation.read_statements")?;
    Some(Link {
        href: format!("{}#{}", link.href, anchor(page, body)),
        ..link
    })
}

fn of_consultation<'a>(page: PageContext<'a>, consultation: &Consultation) -> impl Iterator<Item = &'a Statement> {
    let id = consultation.id.clone();
    page.report
        .statements
        .iter()
        .filter(move |statement| statement.consultation == id)
}

fn anchor(page: PageContext<'_>, body: &str) -> String {
    format!("{}-{body}", page.word("anchor.statement"))
}

fn body_view(page: PageContext<'_>, consultation: &Consultation, statement: &Statement) -> Option<BodyView> {
    let code = page.code();
    let context = ResultsContext::new(page, consultation)?;
    let mut rows = page.results(&consultation.id)?.matrix.iter().flatten();
    let row = rows.find(|row| row.body == statement.body)?;
    let answer = |(at, asked): (usize, &crate::model::Question)| AnswerView {
        question: Link {
            title: asked.text.in_language(code).to_owned(),
            ..question(page, consultation, asked)
        },
        lines: answer_lines(context, (at, asked), row),
        words: statement
            .words
            .get(at)
            .map(|words| paragraphs(words))
            .unwrap_or_default(),
    };
    let name = consultation.body(&statement.body)?.name.in_language(code).to_owned();
    let folder = page.route().rsplit_once('/').map_or("", |(folder, _)| folder);
    let documents = statement.documents.iter().map(|document| {
        let route = format!("{folder}/{}/{}", page.word("routes.statements"), document.file);
        page.attach(&document.title, route, &document.bytes)
    });
    let decision = row.response.as_ref()?.decision.as_ref();
    Some(BodyView {
        id: anchor(page, &statement.body),
        name,
        decision: decision.map(decision_text).unwrap_or_default(),
        answers: consultation.questionnaire.questions().enumerate().map(answer).collect(),
        documents: documents.collect(),
    })
}

/// Who decided, when, and where it stands in the minutes, as far as they are stated.
fn decision_text(decision: &FormalDecision) -> String {
    let parts = [&decision.body, &decision.date, &decision.paragraph].map(String::as_str);
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Lines of words that are not empty.
fn paragraphs(words: &str) -> Vec<String> {
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}
