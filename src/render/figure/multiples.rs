//! Small multiples: one small trend a panel, on one value axis; a panel a place, or a panel an indicator.

use crate::chart::{Panel, Role, Shape};
use crate::model::{ChartSpec, Indicator, Period, PlaceId};
use crate::page::context::PageContext;
use crate::page::table;
use crate::render::figure::content::ChartContent;
use crate::render::figure::labels::{measure_line, period_span};
use crate::render::figure::lines::{self, lines};
use crate::render::figure::select;

/// A panel before it is drawn.
struct PanelContent<'a> {
    title: String,
    indicator: &'a Indicator,
    /// Places with a line; in a panel a place, its own place first.
    places: Vec<PlaceId>,
}

pub(super) fn multiples<'a>(page: PageContext<'a>, spec: &ChartSpec, indicators: &[&'a Indicator]) -> ChartContent<'a> {
    let part = spec.selection.part();
    let first = indicators[0];
    // One indicator with several places: a panel a place. Several indicators: a panel each.
    let names_places = !select::named_places(page, spec).is_empty()
        || spec.selection.level.is_some()
        || spec.selection.parent.is_some();
    let by_place = indicators.len() == 1 && names_places;
    let panels = if by_place {
        place_panels(page, spec, first)
    } else {
        indicator_panels(page, spec, indicators)
    };
    let mut periods: Vec<Period> = panels
        .iter()
        .flat_map(|panel| select::periods(page, spec, panel.indicator, &panel.places, part))
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let format = &page.locale.format;
    let draw_panel = |panel: &PanelContent<'_>| {
        let mut lines = lines(page, spec, panel.indicator, &panel.places, &periods, part);
        if by_place && let Some(line) = lines.first_mut() {
            line.role = Role::Home;
        }
        Panel {
            title: panel.title.clone(),
            lines,
        }
    };
    let shape = (!periods.is_empty()).then(|| Shape::Multiples {
        periods: periods.iter().map(|period| format.period(*period)).collect(),
        positions: periods.iter().map(|period| period.position()).collect(),
        panels: panels.iter().map(draw_panel).collect(),
    });
    let row_header = page.word(if by_place {
        "sentence.column.place"
    } else {
        "sentence.column.indicator"
    });
    let mut columns = vec![table::texts(row_header)];
    columns.extend(
        periods
            .iter()
            .map(|period| table::numbers(format.period(*period), table::unit(page, &first.unit))),
    );
    let titles = if by_place {
        place_rows(page, &panels)
    } else {
        indicator_rows(page, &panels)
    };
    let rows = titles.into_iter().map(|(title, indicator, place)| {
        let cells = periods
            .iter()
            .map(|period| table::observation(page, indicator, place, part, *period));
        table::row(title, cells.collect())
    });
    let span = period_span(page, &periods);
    let caption = measure_line(page, first, part, "", &span);
    let mut breaks: Vec<Period> = panels
        .iter()
        .flat_map(|panel| lines::breaks(panel.indicator, &panel.places, &periods, part))
        .collect();
    breaks.sort_unstable();
    breaks.dedup();
    let counted = [("n", &*panels.len().to_string()), ("span", &span)];
    let mut sentences = vec![page.fill("sentence.chart.multiples", &counted)];
    sentences.extend(lines::break_sentences(page, &breaks));
    ChartContent {
        shape,
        unit: first.unit.clone(),
        subtitle: caption.clone(),
        description: sentences.join(" "),
        table: table::table(caption, columns, rows.collect()),
        indicators: indicators.to_vec(),
    }
}

/// A panel a place, each with the country beside it.
fn place_panels<'a>(page: PageContext<'_>, spec: &ChartSpec, indicator: &'a Indicator) -> Vec<PanelContent<'a>> {
    let part = spec.selection.part();
    let country = page
        .country()
        .filter(|country| indicator.series(*country, part).is_some());
    let panel = |place: PlaceId| PanelContent {
        title: page.place_name(place).to_owned(),
        indicator,
        places: std::iter::once(place)
            .chain(country.filter(|country| *country != place))
            .collect(),
    };
    select::many_places(page, spec, indicator)
        .into_iter()
        .map(panel)
        .collect()
}

/// A panel an indicator, each with the same places as far as they have figures.
fn indicator_panels<'a>(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicators: &[&'a Indicator],
) -> Vec<PanelContent<'a>> {
    let panel = |indicator: &'a Indicator| PanelContent {
        title: indicator.short.in_language(page.code()).to_owned(),
        indicator,
        places: select::line_places(page, spec, indicator),
    };
    indicators.iter().copied().map(panel).collect()
}

/// Title, indicator and place of each row: the places of the panels, and the country once, though it is in every panel.
fn place_rows<'a>(page: PageContext<'_>, panels: &[PanelContent<'a>]) -> Vec<(String, &'a Indicator, PlaceId)> {
    let mut rows: Vec<(String, &Indicator, PlaceId)> = panels
        .iter()
        .filter_map(|panel| Some((panel.title.clone(), panel.indicator, *panel.places.first()?)))
        .collect();
    let country = panels
        .iter()
        .find_map(|panel| Some((panel.indicator, *panel.places.get(1)?)))
        .filter(|(_, country)| !rows.iter().any(|(.., place)| place == country));
    rows.extend(country.map(|(indicator, place)| (page.place_name(place).to_owned(), indicator, place)));
    rows
}

/// Title, indicator and place of each row: every line of every panel.
fn indicator_rows<'a>(page: PageContext<'_>, panels: &[PanelContent<'a>]) -> Vec<(String, &'a Indicator, PlaceId)> {
    let rows = |panel: &PanelContent<'a>| {
        let title = |place: PlaceId| {
            if panel.places.len() > 1 {
                format!("{}, {}", panel.title, page.place_in_text(place))
            } else {
                panel.title.clone()
            }
        };
        panel
            .places
            .iter()
            .map(|place| (title(*place), panel.indicator, *place))
            .collect::<Vec<_>>()
    };
    panels.iter().flat_map(rows).collect()
}
