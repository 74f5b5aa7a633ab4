//! Questions answered by points to share out, or by a number: median and quartiles before the mean.

use crate::chart::{Bar, Role, Shape};
use crate::finding::Log;
use crate::model::{Question, QuestionKind};
use crate::page::table;
use crate::render::consultation::results::cells::{count_column, text_cell};
use crate::render::consultation::results::context::{HIDDEN, ResultsContext, decimals};
use crate::render::consultation::results::summary::{AnswerChart, Summary};
use crate::render::figure::drawings;
use crate::survey::Spread;

/// The summary of points to share out, with a spread an item, or of a number, with one.
pub(super) fn spreads(context: ResultsContext<'_>, question: &Question, all: &[Spread], log: &Log) -> Summary {
    let short = context.text(&question.short);
    let (names, has_points) = match &question.kind {
        QuestionKind::Points { items, .. } => (
            items.iter().map(|item| context.text(&item.text).to_owned()).collect(),
            true,
        ),
        _ => (vec![short.to_owned()], false),
    };
    let named_spreads: Vec<(String, &Spread)> = names.into_iter().zip(all).collect();
    let unit = match &question.kind {
        QuestionKind::Number { unit, .. } => context.text(unit),
        _ => "",
    };
    // Of points the mean, since means add up to the points that were shared out; of a number the median.
    let centre = |spread: &Spread| if has_points { spread.mean } else { spread.five[2] };
    let bar = |(name, spread): &(String, &Spread)| Bar {
        name: name.clone(),
        role: Role::Other(3),
        value: centre(spread),
        missing: centre(spread).is_none().then(|| {
            let why = if spread.n == Some(0) { "nobody" } else { "hidden" };
            context.word(why).to_owned()
        }),
        bounds: spread.five[1].zip(spread.five[3]).map(|(low, high)| [low, high]),
    };
    let bars: Vec<Bar> = named_spreads.iter().map(bar).collect();
    let has_bars = bars.iter().any(|bar| bar.value.is_some());
    let mut columns = vec![table::texts(context.word("column.item"))];
    let titles = ["n", "mean", "least", "lower", "median", "upper", "most"];
    columns.extend(titles.map(|title| count_column(context.word(&format!("spread.{title}")))));
    let numbers_of = |spread: &Spread| {
        std::iter::once(spread.mean)
            .chain(spread.five)
            .collect::<Vec<Option<f64>>>()
    };
    let column_decimals: Vec<u8> = (0..titles.len() - 1)
        .map(|at| decimals(named_spreads.iter().filter_map(|(_, spread)| numbers_of(spread)[at])))
        .collect();
    let rows = named_spreads.iter().map(|(name, spread)| {
        let n = spread
            .n
            .map_or_else(|| context.hidden_cell(), |n| context.whole_cell(n));
        let nobody = spread.n == Some(0);
        let numbers = numbers_of(spread)
            .into_iter()
            .zip(&column_decimals)
            .map(|(number, decimals)| {
                if nobody {
                    text_cell("–")
                } else {
                    context.number_cell_in(number, *decimals)
                }
            });
        table::row(name.clone(), std::iter::once(n).chain(numbers).collect())
    });
    let n = named_spreads.iter().filter_map(|(_, spread)| spread.n).max();
    let count = n.map_or_else(|| HIDDEN.to_owned(), |n| context.number(n));
    let words = [
        ("count", count.as_str()),
        ("total", &context.number(context.results.base.answered)),
        ("noun", &context.noun()),
    ];
    let subtitle = context.fill(
        if has_points {
            "spread.points_subtitle"
        } else {
            "spread.subtitle"
        },
        &words,
    );
    let chart = AnswerChart {
        title: context.chart_title(question, title(context, &named_spreads, has_points, unit)),
        subtitle,
        description: description(context, &named_spreads),
        drawings: if has_bars {
            drawings(
                context.page,
                Shape::Bars { bars, reference: None },
                (unit, 1),
                &question.origin,
                log,
            )
        } else {
            (None, None)
        },
        table: context.table(short, columns, rows.collect()),
        notes: vec![
            context
                .word(if has_points {
                    "spread.points_explained"
                } else {
                    "spread.explained"
                })
                .to_owned(),
        ],
    };
    Summary {
        base: context.fill("base.answered", &words),
        chart: Some(chart.for_question(context, question)),
        ..Summary::default()
    }
}

/// A sentence on the item that has most points on average, or on the median of a number; `None` where a number is hidden.
fn title(
    context: ResultsContext<'_>,
    named_spreads: &[(String, &Spread)],
    has_points: bool,
    unit: &str,
) -> Option<String> {
    if named_spreads.iter().any(|(_, spread)| spread.n.is_none()) {
        return None;
    }
    let format = &context.page.locale.format;
    if has_points {
        let (name, spread) = named_spreads
            .iter()
            .max_by(|one, other| one.1.mean.unwrap_or(0.0).total_cmp(&other.1.mean.unwrap_or(0.0)))?;
        let mean = format.number(spread.mean?, 1);
        return Some(context.fill("spread.points_title", &[("item", name), ("mean", &mean)]));
    }
    let (_, spread) = named_spreads.first()?;
    let median = context.number_cell(Some(spread.five[2]?)).text;
    let median_text = match unit {
        "" => median,
        // A unit is written for many: 1 (gånger).
        _ if spread.five[2] == Some(1.0) => format!("{median} ({unit})"),
        _ => format!("{median} {unit}"),
    };
    Some(context.fill("spread.title", &[("median", &median_text)]))
}

fn description(context: ResultsContext<'_>, named_spreads: &[(String, &Spread)]) -> String {
    let sentences = named_spreads.iter().map(|(name, spread)| {
        let number = |number: Option<f64>| {
            number.map_or_else(
                || context.word("hidden").to_owned(),
                |number| context.number_cell(Some(number)).text,
            )
        };
        context.fill(
            "spread.said",
            &[
                ("item", name),
                ("mean", &number(spread.mean)),
                ("median", &number(spread.five[2])),
            ],
        )
    });
    sentences.collect::<Vec<_>>().join(" ")
}
