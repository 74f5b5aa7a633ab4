//! Disclosure control, attacked: what is published of persons must not tell of too few.
//!
//! The attacker here shares nothing with the code that protects. He writes down every set of answers there could be,
//! keeps those that would have been published just so, and sees which numbers that leaves.

use proptest::prelude::*;
use utsikt::model::{
    Channels, Consultation, ConsultationKind, Contact, Dates, Evidence, Item, Naming, Publication, Question,
    QuestionKind, Questionnaire, Respondents, Step, Text,
};
use utsikt::source::Origin;
use utsikt::survey::disclosure::{Category, CellKey, LeakSource, Release, audit, protect, protect_in_order};
use utsikt::survey::{
    Base, Basis, Breakdown, Coded, CodedQuestion, Count, Counted, Detail, Direction, Meeting, QuestionResult, QuotedBy,
    RankedItem, Ranking, ShownQuote, Spread, Tally, Withheld,
};

fn origin() -> Origin {
    Origin::file(&"data/consultations/prov.yaml".into())
}

fn item(id: &str) -> Item {
    Item {
        id: id.to_owned(),
        formerly: Vec::new(),
        text: Text::default(),
        short: Text::default(),
        evidence: Evidence::default(),
        origin: origin(),
    }
}

fn question(id: &str, kind: QuestionKind) -> Question {
    Question {
        id: id.to_owned(),
        formerly: Vec::new(),
        reworded: false,
        text: Text::default(),
        short: Text::default(),
        help: Text::default(),
        required: false,
        kind,
        evidence: Evidence::default(),
        origin: origin(),
    }
}

/// A consultation of persons that asks where one lives, a choice, and several choices.
fn consultation(minimum: u32) -> Consultation {
    let options = || ["a", "b", "c"].map(item).to_vec();
    let questions = vec![
        question(
            "bor",
            QuestionKind::Choice {
                options: options(),
                other: false,
            },
        ),
        question(
            "val",
            QuestionKind::Choice {
                options: options(),
                other: false,
            },
        ),
        question(
            "flera",
            QuestionKind::Choices {
                options: options(),
                other: false,
                at_most: Some(2),
            },
        ),
    ];
    let questionnaire = Questionnaire {
        version: "1".to_owned(),
        introduction: Text::default(),
        minutes: None,
        drafts: Vec::new(),
        steps: vec![Step {
            section: None,
            title: Text::default(),
            text: Text::default(),
            questions,
        }],
        changes: Text::default(),
        origin: origin(),
    };
    Consultation {
        id: "prov".to_owned(),
        kind: ConsultationKind::Consultation,
        title: Text::default(),
        description: Text::default(),
        purpose: Text::default(),
        can_change: Vec::new(),
        cannot_change: Vec::new(),
        respondents: Respondents::Persons,
        invited: Vec::new(),
        open_to_all: true,
        dates: Dates::default(),
        case_number: String::new(),
        decided_by: Text::default(),
        documents: Vec::new(),
        contact: Contact::default(),
        channels: Channels::default(),
        publication: Publication {
            statements: false,
            bodies: Naming::Nothing,
            minimum: Some(minimum),
            interim: None,
            rule: Text::default(),
        },
        personal_data: None,
        population: None,
        questionnaire,
        earlier: Vec::new(),
        breakdowns: Vec::new(),
        codebook: None,
        reported: None,
        sample: false,
        languages: Vec::new(),
        note: Text::default(),
        origin: origin(),
    }
}

/// A tally of one choice: the options and how many did not answer.
fn tally(options: &[u32], unanswered: u32) -> Tally {
    Tally {
        options: options.iter().copied().map(Count::Shown).collect(),
        other: None,
        no_opinion: None,
        unanswered: Count::Shown(unanswered),
        n: Count::Shown(options.iter().sum()),
        weighted: None,
    }
}

fn counted(answered: u32, questions: Vec<QuestionResult>) -> Counted {
    Counted {
        consultation: "prov".to_owned(),
        interim: false,
        base: Base {
            answered,
            ..Base::default()
        },
        questions,
        matrix: None,
        meetings: Vec::new(),
        coded: None,
        withheld: Vec::new(),
        basis: Basis::default(),
    }
}

