//! Narrative → HTML.
//!
//! Takes a page's Markdown; gives its HTML, its headings, the indicators it uses, and the anchors it links to, which can
//! be checked only when all pages are known. Markdown is read as events, in place; expressions, directives
//! and links are dealt with one event at a time, and every fault is reported at its own bytes.

mod answered;
mod directive;
mod expression;
mod figures;
mod footnote;
mod heading;
mod link;
mod mask;
mod record;
mod term;

pub(crate) use expression::Calculator;
pub(crate) use link::AnchorLink;

use crate::finding::{Code, Finding, Log};
use crate::model::Page;
use crate::page::context::PageContext;
use crate::page::view::Heading;
use crate::source::{FilePath, Origin};
use crate::theme::escape;
use mask::{MARK, Masked};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};
use std::collections::BTreeSet;
use std::ops::Range;

/// A page's narrative, rendered.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) html: String,
    pub(crate) contents: Vec<Heading>,
    /// Ids of the indicators whose figures or names it shows.
    pub(crate) uses: BTreeSet<String>,
    /// Whether it shows constructed figures.
    pub(crate) sample: bool,
    /// Links to anchors, to be checked when all pages are made.
    pub(crate) anchors: Vec<AnchorLink>,
}

/// What is gathered while reading a page's events.
struct Writer<'a> {
    page: PageContext<'a>,
    calculator: &'a Calculator,
    file: FilePath,
    text: &'a str,
    /// Where the narrative begins in the file.
    offset: usize,
    masked: &'a Masked<'a>,
    log: &'a Log,
    done: Rendered,
    terms: term::Terms<'a>,
    headings: heading::Headings,
    footnotes: footnote::Footnotes,
    /// Depth of elements in which terms are not explained: links, headings, code.
    quiet: usize,
    /// Links and pictures that have begun: whether they lead somewhere.
    open: Vec<bool>,
    /// Tables: the event where each begins, and how many headings stand before it.
    tables: Vec<(usize, usize)>,
}

/// The narrative of a page as HTML.
pub(crate) fn render(page: PageContext<'_>, narrative: &Page, calculator: &Calculator, log: &Log) -> Rendered {
    let prose = &narrative.prose;
    let text = prose.narrative();
    let offset = prose.start;
    let masked = mask::mask(text, offset, &Origin::file(&prose.file), log);
    let mut writer = Writer {
        page,
        calculator,
        file: prose.file.clone(),
        text,
        offset,
        masked: &masked,
        log,
        done: Rendered::default(),
        terms: term::Terms::of(page),
        headings: heading::Headings::default(),
        footnotes: footnote::Footnotes::default(),
        quiet: 0,
        open: Vec::new(),
        tables: Vec::new(),
    };
    let events = writer.events();
    html::push_html(&mut writer.done.html, events.into_iter());
    writer.done.html.push_str(&writer.footnotes.section(page));
    writer.done
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_STRIKETHROUGH
}

