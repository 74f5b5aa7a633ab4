//! Questions answered by one or several options: squares for few respondents, bars for many.

use crate::chart::{Bar, Role, Shape};
use crate::finding::Log;
use crate::model::{Question, QuestionKind};
use crate::render::consultation::results::context::{FEWEST_WITH_SHARES, ResultsContext};
use crate::render::consultation::results::summary::{AnswerChart, Summary, base_line, subtitle};
use crate::render::consultation::results::{squares, tallies};
use crate::render::figure::{Drawings, drawings};
use crate::survey::{Count, Tally};

/// The summary of a question answered by choosing one or several options; it stands at `position` in the questionnaire.
pub(super) fn choices(
    context: ResultsContext<'_>,
    (position, question): (usize, &Question),
    tally: &Tally,
    log: &Log,
) -> Summary {
    let names = tallies::answers(context, question);
    let has_several = matches!(question.kind, QuestionKind::Choices { .. });
    let is_small = tally.n.shown().is_none_or(|n| n < FEWEST_WITH_SHARES);
    let drawings = if is_small {
        squares::options(context, (position, question), tally, &names)
    } else {
        let options = names.iter().cloned().zip(tally.options.iter().copied());
        let other = tally.other.map(|count| (context.word("other").to_owned(), count));
        bars(context, options.chain(other).collect(), tally.n, question, log)
    };
    let mut description = tallies::sentence(context, question, tally, &names);
    let mut notes = Vec::new();
    if has_several {
        description = format!("{} {description}", context.word("several"));
        notes.push(context.word("several").to_owned());
    }
    let chart = AnswerChart {
        title: context.chart_title(question, most_chosen(context, &names, tally)),
        subtitle: subtitle(context, tally),
        description,
        drawings,
        table: tallies::by_answer(context, question, tally, &names),
        notes,
    };
    Summary {
        base: base_line(context, question, tally),
        chart: Some(chart.for_question(context, question)),
        folds: tallies::weighted(context, question, &[(String::new(), tally)])
            .into_iter()
            .collect(),
        ..Summary::default()
    }
}

/// Bars of counts, or of shares where there are answers enough; words in place of a hidden number.
pub(super) fn bars(
    context: ResultsContext<'_>,
    counts: Vec<(String, Count)>,
    base: Count,
    question: &Question,
    log: &Log,
) -> Drawings {
    let share_base = base.shown().filter(|base| *base >= FEWEST_WITH_SHARES).map(f64::from);
    let bar = |(name, count): (String, Count)| Bar {
        name,
        role: Role::Other(3),
        value: count
            .shown()
            .map(|count| share_base.map_or(f64::from(count), |base| f64::from(count) / base * 100.0)),
        missing: count.shown().is_none().then(|| context.word("hidden").to_owned()),
        bounds: None,
    };
    let bars: Vec<Bar> = counts.into_iter().map(bar).collect();
    if bars.iter().all(|bar| bar.value.is_none()) {
        return (None, None);
    }
    let shape = Shape::Bars { bars, reference: None };
    let unit = if share_base.is_some() { "%" } else { "" };
    drawings(context.page, shape, (unit, 0), &question.origin, log)
}

/// A sentence on the option that most have chosen; `None` where a hidden number might be higher.
fn most_chosen(context: ResultsContext<'_>, names: &[String], tally: &Tally) -> Option<String> {
    let counts: Vec<u32> = tally.options.iter().map(|count| count.shown()).collect::<Option<_>>()?;
    let n = tally.n.shown()?;
    let highest = counts.iter().copied().max().filter(|highest| *highest > 0)?;
    let leaders: Vec<String> = names
        .iter()
        .zip(&counts)
        .filter(|(_, count)| **count == highest)
        .map(|(name, _)| context.quoted(name))
        .collect();
    let share = context.out_of_respondents(highest, n);
    match leaders.as_slice() {
        [only] => Some(context.fill("most", &[("answer", only), ("share", &share)])),
        [_, _] | [_, _, _] => {
            let answers = context.list(&leaders);
            Some(context.fill("most_shared", &[("answers", &answers), ("share", &share)]))
        }
        _ => None,
    }
}