/// What is published of this with a minimum of five.
fn protected(counted: Counted) -> Release {
    protect(counted, &consultation(5), &[])
}

fn asked(id: &str, detail: Detail) -> QuestionResult {
    QuestionResult {
        question: id.to_owned(),
        detail,
        breakdowns: Vec::new(),
    }
}

/// Rows are groups, columns options, the last column those who did not answer; the last row those of no group.
fn crossed(rows: &[Vec<u32>]) -> Counted {
    let (rest, groups) = rows.split_last().expect("a rest");
    let sums: Vec<u32> = rows.iter().map(|row| row.iter().sum()).collect();
    let width = rest.len();
    let columns: Vec<u32> = (0..width).map(|at| rows.iter().map(|row| row[at]).sum()).collect();
    let mut val = asked("val", Detail::Options(tally(&columns[..width - 1], columns[width - 1])));
    let each = groups.iter().map(|row| vec![tally(&row[..width - 1], row[width - 1])]);
    val.breakdowns.push(Breakdown {
        by: "bor".to_owned(),
        groups: each.collect(),
    });
    let bor = asked("bor", Detail::Options(tally(&sums[..groups.len()], sums[groups.len()])));
    counted(sums.iter().sum(), vec![bor, val])
}

fn options(counted: &Counted, question: usize) -> &Tally {
    match &counted.questions[question].detail {
        Detail::Options(tally) => tally,
        other => panic!("not a tally: {other:?}"),
    }
}

/// The example of the notes on consultations: places by degree.
fn example() -> Counted {
    crossed(&[vec![12, 9, 6, 0], vec![3, 8, 14, 0], vec![7, 11, 10, 0], vec![0; 4]])
}

fn hide(counted: &mut Counted, cells: &[(usize, usize)]) {
    for (row, column) in cells {
        counted.questions[1].breakdowns[0].groups[*row][0].options[*column] = Count::Hidden;
    }
}

fn cell(row: usize, column: usize) -> CellKey {
    CellKey {
        question: "val".to_owned(),
        by: Some(("bor".to_owned(), row)),
        row: 0,
        category: Category::Option(column),
    }
}

#[test]
fn a_cell_hidden_alone_is_had_by_subtraction() {
    let mut published = example();
    hide(&mut published, &[(1, 0)]);
    let leaks = audit(&published, &consultation(5), &[]);
    assert_eq!(leaks.len(), 1);
    assert_eq!(
        (&leaks[0].key, leaks[0].source, leaks[0].low, leaks[0].high),
        (&cell(1, 0), LeakSource::Sums, 3, 3)
    );
}

#[test]
fn two_more_cells_are_never_enough() {
    let all: Vec<(usize, usize)> = (0..9).map(|at| (at / 3, at % 3)).filter(|at| *at != (1, 0)).collect();
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            let mut published = example();
            hide(&mut published, &[(1, 0), *one, *other]);
            let leaks = audit(&published, &consultation(5), &[]);
            assert!(leaks.iter().any(|leak| leak.key == cell(1, 0)), "{one:?} {other:?}");
        }
    }
}

#[test]
fn the_least_complement_of_the_example() {
    let published = protected(example());
    let mut expected = example();
    hide(&mut expected, &[(1, 0), (1, 1), (2, 0), (2, 1)]);
    let shown = |results: &Counted| results.questions[1].breakdowns[0].groups.clone();
    assert_eq!(shown(&published), shown(&expected));
    assert_eq!(options(&published, 0), options(&expected, 0));
    assert_eq!(options(&published, 1), options(&expected, 1));
    assert_eq!(published.withheld, [Withheld::Cells]);
    assert!(audit(&published, &consultation(5), &[]).is_empty());
}

#[test]
fn the_intervals_of_the_example() {
    let mut published = example();
    hide(&mut published, &[(1, 0), (1, 1), (2, 0), (2, 1)]);
    // With a minimum above every width, all that is hidden is reported with its interval, unless surely as large.
    let leaks = audit(&published, &consultation(30), &[]);
    let interval = |key: CellKey| {
        let found = leaks
            .iter()
            .find(|leak| leak.key == key && leak.source == LeakSource::Sums)
            .expect("hidden");
        (found.low, found.high)
    };
    assert_eq!(
        [(1, 0), (1, 1), (2, 0), (2, 1)].map(|(row, column)| interval(cell(row, column))),
        [(0, 10), (1, 11), (0, 10), (8, 18)]
    );
}

