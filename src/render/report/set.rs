//! A set: its indicators with national and own value side by side, and their targets.

use crate::download::csv_file;
use crate::model::IndicatorSet;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::context::size;
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::row::row;
use crate::page::view::{Html, Link, RowGroup};
use crate::render::report::target_status;
use crate::render::report::target_status::FollowedTarget;
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
pub(crate) fn set_view(page: PageContext<'_>, set: &IndicatorSet) -> SetView {
    let code = page.code();
    let site = page.site;
    let rows = |group: &crate::model::SetGroup| {
        let found = group
            .entries
            .iter()
            .filter_map(|entry| Some((site.indicator(&entry.indicator)?, entry)));
        page.home()
            .map(|home| {
                found
                    .map(|(indicator, entry)| row(page, indicator, home, Some(entry)))
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
    let name =
        |place: Option<crate::model::PlaceId>| place.map_or(String::new(), |place| page.place_name(place).to_owned());
    let targets = target_status::followed_of(page, set);
    SetView {
        id: page.files.id(&format!("set-{}", set.id)),
        title: set.name.in_language(code).to_owned(),
        short: set.short.in_language(code).to_owned(),
        description: Html(inline(set.description.in_language(code))),
        source: (!set.source.is_empty()).then(|| Html(inline(set.source.in_language(code)))),
        rule: target_status::rules(page, &targets),
        targets,
        sample: groups.iter().flat_map(|group| &group.rows).any(|row| row.sample),
        groups: RowGroup::shown(groups),
        home: name(page.home()),
        country: name(page.country()),
        downloads: downloads(page, set),
    }
}

/// The set's figures as one table, on its own page.
fn downloads(page: PageContext<'_>, set: &IndicatorSet) -> Vec<Link> {
    let indicators: Vec<_> = set
        .entries()
        .filter_map(|entry| page.site.indicator(&entry.indicator))
        .collect();
    let with_figures: Vec<_> = indicators
        .into_iter()
        .filter(|indicator| !indicator.series.is_empty())
        .collect();
    if with_figures.is_empty() {
        return Vec::new();
    }
    let (title, path) = ("CSV", format!("assets/data/set-{}.csv", set.id));
    let text = csv_file::series(page.site, page.locale, &with_figures);
    // A set shown on several pages is one file, put out by its own page.
    if page.job.about == Reference::Set(set.id.clone()) {
        return vec![page.offer(title, &path, text)];
    }
    let href = page.way(&page.locale.file_route(&path));
    vec![Link {
        title: title.to_owned(),
        href,
        note: Some(size(page.locale, text.len())),
    }]
}

pub(crate) fn content(page: PageContext<'_>, set: &IndicatorSet) -> PageContent {
    let view = set_view(page, set);
    // The first sentence leads the page; the rest follows.
    let description = set.description.in_language(page.code());
    let (first, rest) = description
        .split_once(". ")
        .map_or((description, ""), |(first, rest)| (first, rest));
    let first = format!("{}.", first.trim_end_matches('.'));
    let view = SetView {
        description: Html(inline(rest)),
        ..view
    };
    PageContent {
        title: view.title.clone(),
        description: Some(first),
        view: crate::theme::template_value(&view),
        sample: view.sample,
    }
}
