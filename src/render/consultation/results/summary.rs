//! The summary of a question's answers, which all kinds of question give: base line, messages, chart, remarks, tables.

use crate::model::Question;
use crate::page::view::{Chart, Fold, Html, Table};
use crate::render::consultation::results::context::{FEWEST_WITH_SHARES, HIDDEN, ResultsContext};
use crate::render::figure::{Drawings, FinishedChart};
use crate::survey::scale::Length;
use crate::survey::{Count, Tally};
use crate::theme::escape;

/// Everything that is shown of a question's answers.
#[derive(Default)]
pub(super) struct Summary {
    /// Numbers about the question as a whole.
    pub(super) base: String,
    /// Sentences made from the numbers, most important first.
    pub(super) messages: Vec<String>,
    pub(super) chart: Option<Chart>,
    /// Sentences of less weight than messages.
    pub(super) remarks: Vec<String>,
    /// Further tables, folded.
    pub(super) folds: Vec<Fold>,
}

/// The line that every question begins with: how many answered, have no opinion, did not answer.
pub(super) fn base_line(context: ResultsContext<'_>, question: &Question, tally: &Tally) -> String {
    let noun = context.noun();
    let (count, total) = (
        context.count_in_sentence(tally.n),
        context.number(asked(context, tally)),
    );
    let mut line = context.fill(
        "base.answered",
        &[("count", &count), ("total", &total), ("noun", &noun)],
    );
    for (name, count) in context.counts_outside_options(question, tally) {
        line.push(' ');
        line.push_str(&context.fill(
            "base.outside",
            &[("name", &name), ("count", &context.count_in_sentence(count))],
        ));
    }
    line
}

/// How many of those who answered were asked this: fewer where the question is new in a later version. All of them where a
/// number is hidden; a sentence tells of the versions then too.
fn asked(context: ResultsContext<'_>, tally: &Tally) -> u32 {
    let no_opinion = tally.no_opinion.unwrap_or(Count::Shown(0));
    let parts = [tally.n, no_opinion, tally.unanswered].map(Count::shown);
    let asked = parts.into_iter().sum::<Option<u32>>();
    asked.map_or(context.answered(), |asked| asked.min(context.answered()))
}

/// A chart of a question's answers, before its files are made.
pub(super) struct AnswerChart {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) description: String,
    pub(super) drawings: Drawings,
    pub(super) table: Table,
    pub(super) notes: Vec<String>,
}

impl AnswerChart {
    /// The view of the one chart of a question.
    pub(super) fn for_question(self, context: ResultsContext<'_>, question: &Question) -> Chart {
        self.with_id(context, &format!("bild-{}", question.id))
    }

    /// The view of the chart with this id.
    pub(super) fn with_id(self, context: ResultsContext<'_>, id: &str) -> Chart {
        let has_hidden = self
            .table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| cell.text == HIDDEN);
        let mut notes = self.notes;
        if has_hidden {
            notes.push(context.word("hidden_note").to_owned());
        }
        let chart = FinishedChart {
            kind: "answers",
            id: id.to_owned(),
            title: self.title,
            subtitle: self.subtitle,
            description: self.description,
            drawings: self.drawings,
            table: self.table,
            empty: context
                .word(if has_hidden { "empty_hidden" } else { "empty" })
                .to_owned(),
            source: context.source_line(),
            notes: notes.iter().map(|note| Html(escape(note))).collect(),
            sample: context.consultation.sample,
        };
        chart.into_view(context.page)
    }
}

/// The length of bars over each other, by their bases: numbers where all are told as numbers, so that no bar of five is as long
/// as one of seventeen.
pub(super) fn lengths(mut bases: impl Iterator<Item = u32>) -> Length {
    if bases.any(|base| base >= FEWEST_WITH_SHARES) {
        Length::Share
    } else {
        Length::Count
    }
}

/// A chart's subtitle: counts or shares, and of how many: `Antal kommuner, n = 8 av 9`.
pub(super) fn subtitle(context: ResultsContext<'_>, tally: &Tally) -> String {
    let has_shares = tally.n.shown().is_some_and(|n| n >= FEWEST_WITH_SHARES);
    let path = if has_shares {
        "subtitle.shares"
    } else {
        "subtitle.counts"
    };
    let answered = context.number(asked(context, tally));
    context.fill(
        path,
        &[
            ("noun", &context.noun()),
            ("count", &context.count_in_sentence(tally.n)),
            ("total", &answered),
        ],
    )
}

/// The subtitle of a chart of several rows: counts, shares, or both. A row whose base is hidden has no bar and is left out.
pub(super) fn rows_subtitle<'t>(context: ResultsContext<'_>, rows: impl Iterator<Item = &'t Tally>) -> String {
    let bases: Vec<u32> = rows.filter_map(|tally| tally.n.shown()).collect();
    let large = bases.iter().filter(|base| **base >= FEWEST_WITH_SHARES).count();
    let path = match large {
        _ if lengths(bases.iter().copied()) == Length::Count => "subtitle.rows_counts",
        all if all == bases.len() => "subtitle.rows_shares",
        _ => "subtitle.rows_mixed",
    };
    context.fill(path, &[("noun", &context.noun())])
}