#[test]
fn bodies_are_left_alone() {
    let mut own = consultation(5);
    own.respondents = Respondents::Bodies;
    let published = protect(example(), &own, &[]);
    assert_eq!(options(&published, 1), options(&example(), 1));
    assert!(published.withheld.is_empty());
}

#[test]
fn too_few_answers_show_nothing() {
    let published = protected(crossed(&[vec![2, 1, 0], vec![1, 0, 0], vec![0; 3]]));
    assert!(
        published
            .questions
            .iter()
            .all(|own| matches!(own.detail, Detail::Withheld) && own.breakdowns.is_empty())
    );
    assert_eq!(published.withheld, [Withheld::Few]);
}

#[test]
fn a_small_group_shows_no_zeros_either() {
    let published = protected(crossed(&[
        vec![20, 15, 10, 0],
        vec![3, 0, 0, 0],
        vec![9, 12, 8, 0],
        vec![0; 4],
    ]));
    let group = &published.questions[1].breakdowns[0].groups[1][0];
    assert!(
        group
            .options
            .iter()
            .chain([&group.n])
            .all(|count| *count == Count::Hidden),
        "{group:?}"
    );
    assert_eq!(options(&published, 0).options[1], Count::Hidden);
}

#[test]
fn a_group_that_agrees_is_not_told_from_the_rest() {
    let published = protected(crossed(&[
        vec![20, 15, 10, 0],
        vec![12, 0, 0, 0],
        vec![9, 12, 8, 0],
        vec![0; 4],
    ]));
    let group = &published.questions[1].breakdowns[0].groups[1][0];
    assert_eq!(group.options[0], Count::Hidden);
    assert!(audit(&published, &consultation(5), &[]).is_empty());
}

#[test]
fn those_of_no_group_are_not_had_by_subtraction() {
    // Two did not say where they live; what they chose would be left when the groups are taken from everyone.
    let shown = crossed(&[vec![20, 15, 0], vec![9, 12, 0], vec![2, 0, 0]]);
    let found = audit(&shown, &consultation(5), &[]);
    assert!(
        found
            .iter()
            .any(|leak| leak.source == LeakSource::Rest && leak.low == 2 && leak.high == 2),
        "{found:?}"
    );
    let published = protected(shown);
    assert_eq!(audit(&published, &consultation(5), &[]), []);
}

#[test]
fn several_choices_hide_only_the_small() {
    let several = Tally {
        n: Count::Shown(40),
        ..tally(&[30, 3, 25], 0)
    };
    let published = protected(counted(40, vec![asked("flera", Detail::Options(several))]));
    assert_eq!(
        options(&published, 0).options,
        [Count::Shown(30), Count::Hidden, Count::Shown(25)]
    );
}

#[test]
fn few_new_answers_leave_what_was_published() {
    let own = consultation(5);
    let before = protect(
        counted(20, vec![asked("val", Detail::Options(tally(&[8, 6, 6], 0)))]),
        &own,
        &[],
    );
    let now = protect(
        counted(23, vec![asked("val", Detail::Options(tally(&[9, 8, 6], 0)))]),
        &own,
        std::slice::from_ref(&before),
    );
    assert_eq!(options(&now, 0), options(&before, 0));
    assert!(now.withheld.contains(&Withheld::Batch));
    assert_eq!(now.base.answered, 20);
}

#[test]
fn growth_by_few_is_hidden() {
    let own = consultation(5);
    let before = counted(30, vec![asked("val", Detail::Options(tally(&[10, 10, 10], 0)))]);
    let before = protect(before, &own, &[]);
    assert_eq!(options(&before, 0).options, [Count::Shown(10); 3]);
    let now = counted(50, vec![asked("val", Detail::Options(tally(&[12, 19, 19], 0)))]);
    assert!(
        audit(&now, &own, std::slice::from_ref(&before))
            .iter()
            .any(|leak| leak.source == LeakSource::Growth)
    );
    let now = protect(now, &own, std::slice::from_ref(&before));
    assert_eq!(options(&now, 0).options[0], Count::Hidden);
    assert!(audit(&now, &own, &[before]).is_empty());
}

