//! The context of a page of results, and the words, numbers and cells that all its sections share.
//!
//! A hidden number is `..` with its reason; counts below twenty answers are never a share.

use crate::model::{Consultation, Item, Question, Respondents, Text, Unit, UnitKind};
use crate::page::consultation_state;
use crate::page::context::PageContext;
use crate::page::source_line::SourceLine;
use crate::page::table;
use crate::page::view::{Column, Table, TableRow};
use crate::render::consultation::results::cells::count_column;
use crate::render::figure::in_sentence;
use crate::survey::{Count, Meeting, Results, Tally};
use crate::theme::escape;

/// Fewest answers with shares: below it a share says more than is known, and counts stand alone.
pub(super) const FEWEST_WITH_SHARES: u32 = 20;

/// Most names in a sentence: a paragraph of thirty is read by nobody.
const MOST_NAMES: usize = 5;

/// The sign of a hidden number, as statistical tables have it.
pub(super) const HIDDEN: &str = "..";

/// A consultation's results, and the page that shows them.
#[derive(Clone, Copy)]
pub(crate) struct ResultsContext<'a> {
    pub(super) page: PageContext<'a>,
    pub(super) consultation: &'a Consultation,
    pub(super) results: &'a Results,
    /// The meeting whose counts are shown; `None`: the answers of respondents are.
    meeting: Option<&'a Meeting>,
}

impl<'a> ResultsContext<'a> {
    /// The results of a consultation; `None` where there are none.
    pub(crate) fn new(page: PageContext<'a>, consultation: &'a Consultation) -> Option<Self> {
        Some(Self {
            page,
            consultation,
            results: page.results(&consultation.id)?,
            meeting: None,
        })
    }

    /// The same page, for the counts of a meeting.
    pub(super) fn of_meeting(self, meeting: &'a Meeting) -> Self {
        Self {
            meeting: Some(meeting),
            ..self
        }
    }

    /// Whether the counts of a meeting are shown.
    pub(super) fn is_of_meeting(&self) -> bool {
        self.meeting.is_some()
    }

    /// How many could have answered: who took part in the meeting, or who has answered at all. Of a meeting whose participants
    /// nobody has counted, the most that raised their hands.
    pub(super) fn answered(&self) -> u32 {
        let Some(meeting) = self.meeting else {
            return self.results.base.answered;
        };
        let rows = meeting.counts.iter().flat_map(|(_, rows)| rows);
        let hands = rows.map(|row| row.iter().fold(0, |sum: u32, count| sum.saturating_add(*count)));
        meeting.participants.or(hands.max()).unwrap_or(0)
    }

