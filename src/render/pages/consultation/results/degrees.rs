//! Degrees: one scale, or several statements judged by the same.

use super::account::{Account, SMALL, stopped};
use super::question::{Pictured, Told, base_line, rows_subtitle, subtitle};
use super::{choices, tallies};
use crate::chart::{DegreeRow, Shape};
use crate::finding::Log;
use crate::model::{Item, Polarity, Question, Scale};
use crate::render::picture::drawings;
use crate::survey::{BodyAnswer, Tally, scale as arithmetic};

/// A question answered on a scale.
pub(super) fn scale(
    account: Account<'_>,
    (at, question): (usize, &Question),
    scale: &Scale,
    tally: &Tally,
    log: &Log,
) -> Told {
    let names: Vec<String> = scale
        .points
        .iter()
        .map(|point| account.text(&point.text).to_owned())
        .collect();
    let few = tally.n.shown().is_none_or(|n| n < SMALL);
    let drawn = if few {
        choices::squares(
            account,
            question,
            tally,
            &names,
            |cell| match cell {
                BodyAnswer::Options(chosen) => chosen.first().map(|point| usize::from(*point)),
                _ => None,
            },
            at,
        )
    } else {
        let shape = Shape::Degrees {
            points: names.clone(),
            zero: zero(scale),
            rows: vec![row(account, "", tally, scale, &[])],
            columns: Vec::new(),
        };
        drawings(account.standpoint, shape, ("", 0), &question.origin, log)
    };
    let title = account.title(question, top_two(account, &names, tally));
    let chart = Pictured {
        title,
        subtitle: subtitle(account, tally),
        description: tallies::sentence(account, question, tally, &names),
        drawings: drawn,
        table: tallies::by_answer(account, question, tally, &names),
        notes: Vec::new(),
    };
    Told {
        base: base_line(account, question, tally),
        messages: middle(account, &names, tally).into_iter().collect(),
        chart: Some(chart.of(account, question)),
        remarks: mean(account, tally).into_iter().collect(),
        folds: tallies::weighted(account, question, &[(String::new(), tally)])
            .into_iter()
            .collect(),
    }
}

/// Statements judged by the same scale.
pub(super) fn grid(
    account: Account<'_>,
    question: &Question,
    (items, scale): (&[Item], &Scale),
    tallied: &[Tally],
    log: &Log,
) -> Told {
    let names: Vec<String> = scale
        .points
        .iter()
        .map(|point| account.text(&point.text).to_owned())
        .collect();
    let rows: Vec<(String, &Tally)> = items
        .iter()
        .map(|item| account.text(&item.text).to_owned())
        .zip(tallied)
        .collect();
    let outside = tallied
        .iter()
        .any(|tally| tally.no_opinion.is_some())
        .then(|| account.no_opinion(question));
    let beside = |tally: &Tally| -> Vec<String> {
        let no_opinion = outside
            .as_ref()
            .map(|_| tally.no_opinion.map_or(String::new(), |count| account.count(count)));
        no_opinion.into_iter().chain([account.count(tally.n)]).collect()
    };
    let drawn_rows = rows
        .iter()
        .map(|(name, tally)| row(account, name, tally, scale, &beside(tally)))
        .collect();
    let shape = Shape::Degrees {
        points: names.clone(),
        zero: zero(scale),
        rows: drawn_rows,
        columns: outside
            .iter()
            .cloned()
            .chain([account.word("n_short").to_owned()])
            .collect(),
    };
    let has_bars = matches!(&shape, Shape::Degrees { rows, .. } if rows.iter().any(|row| !row.pieces.is_empty()));
    let said = rows.iter().map(|(name, tally)| {
        format!(
            "{} {}",
            stopped(name),
            tallies::sentence(account, question, tally, &names)
        )
    });
    let description = said.collect::<Vec<_>>().join(" ");
    let messages = rows.iter().filter_map(|(name, tally)| {
        Some(account.fill(
            "of_row",
            &[
                ("row", name.trim_end_matches('.')),
                ("message", &top_two(account, &names, tally)?),
            ],
        ))
    });
    let short = account.text(&question.short);
    let chart = Pictured {
        title: account.title(question, Some(account.word("each_row").to_owned())),
        subtitle: rows_subtitle(account, tallied.iter()),
        description,
        drawings: if has_bars {
            drawings(account.standpoint, shape, ("", 0), &question.origin, log)
        } else {
            (None, None)
        },
        table: tallies::by_row(account, question, (short, account.word("column.statement")), &rows),
        notes: Vec::new(),
    };
    Told {
        base: account.fill(
            "base.rows",
            &[
                ("total", &account.number(account.results.base.answered)),
                ("noun", &account.noun()),
            ],
        ),
        messages: messages.collect(),
        chart: Some(chart.of(account, question)),
        remarks: Vec::new(),
        folds: tallies::weighted(account, question, &rows).into_iter().collect(),
    }
}

