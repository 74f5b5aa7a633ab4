//! Rules of consultations: days in order, ids that keep their meaning, promises that can be kept, replies in time.
//!
//! Takes the site and the day; adds findings. Answers play no part but in [`overdue`], which asks whether there are results.

use super::translation;
use crate::finding::{Code, Finding, Log, message};
use crate::model::{
    Consultation, Dates, Item, Meetings, Question, QuestionKind, Questionnaire, Respondents, Site, Text,
};
use crate::read::{self, AddressKind};
use crate::source::Origin;
use crate::survey::{Results, State, state};
use jiff::ToSpan;
use jiff::civil::Date;

/// Weeks after closing within which results should be published, unless the consultation states a day, and every theme should
/// have its reply. The norm of GOV.UK for consultations, since Swedish law sets none.
const WEEKS: i64 = 12;

/// Names of the form's own fields; a question of the same name would be taken for one of them.
const RESERVED: [&str; 11] = [
    "consultation",
    "version",
    "response",
    "language",
    "channel",
    "submitted",
    "respondent",
    "decision",
    "naming",
    "started",
    "webbplats",
];

/// Reports everything that breaks a rule on this day.
pub(super) fn check(site: &Site, today: Date, release: bool, log: &Log) {
    for consultation in &site.consultations {
        days(consultation, log);
        translation::check(site, consultation, log);
        promises(consultation, log);
        channels(consultation, today, release, log);
        for question in consultation.questionnaire.questions() {
            fields(question, log);
            for earlier in &consultation.earlier {
                same_meaning(question, earlier, log);
            }
        }
        replies(site, consultation, today, log);
    }
}

/// Days that come in the wrong order, and a last day that the extensions contradict.
fn days(consultation: &Consultation, log: &Log) {
    let Dates {
        opens,
        closes,
        extensions,
        pauses,
        withdrawn,
        unanswered: _,
        results,
        decision,
        archived,
    } = &consultation.dates;
    let origin = consultation.origin.at("dates");
    if [opens, closes, results, decision, archived]
        .iter()
        .all(|day| day.is_none())
        && withdrawn.is_none()
    {
        log.add(Finding::new(Code::ConsultationUndated, origin.clone()));
    }
    let in_order = |first: (&str, Option<Date>), second: (&str, Option<Date>), at: Origin| {
        if let (Some(before), Some(after)) = (first.1, second.1)
            && before > after
        {
            let finding = Finding::new(Code::ConsultationDates, at)
                .with("first", first.0)
                .with("second", second.0);
            log.add(finding.with("from", before).with("to", after));
        }
    };
    in_order(("opens", *opens), ("closes", *closes), origin.at("closes"));
    // Interim results are shown while it is open; the results come when it has closed, and then the decision.
    in_order(("closes", *closes), ("results", *results), origin.at("results"));
    in_order(("results", *results), ("decision", *decision), origin.at("decision"));
    in_order(("closes", *closes), ("decision", *decision), origin.at("decision"));
    in_order(("results", *results), ("archived", *archived), origin.at("archived"));
    in_order(("decision", *decision), ("archived", *archived), origin.at("archived"));
    in_order(
        ("closes", *closes),
        ("archived", decision.is_none().then_some(*archived).flatten()),
        origin.at("archived"),
    );
    for extension in extensions {
        in_order(
            ("from", extension.from),
            ("to", Some(extension.to)),
            extension.origin.at("to"),
        );
        in_order(
            ("on", extension.on),
            ("to", Some(extension.to)),
            extension.origin.at("to"),
        );
    }
    for pause in pauses {
        in_order(("opens", *opens), ("from", Some(pause.from)), pause.origin.at("from"));
        in_order(("from", Some(pause.from)), ("to", pause.to), pause.origin.at("to"));
        in_order(("from", Some(pause.from)), ("closes", *closes), pause.origin.at("from"));
    }
    if let Some(end) = withdrawn {
        in_order(
            ("withdrawn", Some(end.on)),
            ("archived", *archived),
            origin.at("archived"),
        );
    }
    for pair in extensions.windows(2) {
        in_order(
            ("to", Some(pair[0].to)),
            ("from", pair[1].from),
            pair[1].origin.at("from"),
        );
    }
    if let Some(last) = extensions
        .last()
        .filter(|last| closes.is_some_and(|closes| closes != last.to))
    {
        let closes = closes.map(|day| day.to_string()).unwrap_or_default();
        let finding = Finding::new(Code::ConsultationExtension, last.origin.at("to"));
        log.add(
            finding
                .with("to", last.to)
                .with("closes", closes)
                .beside(origin.at("closes")),
        );
    }
}

