//! Documents to read before answering: pages of the site, its files, addresses elsewhere.

use crate::finding::{Code, Finding, Log, nearest};
use crate::model::{Consultation, Document};
use crate::page::consultation_state::chapter;
use crate::page::context::PageContext;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::Link;

/// Links to the draft and the adopted text, and to the documents; one that leads nowhere has no address and is reported, in the site's first language only.
pub(super) fn documents(page: PageContext<'_>, consultation: &Consultation, log: &Log) -> Vec<Link> {
    let code = page.code();
    let link = |document: &Document| {
        let (target, anchor) = document
            .link
            .split_once('#')
            .map_or((&*document.link, None), |(target, anchor)| (target, Some(anchor)));
        let href = match target.split_once(':') {
            Some(("https", _)) => Some(document.link.clone()),
            Some(("page", id)) => {
                let href = page.href(&Reference::Page(id.to_owned()));
                href.map(|href| anchor.map_or_else(|| href.clone(), |anchor| format!("{href}#{anchor}")))
            }
            Some(_) => None,
            None => page
                .report
                .files
                .get_key_value(target)
                .map(|(file, _)| page.href_to(file)),
        };
        if href.is_none() && page.locale.number == 0 {
            report_broken(page, document, target, log);
        }
        let note = document.note.in_language(code);
        Link {
            title: document.title.in_language(code).to_owned(),
            href: href.unwrap_or_default(),
            note: (!note.is_empty()).then(|| note.to_owned()),
        }
    };
    let texts = [
        chapter(page, consultation, Chapter::Draft, "consultation.read_draft"),
        chapter(page, consultation, Chapter::Adopted, "consultation.read_adopted"),
        chapter(page, consultation, Chapter::Statements, "consultation.read_statements"),
    ];
    let texts = texts.into_iter().flatten();
    texts.chain(consultation.documents.iter().map(link)).collect()
}

/// Reports a document that cannot be linked to. Unknown pages have been reported when ids were bound.
fn report_broken(page: PageContext<'_>, document: &Document, target: &str, log: &Log) {
    let finding = |code| Finding::new(code, document.origin.at("link")).with("target", &document.link);
    match target.split_once(':') {
        Some(("page", _)) => {}
        Some(_) => log.add(finding(Code::LinkScheme)),
        None => log.add(match nearest(target, page.report.files.keys().copied()) {
            Some(near) => finding(Code::LinkBroken).with("near", near),
            None => finding(Code::LinkBroken),
        }),
    }
}
