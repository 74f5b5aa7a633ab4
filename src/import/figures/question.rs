//! What was asked for, held against what came.
//!
//! Takes codes by dimension, as a command or a request names them, and figures; gives findings: figures of something else
//! than was asked for are an error, and what was asked for and did not come is told.

use super::ask::Kolada;
use super::model::{Category, Dimension, Figures};
use super::{choice::choices, choice::dimension_named};
use crate::finding::{Code, Finding, Log};
use crate::source::{FilePath, Origin};

/// What was asked for. A dimension that is not among it was left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    asked: Vec<Asked>,
}

/// Codes of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    dimension: String,
    codes: Vec<String>,
    /// Whether somebody has named them, so that it matters when one does not come.
    is_named: bool,
}

impl Question {
    /// What a command asks of Kolada. `site_places` are asked for where it names no places itself; they are no part of the
    /// question when a file is read.
    #[must_use]
    pub fn kolada(asked_of_kolada: &Kolada, site_places: &[String]) -> Self {
        let places = if asked_of_kolada.places.is_empty() {
            site_places
        } else {
            &asked_of_kolada.places
        };
        let mut question = Self::default();
        question.add("kpi", &asked_of_kolada.kpis, true);
        question.add("municipality", places, !asked_of_kolada.places.is_empty());
        question.add("period", &asked_of_kolada.years, true);
        question
    }

    /// What a request asks of a table: the categories of every dimension.
    #[must_use]
    pub(super) fn table(dimensions: &[Dimension], chosen: &[Vec<usize>]) -> Self {
        let mut question = Self::default();
        for (dimension, chosen) in dimensions.iter().zip(chosen) {
            let codes = chosen.iter().map(|at| dimension.categories[*at].code.clone());
            question.add(&dimension.code, &codes.collect::<Vec<_>>(), true);
        }
        question
    }

    fn add(&mut self, dimension: &str, codes: &[String], is_named: bool) {
        if !codes.is_empty() {
            self.asked.push(Asked {
                dimension: dimension.to_owned(),
                codes: codes.to_vec(),
                is_named,
            });
        }
    }

    /// Reports figures of something else, and what did not come.
    pub fn check(&self, figures: &Figures, path: &FilePath, log: &Log) {
        for asked in &self.asked {
            let Some(at) = dimension_named(&figures.dimensions, &asked.dimension) else {
                continue;
            };
            let dimension = &figures.dimensions[at];
            let mut used = vec![false; dimension.categories.len()];
            figures.cells.iter().for_each(|cell| used[cell.at[at] as usize] = true);
            let came = || dimension.categories.iter().zip(&used).filter(|(_, used)| **used);
            let is_asked =
                |category: &Category| asked.codes.iter().any(|code| code.eq_ignore_ascii_case(&category.code));
            let others: Vec<&Category> = came()
                .map(|(category, _)| category)
                .filter(|category| !is_asked(category))
                .collect();
            let did_not_come = asked
                .codes
                .iter()
                .filter(|code| !came().any(|(category, _)| category.code.eq_ignore_ascii_case(code)));
            let missing: Vec<Category> = did_not_come
                .map(|code| Category {
                    code: code.clone(),
                    ..Category::default()
                })
                .collect();
            let finding = |code| Finding::new(code, Origin::file(path)).with("value", &dimension.label);
            if !others.is_empty() {
                let finding = finding(Code::FiguresAnswer).with("count", others.len());
                log.add(finding.with("codes", choices(others.into_iter())));
            } else if asked.is_named && !missing.is_empty() {
                let finding = finding(Code::FiguresAbsent).with("count", missing.len());
                log.add(finding.with("codes", choices(missing.iter())));
            }
        }
    }
}
