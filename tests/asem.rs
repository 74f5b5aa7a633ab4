//! The index engine beside a peer: the ASEM example, each stage against what COINr gave for it.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use utsikt::finding::Log;
use utsikt::index::leave_out::{leave_out, most};
use utsikt::index::sensitivity::Sensitivity;
use utsikt::index::variation::{RankInterval, RankIntervals};
use utsikt::index::{Composite, LeafFigures, LeafRank, Recipe, Reference, score};
use utsikt::model::{Aggregation, Index, Normalisation, Site};
use utsikt::read;

/// A table of numbers: column → unit → number.
type Table = BTreeMap<String, BTreeMap<String, Option<f64>>>;

fn site() -> Site {
    let snapshot = utsikt::disk::gather(Path::new("tests/asem/site")).expect("the example is there");
    let log = Log::default();
    let site = read::site(&snapshot, &log).expect("a site");
    let findings = log.into_inner();
    assert!(findings.is_empty(), "{findings:#?}");
    site
}

fn expected(name: &str) -> Table {
    let mut reader = csv::Reader::from_path(format!("tests/asem/expected/{name}.csv")).expect("a table");
    let header: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_lowercase)
        .collect();
    let mut table = Table::new();
    for record in reader.records() {
        let record = record.expect("a row");
        for (column, text) in header.iter().zip(&record).skip(1) {
            let number = if text.is_empty() || text == "NA" {
                None
            } else {
                Some(text.parse().expect("a number"))
            };
            table
                .entry(column.clone())
                .or_default()
                .insert(record[0].to_owned(), number);
        }
    }
    table
}

/// Every number of the expected table is found, and is the same to one part in 10⁹.
fn same(name: &str, composite: &Composite<'_>, site: &Site, own: impl Fn(&str, usize) -> Option<f64>) {
    let mut compared = 0;
    for (column, units) in expected(name) {
        for (code, wanted) in units {
            let unit = composite
                .frame
                .units
                .iter()
                .position(|unit| site.places[*unit].code == code)
                .expect("a unit");
            let found = own(&column, unit);
            let near = match (found, wanted) {
                (Some(found), Some(wanted)) => (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0),
                (found, wanted) => found.is_none() && wanted.is_none(),
            };
            assert!(near, "{name}: {column} of {code} is {found:?}, not {wanted:?}");
            compared += 1;
        }
    }
    assert!(compared >= 51 * 11, "only {compared} numbers compared in {name}");
}

fn leaf(composite: &Composite<'_>, id: &str) -> usize {
    composite
        .frame
        .nodes
        .iter()
        .find(|node| node.score.id == id)
        .and_then(|node| node.leaf)
        .expect("a leaf")
}

fn node(composite: &Composite<'_>, id: &str) -> usize {
    composite
        .frame
        .nodes
        .iter()
        .position(|node| node.score.id == id)
        .expect("a node")
}

fn index(site: &Site) -> &Index {
    site.index("asem").expect("the index")
}

/// The figures of another normalisation on the same treated set.
fn normalised(composite: &Composite<'_>, kind: Normalisation, range: [f64; 2]) -> Vec<LeafFigures> {
    score::figures(&composite.frame, &other(composite, kind, range), 0)
}

fn other<'a>(composite: &Composite<'a>, kind: Normalisation, range: [f64; 2]) -> Recipe<'a> {
    let mut recipe = composite.recipe.clone();
    recipe.method.to_mut().normalisation = kind;
    recipe.method.to_mut().range = range;
    recipe
}

#[test]
fn figures_are_denominated_imputed_and_treated_as_by_coinr() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let columns = &composite.frame.columns[0];
    let figures = &composite.latest().figures;
    same("denominated", &composite, &site, |id, unit| {
        columns[leaf(&composite, id)].denominated[unit]
    });
    same("imputed", &composite, &site, |id, unit| {
        figures[leaf(&composite, id)].imputed[unit]
    });
    same("screened", &composite, &site, |id, unit| {
        figures[leaf(&composite, id)].imputed[unit]
    });
    same("treated", &composite, &site, |id, unit| {
        figures[leaf(&composite, id)].treated[unit]
    });
}

#[test]
fn figures_are_normalised_as_by_coinr() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let figures = &composite.latest().figures;
    same("normalised", &composite, &site, |id, unit| {
        figures[leaf(&composite, id)].scores[unit]
    });
    let hundred = normalised(&composite, Normalisation::MinMax, [1.0, 100.0]);
    same("normalised_1_100", &composite, &site, |id, unit| {
        hundred[leaf(&composite, id)].scores[unit]
    });
    let z_scores = normalised(&composite, Normalisation::ZScore, [0.0, 1.0]);
    same("z_scores", &composite, &site, |id, unit| {
        z_scores[leaf(&composite, id)].scores[unit]
    });
}

#[test]
fn scores_are_aggregated_and_ranked_as_by_coinr() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let sheet = composite.latest();
    same("aggregated", &composite, &site, |id, unit| {
        sheet.scores[node(&composite, id)][unit]
    });
    #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
    let rank = |id: &str, unit| {
        composite
            .rank(sheet, node(&composite, id), unit)
            .map(|rank| rank.position as f64)
    };
    same("ranks", &composite, &site, rank);
}

#[test]
fn geometric_means_are_as_by_coinr() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let mut recipe = other(&composite, Normalisation::MinMax, [1.0, 100.0]);
    recipe.method.to_mut().aggregation = vec![Aggregation::Geometric];
    let scores = score::scores(&composite.frame, &recipe, 0);
    same("geometric_on_1_100", &composite, &site, |id, unit| {
        scores[node(&composite, id)][unit]
    });
}

