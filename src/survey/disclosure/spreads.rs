//! Disclosure control of points and numbers: means, medians and quartiles that tell of nobody in particular.
//!
//! Takes the spread of an item's numbers as counted, with extremes; leaves of it what tells neither of one respondent nor of too
//! few. A mean gives one away who gave more than all others together, or less, and so does the difference of two means.

use super::Release;
use super::primary_suppression::is_few;
use crate::model::{Consultation, QuestionKind};
use crate::survey::{Counted, Detail, Spread};

/// What can be answered with a number, and what may be told of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The least that can be answered; `None`: anything.
    least: Option<f64>,
    /// The most.
    most: Option<f64>,
    /// Whether it is one of several items among which points are shared out.
    pub(super) are_shared: bool,
    minimum: i64,
    /// How many answered the consultation.
    answered: i64,
}

impl Limits {
    pub(super) fn of(consultation: &Consultation, question: &str, minimum: i64, answered: u32) -> Limits {
        let kind = consultation
            .questionnaire
            .question(question)
            .map(|(_, question)| &question.kind);
        #[expect(clippy::cast_precision_loss, reason = "points to share out are few")]
        let (least, most) = match kind {
            Some(QuestionKind::Points { total, .. }) => (Some(0.0), Some(*total as f64)),
            Some(QuestionKind::Number { least, most, .. }) => (*least, *most),
            _ => (None, None),
        };
        Limits {
            least,
            most,
            are_shared: matches!(kind, Some(QuestionKind::Points { .. })),
            minimum,
            answered: i64::from(answered),
        }
    }
}

/// What is known of some respondents' numbers: how many, their sum, the least and the most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    n: f64,
    sum: f64,
    least: f64,
    most: f64,
}

impl Numbers {
    fn of(spread: &Spread) -> Option<Numbers> {
        let n = f64::from(spread.n?);
        let [least, .., most] = spread.five;
        Some(Numbers {
            n,
            sum: spread.mean? * n,
            least: least?,
            most: most?,
        })
    }

