//! The answers folder: the journal of responses, and the rulings, codings and quotations that people have added.
//!
//! Takes `answers/ID/…` of the snapshot and the consultations; gives [`Answers`] with positions in today's questionnaire. A
//! line is judged here, at every build, rather than when it is imported: a question that is mended later makes old answers
//! whole. The journal itself keeps everything for ever; what does not fit, or does not count, is reported and left out:
//!
//! - a response that a person has withdrawn in `rulings.yaml`;
//! - one that came too late, without the right code or too fast, until `rulings.yaml` accepts it;
//! - those of a body that has sent several under different ids, all of them, until a person has settled which one holds.

mod answer;
mod documents;
mod hands;
mod line;
mod personal;
mod sorting;

pub(super) use documents::documents_of;
pub(crate) use hands::surplus_hands;
pub(crate) use line::{in_sweden, moment};
pub(crate) use personal::without_personal;
pub use sorting::codes;
pub(super) use sorting::{quotes_of, rulings_of};

use crate::finding::{Code, Finding, Log, Message};
use crate::model::{Answers, Channel, Consultation, Respondents, Response, Site};
use crate::source::{Origin, Snapshot, SourceFile};
use serde_json::Value;
use sorting::Rulings;
use std::collections::{BTreeMap, BTreeSet};

/// The `format` of every response.
pub(crate) const FORMAT: &str = "utsikt-response/1";
/// The beginning of ids of answers that only try an endpoint: they are nobody's, and never count.
pub(crate) const TEST_ID: &str = "utsikt-test-";
/// Name of the journal in the folder of a consultation.
pub const JOURNAL: &str = "responses.jsonl";
/// Name of the ledger of what has been published, in the folder of a consultation.
pub const LEDGER: &str = "published.jsonl";

/// A part of an answer that does not fit its question.
struct AnswerFault {
    question: String,
    value: String,
    known: Vec<String>,
}

impl AnswerFault {
    fn new<'a>(question: &str, value: &Value, known: impl IntoIterator<Item = &'a str>) -> Self {
        let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        let known = known.into_iter().map(ToOwned::to_owned).collect();
        Self {
            question: question.to_owned(),
            value,
            known,
        }
    }
}

/// Questions of today whose answers here do not fit them, by id. Answers to no question are the journal's reader's to report.
pub(crate) fn unfit_answers(consultation: &Consultation, answers: &serde_json::Map<String, Value>) -> Vec<String> {
    let has_id = |question: &&crate::model::Question, id: &String| question.id == *id || question.formerly.contains(id);
    let is_unfit = |(id, value): &(&String, &Value)| {
        let mut faults = Vec::new();
        let question = consultation
            .questionnaire
            .questions()
            .find(|question| has_id(question, id));
        let _ = question.and_then(|question| answer::read(question, value, &mut faults));
        !faults.is_empty()
    };
    answers.iter().filter(is_unfit).map(|(id, _)| id.clone()).collect()
}

/// A response as its line has it, before other lines are known.
struct JournalLine {
    response: Response,
    /// Second since 1970 at which it was sent, for telling which is newer.
    moment: Option<i64>,
    /// Why it does not count unless a person accepts it.
    set_aside: Option<Message>,
    /// A body that is not invited, by the name it wrote; `None`: an invited one, or a person.
    uninvited: Option<String>,
}

/// The answers to the site's consultations, one entry for each that has a journal.
#[must_use]
pub fn answers(site: &Site, snapshot: &Snapshot, log: &Log) -> Vec<Answers> {
    let mut reported = BTreeSet::new();
    for file in snapshot.list("answers/", "") {
        let Some((id, _)) = file.path["answers/".len()..].split_once('/') else {
            continue;
        };
        let known = site.consultations.iter().map(|consultation| consultation.id.as_str());
        if !known.clone().any(|other| other == id) && reported.insert(id) {
            let finding = Finding::new(Code::UnknownConsultation, Origin::file(&file.path));
            log.add(finding.with("value", id).near(id, known));
        }
    }
    misplaced(site, snapshot, log);
    site.consultations
        .iter()
        .filter_map(|consultation| answers_to(site, consultation, snapshot, log))
        .collect()
}

