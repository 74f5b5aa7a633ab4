//! A table → the rows of a series: codes to places, periods, sexes and categories.
//!
//! Takes figures, what is wanted of them, and the site's places; gives rows and an account of every figure: written, not
//! chosen, or in a finding. A code is a place only if it is one of `data/places.yaml`, code or alias; nothing is
//! guessed. Figures that contradict each other leave nothing.

use super::account::{Account, Unmapped};
use super::choice::{Choice, choices, dimension_named, no_dimension, select};
use super::codes::{periods, place_of, sexes};
use super::status::{Meaning, Remark, meaning};
use super::{Cell, Dialect, Dimension, Figures, Role};
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::{Flags, Period, PeriodKind, PlaceId, Places, Sex, Value};
use crate::source::{FilePath, Origin};
use std::collections::BTreeMap;

/// One observation of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
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
    /// How sure.
    pub flags: Flags,
    /// A remark; empty when there is none.
    pub note: String,
}

/// A series as a table gives it.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// Its observations, by place, sex, category and period.
    pub rows: Vec<Row>,
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
}

/// What the mapping needs to know of the site.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Its places.
    pub places: &'a Places,
    /// Its language, for remarks.
    pub language: &'a str,
    /// The file the figures came in, for findings.
    pub path: &'a FilePath,
}

/// What each dimension of the table is used for.
struct Plan<'a> {
    place: Option<&'a [Option<PlaceId>]>,
    fixed: Option<PlaceId>,
    chosen: Vec<Vec<bool>>,
}

