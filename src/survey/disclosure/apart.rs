//! What cannot be hidden number by number: orders, means, quotes, meetings, and who has answered.
//!
//! Takes the results of persons; removes from them what could tell of too few by another way than a table of counts.

use super::rule::is_few;
use crate::survey::{
    Base, Count, Detail, Direction, Meeting, QuestionResult, QuotedBy, Ranking, Results, ShownQuote, Spread, Tally,
};

/// Removes what is never shown of persons, whatever the numbers.
pub(super) fn never(results: &mut Results, minimum: i64) {
    results.matrix = None;
    let Base {
        waiting,
        uninvited,
        groups,
        missing,
        population,
        answered,
        ..
    } = &mut results.base;
    missing.clear();
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
    for tally in results.questions.iter_mut().flat_map(tallies) {
        tally.weighted = None;
    }
    for quote in results.coded.iter_mut().flat_map(|coded| &mut coded.quotes) {
        quote.by = QuotedBy::Nobody;
    }
    results.meetings.iter_mut().for_each(|own| meeting(own, minimum));
}

/// Removes what tells of numbers that have been hidden, once they are.
pub(super) fn after(results: &mut Results, minimum: i64, earlier: &[Results]) {
    let answered = results.base.answered;
    for question in &mut results.questions {
        let before: Vec<&Detail> = earlier
            .iter()
            .flat_map(|results| &results.questions)
            .filter(|own| own.question == question.question)
            .map(|own| &own.detail)
            .collect();
        match &mut question.detail {
            Detail::Directions(items) => items.iter_mut().for_each(direction),
            Detail::Ranking(own) => {
                let small = own.n.shown().is_some_and(|n| i64::from(n) < minimum * 2);
                let before: Vec<&Ranking> = before
                    .iter()
                    .filter_map(|own| {
                        if let Detail::Ranking(own) = own {
                            Some(own)
                        } else {
                            None
                        }
                    })
                    .collect();
                if small {
                    question.detail = Detail::Withheld;
                } else {
                    ranking(own, minimum, &before);
                }
            }
            Detail::Spreads(spreads) => {
                for (at, own) in spreads.iter_mut().enumerate() {
                    let before: Vec<&Spread> = before
                        .iter()
                        .filter_map(|own| {
                            if let Detail::Spreads(own) = own {
                                own.get(at)
                            } else {
                                None
                            }
                        })
                        .collect();
                    spread(own, minimum, answered, &before);
                }
            }
            Detail::Options(_) | Detail::Rows(_) | Detail::Text { .. } | Detail::Withheld => {}
        }
    }
    if let Some(coded) = &mut results.coded {
        let told = |quote: &ShownQuote| {
            let question = coded.questions.iter().find(|own| own.question == quote.question);
            let count = question.and_then(|own| own.themes.iter().find(|(theme, _)| *theme == quote.theme));
            count.is_some_and(|(_, count)| count.shown().is_some())
        };
        let kept: Vec<ShownQuote> = coded.quotes.iter().filter(|quote| told(quote)).cloned().collect();
        coded.quotes = kept;
    }
}

/// Whether a ranking's counts may be shown: of each item's first, second or third, later, and unranked, none is too few,
/// nor has any of them grown by too few.
pub(super) fn is_ranking_safe(own: &Ranking, minimum: i64, earlier: &[&Ranking]) -> bool {
    let Some(now) = steps(own) else { return false };
    let safe = |number: i64| !is_few(number, minimum);
    now.iter().flatten().all(|number| safe(*number))
        && earlier.iter().filter_map(|ranking| steps(ranking)).all(|then| {
            now.iter()
                .flatten()
                .zip(then.iter().flatten())
                .all(|(now, then)| safe(now - then))
        })
}

