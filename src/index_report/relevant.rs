//! Picks the findings about a site that concern one index: in its own file, its indicators' and those that all share.

use crate::finding::Finding;
use crate::model::{Index, Site};
use crate::source::Snapshot;
use std::collections::BTreeSet;

/// Files on which everything depends.
const SHARED: [&str; 2] = ["data/site.yaml", "data/places.yaml"];

/// Those of these findings that concern an index, or that stop it from being read.
#[must_use]
pub fn relevant_findings<'f>(
    findings: &'f [Finding],
    id: &str,
    read: Option<(&Site, &Index)>,
    snapshot: &Snapshot,
) -> Vec<&'f Finding> {
    let mut files: BTreeSet<String> = SHARED.map(ToOwned::to_owned).into_iter().collect();
    files.insert(format!("data/indices/{id}.yaml"));
    for indicator in read.map(|(site, index)| indicators(site, index)).unwrap_or_default() {
        let file = format!("data/indicators/{indicator}.yaml");
        let text = snapshot
            .find(&file)
            .and_then(|file| file.text().ok())
            .unwrap_or_default();
        // An indicator's figures stand in its own file, or in one that it names.
        let named = snapshot
            .under("data/", ".csv")
            .filter(|table| text.contains(&table.path["data/".len()..]));
        files.extend(named.map(|table| table.path.to_string()));
        files.insert(file);
    }
    let is_relevant = |finding: &&Finding| match &finding.origin {
        Some(origin) => files.contains(&*origin.file),
        None => true,
    };
    findings.iter().filter(is_relevant).collect()
}

/// Ids of the indicators that an index names or uses, also of those that could not be read.
fn indicators(site: &Site, index: &Index) -> BTreeSet<String> {
    let ids = index.nodes().flat_map(|score| {
        let used = site.scored(score).map(|indicator| indicator.id.clone());
        [score.indicator.clone(), score.denominator.clone(), used]
    });
    ids.flatten().collect()
}
