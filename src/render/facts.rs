//! Which files decide each fact that pages look at.
//!
//! Takes the site, its files and its addresses; gives a [`Ledger`] with the hash of every fact, and [`Facts`], their
//! numbers. Hashes are of files as they are written: a comment that is edited makes work, but nothing is ever taken for
//! unchanged that is not.

use super::routes::{Reference, Routes};
use super::{Material, Wishes};
use crate::memo::{Fact, Key, Ledger};
use crate::model::{Indicator, Layout, Page, Site, Update};
use crate::source::Snapshot;
use std::collections::HashMap;

/// Numbers of the facts, by what they are about.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(super) settings: Fact,
    pub(super) places: Fact,
    pub(super) topics: Fact,
    pub(super) terms: Fact,
    pub(super) sets: Fact,
    pub(super) indices: Fact,
    pub(super) analyses: Fact,
    pub(super) charts: Fact,
    /// Surveys, consultations, areas, codebooks and outcomes.
    pub(super) consultations: Fact,
    /// What may be shown of the answers.
    pub(super) results: Fact,
    /// Recorded updates.
    pub(super) updates: Fact,
    /// Whether there are any.
    pub(super) has_updates: Fact,
    /// Days and titles of those that touched each indicator, in the site's order.
    pub(super) touched: Vec<Fact>,
    pub(super) all_indicators: Fact,
    /// Which indicators there are.
    pub(super) indicator_names: Fact,
    /// Each indicator, in the site's order.
    pub(super) indicators: Vec<Fact>,
    /// Indices as computed.
    pub(super) composites: Fact,
    pub(super) all_pages: Fact,
    /// Which pages there are.
    pub(super) page_names: Fact,
    /// Each page's head, in the site's order.
    pub(super) pages: Vec<Fact>,
    /// Which pages have layouts of their own.
    pub(super) layouts: Fact,
    /// Which pages show which analyses.
    pub(super) shown_analyses: Fact,
    /// Names of the static files.
    pub(super) files: Fact,
    /// All addresses, and each of them.
    addresses: (Fact, HashMap<(usize, Reference), Fact>),
}

impl Facts {
    /// Facts about data and pages, all of them.
    pub(super) fn whole(&self) -> impl Iterator<Item = Fact> {
        [
            self.settings,
            self.places,
            self.topics,
            self.terms,
            self.sets,
            self.indices,
            self.analyses,
            self.charts,
            self.consultations,
            self.results,
            self.updates,
            self.all_indicators,
            self.all_pages,
        ]
        .into_iter()
    }

    /// The address of a thing; all addresses when it has none.
    pub(super) fn address(&self, language: usize, about: &Reference) -> Fact {
        let (all, each) = &self.addresses;
        each.get(&(language, about.clone())).copied().unwrap_or(*all)
    }

    /// Enters all facts of a build.
    pub(super) fn of(material: Material<'_>, routes: &Routes<'_>, wishes: &Wishes, ledger: &mut Ledger) -> Self {
        let Material {
            site, snapshot, files, ..
        } = material;
        let under = |folders: &[&str]| hash_of(folders.iter().flat_map(|folder| under(snapshot, folder, "")));
        let places =
            hash_of(under_file(snapshot, "data/places.yaml").chain(self::under(snapshot, "data/", ".geojson")));
        // What names places is read with them.
        let with_places = |own: Key| joined([places, own]);
        let settings = joined([
            with_places(under(&["data/site.yaml"])),
            *blake3::hash(format!("{:?} {} {}", wishes.base_url, wishes.drafts, wishes.release).as_bytes()).as_bytes(),
        ]);
        let each: Vec<Key> = site
            .indicators
            .iter()
            .map(|indicator| with_places(indicator_hash(snapshot, indicator)))
            .collect();
        let all_indicators = joined(each.iter().copied());
        let indices = with_places(under(&["data/indices/"]));
        let heads: Vec<Key> = site.pages.iter().map(head).collect();
        let consultations = joined([
            with_places(under(&[
                "data/areas.yaml",
                "data/surveys/",
                "data/consultations/",
                "data/codebooks/",
                "data/outcomes/",
            ])),
            day(wishes),
        ]);
        let leaves = site
            .indices
            .iter()
            .flat_map(crate::model::Index::scored)
            .filter_map(|score| site.scored(score));
        let leaves = leaves.filter_map(|leaf| site.indicators.iter().position(|it| it.id == leaf.id));
        let leaves = joined(leaves.map(|at| each[at]));
        Self {
            places: ledger.enter("data/places.yaml", places),
            settings: ledger.enter("data/site.yaml", settings),
            topics: ledger.enter("data/topics.yaml", under(&["data/topics.yaml"])),
            terms: ledger.enter("data/terms.yaml", under(&["data/terms.yaml"])),
            sets: ledger.enter("data/sets", with_places(under(&["data/sets/"]))),
            indices: ledger.enter("data/indices", indices),
            analyses: ledger.enter("data/analyses", under(&["data/analyses/"])),
            charts: ledger.enter("data/charts", with_places(under(&["data/charts/"]))),
            consultations: ledger.enter("data/consultations", consultations),
            results: ledger.enter("answers", joined([consultations, all_indicators, under(&["answers/"])])),
            updates: ledger.enter("data/changes", with_places(under(&[crate::read::UPDATES]))),
            has_updates: ledger.enter("whether there are updates", flag(!site.updates.is_empty())),
            touched: site
                .indicators
                .iter()
                .map(|it| ledger.enter(&format!("updates of {}", it.id), touching(&site.updates, &it.id)))
                .collect(),
            composites: ledger.enter("indices as computed", joined([settings, indices, leaves])),
            all_indicators: ledger.enter("data/indicators", all_indicators),
            indicators: site
                .indicators
                .iter()
                .zip(&each)
                .map(|(indicator, hash)| ledger.enter(&indicator.origin.file, *hash))
                .collect(),
            indicator_names: ledger.enter(
                "names of indicators",
                names(site.indicators.iter().map(|it| [it.id.as_str()])),
            ),
            page_names: ledger.enter(
                "names of pages",
                names(site.pages.iter().map(|it| [it.language.as_str(), &it.id])),
            ),
            all_pages: ledger.enter("heads of pages", joined(heads.iter().copied())),
            pages: site
                .pages
                .iter()
                .zip(&heads)
                .map(|(page, hash)| ledger.enter(&format!("head of {}", page.prose.file), *hash))
                .collect(),
            layouts: ledger.enter("layouts of pages", layouts(&site.pages)),
            shown_analyses: ledger.enter("pages that show analyses", shown_analyses(site)),
            files: ledger.enter(
                "files in content",
                hash_of(files.iter().map(|file| (file.as_str(), &b""[..]))),
            ),
            addresses: routes.enter(ledger),
        }
    }
}

