//! Contributions to an index: a bar a part, from the one that pulls down most to the one that lifts most, and their sum.

use crate::chart::{Bar, Role, Shape};
use crate::finding::{Code, Finding, Log, message};
use crate::index::Composite;
use crate::model::{ChartSpec, Indicator};
use crate::page::context::PageContext;
use crate::page::index_gap;
use crate::page::index_gap::IndexGap;
use crate::page::table;
use crate::page::view::{Cell, Table};
use crate::render::figure::content::{ChartContent, needs};
use crate::render::figure::select;

pub(super) fn contributions<'a>(page: PageContext<'a>, spec: &ChartSpec, log: &Log) -> Option<ChartContent<'a>> {
    let (composite, node) = composite_node(page, spec, log)?;
    let Some(gap) = select::main_place(page, spec).and_then(|place| IndexGap::new(composite, node, place)) else {
        return needs(spec, message::needs_score(), log);
    };
    let code = page.code();
    let bar = |name: &str, role, value: Option<f64>| Bar {
        name: name.to_owned(),
        role,
        value,
        missing: value.is_none().then(|| page.word("sentence.no_value").to_owned()),
        bounds: None,
    };
    let role = |contribution: f64| match index_gap::as_written(contribution) {
        shown if shown > 0.0 => Role::Lift,
        shown if shown < 0.0 => Role::Pull,
        _ => Role::Other(6),
    };
    let mut bars: Vec<Bar> = gap
        .parts
        .iter()
        .map(|part| {
            bar(
                part.score.name.in_language(code),
                role(part.contribution),
                part.scored_contribution(),
            )
        })
        .collect();
    if gap.has_remainder() {
        bars.push(bar(
            page.word("sentence.pull.rest_name"),
            Role::Other(6),
            Some(gap.remainder),
        ));
    }
    let country = page.country().map_or("", |country| page.place_in_text(country));
    bars.push(bar(
        &page.fill("sentence.pull.sum", &[("country", country)]),
        Role::Home,
        Some(gap.difference),
    ));
    let name = composite.frame.nodes[node].score.name.in_language(code);
    let words = [
        ("place", page.place_name(gap.place)),
        ("index", name),
        ("country", country),
    ];
    let subtitle = page.fill("sentence.pull.subtitle", &words);
    Some(ChartContent {
        shape: Some(Shape::Bars { bars, reference: None }),
        unit: index_gap::score_unit(),
        description: [
            vec![page.fill("sentence.pull.description", &words)],
            gap.sentences(page),
        ]
        .concat()
        .join(" "),
        table: table(page, &gap, subtitle.clone()),
        subtitle,
        indicators: scored_indicators(composite, node),
    })
}

/// The indicators whose figures enter below a node of an index.
pub(super) fn scored_indicators<'a>(composite: &'a Composite<'a>, node: usize) -> Vec<&'a Indicator> {
    let leaves = composite.frame.leaves_below(node);
    leaves
        .filter_map(|leaf| composite.frame.leaves[leaf].indicator)
        .collect()
}

/// The index and the node of it that a chart is about; `None` after a finding.
pub(super) fn composite_node<'a>(
    page: PageContext<'a>,
    spec: &ChartSpec,
    log: &Log,
) -> Option<(&'a Composite<'a>, usize)> {
    let Some((id, node)) = &spec.index else {
        needs(spec, message::needs_index(), log);
        return None;
    };
    let Some(composite) = page.composite(id) else {
        let ids = page.site.indices.iter().map(|index| index.id.as_str());
        log.add(
            Finding::new(Code::UnknownIndex, spec.origin.at("index"))
                .with("value", id)
                .near(id, ids),
        );
        return None;
    };
    let nodes = || {
        composite
            .frame
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| !node.below && node.leaf.is_none())
    };
    let Some(node_id) = node else {
        return Some((composite, nodes().next()?.0));
    };
    let node = nodes().find(|(_, node)| node.score.id == *node_id);
    if node.is_none() {
        let ids = nodes().map(|(_, node)| node.score.id.as_str());
        log.add(
            Finding::new(Code::UnknownNode, spec.origin.at("node"))
                .with("value", node_id)
                .with_message("expected", message::index_node())
                .near(node_id, ids),
        );
    }
    node.map(|(at, _)| (composite, at))
}

fn table(page: PageContext<'_>, gap: &IndexGap<'_>, caption: String) -> Table {
    let code = page.code();
    let unit = index_gap::score_unit();
    let country = page.country().map_or("", |country| page.place_name(country));
    let columns = vec![
        table::texts(page.word("sentence.pull.part")),
        table::numbers(page.place_name(gap.place), None),
        table::numbers(country, None),
        table::numbers(page.word("sentence.pull.contribution"), None),
    ];
    let score = |number: Option<f64>| table::number(page, number, &unit);
    let signed = |number: Option<f64>| match number {
        Some(number) => Cell {
            text: page.locale.format.signed(number, index_gap::DECIMALS),
            sort: Some(number.to_string()),
            ..Cell::default()
        },
        None => score(None),
    };
    let mut rows: Vec<_> = gap
        .parts
        .iter()
        .map(|part| {
            let cells = vec![
                score(part.place_score),
                score(part.country_score),
                signed(part.scored_contribution()),
            ];
            table::row(part.score.name.in_language(code), cells)
        })
        .collect();
    if gap.has_remainder() {
        let none = || Cell {
            text: "–".to_owned(),
            ..Cell::default()
        };
        rows.push(table::row(
            page.word("sentence.pull.rest_name"),
            vec![none(), none(), signed(Some(gap.remainder))],
        ));
    }
    let whole = gap.composite.frame.nodes[gap.node].score.name.in_language(code);
    let mut sum = table::row(
        whole,
        vec![
            score(Some(gap.place_score)),
            score(Some(gap.country_score)),
            signed(Some(gap.difference)),
        ],
    );
    sum.home = true;
    rows.push(sum);
    table::table(caption, columns, rows)
}
