//! One or several options: squares for few respondents, bars for many.

use super::account::{Account, SMALL};
use super::question::{Pictured, Told, base_line, subtitle};
use super::tallies;
use crate::chart::squares::{SquareRow, squares as draw_squares};
use crate::chart::{Bar, Role, Shape, Size};
use crate::finding::Log;
use crate::model::{Question, QuestionKind};
use crate::render::picture::{Drawings, drawings};
use crate::survey::{BodyAnswer, Count, Tally};

/// A question answered by choosing one or several options.
pub(super) fn choices(account: Account<'_>, (at, question): (usize, &Question), tally: &Tally, log: &Log) -> Told {
    let names = tallies::answers(account, question);
    let several = matches!(question.kind, QuestionKind::Choices { .. });
    let few = tally.n.shown().is_none_or(|n| n < SMALL);
    let drawn = if few {
        choices_in_squares(account, question, tally, &names, at)
    } else {
        let counted = names.iter().cloned().zip(tally.options.iter().copied());
        let other = tally.other.map(|count| (account.word("other").to_owned(), count));
        bars(account, counted.chain(other).collect(), tally.n, question, log)
    };
    let mut description = tallies::sentence(account, question, tally, &names);
    if several {
        description = format!("{} {description}", account.word("several"));
    }
    let chart = Pictured {
        title: account.title(question, most(account, &names, tally)),
        subtitle: subtitle(account, tally),
        description,
        drawings: drawn,
        table: tallies::by_answer(account, question, tally, &names),
        notes: if several {
            vec![account.word("several").to_owned()]
        } else {
            Vec::new()
        },
    };
    Told {
        base: base_line(account, question, tally),
        chart: Some(chart.of(account, question)),
        folds: tallies::weighted(account, question, &[(String::new(), tally)])
            .into_iter()
            .collect(),
        ..Told::default()
    }
}

fn choices_in_squares(
    account: Account<'_>,
    question: &Question,
    tally: &Tally,
    names: &[String],
    at: usize,
) -> Drawings {
    if matches!(question.kind, QuestionKind::Choices { .. }) {
        let rows = names
            .iter()
            .zip(&tally.options)
            .enumerate()
            .map(|(option, (name, count))| {
                let chosen = |cell: &BodyAnswer| match cell {
                    BodyAnswer::Options(all) | BodyAnswer::OptionsAndOther(all) => {
                        all.iter().any(|one| usize::from(*one) == option)
                    }
                    _ => false,
                };
                square_row(account, name, *count, false, &bodies(account, at, chosen))
            });
        return both(&rows.chain(apart(account, question, tally, at)).collect::<Vec<_>>());
    }
    let chosen = |cell: &BodyAnswer| match cell {
        BodyAnswer::Options(chosen) => chosen.first().map(|option| usize::from(*option)),
        _ => None,
    };
    squares(account, question, tally, names, chosen, at)
}

/// A square a respondent, under the one answer that each gave.
pub(super) fn squares(
    account: Account<'_>,
    question: &Question,
    tally: &Tally,
    names: &[String],
    chosen: impl Fn(&BodyAnswer) -> Option<usize>,
    at: usize,
) -> Drawings {
    let rows = names
        .iter()
        .zip(&tally.options)
        .enumerate()
        .map(|(option, (name, count))| {
            square_row(
                account,
                name,
                *count,
                false,
                &bodies(account, at, |cell| chosen(cell) == Some(option)),
            )
        });
    let rows: Vec<SquareRow> = rows.chain(apart(account, question, tally, at)).collect();
    both(&rows)
}

