//! Exports and answer files → lines for the journal of responses.
//!
//! Takes bytes, the consultation and, for other tools' exports, a mapping; gives lines to append, findings, and a report of
//! what was done. Touches no file, and never takes anything out of a journal. Importing the same file again adds nothing.
//! What was said is never judged here: whether an option exists is found when the journal is read, so that a questionnaire
//! that is mended later makes old answers whole.

mod accept;
mod cell;
mod columns;
mod draft;
pub mod figures;
mod flat;
mod journal;
mod json;
mod label;
mod meeting;
mod moment;
mod number;
mod paper;
mod posted;
mod propose;
mod rows;
mod sheet;
mod tool;

use crate::finding::{Code, Finding, Log, message};
use crate::model::{Consultation, Mapping, Tool};
use crate::read::surplus_hands;
use crate::source::{Origin, SourceFile};
use accept::{Identity, RawResponse};
use jiff::civil::Date;
use journal::Journal;
pub use paper::paper_sheet;
pub use posted::{Posted, PostedFault, known_response, posted};
use rows::Recognised;
pub use rows::SheetRelation;
use serde_json::{Map, Value};
use sheet::Sheet;

/// An object of the journal.
type Fields = Map<String, Value>;

/// The id of "no opinion" in answers.
const NO_OPINION: &str = "no-opinion";
/// Ids of the three ways of a direction question.
const WAYS: [&str; 3] = ["up", "same", "down"];

/// What an import is done with.
#[derive(Clone, Copy, Debug)]
pub struct Survey<'a> {
    /// What was answered.
    pub consultation: &'a Consultation,
    /// Its journal as it is; empty when there is none.
    pub journal: &'a str,
    /// Bodies and their invitation codes; `None`: none have been sent out.
    pub codes: Option<&'a [(String, String)]>,
    /// How an export is read; `None`: by what `tool` usually writes.
    pub mapping: Option<&'a Mapping>,
    /// Whose habits to go by without a mapping; `None`: only our own formats are read without one.
    pub tool: Option<Tool>,
    /// The day of the import; `None`: not known, and then nothing is too late for having no time.
    pub today: Option<Date>,
    /// What the officer says of a file that is like one that was imported before; `None`: nothing, and it is asked.
    pub relation: Option<SheetRelation>,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Responses that were not there before.
    pub new: usize,
    /// Ids of responses that a newer version took the place of.
    pub replaced: Vec<String>,
    /// Ids of responses of which the journal has a newer version already; the older one is kept and does not count.
    pub older: Vec<String>,
    /// Responses that the journal has already.
    pub unchanged: usize,
    /// Responses that answer nothing; they are left out.
    pub empty: usize,
    /// Files that are saved half-way; they are left out.
    pub drafts: usize,
    /// Tests of an endpoint; they are left out.
    pub tests: usize,
    /// Values that nothing stands for; kept as they were.
    pub unmatched: usize,
    /// Responses that may be a machine's.
    pub suspect: usize,
    /// Responses without the right invitation code.
    pub unverified: usize,
    /// Fields about a person that were left behind.
    pub left_behind: usize,
    /// Headings of columns that were left behind.
    pub columns_left: Vec<String>,
}

/// The outcome of an import.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Lines to append to the journal.
    pub added: String,
    /// What was done.
    pub report: Report,
}

