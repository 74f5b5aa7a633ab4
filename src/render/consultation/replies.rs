//! What came of it: the reply to every theme, the compilation of positions with the reply to each body, what was changed.
//!
//! Takes what was written about the outcome and what may be shown of the answers; gives the page, and the compilation as a
//! file.

use crate::model::{Consultation, Outcome, Outcomes, Reply, Theme};
use crate::page::consultation_state;
use crate::page::consultation_state::{chapter, day};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Html, Link};
use crate::render::consultation::compilation;
use crate::render::consultation::related_questions;
use crate::render::consultation::themes;
use crate::survey::{Coded, QuotedBy, ShownQuote};
use minijinja::{Value, context};
use serde::Serialize;

/// How many themes have an outcome, and which.
#[derive(Serialize)]
struct Tallied {
    outcome: &'static str,
    word: String,
    text: String,
    themes: Vec<Link>,
}

/// The reply to a theme, as shown.
#[derive(Serialize)]
struct ReplyView {
    id: String,
    title: String,
    outcome: &'static str,
    word: String,
    /// "4 av 9 svarande".
    count: Option<String>,
    said: Html,
    quotes: Vec<QuoteView>,
    assessment: Html,
    reason: Html,
    place: Html,
    responsible: String,
    date: String,
    question: Option<Link>,
    evidence: Vec<Link>,
}

/// A quote and who said it.
#[derive(Serialize)]
struct QuoteView {
    text: String,
    by: String,
}

/// Replies to the themes of a cluster.
#[derive(Serialize)]
struct Cluster {
    id: String,
    title: String,
    meaning: Html,
    replies: Vec<ReplyView>,
}

/// The replies; nothing when there are none.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> Option<PageContent> {
    let outcomes = page.site.outcomes(&consultation.id)?;
    let code = page.code();
    let view = context! {
        consultation => crate::theme::shown(page.link(
            consultation.title.in_language(code),
            &Reference::Consultation(consultation.id.clone()),
        )),
        standing => crate::theme::shown(consultation_state::state_view(page, consultation)),
        summary => Value::from_safe_string(inline(outcomes.summary.in_language(code))),
        results => crate::theme::shown(chapter(page, consultation, Chapter::Results, "consultation.read_results")),
        counts => crate::theme::shown(counts(page, consultation, outcomes)),
        clusters => crate::theme::shown(clusters(page, consultation, outcomes)),
        unanswered => crate::theme::shown(unanswered(page, consultation, outcomes)),
        positions => crate::theme::shown(compilation::positions(page, consultation, outcomes)),
        silent => compilation::silent(page, consultation, outcomes),
        changes => crate::theme::shown(compilation::changes(page, consultation, outcomes)),
        downloads => crate::theme::shown(compilation::file(page, consultation, outcomes)),
    };
    let description = page.fill(
        "consultation.replies_about",
        &[("title", consultation.title.in_language(code))],
    );
    Some(PageContent {
        title: crate::render::consultation::titled(page, consultation, "replies"),
        description: Some(description),
        view,
        sample: consultation.sample,
    })
}

/// What came of it in short, for the consultation's own page.
pub(super) fn summary(page: PageContext<'_>, consultation: &Consultation) -> Option<Value> {
    let outcomes = page.site.outcomes(&consultation.id)?;
    Some(context! {
        text => Value::from_safe_string(inline(outcomes.summary.in_language(page.code()))),
        counts => crate::theme::shown(counts(page, consultation, outcomes)),
        link => crate::theme::shown(chapter(page, consultation, Chapter::Replies, "consultation.read_replies")),
    })
}

