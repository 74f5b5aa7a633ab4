//! Rows without an id → who they are of: a sheet that is imported again, one that has grown, one that was corrected, or another.
//!
//! Takes what the journal has of such rows, by sheet, and the rows of a file; gives an id for each row that is known. Two
//! sheets that say the same are two people's, and one sheet is one person's however often it is imported: so it is whole files
//! that are compared. What cannot be told is asked, never guessed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Hash of all that a row says.
pub(super) type Content = [u8; 16];

/// A row that the journal has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownRow {
    /// Id of its response.
    pub(super) id: String,
    /// What it says, as it was imported last.
    pub(super) content: Content,
    /// What it said before it was corrected.
    pub(super) former: Vec<Content>,
}

/// A sheet that was imported once or several times.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownSheet {
    /// Its rows in the order in which they came.
    pub(super) rows: Vec<KnownRow>,
    /// How many rows it had at each import that brought something new.
    pub(super) sizes: BTreeSet<usize>,
    /// Where each id stands among the rows.
    pub(super) positions: BTreeMap<String, usize>,
}

impl KnownSheet {
    /// Whether these are its rows as they were at some import.
    fn was(&self, rows: &[Content]) -> bool {
        let has_said = |(known, row): (&KnownRow, &Content)| known.content == *row || known.former.contains(row);
        self.sizes.contains(&rows.len())
            && self.rows.iter().zip(rows).filter(|pair| has_said(*pair)).count() == rows.len()
    }
}

/// The sheets of the journal, by label; rows of an older journal are of a sheet without one.
pub(super) type Sheets = BTreeMap<String, KnownSheet>;

/// What the officer says of a file that is like one that was imported before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetRelation {
    /// The same sheet with rows that were corrected.
    Corrected,
    /// Another sheet, of other people.
    New,
}

impl SheetRelation {
    /// All, by the words that commands know them by.
    pub const NAMES: &'static [(&'static str, SheetRelation)] =
        &[("corrected", SheetRelation::Corrected), ("new", SheetRelation::New)];
}

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Recognised {
    /// A known sheet: the ids of its rows that are known, in the order of the file.
    Known { sheet: String, ids: Vec<Option<String>> },
    /// Another sheet; so many of its rows say what a row of another sheet says.
    New { twins: usize },
    /// Half a known sheet or more, so that it may be that sheet corrected: so many rows are the same, of so many.
    Unclear { same: usize, of: usize },
}

/// Tells what the file with these rows is.
pub(super) fn recognise(sheets: &Sheets, rows: &[Content], stated: Option<SheetRelation>) -> Recognised {
    if stated != Some(SheetRelation::New)
        && let Some((sheet, known)) = sheets.iter().find(|(_, known)| known.was(rows))
    {
        return Recognised::Known {
            sheet: sheet.clone(),
            ids: known
                .rows
                .iter()
                .take(rows.len())
                .map(|row| Some(row.id.clone()))
                .collect(),
        };
    }
    let known_rows = || sheets.iter().map(|(sheet, known)| (sheet, known.rows.as_slice()));
    let same = |known: &[KnownRow]| aligned(known, rows).iter().flatten().count();
    let is_prefix = |known: &[KnownRow]| {
        known.len() <= rows.len() && known.iter().zip(rows).all(|(known, row)| known.content == *row)
    };
    let is_whole = |known: &[KnownRow]| known.len() == rows.len() && same(known) == rows.len();
    let whole = known_rows().filter(|(_, known)| is_prefix(known) || is_whole(known));
    if stated != Some(SheetRelation::New)
        && let Some((sheet, known)) = whole.max_by_key(|(_, known)| known.len())
    {
        let ids = aligned(known, rows);
        return Recognised::Known {
            sheet: sheet.clone(),
            ids: ids.into_iter().map(|at| Some(known[at?].id.clone())).collect(),
        };
    }
    let likest = known_rows().max_by_key(|(_, known)| same(known));
    match likest.filter(|(_, known)| rows.len() >= known.len() && same(known) * 2 >= known.len()) {
        Some((sheet, known)) if stated == Some(SheetRelation::Corrected) => Recognised::Known {
            sheet: sheet.clone(),
            ids: corrected(known, rows),
        },
        Some((_, known)) if stated.is_none() => Recognised::Unclear {
            same: same(known),
            of: known.len(),
        },
        _ => {
            let is_known = |row: &&Content| {
                known_rows()
                    .flat_map(|(_, known)| known)
                    .any(|known| known.content == **row)
            };
            Recognised::New {
                twins: rows.iter().filter(is_known).count(),
            }
        }
    }
}

/// For each row the known row that says the same, each known row once, in order.
fn aligned(known: &[KnownRow], rows: &[Content]) -> Vec<Option<usize>> {
    let mut left: BTreeMap<Content, VecDeque<usize>> = BTreeMap::new();
    for (at, row) in known.iter().enumerate() {
        left.entry(row.content).or_default().push_back(at);
    }
    rows.iter().map(|row| left.get_mut(row)?.pop_front()).collect()
}

