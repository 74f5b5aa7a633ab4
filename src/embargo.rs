//! What has a day is not published before it: replies, positions, decisions, themes of the codebook, updates.
//!
//! Takes the site as written and a day; takes out of it what that day must not show. Results keep their own day, since only
//! answers are counted that may be shown ([`crate::survey`]). Runs after the checks, so that what is held back is checked too.
//!
//! | what | its day |
//! |---|---|
//! | a reply | `date` of the reply, and never before the replies' common day unless it says so |
//! | replies without a date, summary, positions, changes, the adopted text, commitments | `published` of the file, else the day of the decision, else that of the results, else the day after the last to answer |
//! | news of a commitment | its date, and never before that of the commitments; it is late from the day after its last |
//! | themes of the codebook | when nobody can be steered by them any more: the day of the results, else the day after the last to answer; earlier with the first reply |
//! | an update | its date |

use crate::model::{Consultation, Outcomes, Site};
use jiff::civil::Date;

/// Takes out of the site what must not be shown on this day.
pub fn hold_back(site: &mut Site, today: Date) {
    let is_due = |day: Option<Date>| day.is_none_or(|day| day <= today);
    site.updates.retain(|update| update.date <= today);
    let days: Vec<(Option<Date>, Option<Date>)> = site
        .consultations
        .iter()
        .map(|consultation| {
            let outcomes = site.outcomes(&consultation.id);
            (common_day(consultation, outcomes), themes_day(consultation, outcomes))
        })
        .collect();
    for (consultation, (common, themes)) in site.consultations.iter_mut().zip(days) {
        if !is_due(themes) {
            consultation.codebook = None;
        }
        let Some(outcomes) = site
            .outcomes
            .iter_mut()
            .find(|outcomes| outcomes.consultation == consultation.id)
        else {
            continue;
        };
        outcomes.replies.retain(|reply| is_due(reply.date.or(common)));
        for commitment in &mut outcomes.commitments {
            commitment.history.retain(|news| news.date <= today);
        }
        if !is_due(common) {
            outcomes.summary = crate::model::Text::default();
            outcomes.positions.clear();
            outcomes.changes.clear();
            outcomes.adopted = None;
            outcomes.commitments.clear();
        }
    }
    site.outcomes.retain(|outcomes| !is_empty(outcomes));
}

/// Days after this one on which something that is held back now is shown, and the consultation it belongs to; `None` for
/// updates.
#[must_use]
pub fn days_after(site: &Site, today: Date) -> Vec<(Date, Option<&Consultation>)> {
    let updates = site.updates.iter().map(|update| (update.date, None));
    let consultations = site.consultations.iter().flat_map(|consultation| {
        let outcomes = site.outcomes(&consultation.id);
        let replies = outcomes.into_iter().flat_map(|outcomes| &outcomes.replies);
        let days = replies.map(|reply| reply.date).chain([
            outcomes.and_then(|outcomes| common_day(consultation, Some(outcomes))),
            consultation
                .codebook
                .as_ref()
                .and_then(|_| themes_day(consultation, outcomes)),
        ]);
        let commitments = outcomes.into_iter().flat_map(|outcomes| &outcomes.commitments);
        let of_commitments = commitments.flat_map(|commitment| {
            let news = commitment.history.iter().map(|news| news.date);
            news.chain(commitment.due.tomorrow().ok())
        });
        let days: Vec<Date> = days.flatten().chain(of_commitments).collect();
        days.into_iter().map(move |day| (day, Some(consultation)))
    });
    updates.chain(consultations).filter(|(day, _)| *day > today).collect()
}

/// The day of all that a file of replies says without a day of its own; `None`: nothing states one, and it is shown.
fn common_day(consultation: &Consultation, outcomes: Option<&Outcomes>) -> Option<Date> {
    let dates = &consultation.dates;
    outcomes
        .and_then(|outcomes| outcomes.published)
        .or(dates.decision)
        .or_else(|| results_day(consultation))
}

/// The day of the codebook's themes.
fn themes_day(consultation: &Consultation, outcomes: Option<&Outcomes>) -> Option<Date> {
    let results = results_day(consultation)?;
    let common = common_day(consultation, outcomes);
    let replies = outcomes.into_iter().flat_map(|outcomes| &outcomes.replies);
    let first_reply = replies.filter_map(|reply| reply.date.or(common)).min();
    Some(first_reply.map_or(results, |first| first.min(results)))
}

/// The day of the results, or else the day after the last on which somebody can answer.
fn results_day(consultation: &Consultation) -> Option<Date> {
    let dates = &consultation.dates;
    dates.results.or_else(|| dates.closes?.tomorrow().ok())
}

fn is_empty(outcomes: &Outcomes) -> bool {
    outcomes.summary.is_empty()
        && outcomes.replies.is_empty()
        && outcomes.positions.is_empty()
        && outcomes.changes.is_empty()
        && outcomes.adopted.is_none()
        && outcomes.commitments.is_empty()
}
