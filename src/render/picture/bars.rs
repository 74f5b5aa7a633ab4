//! One value a place: a ranking of all, or a comparison of some.

use super::trend::measure_line;
use super::{Subject, select, tabular};
use crate::chart::{Bar, ReferenceLine, Role, Shape};
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Indicator, Level, Part, Period, PlaceId, Value};
use crate::render::report::Standpoint;
use crate::render::row::{reason_word, why_missing};
use crate::render::view::{Cell, Column, Table, TableRow};

pub(super) fn bars<'a>(standpoint: Standpoint<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let places = select::many(standpoint, spec, indicator);
    let period = select::period(spec, indicator, &places, part);
    let Some(period) = period else {
        return nothing(standpoint, spec, indicator, &places);
    };
    let ranked = measure::ranking(indicator, part, period, &places);
    let missing: Vec<PlaceId> = places
        .iter()
        .copied()
        .filter(|place| !ranked.iter().any(|(own, ..)| own == place))
        .collect();
    let country = standpoint.country().filter(|country| !places.contains(country));
    let reference = country.and_then(|country| {
        let value = measure::value(indicator, country, part, period)?;
        Some(ReferenceLine {
            name: standpoint.place_short(country).to_owned(),
            value,
        })
    });
    let bars = bars_of(standpoint, spec, indicator, part, period, &ranked, &missing);
    let order = if spec.kind == ChartKind::Ranking {
        "sentence.chart.ranking"
    } else {
        "sentence.chart.comparison"
    };
    Subject {
        shape: (!ranked.is_empty()).then_some(Shape::Bars { bars, reference }),
        unit: indicator.unit.clone(),
        subtitle: measure_line(
            standpoint,
            indicator,
            part,
            &who(standpoint, spec, &places),
            &standpoint.voice().format.period(period),
        ),
        description: description(standpoint, order, indicator, part, period, &ranked),
        table: table(standpoint, indicator, part, period, &ranked, &missing, country),
        indicators: vec![indicator],
    }
}

/// What is shown of an indicator without a single number: of what and whom, and an empty table.
fn nothing<'a>(
    standpoint: Standpoint<'a>,
    spec: &ChartSpec,
    indicator: &'a Indicator,
    places: &[PlaceId],
) -> Subject<'a> {
    let who = if places.is_empty() {
        String::new()
    } else {
        who(standpoint, spec, places)
    };
    let subtitle = measure_line(standpoint, indicator, spec.selection.part(), &who, "");
    let table = tabular::table(subtitle.clone(), columns(standpoint, indicator), Vec::new());
    Subject {
        shape: None,
        unit: indicator.unit.clone(),
        subtitle,
        description: String::new(),
        table,
        indicators: vec![indicator],
    }
}

fn bars_of(
    standpoint: Standpoint<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    part: Part,
    period: Period,
    ranked: &[(PlaceId, f64, usize)],
    missing: &[PlaceId],
) -> Vec<Bar> {
    let subject = select::subject(standpoint, spec);
    let role = |place: PlaceId| match select::role(standpoint, spec, place, 0) {
        Role::Home | Role::Country if subject == Some(place) => Role::Home,
        Role::Country => Role::Country,
        _ => Role::Crowd,
    };
    let with = ranked.iter().map(|(place, value, _)| Bar {
        name: standpoint.place_short(*place).to_owned(),
        role: role(*place),
        value: Some(*value),
        missing: None,
        bounds: indicator
            .at(*place, part, period)
            .and_then(|observation| observation.bounds)
            .map(|(low, high)| [low, high]),
    });
    let without = missing.iter().map(|place| Bar {
        name: standpoint.place_short(*place).to_owned(),
        role: role(*place),
        value: None,
        missing: Some(reason(standpoint, indicator, *place, part, period)),
        bounds: None,
    });
    with.chain(without).collect()
}

fn reason(standpoint: Standpoint<'_>, indicator: &Indicator, place: PlaceId, part: Part, period: Period) -> String {
    let why = match indicator.at(place, part, period).map(|observation| observation.value) {
        Some(Value::Missing(reason)) => reason_word(standpoint, reason),
        _ => why_missing(standpoint, indicator),
    };
    why.to_owned()
}

/// Who is shown, in words.
pub(super) fn who(standpoint: Standpoint<'_>, spec: &ChartSpec, places: &[PlaceId]) -> String {
    let count = places.len().to_string();
    let level = places
        .first()
        .map_or(Level::County, |place| standpoint.site().places()[*place].level);
    match (spec.selection.parent, level) {
        (Some(parent), Level::Municipality) => standpoint.fill(
            "sentence.who.municipalities_of",
            &[("n", &count), ("place", standpoint.place_name(parent))],
        ),
        (_, Level::Municipality) => standpoint.fill("sentence.who.municipalities", &[("n", &count)]),
        _ => standpoint.fill("sentence.who.counties", &[("n", &count)]),
    }
}

