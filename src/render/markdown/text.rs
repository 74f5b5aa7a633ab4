//! Expressions in texts outside the narrative (titles, descriptions, notes, texts of data files) and in its HTML.
//!
//! They become plain text, since such texts go into attributes, files to download and feeds as well as into pages.

use crate::finding::{Code, Finding, Log, message};
use crate::model::Site;
use crate::page::locale::Locale;
use crate::read::TextEvaluator;
use crate::render::markdown::expression::{Calculator, Evaluated};
use crate::render::markdown::indicator_functions;
use crate::render::markdown::mask::{self, MARK, Masked};
use crate::render::markdown::writer::NarrativeWriter;
use crate::source::Origin;
use crate::survey::Results;
use crate::theme::escape;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Evaluates texts of data files, each in its language.
pub(crate) struct SiteTexts {
    /// By language; the site's first language first.
    calculators: Vec<(String, Calculator)>,
}

impl SiteTexts {
    /// Of a site as it was read first, whose texts still hold expressions: names do not, and no function asks for more.
    pub(crate) fn new(site: &Arc<Site>, results: &[Results], locales: &[Locale<'_>]) -> Self {
        let calculator = |locale: &Locale<'_>| (locale.code.to_owned(), Calculator::new(site, results, locale));
        Self {
            calculators: locales.iter().map(calculator).collect(),
        }
    }
}

impl TextEvaluator for SiteTexts {
    fn evaluated_text(&self, text: &str, language: &str, origin: &Origin, log: &Log) -> String {
        let of_language = self.calculators.iter().find(|(code, _)| code == language);
        match of_language.or(self.calculators.first()) {
            Some((_, calculator)) => calculator.evaluated_text(text, language, origin, log),
            None => text.to_owned(),
        }
    }
}

impl TextEvaluator for Calculator {
    fn evaluated_text(&self, text: &str, _: &str, origin: &Origin, log: &Log) -> String {
        self.plain_text(text, &|words, _| origin.within(words), log)
    }
}

impl Calculator {
    /// A text with the results of its expressions; `place` gives the place of words at a byte of it.
    pub(super) fn plain_text(&self, text: &str, place: &dyn Fn(&str, usize) -> Origin, log: &Log) -> String {
        let mut out = String::new();
        let mut at = 0;
        while let Some(start) = text[at..].find("{{").map(|start| at + start) {
            out.push_str(&text[at..start]);
            let Some(end) = mask::end(text, start) else {
                at = start;
                break;
            };
            let inner = &text[start + 2..end - 2];
            let code = inner.trim();
            let origin = place(code, start + 2 + (inner.len() - inner.trim_start().len()));
            let result = self.evaluate(code, &origin, &mut BTreeSet::new(), log);
            out.extend(result.map(Evaluated::into_text));
            at = end;
        }
        let rest = &text[at..];
        out.push_str(rest);
        // Results are not looked at: a name may hold what it likes.
        let fixed = outside_expressions(text);
        if let Some((start, braces)) = fixed {
            let problem = match braces {
                "{{" => message::expression_open(),
                "}}" => message::expression_stray(),
                "{" => message::expression_single(),
                _ => message::expression_statement(),
            };
            let finding = Finding::new(Code::ExpressionSyntax, place(braces, start));
            log.add(finding.with_message("problem", problem));
        }
        out
    }
}

impl<'a> NarrativeWriter<'a> {
    /// Reports braces in text at these bytes that belong to no expression. One that never ends is told when all are looked for,
    /// and statements among other marks that are no Markdown.
    pub(super) fn report_braces(&self, range: &Range<usize>) {
        let Some((at, braces)) = outside_expressions(&self.masked.text[range.clone()]) else {
            return;
        };
        let start = range.start + at;
        let problem = match braces {
            "}}" if !self.is_in_open_expression(start) => message::expression_stray(),
            "{" => message::expression_single(),
            _ => return,
        };
        let finding = Finding::new(Code::ExpressionSyntax, self.place(&(start..start + braces.len())));
        self.log.add(finding.with_message("problem", problem));
    }

