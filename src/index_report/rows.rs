//! The document as one long CSV table: a row for each slice, node and unit.
//!
//! Sensitivities and coherence belong to no row, and are only in the document.

use super::document::{Document, Node, Slice, Top, Value};
use super::gap::{Comparison, Part};
use super::robustness::{Interval, Intervals};
use crate::download::csv_file::harmless;
use std::collections::BTreeMap;

const HEADER: &str = "index,period,sex,node,node_name,level,parent,unit,unit_name,\
    measured,denominated,imputed,treated,provenance,provenance_period,score,country_score,rank,rank_of,rank_shared,\
    children_present,children,weight,effective_weight,\
    against,difference,contribution,residual,rank_low,rank_high,score_low,score_high";

/// A row for each slice, node and unit, as CSV.
///
/// Contributions stand in the rows of the unit and the slice that are asked for, intervals in those of the latest figures
/// of both sexes at the nodes that are explained.
#[must_use]
pub fn csv(document: &Document<'_>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(HEADER.split(','));
    let nodes: BTreeMap<&str, &Node<'_>> = document.nodes.iter().map(|node| (node.id, node)).collect();
    let names: BTreeMap<&str, &str> = document.units.iter().map(|unit| (unit.code, unit.name)).collect();
    for slice in &document.slices {
        let country: BTreeMap<&str, Option<f64>> =
            slice.country.iter().map(|score| (score.node, score.score)).collect();
        let extras = RowExtras::new(document, slice);
        for value in &slice.values {
            let node = nodes[value.node];
            let about = [document.index.id, &slice.period, slice.sex, value.node, node.name];
            let about = about
                .into_iter()
                .chain([node.level.unwrap_or_default(), node.parent.unwrap_or_default()]);
            let about = about
                .chain([value.unit, names[value.unit]])
                .map(|text| harmless(text).into_owned());
            let numbers = numbers(value, node, country[value.node]);
            let _ = writer.write_record(about.chain(numbers).chain(extras.fields(value)));
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The numbers of a unit at a node.
fn numbers(value: &Value<'_>, node: &Node<'_>, country: Option<f64>) -> [String; 15] {
    let (position, of, shared) = match value.rank {
        Some(rank) => (rank.position.to_string(), rank.of.to_string(), rank.shared.to_string()),
        None => <(String, String, String)>::default(),
    };
    let (present, children) = match value.children {
        Some(children) => (children.present.to_string(), children.of.to_string()),
        None => <(String, String)>::default(),
    };
    let origin = value.provenance.as_ref();
    [
        text(value.measured),
        text(value.denominated),
        text(value.imputed),
        text(value.treated),
        origin.map(|origin| origin.kind.to_owned()).unwrap_or_default(),
        origin.and_then(|origin| origin.period.clone()).unwrap_or_default(),
        text(value.score),
        text(country),
        position,
        of,
        shared,
        present,
        children,
        text(Some(node.weight)),
        text(Some(value.effective_weight)),
    ]
}

/// A number in full; nothing for what is missing.
fn text(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Contributions and intervals that stand beside the numbers of a slice.
struct RowExtras<'d> {
    /// The unit that is compared, when this is the slice that is asked for.
    unit: Option<&'d str>,
    comparisons: Vec<(&'d str, &'d Comparison<'d>)>,
    parts: BTreeMap<&'d str, &'d Part<'d>>,
    intervals: BTreeMap<(&'d str, &'d str), &'d Interval<'d>>,
}

impl<'d> RowExtras<'d> {
    fn new(document: &'d Document<'_>, slice: &Slice<'_>) -> Self {
        let asked = &document.asked;
        let explained = slice.period == asked.period && slice.sex == asked.sex;
        let latest = slice.period == "latest" && slice.sex == "T";
        let compared = |top: &'d Top<'_>| Some((top.node, top.gap.comparison.as_ref().filter(|_| explained)?));
        let comparisons: Vec<(&str, &Comparison<'_>)> = document.tops.iter().filter_map(compared).collect();
        let parts = comparisons.iter().flat_map(|(_, comparison)| &comparison.split.parts);
        let intervals = document
            .tops
            .iter()
            .filter(|_| latest)
            .filter_map(|top| Some((top, top.robustness.intervals.as_ref()?)));
        let of_units = |(top, intervals): (&'d Top<'_>, &'d Intervals<'_>)| {
            intervals
                .units
                .iter()
                .map(|interval| ((top.node, interval.unit), interval))
        };
        Self {
            unit: asked.unit,
            parts: parts.map(|part| (part.node, part)).collect(),
            comparisons,
            intervals: intervals.flat_map(of_units).collect(),
        }
    }

    /// Gap or contribution, and intervals.
    fn fields(&self, value: &Value<'_>) -> [String; 8] {
        let asked = self.unit == Some(value.unit);
        let part = self.parts.get(value.node).filter(|_| asked);
        let top = self
            .comparisons
            .iter()
            .find(|(node, _)| asked && *node == value.node)
            .map(|(_, comparison)| comparison);
        let against = top.or(self
            .comparisons
            .first()
            .filter(|_| part.is_some())
            .map(|(_, first)| first));
        let against = against.map(|comparison| match &comparison.against.id {
            Some(id) => format!("{}:{id}", comparison.against.kind),
            None => comparison.against.kind.to_owned(),
        });
        // The top's own difference is the whole gap.
        let gap = top.map(|comparison| comparison.split.gap);
        let interval = self.intervals.get(&(value.node, value.unit));
        let score = interval.and_then(|interval| interval.score.as_ref());
        [
            harmless(&against.unwrap_or_default()).into_owned(),
            text(gap.or(part.and_then(|part| part.difference))),
            text(gap.or(part.map(|part| part.contribution))),
            text(
                top.map(|comparison| comparison.split.residual)
                    .or(part.map(|part| part.residual)),
            ),
            text(interval.map(|interval| interval.low)),
            text(interval.map(|interval| interval.high)),
            text(score.map(|score| score.low)),
            text(score.map(|score| score.high)),
        ]
    }
}
