//! HTML that an author wrote among Markdown: its addresses mean what Markdown's mean, and what no page can have is told.
//!
//! Takes the HTML with its expressions hidden; gives it with final addresses. What only the page's own policy decides, such as
//! videos of other sites, is kept as a [`Load`] for when the page is finished.

use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding};
use crate::html::{Attribute, Tag, tags};
use crate::render::markdown::excerpt::Excerpt;
use crate::render::markdown::language_tag::is_language;
use crate::render::markdown::leftover::leftovers;
use crate::render::markdown::mask::MARK;
use crate::render::markdown::rendered::{HeadingPlace, Load, LoadKind, LoadSource};
use crate::render::markdown::writer::NarrativeWriter;
use crate::source::Origin;
use crate::theme::escape;
use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// Elements without an end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements that end by themselves where their end tag is left out.
const SELF_ENDING: [&str; 13] = [
    "p", "li", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup",
];
/// Elements of which a page has its own, or that no page has any more.
const FOREIGN: [&str; 13] = [
    "html",
    "head",
    "body",
    "title",
    "meta",
    "base",
    "link",
    "main",
    "frame",
    "frameset",
    "plaintext",
    "applet",
    "noscript",
];

/// All other elements that a text can have: HTML's, and `svg` and `math`, within which names are not looked at.
const KNOWN: &str = "a abbr address area article aside audio b bdi bdo blockquote br button canvas caption cite code col colgroup data \
    datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup \
    hr i iframe img input ins kbd label legend li map mark math menu meter nav object ol optgroup option output p param picture \
    pre progress q rp rt ruby s samp script search section select slot small source span strong style sub summary sup svg table \
    tbody td template textarea tfoot th thead time tr track u ul var video wbr big center font strike tt";

/// Elements of the author's HTML that have begun and not ended yet, with their places.
#[derive(Default)]
pub(super) struct OpenElements(Vec<(String, Origin)>);

impl OpenElements {
    fn begin(&mut self, tag: &Tag<'_>, origin: &Origin) {
        let name = tag.name.to_ascii_lowercase();
        if !VOID.contains(&name.as_str()) && !SELF_ENDING.contains(&name.as_str()) {
            self.0.push((name, origin.clone()));
        }
    }

    /// Ends an element; false where none of this name has begun.
    fn end(&mut self, tag: &Tag<'_>) -> bool {
        let name = tag.name.to_ascii_lowercase();
        if VOID.contains(&name.as_str()) || SELF_ENDING.contains(&name.as_str()) {
            return true;
        }
        let begun = self.0.iter().rposition(|(open, _)| *open == name);
        if let Some(at) = begun {
            self.0.remove(at);
        }
        begun.is_some()
    }

    /// Whether `svg` or `math` is open, which have elements of their own.
    fn is_foreign_content(&self) -> bool {
        self.0.iter().any(|(name, _)| name == "svg" || name == "math")
    }

    fn holds_code(&self) -> bool {
        self.0
            .iter()
            .any(|(name, _)| ["pre", "code", "kbd", "samp", "script", "style"].contains(&name.as_str()))
    }
}

