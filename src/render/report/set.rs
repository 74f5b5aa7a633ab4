//! A set: its indicators with the country's and the own value side by side, and their targets.

use crate::download::csv_file;
use crate::model::{IndicatorSet, SetGroup};
use crate::page::content::PageContent;
use crate::page::context::{PageContext, size};
use crate::page::inline::inline;
use crate::page::routes::Reference;
use crate::page::row::row;
use crate::page::view::{Html, IndicatorGroup, Link};
use crate::render::report::target_status::{self, TargetFollowUp};
use serde::Serialize;

/// View of a set, for its own page (`set.html`) and in the narrative (`parts/set.html`).
#[derive(Serialize)]
pub(crate) struct SetView {
    /// Anchor.
    id: String,
    title: String,
    /// On the set's own page without the first sentence, which is the page's lead.
    description: Html,
    source: Option<Html>,
    /// How its targets are judged; empty when it has none.
    rule: Html,
    targets: Vec<TargetFollowUp>,
    /// Its indicators, as the set divides them.
    groups: Vec<IndicatorGroup>,
    /// Whether some of the figures are constructed.
    #[serde(skip)]
    sample: bool,
    /// Name of the report's own place; empty when it has none.
    home: String,
    /// Name of the country; empty when the site has none.
    country: String,
    /// The set's figures as one file; empty when there are no figures.
    downloads: Vec<Link>,
}

/// The set for the report's own place.
pub(crate) fn set_view(page: PageContext<'_>, set: &IndicatorSet) -> SetView {
    let code = page.code();
    let groups: Vec<IndicatorGroup> = set
        .groups
        .iter()
        .zip(1..)
        .map(|(group, number)| row_group(page, group, format!("{}-{number}", set.id)))
        .collect();
    let targets = target_status::targets_of_set(page, set);
    SetView {
        id: page.files.id(&format!("set-{}", set.id)),
        title: set.name.in_language(code).to_owned(),
        description: Html(inline(set.description.in_language(code))),
        source: (!set.source.is_empty()).then(|| Html(inline(set.source.in_language(code)))),
        rule: target_status::rules(page, &targets),
        targets,
        sample: groups.iter().flat_map(|group| &group.rows).any(|row| row.sample),
        groups,
        home: page.home().map_or("", |home| page.place_name(home)).to_owned(),
        country: page.country().map_or("", |country| page.place_name(country)).to_owned(),
        downloads: downloads(page, set),
    }
}

/// The rows of a group; none when the report has no place of its own.
fn row_group(page: PageContext<'_>, group: &SetGroup, id: String) -> IndicatorGroup {
    let entries = group.entries.iter();
    let rows = entries.filter_map(|entry| {
        let indicator = page.site.indicator(&entry.indicator)?;
        Some(row(page, indicator, page.home()?, Some(entry)))
    });
    IndicatorGroup {
        id,
        title: group.name.in_language(page.code()).to_owned(),
        rows: rows.collect(),
    }
}

/// The set's figures as one table, on its own page.
fn downloads(page: PageContext<'_>, set: &IndicatorSet) -> Vec<Link> {
    let indicators = set.entries().filter_map(|entry| page.site.indicator(&entry.indicator));
    let with_figures: Vec<_> = indicators.filter(|indicator| !indicator.series.is_empty()).collect();
    if with_figures.is_empty() {
        return Vec::new();
    }
    let (title, path) = ("CSV", format!("assets/data/set-{}.csv", set.id));
    let text = csv_file::series(page.site, page.locale, &with_figures);
    // A set shown on several pages is one file, put out by its own page.
    if page.plan.about == Reference::Set(set.id.clone()) {
        return vec![page.offer(title, &path, text)];
    }
    vec![Link {
        title: title.to_owned(),
        href: page.href_to(&page.locale.file_route(&path)),
        note: Some(size(page.locale, text.len())),
    }]
}

/// The page of a set.
pub(crate) fn content(page: PageContext<'_>, set: &IndicatorSet) -> PageContent {
    // The first sentence leads the page; the rest follows.
    let description = set.description.in_language(page.code());
    let (first, rest) = description.split_once(". ").unwrap_or((description, ""));
    let lead = format!("{}.", first.trim_end_matches('.'));
    let view = SetView {
        description: Html(inline(rest)),
        ..set_view(page, set)
    };
    PageContent::new(view.title.clone(), Some(lead), view.sample, &view)
}
