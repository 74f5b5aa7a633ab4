//! The cells of a consultation's tables: every number of respondents, under a key that is the same in every publication.
//!
//! Takes what has been counted; goes through each [`Count`] with its [`CellKey`], always in the same order. A key says where
//! a number stands; the [`Conjunction`] of its conditions says whom it counts, which is the same wherever they are counted
//! again: women among the young and the young among women are one number. Knows no rule.

use crate::model::Channel;
use crate::survey::{Count, Counted, Detail, Tally};

/// Which cell of which table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// Id of the question; empty for channels.
    pub question: String,
    /// Id of the question it is broken down by, and position of the option; `None`: everyone.
    pub by: Option<(String, usize)>,
    /// Position of the row; 0 for single questions.
    pub row: usize,
    /// Category of the table.
    pub category: Category,
}

/// What is true of all respondents of a cell: that they answered a row of a question so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition {
    pub(super) question: String,
    pub(super) row: usize,
    pub(super) category: Category,
}

/// Whom a cell counts: those of whom all these conditions are true, in order, whichever table shows their number.
pub(super) type Conjunction = Vec<Condition>;

/// Whom a cell counts in its table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Those who chose the option of this position.
    Option(usize),
    /// Those who wrote another answer.
    Other,
    /// Those who have no opinion.
    NoOpinion,
    /// Those who did not answer.
    Unanswered,
    /// Those who chose, wrote or ranked something.
    N,
    /// Those who wrote something, as the base of themes.
    Themed,
    /// Those who mentioned the theme of this id.
    Theme(String),
    /// Those who answered this way.
    Channel(Channel),
}

impl CellKey {
    /// The key of a cell that is neither broken down nor in a row.
    pub(super) fn new(question: &str, category: Category) -> CellKey {
        CellKey {
            question: question.to_owned(),
            by: None,
            row: 0,
            category,
        }
    }

    /// Whom it counts.
    pub(super) fn conjunction(&self) -> Conjunction {
        let group = self.by.as_ref().map(|(by, group)| Condition::group(by, *group));
        let own = Condition {
            question: self.question.clone(),
            row: self.row,
            category: self.category.clone(),
        };
        conjunction(group.into_iter().chain([own]))
    }

    /// Whether both cells stand in the same row of the same question, whatever it is broken down by.
    pub(super) fn shares_row_with(&self, other: &CellKey) -> bool {
        self.question == other.question && self.row == other.row
    }

    /// Id of the question it is broken down by.
    pub(super) fn broken_down_by(&self) -> Option<&str> {
        self.by.as_ref().map(|(question, _)| question.as_str())
    }
}

impl Condition {
    /// Having chosen the option of this position in a question that others are broken down by.
    pub(super) fn group(question: &str, position: usize) -> Condition {
        Condition {
            question: question.to_owned(),
            row: 0,
            category: Category::Option(position),
        }
    }
}

/// All of these conditions.
pub(super) fn conjunction(conditions: impl IntoIterator<Item = Condition>) -> Conjunction {
    let mut all: Conjunction = conditions.into_iter().collect();
    all.sort_unstable();
    all
}

impl Category {
    /// Whether it is one of those that together are everyone who got the question.
    pub(super) fn is_of_everyone(&self) -> bool {
        matches!(self, Category::N | Category::NoOpinion | Category::Unanswered)
    }

    /// Whether it is a count of those who wrote in words, by what they wrote of.
    pub(super) fn is_of_themes(&self) -> bool {
        matches!(self, Category::Themed | Category::Theme(_))
    }

    /// Whether it is an answer that was chosen.
    pub(super) fn is_chosen(&self) -> bool {
        matches!(self, Category::Option(_) | Category::Other)
    }
}

/// A part of the results that is withheld whole when no choice of cells will do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Withholdable {
    /// Channels by which responses came in.
    Channels,
    /// Themes of free text.
    Themes,
    /// A question, by id, with all its breakdowns.
    Question(String),
}

