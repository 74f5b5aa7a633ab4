//! A proposal for a mapping: what the headings of an export say for themselves.
//!
//! A column is taken for a question when its heading is the question's text or id, and for a row of one when it is the
//! row's. Nothing is guessed: what fits nothing is left for a human.

use super::cell::OTHERS;
use super::columns::{Headings, is_private, is_technical};
use super::label::plain;
use super::sheet::Sheet;
use super::tool;
use crate::model::{
    AnswerColumns, Column, Columns, Consultation, Item, Mapping, Question, QuestionColumns, QuestionKind, Tool,
};
use crate::source::Origin;
use std::collections::BTreeMap;

/// A mapping, and the columns it says nothing of.
pub(super) struct Proposal {
    /// The mapping.
    pub(super) mapping: Mapping,
    /// The headings.
    pub(super) headings: Headings,
    /// Columns that fit nothing.
    pub(super) unfit: Vec<usize>,
    /// Columns that are left behind.
    pub(super) left: Vec<usize>,
}

const IDS: [&str; 5] = ["id", "response id", "svars-id", "svarsid", "respondent id"];
const TIMES: [&str; 8] = [
    "completion time",
    "slutförandetid",
    "slutförd",
    "timestamp",
    "tidstämpel",
    "submitdate",
    "date submitted",
    "submitted",
];
const LANGUAGES: [&str; 3] = ["startlanguage", "start language", "startspråk"];

/// What part of a question a column holds.
enum Part {
    Whole,
    Item(String),
    Place(usize),
    Other,
}

/// A mapping by the headings; `None` when there are none.
pub(super) fn propose(sheet: &Sheet, tool: Tool, consultation: &Consultation) -> Option<Proposal> {
    let origin = sheet.origin();
    let mut mapping = bare(tool, origin);
    let headings = tool::headings(sheet, &mapping)?;
    let named = |at: usize| -> Column { (headings.name(at), sheet.origin()) };
    let mut unfit = Vec::new();
    let mut left = Vec::new();
    let mut parts: BTreeMap<usize, Vec<(Part, usize)>> = BTreeMap::new();
    for (at, heading) in headings.written.iter().enumerate() {
        let words = plain(heading);
        let is = |known: &[&str]| known.contains(&words.as_str());
        if let Some((question, part)) = meant(heading, consultation) {
            parts.entry(question).or_default().push((part, at));
        } else if is(&IDS) && mapping.columns.id.is_none() {
            mapping.columns.id = Some(named(at));
        } else if is(&TIMES) && mapping.columns.submitted.is_none() {
            mapping.columns.submitted = Some(named(at));
        } else if is(&LANGUAGES) {
            mapping.columns.language = Some(named(at));
        } else if is_private(heading) || is_technical(heading) {
            left.push(at);
        } else if mapping.columns.body.is_none() && names_bodies(sheet, &mapping, at, consultation) {
            mapping.columns.body = Some(named(at));
        } else if !heading.is_empty() {
            unfit.push(at);
        }
    }
    if mapping.columns.id.is_some() {
        let known: String = headings
            .written
            .iter()
            .flat_map(|heading| [heading.as_str(), "\n"])
            .collect();
        mapping.source = format!("{}-{}", tool.name(), &blake3::hash(known.as_bytes()).to_hex()[..6]);
    }
    for (position, question) in consultation.questionnaire.questions().enumerate() {
        let Some(question_parts) = parts.remove(&position) else {
            continue;
        };
        let (columns, other, rest) = shaped(question, question_parts, &named);
        unfit.extend(rest);
        mapping.questions.extend(columns.map(|columns| QuestionColumns {
            question: question.id.clone(),
            columns,
            labels: Vec::new(),
            other,
            separator: String::new(),
            origin: sheet.origin(),
        }));
    }
    unfit.sort_unstable();
    Some(Proposal {
        mapping,
        headings,
        unfit,
        left,
    })
}

/// A mapping that says nothing but whose habits hold.
fn bare(tool: Tool, origin: Origin) -> Mapping {
    Mapping {
        tool,
        source: String::new(),
        version: String::new(),
        sheet: String::new(),
        skip: 0,
        skip_after: 0,
        delimiter: None,
        dates: None,
        columns: Columns::default(),
        bodies: Vec::new(),
        naming: Vec::new(),
        no_answer: Vec::new(),
        no_opinion: Vec::new(),
        ignored: Vec::new(),
        questions: Vec::new(),
        origin,
    }
}

