//! A line of the journal → a [`Response`].

use super::{FORMAT, Fault, Read, answer};
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

/// Keys of responses that do not count before a human has accepted them, and why.
const ASIDE: [(&str, Key); 2] = [
    ("suspect", message::response_machine),
    ("unverified", message::response_no_code),
];

impl<'a> Reader<'a> {
    pub(super) fn of(consultation: &'a Consultation, log: &'a Log) -> Self {
        Self {
            consultation,
            questions: consultation.questionnaire.questions().collect(),
            log,
        }
    }

    pub(super) fn read(&self, line: &str, received: u32, origin: Origin) -> Option<Read> {
        let refuse = |problem: Message| {
            self.log
                .add(Finding::new(Code::AnswersLine, origin.clone()).with_message("problem", problem));
            None
        };
        let said = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(said)) => said,
            Ok(_) => return refuse(message::no_object()),
            Err(error) => return refuse(json_problem(&error)),
        };
        if word(&said, "format") != FORMAT {
            return refuse(message::no_response());
        }
        if word(&said, "consultation") != self.consultation.id {
            return refuse(message::response_elsewhere());
        }
        let id = word(&said, "response").to_owned();
        if id.is_empty() {
            return refuse(message::response_no_id());
        }
        let written = word(&said, "submitted");
        let sent = moment(written);
        if sent.is_none() && !written.is_empty() {
            self.tell(&origin, "submitted", &Value::from(written), &[]);
        }
        let version = word(&said, "version");
        let version = if version.is_empty() {
            &self.consultation.questionnaire.version
        } else {
            version
        };
        let answers = self.answers(&said, version, &origin);
        let late = sent.is_some_and(|(day, _)| self.consultation.dates.closes.is_some_and(|last| day > last));
        let aside = ASIDE
            .into_iter()
            .find(|(key, _)| said.contains_key(*key))
            .map(|(_, reason)| reason());
        for (question, value) in said.get("unmatched").and_then(Value::as_object).into_iter().flatten() {
            let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
            let finding = Finding::new(Code::AnswersUnmatched, origin.clone());
            self.log.add(finding.with("question", question).with("value", value));
        }
        let meeting = said.get("meeting").and_then(Value::as_object);
        let participants = meeting
            .and_then(|meeting| meeting.get("participants"))
            .and_then(Value::as_u64);
        let response = Response {
            id,
            version: version.to_owned(),
            channel: self.channel(&said, &origin),
            submitted: sent.map(|(day, _)| day),
            received,
            replaced: None,
            body: self.body(&said, &origin),
            decision: decision(&said),
            naming: self.naming(&said, &origin),
            meeting: meeting.map_or("", |meeting| word(meeting, "name")).to_owned(),
            meeting_date: meeting.map_or("", |meeting| word(meeting, "date")).to_owned(),
            participants: participants.and_then(|count| u32::try_from(count).ok()),
            answers,
            origin,
        };
        Some(Read {
            response,
            moment: sent.map(|(_, second)| second),
            aside: aside.or_else(|| late.then(message::response_late)),
        })
    }

    fn answers(&self, said: &Map<String, Value>, version: &str, origin: &Origin) -> Vec<Option<crate::model::Answer>> {
        let mut found = vec![None; self.questions.len()];
        let asked = self.asked(version);
        if asked.is_none() {
            let finding = Finding::new(Code::AnswersVersion, origin.clone()).with("value", version);
            let own = &self.consultation.questionnaire.version;
            let known = self
                .consultation
                .earlier
                .iter()
                .map(|it| it.version.as_str())
                .chain([own.as_str()]);
            self.log.add(finding.near(version, known));
        }
        let mut faults = Vec::new();
        for (id, value) in said.get("answers").and_then(Value::as_object).into_iter().flatten() {
            let own = |question: &&Question| question.id == *id || question.formerly.contains(id);
            match self.questions.iter().position(own) {
                Some(at) => found[at] = answer::read(self.questions[at], value, &mut faults),
                None => self.unknown(id, version, asked, origin),
            }
        }
        for Fault { question, value, known } in faults {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.tell(origin, &question, &Value::from(value), &known);
        }
        found
    }

    /// The questionnaire of this version.
    fn asked(&self, version: &str) -> Option<&'a Questionnaire> {
        let all = self
            .consultation
            .earlier
            .iter()
            .chain([&self.consultation.questionnaire]);
        all.into_iter().find(|own| own.version == version)
    }

    /// A question that nobody asks now: one of an earlier version that is mapped to none of today's, or no question at all.
    fn unknown(&self, id: &str, version: &str, asked: Option<&Questionnaire>, origin: &Origin) {
        let finding = Finding::new(Code::AnswersQuestion, origin.clone()).with("value", id);
        let was_asked = asked.is_some_and(|own| own.question(id).is_some());
        self.log.add(if was_asked {
            finding.with("version", version)
        } else {
            finding.near(id, self.questions.iter().map(|question| question.id.as_str()))
        });
    }

    fn tell(&self, origin: &Origin, question: &str, value: &Value, known: &[&str]) {
        let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        let finding = Finding::new(Code::AnswersValue, origin.clone())
            .with("question", question)
            .with("value", &value);
        self.log.add(finding.near(&value, known.iter().copied()));
    }

    fn channel(&self, said: &Map<String, Value>, origin: &Origin) -> Channel {
        let written = word(said, "channel");
        let found = Channel::NAMES
            .iter()
            .find(|(name, _)| *name == written)
            .map(|(_, channel)| *channel);
        if found.is_none() && !written.is_empty() {
            let names: Vec<&str> = Channel::NAMES.iter().map(|(name, _)| *name).collect();
            self.tell(origin, "channel", &Value::from(written), &names);
        }
        found.unwrap_or(if said.contains_key("meeting") {
            Channel::Meeting
        } else {
            Channel::Form
        })
    }

    fn body(&self, said: &Map<String, Value>, origin: &Origin) -> Option<String> {
        let written = said
            .get("respondent")?
            .as_object()
            .map(|respondent| word(respondent, "body"))?;
        let found = self.consultation.body(written).map(|body| body.id.clone());
        if found.is_none() && !written.is_empty() {
            let finding = Finding::new(Code::AnswersBody, origin.clone()).with("value", written);
            self.log
                .add(finding.near(written, self.consultation.bodies().map(|body| body.id.as_str())));
        }
        found
    }

    /// What was agreed to. An organisation that was not asked is shown as the publication's rule has it; a person is not.
    fn naming(&self, said: &Map<String, Value>, origin: &Origin) -> Naming {
        let written = word(said, "naming");
        let found = Naming::NAMES
            .iter()
            .find(|(name, _)| *name == written)
            .map(|(_, naming)| *naming);
        if found.is_none() && !written.is_empty() {
            let names: Vec<&str> = Naming::NAMES.iter().map(|(name, _)| *name).collect();
            self.tell(origin, "naming", &Value::from(written), &names);
            return Naming::Nothing;
        }
        let unasked = match self.consultation.respondents {
            Respondents::Bodies => Naming::Named,
            Respondents::Persons => Naming::Nothing,
        };
        found.unwrap_or(unasked)
    }
}

/// Text under a key; empty when there is none.
fn word<'v>(said: &'v Map<String, Value>, key: &str) -> &'v str {
    said.get(key).and_then(Value::as_str).unwrap_or_default().trim()
}

fn decision(said: &Map<String, Value>) -> Option<FormalDecision> {
    let own = said.get("decision")?.as_object()?;
    let part = |key| word(own, key).to_owned();
    let found = FormalDecision {
        body: part("body"),
        date: part("date"),
        paragraph: part("paragraph"),
    };
    (!found.body.is_empty() || !found.date.is_empty() || !found.paragraph.is_empty()).then_some(found)
}

/// When something was sent: the day as it was written, and the second, for telling which came first. A time that does not
/// say its zone is taken as UTC.
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

/// What is wrong with a line that is no JSON.
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
