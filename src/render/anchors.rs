//! The check of links to anchors, against the ids of the finished pages.

use super::markdown::AnchorLink;
use crate::finding::{Code, Finding, Log, nearest};
use crate::html::decoded;
use crate::page::Output;
use std::collections::{BTreeMap, BTreeSet};

/// Reports each link to an anchor that its page does not have.
pub(super) fn check(outputs: &[Output], links: &[AnchorLink], log: &Log) {
    let mut ids_by_route: BTreeMap<&str, Option<BTreeSet<String>>> = BTreeMap::new();
    for link in links {
        let ids = ids_by_route.entry(link.route.as_str()).or_insert_with(|| {
            let page = outputs.iter().find(|output| output.route == link.route)?;
            Some(ids(&String::from_utf8_lossy(&page.bytes)))
        });
        // A page that could not be rendered has a finding of its own.
        let Some(ids) = ids else { continue };
        if !ids.contains(&link.anchor) && !ids.contains(&decoded(&link.anchor)) {
            let finding = Finding::new(Code::UnknownAnchor, link.origin.clone()).with("value", &link.anchor);
            let near = nearest(&link.anchor, ids.iter().map(String::as_str)).map(ToOwned::to_owned);
            log.add(match near {
                Some(near) => finding.with("near", near),
                None => finding,
            });
        }
    }
}

/// Ids of the elements of a page.
fn ids(html: &str) -> BTreeSet<String> {
    html.split(" id=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}
