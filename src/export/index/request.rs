//! What is asked about an index, as it was typed → the numbers of units, nodes and slices that are meant.
//!
//! What is not found is an [`Unknown`], with what comes nearest to it.

use crate::finding::nearest;
use crate::index::{Composite, Reference, Slice};
use crate::model::{Index, Moment, PlaceId, Sex, Site};

/// What is asked about an index. Empty: everything of every slice, and nothing about any one unit.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The unit whose gap is explained, by code, alias or name.
    pub unit: Option<&'r str>,
    /// What it is compared with: `country`, `median`, `best`, `group:ID`, or a unit.
    pub against: Option<&'r str>,
    /// `latest`, `lag` or a year.
    pub period: Option<&'r str>,
    /// Women, men or both.
    pub sex: Option<Sex>,
    /// A node to look at instead of the tops.
    pub top: Option<&'r str>,
    /// Whether rank intervals and sensitivities are computed.
    pub uncertainty: bool,
}

/// Something that was asked for and is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What it was to be: `index`, `unit`, `node`, `group`, `period` or `sex`; also the key of what is said about it.
    pub kind: &'static str,
    /// As typed.
    pub written: String,
    /// What comes nearest, as it is to be typed.
    pub near: Option<String>,
    /// All there are, when they are few; else none.
    pub known: Vec<String>,
}

/// More than these are not listed.
const FEW: usize = 16;

impl Unknown {
    /// Nothing of this kind is called so. Candidates are pairs of a name and how it is to be typed.
    fn new<'n>(kind: &'static str, written: &str, candidates: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        let candidates: Vec<(&str, &str)> = candidates.collect();
        let near = nearest(written, candidates.iter().map(|(name, _)| *name));
        let near = near.and_then(|near| candidates.iter().find(|(name, _)| *name == near));
        // `Örebro` is far from `Örebro län` by letters, but it is its beginning.
        let begins = |(name, _): &&(&str, &str)| name.to_lowercase().starts_with(&written.to_lowercase());
        let near = near.or_else(|| candidates.iter().find(begins).filter(|_| !written.is_empty()));
        let mut known: Vec<String> = Vec::new();
        for (_, typed) in &candidates {
            if !known.iter().any(|own| own == typed) {
                known.push((*typed).to_owned());
            }
        }
        if known.len() > FEW {
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

/// What is meant.
#[derive(Clone, Debug)]
pub struct Scope<'s, 'a> {
    /// The site.
    pub site: &'a Site,
    /// The index.
    pub composite: &'s Composite<'a>,
    /// The unit whose gap is explained.
    pub unit: Option<usize>,
    /// What it is compared with; `None`: the country, or the median where that has no score.
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
pub fn varied(index: &Index, runs: Option<u32>, seed: Option<u64>) -> Index {
    let mut index = index.clone();
    index.variation.runs = runs.unwrap_or(index.variation.runs);
    index.variation.seed = seed.unwrap_or(index.variation.seed);
    index
}

impl<'s, 'a> Scope<'s, 'a> {
    /// What is meant by a request.
    ///
    /// # Errors
    /// The first thing that was asked for and is not there.
    pub fn of(site: &'a Site, composite: &'s Composite<'a>, request: &Request<'_>) -> Result<Self, Unknown> {
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

    fn unit(&self, written: &str) -> Result<usize, Unknown> {
        let place = self.place(written);
        let units = &self.composite.frame.units;
        let found = units.iter().position(|unit| Some(*unit) == place);
        found.ok_or_else(|| Unknown::new("unit", written, units.iter().flat_map(|unit| self.called(*unit))))
    }

    /// A place by code, alias or name.
    fn place(&self, written: &str) -> Option<PlaceId> {
        let named = |place: &PlaceId| self.called(*place)[1].0.to_lowercase() == written.to_lowercase();
        self.site
            .places
            .find(written)
            .or_else(|| self.composite.frame.units.iter().copied().find(named))
    }

    /// How a place may be typed: by code and by name.
    fn called(&self, place: PlaceId) -> [(&str, &str); 2] {
        let code = self.site.places[place].code.as_str();
        [
            (code, code),
            (self.site.places[place].name.in_language(self.language()), code),
        ]
    }

    fn reference(&self, written: &str) -> Result<Reference, Unknown> {
        if let Some(id) = written.strip_prefix("group:") {
            let groups = || self.site.places.groups.iter().map(|group| group.id.as_str());
            return match groups().find(|own| *own == id) {
                Some(id) => Ok(Reference::Group(id.to_owned())),
                None => Err(Unknown::new("group", id, groups().map(|id| (id, id)))),
            };
        }
        match written {
            "country" => Ok(Reference::Country),
            "median" => Ok(Reference::Median),
            "best" => Ok(Reference::Best),
            _ if self.site.settings.country.is_some() && self.place(written) == self.site.settings.country => {
                Ok(Reference::Country)
            }
            _ => self.unit(written).map(Reference::Unit).map_err(|unknown| {
                let near = nearest(written, ["country", "median", "best"]).map(ToOwned::to_owned);
                Unknown {
                    near: near.or(unknown.near),
                    ..unknown
                }
            }),
        }
    }

    /// A node that has scores.
    fn node(&self, written: &str) -> Result<usize, Unknown> {
        let scored = || {
            self.composite
                .frame
                .nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| !node.below)
        };
        let found = scored().find(|(_, node)| node.score.id == written).map(|(at, _)| at);
        found.ok_or_else(|| {
            Unknown::new(
                "node",
                written,
                scored().map(|(_, node)| (node.score.id.as_str(), node.score.id.as_str())),
            )
        })
    }

    /// The slice that is explained is the one asked for, else the latest of both sexes; those that are printed are all
    /// that nothing asked for excludes.
    fn pick_slices(&mut self, request: &Request<'_>) -> Result<(), Unknown> {
        let slices = &self.composite.frame.slices;
        let (sex, period) = (request.sex.unwrap_or_default(), request.period.unwrap_or("latest"));
        let periods: Vec<(usize, String)> = (0..slices.len())
            .filter(|at| slices[*at].sex == sex)
            .map(|at| (at, moment(slices[at].moment)))
            .collect();
        if periods.is_empty() {
            let letters = slices.iter().map(|slice| (slice.sex.letter(), slice.sex.letter()));
            return Err(Unknown::new("sex", sex.letter(), letters));
        }
        let found = periods.iter().find(|(_, own)| own == period).map(|(at, _)| *at);
        let known = periods.iter().map(|(_, own)| (own.as_str(), own.as_str()));
        self.slice = found.ok_or_else(|| Unknown::new("period", period, known))?;
        let wanted = |slice: &Slice| {
            request.period.is_none_or(|period| period == moment(slice.moment))
                && request.sex.is_none_or(|sex| sex == slice.sex)
        };
        self.slices = (0..slices.len()).filter(|at| wanted(&slices[*at])).collect();
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
    pub fn holds(&self, node: usize) -> bool {
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