/// How many points lie below zero: the middle of a scale between opposites, the author's own of one from nothing to much.
#[expect(clippy::cast_precision_loss, reason = "a scale has some ten points")]
fn zero(scale: &Scale) -> Option<f64> {
    match scale.polarity {
        Polarity::Bipolar => Some(scale.points.len() as f64 / 2.0),
        Polarity::Unipolar { below } => below.map(|below| below as f64),
    }
}

/// A bar, or the words that say why there is none.
fn row(account: Account<'_>, name: &str, tally: &Tally, scale: &Scale, beside: &[String]) -> DegreeRow {
    let pieces = arithmetic::pieces(tally, scale.polarity).unwrap_or_default();
    let labels = tally
        .options
        .iter()
        .map(|count| account.label(*count, tally.n))
        .collect();
    let said = |(point, label): (&Item, &String)| {
        let lead = if name.is_empty() {
            String::new()
        } else {
            format!("{} ", stopped(name))
        };
        format!("{lead}{}: {label}", account.text(&point.text))
    };
    let labels: Vec<String> = labels;
    let is_hidden = tally.options.iter().any(|count| count.shown().is_none());
    let why = account.word(if is_hidden { "hidden" } else { "nobody" }).to_owned();
    DegreeRow {
        name: name.to_owned(),
        missing: pieces.is_empty().then_some(why),
        says: scale.points.iter().zip(&labels).map(said).collect(),
        pieces,
        labels,
        beside: beside.to_vec(),
    }
}

/// How many chose one of the two highest points.
fn top_two(account: Account<'_>, names: &[String], tally: &Tally) -> Option<String> {
    let (top, n) = (arithmetic::top_two(tally)?, tally.n.shown()?);
    let [.., second, first] = names else { return None };
    Some(account.fill(
        "top_two",
        &[
            ("share", &account.of_noun(top, n)),
            ("second", second),
            ("first", first),
        ],
    ))
}

/// The middle answer.
fn middle(account: Account<'_>, names: &[String], tally: &Tally) -> Option<String> {
    let (low, high) = arithmetic::middle(tally)?;
    let (low, high) = (names.get(low)?, names.get(high)?);
    Some(if low == high {
        account.fill("median", &[("answer", low)])
    } else {
        account.fill("median_between", &[("low", low), ("high", high)])
    })
}

/// The mean of a scale, which says less than the counts.
fn mean(account: Account<'_>, tally: &Tally) -> Option<String> {
    let counts: Option<Vec<u32>> = tally.options.iter().map(|count| count.shown()).collect();
    let counts = counts?;
    let n: u32 = counts.iter().sum();
    let sum: f64 = counts
        .iter()
        .zip(1u32..)
        .map(|(count, point)| f64::from(*count) * f64::from(point))
        .sum();
    let last = account.number(u32::try_from(counts.len()).ok()?);
    let format = &account.standpoint.voice().format;
    (n > 0).then(|| {
        account.fill(
            "mean",
            &[("mean", &format.number(sum / f64::from(n), 1)), ("last", &last)],
        )
    })
}
