//! Analyses as pictures with a text twin.

use super::report::Standpoint;
use super::routes::Reference;
use super::row::value;
use super::view::{Diagram, DiagramGroup, DiagramNode, Html};
use crate::chart::{Size, diagram as drawing};
use crate::measure;
use crate::model::{Analysis, Indicator, Node, Part};
use std::cmp::Ordering;

/// The picture of an analysis and the same in words.
pub(crate) fn diagram(standpoint: Standpoint<'_>, analysis: &Analysis) -> Diagram {
    let code = standpoint.code();
    let plan = plan(standpoint, analysis);
    let groups = analysis.groups.iter().map(|group| DiagramGroup {
        id: group.id.clone(),
        title: group.name.in_language(code).to_owned(),
        nodes: group.nodes.iter().map(|node| twin(standpoint, node)).collect(),
    });
    let optional = |text: &crate::model::Text| (!text.is_empty()).then(|| text.in_language(code).to_owned());
    let id = standpoint.shelf.id(&format!("diagram-{}", analysis.id));
    let title = analysis.name.in_language(code);
    Diagram {
        title: title.to_owned(),
        description: analysis.description.in_language(code).to_owned(),
        source: optional(&analysis.source),
        wide: Html::wide(&drawing::draw(&plan, Size::Wide), title, &format!("{id}-words")),
        narrow: Html::narrow(&drawing::draw(&plan, Size::Narrow)),
        groups: groups.collect(),
        links: links(standpoint, analysis),
        id,
    }
}

/// The indicator of a node, if it names one that exists.
fn indicator<'a>(standpoint: Standpoint<'a>, node: &Node) -> Option<&'a Indicator> {
    standpoint.site().indicator(node.indicator.as_ref()?)
}

fn plan(standpoint: Standpoint<'_>, analysis: &Analysis) -> drawing::Plan {
    let code = standpoint.code();
    let node = |node: &Node| {
        let shown = indicator(standpoint, node).zip(standpoint.home()).and_then(|(indicator, home)| {
            let latest = measure::latest(indicator, home, Part::TOTAL, None)?;
            let shown = value(standpoint, indicator, Some(latest), true);
            // A dash or an empty pair of brackets says nothing on a drawing; the table beside it says why.
            Some(format!("{} ({})", shown.text, shown.period.filter(|_| shown.missing.is_none())?))
        });
        let trend = indicator(standpoint, node).zip(standpoint.home()).and_then(|(indicator, home)| {
            let signal = measure::trend_signal(indicator, home, standpoint.site().settings.period)?;
            Some(match signal.order {
                Ordering::Greater => drawing::Trend::Up,
                Ordering::Less => drawing::Trend::Down,
                Ordering::Equal => drawing::Trend::Flat,
            })
        });
        drawing::Node { id: node.id.clone(), text: node.text.in_language(code).to_owned(), value: shown, trend }
    };
    let groups = analysis.groups.iter().map(|group| drawing::Group {
        id: group.id.clone(),
        title: group.name.in_language(code).to_owned(),
        column: group.column,
        nodes: group.nodes.iter().map(node).collect(),
    });
    let links = analysis.links.iter().map(|link| (link.from.clone(), link.to.clone()));
    drawing::Plan { groups: groups.collect(), links: links.collect() }
}

fn twin(standpoint: Standpoint<'_>, node: &Node) -> DiagramNode {
    let code = standpoint.code();
    let optional = |text: &crate::model::Text| (!text.is_empty()).then(|| text.in_language(code).to_owned());
    let found = indicator(standpoint, node);
    let value = found
        .zip(standpoint.home())
        .map(|(indicator, home)| value(standpoint, indicator, measure::newest(indicator, home, Part::TOTAL), true));
    DiagramNode {
        text: node.text.in_language(code).to_owned(),
        href: found.and_then(|indicator| standpoint.href(&Reference::Indicator(indicator.id.clone()))),
        value,
        note: optional(&node.note),
        source: optional(&node.source),
    }
}

/// The arrows in words: "A → B", with what the arrow says.
fn links(standpoint: Standpoint<'_>, analysis: &Analysis) -> Vec<String> {
    let code = standpoint.code();
    let name = |id: &str| {
        let group = analysis.groups.iter().find(|group| group.id == id).map(|group| group.name.in_language(code));
        let node = || {
            analysis
                .groups
                .iter()
                .flat_map(|group| &group.nodes)
                .find(|node| node.id == id)
                .map(|node| node.text.in_language(code))
        };
        group.or_else(node).unwrap_or(id).to_owned()
    };
    let said = |link: &crate::model::Link| {
        let arrow = standpoint.fill("sentence.leads_to", &[("from", &name(&link.from)), ("to", &name(&link.to))]);
        let text = link.text.in_language(code);
        let source = link.source.in_language(code);
        let source =
            if source.is_empty() { String::new() } else { format!(" {} {source}", standpoint.word("diagram.source")) };
        if text.is_empty() { format!("{arrow}.{source}") } else { format!("{arrow}: {text}{source}") }
    };
    analysis.links.iter().map(said).collect()
}
