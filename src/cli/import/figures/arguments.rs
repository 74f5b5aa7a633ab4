//! What can be typed after `import kolada`, `pxweb`, `jsonstat`, `px`, `csv` and `xlsx`.

use super::source::FiguresSource;
use crate::finding::print::Format as Printed;
use crate::import::figures::ask::{self, Kolada, Version};
use crate::import::figures::{Choice, ChosenRole, Format, TableColumns, parse_where};
use crate::model::{Flags, PeriodKind, Reason};
use crate::read::Decimal;
use clap::Args;
use std::path::PathBuf;

const PERIOD_HELP: &str = "Kind of all periods: year, school_year, half_year, quarter, month, election or span";

/// Dimension and expressions.
type Where = (String, Vec<String>);

/// What every import of figures takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct Common {
    /// The indicator: the name of its file in data/indicators.
    indicator: String,
    /// Read these files instead of asking: all pages of one answer, and what describes it.
    #[arg(long = "file", value_name = "FILE", num_args = 1..)]
    files: Vec<PathBuf>,
    /// Only these categories of a dimension, as DIM=CODE,CODE. Also 18*, top(3), from(2017), range(2017,2024).
    #[arg(long = "where", value_name = "DIM=CODES", value_parser = wheres)]
    wheres: Vec<Where>,
    /// What is measured, when the table has several contents: its code or name.
    #[arg(long, value_name = "CODE")]
    measure: Option<String>,
    /// The dimension that is places, when its name does not say so.
    #[arg(long, value_name = "DIM")]
    place: Option<String>,
    /// The dimension that is time, when its name does not say so.
    #[arg(long, value_name = "DIM")]
    time: Option<String>,
    /// The dimension that is sex, when its name does not say so.
    #[arg(long, value_name = "DIM")]
    sex: Option<String>,
    /// The place of all figures, when the table has no places.
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
    /// The dimension that becomes the indicator's breakdown.
    #[arg(long, value_name = "DIM")]
    breakdown: Option<String>,
    /// The category of the breakdown that is all of it.
    #[arg(long, value_name = "CODE", requires = "breakdown")]
    total: Option<String>,
    /// Kind of all periods.
    #[arg(long, value_name = "KIND", value_parser = period_kind, help = PERIOD_HELP)]
    period: Option<PeriodKind>,
    /// What a symbol means, as SYMBOL=WORD: a reason or flag of the data files, or zero.
    #[arg(long = "status", value_name = "SYMBOL=WORD", value_parser = status, allow_hyphen_values = true)]
    statuses: Vec<(String, String)>,
    /// Make the indicator's file too, with what the source says about it.
    #[arg(long)]
    new: bool,
    /// Write also what changes figures that are there, or takes some away.
    #[arg(long)]
    yes: bool,
    /// Say what would be done, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The day the figures were fetched, as 2026-11-23. Without it: SOURCE_DATE_EPOCH, else now.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Printed,
}

/// Arguments of `import kolada`.
#[derive(Debug, Args)]
pub(in crate::cli) struct KoladaArguments {
    #[command(flatten)]
    common: Common,
    /// The key figure: its id, such as N03702.
    #[arg(long, value_name = "ID", required_unless_present = "files")]
    kpi: Option<String>,
    /// Ids of places, with commas between. Without it: the site's.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    municipality: Vec<String>,
    /// Years, such as 2017-2024 or 2018,2022. Without it: all.
    #[arg(long, value_name = "YEARS", value_parser = years)]
    years: Option<Years>,
    /// Where the API begins.
    #[arg(long, value_name = "URL", default_value = "https://api.kolada.se/v3")]
    api: String,
}

/// Arguments of `import pxweb`.
#[derive(Debug, Args)]
pub(in crate::cli) struct PxwebArguments {
    #[command(flatten)]
    common: Common,
    /// The table: its id, such as TAB638 (version 2), or its path, such as AM/AM0210/AM0210A/ArbStatusAr (version 1).
    #[arg(long, value_name = "TABLE", required_unless_present = "files")]
    table: Option<String>,
    /// Where the API begins. Without it: SCB's, of the version that the table is named for.
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// Version of the API. Without it: 1 when the table is named by a path, else 2.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=2))]
    api_version: Option<u8>,
}

