//! Replies to a consultation: the reply to every theme, the compilation of positions, changes between draft and decision.

use crate::model::{Consultation, Outcome, Outcomes, Reply, Theme};
use crate::page::consultation_state;
use crate::page::consultation_state::{ConsultationState, chapter, day};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Html, Link};
use crate::render::consultation::chapters::chapter_title;
use crate::render::consultation::compilation;
use crate::render::consultation::compilation::{ChangeView, PositionView};
use crate::render::consultation::related_questions;
use crate::render::consultation::themes;
use crate::survey::{Coded, QuotedBy, ShownQuote};
use serde::Serialize;

/// Replies to a consultation, for `replies.html`.
#[derive(Serialize)]
struct RepliesView {
    /// The consultation's own page; `None` where it has none in this language.
    consultation: Option<Link>,
    standing: ConsultationState,
    /// The outcome in short; empty where none is written.
    summary: Html,
    /// The page of results; `None` before there are any.
    results: Option<Link>,
    counts: Vec<OutcomeCount>,
    /// Replies by cluster of the codebook; a cluster without replies is left out.
    clusters: Vec<ReplyCluster>,
    /// Themes that nobody has replied to yet.
    unanswered: Vec<Link>,
    /// Positions of bodies in the order written; empty where none is recorded.
    positions: Vec<PositionView>,
    /// Names of invited bodies that have not answered; `None` where all have, or no positions are recorded.
    silent: Option<String>,
    /// Changes between draft and decision.
    changes: Vec<ChangeView>,
    /// The compilation as a file; empty where there are no positions.
    downloads: Vec<Link>,
}

/// The outcome in short, on the consultation's own page.
#[derive(Serialize)]
pub(super) struct OutcomeSummary {
    /// Empty where no summary is written.
    text: Html,
    counts: Vec<OutcomeCount>,
    /// The page of replies.
    link: Option<Link>,
    /// The page of commitments; `None` where there are none.
    follow_up: Option<Link>,
}

/// The themes that have one outcome; an outcome without themes is left out.
#[derive(Serialize)]
struct OutcomeCount {
    /// The outcome as data files name it, for drawings and style sheets.
    outcome: &'static str,
    /// The outcome in words.
    word: String,
    /// The outcome and its number of themes: "Tas med: 3".
    text: String,
    /// Links to the replies.
    themes: Vec<Link>,
}

/// The reply to a theme. Texts are empty where nothing is written.
#[derive(Serialize)]
struct ReplyView {
    /// Anchor.
    id: String,
    /// Name of the theme; its id where the codebook does not have it.
    title: String,
    /// The outcome as data files name it, for drawings and style sheets.
    outcome: &'static str,
    /// The outcome in words.
    word: String,
    /// How many respondents spoke of the theme, as a sentence: "Svarande: 4 av 9"; `None` where nobody has counted.
    count: Option<String>,
    /// The respondents' views in short.
    views: Html,
    quotes: Vec<ReplyQuote>,
    assessment: Html,
    reason: Html,
    /// Place in the decided text.
    place: Html,
    responsible: String,
    /// In words.
    date: String,
    /// The question whose answers were sorted under the theme.
    question: Option<Link>,
    /// Links to the indicators that the theme is about.
    evidence: Vec<Link>,
}

/// A quote that the publication allows.
#[derive(Serialize)]
struct ReplyQuote {
    text: String,
    /// Name of the body or its group; empty where nobody may be named.
    by: String,
}

/// Replies to the themes of a cluster.
#[derive(Serialize)]
struct ReplyCluster {
    /// Anchor.
    id: String,
    title: String,
    /// Empty where the codebook says nothing, and for themes that it does not have.
    meaning: Html,
    replies: Vec<ReplyView>,
}

