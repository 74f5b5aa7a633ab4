//! The content of a chart before it is drawn: what one file a kind makes of an author's specification.

use crate::chart::Shape;
use crate::finding::message::Message;
use crate::finding::{Code, Finding, Log};
use crate::model::{ChartSpec, Indicator, Unit};
use crate::page::view::Table;

/// Shape, words and table of a chart, all from the same figures.
pub(super) struct ChartContent<'a> {
    /// `None` when there is nothing to draw.
    pub(super) shape: Option<Shape>,
    /// Unit of the values.
    pub(super) unit: Unit,
    /// Measure, place, period, unit.
    pub(super) subtitle: String,
    /// One to four sentences made from the data.
    pub(super) description: String,
    /// Exactly the figures of the shape.
    pub(super) table: Table,
    /// The indicators whose figures these are.
    pub(super) indicators: Vec<&'a Indicator>,
}

/// No content, after a finding about what the kind of chart needs and the specification lacks.
pub(super) fn needs<'a>(spec: &ChartSpec, what: Message, log: &Log) -> Option<ChartContent<'a>> {
    log.add(
        Finding::new(Code::ChartNeeds, spec.origin.clone())
            .with("kind", spec.kind.name())
            .with_message("needs", what),
    );
    None
}
