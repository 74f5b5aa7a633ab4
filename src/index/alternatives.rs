//! Finds the factors that vary: those whose alternatives an index asks for, its data allow, and can make a difference.

use super::factors::{Factor, Factors, UnusableAlternative};
use super::frame::{Frame, Slice};
use crate::model::{BasePeriod, Normalisation};

impl Factors {
    /// The factors of one top of an index.
    #[must_use]
    pub fn new(frame: &Frame<'_>, top: usize) -> Self {
        let mut unusable = Vec::new();
        let leaves = frame.leaves_with_figures(top);
        let normalisation = normalisation(frame, &leaves, &mut unusable);
        let base = base(frame, &leaves, &normalisation, &mut unusable);
        let aggregation = aggregation(frame);
        let imputation = imputation(frame, top, &base);
        let variation = &frame.index.variation;
        // Two leaves have a common parent, at which weights and means matter.
        let branches = leaves.len() > 1;
        let weights = Factor::Weights {
            spread: variation.weights,
        };
        let leave_out = Factor::LeaveOut { leaves: leaves.clone() };
        let factors = [
            (weights, branches && variation.weights > 0.0),
            (normalisation, true),
            (aggregation, branches),
            (imputation, true),
            (base, true),
            (leave_out, branches && variation.leave_out),
        ];
        let varies =
            |(factor, matters): (Factor, bool)| (matters && factor.alternatives() != Some(1)).then_some(factor);
        Self {
            top,
            factors: factors.into_iter().filter_map(varies).collect(),
            unusable,
        }
    }
}

/// Normalisations for which every leaf has the target, goalposts or reference that they need.
fn normalisation(frame: &Frame<'_>, leaves: &[usize], unusable: &mut Vec<UnusableAlternative>) -> Factor {
    let published = |leaf: &usize| frame.leaves[*leaf].published;
    let nominal = if leaves.iter().all(published) {
        Normalisation::None
    } else {
        frame.index.method.normalisation
    };
    let mut others = Vec::new();
    for kind in &frame.index.variation.normalisation {
        // Published scores are not normalised by the author, so his own method is an alternative for them.
        if others.contains(kind) || *kind == nominal && !leaves.iter().any(published) {
            continue;
        }
        let allows = |leaf: &usize| {
            let leaf = &frame.leaves[*leaf];
            let score = frame.nodes[leaf.node].score;
            match kind {
                Normalisation::Target => score.target.is_some(),
                Normalisation::Goalposts => score.goalposts.is_some(),
                Normalisation::Reference { place, .. } => frame.units.contains(place),
                _ => true,
            }
        };
        if leaves.iter().all(allows) {
            others.push(*kind);
        } else {
            unusable.push(UnusableAlternative::Normalisation(kind.name()));
        }
    }
    Factor::Normalisation { nominal, others }
}

/// Means that differ from the author's at some level.
fn aggregation(frame: &Frame<'_>) -> Factor {
    let nominal = frame.index.method.aggregation.clone();
    let mut others = Vec::new();
    for kind in &frame.index.variation.aggregation {
        if !others.contains(kind) && nominal.iter().any(|level| level != kind) {
            others.push(*kind);
        }
    }
    Factor::Aggregation { nominal, others }
}

/// Base periods with other figures than the author's, from which a scale can be computed for every leaf.
fn base(
    frame: &Frame<'_>,
    leaves: &[usize],
    normalisation: &Factor,
    unusable: &mut Vec<UnusableAlternative>,
) -> Factor {
    let nominal = frame.index.base.period;
    let slices_of = |period| frame.base_slices(Slice::LATEST, period, frame.index.base.sexes);
    let mut others = Vec::new();
    if scale_has_a_base(frame, leaves, normalisation) {
        for period in &frame.index.variation.base {
            let slices = slices_of(*period);
            if !frame.has_variation(leaves, &slices) {
                unusable.push(UnusableAlternative::Base(*period));
            } else if !others.contains(period) && !frame.same_values(leaves, &slices, &slices_of(nominal)) {
                others.push(*period);
            }
        }
    }
    Factor::Base { nominal, others }
}

/// Whether anything but fixed goalposts and published scores is ever used.
fn scale_has_a_base(frame: &Frame<'_>, leaves: &[usize], normalisation: &Factor) -> bool {
    let has_base = |kind: &Normalisation| !matches!(kind, Normalisation::None | Normalisation::Goalposts);
    let Factor::Normalisation { nominal, others } = normalisation else {
        return false;
    };
    let treated = frame.index.method.treatment.is_some() && leaves.iter().any(|leaf| !frame.leaves[*leaf].published);
    has_base(nominal) || others.iter().any(has_base) || treated
}

/// Other ways to impute, where any figure is missing.
fn imputation(frame: &Frame<'_>, top: usize, base: &Factor) -> Factor {
    let nominal = frame.index.method.imputation.fill;
    let mut slices = vec![0];
    if let Factor::Base { nominal, others } = base {
        let slices_of = |period: &BasePeriod| frame.base_slices(Slice::LATEST, *period, frame.index.base.sexes);
        slices.extend([nominal].into_iter().chain(others).flat_map(slices_of));
    }
    let missing = |slice: &usize| {
        frame
            .leaves_below(top)
            .any(|leaf| frame.columns[*slice][leaf].denominated.iter().any(Option::is_none))
    };
    let mut others = Vec::new();
    for fill in &frame.index.variation.imputation {
        if *fill != nominal && !others.contains(fill) && slices.iter().any(missing) {
            others.push(*fill);
        }
    }
    Factor::Imputation { nominal, others }
}
