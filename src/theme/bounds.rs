//! Bounds of expressions and templates: how much work and memory they may cost, and how long their chains may be.
//!
//! minijinja counts work and memory as *fuel* while it runs. Its parser bounds brackets and blocks, but not chains (`a|f|f|f…`,
//! `- - - a`, `elif`), each link of which takes room on the stack, and it panics on `import … as` without a name. So tags are
//! looked through here before it parses them.

use crate::finding::message::{self, Key, Message};
use std::fmt;
use std::ops::Range;

/// Fuel of one expression: so many instructions, or 64 times as many bytes. An expression needs less than a hundred.
pub(crate) const EXPRESSION_FUEL: u64 = 20_000;
/// Fuel of one page. The largest pages of the base theme need a twentieth.
pub(super) const PAGE_FUEL: u64 = 1_000_000;
/// Words and signs of one expression or tag, a text within quotation marks counted as one. The longest of the base theme has a
/// tenth.
const MOST_TOKENS: usize = 1_000;
/// Branches (`elif`) of one template.
const MOST_BRANCHES: usize = 500;
/// Bytes of one template.
const LARGEST_TEMPLATE: usize = 1 << 20;

/// What is beyond bounds, and where: bytes of the text.
#[derive(Clone, Debug)]
pub(crate) struct OutOfBounds {
    problem: Key,
    /// Bytes of the expression or template.
    pub(crate) span: Range<usize>,
    /// Name of the template; empty for an expression.
    pub(super) template: String,
}

impl OutOfBounds {
    /// The problem in words.
    pub(crate) fn problem(&self) -> Message {
        (self.problem)()
    }
}

impl fmt::Display for OutOfBounds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "out of bounds in `{}`", self.template)
    }
}

impl std::error::Error for OutOfBounds {}

/// Refuses an expression whose chains are too long to be parsed.
pub(crate) fn check_expression(text: &str) -> Result<(), OutOfBounds> {
    let tokens = Tokens { text, at: 0, depth: 0 };
    match tokens.take(MOST_TOKENS + 1).count() {
        ..=MOST_TOKENS => Ok(()),
        _ => Err(OutOfBounds {
            problem: message::expression_long,
            span: 0..text.len(),
            template: String::new(),
        }),
    }
}

/// Refuses a template that minijinja must not be asked to parse.
pub(super) fn check_template(name: &str, text: &str) -> Result<(), OutOfBounds> {
    let refused = |problem, span| OutOfBounds {
        problem,
        span,
        template: name.to_owned(),
    };
    if text.len() > LARGEST_TEMPLATE {
        return Err(refused(message::template_large, 0..0));
    }
    let mut branches = 0;
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|index| at + index) {
        at = match text.as_bytes().get(start + 1) {
            Some(b'#') => behind(text, start, "#}"),
            Some(b'{' | b'%') => {
                let mut tokens = Tokens {
                    text,
                    at: start + 2,
                    depth: 0,
                };
                let words: Vec<&str> = tokens.by_ref().take(MOST_TOKENS + 1).collect();
                let tag = start..tokens.at;
                if words.len() > MOST_TOKENS {
                    return Err(refused(message::template_long, tag));
                }
                let words: &[&str] = if matches!(words.first(), Some(&("-" | "+"))) {
                    &words[1..]
                } else {
                    &words
                };
                branches += usize::from(words.first() == Some(&"elif"));
                if branches > MOST_BRANCHES {
                    return Err(refused(message::template_branches, tag));
                }
                if words.first() == Some(&"import") && !imports_as_name(words) {
                    return Err(refused(message::template_import, tag));
                }
                match words.first() {
                    Some(&"raw") => behind(text, tag.end, "endraw"),
                    _ => tag.end,
                }
            }
            _ => start + 1,
        };
    }
    Ok(())
}

/// Byte behind the next `end`, or the end of the text.
fn behind(text: &str, at: usize, end: &str) -> usize {
    text[at..].find(end).map_or(text.len(), |index| at + index + end.len())
}

