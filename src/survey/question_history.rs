//! Which versions of the questionnaire asked a question.
//!
//! Takes a question as it is asked now and the consultation's earlier versions; tells whether somebody who answered a
//! given version was asked it, and which of its rows. Nobody is counted as silent on what they never saw.

use crate::model::{Consultation, Question, Questionnaire};

/// A question through the versions of the questionnaire.
pub(super) struct QuestionHistory<'a> {
    /// Version, and for each row (one for single questions) whether it was asked; the version now asked is not here.
    earlier: Vec<(&'a str, Vec<bool>)>,
}

impl<'a> QuestionHistory<'a> {
    pub(super) fn new(consultation: &'a Consultation, question: &Question) -> Self {
        let now = consultation.questionnaire.version.as_str();
        let earlier = consultation.earlier.iter().filter(|version| version.version != now);
        Self {
            earlier: earlier
                .map(|version| (version.version.as_str(), rows_in(version, question)))
                .collect(),
        }
    }

    /// Whether this version asked the row. A version that nobody has described is taken to be as it is now.
    pub(super) fn has_row(&self, version: &str, row: usize) -> bool {
        self.rows_of(version)
            .is_none_or(|rows| rows.get(row).copied().unwrap_or(false))
    }

    /// Whether this version asked the question, at least in part.
    pub(super) fn has_question(&self, version: &str) -> bool {
        self.rows_of(version).is_none_or(|rows| rows.contains(&true))
    }

    fn rows_of(&self, version: &str) -> Option<&[bool]> {
        let described = self.earlier.iter().find(|(earlier, _)| *earlier == version)?;
        Some(&described.1)
    }
}

fn rows_in(version: &Questionnaire, question: &Question) -> Vec<bool> {
    let same = |id: &str, now: &str, formerly: &[String]| id == now || formerly.iter().any(|old| old == id);
    let old = version
        .questions()
        .find(|old| same(&old.id, &question.id, &question.formerly));
    let rows = question.kind.rows();
    let Some(old) = old else {
        return vec![false; rows.len().max(1)];
    };
    if rows.is_empty() {
        return vec![true];
    }
    rows.iter()
        .map(|row| {
            old.kind
                .rows()
                .iter()
                .any(|item| same(&item.id, &row.id, &row.formerly))
        })
        .collect()
}
