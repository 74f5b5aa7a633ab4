//! Checks computed indices, and reports what their method cannot do with these figures.
//!
//! Mistakes that can be seen without figures are reported by [`crate::bind`].

use super::normalise::Scale;
use super::{Composite, ScoreSheet, Slice};
use crate::finding::{Code, Finding, Log, message};
use crate::measure;
use crate::model::{Aggregation, BasePeriod, Indicator, Moment, Part, PlaceId, Sex, Site};
use crate::source::Origin;

/// How far a computed score may be from the published one, as a share of it or in points, whichever is more: published
/// scores have six decimals, and so have those that they are computed from.
const AGREEMENT: f64 = 1e-6;

/// Reports what the figures do not allow, and where they are at odds with what has been published.
pub fn check(site: &Site, composites: &[Composite<'_>], log: &Log) {
    for composite in composites {
        let check = IndexCheck { site, composite };
        let mut findings = check.bases();
        findings.extend((0..composite.frame.leaves.len()).filter_map(|leaf| check.logarithm(leaf)));
        findings.extend(check.flat());
        findings.extend(check.means());
        if findings.is_empty() {
            findings = check.thin();
        }
        findings.extend(check.published());
        log.append(findings);
    }
}

/// The check of one index.
struct IndexCheck<'a> {
    site: &'a Site,
    composite: &'a Composite<'a>,
}

