//! The compilation of positions (remissammanställning): each body's position and the reply to it, bodies without one, and
//! changes between draft and decision.

use crate::download::csv_file;
use crate::model::{Change, Consultation, Outcomes, Position};
use crate::page::context::PageContext;
use crate::page::inline::inline;
use crate::page::view::{Cell, Column, Html, Link, RowHeader, Table, TableRow};
use crate::render::consultation::chapters::chapter_title;
use crate::render::consultation::statements;
use crate::render::consultation::themes::theme_link_by_id;
use crate::source::Origin;
use serde::Serialize;

/// A body's position.
#[derive(Serialize)]
pub(super) struct PositionView {
    body: String,
    /// The body's whole answer; `None` where it is not published.
    statement: Option<Link>,
    /// The invited group of the body; a word for a body that was not invited.
    group: String,
    /// The body's stance in words; `None` when it stated none.
    stance: Option<String>,
    summary: Html,
    themes: Vec<Link>,
    reply: Html,
}

/// A change between draft and decision.
#[derive(Serialize)]
pub(super) struct ChangeView {
    place: String,
    draft: Html,
    decided: Html,
    themes: Vec<Link>,
}

/// The views of positions, in the order written.
pub(super) fn positions(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<PositionView> {
    let inline = |text: &crate::model::Text| Html(inline(text.in_language(page.code())));
    let view = |position: &Position| PositionView {
        body: body_name(page, consultation, position).to_owned(),
        statement: statements::statement_link(page, consultation, &position.body),
        group: group_name(page, consultation, position).to_owned(),
        stance: stance_word(page, position).map(ToOwned::to_owned),
        summary: inline(&position.summary),
        themes: theme_links(page, consultation, &position.themes),
        reply: inline(&position.reply),
    };
    outcomes.positions.iter().map(view).collect()
}

/// Names of invited bodies that have not answered; where nothing has been counted, of those without a position. `None` where
/// there are none, or no positions at all.
pub(super) fn silent(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Option<String> {
    let is_silent = |body: &&crate::model::Body| match page.results(&consultation.id) {
        Some(results) => results.base.missing.iter().flatten().any(|id| *id == body.id),
        None => outcomes.positions.iter().all(|position| position.body != body.id),
    };
    if outcomes.positions.is_empty() {
        return None;
    }
    let names: Vec<String> = consultation
        .bodies()
        .filter(is_silent)
        .map(|body| body.name.in_language(page.code()).to_owned())
        .collect();
    (!names.is_empty()).then(|| page.locale.format.list(&names))
}

/// The views of changes between draft and decision.
pub(super) fn changes(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<ChangeView> {
    let code = page.code();
    let view = |change: &Change| ChangeView {
        place: change.place.in_language(code).to_owned(),
        draft: Html(inline(change.draft.in_language(code))),
        decided: Html(inline(change.decided.in_language(code))),
        themes: theme_links(page, consultation, &change.themes),
    };
    // A change of a section alone is shown with the adopted text.
    let has_wording = |change: &&Change| !change.draft.is_empty() || !change.decided.is_empty();
    outcomes.changes.iter().filter(has_wording).map(view).collect()
}

/// The compilation as a CSV file; none without positions.
pub(super) fn file(page: PageContext<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Link> {
    if outcomes.positions.is_empty() {
        return Vec::new();
    }
    let code = page.code();
    let column = |word: &str| Column {
        title: page.word(&format!("consultation.column.{word}")).to_owned(),
        numeric: false,
        unit: None,
    };
    let cell = |text: &str| Cell {
        text: text.to_owned(),
        ..Cell::default()
    };
    let row = |position: &Position| {
        let themes = theme_links(page, consultation, &position.themes);
        let themes: Vec<String> = themes.into_iter().map(|theme| theme.title).collect();
        TableRow {
            home: false,
            country: false,
            header: RowHeader {
                title: body_name(page, consultation, position).to_owned(),
                href: None,
            },
            cells: vec![
                cell(group_name(page, consultation, position)),
                cell(stance_word(page, position).unwrap_or_default()),
                cell(position.summary.in_language(code)),
                cell(&themes.join("; ")),
                cell(position.reply.in_language(code)),
            ],
        }
    };
    let title = chapter_title(page, consultation, "replies");
    let table = Table {
        id: String::new(),
        caption: title.clone(),
        columns: ["body", "group", "stance", "position", "themes", "reply"]
            .map(column)
            .into(),
        rows: outcomes.positions.iter().map(row).collect(),
        notes: Vec::new(),
    };
    let mark = if consultation.sample {
        page.word("sample.label")
    } else {
        ""
    };
    let text = csv_file::table(&title, mark, &table, page.site.settings.publisher.in_language(code));
    let folder = page.word("routes.consultation");
    let name = page.word("routes.compilation");
    vec![page.offer(
        page.word("consultation.compilation_file"),
        &format!("{folder}/{}/{name}.csv", consultation.id),
        text,
    )]
}

/// Name of the position's body: an invited one's as in the invitation, else as written.
fn body_name<'a>(page: PageContext<'_>, consultation: &'a Consultation, position: &'a Position) -> &'a str {
    consultation
        .body(&position.body)
        .map_or(&position.body, |body| body.name.in_language(page.code()))
}

/// Name of the invited group that the position's body belongs to, or the word for bodies that were not invited.
fn group_name<'a>(page: PageContext<'a>, consultation: &'a Consultation, position: &Position) -> &'a str {
    let invited = consultation
        .invited
        .iter()
        .find(|group| group.bodies.iter().any(|body| body.id == position.body));
    invited.map_or_else(
        || page.word("consultation.not_invited"),
        |group| group.name.in_language(page.code()),
    )
}

/// The stance in words.
fn stance_word<'a>(page: PageContext<'a>, position: &Position) -> Option<&'a str> {
    position
        .stance
        .map(|stance| page.word(&format!("consultation.stance.{}", stance.name())))
}

fn theme_links(page: PageContext<'_>, consultation: &Consultation, themes: &[(String, Origin)]) -> Vec<Link> {
    themes
        .iter()
        .map(|(id, _)| theme_link_by_id(page, consultation, id))
        .collect()
}
