//! Where figures are brought in from: a command each.

use super::arguments::{KoladaArguments, LinkArguments, PxwebArguments, TableArguments};
use clap::Subcommand;

/// A source of figures.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FiguresSource {
    /// Bring in figures from Kolada, by its API of version 3 or files of version 3 or 2.
    #[command(long_about = KOLADA_LONG, after_help = KOLADA_AFTER)]
    Kolada(KoladaArguments),
    /// Bring in figures from a PxWeb database, such as SCB's, by its API of version 1 or 2.
    #[command(long_about = PXWEB_LONG, after_help = PXWEB_AFTER)]
    Pxweb(PxwebArguments),
    /// Bring in figures in JSON-stat 2, from Eurostat or anybody.
    Jsonstat(LinkArguments),
    /// Bring in figures from a PX file.
    Px(LinkArguments),
    /// Bring in figures from a CSV file, in either dialect, long or with a column a period.
    #[command(after_help = TABLE_AFTER)]
    Csv(TableArguments),
    /// Bring in figures from a sheet of a workbook, long or with a column a period.
    #[command(after_help = TABLE_AFTER)]
    Xlsx(TableArguments),
}

const KOLADA_LONG: &str = "\
Bring in figures from Kolada.

Writes data/series/INDICATOR.csv and, beside it, INDICATOR.origin.yaml: what was asked, when, and fingerprints of the \
answers. Codes become places, periods and sexes only where the site knows them exactly; what it does not know is told, \
and nothing is guessed. Files are written together or not at all. Kolada must be named as the source of its own figures; \
figures that you compute from them are yours (`processing`).";

const KOLADA_AFTER: &str = "\
Try:  utsikt import kolada brp --kpi N03702 --years 2017-2024 --new
      utsikt import kolada brp --file sida1.json sida2.json kpi.json
      utsikt import --refresh brp                                   what has changed since";

const PXWEB_LONG: &str = "\
Bring in figures from a PxWeb database, such as SCB's.

Asks what the table is divided by, then for what was chosen, in portions no larger than the database gives. Of places only \
the site's are asked for, unless --where says others. A dimension that is neither place, time nor sex must be chosen \
from, or become the indicator's breakdown.";

const PXWEB_AFTER: &str = "\
Try:  utsikt import pxweb befolkning --table TAB638 --measure BE0101N1 --where Tid=top(3) --new
      utsikt import pxweb arbetsloshet --table AM/AM0210/AM0210A/ArbStatusAr --where alder=20-64";

const TABLE_AFTER: &str = "\
Try:  utsikt import csv skolresultat --file tabell.csv --place kommunkod --time år --value andel
      utsikt import xlsx skolresultat --file tabell.xlsx --sheet Kommuner --status \"-=unavailable\"";
