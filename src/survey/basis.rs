//! Whose answers have been counted: what disclosure control must know, and no reader may.
//!
//! Takes the responses that are counted; gives a digest of each, so that a later count knows which of them have changed,
//! and the answers by two breakdowns at once, without which tables that share respondents could tell on each other. A
//! digest is of ids and words rather than of positions, so that it outlives changes of the questionnaire's order.

use super::naming::{has_row, naming};
use super::poll::{CountedResponse, Poll};
use super::question::{Division, joint};
use super::results::{Basis, Trace};
use crate::model::{Answer, Item, Naming, Pick, Question, QuestionKind, Response};
use std::collections::BTreeMap;

/// Characters of a digest that are kept: two respondents among a million with the same one are not to be expected.
const DIGEST: usize = 16;

/// What is known of those who are counted.
pub(super) fn basis(poll: &Poll, entries: &[CountedResponse], divisions: &[Division], with_rows: bool) -> Basis {
    let respondents = entries
        .iter()
        .map(|entry| (entry.response.id.clone(), trace(poll, entry.response, with_rows)));
    let questions = poll.consultation.questionnaire.questions().enumerate();
    let joint = questions.flat_map(|question| joint(poll, question, entries, divisions));
    Basis {
        respondents: respondents.collect(),
        joint: if poll.of_persons() { joint.collect() } else { Vec::new() },
        ..Basis::default()
    }
}

/// Those who are counted, by the earlier publications in which they stood with the same answers.
pub(super) fn cohorts<'a>(
    poll: &Poll<'a>,
    now: &Basis,
    earlier: &[&Basis],
) -> BTreeMap<Vec<usize>, Vec<CountedResponse<'a>>> {
    let mut counted: BTreeMap<&str, &Response> = BTreeMap::new();
    for line in &poll.lines {
        let stands = |trace: &Trace| trace.digest == self::trace(poll, line, false).digest;
        if now.respondents.get(&line.id).is_some_and(stands) {
            counted.insert(&line.id, line);
        }
    }
    let mut cohorts: BTreeMap<Vec<usize>, Vec<CountedResponse>> = BTreeMap::new();
    for (id, response) in counted {
        let digest = |basis: &Basis| basis.respondents.get(id).map(|trace| trace.digest.clone());
        let stood = (0..earlier.len()).filter(|at| digest(earlier[*at]) == digest(now));
        let entry = CountedResponse { response, weight: None };
        cohorts.entry(stood.collect()).or_default().push(entry);
    }
    cohorts
}

fn trace(poll: &Poll, response: &Response, with_rows: bool) -> Trace {
    let mut written = vec![format!("channel={}", response.channel.name())];
    let mut answers = BTreeMap::new();
    for (question, answer) in poll.consultation.questionnaire.questions().zip(&response.answers) {
        let Some(answer) = answer.as_ref().map(|answer| words(question, answer)) else {
            continue;
        };
        let is_no_count = matches!(
            question.kind,
            QuestionKind::Ranking { .. } | QuestionKind::Points { .. } | QuestionKind::Number { .. }
        );
        if is_no_count {
            answers.insert(question.id.clone(), digest(&answer));
        }
        written.push(format!("{}={answer}", question.id));
    }
    let codings = poll
        .answers
        .codings
        .iter()
        .filter(|coding| coding.response == response.id);
    let mut codings: Vec<String> = codings
        .map(|coding| format!("{}~{}~{}", coding.question, coding.coder, coding.theme))
        .collect();
    codings.sort_unstable();
    Trace {
        digest: digest(&written.join("\n")),
        codings: if codings.is_empty() {
            String::new()
        } else {
            digest(&codings.join("\n"))
        },
        answers,
        unnamed: naming(poll.consultation, response) < Naming::Named,
        row: with_rows && has_row(poll.consultation, response),
    }
}

/// An answer in ids and words.
fn words(question: &Question, answer: &Answer) -> String {
    let id = |items: &[Item], position: usize| items.get(position).map_or(String::new(), |item| item.id.clone());
    let options = question.kind.options();
    let option = |position: u16| id(options, usize::from(position));
    let pick = |pick: &Pick| match pick {
        Pick::Option(position) if options.is_empty() => position.to_string(),
        Pick::Option(position) => option(*position),
        Pick::NoOpinion => "~".to_owned(),
        Pick::Other(words) => format!("~{words}"),
    };
    let by_item = |values: Vec<String>| {
        let items = question.kind.rows();
        let named = values.into_iter().enumerate();
        named
            .map(|(at, value)| format!("{}:{value}", id(items, at)))
            .collect::<Vec<_>>()
            .join(",")
    };
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::One(one) => pick(one),
        Answer::Several(positions, other) => {
            let chosen: Vec<String> = positions.iter().map(|position| option(*position)).collect();
            format!("{}~{other}", chosen.join(","))
        }
        Answer::Rows(rows) => by_item(
            rows.iter()
                .map(|row| row.as_ref().map_or(String::new(), pick))
                .collect(),
        ),
        Answer::Ranks(ranks) => by_item(ranks.iter().map(|rank| format!("{rank:?}")).collect()),
        Answer::Points(points) => by_item(points.iter().map(f64::to_string).collect()),
        Answer::Number(number) => number.to_string(),
        Answer::Counts { counts, .. } => format!("{counts:?}"),
    }
}

fn digest(words: &str) -> String {
    blake3::hash(words.as_bytes()).to_hex()[..DIGEST].to_owned()
}
