//! What each dimension of a table is used for: place, time, sex, the breakdown, or one category of it.
//!
//! Every dimension is accounted for: one that divides the figures and is used for nothing is an error, and so is a column of
//! figures that the table does not say the meaning of. A column that goes along with the place needs no choice only if it
//! holds the places' own names.

use super::super::choice::{Choice, choices, dimension_named, no_dimension, select};
use super::super::codes::{Periods, periods, place_of, sexes};
use super::super::model::{Category, Cell, Dialect, Dimension, Figures, Role};
use super::super::names::{NameFit, name_fit};
use super::SiteContext;
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::{PlaceId, Sex};
use crate::read::{Decimal, grouped_number};
use crate::source::Origin;
use std::collections::{BTreeMap, BTreeSet};

/// A table's dimensions, everything decided. Positions are those of dimensions.
pub(super) struct DimensionPlan {
    pub(super) place: Option<usize>,
    pub(super) time: usize,
    pub(super) sex: Option<usize>,
    pub(super) breakdown: Option<usize>,
    /// The place of all figures, when the table has no places.
    pub(super) fixed: Option<PlaceId>,
    /// For every dimension, which categories are wanted.
    pub(super) chosen: Vec<Vec<bool>>,
    /// For every dimension, which categories occur among what is chosen.
    pub(super) used: Vec<Vec<bool>>,
    /// Places of the categories; `None` inside: none of the site's.
    pub(super) places: Option<Vec<Option<PlaceId>>>,
    pub(super) periods: Periods,
    pub(super) sexes: Option<Vec<Option<Sex>>>,
    /// Whether an empty category of the breakdown is all of it, because the user has said so.
    pub(super) is_blank_total: bool,
    /// Name of what is measured, where the table has several contents.
    pub(super) measure: String,
}

impl DimensionPlan {
    /// `None` after findings.
    pub(super) fn new(figures: &Figures, choice: &Choice, site: SiteContext<'_>, log: &Log) -> Option<Self> {
        let planning = Planning {
            figures,
            choice,
            site,
            log,
        };
        planning.plan()
    }

    /// Whether the figure is among those wanted.
    pub(super) fn is_chosen(&self, cell: &Cell) -> bool {
        is_chosen(cell, &self.chosen)
    }
}

fn is_chosen(cell: &Cell, chosen: &[Vec<bool>]) -> bool {
    cell.at.iter().zip(chosen).all(|(at, chosen)| chosen[*at as usize])
}

/// How a column goes along with the place.
enum Along {
    /// It holds the places' names.
    Names,
    /// It is a column of names, some of which are other places'.
    OtherNames(Vec<String>),
    /// It says something else, or does not go along.
    Divides,
}

struct Planning<'a> {
    figures: &'a Figures,
    choice: &'a Choice,
    site: SiteContext<'a>,
    log: &'a Log,
}

