//! Facts that anyone can read in the questionnaire, and that an attacker therefore knows.
//!
//! Takes a consultation; gives which questions let one choose several options and which were not asked of everyone.

use crate::model::{Consultation, QuestionKind};
use crate::survey::question_history::QuestionHistory;
use std::collections::{BTreeMap, BTreeSet};

/// Facts about the questions of a questionnaire.
#[derive(Clone, Debug, Default)]
pub(super) struct PublicKnowledge {
    /// Questions of several choices, by id, and how many may be chosen.
    most_choices: BTreeMap<String, i64>,
    /// Questions and rows (0 for single questions) that some version of the questionnaire lacks.
    partial: BTreeSet<(String, usize)>,
}

impl PublicKnowledge {
    /// Reads all versions of a consultation's questionnaire.
    pub(super) fn new(consultation: &Consultation) -> PublicKnowledge {
        let mut knowledge = PublicKnowledge::default();
        for question in consultation.questionnaire.questions() {
            if let QuestionKind::Choices {
                options,
                other,
                at_most,
            } = &question.kind
            {
                let all = options.len() + usize::from(*other);
                let most = at_most.map_or(i64::try_from(all), i64::try_from).unwrap_or(i64::MAX);
                knowledge.most_choices.insert(question.id.clone(), most);
            }
            let history = QuestionHistory::new(consultation, question);
            let has_rows = matches!(
                question.kind,
                QuestionKind::Grid { .. } | QuestionKind::Direction { .. }
            );
            let rows = if has_rows { question.kind.rows().len() } else { 1 };
            for version in consultation.earlier.iter().map(|version| version.version.as_str()) {
                let is_asked = |row: &usize| {
                    if has_rows {
                        history.has_row(version, *row)
                    } else {
                        history.has_question(version)
                    }
                };
                let lacking = (0..rows).filter(|row| !is_asked(row));
                knowledge.partial.extend(lacking.map(|row| (question.id.clone(), row)));
            }
        }
        knowledge
    }

    /// How many options may be chosen; `None`: it is a question of one.
    pub(super) fn most_choices(&self, question: &str) -> Option<i64> {
        self.most_choices.get(question).copied()
    }

    /// Whether everyone who answered got this row of the question.
    pub(super) fn asked_of_all(&self, question: &str, row: usize) -> bool {
        !self.partial.contains(&(question.to_owned(), row))
    }
}
