//! What anyone can read in the questionnaire, and an attacker therefore knows.
//!
//! Takes a consultation; gives which questions let one choose several options and which were not asked of everyone.

use crate::model::{Consultation, QuestionKind};
use crate::survey::asked::Asked;
use std::collections::{BTreeMap, BTreeSet};

/// What the questionnaire tells of its questions.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Questions of several choices, by id, and how many may be chosen.
    several: BTreeMap<String, i64>,
    /// Questions and rows (0 for single questions) that some version of the questionnaire lacks.
    partial: BTreeSet<(String, usize)>,
}

impl Known {
    /// Reads the questionnaires of a consultation.
    pub(super) fn of(consultation: &Consultation) -> Known {
        let mut known = Known::default();
        for question in consultation.questionnaire.questions() {
            if let QuestionKind::Choices {
                options,
                other,
                at_most,
            } = &question.kind
            {
                let all = options.len() + usize::from(*other);
                let most = at_most.map_or(i64::try_from(all), i64::try_from).unwrap_or(i64::MAX);
                known.several.insert(question.id.clone(), most);
            }
            let asked = Asked::of(consultation, question);
            let by_row = matches!(
                question.kind,
                QuestionKind::Grid { .. } | QuestionKind::Direction { .. }
            );
            for version in consultation.earlier.iter().map(|version| version.version.as_str()) {
                let rows = 0..if by_row { question.kind.rows().len() } else { 1 };
                let is_asked = |row: &usize| {
                    if by_row {
                        asked.row(version, *row)
                    } else {
                        asked.question(version)
                    }
                };
                known
                    .partial
                    .extend(rows.filter(|row| !is_asked(row)).map(|row| (question.id.clone(), row)));
            }
        }
        known
    }

    /// How many options may be chosen; `None`: it is a question of one.
    pub(super) fn several(&self, question: &str) -> Option<i64> {
        self.several.get(question).copied()
    }

    /// Whether everyone who answered got this row of the question.
    pub(super) fn asked_of_all(&self, question: &str, row: usize) -> bool {
        !self.partial.contains(&(question.to_owned(), row))
    }
}