    fn and(self, other: Numbers) -> Numbers {
        Numbers {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    /// Whether a mean would tell of one respondent, or of too few: of one who gave more than all others together, reckoned from
    /// the least or from the most that can be answered, or of so few that gave anything else than that.
    pub(super) fn tells_of_one(self, limits: &Limits) -> bool {
        let is_natural = self.least >= 0.0;
        let least = limits.least.or(is_natural.then_some(0.0));
        let from_least = least.map(|least| (self.sum - least * self.n, self.most - least));
        let from_most = limits.most.map(|most| (most * self.n - self.sum, most - self.least));
        #[expect(clippy::cast_precision_loss, reason = "a number of respondents")]
        let few = if limits.most.is_some() {
            limits.minimum as f64
        } else {
            0.0
        };
        let tells = |(all, one): (f64, f64)| one > 0.0 && (one * 2.0 > all || all < few);
        from_least.is_some_and(tells) || from_most.is_some_and(tells)
    }
}

/// The numbers of those who have answered since each earlier publication that told of the item at this position.
pub(super) fn new_groups(truth: &Counted, earlier: &[Release], question: &str, at: usize) -> Vec<Numbers> {
    let spread = |counted: &Counted| {
        let result = counted.questions.iter().find(|result| result.question == question)?;
        match &result.detail {
            Detail::Spreads(spreads) => spreads.get(at).and_then(Numbers::of),
            _ => None,
        }
    };
    let distinct = earlier.iter().filter(|earlier| !earlier.stands).enumerate();
    let new = |(position, _): (usize, &Release)| {
        let cohorts = truth
            .basis
            .cohorts
            .iter()
            .filter(|cohort| !cohort.earlier.contains(&position));
        cohorts
            .filter_map(|cohort| spread(&cohort.counted))
            .reduce(Numbers::and)
    };
    let told = |release: &Release| {
        let mut results = release.questions.iter().filter(|result| result.question == question);
        results.any(|result| matches!(&result.detail, Detail::Spreads(all) if all.get(at).is_some_and(|spread| spread.mean.is_some())))
    };
    distinct.filter(|(_, release)| told(release)).filter_map(new).collect()
}

/// Numbers given by persons: nothing of fewer than the minimum, the median of twice as many, quartiles where each quarter is as
/// many, never an extreme. `hides`: whether the mean, and whether median and quartiles are hidden for other reasons.
pub(super) fn protect_spread<'a>(
    spread: &mut Spread,
    limits: &Limits,
    hides: [bool; 2],
    mut earlier: impl Iterator<Item = &'a Spread>,
) {
    let minimum = limits.minimum;
    let n = spread.n.map_or(0, i64::from);
    let numbers = Numbers::of(spread);
    let all_equal = numbers.is_some_and(|numbers| {
        let are_nothing = limits.most.is_some() && numbers.most <= 0.0;
        numbers.least >= numbers.most && !are_nothing
    });
    let tells = numbers.is_some_and(|numbers| numbers.tells_of_one(limits));
    let grew_by_few = earlier.any(|then| match then.n {
        Some(then) => is_few(n - i64::from(then), minimum),
        None => then.mean.is_some(),
    });
    let [hides_mean, hides_quartiles] = hides;
    spread.five[0] = None;
    spread.five[4] = None;
    if n < minimum {
        *spread = Spread::default();
    } else if all_equal || tells || grew_by_few || hides_mean {
        *spread = Spread {
            n: spread.n,
            ..Spread::default()
        };
    } else if n < minimum * 2 || hides_quartiles {
        spread.five = [None; 5];
    } else if n < minimum * 4 {
        (spread.five[1], spread.five[3]) = (None, None);
    }
    spread.mean = spread.mean.map(|mean| rounded(mean, n));
    spread.five = spread.five.map(|number| number.map(|number| rounded(number, n)));
    if is_few(limits.answered - n, minimum) {
        // A mean in full would tell of how many: 3.2738 can only be of 84. One decimal fits any number of ten or more.
        spread.mean = spread
            .mean
            .filter(|_| n >= 10 + minimum)
            .map(|mean| (mean * 10.0).round() / 10.0);
        spread.n = None;
        spread.five = [None; 5];
    }
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

#[cfg(test)]
mod tests {
    use super::super::{Release, protect};
    use super::*;
    use crate::model::{Answer, Response};
    use crate::survey::example::{CLOSED, NUMBER, POINTS, count, persons, response};

    /// What is published of these persons' numbers and points for the first of two items.
    fn published(numbers: &[(f64, f64)]) -> Release {
        let person = |(at, (number, points)): (u32, &(f64, f64))| -> Response {
            let answers = vec![
                (NUMBER, Answer::Number(*number)),
                (POINTS, Answer::Points(vec![*points, 10.0 - points])),
            ];
            response(&format!("p{at}"), at, answers)
        };
        let responses = (0..).zip(numbers).map(person).collect();
        protect(count(persons(3, None), responses, CLOSED), &persons(3, None), &[])
    }

    fn spreads(release: &Release, question: usize) -> &[Spread] {
        let Detail::Spreads(spreads) = &release.questions[question].detail else {
            panic!("spreads")
        };
        spreads
    }

    #[test]
    fn a_mean_that_is_mostly_one_respondents_is_hidden() {
        let mut numbers = [(1.0, 5.0); 9];
        assert_eq!(spreads(&published(&numbers), NUMBER)[0].mean, None, "all the same");
        numbers[1].0 = 2.0;
        assert_eq!(spreads(&published(&numbers), NUMBER)[0].mean, Some(1.0));
        numbers[0].0 = 300.0;
        assert_eq!(spreads(&published(&numbers), NUMBER)[0].mean, None);
    }

    #[test]
    fn points_of_all_items_go_with_those_of_one() {
        let mut numbers = [(1.0, 0.0); 9];
        numbers[0].1 = 2.0;
        let release = published(&numbers);
        assert!(spreads(&release, POINTS).iter().all(|spread| spread.mean.is_none()));
    }

    #[test]
    fn a_quarter_is_as_many_as_the_minimum() {
        let numbers: Vec<(f64, f64)> = (0..12).map(|at| (f64::from(at), 5.0)).collect();
        let five = |many: usize| {
            spreads(&published(&numbers[..many]), NUMBER)[0]
                .five
                .map(|number| number.is_some())
        };
        assert_eq!(five(5), [false; 5]);
        assert_eq!(five(11), [false, false, true, false, false]);
        assert_eq!(five(12), [false, true, true, true, false]);
    }
}
