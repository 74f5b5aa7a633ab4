//! `data/drafts/ID.md`: a text whose headings part it into numbered sections.
//!
//! Takes the file that a data file names; gives a [`Draft`]. The text is plain Markdown without expressions, so that it cannot
//! change when figures do. Whether it has changed since it was opened for comments is [`crate::check`]'s to report.

use super::document::{embedded, text_of};
use super::evidence::evidence;
use super::expressions::{Expressions, has_braces};
use super::ids::{anchor, id_fault, is_id, unique};
use super::page::front_matter;
use super::text_links::lost_links;
use super::values::data_file;
use super::yaml::Node;
use crate::finding::{Code, Finding, Log};
use crate::model::{Draft, Evidence, Section};
use crate::source::{FilePath, Origin, Snapshot};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Hexadecimal digits of a fingerprint.
const FINGERPRINT: usize = 12;

/// What the front matter says of the draft.
#[derive(Default)]
pub(super) struct FrontMatter {
    fingerprint: String,
    sections: Vec<SectionEntry>,
}

/// What the front matter says of a section.
struct SectionEntry {
    id: String,
    formerly: Vec<String>,
    reworded: bool,
    evidence: Evidence,
    origin: Origin,
}

/// The draft in the file that a key names.
pub(super) fn draft(node: &Node<'_>, snapshot: &Snapshot) -> Option<Draft> {
    let file = data_file(node, snapshot)?;
    let id = file.path.rsplit('/').next().unwrap_or_default();
    let id = id.trim_end_matches(".md").to_owned();
    let log = node.log();
    let text = text_of(file, log)?;
    let (front, start) = match front_matter(text) {
        Some((block, start)) => {
            let origin = Origin::block(&file.path, block.clone());
            let front = embedded(&text[block], &origin, Expressions::Unread, log, front_matter_of);
            (front.unwrap_or_default(), start)
        }
        None => (FrontMatter::default(), 0),
    };
    // A byte-order mark, which the text has lost, counts in places.
    let shift = file.bytes.len() - text.len() + start;
    let (introduction, headings) = headings(&text[start..]);
    for (target, span) in lost_links(&text[start..]) {
        let origin = Origin::span(&file.path, shift + span.start..shift + span.end);
        log.add(Finding::new(Code::LinkText, origin).with("target", target));
    }
    let mut numbers = Numbers::default();
    let mut sections: Vec<Section> = headings
        .into_iter()
        .filter_map(|heading| section(heading, &mut numbers, (&file.path, shift), log))
        .collect();
    unique(
        sections.iter().map(|section| (&*section.id, section.origin.clone())),
        log,
    );
    let mut known: Vec<String> = Vec::new();
    sections.retain(|section| {
        let is_first = !known.contains(&section.id);
        known.push(section.id.clone());
        is_first
    });
    complete(&mut sections, front.sections, log);
    empty_sections(&sections, &introduction, &Origin::file(&file.path), log);
    Some(Draft {
        fingerprint: fingerprint(&introduction, &sections),
        id,
        introduction,
        sections,
        stated_fingerprint: front.fingerprint,
        origin: Origin::file(&file.path),
    })
}

pub(super) fn front_matter_of(node: &Node<'_>) -> Option<FrontMatter> {
    let mut fields = node.fields()?;
    let front = FrontMatter {
        fingerprint: fields.optional("fingerprint", Node::scalar).unwrap_or_default(),
        sections: fields.list("sections", section_entry),
    };
    fields.done();
    let ids = front.sections.iter();
    unique(ids.map(|entry| (&*entry.id, entry.origin.at("id"))), node.log());
    Some(front)
}