impl Planning<'_> {
    fn plan(&self) -> Option<DimensionPlan> {
        let before = self.log.len();
        let dimensions = &self.figures.dimensions;
        let roles = self.roles();
        let chosen = self.chosen();
        let with_role = |role: Role| roles.iter().position(|candidate| *candidate == role);
        let (place, time, sex) = (with_role(Role::Place), with_role(Role::Time), with_role(Role::Sex));
        let fixed = self.choice.at.as_ref().and_then(|code| self.fixed_place(code));
        if place.is_none() && self.choice.at.is_none() {
            self.report_role(message::role_place());
        }
        if time.is_none() {
            self.report_role(message::role_time());
        }
        if self.log.len() > before {
            // What is left of the dimensions is known only when these are.
            return None;
        }
        let breakdown = self.choice.breakdown.as_ref();
        let breakdown = breakdown.and_then(|name| dimension_named(dimensions, name));
        // Which categories occur at all among what is chosen decides whether a dimension is still open.
        let used = used(self.figures, &chosen);
        let places = place.map(|at| {
            let categories = dimensions[at].categories.iter();
            categories
                .map(|category| place_of(&category.code, self.site.places))
                .collect::<Vec<_>>()
        });
        let taken = [place, time, sex, breakdown];
        let mut measure = String::new();
        for (at, dimension) in dimensions
            .iter()
            .enumerate()
            .filter(|(at, _)| !taken.contains(&Some(*at)))
        {
            let left: Vec<&Category> = used_categories(dimension, &used[at]).collect();
            let along = || match (place, &places) {
                (Some(place), Some(places)) => self.along(&chosen, (place, places), at),
                _ => Along::Divides,
            };
            self.account_for(dimension, &left, &chosen, at, along);
            if dimension.role == Role::Measure
                && let [category] = left[..]
            {
                measure.clone_from(&category.label);
            }
        }
        if let Some((at, places)) = place.zip(places.as_ref()) {
            self.check_names(&dimensions[at], &used[at], places);
        }
        let periods = time.map(|at| periods(&dimensions[at], self.choice.kind, &used[at]));
        if let Some(periods) = periods.as_ref().filter(|periods| !periods.contradictions.is_empty()) {
            let codes = choices(periods.contradictions.iter());
            let finding = Finding::new(Code::FiguresTimes, Origin::file(self.site.path)).with("codes", codes);
            self.log.add(finding.with("count", periods.contradictions.len()));
        }
        if self.log.len() > before {
            return None;
        }
        let chooses_blank = |at: usize| self.choice.chooses_blank(dimensions, at);
        Some(DimensionPlan {
            sexes: sex.map(|at| sexes(&dimensions[at], chooses_blank(at))),
            is_blank_total: self.choice.total.as_deref() == Some("") || breakdown.is_some_and(chooses_blank),
            place,
            time: time?,
            sex,
            breakdown,
            fixed,
            chosen,
            used,
            places,
            periods: periods?,
            measure,
        })
    }

    /// Reports a dimension that is used for nothing, unless one category of it is left or it names the places.
    fn account_for(
        &self,
        dimension: &Dimension,
        left: &[&Category],
        chosen: &[Vec<bool>],
        at: usize,
        along: impl Fn() -> Along,
    ) {
        let is_open = left.len() > 1;
        let is_unexplained = dimension.column.is_some() && !self.is_named(at) && self.is_unexplained(dimension, left);
        if left.is_empty() || !is_open && !is_unexplained {
            return;
        }
        let goes_along = self.figures.dialect == Dialect::Own;
        let finding = match along() {
            Along::Names if goes_along => return,
            Along::OtherNames(names) if goes_along => {
                let finding = Finding::new(Code::FiguresPlaceName, self.heading(dimension));
                finding.with("codes", names.join(", ")).with("count", names.len())
            }
            _ if is_unexplained => {
                let code = if has_heading(dimension) {
                    Code::FiguresColumn
                } else {
                    Code::FiguresHeading
                };
                let finding = Finding::new(code, self.heading(dimension)).with("column", &dimension.code);
                finding.with("count", self.filled_rows(chosen, at))
            }
            _ => {
                let finding = Finding::new(Code::FiguresDimension, self.heading(dimension));
                finding
                    .with("value", &dimension.code)
                    .with("name", &dimension.label)
                    .with("known", choices(left.iter().copied()))
            }
        };
        self.log.add(finding);
    }

    /// Whether a column has no heading, or holds figures in a table whose figures stand in other columns.
    fn is_unexplained(&self, dimension: &Dimension, left: &[&Category]) -> bool {
        let is_wide = self
            .figures
            .dimensions
            .iter()
            .any(|dimension| dimension.column.is_none());
        let is_number = |category: &&&Category| {
            let decimals = [Decimal::Point, Decimal::Comma];
            decimals
                .iter()
                .any(|decimal| grouped_number(&category.code, *decimal).is_some())
        };
        let mut filled = left.iter().filter(|category| !category.code.is_empty()).peekable();
        let has_figures = filled.peek().is_some() && filled.all(|category| is_number(&category));
        !has_heading(dimension) || names_year(&dimension.code) || is_wide && has_figures
    }

    /// Whether the user has said something of this dimension.
    fn is_named(&self, at: usize) -> bool {
        let wheres = self.choice.wheres.iter().map(|(name, _)| name);
        wheres
            .into_iter()
            .any(|name| dimension_named(&self.figures.dimensions, name) == Some(at))
    }

    /// Rows in which a column is filled.
    fn filled_rows(&self, chosen: &[Vec<bool>], at: usize) -> usize {
        let categories = &self.figures.dimensions[at].categories;
        let filled = |cell: &&Cell| is_chosen(cell, chosen) && !categories[cell.at[at] as usize].code.is_empty();
        let rows = self.figures.cells.iter().filter(filled).filter_map(|cell| cell.source);
        rows.map(|source| (source.table, source.row))
            .collect::<BTreeSet<_>>()
            .len()
    }

    fn heading(&self, dimension: &Dimension) -> Origin {
        self.figures.heading_origin(dimension, self.site.path)
    }

    /// How a column goes along with the place, among what is chosen.
    fn along(&self, chosen: &[Vec<bool>], place: (usize, &[Option<PlaceId>]), column: usize) -> Along {
        let (place, places) = place;
        let mut pairs = BTreeMap::new();
        for cell in self.figures.cells.iter().filter(|cell| is_chosen(cell, chosen)) {
            if *pairs.entry(cell.at[place]).or_insert(cell.at[column]) != cell.at[column] {
                return Along::Divides;
            }
        }
        let dimension = &self.figures.dimensions[column];
        let site_places = self.site.places;
        let (mut own, mut unclear, mut others) = (0, 0, Vec::new());
        for (at, follower) in pairs {
            let Some(id) = places[at as usize] else { continue };
            let name = &dimension.categories[follower as usize].code;
            let parent = site_places[id].parent;
            let fits = parent.is_some_and(|parent| name_fit(name, parent, site_places) == NameFit::Own);
            match name_fit(name, id, site_places) {
                NameFit::Own => own += 1,
                _ if fits => own += 1,
                // A number that is not the place's code is a figure.
                NameFit::Unclear if name.contains(|c: char| c.is_ascii_digit()) => return Along::Divides,
                NameFit::Unclear => unclear += 1,
                NameFit::Other => others.push(misnamed(&site_places[id].code, name, id, self.site)),
            }
        }
        let heading = dimension.code.to_lowercase();
        let is_of_names =
            own > 0 || dimension.role == Role::Place || heading.contains("namn") || heading.contains("name");
        match (others.is_empty(), own + unclear > 0) {
            (true, true) if own > 0 => Along::Names,
            (true, false) => Along::Names,
            (false, _) if is_of_names => Along::OtherNames(others),
            _ => Along::Divides,
        }
    }

    /// Reports codes of places whose name in the source is another place's.
    fn check_names(&self, dimension: &Dimension, used: &[bool], places: &[Option<PlaceId>]) {
        let known = dimension.categories.iter().zip(places).zip(used);
        let known = known.filter_map(|((category, place), used)| Some((category, (*place)?)).filter(|_| *used));
        let others: Vec<String> = known
            .filter(|(category, place)| name_fit(&category.label, *place, self.site.places) == NameFit::Other)
            .map(|(category, place)| misnamed(&category.code, &category.label, place, self.site))
            .collect();
        if !others.is_empty() {
            let finding = Finding::new(Code::FiguresPlaceName, self.heading(dimension));
            self.log
                .add(finding.with("codes", others.join(", ")).with("count", others.len()));
        }
    }

    fn fixed_place(&self, code: &str) -> Option<PlaceId> {
        let place = self.site.places.find(code);
        if place.is_none() {
            let finding = Finding::new(Code::FiguresChoice, Origin::file(self.site.path)).with("value", code);
            self.log.add(self.site.places.suggest(finding, code));
        }
        place
    }

    fn report_role(&self, role: Message) {
        let known = self.figures.dimensions.iter().map(|dimension| dimension.code.as_str());
        let finding = Finding::new(Code::FiguresRole, Origin::file(self.site.path)).with_message("expected", role);
        self.log
            .add(finding.with("known", known.collect::<Vec<_>>().join(", ")));
    }

    fn roles(&self) -> Vec<Role> {
        let dimensions = &self.figures.dimensions;
        let mut roles: Vec<Role> = dimensions.iter().map(|dimension| dimension.role).collect();
        for (name, role) in &self.choice.roles {
            match dimension_named(dimensions, name) {
                Some(at) => {
                    let role = role.role();
                    for taken in roles.iter_mut().filter(|taken| **taken == role) {
                        *taken = Role::Other;
                    }
                    roles[at] = role;
                }
                None => self.log.add(no_dimension(dimensions, name, self.site.path)),
            }
        }
        if let Some(name) = &self.choice.breakdown {
            match dimension_named(dimensions, name) {
                Some(at) => roles[at] = Role::Other,
                None => self.log.add(no_dimension(dimensions, name, self.site.path)),
            }
        }
        roles
    }

    /// For every dimension, which categories are wanted.
    fn chosen(&self) -> Vec<Vec<bool>> {
        let dimensions = &self.figures.dimensions;
        let mut chosen: Vec<Vec<bool>> = dimensions
            .iter()
            .map(|dimension| vec![true; dimension.categories.len()])
            .collect();
        let expressions = self
            .choice
            .expressions(dimensions, self.site.path)
            .map_err(|finding| self.log.add(*finding))
            .unwrap_or_default();
        for (at, expressions) in expressions {
            match select(&dimensions[at], expressions, self.site.path) {
                Ok(positions) => {
                    chosen[at] = vec![false; dimensions[at].categories.len()];
                    for position in positions {
                        chosen[at][position] = true;
                    }
                }
                Err(finding) => self.log.add(*finding),
            }
        }
        chosen
    }
}

