//! Every kind of target by figures worked out by hand, and what must hold whatever the figures.

use super::*;
use crate::measure::example::{break_in, indicator};
use crate::model::{Better, Direction, Flags, Observation, Part, Period, Series, Sex, Unit, UnitKind, Value};
use proptest::prelude::*;

const HOME: PlaceId = PlaceId(0);
const NOW: i32 = 2026;

fn year(year: i32) -> Period {
    Period::Year(year)
}

/// An indicator of the own place with these numbers.
fn figures(better: Better, numbers: &[(i32, f64)]) -> Indicator {
    let mut indicator = indicator(better, &[&[]]);
    indicator.series[0].observations = numbers.iter().map(|(year, number)| observed(*year, *number)).collect();
    indicator
}

fn observed(at: i32, number: f64) -> Observation {
    Observation {
        period: year(at),
        value: Value::Known(number),
        bounds: None,
        flags: Flags::default(),
        note: String::new(),
    }
}

fn judged(indicator: &Indicator, target: &TargetKind) -> TargetProgress {
    super::progress((&Places::default(), None), indicator, target, HOME, NOW)
}

fn path(indicator: &Indicator, target: &TargetKind) -> (Status, TargetPath) {
    let progress = judged(indicator, target);
    let StatusBasis::Path(path) = progress.basis else {
        panic!("a line")
    };
    (progress.status, path)
}

/// From 100 in 2020 to a goal in 2030, judged in a year between.
fn on_line(goal: f64, at: i32, now: f64) -> Status {
    let indicator = figures(Better::Neither, &[(2020, 100.0), (at, now)]);
    path(&indicator, &value(Some(2020), 2030, goal)).0
}

fn why_unknown(indicator: &Indicator, target: &TargetKind) -> UnknownReason {
    match judged(indicator, target).status {
        Status::Unknown(reason) => reason,
        status => panic!("{status:?} is known"),
    }
}

fn value(from: Option<i32>, by: i32, value: f64) -> TargetKind {
    TargetKind::Value {
        from: from.map(year),
        by: year(by),
        value,
    }
}

fn change(from: i32, by: i32, percent: f64) -> TargetKind {
    TargetKind::Change {
        from: year(from),
        by: year(by),
        percent,
    }
}

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() < within
}

/// The greenhouse gases of Örebro län, worked out with pencil and paper.
#[test]
fn emissions_fall_at_less_than_half_the_pace_needed() {
    let mut indicator = figures(
        Better::Lower,
        &[(2005, 1_900_171.0), (2023, 1_100_000.0), (2024, 1_244_472.0)],
    );
    indicator.unit = Unit {
        kind: UnitKind::Tonnes,
        ..Unit::default()
    };
    let (status, path) = path(&indicator, &change(2005, 2030, -60.0));
    assert_eq!(status, Status::Behind);
    // 0.4 × 1 900 171
    assert!(near(path.goal.expect("a goal"), 760_068.4, 1e-6));
    // (760 068.4 − 1 244 472) ÷ 6; the sixth root of 0.610755
    let needed = path.needed.expect("a pace");
    assert!(near(needed.per_year, -80_733.933, 1e-3));
    assert!(near(needed.percent.expect("above zero"), -7.889, 1e-3));
    // (1 244 472 − 1 900 171) ÷ 19; the nineteenth root of 0.654926
    let so_far = path.so_far.expect("a pace");
    assert!(near(so_far.per_year, -34_510.474, 1e-3));
    assert!(near(so_far.percent.expect("above zero"), -2.203, 1e-3));
    // 1 900 171 − 25 × 34 510.474
    assert!(near(path.projected.expect("a projection"), 1_037_409.158, 1e-2));
    // The line in 2024: 1 900 171 − 19 ÷ 25 × 1 140 102.6
    assert!(near(path.at(2024.0).expect("within"), 1_033_693.024, 1e-3));
}

#[test]
fn the_line_is_straight() {
    assert_eq!(on_line(40.0, 2025, 70.0), Status::OnTrack);
    assert_eq!(on_line(40.0, 2025, 70.1), Status::Behind);
    assert_eq!(on_line(40.0, 2025, 40.0), Status::Reached);
    assert_eq!(on_line(160.0, 2025, 130.0), Status::OnTrack);
    assert_eq!(on_line(160.0, 2025, 129.9), Status::Behind);
}

