//! What came of it: the reply to every theme, the compilation of positions with the reply to each body, what was changed.
//!
//! Takes what was written about the outcome and what may be shown of the answers; gives the page, and the compilation as a
//! file.

use super::compilation;
use super::themes;
use crate::model::{Consultation, Outcome, Outcomes, Reply, Theme};
use crate::render::asked;
use crate::render::pages::Matter;
use crate::render::prose;
use crate::render::report::Standpoint;
use crate::render::routes::{Chapter, Reference};
use crate::render::standing::{self, chapter, day};
use crate::render::view::{Html, Link};
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
pub(super) fn matter(standpoint: Standpoint<'_>, consultation: &Consultation) -> Option<Matter> {
    let outcomes = standpoint.site().outcomes(&consultation.id)?;
    let code = standpoint.code();
    let view = context! {
        consultation => crate::theme::template_value(standpoint.link(
            consultation.title.in_language(code),
            &Reference::Consultation(consultation.id.clone()),
        )),
        standing => crate::theme::template_value(standing::standing(standpoint, consultation)),
        summary => Value::from_safe_string(prose::inline(outcomes.summary.in_language(code))),
        results => crate::theme::template_value(chapter(standpoint, consultation, Chapter::Results, "consultation.read_results")),
        counts => crate::theme::template_value(counts(standpoint, consultation, outcomes)),
        clusters => crate::theme::template_value(clusters(standpoint, consultation, outcomes)),
        unanswered => crate::theme::template_value(unanswered(standpoint, consultation, outcomes)),
        positions => crate::theme::template_value(compilation::positions(standpoint, consultation, outcomes)),
        silent => compilation::silent(standpoint, consultation, outcomes),
        changes => crate::theme::template_value(compilation::changes(standpoint, consultation, outcomes)),
        downloads => crate::theme::template_value(compilation::file(standpoint, consultation, outcomes)),
    };
    let description = standpoint.fill(
        "consultation.replies_about",
        &[("title", consultation.title.in_language(code))],
    );
    Some(Matter {
        title: super::titled(standpoint, consultation, "replies"),
        description: Some(description),
        view,
        sample: consultation.sample,
    })
}

/// What came of it in short, for the consultation's own page.
pub(super) fn summary(standpoint: Standpoint<'_>, consultation: &Consultation) -> Option<Value> {
    let outcomes = standpoint.site().outcomes(&consultation.id)?;
    Some(context! {
        text => Value::from_safe_string(prose::inline(outcomes.summary.in_language(standpoint.code()))),
        counts => crate::theme::template_value(counts(standpoint, consultation, outcomes)),
        link => crate::theme::template_value(chapter(standpoint, consultation, Chapter::Replies, "consultation.read_replies")),
    })
}

