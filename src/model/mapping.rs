//! Mapping of a survey tool's export: the contents of its columns, and the words that stand for options.
//!
//! A mapping is written by a human, often from a draft that the program has made. It names columns by their headings; it
//! says nothing about files.

use super::names::names;
use super::{ContactField, Naming};
use crate::source::Origin;

/// `ANSWERS/ID/mapping.yaml`: how the export of one form in one tool is read.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Tool whose conventions hold where nothing else is stated.
    pub tool: Tool,
    /// Name of the form in the ids of its responses: row 17 of `enkat` is the response `enkat-17`. Empty: ids are made
    /// of the contents of rows.
    pub source: String,
    /// Version of the questionnaire that the form asks; empty: the one asked now.
    pub version: String,
    /// The sheet of a workbook; empty: its first.
    pub sheet: String,
    /// Rows above the one with the headings.
    pub skip: usize,
    /// Rows below the headings that are no responses, such as `LimeSurvey`'s second heading.
    pub skip_after: usize,
    /// The separator of a CSV file; `None`: the one its headings use most.
    pub delimiter: Option<u8>,
    /// Order of day and month in a date such as `8/9/2026`; `None`: such a date is not read.
    pub dates: Option<DateOrder>,
    /// Columns about the response as a whole.
    pub columns: Columns,
    /// Names of invited bodies in the export, beside their names and ids: words and the id they stand for.
    pub bodies: Vec<(String, String)>,
    /// Words for consent in the export, and the consent they stand for.
    pub naming: Vec<(String, Naming)>,
    /// Words that mean that nothing was answered.
    pub no_answer: Vec<String>,
    /// Words that mean "no opinion", beside those of the question.
    pub no_opinion: Vec<String>,
    /// Columns that are left behind.
    pub ignored: Vec<Column>,
    /// Columns of each question.
    pub questions: Vec<QuestionColumns>,
    /// Its file, or the program's own presets, for findings.
    pub origin: Origin,
}

/// A survey tool, or a way of writing tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Microsoft Forms: several choices as `a;b;`, rankings in order, one column a statement.
    MsForms,
    /// Google Forms: several choices as `a, b`, grids as `Question [Row]`.
    Google,
    /// `LimeSurvey`: one column with `Y` for each of several choices, one for each place of a ranking.
    LimeSurvey,
    /// Any other.
    Generic,
    /// Utsikt's own form: columns are its field names.
    Form,
}

names!(Tool {
    MsForms = "msforms",
    Google = "google",
    LimeSurvey = "limesurvey",
    Generic = "generic",
    Form = "form",
});

impl Tool {
    /// Separator between several choices, or the items of a ranking, in one cell.
    #[must_use]
    pub fn separator(self) -> &'static str {
        if self == Tool::Google { ", " } else { ";" }
    }
}

/// Order of day and month in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `17/3/2026`.
    DayFirst,
    /// `3/17/2026`.
    MonthFirst,
}

names!(DateOrder {
    DayFirst = "day-first",
    MonthFirst = "month-first",
});

/// A column: its heading, or `#` and its number from 1.
pub type Column = (String, Origin);

/// Columns about the response as a whole; `None`: the export has none.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The tool's own number of the response.
    pub id: Option<Column>,
    /// Day on which it was sent.
    pub submitted: Option<Column>,
    /// The body that answers.
    pub body: Option<Column>,
    /// Consent to be named.
    pub naming: Option<Column>,
    /// The invitation code.
    pub code: Option<Column>,
    /// The language it was answered in.
    pub language: Option<Column>,
    /// Deciding body, day and paragraph of the decision.
    pub decision: [Option<Column>; 3],
    /// Fields about the person who answered. Those not named here are left behind.
    pub contact: Vec<(ContactField, Column)>,
}

/// Columns with a question's answers.
#[derive(Clone, Debug)]
pub struct QuestionColumns {
    /// Id of the question.
    pub question: String,
    /// Columns of the answer itself.
    pub columns: AnswerColumns,
    /// Names of options, points, rows or items in the export, beside their texts: words and the id they stand for.
    pub labels: Vec<(String, String)>,
    /// The column with another answer in words.
    pub other: Option<Column>,
    /// Separator between several answers in one cell; empty: the tool's.
    pub separator: String,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// The columns of a question.
#[derive(Clone, Debug)]
pub enum AnswerColumns {
    /// All in one.
    One(Column),
    /// One for each option, row or item, by its id.
    Each(Vec<(String, Column)>),
    /// One for each place of a ranking, best first.
    Places(Vec<Column>),
}

impl Mapping {
    /// All columns that it names, those that are left behind among them.
    pub fn all_columns(&self) -> impl Iterator<Item = &Column> {
        let columns = &self.columns;
        let single = [
            &columns.id,
            &columns.submitted,
            &columns.body,
            &columns.naming,
            &columns.code,
            &columns.language,
        ];
        let whole = single.into_iter().chain(&columns.decision).flatten();
        let contact = columns.contact.iter().map(|(_, column)| column);
        let answers = self
            .questions
            .iter()
            .flat_map(|question| question.columns.all().chain(&question.other));
        whole.chain(contact).chain(&self.ignored).chain(answers)
    }
}

impl AnswerColumns {
    /// All columns, in order.
    pub fn all(&self) -> impl Iterator<Item = &Column> {
        let (one, each, places): (&[Column], &[(String, Column)], &[Column]) = match self {
            AnswerColumns::One(column) => (std::slice::from_ref(column), &[], &[]),
            AnswerColumns::Each(each) => (&[], each, &[]),
            AnswerColumns::Places(places) => (&[], &[], places),
        };
        one.iter().chain(each.iter().map(|(_, column)| column)).chain(places)
    }
}
