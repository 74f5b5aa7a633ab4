//! Answers in words by theme: how many speak of each, what is not sorted yet, how well two coders agree, and quotes.

use crate::finding::Log;
use crate::model::{Codebook, Question};
use crate::page::table;
use crate::page::view::{Chart, TableRow};
use crate::render::consultation::results::cells::{count_column, text_cell};
use crate::render::consultation::results::choices;
use crate::render::consultation::results::context::ResultsContext;
use crate::render::consultation::results::summary::AnswerChart;
use crate::survey::{Coded, CodedQuestion, Count, QuotedBy};
use serde::Serialize;

/// Answers in words, sorted by theme.
#[derive(Serialize)]
pub(super) struct CodedView {
    /// Sentences on how the answers were sorted, how many are not yet, and how well coders agree.
    sentences: Vec<String>,
    questions: Vec<CodedQuestionView>,
}

/// The themes of the answers to one question.
#[derive(Serialize)]
struct CodedQuestionView {
    id: String,
    /// The question in few words.
    title: String,
    /// The question as it was asked.
    text: String,
    /// How many answers were sorted.
    base: String,
    chart: Chart,
    quotes: Vec<ThemeQuote>,
}

/// A quote that the publication allows.
#[derive(Serialize)]
struct ThemeQuote {
    theme: String,
    text: String,
    /// Name of the body, or as much of the respondent as may be said.
    by: String,
}

/// The view of answers in words; `None` where none have been sorted.
pub(super) fn view(context: ResultsContext<'_>, log: &Log) -> Option<CodedView> {
    let coded = context.results.coded.as_ref()?;
    let (id, _) = context.consultation.codebook.as_ref()?;
    let codebook = context.page.site.codebook(id)?;
    let questions = coded.questions.iter().filter_map(|counts| {
        let (_, question) = context.consultation.questionnaire.question(&counts.question)?;
        Some(question_view(context, coded, codebook, (question, counts), log))
    });
    Some(CodedView {
        sentences: sentences(context, coded),
        questions: questions.collect(),
    })
}

fn sentences(context: ResultsContext<'_>, coded: &Coded) -> Vec<String> {
    let number = |path: &str, n: u32| context.fill(path, &[("n", &n.to_string()), ("count", &context.number(n))]);
    let mut sentences = vec![context.word("coded.explained").to_owned()];
    if coded.answers > 0 {
        sentences.push(match coded.uncoded {
            0 => number("coded.all", coded.answers),
            uncoded => context.fill(
                "coded.uncoded",
                &[
                    ("n", &uncoded.to_string()),
                    ("count", &context.number(uncoded)),
                    ("total", &context.number(coded.answers)),
                ],
            ),
        });
    }
    match coded.alpha {
        Some(alpha) => {
            let alpha_text = context.page.locale.format.number(alpha, 2);
            // Krippendorff, Content Analysis (2004), p. 241: from 0.800 on results can be relied upon, from 0.667 on
            // conclusions are tentative.
            let judgement = if alpha >= 0.8 {
                "coded.agree_well"
            } else if alpha >= 0.667 {
                "coded.agree_fairly"
            } else {
                "coded.agree_little"
            };
            let words = [
                ("alpha", alpha_text.as_str()),
                ("n", &coded.double.to_string()),
                ("count", &context.number(coded.double)),
            ];
            sentences.push(context.fill("coded.alpha", &words));
            sentences.push(context.word(judgement).to_owned());
            if coded.disputed > 0 {
                sentences.push(number("coded.disputed", coded.disputed));
            }
        }
        None => sentences.push(context.word("coded.one_coder").to_owned()),
    }
    sentences
}

