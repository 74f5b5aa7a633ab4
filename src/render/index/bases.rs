//! Table of other base periods: score and rank of the place, and changes in the order of all units, with each of them.

use crate::index::other_base::{Basis, OtherBase, other_bases};
use crate::index::ranks::Reversals;
use crate::model::BasePeriod;
use crate::page::context::PageContext;
use crate::page::index_gap::{self, IndexGap};
use crate::page::table;
use crate::page::view::{Cell, Table};

/// A row for each base that the data allow; nothing where they allow none besides the index's own, as with published scores.
pub(super) fn table(page: PageContext<'_>, gap: &IndexGap<'_>) -> Option<Table> {
    let bases = other_bases(page.site, gap.composite, gap.node);
    let score = gap.composite.frame.nodes[gap.node].score;
    let text = |text: String, sort: String| Cell {
        text,
        sort: Some(sort),
        ..Cell::default()
    };
    let cells = |base: &OtherBase| {
        let rank = base.ranks[gap.unit].map(|rank| text(rank.to_string(), rank.to_string()));
        let rank = rank.unwrap_or_else(|| table::number(page, None, &index_gap::score_unit()));
        let Reversals { turned, pairs } = base.reversals;
        let turned = turned.to_string();
        let words = [("n", &*pairs.to_string()), ("turned", &*turned)];
        let reversals = text(page.fill("sentence.base.turned_of", &words), turned.clone());
        let score = table::number(page, base.scores[gap.unit], &index_gap::score_unit());
        vec![score, rank, reversals]
    };
    let rows: Vec<_> = bases
        .iter()
        .map(|base| table::row(name(page, base.basis), cells(base)))
        .collect();
    let columns = vec![
        table::texts(page.word("sentence.base.base")),
        table::numbers(page.place_name(gap.place), None),
        table::numbers(page.word("sentence.column.rank"), None),
        table::numbers(page.word("sentence.base.turned"), None),
    ];
    let caption = page.fill("sentence.base.title", &[("index", score.name.in_language(page.code()))]);
    let id = page.files.id(&format!("base-{}", score.id));
    (!rows.is_empty()).then(|| Table {
        id,
        ..table::table(caption, columns, rows)
    })
}

/// A base in words.
fn name(page: PageContext<'_>, basis: Basis) -> String {
    match basis {
        Basis::Period(BasePeriod::Latest) => page.word("sentence.interval.method.latest").to_owned(),
        Basis::Period(BasePeriod::All) => page.word("sentence.interval.method.all").to_owned(),
        Basis::Period(BasePeriod::Year(year)) => year.to_string(),
        Basis::Lag(years) => page.fill("sentence.base.lag", &[("n", &years.to_string())]),
    }
}
