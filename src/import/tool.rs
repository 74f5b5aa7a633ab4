//! The export of a survey tool → responses, as its mapping says.
//!
//! Every cell of the export is put into an answer, kept as it was under `unmatched` with a finding, or left behind because
//! it tells who somebody is or because the mapping says so. A column that the mapping does not speak of stops the import.

use super::accept::RawResponse;
use super::cell::{self, AnswerPlan, Unread, UnreadReason};
use super::columns::{Headings, is_private};
use super::label::{Labels, plain};
use super::sheet::{Row, Sheet};
use super::{Fields, Survey, moment};
use crate::finding::{Code, Finding, Log, message};
use crate::model::{Column, ContactField, Mapping, Naming};
use serde_json::{Value, json};

/// Where things stand in a row.
struct ResponseColumns<'a> {
    mapping: &'a Mapping,
    headings: Headings,
    id: Option<usize>,
    submitted: Option<usize>,
    body: Option<usize>,
    naming: Option<usize>,
    /// Fields that are kept as they are: the object they are in, the key, the column.
    plain: Vec<(&'static str, &'static str, usize)>,
    code: Option<usize>,
    questions: Vec<AnswerPlan<'a>>,
    bodies: Labels,
}

/// Hands over the responses of a sheet, and the headings of columns that were `left`; none when the mapping does not fit it.
pub(super) fn read(
    sheet: &Sheet,
    mapping: &Mapping,
    survey: &Survey<'_>,
    left: &mut Vec<String>,
    log: &Log,
    each: &mut dyn FnMut(RawResponse),
) {
    let Some(headings) = headings(sheet, mapping) else {
        log.add(Finding::new(Code::ImportFile, sheet.origin()).with_message("problem", message::no_headings()));
        return;
    };
    let first_row = mapping.skip + 1 + mapping.skip_after;
    let Some(mut places) = ResponseColumns::new(headings, mapping, survey, sheet, left, log) else {
        return;
    };
    for plan in &mut places.questions {
        plan.decide_numbers(sheet, first_row);
    }
    let mut seen = 0;
    sheet.each(|row| {
        seen += 1;
        if seen <= first_row {
            return;
        }
        // A separator within a free text moves what follows into other columns.
        match row.surplus(places.headings.written.len()) {
            Some(finding) => log.add(finding),
            None => each(places.response(row, log)),
        }
    });
}

/// The headings of a sheet.
pub(super) fn headings(sheet: &Sheet, mapping: &Mapping) -> Option<Headings> {
    let mut found = None;
    let mut seen = 0;
    sheet.each(|row| {
        if seen == mapping.skip {
            found = Some(Headings::new(row.cells.iter().copied()));
        }
        seen += 1;
    });
    found
}

impl<'a> ResponseColumns<'a> {
    /// `None` after findings: a name in the mapping stands for nothing, or a column is named by nobody.
    fn new(
        headings: Headings,
        mapping: &'a Mapping,
        survey: &Survey<'a>,
        sheet: &Sheet,
        left: &mut Vec<String>,
        log: &Log,
    ) -> Option<Self> {
        let before = log.len();
        let find = |column: &Option<Column>| column.as_ref().and_then(|column| headings.resolve(column, log));
        let named = &mapping.columns;
        let mut kept = Vec::new();
        for (field, column) in &named.contact {
            let name = ContactField::NAMES
                .iter()
                .find(|(_, known)| known == field)
                .map_or("", |(name, _)| name);
            kept.extend(headings.resolve(column, log).map(|at| ("respondent", name, at)));
        }
        for (key, column) in ["body", "date", "paragraph"].into_iter().zip(&named.decision) {
            kept.extend(find(column).map(|at| ("decision", key, at)));
        }
        kept.extend(find(&named.language).map(|at| ("", "language", at)));
        let mut bodies = Labels::default();
        mapping.bodies.iter().for_each(|(words, id)| bodies.add(words, id));
        for body in survey.consultation.bodies() {
            body.name
                .all()
                .chain([body.id.as_str()])
                .for_each(|words| bodies.add(words, &body.id));
        }
        let (id, submitted, body) = (find(&named.id), find(&named.submitted), find(&named.body));
        let (naming, code) = (find(&named.naming), find(&named.code));
        let questions = cell::plans(&headings, mapping, survey.consultation, log);
        for column in &mapping.ignored {
            let _ = headings.resolve(column, log);
        }
        let (unnamed, behind) = headings.unnamed(mapping);
        // A column that a misspelt name was meant for is one fault, not two.
        let unnamed = if errors_since(log, before) {
            Vec::new()
        } else {
            columns_with_content(sheet, mapping, &unnamed)
        };
        for column in unnamed {
            let finding = Finding::new(Code::ImportColumn, sheet.origin()).with("column", headings.name(column));
            let texts = survey
                .consultation
                .questionnaire
                .questions()
                .flat_map(|question| question.text.all());
            log.add(match crate::finding::nearest(&headings.written[column], texts) {
                Some(near) => finding.with("near", near),
                None => finding,
            });
        }
        let is_fine = !errors_since(log, before);
        left.extend(behind.into_iter().map(|at| headings.written[at].clone()));
        is_fine.then_some(Self {
            mapping,
            headings,
            id,
            submitted,
            body,
            naming,
            plain: kept,
            code,
            questions,
            bodies,
        })
    }

