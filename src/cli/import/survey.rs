//! `import survey`: files → journal, and in words what was done.

use super::print::tell;
use super::{AnswerSite, SurveyArguments, path_as_typed};
use crate::cli::terminal;
use crate::finding::print::Format;
use crate::finding::{Code, Finding, Language, Log, Messages, OrFail, Result, Severity, message};
use crate::import::{self, Imported, Survey};
use crate::model::Mapping;
use crate::source::{At, Snapshot, SourceFile};
use crate::{clock, disk, read};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::io::Read as _;

/// Imports what can be read; false when something is wrong with what was given.
pub(in crate::cli) fn survey(arguments: &SurveyArguments, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let today = clock::today(arguments.today.as_deref())?;
    let mut site = AnswerSite::open(&arguments.place, &messages)?;
    // From here on nobody else adds anything: a receiver waits, and what it has added is read.
    let is_written = !arguments.dry_run && !arguments.draft_mapping;
    let lock = is_written.then(|| site.lock(&arguments.id)).transpose()?;
    let consultation = site.consultation(&arguments.id)?;
    // What was given is shown in findings by the names the user knows.
    let mut shown = Snapshot::default();
    let files = files(arguments, &mut shown)?;
    let log = Log::default();
    let mapping = mapping(arguments, &site, &mut shown, &log)?;
    let journal_bytes = site.text(&arguments.id, read::JOURNAL);
    let journal = String::from_utf8_lossy(&journal_bytes);
    let codes = site.snapshot.find(&format!("answers/{}/codes.csv", arguments.id));
    let codes = codes.map(|file| {
        shown.insert(&file.path, file.bytes.clone());
        read::codes(file, &log)
    });
    let survey = Survey {
        consultation,
        journal: &journal,
        codes: codes.as_deref().filter(|_| consultation.channels.codes),
        mapping: mapping.as_ref(),
        tool: arguments.preset,
        today: Some(today),
        relation: arguments.sheet,
    };
    if arguments.draft_mapping {
        let draft = files.first().and_then(|file| import::draft(&survey, file, &log));
        let has_errors = tell(read::findings(log), &shown, language, arguments.format)?;
        terminal::print(&draft.unwrap_or_default())?;
        return Ok(!has_errors);
    }
    // A mapping that is only half read would put answers in the wrong place.
    let imported = if log.any_since(0, |finding| finding.severity == Severity::Error) {
        Imported::default()
    } else {
        import::survey(&survey, &files, &log)
    };
    let has_errors = tell(read::findings(log), &shown, language, arguments.format)?;
    let conflicts = about_new(&site, arguments, &journal_bytes, &imported, language)?;
    if let Some(lock) = lock.filter(|_| !imported.added.is_empty()) {
        lock.replace(
            read::JOURNAL,
            &journal_bytes,
            &[&journal_bytes, imported.added.as_bytes()],
        )?;
        let logged = lock.append("import.log", &log_entry(today, arguments, &imported));
        logged.or_fail(message::journal_not_logged)?;
    }
    if is_for_people(arguments.format) {
        terminal::print_line(&summary(&imported, conflicts, &messages))?;
        if arguments.dry_run {
            terminal::print_line(&messages.text(&message::dry_run()))?;
        }
    }
    if has_errors && is_for_people(arguments.format) {
        terminal::eprint_line(&messages.text(&message::not_imported()));
    }
    Ok(!has_errors)
}

fn is_for_people(format: Format) -> bool {
    matches!(format, Format::Human | Format::Short)
}

/// The files, read.
fn files(arguments: &SurveyArguments, shown: &mut Snapshot) -> Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    for path in &arguments.files {
        let bytes = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .or_fail(message::cannot_read_stdin)?;
            bytes
        } else {
            disk::read_file(path)?
        };
        let path = path_as_typed(path);
        shown.insert_answers(&path, bytes);
        files.extend(shown.find(&path).cloned());
    }
    Ok(files)
}

