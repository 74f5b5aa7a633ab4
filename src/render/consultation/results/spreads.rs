//! Points that were shared out, and numbers: median and quartiles before the mean.

use crate::chart::{Bar, Role, Shape};
use crate::finding::Log;
use crate::model::{Question, QuestionKind};
use crate::page::table;
use crate::page::view::Cell;
use crate::render::consultation::results::account::{Account, counts};
use crate::render::consultation::results::summary::{AnswerChart, Summary};
use crate::render::figure::drawings;
use crate::survey::Spread;

/// One spread for each item, or one for the number.
pub(super) fn spreads(account: Account<'_>, question: &Question, all: &[Spread], log: &Log) -> Summary {
    let short = account.text(&question.short);
    let (names, points) = match &question.kind {
        QuestionKind::Points { items, .. } => (
            items.iter().map(|item| account.text(&item.text).to_owned()).collect(),
            true,
        ),
        _ => (vec![short.to_owned()], false),
    };
    let listed: Vec<(String, &Spread)> = names.into_iter().zip(all).collect();
    let unit = match &question.kind {
        QuestionKind::Number { unit, .. } => account.text(unit),
        _ => "",
    };
    // Points are means, which sum to what was shared out; a number is its median.
    let shown = |spread: &Spread| if points { spread.mean } else { spread.five[2] };
    let bar = |(name, spread): &(String, &Spread)| Bar {
        name: name.clone(),
        role: Role::Other(3),
        value: shown(spread),
        missing: shown(spread).is_none().then(|| account.word("hidden").to_owned()),
        bounds: spread.five[1].zip(spread.five[3]).map(|(low, high)| [low, high]),
    };
    let bars: Vec<Bar> = listed.iter().map(bar).collect();
    let drawn = bars.iter().any(|bar| bar.value.is_some());
    let mut columns = vec![table::texts(account.word("column.item"))];
    let titles = ["n", "mean", "least", "lower", "median", "upper", "most"];
    columns.extend(titles.map(|title| counts(account.word(&format!("spread.{title}")))));
    let rows = listed.iter().map(|(name, spread)| {
        let number = match spread.n {
            Some(n) => Cell {
                text: account.number(n),
                sort: Some(n.to_string()),
                ..Cell::default()
            },
            None => account.hidden(),
        };
        let numbers = std::iter::once(spread.mean)
            .chain(spread.five)
            .map(|number| account.decimal(number));
        table::row(name.clone(), std::iter::once(number).chain(numbers).collect())
    });
    let rows = rows.collect();
    let n = listed.iter().filter_map(|(_, spread)| spread.n).max();
    let count = n.map_or_else(
        || crate::render::consultation::results::account::HIDDEN.to_owned(),
        |n| account.number(n),
    );
    let words = [
        ("count", count.as_str()),
        ("total", &account.number(account.results.base.answered)),
        ("noun", &account.noun()),
    ];
    let subtitle = account.fill(
        if points {
            "spread.points_subtitle"
        } else {
            "spread.subtitle"
        },
        &words,
    );
    let chart = AnswerChart {
        title: account.title(question, title(account, &listed, points, unit)),
        subtitle,
        description: description(account, &listed),
        drawings: if drawn {
            drawings(
                account.page,
                Shape::Bars { bars, reference: None },
                (unit, 1),
                &question.origin,
                log,
            )
        } else {
            (None, None)
        },
        table: account.table(short, columns, rows),
        notes: vec![
            account
                .word(if points {
                    "spread.points_explained"
                } else {
                    "spread.explained"
                })
                .to_owned(),
        ],
    };
    Summary {
        base: account.fill("base.answered", &words),
        chart: Some(chart.of_question(account, question)),
        ..Summary::default()
    }
}

/// The item that has most points on average, or the median of a number.
fn title(account: Account<'_>, listed: &[(String, &Spread)], points: bool, unit: &str) -> Option<String> {
    if listed.iter().any(|(_, spread)| spread.n.is_none()) {
        return None;
    }
    let format = &account.page.locale.format;
    if points {
        let (name, spread) = listed
            .iter()
            .max_by(|one, other| one.1.mean.unwrap_or(0.0).total_cmp(&other.1.mean.unwrap_or(0.0)))?;
        let mean = format.number(spread.mean?, 1);
        return Some(account.fill("spread.points_title", &[("item", name), ("mean", &mean)]));
    }
    let (_, spread) = listed.first()?;
    let median = account.decimal(Some(spread.five[2]?)).text;
    let said = if unit.is_empty() {
        median
    } else {
        format!("{median} {unit}")
    };
    Some(account.fill("spread.title", &[("median", &said)]))
}

fn description(account: Account<'_>, listed: &[(String, &Spread)]) -> String {
    let said = listed.iter().map(|(name, spread)| {
        let number = |number: Option<f64>| {
            number.map_or_else(
                || account.word("hidden").to_owned(),
                |it| account.decimal(Some(it)).text,
            )
        };
        account.fill(
            "spread.said",
            &[
                ("item", name),
                ("mean", &number(spread.mean)),
                ("median", &number(spread.five[2])),
            ],
        )
    });
    said.collect::<Vec<_>>().join(" ")
}
