//! Free text by cluster and theme: what the answers were sorted under, how many spoke of it, and what came of it.
//!
//! Takes the codebook and what may be shown of the coding; gives a table for each cluster. Respondents are counted, never
//! mentions, and a hidden number stays hidden.

use super::beside::page_link;
use crate::model::{Cluster, Codebook, Consultation, Theme};
use crate::render::asked;
use crate::render::prose;
use crate::render::report::Standpoint;
use crate::render::standing;
use crate::render::view::{Html, Link};
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
pub(super) fn clusters(standpoint: Standpoint<'_>, consultation: &Consultation) -> Vec<ClusterView> {
    let Some(codebook) = codebook(standpoint, consultation) else {
        return Vec::new();
    };
    let coded = standpoint
        .results(&consultation.id)
        .and_then(|results| results.coded.as_ref());
    codebook
        .clusters
        .iter()
        .map(|it| cluster(standpoint, consultation, it, coded))
        .collect()
}

/// The codebook its free text is sorted by.
pub(super) fn codebook<'a>(standpoint: Standpoint<'a>, consultation: &Consultation) -> Option<&'a Codebook> {
    consultation
        .codebook
        .as_ref()
        .and_then(|(id, _)| standpoint.site().codebook(id))
}

fn cluster(
    standpoint: Standpoint<'_>,
    consultation: &Consultation,
    cluster: &Cluster,
    coded: Option<&Coded>,
) -> ClusterView {
    let code = standpoint.code();
    let question = cluster
        .question
        .as_ref()
        .and_then(|(id, _)| consultation.questionnaire.question(id));
    let themes: Vec<ThemeView> = cluster
        .themes
        .iter()
        .map(|theme| view(standpoint, consultation, theme, coded))
        .collect();
    ClusterView {
        id: format!("{}-{}", standpoint.word("anchor.cluster"), cluster.id),
        title: cluster.name.in_language(code).to_owned(),
        meaning: Html(prose::inline(cluster.meaning.in_language(code))),
        question: question.map(|(_, question)| standing::question(standpoint, consultation, question)),
        page: cluster.page.as_ref().and_then(|(id, _)| page_link(standpoint, id)),
        counted: themes.iter().any(|theme| theme.count.is_some()),
        replied: themes.iter().any(|theme| theme.outcome.is_some()),
        themes,
    }
}

fn view(standpoint: Standpoint<'_>, consultation: &Consultation, theme: &Theme, coded: Option<&Coded>) -> ThemeView {
    let link = asked::theme(standpoint, consultation, theme);
    ThemeView {
        id: asked::theme_anchor(standpoint, &theme.id),
        title: link.title,
        definition: Html(prose::inline(theme.definition.in_language(standpoint.code()))),
        count: coded.and_then(|coded| counted(standpoint, coded, &theme.id)),
        outcome: link.note.map(|title| Link {
            title,
            href: link.href,
            note: None,
        }),
        evidence: indicators(standpoint, theme),
    }
}

/// "4 av 9" for each question in which it was looked for.
pub(super) fn counted(standpoint: Standpoint<'_>, coded: &Coded, theme: &str) -> Option<String> {
    let told = coded.questions.iter().filter_map(|question| {
        let (_, count) = question.themes.iter().find(|(id, _)| id == theme)?;
        Some(match (count, question.answered) {
            (Count::Shown(n), Count::Shown(total)) => standpoint.fill(
                "consultation.answered_of",
                &[("n", &n.to_string()), ("total", &total.to_string())],
            ),
            (Count::Shown(n), Count::Hidden) => n.to_string(),
            (Count::Hidden, _) => standpoint.word("consultation.hidden").to_owned(),
        })
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Links to the indicators a theme is about, itself or through a development area.
pub(super) fn indicators(standpoint: Standpoint<'_>, theme: &Theme) -> Vec<Link> {
    let site = standpoint.site();
    let area = theme.evidence.area.as_ref().and_then(|(id, _)| site.area(id));
    let own = theme.evidence.indicators.iter();
    // An area's indicators are many; a theme that names its own means those.
    let of_area = area
        .into_iter()
        .flat_map(|area| &area.indicators)
        .filter(|_| theme.evidence.indicators.is_empty());
    let known = own.chain(of_area).filter_map(|(id, _)| site.indicator(id));
    known.map(|indicator| standpoint.indicator_link(indicator)).collect()
}
