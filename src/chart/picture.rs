//! What a chart shows, measured and named, before anyone decides how it is drawn.
//!
//! Takes nothing; it is plain data: names in the page's language, values in the indicator's unit,
//! gaps as `None`. A [`Picture`] is complete: drawing needs nothing else, so its hash is the key
//! under which a drawing is remembered. No HTML, no ECharts, no site model in here.

use serde::Serialize;

/// Everything a drawing depends on, apart from its [`Size`](super::Size).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// What is drawn.
    pub shape: Shape,
    /// How values are written and how the value axis behaves.
    pub axis: ValueAxis,
    /// ECharts options laid over the finished option, as the author wrote them. `Null`: none.
    pub overlay: serde_json::Value,
}

/// The value axis: one unit, one way to write numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueAxis {
    /// Short unit for axis and labels (`%`, `ton/inv.`); empty for a bare number.
    pub unit: String,
    /// Decimals in value labels; axis ticks use as many as their step needs, at most these.
    pub decimals: u8,
    /// Whether the unit follows every value label (`78,1 %`) or stands once at the axis.
    pub unit_in_labels: bool,
    /// Whether positive values are written with a plus sign: differences.
    pub signed: bool,
    /// The language's number style.
    pub numbers: NumberStyle,
}

/// How a language writes numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NumberStyle {
    /// `,` in Swedish.
    pub decimal: char,
    /// No-break space (U+00A0) in Swedish.
    pub group: char,
    /// Always U+2212.
    pub minus: char,
    /// Between a number and `%`; English has none.
    pub percent_space: Option<char>,
}

/// Who a line, bar or area stands for; decides colour, weight, dash and marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Role {
    /// The report's own place.
    Home,
    /// The country.
    Country,
    /// A place or category named beside them: first, second, third …, each with its own dash and marker.
    Other(u8),
    /// One of many, in the background.
    Crowd,
    /// What lifts a whole.
    Lift,
    /// What pulls a whole down.
    Pull,
}

/// The kinds of picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Shape {
    /// Values over periods. `periods` are the ticks in order and include gaps.
    Trend {
        /// Period labels, evenly spaced only if the periods are.
        periods: Vec<String>,
        /// Position of each period on the time axis, in years (2019.0, 2019.25 …): gaps show as distance.
        positions: Vec<f64>,
        /// Named lines, own place first.
        lines: Vec<Line>,
        /// Lowest, highest and median of the places compared with.
        band: Option<Band>,
        /// Breaks in comparability, before the period of this index.
        breaks: Vec<BreakMark>,
        /// Where the place wants to be.
        target: Option<TargetMark>,
    },
    /// One value a place, longest label first class: a ranking (ordered) or a comparison.
    Bars {
        /// From the top, in the order shown.
        bars: Vec<Bar>,
        /// A labelled line across all bars, such as the country's value.
        reference: Option<ReferenceLine>,
    },
    /// A value a row within its bounds, on a scale that begins at 1: ranks and how sure they are.
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
        /// Lowest and highest of the places compared with, an axis each; `None` where nothing is known.
        spread: Option<Extents>,
        /// One line a place, a value an axis.
        lines: Vec<Line>,
    },
    /// Areas shaded by class.
    Map {
        /// Boundaries, as registered with the engine.
        map: String,
        /// One a feature; `code` is the feature's code.
        areas: Vec<MapArea>,
        /// Class limits, ascending, `n + 1` numbers for `n` classes; empty when nothing has a value.
        limits: Vec<f64>,
        /// What areas without a value are called in the key.
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
        /// What is measured across and upright.
        axes: [MeasuredAxis; 2],
        /// Places, the most important to name first.
        points: Vec<Point>,
        /// Where the lines stand, across and upright.
        lines: [f64; 2],
        /// What the lines stand for ("Riket: 81,0 %, +1,2 procentenheter").
        line_name: String,
        /// Names of the quadrants: lower left, lower right, upper left, upper right.
        corners: [String; 4],
    },
    /// One indicator (across) against another (upright), a point a place.
    Scatter {
        /// What is measured across and upright.
        axes: [MeasuredAxis; 2],
        /// Places, the most important to name first.
        points: Vec<Point>,
    },
    /// Answers by degree: bars around a zero that is the scale's own.
    Degrees {
        /// Names of the degrees, lowest first.
        points: Vec<String>,
        /// How many degrees lie below zero (2.5 of five: the middle is split); `None`: bars begin at the lowest degree.
        zero: Option<f64>,
        /// From the top, in the order shown.
        rows: Vec<DegreeRow>,
        /// Titles of the columns beside the bars.
        columns: Vec<String>,
    },
    /// Whatever the author's own option says.
    Free,
}