/// The question that a heading speaks of, by position, and which part of it.
fn meant(heading: &str, consultation: &Consultation) -> Option<(usize, Part)> {
    let questions: Vec<&Question> = consultation.questionnaire.questions().collect();
    let whole = questions.iter().position(|question| is_called(heading, question));
    if let Some(at) = whole {
        return Some((at, Part::Whole));
    }
    // `Question [Row]`, `code[SQ001]`; the last brackets are meant, since a question may have some of its own.
    if let Some((before, inside)) = heading
        .trim_end()
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
    {
        let at = questions.iter().position(|question| is_called(before, question))?;
        return Some((at, part(questions[at], inside)?));
    }
    // One column a statement, with the statement for a heading: when only one question has such a statement.
    let mut found = questions
        .iter()
        .enumerate()
        .filter_map(|(at, question)| Some((at, row(question, heading)?)));
    let first = found.next()?;
    found.next().is_none().then_some((first.0, Part::Item(first.1)))
}

fn is_called(heading: &str, question: &Question) -> bool {
    let words = plain(heading);
    let bare = words.trim_end_matches([':', '*']).trim_end();
    let names = question
        .text
        .all()
        .chain(question.short.all())
        .chain([question.id.as_str()]);
    names
        .map(plain)
        .any(|name| !name.is_empty() && (name == words || name.trim_end_matches([':', '*']) == bare))
}

fn part(question: &Question, inside: &str) -> Option<Part> {
    let items = match &question.kind {
        QuestionKind::Choices { options, .. } => options,
        kind => kind.rows(),
    };
    if let Some(id) = item(items, inside) {
        return Some(Part::Item(id));
    }
    let words = plain(inside);
    if OTHERS.contains(&words.as_str()) {
        return Some(Part::Other);
    }
    let number = words.trim_start_matches(|c: char| !c.is_ascii_digit());
    let place = number
        .parse()
        .ok()
        .filter(|_| matches!(question.kind, QuestionKind::Ranking { .. }));
    place.map(Part::Place)
}

fn row(question: &Question, heading: &str) -> Option<String> {
    item(question.kind.rows(), heading)
}

fn item(items: &[Item], words: &str) -> Option<String> {
    let plain_words = plain(words);
    let is_called = |item: &&Item| {
        item.text
            .all()
            .chain(item.short.all())
            .chain([item.id.as_str()])
            .any(|name| plain(name) == plain_words)
    };
    items
        .iter()
        .find(is_called)
        .filter(|_| !plain_words.is_empty())
        .map(|item| item.id.clone())
}

/// The columns of a question in the shape that suits it, the one for other answers, and those that suit neither.
fn shaped(
    question: &Question,
    parts: Vec<(Part, usize)>,
    named: &dyn Fn(usize) -> Column,
) -> (Option<AnswerColumns>, Option<Column>, Vec<usize>) {
    let (mut whole, mut each, mut places, mut other, mut rest) = (None, Vec::new(), Vec::new(), None, Vec::new());
    let is_single_cell = !matches!(
        question.kind,
        QuestionKind::Grid { .. } | QuestionKind::Direction { .. } | QuestionKind::Points { .. }
    );
    for (part, at) in parts {
        match part {
            Part::Whole if whole.is_none() && is_single_cell => whole = Some(named(at)),
            Part::Item(id) if each.iter().all(|(known, _)| *known != id) => each.push((id, named(at))),
            Part::Place(place) => places.push((place, named(at))),
            Part::Other if other.is_none() => other = Some(named(at)),
            _ => rest.push(at),
        }
    }
    places.sort_by_key(|(place, _)| *place);
    let places: Vec<Column> = places.into_iter().map(|(_, column)| column).collect();
    let columns = if let Some(whole) = whole {
        Some(AnswerColumns::One(whole))
    } else if !each.is_empty() {
        Some(AnswerColumns::Each(each))
    } else if !places.is_empty() {
        Some(AnswerColumns::Places(places))
    } else {
        None
    };
    (columns, other, rest)
}

/// Whether all that stands in a column are names of invited bodies.
fn names_bodies(sheet: &Sheet, mapping: &Mapping, column: usize, consultation: &Consultation) -> bool {
    let known: Vec<String> = consultation
        .bodies()
        .flat_map(|body| body.name.all().chain([body.id.as_str()]).map(plain).collect::<Vec<_>>())
        .collect();
    let (mut seen, mut some, mut all) = (0, false, true);
    sheet.each(|row| {
        seen += 1;
        if seen > mapping.skip + 1 && !row.cell(column).is_empty() {
            some = true;
            all &= known.contains(&plain(row.cell(column)));
        }
    });
    some && all
}