/// The ids of the rows of a corrected sheet: a row between the same neighbours as one that is gone is that one, corrected.
fn corrected(known: &[KnownRow], rows: &[Content]) -> Vec<Option<String>> {
    let aligned = aligned(known, rows);
    let matched: Vec<bool> = (0..known.len()).map(|at| aligned.contains(&Some(at))).collect();
    // Rows that are gone, by how many of those that stayed stand before them.
    let mut gone: BTreeMap<usize, VecDeque<&str>> = BTreeMap::new();
    let mut stayed = 0;
    for (row, matched) in known.iter().zip(&matched) {
        if *matched {
            stayed += 1;
        } else {
            gone.entry(stayed).or_default().push_back(&row.id);
        }
    }
    let mut stayed = 0;
    let id = |at: Option<usize>| match at {
        Some(at) => {
            stayed += 1;
            Some(known[at].id.clone())
        }
        None => gone.get_mut(&stayed)?.pop_front().map(ToOwned::to_owned),
    };
    aligned.into_iter().map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(word: &str) -> Content {
        let mut content = [0; 16];
        content[..word.len()].copy_from_slice(word.as_bytes());
        content
    }

    /// What a row said before it was corrected.
    fn content_before(row: usize) -> Content {
        content(&format!("old{row}"))
    }

    /// Sheets as words, one a row, that had two rows at first; the rows' ids are their numbers.
    fn told(sheets: &[&str], file: &str, stated: Option<SheetRelation>) -> Recognised {
        let rows = |text: &str| text.split(' ').map(content).collect::<Vec<_>>();
        let sheet = |(at, text): (usize, &&str)| {
            let known = rows(text).into_iter().zip(1..).map(|(content, row)| KnownRow {
                id: format!("{at}.{row}"),
                content,
                former: vec![content_before(row)],
            });
            let rows: Vec<KnownRow> = known.collect();
            let sizes = BTreeSet::from([2, rows.len()]);
            (
                at.to_string(),
                KnownSheet {
                    rows,
                    sizes,
                    ..KnownSheet::default()
                },
            )
        };
        recognise(&sheets.iter().enumerate().map(sheet).collect(), &rows(file), stated)
    }

    fn known(ids: &[&str]) -> Recognised {
        Recognised::Known {
            sheet: "0".to_owned(),
            ids: ids.iter().map(|id| (*id != "-").then(|| format!("0.{id}"))).collect(),
        }
    }

    #[test]
    fn a_sheet_is_known_again_also_when_it_has_grown_or_was_sorted() {
        assert_eq!(told(&["a b a"], "a b a", None), known(&["1", "2", "3"]));
        assert_eq!(told(&["a b a"], "a b a c a", None), known(&["1", "2", "3", "-", "-"]));
        assert_eq!(told(&["a b c"], "c a b", None), known(&["3", "1", "2"]));
    }

    #[test]
    fn a_sheet_as_it_was_before_is_known_too() {
        assert_eq!(told(&["a b c d"], "a b", None), known(&["1", "2"]));
        assert_eq!(told(&["a b c d"], "a old2", None), known(&["1", "2"]));
        assert_eq!(told(&["a b c d"], "a old2 c d", None), known(&["1", "2", "3", "4"]));
        assert_eq!(told(&["a b c d"], "a b c", None), Recognised::New { twins: 3 });
    }

    #[test]
    fn another_sheet_that_says_the_same_is_other_peoples() {
        assert_eq!(told(&["a a"], "a", None), Recognised::New { twins: 1 });
        assert_eq!(told(&["a b c d e"], "x a y", None), Recognised::New { twins: 1 });
        assert_eq!(told(&[], "a b", None), Recognised::New { twins: 0 });
    }

    #[test]
    fn what_may_be_a_corrected_sheet_is_asked() {
        assert_eq!(told(&["a b c"], "a x c", None), Recognised::Unclear { same: 2, of: 3 });
        assert_eq!(
            told(&["a b c"], "a x c", Some(SheetRelation::Corrected)),
            known(&["1", "2", "3"])
        );
        assert_eq!(
            told(&["a b c"], "a x c", Some(SheetRelation::New)),
            Recognised::New { twins: 2 }
        );
    }

    #[test]
    fn a_corrected_row_is_told_from_one_that_was_added() {
        assert_eq!(
            told(&["a b c d"], "a x c d y", Some(SheetRelation::Corrected)),
            known(&["1", "2", "3", "4", "-"])
        );
        assert_eq!(
            told(&["a b c d"], "n a b x d", Some(SheetRelation::Corrected)),
            known(&["-", "1", "2", "3", "4"])
        );
    }
}
