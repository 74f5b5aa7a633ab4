//! Diagrams of analyses: groups of statements as boxes in columns, links between them as arrows.
//!
//! Takes a [`Plan`] and a [`Size`]; gives an `<svg>` element in CSS variables for colours and font, as charts are. Wide, the
//! columns stand from left to right, in rows where they do not fit; narrow, all boxes stand below each other. No text is cut
//! or set smaller for want of room: boxes grow instead. Arrows run between boxes, never across one. The same plan gives the
//! same bytes. The picture's title, and its twin in words, are the page's.

mod block;
mod fold;
mod ink;
mod layout;
mod link;
mod plan;
mod route;

#[cfg(test)]
mod tests;

use super::size::Size;
pub use plan::{Plan, PlanGroup, PlanNode, Trend, TrendSign};

/// Draws a plan as an `<svg>` element.
#[must_use]
pub fn draw(plan: &Plan, size: Size) -> String {
    let layout = layout::lay_out(plan, &link::resolve(plan), size);
    let arrows = route::arrows(&layout);
    ink::write(&layout, &arrows)
}
