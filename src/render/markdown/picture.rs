//! Pictures, with their size and a caption, and the type and size of files that links lead to.

use crate::finding::{Code, Finding};
use crate::page::context::size;
use crate::page::image_size::image_size;
use crate::render::markdown::excerpt::Excerpt;
use crate::render::markdown::heading::without_tags;
use crate::render::markdown::markup::{block_html, inline_html};
use crate::render::markdown::writer::NarrativeWriter;
use crate::theme::escape;
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

/// Begins the HTML of every picture; pictures of authors' own HTML begin otherwise.
const PICTURE: &str = "<img loading=\"lazy\" src=\"";

/// A picture that has begun.
pub(super) struct PictureStart {
    /// Position of the events of its text.
    at: usize,
    /// Its tag up to the text in its place.
    tag: String,
    /// HTML of the caption; empty for none.
    caption: String,
}

impl<'a> NarrativeWriter<'a> {
    /// Begins a picture; one without a file is left out, and its text stays as text.
    pub(super) fn begin_picture(&mut self, dest: &str, title: &str, range: &Range<usize>, out: &mut [Event<'a>]) {
        let behind = self.text[range.start..].trim_start_matches(['!', '[', ' ']);
        if behind.starts_with(']') {
            self.log.add(Finding::new(Code::PictureText, self.place(range)));
        }
        let href = self.file_link(dest, range);
        let start = href.map(|href| {
            let size = self.size_attributes(dest);
            PictureStart {
                at: out.len(),
                tag: format!("{PICTURE}{}\"{size}", escape(&encoded(&href))),
                caption: self.caption(title, range),
            }
        });
        self.open_pictures.push(start);
    }

    /// The size of a picture in `content/`, as attributes of its tag; empty where it is not known.
    pub(super) fn size_attributes(&self, dest: &str) -> String {
        let path = self.path_from_here(&crate::html::decoded(dest));
        let bytes = self.page.report.files.get(path.as_str());
        let size = bytes.and_then(|bytes| image_size(bytes));
        size.map_or(String::new(), |(width, height)| {
            format!(" width=\"{width}\" height=\"{height}\"")
        })
    }

    /// Ends the innermost picture: all that stands in its brackets is the text in its place.
    pub(super) fn end_picture(&mut self, out: &mut Vec<Event<'a>>) {
        let Some(start) = self.open_pictures.pop().flatten() else {
            return;
        };
        let events = out.drain(start.at..);
        let text: String = events
            .map(|event| match event {
                Event::Text(text) | Event::Code(text) => text.into_string(),
                Event::InlineHtml(markup) => without_tags(&markup),
                Event::SoftBreak | Event::HardBreak => " ".to_owned(),
                _ => String::new(),
            })
            .collect();
        out.push(inline_html(format!("{} alt=\"{}\">", start.tag, escape(&text))));
        if !start.caption.is_empty() {
            out.push(inline_html(format!("<figcaption>{}</figcaption>", start.caption)));
        }
    }

    /// A picture's caption: what stands in quotation marks behind its address, a line of Markdown.
    fn caption(&mut self, title: &str, range: &Range<usize>) -> String {
        let source = &self.masked.text[range.clone()];
        let Some(at) = source.rfind(title).filter(|_| !title.is_empty()) else {
            // Marks that were escaped are not found again.
            return escape(title);
        };
        let mut excerpt = Excerpt::default();
        excerpt.push(title, range.start + at);
        let html = self.nested(&excerpt);
        let line = html
            .trim()
            .strip_prefix("<p>")
            .and_then(|html| html.strip_suffix("</p>"));
        line.map_or_else(|| escape(title), ToOwned::to_owned)
    }

    /// The type and size of the file that a link leads to, for behind its text; `None` where it leads to none, or says so itself.
    pub(super) fn file_facts(&self, link: &[Event<'_>]) -> Option<String> {
        let Some(Event::Start(Tag::Link { dest_url, .. })) = link.first() else {
            return None;
        };
        let path = crate::archive::resolve(self.page.route(), dest_url.split(['?', '#']).next()?)?;
        let bytes = self.page.report.files.get(path.as_str())?;
        let kind = path.rsplit('/').next()?.rsplit_once('.')?.1.to_lowercase();
        let text: String = link
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.to_lowercase()),
                _ => None,
            })
            .collect();
        let is_said = text.rsplit_once('(').is_some_and(|(_, facts)| facts.contains(&kind));
        let size = size(self.page.locale, bytes.len());
        (!is_said && !text.is_empty())
            .then(|| format!(" <span class=\"file-facts\">({}, {size})</span>", escape(&kind)))
    }
}

/// Makes a figure of a paragraph that is nothing but a picture with a caption. Elsewhere a caption is text behind the picture.
pub(super) fn frame_picture(out: &mut [Event<'_>]) {
    let [.., start, Event::InlineHtml(picture), Event::InlineHtml(caption), end] = out else {
        return;
    };
    let is_alone = matches!(start, Event::Start(Tag::Paragraph));
    if is_alone && picture.starts_with(PICTURE) && caption.starts_with("<figcaption>") {
        *start = block_html("<figure class=\"picture\">\n".to_owned());
        *end = block_html("\n</figure>\n".to_owned());
    }
}

/// A path of which nothing is taken for a part of an address.
fn encoded(path: &str) -> String {
    path.replace('%', "%25")
        .replace(' ', "%20")
        .replace('?', "%3F")
        .replace('#', "%23")
}
