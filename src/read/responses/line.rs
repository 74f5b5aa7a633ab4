//! A line of the journal → a [`Response`].
//!
//! Takes JSON and the consultation; gives the response and whether it must wait for a ruling, or nothing after a finding.
//! The answers in it are [`super::answer`]'s; which of several lines hold is [`super`]'s.

use super::{AnswerFault, FORMAT, JournalLine, answer};
use crate::finding::message::{self, Key, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::{Channel, Consultation, FormalDecision, Naming, Question, Questionnaire, Respondents, Response};
use crate::source::Origin;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};

/// Reads lines of one consultation's journal.
pub(super) struct Reader<'a> {
    consultation: &'a Consultation,
    questions: Vec<&'a Question>,
    log: &'a Log,
}

/// Keys of responses that do not count before a person has accepted them, and why; the reasons are translated as messages.
const SET_ASIDE: [(&str, Key); 2] = [
    ("suspect", message::response_machine),
    ("unverified", message::response_no_code),
];

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
        let is_late = sent.is_some_and(|(day, _)| self.consultation.dates.closes.is_some_and(|last| day > last));
        let set_aside = SET_ASIDE
            .into_iter()
            .find(|(key, _)| object.contains_key(*key))
            .map(|(_, reason)| reason());
        for (question, _) in object.get("unmatched").and_then(Value::as_object).into_iter().flatten() {
            let finding = Finding::new(Code::AnswersUnmatched, origin.clone());
            self.log.add(finding.with("question", question));
        }
        let meeting = object.get("meeting").and_then(Value::as_object);
        let participants = meeting
            .and_then(|meeting| meeting.get("participants"))
            .and_then(Value::as_u64);
        let response = Response {
            id,
            version: version.to_owned(),
            channel: self.channel(&object, &origin),
            submitted: sent.map(|(day, _)| day),
            received,
            replaced: None,
            body: self.body(&object, &origin),
            decision: decision(&object),
            naming: self.naming(&object, &origin),
            meeting: meeting.map_or("", |meeting| word(meeting, "name")).to_owned(),
            meeting_date: meeting.map_or("", |meeting| word(meeting, "date")).to_owned(),
            participants: participants.and_then(|count| u32::try_from(count).ok()),
            answers,
            origin,
        };
        Some(JournalLine {
            response,
            moment: sent.map(|(_, second)| second),
            set_aside: set_aside.or_else(|| is_late.then(message::response_late)),
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
                Some(at) => answers[at] = answer::read(self.questions[at], value, &mut faults),
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

    fn body(&self, object: &Map<String, Value>, origin: &Origin) -> Option<String> {
        let written = word(object.get("respondent")?.as_object()?, "body");
        let body = self.consultation.body(written).map(|body| body.id.clone());
        if body.is_none() && !written.is_empty() {
            let finding = Finding::new(Code::AnswersBody, origin.clone());
            let known = self.consultation.bodies().map(|body| body.id.as_str());
            self.log.add(finding.near(written, known));
        }
        body
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

/// The moment of sending: the day as it was written, and the second since 1970, for telling which came first. A time without
/// its zone is taken as UTC.
pub(crate) fn moment(written: &str) -> Option<(Date, i64)> {
    let local = written.trim_end_matches(['Z', 'z']);
    let civil: DateTime = local
        .parse()
        .or_else(|_| local.parse::<Date>().map(DateTime::from))
        .ok()?;
    let second = written.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second);
    let unzoned = || {
        civil
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map_or(0, |zoned| zoned.timestamp().as_second())
    };
    Some((civil.date(), second.unwrap_or_else(|_| unzoned())))
}

/// The fault of a line that is no JSON.
fn json_problem(error: &serde_json::Error) -> Message {
    if error.is_eof() {
        message::text_cut_off()
    } else {
        message::text_no_json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_is_as_written_and_the_second_is_universal() {
        let late = moment("2026-03-10T00:30:00+01:00").unwrap();
        assert_eq!(late.0, date(2026, 3, 10));
        assert_eq!(late.1, moment("2026-03-09T23:30:00Z").unwrap().1);
        assert_eq!(moment("2026-03-10").unwrap().0, date(2026, 3, 10));
        assert_eq!(moment("10/3/2026"), None);
    }
}
