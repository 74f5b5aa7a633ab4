//! Resolves a request about an index, as it was typed, to units, nodes and slices of its frame.
//!
//! A name that leads nowhere is a [`NotFound`] with the nearest name there is.

use crate::finding::nearest;
use crate::index::{Composite, Reference, Slice};
use crate::model::{Index, Moment, PlaceId, Sex, Site};

/// A request about an index. An empty one asks for everything of every slice, and explains no unit.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The unit whose gap is explained, by code, alias or name.
    pub unit: Option<&'r str>,
    /// The benchmark it is compared with: `country`, `median`, `best`, `group:ID`, or a unit.
    pub against: Option<&'r str>,
    /// `latest`, `lag` or a year.
    pub period: Option<&'r str>,
    /// Women, men or both.
    pub sex: Option<Sex>,
    /// Id of a node to explain instead of the tops.
    pub top: Option<&'r str>,
    /// Whether rank intervals and sensitivities are computed.
    pub uncertainty: bool,
}

/// A name in a request that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// Kind of thing that was looked up: `index`, `unit`, `node`, `group`, `period` or `sex`. Also the key of the error.
    pub kind: &'static str,
    /// As typed.
    pub written: String,
    /// The nearest name, as it is to be typed.
    pub near: Option<String>,
    /// All names there are, when they are few; else none.
    pub known: Vec<String>,
}

/// Where there are more names than these, none is listed.
const LISTED: usize = 16;

impl NotFound {
    /// Nothing of this kind has this name. Candidates are pairs of a name and how it is to be typed.
    fn new<'n>(kind: &'static str, written: &str, candidates: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        let candidates: Vec<(&str, &str)> = candidates.collect();
        let nearest = nearest(written, candidates.iter().map(|(name, _)| *name));
        let by_letters = nearest.and_then(|nearest| candidates.iter().find(|(name, _)| *name == nearest));
        // `Örebro` is far from `Örebro län` by letters, but it is its beginning.
        let begins = |(name, _): &&(&str, &str)| name.to_lowercase().starts_with(&written.to_lowercase());
        let near = by_letters.or_else(|| candidates.iter().find(begins).filter(|_| !written.is_empty()));
        let mut known: Vec<String> = Vec::new();
        for (_, typed) in &candidates {
            if !known.iter().any(|name| name == typed) {
                known.push((*typed).to_owned());
            }
        }
        if known.len() > LISTED {
            known.clear();
        }
        Self {
            kind,
            written: written.to_owned(),
            near: near.map(|(_, typed)| (*typed).to_owned()),
            known,
        }
    }

    /// The site has no index of this id.
    #[must_use]
    pub fn index(site: &Site, written: &str) -> Self {
        Self::new(
            "index",
            written,
            site.indices.iter().map(|index| (index.id.as_str(), index.id.as_str())),
        )
    }
}

/// The part of an index that a request asks for.
#[derive(Clone, Debug)]
pub struct Scope<'s, 'a> {
    /// Site with the names of places.
    pub site: &'a Site,
    /// Index with all its numbers.
    pub composite: &'s Composite<'a>,
    /// The unit whose gap is explained.
    pub unit: Option<usize>,
    /// The benchmark it is compared with; `None`: the country, or the median where that has no score.
    pub against: Option<Reference>,
    /// The slice that is explained.
    pub slice: usize,
    /// The slices whose numbers are printed.
    pub slices: Vec<usize>,
    /// The nodes that are explained, and below which numbers are printed.
    pub tops: Vec<usize>,
    /// Whether rank intervals and sensitivities are computed.
    pub uncertainty: bool,
}

/// The index with another number of recomputations, or another seed.
#[must_use]
pub fn with_variation(index: &Index, runs: Option<u32>, seed: Option<u64>) -> Index {
    let mut index = index.clone();
    index.variation.runs = runs.unwrap_or(index.variation.runs);
    index.variation.seed = seed.unwrap_or(index.variation.seed);
    index
}

impl<'s, 'a> Scope<'s, 'a> {
    /// Resolves a request.
    ///
    /// # Errors
    /// The first name in it that leads nowhere.
    pub fn resolve(site: &'a Site, composite: &'s Composite<'a>, request: &Request<'_>) -> Result<Self, NotFound> {
        let mut scope = Self {
            site,
            composite,
            unit: None,
            against: None,
            slice: 0,
            slices: Vec::new(),
            tops: composite.frame.tops().collect(),
            uncertainty: request.uncertainty,
        };
        scope.unit = request.unit.map(|written| scope.unit(written)).transpose()?;
        scope.against = request.against.map(|written| scope.reference(written)).transpose()?;
        if let Some(written) = request.top {
            scope.tops = vec![scope.node(written)?];
        }
        scope.pick_slices(request)?;
        Ok(scope)
    }

