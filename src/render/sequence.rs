//! Reading order: what comes before and after each page among its kind.

use super::report::Neighbour;
use super::routes::{Reference, Routes};
use crate::model::{Layout, Page, Site};
use crate::theme::ThemeLanguage;
use std::collections::{BTreeMap, HashMap};

/// What comes before and after each thing, by language.
pub(crate) type Neighbours = HashMap<(usize, Reference), (Option<Neighbour>, Option<Neighbour>)>;

/// The neighbours of every page that is part of a sequence.
pub(crate) fn neighbours(site: &Site, voices: &[ThemeLanguage], routes: &Routes<'_>) -> Neighbours {
    let mut all = Neighbours::new();
    for (language, voice) in voices.iter().enumerate() {
        for sequence in sequences(site, voice) {
            let made: Vec<Neighbour> = sequence
                .into_iter()
                .filter(|(about, _)| routes.find(language, about).is_some())
                .collect();
            for (index, (about, _)) in made.iter().enumerate() {
                let before = index.checked_sub(1).map(|before| made[before].clone());
                all.insert((language, about.clone()), (before, made.get(index + 1).cloned()));
            }
        }
    }
    all
}

/// The page of each layout, by language: the first there is.
pub(crate) fn by_layout(site: &Site, voices: &[ThemeLanguage]) -> HashMap<(usize, Layout), String> {
    let mut all = HashMap::new();
    for (language, voice) in voices.iter().enumerate() {
        for page in site.pages.iter().filter(|page| page.language == voice.code) {
            all.entry((language, page.layout)).or_insert_with(|| page.id.clone());
        }
    }
    all
}

fn sequences(site: &Site, voice: &ThemeLanguage) -> Vec<Vec<Neighbour>> {
    let code = &voice.code;
    let indicators = site.in_order().into_iter().map(|it| {
        (
            Reference::Indicator(it.id.clone()),
            it.name.in_language(code).to_owned(),
        )
    });
    let sets = site
        .sets
        .iter()
        .map(|it| (Reference::Set(it.id.clone()), it.name.in_language(code).to_owned()));
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
        .filter(|page| page.language == *code && page.about.is_none())
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
