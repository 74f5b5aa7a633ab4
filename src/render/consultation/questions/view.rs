//! The views of questions that the form and the guide for meetings share. Kinds that are answered row by row look alike.

use crate::model::{Item, Question, QuestionKind, Questionnaire, Text};
use crate::page::context::PageContext;
use crate::page::inline::block;
use crate::page::view::Html;
use crate::render::consultation::draft::foreign_language;
use crate::render::consultation::questions::folded_evidence::{FoldedEvidence, folded_evidence};
use serde::Serialize;

/// A step of the form: questions that are seen at once.
#[derive(Serialize)]
pub(crate) struct StepView {
    title: String,
    /// Language of the title where it is another than the page's; so are all that are called `lang` and `…_lang`.
    title_lang: Option<String>,
    text: String,
    /// The section of a draft that the questions are about; empty where there is none.
    section: Html,
    /// Language of the section, where it is another than the page's.
    section_language: Option<String>,
    text_lang: Option<String>,
    pub(crate) questions: Vec<QuestionView>,
}

/// A question with everything its kind needs; what a kind does not have is empty.
#[derive(Serialize)]
pub(crate) struct QuestionView {
    pub(crate) id: String,
    number: usize,
    /// The kind as data files call it.
    pub(crate) kind: &'static str,
    text: String,
    text_lang: Option<String>,
    short: String,
    help: String,
    help_lang: Option<String>,
    /// The rule of the kind for answering: "Välj högst 3."; empty where the fields say it themselves.
    rule: String,
    required: bool,
    /// Earlier ids, parted by blanks.
    formerly: String,
    /// Height of a text field, in lines.
    lines: u64,
    longest: Option<u64>,
    other: bool,
    at_most: Option<u64>,
    unit: String,
    unit_lang: Option<String>,
    least: Option<String>,
    most: Option<String>,
    total: Option<u64>,
    /// The ranks that can be given: 1, 2, 3.
    ranks: Vec<u64>,
    /// Label of having no opinion; `None` when that cannot be chosen.
    no_opinion: Option<String>,
    no_opinion_lang: Option<String>,
    /// Options, points or directions to choose from.
    pub(crate) options: Vec<ItemView>,
    /// Items that are judged one by one.
    pub(crate) rows: Vec<ItemView>,
    evidence: Option<FoldedEvidence>,
}

/// An option, a point, or a row.
#[derive(Serialize)]
pub(crate) struct ItemView {
    pub(crate) id: String,
    text: String,
    lang: Option<String>,
    formerly: String,
    evidence: Option<FoldedEvidence>,
}

impl StepView {
    /// Title of the step; may be empty.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// Whether any figures beside its questions are made up.
    pub(crate) fn shows_sample(&self) -> bool {
        let has_sample = |question: &QuestionView| {
            let of_question = question.evidence.iter();
            let of_items = question
                .rows
                .iter()
                .chain(&question.options)
                .filter_map(|item| item.evidence.as_ref());
            of_question.chain(of_items).any(FoldedEvidence::shows_sample)
        };
        self.questions.iter().any(has_sample)
    }
}

/// The views of all steps; questions are numbered through.
pub(crate) fn steps(page: PageContext<'_>, questionnaire: &Questionnaire) -> Vec<StepView> {
    let code = page.code();
    let mut numbers = 1..;
    let mut numbered_view = |question: &Question| view(page, question, numbers.next().unwrap_or_default());
    questionnaire
        .steps
        .iter()
        .map(|step| StepView {
            title: step.title.in_language(code).to_owned(),
            title_lang: lang(page, &step.title),
            text: step.text.in_language(code).to_owned(),
            section: Html(
                step.section
                    .as_ref()
                    .map(|section| block(&section.body))
                    .unwrap_or_default(),
            ),
            section_language: step.section.as_ref().and_then(|_| foreign_language(page)),
            text_lang: lang(page, &step.text),
            questions: step.questions.iter().map(&mut numbered_view).collect(),
        })
        .collect()
}

/// The language of a text where it is another than the page's.
pub(super) fn lang(page: PageContext<'_>, text: &Text) -> Option<String> {
    page.foreign(text).map(str::to_owned)
}

