//! What the answers of a probe name, so that readers which look things up read on.
//!
//! Takes a place in a file; gives a site's places and a development area under the probe's own word.

use super::yaml::WORD;
use crate::model::{Area, Level, Place, PlaceGroup, Places, Text};
use crate::source::Origin;

/// The place that a probe's answers name, so that readers which look it up read on.
pub(super) fn one_place(origin: &Origin) -> Places {
    let name = Text::plain(WORD);
    let mut places = Places::default();
    let place = Place {
        code: WORD.to_owned(),
        name: name.clone(),
        short: name.clone(),
        in_text: name.clone(),
        level: Level::County,
        parent: None,
        aliases: Vec::new(),
        origin: origin.clone(),
    };
    let members = places.add(place).into_iter().collect();
    places.groups = vec![PlaceGroup {
        id: WORD.to_owned(),
        name,
        places: members,
        source: Text::default(),
    }];
    places
}

/// The area that a probe's answers name.
pub(super) fn one_area(origin: &Origin) -> Area {
    Area {
        id: WORD.to_owned(),
        name: Text::plain(WORD),
        description: Text::default(),
        indicators: Vec::new(),
        page: None,
        origin: origin.clone(),
    }
}
