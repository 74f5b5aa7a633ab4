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
use crate::read::Node;
use crate::render::consultation::results::ResultsContext;
use crate::render::figure;
use crate::render::figure::diagram;
use crate::render::markdown::markup::block_html;
use crate::render::markdown::parts::{
    AskedQuestion, ChartPart, DiagramPart, EvidencePart, NotePart, QuestionPart, ResultPart, SetPart,
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

/// Whether a fenced block, opening line included, ends with the fence that closes it. Markdown closes what is left open at the end
/// of the page, so that all that follows would be taken for the block's lines.
fn is_closed(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let Some(fence) = lines
        .next()
        .and_then(|line| line.find(['`', '~']).map(|at| &line[at..]))
    else {
        return false;
    };
    let mark = if fence.starts_with('`') { '`' } else { '~' };
    let length = fence.len() - fence.trim_start_matches(mark).len();
    lines.next_back().is_some_and(|last| {
        // A block in a quotation or a list has their marks before its fence.
        let last = last.trim_start_matches([' ', '\t', '>']);
        last.len() >= length && last.chars().all(|character| character == mark)
    })
}

impl<'a> NarrativeWriter<'a> {
    /// A fenced block with this info string and these lines.
    pub(super) fn fenced(&mut self, info: &str, lines: &[Range<usize>], range: Range<usize>, out: &mut Vec<Event<'a>>) {
        let name = info.split_whitespace().next().unwrap_or_default();
        if !NAMES.contains(&name) {
            if nearest(name, NAMES.iter().copied()).is_some() {
                let start = range.start + self.text[range.clone()].find(name).unwrap_or(0);
                let finding = Finding::new(Code::UnknownDirective, self.place(&(start..start + name.len())));
                self.log
                    .add(finding.with("value", name).near(name, NAMES.iter().copied()));
            }
            let code: String = lines.iter().map(|line| &self.text[line.clone()]).collect();
            out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(
                info.to_owned().into(),
            ))));
            out.push(Event::Text(code.into()));
            out.push(Event::End(TagEnd::CodeBlock));
            return;
        }
        if !is_closed(&self.text[range.clone()]) {
            let start = range.start + self.text[range.clone()].find(name).unwrap_or(0);
            let finding = Finding::new(Code::YamlSyntax, self.place(&(start..start + name.len())));
            self.log.add(finding.with_message("problem", message::block_open()));
            return;
        }
        let block = self.block(lines, &range);
        let text = self.text[block.start - self.offset..block.end - self.offset].to_owned();
        let origin = Origin::block(&self.file, block);
        let html = read::embedded(&text, &origin, self.log, |node| match name {
            "chart" => self.chart(node),
            "indicator" => self.indicator_box(node),
            "evidence" => self.evidence(node),
            "set" => self.set(node),
            "note" => self.note(node),
            "question" => self.question(node),
            "result" => self.result(node),
            _ => self.diagram(node),
        });
        out.push(block_html(html.unwrap_or_default()));
        out.push(block_html("\n".to_owned()));
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

    /// The template `parts/TEMPLATE.html` with the fields of this view, the page's words and the way to its root.
    fn part(&self, template: &str, view: &impl Serialize) -> Option<String> {
        let page = context! { root => navigation::root(self.page.route()) };
        let words = crate::theme::template_value(self.page.locale.words.tree());
        let view = context! { page => page, words => words, ..crate::theme::template_value(view) };
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

    fn note(&mut self, node: &Node<'_>) -> Option<String> {
        let mut fields = node.fields()?;
        let title = fields.find("title").and_then(|node| node.string());
        let text = fields.require("text").and_then(|node| node.string());
        fields.done();
        let aside = Aside {
            title,
            html: Html(inline(&text?)),
        };
        self.part("note", &NotePart { note: aside })
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
