//! The parts of results: counts, orders, spreads and themes by question.
//!
//! The same types hold what has been counted and what is shown of it: [`Counted`] is before disclosure control, and
//! [`Results`](super::Results) after. Pages, pictures, tables and files are made of the latter alone, so what is hidden there
//! cannot be found in the output. Options, rows and items are positions in the questionnaire; lists are in the order of
//! the questionnaire unless another is stated.

use super::quote::ShownQuote;
use crate::model::{Channel, FormalDecision};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A number of respondents, or that it is not shown because it would tell of too few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Count {
    /// The number.
    Shown(u32),
    /// Too few, or another number would tell of too few.
    Hidden,
}

impl Default for Count {
    /// Nobody.
    fn default() -> Count {
        Count::Shown(0)
    }
}

impl Count {
    /// The number, unless hidden.
    #[must_use]
    pub fn shown(self) -> Option<u32> {
        match self {
            Count::Shown(number) => Some(number),
            Count::Hidden => None,
        }
    }
}

/// Everything counted of a consultation's answers, before disclosure control.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Counted {
    /// Id of the consultation.
    pub consultation: String,
    /// Whether more answers may come.
    pub interim: bool,
    /// The invited and the answered.
    pub base: Base,
    /// One for each question.
    pub questions: Vec<QuestionResult>,
    /// Invited bodies one by one, without those that answered and are not named; `None`: they are not shown one by one.
    pub matrix: Option<Vec<BodyRow>>,
    /// Counts made at meetings; never added to the above.
    pub meetings: Vec<Meeting>,
    /// Free text by theme; `None`: no codebook, or nothing has been coded.
    pub coded: Option<Coded>,
    /// Reasons why something is not shown.
    pub withheld: Vec<Withheld>,
    /// What protects the numbers and is itself never shown; empty in [`Results`](super::Results).
    pub basis: Basis,
}

/// Whose answers have been counted: what disclosure control must know of them, and no reader may.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Basis {
    /// By id of the response.
    pub respondents: BTreeMap<String, Trace>,
    /// Answers by two questions at once, one table for each pair of a question's breakdowns.
    pub joint: Vec<Joint>,
    /// The respondents by the earlier publications in which they stood with the same answers; empty in the first.
    #[serde(default)]
    pub cohorts: Vec<Cohort>,
    /// Answers of those bodies that are not shown one by one.
    #[serde(default)]
    pub company: Vec<QuestionResult>,
}

/// Respondents who stood in the same earlier publications with the same answers, counted by themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cohort {
    /// Positions of those publications, ascending.
    pub earlier: Vec<usize>,
    /// Their answers.
    pub counted: Counted,
}

/// By what another count knows that a respondent answered the same then, without the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Digest of all answers.
    pub digest: String,
    /// Digest of the themes under which answers in words have been sorted; empty: under none.
    #[serde(default)]
    pub codings: String,
    /// Digest of the answer to each question whose results are no counts.
    pub answers: BTreeMap<String, String>,
    /// Whether it is a body that wants no name.
    pub unnamed: bool,
    /// Whether it is a body that has a row of its own.
    pub row: bool,
}

/// A question's answers among those of each pair of groups of two questions, those of no group last in both.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Joint {
    /// Id of the question.
    pub question: String,
    /// Ids of the questions it is broken down by.
    pub by: [String; 2],
    /// `groups[first][second]`.
    pub groups: Vec<Vec<JointGroup>>,
}

/// Those of two groups at once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct JointGroup {
    /// How many they are.
    pub respondents: u32,
    /// Their answers by row; single questions have one.
    pub tallies: Vec<Tally>,
}

/// A reason why something is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Withheld {
    /// It is still open, and results are shown when it has closed.
    Open,
    /// Fewer respondents than the minimum; of bodies, so few that one which wants no name would be known.
    Few,
    /// Some cells are hidden, since they would tell of too few.
    Cells,
    /// Responses that came after the last full batch.
    Batch,
    /// The last responses before it closed, so few that they stay out for good.
    Remainder,
    /// Bodies are not shown one by one, because too few of those who answered want not to be named.
    Naming,
    /// What has been published before cannot be read, so nothing can be protected against it.
    Ledger,
}