#[test]
fn a_direction_with_a_hidden_part_has_no_net() {
    let detail = Detail::Directions(vec![
        Direction {
            tally: tally(&[30, 2, 20], 0),
            net: Some(10),
            polarised: true,
        },
        Direction {
            tally: tally(&[20, 12, 20], 0),
            net: Some(0),
            polarised: true,
        },
    ]);
    let published = protected(counted(52, vec![asked("riktning", detail)]));
    let Detail::Directions(items) = &published.questions[0].detail else {
        panic!("withheld")
    };
    assert_eq!((items[0].net, items[0].polarised), (None, false));
    assert_eq!((items[1].net, items[1].polarised), (Some(0), true));
}

#[test]
fn a_ranking_shows_its_counts_all_or_none() {
    let item = |first, three, ranked| RankedItem {
        first: Count::Shown(first),
        top_three: Count::Shown(three),
        ranked: Count::Shown(ranked),
        mean: Some(2.0),
        borda: Some(50.0),
        place: 1,
        ..RankedItem::default()
    };
    let detail = |last| {
        Detail::Ranking(Ranking {
            n: Count::Shown(40),
            unanswered: Count::Shown(0),
            items: vec![item(20, 40, 40), last],
            pairs: vec![vec![Count::Shown(0), Count::Shown(20)]; 2],
            ..Ranking::default()
        })
    };
    for (last, shown) in [(item(20, 30, 40), true), (item(20, 37, 40), false)] {
        let published = protected(counted(40, vec![asked("ordning", detail(last))]));
        let Detail::Ranking(own) = &published.questions[0].detail else {
            panic!("withheld")
        };
        assert!(
            own.items
                .iter()
                .all(|item| (item.first != Count::Hidden) == shown && item.borda.is_none())
        );
        assert!(own.pairs.iter().flatten().all(|pair| *pair == Count::Hidden));
        assert_eq!(own.items[0].place, 1);
    }
}

#[test]
fn the_order_of_few_is_not_told() {
    let ranking = Ranking {
        n: Count::Shown(3),
        unanswered: Count::Shown(17),
        orders: vec![vec![0, 1]],
        ..Ranking::default()
    };
    let published = protected(counted(20, vec![asked("ordning", Detail::Ranking(ranking))]));
    assert!(matches!(published.questions[0].detail, Detail::Withheld));
}

#[test]
fn a_meeting_that_is_corrected_by_few_is_not_told() {
    let meeting = |counts: [u32; 2]| Meeting {
        name: "Rådet".to_owned(),
        date: "2026-03-01".to_owned(),
        participants: Some(counts.iter().sum()),
        counts: vec![("val".to_owned(), vec![counts.to_vec()])],
        before: Vec::new(),
    };
    let with = |meetings| Counted {
        meetings,
        ..counted(20, Vec::new())
    };
    let before = protected(with(vec![meeting([12, 8])]));
    assert_eq!(before.meetings[0].counts.len(), 1);
    let shown = |meetings| {
        let now = protect(with(meetings), &consultation(5), std::slice::from_ref(&before));
        now.meetings
            .iter()
            .map(|meeting| meeting.counts.len())
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(vec![meeting([13, 8])]), [0]);
    assert_eq!(
        shown(vec![meeting([12, 8]), meeting([13, 8])]),
        [1, 1],
        "another meeting"
    );
}

#[test]
fn a_spread_tells_of_nobody_in_particular() {
    let spread = |n, mean, five: [f64; 5]| Spread {
        n: Some(n),
        mean: Some(mean),
        five: five.map(Some),
    };
    let detail = Detail::Spreads(vec![
        spread(30, 12.0, [0.0, 5.0, 10.0, 20.0, 40.0]),
        spread(4, 12.0, [0.0, 5.0, 10.0, 20.0, 40.0]),
        spread(30, 12.0, [0.0, 0.0, 0.0, 1.0, 300.0]),
        spread(28, 3.28, [0.0, 1.0, 3.0, 4.0, 9.0]),
    ]);
    let published = protected(counted(30, vec![asked("antal", detail)]));
    let Detail::Spreads(spreads) = &published.questions[0].detail else {
        panic!("withheld")
    };
    assert_eq!(spreads[0].five, [None, Some(5.0), Some(10.0), Some(20.0), None]);
    assert_eq!(spreads[1], Spread::default());
    assert_eq!((spreads[2].mean, spreads[2].five), (None, [None; 5]));
    assert_eq!(
        spreads[3],
        Spread {
            n: None,
            mean: Some(3.3),
            five: [None; 5]
        }
    );
}

