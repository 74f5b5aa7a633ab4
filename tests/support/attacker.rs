//! Somebody who wants to know what was hidden: he reads the published tables, writes down every sum he can think of, and
//! works out between which whole numbers each hidden number must lie.
//!
//! Takes the CSV files of results that were published one after another, oldest first. Shares nothing with the code that
//! protects: he knows the file's columns, what kind of question each is, and that answers are only added.

use std::collections::{BTreeMap, BTreeSet};

/// Question, item, answer, the question it is broken down by, and the group of that.
pub(crate) type Key = [String; 5];
/// Numbers as they are published; `None`: hidden.
pub(crate) type Table = BTreeMap<Key, Option<i64>>;

/// Names of the columns that make a key, and what the file calls numbers that are no option.
const KEYS: [&str; 5] = ["question", "item", "answer", "by", "group"];
const NO_OPINION: &str = "_no_opinion";
const UNANSWERED: &str = "_unanswered";
const N: &str = "_n";
const THEME: &str = "_theme";
const MEETING: &str = "_meeting";
/// The group of those who are in none; written nowhere.
pub(crate) const REST: &str = "(rest)";

/// A published file as numbers.
pub(crate) fn table(file: &str) -> Table {
    let mut reader = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|own| own == name)
            .expect("the file has this column")
    };
    let (keys, count, reason) = (KEYS.map(column), column("count"), column("reason"));
    let rows = reader.records().map(|row| row.expect("the file is CSV"));
    // What a meeting counted is of others than those who answered.
    let of_respondents = rows.filter(|row| &row[keys[3]] != MEETING);
    of_respondents
        .map(|row| {
            let number = row[count].parse().ok();
            assert_eq!(
                number.is_none(),
                &row[reason] == "hidden",
                "a number or the reason why there is none: {row:?}"
            );
            (keys.map(|at| row[at].to_owned()), number)
        })
        .collect()
}

/// A key of everyone.
pub(crate) fn key(question: &str, item: &str, answer: &str) -> Key {
    [question, item, answer, "", ""].map(ToOwned::to_owned)
}

/// A number that the attacker would like to know: of which publication, and where; `growth`: how much it grew since the
/// publication before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wanted {
    pub(crate) publication: usize,
    pub(crate) key: Key,
    pub(crate) growth: bool,
}

/// Parts times factors are together at least and at most so much.
struct Sum {
    parts: Vec<(usize, i64)>,
    least: i64,
    most: i64,
}

/// What the attacker knows.
pub(crate) struct Attacker {
    names: Vec<Wanted>,
    index: BTreeMap<Wanted, usize>,
    bounds: Vec<(i64, i64)>,
    sums: Vec<Sum>,
    of: Vec<Vec<usize>>,
}

impl Attacker {
    /// Reads everything published, oldest first. `several`: questions to which one may choose more than one option.
    pub(crate) fn of(publications: &[Table], several: &[&str]) -> Attacker {
        let (names, index) = (Vec::new(), BTreeMap::new());
        let mut own = Attacker {
            names,
            index,
            bounds: Vec::new(),
            sums: Vec::new(),
            of: Vec::new(),
        };
        for (at, table) in publications.iter().enumerate() {
            own.read(at, table, several);
        }
        for at in 1..publications.len() {
            own.compare(at);
        }
        own.of = vec![Vec::new(); own.names.len()];
        for (at, sum) in own.sums.iter().enumerate() {
            for (part, _) in &sum.parts {
                own.of[*part].push(at);
            }
        }
        own
    }

    fn number(&mut self, publication: usize, key: &Key, growth: bool, bounds: (i64, i64)) -> usize {
        let name = Wanted {
            publication,
            key: key.clone(),
            growth,
        };
        *self.index.entry(name.clone()).or_insert_with(|| {
            self.names.push(name);
            self.bounds.push(bounds);
            self.bounds.len() - 1
        })
    }

