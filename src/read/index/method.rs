//! The method of an index, and the factors varied in its uncertainty analysis.
//!
//! Takes the keys `method` and `uncertainty`; gives a [`Method`] and a [`Variation`]. What is not written is the usual method:
//! min–max, arithmetic mean, equal weights.

use super::{base_period, tree::ends};
use crate::finding::{Code, Finding};
use crate::model::{
    Aggregation, Fill, Imputation, IndexLevel, Method, Normalisation, Places, Screening, Treatment, Variation,
};
use crate::read::values::{group, place};
use crate::read::yaml::{Fields, Node};

/// The method, and whether weights are relative to each other rather than shares.
pub(super) fn read(index: &mut Fields<'_>, places: &Places, levels: &[IndexLevel]) -> (Method, bool) {
    let mut method = Method {
        normalisation: Normalisation::MinMax,
        range: Normalisation::MinMax.usual_range(),
        aggregation: vec![Aggregation::Arithmetic],
        ..Method::default()
    };
    let Some(mut fields) = index.optional("method", Node::fields) else {
        return (method, false);
    };
    method.imputation = fields
        .optional("imputation", |node| imputation(node, places))
        .unwrap_or_default();
    method.screening = fields.optional("screening", screening);
    method.treatment = fields.optional("treatment", treatment);
    if let Some(node) = fields.find("normalisation") {
        normalise(&node, places, &mut method);
    }
    if let Some(node) = fields.find("aggregation") {
        method.aggregation = aggregation(&node, levels).unwrap_or(method.aggregation);
    }
    method.at_least = fields.optional("at_least", share).unwrap_or(0.0);
    let relative = fields.optional("weights", |node| node.choice(&[("shares", false), ("relative", true)]));
    fields.done();
    (method, relative.unwrap_or(false))
}

fn imputation(node: &Node<'_>, places: &Places) -> Option<Imputation> {
    if node.peek_text().is_some() {
        return Some(Imputation {
            fill: node.choice(Fill::NAMES)?,
            ..Imputation::default()
        });
    }
    let mut fields = node.fields()?;
    let imputation = Imputation {
        fill: fields
            .optional("fill", |node| node.choice(Fill::NAMES))
            .unwrap_or_default(),
        within: fields.list("within", |node| group(node, places)),
        carry: fields.optional("carry", years).unwrap_or(0),
    };
    fields.done();
    Some(imputation)
}

fn screening(node: &Node<'_>) -> Option<Screening> {
    let mut fields = node.fields()?;
    let at_least = fields.required("at_least", share);
    let counted = &[("observed", false), ("imputed", true)];
    let imputed = fields.optional("count", |node| node.choice(counted)).unwrap_or(false);
    fields.done();
    Some(Screening {
        at_least: at_least?,
        imputed,
    })
}

fn treatment(node: &Node<'_>) -> Option<Treatment> {
    let mut fields = node.fields()?;
    let winsorise = fields.optional("winsorise", Node::count).unwrap_or(5);
    let treatment = Treatment {
        winsorise: usize::try_from(winsorise).unwrap_or(usize::MAX),
        skewness: fields.optional("skewness", Node::number).unwrap_or(2.0),
        kurtosis: fields.optional("kurtosis", Node::number).unwrap_or(3.5),
        log: fields
            .optional("then", |node| node.choice(&[("log", true), ("nothing", false)]))
            .unwrap_or(true),
    };
    fields.done();
    Some(treatment)
}

fn normalise(node: &Node<'_>, places: &Places, method: &mut Method) {
    if node.peek_text().is_some() {
        if let Some(kind) = node.choice(&kinds(false)) {
            method.normalisation = kind;
            method.range = kind.usual_range();
        }
        return;
    }
    let Some(mut fields) = node.fields() else { return };
    let ratio = fields.flag("ratio");
    let mut vocabulary = kinds(ratio).to_vec();
    let reference = fields.optional("place", |node| place(node, places));
    if let Some(place) = reference {
        vocabulary.push(("reference", Normalisation::Reference { place, ratio }));
    }
    if let Some(kind) = fields.require("kind") {
        if kind.peek_text() == Some("reference") && reference.is_none() {
            fields.report(Finding::new(Code::KeyMissing, fields.origin.clone()).with("key", "place"));
        } else if let Some(kind) = kind.choice(&vocabulary) {
            method.normalisation = kind;
            method.range = kind.usual_range();
        }
    }
    method.range = fields.optional("range", ends).unwrap_or(method.range);
    method.clamp = fields.flag("clamp");
    method.flat = fields.optional("flat", Node::number);
    fields.done();
}

