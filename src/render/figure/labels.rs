//! Words that charts of all kinds share: subtitles, names of places and periods, units, and who has most and least.

use crate::model::{ChartSpec, Indicator, Level, Part, Period, PlaceId, Sex, Unit};
use crate::page::context::PageContext;

/// Parts that are not empty, parted by commas.
pub(super) fn comma_list(parts: &[&str]) -> String {
    parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect::<Vec<&str>>()
        .join(", ")
}

/// "Measure, sex, place, period, unit", as far as there is something to say.
pub(super) fn measure_line(
    page: PageContext<'_>,
    indicator: &Indicator,
    part: Part,
    place: &str,
    period: &str,
) -> String {
    let name = indicator.name.in_language(page.code());
    let unit = unit_in_words(page, &indicator.unit);
    comma_list(&[name, &sex_word(page, part), place, period, unit])
}

/// Whose figures are shown, where it is one sex only; empty for all.
pub(super) fn sex_word(page: PageContext<'_>, part: Part) -> String {
    if part.sex == Sex::Total {
        String::new()
    } else {
        page.word(&format!("sex.{}", part.sex.letter())).to_lowercase()
    }
}

/// The unit as it stands after a comma; `%` in words.
pub(super) fn unit_in_words<'a>(page: PageContext<'a>, unit: &'a Unit) -> &'a str {
    match page.locale.format.unit(unit, page.code()) {
        "%" => page.word("unit.percent_long"),
        word => word,
    }
}

/// First and last of the periods; empty without any.
pub(crate) fn period_span(page: PageContext<'_>, periods: &[Period]) -> String {
    let format = &page.locale.format;
    match periods {
        [] => String::new(),
        [period] => format.period(*period),
        [first, .., last] => format.span(*first, *last),
    }
}

/// Places as a phrase: `Örebro län och riket`.
pub(super) fn place_names(page: PageContext<'_>, places: &[PlaceId]) -> String {
    let names: Vec<String> = places
        .iter()
        .map(|place| page.place_in_text(*place).to_owned())
        .collect();
    page.locale.format.list(&names)
}

/// How many places there are and of which level: `12 kommuner i Örebro län`. Empty without places.
pub(super) fn place_count(page: PageContext<'_>, spec: &ChartSpec, places: &[PlaceId]) -> String {
    let Some(first) = places.first() else {
        return String::new();
    };
    let count = places.len().to_string();
    match (spec.selection.parent, page.site.places[*first].level) {
        (Some(parent), Level::Municipality) => page.fill(
            "sentence.who.municipalities_of",
            &[("n", &count), ("place", page.place_name(parent))],
        ),
        (_, Level::Municipality) => page.fill("sentence.who.municipalities", &[("n", &count)]),
        _ => page.fill("sentence.who.counties", &[("n", &count)]),
    }
}

/// A sentence on the places with the highest and the lowest number, or on the number that all have; `None` without any.
pub(super) fn extremes_sentence(
    page: PageContext<'_>,
    indicator: &Indicator,
    ranked: &[(PlaceId, f64, usize)],
) -> Option<String> {
    let (first, last) = (ranked.first()?, ranked.last()?);
    let value = |number: f64| page.locale.format.value(number, &indicator.unit, page.code());
    let [best, worst] = [first.1, last.1].map(value);
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

/// A name within a sentence: a word begins small, an abbreviation stays as it is.
pub(crate) fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_sentence;

    #[test]
    fn names_begin_small_within_a_sentence() {
        assert_eq!(in_sentence("Kommuner"), "kommuner");
        assert_eq!(in_sentence("SKR:s medlemmar"), "SKR:s medlemmar");
    }
}