    /// The numbers of one publication and the sums within it.
    fn read(&mut self, at: usize, table: &Table, several: &[&str]) {
        let answered = table[&key("", "", "answered")].expect("how many have answered is always told");
        let mut groups: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for (name, number) in table.iter().filter(|(name, _)| !name[0].is_empty()) {
            let bounds = number.map_or((0, answered), |number| (number, number));
            self.number(at, name, false, bounds);
            if !name[3].is_empty() {
                groups
                    .entry((name[0].clone(), name[3].clone()))
                    .or_default()
                    .insert(name[4].clone());
            }
        }
        let everyone: Vec<Key> = table
            .keys()
            .filter(|name| !name[0].is_empty() && name[3].is_empty())
            .cloned()
            .collect();
        for name in &everyone {
            for ((_, by), groups) in groups.iter().filter(|((question, _), _)| *question == name[0]) {
                let of = |group: &str| {
                    let [question, item, answer, ..] = name.clone();
                    [question, item, answer, by.clone(), group.to_owned()]
                };
                let mut parts = vec![(self.number(at, name, false, (0, answered)), -1)];
                parts.extend(
                    groups
                        .iter()
                        .map(String::as_str)
                        .chain([REST])
                        .map(|group| (self.number(at, &of(group), false, (0, answered)), 1)),
                );
                self.sums.push(Sum {
                    parts,
                    least: 0,
                    most: 0,
                });
            }
        }
        let own: Vec<Key> = self
            .names
            .iter()
            .filter(|own| own.publication == at)
            .map(|own| own.key.clone())
            .collect();
        let tables: BTreeSet<Key> = own
            .iter()
            .filter(|own| own[2] != THEME)
            .map(|own| within(own, ""))
            .collect();
        for table in &tables {
            self.within(at, table, &own, answered, several.contains(&table[0].as_str()));
        }
        for theme in own.iter().filter(|own| own[2] == THEME) {
            let parts = [(theme.clone(), 1), (key(&theme[0], "", N), -1)];
            self.sum(at, &parts, -answered, 0);
        }
    }

    /// The sums of one table: a question's row, in one group or of everyone.
    fn within(&mut self, at: usize, table: &Key, own: &[Key], answered: i64, several: bool) {
        let cells: Vec<&Key> = own
            .iter()
            .filter(|own| own[2] != THEME && within(own, "") == *table)
            .collect();
        let is_chosen = |own: &&&Key| !own[2].starts_with('_') || own[2] == "_other";
        let chosen: Vec<(Key, i64)> = cells.iter().filter(is_chosen).map(|own| ((*own).clone(), 1)).collect();
        let n = (within(table, N), -1);
        if several {
            for one in &chosen {
                self.sum(at, &[one.clone(), n.clone()], -answered, 0);
            }
            let all: Vec<_> = chosen.into_iter().chain([n]).collect();
            self.sum(at, &all, 0, i64::MAX);
        } else if !chosen.is_empty() {
            let all: Vec<_> = chosen.into_iter().chain([n]).collect();
            self.sum(at, &all, 0, 0);
        }
        let whole = cells
            .iter()
            .filter(|own| [N, NO_OPINION, UNANSWERED].contains(&own[2].as_str()));
        let mut whole: Vec<(Key, i64)> = whole.map(|own| ((*own).clone(), 1)).collect();
        let [.., by, group] = table;
        match (by.as_str(), group.as_str()) {
            ("", _) => self.sum(at, &whole, answered, answered),
            // Those in no group did not answer that question, or answered it otherwise.
            (_, REST) => {
                for other in [UNANSWERED, "_other", NO_OPINION] {
                    let other = key(by, "", other);
                    whole.extend(own.contains(&other).then_some((other, -1)));
                }
                self.sum(at, &whole, 0, 0);
            }
            _ => {
                whole.push((key(by, "", group), -1));
                self.sum(at, &whole, 0, 0);
            }
        }
    }

    fn sum(&mut self, at: usize, parts: &[(Key, i64)], least: i64, most: i64) {
        let index = |key: &Key| {
            let wanted = Wanted {
                publication: at,
                key: key.clone(),
                growth: false,
            };
            *self
                .index
                .get(&wanted)
                .unwrap_or_else(|| panic!("nothing is published of {wanted:?}"))
        };
        self.sums.push(Sum {
            parts: parts.iter().map(|(key, factor)| (index(key), *factor)).collect(),
            least,
            most,
        });
    }

    /// What has come since the publication before: never less than nobody.
    fn compare(&mut self, at: usize) {
        let now = |own: &&Wanted| own.publication == at && !own.growth;
        let names: Vec<Wanted> = self.names.iter().filter(now).cloned().collect();
        for name in names {
            let Some(before) = self
                .index
                .get(&Wanted {
                    publication: at - 1,
                    ..name.clone()
                })
                .copied()
            else {
                continue;
            };
            let now = self.index[&name];
            let growth = self.number(at, &name.key, true, (0, self.bounds[now].1));
            self.sums.push(Sum {
                parts: vec![(now, 1), (before, -1), (growth, -1)],
                least: 0,
                most: 0,
            });
        }
    }

