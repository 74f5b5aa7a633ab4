//! Contents of a diagram, before it is laid out.

/// Groups of statements, and the links between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Boxes, in reading order within a column.
    pub groups: Vec<PlanGroup>,
    /// Arrows, from and to the id of a group or a node. Those to unknown ids, or within one thing, are left out; two
    /// between the same things become one with two heads.
    pub links: Vec<(String, String)>,
}

/// A box with a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanGroup {
    /// Id, by which links name it.
    pub id: String,
    /// Role in a problem chain ("Drivkrafter"), above the heading; `None` in other pictures.
    pub role: Option<String>,
    /// Heading; empty: none.
    pub title: String,
    /// Number of its column; only the order of the numbers counts.
    pub column: u64,
    /// Statements from the top; may be empty.
    pub nodes: Vec<PlanNode>,
}

/// A statement in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanNode {
    /// Id, by which links name it.
    pub id: String,
    /// The statement. Soft hyphens are used where a word is wider than its box.
    pub text: String,
    /// Indicator with latest value and period ("Gymnasiebehörighet: 78,1 % (2018/19)"), or why there is none.
    pub value: Option<String>,
    /// Trend of the value; `None`: not known.
    pub trend: Option<Trend>,
}

/// Trend of a value, as a sign and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    /// The arrow before the words.
    pub sign: TrendSign,
    /// Whether that is good; `None` where neither way is better.
    pub good: Option<bool>,
    /// The trend in words ("har ökat sedan 2018 – bättre").
    pub words: String,
}

/// Direction in which a value has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrendSign {
    /// Risen.
    Up,
    /// Fallen.
    Down,
    /// About the same.
    Flat,
}
