//! The matrix of bodies by closed questions.
//!
//! Takes the responses that count; gives a row for each invited body that is named or has not answered. Bodies that want no name have
//! no row, and then there are rows only of those who answered, and only if those without one are so many that none can be
//! worked out from the totals.

use super::naming::{exposes, has_row, naming};
use super::poll::{CountedResponse, Poll};
use super::results::{BodyAnswer, BodyAnswers, BodyRow, Withheld};
use crate::model::{Answer, Naming, Pick, Response};
use std::collections::BTreeMap;

/// The rows; `Ok(None)` where the rule or the kind of respondents leaves none.
///
/// # Errors
/// The reason why there are none although the rule allows them.
pub(super) fn matrix(poll: &Poll, entries: &[CountedResponse]) -> Result<Option<Vec<BodyRow>>, Withheld> {
    let consultation = poll.consultation;
    if poll.of_persons() || consultation.publication.bodies != Naming::Named || consultation.bodies().next().is_none() {
        return Ok(None);
    }
    if exposes(consultation, entries.iter().map(|entry| entry.response), true) {
        return Err(Withheld::Naming);
    }
    let responses: BTreeMap<&str, &Response> = entries
        .iter()
        .filter_map(|entry| Some((entry.response.body.as_deref()?, entry.response)))
        .collect();
    let questions = consultation.questionnaire.questions().count();
    let tells_the_silent = !poll.lines.iter().any(|line| naming(consultation, line) < Naming::Named);
    let row = |body: &crate::model::Body| match responses.get(body.id.as_str()) {
        None => tells_the_silent.then(|| BodyRow {
            body: body.id.clone(),
            response: None,
        }),
        Some(response) => has_row(consultation, response).then(|| BodyRow {
            body: body.id.clone(),
            response: Some(BodyAnswers {
                decision: response.decision.clone(),
                cells: (0..questions).map(|at| cell(response.answer(at))).collect(),
            }),
        }),
    };
    Ok(Some(consultation.bodies().filter_map(row).collect()))
}

/// An answer without its words.
fn cell(answer: Option<&Answer>) -> BodyAnswer {
    let of_pick = |pick: &Pick| match pick {
        Pick::Option(option) => BodyAnswer::Options(vec![*option]),
        Pick::NoOpinion => BodyAnswer::NoOpinion,
        Pick::Other(_) => BodyAnswer::Other,
    };
    match answer {
        None | Some(Answer::Counts { .. }) => BodyAnswer::Unanswered,
        Some(Answer::Text(text)) if text.trim().is_empty() => BodyAnswer::Unanswered,
        Some(Answer::Text(_)) => BodyAnswer::Words,
        Some(Answer::One(pick)) => of_pick(pick),
        Some(Answer::Several(options, other)) => match (options.is_empty(), other.trim().is_empty()) {
            (true, true) => BodyAnswer::Unanswered,
            (true, false) => BodyAnswer::Other,
            (false, true) => BodyAnswer::Options(options.clone()),
            (false, false) => BodyAnswer::OptionsAndOther(options.clone()),
        },
        Some(Answer::Rows(rows)) if rows.iter().all(Option::is_none) => BodyAnswer::Unanswered,
        Some(Answer::Rows(rows)) => BodyAnswer::Rows(
            rows.iter()
                .map(|row| row.as_ref().map_or(BodyAnswer::Unanswered, of_pick))
                .collect(),
        ),
        Some(Answer::Ranks(ranks)) if ranks.iter().all(Option::is_none) => BodyAnswer::Unanswered,
        Some(Answer::Ranks(ranks)) => BodyAnswer::Ranks(ranks.clone()),
        Some(Answer::Points(points)) => BodyAnswer::Numbers(points.clone()),
        Some(Answer::Number(number)) => BodyAnswer::Numbers(vec![*number]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{CLOSED, DEGREE, MISSING, OBSTACLES, consultation, count, degree, persons, response};
    use super::*;
    use crate::model::Consultation;

    fn shy(body: &str, received: u32) -> Response {
        Response {
            naming: Naming::Type,
            ..degree(body, received, 0)
        }
    }

    fn bodies(consultation: Consultation, responses: Vec<Response>) -> (Option<Vec<(String, bool)>>, Vec<Withheld>) {
        let counted = count(consultation, responses, CLOSED);
        let rows = counted
            .matrix
            .map(|rows| rows.into_iter().map(|row| (row.body, row.response.is_some())).collect());
        (rows, counted.withheld)
    }

    #[test]
    fn missing_bodies_stay_as_rows() {
        let (rows, withheld) = bodies(consultation(), vec![degree("2", 0, 1)]);
        let expected = [("1", false), ("2", true), ("3", false), ("4", false), ("lst", false)];
        assert_eq!(rows, Some(expected.map(|(body, has)| (body.to_owned(), has)).to_vec()));
        assert!(withheld.is_empty());
    }

    #[test]
    fn one_that_wants_no_name_hides_the_matrix_when_it_stands_alone() {
        let named = || (0..3).map(|at| degree(&(at + 1).to_string(), at, 1));
        let (rows, withheld) = bodies(consultation(), named().chain([shy("4", 3)]).collect());
        assert_eq!((rows, withheld), (None, vec![Withheld::Naming]));
        let company = [shy("4", 3), shy("lst", 4), response("x", 5, Vec::new())];
        let (rows, withheld) = bodies(consultation(), named().chain(company).collect());
        let rows: Vec<String> = rows.into_iter().flatten().map(|(body, _)| body).collect();
        assert_eq!((rows, withheld), (vec!["1".into(), "2".into(), "3".into()], vec![]));
    }

    #[test]
    fn two_bodies_that_want_no_name_show_nothing_at_all() {
        let counted = count(consultation(), vec![shy("1", 0), shy("2", 1)], CLOSED);
        assert!(counted.matrix.is_none());
        assert_eq!(counted.withheld, [Withheld::Few]);
    }

    #[test]
    fn neither_persons_nor_a_stricter_rule_have_rows() {
        let responses = || {
            (0..4)
                .map(|at| degree(&(at + 1).to_string(), at, 1))
                .collect::<Vec<_>>()
        };
        let mut stricter = consultation();
        stricter.publication.bodies = Naming::Type;
        assert_eq!(bodies(stricter, responses()), (None, vec![]));
        assert_eq!(bodies(persons(2, None), responses()).0, None);
    }

    #[test]
    fn words_are_left_out_of_cells() {
        let answers = vec![
            (OBSTACLES, Answer::Several(vec![1], "vägar".to_owned())),
            (DEGREE, Answer::One(Pick::NoOpinion)),
            (MISSING, Answer::Text("Mer vatten.".to_owned())),
        ];
        let response = Response {
            body: Some("1".to_owned()),
            ..response("r", 0, answers)
        };
        let rows = count(consultation(), vec![response], CLOSED).matrix.unwrap();
        let cells = &rows[0].response.as_ref().unwrap().cells;
        assert_eq!(cells[OBSTACLES], BodyAnswer::OptionsAndOther(vec![1]));
        assert_eq!(
            (&cells[DEGREE], &cells[MISSING]),
            (&BodyAnswer::NoOpinion, &BodyAnswer::Words)
        );
        assert_eq!(cells.iter().filter(|cell| **cell == BodyAnswer::Unanswered).count(), 5);
    }
}
