//! Rankings: several ways to add orders up, shown together, since each hides what another shows.
//!
//! Takes a ranking; gives how many put each item first and among the first three, mean ranks with their number, Borda
//! points, majorities two by two, the orders of least disagreement (Kemeny), and how far one answer could move a place.

use crate::chart::{Bar, Role, Shape};
use crate::finding::Log;
use crate::model::Question;
use crate::page::table;
use crate::page::view::{Cell, Fold, Table};
use crate::render::consultation::results::cells::{count_column, text_cell};
use crate::render::consultation::results::context::{ResultsContext, as_sentence, decimals};
use crate::render::consultation::results::summary::{AnswerChart, Summary};
use crate::render::figure::drawings;
use crate::survey::{Count, RankedItem, Ranking};

/// The summary of a question answered by a ranking.
pub(super) fn orders(context: ResultsContext<'_>, question: &Question, ranking: &Ranking, log: &Log) -> Summary {
    let names: Vec<String> = question
        .kind
        .rows()
        .iter()
        .map(|item| context.text(&item.text).to_owned())
        .collect();
    let mut order: Vec<usize> = (0..ranking.items.len().min(names.len())).collect();
    order.sort_by_key(|at| ranking.items[*at].place);
    let item = |at: &usize| (names[*at].as_str(), &ranking.items[*at]);
    let ranked: Vec<(&str, &RankedItem)> = order.iter().map(item).collect();
    let base = context.fill(
        "base.ranking",
        &[
            ("count", &context.count_in_sentence(ranking.n)),
            ("total", &context.number(context.results.base.answered)),
            ("noun", &context.noun()),
            ("unanswered", &context.count_in_sentence(ranking.unanswered)),
        ],
    );
    if ranking.n == Count::Shown(0) || ranking.items.iter().all(|item| item.place == 0) {
        return Summary {
            base,
            ..Summary::default()
        };
    }
    let mut notes = vec!["borda_explained"];
    if context.answered_by_bodies() {
        notes.push("shared_explained");
    }
    let subtitle = if has_stability(context, ranking) {
        "ranking.subtitle"
    } else {
        "ranking.subtitle_plain"
    };
    let chart = AnswerChart {
        title: context.chart_title(question, first_place(context, &ranked)),
        subtitle: context.fill(
            subtitle,
            &[("count", &context.count(ranking.n)), ("noun", &context.noun())],
        ),
        description: description(context, &ranked, has_stability(context, ranking)),
        drawings: drawings(
            context.page,
            shape(&ranked, has_stability(context, ranking)),
            ("", 0),
            &question.origin,
            log,
        ),
        table: table(context, question, &ranked, ranking),
        notes: notes
            .iter()
            .map(|note| context.word(&format!("ranking.{note}")).to_owned())
            .collect(),
    };
    let is_partial = ranking.items.iter().any(|item| item.ranked.shown() < ranking.n.shown());
    Summary {
        base,
        messages: has_stability(context, ranking)
            .then(|| stability(context, &ranked))
            .into_iter()
            .collect(),
        chart: Some(chart.for_question(context, question)),
        remarks: is_partial
            .then(|| {
                let who = if context.answered_by_bodies() {
                    "ranking.partial"
                } else {
                    "ranking.partial_persons"
                };
                context.word(who).to_owned()
            })
            .into_iter()
            .collect(),
        folds: [
            kemeny(context, &names, ranking),
            pairs(context, question, &names, ranking),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// Whether it is told what one answer less would change: of bodies, and where anything is left without one.
fn has_stability(context: ResultsContext<'_>, ranking: &Ranking) -> bool {
    context.answered_by_bodies() && ranking.n.shown().is_some_and(|n| n > 1)
}

/// A mark at each item's place; where bodies answer also the places it might have without one of them.
fn shape(ranked: &[(&str, &RankedItem)], has_stability: bool) -> Shape {
    let bar = |(name, item): &(&str, &RankedItem)| {
        let (best, worst) = item.places_without_one;
        Bar {
            name: (*name).to_owned(),
            role: Role::Other(3),
            value: Some(f64::from(item.place)),
            missing: None,
            bounds: has_stability.then(|| [f64::from(best), f64::from(worst)]),
        }
    };
    let last = u32::try_from(ranked.len()).unwrap_or(u32::MAX);
    Shape::Intervals {
        rows: ranked.iter().map(bar).collect(),
        last: f64::from(last),
    }
}

/// A sentence on the items in the first place; `None` where all items share it.
fn first_place(context: ResultsContext<'_>, ranked: &[(&str, &RankedItem)]) -> Option<String> {
    let leaders: Vec<String> = ranked
        .iter()
        .filter(|(_, item)| item.place == 1)
        .map(|(name, _)| context.quoted(name))
        .collect();
    let names = context.list(&leaders);
    (!leaders.is_empty() && leaders.len() < ranked.len()).then(|| context.fill("ranking.first", &[("items", &names)]))
}

fn description(context: ResultsContext<'_>, ranked: &[(&str, &RankedItem)], has_stability: bool) -> String {
    let sentences = ranked.iter().map(|(name, item)| {
        let (best, worst) = item.places_without_one;
        let path = if best == worst || !has_stability {
            "ranking.place"
        } else {
            "ranking.place_range"
        };
        let words = [item.place, best, worst].map(|place| place.to_string());
        context.fill(
            path,
            &[
                ("item", name),
                ("place", &words[0]),
                ("best", &words[1]),
                ("worst", &words[2]),
            ],
        )
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// A sentence on the places that one answer less would move, or that none would move.
fn stability(context: ResultsContext<'_>, ranked: &[(&str, &RankedItem)]) -> String {
    let moves: Vec<String> = ranked
        .iter()
        .filter(|(_, item)| item.places_without_one.0 != item.places_without_one.1)
        .map(|(name, item)| {
            let (best, worst) = item.places_without_one;
            let words = [
                ("item", *name),
                ("best", &best.to_string()),
                ("worst", &worst.to_string()),
            ];
            context.fill("ranking.moves", &words)
        })
        .collect();
    if moves.is_empty() {
        return context.word("ranking.stable").to_owned();
    }
    context.fill("ranking.unstable", &[("items", &context.list(&moves))])
}

/// All measures side by side; where persons answer only those from which nobody's order can be worked out.
fn table(context: ResultsContext<'_>, question: &Question, ranked: &[(&str, &RankedItem)], ranking: &Ranking) -> Table {
    let has_all = context.answered_by_bodies();
    let has_stability = has_stability(context, ranking);
    let mut titles = vec!["first", "top_three", "ranked", "place"];
    if has_all {
        titles.extend(["place_without", "mean", "borda", "copeland"]);
    }
    let mut columns = vec![table::texts(context.word("column.item"))];
    columns.extend(
        titles
            .iter()
            .map(|title| count_column(context.word(&format!("ranking.column.{title}")))),
    );
    let format = &context.page.locale.format;
    let sortable = |text: String, sort: String| Cell {
        text,
        sort: Some(sort),
        ..Cell::default()
    };
    let borda_decimals = decimals(ranked.iter().filter_map(|(_, item)| item.borda));
    let rows = ranked.iter().map(|(name, item)| {
        let mut cells = vec![
            context.count_cell(item.first),
            context.count_cell(item.top_three),
            context.count_cell(item.ranked),
        ];
        cells.push(sortable(item.place.to_string(), item.place.to_string()));
        if has_all {
            let (best, worst) = item.places_without_one;
            let span = if !has_stability {
                "–".to_owned()
            } else if best == worst {
                best.to_string()
            } else {
                format!("{best}–{worst}")
            };
            cells.push(text_cell(span));
            cells.push(match item.mean {
                Some(mean) => sortable(format.number(mean, 2), mean.to_string()),
                None => text_cell("–"),
            });
            cells.push(context.number_cell_in(item.borda, borda_decimals));
            cells.push(sortable(
                format.signed(f64::from(item.copeland), 0),
                item.copeland.to_string(),
            ));
        }
        table::row(*name, cells)
    });
    let rows = rows.collect();
    context.table(context.text(&question.short), columns, rows)
}

/// The orders with which respondents disagree least (Kemeny), as far as they were looked for; `None` without any.
fn kemeny(context: ResultsContext<'_>, names: &[String], ranking: &Ranking) -> Option<Fold> {
    if ranking.orders.is_empty() {
        return None;
    }
    let order_text = |order: &Vec<usize>| {
        order
            .iter()
            .filter_map(|at| names.get(*at).cloned())
            .collect::<Vec<_>>()
            .join(" → ")
    };
    let orders: Vec<String> = ranking.orders.iter().map(order_text).collect();
    let path = if orders.len() == 1 {
        "ranking.kemeny_one"
    } else {
        "ranking.kemeny_several"
    };
    let mut texts = vec![context.fill(path, &[("count", &orders.len().to_string())])];
    texts.extend(orders);
    if let Some(cost) = ranking.disagreements.and_then(|cost| u32::try_from(cost).ok()) {
        texts.push(context.fill("ranking.kemeny_cost", &[("cost", &context.number(cost))]));
    }
    if ranking.more_orders {
        texts.push(context.word("ranking.kemeny_more").to_owned());
    }
    Some(Fold {
        title: context.word("ranking.kemeny").to_owned(),
        texts,
        tables: Vec::new(),
    })
}

/// How many put the row's item before the column's; a majority is marked. `None` where this would show a person's order.
fn pairs(context: ResultsContext<'_>, question: &Question, names: &[String], ranking: &Ranking) -> Option<Fold> {
    if ranking.pairs.is_empty() || !context.answered_by_bodies() {
        return None;
    }
    let items = question.kind.rows();
    let columns = context.item_columns(context.word("ranking.before"), items);
    let cell = |one: usize, other: usize| {
        if one == other {
            return text_cell("–");
        }
        let (won, lost) = (ranking.pairs[one][other], ranking.pairs[other][one]);
        let majority = won.shown().zip(lost.shown()).is_some_and(|(won, lost)| won > lost);
        let cell = context.count_cell(won);
        if majority {
            Cell {
                text: format!("{} ▲", cell.text),
                ..cell
            }
        } else {
            cell
        }
    };
    let size = ranking.pairs.len().min(names.len());
    let row = |one: usize| {
        table::row(
            context.short_name(&items[one]),
            (0..size).map(|other| cell(one, other)).collect(),
        )
    };
    let caption = format!(
        "{} {}",
        as_sentence(context.text(&question.short)),
        context.word("ranking.pairs")
    );
    let table = context.table(&caption, columns, (0..size).map(row).collect());
    Some(Fold {
        title: context.word("ranking.pairs").to_owned(),
        texts: vec![context.word("ranking.pairs_explained").to_owned()],
        tables: vec![table],
    })
}
