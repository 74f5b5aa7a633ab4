//! Terms: the first mention of an abbreviation on a page links to what it means.

use crate::model::Layout;
use crate::page::context::PageContext;
use crate::page::routes::{Reference, relative};
use crate::render::markdown::raw_inline;
use crate::theme::escape;
use pulldown_cmark::Event;

/// Terms that have not been mentioned on this page yet.
pub(super) struct Terms<'a> {
    /// Word, what it stands for, address of its explanation.
    open: Vec<(&'a str, String, String)>,
}

impl<'a> Terms<'a> {
    /// The site's abbreviations, if it has a page that explains them and this is not it.
    pub(super) fn of(page: PageContext<'a>) -> Self {
        let Some(route) = page_of_terms(page).filter(|route| *route != page.route()) else {
            return Self { open: Vec::new() };
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
        let mut open: Vec<_> = abbreviations
            .map(entry)
            .filter(|(word, ..)| word.chars().any(char::is_uppercase))
            .collect();
        // Longer words first, so that BRP+ is not taken for BRP.
        open.sort_by_key(|(word, ..)| std::cmp::Reverse(word.len()));
        Self { open }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The text with the first mention of each term linked.
    pub(super) fn explain(&mut self, text: &str, out: &mut Vec<Event<'_>>) {
        let found = self
            .open
            .iter()
            .enumerate()
            .filter_map(|(index, (word, ..))| Some((find_word(text, word)?, index)));
        let Some((at, index)) = found.min_by_key(|(at, index)| (*at, *index)) else {
            out.push(Event::Text(text.to_owned().into()));
            return;
        };
        let (word, name, href) = self.open.remove(index);
        if at > 0 {
            out.push(Event::Text(text[..at].to_owned().into()));
        }
        let (word_html, name, href) = (escape(word), escape(&name), escape(&href));
        out.push(raw_inline(format!(
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

/// Where the word stands by itself.
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
