//! What differs between two wordings: words that were deleted and words that were inserted, paragraph by paragraph.
//!
//! Takes paragraphs as plain words; gives those that differ. By the longest common subsequence, of paragraphs first and then of
//! words, so that what stayed the same is never shown as changed.

use serde::Serialize;

/// Most cells of the table that is filled to align two sequences; beyond it, what lies between equal ends is exchanged as a whole.
const MOST_CELLS: usize = 4_000_000;

/// Least share of common words of two paragraphs that are the same one in other words.
const ALIKE: f64 = 0.3;

/// Words that follow each other and have the same fate.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Run {
    pub(super) fate: Fate,
    pub(super) text: String,
    /// Whether it follows the words before it without a space, as a full stop does.
    glued: bool,
}

/// Whether words stayed, went or came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fate {
    Kept,
    Deleted,
    Inserted,
}

/// The paragraphs that differ, each in its words; empty: none does.
pub(super) fn changed_paragraphs(before: &[String], after: &[String]) -> Vec<Vec<Run>> {
    let mut changed = Vec::new();
    let (mut deleted, mut inserted) = (Vec::new(), Vec::new());
    let mut flush = |deleted: &mut Vec<&String>, inserted: &mut Vec<&String>| {
        changed.append(&mut exchanged(&std::mem::take(deleted), &std::mem::take(inserted)));
    };
    for pair in align(before, after) {
        match pair {
            (Some(_), Some(_)) => flush(&mut deleted, &mut inserted),
            (Some(old), None) => deleted.push(&before[old]),
            (None, Some(new)) => inserted.push(&after[new]),
            (None, None) => {}
        }
    }
    flush(&mut deleted, &mut inserted);
    changed
}

/// Paragraphs that stand for each other: those that are alike as one, the others apart.
fn exchanged(deleted: &[&String], inserted: &[&String]) -> Vec<Vec<Run>> {
    let whole = |fate, text: &String| {
        vec![Run {
            fate,
            text: text.clone(),
            glued: false,
        }]
    };
    let mut out = Vec::new();
    let mut rest = inserted.iter();
    for old in deleted {
        let like = rest.clone().position(|new| are_alike(old, new));
        let Some(at) = like else {
            out.push(whole(Fate::Deleted, old));
            continue;
        };
        out.extend(rest.by_ref().take(at).map(|new| whole(Fate::Inserted, new)));
        out.extend(rest.next().map(|new| words(old, new)));
    }
    out.extend(rest.map(|new| whole(Fate::Inserted, new)));
    out
}

fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (tokens(one), tokens(other));
    let common = align(&one, &other)
        .iter()
        .filter(|pair| matches!(pair, (Some(_), Some(_))))
        .count();
    #[expect(clippy::cast_precision_loss, reason = "numbers of words of a paragraph")]
    let share = common as f64 / one.len().max(other.len()).max(1) as f64;
    share >= ALIKE
}

/// Both wordings in one, word by word; what was deleted stands before what came in its place.
pub(super) fn words(before: &str, after: &str) -> Vec<Run> {
    let (before, after) = (tokens(before), tokens(after));
    let mut runs: Vec<Run> = Vec::new();
    let mut inserted: Vec<Token<'_>> = Vec::new();
    for pair in align(&before, &after) {
        match pair {
            (Some(_), Some(new)) => {
                inserted
                    .drain(..)
                    .for_each(|token| push(&mut runs, Fate::Inserted, token));
                push(&mut runs, Fate::Kept, after[new]);
            }
            (Some(old), None) => push(&mut runs, Fate::Deleted, before[old]),
            (None, Some(new)) => inserted.push(after[new]),
            (None, None) => {}
        }
    }
    inserted
        .drain(..)
        .for_each(|token| push(&mut runs, Fate::Inserted, token));
    runs
}

/// A word, or the sign behind one.
#[derive(Clone, Copy, PartialEq)]
struct Token<'a> {
    text: &'a str,
    /// Whether it follows what is before it without a space.
    glued: bool,
}

/// Words and the signs behind them, so that a word is the same before a comma and before a full stop.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for word in text.split_whitespace() {
        let stem = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        if !stem.is_empty() {
            tokens.push(Token {
                text: stem,
                glued: false,
            });
        }
        if stem.len() < word.len() {
            let (text, glued) = (&word[stem.len()..], !stem.is_empty());
            tokens.push(Token { text, glued });
        }
    }
    tokens
}

