//! The text of each block of a narrative while its events go by, to find leftovers of Markdown in it.

use crate::finding::message;
use crate::render::markdown::excerpt::Excerpt;
use crate::render::markdown::leftover::{Leftover, NEUTRAL, ends_sentence, leftovers};
use crate::render::markdown::mask::MARK;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// Most characters of a paragraph in bold that is taken for a heading.
const LONGEST_HEADING: usize = 80;

/// The text of a block.
#[derive(Default)]
pub(super) struct Block {
    excerpt: Excerpt,
    /// Whether the block is running text, rather than a heading or a cell.
    is_running: bool,
    /// Whether the block is a paragraph of the page itself, rather than of a list or quotation.
    is_paragraph: bool,
    links: usize,
    bold: usize,
    /// Whether something stands outside bold.
    is_mixed: bool,
}

/// The block that is being read, and the leftovers of those before it.
#[derive(Default)]
pub(super) struct BlockText {
    block: Block,
    /// Depth of lists, quotations and footnotes.
    depth: usize,
    /// Rows of tables with their number of cells, where it is not the table's number of columns, which stands behind.
    pub(super) uneven_rows: Vec<(Range<usize>, usize, usize)>,
    /// Number of columns of the last table.
    columns: usize,
    /// Footnotes that are referred to, and the definitions there are.
    referred: BTreeSet<String>,
    defined: Vec<(String, Range<usize>)>,
    found: Vec<Leftover>,
}

impl BlockText {
    /// Takes notice of an event; `source` is the narrative.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>, source: &str) {
        match event {
            Event::Text(text) => self.text(text, range, source),
            Event::Code(_) if self.block.excerpt.text.is_empty() && source[range.clone()].starts_with("```") => {
                self.found.push((range.clone(), message::markdown_fence_line()));
                self.neutral(range);
            }
            Event::Code(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => self.neutral(range),
            Event::FootnoteReference(name) => {
                self.referred.insert(name.to_string());
                self.neutral(range);
            }
            Event::SoftBreak | Event::HardBreak => self.block.excerpt.push("\n", range.start),
            Event::Start(Tag::Strong) => self.block.bold += 1,
            Event::End(TagEnd::Strong) => self.block.bold = self.block.bold.saturating_sub(1),
            Event::Start(Tag::Link { .. }) => self.block.links += 1,
            Event::End(TagEnd::Link) => self.block.links = self.block.links.saturating_sub(1),
            Event::Start(Tag::Emphasis | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Image) => {}
            Event::Start(tag) => {
                self.end_block();
                self.block.is_running = !matches!(tag, Tag::Heading { .. } | Tag::TableCell);
                self.block.is_paragraph = matches!(tag, Tag::Paragraph) && self.depth == 0;
                if is_container(tag) {
                    self.depth += 1;
                }
                match tag {
                    Tag::FootnoteDefinition(name) => self.defined.push((name.to_string(), range.clone())),
                    Tag::Table(columns) => self.columns = columns.len(),
                    Tag::TableRow => self.row(range, source),
                    _ => {}
                }
            }
            Event::End(tag) => {
                self.end_block();
                if matches!(tag, TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) {
                    self.depth = self.depth.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// A row of a table with other cells than there are headings: what is too much would vanish, what lacks would be empty.
    fn row(&mut self, range: &Range<usize>, source: &str) {
        let row = source[range.clone()].trim();
        let inner = row.strip_prefix('|').unwrap_or(row);
        let is_bar = |(at, _): &(usize, &str)| !inner[..*at].ends_with('\\');
        let bars = inner.match_indices('|').filter(is_bar).count();
        let cells = if inner.ends_with('|') && !inner.ends_with("\\|") {
            bars
        } else {
            bars + 1
        };
        if cells != self.columns {
            let line = range.start..range.start + row.len();
            self.uneven_rows.push((line, cells, self.columns));
        }
    }

    /// All leftovers, when the narrative has ended.
    pub(super) fn into_leftovers(mut self, source: &str) -> Vec<Leftover> {
        self.end_block();
        let unused = self.defined.iter().filter(|(name, _)| !self.referred.contains(name));
        for (name, range) in unused {
            let mark = range.start..range.start + source[range.clone()].find(':').unwrap_or(0);
            self.found.push((mark, message::markdown_footnote_unused(name)));
        }
        self.found.sort_by_key(|(range, _)| range.start);
        self.found
    }

    /// Puts the block aside while one within it is read, such as a caption.
    pub(super) fn suspend(&mut self) -> Block {
        std::mem::take(&mut self.block)
    }

    /// Goes on with the block that was put aside.
    pub(super) fn resume(&mut self, block: Block) {
        self.end_block();
        self.block = block;
    }

    fn text(&mut self, text: &str, range: &Range<usize>, source: &str) {
        self.block.is_mixed |= self.block.bold == 0 && !text.trim().is_empty();
        let is_address_of_link = self.block.links > 0 && text.contains("://");
        if is_address_of_link || source.get(range.clone()) != Some(text) {
            // Entities are meant as they are, and so are the names of links that are addresses.
            self.block.excerpt.push("\u{1}", range.start);
            return;
        }
        let is_escaped = source[..range.start].ends_with('\\');
        let escaped = text.chars().next().filter(|_| is_escaped).map_or(0, char::len_utf8);
        if escaped > 0 {
            self.block.excerpt.push("\u{1}", range.start);
        }
        self.block.excerpt.push(&text[escaped..], range.start + escaped);
    }

    fn neutral(&mut self, range: &Range<usize>) {
        self.block.is_mixed = true;
        self.block.excerpt.push(NEUTRAL.encode_utf8(&mut [0; 4]), range.start);
    }

    fn end_block(&mut self) {
        let mut excerpt = std::mem::take(&mut self.block.excerpt);
        let text = excerpt.text.trim();
        let is_bold = self.block.is_paragraph && !self.block.is_mixed && !text.is_empty();
        if is_bold
            && text.chars().count() <= LONGEST_HEADING
            && text.contains(char::is_alphabetic)
            && !text.contains([MARK, NEUTRAL, '\n'])
            && !ends_sentence(text)
        {
            // With the marks of bold around it.
            let inner = excerpt.source(&(0..excerpt.text.len()));
            let range = inner.start.saturating_sub(2)..inner.end + 2;
            self.found
                .push((range, message::markdown_heading_bold(format!("## {text}"))));
        }
        for (range, problem) in leftovers(&excerpt.text, self.block.is_running) {
            self.found.push((excerpt.source(&range), problem));
        }
        excerpt.clear();
        self.block.excerpt = excerpt;
        self.block.is_mixed = false;
        self.block.is_paragraph = false;
    }
}

/// Whether paragraphs within this are no paragraphs of the page itself.
fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_))
}
