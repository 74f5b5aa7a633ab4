//! What an index would be if one part at a time were better: a table.

use crate::index::{Aim, WhatIf};
use crate::measure::Rank;
use crate::page::context::PageContext;
use crate::page::index_gap;
use crate::page::index_gap::IndexGap;
use crate::page::table;
use crate::page::view::{Cell, Table};

/// Each part that lies below the country or the best unit, raised to either; the largest gain first. Nothing when the
/// place is best at all.
pub(super) fn table(page: PageContext<'_>, gap: &IndexGap<'_>) -> Option<Table> {
    let all = gap.composite.what_ifs(gap.sheet, gap.node, gap.unit);
    let mut nodes: Vec<usize> = Vec::new();
    for one in &all {
        if !nodes.contains(&one.node) {
            nodes.push(one.node);
        }
    }
    let of = |node: usize, aim: Aim| all.iter().find(|one| one.node == node && one.aim == aim);
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
            let cells = [Aim::Country, Aim::Best].map(|aim| cells(page, of(*node, aim)));
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

/// The score that follows, and the rank; dashes where the place is there already.
fn cells(page: PageContext<'_>, what_if: Option<&WhatIf>) -> [Cell; 2] {
    let Some(one) = what_if else {
        let there = || Cell {
            text: "–".to_owned(),
            missing: Some(page.word("sentence.pull.already").to_owned()),
            ..Cell::default()
        };
        return [there(), there()];
    };
    let score = one.steps.last().map(|step| step.to);
    let rank = |rank: Rank| Cell {
        text: rank.position.to_string(),
        sort: Some(rank.position.to_string()),
        ..Cell::default()
    };
    [table::number(page, score, &index_gap::score_unit()), rank(one.after)]
}
