//! Analyses: pictures of how things hang together, such as a problem chain: drivers, problem, effects, actions.

use super::Text;
use super::names::names;
use crate::source::Origin;

/// Groups of nodes in columns, and the links between them.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The picture in words.
    pub description: Text,
    /// Source of the whole picture, for readers; empty: none.
    pub source: Text,
    /// Groups, left to right and then down.
    pub groups: Vec<AnalysisGroup>,
    /// Links.
    pub links: Vec<AnalysisLink>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Role of a group in a problem chain. Ordered as the chain is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupRole {
    /// Possible causes of the problem.
    Drivers,
    /// The problem.
    Problem,
    /// Consequences of the problem.
    Effects,
    /// Possible measures.
    Actions,
}

names!(GroupRole {
    Drivers = "drivers",
    Problem = "problem",
    Effects = "effects",
    Actions = "actions",
});

/// A box with a heading.
#[derive(Clone, Debug)]
pub struct AnalysisGroup {
    /// Id.
    pub id: String,
    /// Heading.
    pub name: Text,
    /// Role in a problem chain; `None` in other pictures.
    pub role: Option<GroupRole>,
    /// Column, from 1 at the left.
    pub column: u64,
    /// Statements in the box.
    pub nodes: Vec<AnalysisNode>,
}

/// A statement, perhaps with the indicator that shows it.
#[derive(Clone, Debug)]
pub struct AnalysisNode {
    /// Id.
    pub id: String,
    /// The statement.
    pub text: Text,
    /// Id of the indicator that shows it; `None`: there is none yet.
    pub indicator: Option<String>,
    /// Source of the statement, for readers; empty: none.
    pub source: Text,
    /// A remark; without an indicator, why there is none or which other figures there are. Empty: none.
    pub note: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// An arrow between two groups or nodes.
#[derive(Clone, Debug)]
pub struct AnalysisLink {
    /// Id of a group or node.
    pub from: String,
    /// Id of a group or node.
    pub to: String,
    /// Words at the arrow; empty: none.
    pub text: Text,
    /// Source of the statement, for readers; empty: none.
    pub source: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}
