//! The base of the results: who has answered and who has not, in sentences and tables.

use crate::model::FormalDecision;
use crate::page::consultation_state;
use crate::page::locale::alphabetical;
use crate::page::table;
use crate::page::view::Table;
use crate::render::consultation::results::cells::{count_column, text_cell};
use crate::render::consultation::results::context::ResultsContext;
use crate::survey::Withheld;
use serde::Serialize;

/// Numbers and names of respondents.
#[derive(Serialize)]
pub(super) struct BaseView {
    sentences: Vec<String>,
    /// Groups, bodies one by one, and channels, as far as there are several and they may be shown.
    tables: Vec<Table>,
    /// Names of invited bodies that have not answered, in alphabetical order.
    missing: Vec<String>,
    /// A sentence with their number.
    missing_title: String,
}

/// How many have answered, in one sentence.
pub(super) fn lead(context: ResultsContext<'_>) -> String {
    let base = &context.results.base;
    let (answered, count) = (context.number(base.answered), base.answered.to_string());
    match base.invited {
        Some(invited) => {
            let of_invited = base.of_invited();
            let (answered, count) = (context.number(of_invited), of_invited.to_string());
            let group_noun = context.noun();
            let noun = if group_noun == context.word("respondents") {
                context.word("who.invited_ones")
            } else {
                &group_noun
            };
            let total = context.number(invited);
            let words = [
                ("n", count.as_str()),
                ("count", &answered),
                ("total", &total),
                ("noun", noun),
            ];
            context.fill("who.of_invited", &words)
        }
        None if base.answered == 0 && base.waiting == 0 => context.word("who.none").to_owned(),
        None => {
            // Of persons a batch is shown at a time: not all who have answered.
            let all = context.consultation.publication.interim.is_none() || !context.results.interim;
            let held = [Withheld::Batch, Withheld::Remainder];
            let all = all && !held.iter().any(|reason| context.results.withheld.contains(reason));
            let path = if all { "who.open" } else { "who.shown" };
            context.fill(path, &[("n", &count), ("count", &answered)])
        }
    }
}

/// The view of who has answered.
pub(super) fn view(context: ResultsContext<'_>) -> BaseView {
    let base = &context.results.base;
    let mut missing: Vec<String> = base.missing.iter().flatten().map(|id| context.body_name(id)).collect();
    missing.sort_by_key(|name| alphabetical(name));
    let count = missing.len().to_string();
    BaseView {
        sentences: sentences(context),
        tables: [groups(context), bodies(context), channels(context)]
            .into_iter()
            .flatten()
            .collect(),
        missing_title: context.fill(
            if context.may_still_answer() {
                "who.missing"
            } else {
                "who.missing_closed"
            },
            &[("n", &count)],
        ),
        missing,
    }
}

fn sentences(context: ResultsContext<'_>) -> Vec<String> {
    let base = &context.results.base;
    let mut sentences = vec![lead(context)];
    let number = |path: &str, n: u32| context.fill(path, &[("n", &n.to_string()), ("count", &context.number(n))]);
    if let Some(share) = base.population.filter(|_| base.answered > 0) {
        sentences.push(context.fill("who.population", &[("share", &context.percent(share))]));
    }
    if base.uninvited > 0 {
        sentences.push(number("who.uninvited", base.uninvited));
    }
    if base.waiting > 0 {
        let for_good = context.results.withheld.contains(&Withheld::Remainder);
        let path = if for_good { "who.held_back" } else { "who.waiting" };
        sentences.push(number(path, base.waiting));
    }
    if context.consultation.open_to_all {
        let path = if context.answered_by_bodies() {
            "who.self_selected_bodies"
        } else {
            "who.self_selected"
        };
        sentences.push(context.word(path).to_owned());
    }
    sentences.push(
        context
            .word(if context.answered_by_bodies() {
                "who.equal_weight"
            } else {
                "who.small_counts"
            })
            .to_owned(),
    );
    sentences
}