fn push(runs: &mut Vec<Run>, fate: Fate, token: Token<'_>) {
    match runs.last_mut().filter(|last| last.fate == fate) {
        Some(last) => {
            last.text.push_str(if token.glued { "" } else { " " });
            last.text.push_str(token.text);
        }
        None => runs.push(Run {
            fate,
            text: token.text.to_owned(),
            glued: token.glued,
        }),
    }
}

/// The positions of two sequences side by side: both where they are equal, one alone where the other lacks it.
fn align<T: PartialEq>(before: &[T], after: &[T]) -> Vec<(Option<usize>, Option<usize>)> {
    let head = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let tails = before[head..].iter().rev().zip(after[head..].iter().rev());
    let tail = tails.take_while(|(old, new)| old == new).count();
    let (old, new) = (&before[head..before.len() - tail], &after[head..after.len() - tail]);
    let width = new.len() + 1;
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = (0..head).map(|at| (Some(at), Some(at))).collect();
    // Length of the longest common subsequence of what follows each pair of positions.
    let mut lengths = vec![
        0_u32;
        if old.len().saturating_mul(width) > MOST_CELLS {
            0
        } else {
            (old.len() + 1) * width
        }
    ];
    if !lengths.is_empty() {
        for i in (0..old.len()).rev() {
            for j in (0..new.len()).rev() {
                lengths[i * width + j] = if old[i] == new[j] {
                    lengths[(i + 1) * width + j + 1] + 1
                } else {
                    lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
                };
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let length = |i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or_default();
        if i < old.len() && j < new.len() && !lengths.is_empty() && old[i] == new[j] {
            pairs.push((Some(head + i), Some(head + j)));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || length(i + 1, j) >= length(i, j + 1)) {
            pairs.push((Some(head + i), None));
            i += 1;
        } else {
            pairs.push((None, Some(head + j)));
            j += 1;
        }
    }
    pairs.extend((0..tail).map(|at| (Some(head + old.len() + at), Some(head + new.len() + at))));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &[&str], after: &[&str]) -> Vec<String> {
        let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let run = |run: &Run| match run.fate {
            Fate::Kept => run.text.clone(),
            Fate::Deleted => format!("[-{}-]", run.text),
            Fate::Inserted => format!("[+{}+]", run.text),
        };
        let changed = changed_paragraphs(&all(before), &all(after));
        changed
            .iter()
            .map(|runs| runs.iter().map(run).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn words_that_differ_are_told_and_others_are_not() {
        assert_eq!(
            told(
                &["Fler ska ha en utbildning.", "Oförändrat."],
                &["Fler ska kunna ha en god utbildning.", "Oförändrat."]
            ),
            ["Fler ska [+kunna+] ha en [+god+] utbildning."]
        );
        assert_eq!(told(&["a b c d"], &["a x c d"]), ["a [-b-] [+x+] c d"]);
        assert_eq!(
            told(&["utbilda sig."], &["utbilda sig där de bor."]),
            ["utbilda sig [+där de bor+] ."]
        );
    }

    #[test]
    fn paragraphs_that_have_little_in_common_are_exchanged() {
        assert_eq!(
            told(&["ett två tre"], &["helt andra ord"]),
            ["[-ett två tre-]", "[+helt andra ord+]"]
        );
        assert_eq!(told(&[], &["nytt"]), ["[+nytt+]"]);
        assert_eq!(told(&["bort", "kvar"], &["kvar"]), ["[-bort-]"]);
    }

    #[test]
    fn both_wordings_can_be_read_from_the_runs() {
        let (before, after) = ("a b c a b b a x", "c b a b a c y x");
        let runs = words(before, after);
        let without = |fate: Fate| {
            let runs = runs.iter().filter(|run| run.fate != fate).map(|run| run.text.as_str());
            runs.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            (without(Fate::Inserted), without(Fate::Deleted)),
            (before.to_owned(), after.to_owned())
        );
    }

    #[test]
    fn very_long_texts_are_exchanged_as_a_whole() {
        let pairs = align(&vec!["a"; 3000], &vec!["b"; 3000]);
        assert_eq!(pairs.len(), 6000);
    }
}