/// Those who answered otherwise or not at all.
fn apart<'a>(account: Account<'a>, question: &'a Question, tally: &Tally, at: usize) -> Vec<SquareRow> {
    let other = tally.other.map(|count| {
        let chose = bodies(account, at, |cell| {
            matches!(cell, BodyAnswer::Other | BodyAnswer::OptionsAndOther(_))
        });
        square_row(account, account.word("other"), count, false, &chose)
    });
    let no_opinion = tally.no_opinion.map(|count| {
        let has_none = bodies(account, at, |cell| matches!(cell, BodyAnswer::NoOpinion));
        square_row(account, &account.no_opinion(question), count, true, &has_none)
    });
    let silent = bodies(account, at, |cell| matches!(cell, BodyAnswer::Unanswered));
    let unanswered = square_row(account, account.word("unanswered"), tally.unanswered, true, &silent);
    other
        .into_iter()
        .chain(no_opinion)
        .chain([unanswered])
        .filter(|row| !row.outside || row.label != "0")
        .collect()
}

/// Names of the bodies whose answer is such a one; none where they are not shown one by one.
fn bodies(account: Account<'_>, at: usize, is: impl Fn(&BodyAnswer) -> bool) -> Vec<String> {
    let rows = account.results.matrix.iter().flatten();
    let those = rows.filter(|row| {
        row.response
            .as_ref()
            .and_then(|response| response.cells.get(at))
            .is_some_and(&is)
    });
    those.map(|row| account.body(&row.body)).collect()
}

fn square_row(account: Account<'_>, name: &str, count: Count, outside: bool, bodies: &[String]) -> SquareRow {
    let number = count.shown().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    // Names are said only where they account for every square.
    let says = if bodies.len() == number {
        bodies.iter().map(|body| format!("{body}: {name}")).collect()
    } else {
        vec![name.to_owned(); number]
    };
    SquareRow {
        name: name.to_owned(),
        says,
        label: account.count(count),
        outside,
    }
}

fn both(rows: &[SquareRow]) -> Drawings {
    let drawn = |size| draw_squares(rows, size).map(|drawing| drawing.svg.into());
    (drawn(Size::Wide), drawn(Size::Narrow))
}

/// Bars of counts, or of shares where there are answers enough; a hidden number is said in words.
pub(super) fn bars(
    account: Account<'_>,
    counted: Vec<(String, Count)>,
    base: Count,
    question: &Question,
    log: &Log,
) -> Drawings {
    let base = base.shown().filter(|base| *base >= SMALL).map(f64::from);
    let bar = |(name, count): (String, Count)| Bar {
        name,
        role: Role::Other(3),
        value: count
            .shown()
            .map(|count| base.map_or(f64::from(count), |base| f64::from(count) / base * 100.0)),
        missing: count.shown().is_none().then(|| account.word("hidden").to_owned()),
        bounds: None,
    };
    let bars: Vec<Bar> = counted.into_iter().map(bar).collect();
    if bars.iter().all(|bar| bar.value.is_none()) {
        return (None, None);
    }
    let shape = Shape::Bars { bars, reference: None };
    drawings(
        account.standpoint,
        shape,
        (if base.is_some() { "%" } else { "" }, 0),
        &question.origin,
        log,
    )
}

/// The option that most have chosen; nothing where a hidden one might be it.
fn most(account: Account<'_>, names: &[String], tally: &Tally) -> Option<String> {
    let counts: Option<Vec<u32>> = tally.options.iter().map(|count| count.shown()).collect();
    let (counts, n) = (counts?, tally.n.shown()?);
    let highest = counts.iter().copied().max().filter(|highest| *highest > 0)?;
    let first: Vec<String> = names
        .iter()
        .zip(&counts)
        .filter(|(_, count)| **count == highest)
        .map(|(name, _)| account.quoted(name))
        .collect();
    let share = account.of_noun(highest, n);
    match first.as_slice() {
        [only] => Some(account.fill("most", &[("answer", only), ("share", &share)])),
        [_, _] | [_, _, _] => {
            let answers = account.standpoint.voice().format.list(&first);
            Some(account.fill("most_shared", &[("answers", &answers), ("share", &share)]))
        }
        _ => None,
    }
}
