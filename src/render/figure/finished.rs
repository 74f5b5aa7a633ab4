//! A drawn chart with everything that belongs to it: words, table, files, whatever it shows.
//!
//! Takes drawings and their words; gives the view for templates, and adds the chart's files to the page. Charts of
//! indicators come here from their specifications, charts of answers from results.

use crate::chart::Caption;
use crate::download::csv_file;
use crate::page::context::PageContext;
use crate::page::source_line::SourceLine;
use crate::page::view::{Chart, Html, Table};
use crate::render::figure::draw::{self, Drawings};

/// Drawings of a chart, with its words and its table.
pub(crate) struct FinishedChart {
    /// Kind of the chart, for style sheets.
    pub(crate) kind: &'static str,
    /// Wished id; it is numbered if the page has it already.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) description: String,
    pub(crate) drawings: Drawings,
    /// Exactly the figures of the drawings.
    pub(crate) table: Table,
    /// Text in place of a drawing where there is none.
    pub(crate) empty: String,
    pub(crate) source: SourceLine,
    pub(crate) notes: Vec<Html>,
    /// Whether the figures are made up.
    pub(crate) sample: bool,
}

impl FinishedChart {
    /// The view for templates; the files to download are added to the page.
    pub(crate) fn into_view(self, page: PageContext<'_>) -> Chart {
        let FinishedChart {
            title,
            subtitle,
            description,
            source,
            ..
        } = self;
        let (wide, narrow) = self.drawings;
        let id = page.files.id(&self.id);
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
            let file = draw::standalone(page, svg, &caption);
            downloads.push(page.offer("SVG", &format!("assets/diagram/{stem}.svg"), file.to_string()));
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
