//! Counts of meetings: shown apart from respondents, and never added to them.

use crate::page::table;
use crate::page::view::Table;
use crate::render::consultation::results::context::{ResultsContext, count_column};
use crate::render::consultation::results::tallies;
use crate::survey::Meeting;
use serde::Serialize;

/// The counts of one meeting.
#[derive(Serialize)]
pub(super) struct MeetingView {
    /// Name and date.
    title: String,
    /// How many took part, as a sentence.
    base: String,
    /// A table a question that was counted.
    tables: Vec<Table>,
}

/// The views of all meetings, in the order recorded.
pub(super) fn view(context: ResultsContext<'_>) -> Vec<MeetingView> {
    context
        .results
        .meetings
        .iter()
        .zip(1..)
        .map(|(meeting, number)| meeting_view(context, meeting, number))
        .collect()
}

fn meeting_view(context: ResultsContext<'_>, meeting: &Meeting, number: u32) -> MeetingView {
    let name = if meeting.name.is_empty() {
        context.fill("meeting.numbered", &[("number", &number.to_string())])
    } else {
        meeting.name.clone()
    };
    let date = context.page.locale.format.date(&meeting.date);
    let title = if date.is_empty() {
        name
    } else {
        format!("{name}, {date}")
    };
    let base = match meeting.participants {
        Some(count) => context.fill(
            "meeting.participants",
            &[("n", &count.to_string()), ("count", &context.number(count))],
        ),
        None => context.word("meeting.uncounted").to_owned(),
    };
    let tables = meeting
        .counts
        .iter()
        .filter_map(|(id, rows)| table(context, &title, id, rows))
        .collect();
    MeetingView { title, base, tables }
}

/// A meeting's counts of a question: a row an item, a column an answer.
fn table(context: ResultsContext<'_>, meeting: &str, id: &str, counts: &[Vec<u32>]) -> Option<Table> {
    let (_, question) = context.consultation.questionnaire.question(id)?;
    let items = question.kind.rows();
    let short = context.text(&question.short);
    let mut answers = tallies::answers(context, question);
    if answers.is_empty() {
        answers.push(context.word("ranking.column.first").to_owned());
    }
    let mut columns = vec![table::texts(context.word("column.item"))];
    columns.extend(answers.into_iter().map(count_column));
    let row = |(at, item_counts): (usize, &Vec<u32>)| {
        let name = items
            .get(at)
            .map_or_else(|| short.to_owned(), |item| context.text(&item.text).to_owned());
        let cells = item_counts.iter().map(|count| context.whole_cell(*count));
        table::row(name, cells.collect())
    };
    let rows = counts.iter().enumerate().map(row).collect();
    Some(context.table(&format!("{short} ({meeting})"), columns, rows))
}
