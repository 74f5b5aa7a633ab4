//! The answers folder: the journal of responses, and what humans have said about them.
//!
//! Takes `answers/ID/…` of the snapshot and the consultations; gives [`Answers`] with positions in the questionnaire as
//! it is asked now. The journal itself keeps everything for ever; what does not fit, or does not count, is told and left
//! out of what this gives:
//!
//! - a response that a human has withdrawn in `rulings.yaml`;
//! - one that came too late, without the right code or too fast, until `rulings.yaml` accepts it;
//! - those of a body that has sent several under different ids, all of them, until a human has settled which one holds.

mod answer;
mod line;
mod personal;
mod sorting;

pub(crate) use line::moment;
pub use sorting::codes;
pub(super) use sorting::{quotes_of, rulings_of};

use crate::finding::{Code, Finding, Log, Message};
use crate::model::{Answers, Channel, Consultation, Respondents, Response, Site};
use crate::source::{Origin, Snapshot, SourceFile};
use serde_json::Value;
use sorting::Rulings;
use std::collections::{BTreeMap, BTreeSet};

/// What every response says it is.
pub(crate) const FORMAT: &str = "utsikt-response/1";
/// Name of the journal.
pub const JOURNAL: &str = "responses.jsonl";

/// A part of an answer that does not fit its question.
struct Fault {
    question: String,
    value: String,
    known: Vec<String>,
}

impl Fault {
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

/// A response as its line says, before anything is known of other lines.
struct Read {
    response: Response,
    /// When it was sent, to the second; for telling which is newer.
    moment: Option<i64>,
    /// Why it does not count unless a human accepts it.
    aside: Option<Message>,
}

/// Everything that is kept of the answers to the site's consultations, by consultation.
#[must_use]
pub fn answers(site: &Site, snapshot: &Snapshot, log: &Log) -> Vec<Answers> {
    let mut strange = BTreeSet::new();
    for file in snapshot.under("answers/", "") {
        let Some((id, _)) = file.path["answers/".len()..].split_once('/') else {
            continue;
        };
        if !site.consultations.iter().any(|own| own.id == id) && strange.insert(id) {
            let finding = Finding::new(Code::UnknownConsultation, Origin::file(&file.path));
            let known = site.consultations.iter().map(|own| own.id.as_str());
            log.add(finding.with("value", id).near(id, known));
        }
    }
    misplaced(site, snapshot, log);
    site.consultations
        .iter()
        .filter_map(|own| of_one(site, own, snapshot, log))
        .collect()
}

/// Reports answers that would be published, and persons' answers where too many may read them.
fn misplaced(site: &Site, snapshot: &Snapshot, log: &Log) {
    let (folder, origin) = &site.settings.answers;
    let is_outside = snapshot.answers_outside || folder.starts_with(['/', '.']) && !folder.starts_with("./");
    if folder.trim_start_matches("./").starts_with("content") {
        log.add(Finding::new(Code::AnswersPublished, origin.clone()));
    }
    let says_so = |file: &SourceFile| file.bytes.windows(FORMAT.len()).any(|part| part == FORMAT.as_bytes());
    let is_json = |file: &&SourceFile| file.path.ends_with(".json") || file.path.ends_with(".jsonl");
    for file in snapshot
        .under("content/", "")
        .filter(is_json)
        .filter(|file| says_so(file))
    {
        log.add(Finding::new(Code::AnswersPublished, Origin::file(&file.path)));
    }
    for own in site
        .consultations
        .iter()
        .filter(|own| own.respondents == Respondents::Persons && !own.sample)
    {
        let has_answers = snapshot.find(&format!("answers/{}/{JOURNAL}", own.id)).is_some();
        if has_answers && !is_outside {
            log.add(Finding::new(Code::AnswersExposed, origin.clone()).with("value", &own.id));
        }
    }
}

fn of_one(site: &Site, consultation: &Consultation, snapshot: &Snapshot, log: &Log) -> Option<Answers> {
    let folder = format!("answers/{}/", consultation.id);
    let file = |name: &str| snapshot.find(&format!("{folder}{name}"));
    let journal = file(JOURNAL)?;
    let lines = lines(journal, consultation, log);
    let known: BTreeSet<String> = lines.iter().map(|line| line.response.id.clone()).collect();
    let rulings = file("rulings.yaml")
        .map(|file| sorting::rulings(file, &known, log))
        .unwrap_or_default();
    let (responses, unsettled) = settled(lines, &rulings, consultation, log);
    let codebook = consultation
        .codebook
        .as_ref()
        .and_then(|(id, _)| site.codebooks.iter().find(|own| own.id == *id));
    let is_standing = |own: &&Response| own.replaced.is_none() && !unsettled.contains(&own.id);
    let standing = responses
        .iter()
        .filter(is_standing)
        .map(|own| (own.id.as_str(), own))
        .collect();
    let sorted = sorting::Sorted {
        consultation,
        codebook,
        known: &known,
        standing,
        log,
    };
    let codings = file("coding.csv").map(|file| sorted.codings(file)).unwrap_or_default();
    let quotes = file("quotes.yaml").map(|file| sorted.quotes(file)).unwrap_or_default();
    Some(Answers {
        consultation: consultation.id.clone(),
        responses,
        codings,
        quotes,
    })
}

/// The responses of a journal; lines that are none are told and passed over.
fn lines(journal: &SourceFile, consultation: &Consultation, log: &Log) -> Vec<Read> {
    let Some(text) = super::text_of(journal, log) else {
        return Vec::new();
    };
    let reader = line::Reader::of(consultation, log);
    // Bytes before the text, such as a byte-order mark, count in places.
    let mut at = journal.bytes.len() - text.len();
    let mut found = Vec::new();
    let mut received = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if !line.trim().is_empty() {
            found.extend(reader.read(line, received, Origin::span(&journal.path, at..end)));
            received += 1;
        }
        at += line.len();
    }
    found
}

