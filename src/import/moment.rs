//! Times as survey tools write them → ISO 8601.

use crate::model::DateOrder;
use jiff::civil::{Date, DateTime, Time};

/// The time as `2026-03-17T14:32:00`; as it was written when that is ISO already. `None`: it cannot be told for sure, such
/// as which of 8/9 is the month.
pub(super) fn iso(written: &str, order: Option<DateOrder>) -> Option<String> {
    let written = written.trim();
    if crate::read::moment(written).is_some() {
        return Some(written.to_owned());
    }
    let mut parts = written
        .split([' ', '\u{a0}', '\u{202f}', 'T'])
        .filter(|part| !part.is_empty());
    let date = date(parts.next()?.trim_end_matches(','), order)?;
    let mut time = Time::midnight();
    for part in parts {
        match part.trim_matches('.').to_lowercase().as_str() {
            // The zone that Google Forms appends is the form's own; kl. is Swedish for o'clock.
            "pm" | "p.m" | "em" | "e.m" if time.hour() < 12 => {
                time = time.checked_add(jiff::Span::new().hours(12)).ok()?;
            }
            "am" | "a.m" | "fm" | "f.m" if time.hour() == 12 => {
                time = time.checked_sub(jiff::Span::new().hours(12)).ok()?;
            }
            part if part.starts_with(|c: char| c.is_ascii_digit()) => time = clock(part)?,
            _ => {}
        }
    }
    Some(DateTime::from_parts(date, time).to_string())
}

fn date(written: &str, order: Option<DateOrder>) -> Option<Date> {
    let mut parts = written.split(['/', '.', '-']);
    let mut number = || parts.next()?.parse::<i16>().ok();
    let (first, second, third) = (number()?, number()?, number()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = if first > 31 {
        (first, second, third)
    } else {
        let order = match order {
            Some(order) => order,
            None if first > 12 => DateOrder::DayFirst,
            None if second > 12 => DateOrder::MonthFirst,
            None => return None,
        };
        let year = if third < 100 { 2000 + third } else { third };
        match order {
            DateOrder::DayFirst => (year, second, first),
            DateOrder::MonthFirst => (year, first, second),
        }
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn clock(written: &str) -> Option<Time> {
    let mut parts = written.split([':', '.']).map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    Time::new(hour, minute, parts.next().unwrap_or(Some(0))?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_write_is_read() {
        let us = Some(DateOrder::MonthFirst);
        assert_eq!(iso("8/9/25 12:51:45", us).as_deref(), Some("2025-08-09T12:51:45"));
        assert_eq!(iso("8/20/25 12:51:45", None).as_deref(), Some("2025-08-20T12:51:45"));
        assert_eq!(iso("17.3.2026 kl. 14.32", None).as_deref(), Some("2026-03-17T14:32:00"));
        assert_eq!(
            iso("2026/03/17 2:32:05 em CET", None).as_deref(),
            Some("2026-03-17T14:32:05")
        );
        assert_eq!(iso("2026-03-17 14:32:05", None).as_deref(), Some("2026-03-17 14:32:05"));
        assert_eq!(
            iso("2026/03/17 12:00:00 AM", None).as_deref(),
            Some("2026-03-17T00:00:00")
        );
    }

    #[test]
    fn what_could_be_two_days_is_not_guessed() {
        assert_eq!(iso("8/9/2026", None), None);
        assert_eq!(iso("i går", None), None);
        assert_eq!(iso("31/2/2026", None), None);
    }
}