    /// A word about those who answer, which is another where hands are counted.
    pub(super) fn word_of_respondents(&self, path: &str) -> &'a str {
        match self.meeting {
            Some(_) => self.word(&format!("meeting.{path}")),
            None => self.word(path),
        }
    }

    /// A word below `result`.
    pub(super) fn word(&self, path: &str) -> &'a str {
        self.page.word(&format!("result.{path}"))
    }

    /// A word below `result` with its placeholders filled.
    pub(super) fn fill(&self, path: &str, arguments: &[(&str, &str)]) -> String {
        self.page.fill(&format!("result.{path}"), arguments)
    }

    /// A text in the page's language.
    pub(super) fn text(&self, text: &'a Text) -> &'a str {
        text.in_language(self.page.code())
    }

    /// An item in few words.
    pub(super) fn short_name(&self, item: &'a Item) -> String {
        self.text(&item.short).to_owned()
    }

    /// The word for respondents: the invited group's name where there is one group and nobody else.
    pub(super) fn noun(&self) -> String {
        match self.consultation.invited.as_slice() {
            [group] if self.meeting.is_none() && self.results.base.uninvited == 0 && !self.consultation.open_to_all => {
                in_sentence(self.text(&group.name))
            }
            _ => self.word_of_respondents("respondents").to_owned(),
        }
    }

    /// Whether bodies answer, not persons.
    pub(super) fn answered_by_bodies(&self) -> bool {
        self.consultation.respondents == Respondents::Bodies
    }

    /// Whether anybody can still answer.
    pub(super) fn may_still_answer(&self) -> bool {
        use crate::survey::State::{Coming, Extended, Open, Paused};
        let state = consultation_state::state_of(self.page, self.consultation);
        matches!(state, Coming | Open | Extended | Paused)
    }

    /// The words for a body that has not answered: not yet, or not at all.
    pub(super) fn no_answer(&self) -> &'a str {
        self.word(if self.may_still_answer() {
            "not_yet"
        } else {
            "not_answered"
        })
    }

    /// A whole number with the language's separators.
    pub(super) fn number(&self, number: u32) -> String {
        self.page.locale.format.number(f64::from(number), 0)
    }

    /// A number that may be hidden, in a drawing or table.
    pub(super) fn count(&self, count: Count) -> String {
        count
            .shown()
            .map_or_else(|| HIDDEN.to_owned(), |number| self.number(number))
    }

    /// A number that may be hidden, in a sentence.
    pub(super) fn count_in_sentence(&self, count: Count) -> String {
        count
            .shown()
            .map_or_else(|| self.word("hidden_number").to_owned(), |number| self.number(number))
    }

    /// A share (0 to 1) in whole per cent.
    pub(super) fn percent(&self, share: f64) -> String {
        let unit = Unit {
            kind: UnitKind::Percent,
            decimals: 0,
            ..Unit::default()
        };
        self.page
            .locale
            .format
            .short_value(share * 100.0, &unit, self.page.code())
    }

    /// A number of a base: `5 av 9`; from twenty answers on `65 % (34 av 52)`.
    pub(super) fn out_of(&self, number: u32, base: u32) -> String {
        let of = self.fill("of", &[("count", &self.number(number)), ("total", &self.number(base))]);
        match share(number, base) {
            Some(share) => format!("{} ({of})", self.percent(share)),
            None => of,
        }
    }

    /// A number of a base with the word for respondents: `5 av 9 kommuner`. Beside a share it is left out, which is one of answers.
    pub(super) fn out_of_respondents(&self, number: u32, base: u32) -> String {
        let of_base = self.out_of(number, base);
        if share(number, base).is_some() {
            of_base
        } else {
            format!("{of_base} {}", self.noun())
        }
    }

    /// The label of a mark: a count, or from twenty answers on a share.
    pub(super) fn label(&self, count: Count, base: Count) -> String {
        match (count.shown(), base.shown()) {
            (Some(number), Some(base)) => {
                share(number, base).map_or_else(|| self.number(number), |share| self.percent(share))
            }
            _ => self.count(count),
        }
    }

    /// Columns headed by the names of items, after a first that heads rows.
    pub(super) fn item_columns(&self, first: &str, items: &'a [Item]) -> Vec<Column> {
        let mut columns = vec![table::texts(first)];
        columns.extend(items.iter().map(|item| count_column(self.short_name(item))));
        columns
    }

    /// The label of having no opinion: the question's own, else the usual one.
    pub(super) fn no_opinion_label(&self, question: &'a Question) -> String {
        use crate::model::QuestionKind::{Grid, Scale};
        let label = match &question.kind {
            Scale(scale) | Grid { scale, .. } => scale.no_opinion.as_ref().map(|text| self.text(text)),
            _ => None,
        };
        label
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| self.word("no_opinion"))
            .to_owned()
    }

    /// Labels and numbers of those who chose none of a question's options: no opinion, not answered.
    pub(super) fn counts_outside_options(&self, question: &'a Question, tally: &Tally) -> Vec<(String, Count)> {
        let no_opinion = tally.no_opinion.map(|count| (self.no_opinion_label(question), count));
        no_opinion
            .into_iter()
            .chain([(self.word_of_respondents("unanswered").to_owned(), tally.unanswered)])
            .collect()
    }

    /// A chart's title: the question in few words, and the message of its numbers.
    pub(super) fn chart_title(&self, question: &'a Question, message: Option<String>) -> String {
        let short = self.text(&question.short);
        message.map_or_else(
            || short.to_owned(),
            |message| format!("{} {message}", as_sentence(short)),
        )
    }

    /// Names in a sentence; of many the first, and how many more there are, which the table tells of.
    pub(super) fn list(&self, names: &[String]) -> String {
        if names.len() <= MOST_NAMES + 1 {
            return self.page.locale.format.list(names);
        }
        let (first, more) = names.split_at(MOST_NAMES);
        let n = more.len().to_string();
        let mut parts = first.to_vec();
        parts.push(self.fill("more_names", &[("n", &n)]));
        self.page.locale.format.list(&parts)
    }

    /// A name in quotation marks.
    pub(super) fn quoted(&self, name: &str) -> String {
        self.fill("quoted", &[("text", name)])
    }

    /// Name of an invited body; its id where the consultation does not know it.
    pub(super) fn body_name(&self, id: &str) -> String {
        self.consultation
            .body(id)
            .map_or_else(|| id.to_owned(), |body| self.text(&body.name).to_owned())
    }

    /// A table with an id of its own on the page.
    pub(super) fn table(&self, caption: &str, columns: Vec<Column>, rows: Vec<TableRow>) -> Table {
        let id = self.page.files.id("tabell");
        Table {
            id,
            ..table::table(caption.to_owned(), columns, rows)
        }
    }

    /// The source of charts and files: the consultation, its number of answers, and whether more may come.
    pub(super) fn source_line(&self) -> SourceLine {
        let title = self.text(&self.consultation.title);
        let answered = self.number(self.answered());
        let path = if self.meeting.is_some() {
            "meeting.source"
        } else if self.results.interim {
            "source_interim"
        } else {
            "source"
        };
        let mut plain = self.fill(
            path,
            &[
                ("title", title),
                ("answers", &answered),
                ("n", &self.results.base.answered.to_string()),
            ],
        );
        if self.consultation.sample {
            plain = format!("{plain} {}", self.word("sample"));
        }
        SourceLine {
            html: escape(&plain),
            plain,
        }
    }
}

