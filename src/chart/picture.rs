//! Contents of a chart, measured and named, before it is decided how they are drawn.
//!
//! Takes nothing; it is plain data: names in the page's language, values in the indicator's unit,
//! gaps as `None`. A [`Picture`] is complete: drawing needs nothing else, so its hash is the key
//! under which a drawing is remembered. No HTML, no ECharts, no site model in here.

use serde::Serialize;

/// Everything a drawing depends on, apart from its [`Size`](super::Size).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// Kind of picture, with all it shows.
    pub shape: Shape,
    /// Unit and number format of values.
    pub axis: ValueAxis,
    /// The author's own ECharts option, laid over the finished option. `Null`: none.
    pub overlay: serde_json::Value,
}

/// Unit and number format of values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueAxis {
    /// Short unit for axis and labels (`%`, `ton/inv.`); empty: a bare number.
    pub unit: String,
    /// Decimals in value labels; axis ticks use as many as their step needs, at most these.
    pub decimals: u8,
    /// Whether the unit follows every value label (`78,1 %`) or stands once at the axis.
    pub unit_in_labels: bool,
    /// Whether positive values are written with a plus sign, as differences are.
    pub signed: bool,
    /// Number format of the language.
    pub numbers: NumberStyle,
}

/// Signs with which a language writes numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NumberStyle {
    /// Decimal sign: `,` in Swedish.
    pub decimal: char,
    /// Sign between groups of three digits: a no-break space (U+00A0) in Swedish.
    pub group: char,
    /// Minus sign: always U+2212.
    pub minus: char,
    /// Space between a number and `%`; `None`: there is none, as in English.
    pub percent_space: Option<char>,
}

/// Role of a line, bar or area; decides colour, weight, dash and marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Role {
    /// The report's home place.
    Home,
    /// The country.
    Country,
    /// A place or category named beside them: first, second, third …, each with its own dash and marker.
    Other(u8),
    /// One of many, in the background.
    Crowd,
    /// A part that lifts a whole.
    Lift,
    /// A part that pulls a whole down.
    Pull,
}

/// Kinds of picture. `None` among values is a gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Shape {
    /// Values over periods. `periods` are the ticks in order and include gaps.
    Trend {
        /// Period labels, evenly spaced only if the periods are.
        periods: Vec<String>,
        /// Position of each period on the time axis, in years (2019.0, 2019.25 …): gaps show as distance.
        positions: Vec<f64>,
        /// Named lines, home place first.
        lines: Vec<Line>,
        /// Lowest, highest and median of the places compared with; `None`: not shown.
        band: Option<Band>,
        /// Breaks in comparability, before the period of this index.
        breaks: Vec<BreakMark>,
        /// Target of the home place; `None`: none.
        target: Option<TargetMark>,
    },
    /// One value a place: a ranking (ordered) or a comparison.
    Bars {
        /// From the top, in the order shown.
        bars: Vec<Bar>,
        /// A labelled line across all bars, such as the country's value.
        reference: Option<ReferenceLine>,
    },
    /// A value a row within its bounds, on a scale that begins at 1: ranks and their uncertainty.
    Intervals {
        /// From the top, in the order shown.
        rows: Vec<Bar>,
        /// The lowest rank there is.
        last: f64,
    },
    /// Two values a row, joined: women and men.
    Pairs {
        /// Names of the first and the second value.
        names: [String; 2],
        /// Rows from the top.
        rows: Vec<Pair>,
    },
    /// From one period to another: a line a place between two columns.
    Slope {
        /// The two periods.
        periods: [String; 2],
        /// Lines with exactly two values.
        lines: Vec<Line>,
    },
    /// Parts of a whole over periods.
    Stacked {
        /// Period labels.
        periods: Vec<String>,
        /// Parts from the bottom, each with a value a period.
        parts: Vec<Line>,
    },
    /// Scores on several axes: a radar when wide, the same as dots on lines when narrow.
    Profile {
        /// Axis names.
        axes: Vec<String>,
        /// The common range of all axes.
        range: [f64; 2],
        /// Lowest and highest of the places compared with, an axis each; `None`: not shown.
        spread: Option<Extents>,
        /// One line a place, a value an axis.
        lines: Vec<Line>,
    },
    /// Areas shaded by class.
    Map {
        /// Name of the boundaries, as given to the engine.
        map: String,
        /// One a feature; `code` is the feature's code.
        areas: Vec<MapArea>,
        /// Class limits, ascending, `n + 1` numbers for `n` classes; empty when nothing has a value.
        limits: Vec<f64>,
        /// Name in the key of areas without a value.
        missing: String,
    },
    /// Small trends side by side, one common value axis.
    Multiples {
        /// Common period labels.
        periods: Vec<String>,
        /// Position of each period, as in `Trend`.
        positions: Vec<f64>,
        /// Panels in reading order.
        panels: Vec<Panel>,
    },
    /// Places by level (across) and change (upright), parted by two lines.
    Quadrants {
        /// Quantities across and upright.
        axes: [MeasuredAxis; 2],
        /// Places, the most important to name first.
        points: Vec<Point>,
        /// Values at which the lines stand, across and upright.
        lines: [f64; 2],
        /// Name of the lines ("Riket: 81,0 %, +1,2 procentenheter").
        line_name: String,
        /// Names of the quadrants: lower left, lower right, upper left, upper right.
        corners: [String; 4],
    },
    /// One indicator (across) against another (upright), a point a place.
    Scatter {
        /// Quantities across and upright.
        axes: [MeasuredAxis; 2],
        /// Places, the most important to name first.
        points: Vec<Point>,
    },
    /// Answers by degree: bars around a zero that is the scale's own.
    Degrees {
        /// Names of the degrees, lowest first.
        points: Vec<String>,
        /// Number of degrees below zero (2.5 of five: the middle is split); `None`: bars begin at the lowest degree.
        zero: Option<f64>,
        /// From the top, in the order shown.
        rows: Vec<DegreeRow>,
        /// Titles of the columns beside the bars.
        columns: Vec<String>,
    },
    /// Whatever the author's own option draws.
    Free,
}

