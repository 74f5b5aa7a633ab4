//! Raised hands: a meeting's counts cannot have more of them than people were there.
//!
//! Takes a meeting's response as it is kept; gives the counts that cannot be right. Which of the two numbers is wrong, only
//! those who were there can tell.

use crate::model::{Consultation, Question, QuestionKind};
use serde_json::{Map, Value};

/// More hands for a question or an item of it than people were there.
pub(crate) struct SurplusHands {
    /// Id of the question, and of the item where there is one: `riktning.vatten`.
    pub(crate) of: String,
    /// How many hands were counted.
    pub(crate) hands: u64,
    /// How many people were there.
    pub(crate) present: u32,
}

/// How many took part in the meeting that a response is of; `None`: not stated, or it is of no meeting.
pub(super) fn participants(response: &Map<String, Value>) -> Option<u32> {
    let number = whole(response.get("meeting")?.get("participants")?)?;
    u32::try_from(number).ok()
}

/// Every count of a meeting's response that has more hands than people were there, in either round.
pub(crate) fn surplus_hands(response: &Map<String, Value>, consultation: &Consultation) -> Vec<SurplusHands> {
    let answers = response.get("answers").and_then(Value::as_object);
    let surplus = answers.into_iter().flatten().filter_map(|(id, answer)| {
        let has_id = |question: &&Question| question.id == *id || question.formerly.contains(id);
        let question = consultation.questionnaire.questions().find(has_id)?;
        surplus_of_answer(response, question, answer)
    });
    surplus.collect()
}

/// The first such count of a question.
pub(super) fn surplus_of_answer(
    response: &Map<String, Value>,
    question: &Question,
    answer: &Value,
) -> Option<SurplusHands> {
    let present = participants(response)?;
    // Who may choose several options may raise a hand for each.
    let several = matches!(question.kind, QuestionKind::Choices { .. });
    let hands_of = |row: &Value| -> u64 {
        let counts = || row.as_object().into_iter().flat_map(Map::values).filter_map(whole);
        match whole(row) {
            Some(count) => count,
            None if several => counts().max().unwrap_or(0),
            None => counts().fold(0, u64::saturating_add),
        }
    };
    let of_round = |round: &Value| -> Option<SurplusHands> {
        let rows = round.as_object()?;
        let has_items = rows.values().any(Value::is_object);
        // A ranking counts who comes first: one hand each for all items together.
        let of_items = || {
            rows.iter()
                .map(|(item, row)| (format!("{}.{item}", question.id), hands_of(row)))
        };
        let all = match question.kind {
            QuestionKind::Ranking { .. } => {
                let hands = of_items().fold(0, |sum: u64, (_, hands)| sum.saturating_add(hands));
                vec![(question.id.clone(), hands)]
            }
            _ if has_items => of_items().collect(),
            _ => vec![(question.id.clone(), hands_of(round))],
        };
        let (of, hands) = all.into_iter().find(|(_, hands)| *hands > u64::from(present))?;
        Some(SurplusHands { of, hands, present })
    };
    ["counts", "before"]
        .into_iter()
        .find_map(|round| of_round(answer.get(round)?))
}

/// A whole number, as JSON has it or as text.
fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