#[test]
fn quotes_have_no_author_and_no_hidden_theme() {
    let quote = |theme: &str| ShownQuote {
        question: "fritt".to_owned(),
        theme: theme.to_owned(),
        text: "Ja".to_owned(),
        by: QuotedBy::Body("x".to_owned()),
    };
    let text = Detail::Text {
        answered: Count::Shown(30),
        unanswered: Count::Shown(10),
    };
    let mut counted = counted(40, vec![asked("fritt", text)]);
    counted.coded = Some(Coded {
        answers: 30,
        questions: vec![CodedQuestion {
            question: "fritt".to_owned(),
            answered: Count::Shown(30),
            themes: vec![
                ("stor".to_owned(), Count::Shown(12)),
                ("liten".to_owned(), Count::Shown(2)),
            ],
        }],
        quotes: vec![quote("stor"), quote("liten")],
        ..Coded::default()
    });
    let published = protected(counted);
    let coded = published.coded.as_ref().expect("themes");
    assert_eq!(coded.questions[0].themes[1].1, Count::Hidden);
    assert_eq!(coded.questions[0].themes[0].1, Count::Shown(12));
    assert_eq!(
        coded
            .quotes
            .iter()
            .map(|own| (own.theme.as_str(), &own.by))
            .collect::<Vec<_>>(),
        [("stor", &QuotedBy::Nobody)]
    );
}

#[test]
fn a_meeting_tells_of_nobody_in_particular() {
    let meeting = |participants, row: [u32; 3]| Meeting {
        name: "Kumla".to_owned(),
        date: "2026-03-02".to_owned(),
        participants: Some(participants),
        counts: vec![("val".to_owned(), vec![row.to_vec()])],
        before: Vec::new(),
    };
    let mut counted = counted(40, vec![asked("val", Detail::Options(tally(&[20, 10, 10], 0)))]);
    counted.meetings = vec![
        meeting(20, [8, 6, 6]),
        meeting(20, [18, 1, 1]),
        meeting(20, [8, 6, 5]),
        meeting(12, [12, 0, 0]),
    ];
    let published = protected(counted);
    let shown: Vec<bool> = published.meetings.iter().map(|own| !own.counts.is_empty()).collect();
    assert_eq!(shown, [true, false, false, false]);
}

/// A joint table as it could be, and every number that is published or follows from it, in one order.
fn numbers(joint: &[Vec<u32>]) -> Vec<u32> {
    let width = joint[0].len();
    let columns: Vec<u32> = (0..width).map(|at| joint.iter().map(|row| row[at]).sum()).collect();
    let with_n = |row: &[u32]| -> Vec<u32> { row.iter().copied().chain([row[..width - 1].iter().sum()]).collect() };
    let (rest, groups) = joint.split_last().expect("a rest");
    let sums: Vec<u32> = joint.iter().map(|row| row.iter().sum()).collect();
    let mut all: Vec<u32> = sums.clone();
    all.push(sums[..groups.len()].iter().sum());
    all.extend(with_n(&columns));
    all.extend(groups.iter().flat_map(|row| with_n(row)));
    all.extend(with_n(rest));
    all
}

/// What is shown of the same numbers, in the same order; those of no group are never shown.
fn shown(results: &Counted) -> Option<Vec<Option<u32>>> {
    let of = |tally: &Tally| -> Vec<Option<u32>> {
        tally
            .options
            .iter()
            .chain([&tally.unanswered, &tally.n])
            .map(|count| count.shown())
            .collect()
    };
    let [bor, val] = &results.questions[..] else {
        panic!("two questions")
    };
    let (Detail::Options(by), Detail::Options(all)) = (&bor.detail, &val.detail) else {
        return None;
    };
    let groups = &val.breakdowns[0].groups;
    let mut found = of(by);
    found.extend(of(all));
    found.extend(groups.iter().flat_map(|rows| of(&rows[0])));
    found.extend(vec![None; all.options.len() + 2]);
    Some(found)
}