/// Promises to persons: the smallest group that is shown, and batches no smaller than it.
fn promises(consultation: &Consultation, log: &Log) {
    if consultation.respondents != Respondents::Persons {
        return;
    }
    let origin = consultation.origin.at("publication");
    match consultation.publication.minimum {
        None | Some(0 | 1) => {
            log.add(Finding::new(Code::ConsultationMinimum, origin));
        }
        Some(minimum) => {
            if let Some(batch) = consultation.publication.interim.filter(|batch| *batch < minimum) {
                let finding = Finding::new(Code::ConsultationBatch, origin.at("interim"));
                log.add(finding.with("value", batch).with("from", minimum));
            }
        }
    }
}

/// Channels for answers: one at least while the consultation is open, and none that others can listen to.
fn channels(consultation: &Consultation, today: Date, release: bool, log: &Log) {
    let channels = &consultation.channels;
    for (address, origin) in channels.endpoint.iter().chain(&channels.elsewhere) {
        let is_safe = match read::address_kind(address) {
            AddressKind::Secure | AddressKind::Within => true,
            AddressKind::Loopback => !release,
            AddressKind::Other => false,
        };
        if !is_safe {
            log.add(Finding::new(Code::ConsultationEndpoint, origin.clone()).with("value", address));
        }
    }
    let has_channel = channels.has_form()
        || channels.elsewhere.is_some()
        || channels.meetings != Meetings::None
        || !channels.email.is_empty()
        || !channels.post.is_empty();
    if !has_channel && state(&consultation.dates, today).is_open() {
        let origin = consultation.origin.clone();
        log.add(Finding::new(Code::ConsultationUnanswerable, origin));
    }
}

/// Names and limits of one question.
fn fields(question: &Question, log: &Log) {
    if RESERVED.contains(&question.id.as_str()) {
        log.add(Finding::new(Code::ConsultationReserved, question.origin.at("id")).with("value", &question.id));
    }
    let (key, most, items) = match &question.kind {
        QuestionKind::Choices {
            options,
            at_most: Some(most),
            ..
        } => ("at_most", *most, options.len()),
        QuestionKind::Ranking {
            items,
            ranks: Some(ranks),
        } => ("ranks", *ranks, items.len()),
        QuestionKind::Number {
            least: Some(least),
            most: Some(most),
            ..
        } if least > most => {
            let finding = Finding::new(Code::NumberRange, question.origin.at("most"));
            log.add(finding.with("value", most).with("from", least).with("to", "∞"));
            return;
        }
        _ => return,
    };
    if most == 0 || usize::try_from(most).map_or(true, |most| most > items) {
        let finding = Finding::new(Code::NumberRange, question.origin.at(key));
        log.add(finding.with("value", most).with("from", 1).with("to", items));
    }
}

/// A question that keeps the id of an earlier one must keep its meaning: its kind, its options and, unless only its words are
/// marked as new, its words.
fn same_meaning(question: &Question, earlier: &Questionnaire, log: &Log) {
    let Some((_, before)) = earlier.question(&question.id) else {
        return;
    };
    let differs = if question.kind.name() != before.kind.name() {
        "kind"
    } else if !same_items(question.kind.options(), before.kind.options(), question.reworded)
        || !same_items(question.kind.rows(), before.kind.rows(), question.reworded)
    {
        "options"
    } else if question.text != before.text && !question.reworded {
        "text"
    } else {
        return;
    };
    let finding = Finding::new(Code::ConsultationReused, question.origin.at("id"))
        .with("value", &question.id)
        .with("version", &earlier.version)
        .with("problem", differs);
    log.add(finding.beside(before.origin.at("id")));
}

