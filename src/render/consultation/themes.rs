//! The codebook of a consultation: clusters of themes, how many respondents spoke of each theme, and its outcome.
//!
//! Respondents are counted, never mentions, and a hidden number stays hidden.

use crate::model::{Cluster, Codebook, Consultation, Theme};
use crate::page::consultation_state;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::view::{Html, Link};
use crate::render::consultation::question_evidence::page_link;
use crate::render::consultation::related_questions;
use crate::survey::{Coded, Count};
use serde::Serialize;

/// A cluster of themes.
#[derive(Serialize)]
pub(super) struct ClusterView {
    id: String,
    title: String,
    meaning: Html,
    /// The question whose answers the cluster sorts; `None` where it is of several.
    question: Option<Link>,
    /// The page about the cluster.
    page: Option<Link>,
    /// Whether any theme has a count.
    counted: bool,
    /// Whether any theme has a reply.
    replied: bool,
    themes: Vec<ThemeView>,
}

/// A theme of a cluster.
#[derive(Serialize)]
pub(super) struct ThemeView {
    id: String,
    title: String,
    definition: Html,
    /// How many respondents spoke of it; `None` when nothing has been counted.
    count: Option<String>,
    /// Link to the reply, whose title is the outcome; `None` without a reply.
    outcome: Option<Link>,
    /// Links to the indicators that the theme is about.
    evidence: Vec<Link>,
}

/// The views of the codebook's clusters; none without a codebook.
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
        .map(|cluster| cluster_view(page, consultation, cluster, coded))
        .collect()
}

/// The codebook by which answers in words are sorted; `None` where the consultation has none.
pub(super) fn codebook<'a>(page: PageContext<'a>, consultation: &Consultation) -> Option<&'a Codebook> {
    consultation
        .codebook
        .as_ref()
        .and_then(|(id, _)| page.site.codebook(id))
}

fn cluster_view(
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
        .map(|theme| theme_view(page, consultation, theme, coded))
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

fn theme_view(page: PageContext<'_>, consultation: &Consultation, theme: &Theme, coded: Option<&Coded>) -> ThemeView {
    let link = related_questions::theme_link(page, consultation, theme);
    ThemeView {
        id: related_questions::theme_anchor(page, &theme.id),
        title: link.title,
        definition: Html(inline(theme.definition.in_language(page.code()))),
        count: coded.and_then(|coded| respondent_count(page, coded, &theme.id)),
        outcome: link.note.map(|title| Link {
            title,
            href: link.href,
            note: None,
        }),
        evidence: indicators(page, theme),
    }
}

/// How many respondents spoke of a theme: `4 av 9` for each question in which it was looked for; `None` where it was not.
pub(super) fn respondent_count(page: PageContext<'_>, coded: &Coded, theme: &str) -> Option<String> {
    let counts = coded.questions.iter().filter_map(|question| {
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
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| counts.join("; "))
}

/// Links to the indicators a theme is about, itself or through a development area.
pub(super) fn indicators(page: PageContext<'_>, theme: &Theme) -> Vec<Link> {
    let site = page.site;
    let area = theme.evidence.area.as_ref().and_then(|(id, _)| site.area(id));
    let theme_indicators = &theme.evidence.indicators;
    // An area's indicators are many; a theme that names some itself means those.
    let of_area = area
        .into_iter()
        .flat_map(|area| &area.indicators)
        .filter(|_| theme_indicators.is_empty());
    theme_indicators
        .iter()
        .chain(of_area)
        .filter_map(|(id, _)| site.indicator(id))
        .map(|indicator| page.indicator_link(indicator))
        .collect()
}

/// A link to the reply to a theme by its id, without its outcome; for an unknown theme the id without an address.
pub(super) fn theme_link_by_id(page: PageContext<'_>, consultation: &Consultation, id: &str) -> Link {
    let theme = codebook(page, consultation).and_then(|book| book.theme(id));
    theme.map_or_else(
        || Link {
            title: id.to_owned(),
            ..Link::default()
        },
        |theme| Link {
            note: None,
            ..related_questions::theme_link(page, consultation, theme)
        },
    )
}
