//! A set: its indicators with national and own value side by side, and their targets.

use super::Matter;
use crate::export;
use crate::model::IndicatorSet;
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::row::row;
use crate::render::target::{self, FollowedTarget};
use crate::render::view::{Html, Link, RowGroup};
use crate::render::{prose, size};
use minijinja::Value;
use serde::Serialize;

/// A set as shown.
#[derive(Serialize)]
pub(crate) struct SetView {
    id: String,
    title: String,
    short: String,
    description: Html,
    source: Option<Html>,
    /// How its targets are judged; empty when it has none.
    rule: Html,
    targets: Vec<FollowedTarget>,
    groups: Value,
    /// Whether some of the figures are made up.
    #[serde(skip)]
    sample: bool,
    home: String,
    country: String,
    downloads: Vec<Link>,
}

/// The set for the report's own place.
pub(crate) fn set_view(standpoint: Standpoint<'_>, set: &IndicatorSet) -> SetView {
    let code = standpoint.code();
    let site = standpoint.site();
    let rows = |group: &crate::model::SetGroup| {
        let found = group
            .entries
            .iter()
            .filter_map(|entry| Some((site.indicator(&entry.indicator)?, entry)));
        standpoint
            .home()
            .map(|home| {
                found
                    .map(|(indicator, entry)| row(standpoint, indicator, home, Some(entry)))
                    .collect()
            })
            .unwrap_or_default()
    };
    let group = |(index, group): (usize, &crate::model::SetGroup)| RowGroup {
        id: format!("{}-{}", set.id, index + 1),
        title: group.name.in_language(code).to_owned(),
        rows: rows(group),
    };
    let groups: Vec<RowGroup> = set.groups.iter().enumerate().map(group).collect();
    let name = |place: Option<crate::model::PlaceId>| {
        place.map_or(String::new(), |place| standpoint.place_name(place).to_owned())
    };
    let targets = target::followed_of(standpoint, set);
    SetView {
        id: standpoint.shelf.id(&format!("set-{}", set.id)),
        title: set.name.in_language(code).to_owned(),
        short: set.short.in_language(code).to_owned(),
        description: Html(prose::inline(set.description.in_language(code))),
        source: (!set.source.is_empty()).then(|| Html(prose::inline(set.source.in_language(code)))),
        rule: target::rules(standpoint, &targets),
        targets,
        sample: groups.iter().flat_map(|group| &group.rows).any(|row| row.sample),
        groups: RowGroup::shown(groups),
        home: name(standpoint.home()),
        country: name(standpoint.country()),
        downloads: downloads(standpoint, set),
    }
}

/// The set's figures as one table, on its own page.
fn downloads(standpoint: Standpoint<'_>, set: &IndicatorSet) -> Vec<Link> {
    let indicators: Vec<_> = set
        .entries()
        .filter_map(|entry| standpoint.site().indicator(&entry.indicator))
        .collect();
    let with_figures: Vec<_> = indicators
        .into_iter()
        .filter(|indicator| !indicator.series.is_empty())
        .collect();
    if with_figures.is_empty() {
        return Vec::new();
    }
    let (title, path) = ("CSV", format!("assets/data/set-{}.csv", set.id));
    let text = export::series(standpoint, &with_figures);
    // A set shown on several pages is one file, put out by its own page.
    if standpoint.job.about == Reference::Set(set.id.clone()) {
        return vec![standpoint.offer(title, &path, text)];
    }
    let href = standpoint.way(&standpoint.file_route(&path));
    vec![Link {
        title: title.to_owned(),
        href,
        note: Some(size(standpoint, text.len())),
    }]
}

pub(super) fn matter(standpoint: Standpoint<'_>, set: &IndicatorSet) -> Matter {
    let view = set_view(standpoint, set);
    // The first sentence leads the page; the rest follows.
    let description = set.description.in_language(standpoint.code());
    let (first, rest) = description
        .split_once(". ")
        .map_or((description, ""), |(first, rest)| (first, rest));
    let first = format!("{}.", first.trim_end_matches('.'));
    let view = SetView {
        description: Html(prose::inline(rest)),
        ..view
    };
    Matter {
        title: view.title.clone(),
        description: Some(first),
        view: crate::theme::template_value(&view),
        sample: view.sample,
    }
}
