//! Disclosure control of what is not additive: orders, means, quotes, meetings, and who has answered.
//!
//! Suppression works on counts and the sums between them. Takes what has been counted of persons; removes from it all
//! else that could tell of too few.

use super::primary_suppression::is_few;
use super::{Release, changed};
use crate::survey::results::{Basis, Trace};
use crate::survey::{
    Base, Count, Counted, Detail, Direction, Meeting, QuestionResult, QuotedBy, Ranking, Spread, Tally,
};

/// Removes what is never shown of persons, whatever the counts.
pub(super) fn remove_unconditionally(counted: &mut Counted, minimum: i64) {
    counted.matrix = None;
    let Base {
        waiting,
        uninvited,
        groups,
        missing,
        population,
        answered,
        ..
    } = &mut counted.base;
    *missing = None;
    *population = None;
    if is_few(i64::from(*waiting), minimum) {
        *waiting = 0;
    }
    let parts = groups
        .iter()
        .map(|(_, _, answered)| *answered)
        .chain([*uninvited, answered.saturating_sub(*uninvited)]);
    if parts.into_iter().any(|number| is_few(i64::from(number), minimum)) {
        *uninvited = 0;
        groups.clear();
    }
    for tally in counted.questions.iter_mut().flat_map(tallies) {
        tally.weighted = None;
    }
    for quote in counted.coded.iter_mut().flat_map(|coded| &mut coded.quotes) {
        quote.by = QuotedBy::Nobody;
    }
    for meeting in &mut counted.meetings {
        protect_meeting(meeting, minimum);
    }
}

/// Removes what depends on counts, once those have been suppressed.
pub(super) fn remove_dependent(counted: &mut Counted, minimum: i64, earlier: &[Release]) {
    let answered = counted.base.answered;
    for question in &mut counted.questions {
        let id = question.question.as_str();
        if earlier
            .iter()
            .any(|earlier| has_changed_by_few(earlier, &counted.basis, id, minimum))
        {
            // The difference of two means or of two orders would be that of few answers.
            question.detail = Detail::Withheld;
            continue;
        }
        let before = || {
            let questions = earlier.iter().flat_map(|earlier| &earlier.questions);
            questions
                .filter(|result| result.question == id)
                .map(|result| &result.detail)
        };
        match &mut question.detail {
            Detail::Directions(items) => items.iter_mut().for_each(protect_direction),
            Detail::Ranking(ranking) => {
                if ranking.n.shown().is_some_and(|n| i64::from(n) < minimum * 2) {
                    question.detail = Detail::Withheld;
                    continue;
                }
                let rankings = before().filter_map(|detail| match detail {
                    Detail::Ranking(ranking) => Some(ranking),
                    _ => None,
                });
                protect_ranking(ranking, minimum, rankings);
            }
            Detail::Spreads(spreads) => {
                for (at, spread) in spreads.iter_mut().enumerate() {
                    let spreads = before().filter_map(|detail| match detail {
                        Detail::Spreads(spreads) => spreads.get(at),
                        _ => None,
                    });
                    protect_spread(spread, minimum, answered, spreads);
                }
            }
            Detail::Options(_) | Detail::Rows(_) | Detail::Text { .. } | Detail::Withheld => {}
        }
    }
    if let Some(coded) = &mut counted.coded {
        let questions = &coded.questions;
        // A quote tells that its theme has been mentioned.
        coded.quotes.retain(|quote| {
            let question = questions.iter().find(|coded| coded.question == quote.question);
            let theme = question.and_then(|coded| coded.themes.iter().find(|(theme, _)| *theme == quote.theme));
            theme.is_some_and(|(_, count)| count.shown().is_some())
        });
    }
}

/// Whether an earlier publication showed of this question what is no count, and so few have answered it, or answered it
/// otherwise, or no longer, that the difference would tell of them.
fn has_changed_by_few(earlier: &Release, now: &Basis, question: &str, minimum: i64) -> bool {
    let was_shown = earlier
        .questions
        .iter()
        .any(|result| result.question == question && matches!(result.detail, Detail::Ranking(_) | Detail::Spreads(_)));
    let answer = |trace: Option<&Trace>| trace.and_then(|trace| trace.answers.get(question).cloned());
    let changed = changed(&earlier.truth().basis, now)
        .into_values()
        .filter(|both| answer(both[0]) != answer(both[1]))
        .count();
    was_shown && i64::try_from(changed).is_ok_and(|changed| is_few(changed, minimum))
}

/// A mean of so many persons with so few decimals that nobody can tell the sum it was made of.
fn rounded(mean: f64, n: i64) -> f64 {
    let mut scale = 1.0;
    let mut respondents = n;
    while respondents >= 10 && scale < 100.0 {
        respondents /= 10;
        scale *= 10.0;
    }
    (mean * scale).round() / scale
}