/// Days and titles of the updates that touched an indicator.
fn touching(updates: &[Update], indicator: &str) -> Key {
    let told = updates.iter().filter(|update| update.figures_of(indicator).is_some());
    let told: Vec<String> = told
        .map(|update| format!("{} {:?}", update.date, update.title))
        .collect();
    *blake3::hash(told.join("\n").as_bytes()).as_bytes()
}

/// Yes or no.
fn flag(yes: bool) -> Key {
    *blake3::hash(&[u8::from(yes)]).as_bytes()
}

/// The day, hashed.
fn day(wishes: &Wishes) -> Key {
    *blake3::hash(wishes.today.to_string().as_bytes()).as_bytes()
}

fn under_file<'a>(snapshot: &'a Snapshot, path: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    snapshot.find(path).into_iter().map(|file| (&*file.path, &*file.bytes))
}

fn under<'a>(
    snapshot: &'a Snapshot,
    folder: &'a str,
    ending: &'a str,
) -> impl Iterator<Item = (&'a str, &'a [u8])> + use<'a> {
    snapshot.under(folder, ending).map(|file| (&*file.path, &*file.bytes))
}

fn indicator_hash(snapshot: &Snapshot, indicator: &Indicator) -> Key {
    // The day an imported series was fetched stands beside it.
    let provenance = crate::read::provenance_of(&indicator.id);
    let own = [
        Some(&*indicator.origin.file),
        indicator.table.as_deref(),
        Some(&*provenance),
    ];
    hash_of(
        own.into_iter()
            .flatten()
            .filter_map(|path| snapshot.find(path))
            .map(|file| (&*file.path, &*file.bytes)),
    )
}

/// A page's front matter.
fn head(page: &Page) -> Key {
    let (start, end) = page.origin.block.unwrap_or_default();
    *blake3::hash(page.prose.text().get(start..end).unwrap_or_default().as_bytes()).as_bytes()
}

/// Pages that have a layout of their own: language, id and layout.
fn layouts(pages: &[Page]) -> Key {
    let own = pages.iter().filter(|page| page.layout != Layout::Page);
    names(own.map(|page| [page.language.as_str(), &page.id, page.layout.name()]))
}

/// Analyses, and the pages in whose text they stand.
fn shown_analyses(site: &Site) -> Key {
    names(site.analyses.iter().flat_map(|analysis| {
        let pages = site.pages.iter().filter(|page| page.shows(analysis));
        pages.map(|page| [analysis.id.as_str(), &page.language, &page.id])
    }))
}

/// Things by their names, as one hash.
fn names<'a, const N: usize>(things: impl Iterator<Item = [&'a str; N]>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for part in things.flatten() {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    *hasher.finalize().as_bytes()
}

/// Files by path and contents, as one hash.
fn hash_of<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
    }
    *hasher.finalize().as_bytes()
}

/// Several hashes as one.
pub(super) fn joined(keys: impl IntoIterator<Item = Key>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for key in keys {
        hasher.update(&key);
    }
    *hasher.finalize().as_bytes()
}