impl NarrativeWriter<'_> {
    /// HTML with its final addresses; what is wrong with it is reported.
    pub(super) fn raw_html(&mut self, excerpt: &Excerpt) -> String {
        let html = &excerpt.text;
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut at = 0;
        for tag in tags(html) {
            self.between_tags(excerpt, at..tag.span.start);
            at = tag.span.end;
            let origin = self.place(&excerpt.source(&tag.span));
            if !self.open_elements.is_foreign_content() && !is_known(tag.name) {
                if !tag.closing {
                    self.report_html(&origin, tag.name, message::html_unknown());
                }
                continue;
            }
            if tag.closing {
                if !self.open_elements.end(&tag) {
                    self.report_html(&origin, tag.name, message::html_end_alone(tag.name));
                }
                continue;
            }
            self.open_elements.begin(&tag, &origin);
            self.element(&tag, &origin);
            for attribute in &tag.attributes {
                let range = excerpt.source(&attribute.span);
                if let Some(value) = self.attribute(&tag, attribute, &range) {
                    let is_quoted = html[..attribute.span.start].ends_with(['"', '\'']);
                    let value = escape(&value).replace('\'', "&#39;");
                    let value = if is_quoted { value } else { format!("\"{value}\"") };
                    edits.push((attribute.span.clone(), value));
                }
            }
            if let Some(size) = self.picture_size(&tag) {
                let end_of_name = tag.span.start + 1 + tag.name.len();
                edits.push((end_of_name..end_of_name, size));
            }
        }
        self.between_tags(excerpt, at..html.len());
        let mut out = html.clone();
        edits.sort_by_key(|(span, _)| span.start);
        for (span, value) in edits.into_iter().rev() {
            out.replace_range(span, &value);
        }
        out
    }

    /// Width and height of an author's picture, as attributes, where its tag states neither.
    fn picture_size(&self, tag: &Tag<'_>) -> Option<String> {
        let is_stated = ["width", "height"].iter().any(|name| tag.attribute(name).is_some());
        let source = tag.attribute("src").filter(|_| tag.opens("img") && !is_stated)?;
        Some(self.size_attributes(&address(source.value.trim())))
    }

    /// Reports elements that never end, when the narrative has.
    pub(super) fn report_open_elements(&mut self) {
        for (name, origin) in std::mem::take(&mut self.open_elements.0) {
            self.report_html(&origin, &name, message::html_never_ends(&name));
        }
    }

    /// Text between two tags: a tag that is none, a comment that never ends, Markdown that is not read there.
    fn between_tags(&self, excerpt: &Excerpt, range: Range<usize>) {
        let text = &excerpt.text[range.clone()];
        if text.is_empty() || self.open_elements.holds_code() {
            return;
        }
        let place = |from: usize, length: usize| {
            let begin = range.start + from;
            self.place(&excerpt.source(&(begin..begin + length)))
        };
        let mut plain = String::with_capacity(text.len());
        let mut rest = 0;
        while let Some(begin) = text[rest..].find("<!--").map(|at| rest + at) {
            plain.push_str(&text[rest..begin]);
            let Some(end) = text[begin..].find("-->").map(|at| begin + at + 3) else {
                self.report_html(&place(begin, 4), "<!--", message::html_comment());
                return;
            };
            plain.extend(std::iter::repeat_n(' ', end - begin));
            rest = end;
        }
        plain.push_str(&text[rest..]);
        let is_tag = |at: &usize| {
            let next = plain[at + 1..].trim_start_matches('/').chars().next();
            next.is_some_and(|c| c.is_ascii_alphabetic())
        };
        if let Some(at) = plain.match_indices('<').map(|(at, _)| at).find(is_tag) {
            self.report_html(&place(at, 1), "<", message::markdown_tag());
            return;
        }
        for (leftover, _) in leftovers(&plain, true) {
            let begin = range.start + leftover.start;
            let source = excerpt.source(&(begin..begin + leftover.len()));
            self.report_leftover(&source, message::markdown_in_html());
        }
    }

    /// What an element as a whole may lack, or is.
    fn element(&mut self, tag: &Tag<'_>, origin: &Origin) {
        let name = tag.name.to_ascii_lowercase();
        if FOREIGN.contains(&name.as_str()) {
            self.report_html(origin, &name, message::html_foreign(&name));
        }
        let heading = name
            .strip_prefix('h')
            .and_then(|level| level.parse::<u8>().ok())
            .filter(|level| (1..=6).contains(level));
        if let Some(level) = heading {
            self.rendered.headings.push(HeadingPlace {
                level,
                id: tag.attribute("id").map(|id| id.value.to_owned()),
                origin: origin.clone(),
            });
        }
        if name == "img" && tag.attribute("alt").is_none() {
            self.log
                .add(Finding::new(Code::PictureText, origin.clone()).with("element", &name));
        }
        let is_inline = match name.as_str() {
            "script" => tag.attribute("src").is_none().then_some(LoadKind::Script),
            "style" => Some(LoadKind::Style),
            "object" | "embed" => (tag.attribute("data").or(tag.attribute("src")))
                .is_none()
                .then_some(LoadKind::Object),
            _ => None,
        };
        if let Some(kind) = is_inline {
            self.load(kind, LoadSource::Inline, &name, origin.clone());
        }
    }

    /// The final value of an attribute that holds an address; `None`: it stays as it is.
    fn attribute(&mut self, tag: &Tag<'_>, attribute: &Attribute<'_>, range: &Range<usize>) -> Option<String> {
        let element = tag.name.to_ascii_lowercase();
        let name = attribute.name.to_ascii_lowercase();
        let value = attribute.value.trim();
        if value.contains(MARK) {
            return None;
        }
        let kind = match (element.as_str(), name.as_str()) {
            (_, "lang" | "hreflang" | "xml:lang") => {
                self.language(value, range);
                return None;
            }
            (_, "style") => {
                self.load(LoadKind::Style, LoadSource::Inline, "style", self.place(range));
                return None;
            }
            (_, on) if on.len() > 4 && on.starts_with("on") => {
                self.load(LoadKind::Script, LoadSource::Inline, &name, self.place(range));
                return None;
            }
            ("a" | "area", "href" | "xlink:href") => return self.href(&address(value), range),
            ("form", "action") | (_, "formaction") => LoadKind::Form,
            ("img", "src") | ("image" | "use", "href" | "xlink:href") | (_, "background" | "poster") => LoadKind::Image,
            ("img" | "source", "srcset") => return Some(self.source_set(value, range)),
            ("video" | "audio" | "source" | "track", "src") => LoadKind::Media,
            ("iframe", "src" | "srcdoc") => LoadKind::Frame,
            ("script", "src") => LoadKind::Script,
            ("object", "data") | ("embed", "src") => LoadKind::Object,
            _ => return None,
        };
        self.source_address(value, kind, &element, range)
    }

    /// The final address of what an element loads.
    fn source_address(&mut self, value: &str, kind: LoadKind, element: &str, range: &Range<usize>) -> Option<String> {
        let value = address(value);
        let has_scheme = value
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|first| first.contains(':'));
        let is_outside = has_scheme || value.starts_with("//");
        let source = if is_outside {
            LoadSource::Outside(value.clone())
        } else {
            LoadSource::Site
        };
        self.load(kind, source, element, self.place(range));
        if is_outside || value.starts_with('#') || kind == LoadKind::Form {
            return None;
        }
        let (path, rest) = value
            .find(['?', '#'])
            .map_or((value.as_str(), ""), |at| value.split_at(at));
        Some(self.file_link(path, range)? + rest)
    }

    /// The final addresses of pictures of several sizes.
    fn source_set(&mut self, value: &str, range: &Range<usize>) -> String {
        let mut candidates = Vec::new();
        for candidate in value
            .split(',')
            .map(str::trim)
            .filter(|candidate| !candidate.is_empty())
        {
            let (address, size) = candidate.split_once(char::is_whitespace).unwrap_or((candidate, ""));
            let address = self
                .source_address(address, LoadKind::Image, "img", range)
                .unwrap_or_else(|| address.to_owned());
            candidates.push(format!("{} {size}", address.replace(' ', "%20")).trim().to_owned());
        }
        candidates.join(", ")
    }

    fn load(&mut self, kind: LoadKind, source: LoadSource, element: &str, origin: Origin) {
        self.rendered.loads.push(Load {
            kind,
            source,
            element: element.to_owned(),
            origin,
        });
    }

    fn report_html(&self, origin: &Origin, value: &str, problem: Message) {
        let finding = Finding::new(Code::PageHtml, origin.clone());
        self.log
            .add(finding.with("value", value).with_message("problem", problem));
    }

    /// Reports a language of a passage that is none.
    fn language(&self, value: &str, range: &Range<usize>) {
        if value.is_empty() || is_language(value) {
            return;
        }
        let near = value.replace('_', "-");
        let finding = Finding::new(Code::LanguageCode, self.place(range)).with("value", value);
        self.log.add(if near != value && is_language(&near) {
            finding.with("near", near)
        } else {
            finding
        });
    }
}