fn section_entry(node: &Node<'_>) -> Option<SectionEntry> {
    let mut fields = node.fields()?;
    let id = fields.required("id", Node::string);
    let entry = SectionEntry {
        id: id.clone().unwrap_or_default(),
        formerly: fields.list("formerly", Node::string),
        reworded: fields.flag("reworded"),
        evidence: fields.optional("about", evidence).unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    id.map(|_| entry)
}

/// A heading and the text below it, as bytes of the Markdown.
struct Heading {
    level: HeadingLevel,
    id: Option<String>,
    title: String,
    body: String,
    span: std::ops::Range<usize>,
}

/// The Markdown before the first section, and the sections in order. A single heading of the first level at the top is the title
/// of the text, which data files give.
fn headings(text: &str) -> (String, Vec<Heading>) {
    let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_TABLES;
    let mut headings: Vec<Heading> = Vec::new();
    let (mut introduction, mut body_start, mut depth, mut inside) = (String::new(), 0, 0_usize, false);
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) if depth == 0 => {
                let body = text[body_start..span.start].trim().to_owned();
                match headings.last_mut() {
                    Some(last) => last.body = body,
                    None => introduction = body,
                }
                body_start = span.end;
                inside = true;
                depth += 1;
                headings.push(Heading {
                    level,
                    id: id.map(|id| id.to_string()),
                    title: String::new(),
                    body: String::new(),
                    span: span.start..span.start + text[span.clone()].trim_end().len(),
                });
            }
            Event::Start(_) => depth += 1,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                inside = inside && !matches!(end, TagEnd::Heading(_));
            }
            Event::Text(words) | Event::Code(words) if inside => {
                if let Some(last) = headings.last_mut() {
                    last.title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    let rest = text[body_start..].trim().to_owned();
    match headings.last_mut() {
        Some(last) => last.body = rest,
        None => introduction = rest,
    }
    let of_first_level = headings.iter().filter(|heading| heading.level == HeadingLevel::H1);
    let has_title = headings.first().is_some_and(|first| first.level == HeadingLevel::H1);
    if has_title && of_first_level.count() == 1 {
        let title = headings.remove(0);
        let both = [introduction, title.body].join("\n\n");
        introduction = both.trim().into();
    }
    (introduction, headings)
}

/// Numbers by depth: the headings above the next one, and how many have been at each depth.
#[derive(Default)]
struct Numbers {
    levels: Vec<HeadingLevel>,
    counts: Vec<usize>,
}

impl Numbers {
    /// Number of the next heading, `2.1`, and its depth.
    fn next(&mut self, level: HeadingLevel) -> (String, usize) {
        while self.levels.last().is_some_and(|last| *last >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        let depth = self.levels.len();
        self.counts.resize(depth.max(self.counts.len()), 0);
        self.counts.truncate(depth);
        self.counts[depth - 1] += 1;
        let number: Vec<String> = self.counts.iter().map(ToString::to_string).collect();
        (number.join("."), depth)
    }
}

fn section(heading: Heading, numbers: &mut Numbers, (path, shift): (&FilePath, usize), log: &Log) -> Option<Section> {
    let origin = Origin::span(path, shift + heading.span.start..shift + heading.span.end);
    let id = heading.id.unwrap_or_else(|| anchor(&heading.title));
    let (number, depth) = numbers.next(heading.level);
    if !is_id(&id) {
        log.add(id_fault(Code::FileName, "name", &id, origin));
        return None;
    }
    if has_braces(&heading.title) || has_braces(&heading.body) {
        log.add(Finding::new(Code::DraftExpression, origin.clone()).with("value", &heading.title));
    }
    Some(Section {
        id,
        formerly: Vec::new(),
        number,
        title: heading.title,
        depth,
        body: heading.body,
        reworded: false,
        evidence: Evidence::default(),
        origin,
    })
}

/// Gives sections what the front matter says of them, and reports entries of sections that the text does not have.
fn complete(sections: &mut [Section], entries: Vec<SectionEntry>, log: &Log) {
    for entry in entries {
        if let Some(section) = sections.iter_mut().find(|section| section.id == entry.id) {
            section.formerly = entry.formerly;
            section.reworded = entry.reworded;
            section.evidence = entry.evidence;
            continue;
        }
        let known = sections.iter().map(|section| section.id.as_str());
        let finding = Finding::new(Code::UnknownSection, entry.origin.at("id")).with("value", &entry.id);
        log.add(finding.near(&entry.id, known));
    }
}

/// Reports a text without sections, and sections with neither text nor sections below them.
fn empty_sections(sections: &[Section], introduction: &str, file: &Origin, log: &Log) {
    if sections.is_empty() {
        log.add(Finding::new(Code::DraftSections, file.clone()));
    }
    if has_braces(introduction) {
        log.add(Finding::new(Code::DraftExpression, file.clone()).with("value", "…"));
    }
    for (at, section) in sections.iter().enumerate() {
        let is_chapter = sections.get(at + 1).is_some_and(|next| next.depth > section.depth);
        if section.body.is_empty() && !is_chapter {
            log.add(Finding::new(Code::DraftEmpty, section.origin.clone()).with("value", &section.title));
        }
    }
}

/// The fingerprint of what is commented: ids, titles and texts, whatever the line ends.
fn fingerprint(introduction: &str, sections: &[Section]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        for line in text.lines() {
            hasher.update(line.trim_end().as_bytes());
            hasher.update(b"\n");
        }
        hasher.update(b"\0");
    };
    add(introduction);
    for section in sections {
        add(&section.id);
        add(&section.title);
        add(&section.depth.to_string());
        add(&section.body);
    }
    // A letter first: twelve digits, or digits around an `e`, would be a number to YAML.
    format!("v{}", &hasher.finalize().to_hex()[..FINGERPRINT])
}

#[cfg(test)]
mod tests {
    use super::{Numbers, headings};
    use pulldown_cmark::HeadingLevel::{H2, H3, H4};

    #[test]
    fn numbers_follow_the_depth_of_headings() {
        let mut numbers = Numbers::default();
        let numbered = [H2, H3, H3, H2, H4, H3].map(|level| numbers.next(level).0);
        assert_eq!(numbered, ["1", "1.1", "1.2", "2", "2.1", "2.2"]);
    }

    #[test]
    fn a_title_and_headings_in_quotations_are_no_sections() {
        let text = "# Utkast\n\nInledning.\n\n## Mål {#mal}\n\nText.\n\n> ## Citat\n\n```\n## Kod\n```\n";
        let (introduction, headings) = headings(text);
        assert_eq!(introduction, "Inledning.");
        let found: Vec<_> = headings
            .iter()
            .map(|heading| (heading.id.as_deref(), &*heading.title))
            .collect();
        assert_eq!(found, [(Some("mal"), "Mål")]);
        assert!(headings[0].body.starts_with("Text.") && headings[0].body.ends_with("```"));
    }
}