/// Arguments of `import jsonstat` and `import px`.
#[derive(Debug, Args)]
pub(in crate::cli) struct LinkArguments {
    #[command(flatten)]
    common: Common,
    /// The address of the file, query and all.
    #[arg(long, value_name = "URL", required_unless_present = "files")]
    url: Option<String>,
}

/// Arguments of `import csv` and `import xlsx`.
#[derive(Debug, Args)]
pub(in crate::cli) struct TableArguments {
    #[command(flatten)]
    common: Common,
    /// The column of values; `value` when not said. A table with periods for headings needs none.
    #[arg(long, value_name = "COLUMN", default_value = "", hide_default_value = true)]
    value: String,
    /// The column of flags and reasons; `status` when not said.
    #[arg(long, value_name = "COLUMN", default_value = "", hide_default_value = true)]
    status_column: String,
    /// The column of remarks; `note` when not said.
    #[arg(long, value_name = "COLUMN", default_value = "", hide_default_value = true)]
    note_column: String,
    /// A column that is not needed, by its heading or number (`#3`). May be given several times.
    #[arg(long = "ignore", value_name = "COLUMN")]
    ignored: Vec<String>,
    /// The decimal sign of all values, point or comma, when the values themselves do not tell.
    #[arg(long, value_name = "SIGN", value_parser = decimal)]
    decimal: Option<Decimal>,
    /// The sheet of a workbook; its first that is not hidden when not said.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    sheet: String,
    /// Rows above the headings that are not part of the table.
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: usize,
}

fn wheres(written: &str) -> Result<Where, String> {
    parse_where(written).map_err(|written| format!("write `{written}` as DIM=CODE,CODE"))
}

/// Years, each once.
#[derive(Clone, Debug)]
struct Years(Vec<String>);

fn years(written: &str) -> Result<Years, String> {
    ask::years(written)
        .map(Years)
        .map_err(|part| format!("write `{part}` as 2017, or 2017-2024"))
}

