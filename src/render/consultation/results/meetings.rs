//! What meetings counted: apart from respondents, and never added to them.

use crate::page::table;
use crate::page::view::{Cell, Table};
use crate::render::consultation::results::account::{Account, counts};
use crate::render::consultation::results::tallies;
use crate::survey::Meeting;
use serde::Serialize;

/// A meeting as shown.
#[derive(Serialize)]
pub(super) struct MeetingView {
    title: String,
    base: String,
    tables: Vec<Table>,
}

/// All meetings, in the order recorded.
pub(super) fn view(account: Account<'_>) -> Vec<MeetingView> {
    account
        .results
        .meetings
        .iter()
        .zip(1..)
        .map(|(own, number)| of(account, own, number))
        .collect()
}

fn of(account: Account<'_>, meeting: &Meeting, number: u32) -> MeetingView {
    let name = if meeting.name.is_empty() {
        account.fill("meeting.numbered", &[("number", &number.to_string())])
    } else {
        meeting.name.clone()
    };
    let date = account.page.locale.format.date(&meeting.date);
    let title = if date.is_empty() {
        name
    } else {
        format!("{name}, {date}")
    };
    let base = match meeting.participants {
        Some(count) => account.fill(
            "meeting.participants",
            &[("n", &count.to_string()), ("count", &account.number(count))],
        ),
        None => account.word("meeting.uncounted").to_owned(),
    };
    let tables = meeting
        .counts
        .iter()
        .filter_map(|(id, rows)| table(account, &title, id, rows))
        .collect();
    MeetingView { title, base, tables }
}

/// What the meeting counted of a question: a row an item, a column an answer.
fn table(account: Account<'_>, meeting: &str, id: &str, counted: &[Vec<u32>]) -> Option<Table> {
    let (_, question) = account.consultation.questionnaire.question(id)?;
    let items = question.kind.rows();
    let short = account.text(&question.short);
    let mut answers = tallies::answers(account, question);
    if answers.is_empty() {
        answers.push(account.word("ranking.column.first").to_owned());
    }
    let mut columns = vec![table::texts(account.word("column.item"))];
    columns.extend(answers.into_iter().map(counts));
    let whole = |number: &u32| Cell {
        text: account.number(*number),
        sort: Some(number.to_string()),
        ..Cell::default()
    };
    let row = |(at, of_item): (usize, &Vec<u32>)| {
        let name = items
            .get(at)
            .map_or_else(|| short.to_owned(), |item| account.text(&item.text).to_owned());
        table::row(name, of_item.iter().map(whole).collect())
    };
    let rows = counted.iter().enumerate().map(row).collect();
    Some(account.table(&format!("{short} ({meeting})"), columns, rows))
}
