//! A table → the rows of a series: codes to places, periods, sexes and categories.
//!
//! Takes figures, what is wanted of them, and the site's places; gives rows and an account of every figure: written, not
//! chosen, or in a finding. A code is a place only if it is one of `data/places.yaml`, code or alias; nothing is
//! guessed. [`plan`] says what each dimension is used for, [`cells`] turns figures into rows. Figures that contradict each
//! other leave nothing.

mod cells;
mod plan;

use super::account::Account;
use super::choice::Choice;
use super::model::{Dimension, Figures, Role};
use crate::finding::Log;
use crate::model::{Flags, Period, PeriodKind, PlaceId, Places, Sex, Value};
use crate::source::FilePath;
use cells::CellMapping;
use plan::DimensionPlan;
use std::collections::BTreeSet;

/// One observation of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesRow {
    /// Where.
    pub place: PlaceId,
    /// When.
    pub period: Period,
    /// Women, men or both.
    pub sex: Sex,
    /// Code of its category; empty: all of it.
    pub category: String,
    /// The number, or why there is none.
    pub value: Value,
    /// Lower and upper bound of its confidence interval, if known.
    pub bounds: Option<(f64, f64)>,
    /// How sure.
    pub flags: Flags,
    /// A remark; empty when there is none.
    pub note: String,
}

/// Position of an observation in its series: place, sex, category, period.
pub(super) type SeriesKey = (PlaceId, Sex, String, Period);

impl SeriesRow {
    /// Its position in the series.
    pub(super) fn key(&self) -> SeriesKey {
        (self.place, self.sex, self.category.clone(), self.period)
    }
}

/// A series as a table gives it.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// Its observations, by place, sex, category and period.
    pub rows: Vec<SeriesRow>,
    /// Kind of its periods.
    pub kind: PeriodKind,
    /// Unit, in the publisher's words; empty when not said.
    pub unit: String,
    /// Decimals the publisher gives; `None` when not said.
    pub decimals: Option<u8>,
    /// Name of the breakdown and its categories, code and name.
    pub breakdown: Option<(String, Vec<(String, String)>)>,
    /// What became of every figure.
    pub account: Account,
    /// Name of what is measured, where the table has several contents; empty otherwise.
    pub measure: String,
    /// What the source calls the categories of places and of the breakdown that were written: dimension, code, name.
    pub names: Vec<(String, String, String)>,
}

/// What the mapping needs to know of the site.
#[derive(Clone, Copy, Debug)]
pub struct SiteContext<'a> {
    /// Its places.
    pub places: &'a Places,
    /// Its language, for remarks.
    pub language: &'a str,
    /// The file the figures came in, for findings.
    pub path: &'a FilePath,
}

/// The rows that this table has for the site; `None` after an error.
pub fn map(figures: &Figures, choice: &Choice, site: SiteContext<'_>, log: &Log) -> Option<Mapped> {
    let plan = DimensionPlan::new(figures, choice, site, log)?;
    let mapping = CellMapping {
        figures,
        choice,
        site,
        plan: &plan,
    };
    let (rows, account) = mapping.rows(log)?;
    let measured = measured(figures, &plan);
    let breakdown = plan.breakdown.map(|at| breakdown(&figures.dimensions[at], &rows));
    Some(Mapped {
        names: names(figures, &plan),
        unit: unit(figures, &plan),
        decimals: measured
            .and_then(|category| category.decimals)
            .or(figures.facts.decimals),
        kind: plan.periods.kind,
        measure: plan.measure,
        breakdown,
        rows,
        account,
    })
}

/// What is measured, when one contents is chosen.
fn measured<'a>(figures: &'a Figures, plan: &DimensionPlan) -> Option<&'a super::Category> {
    let measures = figures.dimensions.iter().zip(&plan.chosen);
    let mut contents = measures
        .filter(|(dimension, _)| dimension.role == Role::Measure)
        .flat_map(|(dimension, chosen)| dimension.categories.iter().zip(chosen))
        .filter(|(_, is_chosen)| **is_chosen)
        .map(|(category, _)| category);
    contents.next().filter(|_| contents.next().is_none())
}

/// The unit: that of what is measured, else the chosen one of a dimension of units, as Eurostat has, else the table's.
fn unit(figures: &Figures, plan: &DimensionPlan) -> String {
    let unit = measured(figures, plan).map(|category| &category.unit);
    let of_dimension = || {
        let at = figures
            .dimensions
            .iter()
            .position(|dimension| dimension.code.eq_ignore_ascii_case("unit"))?;
        let cell = figures.cells.iter().find(|cell| plan.is_chosen(cell))?;
        Some(&figures.dimensions[at].categories[cell.at[at] as usize].label)
    };
    unit.filter(|unit| !unit.is_empty())
        .or_else(of_dimension)
        .unwrap_or(&figures.facts.unit)
        .clone()
}

/// Name of the breakdown and its categories that were written, code and name.
fn breakdown(dimension: &Dimension, rows: &[SeriesRow]) -> (String, Vec<(String, String)>) {
    let written: BTreeSet<&str> = rows.iter().map(|row| row.category.as_str()).collect();
    let categories = dimension
        .categories
        .iter()
        .filter(|category| !category.code.is_empty() && written.contains(category.code.as_str()));
    let named = categories.map(|category| (category.code.clone(), category.name().to_owned()));
    (dimension.label.clone(), named.collect())
}

/// What the source calls the categories of places and of the breakdown, where it has names.
fn names(figures: &Figures, plan: &DimensionPlan) -> Vec<(String, String, String)> {
    let mut names = Vec::new();
    for at in plan.place.into_iter().chain(plan.breakdown) {
        let dimension = &figures.dimensions[at];
        let used = dimension.categories.iter().zip(0..).filter(|(category, position)| {
            let is_known = plan.places.as_ref().filter(|_| plan.place == Some(at));
            plan.used[at][*position]
                && is_known.is_none_or(|places| places[*position].is_some())
                && !category.label.is_empty()
        });
        names.extend(used.map(|(category, _)| (dimension.code.clone(), category.code.clone(), category.label.clone())));
    }
    names
}