impl<'a> Writer<'a> {
    fn events(&mut self) -> Vec<Event<'a>> {
        let masked: &'a Masked<'a> = self.masked;
        let mut out: Vec<Event<'a>> = Vec::new();
        let mut parser = Parser::new_ext(&masked.text, options()).into_offset_iter();
        while let Some((event, range)) = parser.next() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let mut lines: Vec<Range<usize>> = Vec::new();
                    for (event, range) in parser.by_ref() {
                        match event {
                            Event::Text(_) => lines.push(range),
                            _ => break,
                        }
                    }
                    self.fenced(&info, &lines, range, &mut out);
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    out.push(Event::Start(Tag::FootnoteDefinition(name)));
                }
                event => self.event(event, range, &mut out),
            }
        }
        self.name_tables(&mut out);
        self.footnotes.take(out)
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        match event {
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => {
                self.quiet += 1;
                self.headings.open(out.len(), level, id.map(CowStr::into_string));
                out.push(Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes,
                    attrs,
                }));
            }
            Event::End(TagEnd::Heading(level)) => {
                self.quiet -= 1;
                if let Some(heading) = self.headings.close(out) {
                    self.done.contents.push(heading);
                }
                out.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                self.quiet += 1;
                let dest = self.unmasked(&dest_url, &range);
                let start = self.link(link_type, &dest, title, id, &range);
                self.begin(start, out);
            }
            Event::End(TagEnd::Link) => {
                self.quiet -= 1;
                self.end(TagEnd::Link, out);
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                if self.text[range.start..]
                    .trim_start_matches(['!', '[', ' '])
                    .starts_with(']')
                {
                    self.log.add(Finding::new(Code::PictureText, self.place(&range)));
                }
                let href = self.file_link(&dest_url, &range);
                let start = href.map(|href| {
                    Event::Start(Tag::Image {
                        link_type,
                        dest_url: href.into(),
                        title,
                        id,
                    })
                });
                self.begin(start, out);
            }
            Event::End(TagEnd::Image) => self.end(TagEnd::Image, out),
            Event::Start(Tag::Table(alignment)) => {
                // What a table is called is known when it is known how many its heading has.
                self.tables.push((out.len(), self.done.contents.len()));
                out.push(raw(String::new()));
                out.push(Event::Start(Tag::Table(alignment)));
                out.push(raw(String::new()));
            }
            Event::End(TagEnd::Table) => {
                out.push(Event::End(TagEnd::Table));
                out.push(raw("</div>\n".to_owned()));
            }
            Event::Start(Tag::TableHead) => out.push(Event::Start(Tag::TableHead)),
            Event::FootnoteReference(name) => out.push(raw_inline(self.footnotes.reference(&name, self.page))),
            Event::Text(text) => self.text(&text, range, out),
            Event::Code(code) => out.push(Event::Code(self.unmasked(&code, &range).into())),
            Event::Html(markup) => out.push(Event::Html(self.unmasked(&markup, &range).into())),
            Event::InlineHtml(markup) => out.push(Event::InlineHtml(self.unmasked(&markup, &range).into())),
            event => out.push(event),
        }
    }

    /// Text, with expressions in it evaluated and the first mention of terms explained.
    fn text(&mut self, text: &CowStr<'a>, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        // Entities and escapes make the text differ from the source; then there is no expression in it to find by place.
        if !text.contains(MARK) {
            self.plain(text, out);
            return;
        }
        let mut at = range.start;
        for expression in self
            .masked
            .expressions
            .iter()
            .filter(|found| found.start >= range.start && found.end <= range.end)
        {
            self.plain(&CowStr::from(self.text[at..expression.start].to_owned()), out);
            let inner = expression.start + 2..expression.end - 2;
            let code = self.text[inner.clone()].trim();
            let lead = self.text[inner.clone()].len() - self.text[inner.clone()].trim_start().len();
            let start = self.offset + inner.start + lead;
            let place = Origin::span(&self.file, start..start + code.len());
            let shown = self.calculator.evaluate(code, &place, &mut self.done.uses, self.log);
            out.push(raw_inline(shown));
            at = expression.end;
        }
        self.plain(&CowStr::from(self.text[at..range.end].to_owned()), out);
    }

    fn plain(&mut self, text: &str, out: &mut Vec<Event<'a>>) {
        if text.is_empty() {
            return;
        }
        if self.quiet > 0 || self.terms.is_empty() {
            out.push(Event::Text(text.to_owned().into()));
        } else {
            self.terms.explain(text, out);
        }
    }

    /// Text from the source in which hidden expressions stand as they were written.
    fn unmasked(&self, text: &str, range: &Range<usize>) -> String {
        if !text.contains(MARK) {
            return text.to_owned();
        }
        let mut out = text.to_owned();
        for expression in self
            .masked
            .expressions
            .iter()
            .filter(|found| found.start >= range.start && found.end <= range.end)
        {
            let hidden = &self.masked.text[expression.clone()];
            out = out.replacen(hidden, &self.text[expression.clone()], 1);
        }
        out
    }

    /// Begins an element, or leaves it out.
    fn begin(&mut self, start: Option<Event<'a>>, out: &mut Vec<Event<'a>>) {
        self.open.push(start.is_some());
        out.extend(start);
    }

    /// Ends an element that was begun.
    fn end(&mut self, end: TagEnd, out: &mut Vec<Event<'a>>) {
        if self.open.pop().unwrap_or(false) {
            out.push(Event::End(end));
        }
    }

    /// Names the tables and their scroll regions by the nearest heading, or the page; numbered where that has several.
    fn name_tables(&self, out: &mut [Event<'a>]) {
        let page = self.page.plan.page.map_or("", |page| page.title.as_str());
        for (index, (at, heading)) in self.tables.iter().enumerate() {
            let title = heading
                .checked_sub(1)
                .and_then(|last| self.done.contents.get(last))
                .map_or(page, |heading| &heading.title);
            let alike = |tables: &[(usize, usize)]| tables.iter().filter(|(_, own)| own == heading).count();
            let number = (alike(&self.tables) > 1).then(|| (alike(&self.tables[..index]) + 1).to_string());
            let label = number.map_or_else(
                || title.to_owned(),
                |number| {
                    self.page
                        .fill("sentence.table_number", &[("title", title), ("number", &number)])
                },
            );
            let label = escape(&label);
            out[*at] = raw(format!(
                "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
            ));
            out[*at + 2] = raw(format!("<caption class=\"visually-hidden\">{label}</caption>"));
        }
    }

    fn place(&self, range: &Range<usize>) -> Origin {
        Origin::span(&self.file, self.offset + range.start..self.offset + range.end)
    }
}

fn raw<'a>(html: String) -> Event<'a> {
    Event::Html(html.into())
}

fn raw_inline<'a>(html: String) -> Event<'a> {
    Event::InlineHtml(html.into())
}
