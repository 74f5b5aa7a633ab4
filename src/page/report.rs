//! The report: what all its pages are made with.

use super::locale::Locale;
use super::routes::Routes;
use super::sequence::{self, Neighbours};
use crate::cache::Cache;
use crate::index::{Composite, RankIntervals};
use crate::measure::RankTable;
use crate::model::{Layout, Level, Period, Site};
use crate::survey::Results;
use crate::theme::Theme;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

/// Everything pages may draw on. What is dear to compute and shared by pages is made when first asked for.
pub(crate) struct Report<'a> {
    pub(crate) site: &'a Arc<Site>,
    pub(crate) theme: &'a Theme,
    /// Languages, in the order of the theme's.
    pub(crate) locales: &'a [Locale<'a>],
    /// Indices, computed.
    pub(crate) composites: &'a [Composite<'a>],
    /// What may be shown of the answers to consultations.
    pub(crate) results: &'a [Results],
    /// How sure ranks are, by index and top.
    pub(crate) ranges: HashMap<(String, usize), OnceLock<Option<RankIntervals>>>,
    pub(crate) routes: &'a Routes<'a>,
    /// The day of the build.
    pub(crate) today: Date,
    pub(crate) cache: &'a Cache,
    /// Static files of the content folder, by their path in the site.
    pub(crate) files: &'a [String],
    /// Absolute address of the front page, ending in `/`; empty when not known.
    pub(crate) base_url: &'a str,
    /// Boundaries as the engine takes them: name and `GeoJSON`.
    pub(crate) maps: Vec<(String, String)>,
    /// Hash of the boundaries.
    pub(crate) maps_hash: [u8; 32],
    /// RankTable of the places of a level, by indicator, period and level.
    pub(crate) standings: Mutex<HashMap<(String, Period, Level), Arc<RankTable>>>,
    /// Files of series, by language and indicator: made when a page offers one, published once.
    pub(crate) series: BTreeMap<(usize, String), OnceLock<Arc<[u8]>>>,
    /// Id of the first page of each layout, by language.
    pub(crate) by_layout: HashMap<(usize, Layout), String>,
    /// What comes before and after each thing in reading order.
    pub(crate) neighbours: Neighbours,
}

/// What a report is made of.
#[derive(Clone, Copy)]
pub(crate) struct Inputs<'a> {
    pub(crate) site: &'a Arc<Site>,
    pub(crate) theme: &'a Theme,
    pub(crate) locales: &'a [Locale<'a>],
    /// Indices, computed.
    pub(crate) composites: &'a [Composite<'a>],
    pub(crate) results: &'a [Results],
    pub(crate) routes: &'a Routes<'a>,
    pub(crate) cache: &'a Cache,
    /// Static files of the content folder, by their path in the site.
    pub(crate) files: &'a [String],
    /// Absolute address of the front page, ending in `/`; empty when not known.
    pub(crate) base_url: &'a str,
    /// The day of the build.
    pub(crate) today: Date,
}

impl<'a> Report<'a> {
    /// The report on these inputs.
    pub(crate) fn new(inputs: Inputs<'a>) -> Self {
        let Inputs {
            site,
            theme,
            locales,
            composites,
            results,
            routes,
            cache,
            files,
            base_url,
            today,
        } = inputs;
        let boundaries = site.places.boundaries.iter();
        let maps: Vec<(String, String)> = boundaries.map(|map| (map.name.clone(), map.geojson.clone())).collect();
        let tops = |composite: &Composite<'_>| {
            let id = composite.frame.index.id.clone();
            composite
                .frame
                .tops()
                .map(move |top| (id.clone(), top))
                .collect::<Vec<_>>()
        };
        let series = locales.iter().flat_map(|locale| {
            site.indicators
                .iter()
                .map(|indicator| (locale.number, indicator.id.clone()))
        });
        Self {
            site,
            theme,
            locales,
            composites,
            results,
            ranges: composites
                .iter()
                .flat_map(tops)
                .map(|key| (key, OnceLock::new()))
                .collect(),
            routes,
            today,
            cache,
            files,
            base_url,
            maps_hash: hash_of(&maps),
            maps,
            standings: Mutex::default(),
            series: series.map(|key| (key, OnceLock::new())).collect(),
            by_layout: sequence::by_layout(site, locales),
            neighbours: sequence::neighbours(site, locales, routes),
        }
    }
}

/// Hash of the boundaries, which decide how maps are drawn.
fn hash_of(maps: &[(String, String)]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (name, geojson) in maps {
        hasher.update(name.as_bytes()).update(b"\0").update(geojson.as_bytes());
    }
    *hasher.finalize().as_bytes()
}
