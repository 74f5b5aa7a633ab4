//! What every option of an index does: small sites with made-up figures, and scores worked out by hand.
//!
//! `tests/index/NAME` holds an index and is laid over `tests/index/base`, which holds the figures. `COINr`'s example
//! (`tests/asem.rs`) tries treatment, weights and imputation within groups beside these.

mod support;

use utsikt::finding::Log;
use utsikt::index::{Composite, Provenance, Slice};
use utsikt::model::{Moment, Period, Sex, Site};

fn site(name: &str) -> Site {
    let folder = support::path("tests/index");
    let snapshot = support::laid_over(&folder.join("base"), &folder.join(name));
    let log = Log::default();
    let site = utsikt::read::site(&snapshot, &log).expect("a site");
    utsikt::bind::check(&site, &log);
    let findings = log.into_inner();
    assert!(findings.is_empty(), "{name}: {findings:#?}");
    site
}

fn composite(site: &Site) -> Composite<'_> {
    Composite::new(site, site.index("prov").expect("the index"))
}

fn node(composite: &Composite<'_>, id: &str) -> usize {
    composite
        .frame
        .nodes
        .iter()
        .position(|node| node.score.id == id)
        .expect("a node")
}

/// Scores of a node in a slice, as `a 0, b 50, c –`; rounded to two decimals.
fn of(name: &str, node_id: &str, moment: Moment, sex: Sex) -> String {
    let site = site(name);
    let composite = composite(&site);
    let slice = composite
        .frame
        .slice(Slice { moment, sex })
        .expect("the slice has figures");
    let scores = &composite.sheets[slice].scores[node(&composite, node_id)];
    let shown =
        |score: Option<f64>| score.map_or("–".to_owned(), |score| format!("{}", (score * 100.0).round() / 100.0));
    let units = composite.frame.units.iter().zip(scores);
    units
        .map(|(unit, score)| format!("{} {}", site.places[*unit].code, shown(*score)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn latest(name: &str, node: &str) -> String {
    of(name, node, Moment::Latest, Sex::Total)
}

#[test]
fn the_worked_example() {
    for name in ["worked", "flat-list"] {
        assert_eq!(latest(name, "ind1"), "a 0, b 50, c 100, d –");
        assert_eq!(latest(name, "ind2"), "a 100, b 100, c 0, d 50");
        assert_eq!(latest(name, "ind3"), "a 0, b 0, c 0, d 0");
        assert_eq!(latest(name, "aspekt1"), "a 50, b 75, c 50, d 50");
        assert_eq!(latest(name, "aspekt2"), "a 0, b 0, c 0, d 0");
        assert_eq!(latest(name, "tema"), "a 25, b 37.5, c 25, d 25");
        let site = site(name);
        let composite = composite(&site);
        let (sheet, tema) = (composite.latest(), node(&composite, "tema"));
        let ranks = (0..4).map(|unit| composite.rank(sheet, tema, unit).expect("a rank"));
        assert_eq!(
            ranks.map(|rank| (rank.position, rank.shared)).collect::<Vec<_>>(),
            [(2, true), (1, false), (2, true), (2, true)]
        );
        assert_eq!(sheet.country[tema], Some(28.125));
        assert_eq!(composite.present(sheet, node(&composite, "aspekt1"), 3), (1, 2));
    }
}

#[test]
fn equal_figures_without_a_score_stay_outside() {
    assert_eq!(latest("flat-without-score", "ind3"), "a –, b –, c –, d –");
    assert_eq!(latest("flat-without-score", "tema"), "a 0, b 50, c 100, d –");
}

#[test]
fn what_is_missing_is_filled_in() {
    assert_eq!(latest("impute-mean", "x"), "a 0, b 10, c 100, d 36.67");
    assert_eq!(latest("impute-median", "x"), "a 0, b 10, c 100, d 10");
    assert_eq!(latest("impute-group", "x"), "a 0, b 10, c 100, d 100");
    assert_eq!(latest("impute-parent", "x"), "a1 0, a2 50, b1 100");
}

#[test]
fn the_last_figure_is_carried_so_far_and_no_further() {
    assert_eq!(latest("carry", "x"), "a 0, b 50, c 25, d 100");
    assert_eq!(latest("carry-too-short", "x"), "a 0, b 50, c –, d 100");
    let site = site("carry");
    let provenance = &composite(&site).frame.columns[0][0].provenance;
    assert_eq!(provenance[1], Provenance::Observed(Period::Year(2022)));
    assert_eq!(provenance[2], Provenance::Carried(Period::Year(2020)));
}

#[test]
fn earlier_years_are_scored_on_the_latest_scale() {
    assert_eq!(of("lag", "x", Moment::Lag(2), Sex::Total), "a -25, b 0, c 25, d 75");
    // No figures of that year: the nearest before.
    assert_eq!(
        of("lag-between", "x", Moment::Lag(3), Sex::Total),
        "a -50, b -25, c 0, d 50"
    );
    assert_eq!(
        of("yearly", "x", Moment::Year(2018), Sex::Total),
        "a -50, b -25, c 0, d 50"
    );
    assert_eq!(
        of("yearly", "x", Moment::Year(2020), Sex::Total),
        "a -25, b 0, c 25, d 75"
    );
    assert_eq!(of("yearly", "x", Moment::Year(2022), Sex::Total), latest("yearly", "x"));
}

#[test]
fn the_base_decides_the_scale() {
    assert_eq!(latest("lag", "x"), "a 0, b 50, c –, d 100");
    assert_eq!(latest("base-year", "x"), "a 25, b 75, c –, d 125");
    assert_eq!(latest("base-all", "x"), "a 33.33, b 66.67, c –, d 100");
}

#[test]
fn women_and_men_on_three_scales() {
    let women = |name| of(name, "x", Moment::Latest, Sex::Women);
    let men = |name| of(name, "x", Moment::Latest, Sex::Men);
    assert_eq!(women("sexes-total"), "a 25, b 12.5, c 75, d 112.5");
    assert_eq!(men("sexes-total"), "a -12.5, b 50, c 25, d 87.5");
    assert_eq!(women("sexes-separate"), "a 12.5, b 0, c 62.5, d 100");
    assert_eq!(men("sexes-separate"), "a 0, b 62.5, c 37.5, d 100");
    assert_eq!(latest("sexes-pooled", "x"), "a 10, b 30, c 50, d 90");
    assert_eq!(women("sexes-pooled"), "a 30, b 20, c 70, d 100");
    assert_eq!(men("sexes-pooled"), "a 0, b 50, c 30, d 80");
}

#[test]
fn only_what_asks_for_it_is_clamped() {
    assert_eq!(
        of("clamp", "x", Moment::Latest, Sex::Women),
        "a 25, b 12.5, c 75, d 100"
    );
    assert_eq!(of("clamp", "x", Moment::Latest, Sex::Men), "a 0, b 50, c 25, d 87.5");
}

#[test]
fn figures_are_divided_by_the_same_year_the_nearest_before_or_the_first() {
    // 10/5, 40/10, 100/20 (of 2023, since there is none before) and 100/50.
    assert_eq!(latest("denominator", "x"), "a 0, b 66.67, c 100, d 0");
}

#[test]
fn logarithm_and_direction() {
    assert_eq!(latest("log", "x"), "a 0, b 33.33, c 66.67, d 100");
    assert_eq!(latest("direction", "x"), "a 100, b 50, c 0, d –");
}

#[test]
fn normalisations_as_written() {
    assert_eq!(latest("target", "x"), "a 6.67, b 6.67, c 0, d 3.33");
    assert_eq!(latest("goalposts", "x"), "a 100, b 100, c 50, d 75");
    assert_eq!(latest("reference", "x"), "a 50, b 100, c 150, d –");
    assert_eq!(latest("percentile", "x"), "a 66.67, b 66.67, c 0, d 33.33");
    assert_eq!(latest("none", "x"), "a 5, b 5, c 15, d 10");
}

#[test]
fn units_are_a_group_or_a_list() {
    assert_eq!(latest("units-group", "x"), "c 0, d 100");
    assert_eq!(latest("units-listed", "x"), "d 50, a 100, c 0");
}

#[test]
fn units_with_too_few_figures_are_left_out() {
    assert_eq!(latest("screen-observed", "tema"), "a 33.33, b 50, c 33.33, d –");
    assert_eq!(latest("screen-observed", "ind2"), "a 100, b 100, c 0, d –");
    assert_eq!(latest("screen-imputed", "tema"), "a 33.33, b 50, c 33.33, d 33.33");
}

#[test]
fn parents_with_too_few_children_have_no_score() {
    assert_eq!(latest("at-least", "ind2"), "a 100, b 100, c 0, d 50");
    assert_eq!(latest("at-least", "tema"), "a 33.33, b 50, c 33.33, d –");
}

#[test]
fn weights_are_rescaled_over_what_there_is() {
    assert_eq!(latest("weights", "tema"), "a 75, b 87.5, c 25, d 50");
}

#[test]
fn each_level_has_its_mean() {
    // √(1·4), √(2.5·4), √(4·1), 2.5; then 2 / (1/x + 1/4).
    assert_eq!(latest("means", "aspekt1"), "a 2, b 3.16, c 2, d 2.5");
    assert_eq!(latest("means", "tema"), "a 2.67, b 3.53, c 2.67, d 3.08");
}

#[test]
fn the_example_of_a_peer_is_without_findings() {
    let snapshot = utsikt::disk::gather(&support::path("tests/asem/site")).expect("the example is there");
    let log = Log::default();
    let site = utsikt::read::site(&snapshot, &log).expect("a site");
    utsikt::bind::check(&site, &log);
    utsikt::index::check(&site, &utsikt::index::all(&site), &log);
    let findings = log.into_inner();
    assert!(findings.is_empty(), "{findings:#?}");
}
