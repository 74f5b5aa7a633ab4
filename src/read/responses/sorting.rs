//! Rulings on responses, codings of free text, and quotations: what people have added to a journal.
//!
//! Takes `rulings.yaml`, `coding.csv`, `quotes.yaml`, `codes.csv`; gives those entries that name a response, question and
//! theme that exist. A name that nothing bears is a finding, and so is a quotation that its author never wrote or that tells
//! of a person.

use super::personal::personal;
use crate::finding::{Code, Finding, Log};
use crate::model::{Answer, Codebook, Coding, Consultation, Naming, Pick, Quote, Response};
use crate::read::document::document;
use crate::read::expressions::Expressions;
use crate::read::field_origin;
use crate::read::table;
use crate::read::yaml::Node;
use crate::source::{Origin, SourceFile};
use std::collections::{BTreeMap, BTreeSet};

/// `rulings.yaml`, by ids of responses.
#[derive(Default)]
pub(in crate::read) struct Rulings {
    /// Those that no longer count.
    pub(super) withdrawn: BTreeSet<String>,
    /// Those that count although they came late, too fast or without a code, or beside another of the same body.
    pub(super) accepted: BTreeSet<String>,
}

/// Reads the rulings.
pub(super) fn rulings(file: &SourceFile, known: &BTreeSet<String>, log: &Log) -> Rulings {
    document(file, Expressions::Unread, log, |node| rulings_of(node, known)).unwrap_or_default()
}

/// The rulings in a document; what they rule on must be known.
pub(in crate::read) fn rulings_of(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Rulings> {
    let mut fields = node.fields()?;
    let ruling = |node: &Node<'_>| {
        let mut fields = node.fields()?;
        let response = fields.require("response")?;
        let id = response.scalar()?;
        // A ruling is an official's decision, which needs a reason.
        fields.required("reason", Node::string);
        fields.done();
        if !known.contains(&id) {
            let known = known.iter().map(String::as_str);
            response.report(unknown(Code::AnswersResponse, response.origin.clone(), &id, known));
        }
        Some(id)
    };
    let withdrawn = fields.list("withdrawn", ruling).into_iter().collect();
    let accepted = fields.list("accepted", ruling).into_iter().collect();
    fields.done();
    Some(Rulings { withdrawn, accepted })
}

/// The quotations in a document that `keep` gives back. It is told where each names its response, question, theme and text.
pub(in crate::read) fn quotes_of(
    node: &Node<'_>,
    keep: impl Fn(Quote, [Origin; 4]) -> Option<Quote>,
) -> Option<Vec<Quote>> {
    let mut fields = node.fields()?;
    let quotes = fields.list("quotes", |node| {
        let (quote, places) = quote(node)?;
        keep(quote, places)
    });
    fields.done();
    Some(quotes)
}

/// A quotation, and where it names its response, question, theme and text.
fn quote(node: &Node<'_>) -> Option<(Quote, [Origin; 4])> {
    let mut fields = node.fields()?;
    let id = |node: &Node<'_>| Some((node.scalar()?, node.origin.clone()));
    let response = fields.required("response", id);
    let question = fields.required("question", id);
    let theme = fields.required("theme", id);
    let text = fields.required("text", Node::reference);
    let approved = fields.flag("approved");
    let naming = fields
        .find("naming")
        .map_or(Some(Naming::Nothing), |node| node.choice(Naming::NAMES));
    let reason = fields.string("reason");
    fields.done();
    let ((response, at_response), (question, at_question)) = (response?, question?);
    let ((theme, at_theme), (text, at_text)) = (theme?, text?);
    let quote = Quote {
        response,
        question,
        theme,
        text,
        approved,
        naming: naming?,
        reason,
        origin: node.origin.clone(),
    };
    Some((quote, [at_response, at_question, at_theme, at_text]))
}

fn unknown<'k>(code: Code, origin: Origin, id: &str, known: impl Iterator<Item = &'k str>) -> Finding {
    Finding::new(code, origin).with("value", id).near(id, known)
}