/// Every table of these many cells and this total.
fn tables(cells: usize, total: u32, seen: &mut Vec<u32>, see: &mut dyn FnMut(&[u32])) {
    if seen.len() + 1 == cells {
        seen.push(total);
        see(seen);
        seen.pop();
        return;
    }
    for number in 0..=total {
        seen.push(number);
        tables(cells, total - number, seen, see);
        seen.pop();
    }
}

/// Answers to a grid of many statements, broken down by two questions: respondents × (two groups, then the rows).
fn grid(respondents: u32, rows: u32) -> Counted {
    // Any fixed numbers will do; these are spread unevenly.
    let draw = |who: u32, what: u32| (who.wrapping_mul(2_654_435_761) ^ what.wrapping_mul(40_503)).rotate_left(13) % 97;
    let group = |who: u32, what: u32| [0, 0, 0, 1, 1, 2, 2, 3, 4, 5][(draw(who, what) % 10) as usize];
    let answer = |who: u32, row: u32| [0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6][(draw(who, 100 + row * 7) % 11) as usize];
    let count = |row: u32, of: &dyn Fn(u32) -> bool| {
        let mut seven = [0u32; 7];
        (0..respondents)
            .filter(|who| of(*who))
            .for_each(|who| seven[answer(who, row)] += 1);
        Tally {
            no_opinion: Some(Count::Shown(seven[5])),
            ..tally(&seven[..5], seven[6])
        }
    };
    let by = |what: u32| {
        let mut six = [0u32; 6];
        (0..respondents).for_each(|who| six[group(who, what)] += 1);
        asked(["bor", "val"][what as usize], Detail::Options(tally(&six[..5], six[5])))
    };
    let mut own = asked(
        "pastaenden",
        Detail::Rows((0..rows).map(|row| count(row, &|_| true)).collect()),
    );
    for what in 0..2 {
        let each = |at: usize| (0..rows).map(|row| count(row, &|who| group(who, what) == at)).collect();
        own.breakdowns.push(Breakdown {
            by: ["bor", "val"][what as usize].to_owned(),
            groups: (0..5).map(each).collect(),
        });
    }
    counted(respondents, vec![by(0), by(1), own])
}

#[test]
fn a_thousand_numbers_are_protected_and_many_remain() {
    let own = consultation(5);
    let published = protect(grid(400, 12), &own, &[]);
    let Detail::Rows(rows) = &published.questions[2].detail else {
        panic!("withheld")
    };
    let of = |tally: &Tally| tally.options.iter().filter(|count| count.shown().is_some()).count();
    let groups = published.questions[2]
        .breakdowns
        .iter()
        .flat_map(|own| own.groups.iter().flatten());
    let (all, shown) = (rows.iter().map(of).sum::<usize>(), groups.map(of).sum::<usize>());
    assert_eq!(all, 60, "what everyone answered is not hidden for the groups' sake");
    assert!(shown > 400, "{shown} of 600");
    assert_eq!(audit(&published, &own, &[]), []);
}