/// Keeps the order of items. Their counts are shown only if none is too few, nor has grown by too few, of those who had an
/// item first, second or third, later, and not at all.
fn protect_ranking<'a>(ranking: &mut Ranking, minimum: i64, earlier: impl Iterator<Item = &'a Ranking>) {
    let is_safe = |number: i64| !is_few(number, minimum);
    let are_safe = by_position(ranking).is_some_and(|now| {
        let now = now.as_flattened();
        now.iter().all(|number| is_safe(*number))
            && earlier.filter_map(by_position).all(|then| {
                let mut growth = now.iter().zip(then.as_flattened()).map(|(now, then)| now - then);
                growth.all(is_safe)
            })
    });
    for item in &mut ranking.items {
        item.borda = None;
        item.mean = None;
        if !are_safe {
            [item.first, item.top_three, item.ranked] = [Count::Hidden; 3];
        }
    }
    ranking
        .pairs
        .iter_mut()
        .flatten()
        .for_each(|pair| *pair = Count::Hidden);
    ranking.disagreements = None;
}

/// By item: how many had it first, second or third, later, and not at all. `None`: hidden.
fn by_position(ranking: &Ranking) -> Option<Vec<[i64; 4]>> {
    let n = i64::from(ranking.n.shown()?);
    let positions = |first: Count, three: Count, ranked: Count| {
        let [first, three, ranked] = [first.shown()?, three.shown()?, ranked.shown()?].map(i64::from);
        Some([first, three - first, ranked - three, n - ranked])
    };
    let items = ranking.items.iter();
    items
        .map(|item| positions(item.first, item.top_three, item.ranked))
        .collect()
}

fn protect_direction(direction: &mut Direction) {
    let Tally { options, n, .. } = &direction.tally;
    direction.polarised &= !options.iter().chain([n]).any(|count| *count == Count::Hidden);
    if options.first() == Some(&Count::Hidden) || options.last() == Some(&Count::Hidden) {
        direction.net = None;
    }
}

/// Numbers given by persons: nothing of fewer than the minimum, quartiles of twice as many, never an extreme.
fn protect_spread<'a>(spread: &mut Spread, minimum: i64, answered: u32, mut earlier: impl Iterator<Item = &'a Spread>) {
    let n = spread.n.map_or(0, i64::from);
    let [least, .., most] = spread.five;
    let all_equal = least.is_some() && least == most;
    let is_dominated = match (least, most, spread.mean) {
        // One respondent who gave more than all others together.
        #[expect(clippy::cast_precision_loss, reason = "a number of respondents")]
        (Some(least), Some(most), Some(mean)) => least >= 0.0 && most > 0.0 && most * 2.0 > mean * n as f64,
        _ => false,
    };
    let grew_by_few = earlier.any(|then| match then.n {
        Some(then) => is_few(n - i64::from(then), minimum),
        None => then.mean.is_some(),
    });
    spread.five[0] = None;
    spread.five[4] = None;
    if n < minimum {
        *spread = Spread::default();
    } else if all_equal || is_dominated || grew_by_few {
        *spread = Spread {
            n: spread.n,
            ..Spread::default()
        };
    } else if n < minimum * 2 {
        spread.five = [None; 5];
    }
    spread.mean = spread.mean.map(|mean| rounded(mean, n));
    if is_few(i64::from(answered) - n, minimum) {
        // A mean in full would tell of how many: 3.2738 can only be of 84. One decimal fits any number of ten or more.
        spread.mean = spread
            .mean
            .filter(|_| n >= 10 + minimum)
            .map(|mean| (mean * 10.0).round() / 10.0);
        spread.n = None;
        spread.five = [None; 5];
    }
}

/// A meeting's counts: none of a question in which any number tells of too few, or all answered the same.
fn protect_meeting(meeting: &mut Meeting, minimum: i64) {
    let is_few = |number: i64| is_few(number, minimum);
    let participants = meeting.participants.map(i64::from);
    let is_small = participants.is_some_and(is_few);
    if is_small {
        meeting.participants = None;
    }
    meeting.counts.retain(|(_, rows)| {
        let tells = rows.iter().any(|row| {
            let sum: i64 = row.iter().copied().map(i64::from).sum();
            let all_same = row.iter().filter(|count| **count > 0).count() == 1;
            all_same
                || row.iter().any(|count| is_few(i64::from(*count)))
                || participants.is_some_and(|all| is_few(all - sum))
        });
        !is_small && !tells
    });
}

/// All tables of counts of a question, those of its breakdowns too.
fn tallies(question: &mut QuestionResult) -> impl Iterator<Item = &mut Tally> {
    let everyone: Vec<&mut Tally> = match &mut question.detail {
        Detail::Options(tally) => vec![tally],
        Detail::Rows(rows) => rows.iter_mut().collect(),
        Detail::Directions(items) => items.iter_mut().map(|item| &mut item.tally).collect(),
        Detail::Text { .. } | Detail::Ranking(_) | Detail::Spreads(_) | Detail::Withheld => Vec::new(),
    };
    let groups = question
        .breakdowns
        .iter_mut()
        .flat_map(|breakdown| &mut breakdown.groups);
    everyone.into_iter().chain(groups.flatten())
}
