//! Ids used by consultations, codebooks, outcomes and areas: indicators, pages, questions, themes, each other.
//!
//! Takes the site as read; adds findings. Rules about days and promises are [`crate::check`]'s.

use super::{indicator, page, unknown};
use crate::finding::{Code, Finding, Log};
use crate::model::{Codebook, Consultation, Draft, Evidence, Outcomes, QuestionKind, Site};
use crate::source::Origin;

pub(super) fn check(site: &Site, log: &Log) {
    for area in &site.areas {
        for (id, origin) in &area.indicators {
            indicator(site, id, origin, log);
        }
        if let Some((id, origin)) = &area.page {
            page_with_anchor(site, id, origin, log);
        }
    }
    for consultation in &site.consultations {
        consultation_ids(site, consultation, log);
    }
    for codebook in &site.codebooks {
        codebook_ids(site, codebook, log);
    }
    for outcomes in &site.outcomes {
        outcome_ids(site, outcomes, log);
    }
}

fn consultation_ids(site: &Site, consultation: &Consultation, log: &Log) {
    for question in consultation.questionnaire.questions() {
        evidence(site, &question.evidence, log);
        for item in question.kind.options().iter().chain(question.kind.rows()) {
            evidence(site, &item.evidence, log);
        }
    }
    sections(site, &consultation.questionnaire.drafts, log);
    if let Some((id, origin)) = &consultation.population {
        indicator(site, id, origin, log);
    }
    if let Some((id, origin)) = &consultation.codebook
        && site.codebook(id).is_none()
    {
        let known = site.codebooks.iter().map(|codebook| codebook.id.as_str());
        unknown(Code::UnknownCodebook, id, origin, known, log);
    }
    for document in &consultation.documents {
        if let Some(id) = document.link.strip_prefix("page:") {
            page_with_anchor(site, id, &document.origin.at("link"), log);
        }
    }
    for (id, origin) in &consultation.breakdowns {
        let questionnaire = &consultation.questionnaire;
        match questionnaire.question(id) {
            None => {
                let known = questionnaire.questions().map(|question| question.id.as_str());
                unknown(Code::UnknownQuestion, id, origin, known, log);
            }
            Some((_, question)) if !matches!(question.kind, QuestionKind::Choice { .. }) => {
                log.add(Finding::new(Code::ConsultationBreakdown, origin.clone()).with("value", id));
            }
            Some(_) => {}
        }
    }
}

fn codebook_ids(site: &Site, codebook: &Codebook, log: &Log) {
    let uses_it = |consultation: &&Consultation| {
        let named = consultation.codebook.as_ref();
        named.is_some_and(|(id, _)| *id == codebook.id)
    };
    let users: Vec<&Consultation> = site.consultations.iter().filter(uses_it).collect();
    let questions = || {
        let questions = users.iter().flat_map(|user| user.questionnaire.questions());
        questions.map(|question| question.id.as_str())
    };
    for cluster in &codebook.clusters {
        // A codebook that nobody uses yet may name questions that nobody asks yet.
        if let Some((id, origin)) = &cluster.question
            && !users.is_empty()
            && !questions().any(|question| question == id)
        {
            unknown(Code::UnknownQuestion, id, origin, questions(), log);
        }
        if let Some((id, origin)) = &cluster.page {
            page_with_anchor(site, id, origin, log);
        }
        for theme in &cluster.themes {
            evidence(site, &theme.evidence, log);
        }
    }
}

fn outcome_ids(site: &Site, outcomes: &Outcomes, log: &Log) {
    let Some(consultation) = site.consultation(&outcomes.consultation) else {
        let known = site.consultations.iter().map(|consultation| consultation.id.as_str());
        let (id, origin) = (&outcomes.consultation, &outcomes.origin);
        unknown(Code::UnknownConsultation, id, origin, known, log);
        return;
    };
    sections(site, &outcomes.adopted, log);
    let codebook = match &consultation.codebook {
        None => None,
        Some((id, _)) => match site.codebook(id) {
            Some(codebook) => Some(codebook),
            // A codebook that does not exist has a finding of its own.
            None => return,
        },
    };
    let themes = || {
        let themes = codebook.into_iter().flat_map(Codebook::themes);
        themes.map(|theme| theme.id.as_str())
    };
    let check = |id: &str, origin: &Origin| {
        if !themes().any(|theme| theme == id) {
            unknown(Code::UnknownCodedTheme, id, origin, themes(), log);
        }
    };
    for reply in &outcomes.replies {
        check(&reply.theme, &reply.origin.at("theme"));
    }
    let in_positions = outcomes.positions.iter().flat_map(|position| &position.themes);
    for (id, origin) in outcomes
        .commitments
        .iter()
        .filter_map(|commitment| commitment.indicator.as_ref())
    {
        indicator(site, id, origin, log);
    }
    let in_commitments = outcomes.commitments.iter().flat_map(|commitment| &commitment.themes);
    let in_changes = outcomes.changes.iter().flat_map(|change| &change.themes);
    for (id, origin) in in_positions.chain(in_changes).chain(in_commitments) {
        check(id, origin);
    }
}

/// Evidence of the sections of drafts.
fn sections<'a>(site: &Site, drafts: impl IntoIterator<Item = &'a Draft>, log: &Log) {
    for section in drafts.into_iter().flat_map(|draft| &draft.sections) {
        evidence(site, &section.evidence, log);
    }
}

fn evidence(site: &Site, evidence: &Evidence, log: &Log) {
    for (id, origin) in &evidence.indicators {
        indicator(site, id, origin, log);
    }
    if let Some((id, origin)) = &evidence.page {
        page_with_anchor(site, id, origin, log);
    }
    if let Some((id, origin)) = &evidence.area
        && site.area(id).is_none()
    {
        let known = site.areas.iter().map(|area| area.id.as_str());
        unknown(Code::UnknownArea, id, origin, known, log);
    }
}

/// Reports a page that does not exist. The anchor after `#` is looked for when pages are made.
fn page_with_anchor(site: &Site, id: &str, origin: &Origin, log: &Log) {
    page(site, id.split('#').next().unwrap_or_default(), origin, log);
}
