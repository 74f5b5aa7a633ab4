//! Options of a build, beside the site's own files.

use crate::model::Site;

/// Options of a build.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The day the site is built for.
    pub today: jiff::civil::Date,
    /// Absolute address of the front page, instead of the site's own.
    pub base_url: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether what must wait for its day is shown: for an officer's own eyes, never for a site that is published.
    pub embargoed: bool,
    /// Whether samples and drafts are refused.
    pub release: bool,
}

impl BuildOptions {
    /// Absolute address of the front page, ending in `/`; empty when neither the options nor the site know it.
    #[must_use]
    pub fn base_url(&self, site: &Site) -> String {
        let base_url = self.base_url.as_deref().unwrap_or(&site.settings.base_url);
        if base_url.is_empty() {
            return String::new();
        }
        format!("{}/", base_url.trim_end_matches('/'))
    }
}
