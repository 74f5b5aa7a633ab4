//! After a consultation: the codebook its answers are coded by, and the reply to every theme.

use super::names::names;
use super::{Commitment, Draft, Evidence, Text};
use crate::source::Origin;
use jiff::civil::Date;

/// `data/codebooks/ID.yaml`: the clusters and themes that free text is sorted under.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// Id; name of the file.
    pub id: String,
    /// Its purpose, for readers.
    pub description: Text,
    /// Clusters in order.
    pub clusters: Vec<Cluster>,
    /// Its file, for findings.
    pub origin: Origin,
}

/// Themes that belong together.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Id within the codebook.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Significance of the cluster, for readers.
    pub meaning: Text,
    /// The question it sorts, by id; `None`: any.
    pub question: Option<(String, Origin)>,
    /// A page about it; `None`: there is none.
    pub page: Option<(String, Origin)>,
    /// Themes in order.
    pub themes: Vec<Theme>,
}

/// A theme that answers in free text are coded with.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Id, unique in the codebook.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Definition, for those who code.
    pub definition: Text,
    /// Related indicators, page and area.
    pub evidence: Evidence,
    /// Place of the definition in the source, for findings.
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

/// `data/outcomes/ID.yaml`: the authority's replies to the consultation of this id.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// Id of the consultation.
    pub consultation: String,
    /// Day of publication; `None`: the day of the decision, or else of the results.
    pub published: Option<Date>,
    /// The outcome as a whole, in a few sentences.
    pub summary: Text,
    /// The reply to each theme.
    pub replies: Vec<Reply>,
    /// The reply to each body's own position.
    pub positions: Vec<Position>,
    /// Differences between the draft and the decision.
    pub changes: Vec<Change>,
    /// What was decided to be done, in the order written.
    pub commitments: Vec<Commitment>,
    /// The text as it was adopted, to be compared with the draft; `None`: not stated.
    pub adopted: Option<Draft>,
    /// Its file, for findings.
    pub origin: Origin,
}

impl Outcomes {
    /// Whether there is more to read than texts and commitments, which have pages of their own.
    #[must_use]
    pub fn has_replies(&self) -> bool {
        let has_others = self.adopted.is_some() || !self.commitments.is_empty();
        let has_wording = |change: &Change| !change.draft.is_empty() || !change.decided.is_empty();
        !has_others || !self.replies.is_empty() || !self.positions.is_empty() || self.changes.iter().any(has_wording)
    }
}

/// The reply to a theme.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Id of the theme.
    pub theme: String,
    /// The respondents' views on the theme.
    pub views: Text,
    /// The authority's assessment.
    pub assessment: Text,
    /// The consequence for the strategy.
    pub outcome: Outcome,
    /// Reason; required unless the theme was taken in.
    pub reason: Text,
    /// Place in the strategy that was changed; empty: none.
    pub place: Text,
    /// Responsible body; empty: not stated.
    pub responsible: Text,
    /// Day of the decision; `None`: not stated.
    pub date: Option<Date>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Consequence of a theme for the strategy.
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

names!(Outcome {
    Taken = "taken",
    Partly = "partly",
    Not = "not",
    Outside = "outside",
    Elsewhere = "elsewhere",
    Pending = "pending",
});

impl Outcome {
    /// Whether a reason must be given: everything but what was taken in.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        self != Outcome::Taken
    }
}

/// The position of one body, and the reply to it.
#[derive(Clone, Debug)]
pub struct Position {
    /// Id of the invited body, or the name of another.
    pub body: String,
    /// Support or opposition; `None`: not stated.
    pub stance: Option<Stance>,
    /// The position, shortened.
    pub summary: Text,
    /// The reply.
    pub reply: Text,
    /// Themes it speaks of, by id.
    pub themes: Vec<(String, Origin)>,
    /// Place of the definition in the source, for findings.
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

names!(Stance {
    Supports = "supports",
    Conditional = "conditional",
    NoObjection = "no-objection",
    Opposes = "opposes",
    Abstains = "abstains",
});

/// A difference between the draft and the decision.
#[derive(Clone, Debug)]
pub struct Change {
    /// The section of the draft or of the adopted text, by id, and where it is named; `None`: not stated.
    pub section: Option<(String, Origin)>,
    /// Place in the strategy.
    pub place: Text,
    /// Wording or content of the draft.
    pub draft: Text,
    /// Wording or content of the decision.
    pub decided: Text,
    /// Reason for the change; empty: not stated.
    pub reason: Text,
    /// Themes that led to it, by id.
    pub themes: Vec<(String, Origin)>,
}

/// `data/areas.yaml`: a development area that is up for discussion.
#[derive(Clone, Debug)]
pub struct Area {
    /// Id, by which questions and options refer to it.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Description, for readers.
    pub description: Text,
    /// Ids of indicators that describe it, and where they are named.
    pub indicators: Vec<(String, Origin)>,
    /// The page about it, by id, with an anchor if one is wanted.
    pub page: Option<(String, Origin)>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}