/// Which responses count, in the order of the journal, and which of them newer ones have replaced; and the ids of those
/// that count only as having come.
fn settled(
    lines: Vec<Read>,
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
        match line.aside.clone().filter(|_| !rulings.accepted.contains(id)) {
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
fn replace(lines: &mut [Read]) {
    let mut standing: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..lines.len() {
        let id = lines[at].response.id.clone();
        if let Some(&last) = standing.get(&id) {
            let older = lines[at]
                .moment
                .zip(lines[last].moment)
                .is_some_and(|(own, other)| own < other);
            let (loser, winner) = if older { (at, last) } else { (last, at) };
            lines[loser].response.replaced = Some(lines[winner].response.received);
            if older {
                continue;
            }
        }
        standing.insert(id, at);
    }
}

/// Of several responses of a body leaves out all but the accepted one. Until there is one nobody can say which holds: the
/// body has answered, but what it answered is left out. Gives the ids of the responses that stand for such bodies.
fn leave_out_rivals(
    lines: &mut Vec<Read>,
    rulings: &Rulings,
    consultation: &Consultation,
    log: &Log,
) -> BTreeSet<String> {
    let mut by_body: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(body) = line
            .response
            .body
            .clone()
            .filter(|_| line.response.channel != Channel::Meeting)
        {
            by_body.entry(body).or_default().push(at);
        }
    }
    let (mut out, mut unsettled) = (BTreeSet::new(), BTreeSet::new());
    for (body, rivals) in by_body {
        let current = rivals
            .iter()
            .copied()
            .filter(|at| lines[*at].response.replaced.is_none());
        let order = |at: &usize| {
            let line = &lines[*at];
            let accepted = rulings.accepted.contains(&line.response.id);
            (!accepted, line.moment.is_none(), line.moment, line.response.id.clone())
        };
        let Some(first) = current.min_by_key(order) else {
            continue;
        };
        let chosen = lines[first].response.clone();
        let settled = rulings.accepted.contains(&chosen.id);
        let name = consultation
            .body(&body)
            .map_or(body.clone(), |own| own.name.in_language("").to_owned());
        let others = rivals
            .iter()
            .copied()
            .filter(|at| lines[*at].response.id != chosen.id)
            .collect::<Vec<_>>();
        let open = others
            .iter()
            .filter(|at| lines[**at].response.replaced.is_none() && !settled);
        for rival in open.map(|at| &lines[*at].response) {
            let finding = Finding::new(Code::AnswersConflict, rival.origin.clone()).beside(chosen.origin.clone());
            log.add(
                finding
                    .with("body", &name)
                    .with("value", &rival.id)
                    .with("first", &chosen.id),
            );
        }
        // A response that was withdrawn, or that a newer one with its id has replaced, is no rival.
        if !settled && others.iter().any(|at| lines[*at].response.replaced.is_none()) {
            let naming = rivals.iter().map(|at| lines[*at].response.naming).min();
            for own in rivals.iter().copied() {
                let own = &mut lines[own].response;
                own.answers.fill(None);
                own.decision = None;
                own.naming = naming.unwrap_or(own.naming);
            }
            unsettled.insert(chosen.id);
        }
        out.extend(others);
    }
    let mut at = 0;
    lines.retain(|_| {
        at += 1;
        !out.contains(&(at - 1))
    });
    unsettled
}
