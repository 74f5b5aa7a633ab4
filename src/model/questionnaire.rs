//! Questions: what is asked, how it may be answered, and the evidence beside it.

use super::Text;
use crate::source::Origin;

/// One version of the questions.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// Its version: `1`, `2`.
    pub version: String,
    /// What is said before the first question.
    pub introduction: Text,
    /// How many minutes it takes; `None`: not tried.
    pub minutes: Option<u64>,
    /// Questions in steps; a step is what is seen at once.
    pub steps: Vec<Step>,
    /// What changed from the version before.
    pub changes: Text,
    /// Where it was written.
    pub origin: Origin,
}

/// Questions that are answered together.
#[derive(Clone, Debug)]
pub struct Step {
    /// Title.
    pub title: Text,
    /// What is said before them.
    pub text: Text,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A question. Its id never changes its meaning.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Ids it had in earlier versions, with the same meaning.
    pub formerly: Vec<String>,
    /// Whether its words differ from an earlier version's while its meaning does not.
    pub reworded: bool,
    /// The question.
    pub text: Text,
    /// The same in few words, for tables.
    pub short: Text,
    /// How to answer.
    pub help: Text,
    /// Whether it must be answered.
    pub required: bool,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What it is about.
    pub evidence: Evidence,
    /// Where it was written.
    pub origin: Origin,
}

/// What a question or an option is about. Empty: nothing that the site has.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Indicators, by id.
    pub indicators: Vec<(String, Origin)>,
    /// A page, by id.
    pub page: Option<(String, Origin)>,
    /// A development area, by id.
    pub area: Option<(String, Origin)>,
}

/// How a question is answered.
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
        /// How many ranks are asked for; `None`: all items.
        ranks: Option<u64>,
    },
    /// Points shared out over items.
    Points {
        /// The items.
        items: Vec<Item>,
        /// How many points there are.
        total: u64,
    },
    /// A number.
    Number {
        /// Its unit, in words.
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
    /// Its id.
    pub id: String,
    /// Ids it had in earlier versions, with the same meaning.
    pub formerly: Vec<String>,
    /// In full.
    pub text: Text,
    /// In few words; the same when nothing shorter is given.
    pub short: Text,
    /// What it is about.
    pub evidence: Evidence,
    /// Where it was written.
    pub origin: Origin,
}

/// A scale of degrees, lowest first.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Its points, lowest first.
    pub points: Vec<Item>,
    /// Whether it runs from nothing to much, or between two opposites.
    pub polarity: Polarity,
    /// What one chooses who has no opinion; outside the scale. `None`: it cannot be chosen.
    pub no_opinion: Option<Text>,
}

/// What a scale runs between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// From nothing to much: "to what degree". Its zero is between two points, or it has none.
    Unipolar {
        /// How many points lie below the zero of a diverging picture; `None`: bars begin at the lowest point.
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

    /// What is judged or ordered one by one: statements of a grid, items of the others; empty for single questions.
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

    /// What is chosen from: options, or the points of a scale; empty for the others.
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
