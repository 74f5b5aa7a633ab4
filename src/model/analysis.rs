//! Analyses: pictures of how things hang together, such as a problem, its drivers and effects.

use super::Text;
use crate::source::Origin;

/// Groups of nodes in columns, and the links between them.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What the picture says, in words.
    pub description: Text,
    /// Who says so.
    pub source: Text,
    /// Groups, left to right and then down.
    pub groups: Vec<Group>,
    /// Links.
    pub links: Vec<Link>,
    /// Where it was defined.
    pub origin: Origin,
}

/// A box with a heading.
#[derive(Clone, Debug)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Heading.
    pub name: Text,
    /// Column, from 1 at the left.
    pub column: u64,
    /// What stands in it.
    pub nodes: Vec<Node>,
}

/// A statement, perhaps with the indicator that shows it.
#[derive(Clone, Debug)]
pub struct Node {
    /// Id.
    pub id: String,
    /// The statement.
    pub text: Text,
    /// Id of the indicator that shows it.
    pub indicator: Option<String>,
    /// Who says so.
    pub source: Text,
    /// A remark.
    pub note: Text,
    /// Where it is written.
    pub origin: Origin,
}

/// An arrow between two groups or nodes.
#[derive(Clone, Debug)]
pub struct Link {
    /// Id of a group or node.
    pub from: String,
    /// Id of a group or node.
    pub to: String,
    /// What the arrow says.
    pub text: Text,
    /// Who says so.
    pub source: Text,
    /// Where it is written.
    pub origin: Origin,
}
