//! Cohorts: respondents who stood in the same publications with the same answers.
//!
//! Takes everything published of a consultation; gives how many stood in which publications and, where it is known, what
//! they answered. Publications are sums of cohorts, and a cohort is made of whole people: so an attacker who knows how many
//! came, left and answered anew between any two of them knows nothing that the system does not.

use super::cells::{Category, Conjunction};
use super::system::{System, View};
use crate::survey::results::{Basis, Trace};
use std::collections::BTreeMap;

/// How many are in each set of respondents.
pub(super) type Values = BTreeMap<Conjunction, i64>;

/// Respondents who stood in the same publications.
#[derive(Clone, Debug)]
pub(super) struct Cohort {
    /// Positions of the publications, ascending.
    pub(super) publications: Vec<usize>,
    /// How many they are.
    pub(super) size: i64,
    /// What they answered; `None`: not known.
    pub(super) values: Option<Values>,
}

impl Cohort {
    /// Whether they stood in a publication.
    pub(super) fn is_in(&self, publication: usize) -> bool {
        self.publications.binary_search(&publication).is_ok()
    }
}

/// The cohorts of these publications, the newest last. Where it is not known who stood in them: if `growing`, as if everybody
/// who ever answered stood in all that followed, else none.
pub(super) fn cohorts(publications: &[View], growing: bool) -> Vec<Cohort> {
    let bases: Option<Vec<&Basis>> = publications.iter().map(View::basis).collect();
    match bases {
        Some(bases) => known_cohorts(publications, &bases),
        None if growing => arrivals(publications),
        None => Vec::new(),
    }
}

/// How many stood in both publications and have been sorted under other themes since.
pub(super) fn recoded(then: &View, now: &View) -> i64 {
    let (Some(then), Some(now)) = (then.basis(), now.basis()) else {
        return 0;
    };
    let both = now
        .respondents
        .iter()
        .filter_map(|(id, now)| Some((then.respondents.get(id)?, now)));
    count(both.filter(|(then, now)| then.digest == now.digest && then.codings != now.codings))
}

fn known_cohorts(publications: &[View], bases: &[&Basis]) -> Vec<Cohort> {
    let mut stood: BTreeMap<(&String, &String), Vec<usize>> = BTreeMap::new();
    for (publication, basis) in bases.iter().enumerate() {
        for (id, Trace { digest, .. }) in &basis.respondents {
            stood.entry((id, digest)).or_default().push(publication);
        }
    }
    let mut sizes: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for publications in stood.into_values() {
        *sizes.entry(publications).or_default() += 1;
    }
    let counts = Counts { publications, bases };
    let cohorts = sizes.into_iter().map(|(stood, size)| Cohort {
        values: counts.of(&stood, publications.len() - 1),
        publications: stood,
        size,
    });
    cohorts.collect()
}

/// Each publication's new respondents, who stay.
fn arrivals(publications: &[View]) -> Vec<Cohort> {
    let size = |at: usize| i64::from(publications[at].shown.base.answered);
    let values = |at: usize| {
        let view = &publications[at];
        System::values_of(view.truth.unwrap_or(view.shown))
    };
    let arrivals = (0..publications.len()).map(|at| Cohort {
        publications: (at..publications.len()).collect(),
        size: size(at) - if at == 0 { 0 } else { size(at - 1) },
        values: Some(match at {
            0 => values(0),
            _ => difference(&values(at), &values(at - 1)),
        }),
    });
    let arrivals: Vec<Cohort> = arrivals.filter(|cohort| cohort.size != 0).collect();
    let is_below_nobody = |cohort: &Cohort| {
        let mut values = cohort.values.iter().flat_map(Values::values);
        cohort.size < 0 || values.any(|value| *value < 0)
    };
    // A number that fell shows that somebody left.
    let somebody_left = arrivals.iter().any(is_below_nobody);
    if somebody_left { Vec::new() } else { arrivals }
}

/// Counts of cohorts, as far as they were kept.
struct Counts<'a> {
    publications: &'a [View<'a>],
    bases: &'a [&'a Basis],
}

impl Counts<'_> {
    /// What those answered who stood in these publications, and in none of the others up to the last.
    fn of(&self, stood: &[usize], last: usize) -> Option<Values> {
        if stood.last() == Some(&last) {
            return self.kept(&stood[..stood.len() - 1], last).ok()?;
        }
        let before = self.of(stood, last.checked_sub(1)?)?;
        // Those who stayed are the others.
        Some(match self.kept(stood, last).ok()? {
            Some(stayed) => difference(&before, &stayed),
            None => before,
        })
    }

    /// What was kept of those in a publication who had stood in these before: nothing when there were none such.
    fn kept(&self, earlier: &[usize], publication: usize) -> Result<Option<Values>, NotKept> {
        if publication == 0 {
            return Ok(self.publications[0].truth.map(System::values_of));
        }
        let cohorts = &self.bases[publication].cohorts;
        if cohorts.is_empty() {
            return Err(NotKept);
        }
        let kept = cohorts.iter().find(|cohort| cohort.earlier == earlier);
        Ok(kept.map(|cohort| System::values_of(&cohort.counted)))
    }
}

/// A publication of which no cohorts were counted.
struct NotKept;

/// A number among these. A channel by which nobody came is not written.
pub(super) fn value_in(values: &Values, set: &Conjunction) -> Option<i64> {
    let is_channel = |category: &Category| matches!(category, Category::Channel(_));
    let nobody = set.iter().any(|condition| is_channel(&condition.category)).then_some(0);
    values.get(set).copied().or(nobody)
}

fn difference(all: &Values, some: &Values) -> Values {
    let left = all
        .iter()
        .filter_map(|(set, number)| Some((set.clone(), number - value_in(some, set)?)));
    left.collect()
}

fn count(all: impl Iterator) -> i64 {
    i64::try_from(all.count()).unwrap_or(i64::MAX)
}