/// Whether quotation marks leave the table's rows as they were meant; else there are findings.
fn has_sound_quotes(file: &SourceFile, text: &str, delimiter: u8, log: &Log) -> bool {
    let faults = table::quote_faults(text, delimiter);
    log.append(faults.iter().map(|fault| fault.finding(&file.path, text)).collect());
    faults.is_empty()
}

/// `codes.csv`: bodies and their invitation codes.
#[must_use]
pub fn codes(file: &SourceFile, log: &Log) -> Vec<(String, String)> {
    let text = table::decode(&file.bytes);
    let delimiter = table::delimiter(&text);
    let mut codes = Vec::new();
    if !has_sound_quotes(file, &text, delimiter, log) {
        return codes;
    }
    table::rows(&text, delimiter, |_, row| {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        if cell(0) != "body" && !cell(0).is_empty() && !cell(1).is_empty() {
            codes.push((cell(0), cell(1)));
        }
    });
    codes
}

/// The names that codings and quotations may use.
pub(super) struct SortingContext<'a> {
    pub(super) consultation: &'a Consultation,
    pub(super) codebook: Option<&'a Codebook>,
    /// Ids of all responses of the journal.
    pub(super) known: &'a BTreeSet<String>,
    /// The responses that count, by id.
    pub(super) counted: BTreeMap<&'a str, &'a Response>,
    pub(super) log: &'a Log,
}

