//! Findings as they are made: every stage adds, none stops at the first.

use super::{Argument, Finding, Severity};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Findings in the order they were made. One a thread; threads' logs are joined in input order.
#[derive(Debug, Default)]
pub struct Log(RefCell<Vec<Finding>>);

impl Log {
    /// Adds a finding.
    pub fn add(&self, finding: Finding) {
        self.0.borrow_mut().push(finding);
    }

    /// Adds all findings of another log.
    pub fn append(&self, findings: Vec<Finding>) {
        self.0.borrow_mut().extend(findings);
    }

    /// Number of findings so far; two equal numbers mean that nothing was found in between.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// True if there is no finding.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// True if one of the findings after the first `before` is of this kind.
    pub fn any_since(&self, before: usize, is_meant: impl Fn(&Finding) -> bool) -> bool {
        self.0.borrow().iter().skip(before).any(is_meant)
    }

    /// All findings in the order they were made.
    #[must_use]
    pub fn into_inner(self) -> Vec<Finding> {
        self.0.into_inner()
    }
}

/// These findings by file, place and code, each once; of many of one kind in one file only the first, with the number of the rest.
#[must_use]
pub fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| (&a.origin, a.code, &a.arguments).cmp(&(&b.origin, b.code, &b.arguments)));
    findings.dedup();
    shorten(findings)
}

/// Findings of one kind in one file, beyond which the rest is only counted: a file that is wrong throughout is one fault.
const MOST: usize = 50;

/// The first of many findings of one kind in one file; the last that is kept says how many `more` there are.
fn shorten(findings: Vec<Finding>) -> Vec<Finding> {
    let mut counts = BTreeMap::new();
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let key = (finding.origin.as_ref().map(|origin| origin.file.clone()), finding.code);
        let (count, last) = counts.entry(key).or_insert((0, 0));
        *count += 1;
        if *count <= MOST {
            *last = kept.len();
            kept.push(finding);
        }
    }
    for (count, last) in counts.into_values().filter(|(count, _)| *count > MOST) {
        let more = Argument::Text((count - MOST).to_string());
        kept[last].arguments.push(("more", more));
    }
    kept
}

/// True if one of the findings forbids publishing.
#[must_use]
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