impl Withholdable {
    /// The part that a cell belongs to.
    pub(super) fn containing(key: &CellKey) -> Withholdable {
        match key.category {
            Category::Channel(_) => Withholdable::Channels,
            Category::Theme(_) | Category::Themed => Withholdable::Themes,
            _ => Withholdable::Question(key.question.clone()),
        }
    }
}

/// Writes the walk over all cells, in the order of the questionnaire: once for reading and once for hiding, so that
/// nothing can be read that would not be hidden.
macro_rules! walk {
    ($walk:ident, $walk_tally:ident $(, $mutable:ident)?) => {
        pub(super) fn $walk(counted: &$($mutable)? Counted, see: &mut dyn FnMut(CellKey, &$($mutable)? Count)) {
            for (channel, count) in &$($mutable)? counted.base.channels {
                see(CellKey::new("", Category::Channel(*channel)), count);
            }
            for question in &$($mutable)? counted.questions {
                let id = question.question.as_str();
                match &$($mutable)? question.detail {
                    Detail::Text { answered: n, unanswered } => {
                        see(CellKey::new(id, Category::N), n);
                        see(CellKey::new(id, Category::Unanswered), unanswered);
                    }
                    Detail::Ranking(ranking) => {
                        see(CellKey::new(id, Category::N), &$($mutable)? ranking.n);
                        see(CellKey::new(id, Category::Unanswered), &$($mutable)? ranking.unanswered);
                    }
                    Detail::Options(tally) => $walk_tally(id, None, 0, tally, see),
                    Detail::Rows(rows) => {
                        for (row, tally) in (0..).zip(rows) {
                            $walk_tally(id, None, row, tally, see);
                        }
                    }
                    Detail::Directions(items) => {
                        for (row, item) in (0..).zip(items) {
                            $walk_tally(id, None, row, &$($mutable)? item.tally, see);
                        }
                    }
                    Detail::Spreads(_) | Detail::Withheld => {}
                }
                for breakdown in &$($mutable)? question.breakdowns {
                    for (group, rows) in (0..).zip(&$($mutable)? breakdown.groups) {
                        for (row, tally) in (0..).zip(rows) {
                            $walk_tally(id, Some((&breakdown.by, group)), row, tally, see);
                        }
                    }
                }
            }
            let Some(coded) = &$($mutable)? counted.coded else { return };
            for question in &$($mutable)? coded.questions {
                see(CellKey::new(&question.question, Category::Themed), &$($mutable)? question.answered);
                for (theme, count) in &$($mutable)? question.themes {
                    see(CellKey::new(&question.question, Category::Theme(theme.clone())), count);
                }
            }
        }

        pub(super) fn $walk_tally(
            question: &str,
            by: Option<(&str, usize)>,
            row: usize,
            tally: &$($mutable)? Tally,
            see: &mut dyn FnMut(CellKey, &$($mutable)? Count),
        ) {
            let key = |category| CellKey {
                by: by.map(|(by, group)| (by.to_owned(), group)),
                row,
                ..CellKey::new(question, category)
            };
            for (position, count) in (0..).zip(&$($mutable)? tally.options) {
                see(key(Category::Option(position)), count);
            }
            if let Some(count) = &$($mutable)? tally.other {
                see(key(Category::Other), count);
            }
            if let Some(count) = &$($mutable)? tally.no_opinion {
                see(key(Category::NoOpinion), count);
            }
            see(key(Category::Unanswered), &$($mutable)? tally.unanswered);
            see(key(Category::N), &$($mutable)? tally.n);
        }
    };
}

walk!(read_cells, read_tally);
walk!(change_cells, change_tally, mut);

/// Keys of all hidden cells.
pub(super) fn hidden_cells(counted: &Counted) -> Vec<CellKey> {
    let mut hidden = Vec::new();
    read_cells(counted, &mut |key, count| {
        if *count == Count::Hidden {
            hidden.push(key);
        }
    });
    hidden
}
