//! Women and men: of several indicators for one place, or of one indicator for several places.

use crate::chart::{Pair, Role, Shape};
use crate::measure;
use crate::model::{ChartSpec, Indicator, Part, Period, PlaceId, Sex};
use crate::page::context::PageContext;
use crate::page::table;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::measure_line;
use crate::render::figure::select;

/// The numbers of women and men for one indicator and place.
struct SexPair<'a> {
    /// Names in the drawing, in the table, and within a sentence.
    names: [String; 3],
    role: Role,
    indicator: &'a Indicator,
    place: PlaceId,
    values: [Option<f64>; 2],
    period: Period,
}

pub(super) fn pairs<'a>(page: PageContext<'a>, spec: &ChartSpec, indicators: &[&'a Indicator]) -> ChartContent<'a> {
    let first = indicators[0];
    let rows = if indicators.len() > 1 {
        indicator_pairs(page, spec, indicators)
    } else {
        place_pairs(page, spec, first)
    };
    let names = [Sex::Women, Sex::Men].map(|sex| page.word(&format!("sex.{}", sex.letter())).to_owned());
    let format = &page.locale.format;
    let code = page.code();
    let period = rows.first().map_or(String::new(), |row| format.period(row.period));
    let row_header = if indicators.len() > 1 {
        "sentence.column.indicator"
    } else {
        "sentence.column.place"
    };
    let unit = table::unit(page, &first.unit);
    let mut columns = vec![table::texts(page.word(row_header))];
    columns.extend(names.iter().map(|name| table::numbers(name.clone(), unit.clone())));
    columns.push(table::numbers(
        page.word("sentence.column.difference"),
        table::difference_unit(page, &first.unit),
    ));
    let table_rows = rows.iter().map(|row| {
        let cell = |sex| table::observation(page, row.indicator, row.place, Part::of_sex(sex), row.period);
        let ends = row.values[0].zip(row.values[1]).map(|(women, men)| [women, men]);
        let cells = vec![
            cell(Sex::Women),
            cell(Sex::Men),
            table::difference(page, ends, &row.indicator.unit),
        ];
        let mut table_row = table::row(row.names[1].clone(), cells);
        table_row.home = row.role == Role::Home && indicators.len() == 1;
        table_row
    });
    let subtitle = if indicators.len() > 1 {
        let place = select::main_place(page, spec).map_or("", |place| page.place_name(place));
        format!("{place}, {period}")
    } else {
        measure_line(page, first, Part::TOTAL, "", &period)
    };
    let table = table::table(
        format!("{} ({})", subtitle, names.join(", ").to_lowercase()),
        columns,
        table_rows.collect(),
    );
    let widest = rows
        .iter()
        .filter_map(|row| Some((row, row.values[0]? - row.values[1]?)))
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let mut description = page.fill(
        "sentence.chart.pairs",
        &[("n", &rows.len().to_string()), ("period", &period)],
    );
    if let Some((row, gap)) = widest {
        let [women, men] = row
            .values
            .map(|value| value.map_or(String::new(), |value| format.value(value, &row.indicator.unit, code)));
        let path = if gap >= 0.0 {
            "sentence.chart.widest_women"
        } else {
            "sentence.chart.widest_men"
        };
        description.push(' ');
        description.push_str(&page.fill(path, &[("row", &row.names[2]), ("women", &women), ("men", &men)]));
    }
    let pairs: Vec<Pair> = rows
        .into_iter()
        .map(|row| Pair {
            role: row.role,
            values: row.values,
            name: row.names.into_iter().next().unwrap_or_default(),
        })
        .collect();
    ChartContent {
        shape: (!pairs.is_empty()).then_some(Shape::Pairs { names, rows: pairs }),
        unit: first.unit.clone(),
        subtitle,
        description,
        table,
        indicators: indicators.to_vec(),
    }
}

/// Women and men; `None` where a number is missing.
fn values(indicator: &Indicator, place: PlaceId, period: Period) -> [Option<f64>; 2] {
    [Sex::Women, Sex::Men].map(|sex| measure::value(indicator, place, Part::of_sex(sex), period))
}

/// The main place's numbers, a row an indicator.
fn indicator_pairs<'a>(page: PageContext<'_>, spec: &ChartSpec, indicators: &[&'a Indicator]) -> Vec<SexPair<'a>> {
    let Some(place) = select::main_place(page, spec) else {
        return Vec::new();
    };
    let row = |indicator: &&'a Indicator| {
        let period = select::period(spec, indicator, &[place], Part::of_sex(Sex::Women))?;
        let values = values(indicator, place, period);
        let name = indicator.short.in_language(page.code());
        let names = [name; 3].map(ToOwned::to_owned);
        values.iter().any(Option::is_some).then_some(SexPair {
            names,
            role: Role::Crowd,
            indicator,
            place,
            values,
            period,
        })
    };
    indicators.iter().filter_map(row).collect()
}

/// The indicator's numbers in one period, a row a place.
fn place_pairs<'a>(page: PageContext<'_>, spec: &ChartSpec, indicator: &'a Indicator) -> Vec<SexPair<'a>> {
    let mut places = select::named_places(page, spec);
    if places.is_empty() && (spec.selection.level.is_some() || spec.selection.parent.is_some()) {
        places = select::many_places(page, spec, indicator);
    }
    if places.is_empty() {
        places.extend(select::main_place(page, spec));
        places.extend(page.country().filter(|_| indicator.comparable));
    }
    let Some(period) = select::period(spec, indicator, &places, Part::of_sex(Sex::Women)) else {
        return Vec::new();
    };
    let row = |place: &PlaceId| {
        let values = values(indicator, *place, period);
        let role = match select::role(page, spec, *place, 0) {
            Role::Other(_) => Role::Crowd,
            role => role,
        };
        let names = [
            page.place_short(*place),
            page.place_name(*place),
            page.place_in_text(*place),
        ]
        .map(ToOwned::to_owned);
        values.iter().any(Option::is_some).then_some(SexPair {
            names,
            role,
            indicator,
            place: *place,
            values,
            period,
        })
    };
    places.iter().filter_map(row).collect()
}
