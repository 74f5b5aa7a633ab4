//! An indicator with figures that tests choose.

use crate::model::{
    Better, Break, Indicator, Observation, Part, Period, PeriodKind, PlaceId, Series, Source, Text, Unit, UnitKind,
    Value,
};
use crate::source::Origin;

/// An indicator with one decimal, whose places have these numbers for the years from 2020.
pub(super) fn indicator(better: Better, numbers: &[&[f64]]) -> Indicator {
    let observation = |(number, year): (&f64, i32)| Observation {
        period: Period::Year(year),
        value: Value::Known(*number),
        bounds: None,
        flags: crate::model::Flags::default(),
        note: String::new(),
    };
    let series = |(numbers, place): (&&[f64], u16)| Series {
        place: PlaceId(place),
        part: Part::TOTAL,
        observations: numbers.iter().zip(2020..).map(observation).collect(),
    };
    Indicator {
        id: "x".to_owned(),
        name: Text::plain("X"),
        short: Text::plain("X"),
        topic: String::new(),
        order: None,
        question: Text::default(),
        definition: Text::default(),
        unit: Unit {
            kind: UnitKind::Number,
            decimals: 1,
            ..Unit::default()
        },
        better,
        comparable: true,
        modelled: false,
        prices: None,
        margin: None,
        trend: None,
        period: PeriodKind::Year,
        source: Source::default(),
        external: Vec::new(),
        notes: Vec::new(),
        breaks: Vec::new(),
        accepted: Vec::new(),
        breakdown: None,
        next_release: Text::default(),
        sample: false,
        absence: None,
        table: None,
        series: numbers.iter().zip(0..).map(series).collect(),
        origin: Origin::file(&"data/indicators/x.yaml".into()),
    }
}

/// A break before this year, in one place or in all.
pub(super) fn break_in(place: Option<PlaceId>, year: i32) -> Break {
    Break {
        place,
        period: Period::Year(year),
        text: Text::default(),
    }
}
