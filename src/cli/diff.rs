//! `diff`: two sites, each from a folder or a git revision → what differs, for people or programs, and as a record for readers.

use super::arguments::{Diff, DiffFormat};
use super::{build, index, schema};
use crate::compile::{Outcome, compile};
use crate::diff::{self, Difference, Side};
use crate::disk::{self, SiteVersion};
use crate::finding::print::Format;
use crate::finding::{Code, Finding, Language, Messages, Severity, has_errors};
use crate::model::Site;
use crate::render::Wishes;
use crate::source::Snapshot;
use crate::{clock, read};
use anyhow::bail;
use std::path::Path;

/// Tells what differs; false when the new site has errors, or one of the two is no site.
pub(super) fn diff(wanted: &Diff, language: Language) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    let wishes = Wishes {
        today: clock::today(wanted.today.as_deref())?,
        base_url: None,
        drafts: wanted.drafts,
        release: false,
    };
    let before = disk::site_version(&wanted.site, &wanted.old)?;
    let after = match &wanted.new {
        Some(name) => disk::site_version(&wanted.site, name)?,
        None => SiteVersion::Folder(wanted.site.clone()),
    };
    // Most pages are the same on both sides, and mostly as they were last built.
    let memo = disk::load_memo(&wanted.site.join("output"));
    let compiled = |stand: &SiteVersion| -> anyhow::Result<(Snapshot, Outcome)> {
        let snapshot = gathered(stand, wanted)?;
        let outcome = compile(&snapshot, &wishes, &memo);
        Ok((snapshot, outcome))
    };
    let (old, new) = (compiled(&before)?, compiled(&after)?);
    let (Some(old_site), Some(new_site)) = (old.1.site.clone(), new.1.site.clone()) else {
        for (snapshot, outcome) in [old, new].into_iter().filter(|(_, outcome)| outcome.site.is_none()) {
            build::print(outcome.findings, &snapshot, &messages, Format::Human);
        }
        return Ok(false);
    };
    let sides = (
        Side {
            site: &old_site,
            outcome: &old.1,
        },
        Side {
            site: &new_site,
            outcome: &new.1,
        },
    );
    let difference = diff::between(sides.0, sides.1, i32::from(wishes.today.year()));
    let own = diff::unexplained(&difference, &new_site);
    let here = wanted.site.display().to_string();
    let names = (wanted.old.as_str(), wanted.new.as_deref().unwrap_or(&here));
    match wanted.format {
        DiffFormat::Json => index::put(&diff::json(&difference, &own, names, language))?,
        DiffFormat::Markdown => index::put(&diff::markdown(&difference, &own, names, language))?,
        DiffFormat::Human => {
            index::put(&diff::text(&difference, names, language))?;
            build::print(own, &new.0, &messages, Format::Human);
        }
    }
    if wanted.publish && !publish(wanted, &difference, (&new_site, &new.1.findings), &wishes, language)? {
        return Ok(false);
    }
    Ok(!has_errors(&new.1.findings))
}

/// Records the difference as an update of the site; false when the site has errors that make it another than its author meant.
fn publish(
    wanted: &Diff,
    difference: &Difference<'_>,
    (site, findings): (&Site, &[Finding]),
    wishes: &Wishes,
    language: Language,
) -> anyhow::Result<bool> {
    let messages = Messages::of(language);
    // A claim that no longer holds is what an update tells of; it is mended in the text, not in the figures.
    let is_claim = |finding: &Finding| matches!(finding.code, Code::ClaimFalse | Code::ClaimOpen);
    if findings
        .iter()
        .any(|finding| finding.severity == Severity::Error && !is_claim(finding))
    {
        eprintln!("{}", messages.word("diff_errors"));
        return Ok(false);
    }
    let Some(text) = diff::record(difference, site, wishes.today, language) else {
        eprintln!("{}", messages.word("diff_nothing"));
        return Ok(true);
    };
    let path = diff::record_path(wishes.today);
    let lock = disk::DataLock::take(&wanted.site)?;
    if wanted.site.join(&path).exists() && !wanted.replace {
        bail!(
            "{}",
            messages.word("diff_exists").replace("{files}", &format!("`{path}`"))
        );
    }
    let mut files = vec![(path.clone(), text.into_bytes())];
    let own = read::schema_path("update");
    if !wanted.site.join(&own).exists() {
        files.push((own, schema::text("update").into_bytes()));
    }
    lock.write(&files)?;
    eprintln!("{}", messages.word("diff_recorded").replace("{files}", &path));
    Ok(true)
}

/// The files of one side, and the answers to its surveys.
fn gathered(stand: &SiteVersion, wanted: &Diff) -> anyhow::Result<Snapshot> {
    let (site, said) = (&wanted.site, wanted.answers.as_deref());
    let commit = match stand {
        SiteVersion::Folder(folder) => return build::gather_with_answers(folder, said, &folder.join("output")),
        SiteVersion::Commit(commit) => commit,
    };
    let mut snapshot = disk::gather_revision(site, commit, read::answers_folder)?;
    let set = read::answers_folder(&snapshot);
    // What lies outside the site has no revisions: both sides then have it as it is now.
    if said.is_some() || set.starts_with("..") || Path::new(&set).is_absolute() {
        disk::gather_answers(&mut snapshot, site, &disk::answers_folder(site, &set, said));
    }
    let editions = read::edition_folders(&snapshot);
    disk::gather_editions(&mut snapshot, site, &editions);
    Ok(snapshot)
}