/// A statement and the answers to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DegreeRow {
    /// The statement; empty where there is only one.
    pub name: String,
    /// Beginning and end of the piece of each degree, as shares of those who answered; empty: no bar, `missing` is
    /// written instead.
    pub pieces: Vec<(f64, f64)>,
    /// Text written on each piece.
    pub labels: Vec<String>,
    /// Text that a pointer finds at each piece; one a degree.
    pub mark_labels: Vec<String>,
    /// Text in each column beside the bar.
    pub beside: Vec<String>,
    /// Why there is no bar; `None` where there is one.
    pub missing: Option<String>,
}

/// One of two axes that measure different quantities.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasuredAxis {
    /// Quantity and unit, as they stand beside the axis.
    pub title: String,
    /// Unit and number format of its values.
    pub axis: ValueAxis,
}

/// A place by two numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Name as labelled.
    pub name: String,
    /// Role of the place.
    pub role: Role,
    /// Values across and upright.
    pub at: [f64; 2],
    /// Text that a pointer finds at the mark ("Örebro län: 76,2 %, +1,0 procentenheter").
    pub mark_label: String,
    /// Whether its name stands beside it where there is room; home place, country and others named always have theirs.
    pub labelled: bool,
}

/// A named row of values; `None` is a gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Name as labelled.
    pub name: String,
    /// Role of the line.
    pub role: Role,
    /// One value a period (or axis).
    pub values: Vec<Option<f64>>,
    /// Periods whose value is provisional or estimated: drawn open.
    pub open: Vec<bool>,
    /// Periods before which the line stops: a break in the series, or a period between that is missing. Empty: it never does.
    pub cut: Vec<bool>,
}

/// The ends between which many places lie.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extents {
    /// Name ("lägst till högst bland länen").
    pub name: String,
    /// Lowest and highest, one pair an axis; `None` where no place has a value.
    pub ends: Vec<Option<[f64; 2]>>,
}

/// Spread of the places compared with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// Name of the spread ("övriga län, lägsta till högsta").
    pub name: String,
    /// Name of the median line.
    pub median_name: String,
    /// Lowest a period.
    pub low: Vec<Option<f64>>,
    /// Highest a period.
    pub high: Vec<Option<f64>>,
    /// Median a period.
    pub median: Vec<Option<f64>>,
    /// Periods before which it stops, as a [`Line`] does.
    pub cut: Vec<bool>,
}

/// A break in the series, before a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakMark {
    /// Index into the periods.
    pub at: usize,
    /// Label.
    pub text: String,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetMark {
    /// The target value.
    pub value: f64,
    /// Label ("mål 2030: 760 068 ton").
    pub text: String,
    /// The straight line to the target: position in time, in years, and value of its two ends. `None`: the target is
    /// drawn as a level across the whole picture.
    pub line: Option<[(f64, f64); 2]>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// Name as labelled; never cut.
    pub name: String,
    /// Role of the bar.
    pub role: Role,
    /// Length; `None`: no bar, `missing` is written instead.
    pub value: Option<f64>,
    /// Why there is no value; `None` where there is one.
    pub missing: Option<String>,
    /// Lower and upper bound of the confidence interval; `None`: not known.
    pub bounds: Option<[f64; 2]>,
}

/// A labelled line across bars.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReferenceLine {
    /// Name ("Riket").
    pub name: String,
    /// Value at which it stands.
    pub value: f64,
}

/// Two values of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Name of the row.
    pub name: String,
    /// Role of the row.
    pub role: Role,
    /// First and second value.
    pub values: [Option<f64>; 2],
}

/// One area of a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapArea {
    /// Code of the feature in the boundaries.
    pub code: String,
    /// Name as labelled.
    pub name: String,
    /// Role of the area.
    pub role: Role,
    /// Value that decides the shade; `None`: no value.
    pub value: Option<f64>,
}

/// A small trend among others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Panel {
    /// Title above the panel.
    pub title: String,
    /// Lines of the panel.
    pub lines: Vec<Line>,
}
