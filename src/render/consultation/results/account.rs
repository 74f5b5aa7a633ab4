//! How results are told: numbers, shares, names and hidden numbers, said the same way everywhere.
//!
//! Takes a consultation and its results; gives words, cells and source lines. Counts below twenty answers are never a share.

use crate::measure;
use crate::model::{Consultation, Item, Question, Respondents, Text, Unit, UnitKind};
use crate::page::context::PageContext;
use crate::page::source_line::SourceLine;
use crate::page::table;
use crate::page::view::{Cell, Column, Table, TableRow};
use crate::render::figure::in_sentence;
use crate::survey::{Count, Results, Tally};
use crate::theme::escape;

/// Below so many answers a share says more than is known, and counts stand alone.
pub(super) const SMALL: u32 = 20;

/// What stands where a number is hidden, as statistical tables have it.
pub(super) const HIDDEN: &str = "..";

/// A consultation's results, and the page on which they are told.
#[derive(Clone, Copy)]
pub(crate) struct Account<'a> {
    pub(super) page: PageContext<'a>,
    pub(super) consultation: &'a Consultation,
    pub(super) results: &'a Results,
}

impl<'a> Account<'a> {
    /// The results of a consultation; `None` where there are none.
    pub(crate) fn of(page: PageContext<'a>, consultation: &'a Consultation) -> Option<Self> {
        Some(Self {
            page,
            consultation,
            results: page.results(&consultation.id)?,
        })
    }

