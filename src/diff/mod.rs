//! What an update does to the report: two compiled sites → figures, ranks, statuses, claims and pages that differ.
//!
//! Takes what [`crate::compile`] gave for the old and the new input, on the same day; gives a [`Difference`], and that as text
//! for people or JSON for programs. It stands above `compile`, since it compares what that gives, and is as pure: no files, no
//! clock. What cannot be told apart by a reader, such as the order of keys in a file, is no difference.

mod figures;
mod json;
mod markdown;
mod note;
mod pages;
mod record;
mod standing;
mod text;

pub use figures::{Figure, FiguresChange};
pub use json::json;
pub use markdown::markdown;
pub use note::unexplained;
pub use pages::{Changed, Pages};
pub use record::{path_of_record, record};
pub use standing::{RankMove, StatusMove, Subject};
pub use text::text;

use crate::compile::Outcome;
use crate::finding::{Argument, Code, Finding};
use crate::model::{PlaceId, Site};
use std::collections::BTreeSet;

/// One of the two sites: what it is about, and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What the author has said.
    pub site: &'a Site,
    /// What a build gives.
    pub outcome: &'a Outcome,
}

/// Everything that differs between two sites.
#[derive(Debug)]
pub struct Difference<'a> {
    /// Indicators whose figures or definitions differ, by id.
    pub figures: Vec<FiguresChange<'a>>,
    /// Ranks of the report's place and its municipalities that moved: indicators by id, then indices by id.
    pub ranks: Vec<RankMove<'a>>,
    /// Statuses against targets that moved, by set and indicator.
    pub statuses: Vec<StatusMove<'a>>,
    /// Claims that the old figures bore out and the new ones do not.
    pub claims: Vec<&'a Finding>,
    /// All other findings that only the new site has.
    pub findings: Vec<&'a Finding>,
    /// Number of findings that only the old site has.
    pub mended: usize,
    /// Pages and files.
    pub pages: Pages,
}

impl Difference<'_> {
    /// Whether nothing differs at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty()
            && self.ranks.is_empty()
            && self.statuses.is_empty()
            && self.claims.is_empty()
            && self.findings.is_empty()
            && self.mended == 0
            && self.pages.is_empty()
    }
}

/// What differs between two sites, as seen in this calendar year.
#[must_use]
pub fn between<'a>(old: Side<'a>, new: Side<'a>, this_year: i32) -> Difference<'a> {
    let (before, after) = (keys(&old.outcome.findings), keys(&new.outcome.findings));
    let fresh = new
        .outcome
        .findings
        .iter()
        .filter(|finding| !before.contains(&key(finding)));
    let (claims, findings) = fresh.partition(|finding| matches!(finding.code, Code::ClaimFalse | Code::ClaimOpen));
    Difference {
        figures: figures::changes(old.site, new.site),
        ranks: standing::ranks(old.site, new.site),
        statuses: standing::statuses(old.site, new.site, this_year),
        claims,
        findings,
        mended: before.difference(&after).count(),
        pages: pages::changes(&old.outcome.outputs, &new.outcome.outputs),
    }
}

/// What tells one finding from another when lines have moved and figures have changed.
type Key = (Code, String, Vec<(&'static str, Argument)>);

fn key(finding: &Finding) -> Key {
    let file = finding
        .origin
        .as_ref()
        .map(|origin| origin.file.to_string())
        .unwrap_or_default();
    let is_claim = matches!(finding.code, Code::ClaimFalse | Code::ClaimOpen);
    let counts = |name: &str| if is_claim { name == "claim" } else { name != "more" };
    let arguments = finding
        .arguments
        .iter()
        .filter(|(name, _)| counts(name))
        .cloned()
        .collect();
    (finding.code, file, arguments)
}

fn keys(findings: &[Finding]) -> BTreeSet<Key> {
    findings.iter().map(key).collect()
}

/// The report's place and its municipalities; nothing when the report has no place of its own.
fn own_places(site: &Site) -> Vec<PlaceId> {
    let Some(home) = site.settings.home else {
        return Vec::new();
    };
    let within = site
        .places
        .iter()
        .filter(|(_, place)| place.parent == Some(home))
        .map(|(id, _)| id);
    std::iter::once(home).chain(within).collect()
}
