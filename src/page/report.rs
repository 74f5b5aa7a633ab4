//! The report: everything that all its pages share.

use super::locale::Locale;
use super::routes::Routes;
use super::sequence::{self, Neighbours};
use crate::cache::Cache;
use crate::index::{Composite, RankIntervals};
use crate::measure::RankTable;
use crate::model::{Layout, Level, Period, Site};
use crate::survey::{Results, Statement};
use crate::theme::Theme;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

/// Pictures and documents of the content folder: their contents by their path in the site.
pub(crate) type ContentFiles<'a> = BTreeMap<&'a str, &'a [u8]>;

/// Everything that pages share. Values that are costly to compute are computed when a page first needs them.
pub(crate) struct Report<'a> {
    pub(crate) site: &'a Arc<Site>,
    pub(crate) theme: &'a Theme,
    /// Languages, in the order of the theme's.
    pub(crate) locales: &'a [Locale<'a>],
    /// Composite indices with their scores.
    pub(crate) composites: &'a [Composite<'a>],
    /// Results of consultations, after suppression.
    pub(crate) results: &'a [Results],
    /// Whole answers of bodies that are published by name.
    pub(crate) statements: &'a [Statement],
    /// Uncertainty of ranks, by index and top.
    pub(crate) rank_intervals: HashMap<(String, usize), OnceLock<Option<RankIntervals>>>,
    pub(crate) routes: &'a Routes<'a>,
    /// The day of the build.
    pub(crate) today: Date,
    /// Whether what must wait for its day is shown.
    pub(crate) embargoed: bool,
    pub(crate) cache: &'a Cache,
    /// Files of the content folder that are no narrative, by their path in the site.
    pub(crate) files: &'a ContentFiles<'a>,
    /// Absolute address of the front page, ending in `/`; empty when not known.
    pub(crate) base_url: &'a str,
    /// Boundaries for the chart engine: name and `GeoJSON`.
    pub(crate) maps: Vec<(String, String)>,
    /// Hash of the boundaries.
    pub(crate) maps_hash: [u8; 32],
    /// Values of all places of a level, for ranks, by indicator, period and level.
    pub(crate) rank_tables: Mutex<HashMap<(String, Period, Level), Arc<RankTable>>>,
    /// CSV files of series, by language and indicator: filled when a page first offers one, published once.
    pub(crate) series: BTreeMap<(usize, String), OnceLock<Arc<[u8]>>>,
    /// Id of the first page of each layout, by language.
    pub(crate) first_pages: HashMap<(usize, Layout), String>,
    /// The pages before and after each page in reading order.
    pub(crate) neighbours: Neighbours,
}

/// The parts of a report that stages before it have made.
#[derive(Clone, Copy)]
pub(crate) struct ReportInputs<'a> {
    pub(crate) site: &'a Arc<Site>,
    pub(crate) theme: &'a Theme,
    pub(crate) locales: &'a [Locale<'a>],
    /// Composite indices with their scores.
    pub(crate) composites: &'a [Composite<'a>],
    pub(crate) results: &'a [Results],
    /// Whole answers of bodies that are published by name.
    pub(crate) statements: &'a [Statement],
    pub(crate) routes: &'a Routes<'a>,
    pub(crate) cache: &'a Cache,
    /// Files of the content folder that are no narrative, by their path in the site.
    pub(crate) files: &'a ContentFiles<'a>,
    /// Absolute address of the front page, ending in `/`; empty when not known.
    pub(crate) base_url: &'a str,
    /// The day of the build.
    pub(crate) today: Date,
    /// Whether what must wait for its day is shown.
    pub(crate) embargoed: bool,
}

impl<'a> Report<'a> {
    /// The report on these inputs.
    pub(crate) fn new(inputs: ReportInputs<'a>) -> Self {
        let ReportInputs {
            site,
            theme,
            locales,
            composites,
            results,
            statements,
            routes,
            cache,
            files,
            base_url,
            today,
            embargoed,
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
            statements,
            rank_intervals: composites
                .iter()
                .flat_map(tops)
                .map(|key| (key, OnceLock::new()))
                .collect(),
            routes,
            today,
            embargoed,
            cache,
            files,
            base_url,
            maps_hash: hash_of(&maps),
            maps,
            rank_tables: Mutex::default(),
            series: series.map(|key| (key, OnceLock::new())).collect(),
            first_pages: sequence::first_pages(site, locales),
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
