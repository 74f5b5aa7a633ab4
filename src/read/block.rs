//! Fenced blocks of a page (`chart`, `note`, …) → what their keys say, ids still only names.

use super::chart;
use super::yaml::Node;
use crate::model::{ChartSpec, Places};
use crate::source::Origin;

/// Names of blocks, as in the line that begins one.
pub(crate) const BLOCKS: [&str; 8] = [
    "chart",
    "indicator",
    "evidence",
    "set",
    "note",
    "diagram",
    "question",
    "result",
];

/// What a block names, and where.
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) origin: Origin,
}

/// What the keys of a block say.
pub(crate) enum Block {
    /// A chart with the indicators it names.
    Chart {
        spec: Box<ChartSpec>,
        indicators: Vec<Named>,
    },
    /// A chart of `data/charts`.
    SharedChart(Named),
    /// One indicator, or several side by side.
    Indicators(Vec<Named>),
    Set(Named),
    /// A fact box. Its text is Markdown of one paragraph.
    Note {
        title: Option<String>,
        text: String,
    },
    /// A diagram of an analysis.
    Diagram(Named),
    Question {
        consultation: Named,
        question: Named,
    },
    /// The result of a question.
    Result {
        consultation: Named,
        question: Named,
    },
}

/// The block of this name, one of [`BLOCKS`]; `None` after a finding.
pub(crate) fn block(name: &str, node: &Node<'_>, places: &Places) -> Option<Block> {
    let mut fields = node.fields()?;
    let block = match name {
        "chart" => {
            let Some(shared) = fields.find("chart") else {
                return own_chart(node, places);
            };
            named(&shared).map(Block::SharedChart)
        }
        "indicator" => fields.required("id", named).map(|one| Block::Indicators(vec![one])),
        "evidence" => fields
            .require("indicators")
            .and_then(|node| node.list(named))
            .map(Block::Indicators),
        "set" => fields.required("id", named).map(Block::Set),
        "note" => {
            let title = fields.find("title").and_then(|node| node.prose(""));
            let text = fields.required("text", |node| node.prose(""));
            text.map(|text| Block::Note { title, text })
        }
        "diagram" => fields.required("analysis", named).map(Block::Diagram),
        _ => {
            let consultation = fields.required("consultation", named);
            let question = fields.required("question", named);
            consultation.zip(question).map(|(consultation, question)| match name {
                "result" => Block::Result { consultation, question },
                _ => Block::Question { consultation, question },
            })
        }
    };
    fields.done();
    block
}

fn named(node: &Node<'_>) -> Option<Named> {
    let origin = node.origin.clone();
    node.string().map(|id| Named { id, origin })
}

/// A chart that is described in the block itself.
fn own_chart(node: &Node<'_>, places: &Places) -> Option<Block> {
    let spec = chart::spec(node, places)?;
    let mut fields = node.fields()?;
    let mut indicators = fields.list("indicators", named);
    indicators.extend(fields.find("indicator").and_then(|node| named(&node)));
    Some(Block::Chart {
        spec: Box::new(spec),
        indicators,
    })
}

/// Blocks by their names, as the key reference tells of them.
pub(super) fn all_blocks(node: &Node<'_>, places: &Places) -> Option<()> {
    let mut fields = node.fields()?;
    for name in BLOCKS {
        fields.find(name).and_then(|node| block(name, &node, places));
    }
    fields.done();
    Some(())
}
