//! What anyone can read in the questionnaire, and an attacker therefore knows.
//!
//! Takes a consultation; gives which questions let one choose several options and which were not asked of everyone.

use crate::model::{Consultation, Question, QuestionKind};
use std::collections::{BTreeMap, BTreeSet};

/// What the questionnaire tells of its questions.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Questions of several choices, by id, and how many may be chosen; `None`: any number.
    several: BTreeMap<String, Option<i64>>,
    /// Questions that some version of the questionnaire lacks.
    partial: BTreeSet<String>,
}

impl Known {
    /// Reads the questionnaires of a consultation.
    pub(super) fn of(consultation: &Consultation) -> Known {
        let mut known = Known::default();
        for question in consultation.questionnaire.questions() {
            if let QuestionKind::Choices { at_most, .. } = &question.kind {
                let most = at_most.and_then(|most| i64::try_from(most).ok());
                known.several.insert(question.id.clone(), most);
            }
            let same = |other: &Question| other.id == question.id || question.formerly.contains(&other.id);
            if !consultation.earlier.iter().all(|version| version.questions().any(same)) {
                known.partial.insert(question.id.clone());
            }
        }
        known
    }

    /// How many options may be chosen: `Some(None)`: any number; `None`: one.
    pub(super) fn several(&self, question: &str) -> Option<Option<i64>> {
        self.several.get(question).copied()
    }

    /// Whether everyone who answered got the question.
    pub(super) fn asked_of_all(&self, question: &str) -> bool {
        !self.partial.contains(question)
    }
}
