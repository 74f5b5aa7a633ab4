//! Markdown that did not become what its author meant: marks of links, emphasis, tables and the like that stand as text.
//!
//! Takes the text of a block as readers see it; gives each leftover with what it was meant as. Code, escaped marks and entities
//! are no leftovers: whoever writes `\*` means a star. The rules are about marks that running text hardly ever has.

use crate::finding::Message;
use crate::finding::message;
use std::ops::Range;

/// Stands for what is no text of the author's: code, HTML, escaped marks.
pub(super) const NEUTRAL: char = '\u{1}';

/// Most marks of a kind that are looked at in a block: whoever has mended them is told of the others.
const MOST: usize = 100;

/// Lines by which other programs list what is on a page.
const CONTENTS: [&str; 4] = ["[TOC]", "[[TOC]]", "{:TOC}", "[[_TOC_]]"];

/// A leftover: its bytes, and what is wrong.
pub(super) type Leftover = (Range<usize>, Message);

/// The leftovers in the text of a block. Only blocks of running text, as opposed to headings and cells of tables, have lines that
/// can be meant as headings, lists, tables and boxes.
pub(super) fn leftovers(text: &str, is_running: bool) -> Vec<Leftover> {
    let mut found = Vec::new();
    if is_running {
        found.extend(lines(text));
    }
    // Every byte is looked at, which is quicker than to stop at the first.
    let is_mark = |byte: u8| matches!(byte, b'[' | b']' | b'*' | b'_' | b'~' | b'`' | b'{' | b'<' | b'/');
    if !text.bytes().fold(false, |found, byte| found | is_mark(byte)) {
        return found;
    }
    // A line that is no table has no emphasis to tell of as well.
    let is_free = |found: &[Leftover], range: &Range<usize>| {
        found
            .iter()
            .all(|(other, _)| other.end <= range.start || range.end <= other.start)
    };
    for rule in [links, pictures, names, emphasis, code, addresses, tags] {
        for leftover in rule(text) {
            if is_free(&found, &leftover.0) {
                found.push(leftover);
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Lines that were meant as a block of their own. Only the first of several such lines is told.
fn lines(text: &str) -> Option<Leftover> {
    let is_alone = !text.trim_ascii().contains('\n');
    let mut at = 0;
    let mut previous = "";
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        // Most lines begin with a letter.
        if trimmed.starts_with(|c: char| !c.is_alphabetic())
            && let Some(problem) = line_problem(trimmed, previous, number == 0, is_alone)
        {
            let start = at + line.len() - line.trim_start().len();
            return Some((start..start + trimmed.len(), problem));
        }
        at += line.len();
        previous = trimmed;
    }
    None
}

fn line_problem(line: &str, previous: &str, is_first: bool, is_alone: bool) -> Option<Message> {
    // The first of three colons begins a definition, so that two are left. Colons alone end a box.
    if line.starts_with("::") && !line.trim_matches(':').is_empty() {
        return Some(message::markdown_box());
    }
    if line.starts_with("```") || line.starts_with("~~~") {
        return Some(message::markdown_fence_line());
    }
    if is_alone && CONTENTS.iter().any(|contents| contents.eq_ignore_ascii_case(line)) {
        return Some(message::markdown_contents());
    }
    if is_first && line.starts_with("[!") && line.contains(']') {
        return Some(message::markdown_alert());
    }
    if is_first && ["[ ] ", "[x] ", "[X] "].iter().any(|mark| line.starts_with(mark)) {
        return Some(message::markdown_task());
    }
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let is_heading = title.starts_with(char::is_alphanumeric)
        && match level {
            // A tag of social media begins like a heading.
            1 => is_alone && !ends_sentence(line),
            2..=6 => true,
            _ => false,
        };
    if is_heading {
        return Some(message::markdown_heading(format!("{} {title}", "#".repeat(level))));
    }
    if line.starts_with('|') && line.ends_with('|') && line.matches('|').count() > 2 {
        return Some(message::markdown_table());
    }
    let (mark, previous_mark) = (list_mark(line)?, list_mark(previous)?);
    (mark.is_ascii_digit() == previous_mark.is_ascii_digit()).then(message::markdown_list)
}

/// The first character of a mark of a list that has no blank behind it: `-ett`, `1.ett`.
fn list_mark(line: &str) -> Option<char> {
    let first = line.chars().next()?;
    let rest = match first {
        '-' | '*' | '+' | '•' => &line[first.len_utf8()..],
        '0'..='9' => line
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix(['.', ')'])?,
        _ => return None,
    };
    // A bullet is a character of its own, and no list even with a blank.
    let rest = if first == '•' { rest.trim_start() } else { rest };
    rest.starts_with(char::is_alphabetic).then_some(first)
}

pub(super) fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ':', ';', ','])
}