/// The invited and the answered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Base {
    /// How many are invited; `None`: open to anyone.
    pub invited: Option<u32>,
    /// How many responses the results build on.
    pub answered: u32,
    /// How many have come in but are not in the results, yet or for good; 0 also where that is not told.
    pub waiting: u32,
    /// Of the answered, how many were not invited.
    pub uninvited: u32,
    /// Name (position of the invited group), invited and answered; empty where it would tell who wants no name.
    pub groups: Vec<(usize, u32, u32)>,
    /// Ids of invited bodies that have not answered; `None`: not told, of persons, and where those who want no name would be
    /// those who are left.
    pub missing: Option<Vec<String>>,
    /// Share (0 to 1) of the inhabitants of all invited places who live where the body has answered; `None`: not known.
    pub population: Option<f64>,
    /// By channel, where there are several; hidden for small numbers of persons.
    #[serde(with = "super::recorded::channels")]
    pub channels: Vec<(Channel, Count)>,
}

impl Base {
    /// How many of the invited have answered; all who have, when nobody was invited.
    #[must_use]
    pub fn of_invited(&self) -> u32 {
        self.answered.saturating_sub(self.uninvited)
    }
}

/// The answers to a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionResult {
    /// Id of the question.
    pub question: String,
    /// The answers of everyone.
    pub detail: Detail,
    /// The answers of those who chose each option of the questions it is broken down by.
    pub breakdowns: Vec<Breakdown>,
}

/// A question's answers among those who chose each option of another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Breakdown {
    /// Id of the other question.
    pub by: String,
    /// `groups[option][row]`; single questions have one row.
    pub groups: Vec<Vec<Tally>>,
}

/// The answers to a question, by its kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Detail {
    /// How many wrote something, and how many did not.
    Text {
        /// Those who wrote something.
        answered: Count,
        /// Those who did not.
        unanswered: Count,
    },
    /// Options of a choice, of several choices or of a scale.
    Options(Tally),
    /// Points of a scale for each statement.
    Rows(Vec<Tally>),
    /// More of it, as today or less, for each item.
    Directions(Vec<Direction>),
    /// Orders of items.
    Ranking(Ranking),
    /// Points or numbers: one spread for each item, or one.
    Spreads(Vec<Spread>),
    /// Not shown at all.
    Withheld,
}

/// Counts of one question or row. Base: everyone who got the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// How many chose each option.
    pub options: Vec<Count>,
    /// How many wrote another answer; `None`: not possible.
    pub other: Option<Count>,
    /// How many have no opinion; `None`: not possible.
    pub no_opinion: Option<Count>,
    /// How many did not answer.
    pub unanswered: Count,
    /// How many chose something; the base of shares. Those without opinion are not in it.
    pub n: Count,
    /// Shares (0 to 1) with every body weighing as many as live in its place; `None`: not known, or of persons.
    pub weighted: Option<Vec<f64>>,
}

/// An item of which respondents want more, as today or less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Direction {
    /// Counts of up, as today and down, in this order.
    pub tally: Tally,
    /// Up minus down; `None` when hidden.
    pub net: Option<i64>,
    /// Whether up and down each have at least a quarter of those who chose; false when hidden.
    pub polarised: bool,
}

/// A set of orders, added up in several ways.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ranking {
    /// How many ranked at least one item.
    pub n: Count,
    /// How many ranked nothing.
    pub unanswered: Count,
    /// By item.
    pub items: Vec<RankedItem>,
    /// `pairs[a][b]`: how many put a before b; unranked items are last together. Always hidden for persons.
    pub pairs: Vec<Vec<Count>>,
    /// All orders with the least number of disagreements (Kemeny); empty when there are too many items for an exact answer.
    pub orders: Vec<Vec<usize>>,
    /// The least number of disagreements, in pairs of items and respondents. `None`: too many items, or of persons.
    pub disagreements: Option<u64>,
    /// Whether more orders are as good than are listed.
    pub more_orders: bool,
}