/// Outcomes that some theme has, with the ways to the themes.
fn counts(standpoint: Standpoint<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Tallied> {
    let tallied = |(name, outcome): &(&'static str, Outcome)| {
        let themes: Vec<Link> = outcomes
            .replies
            .iter()
            .filter(|reply| reply.outcome == *outcome)
            .map(|reply| theme_link(standpoint, consultation, &reply.theme))
            .collect();
        let word = standpoint.word(&format!("consultation.outcome.{name}"));
        let n = themes.len().to_string();
        let text = standpoint.fill("consultation.outcome_count", &[("outcome", word), ("n", &n)]);
        (!themes.is_empty()).then(|| Tallied {
            outcome: name,
            word: word.to_owned(),
            text,
            themes,
        })
    };
    Outcome::NAMES.iter().filter_map(tallied).collect()
}

/// The way to a theme's reply.
pub(super) fn theme_link(standpoint: Standpoint<'_>, consultation: &Consultation, id: &str) -> Link {
    let known = themes::codebook(standpoint, consultation).and_then(|book| book.theme(id));
    known.map_or_else(
        || Link {
            title: id.to_owned(),
            ..Link::default()
        },
        |theme| Link {
            note: None,
            ..asked::theme(standpoint, consultation, theme)
        },
    )
}

/// Replies in the order of the codebook, cluster by cluster; those to themes it does not have come last.
fn clusters(standpoint: Standpoint<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Cluster> {
    let code = standpoint.code();
    let codebook = themes::codebook(standpoint, consultation);
    let reply_to = |theme: &Theme| outcomes.replies.iter().find(|reply| reply.theme == theme.id);
    let mut all: Vec<Cluster> = Vec::new();
    for cluster in codebook.into_iter().flat_map(|book| &book.clusters) {
        let question = cluster
            .question
            .as_ref()
            .and_then(|(id, _)| consultation.questionnaire.question(id));
        let question = question.map(|(_, question)| standing::question(standpoint, consultation, question));
        let replies = cluster
            .themes
            .iter()
            .filter_map(|theme| Some((reply_to(theme)?, theme)));
        let replies: Vec<ReplyView> = replies
            .map(|(reply, theme)| ReplyView {
                question: question.clone(),
                ..reply_view(standpoint, consultation, reply, Some(theme))
            })
            .collect();
        all.push(Cluster {
            id: format!("{}-{}", standpoint.word("anchor.cluster"), cluster.id),
            title: cluster.name.in_language(code).to_owned(),
            meaning: Html(prose::inline(cluster.meaning.in_language(code))),
            replies,
        });
    }
    let known = |reply: &&Reply| codebook.is_some_and(|book| book.theme(&reply.theme).is_some());
    let others = outcomes.replies.iter().filter(|reply| !known(reply));
    all.push(Cluster {
        id: standpoint.word("anchor.cluster").to_owned(),
        title: standpoint.word("consultation.other_themes").to_owned(),
        meaning: Html::default(),
        replies: others
            .map(|reply| reply_view(standpoint, consultation, reply, None))
            .collect(),
    });
    all.retain(|cluster| !cluster.replies.is_empty());
    all
}

fn reply_view(
    standpoint: Standpoint<'_>,
    consultation: &Consultation,
    reply: &Reply,
    theme: Option<&Theme>,
) -> ReplyView {
    let code = standpoint.code();
    let inline = |text: &crate::model::Text| Html(prose::inline(text.in_language(code)));
    let coded = standpoint
        .results(&consultation.id)
        .and_then(|results| results.coded.as_ref());
    let count = coded.and_then(|coded| themes::counted(standpoint, coded, &reply.theme));
    ReplyView {
        id: asked::theme_anchor(standpoint, &reply.theme),
        title: theme
            .map_or(reply.theme.as_str(), |theme| theme.name.in_language(code))
            .to_owned(),
        outcome: reply.outcome.name(),
        word: standpoint
            .word(&format!("consultation.outcome.{}", reply.outcome.name()))
            .to_owned(),
        count: count.map(|count| standpoint.fill("consultation.respondents", &[("count", &count)])),
        said: inline(&reply.views),
        quotes: coded
            .map(|coded| quotes(standpoint, consultation, coded, &reply.theme))
            .unwrap_or_default(),
        assessment: inline(&reply.assessment),
        reason: inline(&reply.reason),
        place: inline(&reply.place),
        responsible: reply.responsible.in_language(code).to_owned(),
        date: reply.date.map(|date| day(standpoint, date)).unwrap_or_default(),
        question: None,
        evidence: theme
            .map(|theme| themes::indicators(standpoint, theme))
            .unwrap_or_default(),
    }
}

fn quotes(standpoint: Standpoint<'_>, consultation: &Consultation, coded: &Coded, theme: &str) -> Vec<QuoteView> {
    let code = standpoint.code();
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
fn unanswered(standpoint: Standpoint<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Link> {
    let Some(codebook) = themes::codebook(standpoint, consultation) else {
        return Vec::new();
    };
    let lacks = |theme: &&Theme| outcomes.replies.iter().all(|reply| reply.theme != theme.id);
    codebook
        .themes()
        .filter(lacks)
        .map(|theme| asked::theme(standpoint, consultation, theme))
        .collect()
}
