//! The day a site is built for, and the moment a preview begins.
//!
//! Takes the argument of the command line, else `SOURCE_DATE_EPOCH`, else the clock; the only module that looks at either.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the clock and the environment are looked at"
)]

use crate::finding::{OrFail, Result, message};
use jiff::civil::Date;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Now, to the second in UTC; the day given, else that of `SOURCE_DATE_EPOCH`, as a day.
///
/// # Errors
/// When the day or the variable cannot be read as what it should be.
pub fn moment(given: Option<&str>) -> Result<String> {
    if given.is_some() || std::env::var_os("SOURCE_DATE_EPOCH").is_some() {
        return Ok(today(given)?.to_string());
    }
    let now = jiff::Timestamp::from_second(seconds()).or_fail(message::clock_outside)?;
    Ok(now.to_string())
}

/// Today: the day given, else that of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC), else the clock's.
///
/// # Errors
/// When the day or the variable cannot be read as what it should be.
pub fn today(given: Option<&str>) -> Result<Date> {
    if let Some(written) = given {
        return written.parse().ok().or_fail(|| message::not_a_day(written));
    }
    let seconds = if let Ok(written) = std::env::var("SOURCE_DATE_EPOCH") {
        written
            .trim()
            .parse::<i64>()
            .ok()
            .or_fail(|| message::epoch_no_number(&written))?
    } else {
        seconds()
    };
    let moment = jiff::Timestamp::from_second(seconds).or_fail(message::epoch_outside)?;
    Ok(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// Milliseconds since 1970 by the machine's clock: larger for a later run.
#[must_use]
pub fn started() -> u64 {
    u64::try_from(since_1970().as_millis()).unwrap_or(u64::MAX)
}

/// Seconds since 1970 by the machine's clock.
#[must_use]
pub fn seconds() -> i64 {
    i64::try_from(since_1970().as_secs()).unwrap_or(i64::MAX)
}

fn since_1970() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}
