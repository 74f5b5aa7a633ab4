//! What is wanted of a table: which dimension is what, and which of its categories.
//!
//! Takes expressions as they are typed, in the words of `PxWebApi` 2 (`18`, `18*`, `top(3)`, `from(2017)`,
//! `range(2017,2024)`); gives positions of categories. The same choice is made before a table is asked for and after it
//! has come, so that a file and an answer are treated alike. A name fits a code or label exactly, but for case.

use super::fault::Fault;
use super::model::{Category, Dimension, Role};
use crate::finding::{Code, Finding};
use crate::model::PeriodKind;
use crate::source::{FilePath, Origin};

/// What is wanted of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Dimensions whose role the user has said.
    pub roles: Vec<(String, ChosenRole)>,
    /// The place of all figures, when the table has no places.
    pub at: Option<String>,
    /// The dimension that becomes the indicator's breakdown.
    pub breakdown: Option<String>,
    /// The category of the breakdown that is all of it.
    pub total: Option<String>,
    /// Dimension and the expressions for its categories.
    pub wheres: Vec<(String, Vec<String>)>,
    /// Meanings of symbols, in the words of data files.
    pub statuses: Vec<(String, String)>,
    /// The category of what is measured, when a table has several contents.
    pub measure: Option<String>,
    /// Kind of all periods; `None`: as they are written.
    pub kind: Option<PeriodKind>,
}

impl Choice {
    /// Dimension and expressions of every choice, that of the contents among them.
    ///
    /// # Errors
    /// A finding when contents are chosen of a table without any.
    pub(super) fn expressions(
        &self,
        dimensions: &[Dimension],
        path: &FilePath,
    ) -> Result<Vec<(usize, &[String])>, Fault> {
        let mut all = Vec::new();
        for (name, expressions) in &self.wheres {
            let at = dimension_named(dimensions, name).ok_or_else(|| Box::new(no_dimension(dimensions, name, path)))?;
            all.push((at, expressions.as_slice()));
        }
        if let Some(measure) = &self.measure {
            let at = dimensions.iter().position(|dimension| dimension.role == Role::Measure);
            let at = at.ok_or_else(|| Box::new(no_dimension(dimensions, measure, path)))?;
            all.push((at, std::slice::from_ref(measure)));
        }
        Ok(all)
    }

    /// Whether the user has chosen the category of this dimension that is an empty cell.
    pub(super) fn chooses_blank(&self, dimensions: &[Dimension], at: usize) -> bool {
        self.wheres.iter().any(|(name, expressions)| {
            dimension_named(dimensions, name) == Some(at) && expressions.iter().any(String::is_empty)
        })
    }
}

/// A role that a user can give a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenRole {
    /// Places.
    Place,
    /// Time.
    Time,
    /// Sex.
    Sex,
}

impl ChosenRole {
    /// The role itself.
    pub(super) fn role(self) -> Role {
        match self {
            ChosenRole::Place => Role::Place,
            ChosenRole::Time => Role::Time,
            ChosenRole::Sex => Role::Sex,
        }
    }
}

/// Splits `DIM=A,B` into the dimension and its expressions; commas within brackets belong to one. `DIM=` chooses empty cells.
///
/// # Errors
/// The text itself, when it has another form.
pub fn parse_where(written: &str) -> Result<(String, Vec<String>), String> {
    let (dimension, list) = written.split_once('=').ok_or_else(|| written.to_owned())?;
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in list.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    // A part without words chooses the category that has none: an empty cell.
    let parts: Vec<String> = parts.iter().map(|part| part.trim().to_owned()).collect();
    if dimension.trim().is_empty() {
        return Err(written.to_owned());
    }
    Ok((dimension.trim().to_owned(), parts))
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// The position of the dimension of this code or label.
pub(super) fn dimension_named(dimensions: &[Dimension], name: &str) -> Option<usize> {
    let by = |text: fn(&Dimension) -> &str| dimensions.iter().position(|dimension| same(text(dimension), name));
    by(|dimension| &dimension.code).or_else(|| by(|dimension| &dimension.label))
}

/// A finding about a dimension that the table does not have.
pub(super) fn no_dimension(dimensions: &[Dimension], name: &str, path: &FilePath) -> Finding {
    let known = dimensions.iter().map(|dimension| dimension.code.as_str());
    Finding::new(Code::FiguresChoice, Origin::file(path))
        .with("value", name)
        .near(name, known)
}

/// Positions of the categories that any of these expressions chooses, in the table's order.
///
/// # Errors
/// A finding that names the first expression which chooses nothing.
pub(super) fn select(dimension: &Dimension, expressions: &[String], path: &FilePath) -> Result<Vec<usize>, Fault> {
    let mut chosen = std::collections::BTreeSet::new();
    for expression in expressions {
        let found = chosen_by(dimension, expression);
        if found.is_empty() {
            let finding = Finding::new(Code::FiguresChoice, Origin::file(path));
            let choice = format!("{}={expression}", dimension.code);
            let known = dimension
                .categories
                .iter()
                .flat_map(|category| [category.code.as_str(), &category.label]);
            let finding = finding.with("value", choice).near(expression, known);
            let listed = || choices(dimension.categories.iter());
            return Err(Box::new(if finding.argument("known").is_none() {
                finding.with("known", listed())
            } else {
                finding
            }));
        }
        chosen.extend(found);
    }
    Ok(chosen.into_iter().collect())
}

/// The first categories of a list, with their names: `18 (Örebro län)`.
pub(super) fn choices<'a>(categories: impl Iterator<Item = &'a Category>) -> String {
    const SHOWN: usize = 12;
    let all: Vec<&Category> = categories.collect();
    let named = |category: &&Category| match category.label.as_str() {
        "" if category.code.is_empty() => "\"\"".to_owned(),
        "" => category.code.clone(),
        label if label == category.code => label.to_owned(),
        label => format!("{} ({label})", category.code),
    };
    let mut shown: Vec<String> = all.iter().take(SHOWN).map(named).collect();
    if all.len() > SHOWN {
        shown.push(format!("… +{}", all.len() - SHOWN));
    }
    shown.join(", ")
}

