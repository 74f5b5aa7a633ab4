//! Squares for few respondents: one a respondent, in a row for each answer.

use crate::chart::Size;
use crate::chart::squares::{SquareRow, squares};
use crate::model::Question;
use crate::render::consultation::results::context::ResultsContext;
use crate::render::figure::Drawings;
use crate::survey::{BodyAnswer, Count, Tally};

/// Rows of a question answered by options or by a point of a scale: a respondent has a square in each of those chosen.
pub(super) fn options(
    context: ResultsContext<'_>,
    (position, question): (usize, &Question),
    tally: &Tally,
    names: &[String],
) -> Drawings {
    let has_chosen = |cell: &BodyAnswer, option: usize| match cell {
        BodyAnswer::Options(chosen) | BodyAnswer::OptionsAndOther(chosen) => {
            chosen.iter().any(|chosen| usize::from(*chosen) == option)
        }
        _ => false,
    };
    let of_options = names
        .iter()
        .zip(&tally.options)
        .enumerate()
        .map(|(option, (name, count))| {
            let bodies = bodies(context, position, |cell| has_chosen(cell, option));
            row(context, name, *count, false, &bodies)
        });
    let rows: Vec<SquareRow> = of_options
        .chain(outside_options(context, (position, question), tally))
        .collect();
    let draw = |size| squares(&rows, size).map(|drawing| drawing.svg.into());
    (draw(Size::Wide), draw(Size::Narrow))
}

/// Rows of those who chose none of the options: another answer, no opinion, no answer.
fn outside_options<'a>(
    context: ResultsContext<'a>,
    (position, question): (usize, &'a Question),
    tally: &Tally,
) -> Vec<SquareRow> {
    let other = tally.other.map(|count| {
        let bodies = bodies(context, position, |cell| {
            matches!(cell, BodyAnswer::Other | BodyAnswer::OptionsAndOther(_))
        });
        row(context, context.word("other"), count, false, &bodies)
    });
    let no_opinion = tally.no_opinion.map(|count| {
        let bodies = bodies(context, position, |cell| matches!(cell, BodyAnswer::NoOpinion));
        row(context, &context.no_opinion_label(question), count, true, &bodies)
    });
    let silent = bodies(context, position, |cell| matches!(cell, BodyAnswer::Unanswered));
    let unanswered = row(
        context,
        context.word_of_respondents("unanswered"),
        tally.unanswered,
        true,
        &silent,
    );
    other
        .into_iter()
        .chain(no_opinion)
        .chain([unanswered])
        .filter(|row| !row.outside || row.label != "0")
        .collect()
}

/// Names of the bodies whose answer to the question at this position is such a one; none where bodies are not shown one by
/// one.
fn bodies(context: ResultsContext<'_>, position: usize, is_such: impl Fn(&BodyAnswer) -> bool) -> Vec<String> {
    let rows = context.results.matrix.iter().flatten();
    let bodies = rows.filter(|row| {
        row.response
            .as_ref()
            .and_then(|response| response.cells.get(position))
            .is_some_and(&is_such)
    });
    bodies.map(|row| context.body_name(&row.body)).collect()
}

/// A row with a square for each respondent; `outside` sets it apart from the options.
fn row(context: ResultsContext<'_>, name: &str, count: Count, outside: bool, bodies: &[String]) -> SquareRow {
    let number = count.shown().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    // A square is labelled with a body's name only where there is a name for every square.
    let mark_labels = if bodies.len() == number {
        bodies.iter().map(|body| format!("{body}: {name}")).collect()
    } else {
        vec![name.to_owned(); number]
    };
    SquareRow {
        name: name.to_owned(),
        mark_labels,
        label: context.count(count),
        outside,
    }
}