/// Outcomes that some theme has, with the ways to the themes.
fn counts(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Tallied> {
    let tallied = |(name, outcome): &(&'static str, Outcome)| {
        let themes: Vec<Link> = outcomes
            .replies
            .iter()
            .filter(|reply| reply.outcome == *outcome)
            .map(|reply| themes::theme_link(page, consultation, &reply.theme))
            .collect();
        let word = page.word(&format!("consultation.outcome.{name}"));
        let n = themes.len().to_string();
        let text = page.fill("consultation.outcome_count", &[("outcome", word), ("n", &n)]);
        (!themes.is_empty()).then(|| Tallied {
            outcome: name,
            word: word.to_owned(),
            text,
            themes,
        })
    };
    Outcome::NAMES.iter().filter_map(tallied).collect()
}

/// Replies in the order of the codebook, cluster by cluster; those to themes it does not have come last.
fn clusters(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Cluster> {
    let code = page.code();
    let codebook = themes::codebook(page, consultation);
    let reply_to = |theme: &Theme| outcomes.replies.iter().find(|reply| reply.theme == theme.id);
    let mut all: Vec<Cluster> = Vec::new();
    for cluster in codebook.into_iter().flat_map(|book| &book.clusters) {
        let question = cluster
            .question
            .as_ref()
            .and_then(|(id, _)| consultation.questionnaire.question(id));
        let question = question.map(|(_, question)| consultation_state::question(page, consultation, question));
        let replies = cluster
            .themes
            .iter()
            .filter_map(|theme| Some((reply_to(theme)?, theme)));
        let replies: Vec<ReplyView> = replies
            .map(|(reply, theme)| ReplyView {
                question: question.clone(),
                ..reply_view(page, consultation, reply, Some(theme))
            })
            .collect();
        all.push(Cluster {
            id: format!("{}-{}", page.word("anchor.cluster"), cluster.id),
            title: cluster.name.in_language(code).to_owned(),
            meaning: Html(inline(cluster.meaning.in_language(code))),
            replies,
        });
    }
    let known = |reply: &&Reply| codebook.is_some_and(|book| book.theme(&reply.theme).is_some());
    let others = outcomes.replies.iter().filter(|reply| !known(reply));
    all.push(Cluster {
        id: page.word("anchor.cluster").to_owned(),
        title: page.word("consultation.other_themes").to_owned(),
        meaning: Html::default(),
        replies: others
            .map(|reply| reply_view(page, consultation, reply, None))
            .collect(),
    });
    all.retain(|cluster| !cluster.replies.is_empty());
    all
}

fn reply_view(page: PageContext<'_>, consultation: &Consultation, reply: &Reply, theme: Option<&Theme>) -> ReplyView {
    let code = page.code();
    let inline = |text: &crate::model::Text| Html(inline(text.in_language(code)));
    let coded = page
        .results(&consultation.id)
        .and_then(|results| results.coded.as_ref());
    let count = coded.and_then(|coded| themes::counted(page, coded, &reply.theme));
    ReplyView {
        id: related_questions::theme_anchor(page, &reply.theme),
        title: theme
            .map_or(reply.theme.as_str(), |theme| theme.name.in_language(code))
            .to_owned(),
        outcome: reply.outcome.name(),
        word: page
            .word(&format!("consultation.outcome.{}", reply.outcome.name()))
            .to_owned(),
        count: count.map(|count| page.fill("consultation.respondents", &[("count", &count)])),
        said: inline(&reply.said),
        quotes: coded
            .map(|coded| quotes(page, consultation, coded, &reply.theme))
            .unwrap_or_default(),
        assessment: inline(&reply.assessment),
        reason: inline(&reply.reason),
        place: inline(&reply.place),
        responsible: reply.responsible.in_language(code).to_owned(),
        date: reply.date.map(|date| day(page.locale, date)).unwrap_or_default(),
        question: None,
        evidence: theme.map(|theme| themes::indicators(page, theme)).unwrap_or_default(),
    }
}

fn quotes(page: PageContext<'_>, consultation: &Consultation, coded: &Coded, theme: &str) -> Vec<QuoteView> {
    let code = page.code();
    let by = |quote: &ShownQuote| match &quote.by {
        QuotedBy::Body(id) => consultation
            .body(id)
            .map_or(id.as_str(), |body| body.name.in_language(code))
            .to_owned(),
        QuotedBy::Group(index) => consultation
            .invited
            .get(*index)
            .map_or("", |group| group.name.in_language(code))
            .to_owned(),
        QuotedBy::Nobody => String::new(),
    };
    let own = coded.quotes.iter().filter(|quote| quote.theme == theme);
    own.map(|quote| QuoteView {
        text: quote.text.clone(),
        by: by(quote),
    })
    .collect()
}

/// Themes that nobody has replied to yet.
fn unanswered(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Link> {
    let Some(codebook) = themes::codebook(page, consultation) else {
        return Vec::new();
    };
    let lacks = |theme: &&Theme| outcomes.replies.iter().all(|reply| reply.theme != theme.id);
    codebook
        .themes()
        .filter(lacks)
        .map(|theme| related_questions::theme(page, consultation, theme))
        .collect()
}