/// Whether a tag `import` gives what it imports a plain name.
fn imports_as_name(words: &[&str]) -> bool {
    let Some(at) = words.iter().rposition(|word| *word == "as") else {
        // A syntax error, which minijinja tells.
        return true;
    };
    let is_name = |word: &&str| word.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let rest: Vec<&str> = words[at + 1..]
        .iter()
        .copied()
        .filter(|word| !matches!(*word, "-" | "+"))
        .collect();
    matches!(rest.as_slice(), [name] | [name, "with" | "without", "context"] if is_name(name))
}

/// Words and signs of a tag, to its end and across it, as minijinja tells them apart.
struct Tokens<'t> {
    text: &'t str,
    /// Byte of the next token; behind the tag when there is none left.
    at: usize,
    /// Brackets that are open: braces within them do not end the tag.
    depth: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.text;
        let rest = &text[self.at..];
        let rest = rest.trim_start();
        let start = text.len() - rest.len();
        let first = rest.chars().next()?;
        if self.depth == 0 && (rest.starts_with("}}") || rest.starts_with("%}")) {
            self.at = start + 2;
            return None;
        }
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        let length = match first {
            '"' | '\'' => string_length(rest, first),
            _ if is_word(first) => rest.find(|character| !is_word(character)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        match first {
            '(' | '[' | '{' => self.depth += 1,
            ')' | ']' | '}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.at = start + length;
        Some(&text[start..self.at])
    }
}

/// Bytes of the string that `text` begins with, quotation marks included; all of the text when it is not closed.
fn string_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(template: &str) -> Option<Range<usize>> {
        check_template("x.html", template).err().map(|refused| refused.span)
    }

    #[test]
    fn chains_of_every_kind_are_refused() {
        for link in [
            "|upper",
            " + 1",
            ".a",
            "[0]",
            " if a else a",
            " and a",
            " == a",
            "~a",
            "()",
        ] {
            let chain = format!("a{}", link.repeat(2_000));
            assert!(check_expression(&chain).is_err(), "{link}");
            assert!(span(&format!("<p>{{{{ {chain} }}}}</p>")).is_some(), "{link}");
            assert!(span(&format!("{{% if {chain} %}}{{% endif %}}")).is_some(), "{link}");
        }
        for sign in ["-", "not "] {
            assert!(check_expression(&format!("{}a", sign.repeat(2_000))).is_err(), "{sign}");
        }
        let branches = "{% elif a %}".repeat(600);
        assert!(span(&format!("{{% if a %}}{branches}{{% endif %}}")).is_some());
    }

    #[test]
    fn long_texts_are_no_chains() {
        let prose = "ord, och fler ord. ".repeat(1_000);
        assert!(check_expression(&format!("claim(\"{prose}\", 1 < 2)")).is_ok());
        assert_eq!(span(&format!("<p>{prose}</p>{{# {prose} #}}{{{{ a }}}}")), None);
        assert_eq!(span(&format!("{{% raw %}}{{{{ \" {prose} {{% endraw %}}")), None);
    }

    #[test]
    fn a_chain_does_not_hide_behind_what_looks_like_an_end() {
        let chain = "+1".repeat(2_000);
        for start in [
            "{# {{ \" #}{{ a",
            "{{ \"}}\" ",
            "{{ {'a': {}} ",
            "{% raw %}{{ \"{% endraw %}{{ a",
            "{{ '\\'}}' ",
        ] {
            assert!(span(&format!("{start}{chain} }}}}")).is_some(), "{start}");
        }
    }

    #[test]
    fn an_import_needs_a_name() {
        for name in ["a*b", "1", "a()", "\"a\"", "a, b", "a.b|c", "[1]"] {
            let template = format!("x{{% import \"x\" as {name} %}}");
            assert_eq!(span(&template), Some(1..template.len()), "{name}");
        }
        for name in ["a", "_a", "a with context", "a -"] {
            assert_eq!(span(&format!("{{% import \"x\" as {name}%}}")), None, "{name}");
        }
    }
}
