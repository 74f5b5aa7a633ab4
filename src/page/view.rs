//! Views that several templates share: small serialisable structs, finished for reading.
//!
//! Fields of markup have the type [`Html`]; all other text is plain and escaped by the template. Addresses are relative to the
//! page they are for.

pub(crate) use super::html::Html;

use serde::Serialize;

/// A link to a page, an anchor or a file.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Link {
    pub(crate) title: String,
    /// Empty when the thing has no page; the title then stands alone.
    pub(crate) href: String,
    /// A remark behind the link, such as a file's size.
    pub(crate) note: Option<String>,
}

/// A link in the main navigation.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NavigationLink {
    pub(crate) title: String,
    pub(crate) href: String,
    /// Whether it leads to the current page.
    pub(crate) current: bool,
    /// Whether the current page lies below its target.
    pub(crate) within: bool,
}

/// A signal: a small drawing with a word, which judges a figure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Signal {
    /// `country` (against the country), `trend` (direction of change) or `target` (status against the target).
    pub(crate) kind: &'static str,
    /// Name of the drawing, such as `better` or `on_track`; `none` when there is nothing to judge.
    pub(crate) code: &'static str,
    /// `good`, `bad`, `neutral` or `none`.
    pub(crate) tone: &'static str,
    pub(crate) word: String,
    /// The difference behind the judgement, or why there is no judgement.
    pub(crate) detail: Option<String>,
    /// Rank in a table sorted by signal, worst first; absent where there is no judgement.
    pub(crate) order: Option<u8>,
}

/// The three signals of an indicator.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Signals {
    pub(crate) country: Signal,
    pub(crate) trend: Signal,
    pub(crate) target: Signal,
}

/// A value with its unit and period, or a dash with the reason.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Value {
    /// Number and unit, or a dash.
    pub(crate) text: String,
    /// The number alone, for places where the unit is set apart; empty when there is none.
    pub(crate) number: String,
    /// The unit alone; empty for a bare number.
    pub(crate) unit: String,
    /// Why there is no number; absent when there is one.
    pub(crate) missing: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) provisional: bool,
    /// Flags of the observation, such as `preliminär`.
    pub(crate) flag: Option<String>,
    /// The publisher's note on the observation.
    pub(crate) note: Option<String>,
}

/// A table of data.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Table {
    /// Anchor, unique on its page.
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<TableRow>,
    /// Remarks below the table.
    pub(crate) notes: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Column {
    pub(crate) title: String,
    /// Whether its cells are numbers.
    pub(crate) numeric: bool,
    pub(crate) unit: Option<String>,
}

/// A row of a table: its header, which fills the first column, and a cell for each further column.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TableRow {
    /// Whether it is about the report's own place.
    pub(crate) home: bool,
    /// Whether it is about the country.
    pub(crate) country: bool,
    pub(crate) header: RowHeader,
    pub(crate) cells: Vec<Cell>,
}

/// The first cell of a row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RowHeader {
    pub(crate) title: String,
    /// The page of the row's subject, if it has one.
    pub(crate) href: Option<String>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// The number behind the text, for sorting.
    pub(crate) sort: Option<String>,
    /// Why there is no number; absent when there is one.
    pub(crate) missing: Option<String>,
    /// Flags of the observation, such as `preliminär`.
    pub(crate) flag: Option<String>,
    /// A remark that stands below the table.
    pub(crate) note: Option<String>,
    /// Whether it is about the report's own place.
    pub(crate) home: bool,
}

/// A chart: drawings, description, table, source and files.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chart {
    /// Anchor, unique on its page.
    pub(crate) id: String,
    /// Name of the kind, such as `trend`.
    pub(crate) kind: &'static str,
    /// The message of the chart.
    pub(crate) title: String,
    /// Measure, unit and period; may be empty.
    pub(crate) subtitle: String,
    /// The drawing for wide pages.
    pub(crate) wide: Html,
    /// The drawing for narrow pages; absent when the wide one serves both.
    pub(crate) narrow: Option<Html>,
    /// Accessible name of the drawing.
    pub(crate) label: String,
    /// The drawing in words, for those who do not see it; may be empty.
    pub(crate) description: String,
    /// Exactly the numbers that are drawn.
    pub(crate) table: Table,
    pub(crate) source: Html,
    pub(crate) notes: Vec<Html>,
    pub(crate) downloads: Vec<Link>,
    /// Link to the chart itself.
    pub(crate) href: String,
    /// Whether the figures are constructed.
    pub(crate) sample: bool,
    /// Why there is nothing to draw; absent when there is a drawing.
    pub(crate) empty: Option<String>,
}

