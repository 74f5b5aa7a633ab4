//! Text put together of pieces of a source, of which every byte keeps its place.

use std::ops::Range;

/// Text of a block of Markdown or HTML, as it is read, with the places of its pieces in the source.
#[derive(Default)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Byte of the text at which each piece begins, and the byte of the source it came from.
    pieces: Vec<(usize, usize)>,
}

impl Excerpt {
    /// Adds a piece that begins at byte `at` of the source.
    pub(super) fn push(&mut self, piece: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(piece);
    }

    /// Empties it for the next block.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// The bytes of the source from which these bytes of the text came.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let last = range.end.saturating_sub(1).max(range.start);
        self.byte(range.start)..self.byte(last) + usize::from(range.end > range.start)
    }

    fn byte(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(begin, _)| *begin <= at);
        let (begin, source) = piece.checked_sub(1).map_or((0, 0), |last| self.pieces[last]);
        source + (at - begin)
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn bytes_keep_their_places() {
        let mut excerpt = Excerpt::default();
        excerpt.push("ab", 10);
        excerpt.push("cd", 20);
        assert_eq!(excerpt.text, "abcd");
        assert_eq!(excerpt.source(&(1..3)), 11..21);
        assert_eq!(excerpt.source(&(2..4)), 20..22);
        assert_eq!(excerpt.source(&(4..4)), 22..22);
    }
}