/// Reads the files, in order, into lines that the journal does not have yet.
#[must_use]
pub fn survey(survey: &Survey<'_>, files: &[SourceFile], log: &Log) -> Imported {
    let mut report = Report::default();
    let mut journal = Journal::new(survey.journal);
    if !survey.journal.is_empty() && !survey.journal.ends_with('\n') {
        journal.added.push('\n');
    }
    for file in files {
        let Some(sheet) = SheetRows::of(file, survey, &journal, log) else {
            continue;
        };
        let mut ids = sheet.ids.into_iter();
        let mut left = Vec::new();
        let (mut empty, mut incomplete) = (Vec::new(), Vec::new());
        // One at a time: thousands of responses as objects would take much more memory than as lines.
        each_accepted(
            file,
            survey,
            &mut report,
            &mut left,
            log,
            &mut |mut response, identity, origin, report| {
                if says_nothing(&response) {
                    empty.push(origin);
                    return;
                }
                let missing = unanswered(&response, survey.consultation);
                for surplus in surplus_hands(&response, survey.consultation) {
                    let finding = Finding::new(Code::AnswersHands, origin.clone()).with("question", &surplus.of);
                    log.add(finding.with("count", surplus.hands).with("total", surplus.present));
                }
                if !missing.is_empty() {
                    incomplete.push((origin, missing));
                }
                match identity {
                    Identity::Own => {}
                    Identity::Name(name) => drop(response.insert("response".to_owned(), journal::id_of(&name).into())),
                    Identity::Content(content) => {
                        let content = journal::hash(&content);
                        let id = ids.next().flatten().unwrap_or_else(|| journal.new_id(content));
                        response.insert("response".to_owned(), id.into());
                        if !sheet.label.is_empty() {
                            let place = journal::place_in_sheet(&sheet.label, sheet.size, content);
                            response.insert(journal::SHEET.to_owned(), place.into());
                        }
                    }
                }
                journal.add(&response, report);
            },
        );
        report.columns_left.extend(left);
        report.empty += empty.len();
        let count = empty.len();
        if let Some(first) = empty.into_iter().next() {
            log.add(Finding::new(Code::ImportEmpty, first).with("count", count));
        }
        let count = incomplete.len();
        if let Some((first, questions)) = incomplete.into_iter().next() {
            let finding = Finding::new(Code::ImportRequired, first).with("count", count);
            log.add(finding.with("questions", questions.join(", ")));
        }
    }
    report.columns_left.sort();
    report.columns_left.dedup();
    Imported {
        added: if report.new + report.replaced.len() + report.older.len() == 0 {
            String::new()
        } else {
            journal.added
        },
        report,
    }
}

/// The rows of a file that have no id of their own.
#[derive(Default)]
struct SheetRows {
    /// The sheet they stand in; empty: one of an older journal, or there are no such rows.
    label: String,
    /// How many there are.
    size: usize,
    /// Ids of those that are known, in the order of the file.
    ids: Vec<Option<String>>,
}

impl SheetRows {
    /// What is known of them; `None` after a finding when it must be asked whether the sheet was corrected.
    fn of(file: &SourceFile, survey: &Survey<'_>, journal: &Journal, log: &Log) -> Option<Self> {
        let mut rows = Vec::new();
        // Faults are told when the file is read for good.
        let (unheard, mut report, mut left) = (Log::default(), Report::default(), Vec::new());
        each_accepted(
            file,
            survey,
            &mut report,
            &mut left,
            &unheard,
            &mut |response, identity, _, _| {
                if let Identity::Content(content) = identity
                    && !says_nothing(&response)
                {
                    rows.push(journal::hash(&content));
                }
            },
        );
        if rows.is_empty() {
            return Some(Self::default());
        }
        let origin = Origin::file(&file.path);
        match rows::recognise(&journal.sheets, &rows, survey.relation) {
            Recognised::Known { sheet, ids } => Some(Self {
                label: sheet,
                size: rows.len(),
                ids,
            }),
            Recognised::New { twins } => {
                if twins > 0 {
                    log.add(Finding::new(Code::ImportTwins, origin).with("count", twins));
                }
                Some(Self {
                    label: journal.new_label(&rows),
                    size: rows.len(),
                    ids: Vec::new(),
                })
            }
            Recognised::Unclear { same, of } => {
                log.add(
                    Finding::new(Code::ImportSheetAgain, origin)
                        .with("count", same)
                        .with("total", of),
                );
                None
            }
        }
    }
}

/// Hands over the responses of a file that may be kept, what their ids are made of, and where they come from.
fn each_accepted(
    file: &SourceFile,
    survey: &Survey<'_>,
    report: &mut Report,
    left: &mut Vec<String>,
    log: &Log,
    each: &mut dyn FnMut(Fields, Identity, Origin, &mut Report),
) {
    responses_in(file, survey, left, log, &mut |raw| {
        let origin = raw.origin.clone();
        if let Some((response, identity)) = accept::accept_response(raw, survey, report, log) {
            each(response, identity, origin, report);
        }
    });
}

