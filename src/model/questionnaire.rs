//! Questions: what is asked, how it may be answered, and the evidence beside it.

use super::{Draft, Section, Text};
use crate::source::Origin;

/// One version of the questions.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// Version: `1`, `2`.
    pub version: String,
    /// Text before the first question; empty: none.
    pub introduction: Text,
    /// Minutes it takes to answer; `None`: not tried.
    pub minutes: Option<u64>,
    /// Questions in steps; a step is what is seen at once.
    pub steps: Vec<Step>,
    /// Texts that are commented section by section, in the order of their steps; empty: none.
    pub drafts: Vec<Draft>,
    /// Changes since the version before, for readers; empty: none.
    pub changes: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Questions that are answered together.
#[derive(Clone, Debug)]
pub struct Step {
    /// Heading of the step.
    pub title: Text,
    /// Text before the questions; empty: none.
    pub text: Text,
    /// The section of a draft that the questions are about; `None`: they are about no single section.
    pub section: Option<Section>,
    /// Questions in order.
    pub questions: Vec<Question>,
}

/// A question. Its id never changes its meaning.
#[derive(Clone, Debug)]
pub struct Question {
    /// Id.
    pub id: String,
    /// Ids it had in earlier versions, with the same meaning.
    pub formerly: Vec<String>,
    /// Whether its words differ from an earlier version's while its meaning does not.
    pub reworded: bool,
    /// The question.
    pub text: Text,
    /// The question in few words, for tables.
    pub short: Text,
    /// Instruction for answering; empty: none.
    pub help: Text,
    /// Whether it must be answered.
    pub required: bool,
    /// Kind of answer.
    pub kind: QuestionKind,
    /// Related indicators, page and area.
    pub evidence: Evidence,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Things of the site that a question, an option or a theme is about. All empty: none.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Indicators, by id.
    pub indicators: Vec<(String, Origin)>,
    /// A page, by id.
    pub page: Option<(String, Origin)>,
    /// A development area, by id.
    pub area: Option<(String, Origin)>,
}

/// Kind of answer to a question.
#[derive(Clone, Debug)]
pub enum QuestionKind {
    /// In one's own words.
    Text {
        /// Height of the field, in lines.
        lines: u64,
        /// Most characters; `None`: as many as one likes.
        longest: Option<u64>,
    },
    /// One of several.
    Choice {
        /// The options.
        options: Vec<Item>,
        /// Whether another answer can be written.
        other: bool,
    },
    /// Any number of several.
    Choices {
        /// The options.
        options: Vec<Item>,
        /// Whether another answer can be written.
        other: bool,
        /// Most that may be chosen.
        at_most: Option<u64>,
    },
    /// A degree.
    Scale(Scale),
    /// A degree for each of several statements.
    Grid {
        /// The statements.
        rows: Vec<Item>,
        /// The scale they share.
        scale: Scale,
    },
    /// Up, as today, or down, for each item.
    Direction {
        /// The items.
        items: Vec<Item>,
    },
    /// An order of items, first is best. Items may share a rank or have none.
    Ranking {
        /// The items.
        items: Vec<Item>,
        /// Number of ranks asked for; `None`: all items.
        ranks: Option<u64>,
    },
    /// Points shared out over items.
    Points {
        /// The items.
        items: Vec<Item>,
        /// Number of points to share out.
        total: u64,
    },
    /// A number.
    Number {
        /// Unit, in words.
        unit: Text,
        /// Least allowed.
        least: Option<f64>,
        /// Most allowed.
        most: Option<f64>,
    },
}

/// Something to choose, judge or order.
#[derive(Clone, Debug)]
pub struct Item {
    /// Id within the question.
    pub id: String,
    /// Ids it had in earlier versions, with the same meaning.
    pub formerly: Vec<String>,
    /// Text in full.
    pub text: Text,
    /// Text in few words; the full text when nothing shorter is given.
    pub short: Text,
    /// Related indicators, page and area.
    pub evidence: Evidence,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// A scale of degrees, lowest first.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Points, lowest first.
    pub points: Vec<Item>,
    /// Whether it runs from nothing to much, or between two opposites.
    pub polarity: Polarity,
    /// Text of the choice "no opinion", outside the scale; `None`: it cannot be chosen.
    pub no_opinion: Option<Text>,
}

/// Whether a scale runs from nothing to much, or between two opposites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// From nothing to much: "to what degree". Its zero is between two points, or it has none.
    Unipolar {
        /// Number of points below the zero of a diverging picture; `None`: bars begin at the lowest point.
        below: Option<usize>,
    },
    /// Between two opposites; the zero is in the middle, and splits the middle point of an odd scale.
    Bipolar,
}

impl QuestionKind {
    /// As written in data files; also a key of the theme's words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            QuestionKind::Text { .. } => "text",
            QuestionKind::Choice { .. } => "choice",
            QuestionKind::Choices { .. } => "choices",
            QuestionKind::Scale(_) => "scale",
            QuestionKind::Grid { .. } => "grid",
            QuestionKind::Direction { .. } => "direction",
            QuestionKind::Ranking { .. } => "ranking",
            QuestionKind::Points { .. } => "points",
            QuestionKind::Number { .. } => "number",
        }
    }

    /// Items that are judged or ordered one by one: statements of a grid, items of the others; empty for single
    /// questions.
    #[must_use]
    pub fn rows(&self) -> &[Item] {
        match self {
            QuestionKind::Grid { rows: items, .. }
            | QuestionKind::Direction { items }
            | QuestionKind::Ranking { items, .. }
            | QuestionKind::Points { items, .. } => items,
            _ => &[],
        }
    }

    /// Options to choose from: options, or the points of a scale; empty for the others.
    #[must_use]
    pub fn options(&self) -> &[Item] {
        match self {
            QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => options,
            QuestionKind::Scale(scale) | QuestionKind::Grid { scale, .. } => &scale.points,
            _ => &[],
        }
    }

    /// Whether "no opinion" can be chosen.
    #[must_use]
    pub fn has_no_opinion(&self) -> bool {
        match self {
            QuestionKind::Scale(scale) | QuestionKind::Grid { scale, .. } => scale.no_opinion.is_some(),
            QuestionKind::Direction { .. } => true,
            _ => false,
        }
    }

    /// Whether a meeting can answer it by raising hands.
    #[must_use]
    pub fn counts_hands(&self) -> bool {
        !matches!(
            self,
            QuestionKind::Text { .. } | QuestionKind::Number { .. } | QuestionKind::Points { .. }
        )
    }
}

impl Questionnaire {
    /// All questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.steps.iter().flat_map(|step| &step.questions)
    }

    /// The question of this id, and its position.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<(usize, &Question)> {
        self.questions().enumerate().find(|(_, question)| question.id == id)
    }
}
