//! Places: country, counties, municipalities, and groups of them.

use super::Text;
use super::names::names;
use crate::finding::Finding;
use crate::source::Origin;
use std::collections::BTreeMap;

/// Position of a place in [`Places`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u16);

/// Level of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The country.
    Country,
    /// A county (län).
    County,
    /// A municipality (kommun).
    Municipality,
}

names!(Level {
    Country = "country",
    County = "county",
    Municipality = "municipality",
});

/// A place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Official code, text: `18`, `1880`, `00`.
    pub code: String,
    /// Full name: `Örebro län`.
    pub name: Text,
    /// Short name for charts and tables: `Örebro`; the name when nothing shorter is given.
    pub short: Text,
    /// The word in running text when the context makes clear which is meant: `länet`, `riket`.
    pub in_text: Text,
    /// Level.
    pub level: Level,
    /// The place it lies in; `None`: none.
    pub parent: Option<PlaceId>,
    /// Codes that other publishers use.
    pub aliases: Vec<String>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// A named group of places, such as the counties one compares with.
#[derive(Clone, Debug)]
pub struct PlaceGroup {
    /// Id.
    pub id: String,
    /// Name for readers.
    pub name: Text,
    /// Members, in the order written.
    pub places: Vec<PlaceId>,
    /// Source of the selection, for readers; empty: none.
    pub source: Text,
}

/// Boundaries of all places of a level (within a parent), for maps.
#[derive(Clone, Debug)]
pub struct Boundaries {
    /// Level of the areas.
    pub level: Level,
    /// Place they lie in.
    pub parent: Option<PlaceId>,
    /// `GeoJSON` text; features carry the place's code in `properties.code`.
    pub geojson: String,
    /// Source of the boundaries, for readers.
    pub source: Text,
    /// Name under which the engine knows them: the file's path.
    pub name: String,
}

/// All places, in the order written.
#[derive(Clone, Debug, Default)]
pub struct Places {
    list: Vec<Place>,
    by_code: BTreeMap<String, PlaceId>,
    /// Groups.
    pub groups: Vec<PlaceGroup>,
    /// Maps.
    pub boundaries: Vec<Boundaries>,
    /// Whether there are others that cannot be drawn, which is reported where they stand.
    pub has_broken_boundaries: bool,
}

impl Places {
    /// Adds a place. Gives the place that already has its code or one of its aliases, if any; then nothing is added.
    ///
    /// # Errors
    /// The place that was there first.
    pub fn add(&mut self, place: Place) -> Result<PlaceId, PlaceId> {
        let codes = || place.aliases.iter().chain([&place.code]);
        if let Some(taken) = codes().find_map(|code| self.by_code.get(code)) {
            return Err(*taken);
        }
        let id = PlaceId(u16::try_from(self.list.len()).unwrap_or(u16::MAX));
        for code in codes() {
            self.by_code.insert(code.clone(), id);
        }
        self.list.push(place);
        Ok(id)
    }

    /// The place of this code or alias.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<PlaceId> {
        self.by_code.get(code).copied()
    }

    /// Sets where a place lies, once all are known.
    pub fn set_parent(&mut self, place: PlaceId, parent: PlaceId) {
        self.list[usize::from(place.0)].parent = Some(parent);
    }

    /// All places with their ids, in the order written.
    pub fn iter(&self) -> impl Iterator<Item = (PlaceId, &Place)> {
        (0u16..).map(PlaceId).zip(&self.list)
    }

    /// Places of a level, within a parent when one is given.
    pub fn at_level(&self, level: Level, parent: Option<PlaceId>) -> impl Iterator<Item = PlaceId> {
        self.iter()
            .filter(move |(_, place)| place.level == level && (parent.is_none() || place.parent == parent))
            .map(|(id, _)| id)
    }

    /// Adds to a finding about a code that no place has which place may be meant.
    #[must_use]
    pub(crate) fn suggest(&self, finding: Finding, written: &str) -> Finding {
        let codes = self.list.iter().flat_map(|place| {
            let names = place.name.all().map(|name| (place.code.as_str(), name)).take(1);
            names.chain(place.aliases.iter().map(|alias| (alias.as_str(), "")))
        });
        finding.near_named(written, codes)
    }

    /// The group of this id.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&PlaceGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl std::ops::Index<PlaceId> for Places {
    type Output = Place;

    fn index(&self, id: PlaceId) -> &Place {
        &self.list[usize::from(id.0)]
    }
}
