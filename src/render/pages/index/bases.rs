//! The same figures on the scale of another period: a table of what it does to the place and to the order of all.

use crate::index::other_base::{Basis, OtherBase, other_bases};
use crate::index::ranks::Reversals;
use crate::model::BasePeriod;
use crate::render::picture::tabular;
use crate::render::pull::{self, Pull};
use crate::render::report::Standpoint;
use crate::render::view::{Cell, Table};

/// One row a base that the data allow; nothing where they allow none besides the index's own, as with published scores.
pub(super) fn table(standpoint: Standpoint<'_>, pull: &Pull<'_>) -> Option<Table> {
    let bases = other_bases(standpoint.site().whole(), pull.composite, pull.node);
    let score = pull.composite.frame.nodes[pull.node].score;
    let text = |text: String, sort: String| Cell {
        text,
        sort: Some(sort),
        ..Cell::default()
    };
    let cells = |base: &OtherBase| {
        let rank = base.ranks[pull.unit].map(|rank| text(rank.to_string(), rank.to_string()));
        let rank = rank.unwrap_or_else(|| tabular::number(standpoint, None, &pull::unit()));
        let Reversals { turned, pairs } = base.reversals;
        let words = [("n", pairs.to_string()), ("turned", turned.to_string())];
        let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
        let turned = text(standpoint.fill("sentence.base.turned_of", &words), turned.to_string());
        vec![
            tabular::number(standpoint, base.scores[pull.unit], &pull::unit()),
            rank,
            turned,
        ]
    };
    let rows: Vec<_> = bases
        .iter()
        .map(|base| tabular::row(name(standpoint, base.basis), cells(base)))
        .collect();
    let columns = vec![
        tabular::texts(standpoint.word("sentence.base.base")),
        tabular::numbers(standpoint.place_name(pull.place), None),
        tabular::numbers(standpoint.word("sentence.column.rank"), None),
        tabular::numbers(standpoint.word("sentence.base.turned"), None),
    ];
    let caption = standpoint.fill(
        "sentence.base.title",
        &[("index", score.name.in_language(standpoint.code()))],
    );
    let id = standpoint.shelf.id(&format!("base-{}", score.id));
    (!rows.is_empty()).then(|| Table {
        id,
        ..tabular::table(caption, columns, rows)
    })
}

fn name(standpoint: Standpoint<'_>, basis: Basis) -> String {
    match basis {
        Basis::Period(BasePeriod::Latest) => standpoint.word("sentence.interval.method.latest").to_owned(),
        Basis::Period(BasePeriod::All) => standpoint.word("sentence.interval.method.all").to_owned(),
        Basis::Period(BasePeriod::Year(year)) => year.to_string(),
        Basis::Lag(years) => standpoint.fill("sentence.base.lag", &[("n", &years.to_string())]),
    }
}