fn view(page: PageContext<'_>, question: &Question, number: usize) -> QuestionView {
    let code = page.code();
    let kind = &question.kind;
    let items = |items: &[Item]| items.iter().map(|item| item_view(page, item)).collect::<Vec<_>>();
    let mut view = QuestionView {
        id: question.id.clone(),
        number,
        kind: kind.name(),
        text: question.text.in_language(code).to_owned(),
        text_lang: lang(page, &question.text),
        short: question.short.in_language(code).to_owned(),
        help: question.help.in_language(code).to_owned(),
        help_lang: lang(page, &question.help),
        rule: rule(page, kind),
        required: question.required,
        formerly: question.formerly.join(" "),
        lines: 1,
        longest: None,
        other: false,
        at_most: None,
        unit: String::new(),
        unit_lang: None,
        least: None,
        most: None,
        total: None,
        ranks: Vec::new(),
        no_opinion: None,
        no_opinion_lang: None,
        options: items(kind.options()),
        rows: items(kind.rows()),
        evidence: folded_evidence(page, &question.evidence, false),
    };
    match kind {
        QuestionKind::Text { lines, longest } => (view.lines, view.longest) = (*lines, *longest),
        QuestionKind::Choice { other, .. } => view.other = *other,
        QuestionKind::Choices { other, at_most, .. } => (view.other, view.at_most) = (*other, *at_most),
        QuestionKind::Scale(scale) | QuestionKind::Grid { scale, .. } => {
            view.no_opinion_lang = scale.no_opinion.as_ref().and_then(|text| lang(page, text));
            let label = scale.no_opinion.as_ref().map(|text| text.in_language(code));
            let default = || page.word("answering.no_opinion");
            view.no_opinion = label.map(|text| if text.is_empty() { default() } else { text }.to_owned());
        }
        QuestionKind::Direction { .. } => {
            view.options = ["up", "same", "down"].map(|id| direction(page, id)).into();
            view.no_opinion = Some(page.word("answering.no_opinion").to_owned());
        }
        QuestionKind::Ranking { items, ranks } => {
            let all = u64::try_from(items.len()).unwrap_or(u64::MAX);
            view.ranks = (1..=ranks.map_or(all, |ranks| ranks.min(all))).collect();
        }
        QuestionKind::Points { total, .. } => view.total = Some(*total),
        QuestionKind::Number { unit, least, most } => {
            unit.in_language(code).clone_into(&mut view.unit);
            view.unit_lang = lang(page, unit);
            (view.least, view.most) = (least.map(|n| n.to_string()), most.map(|n| n.to_string()));
        }
    }
    view
}

fn item_view(page: PageContext<'_>, item: &Item) -> ItemView {
    ItemView {
        id: item.id.clone(),
        text: item.text.in_language(page.code()).to_owned(),
        lang: lang(page, &item.text),
        formerly: item.formerly.join(" "),
        evidence: folded_evidence(page, &item.evidence, true),
    }
}

/// A direction as an option.
fn direction(page: PageContext<'_>, id: &str) -> ItemView {
    let text = page.word(&format!("answering.direction.{id}")).to_owned();
    ItemView {
        id: id.to_owned(),
        text,
        lang: None,
        formerly: String::new(),
        evidence: None,
    }
}

/// The rule of a kind for answering; empty where the fields say it themselves.
fn rule(page: PageContext<'_>, kind: &QuestionKind) -> String {
    let count = |path: &str, n: u64| page.fill(&format!("answering.rule.{path}"), &[("n", &n.to_string())]);
    let number = |number: f64| {
        let decimals = if number.fract() == 0.0 { 0 } else { 2 };
        page.locale.format.number(number, decimals)
    };
    match kind {
        QuestionKind::Choices { at_most: Some(n), .. } => count("at_most", *n),
        QuestionKind::Choices { .. } => page.word("answering.rule.choices").to_owned(),
        QuestionKind::Text { longest: Some(n), .. } => count("longest", *n),
        QuestionKind::Ranking { ranks: Some(n), .. } => count("ranks", *n),
        QuestionKind::Ranking { .. } => page.word("answering.rule.ranking").to_owned(),
        QuestionKind::Points { total, .. } => count("points", *total),
        QuestionKind::Number {
            least: Some(least),
            most: Some(most),
            ..
        } => page.fill(
            "answering.rule.between",
            &[("least", &number(*least)), ("most", &number(*most))],
        ),
        QuestionKind::Number { least: Some(least), .. } => {
            page.fill("answering.rule.least", &[("least", &number(*least))])
        }
        QuestionKind::Number { most: Some(most), .. } => page.fill("answering.rule.most", &[("most", &number(*most))]),
        _ => String::new(),
    }
}
