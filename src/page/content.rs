//! A page's own content, as its template is given it.

use crate::model::Page;
use minijinja::Value;
use std::collections::HashMap;

/// What a layout shows, within the frame that all pages share.
pub(crate) struct PageContent {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// Given to the template as `view`.
    pub(crate) view: Value,
    /// Whether it shows constructed figures.
    pub(crate) sample: bool,
}

/// Authors' pages that show each indicator, by language and indicator, in the order of the pages.
pub(crate) type Mentions<'a> = HashMap<(usize, String), Vec<&'a Page>>;
