//! Look of the roles: colour, weight, dash, marker.
//!
//! The one place that decides it. No two roles differ by colour alone. Colours are CSS variables; the theme gives them
//! values for paper, dark, print and forced colours.

use charming::element::{Color, ItemStyle, LineStyle};
use serde_json::{Value, json};

use super::super::picture::Role;

/// Text and lines that carry meaning.
pub(super) const INK: &str = "var(--ink)";
/// Text of less weight.
pub(super) const MUTED: &str = "var(--muted)";
/// Hairlines.
pub(super) const RULE: &str = "var(--rule)";
/// The ground.
pub(super) const PAPER: &str = "var(--paper)";
/// The median of the others.
pub(super) const MEDIAN: &str = "var(--median)";
/// The spread of the others.
pub(super) const BAND: &str = "var(--band)";
/// Targets.
pub(super) const TARGET: &str = "var(--target)";

/// Symbols in ECharts' own names; the order decides who gets which.
const SYMBOLS: [&str; 6] = ["diamond", "triangle", "rect", "circle", "diamond", "triangle"];

/// Dashes by order; none is a whole line.
const DASHES: [&[u8]; 6] = [&[], &[2, 3], &[9, 3, 2, 3], &[5, 2], &[1, 2], &[12, 4]];

/// Look of a line, mark or area.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// Stroke and fill.
    pub(super) colour: String,
    /// Width of a line.
    pub(super) width: f64,
    /// Dashes and gaps in pixels; empty for a whole line.
    pub(super) dash: &'static [u8],
    /// Marker, in ECharts' names; `none` for one of a crowd, which has no label either.
    pub(super) symbol: &'static str,
    /// Size of the marker.
    pub(super) size: f64,
    /// Opacity of a fill.
    pub(super) opacity: f64,
    /// Whether its name is set bold.
    pub(super) bold: bool,
    /// Colour of its text, which needs more contrast than a line does.
    pub(super) text: String,
}

impl Look {
    /// The look of a role.
    pub(super) fn of(role: Role) -> Look {
        let plain = |colour: String, text: String| Look {
            colour,
            width: 1.75,
            dash: &[],
            symbol: "circle",
            size: 7.0,
            opacity: 1.0,
            bold: false,
            text,
        };
        match role {
            Role::Home => Look {
                width: 3.25,
                size: 9.0,
                bold: true,
                ..plain("var(--home)".to_owned(), "var(--home)".to_owned())
            },
            Role::Country => Look {
                dash: &[6, 4],
                symbol: "rect",
                size: 6.5,
                ..plain("var(--country)".to_owned(), "var(--country)".to_owned())
            },
            Role::Other(order) => {
                let place = usize::from(order.max(1) - 1) % 6;
                let colour = format!("var(--series-{})", place + 1);
                Look {
                    dash: DASHES[place],
                    symbol: SYMBOLS[place],
                    size: 8.0,
                    ..plain(colour, INK.to_owned())
                }
            }
            Role::Lift => Look {
                symbol: "triangle",
                ..plain("var(--lift)".to_owned(), INK.to_owned())
            },
            Role::Pull => Look {
                symbol: "diamond",
                ..plain("var(--pull)".to_owned(), INK.to_owned())
            },
            Role::Crowd => Look {
                width: 1.0,
                symbol: "none",
                ..plain(MEDIAN.to_owned(), MUTED.to_owned())
            },
        }
    }

    /// The look of a role's mark among points: one of the crowd is small and grey, and still seen.
    pub(super) fn of_point(role: Role) -> Look {
        let look = Look::of(role);
        match role {
            Role::Crowd => Look {
                symbol: "circle",
                size: 8.0,
                ..look
            },
            _ => Look {
                size: look.size + 3.0,
                ..look
            },
        }
    }

    /// The look of the median line.
    pub(super) fn median() -> Look {
        Look {
            width: 1.25,
            size: 5.0,
            symbol: "circle",
            text: MUTED.to_owned(),
            ..Look::of(Role::Crowd)
        }
    }

    /// Style of a line; the dash is laid over it by [`Look::over`].
    pub(super) fn line(&self) -> LineStyle {
        LineStyle::new().color(self.colour.as_str()).width(self.width)
    }

    /// Options of a line that charming cannot say: dashes in pixels, and that nothing changes under a pointer.
    pub(super) fn over(&self) -> Value {
        let mut over = json!({ "emphasis": { "disabled": true }, "clip": false });
        if !self.dash.is_empty() {
            over["lineStyle"] = json!({ "type": self.dash });
        }
        over
    }

    /// A marker: filled, or open where the value is provisional.
    pub(super) fn marker(&self, open: bool) -> Value {
        let style = if open {
            json!({ "color": PAPER, "borderColor": self.colour, "borderWidth": 2 })
        } else {
            json!({ "color": self.colour })
        };
        json!({ "symbol": self.symbol, "symbolSize": self.size, "itemStyle": style })
    }
}

/// A CSS variable as charming's colour.
pub(super) fn colour(variable: &str) -> Color {
    Color::Value(variable.to_owned())
}

/// A fill.
pub(super) fn fill(variable: &str) -> ItemStyle {
    ItemStyle::new().color(colour(variable))
}
