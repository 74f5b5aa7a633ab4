//! All results of a consultation in one long file: a row for each number.
//!
//! Takes results after suppression; gives CSV. A suppressed number is an empty field with the reason `hidden`. Ids stand beside
//! words, so that files of several versions can be compared; counts other than of options have an id that begins with an
//! underscore, as no id of a questionnaire does.

use crate::download::csv_file::{SAMPLE, harmless, text};
use crate::model::{Consultation, Question, QuestionKind, Text};
use crate::page::locale::Locale;
use crate::survey::{Count, Detail, Results, Tally};

const HEADER: [&str; 12] = [
    "question",
    "item",
    "answer",
    "by",
    "group",
    "count",
    "reason",
    "question_text",
    "item_text",
    "answer_text",
    "status",
    "source",
];

/// An id and its text; both are empty where the row is about no item.
type IdAndText = (String, String);

/// Writes counts as rows.
struct CountWriter<'a> {
    writer: csv::Writer<Vec<u8>>,
    language: &'a str,
    status: String,
    source: String,
}

/// Every count of respondents in the results.
pub(crate) fn answers(locale: &Locale<'_>, consultation: &Consultation, results: &Results) -> String {
    let language = locale.code;
    let marks = [
        results.interim.then_some("interim"),
        consultation.sample.then_some(SAMPLE),
    ];
    let mut rows = CountWriter {
        writer: csv::Writer::from_writer(Vec::new()),
        language,
        status: marks.into_iter().flatten().collect::<Vec<_>>().join("|"),
        source: consultation.title.in_language(language).to_owned(),
    };
    let _ = rows.writer.write_record(HEADER);
    let base = &results.base;
    let all: [(&str, Option<u32>); 3] = [
        ("invited", base.invited),
        ("answered", Some(base.answered)),
        ("uninvited", Some(base.uninvited)),
    ];
    for (name, count) in all.into_iter().filter_map(|(name, count)| Some((name, count?))) {
        rows.number(None, &no_item(), &without_text(name), ("", ""), Count::Shown(count));
    }
    for result in &results.questions {
        let Some((_, question)) = consultation.questionnaire.question(&result.question) else {
            continue;
        };
        for (item, tally) in tallies(question, &result.detail, language) {
            rows.tally(question, &item, ("", ""), &tally);
        }
        rows.other_kinds(question, &result.detail);
        for breakdown in &result.breakdowns {
            let Some((_, by)) = consultation.questionnaire.question(&breakdown.by) else {
                continue;
            };
            for (option, group) in by.kind.options().iter().zip(&breakdown.groups) {
                for (at, tally) in group.iter().enumerate() {
                    rows.tally(question, &item_at(question, at, language), (&by.id, &option.id), tally);
                }
            }
        }
    }
    for coded in results.coded.iter().flat_map(|coded| &coded.questions) {
        let Some((_, question)) = consultation.questionnaire.question(&coded.question) else {
            continue;
        };
        for (theme, count) in &coded.themes {
            rows.number(
                Some(question),
                &without_text(theme),
                &without_text("_theme"),
                ("", ""),
                *count,
            );
        }
    }
    for (meeting, number) in results.meetings.iter().zip(1..) {
        let name = if meeting.name.is_empty() {
            format!("{number}")
        } else {
            meeting.name.clone()
        };
        for (id, counts) in &meeting.counts {
            if let Some((_, question)) = consultation.questionnaire.question(id) {
                rows.meeting(question, name.trim(), counts);
            }
        }
    }
    text(rows.writer)
}

fn no_item() -> IdAndText {
    (String::new(), String::new())
}

/// An id of this file, which has no text in the questionnaire.
fn without_text(id: &str) -> IdAndText {
    (id.to_owned(), String::new())
}

/// The item at this position of a question; none for a question without items.
fn item_at(question: &Question, at: usize, language: &str) -> IdAndText {
    let item = question.kind.rows().get(at);
    item.map_or_else(no_item, |item| {
        (item.id.clone(), item.text.in_language(language).to_owned())
    })
}

