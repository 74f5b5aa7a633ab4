//! The ledger: every publication of a consultation's results that went out, a line each, beside the answers.
//!
//! What has been published cannot be taken back, and the journal does not tell what it was: answers come late, are
//! withdrawn, corrected or sorted anew. So each publication is written down with the numbers that readers saw, those they
//! did not see, and a digest of each respondent's answers; and every later one is protected against all of them. Until so
//! many respondents have changed that no difference tells of too few, what went out last stands.
//!
//! A line ends with a digest of itself and names that of the line before, so that an edited ledger is noticed. It holds
//! numbers that must not be shown: it is as secret as the answers, and lies with them.

use super::count::count_cohorts;
use super::disclosure::{Release, changed, protect};
use super::poll::Poll;
use super::results::{Basis, Counted, Detail, QuestionResult, Withheld};
use super::{Published, Results};
use crate::model::{Answers, Consultation};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The `format` of every line.
const FORMAT: &str = "utsikt-published/1";
/// What stands before the digest of a line, which is the last of it.
const DIGEST: &str = r#","digest":""#;

/// Why a ledger cannot be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerFault {
    /// The line of this number, from 1, is not as it was written, or one before it is missing.
    Line(usize),
    /// Options or items of a question are others, or in another order, than when the line of this number was written.
    Questionnaire(usize),
}

/// A publication, as it is written down.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    format: String,
    consultation: String,
    day: String,
    /// Digest of the line before; empty in the first.
    after: String,
    /// By question, the ids of its options and of its rows, in order.
    questions: BTreeMap<String, Vec<String>>,
    /// What decides beside the answers which numbers are shown.
    rule: String,
    seen: Counted,
    counted: Counted,
}

/// A ledger that has been read.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    releases: Vec<Release>,
    /// Rule of the last line.
    rule: String,
    /// Digest of the last line.
    digest: String,
}

/// Reads the ledger of a consultation.
///
/// # Errors
/// Why it cannot be relied on.
pub(super) fn read(consultation: &Consultation, answers: &Answers) -> Result<Ledger, LedgerFault> {
    let mut ledger = Ledger::default();
    let questions = questions(consultation);
    for (written, number) in answers.published.lines().zip(1..) {
        let fault = LedgerFault::Line(number);
        let (body, digest) = written.rsplit_once(DIGEST).ok_or(fault)?;
        let digest = digest.strip_suffix("\"}").ok_or(fault)?;
        let line: Line = serde_json::from_str(&format!("{body}}}")).map_err(|_| fault)?;
        let is_as_written = digest_of(body) == digest
            && line.after == ledger.digest
            && line.format == FORMAT
            && line.consultation == consultation.id;
        if !is_as_written {
            return Err(fault);
        }
        let differs = |(id, then): (&String, &Vec<String>)| questions.get(id) != Some(then);
        if line.questions.iter().any(differs) {
            return Err(LedgerFault::Questionnaire(number));
        }
        digest.clone_into(&mut ledger.digest);
        ledger.rule = line.rule;
        ledger.releases.push(Release::recorded(line.seen, line.counted));
    }
    Ok(ledger)
}

impl Ledger {
    /// Whether nothing has been published.
    pub(super) fn is_empty(&self) -> bool {
        self.releases.is_empty()
    }

    /// Takes a publication as one that went out, though nobody wrote it down.
    pub(super) fn assume(&mut self, counted: Counted, poll: &Poll) {
        let release = self.next(counted, poll);
        if !release.stands {
            self.releases.push(release);
        }
    }

    /// The publication that follows those in the ledger: the last once more, or another that is protected against them all.
    pub(super) fn next(&self, mut counted: Counted, poll: &Poll) -> Release {
        if let Some(last) = self.releases.last() {
            let has_changed = !changed(&last.truth().basis, &counted.basis).is_empty();
            if !has_changed && rule(poll.consultation, &counted) == self.rule {
                return last.standing(counted.interim, counted.base.waiting, 0);
            }
        }
        let earlier: Vec<&Basis> = self.releases.iter().map(|release| &release.truth().basis).collect();
        counted.basis.cohorts = count_cohorts(poll, &counted.basis, &earlier);
        protect(counted, poll.consultation, &self.releases)
    }

    /// The publication with the line that records it; none when it is recorded already, or shows nothing, or when the
    /// answers are made up.
    pub(super) fn record(&self, release: Release, consultation: &Consultation, today: Date) -> Published {
        let shows_nothing = [Withheld::Open, Withheld::Few]
            .iter()
            .any(|reason| release.withheld.contains(reason));
        let line = (!release.stands && !shows_nothing && !consultation.sample && release.base.answered > 0)
            .then(|| self.line(&release, consultation, today));
        Published {
            results: release.results,
            line: line.flatten(),
            fault: None,
        }
    }

    fn line(&self, release: &Release, consultation: &Consultation, today: Date) -> Option<String> {
        let line = Line {
            format: FORMAT.to_owned(),
            consultation: consultation.id.clone(),
            day: today.to_string(),
            after: self.digest.clone(),
            questions: questions(consultation),
            rule: rule(consultation, release.truth()),
            seen: Counted::clone(&release.results),
            counted: release.truth().clone(),
        };
        let written = serde_json::to_string(&line).ok()?;
        let body = written.strip_suffix('}')?;
        Some(format!("{body}{DIGEST}{}\"}}\n", digest_of(body)))
    }
}

/// What is shown when the ledger cannot be relied on: who has answered, and no more.
pub(super) fn unreliable(counted: Counted, fault: LedgerFault) -> Published {
    Published {
        results: Results::of_base(counted, Withheld::Ledger),
        line: None,
        fault: Some(fault),
    }
}

/// By question, the ids of its options and of its rows: what numbers in a line mean by their order.
fn questions(consultation: &Consultation) -> BTreeMap<String, Vec<String>> {
    let questions = consultation.questionnaire.questions();
    let ids = questions.map(|question| {
        let items = question.kind.options().iter().chain(question.kind.rows().iter());
        (question.id.clone(), items.map(|item| item.id.clone()).collect())
    });
    ids.collect()
}

/// Digest of what decides beside the respondents' answers what is shown.
fn rule(consultation: &Consultation, counted: &Counted) -> String {
    let publication = &consultation.publication;
    let breakdowns: Vec<&String> = consultation.breakdowns.iter().map(|(id, _)| id).collect();
    let questions = questions(consultation);
    // Median and quartiles wait until no more answers are to come.
    let has_numbers = |result: &QuestionResult| matches!(result.detail, Detail::Spreads(_));
    let waits = counted.interim && counted.questions.iter().any(has_numbers);
    let coded = counted.coded.as_ref().map(|coded| (&coded.questions, &coded.quotes));
    digest_of(&format!(
        "{:?}",
        (
            publication.minimum,
            publication.bodies,
            breakdowns,
            questions,
            coded,
            &counted.meetings,
            waits,
        )
    ))
}

fn digest_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}
