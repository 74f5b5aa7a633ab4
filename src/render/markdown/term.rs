//! Terms: the first mention of an abbreviation on a page links to its explanation.

use crate::model::Layout;
use crate::page::context::PageContext;
use crate::page::routes::{Reference, relative};
use crate::render::markdown::markup::inline_html;
use crate::theme::escape;
use pulldown_cmark::Event;

/// Terms without a link on this page yet.
pub(super) struct TermLinks<'a> {
    /// Word, meaning, address of the explanation.
    unlinked: Vec<(&'a str, String, String)>,
}

impl<'a> TermLinks<'a> {
    /// The site's abbreviations; none on the page that explains them, or without such a page.
    pub(super) fn new(page: PageContext<'a>) -> Self {
        let Some(route) = page_of_terms(page).filter(|route| *route != page.route()) else {
            return Self { unlinked: Vec::new() };
        };
        let code = page.code();
        let abbreviations = page.site.terms.iter().filter(|term| !term.name.is_empty());
        let entry = |term: &'a crate::model::Term| {
            let href = format!("{}#{}", relative(page.route(), route), term.id);
            (
                term.term.in_language(code),
                term.name.in_language(code).to_owned(),
                href,
            )
        };
        let mut unlinked: Vec<_> = abbreviations
            .map(entry)
            .filter(|(word, ..)| word.chars().any(char::is_uppercase))
            .collect();
        // Longer words first, so that BRP+ is not taken for BRP.
        unlinked.sort_by_key(|(word, ..)| std::cmp::Reverse(word.len()));
        Self { unlinked }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.unlinked.is_empty()
    }

    /// The text with the first mention of each term linked.
    pub(super) fn explain(&mut self, text: &str, out: &mut Vec<Event<'_>>) {
        let mentions = self
            .unlinked
            .iter()
            .enumerate()
            .filter_map(|(index, (word, ..))| Some((find_word(text, word)?, index)));
        let Some((at, index)) = mentions.min_by_key(|(at, index)| (*at, *index)) else {
            out.push(Event::Text(text.to_owned().into()));
            return;
        };
        let (word, name, href) = self.unlinked.remove(index);
        if at > 0 {
            out.push(Event::Text(text[..at].to_owned().into()));
        }
        let (word_html, name, href) = (escape(word), escape(&name), escape(&href));
        out.push(inline_html(format!(
            "<a class=\"term\" href=\"{href}\" title=\"{name}\">{word_html}</a>"
        )));
        let rest = &text[at + word.len()..];
        if !rest.is_empty() {
            self.explain(rest, out);
        }
    }
}

/// Address of the page that explains terms.
pub(super) fn page_of_terms(page: PageContext<'_>) -> Option<&str> {
    let terms = page.page_of_layout(Layout::Terms)?;
    page.find(&Reference::Page(terms.id.clone()))
}

/// Byte at which the word stands by itself, not within another.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let letter = |c: char| c.is_alphanumeric() || c == '+' || c == '-';
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back().is_none_or(|c| !letter(c));
        before && text[at + word.len()..].chars().next().is_none_or(|c| !letter(c))
    })
}

#[cfg(test)]
mod tests {
    use super::find_word;

    #[test]
    fn words_stand_by_themselves() {
        assert_eq!(find_word("BRP+ och BRP.", "BRP"), Some(9));
        assert_eq!(find_word("RUS-mål", "RUS"), None);
    }
}