/// By item: how many had it first, second or third, later, and not at all. `None`: hidden.
fn steps(ranking: &Ranking) -> Option<Vec<[i64; 4]>> {
    let n = i64::from(ranking.n.shown()?);
    let item = |first: Count, three: Count, ranked: Count| {
        let [first, three, ranked] = [first.shown()?, three.shown()?, ranked.shown()?].map(i64::from);
        Some([first, three - first, ranked - three, n - ranked])
    };
    ranking
        .items
        .iter()
        .map(|own| item(own.first, own.top_three, own.ranked))
        .collect()
}

fn ranking(own: &mut Ranking, minimum: i64, earlier: &[&Ranking]) {
    let safe = is_ranking_safe(own, minimum, earlier);
    for item in &mut own.items {
        item.borda = None;
        item.mean = None;
        if !safe {
            [item.first, item.top_three, item.ranked] = [Count::Hidden; 3];
        }
    }
    own.pairs.iter_mut().flatten().for_each(|pair| *pair = Count::Hidden);
    own.disagreements = None;
}

fn direction(own: &mut Direction) {
    let parts = own.tally.options.iter().chain([&own.tally.n]);
    let hidden = parts.clone().any(|count| *count == Count::Hidden);
    own.polarised &= !hidden;
    if own.tally.options.first() == Some(&Count::Hidden) || own.tally.options.last() == Some(&Count::Hidden) {
        own.net = None;
    }
}

/// Numbers given by persons: nothing of fewer than the minimum, quartiles of twice as many, never an extreme.
fn spread(own: &mut Spread, minimum: i64, answered: u32, earlier: &[&Spread]) {
    let n = own.n.map_or(0, i64::from);
    let [least, .., most] = own.five;
    let same = least.is_some() && least == most;
    let single = match (least, most, own.mean) {
        // One respondent who gave more than all others together.
        #[expect(clippy::cast_precision_loss, reason = "a number of respondents")]
        (Some(least), Some(most), Some(mean)) => least >= 0.0 && most > 0.0 && most * 2.0 > mean * n as f64,
        _ => false,
    };
    let grown = earlier.iter().any(|then| match then.n {
        Some(then) => is_few(n - i64::from(then), minimum),
        None => then.mean.is_some(),
    });
    own.five[0] = None;
    own.five[4] = None;
    if n < minimum {
        *own = Spread::default();
    } else if same || single || grown {
        *own = Spread {
            n: own.n,
            ..Spread::default()
        };
    } else if n < minimum * 2 {
        own.five = [None; 5];
    }
    if is_few(i64::from(answered) - n, minimum) {
        // A mean in full would tell of how many: 3.2738 can only be of 84. One decimal fits any number of ten or more.
        own.mean = own
            .mean
            .filter(|_| n >= 10 + minimum)
            .map(|mean| (mean * 10.0).round() / 10.0);
        own.n = None;
        own.five = [None; 5];
    }
}

/// A meeting's counts: none of a question in which any number tells of too few, or all said the same.
fn meeting(own: &mut Meeting, minimum: i64) {
    let few = |number: i64| is_few(number, minimum);
    let participants = own.participants.map(i64::from);
    let small = participants.is_some_and(few);
    if small {
        own.participants = None;
    }
    own.counts.retain(|(_, rows)| {
        let told = rows.iter().any(|row| {
            let sum: i64 = row.iter().copied().map(i64::from).sum();
            let one = row.iter().filter(|count| **count > 0).count() == 1;
            one || row.iter().any(|count| few(i64::from(*count))) || participants.is_some_and(|all| few(all - sum))
        });
        !small && !told
    });
}

fn tallies(question: &mut QuestionResult) -> Vec<&mut Tally> {
    let own: Vec<&mut Tally> = match &mut question.detail {
        Detail::Options(tally) => vec![tally],
        Detail::Rows(rows) => rows.iter_mut().collect(),
        Detail::Directions(items) => items.iter_mut().map(|item| &mut item.tally).collect(),
        Detail::Text { .. } | Detail::Ranking(_) | Detail::Spreads(_) | Detail::Withheld => Vec::new(),
    };
    own.into_iter()
        .chain(
            question
                .breakdowns
                .iter_mut()
                .flat_map(|own| own.groups.iter_mut().flatten()),
        )
        .collect()
}
