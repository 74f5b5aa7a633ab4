//! Writes a narrative event by event: headings, links, pictures, tables, text with expressions and terms.

use crate::finding::message;
use crate::finding::{Code, Finding, Log, Message};
use crate::model::Prose;
use crate::page::context::PageContext;
use crate::render::markdown::block_text::BlockText;
use crate::render::markdown::excerpt::Excerpt;
use crate::render::markdown::expression::Calculator;
use crate::render::markdown::footnote::Footnotes;
use crate::render::markdown::heading::HeadingAnchors;
use crate::render::markdown::markup::{block_html, inline_html};
use crate::render::markdown::mask::{MARK, Masked};
use crate::render::markdown::picture::{PictureStart, frame_picture};
use crate::render::markdown::raw_html::OpenElements;
use crate::render::markdown::rendered::{HeadingPlace, RenderedMarkdown};
use crate::render::markdown::term::TermLinks;
use crate::source::{FilePath, Origin};
use crate::theme::escape;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};
use std::ops::Range;

/// A narrative and what is gathered while its events are read. Directives and links have files of their own.
pub(super) struct NarrativeWriter<'a> {
    pub(super) page: PageContext<'a>,
    pub(super) calculator: &'a Calculator,
    pub(super) file: FilePath,
    /// The narrative as the author wrote it.
    pub(super) text: &'a str,
    /// Byte of the file at which the narrative begins.
    pub(super) offset: usize,
    /// The narrative with its expressions hidden.
    pub(super) masked: &'a Masked<'a>,
    pub(super) log: &'a Log,
    pub(super) rendered: RenderedMarkdown,
    terms: TermLinks<'a>,
    headings: HeadingAnchors,
    footnotes: Footnotes,
    /// Depth of elements in which terms are not explained: links, headings, code.
    unexplained_depth: usize,
    /// For each link that has begun, the position of its start; `None` where it leads nowhere.
    open_links: Vec<Option<usize>>,
    /// For each picture that has begun, its start; `None` where it has no file.
    pub(super) open_pictures: Vec<Option<PictureStart>>,
    pub(super) open_elements: OpenElements,
    block_text: BlockText,
    /// For each table, the event at which it begins, and how many headings stand before it.
    tables: Vec<(usize, usize)>,
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM
}

impl<'a> NarrativeWriter<'a> {
    /// A writer at the beginning of a narrative, whose expressions are hidden in `masked`.
    pub(super) fn new(
        page: PageContext<'a>,
        prose: &'a Prose,
        masked: &'a Masked<'a>,
        calculator: &'a Calculator,
        log: &'a Log,
    ) -> Self {
        Self {
            page,
            calculator,
            file: prose.file.clone(),
            text: prose.narrative(),
            offset: prose.start,
            masked,
            log,
            rendered: RenderedMarkdown::default(),
            terms: TermLinks::new(page),
            headings: HeadingAnchors::default(),
            footnotes: Footnotes::default(),
            unexplained_depth: 0,
            open_links: Vec::new(),
            open_pictures: Vec::new(),
            open_elements: OpenElements::default(),
            block_text: BlockText::default(),
            tables: Vec::new(),
        }
    }

    /// Reads all events and writes the HTML.
    pub(super) fn into_html(mut self) -> RenderedMarkdown {
        let masked: &'a Masked<'a> = self.masked;
        let mut events = Parser::new_ext(&masked.text, options()).into_offset_iter();
        let out = self.events(&mut events);
        let out = self.footnotes.take(out);
        html::push_html(&mut self.rendered.html, out.into_iter());
        self.rendered.html.push_str(&self.footnotes.section(self.page));
        self.report_open_elements();
        self.report_leftovers();
        self.rendered
    }