#[test]
fn a_target_is_reached_from_the_better_side_even_when_the_base_was_better_still() {
    let indicator = figures(Better::Lower, &[(2020, 5.0), (2024, 7.0)]);
    let target = |goal| value(None, 2030, goal);
    assert_eq!(path(&indicator, &target(6.0)).0, Status::Behind);
    assert_eq!(path(&indicator, &target(8.0)).0, Status::Reached);
}

#[test]
fn the_outcome_of_the_target_year_decides_whatever_came_after() {
    let target = value(None, 2024, 80.0);
    let (status, judged) = path(
        &figures(Better::Higher, &[(2020, 70.0), (2024, 79.0), (2025, 81.0)]),
        &target,
    );
    assert_eq!((status, judged.latest), (Status::Missed, Some((year(2024), 79.0))));
    assert_eq!((judged.needed, judged.projected), (None, None));
    let (status, _) = path(
        &figures(Better::Higher, &[(2020, 70.0), (2024, 80.0), (2025, 78.0)]),
        &target,
    );
    assert_eq!(status, Status::Reached);
}

#[test]
fn a_target_year_that_has_come_without_figures_is_open() {
    for (by, expected) in [
        (2025, Status::Unknown(UnknownReason::Open)),
        (2026, Status::Unknown(UnknownReason::Open)),
        (2027, Status::Behind),
    ] {
        let indicator = figures(Better::Higher, &[(2020, 70.0), (2024, 71.0)]);
        let (status, path) = path(&indicator, &value(None, by, 90.0));
        assert_eq!(status, expected);
        assert_eq!(path.needed.is_some(), by > NOW);
        assert_eq!(path.projected.is_some(), by > NOW);
    }
}

#[test]
fn what_lacks_a_base_says_so() {
    let target = |from| change(from, 2030, 10.0);
    let indicator = figures(Better::Higher, &[(2020, 70.0), (2024, 71.0)]);
    assert_eq!(why_unknown(&indicator, &target(2019)), UnknownReason::NoBase);
    assert_eq!(why_unknown(&indicator, &target(2024)), UnknownReason::Single);
    assert_eq!(
        why_unknown(&figures(Better::Higher, &[]), &target(2020)),
        UnknownReason::NoValue
    );
}

#[test]
fn nothing_is_counted_across_a_break() {
    let mut indicator = figures(Better::Higher, &[(2020, 70.0), (2022, 50.0), (2024, 60.0)]);
    indicator.breaks.push(break_in(None, 2022));
    let change = change(2020, 2030, 10.0);
    let (status, broken) = path(&indicator, &change);
    assert_eq!(
        (status, broken.base, broken.goal),
        (Status::Unknown(UnknownReason::Break), None, None)
    );
    // Without a base period the line begins after the break.
    let (status, path) = path(&indicator, &value(None, 2032, 100.0));
    assert_eq!((status, path.base), (Status::OnTrack, Some((year(2022), 50.0))));
    let direction = TargetKind::Direction {
        direction: Direction::Up,
        from: Some(year(2020)),
    };
    assert_eq!(why_unknown(&indicator, &direction), UnknownReason::Break);
}

#[test]
fn a_projection_stays_where_numbers_can_be() {
    let projected = |kind, numbers: &[(i32, f64)]| {
        let mut indicator = figures(Better::Neither, numbers);
        indicator.unit.kind = kind;
        path(&indicator, &value(None, 2030, 50.0)).1.projected
    };
    assert_eq!(projected(UnitKind::Percent, &[(2020, 60.0), (2024, 90.0)]), Some(100.0));
    assert_eq!(projected(UnitKind::Number, &[(2020, 60.0), (2024, 90.0)]), Some(135.0));
    assert_eq!(projected(UnitKind::Number, &[(2020, 60.0), (2024, 20.0)]), Some(0.0));
    assert_eq!(projected(UnitKind::Number, &[(2020, 10.0), (2024, -10.0)]), Some(-40.0));
}

#[test]
fn a_direction_is_judged_by_figures_as_shown() {
    let better = TargetKind::Direction {
        direction: Direction::Better,
        from: None,
    };
    assert_eq!(
        judged(&figures(Better::Lower, &[(2020, 7.0), (2024, 6.8)]), &better).status,
        Status::OnTrack
    );
    assert_eq!(
        judged(&figures(Better::Lower, &[(2020, 7.04), (2024, 6.96)]), &better).status,
        Status::Behind
    );
    let neither = judged(&figures(Better::Neither, &[(2020, 7.0), (2024, 6.8)]), &better);
    assert_eq!(neither.status, Status::Unknown(UnknownReason::NoDirection));
}