/// Whether an element has this name; those of a hyphen are for scripts to define.
fn is_known(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains('-') || FOREIGN.contains(&name.as_str()) || KNOWN.split(' ').any(|known| known == name)
}

/// An address as a browser reads it: characters instead of their names and numbers, and none of the line breaks and tabs that it
/// passes over, behind which the kind of an address could hide.
fn address(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let name = rest[at + 1..].find(|c: char| !c.is_alphanumeric() && c != '#');
        let end = name
            .filter(|end| rest[at + 1 + end..].starts_with(';'))
            .map_or(at + 1, |end| at + end + 2);
        // The library knows all names. What lacks its semicolon stays, and no such address is found.
        for event in Parser::new(&rest[at..end]) {
            if let Event::Text(text) = event {
                plain.push_str(&text);
            }
        }
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain.retain(|c| !matches!(c, '\t' | '\n' | '\r'));
    plain.trim_matches(|c: char| c <= ' ').to_owned()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_what_a_browser_reads() {
        let cases = [
            ("a.html?b=1&amp;c=2#d", "a.html?b=1&c=2#d"),
            ("&#106;avascript:x", "javascript:x"),
            ("java&#x73;cript&colon;x", "javascript:x"),
            ("java\tscript:x", "javascript:x"),
            ("?a&b;c & d", "?a&b;c & d"),
            ("filer/&aring;r.pdf", "filer/år.pdf"),
        ];
        for (written, read) in cases {
            assert_eq!(address(written), read);
        }
    }
}
