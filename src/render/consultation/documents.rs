//! Documents to read before answering: pages of the site, its files, addresses elsewhere.

use crate::finding::{Code, Finding, Log, nearest};
use crate::model::{Consultation, Document};
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::page::view::Link;

/// What one should read: pages of the site, its files, other addresses. What leads nowhere is reported, once.
pub(super) fn documents(page: PageContext<'_>, consultation: &Consultation, log: &Log) -> Vec<Link> {
    let code = page.code();
    let told = |document: &Document| {
        let (target, anchor) = document
            .link
            .split_once('#')
            .map_or((&*document.link, ""), |(target, rest)| (target, rest));
        let href = match target.split_once(':') {
            Some(("https", _)) => Some(document.link.clone()),
            Some(("page", id)) => {
                let way = page.href(&Reference::Page(id.to_owned()));
                way.map(|way| {
                    if anchor.is_empty() {
                        way
                    } else {
                        format!("{way}#{anchor}")
                    }
                })
            }
            Some(_) => None,
            None => page
                .report
                .files
                .iter()
                .find(|file| *file == target)
                .map(|file| page.href_to(file)),
        };
        if href.is_none() && page.locale.number == 0 {
            log.append(lost(page, document, target).into_iter().collect());
        }
        let note = document.note.in_language(code);
        Link {
            title: document.title.in_language(code).to_owned(),
            href: href.unwrap_or_default(),
            note: (!note.is_empty()).then(|| note.to_owned()),
        }
    };
    consultation.documents.iter().map(told).collect()
}

/// A document that cannot be linked to; pages have been looked for when names were followed.
fn lost(page: PageContext<'_>, document: &Document, target: &str) -> Option<Finding> {
    let at = document.origin.at("link");
    match target.split_once(':') {
        Some(("page", _)) => None,
        Some(_) => Some(Finding::new(Code::LinkScheme, at).with("target", &document.link)),
        None => {
            let finding = Finding::new(Code::LinkBroken, at).with("target", &document.link);
            Some(match nearest(target, page.report.files.iter().map(String::as_str)) {
                Some(near) => finding.with("near", near),
                None => finding,
            })
        }
    }
}
