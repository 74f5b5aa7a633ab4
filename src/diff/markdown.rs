//! A difference → Markdown for a comment on a pull or merge request.
//!
//! Takes a [`Difference`](super::Difference) and the findings about it; gives the lines of the terminal as headings and lists.
//! Their words come from whoever proposes the change: none of them becomes markup, a mention or a link.

use super::Difference;
use super::text::{lines, title};
use crate::finding::{Finding, Language, Messages};

/// Bytes that a comment may have: GitHub takes 65,536 characters.
const LONGEST: usize = 60_000;

/// The difference, and the findings about it.
#[must_use]
pub fn markdown(difference: &Difference<'_>, about: &[Finding], names: (&str, &str), language: Language) -> String {
    let messages = Messages::new(language);
    let mut text = format!("## {}\n", title(language));
    // The first line names the two sites by what they are called on the machine that compares them.
    for line in lines(difference, names, language)
        .into_iter()
        .skip(1)
        .filter(|line| !line.is_empty())
    {
        let words = line.trim_start();
        let depth = line.len() - words.len();
        let (is_sentence, words) = (words.ends_with('.'), escaped(words));
        let line = match depth {
            0 if is_sentence => format!("\n{words}\n"),
            0 => format!("\n### {words}\n\n"),
            depth => format!("{}- {words}\n", " ".repeat(depth - 2)),
        };
        text.push_str(&line);
    }
    if !about.is_empty() {
        text.push('\n');
    }
    for finding in about {
        let headline = escaped(&messages.headline(finding));
        text.extend(["- **", finding.code.name(), "** ", &headline, "\n"]);
    }
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(text[..end].rfind('\n').map_or(end, |line| line + 1));
        text.push_str("\n…\n");
    }
    text
}

/// Text in which no character means anything to Markdown, and from which no name or address becomes a link.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !",()/%;'".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
        // A backslash does not keep a name from being called, or a number from being taken for an issue's.
        if matches!(letter, '@' | '#' | '!') {
            out.push('\u{200b}');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_is_never_markup() {
        assert_eq!(escaped("<b>[x](y) Örebro 2023/24"), r"\<b\>\[x\](y) Örebro 2023/24");
        assert_eq!(escaped("1. @alla"), "1\\. \\@\u{200b}alla");
    }
}
