//! Directives: fenced blocks of YAML that become charts, evidence, tables, notes, diagrams, questions and their results.
//!
//! A block whose info string is no directive stays code; one that is nearly a directive's name is a finding.

use crate::finding::{Code, Finding, message, nearest};
use crate::model::{ChartSpec, Consultation, Indicator, Question};
use crate::page::consultation_state;
use crate::page::navigation;
use crate::page::routes::{Chapter, Reference};
use crate::read;
use crate::read::{Expressions, Node};
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

const NAMES: &[&str] = &[
    "chart",
    "indicator",
    "evidence",
    "set",
    "note",
    "diagram",
    "question",
    "result",
];

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
        let is_directive = NAMES.contains(&name);
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
        let html = if name == "note" {
            self.note(lines, &block)
        } else {
            let text = self.text[block.start - self.offset..block.end - self.offset].to_owned();
            let origin = Origin::block(&self.file, block);
            let expressions = Expressions::Evaluated(self.calculator);
            read::embedded(&text, &origin, expressions, self.log, |node| match name {
                "chart" => self.chart(node),
                "indicator" => self.indicator_box(node),
                "evidence" => self.evidence(node),
                "set" => self.set(node),
                "question" => self.question(node),
                "result" => self.result(node),
                _ => self.diagram(node),
            })
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
            .or(nearest(name, NAMES.iter().copied()));
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

    fn chart(&mut self, node: &Node<'_>) -> Option<String> {
        let mut fields = node.fields()?;
        let spec = match fields.find("chart") {
            Some(shared) => {
                let id = shared.string()?;
                fields.done();
                let site = self.page.site;
                let spec = site.chart(&id).cloned();
                if spec.is_none() {
                    let finding = shared.finding(Code::UnknownChart).with("value", &id);
                    shared.report(finding.near(&id, site.charts.iter().map(|(id, _)| id.as_str())));
                }
                spec?
            }
            None => read::chart_spec(node, &self.page.site.places)?,
        };
        self.known_indicators(&spec, node)?;
        self.rendered.uses.extend(spec.indicators.iter().cloned());
        let chart = figure::chart(self.page, &spec, self.log)?;
        self.rendered.sample |= chart.sample;
        self.part("chart", &ChartPart { chart })
    }

    /// Reports indicators that do not exist, each at its id; `None` if there are any.
    fn known_indicators(&self, spec: &ChartSpec, node: &Node<'_>) -> Option<()> {
        let site = self.page.site;
        let mut fields = node.fields()?;
        let several = fields.list("indicators", |node| Some((node.string()?, node.origin.clone())));
        let one = fields
            .find("indicator")
            .and_then(|node| Some((node.string()?, node.origin.clone())));
        for (id, origin) in several.into_iter().chain(one) {
            if site.indicator(&id).is_none() {
                crate::bind::indicator(site, &id, &origin, self.log);
            }
        }
        spec.indicators
            .iter()
            .all(|id| site.indicator(id).is_some())
            .then_some(())
    }

    /// The indicator that a node names; `None` after a finding.
    fn indicator(&self, node: &Node<'_>) -> Option<&'a Indicator> {
        let id = node.string()?;
        let site = self.page.site;
        let indicator = site.indicator(&id);
        if indicator.is_none() {
            crate::bind::indicator(site, &id, &node.origin, self.log);
        }
        indicator
    }

    fn indicator_box(&mut self, node: &Node<'_>) -> Option<String> {
        let mut fields = node.fields()?;
        let indicator = fields.require("id").and_then(|node| self.indicator(&node));
        fields.done();
        self.boxes(&[indicator?])
    }

    fn evidence(&mut self, node: &Node<'_>) -> Option<String> {
        let mut fields = node.fields()?;
        let indicators = fields
            .require("indicators")
            .and_then(|node| node.list(|node| self.indicator(node)));
        fields.done();
        self.boxes(&indicators?)
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

    fn set(&mut self, node: &Node<'_>) -> Option<String> {
        let mut fields = node.fields()?;
        let id = fields.require("id");
        fields.done();
        let node = id?;
        let id = node.string()?;
        let site = self.page.site;
        let Some(set) = site.set(&id) else {
            node.report(
                node.finding(Code::UnknownSet)
                    .with("value", &id)
                    .near(&id, site.sets.iter().map(|set| set.id.as_str())),
            );
            return None;
        };
        self.rendered
            .uses
            .extend(set.entries().map(|entry| entry.indicator.clone()));
        let set = set_view(self.page, set);
        self.part("set", &SetPart { set })
    }

    /// The consultation and the question that a directive names, with the question's position; `None` after a finding.
    fn named_question(&self, node: &Node<'_>) -> Option<(&'a Consultation, (usize, &'a Question))> {
        let mut fields = node.fields()?;
        let (consultation_node, question_node) = (fields.require("consultation"), fields.require("question"));
        fields.done();
        let (consultation_node, question_node) = (consultation_node?, question_node?);
        let (consultation_id, question_id) = (consultation_node.string()?, question_node.string()?);
        let site = self.page.site;
        let Some(consultation) = site.consultation(&consultation_id) else {
            let ids = site.consultations.iter().map(|consultation| consultation.id.as_str());
            let finding = consultation_node.finding(Code::UnknownConsultation);
            consultation_node.report(finding.with("value", &consultation_id).near(&consultation_id, ids));
            return None;
        };
        let questionnaire = &consultation.questionnaire;
        let question = questionnaire.question(&question_id);
        if question.is_none() {
            let ids = questionnaire.questions().map(|question| question.id.as_str());
            let finding = question_node.finding(Code::UnknownQuestion);
            question_node.report(finding.with("value", &question_id).near(&question_id, ids));
        }
        Some((consultation, question?))
    }

    /// The result of a question; as long as there is none, a sentence says so.
    fn result(&mut self, node: &Node<'_>) -> Option<String> {
        let (consultation, (position, question)) = self.named_question(node)?;
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
    fn question(&mut self, node: &Node<'_>) -> Option<String> {
        let (consultation, (_, question)) = self.named_question(node)?;
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

    fn diagram(&mut self, node: &Node<'_>) -> Option<String> {
        let mut fields = node.fields()?;
        let id = fields.require("analysis");
        fields.done();
        let node = id?;
        let id = node.string()?;
        let site = self.page.site;
        let Some(analysis) = site.analysis(&id) else {
            let ids = site.analyses.iter().map(|analysis| analysis.id.as_str());
            node.report(node.finding(Code::UnknownAnalysis).with("value", &id).near(&id, ids));
            return None;
        };
        let nodes = analysis.groups.iter().flat_map(|group| &group.nodes);
        self.rendered
            .uses
            .extend(nodes.filter_map(|node| node.indicator.clone()));
        let diagram = diagram::diagram(self.page, analysis);
        self.part("diagram", &DiagramPart { diagram })
    }
}
