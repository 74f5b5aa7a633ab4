//! Directives: fenced blocks of YAML that become charts, evidence, tables, notes, diagrams, questions and their results.
//!
//! A block whose info string is no directive stays code; one that is nearly a directive's name is a finding.

use crate::finding::{Code, Finding, message, nearest};
use crate::model::{ChartSpec, Consultation, Indicator, Question};
use crate::page::consultation_state;
use crate::page::inline::inline;
use crate::page::navigation;
use crate::page::routes::{Chapter, Reference};
use crate::page::view::{Aside, Html};
use crate::read;
use crate::read::{BLOCKS, Block, Expressions, Named};
use crate::render::consultation::results::ResultsContext;
use crate::render::figure;
use crate::render::figure::diagram;
use crate::render::markdown::markup::block_html;
use crate::render::markdown::parts::{
    AskedQuestion, ChartPart, DiagramPart, EvidencePart, QuestionPart, ResultPart, SetPart,
};
use crate::render::markdown::writer::NarrativeWriter;
use crate::render::report::evidence;
use crate::render::report::set::set_view;
use crate::source::Origin;
use minijinja::context;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use serde::Serialize;
use std::ops::Range;

/// Words for blocks that other tools have or that are near at hand, and the directive they mean.
const WISHES: [(&str, &str); 3] = [
    (
        "faktaruta fakta info information tips tip obs notera notis ruta box varning warning viktigt important caution danger \
         callout admonition alert aside quote citat",
        "note",
    ),
    (
        "graf graph linje stapel staplar line bar pie karta map plot figur",
        "chart",
    ),
    ("fråga fraga frågor", "question"),
];

