//! Figures from files or from the network: bytes with a name, and how they were asked for.

use super::arguments::{FiguresCommand, Source};
use super::budget::Budget;
use crate::finding::{Log, Result, message};
use crate::import::figures::ask::{self, PxwebTable, Request, Terms};
use crate::import::figures::{self, Exchange, Format, Question, next_page};
use crate::model::Site;
use crate::source::{Snapshot, SourceFile};
use crate::{disk, fetch, read};
use std::time::Duration;

/// How long one waits for an answer.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long one waits before a second attempt.
const PAUSE: Duration = Duration::from_millis(250);
/// Where a reader finds Kolada's figures.
const KOLADA: &str = "https://www.kolada.se";

/// What was obtained.
pub(super) struct Obtained {
    pub(super) files: Vec<SourceFile>,
    pub(super) format: Format,
    pub(super) exchanges: Vec<Exchange>,
    /// What was asked for, as far as it is known.
    pub(super) question: Question,
    /// Terms of use that the API itself states; empty when it states none.
    pub(super) licence: String,
    /// The publisher's id of the table; empty when it is not known from the question.
    pub(super) table: String,
    /// Where a reader finds the table.
    pub(super) url: String,
}

/// Reads the files, or asks the source. `None` after a finding.
pub(super) fn obtain(
    command: &FiguresCommand,
    site: &Site,
    shown: &mut Snapshot,
    log: &Log,
) -> Result<Option<Obtained>> {
    let mut obtaining = Obtaining {
        client: None,
        budget: Budget::default(),
        shown,
        obtained: Obtained {
            files: Vec::new(),
            format: command.format_of_figures,
            exchanges: Vec::new(),
            question: Question::default(),
            licence: String::new(),
            table: String::new(),
            url: String::new(),
        },
    };
    if let Source::Kolada { .. } = &command.source {
        KOLADA.clone_into(&mut obtaining.obtained.url);
    }
    let is_whole = if command.files.is_empty() {
        obtaining.ask_source(command, site, log)?
    } else {
        obtaining.read_files(command)?;
        true
    };
    Ok(is_whole.then_some(obtaining.obtained))
}

/// Figures on their way.
struct Obtaining<'a> {
    client: Option<fetch::Client>,
    budget: Budget,
    shown: &'a mut Snapshot,
    obtained: Obtained,
}

impl Obtaining<'_> {
    fn read_files(&mut self, command: &FiguresCommand) -> Result<()> {
        for path in &command.files {
            let bytes = disk::read_file(path)?;
            let name = path.display().to_string();
            // Findings show the rows of a table; nobody reads an excerpt of an answer.
            let excerpt = match self.obtained.format {
                Format::Csv => bytes.clone(),
                _ => Vec::new(),
            };
            let file = self.keep(Request::get(name), bytes, excerpt);
            self.obtained.files.push(file);
        }
        if let Source::Kolada { asked, .. } = &command.source {
            self.obtained.question = Question::kolada(asked, &[]);
        }
        // The answers of both versions of PxWeb may be JSON-stat as well.
        let is_json_stat = |file: &SourceFile| figures::is_json_stat(file);
        if self.obtained.format == Format::Pxweb && self.obtained.files.iter().any(is_json_stat) {
            self.obtained.format = Format::JsonStat;
        }
        Ok(())
    }

    /// False after a finding.
    fn ask_source(&mut self, command: &FiguresCommand, site: &Site, log: &Log) -> Result<bool> {
        match &command.source {
            Source::Kolada { api, asked } => {
                let places = ask::kolada_places(&site.places);
                self.obtained.question = Question::kolada(asked, &places);
                for request in ask::kolada(api, asked, &places) {
                    if !self.pages(request, log)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Source::Pxweb { api, table, version } => {
                let table = PxwebTable {
                    api: api.clone(),
                    table: table.clone(),
                    version: *version,
                    language: site.settings.languages.first().cloned().unwrap_or_default(),
                };
                self.table(&table, command, site, log)
            }
            Source::Url(address) => {
                if !address.contains("://") {
                    return Err(message::not_an_address(address).into());
                }
                self.obtained.url.clone_from(address);
                let file = self.ask(&Request::get(address.clone()))?;
                self.obtained.files.push(file);
                Ok(true)
            }
            Source::Files => Err(message::file_not_named().into()),
        }
    }

    /// Notes a request and what came, and gives the answer a name that findings show.
    fn keep(&mut self, request: Request, bytes: Vec<u8>, excerpt: Vec<u8>) -> SourceFile {
        let name = request.url.clone();
        self.obtained.exchanges.push(Exchange {
            request,
            hash: read::fingerprint(&bytes),
            bytes: bytes.len(),
        });
        self.shown.insert(&name, excerpt);
        SourceFile {
            path: name.as_str().into(),
            bytes: bytes.into(),
        }
    }

    fn ask(&mut self, request: &Request) -> Result<SourceFile> {
        self.budget.check()?;
        let client = self.client.get_or_insert_with(|| fetch::Client::new(PATIENCE, PAUSE));
        let bytes = client.ask(&request.url, request.body.as_deref())?;
        self.budget.spend(bytes.len())?;
        Ok(self.keep(request.clone(), bytes, Vec::new()))
    }

    /// All pages of an answer of Kolada's; false after a finding.
    fn pages(&mut self, request: Request, log: &Log) -> Result<bool> {
        let mut seen = std::collections::BTreeSet::new();
        let mut next = Some(request);
        while let Some(request) = next {
            if !seen.insert(request.url.clone()) {
                return Err(message::page_after_itself(request.url).into());
            }
            let file = self.ask(&request)?;
            let following = match next_page(&file) {
                Ok(following) => following,
                Err(finding) => {
                    log.add(*finding);
                    return Ok(false);
                }
            };
            self.obtained.files.push(file);
            next = match following {
                None => None,
                Some(address) => match ask::next_address(&request.url, &address) {
                    Some(address) => Some(Request::get(address)),
                    None => return Err(message::page_elsewhere(request.url, address).into()),
                },
            };
        }
        Ok(true)
    }

    /// A table of a `PxWeb` API, in portions; false after a finding.
    fn table(&mut self, table: &PxwebTable, command: &FiguresCommand, site: &Site, log: &Log) -> Result<bool> {
        // An API that says nothing about its limits is asked for little at a time.
        let terms: Terms = self
            .ask(&table.terms())
            .map(|file| ask::terms(&file))
            .unwrap_or_default();
        let file = self.ask(&table.description())?;
        let requests = table
            .described(&file)
            .and_then(|(dimensions, _)| table.data(&dimensions, &command.choice, &site.places, &terms, &file.path));
        let (requests, question) = match requests {
            Ok(requests) => requests,
            Err(finding) => {
                log.add(*finding);
                return Ok(false);
            }
        };
        for request in requests {
            let file = self.ask(&request)?;
            self.obtained.files.push(file);
        }
        self.obtained.format = Format::JsonStat;
        self.obtained.question = question;
        self.obtained.licence = terms.licence;
        self.obtained.url = table.address();
        self.obtained.table.clone_from(&table.table);
        Ok(true)
    }
}
