//! Pages that are made again only when something that decides them is another.
//!
//! Takes what is remembered of a page and what decides it now; gives the page as it was, or the cause why it must be made.
//! A page about which something had to be reported is never remembered, so that nothing that could not be found has
//! to be noted.

use super::facts::joined;
use super::prose::{AnchorLink, Rendered};
use super::report::Report;
use super::routes::{Job, Reference};
use super::shelf::Shelf;
use super::{Mentions, Narrative, Output, Wishes};
use crate::memo::{Anchor, Key, Ledger, Record};
use crate::source::Origin;
use std::fmt::Write;
use std::sync::Arc;

/// Why a page was made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It was not remembered: it is new, or there was something to report about it.
    New,
    /// Its own text is another.
    Text,
    /// The theme, the day or the wishes are another.
    Around,
    /// What stands before and after it is another, or which pages show what it is about.
    Beside,
    /// Something that it looks at is another: a file, a folder, the head of a page, an address.
    Fact(String),
}

/// A narrative: made now, or known from before without its text.
pub(super) enum Told {
    Made(Box<Narrative>, Cause),
    Known(Arc<Record>),
}

impl Told {
    /// Ids of the indicators it shows.
    pub(super) fn uses(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Told::Made(narrative, _) => Box::new(narrative.rendered.uses.iter().map(String::as_str)),
            Told::Known(record) => Box::new(record.uses.iter().map(String::as_str)),
        }
    }

    /// Links to anchors, as they stand in the page's own file.
    pub(super) fn anchors(&self, job: &Job<'_>) -> Vec<AnchorLink> {
        match (self, job.page) {
            (Told::Made(narrative, _), _) => narrative.rendered.anchors.clone(),
            (Told::Known(record), Some(page)) => {
                let link = |anchor: &Anchor| AnchorLink {
                    route: anchor.route.clone(),
                    anchor: anchor.anchor.clone(),
                    origin: Origin::span(&page.prose.file, anchor.span.0..anchor.span.1),
                };
                record.anchors.iter().map(link).collect()
            }
            (Told::Known(_), None) => Vec::new(),
        }
    }
}

/// What decides pages, besides what they look at.
pub(super) struct Deciding<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) ledger: &'a Ledger,
    /// Theme, day, wishes.
    pub(super) around: Key,
}

impl<'a> Deciding<'a> {
    pub(super) fn of(report: &'a Report<'a>, ledger: &'a Ledger, wishes: &Wishes) -> Self {
        let said = format!("{} {:?} {}", wishes.today, wishes.base_url, wishes.drafts);
        let around = joined([report.theme.hash, *blake3::hash(said.as_bytes()).as_bytes()]);
        Self { report, ledger, around }
    }

    /// What is remembered of a page, if its narrative is still as it was; else why it must be made.
    pub(super) fn narrative(&self, job: &Job<'_>) -> Result<Arc<Record>, Cause> {
        let record = self.report.memo.record(name(job)).ok_or(Cause::New)?;
        if record.text != text(job) {
            return Err(Cause::Text);
        }
        if record.around != self.around {
            return Err(Cause::Around);
        }
        match self.ledger.changed(&record.narrative_seen) {
            Some(fact) => Err(Cause::Fact(fact.to_owned())),
            None => Ok(record),
        }
    }

    /// Why a page whose narrative is as it was must be made all the same.
    pub(super) fn page(&self, job: &Job<'_>, record: &Record, mentions: &Mentions<'_>) -> Option<Cause> {
        if record.beside != self.beside(job, mentions) {
            return Some(Cause::Beside);
        }
        self.ledger
            .changed(&record.page_seen)
            .map(|fact| Cause::Fact(fact.to_owned()))
    }

    /// The files of a remembered page; the series it offers are put where pages put them.
    pub(super) fn recalled(&self, job: &Job<'_>, record: &Arc<Record>) -> Vec<Output> {
        for (language, id, bytes) in &record.series {
            if let Some(file) = self.report.series.get(&(*language, id.clone())) {
                file.get_or_init(|| bytes.clone());
            }
        }
        self.report.memo.keep(name(job), record.clone());
        record
            .files
            .iter()
            .map(|(route, bytes)| Output {
                route: route.clone(),
                bytes: bytes.clone(),
            })
            .collect()
    }

    /// Remembers a page about which there was nothing to report.
    pub(super) fn remember(
        &self,
        job: &Job<'_>,
        narrative: &Narrative,
        mentions: &Mentions<'_>,
        offered: &Shelf,
        files: &[Output],
    ) {
        let Rendered { uses, anchors, .. } = &narrative.rendered;
        let anchor = |link: &AnchorLink| Anchor {
            route: link.route.clone(),
            anchor: link.anchor.clone(),
            span: link.origin.bytes().unwrap_or_default(),
        };
        let own = offered.series.borrow();
        let series = narrative.series.iter().chain(&*own).filter_map(|key| {
            let bytes = self.report.series.get(key)?.get()?.clone();
            Some((key.0, key.1.clone(), bytes))
        });
        let record = Record {
            text: text(job),
            around: self.around,
            narrative_seen: narrative.seen.clone(),
            beside: self.beside(job, mentions),
            page_seen: self.ledger.seen(&offered.trace),
            uses: uses.iter().cloned().collect(),
            anchors: anchors.iter().map(anchor).collect(),
            files: files
                .iter()
                .map(|file| (file.route.clone(), file.bytes.clone()))
                .collect(),
            series: series.collect(),
        };
        self.report.memo.keep(name(job), Arc::new(record));
    }

    /// What stands before and after a page, and the pages that show the indicator it is about.
    fn beside(&self, job: &Job<'_>, mentions: &Mentions<'_>) -> Key {
        let mut said = String::new();
        let neighbours = self.report.neighbours.get(&(job.language, job.about.clone()));
        let _ = write!(said, "{neighbours:?}");
        if let Reference::Indicator(id) = &job.about {
            let pages = mentions.get(&(job.language, id.clone())).into_iter().flatten();
            pages.for_each(|page| {
                let _ = write!(said, "{:?}", (&page.id, &page.title));
            });
        }
        *blake3::hash(said.as_bytes()).as_bytes()
    }
}

/// The name under which a page is remembered: its address.
fn name(job: &Job<'_>) -> Key {
    *blake3::hash(job.route.as_bytes()).as_bytes()
}

/// What a page is, and its own text.
fn text(job: &Job<'_>) -> Key {
    let kind = format!("{} {:?} {:?}", job.language, job.about, job.layout);
    let own = job.page.map_or(&[][..], |page| &page.prose.bytes);
    joined([*blake3::hash(kind.as_bytes()).as_bytes(), *blake3::hash(own).as_bytes()])
}