/// An indicator as evidence beside a text, for the report's own place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Evidence {
    pub(crate) title: String,
    /// The indicator's page; empty when it has none.
    pub(crate) href: String,
    /// The newest value.
    pub(crate) value: Value,
    /// The shortest message; may be empty.
    pub(crate) sentence: Html,
    /// Sparkline; empty with fewer than two values.
    pub(crate) spark: Html,
    /// Signals that judge something.
    pub(crate) signals: Vec<Signal>,
    /// Whether the figures are constructed.
    pub(crate) sample: bool,
}

/// An indicator as a row of a table, for one place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct IndicatorRow {
    pub(crate) title: String,
    /// The indicator's page; empty when it has none.
    pub(crate) href: String,
    /// The newest value.
    pub(crate) value: Value,
    /// The country's value of the same period; empty for the country itself.
    pub(crate) country: Value,
    /// Difference from the country, signed, with its unit.
    pub(crate) difference: Option<String>,
    /// Position among the places of the same level.
    pub(crate) rank: Option<String>,
    /// Number of places that are ranked.
    pub(crate) of: Option<String>,
    /// Number of places that are ranked, in words: "av 21".
    pub(crate) of_text: Option<String>,
    /// A remark that others share the rank.
    pub(crate) rank_note: Option<String>,
    /// Sparkline; empty with fewer than two values.
    pub(crate) spark: Html,
    pub(crate) signals: Signals,
    /// Whether the figures are constructed.
    pub(crate) sample: bool,
    pub(crate) target: Option<RowTarget>,
    /// What the set says that the indicator needs, such as better data.
    pub(crate) needs: Option<String>,
}

/// A target in the row of its indicator.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RowTarget {
    /// The target as decided; may be empty.
    pub(crate) text: String,
    pub(crate) status: Signal,
    /// Value and period to reach; absent for targets without a number.
    pub(crate) rule: Option<String>,
}

/// Rows of indicators under a heading.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct IndicatorGroup {
    /// Anchor; empty when nothing links to the group.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) rows: Vec<IndicatorRow>,
}

/// A labelled fact of a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) html: Html,
}

/// Remarks with a common title.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Remark {
    pub(crate) title: String,
    pub(crate) texts: Vec<String>,
}

/// A heading of the page, for its list of contents.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Heading {
    /// Anchor.
    pub(crate) id: String,
    pub(crate) title: String,
    /// Level of the HTML heading, from 2.
    pub(crate) level: u8,
}

/// A diagram of an analysis: boxes of statements, and arrows between them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Diagram {
    /// Anchor, unique on its page.
    pub(crate) id: String,
    pub(crate) title: String,
    /// The diagram in words.
    pub(crate) description: String,
    pub(crate) source: Option<String>,
    /// The drawing for wide pages.
    pub(crate) wide: Html,
    /// The drawing for narrow pages.
    pub(crate) narrow: Html,
    pub(crate) groups: Vec<DiagramGroup>,
    pub(crate) links: Vec<DiagramLink>,
}

/// A box of a diagram.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiagramGroup {
    pub(crate) id: String,
    /// Role in a problem chain, in words.
    pub(crate) role: Option<String>,
    pub(crate) title: String,
    pub(crate) nodes: Vec<DiagramNode>,
}

/// A statement in a box.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiagramNode {
    pub(crate) text: String,
    /// Page of its indicator.
    pub(crate) href: Option<String>,
    /// Name of its indicator.
    pub(crate) indicator: Option<String>,
    /// Newest value of its indicator; absent where there is no indicator yet.
    pub(crate) value: Option<Value>,
    pub(crate) trend: Option<Signal>,
    pub(crate) note: Option<String>,
    pub(crate) source: Option<String>,
}

/// An arrow of a diagram, in words.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiagramLink {
    /// Both ends: "A → B".
    pub(crate) arrow: String,
    /// The label of the arrow.
    pub(crate) text: Option<String>,
    pub(crate) source: Option<String>,
}

/// Further tables and texts, folded under a title.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fold {
    pub(crate) title: String,
    pub(crate) texts: Vec<String>,
    pub(crate) tables: Vec<Table>,
}

/// An aside in the narrative.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Aside {
    pub(crate) title: Option<String>,
    pub(crate) html: Html,
}