/// The mapping that was named, else the one beside the journal, unless a preset is asked for.
fn mapping(arguments: &SurveyArguments, site: &AnswerSite, shown: &mut Snapshot, log: &Log) -> Result<Option<Mapping>> {
    let kept = format!("answers/{}/mapping.yaml", arguments.id);
    let (path, bytes) = match &arguments.mapping {
        Some(path) => (path_as_typed(path), disk::read_file(path)?.into()),
        None => match site.snapshot.find(&kept) {
            Some(file) if arguments.preset.is_none() && !arguments.draft_mapping => {
                let called = format!("{}{}", site.snapshot.answers, &kept["answers/".len()..]);
                (called, file.bytes.clone())
            }
            _ => return Ok(None),
        },
    };
    shown.insert(&path, bytes);
    Ok(shown.find(&path).and_then(|file| read::mapping(file, log)))
}

/// Prints what the journal's reader finds in the new lines; gives how many responses there are to settle.
fn about_new(
    site: &AnswerSite,
    arguments: &SurveyArguments,
    journal: &[u8],
    imported: &Imported,
    language: Language,
) -> Result<usize> {
    let mut snapshot = site.snapshot.clone();
    let path = format!("answers/{}/{}", arguments.id, read::JOURNAL);
    snapshot.insert(&path, [journal, imported.added.as_bytes()].concat());
    let log = Log::default();
    let _ = read::answers(&site.site, &snapshot, &log);
    let is_new = |finding: &Finding| {
        finding.origin.as_ref().is_some_and(|origin| {
            *origin.file == *path && matches!(origin.at, At::Span(start, _) if start >= journal.len())
        })
    };
    // What could not be read has been told with its place in the export.
    let is_reported = |finding: &Finding| finding.code == Code::AnswersUnmatched;
    let is_here = |finding: &Finding| finding.origin.as_ref().is_some_and(|origin| *origin.file == *path);
    let all = read::findings(log);
    let conflicts = all
        .iter()
        .filter(|finding| finding.code == Code::AnswersConflict && is_here(finding))
        .count();
    let new = all
        .into_iter()
        .filter(|finding| is_new(finding) && !is_reported(finding))
        .collect();
    tell(new, &snapshot, language, arguments.format)?;
    Ok(conflicts)
}

/// What was done, in words.
fn summary(imported: &Imported, conflicts: usize, messages: &Messages) -> String {
    let report = &imported.report;
    let counts = [
        (report.new, message::responses_new()),
        (report.replaced.len(), message::responses_replaced()),
        (report.older.len(), message::responses_older()),
        (report.unchanged, message::responses_known()),
        (report.empty, message::responses_empty()),
        (report.drafts, message::responses_drafts()),
        (report.tests, message::responses_tests()),
        (conflicts, message::responses_conflicting()),
        (report.unmatched, message::values_unmatched()),
        (report.suspect, message::responses_suspect()),
        (report.unverified, message::responses_unverified()),
    ];
    let counts = counts
        .into_iter()
        .filter(|(n, counted)| *n > 0 || *counted == message::responses_new());
    let mut text = counts
        .map(|(n, counted)| messages.count(n, &counted))
        .collect::<Vec<_>>()
        .join(", ");
    if !report.columns_left.is_empty() {
        let left = message::columns_left(report.columns_left.join(", "));
        let _ = write!(text, "\n{}", messages.text(&left));
    }
    if report.left_behind > 0 {
        let _ = write!(
            text,
            "\n{}",
            messages.count(report.left_behind, &message::fields_left())
        );
    }
    text
}

/// The entry of the log: which day, which files, what was done, and which responses have a newer version now.
fn log_entry(today: Date, arguments: &SurveyArguments, imported: &Imported) -> String {
    let report = &imported.report;
    let files: Vec<String> = arguments.files.iter().map(|file| path_as_typed(file)).collect();
    let mut text = format!(
        "{today} {}: {} new, {} replaced, {} older, {} unchanged, {} empty, {} unmatched values, {} suspect, {} without the right code\n",
        files.join(" "),
        report.new,
        report.replaced.len(),
        report.older.len(),
        report.unchanged,
        report.empty,
        report.unmatched,
        report.suspect,
        report.unverified,
    );
    for id in &report.replaced {
        let _ = writeln!(text, "{today}   replaced {id}");
    }
    for id in &report.older {
        let _ = writeln!(text, "{today}   older    {id}");
    }
    text
}
