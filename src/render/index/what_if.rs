//! Table of what-ifs: the score and rank of a node if one part at a time were better.

use crate::index::{Aim, WhatIf};
use crate::measure::Rank;
use crate::page::context::PageContext;
use crate::page::index_gap::{self, IndexGap};
use crate::page::table;
use crate::page::view::{Cell, Table};

/// A row for each part that lies below the country or the best unit, raised to either; the largest gain first. Nothing when
/// the place is best at all.
pub(super) fn table(page: PageContext<'_>, gap: &IndexGap<'_>) -> Option<Table> {
    let what_ifs = gap.composite.what_ifs(gap.sheet, gap.node, gap.unit);
    let mut nodes: Vec<usize> = Vec::new();
    for what_if in &what_ifs {
        if !nodes.contains(&what_if.node) {
            nodes.push(what_if.node);
        }
    }
    let find = |node: usize, aim: Aim| {
        what_ifs
            .iter()
            .find(|what_if| what_if.node == node && what_if.aim == aim)
    };
    let column = |aim: &str| page.word(&format!("sentence.pull.then.{aim}")).to_owned();
    let rank = page.word("sentence.pull.then.rank");
    let columns = vec![
        table::texts(page.word("sentence.pull.part")),
        table::numbers(column("country"), None),
        table::numbers(format!("{}, {rank}", column("country")), None),
        table::numbers(column("best"), None),
        table::numbers(format!("{}, {rank}", column("best")), None),
    ];
    let rows: Vec<_> = nodes
        .iter()
        .map(|node| {
            let name = gap.composite.frame.nodes[*node].score.name.in_language(page.code());
            let cells = [Aim::Country, Aim::Best].map(|aim| cells(page, find(*node, aim)));
            table::row(name, cells.into_iter().flatten().collect())
        })
        .collect();
    let name = gap.composite.frame.nodes[gap.node].score.name.in_language(page.code());
    let caption = page.fill("sentence.pull.what_if", &[("index", name)]);
    let id = page
        .files
        .id(&format!("what-if-{}", gap.composite.frame.nodes[gap.node].score.id));
    (!rows.is_empty()).then(|| Table {
        id,
        ..table::table(caption, columns, rows)
    })
}

/// The score and rank that follow; dashes where the place has reached the aim already.
fn cells(page: PageContext<'_>, what_if: Option<&WhatIf>) -> [Cell; 2] {
    let Some(what_if) = what_if else {
        let already = || Cell {
            text: "–".to_owned(),
            missing: Some(page.word("sentence.pull.already").to_owned()),
            ..Cell::default()
        };
        return [already(), already()];
    };
    let score = what_if.steps.last().map(|step| step.to);
    let rank = |rank: Rank| Cell {
        text: rank.position.to_string(),
        sort: Some(rank.position.to_string()),
        ..Cell::default()
    };
    [
        table::number(page, score, &index_gap::score_unit()),
        rank(what_if.after),
    ]
}
