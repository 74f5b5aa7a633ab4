//! All results of a consultation in one long file: a row a number.
//!
//! Takes results in which everything that must not be shown is gone; gives CSV. A hidden number is an empty field with the
//! reason `hidden`. Ids stand beside words, so that a file of another version can be laid beside it; what is no option of the
//! questionnaire begins with a low line, as no id does.

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

/// An id and the words for it.
type Named = (String, String);

/// The rows of a file.
struct Rows<'a> {
    writer: csv::Writer<Vec<u8>>,
    language: &'a str,
    status: String,
    source: String,
}

/// Every number of the results that counts respondents.
pub(crate) fn answers(locale: &Locale<'_>, consultation: &Consultation, results: &Results) -> String {
    let language = locale.code;
    let marks = [
        results.interim.then_some("interim"),
        consultation.sample.then_some(SAMPLE),
    ];
    let mut rows = Rows {
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
        rows.number(
            None,
            &none(),
            &(name.to_owned(), String::new()),
            ("", ""),
            Count::Shown(count),
        );
    }
    for result in &results.questions {
        let Some((_, question)) = consultation.questionnaire.question(&result.question) else {
            continue;
        };
        let rest = |detail: &Detail| -> Vec<(Named, Tally)> { tallies(question, detail, language) };
        for (item, tally) in rest(&result.detail) {
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
    for own in results.coded.iter().flat_map(|coded| &coded.questions) {
        let Some((_, question)) = consultation.questionnaire.question(&own.question) else {
            continue;
        };
        for (theme, count) in &own.themes {
            rows.number(
                Some(question),
                &(theme.clone(), String::new()),
                &("_theme".to_owned(), String::new()),
                ("", ""),
                *count,
            );
        }
    }
    text(rows.writer)
}

fn none() -> Named {
    (String::new(), String::new())
}

/// The item at a position of a question with several; nothing of one without.
fn item_at(question: &Question, at: usize, language: &str) -> Named {
    let item = question.kind.rows().get(at);
    item.map_or_else(none, |item| {
        (item.id.clone(), item.text.in_language(language).to_owned())
    })
}

/// The tallies of a question with the item of each.
fn tallies(question: &Question, detail: &Detail, language: &str) -> Vec<(Named, Tally)> {
    match detail {
        Detail::Options(tally) => vec![(none(), tally.clone())],
        Detail::Rows(all) => all
            .iter()
            .enumerate()
            .map(|(at, tally)| (item_at(question, at, language), tally.clone()))
            .collect(),
        Detail::Directions(all) => all
            .iter()
            .enumerate()
            .map(|(at, it)| (item_at(question, at, language), it.tally.clone()))
            .collect(),
        _ => Vec::new(),
    }
}

impl Rows<'_> {
    fn tally(&mut self, question: &Question, item: &Named, group: (&str, &str), tally: &Tally) {
        let answers: Vec<Named> = match &question.kind {
            QuestionKind::Direction { .. } => ["up", "same", "down"]
                .map(|way| (way.to_owned(), String::new()))
                .to_vec(),
            kind => {
                let named = kind.options().iter().map(|it| (it.id.clone(), self.words(&it.text)));
                named.collect()
            }
        };
        for (answer, count) in answers.iter().zip(&tally.options) {
            self.number(Some(question), item, answer, group, *count);
        }
        let rest = [
            ("_other", tally.other),
            ("_no_opinion", tally.no_opinion),
            ("_unanswered", Some(tally.unanswered)),
            ("_n", Some(tally.n)),
        ];
        for (name, count) in rest {
            let Some(count) = count else { continue };
            self.number(Some(question), item, &(name.to_owned(), String::new()), group, count);
        }
    }

    /// Questions in words and rankings: what they count.
    fn other_kinds(&mut self, question: &Question, detail: &Detail) {
        let plain = |name: &str| (name.to_owned(), String::new());
        match detail {
            Detail::Text { answered, unanswered } => {
                self.number(Some(question), &none(), &plain("_n"), ("", ""), *answered);
                self.number(Some(question), &none(), &plain("_unanswered"), ("", ""), *unanswered);
            }
            Detail::Ranking(ranking) => {
                self.number(Some(question), &none(), &plain("_n"), ("", ""), ranking.n);
                for (at, own) in ranking.items.iter().enumerate() {
                    let item = item_at(question, at, self.language);
                    for (name, count) in [
                        ("_first", own.first),
                        ("_top_three", own.top_three),
                        ("_ranked", own.ranked),
                    ] {
                        self.number(Some(question), &item, &plain(name), ("", ""), count);
                    }
                }
            }
            _ => {}
        }
    }

    fn words(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    fn number(
        &mut self,
        question: Option<&Question>,
        item: &Named,
        answer: &Named,
        (by, group): (&str, &str),
        count: Count,
    ) {
        let number = count.shown().map_or(String::new(), |count| count.to_string());
        let reason = if count.shown().is_none() { "hidden" } else { "" };
        let asked = question.map_or(String::new(), |question| self.words(&question.text));
        let id = question.map_or("", |question| question.id.as_str());
        let fields = [
            id,
            &item.0,
            &answer.0,
            by,
            group,
            &number,
            reason,
            &asked,
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
