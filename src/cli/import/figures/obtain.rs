//! Figures from files or from the network: bytes with a name, and how they were asked for.

use super::arguments::{Source, Wanted};
use crate::finding::{Log, Result, message};
use crate::import::figures::ask::{self, Request, Table, Terms};
use crate::import::figures::{self};
use crate::import::figures::{Asked, Format, next_page};
use crate::model::Site;
use crate::source::{Snapshot, SourceFile};
use crate::{disk, fetch, read};
use std::time::Duration;

/// How long one waits for an answer.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long one waits before a second attempt.
const PAUSE: Duration = Duration::from_millis(250);
/// Pages of one answer.
const MOST_PAGES: usize = 10_000;

/// What was obtained.
pub(super) struct Obtained {
    pub(super) files: Vec<SourceFile>,
    pub(super) format: Format,
    pub(super) asked: Vec<Asked>,
    /// Terms of use that the API itself states; empty when it states none.
    pub(super) licence: String,
    /// The publisher's id of the table; empty when it is not known from the question.
    pub(super) table: String,
    /// Where a reader finds the table.
    pub(super) url: String,
}

/// Reads the files, or asks the source. `None` after a finding.
pub(super) fn obtain(wanted: &Wanted, site: &Site, given: &mut Snapshot, log: &Log) -> Result<Option<Obtained>> {
    let mut asking = Asking {
        client: None,
        given,
        files: Vec::new(),
        asked: Vec::new(),
    };
    let mut format = wanted.format_of_figures;
    let (mut licence, mut known, mut url) = (String::new(), String::new(), String::new());
    if wanted.files.is_empty() {
        match &wanted.source {
            Source::Kolada { api, wanted } => {
                "https://www.kolada.se".clone_into(&mut url);
                for request in ask::kolada(api, wanted, &site.places) {
                    if !asking.pages(request, log)? {
                        return Ok(None);
                    }
                }
            }
            Source::Pxweb { api, table, version } => {
                format = Format::JsonStat;
                let language = site.settings.languages.first().cloned().unwrap_or_default();
                let table = Table {
                    api: api.clone(),
                    table: table.clone(),
                    version: *version,
                    language,
                };
                let Some(terms) = asking.table(&table, wanted, site, log)? else {
                    return Ok(None);
                };
                licence = terms.licence;
                url = table.address();
                known.clone_from(&table.table);
            }
            Source::Url(address) => {
                if !address.contains("://") {
                    return Err(message::not_an_address(address).into());
                }
                url.clone_from(address);
                let file = asking.ask(&Request::get(address.clone()))?;
                asking.files.push(file);
            }
            Source::Files => return Err(message::file_not_named().into()),
        }
    } else {
        for path in &wanted.files {
            let bytes = disk::read_file(path)?;
            let file = asking.keep(None, bytes, &path.display().to_string());
            asking.files.push(file);
        }
        if matches!(wanted.source, Source::Kolada { .. }) {
            "https://www.kolada.se".clone_into(&mut url);
        }
        // The answers of both versions may be JSON-stat as well.
        let is_stat = |file: &SourceFile| figures::is_json_stat(file);
        if format == Format::Pxweb && asking.files.iter().any(is_stat) {
            format = Format::JsonStat;
        }
    }
    Ok(Some(Obtained {
        files: asking.files,
        format,
        asked: asking.asked,
        licence,
        table: known,
        url,
    }))
}

/// Questions as they are asked.
struct Asking<'a> {
    client: Option<fetch::Client>,
    given: &'a mut Snapshot,
    files: Vec<SourceFile>,
    asked: Vec<Asked>,
}

impl Asking<'_> {
    /// Notes what was asked and came, and gives it a name that findings show.
    fn keep(&mut self, body: Option<String>, bytes: Vec<u8>, name: &str) -> SourceFile {
        let hash = read::fingerprint(&bytes);
        self.asked.push(Asked {
            url: name.to_owned(),
            body,
            hash,
            bytes: bytes.len(),
        });
        // Findings name the file; nobody reads an excerpt of an answer.
        self.given.insert(name, Vec::new());
        SourceFile {
            path: name.into(),
            bytes: bytes.into(),
        }
    }

    fn ask(&mut self, request: &Request) -> Result<SourceFile> {
        let client = self.client.get_or_insert_with(|| fetch::Client::new(PATIENCE, PAUSE));
        let bytes = client.ask(&request.url, request.body.as_deref())?;
        Ok(self.keep(request.body.clone(), bytes, &request.url))
    }

    /// All pages of an answer of Kolada's; false after a finding.
    fn pages(&mut self, request: Request, log: &Log) -> Result<bool> {
        let mut seen = std::collections::BTreeSet::new();
        let mut next = Some(request);
        while let Some(request) = next {
            if !seen.insert(request.url.clone()) {
                return Err(message::page_after_itself(request.url).into());
            }
            if seen.len() > MOST_PAGES {
                return Err(message::too_many_pages(MOST_PAGES).into());
            }
            let file = self.ask(&request)?;
            let following = match next_page(&file) {
                Ok(following) => following,
                Err(finding) => {
                    log.add(*finding);
                    return Ok(false);
                }
            };
            self.files.push(file);
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

    /// A table of a `PxWeb` API, in portions; `None` after a finding.
    fn table(&mut self, table: &Table, wanted: &Wanted, site: &Site, log: &Log) -> Result<Option<Terms>> {
        // An API that says nothing about its limits is asked for little at a time.
        let terms = self
            .ask(&table.terms())
            .map(|file| ask::terms(&file))
            .unwrap_or_default();
        let file = self.ask(&table.description())?;
        let requests = match table.described(&file) {
            Ok((dimensions, _)) => table.data(&dimensions, &wanted.choice, &site.places, &terms, &file.path),
            Err(finding) => Err(finding),
        };
        let requests = match requests {
            Ok(requests) => requests,
            Err(finding) => {
                log.add(*finding);
                return Ok(None);
            }
        };
        for request in requests {
            let file = self.ask(&request)?;
            self.files.push(file);
        }
        Ok(Some(terms))
    }
}
