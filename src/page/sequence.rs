//! Reading order: the pages before and after each page among those of its kind.

use crate::model::{Layout, Page, Site};
use crate::page::locale::Locale;
use crate::page::routes::{Reference, Routes};
use std::collections::{BTreeMap, HashMap};

/// A thing in a sequence, and its title in links.
pub(crate) type Neighbour = (Reference, String);

/// The neighbours before and after each thing, by language.
pub(crate) type Neighbours = HashMap<(usize, Reference), (Option<Neighbour>, Option<Neighbour>)>;

/// The neighbours of every page that is part of a sequence.
pub(crate) fn neighbours(site: &Site, locales: &[Locale<'_>], routes: &Routes<'_>) -> Neighbours {
    let mut all = Neighbours::new();
    for locale in locales {
        let language = locale.number;
        for sequence in sequences(site, locale) {
            let with_page: Vec<Neighbour> = sequence
                .into_iter()
                .filter(|(about, _)| routes.find(language, about).is_some())
                .collect();
            for (index, (about, _)) in with_page.iter().enumerate() {
                let before = index.checked_sub(1).map(|before| with_page[before].clone());
                all.insert((language, about.clone()), (before, with_page.get(index + 1).cloned()));
            }
        }
    }
    all
}

/// Id of the first page of each layout, by language.
pub(crate) fn first_pages(site: &Site, locales: &[Locale<'_>]) -> HashMap<(usize, Layout), String> {
    let mut first_pages = HashMap::new();
    for locale in locales {
        for page in site.pages.iter().filter(|page| page.language == locale.code) {
            let first_page = first_pages.entry((locale.number, page.layout));
            first_page.or_insert_with(|| page.id.clone());
        }
    }
    first_pages
}

/// Sequences of pages: indicators, sets, places of a level, authors' pages of a folder.
fn sequences(site: &Site, locale: &Locale<'_>) -> Vec<Vec<Neighbour>> {
    let code = locale.code;
    let indicators = site.in_order().into_iter().map(|indicator| {
        let title = indicator.name.in_language(code).to_owned();
        (Reference::Indicator(indicator.id.clone()), title)
    });
    let sets = site.sets.iter().map(|set| {
        let title = set.name.in_language(code).to_owned();
        (Reference::Set(set.id.clone()), title)
    });
    let mut by_level: BTreeMap<_, Vec<Neighbour>> = BTreeMap::new();
    for place in site.places_with_pages() {
        let title = site.places[place].name.in_language(code).to_owned();
        by_level
            .entry(site.places[place].level)
            .or_default()
            .push((Reference::Place(place), title));
    }
    let mut by_folder: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in site
        .pages
        .iter()
        .filter(|page| page.language == code && page.about.is_none())
    {
        // Pages at the root are no sequence.
        if let Some((folder, _)) = page.id.rsplit_once('/') {
            by_folder.entry(folder).or_default().push(page);
        }
    }
    let mut all: Vec<Vec<Neighbour>> = vec![indicators.collect(), sets.collect()];
    all.extend(by_level.into_values());
    all.extend(by_folder.into_values().map(|mut pages| {
        pages.sort_by_key(|page| {
            (
                !page.id.ends_with("/index"),
                page.order.unwrap_or(i64::MAX),
                page.title.clone(),
            )
        });
        pages
            .into_iter()
            .map(|page| (Reference::Page(page.id.clone()), page.menu.clone()))
            .collect()
    }));
    all
}
