//! The effect of an update on the report: two compiled sites → figures, ranks, statuses, claims and pages that differ.
//!
//! Takes the outcomes of [`crate::compile`] for the old and the new input, on the same day; gives a [`Difference`], and that as
//! text for people ([`text()`], [`markdown()`]), as JSON for programs and as a record for the site's readers. Sites are compared by
//! the codes that authors write, so that order means nothing, and by the pages they became. It stands above `compile`, whose
//! results it compares, and is as pure: no files, no clock. `disk/revision` reads the old site out of git.
//!
//! The size of revision that needs a note is `revisions` in `data/site.yaml`.

mod figures;
mod json;
mod markdown;
mod moves;
mod note;
mod pages;
mod record;
mod text;

pub use figures::{Figure, FiguresChange};
pub use json::json;
pub use markdown::markdown;
pub use moves::{RankAt, RankMove, Ranked, StatusMove};
pub use note::unexplained;
pub use pages::{ChangedPage, Pages};
pub use record::{record, record_path};
pub use text::text;

use crate::compile::Outcome;
use crate::finding::{Argument, Code, Finding, Language};
use crate::model::{PlaceId, Site};
use std::collections::BTreeSet;

/// One of the two sites.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The site as its author has written it.
    pub site: &'a Site,
    /// The result of compiling it.
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

/// The difference between two sites, as seen in this calendar year.
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
        ranks: moves::ranks(old.site, new.site),
        statuses: moves::statuses(old.site, new.site, this_year),
        claims,
        findings,
        mended: before.difference(&after).count(),
        pages: pages::changes(&old.outcome.outputs, &new.outcome.outputs),
    }
}

/// The parts of a finding that stay when lines move and figures change.
type FindingKey = (Code, String, Vec<(&'static str, Argument)>);

fn key(finding: &Finding) -> FindingKey {
    let file = finding
        .origin
        .as_ref()
        .map(|origin| origin.file.to_string())
        .unwrap_or_default();
    let is_claim = matches!(finding.code, Code::ClaimFalse | Code::ClaimOpen);
    let is_lasting = |name: &str| if is_claim { name == "claim" } else { name != "more" };
    let arguments = finding
        .arguments
        .iter()
        .filter(|(name, _)| is_lasting(name))
        .cloned()
        .collect();
    (finding.code, file, arguments)
}

fn keys(findings: &[Finding]) -> BTreeSet<FindingKey> {
    findings.iter().map(key).collect()
}

fn language_code(language: Language) -> &'static str {
    match language {
        Language::Sv => "sv",
        Language::En => "en",
    }
}

/// The report's place and its municipalities; nothing when the report has no place of its own.
fn home_places(site: &Site) -> Vec<PlaceId> {
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
