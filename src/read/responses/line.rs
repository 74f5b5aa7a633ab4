//! A line of the journal → a [`Response`].
//!
//! Takes JSON and the consultation; gives the response and whether it must wait for a ruling, or nothing after a finding.
//! The answers in it are [`super::answer`]'s; which of several lines hold is [`super`]'s.

use super::hands::{SurplusHands, participants, surplus_of_answer};
use super::{AnswerFault, FORMAT, JournalLine, TEST_ID, answer};
use crate::finding::message::{self, Key, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::{
    Body, Channel, Consultation, Dates, FormalDecision, Naming, Question, Questionnaire, Respondents, Response,
};
use crate::read::json::json_problem;
use crate::source::Origin;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

/// Reads lines of one consultation's journal.
pub(super) struct Reader<'a> {
    consultation: &'a Consultation,
    questions: Vec<&'a Question>,
    log: &'a Log,
}

/// Keys of responses that do not count before a person has accepted them, and why; the reasons are translated as messages.
const SET_ASIDE: [(&str, Key); 3] = [
    ("suspect", message::response_machine),
    ("unverified", message::response_no_code),
    ("untimed", message::response_untimed),
];

/// Who has sent a response.
#[derive(Default)]
struct Sender {
    /// The invited body, by id.
    body: Option<String>,
    /// The name of one that is not invited.
    uninvited: Option<String>,
    /// Whether it has given the name of an invited body instead of the code that was sent to it.
    has_no_code: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(consultation: &'a Consultation, log: &'a Log) -> Self {
        Self {
            consultation,
            questions: consultation.questionnaire.questions().collect(),
            log,
        }
    }

