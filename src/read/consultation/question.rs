//! Questionnaires: steps, questions, options and scales.

use super::super::{is_id, text, text_at, unique, yaml::Fields, yaml::Node};
use super::{name, named};
use crate::finding::{Code, Finding};
use crate::model::{Area, Evidence, Item, Polarity, Question, QuestionKind, Questionnaire, Scale, Step, Text};

/// The questions as they are asked now, and as they were asked before.
pub(super) fn questionnaires(node: &Node<'_>, areas: &[Area]) -> Option<(Questionnaire, Vec<Questionnaire>)> {
    let mut fields = node.fields()?;
    let now = one(&mut fields, node, areas);
    let earlier = fields.list("earlier", |node| {
        let mut fields = node.fields()?;
        let before = one(&mut fields, node, areas);
        fields.done();
        Some(before)
    });
    fields.done();
    Some((now, earlier))
}

fn one(fields: &mut Fields<'_>, node: &Node<'_>, areas: &[Area]) -> Questionnaire {
    let version = fields
        .find("version")
        .and_then(|node| node.scalar())
        .unwrap_or_else(|| "1".to_owned());
    let steps = fields
        .require("steps")
        .and_then(|node| node.list(|node| step(node, areas)));
    let questionnaire = Questionnaire {
        version,
        introduction: text_at(fields, "introduction"),
        minutes: fields.find("minutes").and_then(|node| node.count()),
        steps: steps.unwrap_or_default(),
        changes: text_at(fields, "changes"),
        origin: node.origin.clone(),
    };
    let ids = questionnaire
        .questions()
        .map(|question| (question.id.as_str(), question.origin.at("id")));
    unique(ids, node.log());
    questionnaire
}

fn step(node: &Node<'_>, areas: &[Area]) -> Option<Step> {
    let mut fields = node.fields()?;
    let title = fields.require("title").and_then(|node| text(&node)).unwrap_or_default();
    let told = text_at(&mut fields, "text");
    let questions = fields
        .require("questions")
        .and_then(|node| node.list(|node| question(node, areas)));
    fields.done();
    Some(Step {
        title,
        text: told,
        questions: questions.unwrap_or_default(),
    })
}

fn question(node: &Node<'_>, areas: &[Area]) -> Option<Question> {
    let mut fields = node.fields()?;
    let id = fields.require("id").and_then(|node| id(&node));
    let asked = fields.require("text").and_then(|node| text(&node));
    let kind = kind(&mut fields, areas);
    let short = text_at(&mut fields, "short");
    let question = Question {
        id: id.clone().unwrap_or_default(),
        formerly: fields.list("formerly", Node::string),
        reworded: fields.find("reworded").and_then(|node| node.truth()).unwrap_or(false),
        short: if short.is_empty() {
            asked.clone().unwrap_or_default()
        } else {
            short
        },
        text: asked.clone().unwrap_or_default(),
        help: text_at(&mut fields, "help"),
        required: fields.find("required").and_then(|node| node.truth()).unwrap_or(false),
        kind: kind.unwrap_or(QuestionKind::Text {
            lines: 4,
            longest: None,
        }),
        evidence: fields
            .find("about")
            .and_then(|node| evidence(&node))
            .unwrap_or_default(),
        origin: node.origin.clone(),
    };
    fields.done();
    let options = question
        .kind
        .options()
        .iter()
        .map(|item| (item.id.as_str(), item.origin.at("id")));
    unique(options, node.log());
    unique(
        question
            .kind
            .rows()
            .iter()
            .map(|item| (item.id.as_str(), item.origin.at("id"))),
        node.log(),
    );
    id.zip(asked).map(|_| question)
}

/// An id that can be an address and a field's name.
fn id(node: &Node<'_>) -> Option<String> {
    let id = node.scalar()?;
    if is_id(&id) {
        return Some(id);
    }
    let finding = node.finding(Code::FileName).with("name", &id);
    let near = crate::read::anchor(&id);
    node.report(if near.is_empty() {
        finding
    } else {
        finding.with("near", near)
    });
    None
}

/// What a question, an option or a theme is about.
pub(in crate::read) fn evidence(node: &Node<'_>) -> Option<Evidence> {
    let mut fields = node.fields()?;
    let evidence = Evidence {
        indicators: fields.list("indicators", name),
        page: named(&mut fields, "page"),
        area: named(&mut fields, "area"),
    };
    fields.done();
    Some(evidence)
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Choice,
    Choices,
    Scale,
    Grid,
    Direction,
    Ranking,
    Points,
    Number,
}

const KINDS: &[(&str, Kind)] = &[
    ("text", Kind::Text),
    ("choice", Kind::Choice),
    ("choices", Kind::Choices),
    ("scale", Kind::Scale),
    ("grid", Kind::Grid),
    ("direction", Kind::Direction),
    ("ranking", Kind::Ranking),
    ("points", Kind::Points),
    ("number", Kind::Number),
];