/// Reports answers that would be published, and persons' answers where too many may read them.
fn misplaced(site: &Site, snapshot: &Snapshot, log: &Log) {
    let (folder, origin) = &site.settings.answers;
    let is_outside = snapshot.answers_outside || folder.starts_with(['/', '.']) && !folder.starts_with("./");
    if folder.trim_start_matches("./").starts_with("content") {
        log.add(Finding::new(Code::AnswersPublished, origin.clone()));
    }
    let is_json = |file: &&SourceFile| file.path.ends_with(".json") || file.path.ends_with(".jsonl");
    let has_responses = |file: &&SourceFile| file.bytes.windows(FORMAT.len()).any(|part| part == FORMAT.as_bytes());
    let content = snapshot.list("content/", "");
    for file in content.filter(is_json).filter(has_responses) {
        log.add(Finding::new(Code::AnswersPublished, Origin::file(&file.path)));
    }
    let of_persons = |consultation: &&Consultation| consultation.respondents == Respondents::Persons;
    for consultation in site.consultations.iter().filter(of_persons) {
        let journal = format!("answers/{}/{JOURNAL}", consultation.id);
        if !consultation.sample && !is_outside && snapshot.find(&journal).is_some() {
            log.add(Finding::new(Code::AnswersExposed, origin.clone()).with("value", &consultation.id));
        }
    }
}

fn answers_to(site: &Site, consultation: &Consultation, snapshot: &Snapshot, log: &Log) -> Option<Answers> {
    let folder = format!("answers/{}/", consultation.id);
    let file = |name: &str| snapshot.find(&format!("{folder}{name}"));
    let journal = file(JOURNAL)?;
    let lines = lines(journal, consultation, log);
    let known: BTreeSet<String> = lines.iter().map(|line| line.response.id.clone()).collect();
    let rulings = file("rulings.yaml")
        .map(|file| sorting::rulings(file, &known, log))
        .unwrap_or_default();
    let (responses, unsettled) = settled(lines, &rulings, consultation, log);
    let codebook = consultation.codebook.as_ref().and_then(|(id, _)| site.codebook(id));
    let counts = |response: &&Response| response.replaced.is_none() && !unsettled.contains(&response.id);
    let counted = responses
        .iter()
        .filter(counts)
        .map(|response| (response.id.as_str(), response))
        .collect();
    let context = sorting::SortingContext {
        consultation,
        codebook,
        known: &known,
        counted,
        log,
    };
    let codings = file("coding.csv").map(|file| context.codings(file));
    let quotes = file("quotes.yaml").map(|file| context.quotes(file));
    // Bytes that are no text make a ledger that cannot be relied on, which is told where it is read.
    let published = file(LEDGER).map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    let documents = file(documents::LIST).map(|file| documents::documents(file, &folder, &context, snapshot));
    documents::unlisted(&folder, snapshot, log);
    Some(Answers {
        consultation: consultation.id.clone(),
        responses,
        codings: codings.unwrap_or_default(),
        quotes: quotes.unwrap_or_default(),
        documents: documents.unwrap_or_default(),
        published: published.unwrap_or_default(),
    })
}

/// The responses of a journal; lines that are none are reported and passed over.
fn lines(journal: &SourceFile, consultation: &Consultation, log: &Log) -> Vec<JournalLine> {
    let Some(text) = super::document::text_of(journal, log) else {
        return Vec::new();
    };
    let reader = line::Reader::new(consultation, log);
    // Bytes before the text, such as a byte-order mark, count in places.
    let mut at = journal.bytes.len() - text.len();
    let mut lines = Vec::new();
    let mut received = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if !line.trim().is_empty() {
            lines.extend(reader.read(line, received, Origin::span(&journal.path, at..end)));
            received += 1;
        }
        at += line.len();
    }
    lines
}