    pub(super) fn read(&self, line: &str, received: u32, origin: Origin) -> Option<JournalLine> {
        let refuse = |problem: Message| {
            self.log
                .add(Finding::new(Code::AnswersLine, origin.clone()).with_message("problem", problem));
            None
        };
        let object = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => object,
            Ok(_) => return refuse(message::no_object()),
            Err(error) => return refuse(json_problem(&error)),
        };
        if word(&object, "format") != FORMAT {
            return refuse(message::no_response());
        }
        if word(&object, "consultation") != self.consultation.id {
            return refuse(message::response_elsewhere());
        }
        let id = word(&object, "response").to_owned();
        if id.is_empty() {
            return refuse(message::response_no_id());
        }
        if id.starts_with(TEST_ID) {
            return None;
        }
        let submitted = word(&object, "submitted");
        let sent = moment(submitted);
        if sent.is_none() && !submitted.is_empty() {
            self.report_value(&origin, "submitted", &Value::from(submitted), &[]);
        }
        let version = match word(&object, "version") {
            "" => self.consultation.questionnaire.version.as_str(),
            version => version,
        };
        let answers = self.answers(&object, version, &origin);
        let untimely = sent.and_then(|(day, _)| untimely(&self.consultation.dates, day));
        let set_aside = SET_ASIDE
            .into_iter()
            .find(|(key, _)| object.contains_key(*key))
            .map(|(_, reason)| reason());
        for (question, _) in object.get("unmatched").and_then(Value::as_object).into_iter().flatten() {
            let finding = Finding::new(Code::AnswersUnmatched, origin.clone());
            self.log.add(finding.with("question", question));
        }
        let meeting = object.get("meeting").and_then(Value::as_object);
        let sender = self.sender(&object, &origin);
        let channel = self.channel(&object, &origin);
        let is_unproven = sender.has_no_code && matches!(channel, Channel::Form | Channel::File);
        let response = Response {
            id,
            version: version.to_owned(),
            channel,
            submitted: sent.map(|(day, _)| day),
            received,
            replaced: None,
            body: sender.body,
            decision: decision(&object),
            naming: self.naming(&object, &origin),
            meeting: meeting.map_or("", |meeting| word(meeting, "name")).to_owned(),
            meeting_date: meeting.map_or("", |meeting| word(meeting, "date")).to_owned(),
            participants: participants(&object),
            answers,
            origin,
        };
        Some(JournalLine {
            response,
            moment: sent.map(|(_, second)| second),
            set_aside: set_aside.or(is_unproven.then(message::response_no_code)).or(untimely),
            uninvited: sender.uninvited,
        })
    }

    fn answers(
        &self,
        object: &Map<String, Value>,
        version: &str,
        origin: &Origin,
    ) -> Vec<Option<crate::model::Answer>> {
        let mut answers = vec![None; self.questions.len()];
        let questionnaire = self.questionnaire(version);
        if questionnaire.is_none() {
            let finding = Finding::new(Code::AnswersVersion, origin.clone());
            let known = self
                .questionnaires()
                .map(|questionnaire| questionnaire.version.as_str());
            self.log.add(finding.near(version, known));
        }
        let mut faults = Vec::new();
        for (id, value) in object.get("answers").and_then(Value::as_object).into_iter().flatten() {
            let has_id = |question: &&Question| question.id == *id || question.formerly.contains(id);
            match self.questions.iter().position(has_id) {
                Some(at) => match surplus_of_answer(object, self.questions[at], value) {
                    Some(surplus) => self.log.add(too_many_hands(&surplus, origin.clone())),
                    None => answers[at] = answer::read(self.questions[at], value, &mut faults),
                },
                None => self.report_question(id, version, questionnaire, origin),
            }
        }
        for AnswerFault { question, value, known } in faults {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.report_value(origin, &question, &Value::from(value), &known);
        }
        answers
    }

    /// Today's questionnaire after all earlier versions of it.
    fn questionnaires(&self) -> impl Iterator<Item = &'a Questionnaire> {
        let now = &self.consultation.questionnaire;
        self.consultation.earlier.iter().chain([now])
    }

    fn questionnaire(&self, version: &str) -> Option<&'a Questionnaire> {
        self.questionnaires()
            .find(|questionnaire| questionnaire.version == version)
    }

    /// Reports a question that nobody asks today: one of an earlier version that is mapped to none of today's, or no question
    /// at all.
    fn report_question(&self, id: &str, version: &str, questionnaire: Option<&Questionnaire>, origin: &Origin) {
        let finding = Finding::new(Code::AnswersQuestion, origin.clone()).with("value", id);
        let was_asked = questionnaire.is_some_and(|questionnaire| questionnaire.question(id).is_some());
        self.log.add(if was_asked {
            finding.with("version", version)
        } else {
            finding.near(id, self.questions.iter().map(|question| question.id.as_str()))
        });
    }

    fn report_value(&self, origin: &Origin, question: &str, value: &Value, known: &[&str]) {
        let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        // The value itself is told to nobody: findings are printed in logs that many read.
        let finding = Finding::new(Code::AnswersValue, origin.clone()).with("question", question);
        self.log.add(finding.near(&value, known.iter().copied()));
    }

    /// The word under a key, of those in a vocabulary. One that is not there is reported.
    fn choice<T: Copy>(
        &self,
        object: &Map<String, Value>,
        key: &str,
        vocabulary: &[(&str, T)],
        origin: &Origin,
    ) -> Option<T> {
        let written = word(object, key);
        let choice = vocabulary.iter().find(|(name, _)| *name == written);
        if choice.is_none() && !written.is_empty() {
            let names: Vec<&str> = vocabulary.iter().map(|(name, _)| *name).collect();
            self.report_value(origin, key, &Value::from(written), &names);
        }
        choice.map(|(_, value)| *value)
    }

    fn channel(&self, object: &Map<String, Value>, origin: &Origin) -> Channel {
        let stated = self.choice(object, "channel", Channel::NAMES, origin);
        stated.unwrap_or(if object.contains_key("meeting") {
            Channel::Meeting
        } else {
            Channel::Form
        })
    }

    /// The invited body that answers, by id, or the name that another has written. Who writes the name of an invited body
    /// is that body, but has shown no code.
    fn sender(&self, object: &Map<String, Value>, origin: &Origin) -> Sender {
        let Some(respondent) = object.get("respondent").and_then(Value::as_object) else {
            return Sender::default();
        };
        let written = word(respondent, "body");
        let body = self.consultation.body(written).map(|body| body.id.clone());
        if body.is_none() && !written.is_empty() {
            let finding = Finding::new(Code::AnswersBody, origin.clone());
            let known = self.consultation.bodies().map(|body| body.id.as_str());
            self.log.add(finding.near(written, known));
        }
        let name = comparable(word(respondent, "other"));
        if body.is_some() || name.is_empty() || self.consultation.respondents == Respondents::Persons {
            return Sender {
                body,
                ..Sender::default()
            };
        }
        let is_called_so = |body: &&Body| body.name.all().any(|own| comparable(own) == name);
        let called_so = self.consultation.bodies().find(is_called_so);
        Sender {
            body: called_so.map(|body| body.id.clone()),
            uninvited: called_so.is_none().then_some(name),
            has_no_code: called_so.is_some() && self.consultation.channels.codes,
        }
    }

    /// The naming agreed to. An organisation that was not asked is shown as the publication's rule has it; a person is not.
    fn naming(&self, object: &Map<String, Value>, origin: &Origin) -> Naming {
        if word(object, "naming").is_empty() {
            return match self.consultation.respondents {
                Respondents::Bodies => Naming::Named,
                Respondents::Persons => Naming::Nothing,
            };
        }
        // Whoever wrote a word that cannot be read has agreed to nothing.
        self.choice(object, "naming", Naming::NAMES, origin)
            .unwrap_or(Naming::Nothing)
    }
}

