//! How things hang together: groups of statements as boxes in columns, links between them as arrows.
//!
//! Takes a [`Plan`] and a [`Size`]; gives an `<svg>` element in CSS variables for colours and font, as charts are. Wide, the
//! columns stand from left to right, in rows where they do not fit; narrow, all boxes stand below each other. No text is cut
//! or set smaller for want of room: boxes grow instead. Arrows run between boxes, never across one. The same plan gives the
//! same bytes. The picture's title, and its twin in words, are the page's.

mod block;
mod fold;
mod ink;
mod link;
mod route;
mod sheet;

#[cfg(test)]
mod tests;

use super::Size;

/// What hangs together with what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Boxes, in reading order within a column.
    pub groups: Vec<Group>,
    /// Arrows, from and to the id of a group or a node. Those to unknown ids, or within one thing, are left out; two
    /// between the same things become one with two heads.
    pub links: Vec<(String, String)>,
}

/// A box with a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What links call it.
    pub id: String,
    /// What it is in a problem chain ("Drivkrafter"), above the heading.
    pub role: Option<String>,
    /// Heading; empty: none.
    pub title: String,
    /// Which column; only the order of the numbers counts.
    pub column: u64,
    /// Statements from the top; may be empty.
    pub nodes: Vec<Node>,
}

/// A statement in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What links call it.
    pub id: String,
    /// What it says. Soft hyphens are used where a word is wider than its box.
    pub text: String,
    /// Indicator with latest value and period ("Gymnasiebehörighet: 78,1 % (2018/19)"), or why there is none.
    pub value: Option<String>,
    /// How the value has moved.
    pub trend: Option<Trend>,
}

/// How a value has moved, as a sign and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    /// Which way.
    pub way: Way,
    /// Whether that is good; nothing where neither way is better.
    pub good: Option<bool>,
    /// The same in words ("har ökat sedan 2018 – bättre").
    pub said: String,
}

/// Which way a value has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Risen.
    Up,
    /// Fallen.
    Down,
    /// About the same.
    Flat,
}

/// Draws a plan.
#[must_use]
pub fn draw(plan: &Plan, size: Size) -> String {
    let sheet = sheet::lay(plan, &link::resolve(plan), size);
    let arrows = route::arrows(&sheet);
    ink::write(&sheet, &arrows)
}