/// The share (0 to 1) of a number in a base; `None` where the base is too small for shares.
pub(super) fn share(number: u32, base: u32) -> Option<f64> {
    (base >= FEWEST_WITH_SHARES).then(|| f64::from(number) / f64::from(base))
}

/// A text with a full stop, unless it ends as a sentence does, so that another can follow.
pub(super) fn as_sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!', '…', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Decimals of means or medians under each other: as many as they need, at most two, and one when any is ten or more.
pub(super) fn decimals(numbers: impl IntoIterator<Item = f64>) -> u8 {
    let needed = |number: f64| {
        let has = |scale: f64| (number * scale - (number * scale).round()).abs() < 1e-9;
        if has(1.0) { 0 } else { u8::from(!has(10.0)) + 1 }
    };
    let mut most = 0;
    let mut limit = 2;
    for number in numbers {
        most = most.max(needed(number));
        limit = limit.min(u8::from(number.abs() < 10.0) + 1);
    }
    most.min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_answers_have_no_share() {
        assert_eq!(share(7, 19), None);
        assert_eq!(share(5, 20), Some(0.25));
    }

    #[test]
    fn numbers_under_each_other_have_as_many_decimals() {
        assert_eq!(decimals([10.0, 40.0]), 0);
        assert_eq!(decimals([5.5, 9.0]), 1);
        assert_eq!(decimals([8.25, 5.5]), 2);
        assert_eq!(decimals([8.25, 5.5, 10.0, 22.3]), 1);
    }

    #[test]
    fn questions_keep_their_mark() {
        assert_eq!(
            (as_sentence("Vem svarar?"), as_sentence("Vem")),
            ("Vem svarar?".to_owned(), "Vem.".to_owned())
        );
    }
}
