//! Whole numbers as they are typed.

use crate::finding::{Failure, message};
use std::fmt::Display;
use std::ops::RangeInclusive;

/// Reads a whole number within these bounds.
pub(super) fn whole_number<N>(bounds: RangeInclusive<N>) -> impl Fn(&str) -> Result<N, Failure> + Clone
where
    N: Copy + Display + PartialOrd + TryFrom<u64>,
{
    move |written| {
        if written.is_empty() || !written.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(message::no_number().into());
        }
        let number = written.parse().ok().and_then(|number: u64| N::try_from(number).ok());
        number
            .filter(|number| bounds.contains(number))
            .ok_or_else(|| message::not_between(written, bounds.start(), bounds.end()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_within_their_bounds() {
        let read = |written| whole_number(1..=2_u8)(written).map_err(|failure| failure.to_string());
        assert_eq!(read("2"), Ok(2));
        let outside = |written| Err(format!("{written} is not between 1 and 2"));
        assert_eq!(read("0"), outside("0"));
        assert_eq!(read("99999999999999999999"), outside("99999999999999999999"));
        for written in ["", "-1", "two", "1.5"] {
            assert_eq!(read(written), Err("it is not a whole number".to_owned()));
        }
    }
}
