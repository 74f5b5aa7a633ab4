//! Analyses: pictures of how things hang together, such as a problem chain: drivers, problem, effects, actions.

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

/// What a group is in a problem chain. Ordered as the chain is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupRole {
    /// What may lie behind the problem.
    Drivers,
    /// The problem.
    Problem,
    /// What the problem leads to.
    Effects,
    /// What can be done.
    Actions,
}

impl GroupRole {
    /// As written in data files; also the keys of the theme's words.
    pub const NAMES: &'static [(&'static str, GroupRole)] = &[
        ("drivers", GroupRole::Drivers),
        ("problem", GroupRole::Problem),
        ("effects", GroupRole::Effects),
        ("actions", GroupRole::Actions),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, role)| *role == self)
            .map_or("", |(name, _)| name)
    }
}

/// A box with a heading.
#[derive(Clone, Debug)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Heading.
    pub name: Text,
    /// What it is in a problem chain; nothing in other pictures.
    pub role: Option<GroupRole>,
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
    /// Id of the indicator that shows it; nothing where there is none yet.
    pub indicator: Option<String>,
    /// Who says so.
    pub source: Text,
    /// A remark; without an indicator, why there is none or what else there is.
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
