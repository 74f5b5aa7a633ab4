//! Footnotes: numbered in the order of their references, gathered at the page's end, with links back.

use crate::page::context::PageContext;
use crate::theme::escape;
use pulldown_cmark::{Event, Tag, TagEnd, html};
use std::fmt::Write;

/// Footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Names, in the order of their first mention.
    names: Vec<String>,
    /// How often each has been referred to.
    mentions: Vec<usize>,
    /// Name and HTML of each definition.
    texts: Vec<(String, String)>,
}

impl Footnotes {
    /// A reference as HTML; the first one to a name gives the footnote its number.
    pub(super) fn reference(&mut self, name: &str, page: PageContext<'_>) -> String {
        let index = self.names.iter().position(|other| other == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.mentions.push(0);
            self.names.len() - 1
        });
        self.mentions[index] += 1;
        let (number, label) = (index + 1, escape(page.word("sentence.footnote")));
        let id = Self::reference_id(number, self.mentions[index]);
        format!(
            "<sup class=\"footnote-ref\"><a id=\"{id}\" href=\"#not-{number}\" aria-label=\"{label} {number}\">{number}</a></sup>"
        )
    }

    /// Id of a reference, to which the footnote links back.
    fn reference_id(number: usize, mention: usize) -> String {
        if mention == 1 {
            format!("not-{number}-ref")
        } else {
            format!("not-{number}-ref-{mention}")
        }
    }

    /// The events without the definitions, which are kept for the end.
    pub(super) fn take<'a>(&mut self, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        if !events
            .iter()
            .any(|event| matches!(event, Event::Start(Tag::FootnoteDefinition(_))))
        {
            return events;
        }
        let mut rest = Vec::with_capacity(events.len());
        let mut open: Option<(String, Vec<Event<'a>>)> = None;
        for event in events {
            match (event, &mut open) {
                (Event::Start(Tag::FootnoteDefinition(name)), _) => open = Some((name.to_string(), Vec::new())),
                (Event::End(TagEnd::FootnoteDefinition), definition) => {
                    if let Some((name, events)) = definition.take() {
                        let mut text = String::new();
                        html::push_html(&mut text, events.into_iter());
                        self.texts.push((name, text));
                    }
                }
                (event, Some((_, events))) => events.push(event),
                (event, None) => rest.push(event),
            }
        }
        rest
    }

    /// The section at the page's end; empty without references.
    pub(super) fn section(&self, page: PageContext<'_>) -> String {
        if self.names.is_empty() {
            return String::new();
        }
        let title = escape(page.word("sentence.footnotes"));
        let back = escape(page.word("sentence.footnote_back"));
        let mut out = format!("<section class=\"footnotes\" aria-label=\"{title}\"><ol>\n");
        for (index, name) in self.names.iter().enumerate() {
            let text = self
                .texts
                .iter()
                .find(|(other, _)| other == name)
                .map_or("", |(_, text)| text);
            let number = index + 1;
            let link = format!(
                " <a href=\"#{}\" aria-label=\"{back} {number}\">↩</a>",
                Self::reference_id(number, 1)
            );
            let text = match text.trim_end().strip_suffix("</p>") {
                Some(open) => format!("{open}{link}</p>"),
                None => format!("{text}{link}"),
            };
            let _ = writeln!(out, "<li id=\"not-{number}\">{text}</li>");
        }
        out.push_str("</ol></section>\n");
        out
    }
}
