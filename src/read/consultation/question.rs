//! Questionnaires: steps, questions, options and scales.
//!
//! Takes the key `questionnaire`, the site's development areas and the texts that are commented; gives the questionnaire of today and those before it.

use crate::finding::{Code, Finding};
use crate::model::{Area, Draft, Item, Polarity, Question, QuestionKind, Questionnaire, Scale, Section, Step, Text};
use crate::read::draft::draft;
use crate::read::evidence::evidence;
use crate::read::ids::{id_fault, is_id, unique};
use crate::read::yaml::{Fields, Node};
use crate::source::Snapshot;

/// What questionnaires refer to: development areas, and the files with drafts.
type Context<'a> = (&'a [Area], &'a Snapshot);

/// The questionnaire of today, and earlier versions of it.
pub(super) fn questionnaires(node: &Node<'_>, context: Context<'_>) -> Option<(Questionnaire, Vec<Questionnaire>)> {
    let mut fields = node.fields()?;
    let now = questionnaire(&mut fields, node, context);
    let earlier = fields.list("earlier", |node| {
        let mut fields = node.fields()?;
        let before = questionnaire(&mut fields, node, context);
        fields.done();
        Some(before)
    });
    fields.done();
    Some((now, earlier))
}

fn questionnaire(fields: &mut Fields<'_>, node: &Node<'_>, context: Context<'_>) -> Questionnaire {
    let version = fields.optional("version", Node::scalar);
    let introduction = fields.text("introduction");
    let minutes = fields.optional("minutes", Node::count);
    let steps = fields.required_list("steps", |node| steps(node, context));
    let (drafts, steps): (Vec<Option<Draft>>, Vec<Vec<Step>>) = steps.into_iter().unzip();
    let questionnaire = Questionnaire {
        version: version.unwrap_or_else(|| "1".to_owned()),
        introduction,
        minutes,
        steps: steps.into_iter().flatten().collect(),
        drafts: drafts.into_iter().flatten().collect(),
        changes: fields.text("changes"),
        origin: node.origin.clone(),
    };
    let questions = questionnaire.questions();
    unique(
        questions.map(|question| (&*question.id, question.origin.at("id"))),
        node.log(),
    );
    questionnaire
}

/// What an entry of `steps` stands for: a step, or one for each section of a draft, each with the same questions.
fn steps(node: &Node<'_>, (areas, snapshot): Context<'_>) -> Option<(Option<Draft>, Vec<Step>)> {
    let mut fields = node.fields()?;
    let draft_node = fields.find("draft");
    let title = if draft_node.is_some() {
        Text::default()
    } else {
        fields.required("title", Node::text).unwrap_or_default()
    };
    let step = Step {
        title,
        text: fields.text("text"),
        section: None,
        questions: fields.required_list("questions", |node| question(node, areas)),
    };
    fields.done();
    let Some(draft_node) = draft_node else {
        return Some((None, vec![step]));
    };
    let draft = draft(&draft_node, snapshot)?;
    let commented = draft.sections.iter().filter(|section| !section.body.is_empty());
    let steps = commented.map(|section| section_step(&step, section)).collect();
    Some((Some(draft), steps))
}

/// The step of a section: the questions that are asked of every section, under ids of their own. The evidence of the section
/// stands beside the first.
fn section_step(template: &Step, section: &Section) -> Step {
    let about_section = |text: &Text, heading: &str| {
        let in_language = |(language, text): (&str, &str)| (language.to_owned(), format!("{heading}: {text}"));
        Text::by_language(text.entries().map(in_language).collect())
    };
    let question = |(at, question): (usize, &Question)| {
        let id_under = |section: &str| format!("{section}-{}", question.id);
        let mut evidence = question.evidence.clone();
        if at == 0 {
            evidence.indicators.extend(section.evidence.indicators.iter().cloned());
            evidence.page = evidence.page.or_else(|| section.evidence.page.clone());
            evidence.area = evidence.area.or_else(|| section.evidence.area.clone());
        }
        Question {
            id: id_under(&section.id),
            formerly: section.formerly.iter().map(|id| id_under(id)).collect(),
            reworded: question.reworded || section.reworded,
            // A number would change when a section is put before it; the question does not.
            text: about_section(&question.text, &section.title),
            short: about_section(&question.short, &section.heading()),
            evidence,
            ..question.clone()
        }
    };
    Step {
        title: Text::plain(section.heading()),
        text: template.text.clone(),
        section: Some(section.clone()),
        questions: template.questions.iter().enumerate().map(question).collect(),
    }
}

