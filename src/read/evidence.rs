//! Things of the site that something is about: the key `about` of questions, options, themes and sections.
//!
//! Takes its keys; gives [`Evidence`]. Whether the things exist is [`crate::bind`]'s to report.

use super::yaml::Node;
use crate::model::Evidence;

/// The indicators, page and area that a question, an option or a theme is about.
pub(super) fn evidence(node: &Node<'_>) -> Option<Evidence> {
    let mut fields = node.fields()?;
    let evidence = Evidence {
        indicators: fields.list("indicators", Node::reference),
        page: fields.optional("page", Node::reference),
        area: fields.optional("area", Node::reference),
    };
    fields.done();
    Some(evidence)
}