/// Answers by group; `None` where there is only one.
fn groups(context: ResultsContext<'_>) -> Option<Table> {
    let groups = &context.results.base.groups;
    if groups.len() < 2 {
        return None;
    }
    let columns = vec![
        table::texts(context.word("who.column.group")),
        count_column(context.word("who.column.answered")),
        count_column(context.word("who.column.invited")),
    ];
    let rows = groups.iter().filter_map(|(at, invited, answered)| {
        let group = context.consultation.invited.get(*at)?;
        Some(table::row(
            context.text(&group.name),
            vec![context.whole_cell(*answered), context.whole_cell(*invited)],
        ))
    });
    Some(context.table(context.word("who.by_group"), columns, rows.collect()))
}

/// Bodies one by one with their decisions; `None` where they are not named.
fn bodies(context: ResultsContext<'_>) -> Option<Table> {
    let matrix = context.results.matrix.as_ref()?;
    let has_decisions = matrix.iter().any(|row| {
        row.response
            .as_ref()
            .is_some_and(|response| response.decision.is_some())
    });
    let mut bodies: Vec<_> = matrix.iter().map(|row| (context.body_name(&row.body), row)).collect();
    bodies.sort_by_key(|(name, _)| alphabetical(name));
    let mut columns = vec![
        table::texts(context.word("who.column.body")),
        table::texts(context.word("who.column.answered")),
    ];
    if has_decisions {
        columns.push(table::texts(context.word("who.column.decision")));
    }
    let rows = bodies.into_iter().map(|(name, row)| {
        let state = if row.response.is_some() {
            context.word("who.has")
        } else {
            context.no_answer()
        };
        let mut cells = vec![text_cell(state)];
        if has_decisions {
            let decision = row.response.as_ref().and_then(|response| response.decision.as_ref());
            let text = decision.map_or_else(|| "–".to_owned(), |decision| decision_text(context, decision));
            cells.push(text_cell(text));
        }
        table::row(name, cells)
    });
    Some(context.table(context.word("who.by_body"), columns, rows.collect()))
}

/// A decision by body, date and paragraph, as far as they are stated.
fn decision_text(context: ResultsContext<'_>, decision: &FormalDecision) -> String {
    let date = context.page.locale.format.date(&decision.date);
    let parts = [&decision.body, &date, &decision.paragraph];
    let stated = parts.into_iter().filter(|part| !part.is_empty());
    stated.cloned().collect::<Vec<String>>().join(", ")
}

/// Answers by channel; `None` where there is only one.
fn channels(context: ResultsContext<'_>) -> Option<Table> {
    let channels = &context.results.base.channels;
    if channels.len() < 2 {
        return None;
    }
    let columns = vec![
        table::texts(context.word("who.column.channel")),
        count_column(context.word("who.column.answered")),
    ];
    let rows = channels.iter().map(|(channel, count)| {
        table::row(
            context.word(&format!("channel.{}", channel.name())),
            vec![context.count_cell(*count)],
        )
    });
    Some(context.table(context.word("who.by_channel"), columns, rows.collect()))
}

/// Reasons why something is not shown, one sentence each.
pub(super) fn withheld(context: ResultsContext<'_>) -> Vec<String> {
    let minimum = context
        .consultation
        .publication
        .minimum
        .map_or(String::new(), |minimum| minimum.to_string());
    let batch = context
        .consultation
        .publication
        .interim
        .map_or(String::new(), |batch| batch.to_string());
    let sentence = |reason: &Withheld| {
        let name = match reason {
            Withheld::Open => return consultation_state::withheld_sentence(context.page, context.consultation),
            Withheld::Few => "few",
            Withheld::Cells => "cells",
            Withheld::Batch if context.results.interim => "batch",
            Withheld::Batch => "late",
            Withheld::Remainder => "remainder",
            Withheld::Naming => "naming",
            Withheld::Ledger => "ledger",
        };
        context.fill(&format!("withheld.{name}"), &[("minimum", &minimum), ("batch", &batch)])
    };
    context.results.withheld.iter().map(sentence).collect()
}
