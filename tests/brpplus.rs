//! BRP+ as the first site has it, against what can be worked out by hand from the published figures.

use std::path::Path;
use utsikt::finding::Log;
use utsikt::index::{Composite, Reference};
use utsikt::model::{Index, Site};
use utsikt::read;

fn site() -> Site {
    let snapshot = utsikt::disk::gather(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is there");
    read::site(&snapshot, &Log::default()).expect("a site")
}

#[test]
fn what_pulls_orebro_down_is_as_worked_out_by_hand() {
    let site = site();
    // Scores are published for themes: they enter there, whether the file says so or not.
    let index = Index { enters: Some(1), ..site.index("brpplus").expect("the index").clone() };
    let composite = Composite::of(&site, &index);
    let frame = &composite.frame;
    let node = |id: &str| frame.nodes.iter().position(|node| node.score.id == id).expect("a node");
    let orebro = frame.units.iter().position(|unit| site.places[*unit].code == "18").expect("a unit");
    let gap = |top: &str| {
        composite.decompose(composite.latest(), node(top), orebro, &Reference::Country).expect("both are scored")
    };
    // Two decimals, as in the table of the domain brief, §1.7.
    let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 0.006, "{found} is not {wanted}");

    let quality = gap("livskvalitet");
    near(quality.gap, -4.61);
    for (theme, points) in [("t1", 0.40), ("t2", -1.51), ("t6", -0.83), ("t10", -1.17), ("t12", 1.66)] {
        near(quality.part(node(theme)).expect("a theme").contribution, points);
    }
    let first = quality.pulling(frame, 1)[0];
    assert_eq!(first.node, node("t2"), "safety pulls most");

    let sustainability = gap("hallbarhet");
    for (theme, points) in [("ekonomi", -1.25), ("miljo", -1.21), ("social", -3.60)] {
        near(sustainability.part(node(theme)).expect("a theme").contribution, points);
    }
    for decomposition in [quality, sustainability] {
        let themes: f64 = decomposition.leaves(frame).map(|part| part.contribution).sum();
        assert!((themes - decomposition.gap).abs() < 1e-9);
        assert!(decomposition.residuals().abs() < 1e-9, "published scores are complete");
    }
}
