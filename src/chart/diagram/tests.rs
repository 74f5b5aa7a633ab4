//! Invariants of every plan: boxes and lines keep off each other and inside the drawing, and nothing of the text is lost.

use super::layout::DiagramLayout;
use super::*;
use crate::chart::xml;

const TEXTS: [&str; 5] = [
    "Elever är borta från skolan utan giltigt skäl",
    "Kompetensförsörjningsstrategisamordningsansvarigas förutsättningar",
    "",
    "Låg",
    "Skola, vård, föreningar och arbetsgivare arbetar åt samma håll och försöker nå dem som annars inte nås",
];

fn node(id: String, number: usize) -> PlanNode {
    let value = (number % 3 != 1).then(|| "306\u{a0}792 kronor per invånare (2018/19)".to_owned());
    let sign = [
        Some((TrendSign::Up, Some(true))),
        None,
        Some((TrendSign::Down, Some(false))),
        Some((TrendSign::Flat, None)),
    ][number % 4];
    let trend = sign.map(|(sign, good)| Trend {
        sign,
        good,
        words: "har ökat sedan läsåret 2018/19 – bättre".to_owned(),
    });
    PlanNode {
        id,
        text: TEXTS[number % TEXTS.len()].to_owned(),
        value,
        trend,
    }
}

/// Groups of the given columns and numbers of nodes; ids are `g0`, `g1` … and `g0-0`, `g0-1` ….
fn plan(groups: &[(u64, usize)], links: &[(&str, &str)]) -> Plan {
    let group = |(index, &(column, count)): (usize, &(u64, usize))| PlanGroup {
        id: format!("g{index}"),
        role: [Some("Drivkrafter".to_owned()), None][index % 2].clone(),
        title: ["Ekonomisk utveckling", "Sociala och miljömässiga förutsättningar", ""][index % 3].to_owned(),
        column,
        nodes: (0..count)
            .map(|number| node(format!("g{index}-{number}"), index + number))
            .collect(),
    };
    let links = links.iter().map(|&(from, to)| (from.to_owned(), to.to_owned()));
    Plan {
        groups: groups.iter().enumerate().map(group).collect(),
        links: links.collect(),
    }
}

/// Plans of all kinds, the awkward ones too.
fn plans() -> Vec<Plan> {
    let dense: Vec<(String, String)> = (0..6)
        .flat_map(|from| (0..6).map(move |to| (format!("g{from}-{to}"), format!("g{to}"))))
        .collect();
    let dense: Vec<(&str, &str)> = dense.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    vec![
        plan(&[], &[("g0", "g1")]),
        plan(&[(7, 0)], &[("g0", "g0")]),
        plan(
            &[(1, 3), (1, 5), (2, 1), (3, 1), (4, 1)],
            &[
                ("g0", "g1"),
                ("g1", "g0"),
                ("g0", "g2"),
                ("g1", "g2"),
                ("g2", "g3"),
                ("g3", "g4"),
                ("g0", "unknown"),
            ],
        ),
        plan(
            &[(1, 4), (2, 1), (3, 4), (4, 2)],
            &[
                ("g0-0", "g1-0"),
                ("g0-1", "g1-0"),
                ("g0-2", "g1-0"),
                ("g0-3", "g1-0"),
                ("g1", "g2"),
                ("g2", "g3"),
            ],
        ),
        plan(
            &[(3, 1), (2, 1), (1, 1)],
            &[("g0", "g1"), ("g1", "g2"), ("g2", "g0"), ("g0", "g2"), ("g1-0", "g1")],
        ),
        plan(
            &[(1, 2), (1, 0), (1, 3), (1, 2)],
            &[("g0", "g3"), ("g3", "g1"), ("g2-0", "g2-2"), ("g0-0", "g3-1")],
        ),
        plan(
            &[(1, 3), (2, 2), (3, 1), (4, 0), (5, 2), (6, 3), (7, 1), (8, 1), (9, 2)],
            &[
                ("g0", "g1"),
                ("g0", "g8"),
                ("g8", "g0"),
                ("g7", "g2"),
                ("g2", "g4"),
                ("g4", "g2-0"),
                ("g5-1", "g6-0"),
                ("g6", "g0"),
            ],
        ),
        plan(&[(1, 30)], &[("g0-0", "g0-29"), ("g0-29", "g0-3")]),
        plan(&[(1, 6), (1, 6), (2, 6), (2, 6), (3, 6), (3, 6)], &dense),
    ]
}