/// The page of replies; `None` when nothing is written about the outcome.
pub(super) fn content(page: PageContext<'_>, consultation: &Consultation) -> Option<PageContent> {
    let outcomes = page.site.outcomes(&consultation.id)?;
    let code = page.code();
    let view = RepliesView {
        consultation: page.link(
            consultation.title.in_language(code),
            &Reference::Consultation(consultation.id.clone()),
        ),
        standing: consultation_state::state_view(page, consultation),
        summary: Html(inline(outcomes.summary.in_language(code))),
        results: chapter(page, consultation, Chapter::Results, "consultation.read_results"),
        counts: counts(page, consultation, outcomes),
        clusters: clusters(page, consultation, outcomes),
        unanswered: unanswered(page, consultation, outcomes),
        positions: compilation::positions(page, consultation, outcomes),
        silent: compilation::silent(page, consultation, outcomes),
        changes: compilation::changes(page, consultation, outcomes),
        downloads: compilation::file(page, consultation, outcomes),
    };
    let description = page.fill(
        "consultation.replies_about",
        &[("title", consultation.title.in_language(code))],
    );
    let title = chapter_title(page, consultation, "replies");
    Some(PageContent::new(title, Some(description), consultation.sample, &view))
}

/// The outcome in short, for the consultation's own page; `None` when nothing is written about it.
pub(super) fn summary(page: PageContext<'_>, consultation: &Consultation) -> Option<OutcomeSummary> {
    let outcomes = page.site.outcomes(&consultation.id)?;
    Some(OutcomeSummary {
        text: Html(inline(outcomes.summary.in_language(page.code()))),
        counts: counts(page, consultation, outcomes),
        link: chapter(page, consultation, Chapter::Replies, "consultation.read_replies"),
        follow_up: chapter(
            page,
            consultation,
            Chapter::Commitments,
            "consultation.read_commitments",
        ),
    })
}

/// Outcomes that some theme has, with links to the replies.
fn counts(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<OutcomeCount> {
    let count = |(name, outcome): &(&'static str, Outcome)| {
        let themes: Vec<Link> = outcomes
            .replies
            .iter()
            .filter(|reply| reply.outcome == *outcome)
            .map(|reply| themes::theme_link_by_id(page, consultation, &reply.theme))
            .collect();
        let word = page.word(&format!("consultation.outcome.{name}"));
        let n = themes.len().to_string();
        let text = page.fill("consultation.outcome_count", &[("outcome", word), ("n", &n)]);
        (!themes.is_empty()).then(|| OutcomeCount {
            outcome: name,
            word: word.to_owned(),
            text,
            themes,
        })
    };
    Outcome::NAMES.iter().filter_map(count).collect()
}

/// Replies in the order of the codebook, cluster by cluster; those to themes it does not have come last.
fn clusters(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<ReplyCluster> {
    let code = page.code();
    let codebook = themes::codebook(page, consultation);
    let reply_to = |theme: &Theme| outcomes.replies.iter().find(|reply| reply.theme == theme.id);
    let mut clusters: Vec<ReplyCluster> = Vec::new();
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
        clusters.push(ReplyCluster {
            id: format!("{}-{}", page.word("anchor.cluster"), cluster.id),
            title: cluster.name.in_language(code).to_owned(),
            meaning: Html(inline(cluster.meaning.in_language(code))),
            replies,
        });
    }
    let is_in_codebook = |reply: &&Reply| codebook.is_some_and(|book| book.theme(&reply.theme).is_some());
    let others = outcomes.replies.iter().filter(|reply| !is_in_codebook(reply));
    clusters.push(ReplyCluster {
        id: page.word("anchor.cluster").to_owned(),
        title: page.word("consultation.other_themes").to_owned(),
        meaning: Html::default(),
        replies: others
            .map(|reply| reply_view(page, consultation, reply, None))
            .collect(),
    });
    clusters.retain(|cluster| !cluster.replies.is_empty());
    clusters
}

/// The view of a reply; `None` for a theme that the codebook does not have.
fn reply_view(page: PageContext<'_>, consultation: &Consultation, reply: &Reply, theme: Option<&Theme>) -> ReplyView {
    let code = page.code();
    let inline = |text: &crate::model::Text| Html(inline(text.in_language(code)));
    let coded = page
        .results(&consultation.id)
        .and_then(|results| results.coded.as_ref());
    let count = coded.and_then(|coded| themes::respondent_count(page, coded, &reply.theme));
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
        views: inline(&reply.views),
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

/// Quotes of a theme.
fn quotes(page: PageContext<'_>, consultation: &Consultation, coded: &Coded, theme: &str) -> Vec<ReplyQuote> {
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
    let of_theme = coded.quotes.iter().filter(|quote| quote.theme == theme);
    of_theme
        .map(|quote| ReplyQuote {
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
        .map(|theme| related_questions::theme_link(page, consultation, theme))
        .collect()
}