fn period_kind(written: &str) -> Result<PeriodKind, String> {
    let found = crate::read::PERIOD_KINDS.iter().find(|(name, _)| *name == written);
    let names = || {
        crate::read::PERIOD_KINDS
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    found
        .map(|(_, kind)| *kind)
        .ok_or_else(|| format!("choose one of {}", names()))
}

const DECIMALS: [(&str, Decimal); 2] = [("point", Decimal::Point), ("comma", Decimal::Comma)];

fn decimal(written: &str) -> Result<Decimal, String> {
    let found = DECIMALS.iter().find(|(name, _)| *name == written);
    let names = DECIMALS.map(|(name, _)| name).join(", ");
    found
        .map(|(_, decimal)| *decimal)
        .ok_or_else(|| format!("choose one of {names}"))
}

fn status(written: &str) -> Result<(String, String), String> {
    let reasons = Reason::NAMES.iter().map(|(name, _)| *name);
    let words: Vec<&str> = reasons.chain(["zero"]).chain(Flags::NAMES).collect();
    let split = written
        .rsplit_once('=')
        .filter(|(symbol, word)| !symbol.is_empty() && words.contains(word));
    let (symbol, word) =
        split.ok_or_else(|| format!("write it as SYMBOL=WORD, the word one of {}", words.join(", ")))?;
    Ok((symbol.to_owned(), word.to_owned()))
}

/// Where figures are asked for.
#[derive(Debug)]
pub(super) enum Source {
    /// Kolada's API.
    Kolada {
        /// Where it begins.
        api: String,
        /// What is asked for.
        asked: Kolada,
    },
    /// A `PxWeb` API.
    Pxweb {
        /// Where it begins.
        api: String,
        /// Path or id.
        table: String,
        /// Its version.
        version: Version,
    },
    /// A file at an address.
    Url(String),
    /// Only files.
    Files,
}

/// An import of figures, whichever command it was typed as.
#[derive(Debug)]
pub(super) struct FiguresCommand {
    pub(super) indicator: String,
    pub(super) format_of_figures: Format,
    pub(super) files: Vec<PathBuf>,
    pub(super) source: Source,
    pub(super) choice: Choice,
    pub(super) columns: TableColumns,
    pub(super) new: bool,
    pub(super) yes: bool,
    pub(super) dry_run: bool,
    pub(super) today: Option<String>,
    pub(super) site: PathBuf,
    pub(super) format: Printed,
}

impl FiguresCommand {
    /// The import from this source.
    pub(super) fn new(source: &FiguresSource) -> Self {
        let none = TableColumns::default;
        let (common, format, source, columns) = match source {
            FiguresSource::Kolada(arguments) => (&arguments.common, Format::Kolada, arguments.source(), none()),
            FiguresSource::Pxweb(arguments) => (&arguments.common, Format::Pxweb, arguments.source(), none()),
            FiguresSource::Jsonstat(arguments) => (&arguments.common, Format::JsonStat, arguments.source(), none()),
            FiguresSource::Px(arguments) => (&arguments.common, Format::Px, arguments.source(), none()),
            FiguresSource::Csv(arguments) => (&arguments.common, Format::Csv, Source::Files, arguments.columns()),
            FiguresSource::Xlsx(arguments) => (&arguments.common, Format::Xlsx, Source::Files, arguments.columns()),
        };
        let role = |name: &Option<String>, role| name.clone().map(|name| (name, role));
        let roles = [
            role(&common.place, ChosenRole::Place),
            role(&common.time, ChosenRole::Time),
            role(&common.sex, ChosenRole::Sex),
        ];
        let choice = Choice {
            roles: roles.into_iter().flatten().collect(),
            at: common.at.clone(),
            breakdown: common.breakdown.clone(),
            total: common.total.clone(),
            wheres: common.wheres.clone(),
            statuses: common.statuses.clone(),
            measure: common.measure.clone(),
            kind: common.period,
        };
        Self {
            indicator: common.indicator.clone(),
            format_of_figures: format,
            files: common.files.clone(),
            source,
            choice,
            columns,
            new: common.new,
            yes: common.yes,
            dry_run: common.dry_run,
            today: common.today.clone(),
            site: common.site.clone(),
            format: common.format,
        }
    }
}

impl KoladaArguments {
    fn source(&self) -> Source {
        let kpis = self
            .kpi
            .iter()
            .flat_map(|ids| ids.split(','))
            .map(|id| id.trim().to_owned())
            .collect();
        let asked = Kolada {
            kpis,
            places: self.municipality.clone(),
            years: self.years.clone().map(|years| years.0).unwrap_or_default(),
        };
        Source::Kolada {
            api: self.api.trim_end_matches('/').to_owned(),
            asked,
        }
    }
}

impl PxwebArguments {
    fn source(&self) -> Source {
        let Some(table) = self.table.clone() else {
            return Source::Files;
        };
        let version = match self.api_version {
            Some(1) => Version::One,
            None if table.trim_matches('/').contains('/') => Version::One,
            _ => Version::Two,
        };
        let usual = match version {
            Version::One => "https://api.scb.se/OV0104/v1/doris/sv/ssd",
            Version::Two => "https://statistikdatabasen.scb.se/api/v2",
        };
        let api = self.api.as_deref().unwrap_or(usual).trim_end_matches('/').to_owned();
        Source::Pxweb { api, table, version }
    }
}

impl LinkArguments {
    fn source(&self) -> Source {
        self.url.clone().map_or(Source::Files, Source::Url)
    }
}

impl TableArguments {
    fn columns(&self) -> TableColumns {
        TableColumns {
            sheet: self.sheet.clone(),
            skip: self.skip,
            value: self.value.clone(),
            status: self.status_column.clone(),
            note: self.note_column.clone(),
            ignored: self.ignored.clone(),
            decimal: self.decimal,
        }
    }
}

/// What is kept of the words typed, to repeat the import: all after `import`, without what only concerned that time.
pub(super) fn recorded(arguments: impl Iterator<Item = String>) -> Vec<String> {
    let mut rest = arguments.skip_while(|word| word != "import").skip(1);
    let mut kept = Vec::new();
    while let Some(word) = rest.next() {
        let name = word.split('=').next().unwrap_or_default();
        match name {
            "--new" | "--dry-run" | "--yes" => {}
            "--today" | "--format" | "--site" | "--lang" => {
                if !word.contains('=') {
                    rest.next();
                }
            }
            _ => kept.push(word),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_concerned_that_time_is_not_kept() {
        let typed = "utsikt --lang sv import kolada brp --kpi N1 --new --yes --today 2026-01-01 --site=x --where kon=T";
        let kept = recorded(typed.split(' ').map(ToOwned::to_owned));
        assert_eq!(kept, ["kolada", "brp", "--kpi", "N1", "--where", "kon=T"]);
    }
}
