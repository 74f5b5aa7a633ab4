//! The page of a composite index: for the report's own place, part by part; how sure its rank is; how the index is made.

mod bases;
mod member;
mod municipalities;
mod part;
pub(crate) mod score;
mod sure;
pub(crate) mod tree;
mod what_if;

pub(crate) use member::{Membership, memberships};
pub(crate) use part::{IndexGapView, at_place};

use crate::download::csv_file;
use crate::finding::Log;
use crate::model::{Index, Indicator, Score};
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::source_line;
use crate::page::view::{Html, Link, Table};
use part::PartView;
use serde::Serialize;

/// View of an index's page (`index.html`).
#[derive(Serialize)]
struct IndexView {
    /// Name of the index.
    title: String,
    description: Html,
    /// The meaning of its scores.
    scale: Html,
    source: Html,
    /// The tops of the index that score the report's own place.
    parts: Vec<PartView>,
    /// Scores of the municipalities; absent when no index has any.
    municipalities: Option<Table>,
    /// The scores as one file.
    downloads: Vec<Link>,
}

/// The page of an index.
pub(super) fn content(page: PageContext<'_>, index: &Index, log: &Log) -> PageContent {
    let code = page.code();
    let description = index.description.in_language(code);
    let composites = page.composite(&index.id).into_iter();
    let tops = composites.flat_map(|composite| composite.frame.tops().map(move |top| (composite, top)));
    let view = IndexView {
        title: index.name.in_language(code).to_owned(),
        description: Html(inline(description)),
        scale: Html(inline(index.scale.in_language(code))),
        source: source_line::view(page, &index.source),
        parts: tops
            .filter_map(|(composite, top)| part::part(page, composite, top, log))
            .collect(),
        municipalities: municipalities::table(page, index),
        downloads: downloads(page, index),
    };
    PageContent::new(view.title.clone(), Some(description.to_owned()), false, &view)
}

/// Scores of the index and its parts, as far as they are indicators of the site.
fn downloads(page: PageContext<'_>, index: &Index) -> Vec<Link> {
    let nodes = index.tree.iter().flat_map(Score::walk);
    let indicators: Vec<&Indicator> = nodes
        .filter_map(|score| page.site.indicator(score.indicator.as_ref()?))
        .collect();
    let text = csv_file::series(page.site, page.locale, &indicators);
    vec![page.offer(
        page.word("sentence.all_csv"),
        &format!("assets/data/index-{}.csv", index.id),
        text,
    )]
}
