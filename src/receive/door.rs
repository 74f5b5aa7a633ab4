//! What can be answered: the consultations of the site that have an endpoint, with codes, thanks pages and words.
//!
//! Read by the same readers as a build, and read again when the site's files are touched. A site that cannot be read
//! meanwhile, half way through an edit, leaves what was read before in force.

use crate::compile::languages;
use crate::finding::{Failure, Finding, Log, Messages, OrFail, Result, Severity, message};
use crate::import::{Posted, PostedFault, posted};
use crate::model::Consultation;
use crate::page::locale::Locale;
use crate::page::routes::{Chapter, Reference, Routes};
use crate::survey::{State, state};
use crate::theme::{fill, open};
use crate::{disk, read};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Folders and files whose faults could change what is asked, or how.
const ASKING: [&str; 4] = ["data/surveys/", "data/consultations/", "data/site.yaml", "answers/"];

/// The site as far as it can be answered.
#[derive(Debug)]
pub(super) struct Door {
    consultations: BTreeMap<String, Entry>,
    /// Words about receiving, by language; the site's first language stands first.
    words: Vec<(String, Value)>,
    /// Address of the front page, which ends in `/`.
    base_url: String,
    /// The folder of answers.
    pub(super) answers: PathBuf,
}

#[derive(Debug)]
struct Entry {
    consultation: Consultation,
    codes: Option<Vec<(String, String)>>,
    /// Routes of the thanks page by language, the site's first language first.
    thanks: Vec<(String, String)>,
}

/// Why a form is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No consultation of this id can be answered here.
    Unknown,
    /// It cannot be answered on this day.
    NotOpen(State),
    /// Something about the form itself.
    Form(PostedFault),
}

