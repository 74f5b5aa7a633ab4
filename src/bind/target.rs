//! Targets against their indicators: periods of another kind, periods in the wrong order, directions that are not defined.
//!
//! Takes the site as read; adds findings. Whether there are figures to judge by is no fault but a status, which is
//! [`crate::measure`]'s.

use crate::finding::{Code, Finding, Log};
use crate::model::{Better, Direction, Indicator, IndicatorSet, Period, Site, Target, TargetKind};
use crate::read;

/// Reports targets that could never be judged, whatever the figures.
pub(super) fn check(site: &Site, log: &Log) {
    let entries = site.sets.iter().flat_map(IndicatorSet::entries);
    for entry in entries {
        if let (Some(indicator), Some(target)) = (site.indicator(&entry.indicator), &entry.target) {
            check_target(indicator, target, log);
        }
    }
}

fn check_target(indicator: &Indicator, target: &Target, log: &Log) {
    for (key, period) in target.kind.periods() {
        if Period::parse(&period.to_string(), indicator.period).is_none() {
            let finding = Finding::new(Code::PeriodKind, target.origin.at(key)).with("value", period);
            log.add(finding.with("expected", read::period_example(indicator.period)));
            return;
        }
    }
    let ends: Vec<Period> = target.kind.periods().map(|(_, period)| period).collect();
    if let [from, by] = ends[..]
        && by.position() <= from.position()
    {
        let finding = Finding::new(Code::TargetOrder, target.origin.at("by"));
        log.add(finding.with("from", from).with("by", by));
    }
    let needs_direction = matches!(
        target.kind,
        TargetKind::Peers { .. }
            | TargetKind::Direction {
                direction: Direction::Better,
                ..
            }
    );
    if needs_direction && indicator.better == Better::Neither {
        let finding = Finding::new(Code::TargetDirection, target.origin.clone());
        log.add(finding.with("indicator", &indicator.id));
    }
}