/// The tallies of a question with the item of each.
fn tallies(question: &Question, detail: &Detail, language: &str) -> Vec<(IdAndText, Tally)> {
    match detail {
        Detail::Options(tally) => vec![(no_item(), tally.clone())],
        Detail::Rows(all) => all
            .iter()
            .enumerate()
            .map(|(at, tally)| (item_at(question, at, language), tally.clone()))
            .collect(),
        Detail::Directions(all) => all
            .iter()
            .enumerate()
            .map(|(at, item)| (item_at(question, at, language), item.tally.clone()))
            .collect(),
        _ => Vec::new(),
    }
}

impl CountWriter<'_> {
    /// The answers that are counted, in the order of their counts.
    fn answers(&self, question: &Question) -> Vec<IdAndText> {
        match &question.kind {
            QuestionKind::Direction { .. } => ["up", "same", "down"].map(without_text).to_vec(),
            QuestionKind::Ranking { .. } => vec![without_text("_first")],
            kind => {
                let options = kind.options().iter();
                options
                    .map(|option| (option.id.clone(), self.words(&option.text)))
                    .collect()
            }
        }
    }

    /// The counts of a tally: one for each answer, then those of no answer and the base.
    fn tally(&mut self, question: &Question, item: &IdAndText, group: (&str, &str), tally: &Tally) {
        for (answer, count) in self.answers(question).iter().zip(&tally.options) {
            self.number(Some(question), item, answer, group, *count);
        }
        let other_counts = [
            ("_other", tally.other),
            ("_no_opinion", tally.no_opinion),
            ("_unanswered", Some(tally.unanswered)),
            ("_n", Some(tally.n)),
        ];
        for (name, count) in other_counts {
            let Some(count) = count else { continue };
            self.number(Some(question), item, &without_text(name), group, count);
        }
    }

    /// What a meeting counted of a question, among the groups of `_meeting`.
    fn meeting(&mut self, question: &Question, name: &str, counts: &[Vec<u32>]) {
        let answers = self.answers(question);
        for (at, row) in counts.iter().enumerate() {
            let item = item_at(question, at, self.language);
            for (answer, count) in answers.iter().zip(row) {
                self.number(Some(question), &item, answer, ("_meeting", name), Count::Shown(*count));
            }
        }
    }

    /// The counts of questions in words and of rankings, which have no tally.
    fn other_kinds(&mut self, question: &Question, detail: &Detail) {
        match detail {
            Detail::Text { answered, unanswered } => {
                self.number(Some(question), &no_item(), &without_text("_n"), ("", ""), *answered);
                self.number(
                    Some(question),
                    &no_item(),
                    &without_text("_unanswered"),
                    ("", ""),
                    *unanswered,
                );
            }
            Detail::Ranking(ranking) => {
                self.number(Some(question), &no_item(), &without_text("_n"), ("", ""), ranking.n);
                for (at, ranked_item) in ranking.items.iter().enumerate() {
                    let item = item_at(question, at, self.language);
                    for (name, count) in [
                        ("_first", ranked_item.first),
                        ("_top_three", ranked_item.top_three),
                        ("_ranked", ranked_item.ranked),
                    ] {
                        self.number(Some(question), &item, &without_text(name), ("", ""), count);
                    }
                }
            }
            _ => {}
        }
    }

    fn words(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    /// One row: a count, or the reason why it is not shown.
    fn number(
        &mut self,
        question: Option<&Question>,
        item: &IdAndText,
        answer: &IdAndText,
        (by, group): (&str, &str),
        count: Count,
    ) {
        let number = count.shown().map_or(String::new(), |count| count.to_string());
        let reason = if count.shown().is_none() { "hidden" } else { "" };
        let question_text = question.map_or(String::new(), |question| self.words(&question.text));
        let id = question.map_or("", |question| question.id.as_str());
        let fields = [
            id,
            &item.0,
            &answer.0,
            by,
            group,
            &number,
            reason,
            &question_text,
            &item.1,
            &answer.1,
            &self.status,
            &self.source,
        ];
        let _ = self
            .writer
            .write_record(fields.map(|field| harmless(field).into_owned()));
    }
}