impl SortingContext<'_> {
    /// `coding.csv`: the rows whose names are known.
    pub(super) fn codings(&self, file: &SourceFile) -> Vec<Coding> {
        let text = table::decode(&file.bytes);
        let delimiter = table::delimiter(&text);
        let mut columns: Option<[Option<usize>; 4]> = None;
        let mut codings = Vec::new();
        if !has_sound_quotes(file, &text, delimiter, self.log) {
            return codings;
        }
        table::rows(&text, delimiter, |at, row| {
            let place = |column: usize| field_origin(&file.path, &text, at, column, delimiter);
            let Some(columns) = columns else {
                let position = |name: &str| row.iter().position(|heading| heading.trim() == name);
                columns = Some(["response", "question", "theme", "coder"].map(position));
                self.headings(row.iter(), columns, &place);
                return;
            };
            let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).unwrap_or_default().trim().to_owned();
            let [response, question, theme, coder] = columns.map(cell);
            if response.is_empty() && question.is_empty() && theme.is_empty() {
                return;
            }
            let origin = |nth: usize| columns[nth].map_or_else(|| place(0), place);
            let known = [
                self.names_response(&response, || origin(0)),
                self.names_question(&question, || origin(1)),
                theme.is_empty() || self.names_theme(&theme, || origin(2)),
            ];
            if known == [true; 3] && self.counts(&response) {
                codings.push(Coding {
                    response,
                    question,
                    theme,
                    coder,
                    origin: place(0),
                });
            }
        });
        codings
    }

    fn headings<'r>(
        &self,
        row: impl Iterator<Item = &'r str>,
        columns: Option<[Option<usize>; 4]>,
        place: &dyn Fn(usize) -> Origin,
    ) {
        const KNOWN: [&str; 5] = ["response", "question", "theme", "coder", "note"];
        for (at, heading) in row.enumerate().filter(|(_, heading)| !KNOWN.contains(&heading.trim())) {
            let finding = Finding::new(Code::ColumnUnknown, place(at)).with("column", heading.trim());
            self.log.add(finding.near(heading.trim(), KNOWN));
        }
        for (name, column) in KNOWN.into_iter().zip(columns.into_iter().flatten()).take(3) {
            if column.is_none() {
                self.log
                    .add(Finding::new(Code::ColumnMissing, place(0)).with("column", name));
            }
        }
    }

    /// `quotes.yaml`: the quotations that stand in the answers they name.
    pub(super) fn quotes(&self, file: &SourceFile) -> Vec<Quote> {
        document(file, Expressions::Unread, self.log, |node| {
            quotes_of(node, |quote, places| self.quoted(quote, places))
        })
        .unwrap_or_default()
    }

    fn quoted(&self, quote: Quote, [at_response, at_question, at_theme, at_text]: [Origin; 4]) -> Option<Quote> {
        let known = [
            self.names_response(&quote.response, || at_response),
            self.names_question(&quote.question, || at_question),
            self.names_theme(&quote.theme, || at_theme),
        ];
        if known != [true; 3] || !self.counts(&quote.response) {
            return None;
        }
        if !self.has_words(&quote.response, &quote.question, &quote.text) {
            self.log
                .add(Finding::new(Code::AnswersQuote, at_text).with("value", &quote.response));
            return None;
        }
        if let Some(piece) = personal(&quote.text).filter(|_| quote.approved) {
            self.log
                .add(Finding::new(Code::AnswersPersonal, at_text).with("value", piece));
            return None;
        }
        Some(quote)
    }

    /// Whether the response counts. Entries about one that does not stay in the file, and are shown nowhere.
    fn counts(&self, response: &str) -> bool {
        self.counted.contains_key(response)
    }

    fn names_response(&self, id: &str, origin: impl FnOnce() -> Origin) -> bool {
        let is_known = self.known.contains(id);
        if !is_known {
            let known = self.known.iter().map(String::as_str);
            self.log.add(unknown(Code::AnswersResponse, origin(), id, known));
        }
        is_known
    }

    fn names_question(&self, id: &str, origin: impl FnOnce() -> Origin) -> bool {
        let questionnaire = &self.consultation.questionnaire;
        let is_known = questionnaire.question(id).is_some();
        if !is_known {
            let known = questionnaire.questions().map(|question| question.id.as_str());
            self.log.add(unknown(Code::UnknownQuestion, origin(), id, known));
        }
        is_known
    }

    fn names_theme(&self, id: &str, origin: impl FnOnce() -> Origin) -> bool {
        // Without a codebook its absence is the fault, which is reported where it is named.
        let Some(codebook) = self.codebook else { return true };
        let is_known = codebook.theme(id).is_some();
        if !is_known {
            let known = codebook.themes().map(|theme| theme.id.as_str());
            self.log.add(unknown(Code::UnknownCodedTheme, origin(), id, known));
        }
        is_known
    }

    /// Whether the response has these words, in this order, apart from what `[…]` leaves out.
    fn has_words(&self, response: &str, question: &str, quote: &str) -> bool {
        let Some((at, _)) = self.consultation.questionnaire.question(question) else {
            return false;
        };
        let response = self.counted.get(response);
        let answer = response.and_then(|response| response.answers.get(at)?.as_ref());
        match answer {
            Some(Answer::Text(text) | Answer::One(Pick::Other(text)) | Answer::Several(_, text)) => {
                stands_in(&spaced(text), quote)
            }
            _ => false,
        }
    }
}

/// Whether the passages of a quotation stand in this text in their order.
fn stands_in(text: &str, quote: &str) -> bool {
    let mut rest = text;
    let quote = quote.replace("[...]", "[…]");
    let passages = quote.split("[…]").map(spaced).filter(|passage| !passage.is_empty());
    let mut any = false;
    for passage in passages {
        let Some(at) = rest.find(&passage) else { return false };
        rest = &rest[at + passage.len()..];
        any = true;
    }
    any
}

/// Text with single spaces between its words.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_may_leave_out_but_not_put_in() {
        let text = "Vi har brist på bostäder. Det är dyrt att bygga.";
        assert!(stands_in(text, "brist på\nbostäder"));
        assert!(stands_in(text, "Vi har […] bostäder. […] dyrt"));
        assert!(!stands_in(text, "dyrt […] Vi har"));
        assert!(!stands_in(text, "stor brist på bostäder"));
        assert!(!stands_in(text, "[…]"));
    }
}
