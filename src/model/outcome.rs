//! What came of a consultation: the codebook its answers were sorted by, and the reply to every theme.

use super::{Evidence, Text};
use crate::source::Origin;
use jiff::civil::Date;

/// `data/codebooks/ID.yaml`: the clusters and themes that free text is sorted under.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub description: Text,
    /// Clusters in order.
    pub clusters: Vec<Cluster>,
    /// Its file.
    pub origin: Origin,
}

/// Themes that belong together.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it means that respondents speak of it.
    pub meaning: Text,
    /// The question it sorts, by id; `None`: any.
    pub question: Option<(String, Origin)>,
    /// A page about it.
    pub page: Option<(String, Origin)>,
    /// Themes in order.
    pub themes: Vec<Theme>,
}

/// What answers are sorted under.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its id, unlike any other of the codebook.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What belongs under it, and what does not.
    pub definition: Text,
    /// What it is about.
    pub evidence: Evidence,
    /// Where it was written.
    pub origin: Origin,
}

impl Codebook {
    /// All themes, in order.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> {
        self.clusters.iter().flat_map(|cluster| &cluster.themes)
    }

    /// The theme of this id.
    #[must_use]
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes().find(|theme| theme.id == id)
    }
}

/// `data/outcomes/ID.yaml`: what came of the consultation of this id.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// Id of the consultation.
    pub consultation: String,
    /// What came of it all, in a few sentences.
    pub summary: Text,
    /// The reply to each theme.
    pub replies: Vec<Reply>,
    /// The reply to each body's own position.
    pub positions: Vec<Position>,
    /// What differs between the draft and what was decided.
    pub changes: Vec<Change>,
    /// Its file.
    pub origin: Origin,
}

/// The reply to a theme.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Id of the theme.
    pub theme: String,
    /// What was said.
    pub said: Text,
    /// What the authority makes of it.
    pub assessment: Text,
    /// What follows.
    pub outcome: Outcome,
    /// Why; required when it was not taken in.
    pub reason: Text,
    /// Where in the strategy it shows.
    pub place: Text,
    /// Who is responsible.
    pub responsible: Text,
    /// When it was decided.
    pub date: Option<Date>,
    /// Where it was written.
    pub origin: Origin,
}

/// What follows from a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Taken in.
    Taken,
    /// Taken in, in part.
    Partly,
    /// Not taken in.
    Not,
    /// Outside the mandate.
    Outside,
    /// Handled elsewhere.
    Elsewhere,
    /// Under preparation.
    Pending,
}

impl Outcome {
    /// As written in data files; also a key of the theme's words.
    pub const NAMES: &'static [(&'static str, Outcome)] = &[
        ("taken", Outcome::Taken),
        ("partly", Outcome::Partly),
        ("not", Outcome::Not),
        ("outside", Outcome::Outside),
        ("elsewhere", Outcome::Elsewhere),
        ("pending", Outcome::Pending),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, outcome)| *outcome == self)
            .map_or("pending", |(name, _)| name)
    }

    /// Whether a reason must be given: everything but what was taken in.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        self != Outcome::Taken
    }
}

/// What one body holds, and the reply to it.
#[derive(Clone, Debug)]
pub struct Position {
    /// Id of the invited body, or the name of another.
    pub body: String,
    /// Its stance: supports, opposes, no objection, abstains; `None`: not stated.
    pub stance: Option<Stance>,
    /// What it says, shortened.
    pub summary: Text,
    /// The reply.
    pub reply: Text,
    /// Themes it speaks of, by id.
    pub themes: Vec<(String, Origin)>,
    /// Where it was written.
    pub origin: Origin,
}

/// A body's stance as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Supports (tillstyrker).
    Supports,
    /// Supports with conditions or proposals.
    Conditional,
    /// Has no objection (ingen erinran).
    NoObjection,
    /// Opposes (avstyrker).
    Opposes,
    /// Abstains from giving an opinion (avstår).
    Abstains,
}

impl Stance {
    /// As written in data files; also a key of the theme's words.
    pub const NAMES: &'static [(&'static str, Stance)] = &[
        ("supports", Stance::Supports),
        ("conditional", Stance::Conditional),
        ("no-objection", Stance::NoObjection),
        ("opposes", Stance::Opposes),
        ("abstains", Stance::Abstains),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, stance)| *stance == self)
            .map_or("abstains", |(name, _)| name)
    }
}

/// A difference between the draft and what was decided.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where in the strategy.
    pub place: Text,
    /// What the draft said.
    pub draft: Text,
    /// What was decided.
    pub decided: Text,
    /// Themes that led to it, by id.
    pub themes: Vec<(String, Origin)>,
}

/// `data/areas.yaml`: a development area that is up for discussion.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it is about.
    pub description: Text,
    /// The indicators that tell of it, by id.
    pub indicators: Vec<(String, Origin)>,
    /// The page about it, by id, with an anchor if one is wanted.
    pub page: Option<(String, Origin)>,
    /// Where it was written.
    pub origin: Origin,
}