impl<'a> NarrativeWriter<'a> {
    /// A fenced block with this info string and these lines.
    pub(super) fn fenced(&mut self, info: &str, lines: &[Range<usize>], range: Range<usize>, out: &mut Vec<Event<'a>>) {
        let name = info.split_whitespace().next().unwrap_or_default();
        let is_directive = BLOCKS.contains(&name);
        let is_closed = self.is_closed(&range);
        if !is_closed {
            let line = self.text[range.clone()].lines().next().unwrap_or_default();
            let mark: String = line.chars().take_while(|c| matches!(c, '`' | '~')).collect();
            self.report_leftover(&(range.start..range.start + line.len()), message::markdown_fence(mark));
        }
        if !is_directive {
            if is_closed {
                self.unknown_block(name, &range);
            }
            let code: String = lines.iter().map(|line| &self.text[line.clone()]).collect();
            out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(
                info.to_owned().into(),
            ))));
            out.push(Event::Text(code.into()));
            out.push(Event::End(TagEnd::CodeBlock));
            return;
        }
        if !is_closed {
            // Half the page would be read as its keys.
            return;
        }
        let block = self.block(lines, &range);
        let html = if name == "note" && !self.has_keys_of_note(lines) {
            self.plain_note(lines)
        } else {
            let text = self.text[block.start - self.offset..block.end - self.offset].to_owned();
            let origin = Origin::block(&self.file, block);
            let expressions = Expressions::Evaluated(self.calculator);
            let places = &self.page.site.places;
            read::embedded(&text, &origin, expressions, self.log, |node| {
                read::block(name, node, places)
            })
            .and_then(|block| self.directive(block))
        };
        out.push(block_html(html.unwrap_or_default()));
        out.push(block_html("\n".to_owned()));
    }

    /// Reports a name that is nearly a directive's, or means the same.
    fn unknown_block(&self, name: &str, range: &Range<usize>) {
        let lower = name.to_lowercase();
        let wish = WISHES
            .iter()
            .find(|(words, _)| words.split(' ').any(|word| word == lower));
        let near = wish
            .map(|(_, directive)| *directive)
            .or(nearest(name, BLOCKS.iter().copied()));
        if let Some(near) = near {
            let start = range.start + self.text[range.clone()].find(name).unwrap_or(0);
            let finding = Finding::new(Code::UnknownDirective, self.place(&(start..start + name.len())));
            self.log.add(finding.with("value", name).with("near", near));
        }
    }

    /// Whether a fenced block has its last line, rather than going on to the end of the page.
    fn is_closed(&self, range: &Range<usize>) -> bool {
        let text = &self.text[range.clone()];
        let fence = |line: &str| {
            let line = line.trim_matches([' ', '\t', '>', '\r']).to_owned();
            let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
            let length = line.chars().take_while(|c| *c == mark).count();
            Some((mark, length, line.chars().count()))
        };
        let mut all = text.trim_end().lines();
        let (Some(first), Some(last)) = (all.next().and_then(fence), all.next_back().and_then(fence)) else {
            return false;
        };
        first.0 == last.0 && last.1 >= first.1 && last.1 == last.2
    }

    /// Bytes of the file with the block's lines and their indentation, so that places in the YAML are places in the file.
    fn block(&self, lines: &[Range<usize>], range: &Range<usize>) -> Range<usize> {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            let at = self.offset + range.start;
            return at..at;
        };
        let start = self.text[..first.start].rfind('\n').map_or(0, |newline| newline + 1);
        self.offset + start..self.offset + last.end
    }

    /// The template `parts/TEMPLATE.html` with the fields of this view, the page's words, the way to its root and the level of
    /// headings below the section: no level is left out where no section has begun.
    pub(super) fn part(&self, template: &str, view: &impl Serialize) -> Option<String> {
        let page = context! { root => navigation::root(self.page.route()) };
        let words = crate::theme::template_value(self.page.locale.words.tree());
        let section = self.rendered.headings.last().map_or(1, |heading| heading.level);
        let heading_level = (section + 1).clamp(2, 3);
        let view = context! { page, words, heading_level, ..crate::theme::template_value(view) };
        let templates = &self.page.report.theme.templates;
        templates.render(&format!("parts/{template}.html"), view, self.log)
    }

    fn directive(&mut self, block: Block) -> Option<String> {
        match block {
            Block::Chart { spec, indicators } => {
                for indicator in &indicators {
                    self.indicator(indicator);
                }
                let exists = |id: &String| self.page.site.indicator(id).is_some();
                if spec.indicators.iter().all(exists) {
                    self.chart(&spec)
                } else {
                    None
                }
            }
            Block::SharedChart(named) => {
                let site = self.page.site;
                let ids = site.charts.iter().map(|(id, _)| id.as_str());
                self.known(&named, Code::UnknownChart, site.chart(&named.id), ids)
                    .and_then(|spec| self.chart(spec))
            }
            Block::Indicators(named) => {
                let indicators: Vec<_> = named.iter().filter_map(|named| self.indicator(named)).collect();
                if indicators.len() == named.len() {
                    self.boxes(&indicators)
                } else {
                    None
                }
            }
            Block::Set(named) => self.set(&named),
            Block::Note { title, text } => self.note_part(Aside {
                title,
                html: Html(inline(&text)),
            }),
            Block::Diagram(named) => self.diagram(&named),
            Block::Question { consultation, question } => self.question(&consultation, &question),
            Block::Result { consultation, question } => self.result(&consultation, &question),
        }
    }

    /// What was found under a name; a finding where there is nothing.
    fn known<'f, T>(
        &self,
        named: &Named,
        code: Code,
        found: Option<T>,
        ids: impl Iterator<Item = &'f str>,
    ) -> Option<T> {
        if found.is_none() {
            let finding = Finding::new(code, named.origin.clone()).with("value", &named.id);
            self.log.add(finding.near(&named.id, ids));
        }
        found
    }

    fn chart(&mut self, spec: &ChartSpec) -> Option<String> {
        self.rendered.uses.extend(spec.indicators.iter().cloned());
        let chart = figure::chart(self.page, spec, self.log)?;
        self.rendered.sample |= chart.sample;
        self.part("chart", &ChartPart { chart })
    }

    /// The indicator of this name; `None` after a finding.
    fn indicator(&self, named: &Named) -> Option<&'a Indicator> {
        let site = self.page.site;
        let indicator = site.indicator(&named.id);
        if indicator.is_none() {
            crate::bind::indicator(site, &named.id, &named.origin, self.log);
        }
        indicator
    }

    /// Boxes side by side, one an indicator.
    fn boxes(&mut self, indicators: &[&Indicator]) -> Option<String> {
        self.rendered
            .uses
            .extend(indicators.iter().map(|indicator| indicator.id.clone()));
        self.rendered.sample |= indicators.iter().any(|indicator| indicator.sample);
        let items = indicators
            .iter()
            .map(|indicator| evidence::evidence(self.page, indicator))
            .collect();
        self.part("evidence", &EvidencePart { items })
    }

    fn set(&mut self, named: &Named) -> Option<String> {
        let site = self.page.site;
        let ids = site.sets.iter().map(|set| set.id.as_str());
        let set = self.known(named, Code::UnknownSet, site.set(&named.id), ids)?;
        self.rendered
            .uses
            .extend(set.entries().map(|entry| entry.indicator.clone()));
        let set = set_view(self.page, set);
        self.part("set", &SetPart { set })
    }

    /// The consultation and the question that a directive names, with the question's position; `None` after a finding.
    fn named_question(
        &self,
        consultation: &Named,
        question: &Named,
    ) -> Option<(&'a Consultation, (usize, &'a Question))> {
        let site = self.page.site;
        let ids = site.consultations.iter().map(|consultation| consultation.id.as_str());
        let found = site.consultation(&consultation.id);
        let consultation = self.known(consultation, Code::UnknownConsultation, found, ids)?;
        let questionnaire = &consultation.questionnaire;
        let ids = questionnaire.questions().map(|question| question.id.as_str());
        let found = questionnaire.question(&question.id);
        let question = self.known(question, Code::UnknownQuestion, found, ids)?;
        Some((consultation, question))
    }

    /// The result of a question; as long as there is none, a sentence says so.
    fn result(&mut self, consultation: &Named, question: &Named) -> Option<String> {
        let (consultation, (position, question)) = self.named_question(consultation, question)?;
        self.rendered.sample |= consultation.sample;
        let title = consultation.title.in_language(self.page.code());
        let link = |about: Reference| self.page.link(title, &about);
        let about = link(Reference::Chapter(consultation.id.clone(), Chapter::Results))
            .or_else(|| link(Reference::Consultation(consultation.id.clone())));
        let question = ResultsContext::new(self.page, consultation)
            .and_then(|context| context.question_view(position, question, self.log));
        self.part("result", &ResultPart { question, about })
    }

    /// A question of a consultation, with a link to where it is answered.
    fn question(&mut self, consultation: &Named, question: &Named) -> Option<String> {
        let (consultation, (_, question)) = self.named_question(consultation, question)?;
        self.rendered.sample |= consultation.sample;
        let code = self.page.code();
        let question = AskedQuestion {
            text: question.text.in_language(code).to_owned(),
            link: consultation_state::question(self.page, consultation, question),
            answers: consultation.channels.has_form(),
            consultation: self.page.link(
                consultation.title.in_language(code),
                &Reference::Consultation(consultation.id.clone()),
            ),
            standing: consultation_state::state_view(self.page, consultation),
            sample: consultation.sample,
        };
        self.part("question", &QuestionPart { question })
    }

    fn diagram(&mut self, named: &Named) -> Option<String> {
        let site = self.page.site;
        let ids = site.analyses.iter().map(|analysis| analysis.id.as_str());
        let found = site.analysis(&named.id);
        let analysis = self.known(named, Code::UnknownAnalysis, found, ids)?;
        let nodes = analysis.groups.iter().flat_map(|group| &group.nodes);
        self.rendered
            .uses
            .extend(nodes.filter_map(|node| node.indicator.clone()));
        let diagram = diagram::diagram(self.page, analysis);
        self.part("diagram", &DiagramPart { diagram })
    }
}
