//! Rankings: several ways to add orders up, told together, since each hides what another shows.
//!
//! Takes a ranking; gives how many put each item first and among the first three, mean ranks with their number, Borda
//! points, majorities two by two, the orders of least disagreement (Kemeny), and how far one answer could move a place.

use crate::chart::{Bar, Role, Shape};
use crate::finding::Log;
use crate::model::Question;
use crate::page::table;
use crate::page::view::{Cell, Fold, Table};
use crate::render::consultation::results::account::{Account, counts, stopped};
use crate::render::consultation::results::summary::{AnswerChart, Summary};
use crate::render::figure::drawings;
use crate::survey::{Count, RankedItem, Ranking};

/// A ranked question.
pub(super) fn orders(account: Account<'_>, question: &Question, ranking: &Ranking, log: &Log) -> Summary {
    let names: Vec<String> = question
        .kind
        .rows()
        .iter()
        .map(|item| account.text(&item.text).to_owned())
        .collect();
    let mut order: Vec<usize> = (0..ranking.items.len().min(names.len())).collect();
    order.sort_by_key(|at| ranking.items[*at].place);
    let item = |at: &usize| (names[*at].as_str(), &ranking.items[*at]);
    let listed: Vec<(&str, &RankedItem)> = order.iter().map(item).collect();
    let base = account.fill(
        "base.ranking",
        &[
            ("count", &account.said(ranking.n)),
            ("total", &account.number(account.results.base.answered)),
            ("noun", &account.noun()),
            ("unanswered", &account.said(ranking.unanswered)),
        ],
    );
    if ranking.n == Count::Shown(0) || ranking.items.iter().all(|item| item.place == 0) {
        return Summary {
            base,
            ..Summary::default()
        };
    }
    let chart = AnswerChart {
        title: account.title(question, first(account, &listed)),
        subtitle: account.fill(
            "ranking.subtitle",
            &[("count", &account.count(ranking.n)), ("noun", &account.noun())],
        ),
        description: description(account, &listed),
        drawings: drawings(account.page, shape(account, &listed), ("", 0), &question.origin, log),
        table: table(account, question, &listed),
        notes: vec![account.word("ranking.borda_explained").to_owned()],
    };
    let partial = ranking.items.iter().any(|item| item.ranked.shown() < ranking.n.shown());
    Summary {
        base,
        messages: account
            .of_bodies()
            .then(|| stability(account, &listed))
            .into_iter()
            .collect(),
        chart: Some(chart.of_question(account, question)),
        remarks: partial
            .then(|| account.word("ranking.partial").to_owned())
            .into_iter()
            .collect(),
        folds: [
            kemeny(account, &names, ranking),
            pairs(account, question, &names, ranking),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// A mark at each item's place, and the places it might have without one answer.
fn shape(account: Account<'_>, listed: &[(&str, &RankedItem)]) -> Shape {
    let bar = |(name, item): &(&str, &RankedItem)| {
        let (best, worst) = item.places_without_one;
        Bar {
            name: (*name).to_owned(),
            role: Role::Other(3),
            value: Some(f64::from(item.place)),
            missing: None,
            bounds: account.of_bodies().then(|| [f64::from(best), f64::from(worst)]),
        }
    };
    let last = u32::try_from(listed.len()).unwrap_or(u32::MAX);
    Shape::Intervals {
        rows: listed.iter().map(bar).collect(),
        last: f64::from(last),
    }
}

fn first(account: Account<'_>, listed: &[(&str, &RankedItem)]) -> Option<String> {
    let best: Vec<String> = listed
        .iter()
        .filter(|(_, item)| item.place == 1)
        .map(|(name, _)| account.quoted(name))
        .collect();
    let names = account.page.locale.format.list(&best);
    (!best.is_empty() && best.len() < listed.len()).then(|| account.fill("ranking.first", &[("items", &names)]))
}

fn description(account: Account<'_>, listed: &[(&str, &RankedItem)]) -> String {
    let said = listed.iter().map(|(name, item)| {
        let (best, worst) = item.places_without_one;
        let path = if best == worst || !account.of_bodies() {
            "ranking.place"
        } else {
            "ranking.place_range"
        };
        let words = [item.place, best, worst].map(|place| place.to_string());
        account.fill(
            path,
            &[
                ("item", name),
                ("place", &words[0]),
                ("best", &words[1]),
                ("worst", &words[2]),
            ],
        )
    });
    said.collect::<Vec<_>>().join(" ")
}

/// Whether one answer less would move any place, and which.
fn stability(account: Account<'_>, listed: &[(&str, &RankedItem)]) -> String {
    let moved = listed
        .iter()
        .filter(|(_, item)| item.places_without_one.0 != item.places_without_one.1);
    let moved: Vec<String> = moved
        .map(|(name, item)| {
            let (best, worst) = item.places_without_one;
            let words = [
                ("item", *name),
                ("best", &best.to_string()),
                ("worst", &worst.to_string()),
            ];
            account.fill("ranking.moves", &words)
        })
        .collect();
    if moved.is_empty() {
        return account.word("ranking.stable").to_owned();
    }
    account.fill(
        "ranking.unstable",
        &[("items", &account.page.locale.format.list(&moved))],
    )
}

/// All measures side by side; of persons those alone from which no one's order can be worked out.
fn table(account: Account<'_>, question: &Question, listed: &[(&str, &RankedItem)]) -> Table {
    let all = account.of_bodies();
    let mut titles = vec!["first", "top_three", "ranked", "place"];
    if all {
        titles.extend(["place_without", "mean", "borda", "copeland"]);
    }
    let mut columns = vec![table::texts(account.word("column.item"))];
    columns.extend(
        titles
            .iter()
            .map(|title| counts(account.word(&format!("ranking.column.{title}")))),
    );
    let format = &account.page.locale.format;
    let text = |text: String, sort: String| Cell {
        text,
        sort: Some(sort),
        ..Cell::default()
    };
    let rows = listed.iter().map(|(name, item)| {
        let mut cells = vec![
            account.cell(item.first),
            account.cell(item.top_three),
            account.cell(item.ranked),
        ];
        cells.push(text(item.place.to_string(), item.place.to_string()));
        if all {
            let (best, worst) = item.places_without_one;
            let span = if best == worst {
                best.to_string()
            } else {
                format!("{best}–{worst}")
            };
            cells.push(Cell {
                text: span,
                ..Cell::default()
            });
            cells.push(match item.mean {
                Some(mean) => text(format.number(mean, 2), mean.to_string()),
                None => Cell {
                    text: "–".to_owned(),
                    ..Cell::default()
                },
            });
            cells.push(account.decimal(item.borda));
            cells.push(text(
                format.signed(f64::from(item.copeland), 0),
                item.copeland.to_string(),
            ));
        }
        table::row(*name, cells)
    });
    let rows = rows.collect();
    account.table(account.text(&question.short), columns, rows)
}

/// The orders with which respondents disagree least: all of them, or that there are more.
fn kemeny(account: Account<'_>, names: &[String], ranking: &Ranking) -> Option<Fold> {
    if ranking.orders.is_empty() {
        return None;
    }
    let said = |order: &Vec<usize>| {
        order
            .iter()
            .filter_map(|at| names.get(*at).cloned())
            .collect::<Vec<_>>()
            .join(" → ")
    };
    let orders: Vec<String> = ranking.orders.iter().map(said).collect();
    let path = if orders.len() == 1 {
        "ranking.kemeny_one"
    } else {
        "ranking.kemeny_several"
    };
    let mut texts = vec![account.fill(path, &[("count", &orders.len().to_string())])];
    texts.extend(orders);
    if let Some(cost) = ranking.disagreements.and_then(|cost| u32::try_from(cost).ok()) {
        texts.push(account.fill("ranking.kemeny_cost", &[("cost", &account.number(cost))]));
    }
    if ranking.more_orders {
        texts.push(account.word("ranking.kemeny_more").to_owned());
    }
    Some(Fold {
        title: account.word("ranking.kemeny").to_owned(),
        texts,
        tables: Vec::new(),
    })
}

/// How many put the row's item before the column's; a majority is marked.
fn pairs(account: Account<'_>, question: &Question, names: &[String], ranking: &Ranking) -> Option<Fold> {
    if ranking.pairs.is_empty() || !account.of_bodies() {
        return None;
    }
    let items = question.kind.rows();
    let columns = account.columns(account.word("ranking.before"), items);
    let cell = |one: usize, other: usize| {
        if one == other {
            return Cell {
                text: "–".to_owned(),
                ..Cell::default()
            };
        }
        let (won, lost) = (ranking.pairs[one][other], ranking.pairs[other][one]);
        let majority = won.shown().zip(lost.shown()).is_some_and(|(won, lost)| won > lost);
        let cell = account.cell(won);
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
            account.short(&items[one]),
            (0..size).map(|other| cell(one, other)).collect(),
        )
    };
    let caption = format!(
        "{} {}",
        stopped(account.text(&question.short)),
        account.word("ranking.pairs")
    );
    let table = account.table(&caption, columns, (0..size).map(row).collect());
    Some(Fold {
        title: account.word("ranking.pairs").to_owned(),
        texts: vec![account.word("ranking.pairs_explained").to_owned()],
        tables: vec![table],
    })
}