    pub(super) fn word(&self, path: &str) -> &'a str {
        self.page.word(&format!("result.{path}"))
    }

    pub(super) fn fill(&self, path: &str, arguments: &[(&str, &str)]) -> String {
        self.page.fill(&format!("result.{path}"), arguments)
    }

    pub(super) fn text(&self, text: &'a Text) -> &'a str {
        text.in_language(self.page.code())
    }

    /// An item in few words.
    pub(super) fn short(&self, item: &'a Item) -> String {
        self.text(&item.short).to_owned()
    }

    /// What those who answer are called together: the invited group's name where there is one group and nobody else.
    pub(super) fn noun(&self) -> String {
        match self.consultation.invited.as_slice() {
            [group] if self.results.base.uninvited == 0 && !self.consultation.open_to_all => {
                in_sentence(self.text(&group.name))
            }
            _ => self.word("respondents").to_owned(),
        }
    }

    /// Whether bodies answer, not persons.
    pub(super) fn of_bodies(&self) -> bool {
        self.consultation.respondents == Respondents::Bodies
    }

    /// A whole number as read.
    pub(super) fn number(&self, number: u32) -> String {
        self.page.locale.format.number(f64::from(number), 0)
    }

    /// A number that may be hidden, in a picture or table.
    pub(super) fn count(&self, count: Count) -> String {
        count
            .shown()
            .map_or_else(|| HIDDEN.to_owned(), |number| self.number(number))
    }

    /// A number that may be hidden, in a sentence.
    pub(super) fn said(&self, count: Count) -> String {
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

    /// The same with what is counted: `5 av 9 kommuner`; a share says it of answers.
    pub(super) fn of_noun(&self, number: u32, base: u32) -> String {
        let said = self.out_of(number, base);
        if share(number, base).is_some() {
            said
        } else {
            format!("{said} {}", self.noun())
        }
    }

    /// A number as a label of a picture: a count, or from twenty answers on a share.
    pub(super) fn label(&self, count: Count, base: Count) -> String {
        match (count.shown(), base.shown()) {
            (Some(number), Some(base)) => {
                share(number, base).map_or_else(|| self.number(number), |share| self.percent(share))
            }
            _ => self.count(count),
        }
    }

    /// A number that may be hidden, as a cell.
    pub(super) fn cell(&self, count: Count) -> Cell {
        match count.shown() {
            Some(number) => Cell {
                text: self.number(number),
                sort: Some(number.to_string()),
                ..Cell::default()
            },
            None => self.hidden(),
        }
    }

    /// The same with its share, where there are answers enough.
    pub(super) fn shared_cell(&self, count: Count, base: Count) -> Cell {
        let cell = self.cell(count);
        let known = count
            .shown()
            .zip(base.shown())
            .and_then(|(number, base)| share(number, base));
        match known {
            Some(share) => Cell {
                text: format!("{} ({})", cell.text, self.percent(share)),
                ..cell
            },
            None => cell,
        }
    }

    /// A cell whose number is hidden.
    pub(super) fn hidden(&self) -> Cell {
        Cell {
            text: HIDDEN.to_owned(),
            missing: Some(self.word("hidden").to_owned()),
            ..Cell::default()
        }
    }

    /// A cell with a number that need not be there.
    pub(super) fn decimal(&self, number: Option<f64>) -> Cell {
        match number {
            Some(number) => Cell {
                text: self.page.locale.format.number(number, decimals(number)),
                sort: Some(measure::without_float_noise(number).to_string()),
                ..Cell::default()
            },
            None => self.hidden(),
        }
    }

    /// Columns headed by the names of items, after a first that heads rows.
    pub(super) fn columns(&self, first: &str, items: &'a [Item]) -> Vec<Column> {
        let mut columns = vec![table::texts(first)];
        columns.extend(items.iter().map(|item| counts(self.short(item))));
        columns
    }

    /// What those are called who have no opinion on a question.
    pub(super) fn no_opinion(&self, question: &'a Question) -> String {
        use crate::model::QuestionKind::{Grid, Scale};
        let own = match &question.kind {
            Scale(scale) | Grid { scale, .. } => scale.no_opinion.as_ref().map(|text| self.text(text)),
            _ => None,
        };
        own.filter(|text| !text.is_empty())
            .unwrap_or_else(|| self.word("no_opinion"))
            .to_owned()
    }

    /// Numbers outside a question's answers, as they stand behind its options: no opinion, not answered.
    pub(super) fn outside(&self, question: &'a Question, tally: &Tally) -> Vec<(String, Count)> {
        let no_opinion = tally.no_opinion.map(|count| (self.no_opinion(question), count));
        no_opinion
            .into_iter()
            .chain([(self.word("unanswered").to_owned(), tally.unanswered)])
            .collect()
    }

    /// A chart's title: which question, and what its numbers say.
    pub(super) fn title(&self, question: &'a Question, message: Option<String>) -> String {
        let short = self.text(&question.short);
        message.map_or_else(|| short.to_owned(), |message| format!("{} {message}", stopped(short)))
    }

    /// A name in quotation marks.
    pub(super) fn quoted(&self, name: &str) -> String {
        self.fill("quoted", &[("text", name)])
    }

    /// Name of an invited body; a word for one that is not named.
    pub(super) fn body(&self, id: &str) -> String {
        self.consultation
            .body(id)
            .map_or_else(|| id.to_owned(), |body| self.text(&body.name).to_owned())
    }

    /// A table of results.
    pub(super) fn table(&self, caption: &str, columns: Vec<Column>, rows: Vec<TableRow>) -> Table {
        let id = self.page.files.id("tabell");
        Table {
            id,
            ..table::table(caption.to_owned(), columns, rows)
        }
    }

    /// What pictures and files rest on: which consultation, how many, and that more may come.
    pub(super) fn source(&self) -> SourceLine {
        let title = self.text(&self.consultation.title);
        let answered = self.number(self.results.base.answered);
        let path = if self.results.interim {
            "source_interim"
        } else {
            "source"
        };
        let mut plain = self.fill(path, &[("title", title), ("answers", &answered)]);
        if self.consultation.sample {
            plain = format!("{plain} {}", self.word("sample"));
        }
        SourceLine {
            html: escape(&plain),
            plain,
        }
    }
}

/// A column of counts.
pub(super) fn counts(title: impl Into<String>) -> Column {
    table::numbers(title, None)
}

/// The share of a number in a base that is large enough to have shares.
pub(super) fn share(number: u32, base: u32) -> Option<f64> {
    (base >= SMALL).then(|| f64::from(number) / f64::from(base))
}

/// A text that ends as a sentence does, so that another can follow.
pub(super) fn stopped(text: &str) -> String {
    if text.ends_with(['.', '?', '!', '…', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Decimals that a mean or a median is read with: none when whole, else one, or two when small.
fn decimals(number: f64) -> u8 {
    if (number - number.round()).abs() < 1e-9 {
        0
    } else {
        u8::from(number.abs() < 10.0) + 1
    }
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
    fn questions_keep_their_mark() {
        assert_eq!(
            (stopped("Vem svarar?"), stopped("Vem")),
            ("Vem svarar?".to_owned(), "Vem.".to_owned())
        );
    }
}
