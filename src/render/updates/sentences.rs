//! What an update did to the figures of an indicator, in sentences.

use super::update;
use crate::model::{Extent, Fate, Period, UpdatedFigures};
use crate::page::context::PageContext;

/// One sentence for each thing that happened to the indicator: new, redefined, added, revised, lost.
pub(super) fn sentences(page: PageContext<'_>, figures: &UpdatedFigures) -> Vec<String> {
    let format = &page.locale.format;
    let counted = |key: &str, n: u64, periods: String| {
        page.fill(
            &format!("updates.{key}"),
            &[("n", &update::count(page.locale, n)), ("periods", &periods)],
        )
    };
    let extent = |key: &str, extent: Extent| counted(key, extent.figures, span(page, extent.first, extent.last));
    let mut sentences = Vec::new();
    match (figures.fate, figures.added) {
        (Fate::New, Some(added)) => sentences.push(extent("indicator_new", added)),
        (Fate::New, None) => sentences.push(page.word("updates.indicator_empty").to_owned()),
        (Fate::Gone, _) => sentences.push(page.word("updates.indicator_gone").to_owned()),
        (Fate::Kept, _) => {}
    }
    let (real, aspects): (Vec<&str>, Vec<&str>) = figures.redefined.iter().partition(|key| **key == "sample");
    if !real.is_empty() {
        sentences.push(page.word("updates.real").to_owned());
    }
    if !aspects.is_empty() {
        let word = |key: &&str| page.word(&format!("updates.aspects.{key}")).to_owned();
        let aspects = format.list(&aspects.iter().map(word).collect::<Vec<_>>());
        sentences.push(page.fill("updates.redefined", &[("aspects", &aspects)]));
    }
    let added = figures.added.filter(|_| figures.fate == Fate::Kept);
    sentences.extend(added.map(|added| extent("added", added)));
    let periods = || figures.revised.iter().map(|revision| revision.period);
    if let (Some(first), Some(last)) = (periods().min(), periods().max()) {
        let all = figures
            .revised
            .iter()
            .map(|revision| revision.values.len() as u64)
            .sum();
        sentences.push(counted("revised", all, span(page, first, last)));
    }
    let lost = figures.gone.filter(|_| figures.fate != Fate::Gone);
    sentences.extend(lost.map(|lost| extent("lost", lost)));
    if !figures.vanished.is_empty() {
        let places = figures.vanished.iter();
        let names: Vec<String> = places.map(|place| page.place_in_text(*place).to_owned()).collect();
        sentences.push(page.fill("updates.vanished", &[("places", &format.list(&names))]));
    }
    sentences
}

/// One period in running text, or a list of several.
pub(super) fn list_of_periods(page: PageContext<'_>, periods: &[Period]) -> String {
    let format = &page.locale.format;
    match periods {
        [period] => format.period_in_text(*period),
        several => format.list(&several.iter().map(|period| format.period(*period)).collect::<Vec<_>>()),
    }
}

/// One period in running text, or the first and the last.
fn span(page: PageContext<'_>, first: Period, last: Period) -> String {
    let format = &page.locale.format;
    if first == last {
        format.period_in_text(first)
    } else {
        format.span(first, last)
    }
}
