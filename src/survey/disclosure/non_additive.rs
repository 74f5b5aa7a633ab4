//! Disclosure control of what is not additive: orders, means, quotes, meetings, and who has answered.
//!
//! Suppression works on counts and the sums between them. Takes what has been counted of persons; removes from it all
//! else that could tell of too few.

use super::primary_suppression::is_few;
use super::spreads::{Limits, new_groups, protect_spread};
use super::{Release, changed, minimum};
use crate::model::Consultation;
use crate::survey::results::{Basis, Trace};
use crate::survey::{Base, Count, Counted, Detail, Direction, Meeting, QuestionResult, QuotedBy, Ranking, Tally};

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
    if counted.interim && is_few(i64::from(*waiting), minimum) {
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

/// Removes what depends on counts, once those have been suppressed. `truth`: what was counted.
pub(super) fn remove_dependent(
    counted: &mut Counted,
    truth: &Counted,
    consultation: &Consultation,
    earlier: &[Release],
) {
    let minimum = minimum(consultation);
    let (answered, interim) = (counted.base.answered, counted.interim);
    for (question, whole) in counted.questions.iter_mut().zip(&truth.questions) {
        let id = question.question.as_str();
        if earlier
            .iter()
            .any(|earlier| is_few(count_changed(earlier, &truth.basis, id), minimum))
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
                // A hidden number may be one of few.
                let is_large = matches!(&whole.detail, Detail::Ranking(Ranking { n: Count::Shown(n), .. }) if i64::from(*n) >= minimum * 2);
                if !is_large {
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
                let limits = Limits::of(consultation, id, minimum, answered);
                let has_changed = earlier
                    .iter()
                    .any(|earlier| count_changed(earlier, &truth.basis, id) > 0);
                for (at, spread) in spreads.iter_mut().enumerate() {
                    let spreads = before().filter_map(|detail| match detail {
                        Detail::Spreads(spreads) => spreads.get(at),
                        _ => None,
                    });
                    let hides_mean = new_groups(truth, earlier, id, at)
                        .iter()
                        .any(|new| new.tells_of_one(&limits));
                    let hides_quartiles = interim || has_changed && spreads.clone().any(|then| then.five[2].is_some());
                    protect_spread(spread, &limits, [hides_mean, hides_quartiles], spreads);
                }
                if limits.are_shared && spreads.iter().any(|spread| spread.mean.is_none()) {
                    // The means of all items are together the points that each shares out.
                    for spread in spreads {
                        (spread.mean, spread.five) = (None, [None; 5]);
                    }
                }
            }
            Detail::Options(_) | Detail::Rows(_) | Detail::Text { .. } | Detail::Withheld => {}
        }
    }
    let meetings = counted.meetings.clone();
    for meeting in &mut counted.meetings {
        let gone = earlier.iter().flat_map(|earlier| &earlier.meetings);
        for then in gone.filter(|then| !meetings.contains(then)) {
            protect_corrected(meeting, then, minimum);
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

/// How many have answered a question, or answered it otherwise, or no longer, since an earlier publication that showed of it
/// what is no count; 0 where it showed nothing.
fn count_changed(earlier: &Release, now: &Basis, question: &str) -> i64 {
    let mut questions = earlier.questions.iter();
    let is_shown = |detail: &Detail| matches!(detail, Detail::Ranking(_) | Detail::Spreads(_));
    if !questions.any(|result| result.question == question && is_shown(&result.detail)) {
        return 0;
    }
    let answer = |trace: Option<&Trace>| trace.and_then(|trace| trace.answers.get(question).cloned());
    let changed = changed(&earlier.truth().basis, now)
        .into_values()
        .filter(|both| answer(both[0]) != answer(both[1]));
    i64::try_from(changed.count()).unwrap_or(i64::MAX)
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

/// A meeting whose record may be that of another that was published and is there no more: no counts of a question in which
/// the difference tells of too few.
fn protect_corrected(meeting: &mut Meeting, then: &Meeting, minimum: i64) {
    let differs_by_few = |now: u32, then: u32| is_few(i64::from(now) - i64::from(then), minimum);
    let participants = meeting.participants.zip(then.participants);
    let participants_differ = participants.is_some_and(|(now, then)| differs_by_few(now, then));
    meeting.counts.retain(|(question, rows)| {
        let mut before = then.counts.iter().filter(|(other, _)| other == question);
        !before.any(|(_, before)| {
            let mut pairs = rows.iter().flatten().zip(before.iter().flatten());
            participants_differ || pairs.any(|(now, then)| differs_by_few(*now, *then))
        })
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