/// Links and pictures whose address did not end or has blanks in it, or that are written back to front.
fn links(text: &str) -> Vec<Leftover> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("](").take(MOST) {
        let Some(open) = opening(text, at) else { continue };
        let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        let Some(close) = text[at..line_end].rfind(')').map(|close| at + close) else {
            let rest = &text[at + 2..];
            let end = rest
                .find(char::is_whitespace)
                .map_or(text.len(), |length| at + 2 + length);
            found.push((open..end, message::markdown_link_open()));
            continue;
        };
        let close = text[at..close].find(") ").map_or(close, |earlier| at + earlier);
        let (label, dest) = (&text[open..=at], &text[at + 2..close]);
        found.push((open..close + 1, mended(label, dest)));
    }
    for (at, _) in text.match_indices(']').take(MOST) {
        let rest = &text[at + 1..];
        let blank = rest.len() - rest.trim_start().len();
        let Some(dest) = rest[blank..].strip_prefix('(').and_then(|rest| rest.split(')').next()) else {
            continue;
        };
        if let Some(open) = opening(text, at).filter(|_| blank > 0 && is_address(dest)) {
            let near = format!("{}({dest})", &text[open..=at]);
            found.push((open..at + 1 + blank + dest.len() + 2, message::markdown_link_gap(near)));
        }
    }
    for (at, _) in text.match_indices(")[").take(MOST) {
        let dest = text[at + 2..].split(']').next().unwrap_or_default();
        if let Some(open) = text[..at].rfind('(').filter(|_| is_address(dest)) {
            let near = format!("[{}]({dest})", &text[open + 1..at]);
            let end = (at + 2 + dest.len() + 1).min(text.len());
            found.push((open..end, message::markdown_link_reversed(near)));
        }
    }
    found
}

/// How a link is written so that it becomes one: its address in angle brackets, or the words behind it in quotation marks.
fn mended(label: &str, dest: &str) -> Message {
    let dest = dest.trim();
    let (first, rest) = dest.split_once(char::is_whitespace).unwrap_or((dest, ""));
    let rest = rest.trim();
    let quotes: &[char] = &['"', '\'', '“', '”', '„', '’', '‘', '»', '«'];
    // `bild.png Foto: Anna Ek`: the address ends where a file's name does.
    let is_titled = !rest.is_empty() && (rest.starts_with(quotes) || is_address(first)) && !is_address(dest);
    if is_titled {
        let title = rest.trim_matches(quotes);
        message::markdown_link_title(format!("{label}({first} \"{title}\")"))
    } else if rest.is_empty() {
        message::markdown_link_open()
    } else {
        message::markdown_link_blank(format!("{label}(<{dest}>)"))
    }
}

/// Whether a text is the address of a link: of a scheme, or a file with an ending.
fn is_address(text: &str) -> bool {
    let has_scheme = [
        "https:",
        "http:",
        "mailto:",
        "page:",
        "indicator:",
        "place:",
        "set:",
        "term:",
        "#",
    ]
    .iter()
    .any(|scheme| text.starts_with(scheme));
    let has_ending = text.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && (2..=4).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    has_scheme || has_ending
}

/// The byte of the `[` or `![` that belongs to the `]` at this byte.
fn opening(text: &str, close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text[..close].char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(if text[..at].ends_with('!') { at - 1 } else { at }),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Pictures without an address.
fn pictures(text: &str) -> Vec<Leftover> {
    let marks = text.match_indices("![").take(MOST);
    marks
        .map(|(at, mark)| (at..at + mark.len(), message::markdown_picture()))
        .collect()
}

/// Names in brackets that nothing stands for: footnotes, addresses, pages of a wiki; attributes and commands in braces.
fn names(text: &str) -> Vec<Leftover> {
    let mut found = Vec::new();
    let mut bracketed = |open: &str, close: &str, problem: &dyn Fn(&str) -> Message| {
        for (at, _) in text.match_indices(open).take(MOST) {
            let inner = &text[at + open.len()..];
            let Some(length) = inner.find(close).filter(|length| !inner[..*length].contains('\n')) else {
                continue;
            };
            let end = at + open.len() + length + close.len();
            found.push((at..end, problem(&inner[..length])));
        }
    };
    bracketed("[^", "]", &|name| message::markdown_footnote(name));
    bracketed("[[", "]]", &|name| message::markdown_wiki(name));
    bracketed("][", "]", &|name| message::markdown_link_name(name));
    bracketed("{#", "}", &|name| message::markdown_anchor(name));
    bracketed("{.", "}", &|_| message::markdown_attributes());
    bracketed("{:", "}", &|_| message::markdown_attributes());
    bracketed("{%", "}", &|_| message::markdown_command());
    found
}

/// Marks of bold and struck text. Longer runs are lines to write on.
fn emphasis(text: &str) -> Vec<Leftover> {
    let mut found = Vec::new();
    for mark in ['*', '_', '~'] {
        let mut at = 0;
        while let Some(start) = text[at..]
            .find(mark)
            .map(|found| at + found)
            .filter(|_| found.len() < MOST)
        {
            let end = text[start..]
                .find(|c| c != mark)
                .map_or(text.len(), |length| start + length);
            at = end;
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let within_word = is_letter(text[..start].chars().next_back()) && is_letter(text[end..].chars().next());
            let length = end - start;
            if length == 2 || length == 3 && mark == '*' {
                // `en__id` is a name.
                if !(mark == '_' && within_word) {
                    let written: String = std::iter::repeat_n(mark, length).collect();
                    let escaped: String = written.chars().flat_map(|mark| ['\\', mark]).collect();
                    found.push((start..end, message::markdown_emphasis(written, escaped)));
                }
            }
        }
    }
    // One is told where two belong together.
    found.dedup_by(|second, first| second.1 == first.1);
    found
}

/// A mark of code that never ends.
fn code(text: &str) -> Vec<Leftover> {
    let Some(at) = text.find('`') else { return Vec::new() };
    let end = text[at..]
        .find(char::is_whitespace)
        .map_or(text.len(), |length| at + length);
    vec![(at..end, message::markdown_code())]
}

/// Addresses that are no links.
fn addresses(text: &str) -> Vec<Leftover> {
    let mut found = Vec::new();
    for scheme in ["https://", "http://"] {
        for (at, _) in text.match_indices(scheme).take(MOST) {
            let end = text[at..]
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | NEUTRAL))
                .map_or(text.len(), |length| at + length);
            let address = text[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ']', '\'', '*', '_']);
            let has_own = address.contains('(');
            let address = address.trim_end_matches(|c| !has_own && matches!(c, ')' | '.' | ','));
            if address.len() > scheme.len() {
                found.push((at..at + address.len(), message::markdown_address(address)));
            }
        }
    }
    found
}