/// Whether every option that both have means the same in both. Options may come and go.
fn same_items(now: &[Item], before: &[Item], reworded: bool) -> bool {
    let is_same = |a: &Text, b: &Text| reworded || a == b;
    now.iter().all(|item| {
        before
            .iter()
            .find(|other| other.id == item.id)
            .is_none_or(|other| is_same(&item.text, &other.text))
    })
}

/// Replies that lack their reason, and themes that have waited too long for theirs.
fn replies(site: &Site, consultation: &Consultation, today: Date, log: &Log) {
    let outcomes = site.outcomes(&consultation.id);
    for reply in outcomes.iter().flat_map(|outcomes| &outcomes.replies) {
        if reply.outcome.needs_reason() && reply.reason.is_empty() {
            log.add(Finding::new(Code::ConsultationReason, reply.origin.at("outcome")).with("value", &reply.theme));
        }
    }
    let due = consultation
        .dates
        .closes
        .and_then(|day| day.checked_add(WEEKS.weeks()).ok());
    let Some(due) = due.filter(|due| {
        let is_settled =
            [State::Archived, State::Withdrawn, State::Unanswered].contains(&state(&consultation.dates, today));
        *due < today && !is_settled
    }) else {
        return;
    };
    let Some(codebook) = consultation.codebook.as_ref().and_then(|(id, _)| site.codebook(id)) else {
        return;
    };
    let replies = || outcomes.iter().flat_map(|outcomes| &outcomes.replies);
    let has_reply = |id: &str| replies().any(|reply| reply.theme == id);
    let waiting: Vec<&str> = codebook
        .themes()
        .map(|theme| theme.id.as_str())
        .filter(|id| !has_reply(id))
        .collect();
    if !waiting.is_empty() {
        let origin = outcomes.map_or_else(
            || consultation.origin.at("codebook"),
            |outcomes| outcomes.origin.clone(),
        );
        let finding = Finding::new(Code::ConsultationReply, origin).with("value", waiting.join(", "));
        log.add(
            finding
                .with("date", due)
                .with("path", format!("data/outcomes/{}.yaml", consultation.id)),
        );
    }
}

/// Reports a consultation that says that nobody has answered, while there are answers or it can still be answered.
fn unanswered(consultation: &Consultation, results: &[Results], today: Date, log: &Log) {
    let results = results.iter().find(|results| results.consultation == consultation.id);
    let answered = results.map_or(0, |results| results.base.answered);
    let is_open = state(&consultation.dates, today).is_open();
    if answered > 0 || is_open {
        let finding = Finding::new(
            Code::ConsultationUnanswered,
            consultation.origin.at("dates").at("unanswered"),
        );
        let problem = if answered > 0 {
            message::has_answers(answered)
        } else {
            message::is_still_open()
        };
        log.add(finding.with_message("problem", problem));
    }
}

/// Reports consultations without results after the day they promised, or after the weeks in which results should come. Results
/// counted from answers, results reported by others and replies all count; archived consultations are left in peace.
pub(super) fn overdue(site: &Site, results: &[Results], today: Date, log: &Log) {
    for consultation in &site.consultations {
        let (id, dates) = (&consultation.id, &consultation.dates);
        if dates.unanswered {
            unanswered(consultation, results, today, log);
        }
        let state = state(dates, today);
        let is_waiting = !state.is_open() && !matches!(state, State::Archived | State::Withdrawn | State::Unanswered);
        let Some(closes) = dates.closes.filter(|_| is_waiting) else {
            continue;
        };
        let promised = dates.results.map(|day| day.max(closes));
        let Some(due) = promised.or_else(|| closes.checked_add(WEEKS.weeks()).ok()) else {
            continue;
        };
        let has_results = consultation.reported.is_some()
            || results.iter().any(|results| results.consultation == *id)
            || site.outcomes(id).is_some_and(|outcomes| !outcomes.replies.is_empty());
        if due < today && !has_results {
            let key = if promised.is_some() { "results" } else { "closes" };
            let origin = consultation.origin.at("dates").at(key);
            let finding = Finding::new(Code::ConsultationResults, origin).with("value", id);
            log.add(finding.with("date", due));
        }
    }
}
