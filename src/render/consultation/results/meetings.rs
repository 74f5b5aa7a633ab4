//! Counts of meetings: shown apart from respondents, and never added to them. Hands are shown as answers are: with picture,
//! net and order.

use crate::finding::Log;
use crate::model::{Question, QuestionKind};
use crate::page::table;
use crate::page::view::{Cell, Table};
use crate::render::consultation::results::cells::count_column;
use crate::render::consultation::results::context::ResultsContext;
use crate::render::consultation::results::directions::net;
use crate::render::consultation::results::question::QuestionResultView;
use crate::survey::{Detail, Direction, Meeting};
use serde::Serialize;

/// The counts of one meeting.
#[derive(Serialize)]
pub(super) struct MeetingView {
    /// Name and date.
    title: String,
    /// How many took part, as a sentence.
    base: String,
    /// The questions of which hands were counted.
    questions: Vec<QuestionResultView>,
    /// What has no picture: how many put each item first, and what a discussion changed.
    tables: Vec<Table>,
}

/// The views of all meetings, in the order recorded.
pub(super) fn view(context: ResultsContext<'_>, log: &Log) -> Vec<MeetingView> {
    let meetings = context.results.meetings.iter().zip(1..);
    meetings
        .map(|(meeting, number)| meeting_view(context, meeting, number, log))
        .collect()
}

/// Name and day of a meeting.
fn title(name: &str, date: &str) -> String {
    if date.is_empty() {
        name.to_owned()
    } else {
        format!("{name}, {date}")
    }
}

fn meeting_view(context: ResultsContext<'_>, meeting: &Meeting, number: u32, log: &Log) -> MeetingView {
    let name = if meeting.name.is_empty() {
        context.fill("meeting.numbered", &[("number", &number.to_string())])
    } else {
        meeting.name.clone()
    };
    let title = title(&name, &context.page.locale.format.date(&meeting.date));
    let base = match meeting.participants {
        Some(count) => context.fill(
            "meeting.participants",
            &[("n", &count.to_string()), ("count", &context.number(count))],
        ),
        None => context.word("meeting.uncounted").to_owned(),
    };
    let questions = || context.consultation.questionnaire.questions();
    let of_meeting = context.of_meeting(meeting);
    let views = questions()
        .enumerate()
        .filter_map(|(position, question)| of_meeting.meeting_view(meeting, position, question, log));
    let tables = questions().flat_map(|question| {
        [
            firsts(context, &title, question, meeting),
            changes(context, &title, question, meeting),
        ]
    });
    MeetingView {
        base,
        questions: views.collect(),
        tables: tables.flatten().collect(),
        title,
    }
}

/// How many put each item of a ranking first.
fn firsts(context: ResultsContext<'_>, title: &str, question: &Question, meeting: &Meeting) -> Option<Table> {
    let QuestionKind::Ranking { items, .. } = &question.kind else {
        return None;
    };
    let (_, rows) = meeting.counts.iter().find(|(id, _)| *id == question.id)?;
    let columns = vec![
        table::texts(context.word("column.item")),
        count_column(context.word("ranking.column.first")),
    ];
    let row = |(item, counts): (_, &Vec<u32>)| {
        let cells = counts.iter().map(|count| context.whole_cell(*count));
        table::row(context.short_name(item), cells.collect())
    };
    let short = context.text(&question.short);
    Some(context.table(
        &format!("{short} ({title})"),
        columns,
        items.iter().zip(rows).map(row).collect(),
    ))
}

/// The net of each item before and after the discussion; `None` where hands were counted once.
fn changes(context: ResultsContext<'_>, title: &str, question: &Question, meeting: &Meeting) -> Option<Table> {
    let (Some(Detail::Directions(before)), Some(Detail::Directions(after))) =
        (meeting.detail_before(question), meeting.detail(question))
    else {
        return None;
    };
    let headings = ["before", "after", "change"].map(|name| count_column(context.word(&format!("meeting.{name}"))));
    let mut columns = vec![table::texts(context.word("column.item"))];
    columns.extend(headings);
    let signed = |number: i64, text: String| Cell {
        text,
        sort: Some(number.to_string()),
        ..Cell::default()
    };
    let net_cell = |direction: &Direction| signed(direction.net.unwrap_or(0), net(context, direction));
    let row = |(item, (then, now)): (_, (&Direction, &Direction))| {
        let moved = Direction {
            net: now.net.zip(then.net).map(|(now, then)| now - then),
            ..now.clone()
        };
        table::row(context.short_name(item), [then, now, &moved].map(net_cell).to_vec())
    };
    let items = question.kind.rows().iter();
    let caption = context.fill(
        "meeting.changes",
        &[("question", context.text(&question.short)), ("meeting", title)],
    );
    Some(context.table(
        &caption,
        columns,
        items.zip(before.iter().zip(&after)).map(row).collect(),
    ))
}