/// The rows that this table has for the site; `None` after an error.
pub fn map(figures: &Figures, choice: &Choice, ground: Ground<'_>, log: &Log) -> Option<Mapped> {
    let before = log.len();
    let roles = roles(figures, choice, ground, log);
    let chosen = chosen(&figures.dimensions, choice, ground, log);
    let of = |role: Role| roles.iter().position(|own| *own == role);
    let fixed = choice.at.as_ref().and_then(|code| {
        let found = ground.places.find(code);
        if found.is_none() {
            let finding = Finding::new(Code::FiguresChoice, Origin::file(ground.path)).with("value", code);
            log.add(finding.near(code, ground.places.codes()));
        }
        found
    });
    let (place, time, sex) = (of(Role::Place), of(Role::Time), of(Role::Sex));
    let lacking = |role: Message| {
        let known = figures
            .dimensions
            .iter()
            .map(|dimension| dimension.code.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        log.add(
            Finding::new(Code::FiguresRole, Origin::file(ground.path))
                .with_message("expected", role)
                .with("known", known),
        );
    };
    if place.is_none() && choice.at.is_none() {
        lacking(message::role_place());
    }
    if time.is_none() {
        lacking(message::role_time());
    }
    let breakdown = choice
        .breakdown
        .as_ref()
        .and_then(|name| dimension_named(&figures.dimensions, name));
    // Which categories occur at all among what is chosen decides whether a dimension is still open.
    let used = used(figures, &chosen);
    let mut measure = String::new();
    for (dimension, at) in figures.dimensions.iter().zip(0..) {
        if [place, time, sex, breakdown].contains(&Some(at)) {
            continue;
        }
        let left = dimension
            .categories
            .iter()
            .zip(&used[at])
            .filter(|(_, used)| **used)
            .map(|(category, _)| category);
        let count = left.clone().count();
        // In a table of somebody's own, a column that goes with the place, such as its name, divides nothing.
        let goes_along =
            figures.dialect == Dialect::Own && place.is_some_and(|place| follows(figures, &chosen, place, at));
        if count > 1 && goes_along {
            continue;
        }
        if count > 1 {
            let finding = Finding::new(Code::FiguresDimension, Origin::file(ground.path));
            log.add(
                finding
                    .with("value", &dimension.code)
                    .with("name", &dimension.label)
                    .with("known", choices(left)),
            );
        } else if dimension.role == Role::Measure {
            measure = left.map(|category| category.label.clone()).next().unwrap_or_default();
        }
    }
    if log.len() > before {
        return None;
    }
    let places: Option<Vec<Option<PlaceId>>> = place.map(|at| {
        figures.dimensions[at]
            .categories
            .iter()
            .map(|category| place_of(&category.code, ground.places))
            .collect()
    });
    let plan = Plan {
        place: places.as_deref(),
        fixed,
        chosen,
    };
    let mapping = Mapping {
        figures,
        choice,
        ground,
        plan,
        place,
        time: time?,
        sex,
        breakdown,
        periods: periods(&figures.dimensions[time?], choice.kind, &used[time?]),
        sexes: sex.map(|at| sexes(&figures.dimensions[at])),
    };
    let mut mapped = mapping.run(log)?;
    mapped.measure = measure;
    Some(mapped)
}

fn roles(figures: &Figures, choice: &Choice, ground: Ground<'_>, log: &Log) -> Vec<Role> {
    let mut roles: Vec<Role> = figures.dimensions.iter().map(|dimension| dimension.role).collect();
    for (name, role) in &choice.roles {
        match dimension_named(&figures.dimensions, name) {
            Some(at) => {
                let role = role.role();
                for own in roles.iter_mut().filter(|own| **own == role) {
                    *own = Role::Other;
                }
                roles[at] = role;
            }
            None => log.add(no_dimension(&figures.dimensions, name, ground.path)),
        }
    }
    if let Some(name) = &choice.breakdown {
        match dimension_named(&figures.dimensions, name) {
            Some(at) => roles[at] = Role::Other,
            None => log.add(no_dimension(&figures.dimensions, name, ground.path)),
        }
    }
    roles
}

/// For every dimension, which categories are wanted.
fn chosen(dimensions: &[Dimension], choice: &Choice, ground: Ground<'_>, log: &Log) -> Vec<Vec<bool>> {
    let mut chosen: Vec<Vec<bool>> = dimensions
        .iter()
        .map(|dimension| vec![true; dimension.categories.len()])
        .collect();
    let wanted = choice
        .expressions(dimensions, ground.path)
        .map_err(|finding| log.add(*finding))
        .unwrap_or_default();
    for (at, expressions) in wanted {
        match select(&dimensions[at], expressions, ground.path) {
            Ok(positions) => {
                chosen[at] = vec![false; dimensions[at].categories.len()];
                for position in positions {
                    chosen[at][position] = true;
                }
            }
            Err(finding) => log.add(*finding),
        }
    }
    chosen
}

fn used(figures: &Figures, chosen: &[Vec<bool>]) -> Vec<Vec<bool>> {
    let mut used: Vec<Vec<bool>> = chosen.iter().map(|own| vec![false; own.len()]).collect();
    for cell in figures.cells.iter().filter(|cell| is_chosen(cell, chosen)) {
        for (own, at) in used.iter_mut().zip(&cell.at) {
            own[*at as usize] = true;
        }
    }
    used
}

/// Whether each category of one dimension always comes with the same category of another, among what is chosen.
fn follows(figures: &Figures, chosen: &[Vec<bool>], leader: usize, follower: usize) -> bool {
    let mut pairs = BTreeMap::new();
    let cells = figures.cells.iter().filter(|cell| is_chosen(cell, chosen));
    cells
        .into_iter()
        .all(|cell| *pairs.entry(cell.at[leader]).or_insert(cell.at[follower]) == cell.at[follower])
}

fn is_chosen(cell: &Cell, chosen: &[Vec<bool>]) -> bool {
    cell.at.iter().zip(chosen).all(|(at, own)| own[*at as usize])
}

/// A table, everything decided.
struct Mapping<'a> {
    figures: &'a Figures,
    choice: &'a Choice,
    ground: Ground<'a>,
    plan: Plan<'a>,
    place: Option<usize>,
    time: usize,
    sex: Option<usize>,
    breakdown: Option<usize>,
    periods: (PeriodKind, Vec<Option<Period>>),
    sexes: Option<Vec<Option<Sex>>>,
}