fn layouts() -> Vec<(Plan, DiagramLayout)> {
    let both = plans()
        .into_iter()
        .flat_map(|plan| Size::ALL.map(|size| (plan.clone(), size)));
    both.map(|(plan, size)| {
        let layout = layout::lay_out(&plan, &link::resolve(&plan), size);
        (plan, layout)
    })
    .collect()
}

#[test]
fn boxes_stand_apart_and_inside() {
    for (plan, layout) in layouts() {
        assert_eq!(layout.blocks.len(), plan.groups.len());
        for (index, one) in layout.blocks.iter().enumerate() {
            assert!(one.x >= 0.0 && one.right() <= layout.width, "{one:?}");
            assert!(one.y >= 0.0 && one.bottom() <= layout.height, "{one:?}");
            for two in &layout.blocks[..index] {
                let apart = one.x >= two.right() + 20.0
                    || two.x >= one.right() + 20.0
                    || one.y >= two.bottom() + 20.0
                    || two.y >= one.bottom() + 20.0;
                assert!(apart, "{one:?} {two:?}");
            }
        }
    }
}

#[test]
fn text_stays_in_its_box_and_whole() {
    for (plan, layout) in layouts() {
        for (group, block) in plan.groups.iter().zip(&layout.blocks) {
            let inner = block.width - 2.0 * block::PAD;
            let mut last = 0.0;
            let mut check = |rows: &[block::TextLine], face: fold::Face, whole: &str, shift: f64| {
                for row in rows {
                    assert!(
                        row.baseline - last >= face.size && row.baseline + 3.0 < block.height,
                        "{row:?}"
                    );
                    assert!(face.width(&row.text) + shift <= inner, "{row:?} in {inner}");
                    last = row.baseline;
                }
                let plain = |text: &str| text.replace([' ', '-'], "");
                assert_eq!(
                    plain(&rows.iter().map(|row| row.text.as_str()).collect::<String>()),
                    plain(whole)
                );
            };
            check(
                &block.role,
                block::VALUE,
                group.role.as_deref().unwrap_or_default(),
                0.0,
            );
            check(&block.title, block::TITLE, &group.title, 0.0);
            for (node, item) in group.nodes.iter().zip(&block.items) {
                check(&item.text, block::TEXT, &node.text, 0.0);
                check(
                    &item.value,
                    block::VALUE,
                    node.value.as_deref().unwrap_or_default(),
                    0.0,
                );
                let words = node.trend.as_ref().map_or("", |trend| trend.words.as_str());
                check(&item.movement, block::VALUE, words, block::SIGN_ROOM);
            }
        }
    }
}

#[test]
fn arrows_run_between_boxes_from_edge_to_edge() {
    for (_, layout) in layouts() {
        let arrows = route::arrows(&layout);
        assert_eq!(arrows.len(), layout.routes.len());
        for (arrow, route) in arrows.iter().zip(&layout.routes) {
            for pair in arrow.points.windows(2) {
                let ((left, right), (top, bottom)) = (ordered(pair[0].0, pair[1].0), ordered(pair[0].1, pair[1].1));
                assert!(right - left < 0.01 || bottom - top < 0.01, "aslant: {arrow:?}");
                let is_inside = left >= 1.0 && top >= 0.0 && right <= layout.width - 1.0 && bottom <= layout.height;
                assert!(is_inside, "outside: {arrow:?}");
                let crossed = layout
                    .blocks
                    .iter()
                    .find(|block| right > block.x && left < block.right() && bottom > block.y && top < block.bottom());
                assert!(crossed.is_none(), "{pair:?} crosses {crossed:?}");
            }
            let touches = |&(x, y): &(f64, f64), group: usize| {
                let block = &layout.blocks[group];
                (block.x..=block.right()).contains(&x) && (block.y..=block.bottom()).contains(&y)
            };
            assert!(
                arrow
                    .points
                    .first()
                    .is_some_and(|point| touches(point, route.link.from.group))
            );
            assert!(
                arrow
                    .points
                    .last()
                    .is_some_and(|point| touches(point, route.link.to.group))
            );
        }
    }
}

