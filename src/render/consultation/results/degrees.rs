//! Questions answered on a scale: one scale, or several statements judged on the same.

use crate::chart::{DegreeRow, Shape};
use crate::finding::Log;
use crate::model::{Item, Polarity, Question, Scale};
use crate::render::consultation::results::context::{FEWEST_WITH_SHARES, ResultsContext, as_sentence};
use crate::render::consultation::results::summary::{
    AnswerChart, Summary, base_line, lengths, rows_subtitle, subtitle,
};
use crate::render::consultation::results::{squares, tallies};
use crate::render::figure::drawings;
use crate::survey::Tally;
use crate::survey::scale::{self as arithmetic, Length};

/// The summary of a question answered on a scale; it stands at `position` in the questionnaire.
pub(super) fn scale(
    context: ResultsContext<'_>,
    (position, question): (usize, &Question),
    scale: &Scale,
    tally: &Tally,
    log: &Log,
) -> Summary {
    let names: Vec<String> = scale
        .points
        .iter()
        .map(|point| context.text(&point.text).to_owned())
        .collect();
    let is_small = tally.n.shown().is_none_or(|n| n < FEWEST_WITH_SHARES);
    let drawings = if is_small {
        squares::options(context, (position, question), tally, &names)
    } else {
        let shape = Shape::Degrees {
            points: names.clone(),
            zero: zero(scale),
            rows: vec![row(context, ("", tally), scale, &[], Length::Share)],
            columns: Vec::new(),
        };
        drawings(context.page, shape, ("", 0), &question.origin, log)
    };
    let title = context.chart_title(question, top_two(context, &names, tally));
    let chart = AnswerChart {
        title,
        subtitle: subtitle(context, tally),
        description: tallies::sentence(context, question, tally, &names),
        drawings,
        table: tallies::by_answer(context, question, tally, &names),
        notes: Vec::new(),
    };
    Summary {
        base: base_line(context, question, tally),
        messages: middle(context, &names, tally).into_iter().collect(),
        chart: Some(chart.for_question(context, question)),
        remarks: mean(context, tally).into_iter().collect(),
        folds: tallies::weighted(context, question, &[(String::new(), tally)])
            .into_iter()
            .collect(),
    }
}

/// The summary of statements judged on the same scale.
pub(super) fn grid(
    context: ResultsContext<'_>,
    question: &Question,
    (items, scale): (&[Item], &Scale),
    tallies_of_items: &[Tally],
    log: &Log,
) -> Summary {
    let names: Vec<String> = scale
        .points
        .iter()
        .map(|point| context.text(&point.text).to_owned())
        .collect();
    let rows: Vec<(String, &Tally)> = items
        .iter()
        .map(|item| context.text(&item.text).to_owned())
        .zip(tallies_of_items)
        .collect();
    let no_opinion_label = tallies_of_items
        .iter()
        .any(|tally| tally.no_opinion.is_some())
        .then(|| context.no_opinion_label(question));
    let beside = |tally: &Tally| -> Vec<String> {
        let no_opinion = no_opinion_label
            .as_ref()
            .map(|_| tally.no_opinion.map_or(String::new(), |count| context.count(count)));
        no_opinion.into_iter().chain([context.count(tally.n)]).collect()
    };
    let length = lengths(tallies_of_items.iter().filter_map(|tally| tally.n.shown()));
    let degree_rows = rows
        .iter()
        .map(|(name, tally)| row(context, (name, tally), scale, &beside(tally), length))
        .collect();
    let shape = Shape::Degrees {
        points: names.clone(),
        zero: zero(scale),
        rows: degree_rows,
        columns: no_opinion_label
            .iter()
            .cloned()
            .chain([context.word("n_short").to_owned()])
            .collect(),
    };
    let has_bars = matches!(&shape, Shape::Degrees { rows, .. } if rows.iter().any(|row| !row.pieces.is_empty()));
    let row_sentences = rows.iter().map(|(name, tally)| {
        format!(
            "{} {}",
            as_sentence(name),
            tallies::sentence(context, question, tally, &names)
        )
    });
    let description = row_sentences.collect::<Vec<_>>().join(" ");
    let messages = rows.iter().filter_map(|(name, tally)| {
        Some(context.fill(
            "of_row",
            &[
                ("row", name.trim_end_matches('.')),
                ("message", &top_two(context, &names, tally)?),
            ],
        ))
    });
    let short = context.text(&question.short);
    let chart = AnswerChart {
        title: context.chart_title(question, Some(context.word("each_row").to_owned())),
        subtitle: rows_subtitle(context, tallies_of_items.iter()),
        description,
        drawings: if has_bars {
            drawings(context.page, shape, ("", 0), &question.origin, log)
        } else {
            (None, None)
        },
        table: tallies::by_row(context, question, (short, context.word("column.statement")), &rows),
        notes: Vec::new(),
    };
    Summary {
        base: context.fill(
            "base.rows",
            &[
                ("total", &context.number(context.answered())),
                ("noun", &context.noun()),
            ],
        ),
        messages: messages.collect(),
        chart: Some(chart.for_question(context, question)),
        remarks: Vec::new(),
        folds: tallies::weighted(context, question, &rows).into_iter().collect(),
    }
}

