//! Responses: what respondents have sent, as the journal of a survey keeps it.
//!
//! Options, rows and questions are positions in the questionnaire as it is asked now. Only `survey` looks at
//! responses; pages and files are made of its results, which hold nothing that must not be shown.

use super::Naming;
use super::names::names;
use crate::source::Origin;
use jiff::civil::Date;
use std::sync::Arc;

/// Everything that is kept of the answers to one consultation.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Id of the consultation.
    pub consultation: String,
    /// Every response that was ever imported, in the order of import; those that a newer one replaced, too.
    pub responses: Vec<Response>,
    /// Codings of free text.
    pub codings: Vec<Coding>,
    /// Quotations, approved or not.
    pub quotes: Vec<Quote>,
    /// Documents that bodies sent along and that may be published.
    pub documents: Vec<ReceivedDocument>,
    /// The ledger of what has been published, as it is written; empty: nothing has.
    pub published: String,
}

/// A document that a body sent along with its answer.
#[derive(Clone, Debug)]
pub struct ReceivedDocument {
    /// Id of the invited body.
    pub body: String,
    /// Title; the name of the file when nothing better is given.
    pub title: String,
    /// Name of the file.
    pub file: String,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// The response of one respondent.
#[derive(Clone, Debug)]
pub struct Response {
    /// Id, unchanged when the response is sent again.
    pub id: String,
    /// Version of the questionnaire that was answered.
    pub version: String,
    /// Way in which it came.
    pub channel: Channel,
    /// Day it was sent; `None`: not stated.
    pub submitted: Option<Date>,
    /// Position in the journal: 0 for the first that came.
    pub received: u32,
    /// Position of the newer response with the same id that takes its place.
    pub replaced: Option<u32>,
    /// The invited body that answers, by id; `None` for anybody else.
    pub body: Option<String>,
    /// Formal decision on the response of a body; `None`: not stated.
    pub decision: Option<FormalDecision>,
    /// How far the respondent agrees to be named. The publication's rule may be stricter.
    pub naming: Naming,
    /// Name of the meeting, as recorded; empty: none was recorded, or it came in another way.
    pub meeting: String,
    /// Day of the meeting, as recorded; empty likewise.
    pub meeting_date: String,
    /// Number of participants of a meeting; `None`: not stated.
    pub participants: Option<u32>,
    /// By position of the question; `None`: not answered.
    pub answers: Vec<Option<Answer>>,
    /// Its line in the journal, for findings.
    pub origin: Origin,
}

impl Response {
    /// Whether it counts when the journal had this many lines.
    #[must_use]
    pub fn counts_after(&self, lines: u32) -> bool {
        self.received < lines && self.replaced.is_none_or(|at| at >= lines)
    }

    /// The answer to the question at this position; `None`: not answered.
    #[must_use]
    pub fn answer(&self, question: usize) -> Option<&Answer> {
        self.answers.get(question)?.as_ref()
    }
}

/// Way in which a response came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The form, posted.
    Form,
    /// A file from the form.
    File,
    /// Paper or e-mail, keyed in.
    Paper,
    /// A meeting: counts instead of a respondent.
    Meeting,
    /// Another survey tool's export.
    Tool,
}

names!(Channel {
    Form = "form",
    File = "file",
    Paper = "paper",
    Meeting = "meeting",
    Tool = "tool",
});

/// Decision on an organisation's response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormalDecision {
    /// The deciding body: `Kommunstyrelsen`.
    pub body: String,
    /// Day of the decision, as written.
    pub date: String,
    /// Paragraph of the minutes: `§ 45`.
    pub paragraph: String,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Words.
    Text(String),
    /// One option or point.
    One(Pick),
    /// Several options, ascending; and another answer in words, or empty.
    Several(Vec<u16>, String),
    /// One point for each row; of a direction question 0 is up, 1 as today, 2 down.
    Rows(Vec<Option<Pick>>),
    /// A rank for each item, 1 is first; `None`: not ranked.
    Ranks(Vec<Option<u16>>),
    /// Points for each item.
    Points(Vec<f64>),
    /// A number.
    Number(f64),
    /// A meeting's counts: for each row (or the one question) the number of each option; of a direction question up, as
    /// today, down; of a ranking how many put the item first.
    Counts {
        /// The counts that hold.
        counts: Vec<Vec<u32>>,
        /// Those of a round before the discussion; empty: there was none.
        before: Vec<Vec<u32>>,
    },
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// An option or point, by position.
    Option(u16),
    /// "No opinion".
    NoOpinion,
    /// Another answer, in words.
    Other(String),
}

/// One person's sorting of an answer under a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// Id of the response.
    pub response: String,
    /// Id of the question.
    pub question: String,
    /// Id of the theme; empty: looked at, and no theme fits.
    pub theme: String,
    /// Name or signature of the coder.
    pub coder: String,
    /// Its line, for findings.
    pub origin: Origin,
}

/// A passage that may be shown, once approved.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Id of the response.
    pub response: String,
    /// Id of the question.
    pub question: String,
    /// Id of the theme it stands under.
    pub theme: String,
    /// The passage; `[…]` where something was left out.
    pub text: String,
    /// Whether a human has approved it.
    pub approved: bool,
    /// How far its author is named.
    pub naming: Naming,
    /// Why something was left out; empty: nothing was.
    pub reason: String,
    /// Its line, for findings.
    pub origin: Origin,
}
