//! Net and polarisation of an item of a direction question: more of it, as today, or less.
//!
//! Takes the counts of an item; gives the measures beside them. Items are not sorted here.

use super::results::{Count, Direction, Tally};

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