/// HTML that lacks its last bracket.
fn tags(text: &str) -> Vec<Leftover> {
    const NAMES: [&str; 16] = [
        "a", "abbr", "audio", "br", "details", "div", "em", "iframe", "img", "p", "script", "span", "strong", "sub",
        "sup", "video",
    ];
    let begun = text.match_indices('<').filter(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        let ends = rest[name.len()..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '/' | '>'));
        ends && NAMES.contains(&name.to_ascii_lowercase().as_str())
    });
    begun.map(|(at, _)| (at..at + 1, message::markdown_tag())).collect()
}

#[cfg(test)]
mod tests {
    use super::leftovers;

    #[track_caller]
    fn told(text: &str, expected: &[&str]) {
        let found: Vec<&str> = leftovers(text, true)
            .into_iter()
            .map(|(range, _)| &text[range])
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn links_that_did_not_become_one_are_told() {
        told(
            "![Torget](Bild på torget.png) och mer",
            &["![Torget](Bild på torget.png)"],
        );
        told("[saknar](https://x.se och mer", &["[saknar](https://x.se"]);
        told("se [text] (https://x.se) nu", &["[text] (https://x.se)"]);
        told("(text)[https://x.se]", &["(text)[https://x.se]"]);
        told("[text][namn]", &["][namn]"]);
        told("![Torget]", &["!["]);
        told("[[sidan]]", &["[[sidan]]"]);
        told(
            "https://x.se/a, och (https://x.se/b).",
            &["https://x.se/a", "https://x.se/b"],
        );
        told("https://x.se/a_(b)", &["https://x.se/a_(b)"]);
    }

    #[test]
    fn blocks_that_did_not_become_one_are_told() {
        told(":::note\ntext\n:::", &[":::note"]);
        told("##Rubrik", &["##Rubrik"]);
        told("#Rubrik", &["#Rubrik"]);
        told("| a | b |\n| c | d |", &["| a | b |"]);
        told("Till exempel:\n-ett\n-två", &["-två"]);
        told("1.ett\n2.två", &["2.två"]);
        told("[!FAKTA]\ntext", &["[!FAKTA]"]);
        told("[ ] att göra", &["[ ] att göra"]);
    }

    #[test]
    fn marks_within_lines_are_told() {
        told("Det är **fet text.", &["**"]);
        told("Det är ** fet ** text.", &["**"]);
        told("~~struket", &["~~"]);
        told("Fotnot[^x]", &["[^x]"]);
        told("Rubrik {#ankare}", &["{#ankare}"]);
        told("Ett `ord till", &["`ord"]);
        told("en <img src=x", &["<"]);
    }

    #[test]
    fn running_text_has_no_leftovers() {
        for text in [
            "Som [SCB] skriver, 6,1* och (se not 2).",
            "#metoo var ett upprop.",
            "Namn: ______ och H~2~O, m^2^, 5 < 6 & 7 > 6, en_liten_sak, a__b",
            "– Ja, sa hon.\n– Nej, sa han.",
            "-5 grader\n-6 grader",
            "2.5 procent\n3.5 procent",
            "kl. 10:30, e.d. | och så",
        ] {
            told(text, &[]);
        }
    }
}