impl Door {
    /// Reads the site.
    ///
    /// # Errors
    /// When the site cannot be read, has errors in what it asks, or asks nothing that can be answered here.
    pub(super) fn open(
        site: &Path,
        answers: Option<&Path>,
        base_url: Option<&str>,
        messages: &Messages,
    ) -> Result<Self> {
        let mut snapshot = disk::gather(site).or_fail(|| message::cannot_read_site(site.display()))?;
        let folder = disk::answers_folder(site, &read::answers_folder(&snapshot), answers);
        for (id, bytes) in disk::read_codes(&folder) {
            snapshot.insert(&format!("answers/{id}/codes.csv"), bytes);
        }
        let log = Log::default();
        let read_site = read::site(&snapshot, &log);
        let is_asking = |finding: &Finding| {
            let file = finding.origin.as_ref().map_or("", |origin| &origin.file);
            finding.severity == Severity::Error && ASKING.iter().any(|start| file.starts_with(start))
        };
        let unreadable = |finding: &Finding| Failure::from(message::receive_site(messages.headline(finding)));
        let Some(site) = read_site else {
            let findings = read::findings(log);
            return Err(findings
                .first()
                .map_or_else(|| message::receive_site("").into(), unreadable));
        };
        let base_url = base_url.map_or_else(
            || site.settings.base_url.clone(),
            |url| format!("{}/", url.trim_end_matches('/')),
        );
        if base_url.is_empty() {
            return Err(message::receive_no_address().into());
        }
        let theme = open(&snapshot, &site.settings.theme, &languages(&site), &Log::default());
        let locales = Locale::all(&site, &theme.languages);
        let routes = Routes::new(&site, &[], &locales, false, &Log::default());
        let words = locales.iter().map(|locale| {
            let words = locale.words.tree().pointer("/receiving").cloned();
            (locale.code.to_owned(), words.unwrap_or_default())
        });
        let words = words.collect();
        let mut consultations = BTreeMap::new();
        for consultation in site
            .consultations
            .iter()
            .filter(|consultation| consultation.channels.endpoint.is_some())
        {
            let id = &consultation.id;
            let about = Reference::Chapter(id.clone(), Chapter::Thanks);
            let route = |locale: &Locale<'_>| {
                let route = routes.find(locale.number, &about)?;
                Some((locale.code.to_owned(), route.to_owned()))
            };
            let codes = snapshot.find(&format!("answers/{id}/codes.csv"));
            // Without the codes anybody could answer in the name of any body.
            if consultation.channels.codes && codes.is_none() {
                return Err(message::receive_no_codes(id).into());
            }
            let entry = Entry {
                consultation: consultation.clone(),
                codes: codes.map(|file| read::codes(file, &log)),
                thanks: locales.iter().filter_map(route).collect(),
            };
            consultations.insert(id.clone(), entry);
        }
        let findings = read::findings(log);
        if let Some(finding) = findings.iter().find(|finding| is_asking(finding)) {
            return Err(unreadable(finding));
        }
        if consultations.is_empty() {
            return Err(message::receive_nothing().into());
        }
        Ok(Self {
            consultations,
            words,
            base_url,
            answers: folder,
        })
    }

    /// Ids of the consultations that can be answered here, whether they are open or not.
    pub(super) fn ids(&self) -> Vec<String> {
        self.consultations.keys().cloned().collect()
    }

    /// The consultation of this id.
    pub(super) fn consultation(&self, id: &str) -> Option<&Consultation> {
        self.consultations.get(id).map(|entry| &entry.consultation)
    }

    /// Scheme and host of the site, as browsers name where a form stands.
    pub(super) fn origin(&self) -> &str {
        let host = self.base_url.find("://").map_or(0, |at| at + 3);
        let end = self.base_url[host..]
            .find('/')
            .map_or(self.base_url.len(), |at| host + at);
        &self.base_url[..end]
    }

    /// The form as it can be kept, and whose it is.
    pub(super) fn examine(&self, form: &[(String, String)], day: Date) -> Result<(&str, Posted), Refusal> {
        let id = value(form, "consultation");
        let (id, entry) = self.consultations.get_key_value(id).ok_or(Refusal::Unknown)?;
        let examined = posted(form, &entry.consultation, entry.codes.as_deref());
        // Whoever tries the way may do so on any day.
        let is_test = examined.as_ref().is_ok_and(|posted| posted.is_test);
        let state = state(&entry.consultation.dates, day);
        if !state.is_open() && !is_test {
            return Err(Refusal::NotOpen(state));
        }
        examined.map(|posted| (id.as_str(), posted)).map_err(Refusal::Form)
    }

    /// The address of the thanks page in a language, or in the site's own; the front page where there is none.
    pub(super) fn thanks(&self, id: &str, language: &str) -> String {
        let routes = self.consultations.get(id).map_or(&[][..], |entry| &entry.thanks);
        let own = routes.iter().find(|(code, _)| code == language).or(routes.first());
        format!("{}{}", self.base_url, own.map_or("", |(_, route)| route))
    }

    /// The language to answer in: the one asked for if there are words in it, else the site's own.
    pub(super) fn language(&self, asked: &str) -> &str {
        let own = self.words.iter().find(|(code, _)| code == asked).or(self.words.first());
        own.map_or("sv", |(code, _)| code)
    }

    /// A sentence in a language, with its gaps filled.
    pub(super) fn say(&self, language: &str, path: &str, gaps: &[(&str, &str)]) -> String {
        let words = self
            .words
            .iter()
            .find(|(code, _)| code == language)
            .or(self.words.first());
        let text = words.and_then(|(_, words)| words.pointer(&format!("/{}", path.replace('.', "/"))));
        fill(text.and_then(Value::as_str).unwrap_or_default(), gaps)
    }

    /// Questions in few words, by their ids.
    pub(super) fn questions(&self, consultation: &str, ids: &[String], language: &str) -> String {
        let name = |id: &String| {
            let question = self.consultation(consultation)?.questionnaire.question(id)?.1;
            Some(question.short.in_language(language).to_owned())
        };
        ids.iter()
            .map(|id| name(id).unwrap_or_else(|| id.clone()))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// The first value of a field; empty when there is none.
pub(super) fn value<'f>(form: &'f [(String, String)], name: &str) -> &'f str {
    let found = form.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value.trim())
}