impl Mapping<'_> {
    fn run(self, log: &Log) -> Option<Mapped> {
        let mut account = Account {
            read: self.figures.cells.len(),
            ..Account::default()
        };
        let mut unmapped = Unmapped::default();
        let mut rows: BTreeMap<(PlaceId, Sex, String, Period), Row> = BTreeMap::new();
        let mut clashes = Vec::new();
        for cell in &self.figures.cells {
            if !is_chosen(cell, &self.plan.chosen) {
                account.not_chosen += 1;
                continue;
            }
            let Some(row) = self.row(cell, &mut account, &mut unmapped) else {
                continue;
            };
            let key = (row.place, row.sex, row.category.clone(), row.period);
            match rows.get(&key) {
                Some(first) if *first == row => account.repeated += 1,
                Some(_) => {
                    account.clashing += 1;
                    clashes.push(format!("{} {}", self.ground.places[row.place].code, row.period));
                }
                None => {
                    account.written += 1;
                    rows.insert(key, row);
                }
            }
        }
        if self.figures.blank > 0 {
            account.blank += self.lacking();
        }
        account.deleted = self.figures.deleted;
        unmapped.report(&account, self.periods.0, self.ground.path, log);
        if !clashes.is_empty() {
            let finding = Finding::new(Code::FiguresTwice, Origin::file(self.ground.path));
            let count = clashes.len();
            clashes.dedup();
            clashes.truncate(6);
            log.add(finding.with("codes", clashes.join(", ")).with("count", count));
            return None;
        }
        if rows.is_empty() {
            log.add(Finding::new(Code::FiguresEmpty, Origin::file(self.ground.path)));
            return None;
        }
        Some(self.finish(rows.into_values().collect(), account))
    }

    /// Combinations of what is chosen and known here for which the source has no cell at all.
    fn lacking(&self) -> usize {
        let known = |dimension: usize, at: usize| {
            let place = self.plan.place.zip(self.place).filter(|(_, own)| *own == dimension);
            let sex = self.sexes.as_ref().zip(self.sex).filter(|(_, own)| *own == dimension);
            place.is_none_or(|(places, _)| places[at].is_some())
                && sex.is_none_or(|(sexes, _)| sexes[at].is_some())
                && (dimension != self.time || self.periods.1[at].is_some())
        };
        let wanted: Vec<Vec<bool>> = (0..)
            .zip(&self.plan.chosen)
            .map(|(dimension, own)| {
                own.iter()
                    .zip(0..)
                    .map(|(chosen, at)| *chosen && known(dimension, at))
                    .collect()
            })
            .collect();
        let counts = wanted.iter().map(|own| own.iter().filter(|wanted| **wanted).count());
        let all = counts.fold(1_usize, usize::saturating_mul);
        all.saturating_sub(
            self.figures
                .cells
                .iter()
                .filter(|cell| is_chosen(cell, &wanted))
                .count(),
        )
    }

    /// The observation in this cell; `None` once it is in the account.
    fn row(&self, cell: &Cell, account: &mut Account, unmapped: &mut Unmapped) -> Option<Row> {
        let category = |dimension: usize| &self.figures.dimensions[dimension].categories[cell.at[dimension] as usize];
        let position = |dimension: usize| cell.at[dimension] as usize;
        let place = match self.plan.place.zip(self.place) {
            Some((places, at)) => places[position(at)],
            None => self.plan.fixed,
        };
        let Some(place) = place else {
            if let Some(at) = self.place {
                unmapped.places.add(category(at));
            }
            account.unmapped += 1;
            return None;
        };
        let Some(period) = self.periods.1[position(self.time)] else {
            unmapped.periods.add(category(self.time));
            account.unmapped += 1;
            return None;
        };
        let sex = match self.sexes.as_ref().zip(self.sex) {
            Some((sexes, at)) => sexes[position(at)],
            None => Some(Sex::Total),
        };
        let Some(sex) = sex else {
            if let Some(at) = self.sex {
                unmapped.sexes.add(category(at));
            }
            account.unmapped += 1;
            return None;
        };
        let own = self.breakdown.map(category);
        let code = own
            .filter(|own| Some(&own.code) != self.choice.total.as_ref())
            .map(|own| own.code.clone());
        let (value, meaning, note) = self.value(cell, account, unmapped)?;
        Some(Row {
            place,
            period,
            sex,
            category: code.unwrap_or_default(),
            value,
            flags: meaning.flags,
            note,
        })
    }

    fn value(&self, cell: &Cell, account: &mut Account, unmapped: &mut Unmapped) -> Option<(Value, Meaning, String)> {
        let known = meaning(&cell.status, self.figures.dialect, &self.choice.statuses);
        let understood = known.is_some();
        let mut meaning = known.unwrap_or_default();
        let mut notes: Vec<String> = vec![cell.note.clone()];
        let value = match (cell.number, meaning.reason) {
            // A number with a reason why there is none contradicts itself; the number stands, with what is said of it.
            (Some(number), reason) => {
                if !understood || reason.is_some() {
                    unmapped.statuses.add_code(&cell.status);
                    account.doubtful += 1;
                    notes.push(cell.status.clone());
                }
                Value::Known(if number == 0.0 { 0.0 } else { number })
            }
            (None, Some(reason)) => Value::Missing(reason),
            (None, None) if meaning.zero => Value::Known(0.0),
            (None, None) if !understood => {
                unmapped.statuses.add_code(&cell.status);
                account.unmapped += 1;
                return None;
            }
            (None, None) => {
                account.blank += 1;
                account.blank_cells += 1;
                return None;
            }
        };
        if cell.members > 1 && self.figures.dialect == Dialect::Kolada {
            meaning.remarks.push(Remark::Mean(cell.members));
        }
        notes.extend(meaning.remarks.iter().map(|remark| remark.text(self.ground.language)));
        let note = notes
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect::<Vec<_>>()
            .join("; ");
        Some((value, meaning, note))
    }

    fn finish(&self, rows: Vec<Row>, account: Account) -> Mapped {
        let dimensions = &self.figures.dimensions;
        let is_measure = |dimension: &&Dimension| dimension.role == Role::Measure;
        let wanted = dimensions
            .iter()
            .zip(&self.plan.chosen)
            .filter(|(dimension, _)| is_measure(dimension));
        let mut contents = wanted.flat_map(|(dimension, chosen)| {
            dimension
                .categories
                .iter()
                .zip(chosen)
                .filter(|(_, chosen)| **chosen)
                .map(|(category, _)| category)
        });
        let measured = contents.next().filter(|_| contents.next().is_none());
        // Eurostat has a dimension for the unit, of which one must be chosen.
        let of_units = dimensions
            .iter()
            .zip(0..)
            .find(|(dimension, _)| dimension.code.eq_ignore_ascii_case("unit"));
        let chosen = of_units.and_then(|(dimension, at)| {
            let cell = self
                .figures
                .cells
                .iter()
                .find(|cell| is_chosen(cell, &self.plan.chosen))?;
            Some(dimension.categories[cell.at[at] as usize].label.clone())
        });
        let unit = measured
            .map(|category| category.unit.clone())
            .filter(|unit| !unit.is_empty())
            .or(chosen);
        let breakdown = self.breakdown.map(|at| {
            let dimension = &dimensions[at];
            let found: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.category.as_str()).collect();
            let own = dimension
                .categories
                .iter()
                .filter(|category| found.contains(category.code.as_str()));
            let named = own.map(|own| {
                (
                    own.code.clone(),
                    if own.label.is_empty() { &own.code } else { &own.label }.clone(),
                )
            });
            (dimension.label.clone(), named.collect())
        });
        Mapped {
            rows,
            kind: self.periods.0,
            unit: unit.unwrap_or_else(|| self.figures.facts.unit.clone()),
            decimals: measured
                .and_then(|category| category.decimals)
                .or(self.figures.facts.decimals),
            breakdown,
            account,
            measure: String::new(),
        }
    }
}
