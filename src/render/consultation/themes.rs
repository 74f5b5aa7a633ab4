//! Free text by cluster and theme: what the answers were sorted under, how many spoke of it, and what came of it.
//!
//! Takes the codebook and what may be shown of the coding; gives a table for each cluster. Respondents are counted, never
//! mentions, and a hidden number stays hidden.

use crate::model::{Cluster, Codebook, Consultation, Theme};
use crate::page::consultation_state;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::view::{Html, Link};
use crate::render::consultation::beside::page_link;
use crate::render::consultation::related_questions;
use crate::survey::{Coded, Count};
use serde::Serialize;

/// A cluster as shown.
#[derive(Serialize)]
pub(super) struct ClusterView {
    id: String,
    title: String,
    meaning: Html,
    /// The question whose answers it sorts.
    question: Option<Link>,
    page: Option<Link>,
    /// Whether any theme has a count, or a reply.
    counted: bool,
    replied: bool,
    themes: Vec<ThemeView>,
}

/// A theme as shown.
#[derive(Serialize)]
pub(super) struct ThemeView {
    id: String,
    title: String,
    definition: Html,
    /// How many respondents spoke of it; absent when nothing has been counted.
    count: Option<String>,
    /// The way to the reply; its title is what came of the theme.
    outcome: Option<Link>,
    evidence: Vec<Link>,
}

/// The codebook's clusters; none without a codebook.
pub(super) fn clusters(page: PageContext<'_>, consultation: &Consultation) -> Vec<ClusterView> {
    let Some(codebook) = codebook(page, consultation) else {
        return Vec::new();
    };
    let coded = page
        .results(&consultation.id)
        .and_then(|results| results.coded.as_ref());
    codebook
        .clusters
        .iter()
        .map(|it| cluster(page, consultation, it, coded))
        .collect()
}

/// The codebook its free text is sorted by.
pub(super) fn codebook<'a>(page: PageContext<'a>, consultation: &Consultation) -> Option<&'a Codebook> {
    consultation
        .codebook
        .as_ref()
        .and_then(|(id, _)| page.site.codebook(id))
}

fn cluster(
    page: PageContext<'_>,
    consultation: &Consultation,
    cluster: &Cluster,
    coded: Option<&Coded>,
) -> ClusterView {
    let code = page.code();
    let question = cluster
        .question
        .as_ref()
        .and_then(|(id, _)| consultation.questionnaire.question(id));
    let themes: Vec<ThemeView> = cluster
        .themes
        .iter()
        .map(|theme| view(page, consultation, theme, coded))
        .collect();
    ClusterView {
        id: format!("{}-{}", page.word("anchor.cluster"), cluster.id),
        title: cluster.name.in_language(code).to_owned(),
        meaning: Html(inline(cluster.meaning.in_language(code))),
        question: question.map(|(_, question)| consultation_state::question(page, consultation, question)),
        page: cluster.page.as_ref().and_then(|(id, _)| page_link(page, id)),
        counted: themes.iter().any(|theme| theme.count.is_some()),
        replied: themes.iter().any(|theme| theme.outcome.is_some()),
        themes,
    }
}

fn view(page: PageContext<'_>, consultation: &Consultation, theme: &Theme, coded: Option<&Coded>) -> ThemeView {
    let link = related_questions::theme(page, consultation, theme);
    ThemeView {
        id: related_questions::theme_anchor(page, &theme.id),
        title: link.title,
        definition: Html(inline(theme.definition.in_language(page.code()))),
        count: coded.and_then(|coded| counted(page, coded, &theme.id)),
        outcome: link.note.map(|title| Link {
            title,
            href: link.href,
            note: None,
        }),
        evidence: indicators(page, theme),
    }
}

/// "4 av 9" for each question in which it was looked for.
pub(super) fn counted(page: PageContext<'_>, coded: &Coded, theme: &str) -> Option<String> {
    let told = coded.questions.iter().filter_map(|question| {
        let (_, count) = question.themes.iter().find(|(id, _)| id == theme)?;
        Some(match (count, question.answered) {
            (Count::Shown(n), Count::Shown(total)) => page.fill(
                "consultation.answered_of",
                &[("n", &n.to_string()), ("total", &total.to_string())],
            ),
            (Count::Shown(n), Count::Hidden) => n.to_string(),
            (Count::Hidden, _) => page.word("consultation.hidden").to_owned(),
        })
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Links to the indicators a theme is about, itself or through a development area.
pub(super) fn indicators(page: PageContext<'_>, theme: &Theme) -> Vec<Link> {
    let site = page.site;
    let area = theme.evidence.area.as_ref().and_then(|(id, _)| site.area(id));
    let own = theme.evidence.indicators.iter();
    // An area's indicators are many; a theme that names its own means those.
    let of_area = area
        .into_iter()
        .flat_map(|area| &area.indicators)
        .filter(|_| theme.evidence.indicators.is_empty());
    let known = own.chain(of_area).filter_map(|(id, _)| site.indicator(id));
    known.map(|indicator| page.indicator_link(indicator)).collect()
}

/// The way to a theme's reply.
pub(super) fn theme_link(page: PageContext<'_>, consultation: &Consultation, id: &str) -> Link {
    let known = codebook(page, consultation).and_then(|book| book.theme(id));
    known.map_or_else(
        || Link {
            title: id.to_owned(),
            ..Link::default()
        },
        |theme| Link {
            note: None,
            ..related_questions::theme(page, consultation, theme)
        },
    )
}