/// The responses that count, in the order of the journal, those marked that a newer one has replaced; and the ids of those
/// that count only as having come.
fn settled(
    lines: Vec<JournalLine>,
    rulings: &Rulings,
    consultation: &Consultation,
    log: &Log,
) -> (Vec<Response>, BTreeSet<String>) {
    let mut kept = Vec::new();
    for line in lines {
        let id = line.response.id.as_str();
        if rulings.withdrawn.contains(id) {
            continue;
        }
        match line.set_aside.clone().filter(|_| !rulings.accepted.contains(id)) {
            Some(reason) => {
                let finding = Finding::new(Code::AnswersAside, line.response.origin.clone());
                log.add(finding.with("value", id).with_message("reason", reason));
            }
            None => kept.push(line),
        }
    }
    replace(&mut kept);
    let unsettled = leave_out_rivals(&mut kept, rulings, consultation, log);
    (kept.into_iter().map(|line| line.response).collect(), unsettled)
}

/// Of the lines with one id the one sent last stands, and of those sent at the same time, or nobody knows when, the later.
fn replace(lines: &mut [JournalLine]) {
    let mut standing: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..lines.len() {
        let id = lines[at].response.id.clone();
        if let Some(&last) = standing.get(&id) {
            let older = lines[at]
                .moment
                .zip(lines[last].moment)
                .is_some_and(|(this, other)| this < other);
            let (loser, winner) = if older { (at, last) } else { (last, at) };
            lines[loser].response.replaced = Some(lines[winner].response.received);
            if older {
                continue;
            }
        }
        standing.insert(id, at);
    }
}

/// Leaves out all responses of a body but the accepted one. Until one is accepted nobody can tell which holds: the body has
/// answered, but its answers are left out. Gives the ids of the responses that stand for such bodies.
fn leave_out_rivals(
    lines: &mut Vec<JournalLine>,
    rulings: &Rulings,
    consultation: &Consultation,
    log: &Log,
) -> BTreeSet<String> {
    let mut by_body: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let response = &line.response;
        // A code and a name are told apart by the name's ending, which no code has.
        let named = line.uninvited.as_ref().map(|name| format!("{name}\n"));
        if let Some(body) = response
            .body
            .clone()
            .or(named)
            .filter(|_| response.channel != Channel::Meeting)
        {
            by_body.entry(body).or_default().push(at);
        }
    }
    let (mut left_out, mut unsettled) = (BTreeSet::new(), BTreeSet::new());
    for (body, rivals) in by_body {
        let is_current = |at: &usize| lines[*at].response.replaced.is_none();
        let order = |at: &usize| {
            let line = &lines[*at];
            let accepted = rulings.accepted.contains(&line.response.id);
            (!accepted, line.moment.is_none(), line.moment, line.response.id.clone())
        };
        let current = rivals.iter().copied().filter(is_current);
        let Some(first) = current.min_by_key(order) else {
            continue;
        };
        let chosen = lines[first].response.clone();
        let is_settled = rulings.accepted.contains(&chosen.id);
        let name = consultation.body(&body).map_or_else(
            || body.trim_end().to_owned(),
            |known| known.name.in_language("").to_owned(),
        );
        let others = rivals.iter().copied().filter(|at| lines[*at].response.id != chosen.id);
        let others: Vec<usize> = others.collect();
        // A response that was withdrawn, or that a newer one with its id has replaced, is no rival.
        let open = others.iter().copied().filter(is_current).filter(|_| !is_settled);
        let open: Vec<usize> = open.collect();
        for rival in open.iter().map(|at| &lines[*at].response) {
            let finding = Finding::new(Code::AnswersConflict, rival.origin.clone()).beside(chosen.origin.clone());
            let finding = finding.with("body", &name).with("value", &rival.id);
            log.add(finding.with("first", &chosen.id));
        }
        if !open.is_empty() {
            let naming = rivals.iter().map(|at| lines[*at].response.naming).min();
            for at in &rivals {
                let response = &mut lines[*at].response;
                response.answers.fill(None);
                response.decision = None;
                response.naming = naming.unwrap_or(response.naming);
            }
            unsettled.insert(chosen.id);
        }
        left_out.extend(others);
    }
    let mut at = 0;
    lines.retain(|_| {
        at += 1;
        !left_out.contains(&(at - 1))
    });
    unsettled
}