/// A statement and the answers to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DegreeRow {
    /// The statement; empty where there is only one.
    pub name: String,
    /// Where the piece of each degree begins and ends, as shares of those who answered; empty: no bar, `missing` is
    /// written instead.
    pub pieces: Vec<(f64, f64)>,
    /// What is written on each piece.
    pub labels: Vec<String>,
    /// What a pointer finds at each piece; one a degree.
    pub mark_labels: Vec<String>,
    /// What stands in each column beside the bar.
    pub beside: Vec<String>,
    /// Why there is no bar.
    pub missing: Option<String>,
}

/// One of two axes that measure different things.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasuredAxis {
    /// What is measured and in which unit, as it stands beside the axis.
    pub title: String,
    /// How its values are written.
    pub axis: ValueAxis,
}

/// A place by two numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Name as labelled.
    pub name: String,
    /// Who it is.
    pub role: Role,
    /// Across and upright.
    pub at: [f64; 2],
    /// What a pointer finds at the mark ("Örebro län: 76,2 %, +1,0 procentenheter").
    pub said: String,
    /// Whether its name stands beside it where there is room; own place, country and others named always have theirs.
    pub labelled: bool,
}

/// A named row of values; `None` is a gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Name as labelled.
    pub name: String,
    /// Who it is.
    pub role: Role,
    /// One value a period (or axis).
    pub values: Vec<Option<f64>>,
    /// Periods whose value is provisional or estimated: drawn open.
    pub open: Vec<bool>,
}

/// The ends between which many places lie.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extents {
    /// Name ("lägst till högst bland länen").
    pub name: String,
    /// Lowest and highest, one an axis.
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
}

/// A mark at a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakMark {
    /// Index into the periods.
    pub at: usize,
    /// What it says.
    pub text: String,
}

/// A target value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetMark {
    /// The value aimed at.
    pub value: f64,
    /// Label ("mål 2030: 760 068 ton").
    pub text: String,
    /// The straight way to it: where in time and at which value it begins and ends. `None`: the target is drawn as a level
    /// across the whole picture.
    pub way: Option<[(f64, f64); 2]>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// Name as labelled; never cut.
    pub name: String,
    /// Who it is.
    pub role: Role,
    /// Length; `None`: no bar, `missing` is written instead.
    pub value: Option<f64>,
    /// Why there is no value.
    pub missing: Option<String>,
    /// Confidence bounds.
    pub bounds: Option<[f64; 2]>,
}

/// A labelled line across bars.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReferenceLine {
    /// Name ("Riket").
    pub name: String,
    /// Where.
    pub value: f64,
}

/// Two values of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Name of the row.
    pub name: String,
    /// Who it is.
    pub role: Role,
    /// First and second value.
    pub values: [Option<f64>; 2],
}

/// One area of a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapArea {
    /// The feature's code.
    pub code: String,
    /// Name as labelled.
    pub name: String,
    /// Who it is.
    pub role: Role,
    /// Shade; `None`: no value.
    pub value: Option<f64>,
}

/// A small trend among others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Panel {
    /// Its title.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}