fn kinds(ratio: bool) -> [(&'static str, Normalisation); 8] {
    [
        ("none", Normalisation::None),
        ("min_max", Normalisation::MinMax),
        ("z_score", Normalisation::ZScore),
        ("rank", Normalisation::Rank),
        ("percentile_rank", Normalisation::PercentileRank),
        ("best", Normalisation::Best { ratio }),
        ("target", Normalisation::Target),
        ("goalposts", Normalisation::Goalposts),
    ]
}

/// One aggregation for all levels, or one for each of those named; the others are arithmetic.
fn aggregation(node: &Node<'_>, levels: &[IndexLevel]) -> Option<Vec<Aggregation>> {
    if node.peek_text().is_some() {
        return Some(vec![node.choice(Aggregation::NAMES)?]);
    }
    let mut by_depth = vec![Aggregation::Arithmetic; levels.len().max(1)];
    let named = node.entries(|id, node| {
        let kind = node.choice(Aggregation::NAMES)?;
        let depth = levels.iter().position(|level| level.id == id);
        if depth.is_none() {
            let known = levels.iter().map(|level| level.id.as_str());
            node.report(
                Finding::new(Code::KeyUnknown, node.origin.clone())
                    .with("key", id)
                    .near(id, known),
            );
        }
        Some((depth?, kind))
    })?;
    for (depth, kind) in named {
        by_depth[depth] = kind;
    }
    Some(by_depth)
}

/// The factors of the uncertainty analysis; what is not written is varied as usual.
pub(super) fn variation(node: &Node<'_>, places: &Places) -> Option<Variation> {
    let mut fields = node.fields()?;
    let usual = Variation::default();
    let normalisation = fields.list("normalisation", |node| {
        let mut method = Method::default();
        normalise(node, places, &mut method);
        Some(method.normalisation).filter(|kind| *kind != Normalisation::None)
    });
    let variation = Variation {
        runs: fields.optional("runs", runs).unwrap_or(usual.runs),
        seed: fields.optional("seed", Node::count).unwrap_or(usual.seed),
        weights: fields.optional("weights", share).unwrap_or(usual.weights),
        normalisation,
        aggregation: fields.list("aggregation", |node| node.choice(Aggregation::NAMES)),
        imputation: fields.list("imputation", |node| node.choice(Fill::NAMES)),
        base: fields.list("base", base_period),
        leave_out: fields.optional("leave_out", Node::truth).unwrap_or(usual.leave_out),
    };
    fields.done();
    Some(variation)
}

/// A share from 0 to 1.
fn share(node: &Node<'_>) -> Option<f64> {
    let share = node.number()?;
    if !(0.0..=1.0).contains(&share) {
        let finding = node.finding(Code::NumberRange).with("from", 0).with("to", 1);
        // 75 is likely to be meant as per cent.
        let per_cent = (1.0..=100.0).contains(&share);
        node.report(if per_cent {
            finding.with("near", share / 100.0)
        } else {
            finding
        });
        return None;
    }
    Some(share)
}

/// The number of times the index is computed anew; bounded, so that a slip of the pen does not stop the build.
fn runs(node: &Node<'_>) -> Option<u32> {
    const MOST: u64 = 100_000;
    let runs = node.count()?;
    if !(10..=MOST).contains(&runs) {
        node.report(node.finding(Code::NumberRange).with("from", 10).with("to", MOST));
        return None;
    }
    u32::try_from(runs).ok()
}

/// A number of years.
pub(super) fn years(node: &Node<'_>) -> Option<u16> {
    let years = node.count()?;
    let fits = u16::try_from(years).ok().filter(|years| *years <= 200);
    if fits.is_none() {
        node.report(node.finding(Code::NumberRange).with("from", 0).with("to", 200));
    }
    fits
}
