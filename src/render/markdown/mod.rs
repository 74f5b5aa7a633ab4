//! Narrative → HTML.
//!
//! Takes a page's Markdown; gives its HTML, its headings, the indicators it uses, and the anchors it links to. Markdown is
//! read as events, in place; expressions, directives and links are dealt with one event at a time, and every fault is
//! reported at its own bytes.

mod answer_functions;
mod block_text;
mod claim;
mod directive;
mod excerpt;
mod expression;
mod expression_parts;
mod figure_query;
mod footnote;
mod heading;
mod indicator_functions;
mod language_tag;
mod leftover;
mod link;
mod markup;
mod mask;
mod note;
mod parts;
mod path;
mod picture;
mod raw_html;
mod record;
mod rendered;
mod term;
mod text;
mod writer;

pub(crate) use expression::Calculator;
pub(crate) use rendered::{AnchorLink, HeadingPlace, LoadKind, LoadSource, RenderedMarkdown};
pub(crate) use text::SiteTexts;

use crate::finding::Log;
use crate::model::Page;
use crate::page::context::PageContext;
use crate::source::Origin;
use writer::NarrativeWriter;

/// The narrative of a page as HTML.
pub(crate) fn render(page: PageContext<'_>, narrative: &Page, calculator: &Calculator, log: &Log) -> RenderedMarkdown {
    let prose = &narrative.prose;
    let masked = mask::mask(prose.narrative(), prose.start, &Origin::file(&prose.file), log);
    NarrativeWriter::new(page, prose, &masked, calculator, log).into_html()
}