    fn unit(&self, written: &str) -> Result<usize, NotFound> {
        let place = self.place(written);
        let units = &self.composite.frame.units;
        let unit = units.iter().position(|unit| Some(*unit) == place);
        unit.ok_or_else(|| NotFound::new("unit", written, units.iter().flat_map(|unit| self.names(*unit))))
    }

    /// A place by code, alias or name.
    fn place(&self, written: &str) -> Option<PlaceId> {
        let has_name = |place: &PlaceId| self.names(*place)[1].0.to_lowercase() == written.to_lowercase();
        self.site
            .places
            .find(written)
            .or_else(|| self.composite.frame.units.iter().copied().find(has_name))
    }

    /// Names by which a place may be typed, each with its code.
    fn names(&self, place: PlaceId) -> [(&str, &str); 2] {
        let code = self.site.places[place].code.as_str();
        [
            (code, code),
            (self.site.places[place].name.in_language(self.language()), code),
        ]
    }

    fn reference(&self, written: &str) -> Result<Reference, NotFound> {
        if let Some(id) = written.strip_prefix("group:") {
            let groups = || self.site.places.groups.iter().map(|group| group.id.as_str());
            return match groups().find(|group| *group == id) {
                Some(id) => Ok(Reference::Group(id.to_owned())),
                None => Err(NotFound::new("group", id, groups().map(|id| (id, id)))),
            };
        }
        match written {
            "country" => Ok(Reference::Country),
            "median" => Ok(Reference::Median),
            "best" => Ok(Reference::Best),
            _ if self.site.settings.country.is_some() && self.place(written) == self.site.settings.country => {
                Ok(Reference::Country)
            }
            _ => self.unit(written).map(Reference::Unit).map_err(|not_found| {
                let near = nearest(written, ["country", "median", "best"]).map(ToOwned::to_owned);
                NotFound {
                    near: near.or(not_found.near),
                    ..not_found
                }
            }),
        }
    }

    /// A node that has scores.
    fn node(&self, written: &str) -> Result<usize, NotFound> {
        let scored = || self.composite.frame.scored_nodes();
        let node = scored().find(|node| self.id(*node) == written);
        let ids = scored().map(|node| (self.id(node), self.id(node)));
        node.ok_or_else(|| NotFound::new("node", written, ids))
    }

    /// Explains the slice that is asked for, else the latest of both sexes; prints all that the request does not exclude.
    fn pick_slices(&mut self, request: &Request<'_>) -> Result<(), NotFound> {
        let slices = &self.composite.frame.slices;
        let (sex, period) = (request.sex.unwrap_or_default(), request.period.unwrap_or("latest"));
        let periods: Vec<(usize, String)> = (0..slices.len())
            .filter(|at| slices[*at].sex == sex)
            .map(|at| (at, moment(slices[at].moment)))
            .collect();
        if periods.is_empty() {
            let letters = slices.iter().map(|slice| (slice.sex.letter(), slice.sex.letter()));
            return Err(NotFound::new("sex", sex.letter(), letters));
        }
        let slice = periods.iter().find(|(_, name)| name == period).map(|(at, _)| *at);
        let names = periods.iter().map(|(_, name)| (name.as_str(), name.as_str()));
        self.slice = slice.ok_or_else(|| NotFound::new("period", period, names))?;
        let is_printed = |slice: &Slice| {
            request.period.is_none_or(|period| period == moment(slice.moment))
                && request.sex.is_none_or(|sex| sex == slice.sex)
        };
        self.slices = (0..slices.len()).filter(|at| is_printed(&slices[*at])).collect();
        Ok(())
    }

    /// The language in which names are given to programs: the site's first.
    #[must_use]
    pub fn language(&self) -> &'a str {
        self.site.settings.languages.first().map_or("", String::as_str)
    }

    /// The code of a unit.
    #[must_use]
    pub fn code(&self, unit: usize) -> &'a str {
        &self.site.places[self.composite.frame.units[unit]].code
    }

    /// The id of a node.
    #[must_use]
    pub fn id(&self, node: usize) -> &'a str {
        &self.composite.frame.nodes[node].score.id
    }

    /// Whether a node is one of those that are explained, or lies below one.
    #[must_use]
    pub fn covers(&self, node: usize) -> bool {
        self.composite.frame.path(node).any(|at| self.tops.contains(&at))
    }
}

/// A moment as it is typed and printed.
#[must_use]
pub(super) fn moment(moment: Moment) -> String {
    match moment {
        Moment::Latest => "latest".to_owned(),
        Moment::Lag(_) => "lag".to_owned(),
        Moment::Year(year) => year.to_string(),
    }
}