/// More hands than people: nobody can tell here which number is wrong, so the counts of the question do not count.
fn too_many_hands(surplus: &SurplusHands, origin: Origin) -> Finding {
    Finding::new(Code::AnswersHands, origin)
        .with("question", &surplus.of)
        .with("count", surplus.hands)
        .with("total", surplus.present)
}

/// A name as it is compared: composed letters in lower case, single spaces, no punctuation.
fn comparable(name: &str) -> String {
    let letters = name.nfc().flat_map(char::to_lowercase);
    let words: String = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text under a key; empty when there is none.
fn word<'v>(object: &'v Map<String, Value>, key: &str) -> &'v str {
    object.get(key).and_then(Value::as_str).unwrap_or_default().trim()
}

fn decision(object: &Map<String, Value>) -> Option<FormalDecision> {
    let decision = object.get("decision")?.as_object()?;
    let [body, date, paragraph] = ["body", "date", "paragraph"].map(|key| word(decision, key).to_owned());
    let is_empty = body.is_empty() && date.is_empty() && paragraph.is_empty();
    (!is_empty).then_some(FormalDecision { body, date, paragraph })
}

/// Why a response of this day does not count unless a person accepts it; `None`: it could be answered that day.
fn untimely(dates: &Dates, day: Date) -> Option<Message> {
    if dates.opens.is_some_and(|first| day < first) {
        Some(message::response_early())
    } else if dates.closes.is_some_and(|last| day > last) || dates.withdrawn.as_ref().is_some_and(|end| day >= end.on) {
        Some(message::response_late())
    } else {
        let is_paused = dates.pauses.iter().any(|pause| pause.holds_on(day));
        is_paused.then(message::response_paused)
    }
}

/// The time of Sweden, in which the days of consultations begin and end: the rules of Europe/Stockholm since 1996.
const SWEDISH_TIME: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The moment of sending: the day it was in Sweden, and the second since 1970, for telling which came first. A time without
/// its zone is taken as Swedish.
pub(crate) fn moment(written: &str) -> Option<(Date, i64)> {
    let swedish = TimeZone::posix(SWEDISH_TIME).expect("a rule that the library reads");
    let zoned = if let Ok(moment) = written.parse::<Timestamp>() {
        moment.to_zoned(swedish)
    } else {
        let civil = written.parse().or_else(|_| written.parse::<Date>().map(DateTime::from));
        civil.ok()?.to_zoned(swedish).ok()?
    };
    Some((zoned.date(), zoned.timestamp().as_second()))
}

/// A second since 1970 as the journal writes it, and its day in Sweden; at the same time of another `day`, when one is given.
pub(crate) fn in_sweden(second: i64, day: Option<Date>) -> Option<(Date, String)> {
    let swedish = TimeZone::posix(SWEDISH_TIME).expect("a rule that the library reads");
    let now = Timestamp::from_second(second).ok()?.to_zoned(swedish);
    let zoned = match day {
        Some(day) => now.with().date(day).build().ok()?,
        None => now,
    };
    Some((zoned.date(), zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn moments_are_written_as_they_are_read() {
        let (day, written) = in_sweden(1_773_788_400, None).unwrap();
        assert_eq!(
            (day, written.as_str()),
            (date(2026, 3, 18), "2026-03-18T00:00:00+01:00")
        );
        assert_eq!(moment(&written), Some((day, 1_773_788_400)));
        let summer = in_sweden(1_773_788_400, Some(date(2026, 7, 1))).map(|(_, written)| written);
        assert_eq!(summer.as_deref(), Some("2026-07-01T00:00:00+02:00"));
    }

    #[test]
    fn the_day_is_that_of_sweden_whatever_the_offset() {
        let cases = [
            ("2026-03-18T00:30:00+02:00", date(2026, 3, 17)),
            ("2026-03-18T00:00:30+09:00", date(2026, 3, 17)),
            ("2026-03-17T23:30:00Z", date(2026, 3, 18)),
            ("2026-06-30T22:01:00Z", date(2026, 7, 1)),
            ("2026-03-17T23:00:00-05:00", date(2026, 3, 18)),
            ("2026-03-10T00:30:00+01:00", date(2026, 3, 10)),
            ("2026-03-10T00:30:00", date(2026, 3, 10)),
            ("2026-03-10 23:59", date(2026, 3, 10)),
            ("2026-03-10", date(2026, 3, 10)),
        ];
        for (written, day) in cases {
            assert_eq!(moment(written).map(|(day, _)| day), Some(day), "{written}");
        }
        assert_eq!(moment("10/3/2026"), None);
    }

    #[test]
    fn the_second_is_universal() {
        let second = |written| moment(written).map(|(_, second)| second);
        assert_eq!(second("2026-03-10T00:30:00+01:00"), second("2026-03-09T23:30:00Z"));
        assert_eq!(second("2026-07-10T00:30:00"), second("2026-07-09T22:30:00Z"));
    }
}