fn description(
    standpoint: Standpoint<'_>,
    kind: &str,
    indicator: &Indicator,
    part: Part,
    period: Period,
    ranked: &[(PlaceId, f64, usize)],
) -> String {
    let format = &standpoint.voice().format;
    let shown = |value: f64| format.value(value, &indicator.unit, standpoint.code());
    let count = ranked.len().to_string();
    let mut sentences = vec![standpoint.fill(kind, &[("n", &count), ("period", &format.period_in_text(period))])];
    sentences.extend(ends(standpoint, indicator, ranked));
    if ranked.len() > 1
        && let Some(home) = standpoint.home()
        && let Some((_, value, position)) = ranked.iter().find(|(place, ..)| *place == home)
    {
        let position = position.to_string();
        let parts = [
            ("place", standpoint.place_name(home)),
            ("value", &shown(*value)),
            ("n", &position),
            ("total", &count),
        ];
        sentences.push(standpoint.fill("sentence.chart.own", &parts));
    }
    if let Some(country) = standpoint
        .country()
        .filter(|country| ranked.len() > 1 || ranked.iter().all(|(place, ..)| place != country))
        && let Some(value) = measure::value(indicator, country, part, period)
    {
        sentences.push(standpoint.fill(
            "sentence.chart.country",
            &[("place", standpoint.place_name(country)), ("value", &shown(value))],
        ));
    }
    sentences.join(" ")
}

/// Who has most and least, or, where that is no question, what all have; nothing when nobody has a number.
pub(super) fn ends(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    ranked: &[(PlaceId, f64, usize)],
) -> Option<String> {
    let (first, last) = (ranked.first()?, ranked.last()?);
    let shown = |value: f64| {
        standpoint
            .voice()
            .format
            .value(value, &indicator.unit, standpoint.code())
    };
    let [best, worst] = [first.1, last.1].map(shown);
    Some(if ranked.len() == 1 {
        standpoint.fill(
            "sentence.chart.country",
            &[("place", standpoint.place_name(first.0)), ("value", &best)],
        )
    } else if best == worst {
        standpoint.fill("sentence.chart.all_equal", &[("value", &best)])
    } else {
        let [first, last] = [first.0, last.0].map(|place| standpoint.place_in_text(place));
        standpoint.fill(
            "sentence.chart.ends",
            &[("first", first), ("best", &best), ("last", last), ("worst", &worst)],
        )
    })
}

fn columns(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<Column> {
    vec![
        tabular::texts(standpoint.word("sentence.column.place")),
        tabular::numbers(standpoint.word("sentence.column.rank"), None),
        tabular::numbers(
            standpoint.word("sentence.column.value"),
            tabular::unit(standpoint, &indicator.unit),
        ),
    ]
}

fn table(
    standpoint: Standpoint<'_>,
    indicator: &Indicator,
    part: Part,
    period: Period,
    ranked: &[(PlaceId, f64, usize)],
    missing: &[PlaceId],
    country: Option<PlaceId>,
) -> Table {
    let cell = |place: PlaceId| tabular::observed(standpoint, indicator, place, part, period);
    let no_rank = || Cell {
        text: "–".to_owned(),
        missing: Some(standpoint.word("sentence.no_rank").to_owned()),
        ..Default::default()
    };
    let rank = |position: usize| Cell {
        text: position.to_string(),
        sort: Some(position.to_string()),
        ..Default::default()
    };
    let mut rows: Vec<TableRow> = ranked
        .iter()
        .map(|(place, _, position)| placed(standpoint, *place, vec![rank(*position), cell(*place)]))
        .collect();
    rows.extend(
        missing
            .iter()
            .chain(&country)
            .filter(|place| indicator.series(**place, part).is_some())
            .map(|place| placed(standpoint, *place, vec![no_rank(), cell(*place)])),
    );
    let caption = measure_line(
        standpoint,
        indicator,
        part,
        "",
        &standpoint.voice().format.period(period),
    );
    tabular::table(caption, columns(standpoint, indicator), rows)
}

/// A row about a place.
pub(super) fn placed(standpoint: Standpoint<'_>, place: PlaceId, cells: Vec<Cell>) -> TableRow {
    let mut row = tabular::row(standpoint.place_name(place), cells);
    row.home = standpoint.home() == Some(place);
    row.country = standpoint.country() == Some(place);
    row
}