/// A code, what the source calls its place, and what the site does.
fn misnamed(code: &str, name: &str, id: PlaceId, site: SiteContext<'_>) -> String {
    format!("{code} {name} ≠ {}", site.places[id].name.in_language(site.language))
}

/// Whether a column has a heading; one that has none is called by its number.
fn has_heading(dimension: &Dimension) -> bool {
    let number = dimension.column.map(|column| format!("#{}", column + 1));
    number.is_none_or(|number| number != dimension.code)
}

/// Whether a heading holds a year, as `2023*` and `2023 (prel.)` do.
fn names_year(heading: &str) -> bool {
    let numbers = heading.split(|c: char| !c.is_ascii_digit());
    numbers
        .filter(|digits| digits.len() == 4)
        .any(|digits| matches!(&digits[..2], "19" | "20"))
}

fn used(figures: &Figures, chosen: &[Vec<bool>]) -> Vec<Vec<bool>> {
    let mut used: Vec<Vec<bool>> = chosen.iter().map(|categories| vec![false; categories.len()]).collect();
    for cell in figures.cells.iter().filter(|cell| is_chosen(cell, chosen)) {
        for (categories, at) in used.iter_mut().zip(&cell.at) {
            categories[*at as usize] = true;
        }
    }
    used
}

fn used_categories<'a>(dimension: &'a Dimension, used: &'a [bool]) -> impl Iterator<Item = &'a Category> {
    let categories = dimension.categories.iter().zip(used);
    categories.filter(|(_, used)| **used).map(|(category, _)| category)
}
