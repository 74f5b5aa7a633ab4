//! Two indicators against each other, and how strongly they go together.

use crate::chart::{Point, Shape};
use crate::measure;
use crate::measure::Strength;
use crate::model::{ChartSpec, Indicator, Part, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::page::view::Table;
use crate::render::figure::Subject;
use crate::render::figure::bars::{placed, who};
use crate::render::figure::points::{crowd, dimension, listed, name_ends, point, unit_in_words};
use crate::render::figure::trend::sex;

/// Coefficients further apart than this tell of a few places that decide.
const AT_ODDS: f64 = 0.2;
/// With fewer places than this, chance decides much.
const FEW: usize = 10;

/// What is shown: places with both numbers, in two periods.
struct Pairs {
    places: Vec<(PlaceId, [f64; 2])>,
    periods: [Period; 2],
}

pub(super) fn scatter<'a>(page: PageContext<'a>, spec: &ChartSpec, both: [&'a Indicator; 2]) -> Subject<'a> {
    let part = spec.selection.part();
    let places = crowd(page, spec, &both);
    let found = pairs(spec, both, &places);
    let who = if places.is_empty() {
        String::new()
    } else {
        who(page, spec, &places)
    };
    let subtitle = subtitle(page, both, part, found.as_ref(), &who);
    let table = if let Some(found) = &found {
        table(page, both, part, found, &places, &subtitle)
    } else {
        let columns = vec![table::texts(page.word("sentence.column.place"))];
        table::table(subtitle.clone(), columns, Vec::new())
    };
    Subject {
        shape: found.as_ref().map(|found| shape(page, spec, both, part, found)),
        unit: both[1].unit.clone(),
        subtitle,
        description: found.map_or(String::new(), |found| description(page, spec, both, &found)),
        table,
        indicators: both.to_vec(),
    }
}

/// How strongly the two go together, in words that stand below the picture.
pub(super) fn remark(page: PageContext<'_>, spec: &ChartSpec, both: [&Indicator; 2]) -> Option<String> {
    let found = pairs(spec, both, &crowd(page, spec, &both))?;
    Some(correlation(page, &found).join(" "))
}

/// Numbers of both indicators, in a period they share or the two that lie nearest; nothing where no place has both.
fn pairs(spec: &ChartSpec, both: [&Indicator; 2], places: &[PlaceId]) -> Option<Pairs> {
    let selection = &spec.selection;
    let part = selection.part();
    let inside = |period: &Period| {
        let asked = selection
            .period
            .is_none_or(|asked| asked.to_string() == period.to_string());
        asked
            && selection.from.is_none_or(|from| period.year() >= from.year())
            && selection.to.is_none_or(|to| period.year() <= to.year())
    };
    let known = both.map(|indicator| {
        let periods = measure::shared_periods(indicator, part, places);
        periods.into_iter().filter(inside).collect::<Vec<Period>>()
    });
    let periods = measure::nearest_periods(&known[0], &known[1])?;
    let pair = |place: &PlaceId| {
        let of = |which: usize| measure::value(both[which], *place, part, periods[which]);
        Some((*place, [of(0)?, of(1)?]))
    };
    let found: Vec<(PlaceId, [f64; 2])> = places.iter().filter_map(pair).collect();
    (!found.is_empty()).then_some(Pairs { places: found, periods })
}

/// Both indicators with their periods: once where they share one.
fn subtitle(page: PageContext<'_>, both: [&Indicator; 2], part: Part, found: Option<&Pairs>, who: &str) -> String {
    let [x, y] = both.map(|indicator| indicator.name.in_language(page.code()));
    let y = &within(y);
    let sex = sex(page, part);
    let Some(found) = found else {
        return listed(&[&page.fill("sentence.pair", &[("x", x), ("y", y)]), &sex, who]);
    };
    let [a, b] = found.periods.map(|period| page.locale.format.period(period));
    if a == b {
        return listed(&[&page.fill("sentence.pair", &[("x", x), ("y", y)]), &sex, who, &a]);
    }
    let [x, y] = [(x, &a), (y.as_str(), &b)].map(|(name, period)| format!("{name} ({period})"));
    listed(&[&page.fill("sentence.pair", &[("x", &x), ("y", &y)]), &sex, who])
}

/// A name as it stands within a line: with a small letter, unless it begins with an abbreviation.
fn within(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

fn values(page: PageContext<'_>, both: [&Indicator; 2], at: [f64; 2]) -> [String; 2] {
    let value = |which: usize| page.locale.format.value(at[which], &both[which].unit, page.code());
    [value(0), value(1)]
}

fn shape(page: PageContext<'_>, spec: &ChartSpec, both: [&Indicator; 2], part: Part, found: &Pairs) -> Shape {
    let of = |place: PlaceId, at: [f64; 2]| {
        let said = format!("{}: {}", page.place_name(place), values(page, both, at).join("; "));
        point(page, spec, place, at, said)
    };
    let mut points: Vec<Point> = found.places.iter().map(|(place, at)| of(*place, *at)).collect();
    name_ends(&mut points);
    points.extend(country(page, both, part, found).map(|(place, at)| of(place, at)));
    let axis = |which: usize| {
        let indicator = both[which];
        let period = page.locale.format.period(found.periods[which]);
        let name = indicator.name.in_language(page.code());
        let title = listed(&[name, &period, unit_in_words(page, &indicator.unit)]);
        dimension(page, title, &indicator.unit, indicator.unit.decimals)
    };
    Shape::Scatter {
        axes: [axis(0), axis(1)],
        points,
    }
}

/// The country beside the places; it does not count in the correlation. Totals of a country would leave no room for others.
fn country(page: PageContext<'_>, both: [&Indicator; 2], part: Part, found: &Pairs) -> Option<(PlaceId, [f64; 2])> {
    let country = page
        .country()
        .filter(|_| both.iter().all(|indicator| indicator.comparable))?;
    let of = |which: usize| measure::value(both[which], country, part, found.periods[which]);
    Some((country, [of(0)?, of(1)?]))
}

fn description(page: PageContext<'_>, spec: &ChartSpec, both: [&Indicator; 2], found: &Pairs) -> String {
    let [x, y] = both.map(|indicator| indicator.name.in_language(page.code()));
    let [from, to] = found.periods.map(|period| page.locale.format.period_in_text(period));
    let count = found.places.len().to_string();
    let mut sentences = vec![page.fill(
        "sentence.chart.scatter",
        &[
            ("n", &count),
            ("x", x),
            ("x_period", &from),
            ("y", y),
            ("y_period", &to),
        ],
    )];
    let own = |place: &PlaceId| page.home() == Some(*place) || spec.selection.places.contains(place);
    for (place, at) in found.places.iter().filter(|(place, _)| own(place)) {
        let [a, b] = values(page, both, *at);
        let arguments = [("place", page.place_name(*place)), ("x", &a), ("y", &b)];
        sentences.push(page.fill("sentence.chart.scatter_own", &arguments));
    }
    sentences.extend(correlation(page, found));
    sentences.join(" ")
}

/// How strongly the two go together, how sure that is, and that it is no cause.
fn correlation(page: PageContext<'_>, found: &Pairs) -> Vec<String> {
    let numbers: Vec<(f64, f64)> = found.places.iter().map(|(_, [x, y])| (*x, *y)).collect();
    let count = numbers.len().to_string();
    let mut sentences = Vec::new();
    if found.periods[0].year() != found.periods[1].year() {
        let [a, b] = found.periods.map(|period| page.locale.format.period_in_text(period));
        sentences.push(page.fill("sentence.correlation.periods", &[("x_period", &a), ("y_period", &b)]));
    }
    let Some((linear, by_rank)) = measure::pearson(&numbers).zip(measure::spearman(&numbers)) else {
        sentences.push(page.fill("sentence.correlation.unknown", &[("n", &count)]));
        return sentences;
    };
    let sign = if linear < 0.0 { "negative" } else { "positive" };
    let path = match Strength::of(linear) {
        Strength::None => "sentence.correlation.none".to_owned(),
        Strength::Weak => format!("sentence.correlation.weak_{sign}"),
        Strength::Moderate => format!("sentence.correlation.moderate_{sign}"),
        Strength::Strong => format!("sentence.correlation.strong_{sign}"),
    };
    let [r, rho] = [linear, by_rank].map(|coefficient| page.locale.format.number(coefficient, 2));
    sentences.push(page.fill(&path, &[("r", &r), ("rho", &rho), ("n", &count)]));
    if (linear - by_rank).abs() >= AT_ODDS {
        sentences.push(page.word("sentence.correlation.at_odds").to_owned());
    }
    if numbers.len() < FEW {
        sentences.push(page.word("sentence.correlation.few").to_owned());
    }
    sentences.push(page.word("sentence.correlation.no_cause").to_owned());
    sentences
}

/// Places by the first indicator, highest first; those without both numbers last, and the country after all.
fn table(
    page: PageContext<'_>,
    both: [&Indicator; 2],
    part: Part,
    found: &Pairs,
    places: &[PlaceId],
    caption: &str,
) -> Table {
    let column = |which: usize| {
        let name = both[which].short.in_language(page.code());
        let period = page.locale.format.period(found.periods[which]);
        table::numbers(format!("{name} {period}"), table::unit(page, &both[which].unit))
    };
    let row = |place: PlaceId| {
        let cell = |which: usize| table::observation(page, both[which], place, part, found.periods[which]);
        placed(page, place, vec![cell(0), cell(1)])
    };
    let mut order: Vec<&(PlaceId, [f64; 2])> = found.places.iter().collect();
    order.sort_by(|a, b| b.1[0].total_cmp(&a.1[0]));
    let without = places
        .iter()
        .filter(|place| !found.places.iter().any(|(own, _)| own == *place));
    let last = country(page, both, part, found).map(|(place, _)| place);
    let shown = order
        .into_iter()
        .map(|(place, _)| *place)
        .chain(without.copied())
        .chain(last);
    let columns = vec![table::texts(page.word("sentence.column.place")), column(0), column(1)];
    table::table(caption.to_owned(), columns, shown.map(row).collect())
}
