//! A chart with everything that belongs to it: drawings, words, table, files, whatever it shows.
//!
//! Takes drawings that are made and what is said of them; gives the view, and puts its files on the page's shelf. Charts of
//! indicators come here from their specifications, those of answers from results.

use crate::chart::{Caption, NumberStyle, Picture, Shape, Size, ValueAxis};
use crate::download::csv_file;
use crate::finding::Log;
use crate::page::context::PageContext;
use crate::page::source_line::SourceLine;
use crate::page::view::{Chart, Html, Table};
use crate::render::figure::draw;
use crate::source::Origin;
use std::sync::Arc;

/// The drawings for a wide and for a narrow column; none where there is nothing to draw.
pub(crate) type Drawings = (Option<Arc<str>>, Option<Arc<str>>);

/// What a chart is made of.
pub(crate) struct Given {
    /// What kind of chart it is, for style sheets.
    pub(crate) kind: &'static str,
    /// Its id, unless the page has given it out.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) description: String,
    pub(crate) drawings: Drawings,
    /// Exactly what is shown.
    pub(crate) table: Table,
    /// What stands in place of a drawing where there is none.
    pub(crate) empty: String,
    pub(crate) source: SourceLine,
    pub(crate) notes: Vec<Html>,
    pub(crate) sample: bool,
}

/// Drawings of a shape whose numbers have this unit, written behind each, and so many decimals.
pub(crate) fn drawings(
    page: PageContext<'_>,
    shape: Shape,
    (unit, decimals): (&str, u8),
    origin: &Origin,
    log: &Log,
) -> Drawings {
    let numbers: NumberStyle = page.locale.format.style.clone();
    let axis = ValueAxis {
        unit: unit.to_owned(),
        decimals,
        unit_in_labels: !unit.is_empty(),
        signed: false,
        numbers,
    };
    let picture = Picture {
        shape,
        axis,
        overlay: serde_json::Value::Null,
    };
    let drawn = |size| draw::drawing(page, &picture, size, origin, log);
    (drawn(Size::Wide), drawn(Size::Narrow))
}

impl Given {
    /// The chart as templates are given it.
    pub(crate) fn set_out(self, page: PageContext<'_>) -> Chart {
        let Given {
            title,
            subtitle,
            description,
            source,
            ..
        } = self;
        let (wide, narrow) = self.drawings;
        let id = page.files.id(&self.name);
        // The chart's title makes the caption one of a kind among the tables of a page.
        let caption = format!("{title} ({})", self.table.caption);
        let table = Table {
            id: format!("{id}-data"),
            caption,
            ..self.table
        };
        let stem = format!("{}-{id}", page.route().trim_end_matches(".html").replace('/', "-"));
        let mut downloads = vec![page.offer(
            "CSV",
            &format!("assets/tabeller/{stem}.csv"),
            csv_file::table(&title, &subtitle, &table, &source.plain),
        )];
        if let Some(svg) = &wide {
            let caption = Caption {
                lang: page.code(),
                title: &title,
                description: &description,
                source: &source.plain,
            };
            let alone = draw::alone(page, svg, &caption);
            downloads.push(page.offer("SVG", &format!("assets/diagram/{stem}.svg"), alone.to_string()));
        }
        Chart {
            kind: self.kind,
            label: title.clone(),
            subtitle,
            empty: wide.is_none().then_some(self.empty),
            wide: wide
                .map(|svg| Html::wide(&svg, &title, &format!("{id}-words")))
                .unwrap_or_default(),
            narrow: narrow.map(|svg| Html::narrow(&svg)),
            description,
            table,
            source: Html(source.html),
            notes: self.notes,
            downloads,
            href: format!("#{id}"),
            id,
            sample: self.sample,
            title,
        }
    }
}
