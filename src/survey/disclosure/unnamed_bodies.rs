//! Disclosure control of bodies that want no name: nothing tells what all of them, or too few of them, answered.
//!
//! Takes what has been counted of bodies, among them some that want no name; hides what gives these away to whoever takes the
//! bodies that are shown one by one from the totals. So many stand without a row of their own that none can be told from the
//! others, which `count` sees to; but where they all answered the same, it is known of each.

use super::Release;
use super::withholding::add_reason;
use crate::survey::naming::SMALLEST_GROUP;
use crate::survey::results::Breakdown;
use crate::survey::{Count, Counted, Detail, QuestionResult, Ranking, Spread, Tally, Withheld};

/// Hides what tells of the bodies that want no name, given everything that was published before.
pub(super) fn protect_unnamed(counted: &mut Counted, earlier: &[Release]) {
    if !counted.basis.respondents.values().any(|trace| trace.unnamed) {
        return;
    }
    let mut hid = false;
    let company = std::mem::take(&mut counted.basis.company);
    for (question, company) in counted.questions.iter_mut().zip(&company) {
        let before = earlier.iter().flat_map(|release| &release.truth().basis.company);
        let before: Vec<&QuestionResult> = before.filter(|result| result.question == question.question).collect();
        let tells = |rows: &[&Tally], then: &[Vec<&Tally>]| {
            let mut rows = rows.iter().enumerate();
            rows.any(|(at, tally)| {
                is_unanimous(tally) || then.iter().any(|then| has_grown_unanimous(then.get(at), tally))
            })
        };
        let then: Vec<Vec<&Tally>> = before.iter().map(|result| rows(&result.detail)).collect();
        if tells(&rows(&company.detail), &then) || tells_in_common(&company.detail) {
            question.detail = Detail::Withheld;
            question.breakdowns.clear();
            hid = true;
        }
        let broken_down = question.breakdowns.len();
        question.breakdowns.retain(|breakdown| {
            let then: Vec<Vec<&Tally>> = before
                .iter()
                .copied()
                .map(|result| in_groups(result, &breakdown.by))
                .collect();
            !tells(&in_groups(company, &breakdown.by), &then)
        });
        hid |= question.breakdowns.len() < broken_down;
        hide_what_is_no_sum(&mut question.detail);
    }
    counted.basis.company = company;
    let is_of_all = |coded: &crate::survey::CodedQuestion| {
        let mut themes = coded.themes.iter();
        coded.answered != Count::Shown(0) && themes.any(|(_, count)| *count == coded.answered)
    };
    if counted
        .coded
        .as_ref()
        .is_some_and(|coded| coded.questions.iter().any(is_of_all))
    {
        counted.coded = None;
        hid = true;
    }
    if hid {
        add_reason(counted, Withheld::Naming);
    }
}

/// The tallies of a question that is counted by option.
fn rows(detail: &Detail) -> Vec<&Tally> {
    match detail {
        Detail::Options(tally) => vec![tally],
        Detail::Rows(rows) => rows.iter().collect(),
        Detail::Directions(items) => items.iter().map(|item| &item.tally).collect(),
        Detail::Text { .. } | Detail::Ranking(_) | Detail::Spreads(_) | Detail::Withheld => Vec::new(),
    }
}

/// The tallies of all groups of a breakdown.
fn in_groups<'a>(result: &'a QuestionResult, by: &str) -> Vec<&'a Tally> {
    let breakdowns = result.breakdowns.iter().filter(|breakdown| breakdown.by == by);
    breakdowns
        .flat_map(|Breakdown { groups, .. }| groups.iter().flatten())
        .collect()
}

/// How many gave each answer, and how many gave any.
fn answers(tally: &Tally) -> (Vec<i64>, i64) {
    let number = |count: &Count| count.shown().map_or(0, i64::from);
    let answers = tally.options.iter().chain(&tally.other).chain(&tally.no_opinion);
    let answered = number(&tally.n) + tally.no_opinion.as_ref().map_or(0, number);
    (answers.map(number).collect(), answered)
}