    fn response(&self, row: &Row<'_>, log: &Log) -> RawResponse {
        let (mut fields, mut unmatched) = (Fields::new(), Fields::new());
        let mut put = |group: &str, key: &str, value: &str| {
            if value.is_empty() {
            } else if group.is_empty() {
                fields.insert(key.to_owned(), value.into());
            } else if let Some(group) = fields.entry(group).or_insert_with(|| json!({})).as_object_mut() {
                group.insert(key.to_owned(), value.into());
            }
        };
        put("", "channel", "tool");
        put("", "version", &self.mapping.version);
        self.plain
            .iter()
            .for_each(|(group, key, at)| put(group, key, row.cell(*at)));
        if let Some(at) = self.code {
            put("respondent", "code", row.cell(at));
        }
        let mut words = |column: Option<usize>, key: &str, known: &Labels, read: &dyn Fn(&str) -> Option<String>| {
            let column = column?;
            let written = row.cell(column);
            let is_nothing =
                written.is_empty() || self.mapping.no_answer.iter().any(|word| plain(word) == plain(written));
            let found = read(written).filter(|_| !is_nothing);
            if found.is_none() && !is_nothing {
                unmatched.insert(key.to_owned(), written.into());
                log.add(self.fault(row, column, written, known));
            }
            found
        };
        let none = Labels::default();
        let sent = words(self.submitted, "submitted", &none, &|written| {
            moment::iso(written, self.mapping.dates)
        });
        let body = words(self.body, "body", &self.bodies, &|written| {
            self.bodies.find(written).map(ToOwned::to_owned)
        });
        let agreed = words(self.naming, "naming", &none, &|written| self.naming(written));
        put("", "submitted", sent.as_deref().unwrap_or_default());
        put("respondent", "body", body.as_deref().unwrap_or_default());
        put("", "naming", agreed.as_deref().unwrap_or_default());
        let mut answers = Fields::new();
        for plan in &self.questions {
            let mut left = Vec::new();
            let answer = plan.answer(row, self.mapping, &mut left);
            if let Some(answer) = answer {
                answers.insert(plan.question.id.clone(), answer);
            }
            for unread in left {
                log.add(self.unread(row, &unread, &plan.labels));
                unmatched.insert(unread.key, unread.words.into());
            }
        }
        fields.insert("answers".to_owned(), Value::Object(answers));
        fields.insert("unmatched".to_owned(), Value::Object(unmatched));
        let identity = self.identify(row, &mut fields);
        let contact = self.mapping.columns.contact.iter().map(|(field, _)| *field).collect();
        RawResponse {
            fields,
            identity,
            has_code: self.code.is_some(),
            contact,
            origin: row.place(0),
        }
    }

    /// The tool's own number makes an id. Without one, the row does: all it says in columns that do not tell who somebody
    /// is, so that neither a better mapping nor a new question makes old rows new.
    fn identify(&self, row: &Row<'_>, fields: &mut Fields) -> String {
        let number = self.id.map_or("", |at| row.cell(at));
        if !number.is_empty() {
            fields.insert(
                "response".to_owned(),
                format!("{}-{number}", self.mapping.source).into(),
            );
            return String::new();
        }
        let mut cells: Vec<String> = Vec::new();
        for (at, heading) in self.headings.written.iter().enumerate() {
            if !row.cell(at).is_empty() && !is_private(heading) {
                cells.push(format!("{}\u{1f}{}", plain(heading), row.cell(at)));
            }
        }
        cells.sort();
        format!("{}\u{1e}{}", self.mapping.source, cells.join("\u{1e}"))
    }

    fn naming(&self, written: &str) -> Option<String> {
        let mapped = self
            .mapping
            .naming
            .iter()
            .find(|(words, _)| plain(words) == plain(written))
            .map(|(_, naming)| *naming);
        let found = mapped.or_else(|| {
            Naming::NAMES
                .iter()
                .find(|(name, _)| *name == written)
                .map(|(_, naming)| *naming)
        })?;
        Naming::NAMES
            .iter()
            .find(|(_, naming)| *naming == found)
            .map(|(name, _)| (*name).to_owned())
    }

    fn unread(&self, row: &Row<'_>, unread: &Unread, known: &Labels) -> Finding {
        let code = match unread.reason {
            UnreadReason::Unknown => return self.fault(row, unread.column, &unread.words, known),
            UnreadReason::OpenNumber => Code::ImportNumber,
            UnreadReason::RankTwice => Code::ImportRank,
        };
        Finding::new(code, row.place(unread.column))
            .with("row", row.number)
            .with("column", self.headings.name(unread.column))
    }

    fn fault(&self, row: &Row<'_>, column: usize, written: &str, known: &Labels) -> Finding {
        let finding = Finding::new(Code::ImportLabel, row.place(column)).with("row", row.number);
        finding
            .with("column", self.headings.name(column))
            .near(written, known.words())
    }
}

/// Whether one of the findings since then stops the import.
fn errors_since(log: &Log, before: usize) -> bool {
    log.any_since(before, |finding| finding.severity == crate::finding::Severity::Error)
}

/// Of these columns, those in which something stands below the headings.
fn columns_with_content(sheet: &Sheet, mapping: &Mapping, columns: &[usize]) -> Vec<usize> {
    let mut full = vec![false; columns.len()];
    let mut seen = 0;
    sheet.each(|row| {
        seen += 1;
        if seen > mapping.skip + 1 + mapping.skip_after {
            for (column, full) in columns.iter().zip(&mut full) {
                *full |= !row.cell(*column).is_empty();
            }
        }
    });
    columns
        .iter()
        .zip(full)
        .filter(|(_, full)| *full)
        .map(|(column, _)| *column)
        .collect()
}
