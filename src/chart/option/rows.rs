//! Rows of names with marks beside them: what rankings, pairs and profiles on lines have in common.
//!
//! Takes names and roles; gives a column of names as wide as the longest, the home place in bold with a pointer before it,
//! and a height that follows from the number of rows. Names break where the column would be too wide; none is cut.

use charming::component::Axis;
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, SplitLine};
use serde_json::{Value, json};

use super::super::picture::Role;
use super::super::size::Size;
use super::axes::Plot;
use super::labels::{self, LEADING};
use super::look::{INK, MUTED};

/// Room for the pointer before the home place.
const POINTER: f64 = 14.0;
/// Room between names and marks.
const GAP: f64 = 8.0;
/// Height of the strip for the marks of a row whose name stands above it.
const STRIP: f64 = 24.0;

/// Names of rows: a column, or, on a phone with long names, each above its marks.
pub(super) struct NameRows {
    /// Names, broken into lines, from the top.
    names: Vec<String>,
    roles: Vec<Role>,
    /// Width of the column with its pointer and gap; 0 where names stand above.
    pub(super) width: f64,
    /// Height of a row.
    pub(super) height: f64,
    /// Distance of marks below the middle of their row, in pixels, where names stand above.
    pub(super) shift: f64,
}

impl NameRows {
    /// Puts names beside their marks; the column takes at most the part of the width that leaves room for marks.
    pub(super) fn measure<'a>(rows: impl Iterator<Item = (&'a str, Role)>, size: Size) -> NameRows {
        let rows: Vec<(&str, Role)> = rows.collect();
        let (names, deepest) = wrapped(&rows, f64::from(size.width()) * 0.44);
        if size == Size::Narrow && deepest > 2.0 {
            return NameRows::above(rows.into_iter(), size);
        }
        let roles: Vec<Role> = rows.into_iter().map(|(_, role)| role).collect();
        let widths = names
            .iter()
            .zip(&roles)
            .map(|(name, role)| labels::width(name, *role == Role::Home));
        let width = (pointer(&roles) + widths.fold(0.0, f64::max) + GAP).ceil();
        // Long lists are set tighter.
        let height = if names.len() > 60 { 18.0 } else { 23.0 } + (deepest - 1.0) * LEADING;
        NameRows {
            names,
            roles,
            width,
            height,
            shift: 0.0,
        }
    }

    /// Puts names above their marks, which then have the whole width.
    pub(super) fn above<'a>(rows: impl Iterator<Item = (&'a str, Role)>, size: Size) -> NameRows {
        let rows: Vec<(&str, Role)> = rows.collect();
        let roles: Vec<Role> = rows.iter().map(|(_, role)| *role).collect();
        let (names, deepest) = wrapped(&rows, f64::from(size.width()) - pointer(&roles));
        let height = deepest * LEADING + STRIP + 6.0;
        NameRows {
            names,
            roles,
            width: 0.0,
            height,
            shift: (height - STRIP) / 2.0,
        }
    }

    /// The plot beside, or between, the names.
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred rows")]
    pub(super) fn plot(&self, left: f64, top: f64, width: f64) -> Plot {
        Plot {
            left,
            top: top + self.shift,
            width,
            height: self.names.len() as f64 * self.height,
        }
    }

    /// Lower end of the last row.
    pub(super) fn end(&self, plot: &Plot) -> f64 {
        plot.bottom() - self.shift
    }

    /// Middle of a row, seen from the top of the first.
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred rows")]
    pub(super) fn middle(&self, row: usize) -> f64 {
        (row as f64 + 0.5) * self.height
    }

    /// The names as an axis, and what charming cannot say of it. `before`: room between names and plot for labels of marks
    /// that go left.
    pub(super) fn axis(&self, before: f64) -> (Axis, Value) {
        let component = Axis::new()
            .type_(AxisType::Category)
            .inverse(true)
            .axis_line(AxisLine::new().show(false))
            .axis_tick(AxisTick::new().show(false))
            .split_line(SplitLine::new().show(false))
            .axis_label(AxisLabel::new().color(INK).font_size(labels::SIZE).interval(0.0));
        let data = self.names.iter().zip(&self.roles).map(|(name, role)| match role {
            Role::Home => {
                json!({ "value": name, "textStyle": { "align": "left", "fontWeight": "bold", "color": "var(--home)" } })
            }
            Role::Crowd => json!({ "value": name, "textStyle": { "align": "left", "color": MUTED } }),
            _ => json!(name),
        });
        let data: Vec<Value> = data.collect();
        let margin = self.width - pointer(&self.roles) + before;
        let mut label = json!({ "show": self.width > 0.0, "align": "left", "margin": margin });
        labels::lead(&mut label, &self.names.concat());
        (component, json!({ "data": data, "axisLabel": label }))
    }

    /// A small triangle before each row of the home place, from `top` down; and the names, where they stand above.
    pub(super) fn marks(&self, top: f64) -> Vec<Value> {
        let above = self.width == 0.0;
        let pointer = pointer(&self.roles);
        let mut elements = Vec::new();
        for (row, (name, role)) in self.names.iter().zip(&self.roles).enumerate() {
            let home = *role == Role::Home;
            let lines = labels::lines(name) * LEADING;
            let y = top
                + self.middle(row)
                + if above {
                    self.height / 2.0 - STRIP - lines / 2.0
                } else {
                    0.0
                };
            if home {
                elements.push(labels::polygon(
                    &[(0.0, y - 5.0), (8.0, y), (0.0, y + 5.0)],
                    "var(--home)",
                ));
            }
            if above {
                let colour = if home { "var(--home)" } else { INK };
                elements.push(labels::edged(labels::text(name, pointer, y, colour, home)));
            }
        }
        elements
    }
}

/// Names broken at `limit` pixels, and the lines of the one with most.
fn wrapped(rows: &[(&str, Role)], limit: f64) -> (Vec<String>, f64) {
    let broken = rows
        .iter()
        .map(|(name, role)| labels::wrapped(name, *role == Role::Home, limit));
    let names: Vec<String> = broken.collect();
    let deepest = names.iter().map(|name| labels::lines(name)).fold(1.0, f64::max);
    (names, deepest)
}

/// Room for the pointer, where there is a row of the home place.
fn pointer(roles: &[Role]) -> f64 {
    if roles.contains(&Role::Home) { POINTER } else { 0.0 }
}