/// Whether all who answered gave one and the same answer.
fn is_unanimous(tally: &Tally) -> bool {
    let (answers, answered) = answers(tally);
    answered > 0 && answers.contains(&answered)
}

/// Whether all who have answered since gave one and the same answer.
fn has_grown_unanimous(then: Option<&&Tally>, now: &Tally) -> bool {
    let Some(then) = then else { return false };
    let ((then, answered_then), (now, answered_now)) = (answers(then), answers(now));
    let grown = answered_now - answered_then;
    grown != 0 && now.iter().zip(&then).any(|(now, then)| now - then == grown)
}

/// Whether an order or a number is that of all of them, or of too few.
fn tells_in_common(company: &Detail) -> bool {
    match company {
        Detail::Ranking(Ranking { n, pairs, .. }) => {
            let mut pairs = pairs.iter().flatten();
            n.shown().is_some_and(|n| n > 0) && pairs.all(|pair| *pair == Count::Shown(0) || pair == n)
        }
        Detail::Spreads(spreads) => spreads.iter().any(|Spread { n, five, .. }| {
            let few = 1..u32::try_from(SMALLEST_GROUP).unwrap_or(u32::MAX);
            n.is_some_and(|n| few.contains(&n)) || five[0].is_some() && five[0] == five[4]
        }),
        _ => false,
    }
}

/// Leaves of orders the order, and of numbers the mean: an extreme is one body's, and ballots can be told from their sums.
fn hide_what_is_no_sum(detail: &mut Detail) {
    match detail {
        Detail::Ranking(ranking) => {
            ranking.disagreements = None;
            ranking
                .pairs
                .iter_mut()
                .flatten()
                .for_each(|pair| *pair = Count::Hidden);
            for item in &mut ranking.items {
                (item.borda, item.mean) = (None, None);
                [item.first, item.top_three, item.ranked] = [Count::Hidden; 3];
            }
        }
        Detail::Spreads(spreads) => spreads.iter_mut().for_each(|spread| spread.five = [None; 5]),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::protect;
    use super::*;
    use crate::model::{Answer, Naming, Response};
    use crate::survey::example::{CLOSED, DEGREE, NUMBER, consultation, count, degree};

    /// What is published of bodies that chose these points; the last wants no name.
    fn published(points: &[(&str, u16)]) -> Release {
        let mut responses: Vec<Response> = (0..)
            .zip(points)
            .map(|(at, (body, point))| degree(body, at, *point))
            .collect();
        for (response, number) in responses.iter_mut().zip([3.0, 8.0, 40.0, 5.0]) {
            response.answers[NUMBER] = Some(Answer::Number(number));
        }
        if let Some(last) = responses.last_mut() {
            last.naming = Naming::Type;
        }
        protect(count(consultation(), responses, CLOSED), &consultation(), &[])
    }

    fn is_withheld(release: &Release) -> bool {
        matches!(release.questions[DEGREE].detail, Detail::Withheld)
    }

    #[test]
    fn what_all_answered_is_not_told_where_one_wants_no_name() {
        let all_the_same = published(&[("1", 1), ("2", 1), ("3", 1), ("4", 1)]);
        assert!(is_withheld(&all_the_same) && all_the_same.withheld.contains(&Withheld::Naming));
        assert!(all_the_same.matrix.is_none() && all_the_same.base.missing.is_none());
        assert!(!is_withheld(&published(&[("1", 1), ("2", 0), ("3", 1), ("4", 1)])));
    }

    #[test]
    fn no_extreme_is_told_of_numbers() {
        let release = published(&[("1", 1), ("2", 0), ("3", 1), ("4", 1)]);
        let Detail::Spreads(spreads) = &release.questions[NUMBER].detail else {
            panic!("a spread")
        };
        assert_eq!((spreads[0].mean, spreads[0].five), (Some(14.0), [None; 5]));
    }
}
