//! Breaks running text into lines.
//!
//! Takes a text and a width; gives lines without surrounding space. Breaks at spaces and after a hyphen, dash or slash
//! between letters; inside a word, at its soft hyphens or else in even parts, only where the word alone is wider. Nothing is
//! cut off, and a year such as 2018/19 stays whole.

use super::super::widths::width;

/// A size and a weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    /// Font size in pixels.
    pub(super) size: f64,
    /// Whether bold.
    pub(super) bold: bool,
    /// Distance between baselines.
    pub(super) leading: f64,
}

/// The author's own proposal for a break.
const SOFT: char = '\u{ad}';

impl Face {
    /// Width of a text in one line.
    pub(super) fn width(self, text: &str) -> f64 {
        width(&text.replace(SOFT, ""), self.size, self.bold)
    }

    /// Width of the widest part that no break divides, in a box wide enough.
    pub(super) fn widest_word(self, text: &str) -> f64 {
        words(text)
            .flat_map(parts)
            .map(|part| self.width(part))
            .fold(0.0, f64::max)
    }

    /// Lines no wider than `limit`, as far as two letters and a hyphen are not.
    pub(super) fn fold(self, text: &str, limit: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words(text) {
            let mut space = " ";
            for part in parts(word) {
                for piece in self.pieces(part, limit) {
                    match lines.last_mut() {
                        Some(line) if self.width(&format!("{line}{space}{piece}")) <= limit => {
                            line.push_str(space);
                            line.push_str(&piece);
                        }
                        _ => lines.push(piece),
                    }
                    space = "";
                }
            }
        }
        lines
    }

    /// As many lines as [`Face::fold`] gives, of more even length, so that no short word is left alone on the last.
    pub(super) fn balance(self, text: &str, limit: f64) -> Vec<String> {
        let mut best = self.fold(text, limit);
        let whole = best.join(" ");
        let mut narrower = limit - 4.0;
        while best.len() > 1 && narrower > limit / 2.0 {
            let next = self.fold(text, narrower);
            // Not at the price of a line more, or of a word broken otherwise.
            if next.len() > best.len() || next.join(" ") != whole {
                break;
            }
            best = next;
            narrower -= 4.0;
        }
        best
    }

    /// A part whole, or in pieces that fit, each but the last with a hyphen.
    fn pieces(self, part: &str, limit: f64) -> Vec<String> {
        if self.width(part) <= limit {
            return vec![part.replace(SOFT, "")];
        }
        let chunks = part
            .split(SOFT)
            .filter(|chunk| !chunk.is_empty())
            .flat_map(|chunk| self.evenly(chunk, limit));
        let mut pieces: Vec<String> = Vec::new();
        for chunk in chunks {
            match pieces.last_mut() {
                Some(last) if self.width(&format!("{last}{chunk}-")) <= limit => last.push_str(&chunk),
                _ => pieces.push(chunk),
            }
        }
        let inner = pieces.len().saturating_sub(1);
        pieces.iter_mut().take(inner).for_each(|piece| piece.push('-'));
        pieces
    }

    /// A chunk in as few parts of like length as fit with a hyphen.
    fn evenly(self, chunk: &str, limit: f64) -> Vec<String> {
        let letters: Vec<char> = chunk.chars().collect();
        for count in 1..=letters.len() {
            let length = letters.len().div_ceil(count);
            let parts: Vec<String> = letters.chunks(length).map(|part| part.iter().collect()).collect();
            if length <= 2 || parts.iter().all(|part| self.width(&format!("{part}-")) <= limit) {
                return parts;
            }
        }
        vec![chunk.to_owned()]
    }
}

/// Words at spaces that may break; a space that may not stays inside.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n', '\r', '\t']).filter(|word| !word.is_empty())
}

/// Parts of a word, parted after a hyphen, dash or slash that stands between letters.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(word);
    std::iter::from_fn(move || {
        let whole = rest.take()?;
        let mut before = ' ';
        for (at, letter) in whole.char_indices() {
            let end = at + letter.len_utf8();
            let is_joint = |letter| matches!(letter, '-' | '–' | '/');
            let after_word = before.is_alphabetic() || is_joint(before);
            if is_joint(letter) && after_word && whole[end..].starts_with(char::is_alphabetic) {
                rest = Some(&whole[end..]);
                return Some(&whole[..end]);
            }
            before = letter;
        }
        Some(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face {
        size: 13.0,
        bold: false,
        leading: 17.0,
    };

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(
            FACE.fold("Låg gymnasie\u{ad}behörighet i länet", 140.0),
            ["Låg", "gymnasiebehörighet", "i länet"]
        );
        assert_eq!(
            FACE.fold("Låg gymnasie\u{ad}behörighet", 90.0),
            ["Låg", "gymnasie-", "behörighet"]
        );
        assert_eq!(FACE.fold("78,1\u{a0}% (2018/19)", 70.0), ["78,1\u{a0}%", "(2018/19)"]);
        assert_eq!(
            FACE.fold("vård-/omsorg 2018–2019", 80.0),
            ["vård-/", "omsorg", "2018–2019"]
        );
    }

    #[test]
    fn no_word_is_left_alone() {
        assert_eq!(
            FACE.fold("Tilliten mellan människor är låg", 190.0)
                .last()
                .map(String::as_str),
            Some("låg")
        );
        assert_eq!(
            FACE.balance("Tilliten mellan människor är låg", 190.0),
            ["Tilliten mellan", "människor är låg"]
        );
        assert_eq!(FACE.balance("Ja", 190.0), ["Ja"]);
    }

    #[test]
    fn overlong_words_break_evenly_and_lose_nothing() {
        let lines = FACE.fold("Handelsbalansutvecklingsprognosinstitut", 110.0);
        assert!(
            lines.len() == 3 && lines.iter().all(|line| FACE.width(line) <= 110.0),
            "{lines:?}"
        );
        assert_eq!(
            lines.concat().replace('-', ""),
            "Handelsbalansutvecklingsprognosinstitut"
        );
        assert_eq!(FACE.fold("abcdef", 1.0).concat().replace('-', ""), "abcdef");
        assert!(FACE.fold("", 50.0).is_empty());
    }
}
