//! Net and polarisation of an item of a direction question: more of it, as today, or less.
//!
//! Takes the counts of an item; gives the measures beside them. Items are not sorted here.

use super::results::{Count, Direction, Tally};
use std::cmp::Reverse;

/// Net is up minus down. An item divides the respondents when up and down each have at least a quarter of those who
/// chose.
pub(super) fn direction(tally: Tally) -> Direction {
    let count = |position: usize| tally.options.get(position).copied().and_then(Count::shown);
    let (Some(up), Some(down), Some(n)) = (count(0), count(2), tally.n.shown()) else {
        return Direction {
            tally,
            net: None,
            polarised: false,
        };
    };
    let quarter = |count: u32| n > 0 && u64::from(count) * 4 >= u64::from(n);
    Direction {
        net: Some(i64::from(up) - i64::from(down)),
        polarised: quarter(up) && quarter(down),
        tally,
    }
}

impl Direction {
    /// What items are sorted by: the highest net first; of equals the one that fewer want down.
    #[must_use]
    pub fn rank(&self) -> impl Ord + use<> {
        let down = self.tally.options.get(2).and_then(|count| count.shown());
        (Reverse(self.net), down)
    }

    /// How far those who chose agree: divided by the rule of [`Direction::polarised`], in agreement when three in four of at
    /// least two chose the same, and else neither.
    #[must_use]
    pub fn agreement(&self) -> &'static str {
        let counts = self.tally.options.iter().filter_map(|count| count.shown());
        let counts: Vec<u64> = counts.map(u64::from).collect();
        let (all, most) = (counts.iter().sum::<u64>(), counts.iter().max().copied().unwrap_or(0));
        if all < 2 {
            "too_few"
        } else if self.polarised {
            "divided"
        } else if most * 4 >= all * 3 {
            "agreed"
        } else {
            "mixed"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn direction_of(up: u32, same: u32, down: u32) -> Direction {
        let options = [up, same, down].map(Count::Shown).to_vec();
        let n = Count::Shown(up + same + down);
        direction(Tally {
            options,
            other: None,
            no_opinion: None,
            unanswered: Count::Shown(0),
            n,
            weighted: None,
        })
    }

    #[test]
    fn net_is_up_minus_down() {
        assert_eq!(direction_of(2, 1, 6).net, Some(-4));
    }

    #[test]
    fn a_quarter_on_each_side_divides() {
        assert!(direction_of(3, 6, 3).polarised, "3 of 12 is a quarter");
        assert!(!direction_of(3, 7, 3).polarised, "3 of 13 is less");
        assert!(!direction_of(9, 1, 2).polarised && !direction_of(0, 0, 0).polarised);
    }

    #[test]
    fn what_is_hidden_has_no_net() {
        let mut tally = direction_of(3, 6, 3).tally;
        tally.options[1] = Count::Hidden;
        assert_eq!(direction(tally.clone()).net, Some(0));
        tally.options[0] = Count::Hidden;
        assert_eq!(direction(tally).net, None);
    }
}
