//! Fact boxes: the `note` directive, and quotations that GitHub shows as alerts (`> [!NOTE]`).

use crate::page::view::{Aside, Html};
use crate::render::markdown::excerpt::Excerpt;
use crate::render::markdown::parts::NotePart;
use crate::render::markdown::writer::NarrativeWriter;
use pulldown_cmark::BlockQuoteKind;
use std::ops::Range;

impl NarrativeWriter<'_> {
    /// Whether a box is written with the keys `title` and `text` rather than as Markdown alone.
    pub(super) fn has_keys_of_note(&self, pieces: &[Range<usize>]) -> bool {
        let mut lines = pieces.iter().flat_map(|piece| lines(self.text, piece)).peekable();
        lines.peek().is_none() || lines.any(|line| self.text[line].starts_with("text:"))
    }

    /// A box of Markdown alone. A heading on its first line, or `title:` there, is its title.
    pub(super) fn plain_note(&mut self, pieces: &[Range<usize>]) -> Option<String> {
        let source = self.text;
        let lines: Vec<Range<usize>> = pieces.iter().flat_map(|piece| lines(source, piece)).collect();
        let first = lines.iter().position(|line| !source[line.clone()].trim().is_empty());
        let (first, rest) = first.map_or((lines[0].clone(), &lines[1..]), |at| {
            (lines[at].clone(), &lines[at + 1..])
        });
        let line = &source[first.clone()];
        let heading = line.trim_start_matches('#');
        let title = line
            .strip_prefix("title:")
            .map(|title| title.trim().trim_matches(['"', '\'']))
            .or_else(|| {
                heading
                    .strip_prefix(' ')
                    .filter(|_| heading.len() < line.len())
                    .map(str::trim)
            });
        let mut excerpt = Excerpt::default();
        let title_line = std::iter::once(&first).filter(|_| title.is_none());
        for line in title_line.chain(rest) {
            excerpt.push(&self.masked.text[line.clone()], line.start);
        }
        let title = title.map(|title| self.title(title, &first));
        let html = Html(self.nested(&excerpt));
        self.note_part(Aside { title, html })
    }

    /// A title within this line, its expressions evaluated.
    fn title(&self, title: &str, line: &Range<usize>) -> String {
        let start = line.start + self.text[line.clone()].find(title).unwrap_or(0);
        let place = |words: &str, at: usize| self.place(&(start + at..start + at + words.len()));
        self.calculator.plain_text(title, &place, self.log)
    }

    /// A quotation of a kind, titled by the word of the page's language.
    pub(super) fn alert(&mut self, kind: BlockQuoteKind, html: String) -> String {
        let word = match kind {
            BlockQuoteKind::Note => "note.note",
            BlockQuoteKind::Tip => "note.tip",
            BlockQuoteKind::Important => "note.important",
            BlockQuoteKind::Warning => "note.warning",
            BlockQuoteKind::Caution => "note.caution",
        };
        let aside = Aside {
            title: Some(self.page.word(word).to_owned()),
            html: Html(html),
        };
        self.note_part(aside).unwrap_or_default()
    }

    pub(super) fn note_part(&self, note: Aside) -> Option<String> {
        self.part("note", &NotePart { note })
    }
}

/// The lines of a piece of the source.
fn lines<'a>(source: &'a str, piece: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut at = piece.start;
    source[piece.clone()].split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    })
}
