//! What pulls an index up and down: a bar a part, from what pulls down most to what lifts most, and the sum.

use crate::chart::{Bar, Role, Shape};
use crate::finding::{Code, Finding, Log};
use crate::index::Composite;
use crate::model::{ChartSpec, Indicator};
use crate::page::context::PageContext;
use crate::page::index_gap;
use crate::page::index_gap::IndexGap;
use crate::page::table;
use crate::page::view::{Cell, Table};
use crate::render::figure::{Subject, needs, select};

pub(super) fn contributions<'a>(page: PageContext<'a>, spec: &ChartSpec, log: &Log) -> Option<Subject<'a>> {
    let (composite, node) = node(page, spec, log)?;
    let Some(gap) = select::subject(page, spec).and_then(|place| IndexGap::new(composite, node, place)) else {
        return needs(spec, "score", log);
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
    Some(Subject {
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
        indicators: scored(composite, node),
    })
}

/// The indicators whose figures enter below a node.
pub(super) fn scored<'a>(composite: &'a Composite<'a>, node: usize) -> Vec<&'a Indicator> {
    let leaves = composite.frame.leaves_below(node);
    leaves
        .filter_map(|leaf| composite.frame.leaves[leaf].indicator)
        .collect()
}

/// The composite and node that a chart is about; nothing after a finding.
pub(super) fn node<'a>(page: PageContext<'a>, spec: &ChartSpec, log: &Log) -> Option<(&'a Composite<'a>, usize)> {
    let Some((id, node)) = &spec.index else {
        needs(spec, "index", log);
        return None;
    };
    let Some(composite) = page.composite(id) else {
        let known = page.site.indices.iter().map(|index| index.id.as_str());
        log.add(
            Finding::new(Code::UnknownIndex, spec.origin.at("index"))
                .with("value", id)
                .near(id, known),
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
    let Some(wanted) = node else {
        return Some((composite, nodes().next()?.0));
    };
    let found = nodes()
        .find(|(_, node)| node.score.id == *wanted)
        .map(|(at, _)| (composite, at));
    if found.is_none() {
        let known = nodes().map(|(_, node)| node.score.id.as_str());
        log.add(
            Finding::new(Code::UnknownNode, spec.origin.at("node"))
                .with("value", wanted)
                .with("expected", "node")
                .near(wanted, known),
        );
    }
    found
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