/// Whether a response answers nothing. That an invited body sends one is an answer in itself.
fn says_nothing(response: &Fields) -> bool {
    let is_filled = |key: &str| match response.get(key) {
        Some(Value::Object(fields)) => !fields.is_empty(),
        other => other.is_some(),
    };
    let has_body = response
        .get("respondent")
        .is_some_and(|respondent| respondent.get("body").is_some());
    !has_body
        && !["answers", "unmatched", "decision", "meeting"]
            .into_iter()
            .any(is_filled)
}

/// Questions that must be answered and are not, of the questions as they are asked now.
fn unanswered<'a>(response: &Fields, consultation: &'a Consultation) -> Vec<&'a str> {
    let questionnaire = &consultation.questionnaire;
    if response.get("version").and_then(Value::as_str) != Some(&questionnaire.version)
        || response.contains_key("meeting")
    {
        return Vec::new();
    }
    let answers = response.get("answers").and_then(Value::as_object);
    let has = |id: &str| answers.is_some_and(|answers| answers.contains_key(id));
    let required = questionnaire
        .questions()
        .filter(|question| question.required && !has(&question.id));
    required.map(|question| question.id.as_str()).collect()
}

/// A mapping for this export, as text for a human to go through; `None` after a finding.
#[must_use]
pub fn draft(survey: &Survey<'_>, file: &SourceFile, log: &Log) -> Option<String> {
    let sheet = Sheet::open(file, survey.mapping, log)?;
    let proposal = propose::propose(&sheet, survey.tool.unwrap_or(Tool::Generic), survey.consultation);
    let Some(proposal) = proposal else {
        log.add(Finding::new(Code::ImportFile, sheet.origin()).with_message("problem", message::no_headings()));
        return None;
    };
    Some(draft::written(&proposal, &sheet, survey.consultation))
}

/// Whatever the bytes are, the importer gives lines and findings. For fuzzing.
#[must_use]
pub fn survive(survey: &Survey<'_>, bytes: &[u8]) -> (Imported, Log) {
    let log = Log::default();
    let file = SourceFile {
        path: "fuzz".into(),
        bytes: bytes.into(),
    };
    let _ = draft(survey, &file, &Log::default());
    (self::survey(survey, &[file], &log), log)
}

/// Hands over the responses in a file, whatever its shape, and the headings of columns that were `left`.
fn responses_in(
    file: &SourceFile,
    survey: &Survey<'_>,
    left: &mut Vec<String>,
    log: &Log,
    each: &mut dyn FnMut(RawResponse),
) {
    if !sheet::is_workbook(&file.bytes) && json::is_json(&file.bytes) {
        return json::read(file, survey, log, each);
    }
    let Some(sheet) = Sheet::open(file, survey.mapping, log) else {
        return;
    };
    let mut first = None;
    sheet.each(|row| {
        if first.is_none() {
            first = Some(columns::Headings::new(row.cells.iter().copied()));
        }
    });
    let Some(headings) = first else { return };
    // A mapping beside the answers is that of a tool, and our own sheet needs none.
    let is_paper = paper::is_sheet(&headings.written);
    let own_format = is_paper || survey.mapping.is_none_or(|mapping| mapping.tool == Tool::Form);
    if own_format && meeting::is_sheet(&headings) {
        return meeting::read(&sheet, &headings, survey, log).into_iter().for_each(each);
    }
    let tool = survey.mapping.map(|mapping| mapping.tool).or(survey.tool);
    if own_format
        && (is_paper
            || tool == Some(Tool::Form)
            || tool.is_none() && (flat::is_form(&headings) || paper::is_keyed_in(&headings.written, survey)))
    {
        return flat::table(&sheet, &headings, survey, left, log, each);
    }
    if let Some(mapping) = survey.mapping {
        return tool::read(&sheet, mapping, survey, left, log, each);
    }
    let Some(tool) = survey.tool else {
        log.add(Finding::new(Code::ImportFile, sheet.origin()).with_message("problem", message::no_mapping()));
        return;
    };
    let proposal = propose::propose(&sheet, tool, survey.consultation);
    if let Some(proposal) = proposal {
        tool::read(&sheet, &proposal.mapping, survey, left, log, each);
    }
}
