//! The compilation of answers (remissammanställning): each body's position and the reply to it, who has not taken one,
//! and what was changed between draft and decision.

use super::replies::theme_link;
use crate::export;
use crate::model::{Change, Consultation, Outcomes, Position};
use crate::render::prose;
use crate::render::report::Standpoint;
use crate::render::view::{Cell, Column, Html, Link, RowHeader, Table, TableRow};
use crate::source::Origin;
use serde::Serialize;

/// A body's position.
#[derive(Serialize)]
pub(super) struct PositionView {
    body: String,
    /// Its group; empty for those not invited.
    group: String,
    /// Its stance in words; absent when it stated none.
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

/// Positions in the order written.
pub(super) fn positions(
    standpoint: Standpoint<'_>,
    consultation: &Consultation,
    outcomes: &Outcomes,
) -> Vec<PositionView> {
    let inline = |text: &crate::model::Text| Html(prose::inline(text.in_language(standpoint.code())));
    let view = |position: &Position| PositionView {
        body: body(standpoint, consultation, position).to_owned(),
        group: group(standpoint, consultation, position).to_owned(),
        stance: stance(standpoint, position).map(ToOwned::to_owned),
        summary: inline(&position.summary),
        themes: links(standpoint, consultation, &position.themes),
        reply: inline(&position.reply),
    };
    outcomes.positions.iter().map(view).collect()
}

/// Names of the invited that have not answered; where nothing has been counted, of those that have taken no position.
pub(super) fn silent(standpoint: Standpoint<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Option<String> {
    let is_silent = |body: &&crate::model::Body| match standpoint.results(&consultation.id) {
        Some(results) => results.base.missing.contains(&body.id),
        None => outcomes.positions.iter().all(|position| position.body != body.id),
    };
    if outcomes.positions.is_empty() {
        return None;
    }
    let names: Vec<String> = consultation
        .bodies()
        .filter(is_silent)
        .map(|body| body.name.in_language(standpoint.code()).to_owned())
        .collect();
    (!names.is_empty()).then(|| standpoint.voice().format.list(&names))
}

/// What differs between the draft and what was decided.
pub(super) fn changes(standpoint: Standpoint<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<ChangeView> {
    let code = standpoint.code();
    let view = |change: &Change| ChangeView {
        place: change.place.in_language(code).to_owned(),
        draft: Html(prose::inline(change.draft.in_language(code))),
        decided: Html(prose::inline(change.decided.in_language(code))),
        themes: links(standpoint, consultation, &change.themes),
    };
    outcomes.changes.iter().map(view).collect()
}

/// The compilation as a file; nothing when no body has taken a position.
pub(super) fn file(standpoint: Standpoint<'_>, consultation: &Consultation, outcomes: &Outcomes) -> Vec<Link> {
    if outcomes.positions.is_empty() {
        return Vec::new();
    }
    let code = standpoint.code();
    let column = |word: &str| Column {
        title: standpoint.word(&format!("consultation.column.{word}")).to_owned(),
        numeric: false,
        unit: None,
    };
    let cell = |text: &str| Cell {
        text: text.to_owned(),
        ..Cell::default()
    };
    let row = |position: &Position| {
        let themes = links(standpoint, consultation, &position.themes);
        let themes: Vec<String> = themes.into_iter().map(|theme| theme.title).collect();
        TableRow {
            home: false,
            country: false,
            header: RowHeader {
                title: body(standpoint, consultation, position).to_owned(),
                href: None,
            },
            cells: vec![
                cell(group(standpoint, consultation, position)),
                cell(stance(standpoint, position).unwrap_or_default()),
                cell(position.summary.in_language(code)),
                cell(&themes.join("; ")),
                cell(position.reply.in_language(code)),
            ],
        }
    };
    let title = super::titled(standpoint, consultation, "replies");
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
        standpoint.word("sample.label")
    } else {
        ""
    };
    let text = export::table(
        &title,
        mark,
        &table,
        standpoint.site().settings().publisher.in_language(code),
    );
    let folder = standpoint.word("routes.consultation");
    let name = standpoint.word("routes.compilation");
    vec![standpoint.offer(
        standpoint.word("consultation.compilation_file"),
        &format!("{folder}/{}/{name}.csv", consultation.id),
        text,
    )]
}

/// The body's name: of an invited one as invited, else as written.
fn body<'a>(standpoint: Standpoint<'_>, consultation: &'a Consultation, position: &'a Position) -> &'a str {
    consultation
        .body(&position.body)
        .map_or(&position.body, |body| body.name.in_language(standpoint.code()))
}

fn group<'a>(standpoint: Standpoint<'a>, consultation: &'a Consultation, position: &Position) -> &'a str {
    let invited = consultation
        .invited
        .iter()
        .find(|group| group.bodies.iter().any(|body| body.id == position.body));
    invited.map_or_else(
        || standpoint.word("consultation.not_invited"),
        |group| group.name.in_language(standpoint.code()),
    )
}

fn stance<'a>(standpoint: Standpoint<'a>, position: &Position) -> Option<&'a str> {
    position
        .stance
        .map(|stance| standpoint.word(&format!("consultation.stance.{}", stance.name())))
}

fn links(standpoint: Standpoint<'_>, consultation: &Consultation, themes: &[(String, Origin)]) -> Vec<Link> {
    themes
        .iter()
        .map(|(id, _)| theme_link(standpoint, consultation, id))
        .collect()
}
