//! Which version of the questionnaire asked what.
//!
//! Takes a question as it is asked now and the consultation's earlier versions; says whether somebody who answered a
//! given version was asked it, and which of its rows. Nobody is counted as silent on what they never saw.

use crate::model::{Consultation, Question, Questionnaire};

/// What earlier versions asked of a question.
pub(super) struct Asked<'a> {
    /// Version, and for each row (one for single questions) whether it was asked; the version now asked is not here.
    earlier: Vec<(&'a str, Vec<bool>)>,
}

impl<'a> Asked<'a> {
    /// What became of this question through the versions.
    pub(super) fn of(consultation: &'a Consultation, question: &Question) -> Self {
        let now = consultation.questionnaire.version.as_str();
        let earlier = consultation.earlier.iter().filter(|version| version.version != now);
        Self {
            earlier: earlier
                .map(|version| (version.version.as_str(), rows_in(version, question)))
                .collect(),
        }
    }

    /// Whether this version asked the row. A version that nobody has described is taken to be as it is now.
    pub(super) fn row(&self, version: &str, row: usize) -> bool {
        let known = self.earlier.iter().find(|(own, _)| *own == version);
        known.is_none_or(|(_, rows)| rows.get(row).copied().unwrap_or(false))
    }

    /// Whether this version asked the question, at least in part.
    pub(super) fn question(&self, version: &str) -> bool {
        let known = self.earlier.iter().find(|(own, _)| *own == version);
        known.is_none_or(|(_, rows)| rows.contains(&true))
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
