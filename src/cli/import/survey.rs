//! `import survey`: files → journal, and in words what was done.

use super::{Ground, SurveyArguments, called, tell};
use crate::finding::print::Format;
use crate::finding::{Code, Finding, Language, Log, Messages, Severity};
use crate::import::{self, Imported, Survey};
use crate::model::Mapping;
use crate::source::{At, Snapshot, SourceFile};
use crate::{clock, disk, read};
use anyhow::Context;
use jiff::civil::Date;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

/// Imports what can be read; false when something is wrong with what was given.
pub(in crate::cli) fn survey(wanted: &SurveyArguments, language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    let today = clock::today(wanted.today.as_deref())?;
    let ground = Ground::open(&wanted.place, &messages)?;
    let consultation = ground.consultation(&wanted.id, &messages)?;
    // What was given is shown in findings by the names the user knows.
    let mut given = Snapshot::default();
    let files = files(wanted, &mut given)?;
    let log = Log::default();
    let mapping = mapping(wanted, &ground, &mut given, &log)?;
    let journal_bytes = ground.text(&wanted.id, read::JOURNAL);
    let journal = String::from_utf8_lossy(&journal_bytes);
    let codes = ground.snapshot.find(&format!("answers/{}/codes.csv", wanted.id));
    let codes = codes.map(|file| {
        given.insert(&file.path, file.bytes.clone());
        read::codes(file, &log)
    });
    let survey = Survey {
        consultation,
        journal: &journal,
        codes: codes.as_deref().filter(|_| consultation.channels.codes),
        mapping: mapping.as_ref(),
        tool: wanted.preset,
    };
    if wanted.draft_mapping {
        let draft = files.first().and_then(|file| import::draft(&survey, file, &log));
        let has_errors = tell(log.into_sorted(), &given, language, wanted.format);
        std::io::stdout().write_all(draft.unwrap_or_default().as_bytes())?;
        return Ok(!has_errors);
    }
    // A mapping that is only half read would put answers in the wrong place.
    let imported = if log.any_since(0, |finding| finding.severity == Severity::Error) {
        Imported::default()
    } else {
        import::survey(&survey, &files, &log)
    };
    let has_errors = tell(log.into_sorted(), &given, language, wanted.format);
    let conflicts = about_new(&ground, wanted, &journal_bytes, &imported, language);
    if !wanted.dry_run && !imported.added.is_empty() {
        let lock = disk::AnswersLock::take(&ground.folder, &wanted.id)?;
        lock.replace(
            read::JOURNAL,
            &journal_bytes,
            &[&journal_bytes, imported.added.as_bytes()],
        )?;
        let told = lock.append("import.log", &log_entry(today, wanted, &imported));
        told.context("the answers are in the journal, but the log does not tell of it; do not import them again")?;
    }
    if is_for_people(wanted.format) {
        println!("{}", summary(&imported, conflicts, &messages));
        if wanted.dry_run {
            println!("{}", messages.word("dry_run"));
        }
    }
    if has_errors && is_for_people(wanted.format) {
        eprintln!("{}", messages.word("not_imported"));
    }
    Ok(!has_errors)
}

fn is_for_people(format: Format) -> bool {
    matches!(format, Format::Human | Format::Short)
}

/// The files, read.
fn files(wanted: &SurveyArguments, given: &mut Snapshot) -> anyhow::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    for path in &wanted.files {
        let bytes = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .context("cannot read standard input")?;
            bytes
        } else {
            disk::read_file(path)?
        };
        let path = called(path);
        given.insert(&path, bytes);
        files.extend(given.find(&path).cloned());
    }
    Ok(files)
}

/// The mapping that was named, else the one beside the journal, unless a preset is asked for.
fn mapping(
    wanted: &SurveyArguments,
    ground: &Ground,
    given: &mut Snapshot,
    log: &Log,
) -> anyhow::Result<Option<Mapping>> {
    let kept = format!("answers/{}/mapping.yaml", wanted.id);
    let (path, bytes) = match &wanted.mapping {
        Some(path) => (called(path), disk::read_file(path)?.into()),
        None => match ground.snapshot.find(&kept) {
            Some(file) if wanted.preset.is_none() && !wanted.draft_mapping => {
                let shown = format!("{}{}", ground.snapshot.answers, &kept["answers/".len()..]);
                (shown, file.bytes.clone())
            }
            _ => return Ok(None),
        },
    };
    given.insert(&path, bytes);
    Ok(given.find(&path).and_then(|file| read::mapping(file, log)))
}

/// Prints what the journal's reader finds in the new lines; gives how many responses there are to settle.
fn about_new(
    ground: &Ground,
    wanted: &SurveyArguments,
    journal: &[u8],
    imported: &Imported,
    language: Language,
) -> usize {
    let mut snapshot = ground.snapshot.clone();
    let path = format!("answers/{}/{}", wanted.id, read::JOURNAL);
    snapshot.insert(&path, [journal, imported.added.as_bytes()].concat());
    let log = Log::default();
    let _ = read::answers(&ground.site, &snapshot, &log);
    let is_new = |finding: &Finding| {
        finding.origin.as_ref().is_some_and(|origin| {
            *origin.file == *path && matches!(origin.at, At::Span(start, _) if start >= journal.len())
        })
    };
    // What could not be read has been told with its place in the export.
    let is_told = |finding: &Finding| finding.code == Code::AnswersUnmatched;
    let is_here = |finding: &Finding| finding.origin.as_ref().is_some_and(|origin| *origin.file == *path);
    let all = log.into_sorted();
    let conflicts = all
        .iter()
        .filter(|own| own.code == Code::AnswersConflict && is_here(own))
        .count();
    let mut new: Vec<Finding> = all.into_iter().filter(|own| is_new(own) && !is_told(own)).collect();
    for own in new.iter_mut().filter(|own| own.code == Code::AnswersConflict) {
        // It has been taken in, and is an error of the next build unless a human settles it before.
        own.severity = Severity::Warning;
    }
    tell(new, &snapshot, language, wanted.format);
    conflicts
}

/// What was done, in words.
fn summary(imported: &Imported, conflicts: usize, messages: &Messages) -> String {
    let report = &imported.report;
    let counts = [
        (report.new, "one_new", "new"),
        (report.replaced.len(), "one_replaced", "replaced"),
        (report.older.len(), "one_older", "older"),
        (report.unchanged, "one_known", "known"),
        (report.empty, "one_empty", "empty"),
        (conflicts, "one_conflict", "conflicts"),
        (report.unmatched, "one_unmatched", "unmatched"),
        (report.suspect, "one_suspect", "suspect"),
        (report.unverified, "one_unverified", "unverified"),
    ];
    let told = counts.into_iter().filter(|(n, one, _)| *n > 0 || *one == "one_new");
    let mut text = told
        .map(|(n, one, many)| messages.count(n, one, many))
        .collect::<Vec<_>>()
        .join(", ");
    if !report.columns_left.is_empty() {
        let _ = write!(
            text,
            "\n{} {}",
            messages.word("columns_left"),
            report.columns_left.join(", ")
        );
    }
    if report.left_behind > 0 {
        let _ = write!(
            text,
            "\n{}",
            messages.count(report.left_behind, "one_left_behind", "left_behind")
        );
    }
    text
}

/// The entry of the log: which day, which files, what was done, and which responses have a newer version now.
fn log_entry(today: Date, wanted: &SurveyArguments, imported: &Imported) -> String {
    let report = &imported.report;
    let files: Vec<String> = wanted.files.iter().map(|file| called(file)).collect();
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
