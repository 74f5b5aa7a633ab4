//! Rules of drafts: a text that is open for comments changes only as a new version, and what the decision changed has a reason.
//!
//! Takes the site and the day; adds findings. What is wrong within a draft is told when it is read.

use crate::finding::{Code, Finding, Log};
use crate::model::{Consultation, Draft, Outcomes, Questionnaire, Section, Site};
use crate::page::inline::paragraphs;
use crate::survey::{State, state};
use jiff::civil::Date;

pub(super) fn check(site: &Site, today: Date, log: &Log) {
    for consultation in &site.consultations {
        let has_opened = state(&consultation.dates, today) != State::Coming;
        for draft in &consultation.questionnaire.drafts {
            sealed(draft, has_opened, log);
        }
        for earlier in &consultation.earlier {
            for draft in &earlier.drafts {
                sealed(draft, true, log);
            }
            same_sections(consultation, earlier, log);
        }
        if let Some(outcomes) = site.outcomes(&consultation.id) {
            changes(consultation, outcomes, log);
        }
    }
}

/// Reports a text that is not the one whose fingerprint stands in its file, and one that is open without a fingerprint.
fn sealed(draft: &Draft, has_opened: bool, log: &Log) {
    let stated = &draft.stated_fingerprint;
    if !stated.is_empty() && *stated != draft.fingerprint {
        let finding = Finding::new(Code::DraftChanged, draft.origin.clone()).with("value", &draft.fingerprint);
        log.add(finding.with("stated", stated));
    } else if stated.is_empty() && has_opened {
        log.add(Finding::new(Code::DraftUnsealed, draft.origin.clone()).with("value", &draft.fingerprint));
    }
}

/// Reports sections whose text differs from an earlier version's, unless they are marked as reworded.
fn same_sections(consultation: &Consultation, earlier: &Questionnaire, log: &Log) {
    let before = || earlier.drafts.iter().flat_map(|draft| &draft.sections);
    let now = consultation
        .questionnaire
        .drafts
        .iter()
        .flat_map(|draft| &draft.sections);
    for section in now.filter(|section| !section.reworded) {
        let Some(other) = before().find(|other| other.id == section.id) else {
            continue;
        };
        if !has_same_words(section, other) {
            let finding = Finding::new(Code::DraftReworded, section.origin.clone())
                .with("value", &section.id)
                .with("version", &earlier.version);
            log.add(finding.beside(other.origin.clone()));
        }
    }
}

/// Whether two sections have the same words as readers see them, whatever their marks and line ends.
fn has_same_words(one: &Section, other: &Section) -> bool {
    one.title == other.title && paragraphs(&one.body) == paragraphs(&other.body)
}

/// Reports changes of sections that neither the draft nor the adopted text has, and changed sections without a reason.
fn changes(consultation: &Consultation, outcomes: &Outcomes, log: &Log) {
    let drafts = &consultation.questionnaire.drafts;
    let sections = || drafts.iter().chain(&outcomes.adopted).flat_map(|draft| &draft.sections);
    for (id, origin) in outcomes.changes.iter().filter_map(|change| change.section.as_ref()) {
        if !sections().any(|section| section.id == *id) {
            let finding = Finding::new(Code::UnknownSection, origin.clone()).with("value", id);
            log.add(finding.near(id, sections().map(|section| section.id.as_str())));
        }
    }
    let Some(adopted) = &outcomes.adopted else {
        return;
    };
    let commented = || drafts.iter().flat_map(|draft| &draft.sections);
    let has_reason = |id: &str| {
        let mut of_section = outcomes.changes.iter().filter(|change| {
            let section = change.section.as_ref();
            section.is_some_and(|(section, _)| section == id)
        });
        of_section.any(|change| !change.reason.is_empty() || !change.themes.is_empty())
    };
    let is_changed = |section: &&Section| {
        let before = commented().find(|before| before.id == section.id);
        before.is_none_or(|before| !has_same_words(before, section))
    };
    let removed = commented().filter(|section| adopted.section(&section.id).is_none());
    for section in adopted.sections.iter().filter(is_changed).chain(removed) {
        if !drafts.is_empty() && !has_reason(&section.id) {
            log.add(Finding::new(Code::DraftReason, section.origin.clone()).with("value", section.heading()));
        }
    }
}
