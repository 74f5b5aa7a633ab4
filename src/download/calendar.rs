//! A consultation's last day as a calendar file (iCalendar, RFC 5545).
//!
//! Takes a day and words; gives an event that lasts the whole day, with a reminder a week before. The file's time stamp is a
//! day of the data, so that the same input gives the same file; a moved day is a new version of the same event.

use crate::download::atom::authority;
use crate::model::Consultation;
use crate::page::context::PageContext;
use jiff::civil::Date;

/// An event that lasts a whole day.
#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    /// Permanent id.
    uid: String,
    /// How many times the day has been moved.
    sequence: usize,
    /// The day on which it was last decided; the time stamp of the file.
    decided: Date,
    day: Date,
    /// Title of the event.
    summary: String,
    /// Description of the consultation; may be empty.
    description: String,
    /// Absolute address of the page; `None` when it is not known.
    url: Option<String>,
    /// Language code.
    language: String,
}

/// Octets that a line may have.
const LINE: usize = 75;

/// The last day to answer; nothing where there is none, and for constructed consultations.
pub(crate) fn deadline(page: PageContext<'_>, consultation: &Consultation) -> Option<Deadline> {
    let dates = &consultation.dates;
    let day = dates.closes.filter(|_| !consultation.sample)?;
    let code = page.code();
    let last_move = dates.extensions.iter().filter_map(|extension| extension.on).max();
    let base_url = page.report.base_url;
    Some(Deadline {
        uid: format!("{}@{}", consultation.id, authority(&page.site.settings)),
        sequence: dates.extensions.len(),
        decided: last_move.or(dates.opens).unwrap_or(day),
        day,
        summary: page.fill(
            "consultation.calendar_summary",
            &[("title", consultation.title.in_language(code))],
        ),
        description: consultation.description.in_language(code).to_owned(),
        url: (!base_url.is_empty()).then(|| format!("{base_url}{}", page.route())),
        language: code.to_owned(),
    })
}

/// The event as a file.
pub(crate) fn calendar(event: &Deadline) -> String {
    let day = |date: Date| date.strftime("%Y%m%d").to_string();
    let end = event.day.tomorrow().unwrap_or(event.day);
    let text = |name: &str, text: &str| format!("{name};LANGUAGE={}:{}", event.language, escape(text));
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Utsikt//Utsikt//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", event.uid),
        format!("DTSTAMP:{}T000000Z", day(event.decided)),
        format!("SEQUENCE:{}", event.sequence),
        format!("DTSTART;VALUE=DATE:{}", day(event.day)),
        format!("DTEND;VALUE=DATE:{}", day(end)),
        "TRANSP:TRANSPARENT".to_owned(),
        text("SUMMARY", &event.summary),
    ];
    if !event.description.is_empty() {
        lines.push(text("DESCRIPTION", &event.description));
    }
    lines.extend(event.url.iter().map(|url| format!("URL:{url}")));
    lines.extend([
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        text("DESCRIPTION", &event.summary),
        "TRIGGER:-P7D".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ]);
    lines.iter().map(|line| fold(line)).collect()
}

/// Text as the value of a property: reserved marks escaped, control characters removed.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line of at most 75 octets, continued on lines that begin with a space; characters are kept whole.
fn fold(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::{Deadline, calendar, escape, fold};
    use jiff::civil::date;

    #[test]
    fn lines_are_folded_between_characters() {
        let line = format!("SUMMARY:{}", "å".repeat(100));
        let lines = fold(&line);
        assert!(lines.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(lines.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a, b; c\\\nd\u{7}"), "a\\, b\\; c\\\\\\nd");
    }

    #[test]
    fn the_day_is_whole_and_the_stamp_is_of_the_data() {
        let file = calendar(&Deadline {
            uid: "a@example.se".to_owned(),
            sequence: 1,
            decided: date(2026, 2, 27),
            day: date(2026, 3, 31),
            summary: "Sista dag".to_owned(),
            description: String::new(),
            url: None,
            language: "sv".to_owned(),
        });
        for line in [
            "DTSTART;VALUE=DATE:20260331",
            "DTEND;VALUE=DATE:20260401",
            "DTSTAMP:20260227T000000Z",
            "TRIGGER:-P7D",
        ] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}");
        }
    }
}
