//! Free text by theme: how many speak of each, what is not sorted yet, how well two coders agree, and quotes.

use crate::finding::Log;
use crate::model::{Codebook, Question};
use crate::page::table;
use crate::page::view::{Cell, Chart, TableRow};
use crate::render::consultation::results::account::{Account, counts};
use crate::render::consultation::results::choices;
use crate::render::consultation::results::summary::AnswerChart;
use crate::survey::{Coded, CodedQuestion, Count, QuotedBy};
use serde::Serialize;

/// Free text of a consultation.
#[derive(Serialize)]
pub(super) struct CodedView {
    sentences: Vec<String>,
    questions: Vec<CodedQuestionView>,
}

/// One question's answers in words.
#[derive(Serialize)]
struct CodedQuestionView {
    id: String,
    title: String,
    text: String,
    base: String,
    chart: Chart,
    quotes: Vec<QuoteView>,
}

/// A quote and who said it.
#[derive(Serialize)]
struct QuoteView {
    theme: String,
    text: String,
    by: String,
}

/// Free text; nothing where none has been sorted.
pub(super) fn view(account: Account<'_>, log: &Log) -> Option<CodedView> {
    let coded = account.results.coded.as_ref()?;
    let (id, _) = account.consultation.codebook.as_ref()?;
    let codebook = account.page.site.codebook(id)?;
    let questions = coded.questions.iter().filter_map(|own| {
        let (_, question) = account.consultation.questionnaire.question(&own.question)?;
        Some(of_question(account, coded, codebook, (question, own), log))
    });
    Some(CodedView {
        sentences: sentences(account, coded),
        questions: questions.collect(),
    })
}

fn sentences(account: Account<'_>, coded: &Coded) -> Vec<String> {
    let number = |path: &str, n: u32| account.fill(path, &[("n", &n.to_string()), ("count", &account.number(n))]);
    let mut all = vec![account.word("coded.explained").to_owned()];
    if coded.answers > 0 {
        all.push(match coded.uncoded {
            0 => number("coded.all", coded.answers),
            uncoded => account.fill(
                "coded.uncoded",
                &[
                    ("n", &uncoded.to_string()),
                    ("count", &account.number(uncoded)),
                    ("total", &account.number(coded.answers)),
                ],
            ),
        });
    }
    match coded.alpha {
        Some(alpha) => {
            let shown = account.page.locale.format.number(alpha, 2);
            // Krippendorff, Content Analysis (2004), p. 241: from 0.800 on results can be relied upon, from 0.667 on
            // conclusions are tentative.
            let judged = if alpha >= 0.8 {
                "coded.agree_well"
            } else if alpha >= 0.667 {
                "coded.agree_fairly"
            } else {
                "coded.agree_little"
            };
            let words = [
                ("alpha", shown.as_str()),
                ("n", &coded.double.to_string()),
                ("count", &account.number(coded.double)),
            ];
            all.push(account.fill("coded.alpha", &words));
            all.push(account.word(judged).to_owned());
        }
        None => all.push(account.word("coded.one_coder").to_owned()),
    }
    all
}

fn of_question(
    account: Account<'_>,
    coded: &Coded,
    codebook: &Codebook,
    (question, own): (&Question, &CodedQuestion),
    log: &Log,
) -> CodedQuestionView {
    let name = |id: &str| {
        codebook
            .theme(id)
            .map_or_else(|| id.to_owned(), |theme| account.text(&theme.name).to_owned())
    };
    // Most respondents first; those hidden last; equals in the codebook's order.
    let mut themes: Vec<(String, Count)> = own.themes.iter().map(|(id, count)| (name(id), *count)).collect();
    themes.sort_by_key(|(_, count)| std::cmp::Reverse(count.shown()));
    let drawn = choices::bars(account, themes.clone(), own.answered, question, log);
    let said = themes.iter().map(|(name, count)| {
        let number = count
            .shown()
            .map_or_else(|| account.word("hidden").to_owned(), |count| account.number(count));
        format!("{name}: {number}")
    });
    let short = account.text(&question.short);
    let description = format!("{}.", said.collect::<Vec<_>>().join(", "));
    let base = account.fill(
        "coded.base",
        &[("count", &account.said(own.answered)), ("noun", &account.noun())],
    );
    let chart = AnswerChart {
        title: account.title(question, most(account, &themes, own.answered)),
        subtitle: base.clone(),
        description,
        drawings: drawn,
        table: account.table(
            short,
            vec![
                table::texts(account.word("coded.theme")),
                table::texts(account.word("coded.cluster")),
                counts(account.word("coded.respondents")),
            ],
            rows(account, codebook, own),
        ),
        notes: vec![account.word("coded.not_mentions").to_owned()],
    };
    let quotes = coded
        .quotes
        .iter()
        .filter(|quote| quote.question == question.id)
        .map(|quote| QuoteView {
            theme: name(&quote.theme),
            text: quote.text.clone(),
            by: match &quote.by {
                QuotedBy::Body(id) => account.body(id),
                QuotedBy::Group(at) => {
                    let group = account
                        .consultation
                        .invited
                        .get(*at)
                        .map_or("", |group| account.text(&group.name));
                    account.fill("coded.one_of", &[("group", group)])
                }
                QuotedBy::Nobody => account.word("coded.nobody").to_owned(),
            },
        });
    CodedQuestionView {
        id: account.page.files.id(&format!("teman-{}", question.id)),
        title: short.to_owned(),
        text: account.text(&question.text).to_owned(),
        base,
        chart: chart.named(account, &format!("bild-teman-{}", question.id)),
        quotes: quotes.collect(),
    }
}

/// Themes in the codebook's order, with the cluster of each.
fn rows(account: Account<'_>, codebook: &Codebook, own: &CodedQuestion) -> Vec<TableRow> {
    let row = |(id, count): &(String, Count)| {
        let cluster = codebook
            .clusters
            .iter()
            .find(|cluster| cluster.themes.iter().any(|theme| theme.id == *id));
        let theme = codebook
            .theme(id)
            .map_or(id.as_str(), |theme| account.text(&theme.name));
        let cluster = cluster.map_or("–", |cluster| account.text(&cluster.name));
        let cells = vec![
            Cell {
                text: cluster.to_owned(),
                ..Cell::default()
            },
            account.shared_cell(*count, own.answered),
        ];
        table::row(theme, cells)
    };
    own.themes.iter().map(row).collect()
}

/// The theme that most speak of; nothing where a hidden one might be it.
fn most(account: Account<'_>, themes: &[(String, Count)], base: Count) -> Option<String> {
    if themes.iter().any(|(_, count)| count.shown().is_none()) {
        return None;
    }
    let highest = themes.first()?.1.shown().filter(|count| *count > 0)?;
    let first: Vec<String> = themes
        .iter()
        .take_while(|(_, count)| count.shown() == Some(highest))
        .map(|(name, _)| account.quoted(name))
        .collect();
    let names = account.page.locale.format.list(&first);
    let share = account.of_noun(highest, base.shown()?);
    let path = if first.len() == 1 {
        "coded.most"
    } else {
        "coded.most_shared"
    };
    Some(account.fill(path, &[("themes", &names), ("share", &share)]))
}
