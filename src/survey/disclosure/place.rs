//! Every number of respondents in a consultation's results, under a name that is the same in every publication.
//!
//! Takes results; gives each [`Count`] with its [`Place`], always in the same order. Knows no rule.

use crate::model::Channel;
use crate::survey::{Count, Detail, Results, Tally};

/// Where a number of respondents stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Id of the question; empty for channels.
    pub question: String,
    /// Id of the question it is broken down by, and position of the option; `None`: everyone.
    pub by: Option<(String, usize)>,
    /// Position of the row; 0 for single questions.
    pub row: usize,
    /// Which number.
    pub part: Part,
}

/// Which number of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Chose the option of this position.
    Option(usize),
    /// Another answer.
    Other,
    /// No opinion.
    NoOpinion,
    /// Did not answer.
    Unanswered,
    /// Chose, wrote or ranked something.
    N,
    /// Wrote something, as the base of themes.
    Themed,
    /// Mentioned the theme of this id.
    Theme(String),
    /// Answered this way.
    Channel(Channel),
}

impl Part {
    /// Whether it is one of the numbers that together are everyone who got the question.
    pub(super) fn is_of_whole(&self) -> bool {
        matches!(self, Part::N | Part::NoOpinion | Part::Unanswered)
    }

    /// Whether it is an answer that was chosen.
    pub(super) fn is_chosen(&self) -> bool {
        matches!(self, Part::Option(_) | Part::Other)
    }
}

/// Shows every number once, in the order of the questionnaire.
pub(super) fn visit(results: &mut Results, see: &mut dyn FnMut(Place, &mut Count)) {
    for (channel, count) in &mut results.base.channels {
        see(
            Place {
                question: String::new(),
                by: None,
                row: 0,
                part: Part::Channel(*channel),
            },
            count,
        );
    }
    for question in &mut results.questions {
        let id = question.question.as_str();
        let place = |part| Place {
            question: id.to_owned(),
            by: None,
            row: 0,
            part,
        };
        match &mut question.detail {
            Detail::Text { answered, unanswered } => {
                see(place(Part::N), answered);
                see(place(Part::Unanswered), unanswered);
            }
            Detail::Ranking(ranking) => {
                see(place(Part::N), &mut ranking.n);
                see(place(Part::Unanswered), &mut ranking.unanswered);
            }
            Detail::Options(tally) => visit_tally(id, None, 0, tally, see),
            Detail::Rows(rows) => {
                for (row, tally) in rows.iter_mut().enumerate() {
                    visit_tally(id, None, row, tally, see);
                }
            }
            Detail::Directions(items) => {
                for (row, item) in items.iter_mut().enumerate() {
                    visit_tally(id, None, row, &mut item.tally, see);
                }
            }
            Detail::Spreads(_) | Detail::Withheld => {}
        }
        for breakdown in &mut question.breakdowns {
            for (group, rows) in breakdown.groups.iter_mut().enumerate() {
                for (row, tally) in rows.iter_mut().enumerate() {
                    visit_tally(id, Some((&breakdown.by, group)), row, tally, see);
                }
            }
        }
    }
    for coded in results.coded.iter_mut().flat_map(|coded| &mut coded.questions) {
        let place = |part| Place {
            question: coded.question.clone(),
            by: None,
            row: 0,
            part,
        };
        see(place(Part::Themed), &mut coded.answered);
        for (theme, count) in &mut coded.themes {
            see(place(Part::Theme(theme.clone())), count);
        }
    }
}

fn visit_tally(
    question: &str,
    by: Option<(&str, usize)>,
    row: usize,
    tally: &mut Tally,
    see: &mut dyn FnMut(Place, &mut Count),
) {
    let by = by.map(|(by, group)| (by.to_owned(), group));
    let mut see = |part, count: &mut Count| {
        see(
            Place {
                question: question.to_owned(),
                by: by.clone(),
                row,
                part,
            },
            count,
        )
    };
    for (position, count) in tally.options.iter_mut().enumerate() {
        see(Part::Option(position), count);
    }
    if let Some(count) = &mut tally.other {
        see(Part::Other, count);
    }
    if let Some(count) = &mut tally.no_opinion {
        see(Part::NoOpinion, count);
    }
    see(Part::Unanswered, &mut tally.unanswered);
    see(Part::N, &mut tally.n);
}