fn chosen_by(dimension: &Dimension, expression: &str) -> Vec<usize> {
    let categories = &dimension.categories;
    let by_code = |code: &str| categories.iter().position(|category| category.code == code);
    let exactly = |code: &str| {
        by_code(code).or_else(|| {
            categories
                .iter()
                .position(|category| !category.label.is_empty() && same(&category.label, code))
        })
    };
    if let Some(found) = exactly(expression) {
        return vec![found];
    }
    let function = expression.strip_suffix(')').and_then(|rest| rest.split_once('('));
    if let Some((name, arguments)) = function {
        let arguments: Vec<&str> = arguments.split(',').map(str::trim).collect();
        let count = || arguments.first().and_then(|count| count.parse::<usize>().ok());
        let order = in_time(dimension);
        let position = |code: &str| order.iter().position(|at| categories[*at].code == code);
        return match (name.trim().to_lowercase().as_str(), &arguments[..]) {
            ("top", _) => count().map(|count| order.iter().rev().take(count).copied().collect()),
            ("bottom", _) => count().map(|count| order.iter().take(count).copied().collect()),
            ("from", [first]) => position(first).map(|first| order[first..].to_vec()),
            ("to", [last]) => position(last).map(|last| order[..=last].to_vec()),
            ("range", [first, last]) => match (position(first), position(last)) {
                (Some(first), Some(last)) if first <= last => Some(order[first..=last].to_vec()),
                _ => None,
            },
            _ => None,
        }
        .unwrap_or_default();
    }
    if expression.contains(['*', '?']) {
        let all = categories.iter().zip(0..);
        return all
            .filter(|(category, _)| fits(&category.code, expression))
            .map(|(_, at)| at)
            .collect();
    }
    Vec::new()
}

/// Positions from first to last: by time where the dimension is time (some publishers list the newest first), else as
/// listed from the last to the first, so that `top` takes the first.
fn in_time(dimension: &Dimension) -> Vec<usize> {
    let mut order: Vec<usize> = (0..dimension.categories.len()).collect();
    if dimension.role == Role::Time {
        order.sort_by(|a, b| dimension.categories[*a].code.cmp(&dimension.categories[*b].code));
    } else {
        order.reverse();
    }
    order
}

/// Whether a code fits a pattern in which `*` is any text and `?` one character.
fn fits(code: &str, pattern: &str) -> bool {
    let (code, pattern): (Vec<char>, Vec<char>) = (code.chars().collect(), pattern.chars().collect());
    let (mut at, mut with) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < code.len() {
        match pattern.get(with) {
            Some('*') => {
                star = Some((with, at));
                with += 1;
            }
            Some(c) if *c == '?' || *c == code[at] => {
                at += 1;
                with += 1;
            }
            _ => match star {
                Some((pattern_at, reached)) => {
                    star = Some((pattern_at, reached + 1));
                    with = pattern_at + 1;
                    at = reached + 1;
                }
                None => return false,
            },
        }
    }
    pattern[with..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(codes: &[&str]) -> Dimension {
        let category = |code: &&str| Category {
            code: (*code).to_owned(),
            ..Category::default()
        };
        Dimension {
            column: None,
            code: "Tid".to_owned(),
            label: "år".to_owned(),
            role: Role::Time,
            categories: codes.iter().map(category).collect(),
        }
    }

    fn chosen(codes: &[&str], expression: &str) -> Vec<usize> {
        chosen_by(&years(codes), expression)
    }

    #[test]
    fn the_newest_are_the_newest_in_any_order() {
        assert_eq!(chosen(&["2020", "2021", "2022"], "top(2)"), [2, 1]);
        assert_eq!(chosen(&["2022", "2021", "2020"], "top(2)"), [0, 1]);
        assert_eq!(chosen(&["2020", "2021", "2022"], "from(2021)"), [1, 2]);
        assert_eq!(chosen(&["2020", "2021", "2022"], "range(2020,2021)"), [0, 1]);
        assert!(chosen(&["2020"], "range(2019,2020)").is_empty());
        assert!(chosen(&["2020"], "top(x)").is_empty());
    }

    #[test]
    fn patterns_fit_codes() {
        assert!(fits("1880", "18??") && fits("18", "18*") && fits("abcbd", "a*b?"));
        assert!(!fits("1980", "18*") && !fits("18", "18?"));
    }

    #[test]
    fn commas_in_brackets_belong_together() {
        assert_eq!(
            parse_where("Tid=range(2017,2019), 2021").unwrap().1,
            ["range(2017,2019)", "2021"]
        );
        assert_eq!(
            parse_where("kon=1+2").unwrap(),
            ("kon".to_owned(), vec!["1+2".to_owned()])
        );
        assert_eq!(parse_where("Age=").unwrap(), ("Age".to_owned(), vec![String::new()]));
        assert!(parse_where("kon").is_err() && parse_where("=1").is_err());
    }
}
