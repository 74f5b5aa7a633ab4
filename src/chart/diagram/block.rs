//! One group, measured at a width: what is written where in its box.
//!
//! Takes a [`PlanGroup`] and a width; gives lines with baselines from the box's top, and the box's height. It knows nothing of
//! other boxes.

use super::fold::Face;
use super::plan::{PlanGroup, PlanNode, Trend};

/// Heading of a box.
pub(super) const TITLE: Face = Face {
    size: 14.0,
    bold: true,
    leading: 18.0,
};
/// A statement.
pub(super) const TEXT: Face = Face {
    size: 13.0,
    bold: false,
    leading: 17.0,
};
/// A value, under its statement.
pub(super) const VALUE: Face = Face {
    size: 12.0,
    bold: false,
    leading: 16.0,
};

/// Between border and text.
pub(super) const PAD: f64 = 12.0;
/// Thickness of the rule on top of a box.
pub(super) const BAR: f64 = 3.0;
/// Between the rules and the text they part.
const GAP: f64 = 8.0;
/// Pixels beyond its text within which an arrow may meet a statement.
const ARROW_MARGIN: f64 = 4.0;
/// Side of the sign for a trend.
pub(super) const SIGN: f64 = 11.0;
/// From the left end of the sign to the words beside it.
pub(super) const SIGN_ROOM: f64 = SIGN + 5.0;

/// A box: its place, and what stands in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// Left edge.
    pub(super) x: f64,
    /// Top edge.
    pub(super) y: f64,
    /// Width.
    pub(super) width: f64,
    /// Height.
    pub(super) height: f64,
    /// Role in a problem chain, above the heading.
    pub(super) role: Vec<TextLine>,
    /// Heading; baselines count from the top.
    pub(super) title: Vec<TextLine>,
    /// Statements from the top.
    pub(super) items: Vec<MeasuredNode>,
}

/// A statement as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MeasuredNode {
    /// Upper end, from the box's top; an arrow may meet it from here to its lower end.
    pub(super) top: f64,
    /// Lower end.
    pub(super) bottom: f64,
    /// The statement.
    pub(super) text: Vec<TextLine>,
    /// Value with its indicator.
    pub(super) value: Vec<TextLine>,
    /// Trend in words.
    pub(super) movement: Vec<TextLine>,
    /// Trend, for the sign beside the words.
    pub(super) trend: Option<Trend>,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextLine {
    /// Baseline, from the box's top.
    pub(super) baseline: f64,
    /// The words.
    pub(super) text: String,
}

/// Widths that would do for a box, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    /// No word breaks.
    pub(super) least: f64,
    /// No number is parted from its unit either.
    pub(super) good: f64,
    /// Nothing breaks; more would be wasted.
    pub(super) most: f64,
}

impl Block {
    /// Measures a group, at the origin. Evenly or not, it has the same height.
    pub(super) fn measure(group: &PlanGroup, width: f64, evenly: bool) -> Block {
        let inner = width - 2.0 * PAD;
        let mut writer = LineWriter { y: BAR + GAP, evenly };
        let role = writer.lines(VALUE, group.role.as_deref().unwrap_or_default(), inner);
        let title = writer.lines(TITLE, &group.title, inner);
        let mut items: Vec<MeasuredNode> = Vec::new();
        for node in &group.nodes {
            if !(role.is_empty() && title.is_empty() && items.is_empty()) {
                writer.y += 2.0 * GAP;
            }
            items.push(writer.item(node, inner));
        }
        Block {
            x: 0.0,
            y: 0.0,
            width,
            height: writer.y + GAP + 2.0,
            role,
            title,
            items,
        }
    }

    /// Widths that would do for a group.
    pub(super) fn widths(group: &PlanGroup) -> Widths {
        let role = group.role.as_deref().unwrap_or_default();
        let least = TITLE.widest_word(&group.title).max(VALUE.widest_word(role));
        let mut inner = Widths {
            least,
            good: 0.0,
            most: TITLE.width(&group.title).max(VALUE.width(role)),
        };
        for node in &group.nodes {
            let value = node.value.as_deref().unwrap_or_default();
            let words = node.trend.as_ref().map_or("", |trend| trend.words.as_str());
            // A period in brackets may stand on a line of its own.
            let number = value.split(" (").next().unwrap_or(value);
            inner.least = inner
                .least
                .max(TEXT.widest_word(&node.text))
                .max(VALUE.widest_word(value));
            inner.least = inner.least.max(VALUE.widest_word(words) + SIGN_ROOM);
            inner.good = inner.good.max(VALUE.width(number));
            inner.most = inner
                .most
                .max(TEXT.width(&node.text))
                .max(VALUE.width(value))
                .max(VALUE.width(words) + SIGN_ROOM);
        }
        let outer = |width: f64| (width + 2.0 * PAD).ceil();
        Widths {
            least: outer(inner.least),
            good: outer(inner.good.max(inner.least)),
            most: outer(inner.most),
        }
    }

    /// Right edge.
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Heights at which an arrow may meet the box, or one of its statements.
    pub(super) fn span(&self, node: Option<usize>) -> (f64, f64) {
        match node.and_then(|node| self.items.get(node)) {
            Some(item) => (self.y + item.top - ARROW_MARGIN, self.y + item.bottom + ARROW_MARGIN),
            None => (self.y + 10.0, self.bottom() - 10.0),
        }
    }

    /// Heights of the rules above statements, from the box's top.
    pub(super) fn rules(&self) -> impl Iterator<Item = f64> {
        let skipped = usize::from(self.role.is_empty() && self.title.is_empty());
        self.items.iter().skip(skipped).map(|item| item.top - GAP)
    }
}

/// Writes downwards.
struct LineWriter {
    y: f64,
    /// Whether titles and statements get lines of like length. Values do not, so that the period is what goes below.
    evenly: bool,
}

impl LineWriter {
    fn lines(&mut self, face: Face, text: &str, limit: f64) -> Vec<TextLine> {
        let is_even = self.evenly && face.size >= TEXT.size;
        let lines = if is_even {
            face.balance(text, limit)
        } else {
            face.fold(text, limit)
        };
        lines
            .into_iter()
            .map(|text| {
                // The baseline lies so that a line's small letters stand in its middle.
                let baseline = self.y + face.leading / 2.0 + face.size * 0.34;
                self.y += face.leading;
                TextLine { baseline, text }
            })
            .collect()
    }

    fn item(&mut self, node: &PlanNode, limit: f64) -> MeasuredNode {
        let top = self.y;
        let text = self.lines(TEXT, &node.text, limit);
        let value = self.lines(VALUE, node.value.as_deref().unwrap_or_default(), limit);
        let trend = node.trend.clone();
        let words = trend.as_ref().map_or("", |trend| trend.words.as_str());
        let movement = self.lines(VALUE, words, limit - SIGN_ROOM);
        // A statement without words still takes a line, so that an arrow finds it.
        self.y = self.y.max(top + TEXT.leading);
        MeasuredNode {
            top,
            bottom: self.y,
            text,
            value,
            movement,
            trend,
        }
    }
}
