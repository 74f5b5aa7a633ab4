//! Names used by consultations, codebooks, outcomes and areas.

use super::{indicator, page};
use crate::finding::{Code, Finding, Log};
use crate::model::{Codebook, Consultation, Evidence, Outcomes, QuestionKind, Site};
use crate::source::Origin;

pub(super) fn check(site: &Site, log: &Log) {
    for area in &site.areas {
        for (id, origin) in &area.indicators {
            indicator(site, id, origin, log);
        }
        area.page
            .iter()
            .for_each(|(id, origin)| page_with_anchor(site, id, origin, log));
    }
    for consultation in &site.consultations {
        asked(site, consultation, log);
    }
    for codebook in &site.codebooks {
        sorted(site, codebook, log);
    }
    for outcomes in &site.outcomes {
        replied(site, outcomes, log);
    }
}

fn asked(site: &Site, consultation: &Consultation, log: &Log) {
    for question in consultation.questionnaire.questions() {
        evidence(site, &question.evidence, log);
        for item in question.kind.options().iter().chain(question.kind.rows()) {
            evidence(site, &item.evidence, log);
        }
    }
    if let Some((id, origin)) = &consultation.population {
        indicator(site, id, origin, log);
    }
    if let Some((id, origin)) = &consultation.codebook {
        let known = site.codebooks.iter().map(|codebook| codebook.id.as_str());
        named(
            site.codebook(id).is_some(),
            Code::UnknownCodebook,
            id,
            origin,
            known,
            log,
        );
    }
    for document in &consultation.documents {
        if let Some(id) = document.link.strip_prefix("page:") {
            page_with_anchor(site, id, &document.origin.at("link"), log);
        }
    }
    for (id, origin) in &consultation.breakdowns {
        let found = consultation.questionnaire.question(id);
        let known = consultation
            .questionnaire
            .questions()
            .map(|question| question.id.as_str());
        named(found.is_some(), Code::UnknownQuestion, id, origin, known, log);
        if found.is_some_and(|(_, question)| !matches!(question.kind, QuestionKind::Choice { .. })) {
            log.add(Finding::new(Code::ConsultationBreakdown, origin.clone()).with("value", id));
        }
    }
}

fn sorted(site: &Site, codebook: &Codebook, log: &Log) {
    let users = || {
        site.consultations
            .iter()
            .filter(|it| it.codebook.as_ref().is_some_and(|(id, _)| *id == codebook.id))
    };
    for cluster in &codebook.clusters {
        if let Some((id, origin)) = &cluster.question
            && users().next().is_some()
        {
            let known = || {
                users()
                    .flat_map(|it| it.questionnaire.questions())
                    .map(|question| question.id.as_str())
            };
            named(
                known().any(|known| known == id),
                Code::UnknownQuestion,
                id,
                origin,
                known(),
                log,
            );
        }
        cluster
            .page
            .iter()
            .for_each(|(id, origin)| page_with_anchor(site, id, origin, log));
        cluster
            .themes
            .iter()
            .for_each(|theme| evidence(site, &theme.evidence, log));
    }
}

fn replied(site: &Site, outcomes: &Outcomes, log: &Log) {
    let Some(consultation) = site.consultation(&outcomes.consultation) else {
        let known = site.consultations.iter().map(|it| it.id.as_str());
        let (id, origin) = (&outcomes.consultation, &outcomes.origin);
        named(false, Code::UnknownConsultation, id, origin, known, log);
        return;
    };
    // A codebook that does not exist has a finding of its own.
    let Some(codebook) = consultation
        .codebook
        .as_ref()
        .map_or(Some(None), |(id, _)| site.codebook(id).map(Some))
    else {
        return;
    };
    let known = || {
        codebook
            .into_iter()
            .flat_map(Codebook::themes)
            .map(|theme| theme.id.as_str())
    };
    let theme = |id: &str, origin: &Origin| {
        named(
            known().any(|known| known == id),
            Code::UnknownCodedTheme,
            id,
            origin,
            known(),
            log,
        );
    };
    outcomes
        .replies
        .iter()
        .for_each(|reply| theme(&reply.theme, &reply.origin.at("theme")));
    let themes = outcomes.positions.iter().flat_map(|it| &it.themes);
    for (id, origin) in themes.chain(outcomes.changes.iter().flat_map(|it| &it.themes)) {
        theme(id, origin);
    }
}

fn evidence(site: &Site, evidence: &Evidence, log: &Log) {
    for (id, origin) in &evidence.indicators {
        indicator(site, id, origin, log);
    }
    evidence
        .page
        .iter()
        .for_each(|(id, origin)| page_with_anchor(site, id, origin, log));
    if let Some((id, origin)) = &evidence.area {
        let known = site.areas.iter().map(|area| area.id.as_str());
        named(site.area(id).is_some(), Code::UnknownArea, id, origin, known, log);
    }
}

/// Reports a page that does not exist; what follows `#` is looked for when pages are made.
fn page_with_anchor(site: &Site, id: &str, origin: &Origin, log: &Log) {
    page(site, id.split_once('#').map_or(id, |(page, _)| page), origin, log);
}

fn named<'a>(known: bool, code: Code, id: &str, origin: &Origin, candidates: impl Iterator<Item = &'a str>, log: &Log) {
    if !known {
        log.add(
            Finding::new(code, origin.clone())
                .with("value", id)
                .near(id, candidates),
        );
    }
}
