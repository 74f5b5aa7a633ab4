//! Targets that were met before they were set: mistyped, or the wrong way round.
//!
//! Takes the site; adds findings. A target that has been reached since is a success and none of them.

use crate::finding::{Code, Finding, Log};
use crate::measure::rounded;
use crate::model::{Better, Indicator, IndicatorSet, Part, Period, Site, TargetKind};

/// Reports every target value that the home place already met in the base period; without one, in every period.
pub(super) fn check(site: &Site, log: &Log) {
    for entry in site.sets.iter().flat_map(IndicatorSet::entries) {
        let (Some(indicator), Some(target)) = (site.indicator(&entry.indicator), &entry.target) else {
            continue;
        };
        let table = indicator.table.as_ref();
        let is_of_indicator = |finding: &Finding| {
            let file = finding.origin.as_ref().map(|origin| &origin.file);
            file.is_some_and(|file| Some(file) == table || *file == indicator.origin.file)
        };
        // Figures that are improbable are a fault of their own, and may be why the target is met.
        if log.any_since(0, is_of_indicator) {
            continue;
        }
        if let TargetKind::Value { from, value, .. } = target.kind.in_periods_of(indicator.period)
            && is_met_from_the_start(site, indicator, from, value)
        {
            let finding = Finding::new(Code::TargetReached, target.origin.at("value"));
            log.add(finding.with("value", value).with("indicator", &indicator.id));
        }
    }
}

fn is_met_from_the_start(site: &Site, indicator: &Indicator, from: Option<Period>, goal: f64) -> bool {
    let of_home = |place| site.settings.home == Some(place);
    let series = indicator
        .series
        .iter()
        .find(|series| of_home(series.place) && series.part == Part::TOTAL);
    let observations = series.into_iter().flat_map(|series| &series.observations);
    let mut values = observations
        .filter(|observation| from.is_none_or(|from| observation.period == from))
        .filter_map(|observation| observation.value.known())
        .peekable();
    let decimals = indicator.unit.decimals;
    let meets = |value: f64| {
        let (value, goal) = (rounded(value, decimals), rounded(goal, decimals));
        match indicator.better {
            Better::Higher => value >= goal,
            Better::Lower => value <= goal,
            Better::Neither => false,
        }
    };
    values.peek().is_some() && values.all(meets)
}
