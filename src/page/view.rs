//! What templates are given: small values, finished for reading.
//!
//! Fields of markup have the type [`Html`]; all other text is plain and escaped by the template. Addresses are relative to the
//! page they are for.

use crate::page::fields::{Field, ask_by_field};
use crate::theme::escape;
use minijinja::context;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// Markup, of which all text was escaped when it was made. Templates are given it as a safe string, so that they do not
/// escape it again, with or without `|safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Html(pub(crate) String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        minijinja::Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}

impl Html {
    /// A wide drawing: it is itself the picture, with a name and the element that describes it.
    pub(crate) fn wide(svg: &str, name: &str, described_by: &str) -> Self {
        let name = escape(name);
        Self(svg.replacen(
            "<svg ",
            &format!("<svg role=\"img\" aria-label=\"{name}\" aria-describedby=\"{described_by}\" "),
            1,
        ))
    }

    /// A narrow drawing: the element around it is the picture.
    pub(crate) fn narrow(svg: &str) -> Self {
        Self(svg.replacen("<svg ", "<svg role=\"presentation\" ", 1))
    }
}

/// A link.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Link {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) note: Option<String>,
}

/// A link in a list that knows where the reader is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NavigationLink {
    pub(crate) title: String,
    pub(crate) href: String,
    /// It is this very page.
    pub(crate) current: bool,
    /// This page lies below it.
    pub(crate) within: bool,
}

/// One of three signs: against the country, direction of change, against the target.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Signal {
    pub(crate) kind: &'static str,
    pub(crate) code: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) word: String,
    pub(crate) detail: Option<String>,
    /// Place when signs are sorted, worst first; nothing where there is no judgement.
    pub(crate) order: Option<u8>,
}

ask_by_field!(Signal {
    kind,
    code,
    tone,
    word,
    detail,
    order
});

/// The three signs of an indicator.
#[derive(Clone, Debug)]
pub(crate) struct Signals {
    pub(crate) country: Arc<Signal>,
    pub(crate) trend: Arc<Signal>,
    pub(crate) target: Arc<Signal>,
}

ask_by_field!(Signals { country, trend, target });

/// A value as shown.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Value {
    /// Number and unit, or a dash.
    pub(crate) text: String,
    /// The number alone, for places where the unit is set apart; empty when there is none.
    pub(crate) number: String,
    /// The unit alone; empty for a bare number.
    pub(crate) unit: String,
    pub(crate) missing: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) provisional: bool,
    pub(crate) flag: Option<String>,
    pub(crate) note: Option<String>,
}

ask_by_field!(Value {
    text,
    number,
    unit,
    missing,
    period,
    provisional,
    flag,
    note
});

/// A table of data.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Table {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<TableRow>,
    pub(crate) notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Column {
    pub(crate) title: String,
    pub(crate) numeric: bool,
    pub(crate) unit: Option<String>,
}

/// A row: its header and then a cell a column after the first.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TableRow {
    pub(crate) home: bool,
    pub(crate) country: bool,
    pub(crate) header: RowHeader,
    pub(crate) cells: Vec<Cell>,
}

/// The first cell of a row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RowHeader {
    pub(crate) title: String,
    pub(crate) href: Option<String>,
}

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// The number behind the text, for sorting.
    pub(crate) sort: Option<String>,
    pub(crate) missing: Option<String>,
    pub(crate) flag: Option<String>,
    /// A remark about it, which stands below the table.
    pub(crate) note: Option<String>,
    pub(crate) home: bool,
}

/// A chart with everything that belongs to it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chart {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) wide: Html,
    pub(crate) narrow: Option<Html>,
    pub(crate) label: String,
    pub(crate) description: String,
    pub(crate) table: Table,
    pub(crate) source: Html,
    pub(crate) notes: Vec<Html>,
    pub(crate) downloads: Vec<Link>,
    pub(crate) href: String,
    pub(crate) sample: bool,
    pub(crate) empty: Option<String>,
}

/// An indicator as evidence beside a text.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Evidence {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) value: Value,
    pub(crate) sentence: Html,
    pub(crate) spark: Html,
    pub(crate) signals: Vec<Signal>,
    pub(crate) sample: bool,
}

/// An indicator as a row of a table, for one place.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) value: Arc<Value>,
    pub(crate) country: Arc<Value>,
    pub(crate) difference: Option<String>,
    pub(crate) rank: Option<String>,
    pub(crate) of: Option<String>,
    /// "av 21".
    pub(crate) of_text: Option<String>,
    pub(crate) rank_note: Option<String>,
    /// Markup; empty where there is nothing to draw.
    pub(crate) spark: minijinja::Value,
    pub(crate) signals: Arc<Signals>,
    pub(crate) unit: String,
    pub(crate) sample: bool,
    pub(crate) target: Option<Arc<TargetView>>,
    pub(crate) needs: Option<String>,
    pub(crate) better: String,
}

ask_by_field!(Row {
    title,
    href,
    value,
    country,
    difference,
    rank,
    of,
    of_text,
    rank_note,
    spark,
    signals,
    unit,
    sample,
    target,
    needs,
    better,
});

impl Row {
    /// Rows as templates are given them.
    pub(crate) fn shown(rows: Vec<Row>) -> minijinja::Value {
        rows.into_iter().map(minijinja::Value::from_object).collect()
    }
}

/// A target as shown.
#[derive(Clone, Debug)]
pub(crate) struct TargetView {
    pub(crate) text: String,
    pub(crate) status: Arc<Signal>,
    pub(crate) rule: Option<String>,
}

ask_by_field!(TargetView { text, status, rule });

/// Rows under a heading.
#[derive(Clone, Debug)]
pub(crate) struct RowGroup {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) rows: Vec<Row>,
}

impl RowGroup {
    /// Groups as templates are given them.
    pub(crate) fn shown(groups: Vec<RowGroup>) -> minijinja::Value {
        let shown = |group: RowGroup| context! { id => group.id, title => group.title, rows => Row::shown(group.rows) };
        groups.into_iter().map(shown).collect()
    }
}

/// A labelled fact.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) html: Html,
}

/// Remarks under one heading.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Remark {
    pub(crate) title: String,
    pub(crate) texts: Vec<String>,
}

/// A heading of the page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Heading {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) level: u8,
}

/// A picture of how things hang together.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Diagram {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) source: Option<String>,
    pub(crate) wide: Html,
    pub(crate) narrow: Html,
    pub(crate) groups: Vec<DiagramGroup>,
    pub(crate) links: Vec<DiagramLink>,
}

/// A box of the picture.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiagramGroup {
    pub(crate) id: String,
    /// What it is in a problem chain.
    pub(crate) role: Option<String>,
    pub(crate) title: String,
    pub(crate) nodes: Vec<DiagramNode>,
}

/// A statement in a box.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiagramNode {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
    /// Name of its indicator.
    pub(crate) indicator: Option<String>,
    /// Nothing where there is no indicator yet.
    pub(crate) value: Option<Value>,
    pub(crate) trend: Option<Signal>,
    pub(crate) note: Option<String>,
    pub(crate) source: Option<String>,
}

/// An arrow of the picture, in words.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiagramLink {
    /// From what to what ("A → B").
    pub(crate) arrow: String,
    /// What the arrow says.
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

/// An aside.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Note {
    pub(crate) title: Option<String>,
    pub(crate) html: Html,
}
