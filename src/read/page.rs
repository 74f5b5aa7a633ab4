//! `content/**.md`: front matter → a page.
//!
//! Takes Markdown files; gives pages with their narrative as text, which is parsed when it is rendered.

use super::document::{each_file, embedded, text_of};
use super::expressions::{Expressions, has_braces};
use super::yaml::Node;
use crate::finding::{Code, Finding, Log};
use crate::model::{About, Layout, Page, Prose};
use crate::source::{Origin, Snapshot, SourceFile};

/// All pages. Those of further languages lie in a folder named after the language.
pub(super) fn read_all(
    snapshot: &Snapshot,
    languages: &[String],
    (expressions, log): (Expressions<'_>, &Log),
) -> Vec<Page> {
    let files = snapshot.under("content/", ".md").collect();
    each_file(files, log, |file, log| read(file, languages, expressions, log))
}

fn read(file: &SourceFile, languages: &[String], expressions: Expressions<'_>, log: &Log) -> Option<Page> {
    let text = text_of(file, log)?;
    let path = file.path.strip_prefix("content/")?.strip_suffix(".md")?;
    let (language, id) = match path.split_once('/') {
        Some((first, rest)) if languages.iter().skip(1).any(|language| language == first) => (first, rest),
        _ => (languages.first().map_or("", String::as_str), path),
    };
    let Some((block, start)) = front_matter(text) else {
        log.add(Finding::new(Code::FrontMatter, Origin::file(&file.path)));
        return None;
    };
    let origin = Origin::block(&file.path, block.clone());
    let prose = Prose {
        file: file.path.clone(),
        bytes: file.bytes.clone(),
        start,
    };
    embedded(&text[block], &origin, expressions, log, |node| {
        page(node, id, language, prose)
    })
}

/// Bytes of the YAML between two lines of `---`, and where the narrative begins.
pub(super) fn front_matter(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let first = text.strip_prefix("---")?;
    let start = text.len() - first.len() + first.find('\n')? + 1;
    if !text[3..start].trim().is_empty() {
        return None;
    }
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

pub(super) fn page(node: &Node<'_>, id: &str, language: &str, prose: Prose) -> Option<Page> {
    let mut fields = node.fields()?;
    // A title may be a mere year.
    let title = fields.required("title", |node| match node.peek_text() {
        Some(text) if has_braces(text) => node.prose(language),
        _ => node.scalar(),
    });
    let description = fields.optional("description", |node| node.prose(language));
    let description = description.unwrap_or_default();
    let menu = fields.optional("menu", |node| node.prose(language));
    let stated_layout = fields.optional("layout", |node| node.choice(Layout::NAMES));
    let mut about = |key, make: fn(String) -> About| fields.optional(key, Node::string).map(make);
    let about = about("indicator", About::Indicator)
        .or(about("set", About::Set))
        .or(about("place", About::Place))
        .or(about("index", About::Index))
        .or(about("consultation", About::Consultation));
    let order = fields.optional("order", Node::number);
    let draft = fields.flag("draft");
    fields.done();
    let title = title?;
    let layout = stated_layout.unwrap_or(match &about {
        Some(About::Indicator(_)) => Layout::Indicator,
        Some(About::Set(_)) => Layout::Set,
        Some(About::Place(_)) => Layout::Place,
        Some(About::Index(_)) => Layout::Index,
        Some(About::Consultation(_)) => Layout::Consultation,
        None => Layout::Page,
    });
    Some(Page {
        id: id.to_owned(),
        language: language.to_owned(),
        menu: menu.unwrap_or_else(|| title.clone()),
        title,
        description,
        layout,
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an order beyond 64 bits saturates, which orders it last as meant"
        )]
        order: order.map(|order| order as i64),
        draft,
        about,
        prose,
        origin: node.origin.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::front_matter;

    #[test]
    fn front_matter_lies_between_two_lines() {
        let text = "---\r\ntitle: A\r\n---\r\nText";
        let (block, start) = front_matter(text).expect("closed");
        assert_eq!((&text[block], &text[start..]), ("title: A\r\n", "Text"));
        assert_eq!(front_matter("---\ntitle: A\n"), None);
        assert_eq!(front_matter("Text"), None);
    }
}
