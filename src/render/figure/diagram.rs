//! Diagrams of analyses: a picture, and the same statements and arrows in words.

use crate::chart::{Size, diagram as drawing};
use crate::measure;
use crate::model::{Analysis, AnalysisGroup, AnalysisLink, AnalysisNode, Indicator, Part, Text};
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::page::signal::trend_signal;
use crate::page::value::value;
use crate::page::view::{Diagram, DiagramGroup, DiagramLink, DiagramNode, Html};
use std::cmp::Ordering;

/// The diagram of an analysis.
pub(crate) fn diagram(page: PageContext<'_>, analysis: &Analysis) -> Diagram {
    let code = page.code();
    let plan = plan(page, analysis);
    let groups = analysis.groups.iter().map(|group| DiagramGroup {
        id: group.id.clone(),
        role: role(page, group),
        title: group.name.in_language(code).to_owned(),
        nodes: group.nodes.iter().map(|node| statement(page, node)).collect(),
    });
    let id = page.files.id(&format!("diagram-{}", analysis.id));
    let title = analysis.name.in_language(code);
    Diagram {
        title: title.to_owned(),
        description: analysis.description.in_language(code).to_owned(),
        source: source_text(page, &analysis.source),
        wide: Html::wide(&drawing::draw(&plan, Size::Wide), title, &format!("{id}-words")),
        narrow: Html::narrow(&drawing::draw(&plan, Size::Narrow)),
        groups: groups.collect(),
        links: links(page, analysis),
        id,
    }
}

/// The text in the page's language; `None` where it is empty.
fn optional(page: PageContext<'_>, text: &Text) -> Option<String> {
    (!text.is_empty()).then(|| text.in_language(page.code()).to_owned())
}

/// The source of a statement, without the full stop that the template sets.
fn source_text(page: PageContext<'_>, source: &Text) -> Option<String> {
    optional(page, source).map(|text| text.trim_end_matches('.').to_owned())
}

/// The group's role in a problem chain, in words.
fn role(page: PageContext<'_>, group: &AnalysisGroup) -> Option<String> {
    group
        .role
        .map(|role| page.word(&format!("diagram.role.{}", role.name())).to_owned())
}

/// The indicator of a node, if it names one that exists.
fn indicator<'a>(page: PageContext<'a>, node: &AnalysisNode) -> Option<&'a Indicator> {
    page.site.indicator(node.indicator.as_ref()?)
}

/// The analysis as the drawing reads it.
fn plan(page: PageContext<'_>, analysis: &Analysis) -> drawing::Plan {
    let code = page.code();
    let node = |node: &AnalysisNode| {
        let indicator_at_home = indicator(page, node).zip(page.home());
        let trend = indicator_at_home.and_then(|(indicator, home)| trend(page, indicator, home));
        drawing::PlanNode {
            id: node.id.clone(),
            text: node.text.in_language(code).to_owned(),
            value: value_line(page, node),
            trend,
        }
    };
    let groups = analysis.groups.iter().map(|group| drawing::PlanGroup {
        id: group.id.clone(),
        role: role(page, group),
        title: group.name.in_language(code).to_owned(),
        column: group.column,
        nodes: group.nodes.iter().map(node).collect(),
    });
    let links = analysis.links.iter().map(|link| (link.from.clone(), link.to.clone()));
    drawing::Plan {
        groups: groups.collect(),
        links: links.collect(),
    }
}

/// The line under a statement in the picture: the indicator and its latest value, or why there is none.
fn value_line(page: PageContext<'_>, node: &AnalysisNode) -> Option<String> {
    let Some(indicator) = indicator(page, node) else {
        return Some(page.word("diagram.no_indicator").to_owned());
    };
    let newest = measure::newest(indicator, page.home()?, Part::TOTAL);
    let value = value(page, indicator, newest, true);
    let text = match (value.missing, value.period) {
        (Some(why), _) => why,
        (None, Some(period)) => format!("{} ({period})", value.text),
        (None, None) => value.text,
    };
    Some(format!("{}: {text}", indicator.short.in_language(page.code())))
}

/// The trend of an indicator, as a sign and in words: risen or fallen, and whether that is better.
fn trend(page: PageContext<'_>, indicator: &Indicator, home: crate::model::PlaceId) -> Option<drawing::Trend> {
    let signal = measure::trend_signal(indicator, home, page.site.settings.period)?;
    let (sign, word) = match signal.order {
        Ordering::Greater => (drawing::TrendSign::Up, "up"),
        Ordering::Less => (drawing::TrendSign::Down, "down"),
        Ordering::Equal => (drawing::TrendSign::Flat, "flat"),
    };
    let (good, judged) = match signal.better {
        Some(Ordering::Greater) => (Some(true), "_good"),
        Some(Ordering::Less) => (Some(false), "_bad"),
        _ => (None, ""),
    };
    let since = page.locale.format.period_in_text(signal.periods[0]);
    let words = page.fill(&format!("diagram.trend.{word}{judged}"), &[("period", &since)]);
    Some(drawing::Trend { sign, good, words })
}

/// A statement with its indicator, in words.
fn statement(page: PageContext<'_>, node: &AnalysisNode) -> DiagramNode {
    let indicator = indicator(page, node);
    let at_home = indicator.zip(page.home());
    DiagramNode {
        text: node.text.in_language(page.code()).to_owned(),
        href: indicator.and_then(|indicator| page.href(&Reference::Indicator(indicator.id.clone()))),
        indicator: indicator.map(|indicator| indicator.name.in_language(page.code()).to_owned()),
        value: at_home
            .map(|(indicator, home)| value(page, indicator, measure::newest(indicator, home, Part::TOTAL), true)),
        trend: at_home
            .filter(|(indicator, home)| measure::latest(indicator, *home, Part::TOTAL, None).is_some())
            .map(|(indicator, home)| trend_signal(page, indicator, home)),
        note: optional(page, &node.note),
        source: source_text(page, &node.source),
    }
}

/// The arrows in words: "A → B", with what the arrow says and who says so.
fn links(page: PageContext<'_>, analysis: &Analysis) -> Vec<DiagramLink> {
    let code = page.code();
    let name = |id: &str| {
        let group = analysis
            .groups
            .iter()
            .find(|group| group.id == id)
            .map(|group| group.name.in_language(code));
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
    let arrow = |link: &AnalysisLink| DiagramLink {
        arrow: page.fill(
            "sentence.leads_to",
            &[("from", &name(&link.from)), ("to", &name(&link.to))],
        ),
        text: optional(page, &link.text),
        source: source_text(page, &link.source),
    };
    analysis.links.iter().map(arrow).collect()
}