impl IndexCheck<'_> {
    /// Base years, the author's own and those tried instead, in which some indicator has no figures.
    fn bases(&self) -> Vec<Finding> {
        let frame = &self.composite.frame;
        let index = frame.index;
        let varied = index.origin.at("uncertainty").at("base");
        let others = index
            .variation
            .base
            .iter()
            .enumerate()
            .map(|(number, period)| (*period, varied.at(&number.to_string()), true));
        let own = (index.base.period, index.origin.at("base").at("period"), false);
        let mut findings = Vec::new();
        for (period, origin, varied) in std::iter::once(own).chain(others) {
            let BasePeriod::Year(year) = period else { continue };
            let slice = frame.slice(Slice {
                moment: Moment::Year(year),
                sex: Sex::Total,
            });
            let without = |leaf: usize| {
                slice.is_none_or(|slice| frame.columns[slice][leaf].denominated.iter().all(Option::is_none))
            };
            // Published scores are on a scale already, unless other ways are tried.
            let scaled = |leaf: usize| frame.leaves[leaf].latest.is_some() && (varied || !frame.leaves[leaf].published);
            let lacking: Vec<String> = (0..frame.leaves.len())
                .filter(|leaf| scaled(*leaf) && without(*leaf))
                .map(|leaf| format!("`{}`", frame.nodes[frame.leaves[leaf].node].score.id))
                .collect();
            if !lacking.is_empty() {
                let finding = Finding::new(Code::IndexBase, origin).with("year", year);
                findings.push(finding.with("value", lacking.join(", ")));
            }
        }
        findings
    }

    /// A leaf with a figure, or a goal, of which there is no logarithm.
    fn logarithm(&self, leaf: usize) -> Option<Finding> {
        let frame = &self.composite.frame;
        let of_figures = || {
            self.composite.sheets.iter().find_map(|sheet| {
                let figures = &sheet.figures[leaf];
                let lost = |unit: &usize| figures.imputed[*unit].is_some() && figures.treated[*unit].is_none();
                let unit = (0..frame.units.len()).find(lost)?;
                let figure = figures.imputed[unit]?;
                Some((
                    self.name(frame.units[unit]),
                    figures.treatment.apply(figure).unwrap_or(figure),
                ))
            })
        };
        let of_goals = || {
            let score = frame.nodes[frame.leaves[leaf].node].score;
            let target = score.target.map(|target| ("`target`", target));
            let goalposts = score.goalposts.into_iter().flatten().map(|end| ("`goalposts`", end));
            let mut goals = target
                .into_iter()
                .chain(goalposts)
                .filter(|(_, goal)| score.log && *goal <= 0.0);
            goals.next().map(|(key, goal)| (key.to_owned(), goal))
        };
        let (whose, number) = of_figures().or_else(of_goals)?;
        let finding = self.at_leaf(Code::IndexLog, leaf, "log").with("unit", whose);
        Some(finding.with("number", rounded(number)))
    }

    /// Leaves whose figures are all equal, not only because others were lost.
    fn flat(&self) -> Vec<Finding> {
        let finding_at = |leaf: usize| {
            let scales = self
                .composite
                .sheets
                .iter()
                .map(|sheet| sheet.figures[leaf].scale.as_ref());
            let flat = scales.flatten().find_map(|scale| match scale {
                Scale::Flat(score) => Some(*score),
                _ => None,
            })?;
            let finding = self.at_leaf(Code::IndexFlat, leaf, "id");
            Some(match flat {
                Some(score) => finding.with("score", rounded(score)),
                None => finding,
            })
        };
        let whole = |leaf: &usize| self.logarithm(*leaf).is_none();
        (0..self.composite.frame.leaves.len())
            .filter(whole)
            .filter_map(finding_at)
            .collect()
    }

    /// Nodes whose mean does not exist for some unit.
    fn means(&self) -> Vec<Finding> {
        let frame = &self.composite.frame;
        let finding_at = |at: usize| {
            let node = &frame.nodes[at];
            let kind = self.composite.recipe.method.aggregation(node.depth);
            let barred = |sheet: &ScoreSheet| {
                let score = |child: usize, unit: usize| sheet.scores[child][unit].filter(|score| !kind.admits(*score));
                let mut pairs = node
                    .children
                    .iter()
                    .flat_map(|child| (0..frame.units.len()).map(|unit| (*child, unit)));
                pairs.find_map(|(child, unit)| Some((child, unit, score(child, unit)?)))
            };
            // Years that only decide a scale, or would by an alternative, are not scored.
            let scored = |sheet: &&ScoreSheet| frame.index.yearly || !matches!(sheet.slice.moment, Moment::Year(_));
            let (child, unit, score) = self.composite.sheets.iter().filter(scored).find_map(barred)?;
            let mean = if kind == Aggregation::Harmonic {
                message::harmonic_mean()
            } else {
                message::geometric_mean()
            };
            let finding = Finding::new(Code::IndexMean, node.score.origin.at("id")).with("value", &node.score.id);
            let finding = finding
                .with_message("expected", mean)
                .with("child", &frame.nodes[child].score.id);
            Some(
                finding
                    .with("unit", self.name(frame.units[unit]))
                    .with("score", rounded(score)),
            )
        };
        frame.computed_nodes().filter_map(finding_at).collect()
    }

    /// Tops without any score, and leaves whose figures give none; the index itself when its tree is empty.
    fn thin(&self) -> Vec<Finding> {
        let frame = &self.composite.frame;
        if frame.nodes.is_empty() {
            let finding = Finding::new(Code::IndexThin, frame.index.origin.at("tree"));
            return vec![finding.with("value", &frame.index.id)];
        }
        let latest = self.composite.latest();
        let empty = |node: usize| latest.scores[node].iter().all(Option::is_none);
        let tops = frame.tops().filter(|top| empty(*top));
        let has_figures = |leaf: usize| latest.figures[leaf].treated.iter().any(Option::is_some);
        let leaves = (0..frame.leaves.len()).filter(|leaf| has_figures(*leaf) && empty(frame.leaves[*leaf].node));
        let mut nodes: Vec<usize> = leaves.map(|leaf| frame.leaves[leaf].node).collect();
        if nodes.is_empty() {
            nodes = tops.collect();
        }
        let finding = |node: usize| {
            let score = frame.nodes[node].score;
            Finding::new(Code::IndexThin, score.origin.at("id")).with("value", &score.id)
        };
        nodes.into_iter().map(finding).collect()
    }

    /// Nodes whose computed scores are not those that have been published; the largest difference of each.
    fn published(&self) -> Vec<Finding> {
        let frame = &self.composite.frame;
        let finding_at = |at: usize| {
            let score = frame.nodes[at].score;
            let indicator = self.site.scored(score)?;
            let pairs: Vec<(PlaceId, f64, f64)> = self
                .composite
                .sheets
                .iter()
                .flat_map(|sheet| self.pairs(sheet, at, indicator))
                .collect();
            let distance = |(_, computed, published): &(PlaceId, f64, f64)| (computed - published).abs();
            let differs = |pair: &&(PlaceId, f64, f64)| distance(pair) > AGREEMENT * pair.2.abs().max(1.0);
            let differing: Vec<_> = pairs.iter().filter(differs).collect();
            let worst = differing
                .iter()
                .copied()
                .reduce(|a, b| if distance(b) > distance(a) { b } else { a })?;
            let finding = Finding::new(Code::IndexPublished, score.origin.at("indicator")).with("value", &score.id);
            let finding = finding
                .with("unit", self.name(worst.0))
                .with("number", rounded(worst.1));
            let finding = finding
                .with("published", rounded(worst.2))
                .with("count", differing.len());
            Some(finding.with("of", pairs.len()))
        };
        frame.computed_nodes().filter_map(finding_at).collect()
    }

    /// Computed and published scores of a node in a sheet: those of the units, and the country's.
    fn pairs(&self, sheet: &ScoreSheet, node: usize, indicator: &Indicator) -> Vec<(PlaceId, f64, f64)> {
        let frame = &self.composite.frame;
        let latest =
            |unit: &PlaceId| measure::latest(indicator, *unit, Part::TOTAL, None).map(|latest| latest.period.year());
        let year = match sheet.slice.moment {
            Moment::Latest => frame.units.iter().filter_map(latest).max(),
            Moment::Year(year) => Some(year),
            // Nobody publishes how it was so many years before.
            Moment::Lag(_) => None,
        };
        let published = |place: PlaceId| {
            let series = indicator.series(place, Part::of_sex(sheet.slice.sex))?;
            series
                .observations
                .iter()
                .find(|observation| Some(observation.period.year()) == year)?
                .value
                .known()
        };
        let units = frame
            .units
            .iter()
            .zip(&sheet.scores[node])
            .map(|(unit, score)| (*unit, *score));
        let country = self.site.settings.country.map(|country| (country, sheet.country[node]));
        let all = units.chain(country.filter(|(country, _)| !frame.units.contains(country)));
        all.filter_map(|(place, score)| Some((place, score?, published(place)?)))
            .collect()
    }

    /// A finding about a leaf, at this key of its node.
    fn at_leaf(&self, code: Code, leaf: usize, key: &str) -> Finding {
        let frame = &self.composite.frame;
        let score = frame.nodes[frame.leaves[leaf].node].score;
        let origin: Origin = score.origin.at(key);
        Finding::new(code, origin).with("value", &score.id)
    }

    fn name(&self, place: PlaceId) -> String {
        let language = self.site.settings.languages.first().map_or("", String::as_str);
        self.site.places[place].name.in_language(language).to_owned()
    }
}

/// A number as an author would write it: with six decimals at most.
fn rounded(number: f64) -> f64 {
    let rounded = (number * 1e6).round() / 1e6;
    // Not −0.
    if rounded == 0.0 { 0.0 } else { rounded }
}