/// Number of points below zero: half of them on a scale between opposites, the author's own number on one from nothing to much.
#[expect(clippy::cast_precision_loss, reason = "a scale has some ten points")]
fn zero(scale: &Scale) -> Option<f64> {
    match scale.polarity {
        Polarity::Bipolar => Some(scale.points.len() as f64 / 2.0),
        Polarity::Unipolar { below } => below.map(|below| below as f64),
    }
}

/// A bar with a piece a point, or the reason why there is none.
fn row(
    context: ResultsContext<'_>,
    (name, tally): (&str, &Tally),
    scale: &Scale,
    beside: &[String],
    length: Length,
) -> DegreeRow {
    let pieces = arithmetic::pieces(tally, scale.polarity, length).unwrap_or_default();
    let labels: Vec<String> = tally
        .options
        .iter()
        .map(|count| context.label(*count, tally.n))
        .collect();
    let lead = if name.is_empty() {
        String::new()
    } else {
        format!("{} ", as_sentence(name))
    };
    let mark_label = |(point, label): (&Item, &String)| format!("{lead}{}: {label}", context.text(&point.text));
    let is_hidden = tally.options.iter().any(|count| count.shown().is_none());
    let reason = context.word(if is_hidden { "hidden" } else { "nobody" }).to_owned();
    DegreeRow {
        name: name.to_owned(),
        missing: pieces.is_empty().then_some(reason),
        mark_labels: scale.points.iter().zip(&labels).map(mark_label).collect(),
        pieces,
        labels,
        beside: beside.to_vec(),
    }
}

/// How many chose one of the two highest points; `None` where a number is hidden.
fn top_two(context: ResultsContext<'_>, names: &[String], tally: &Tally) -> Option<String> {
    let (top, n) = (arithmetic::top_two(tally)?, tally.n.shown()?);
    let [.., second, first] = names else { return None };
    Some(context.fill(
        "top_two",
        &[
            ("share", &context.out_of_respondents(top, n)),
            ("second", second),
            ("first", first),
        ],
    ))
}

/// The median; `None` where a number is hidden.
fn middle(context: ResultsContext<'_>, names: &[String], tally: &Tally) -> Option<String> {
    let (low, high) = arithmetic::middle(tally)?;
    let (low, high) = (names.get(low)?, names.get(high)?);
    Some(if low == high {
        context.fill("median", &[("answer", low)])
    } else {
        context.fill("median_between", &[("low", low), ("high", high)])
    })
}

/// The mean of a scale, which says less than the counts.
fn mean(context: ResultsContext<'_>, tally: &Tally) -> Option<String> {
    let counts: Vec<u32> = tally.options.iter().map(|count| count.shown()).collect::<Option<_>>()?;
    let n: u32 = counts.iter().sum();
    let sum: f64 = counts
        .iter()
        .zip(1u32..)
        .map(|(count, point)| f64::from(*count) * f64::from(point))
        .sum();
    let last = context.number(u32::try_from(counts.len()).ok()?);
    let format = &context.page.locale.format;
    (n > 0).then(|| {
        context.fill(
            "mean",
            &[("mean", &format.number(sum / f64::from(n), 1)), ("last", &last)],
        )
    })
}
