//! What can be typed after `import kolada`, `pxweb`, `jsonstat`, `px`, `csv` and `xlsx`.

use super::source::FiguresSource;
use crate::cli::number::whole_number;
use crate::finding::print::Format as Printed;
use crate::finding::{OrFail, Result, message};
use crate::import::figures::ask::{self, Kolada, Version};
use crate::import::figures::{Choice, ChosenRole, Format, TableColumns, parse_where};
use crate::model::{Flags, PeriodKind, Reason};
use crate::read::Decimal;
use clap::Args;
use std::path::PathBuf;

/// Dimension and expressions.
type Where = (String, Vec<String>);

/// What every import of figures takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct Common {
    indicator: String,
    #[arg(long = "file", value_name = "FILE", num_args = 1..)]
    files: Vec<PathBuf>,
    #[arg(long = "where", value_name = "DIM=CODES", value_parser = wheres, allow_hyphen_values = true)]
    wheres: Vec<Where>,
    #[arg(long, value_name = "CODE", allow_hyphen_values = true)]
    measure: Option<String>,
    #[arg(long, value_name = "DIM")]
    place: Option<String>,
    #[arg(long, value_name = "DIM")]
    time: Option<String>,
    #[arg(long, value_name = "DIM")]
    sex: Option<String>,
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    at: Option<String>,
    #[arg(long, value_name = "DIM")]
    breakdown: Option<String>,
    #[arg(long, value_name = "CODE", requires = "breakdown", allow_hyphen_values = true)]
    total: Option<String>,
    #[arg(long, value_name = "KIND", value_parser = period_kind)]
    period: Option<PeriodKind>,
    #[arg(long = "status", value_name = "SYMBOL=WORD", value_parser = status, allow_hyphen_values = true)]
    statuses: Vec<(String, String)>,
    #[arg(long)]
    new: bool,
    #[arg(long)]
    yes: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Printed,
}

/// Arguments of `import kolada`.
#[derive(Debug, Args)]
pub(in crate::cli) struct KoladaArguments {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "ID", required_unless_present = "files")]
    kpi: Option<String>,
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    municipality: Vec<String>,
    #[arg(long, value_name = "YEARS", value_parser = years)]
    years: Option<Years>,
    #[arg(long, value_name = "URL", default_value = "https://api.kolada.se/v3")]
    api: String,
}

/// Arguments of `import pxweb`.
#[derive(Debug, Args)]
pub(in crate::cli) struct PxwebArguments {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "TABLE", required_unless_present = "files")]
    table: Option<String>,
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    #[arg(long, value_name = "N", value_parser = whole_number(1..=2_u8))]
    api_version: Option<u8>,
}

/// Arguments of `import jsonstat` and `import px`.
#[derive(Debug, Args)]
pub(in crate::cli) struct LinkArguments {
    #[command(flatten)]
    common: Common,
    #[arg(long, value_name = "URL", required_unless_present = "files")]
    url: Option<String>,
}

/// Arguments of `import csv` and `import xlsx`.
#[derive(Debug, Args)]
pub(in crate::cli) struct TableArguments {
    #[command(flatten)]
    common: Common,
    #[arg(
        long,
        value_name = "COLUMN",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    value: String,
    #[arg(
        long,
        value_name = "COLUMN",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    status_column: String,
    #[arg(
        long,
        value_name = "COLUMN",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    note_column: String,
    #[arg(long = "ignore", value_name = "COLUMN", allow_hyphen_values = true)]
    ignored: Vec<String>,
    #[arg(long, value_name = "SIGN", value_parser = decimal)]
    decimal: Option<Decimal>,
    #[arg(
        long,
        value_name = "NAME",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    sheet: String,
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole_number(0..=usize::MAX))]
    skip: usize,
}

fn wheres(written: &str) -> Result<Where> {
    parse_where(written).map_err(|written| message::write_where(written).into())
}

/// Years, each once.
#[derive(Clone, Debug)]
struct Years(Vec<String>);

fn years(written: &str) -> Result<Years> {
    ask::years(written)
        .map(Years)
        .map_err(|part| message::write_years(part).into())
}

fn period_kind(written: &str) -> Result<PeriodKind> {
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
        .ok_or_else(|| message::choose_one(names()).into())
}

const DECIMALS: [(&str, Decimal); 2] = [("point", Decimal::Point), ("comma", Decimal::Comma)];

fn decimal(written: &str) -> Result<Decimal> {
    let found = DECIMALS.iter().find(|(name, _)| *name == written);
    let names = DECIMALS.map(|(name, _)| name).join(", ");
    found
        .map(|(_, decimal)| *decimal)
        .ok_or_else(|| message::choose_one(names).into())
}

fn status(written: &str) -> Result<(String, String)> {
    let reasons = Reason::NAMES.iter().map(|(name, _)| *name);
    let words: Vec<&str> = reasons.chain(["zero"]).chain(Flags::NAMES).collect();
    let split = written
        .rsplit_once('=')
        .filter(|(symbol, word)| !symbol.is_empty() && words.contains(word));
    let (symbol, word) = split.or_fail(|| message::write_status(words.join(", ")))?;
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
