//! Who has answered and who has not, in sentences and tables.

use crate::page::locale::alphabetical;
use crate::page::table;
use crate::page::view::{Cell, Table};
use crate::render::consultation::results::account::{Account, counts};
use crate::survey::Withheld;
use serde::Serialize;

/// Who has answered.
#[derive(Serialize)]
pub(super) struct BaseView {
    sentences: Vec<String>,
    /// By group and by channel; bodies one by one.
    tables: Vec<Table>,
    /// Names of those who are missing, in alphabetical order.
    missing: Vec<String>,
    missing_title: String,
}

/// How many have answered, first as one sentence.
pub(super) fn lead(account: Account<'_>) -> String {
    let base = &account.results.base;
    let (answered, count) = (account.number(base.answered), base.answered.to_string());
    match base.invited {
        Some(invited) => {
            let of_invited = base.of_invited();
            let (answered, count) = (account.number(of_invited), of_invited.to_string());
            let noun = account.noun();
            let noun = if noun == account.word("respondents") {
                account.word("who.invited_ones")
            } else {
                &noun
            };
            let total = account.number(invited);
            let words = [
                ("n", count.as_str()),
                ("count", &answered),
                ("total", &total),
                ("noun", noun),
            ];
            account.fill("who.of_invited", &words)
        }
        None => account.fill("who.open", &[("n", &count), ("count", &answered)]),
    }
}

/// Who has answered.
pub(super) fn view(account: Account<'_>) -> BaseView {
    let base = &account.results.base;
    let mut missing: Vec<String> = base.missing.iter().map(|id| account.body(id)).collect();
    missing.sort_by_key(|name| alphabetical(name));
    let count = missing.len().to_string();
    BaseView {
        sentences: sentences(account),
        tables: [groups(account), bodies(account), channels(account)]
            .into_iter()
            .flatten()
            .collect(),
        missing_title: account.fill("who.missing", &[("n", &count)]),
        missing,
    }
}

fn sentences(account: Account<'_>) -> Vec<String> {
    let base = &account.results.base;
    let mut all = vec![lead(account)];
    let number = |path: &str, n: u32| account.fill(path, &[("n", &n.to_string()), ("count", &account.number(n))]);
    if let Some(share) = base.population.filter(|_| base.answered > 0) {
        all.push(account.fill("who.population", &[("share", &account.percent(share))]));
    }
    if base.uninvited > 0 {
        all.push(number("who.uninvited", base.uninvited));
    }
    if base.waiting > 0 {
        all.push(number("who.waiting", base.waiting));
    }
    if account.consultation.open_to_all {
        all.push(account.word("who.self_selected").to_owned());
    }
    all.push(
        account
            .word(if account.of_bodies() {
                "who.equal_weight"
            } else {
                "who.small_counts"
            })
            .to_owned(),
    );
    all
}

fn whole(account: Account<'_>, number: u32) -> Cell {
    Cell {
        text: account.number(number),
        sort: Some(number.to_string()),
        ..Cell::default()
    }
}

/// Groups, where there are several.
fn groups(account: Account<'_>) -> Option<Table> {
    let groups = &account.results.base.groups;
    if groups.len() < 2 {
        return None;
    }
    let columns = vec![
        table::texts(account.word("who.column.group")),
        counts(account.word("who.column.answered")),
        counts(account.word("who.column.invited")),
    ];
    let rows = groups.iter().filter_map(|(at, invited, answered)| {
        let group = account.consultation.invited.get(*at)?;
        Some(table::row(
            account.text(&group.name),
            vec![whole(account, *answered), whole(account, *invited)],
        ))
    });
    let rows = rows.collect();
    Some(account.table(account.word("who.by_group"), columns, rows))
}

/// The bodies one by one with their decisions, where they are named.
fn bodies(account: Account<'_>) -> Option<Table> {
    let matrix = account.results.matrix.as_ref()?;
    let has_decisions = matrix.iter().any(|row| {
        row.response
            .as_ref()
            .is_some_and(|response| response.decision.is_some())
    });
    let mut listed: Vec<_> = matrix.iter().map(|row| (account.body(&row.body), row)).collect();
    listed.sort_by_key(|(name, _)| alphabetical(name));
    let mut columns = vec![
        table::texts(account.word("who.column.body")),
        table::texts(account.word("who.column.answered")),
    ];
    if has_decisions {
        columns.push(table::texts(account.word("who.column.decision")));
    }
    let text = |text: String| Cell {
        text,
        ..Cell::default()
    };
    let rows = listed.into_iter().map(|(name, row)| {
        let state = if row.response.is_some() { "who.has" } else { "not_yet" };
        let mut cells = vec![text(account.word(state).to_owned())];
        if has_decisions {
            let decision = row.response.as_ref().and_then(|response| response.decision.as_ref());
            cells.push(text(decision.map_or_else(
                || "–".to_owned(),
                |decision| {
                    let date = account.page.locale.format.date(&decision.date);
                    let parts = [decision.body.clone(), date, decision.paragraph.clone()];
                    parts
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(", ")
                },
            )));
        }
        table::row(name, cells)
    });
    let rows = rows.collect();
    Some(account.table(account.word("who.by_body"), columns, rows))
}

/// Ways in which answers came, where there are several.
fn channels(account: Account<'_>) -> Option<Table> {
    let channels = &account.results.base.channels;
    if channels.len() < 2 {
        return None;
    }
    let columns = vec![
        table::texts(account.word("who.column.channel")),
        counts(account.word("who.column.answered")),
    ];
    let rows = channels.iter().map(|(channel, count)| {
        table::row(
            account.word(&format!("channel.{}", channel.name())),
            vec![account.cell(*count)],
        )
    });
    let rows = rows.collect();
    Some(account.table(account.word("who.by_channel"), columns, rows))
}

/// Why some things are not shown, in plain words.
pub(super) fn withheld(account: Account<'_>) -> Vec<String> {
    let minimum = account
        .consultation
        .publication
        .minimum
        .map_or(String::new(), |minimum| minimum.to_string());
    let batch = account
        .consultation
        .publication
        .interim
        .map_or(String::new(), |batch| batch.to_string());
    let said = |why: &Withheld| {
        let name = match why {
            Withheld::Open => "open",
            Withheld::Few => "few",
            Withheld::Cells => "cells",
            Withheld::Batch => "batch",
            Withheld::Naming => "naming",
        };
        account.fill(&format!("withheld.{name}"), &[("minimum", &minimum), ("batch", &batch)])
    };
    account.results.withheld.iter().map(said).collect()
}