/// Women and men in 2020, and in the newest year for which there are both.
fn by_sex(numbers: &[(i32, f64, f64)]) -> Indicator {
    let mut indicator = figures(Better::Higher, &[]);
    let series = |sex, pick: fn(&(i32, f64, f64)) -> f64| Series {
        place: HOME,
        part: Part::of_sex(sex),
        observations: numbers.iter().map(|row| observed(row.0, pick(row))).collect(),
    };
    indicator.series = vec![series(Sex::Women, |row| row.1), series(Sex::Men, |row| row.2)];
    indicator
}

#[test]
fn a_gap_needs_both_sexes_then_and_now() {
    let gap = |from| TargetKind::Gap {
        between: [Sex::Women, Sex::Men],
        from: year(from),
    };
    let indicator = by_sex(&[(2020, 76.0, 64.0), (2024, 75.0, 69.0)]);
    let progress = judged(&indicator, &gap(2020));
    assert_eq!(progress.status, Status::OnTrack);
    let StatusBasis::Gap(found) = progress.basis else {
        panic!("a gap")
    };
    assert_eq!(
        (found.before.map(|sides| sides.gap), found.now.map(|sides| sides.gap)),
        (Some(12.0), Some(6.0))
    );
    assert_eq!(found.so_far.map(|pace| pace.per_year), Some(-1.5));
    assert_eq!(why_unknown(&indicator, &gap(2019)), UnknownReason::NoBase);
    let mut broken = indicator.clone();
    broken.breaks.push(break_in(None, 2022));
    assert_eq!(why_unknown(&broken, &gap(2020)), UnknownReason::Break);
    assert_eq!(why_unknown(&indicator, &gap(2024)), UnknownReason::Single);
    // It is the distance that counts, whoever is ahead.
    assert_eq!(
        judged(&by_sex(&[(2020, 70.0, 72.0), (2024, 75.0, 70.0)]), &gap(2020)).status,
        Status::Behind
    );
    let mut lone = indicator.clone();
    lone.series.truncate(1);
    assert_eq!(why_unknown(&lone, &gap(2020)), UnknownReason::NoValue);
}

fn height(status: Status) -> u8 {
    match status {
        Status::Reached => 2,
        Status::OnTrack => 1,
        _ => 0,
    }
}

proptest! {
    #[test]
    fn nearer_the_goal_is_never_worse(goal in 0.0..200.0f64, at in 2021..2035, a in 0.0..200.0f64, b in 0.0..200.0f64) {
        let (less, more) = (a.min(b), a.max(b));
        let (worse, better) = if goal < 100.0 { (more, less) } else { (less, more) };
        prop_assert!(height(on_line(goal, at, worse)) <= height(on_line(goal, at, better)));
    }

    #[test]
    fn what_is_behind_today_is_behind_tomorrow(goal in 0.0..200.0f64, at in 2021..2034, now in 0.0..200.0f64) {
        prop_assert!(height(on_line(goal, at + 1, now)) <= height(on_line(goal, at, now)));
    }

    /// Carried on from the number judged, the pace needed ends at the target; and so does a line that has kept to it so far.
    #[test]
    fn the_pace_needed_leads_exactly_to_the_target(base in 1.0..1e6f64, part in 0.01..0.99f64, goal in 1.0..1e6f64, at in 2021..2030) {
        let now = base + (goal - base) * part;
        let indicator = figures(Better::Neither, &[(2020, base), (at, now)]);
        let target = value(Some(2020), 2030, goal);
        let (status, path) = path(&indicator, &target);
        if let Some(needed) = path.needed {
            let years = f64::from(2030 - at);
            prop_assert!((now + needed.per_year * years - goal).abs() <= 1e-9 * goal.max(base));
            let grown = now * (1.0 + needed.percent.expect("above zero") / 100.0).powf(years);
            prop_assert!((grown - goal).abs() <= 1e-9 * goal.max(base));
        }
        // Status and projection say the same, but for numbers that only rounding keeps apart.
        let projected = path.projected.expect("time is left");
        if (projected - goal).abs() > 1.0 && status != Status::Reached {
            prop_assert_eq!(status == Status::OnTrack, (projected < goal) == (goal < base));
        }
    }
}