/// An item of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RankedItem {
    /// How many ranked it first (alone or with others).
    pub first: Count,
    /// How many ranked it among the first three.
    pub top_three: Count,
    /// Mean rank among those who ranked it; ties share the mean of their positions. `None`: nobody
    /// did, or persons answered.
    pub mean: Option<f64>,
    /// How many ranked it.
    pub ranked: Count,
    /// Borda points: wins over other items, ties half, summed over respondents. `None`: persons answered.
    pub borda: Option<f64>,
    /// Pairwise majorities won minus lost (Copeland).
    pub copeland: i32,
    /// Place by Borda points, from 1; equals share the best.
    pub place: u32,
    /// Best and worst place when any one respondent is left out.
    pub places_without_one: (u32, u32),
}

/// The spread of numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Respondents who gave a number; `None`: too few (then the rest is gone too), or too few did not.
    pub n: Option<u32>,
    /// Arithmetic mean; of few persons rounded to one decimal.
    pub mean: Option<f64>,
    /// Least, lower quartile, median, upper quartile, most. Least and most are never shown of persons.
    pub five: [Option<f64>; 5],
}

/// A body that was invited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BodyRow {
    /// Id of the body.
    pub body: String,
    /// Its answers; `None`: nothing has come, or it waits for the next batch and is not in [`Base::missing`].
    pub response: Option<BodyAnswers>,
}

/// A body's answers to the closed questions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BodyAnswers {
    /// The decision by which it answered.
    #[serde(with = "super::recorded::decision")]
    pub decision: Option<FormalDecision>,
    /// One for each question, without any words.
    pub cells: Vec<BodyAnswer>,
}

/// A body's answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BodyAnswer {
    /// Not answered.
    Unanswered,
    /// Free text; the words stand elsewhere if at all.
    Words,
    /// No opinion.
    NoOpinion,
    /// Another answer than the options.
    Other,
    /// Options, by position.
    Options(Vec<u16>),
    /// Options, by position, and another answer besides.
    OptionsAndOther(Vec<u16>),
    /// For each row of a grid or each item of a direction question.
    Rows(Vec<BodyAnswer>),
    /// A rank for each item.
    Ranks(Vec<Option<u16>>),
    /// Points for each item, or a number.
    Numbers(Vec<f64>),
}

/// Counts made at a meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Name as recorded; empty when none.
    pub name: String,
    /// Day as recorded.
    pub date: String,
    /// How many took part.
    pub participants: Option<u32>,
    /// Question ids and, for each row, the counts of its options.
    pub counts: Vec<(String, Vec<Vec<u32>>)>,
    /// The same of a round before the discussion; of meetings that are open, where there was one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<(String, Vec<Vec<u32>>)>,
}

/// Coded free text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Coded {
    /// How many answers in words there are to the questions that are coded.
    pub answers: u32,
    /// How many of the answers nobody has coded yet.
    pub uncoded: u32,
    /// By question and theme, in the codebook's order.
    pub questions: Vec<CodedQuestion>,
    /// Agreement between coders, Krippendorff's alpha for nominal data; `None`: no two have coded the same answer.
    pub alpha: Option<f64>,
    /// How many answers two or more coders have coded.
    pub double: u32,
    /// How many of those they have put under different themes.
    #[serde(default)]
    pub disputed: u32,
    /// Approved quotes.
    pub quotes: Vec<ShownQuote>,
}

/// A question's answers by theme.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CodedQuestion {
    /// Id of the question.
    pub question: String,
    /// How many answered it in words and have been coded: the base.
    pub answered: Count,
    /// Id of each theme, and how many respondents all coders put under it.
    pub themes: Vec<(String, Count)>,
}