fn question(node: &Node<'_>, areas: &[Area]) -> Option<Question> {
    let mut fields = node.fields()?;
    let id = fields.required("id", id);
    let text = fields.required("text", Node::name);
    let read_kind = fields.required("kind", |node| node.choice(KINDS));
    let kind = read_kind.and_then(|read| read(&mut fields, areas));
    let text_or_none = text.clone().unwrap_or_default();
    let question = Question {
        id: id.clone().unwrap_or_default(),
        formerly: fields.list("formerly", Node::string),
        reworded: fields.flag("reworded"),
        short: fields.name_or("short", &text_or_none),
        text: text_or_none,
        help: fields.text("help"),
        required: fields.flag("required"),
        // Without its kind a question is kept, so that what names it finds it.
        kind: kind.unwrap_or(QuestionKind::Text {
            lines: 4,
            longest: None,
        }),
        evidence: fields.optional("about", evidence).unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    for items in [question.kind.options(), question.kind.rows()] {
        unique(items.iter().map(|item| (&*item.id, item.origin.at("id"))), node.log());
    }
    id.zip(text).map(|_| question)
}

/// An id that can be an address and a field's name.
fn id(node: &Node<'_>) -> Option<String> {
    let id = node.scalar()?;
    if is_id(&id) {
        return Some(id);
    }
    node.report(id_fault(Code::FileName, "name", &id, node.origin.clone()));
    None
}

/// Reads the keys that belong to one kind of question; development areas may be named by its items.
type ReadKind = fn(&mut Fields<'_>, &[Area]) -> Option<QuestionKind>;

const KINDS: &[(&str, ReadKind)] = &[
    ("text", |fields, _| {
        Some(QuestionKind::Text {
            lines: fields.optional("lines", Node::count).unwrap_or(4).clamp(1, 40),
            longest: fields.optional("longest", Node::count),
        })
    }),
    ("choice", |fields, areas| {
        Some(QuestionKind::Choice {
            options: fields.required_list("options", |node| item(node, areas)),
            other: fields.flag("other"),
        })
    }),
    ("choices", |fields, areas| {
        Some(QuestionKind::Choices {
            options: fields.required_list("options", |node| item(node, areas)),
            other: fields.flag("other"),
            at_most: fields.optional("at_most", Node::count),
        })
    }),
    ("scale", |fields, areas| {
        let scale = fields.required("scale", |node| scale(node, areas));
        scale.map(QuestionKind::Scale)
    }),
    ("grid", |fields, areas| {
        Some(QuestionKind::Grid {
            rows: fields.required_list("rows", |node| item(node, areas)),
            scale: fields.required("scale", |node| scale(node, areas))?,
        })
    }),
    ("direction", |fields, areas| {
        Some(QuestionKind::Direction {
            items: fields.required_list("items", |node| item(node, areas)),
        })
    }),
    ("ranking", |fields, areas| {
        Some(QuestionKind::Ranking {
            items: fields.required_list("items", |node| item(node, areas)),
            ranks: fields.optional("ranks", Node::count),
        })
    }),
    ("points", |fields, areas| {
        Some(QuestionKind::Points {
            items: fields.required_list("items", |node| item(node, areas)),
            total: fields.required("total", Node::count).unwrap_or(100),
        })
    }),
    ("number", |fields, _| {
        Some(QuestionKind::Number {
            unit: fields.name("unit"),
            least: fields.optional("least", Node::number),
            most: fields.optional("most", Node::number),
        })
    }),
];

/// Something to choose, judge or order. One that names a development area takes from it what it does not say itself.
fn item(node: &Node<'_>, areas: &[Area]) -> Option<Item> {
    let mut fields = node.fields()?;
    let named_area = fields.optional("area", Node::reference);
    let area = named_area
        .as_ref()
        .and_then(|(id, _)| areas.iter().find(|area| area.id == *id));
    let (stated_id, stated_text) = if named_area.is_some() {
        (fields.optional("id", id), fields.optional("text", Node::name))
    } else {
        (fields.required("id", id), fields.required("text", Node::name))
    };
    let id = stated_id.or_else(|| named_area.as_ref().map(|(id, _)| id.clone()));
    let text = stated_text
        .or_else(|| area.map(|area| area.name.clone()))
        .unwrap_or_else(|| Text::plain(id.clone().unwrap_or_default()));
    let short = fields.name_or("short", &text);
    let mut evidence = fields.optional("about", evidence).unwrap_or_default();
    evidence.area = evidence.area.or(named_area);
    let formerly = fields.list("formerly", Node::string);
    fields.done();
    Some(Item {
        id: id?,
        formerly,
        short,
        text,
        evidence,
        origin: node.origin.clone(),
    })
}

fn scale(node: &Node<'_>, areas: &[Area]) -> Option<Scale> {
    let mut fields = node.fields()?;
    let bipolar = fields.required("polarity", |node| {
        node.choice(&[("unipolar", false), ("bipolar", true)])
    });
    let points = fields.required_list("points", |node| item(node, areas));
    let zero_after = fields.find("zero_after");
    let polarity = match bipolar {
        Some(true) => Polarity::Bipolar,
        _ => Polarity::Unipolar {
            below: zero_after.and_then(|node| points_below_zero(&node, points.len())),
        },
    };
    let no_opinion = fields.optional("no_opinion", |node| {
        if node.peek_text().is_some() || node.is_mapping() {
            return node.name();
        }
        // `true` means the word that the theme has for it, which an empty text stands for.
        node.truth().filter(|yes| *yes).map(|_| Text::default())
    });
    fields.done();
    if points.len() < 2 {
        let finding = Finding::new(Code::KeyMissing, node.origin.clone());
        node.report(finding.with("key", "points"));
        return None;
    }
    Some(Scale {
        points,
        polarity,
        no_opinion,
    })
}

/// The number of points below zero: at least one, and fewer than there are.
fn points_below_zero(node: &Node<'_>, points: usize) -> Option<usize> {
    let below = usize::try_from(node.count()?)
        .ok()
        .filter(|below| (1..points).contains(below));
    if below.is_none() {
        let finding = node
            .finding(Code::NumberRange)
            .with("from", 1)
            .with("to", points.saturating_sub(1));
        node.report(finding);
    }
    below
}