fn kind(fields: &mut Fields<'_>, areas: &[Area]) -> Option<QuestionKind> {
    let kind = fields.require("kind").and_then(|node| node.choice(KINDS))?;
    let items = |fields: &mut Fields<'_>, key| {
        fields
            .require(key)
            .and_then(|node| node.list(|node| item(node, areas)))
            .unwrap_or_default()
    };
    let other = |fields: &mut Fields<'_>| fields.find("other").and_then(|node| node.truth()).unwrap_or(false);
    let whole = |fields: &mut Fields<'_>, key| fields.find(key).and_then(|node| node.count());
    Some(match kind {
        Kind::Text => {
            let lines = whole(fields, "lines").unwrap_or(4).clamp(1, 40);
            QuestionKind::Text {
                lines,
                longest: whole(fields, "longest"),
            }
        }
        Kind::Choice => QuestionKind::Choice {
            options: items(fields, "options"),
            other: other(fields),
        },
        Kind::Choices => QuestionKind::Choices {
            options: items(fields, "options"),
            other: other(fields),
            at_most: whole(fields, "at_most"),
        },
        Kind::Scale => QuestionKind::Scale(fields.require("scale").and_then(|node| scale(&node, areas))?),
        Kind::Grid => QuestionKind::Grid {
            rows: items(fields, "rows"),
            scale: fields.require("scale").and_then(|node| scale(&node, areas))?,
        },
        Kind::Direction => QuestionKind::Direction {
            items: items(fields, "items"),
        },
        Kind::Ranking => QuestionKind::Ranking {
            items: items(fields, "items"),
            ranks: whole(fields, "ranks"),
        },
        Kind::Points => QuestionKind::Points {
            items: items(fields, "items"),
            total: fields.require("total").and_then(|node| node.count()).unwrap_or(100),
        },
        Kind::Number => {
            let mut limit = |key| fields.find(key).and_then(|node| node.number());
            let (least, most) = (limit("least"), limit("most"));
            QuestionKind::Number {
                unit: text_at(fields, "unit"),
                least,
                most,
            }
        }
    })
}

/// Something to choose, judge or order. One that names a development area takes from it what it does not say itself.
fn item(node: &Node<'_>, areas: &[Area]) -> Option<Item> {
    let mut fields = node.fields()?;
    let named_area = named(&mut fields, "area");
    let area = named_area
        .as_ref()
        .and_then(|(id, _)| areas.iter().find(|area| area.id == *id));
    let (own_id, told) = if named_area.is_some() {
        (fields.find("id"), fields.find("text"))
    } else {
        (fields.require("id"), fields.require("text"))
    };
    let own_id = own_id
        .and_then(|node| id(&node))
        .or_else(|| named_area.as_ref().map(|(id, _)| id.clone()));
    let told = told
        .and_then(|node| text(&node))
        .or_else(|| area.map(|area| area.name.clone()));
    let short = text_at(&mut fields, "short");
    let mut evidence = fields
        .find("about")
        .and_then(|node| evidence(&node))
        .unwrap_or_default();
    evidence.area = evidence.area.or(named_area);
    let formerly = fields.list("formerly", Node::string);
    fields.done();
    let told = told.unwrap_or_else(|| Text::plain(own_id.clone().unwrap_or_default()));
    let short = if short.is_empty() { told.clone() } else { short };
    Some(Item {
        id: own_id?,
        formerly,
        short,
        text: told,
        evidence,
        origin: node.origin.clone(),
    })
}

fn scale(node: &Node<'_>, areas: &[Area]) -> Option<Scale> {
    let mut fields = node.fields()?;
    let bipolar = fields
        .require("polarity")
        .and_then(|node| node.choice(&[("unipolar", false), ("bipolar", true)]));
    let points = fields
        .require("points")
        .and_then(|node| node.list(|node| item(node, areas)))
        .unwrap_or_default();
    let below = fields.find("zero_after");
    let polarity = match bipolar {
        Some(true) => Polarity::Bipolar,
        _ => Polarity::Unipolar {
            below: below.and_then(|node| below_zero(&node, points.len())),
        },
    };
    let no_opinion = fields.find("no_opinion").and_then(|node| match node.peek_text() {
        None if node.is_mapping() => text(&node),
        // `true` means the word that the theme has for it, which an empty text stands for.
        None => node.truth().filter(|yes| *yes).map(|_| Text::default()),
        Some(_) => text(&node),
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

/// How many points lie below zero: at least one, and fewer than there are.
fn below_zero(node: &Node<'_>, points: usize) -> Option<usize> {
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
