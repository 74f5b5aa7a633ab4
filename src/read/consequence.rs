//! One fault, one message: findings that only follow from another are left out.
//!
//! A file that cannot be read defines nothing, so everything that names what it would have defined looks
//! unknown; and figures that are missing because of a fault make true claims look false. Once the
//! fault is mended such findings are gone, or they are said in the next run.

use crate::finding::{Argument, Code, Finding, Log, Severity, message, sorted};
use std::collections::BTreeSet;

/// All findings of a log, sorted by file, place and code, each once, without those that only follow from another.
#[must_use]
pub fn findings(log: Log) -> Vec<Finding> {
    let mut all = log.into_inner();
    leave_out(&mut all);
    sorted(all)
}

/// Leaves out the findings that follow from others.
fn leave_out(findings: &mut Vec<Finding>) {
    let causes = || {
        findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error && !names_something(finding.code))
    };
    let named = |cause: &Finding| {
        cause
            .argument("path")
            .filter(|_| cause.code == Code::FileMissing)
            .map(ToOwned::to_owned)
    };
    let holding = |cause: &Finding| cause.origin.as_ref().map(|origin| origin.file.to_string());
    let broken: BTreeSet<String> = causes()
        .flat_map(|cause| [named(cause), holding(cause)])
        .flatten()
        .collect();
    let lacks_figures = findings.iter().any(disturbs_figures);
    let faulty = |finding: &&Finding| finding.severity == Severity::Error && !is_computed(finding.code);
    let faulty: BTreeSet<String> = findings.iter().filter(faulty).filter_map(holding).collect();
    let half_read = |finding: &Finding| {
        is_computed(finding.code) && (lacks_figures || holding(finding).is_some_and(|file| faulty.contains(&file)))
    };
    findings.retain(|finding| {
        !(is_unread(finding, &broken) || half_read(finding) || lacks_figures && needs_figures(finding))
    });
}

/// Whether it is about an index as computed; one that was read only in part is not computed as its author meant.
fn is_computed(code: Code) -> bool {
    use Code::{IndexBase, IndexFlat, IndexLog, IndexMean, IndexPublished, IndexThin};
    matches!(
        code,
        IndexBase | IndexFlat | IndexLog | IndexMean | IndexPublished | IndexThin
    )
}

/// Whether it is about a name that something else should have defined.
fn names_something(code: Code) -> bool {
    code.name().starts_with("unknown/")
}

/// Whether it names something that a broken file would have defined.
fn is_unread(finding: &Finding, broken: &BTreeSet<String>) -> bool {
    let name = finding.argument("value").unwrap_or_default();
    let folder = match finding.code {
        Code::UnknownPlace | Code::UnknownGroup => return broken.contains("data/places.yaml"),
        Code::UnknownTopic => return broken.contains("data/topics.yaml"),
        Code::UnknownTerm => return broken.contains("data/terms.yaml"),
        Code::UnknownPage => {
            let end = format!("/{name}.md");
            return broken
                .iter()
                .any(|file| file.starts_with("content/") && file.ends_with(&end));
        }
        Code::UnknownIndicator => "indicators",
        Code::UnknownSet => "sets",
        Code::UnknownIndex => "indices",
        Code::UnknownConsultation => {
            return ["surveys", "consultations"]
                .iter()
                .any(|folder| broken.contains(&format!("data/{folder}/{name}.yaml")));
        }
        Code::UnknownAnalysis => "analyses",
        Code::UnknownChart => "charts",
        _ => return false,
    };
    broken.contains(&format!("data/{folder}/{name}.yaml"))
}

/// Whether it may be that figures are missing or in the wrong place because of it.
fn disturbs_figures(finding: &Finding) -> bool {
    let Some(origin) = &finding.origin else { return false };
    // A key that is unknown may be the unit's digits, which decide what readers see.
    let settles = |code| matches!(code, Code::DateForm | Code::UnknownTopic);
    match &*origin.file {
        "data/site.yaml" | "data/places.yaml" => finding.severity == Severity::Error,
        file if file.starts_with("data/indicators/") || file.starts_with("data/series/") => {
            finding.severity == Severity::Error && !settles(finding.code)
        }
        _ => false,
    }
}

/// Whether it would not be there if the figures were.
fn needs_figures(finding: &Finding) -> bool {
    match finding.code {
        Code::ClaimFalse | Code::ClaimOpen | Code::ClaimPeriods | Code::ExpressionMissing | Code::ChartEmpty => true,
        // The report's own place or country is what could not be read.
        Code::ExpressionFails => finding.arguments.iter().any(|(_, argument)| {
            [message::no_home(), message::no_country()]
                .map(Argument::Message)
                .contains(argument)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;

    fn left(findings: &[(Code, &str, &str)]) -> Vec<Code> {
        let finding = |(code, file, value): &(Code, &str, &str)| {
            Finding::new(*code, Origin::file(&(*file).into())).with("value", value)
        };
        let mut findings: Vec<Finding> = findings.iter().map(finding).collect();
        leave_out(&mut findings);
        findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn what_a_broken_file_would_define_is_not_called_unknown() {
        let broken = (Code::YamlSyntax, "data/indicators/a.yaml", "");
        let unknown = |id| (Code::UnknownIndicator, "content/x.md", id);
        assert_eq!(
            left(&[broken, unknown("a"), unknown("b")]),
            [Code::YamlSyntax, Code::UnknownIndicator]
        );
        assert_eq!(
            left(&[
                (Code::FrontMatter, "content/om/b.md", ""),
                (Code::UnknownPage, "data/site.yaml", "om/b")
            ]),
            [Code::FrontMatter]
        );
    }

    #[test]
    fn an_unknown_name_is_no_reason_to_hide_another() {
        let unknown = (Code::UnknownPlace, "data/places.yaml", "19");
        assert_eq!(left(&[unknown, (Code::UnknownPlace, "data/site.yaml", "20")]).len(), 2);
    }

    #[test]
    fn what_an_index_gives_waits_until_it_is_read_whole() {
        let flat = (Code::IndexFlat, "data/indices/a.yaml", "x");
        assert_eq!(
            left(&[(Code::UnknownNode, "data/indices/a.yaml", "y"), flat]),
            [Code::UnknownNode]
        );
        assert_eq!(left(&[(Code::UnknownNode, "data/indices/b.yaml", "y"), flat]).len(), 2);
        assert_eq!(left(&[(Code::IndexLog, "data/indices/a.yaml", "y"), flat]).len(), 2);
        assert_eq!(
            left(&[(Code::NumberText, "data/series/a.csv", ""), flat]),
            [Code::NumberText]
        );
    }

    #[test]
    fn claims_wait_for_the_figures() {
        let claim = (Code::ClaimFalse, "content/x.md", "");
        assert_eq!(
            left(&[(Code::NumberText, "data/series/a.csv", ""), claim]),
            [Code::NumberText]
        );
        assert_eq!(
            left(&[(Code::UnknownTopic, "data/indicators/a.yaml", "b"), claim]).len(),
            2
        );
    }
}