#[test]
fn what_everyone_answered_stands_though_groups_grow_by_few() {
    let own = consultation(5);
    let publications = protect_in_order(vec![grid(200, 4), grid(400, 4)], &own);
    let Detail::Rows(rows) = &publications[1].questions[2].detail else {
        panic!("withheld")
    };
    assert!(
        rows.iter()
            .flat_map(|tally| &tally.options)
            .all(|count| count.shown().is_some())
    );
    let (earlier, last) = publications.split_at(1);
    assert_eq!(audit(&last[0], &own, earlier), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Two groups and those of none; two options and those who did not answer; every table there could be.
    #[test]
    fn no_hidden_number_is_pinned_down(joint in proptest::collection::vec(proptest::collection::vec(0u32..5, 3), 3)) {
        let minimum = 3;
        let total: u32 = joint.iter().flatten().sum();
        prop_assume!((3..=13).contains(&total));
        let published = protect(crossed(&joint), &consultation(minimum), &[]);
        let Some(shown) = shown(&published) else { return Ok(()) };
        let truth = numbers(&joint);
        for (seen, number) in shown.iter().zip(&truth) {
            prop_assert!(seen.is_none_or(|seen| seen == *number && (seen == 0 || seen >= minimum)));
        }
        let mut range = vec![(u32::MAX, 0); truth.len()];
        tables(9, total, &mut Vec::new(), &mut |cells| {
            let table: Vec<Vec<u32>> = cells.chunks(3).map(<[u32]>::to_vec).collect();
            let numbers = numbers(&table);
            if numbers.iter().zip(&shown).all(|(number, seen)| seen.is_none_or(|seen| seen == *number)) {
                for (range, number) in range.iter_mut().zip(&numbers) {
                    *range = (range.0.min(*number), range.1.max(*number));
                }
            }
        });
        for (at, (low, high)) in range.into_iter().enumerate() {
            if shown[at].is_none() {
                let safe = high - low >= minimum || low >= minimum || high == 0;
                prop_assert!(safe, "{at}: {low} to {high} of {truth:?}\n{shown:?}");
            }
        }
    }

    /// One question, published twice: what the new ones answered is no better known than what all did.
    #[test]
    fn two_publications_tell_no_more_than_one(
        then in proptest::collection::vec(0u32..7, 4),
        new in proptest::collection::vec(0u32..6, 4),
    ) {
        let minimum = 3;
        let own = consultation(minimum);
        let of = |cells: &[u32]| counted(cells.iter().sum(), vec![asked("val", Detail::Options(tally(&cells[..3], cells[3])))]);
        let both: Vec<u32> = then.iter().zip(&new).map(|(then, new)| then + new).collect();
        let [old, fresh] = [&then, &new].map(|cells| cells.iter().sum::<u32>());
        prop_assume!(old >= minimum && fresh >= minimum && old <= 16 && fresh <= 14);
        let before = protect(of(&then), &own, &[]);
        let now = protect(of(&both), &own, std::slice::from_ref(&before));
        let (Detail::Options(first), Detail::Options(second)) =
            (&before.questions[0].detail, &now.questions[0].detail) else { return Ok(()) };
        let fits = |tally: &Tally, cells: &[u32]| {
            let n: u32 = cells[..3].iter().sum();
            tally.options.iter().chain([&tally.unanswered, &tally.n]).zip(cells.iter().chain([&n]))
                .all(|(count, number)| count.shown().is_none_or(|shown| shown == *number))
        };
        let (mut olds, mut news) = (Vec::new(), Vec::new());
        tables(4, old, &mut Vec::new(), &mut |cells| if fits(first, cells) { olds.push(cells.to_vec()) });
        tables(4, fresh, &mut Vec::new(), &mut |cells| news.push(cells.to_vec()));
        let mut range = [(u32::MAX, 0); 12];
        for a in &olds {
            for b in &news {
                let sum: Vec<u32> = a.iter().zip(b).map(|(a, b)| a + b).collect();
                if fits(second, &sum) {
                    for (range, number) in range.iter_mut().zip(a.iter().chain(b).chain(&sum)) {
                        *range = (range.0.min(*number), range.1.max(*number));
                    }
                }
            }
        }
        for (at, (low, high)) in range.into_iter().enumerate() {
            let safe = high - low >= minimum || low >= minimum || high == 0;
            prop_assert!(safe, "{at}: {low} to {high}\n{then:?} {new:?}\n{first:?}\n{second:?}");
        }
    }

    /// Any table, larger ones too: what is shown is true, and the check finds nothing.
    #[test]
    fn protected_results_stand_the_check(joint in proptest::collection::vec(proptest::collection::vec(0u32..30, 5), 5)) {
        let own = consultation(5);
        let published = protect(crossed(&joint), &own, &[]);
        prop_assert_eq!(audit(&published, &own, &[]), []);
        if let Some(shown) = shown(&published) {
            prop_assert!(shown.iter().zip(numbers(&joint)).all(|(seen, number)| seen.is_none_or(|seen| seen == number)));
        }
    }
}