fn unit(composite: &Composite<'_>, site: &Site, code: &str) -> usize {
    composite
        .frame
        .units
        .iter()
        .position(|unit| site.places[*unit].code == code)
        .expect("a unit")
}

/// Same indicators in the same order, same ranks, same figures.
fn same_standings(name: &str, composite: &Composite<'_>, found: &[LeafRank]) {
    let mut reader = csv::Reader::from_path(format!("tests/asem/expected/{name}.csv")).expect("a table");
    let wanted: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    let listed = |standing: &LeafRank| {
        (
            composite.frame.nodes[standing.node].score.id.clone(),
            standing.rank.position,
        )
    };
    let expected = |row: &csv::StringRecord| (row[0].to_lowercase(), row[3].parse::<usize>().expect("a rank"));
    assert_eq!(
        found.iter().map(listed).collect::<Vec<_>>(),
        wanted.iter().map(expected).collect::<Vec<_>>(),
        "{name}"
    );
    for (standing, row) in found.iter().zip(&wanted) {
        let figure: f64 = row[4].parse().expect("a number");
        assert!(
            (standing.figure - figure).abs() <= 1e-9 * figure.abs(),
            "{name}: {} is not {figure}",
            standing.figure
        );
    }
}

#[test]
fn swedens_strengths_and_weaknesses_are_as_by_coinr() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let (top, sweden) = (node(&composite, "index"), unit(&composite, &site, "SWE"));
    same_standings(
        "strengths_swe",
        &composite,
        &composite.strengths(composite.latest(), top, sweden, 5),
    );
    same_standings(
        "weaknesses_swe",
        &composite,
        &composite.weaknesses(composite.latest(), top, sweden, 5),
    );
}

#[test]
fn swedens_gap_is_the_sum_of_its_parts() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let (top, sweden) = (node(&composite, "index"), unit(&composite, &site, "SWE"));
    for (reference, complete) in [
        (Reference::Median, false),
        (Reference::Unit(unit(&composite, &site, "NOR")), true),
        (Reference::Country, true),
    ] {
        let found = composite
            .decompose(composite.latest(), top, sweden, &reference)
            .expect("both are scored");
        let leaves: f64 = found.leaves(&composite.frame).map(|part| part.contribution).sum();
        assert_eq!(found.leaves(&composite.frame).count(), 49);
        assert!((leaves + found.residuals() - found.gap).abs() < 1e-9, "{reference:?}");
        assert_eq!(
            found.residuals().abs() < 1e-9,
            complete,
            "{reference:?} leaves {}",
            found.residuals()
        );
        for sub in found.children(&composite.frame, top) {
            let pillars: f64 = found
                .children(&composite.frame, sub.node)
                .map(|part| part.contribution)
                .sum();
            assert!(
                (pillars + sub.residual - sub.contribution).abs() < 1e-9,
                "{reference:?}"
            );
        }
    }
}

fn on_threads<T: Send>(count: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(count)
        .build()
        .expect("threads")
        .install(work)
}

#[test]
fn ranges_are_around_own_ranks_and_the_same_on_any_number_of_threads() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let ranges = on_threads(1, || RankIntervals::compute(&composite, 0)).expect("something is varied");
    assert_eq!(
        Some(&ranges),
        on_threads(4, || RankIntervals::compute(&composite, 0)).as_ref()
    );
    assert_eq!((ranges.runs, ranges.units.len(), ranges.factors.len()), (500, 51, 5));
    let units: Vec<_> = ranges.units.iter().flatten().collect();
    assert_eq!(units.len(), 51);
    assert!(
        units
            .iter()
            .all(|unit| unit.runs == 500 && unit.extent[0] <= unit.nominal)
    );
    let within =
        |unit: &&&RankInterval| unit.likely[0] <= f64::from(unit.nominal) && f64::from(unit.nominal) <= unit.likely[1];
    let inside = units.iter().filter(within).count();
    assert!(inside >= 45, "only {inside} of 51 own ranks are likely ones");
    let shift = ranges.mean_shift.expect("ranks");
    assert!((0.5..5.0).contains(&shift), "{shift}");
}

#[test]
fn sensitivities_are_the_same_on_any_number_of_threads() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let sensitivity = on_threads(1, || Sensitivity::compute(&composite, 0, 600)).expect("something is varied");
    assert_eq!(
        Some(&sensitivity),
        on_threads(4, || Sensitivity::compute(&composite, 0, 600)).as_ref()
    );
    assert_eq!((sensitivity.rows, sensitivity.runs), (85, 595));
    let shift = sensitivity.shift.as_ref().expect("it varies");
    assert!(shift.iter().all(|effect| effect.total.value >= 0.0));
}

#[test]
fn leaving_one_out_moves_some_ranks() {
    let site = site();
    let composite = Composite::new(&site, index(&site));
    let all = leave_out(&composite, 0);
    assert_eq!(all.len(), 49);
    let most = most(&all).expect("ranks move");
    let recipe = Recipe {
        left_out: Some(most.leaf),
        ..composite.recipe.clone()
    };
    let after = &score::scores(&composite.frame, &recipe, 0)[0];
    let shifted = composite.latest().scores[0]
        .iter()
        .zip(&most.score_shifts)
        .map(|(own, shift)| Some((*own)? + (*shift)?));
    for (found, wanted) in shifted.zip(after) {
        assert!(
            found
                .zip(*wanted)
                .is_some_and(|(found, wanted)| (found - wanted).abs() < 1e-9)
        );
    }
}
