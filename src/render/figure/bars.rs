//! One value a place: a ranking of all, or a comparison of some.

use crate::chart::{Bar, Reference, Role, Shape};
use crate::measure;
use crate::model::{ChartKind, ChartSpec, Indicator, Level, Part, Period, PlaceId, Value};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::value::{reason_word, why_missing};
use crate::page::view::{Cell, Column, Table, TableRow};
use crate::render::figure::trend::measure_line;
use crate::render::figure::{Subject, select};

pub(super) fn bars<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator) -> Subject<'a> {
    let part = spec.selection.part();
    let places = select::many(page, spec, indicator);
    let period = select::period(spec, indicator, &places, part);
    let Some(period) = period else {
        return nothing(page, spec, indicator, &places);
    };
    let ranked = measure::ranking(indicator, part, period, &places);
    let missing: Vec<PlaceId> = places
        .iter()
        .copied()
        .filter(|place| !ranked.iter().any(|(own, ..)| own == place))
        .collect();
    let country = page.country().filter(|country| !places.contains(country));
    let reference = country.and_then(|country| {
        let value = measure::value(indicator, country, part, period)?;
        Some(Reference {
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
    Subject {
        shape: (!ranked.is_empty()).then_some(Shape::Bars { bars, reference }),
        unit: indicator.unit.clone(),
        subtitle: measure_line(
            page,
            indicator,
            part,
            &who(page, spec, &places),
            &page.locale.format.period(period),
        ),
        description: description(page, order, indicator, part, period, &ranked),
        table: table(page, indicator, part, period, &ranked, &missing, country),
        indicators: vec![indicator],
    }
}

/// What is shown of an indicator without a single number: of what and whom, and an empty table.
fn nothing<'a>(page: PageContext<'a>, spec: &ChartSpec, indicator: &'a Indicator, places: &[PlaceId]) -> Subject<'a> {
    let who = if places.is_empty() {
        String::new()
    } else {
        who(page, spec, places)
    };
    let subtitle = measure_line(page, indicator, spec.selection.part(), &who, "");
    let table = table::table(subtitle.clone(), columns(page, indicator), Vec::new());
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
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    part: Part,
    period: Period,
    ranked: &[(PlaceId, f64, usize)],
    missing: &[PlaceId],
) -> Vec<Bar> {
    let subject = select::subject(page, spec);
    let role = |place: PlaceId| match select::role(page, spec, place, 0) {
        Role::Home | Role::Country if subject == Some(place) => Role::Home,
        Role::Country => Role::Country,
        _ => Role::Crowd,
    };
    let with = ranked.iter().map(|(place, value, _)| Bar {
        name: page.place_short(*place).to_owned(),
        role: role(*place),
        value: Some(*value),
        missing: None,
        bounds: indicator
            .at(*place, part, period)
            .and_then(|observation| observation.bounds)
            .map(|(low, high)| [low, high]),
    });
    let without = missing.iter().map(|place| Bar {
        name: page.place_short(*place).to_owned(),
        role: role(*place),
        value: None,
        missing: Some(reason(page, indicator, *place, part, period)),
        bounds: None,
    });
    with.chain(without).collect()
}

fn reason(page: PageContext<'_>, indicator: &Indicator, place: PlaceId, part: Part, period: Period) -> String {
    let why = match indicator.at(place, part, period).map(|observation| observation.value) {
        Some(Value::Missing(reason)) => reason_word(page, reason),
        _ => why_missing(page, indicator),
    };
    why.to_owned()
}

/// Who is shown, in words.
pub(super) fn who(page: PageContext<'_>, spec: &ChartSpec, places: &[PlaceId]) -> String {
    let count = places.len().to_string();
    let level = places
        .first()
        .map_or(Level::County, |place| page.site.places[*place].level);
    match (spec.selection.parent, level) {
        (Some(parent), Level::Municipality) => page.fill(
            "sentence.who.municipalities_of",
            &[("n", &count), ("place", page.place_name(parent))],
        ),
        (_, Level::Municipality) => page.fill("sentence.who.municipalities", &[("n", &count)]),
        _ => page.fill("sentence.who.counties", &[("n", &count)]),
    }
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
    let shown = |value: f64| format.value(value, &indicator.unit, page.code());
    let count = ranked.len().to_string();
    let mut sentences = vec![page.fill(kind, &[("n", &count), ("period", &format.period_in_text(period))])];
    sentences.extend(ends(page, indicator, ranked));
    if ranked.len() > 1
        && let Some(home) = page.home()
        && let Some((_, value, position)) = ranked.iter().find(|(place, ..)| *place == home)
    {
        let position = position.to_string();
        let parts = [
            ("place", page.place_name(home)),
            ("value", &shown(*value)),
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
            &[("place", page.place_name(country)), ("value", &shown(value))],
        ));
    }
    sentences.join(" ")
}

/// Who has most and least, or, where that is no question, what all have; nothing when nobody has a number.
pub(super) fn ends(page: PageContext<'_>, indicator: &Indicator, ranked: &[(PlaceId, f64, usize)]) -> Option<String> {
    let (first, last) = (ranked.first()?, ranked.last()?);
    let shown = |value: f64| page.locale.format.value(value, &indicator.unit, page.code());
    let [best, worst] = [first.1, last.1].map(shown);
    Some(if ranked.len() == 1 {
        page.fill(
            "sentence.chart.country",
            &[("place", page.place_name(first.0)), ("value", &best)],
        )
    } else if best == worst {
        page.fill("sentence.chart.all_equal", &[("value", &best)])
    } else {
        let [first, last] = [first.0, last.0].map(|place| page.place_in_text(place));
        page.fill(
            "sentence.chart.ends",
            &[("first", first), ("best", &best), ("last", last), ("worst", &worst)],
        )
    })
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
    let no_rank = || Cell {
        text: "–".to_owned(),
        missing: Some(page.word("sentence.no_rank").to_owned()),
        ..Default::default()
    };
    let rank = |position: usize| Cell {
        text: position.to_string(),
        sort: Some(position.to_string()),
        ..Default::default()
    };
    let mut rows: Vec<TableRow> = ranked
        .iter()
        .map(|(place, _, position)| placed(page, *place, vec![rank(*position), cell(*place)]))
        .collect();
    rows.extend(
        missing
            .iter()
            .chain(&country)
            .filter(|place| indicator.series(**place, part).is_some())
            .map(|place| placed(page, *place, vec![no_rank(), cell(*place)])),
    );
    let caption = measure_line(page, indicator, part, "", &page.locale.format.period(period));
    table::table(caption, columns(page, indicator), rows)
}

/// A row about a place.
pub(super) fn placed(page: PageContext<'_>, place: PlaceId, cells: Vec<Cell>) -> TableRow {
    let mut row = table::row(page.place_name(place), cells);
    row.home = page.home() == Some(place);
    row.country = page.country() == Some(place);
    row
}