fn question_view(
    context: ResultsContext<'_>,
    coded: &Coded,
    codebook: &Codebook,
    (question, counts): (&Question, &CodedQuestion),
    log: &Log,
) -> CodedQuestionView {
    let name = |id: &str| {
        codebook
            .theme(id)
            .map_or_else(|| id.to_owned(), |theme| context.text(&theme.name).to_owned())
    };
    // Most respondents first; those hidden last; equals in the codebook's order.
    let mut themes: Vec<(String, Count)> = counts.themes.iter().map(|(id, count)| (name(id), *count)).collect();
    themes.sort_by_key(|(_, count)| std::cmp::Reverse(count.shown()));
    let drawings = choices::bars(context, themes.clone(), counts.answered, question, log);
    let theme_texts = themes.iter().map(|(name, count)| {
        let number = count
            .shown()
            .map_or_else(|| context.word("hidden").to_owned(), |count| context.number(count));
        format!("{name}: {number}")
    });
    let short = context.text(&question.short);
    let description = format!("{}.", theme_texts.collect::<Vec<_>>().join(", "));
    let base = context.fill(
        "coded.base",
        &[
            ("count", &context.count_in_sentence(counts.answered)),
            ("noun", &context.noun()),
        ],
    );
    let chart = AnswerChart {
        title: context.chart_title(question, most_common(context, &themes, counts.answered)),
        subtitle: base.clone(),
        description,
        drawings,
        table: context.table(
            short,
            vec![
                table::texts(context.word("coded.theme")),
                table::texts(context.word("coded.cluster")),
                count_column(context.word("coded.respondents")),
            ],
            rows(context, codebook, counts),
        ),
        notes: vec![context.word("coded.not_mentions").to_owned()],
    };
    let quotes = coded
        .quotes
        .iter()
        .filter(|quote| quote.question == question.id)
        .map(|quote| ThemeQuote {
            theme: name(&quote.theme),
            text: quote.text.clone(),
            by: match &quote.by {
                QuotedBy::Body(id) => context.body_name(id),
                QuotedBy::Group(at) => {
                    let group = context
                        .consultation
                        .invited
                        .get(*at)
                        .map_or("", |group| context.text(&group.name));
                    context.fill("coded.one_of", &[("group", group)])
                }
                QuotedBy::Nobody => context.word("coded.nobody").to_owned(),
            },
        });
    CodedQuestionView {
        id: context.page.files.id(&format!("teman-{}", question.id)),
        title: short.to_owned(),
        text: context.text(&question.text).to_owned(),
        base,
        chart: chart.with_id(context, &format!("bild-teman-{}", question.id)),
        quotes: quotes.collect(),
    }
}

/// Themes in the codebook's order, with the cluster of each.
fn rows(context: ResultsContext<'_>, codebook: &Codebook, counts: &CodedQuestion) -> Vec<TableRow> {
    let row = |(id, count): &(String, Count)| {
        let cluster = codebook
            .clusters
            .iter()
            .find(|cluster| cluster.themes.iter().any(|theme| theme.id == *id));
        let theme = codebook
            .theme(id)
            .map_or(id.as_str(), |theme| context.text(&theme.name));
        let cluster = cluster.map_or("–", |cluster| context.text(&cluster.name));
        let cells = vec![
            text_cell(cluster),
            context.count_and_share_cell(*count, counts.answered),
        ];
        table::row(theme, cells)
    };
    counts.themes.iter().map(row).collect()
}

/// A sentence on the theme that most speak of; `None` where a hidden number might be higher.
fn most_common(context: ResultsContext<'_>, themes: &[(String, Count)], base: Count) -> Option<String> {
    if themes.iter().any(|(_, count)| count.shown().is_none()) {
        return None;
    }
    let highest = themes.first()?.1.shown().filter(|count| *count > 0)?;
    let leaders: Vec<String> = themes
        .iter()
        .take_while(|(_, count)| count.shown() == Some(highest))
        .map(|(name, _)| context.quoted(name))
        .collect();
    let names = context.list(&leaders);
    let share = context.out_of_respondents(highest, base.shown()?);
    let path = if leaders.len() == 1 {
        "coded.most"
    } else {
        "coded.most_shared"
    };
    Some(context.fill(path, &[("themes", &names), ("share", &share)]))
}