fn ordered(a: f64, b: f64) -> (f64, f64) {
    (a.min(b), a.max(b))
}

#[test]
fn lines_of_different_meaning_keep_apart() {
    for (_, layout) in layouts() {
        let arrows = route::arrows(&layout);
        let legs = arrows.iter().zip(&layout.routes).flat_map(|(arrow, route)| {
            arrow.points.windows(2).map(move |pair| match pair {
                [(x, top), (other, bottom)] if (x - other).abs() < 0.01 => (route, true, *x, ordered(*top, *bottom)),
                [(left, y), (right, _)] => (route, false, *y, ordered(*left, *right)),
                _ => (route, false, 0.0, (0.0, 0.0)),
            })
        });
        let legs: Vec<_> = legs.collect();
        for &(one, upright, at, span) in &legs {
            let on_it = legs.iter().filter(|(two, also, near, other)| {
                // Arrows to one end share their way to it, arrows from one beginning their way from it.
                let is_foreign = one.net != two.net && (upright || one.link.from != two.link.from);
                is_foreign
                    && *also == upright
                    && (near - at).abs() < 2.0
                    && other.0 + 1.0 < span.1
                    && other.1 > span.0 + 1.0
            });
            let on_it: Vec<_> = on_it.collect();
            assert!(on_it.is_empty(), "{one:?} at {at} along {span:?}: {on_it:?}");
        }
    }
}

#[test]
fn links_are_drawn_once_and_only_where_both_ends_are_known() {
    let plan = plan(
        &[(1, 2), (2, 0)],
        &[
            ("g0", "g1"),
            ("g0", "g1"),
            ("g1", "g0"),
            ("g0", "g0"),
            ("g0", "g0-1"),
            ("g0-0", "g0-1"),
            ("g0", "nowhere"),
        ],
    );
    let links = link::resolve(&plan);
    let links: Vec<_> = links
        .iter()
        .map(|link| (link.from.group, link.to.group, link.both))
        .collect();
    assert_eq!(links, [(0, 1, true), (0, 0, false)]);
}

#[test]
fn drawings_are_plain_and_the_same_every_time() {
    for plan in plans() {
        for size in Size::ALL {
            let drawing = draw(&plan, size);
            assert_eq!(drawing, draw(&plan, size));
            assert!(
                drawing.starts_with("<svg class=\"drawing\" viewBox=\"0 0 "),
                "{drawing}"
            );
            assert!(xml::read(&drawing).is_some(), "{drawing}");
            for banned in [" style=", "<style", " id=", "NaN", "inf ", "#"] {
                assert!(!drawing.contains(banned), "{banned} in {drawing}");
            }
        }
    }
}

#[test]
fn text_is_escaped() {
    let mut plan = plan(&[(1, 0)], &[]);
    plan.groups[0].title = "<b> & \"c\"".to_owned();
    assert!(draw(&plan, Size::Wide).contains("&lt;b&gt; &amp; &quot;c&quot;"));
}

#[test]
fn what_hangs_together_in_four_columns_stands_in_one_row() {
    let layout = layouts()
        .into_iter()
        .nth(4)
        .map(|(_, layout)| layout)
        .expect("the third plan, wide");
    assert!(
        layout.width > 700.0 && layout.blocks[4].x > layout.blocks[2].right(),
        "{layout:?}"
    );
    // An arrow between two single boxes beside each other is straight.
    let arrows = route::arrows(&layout);
    let last = arrows.last().expect("arrows");
    assert!(
        last.points
            .iter()
            .all(|point| (point.1 - last.points[0].1).abs() < 0.01),
        "{last:?}"
    );
}