    /// Numbers that are written nowhere, and what each is if the answers were these.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = &Wanted> {
        let open = |at: &usize| self.bounds[*at].0 < self.bounds[*at].1 || self.names[*at].growth;
        (0..self.names.len()).filter(open).map(|at| &self.names[at])
    }

    /// Whether these answers could have been published so.
    pub(crate) fn believes(&self, truth: &dyn Fn(&Wanted) -> i64) -> bool {
        let truth: Vec<i64> = self.names.iter().map(truth).collect();
        let within = self
            .bounds
            .iter()
            .zip(&truth)
            .all(|((low, high), own)| (low..=high).contains(&own));
        within
            && self
                .sums
                .iter()
                .all(|sum| (sum.least..=sum.most).contains(&total(sum, &truth)))
    }

    /// The least and the most a number can be, as far as whole answers have been found that agree with everything
    /// published. He tries numbers near the truth first: that is quicker, and finds nothing that is not so.
    pub(crate) fn interval(&self, wanted: &Wanted, enough: i64, truth: &dyn Fn(&Wanted) -> i64) -> (i64, i64) {
        let at = self.index[wanted];
        let truth: Vec<i64> = self.names.iter().map(truth).collect();
        let mut bounds = self.bounds.clone();
        assert!(
            self.tighten(&mut bounds, (0..self.sums.len()).collect()),
            "what is published contradicts itself"
        );
        let (least, most) = bounds[at];
        let possible = |number: i64| {
            let mut bounds = bounds.clone();
            bounds[at] = (number, number);
            let mut steps = 3_000;
            self.tighten(&mut bounds, self.of[at].clone()) && self.search(&bounds, &truth, &mut steps)
        };
        let low = (least..truth[at]).find(|number| possible(*number)).unwrap_or(truth[at]);
        let high = (truth[at] + 1..=most.min(low + enough))
            .rev()
            .find(|number| possible(*number));
        (low, high.unwrap_or(truth[at]))
    }

    /// Whether there are whole numbers within these bounds; `false` too when none was found in so many steps.
    fn search(&self, bounds: &[(i64, i64)], truth: &[i64], steps: &mut u32) -> bool {
        // First what can be least: there a wrong turn is seen soonest.
        let open = (0..bounds.len()).filter(|at| bounds[*at].0 < bounds[*at].1);
        let Some(at) = open.min_by_key(|at| (bounds[*at].1 - bounds[*at].0, *at)) else {
            return true;
        };
        let (low, high) = bounds[at];
        let near = truth[at].clamp(low, high);
        let mut ways: Vec<i64> = (low..=high).collect();
        ways.sort_by_key(|way| (way - near).abs());
        for way in ways {
            if *steps == 0 {
                return false;
            }
            *steps -= 1;
            let mut next = bounds.to_vec();
            next[at] = (way, way);
            if self.tighten(&mut next, self.of[at].clone()) && self.search(&next, truth, steps) {
                return true;
            }
        }
        false
    }

    /// Draws every conclusion from one sum at a time; `false`: a contradiction.
    fn tighten(&self, bounds: &mut [(i64, i64)], mut waiting: Vec<usize>) -> bool {
        while let Some(next) = waiting.pop() {
            let sum = &self.sums[next];
            let ends = |(at, factor): (usize, i64), bounds: &[(i64, i64)]| {
                let (low, high) = bounds[at];
                if factor > 0 {
                    (low * factor, high * factor)
                } else {
                    (high * factor, low * factor)
                }
            };
            let all = sum.parts.iter().map(|part| ends(*part, bounds));
            let (low, high) = all.fold((0, 0), |(low, high), own| (low + own.0, high + own.1));
            for part @ (at, factor) in sum.parts.iter().copied() {
                let own = ends(part, bounds);
                // What the others leave for this one, which has a factor of 1 or -1.
                let least = sum.least.saturating_sub(high - own.1);
                let most = sum.most.saturating_sub(low - own.0);
                let (least, most) = if factor > 0 { (least, most) } else { (-most, -least) };
                let before = bounds[at];
                bounds[at] = (before.0.max(least), before.1.min(most));
                if bounds[at].0 > bounds[at].1 {
                    return false;
                }
                if bounds[at] != before {
                    waiting.extend(
                        self.of[at]
                            .iter()
                            .filter(|own| !waiting.contains(own))
                            .copied()
                            .collect::<Vec<_>>(),
                    );
                }
            }
        }
        true
    }
}

fn total(sum: &Sum, values: &[i64]) -> i64 {
    sum.parts.iter().map(|(at, factor)| values[*at] * factor).sum()
}

/// The same table's cell of this name.
fn within(key: &Key, answer: &str) -> Key {
    let [question, item, _, by, group] = key.clone();
    [question, item, answer.to_owned(), by, group]
}