    /// Whether an expression has begun before this byte of the paragraph and does not end, which has been told.
    fn is_in_open_expression(&self, at: usize) -> bool {
        let before = &self.masked.text[..at];
        before[before.rfind("\n\n").unwrap_or(0)..].contains("{{")
    }

    /// The result of the expression at these bytes, braces included.
    pub(super) fn evaluate(&mut self, expression: &Range<usize>) -> Option<Evaluated> {
        let inner = &self.text[expression.start + 2..expression.end - 2];
        let code = inner.trim();
        let blanks = inner.len() - inner.trim_start().len();
        let start = self.offset + expression.start + 2 + blanks;
        let place = Origin::span(&self.file, start..start + code.len());
        self.calculator
            .evaluate(code, &place, &mut self.rendered.uses, self.log)
    }

    /// HTML of the author's with its hidden expressions evaluated: plain text, since they may stand in an attribute. In a
    /// comment they stay, for nobody reads them.
    pub(super) fn evaluated(&mut self, html: &str, range: &Range<usize>) -> String {
        if html.trim_start().starts_with("<!--") {
            return self.unmasked(html, range);
        }
        self.with_results(html, range, |result| escape(&result).replace('\'', "&#39;"))
    }

    /// The title of a link that stands at these bytes, with its expressions evaluated.
    pub(super) fn link_title(&mut self, title: &str, range: &Range<usize>) -> String {
        let begin = self.masked.text[range.clone()].rfind(title).unwrap_or(0);
        let begin = range.start + begin;
        self.with_results(title, &(begin..range.end), |result| result)
    }

    /// A text with the results of the expressions that stand in it, which all stand at these bytes.
    fn with_results(&mut self, text: &str, range: &Range<usize>, written: impl Fn(String) -> String) -> String {
        let mut out = text.to_owned();
        let masked: &Masked<'a> = self.masked;
        for expression in masked.within(range).filter(|_| text.contains(MARK)) {
            let hidden = &masked.text[expression.clone()];
            if out.contains(hidden) {
                let result = self.evaluate(expression).map_or_else(String::new, Evaluated::into_text);
                out = out.replacen(hidden, &written(result), 1);
            }
        }
        out
    }
}

/// The first braces of a text that belong to no expression, and their byte.
pub(super) fn outside_expressions(text: &str) -> Option<(usize, &'static str)> {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let pairs = ["{{", "}}", "{%", "%}"].into_iter();
        let (start, braces) = pairs
            .filter_map(|braces| Some((at + rest.find(braces)?, braces)))
            .chain(single_brace(rest).map(|start| (at + start, "{")))
            .min()?;
        match mask::end(text, start).filter(|_| braces == "{{") {
            Some(end) => at = end,
            None => return Some((start, braces)),
        }
    }
}

/// The first brace that stands alone before a function: `{value("…")}`, `{ { value("…") } }`.
fn single_brace(text: &str) -> Option<usize> {
    text.match_indices('{').map(|(start, _)| start).find(|start| {
        let word = text[*start + 1..].trim_start_matches([' ', '{']);
        let is_pair = text[*start + 1..].starts_with('{') || text[..*start].ends_with('{');
        let call = |name: &&str| word.strip_prefix(name).is_some_and(|rest| rest.starts_with('('));
        !is_pair && indicator_functions::NAMES.iter().any(call)
    })
}

#[cfg(test)]
mod tests {
    use super::outside_expressions;

    #[test]
    fn braces_without_their_partner_are_found() {
        assert_eq!(outside_expressions("a {{ b(\"}}\") }} c"), None);
        assert_eq!(outside_expressions("{{ a }} {% if %}"), Some((8, "{%")));
        assert_eq!(outside_expressions("value(1) }}"), Some((9, "}}")));
        assert_eq!(outside_expressions("{{ value(1)"), Some((0, "{{")));
        assert_eq!(outside_expressions("a {value(1)}"), Some((2, "{")));
        assert_eq!(outside_expressions("{ { value(1) } }"), Some((0, "{")));
        assert_eq!(outside_expressions("{{ value(1) }} {a} {value}"), None);
    }
}
