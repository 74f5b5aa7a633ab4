//! Rules of commitments: days in order, reasons for what waits or was given up, and news when the last day has passed.

use crate::finding::{Code, Finding, Log};
use crate::model::{Commitment, Site};
use jiff::civil::Date;

pub(super) fn check(site: &Site, today: Date, log: &Log) {
    for outcomes in &site.outcomes {
        let adopted = || outcomes.adopted.iter().flat_map(|adopted| &adopted.sections);
        for commitment in &outcomes.commitments {
            days(commitment, log);
            reasons(commitment, log);
            overdue(commitment, today, log);
            if let Some((id, origin)) = &commitment.section
                && !adopted().any(|section| section.id == *id)
            {
                let finding = Finding::new(Code::UnknownSection, origin.clone()).with("value", id);
                log.add(finding.near(id, adopted().map(|section| section.id.as_str())));
            }
        }
    }
}

/// Days in the wrong order: news after each other, and the last day after the decision.
fn days(commitment: &Commitment, log: &Log) {
    let mut dates = commitment.history.iter();
    let Some(first) = dates.next() else {
        return;
    };
    if first.date > commitment.due {
        let finding = Finding::new(Code::CommitmentDates, commitment.origin.at("due")).with("value", &commitment.id);
        log.add(finding.with("from", first.date).with("to", commitment.due));
    }
    let mut before = first.date;
    for news in dates {
        if news.date < before {
            let finding = Finding::new(Code::CommitmentDates, news.origin.at("date")).with("value", &commitment.id);
            log.add(finding.with("from", before).with("to", news.date));
        }
        before = news.date;
    }
}

/// News that something waits or was given up, without a reason.
fn reasons(commitment: &Commitment, log: &Log) {
    let lacks = |news: &&crate::model::Progress| news.status.needs_reason() && news.note.is_empty();
    for news in commitment.history.iter().filter(lacks) {
        let finding = Finding::new(Code::CommitmentReason, news.origin.at("status"));
        log.add(finding.with("value", &commitment.id));
    }
}

/// A last day that has passed without news.
fn overdue(commitment: &Commitment, today: Date, log: &Log) {
    let news = || commitment.history.iter().filter(|news| news.date <= today);
    let is_settled = news().next_back().is_some_and(|news| news.status.is_settled());
    if commitment.due < today && !is_settled && news().all(|news| news.date <= commitment.due) {
        let finding = Finding::new(Code::CommitmentOverdue, commitment.origin.at("due"));
        log.add(finding.with("value", &commitment.id).with("date", commitment.due));
    }
}
