//! One value a place: a ranking of all, or a comparison of some.

use crate::chart::{Bar, ReferenceLine, Role, Shape};
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Indicator, Part, Period, PlaceId, Value};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::value::{reason_word, why_missing};
use crate::page::view::{Cell, Column, Table, TableRow};
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{extremes_sentence, measure_line, place_count};
use crate::render::figure::select;
use crate::render::figure::tables::{dash, place_row};

pub(super) fn bars<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> ChartContent<'a> {
    let part = spec.selection.part();
    let places = select::many_places(page, spec, indicator);
    let period = select::period(spec, indicator, &places, part);
    let Some(period) = period else {
        return without_numbers(page, spec, indicator, &places);
    };
    let ranked = measure::ranking(indicator, part, period, &places);
    let missing: Vec<PlaceId> = places
        .iter()
        .copied()
        .filter(|place| !ranked.iter().any(|(other, ..)| other == place))
        .collect();
    // A country's amount would leave no room for its parts.
    let country = page
        .country()
        .filter(|country| indicator.comparable && !places.contains(country));
    let reference = country.and_then(|country| {
        let value = measure::value(indicator, country, part, period)?;
        Some(ReferenceLine {
            name: page.place_short(country).to_owned(),
            value,
        })
    });
    let bars = bars_of(page, spec, indicator, part, period, &ranked, &missing);
    let order = if spec.kind == ChartKind::Ranking {
        "sentence.chart.ranking"
    } else {
        "sentence.chart.comparison"
    };
    ChartContent {
        shape: (!ranked.is_empty()).then_some(Shape::Bars { bars, reference }),
        unit: indicator.unit.clone(),
        subtitle: measure_line(
            page,
            indicator,
            part,
            &place_count(page, spec, &places),
            &page.locale.format.period(period),
        ),
        description: description(page, order, indicator, part, period, &ranked),
        table: table(page, indicator, part, period, &ranked, &missing, country),
        indicators: vec![indicator],
    }
}

/// The chart of an indicator without a single number: a subtitle and an empty table.
fn without_numbers<'a>(
    page: PageContext<'a>,
    spec: &ChartSpec,
    indicator: &'a Indicator,
    places: &[PlaceId],
) -> ChartContent<'a> {
    let count = place_count(page, spec, places);
    let subtitle = measure_line(page, indicator, spec.selection.part(), &count, "");
    let table = table::table(subtitle.clone(), columns(page, indicator), Vec::new());
    ChartContent {
        shape: None,
        unit: indicator.unit.clone(),
        subtitle,
        description: String::new(),
        table,
        indicators: vec![indicator],
    }
}

/// A bar a place: those with a number in order of rank, then those without, with the reason.
fn bars_of(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    part: Part,
    period: Period,
    ranked: &[(PlaceId, f64, usize)],
    missing: &[PlaceId],
) -> Vec<Bar> {
    let main_place = select::main_place(page, spec);
    let role = |place: PlaceId| match select::role(page, spec, place, 0) {
        Role::Home | Role::Country if main_place == Some(place) => Role::Home,
        Role::Country => Role::Country,
        _ => Role::Crowd,
    };
    let with_number = ranked.iter().map(|(place, value, _)| Bar {
        name: page.place_short(*place).to_owned(),
        role: role(*place),
        value: Some(*value),
        missing: None,
        bounds: indicator
            .at(*place, part, period)
            .and_then(|observation| observation.bounds)
            .map(|(low, high)| [low, high]),
    });
    let without_number = missing.iter().map(|place| Bar {
        name: page.place_short(*place).to_owned(),
        role: role(*place),
        value: None,
        missing: Some(reason(page, indicator, *place, part, period)),
        bounds: None,
    });
    with_number.chain(without_number).collect()
}

/// Why a place has no number, in words.
fn reason(page: PageContext<'_>, indicator: &Indicator, place: PlaceId, part: Part, period: Period) -> String {
    let why = match indicator.at(place, part, period).map(|observation| observation.value) {
        Some(Value::Missing(reason)) => reason_word(page, reason),
        _ => why_missing(page, indicator),
    };
    why.to_owned()
}

fn description(
    page: PageContext<'_>,
    kind: &str,
    indicator: &Indicator,
    part: Part,
    period: Period,
    ranked: &[(PlaceId, f64, usize)],
) -> String {
    let format = &page.locale.format;
    let text = |value: f64| format.value(value, &indicator.unit, page.code());
    let count = ranked.len().to_string();
    let mut sentences = vec![page.fill(kind, &[("n", &count), ("period", &format.period_in_text(period))])];
    sentences.extend(extremes_sentence(page, indicator, ranked));
    if ranked.len() > 1
        && let Some(home) = page.home()
        && let Some((_, value, position)) = ranked.iter().find(|(place, ..)| *place == home)
    {
        let position = position.to_string();
        let parts = [
            ("place", page.place_name(home)),
            ("value", &text(*value)),
            ("n", &position),
            ("total", &count),
        ];
        sentences.push(page.fill("sentence.chart.own", &parts));
    }
    if let Some(country) = page
        .country()
        .filter(|country| ranked.len() > 1 || ranked.iter().all(|(place, ..)| place != country))
        && let Some(value) = measure::value(indicator, country, part, period)
    {
        sentences.push(page.fill(
            "sentence.chart.country",
            &[("place", page.place_name(country)), ("value", &text(value))],
        ));
    }
    sentences.join(" ")
}

fn columns(page: PageContext<'_>, indicator: &Indicator) -> Vec<Column> {
    vec![
        table::texts(page.word("sentence.column.place")),
        table::numbers(page.word("sentence.column.rank"), None),
        table::numbers(page.word("sentence.column.value"), table::unit(page, &indicator.unit)),
    ]
}

fn table(
    page: PageContext<'_>,
    indicator: &Indicator,
    part: Part,
    period: Period,
    ranked: &[(PlaceId, f64, usize)],
    missing: &[PlaceId],
    country: Option<PlaceId>,
) -> Table {
    let cell = |place: PlaceId| table::observation(page, indicator, place, part, period);
    let rank = |position: usize| Cell {
        text: position.to_string(),
        sort: Some(position.to_string()),
        ..Default::default()
    };
    let mut rows: Vec<TableRow> = ranked
        .iter()
        .map(|(place, _, position)| place_row(page, *place, vec![rank(*position), cell(*place)]))
        .collect();
    rows.extend(
        missing
            .iter()
            .chain(&country)
            .filter(|place| indicator.series(**place, part).is_some())
            .map(|place| place_row(page, *place, vec![dash(page.word("sentence.no_rank")), cell(*place)])),
    );
    let caption = measure_line(page, indicator, part, "", &page.locale.format.period(period));
    table::table(caption, columns(page, indicator), rows)
}