    /// Markdown within a block of its own, such as a note, as HTML.
    pub(super) fn nested(&mut self, excerpt: &Excerpt) -> String {
        let refers = excerpt.text.contains("[^");
        let outside = if refers {
            self.footnotes_outside()
        } else {
            String::new()
        };
        let text = excerpt.text.clone() + &outside;
        let inside = |event: &(Event<'_>, Range<usize>)| event.1.start < excerpt.text.len();
        let parser = Parser::new_ext(&text, options()).into_offset_iter().take_while(inside);
        let mut events = parser.map(|(event, range)| (event.into_static(), excerpt.source(&range)));
        let (tables, block) = (std::mem::take(&mut self.tables), self.block_text.suspend());
        let out = self.events(&mut events);
        self.tables = tables;
        self.block_text.resume(block);
        let out = self.footnotes.take(out);
        let mut html = String::new();
        html::push_html(&mut html, out.into_iter());
        html
    }

    /// Definitions of the page's footnotes without their texts: a reference is one only where there is a definition.
    fn footnotes_outside(&self) -> String {
        let lines = self.masked.text.lines();
        let names = lines.filter_map(|line| Some(line.trim_start().strip_prefix("[^")?.split_once("]:")?.0));
        names.fold(String::new(), |definitions, name| {
            definitions + "\n\n[^" + name + "]: x"
        })
    }

    /// Reads events to their end, or to the end of the quotation that they stand in.
    fn events(&mut self, events: &mut dyn Iterator<Item = (Event<'a>, Range<usize>)>) -> Vec<Event<'a>> {
        let mut out: Vec<Event<'a>> = Vec::new();
        let mut quotations = 0;
        while let Some((event, range)) = events.next() {
            self.block_text.event(&event, &range, &self.masked.text);
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let lines = self.lines(events);
                    self.fenced(&info, &lines, range, &mut out);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    let lines = self.lines(events);
                    let code: String = lines.into_iter().map(|line| &self.text[line]).collect();
                    out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
                    out.push(Event::Text(code.into()));
                    out.push(Event::End(TagEnd::CodeBlock));
                }
                Event::Start(Tag::HtmlBlock) => {
                    let mut excerpt = Excerpt::default();
                    for range in self.lines(events) {
                        excerpt.push(&self.masked.text[range.clone()], range.start);
                    }
                    out.push(Event::Start(Tag::HtmlBlock));
                    let html = self.raw_html(&excerpt);
                    out.push(Event::Html(self.evaluated(&html, &range).into()));
                    out.push(Event::End(TagEnd::HtmlBlock));
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => {
                    let tables = std::mem::take(&mut self.tables);
                    let inner = self.events(events);
                    self.tables = tables;
                    let mut html = String::new();
                    html::push_html(&mut html, inner.into_iter());
                    let html = self.alert(kind, html);
                    out.push(block_html(html));
                }
                Event::Start(Tag::BlockQuote(None)) => {
                    quotations += 1;
                    out.push(Event::Start(Tag::BlockQuote(None)));
                }
                Event::End(TagEnd::BlockQuote(kind)) => {
                    if quotations == 0 {
                        break;
                    }
                    quotations -= 1;
                    out.push(Event::End(TagEnd::BlockQuote(kind)));
                }
                event => self.event(event, range, &mut out),
            }
        }
        self.name_tables(&mut out);
        out
    }

    /// The places of the lines of a block of code or HTML, up to its end.
    fn lines(&mut self, events: &mut dyn Iterator<Item = (Event<'a>, Range<usize>)>) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        for (event, range) in &mut *events {
            match event {
                Event::Text(_) | Event::Html(_) => lines.push(range),
                event => {
                    self.block_text.event(&event, &range, &self.masked.text);
                    break;
                }
            }
        }
        lines
    }

    fn report_leftovers(&mut self) {
        let mut block_text = std::mem::take(&mut self.block_text);
        for (row, cells, columns) in std::mem::take(&mut block_text.uneven_rows) {
            let finding = Finding::new(Code::PageTable, self.place(&row));
            self.log.add(finding.with("cells", cells).with("columns", columns));
        }
        let leftovers = block_text.into_leftovers(&self.masked.text);
        for (range, problem) in leftovers {
            self.report_leftover(&range, problem);
        }
    }

    /// Reports Markdown that did not become what was meant.
    pub(super) fn report_leftover(&self, range: &Range<usize>, problem: Message) {
        // Messages put backticks around the words, and braces around their own placeholders.
        let words = self
            .text
            .get(range.clone())
            .unwrap_or_default()
            .replace(['`', '{', '}'], "");
        let value = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let finding = Finding::new(Code::PageMarkdown, self.place(range)).with("value", value);
        self.log.add(finding.with_message("problem", problem));
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        match event {
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => {
                self.unexplained_depth += 1;
                self.headings.open(out.len(), level, id.map(CowStr::into_string));
                out.push(Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes,
                    attrs,
                }));
            }
            Event::End(TagEnd::Heading(level)) => {
                self.unexplained_depth -= 1;
                if let Some(heading) = self.headings.close(out) {
                    self.rendered.headings.push(HeadingPlace {
                        level: heading.level,
                        id: Some(heading.id.clone()),
                        origin: self.place(&range),
                    });
                    self.rendered.contents.push(heading);
                }
                out.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                self.unexplained_depth += 1;
                let dest = self.unmasked(&dest_url, &range);
                let title = self.link_title(&title, &range).into();
                let start = self.link(link_type, &dest, title, id, &range);
                self.begin_link(start, out);
            }
            Event::End(TagEnd::Link) => {
                self.unexplained_depth -= 1;
                self.end_link(&range, out);
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => self.begin_picture(&dest_url, &title, &range, out),
            Event::End(TagEnd::Image) => self.end_picture(out),
            Event::End(TagEnd::Paragraph) => {
                out.push(Event::End(TagEnd::Paragraph));
                frame_picture(out);
            }
            Event::Start(Tag::Table(alignment)) => {
                // Both empty places are filled when all tables are known: a name has a number where its heading has several.
                self.tables.push((out.len(), self.rendered.contents.len()));
                out.push(block_html(String::new()));
                out.push(Event::Start(Tag::Table(alignment)));
                out.push(block_html(String::new()));
            }
            Event::End(TagEnd::Table) => {
                out.push(Event::End(TagEnd::Table));
                out.push(block_html("</div>\n".to_owned()));
            }
            Event::FootnoteReference(name) => out.push(inline_html(self.footnotes.reference(&name, self.page))),
            Event::Text(text) => self.text(&text, range, out),
            Event::Code(code) => out.push(Event::Code(self.unmasked(&code, &range).into())),
            Event::InlineHtml(markup) => {
                let mut excerpt = Excerpt::default();
                excerpt.push(&markup, range.start);
                let html = self.raw_html(&excerpt);
                out.push(Event::InlineHtml(self.evaluated(&html, &range).into()));
            }
            event => out.push(event),
        }
    }

    /// Text, with expressions in it evaluated and the first mention of terms explained.
    fn text(&mut self, text: &CowStr<'a>, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        self.report_braces(&range);
        // Entities and escapes make the text differ from the source; then there is no expression in it to find by place.
        if !text.contains(MARK) {
            self.plain(text, out);
            return;
        }
        let mut at = range.start;
        for expression in self.masked.within(&range) {
            self.plain(&CowStr::from(self.text[at..expression.start].to_owned()), out);
            let result = self.evaluate(expression);
            out.push(inline_html(result.map_or_else(String::new, |result| result.html())));
            at = expression.end;
        }
        self.plain(&CowStr::from(self.text[at..range.end].to_owned()), out);
    }

    /// Text without expressions, in which the first mention of each term is explained.
    fn plain(&mut self, text: &str, out: &mut Vec<Event<'a>>) {
        if text.is_empty() {
            return;
        }
        if self.unexplained_depth > 0 || self.terms.is_empty() {
            out.push(Event::Text(text.to_owned().into()));
        } else {
            self.terms.explain(text, out);
        }
    }

    /// Text from the source with its hidden expressions as the author wrote them.
    pub(super) fn unmasked(&self, text: &str, range: &Range<usize>) -> String {
        if !text.contains(MARK) {
            return text.to_owned();
        }
        let mut out = text.to_owned();
        for expression in self.masked.within(range) {
            let hidden = &self.masked.text[expression.clone()];
            out = out.replacen(hidden, &self.text[expression.clone()], 1);
        }
        out
    }

    /// Begins a link; one without a start leads nowhere and is left out.
    fn begin_link(&mut self, start: Option<Event<'a>>, out: &mut Vec<Event<'a>>) {
        self.open_links.push(start.is_some().then_some(out.len()));
        out.extend(start);
    }

    /// Ends the innermost link, unless its start was left out. A link to a file says of which type and size that is.
    fn end_link(&mut self, range: &Range<usize>, out: &mut Vec<Event<'a>>) {
        if let Some(start) = self.open_links.pop().flatten() {
            if out.len() == start + 1 {
                self.report_leftover(range, message::markdown_link_text());
            }
            let facts = self.file_facts(&out[start..]);
            out.extend(facts.map(inline_html));
            out.push(Event::End(TagEnd::Link));
        }
    }

    /// Names tables and their scroll regions by the nearest heading, or the page; with a number where that has several.
    fn name_tables(&self, out: &mut [Event<'a>]) {
        let page = self.page.plan.page.map_or("", |page| page.title.as_str());
        for (index, (at, heading)) in self.tables.iter().enumerate() {
            let title = heading
                .checked_sub(1)
                .and_then(|last| self.rendered.contents.get(last))
                .map_or(page, |heading| &heading.title);
            let under_heading = |tables: &[(usize, usize)]| tables.iter().filter(|(_, other)| other == heading).count();
            let number =
                (under_heading(&self.tables) > 1).then(|| (under_heading(&self.tables[..index]) + 1).to_string());
            let label = number.map_or_else(
                || title.to_owned(),
                |number| {
                    self.page
                        .fill("sentence.table_number", &[("title", title), ("number", &number)])
                },
            );
            let label = escape(&label);
            out[*at] = block_html(format!(
                "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
            ));
            out[*at + 2] = block_html(format!("<caption class=\"visually-hidden\">{label}</caption>"));
        }
    }

    /// The place of these bytes of the narrative in its file.
    pub(super) fn place(&self, range: &Range<usize>) -> Origin {
        Origin::span(&self.file, self.offset + range.start..self.offset + range.end)
    }
}
