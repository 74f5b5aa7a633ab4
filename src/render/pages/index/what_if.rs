//! What an index would be if one part at a time were better: a table.

use crate::index::{Aim, WhatIf};
use crate::measure::Rank;
use crate::render::picture::tabular;
use crate::render::pull::{self, Pull};
use crate::render::report::Standpoint;
use crate::render::view::{Cell, Table};

/// Each part that lies below the country or the best unit, raised to either; the largest gain first. Nothing when the
/// place is best at all.
pub(super) fn table(standpoint: Standpoint<'_>, pull: &Pull<'_>) -> Option<Table> {
    let all = pull.composite.what_ifs(pull.sheet, pull.node, pull.unit);
    let mut nodes: Vec<usize> = Vec::new();
    for one in &all {
        if !nodes.contains(&one.node) {
            nodes.push(one.node);
        }
    }
    let of = |node: usize, aim: Aim| all.iter().find(|one| one.node == node && one.aim == aim);
    let column = |aim: &str| standpoint.word(&format!("sentence.pull.then.{aim}")).to_owned();
    let rank = standpoint.word("sentence.pull.then.rank");
    let columns = vec![
        tabular::texts(standpoint.word("sentence.pull.part")),
        tabular::numbers(column("country"), None),
        tabular::numbers(format!("{}, {rank}", column("country")), None),
        tabular::numbers(column("best"), None),
        tabular::numbers(format!("{}, {rank}", column("best")), None),
    ];
    let rows: Vec<_> = nodes
        .iter()
        .map(|node| {
            let name = pull.composite.frame.nodes[*node]
                .score
                .name
                .in_language(standpoint.code());
            let cells = [Aim::Country, Aim::Best].map(|aim| cells(standpoint, of(*node, aim)));
            tabular::row(name, cells.into_iter().flatten().collect())
        })
        .collect();
    let name = pull.composite.frame.nodes[pull.node]
        .score
        .name
        .in_language(standpoint.code());
    let caption = standpoint.fill("sentence.pull.what_if", &[("index", name)]);
    let id = standpoint
        .shelf
        .id(&format!("what-if-{}", pull.composite.frame.nodes[pull.node].score.id));
    (!rows.is_empty()).then(|| Table {
        id,
        ..tabular::table(caption, columns, rows)
    })
}

/// The score that follows, and the rank; dashes where the place is there already.
fn cells(standpoint: Standpoint<'_>, what_if: Option<&WhatIf>) -> [Cell; 2] {
    let Some(one) = what_if else {
        let there = || Cell {
            text: "–".to_owned(),
            missing: Some(standpoint.word("sentence.pull.already").to_owned()),
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
    [tabular::number(standpoint, score, &pull::unit()), rank(one.after)]
}
