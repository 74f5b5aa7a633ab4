//! A page's own content: its title and description, and the view that its layout's template reads.

use super::context::PageContext;
use crate::model::Page;
use minijinja::Value;
use serde::Serialize;
use std::collections::HashMap;

/// The content of a page, within the frame that all pages share.
pub(crate) struct PageContent {
    pub(crate) title: String,
    /// Lead of the page, and its description for search engines; absent or empty: there is none.
    pub(crate) description: Option<String>,
    /// The layout's view; templates read it as `view`.
    pub(crate) view: Value,
    /// Whether the page shows constructed figures.
    pub(crate) sample: bool,
}

/// View of a layout that adds nothing to the narrative.
#[derive(Serialize)]
pub(crate) struct EmptyView {}

impl PageContent {
    /// Content with this view, which is made a template value here.
    pub(crate) fn new(title: String, description: Option<String>, sample: bool, view: &impl Serialize) -> Self {
        Self {
            title,
            description,
            view: crate::theme::template_value(view),
            sample,
        }
    }

    /// Content under the title and description that the page's author wrote; both are empty for a page made from data.
    pub(crate) fn of_author_page(page: PageContext<'_>, sample: bool, view: &impl Serialize) -> Self {
        let author_page = page.plan.page;
        let title = author_page.map_or(String::new(), |author_page| author_page.title.clone());
        let description = author_page.map(|author_page| author_page.description.clone());
        Self::new(title, description, sample, view)
    }
}

/// Authors' pages that show each indicator, by language and indicator, in the order of the pages.
pub(crate) type Mentions<'a> = HashMap<(usize, String), Vec<&'a Page>>;
