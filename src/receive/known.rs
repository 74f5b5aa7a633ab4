//! The responses that a journal has, as far as it must be known whether one was sent before.
//!
//! Takes lines of the journal and forms; gives for each form its receipt, and the line to add unless the journal has it.
//! Touches no file.
//!
//! - A form with an id: the same id with the same content gets the same receipt; with other content it is a correction, and a
//!   line is added, of which the newest counts.
//! - A form without an id (a page without its script): each gets an id of its own, so that two people who answer alike both
//!   count. Only a repetition does not: the same content from the same sender within [`REPEATED_WITHIN`] seconds, such as a
//!   button that is pressed twice or a page that is loaded again because no answer came. Who a sender is, is a keyed hash of
//!   address and browser that is held in memory for that time and written nowhere. After a restart senders are not known:
//!   then equal content within that time is taken as repeated.

use crate::import::{Posted, known_response};
use std::collections::{HashMap, VecDeque};

/// Seconds within which the same form without an id, from the same sender, is the same answer.
const REPEATED_WITHIN: i64 = 120;
/// The start of ids that the receiver gives to forms without one.
pub(super) const GIVEN_ID: &str = "r-";

/// A form that has come in.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) posted: Posted,
    /// A keyed hash of address and browser.
    pub(super) sender: u128,
    /// When it came, in seconds since 1970 and as the journal writes it.
    pub(super) second: i64,
    pub(super) moment: String,
    /// An id that nobody has, for a form without one.
    pub(super) new_id: String,
}

/// What a sender is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Receipt {
    pub(super) id: String,
    /// When the answer came, in seconds since 1970.
    pub(super) second: i64,
}

/// An answer without an id of its own that may be repeated.
#[derive(Debug)]
struct Recent {
    id: String,
    content: u128,
    /// `None`: not known, since the receiver was started later.
    sender: Option<u128>,
    second: i64,
}

/// What is known of one journal.
#[derive(Debug, Default)]
pub(super) struct KnownResponses {
    /// By the hash of the id: the hash of what the last line with it says, and when that was sent.
    last: HashMap<u128, (u128, i64)>,
    /// Answers without an id of their own, oldest first.
    recent: VecDeque<Recent>,
}

impl KnownResponses {
    /// What remains known before the journal is read anew: who sent what came lately.
    pub(super) fn forget(self) -> Self {
        Self {
            last: HashMap::new(),
            recent: self.recent,
        }
    }

    /// Takes a line of the journal; false when it is no response. `now`: seconds since 1970.
    pub(super) fn read(&mut self, line: &str, now: i64) -> bool {
        if line.trim().is_empty() {
            return true;
        }
        let Some((id, content, moment)) = known_response(line) else {
            return false;
        };
        let second = moment.unwrap_or(0);
        self.last.insert(hash(&id), (content, second));
        let is_recent = id.starts_with(GIVEN_ID) && (now - second).abs() <= REPEATED_WITHIN;
        if is_recent && !self.recent.iter().any(|recent| recent.id == id) {
            self.recent.push_back(Recent {
                id,
                content,
                sender: None,
                second,
            });
        }
        true
    }

    /// Drops answers that are remembered and that the journal, now read, does not have: their writing failed.
    pub(super) fn settle(&mut self) {
        let last = &self.last;
        self.recent.retain(|recent| last.contains_key(&hash(&recent.id)));
    }

    /// The receipt for a form, and the line to add; no line when the journal has it.
    pub(super) fn accept(&mut self, arrival: &Arrival) -> (Receipt, Option<String>) {
        let Arrival { posted, second, .. } = arrival;
        let old = |recent: &Recent| second - recent.second > REPEATED_WITHIN;
        while self.recent.front().is_some_and(old) {
            self.recent.pop_front();
        }
        let id = if let Some(id) = &posted.id {
            id
        } else {
            let is_same = |recent: &&Recent| {
                recent.content == posted.content && recent.sender.is_none_or(|sender| sender == arrival.sender)
            };
            if let Some(recent) = self.recent.iter().find(is_same) {
                let (id, second) = (recent.id.clone(), recent.second);
                return (Receipt { id, second }, None);
            }
            self.recent.push_back(Recent {
                id: arrival.new_id.clone(),
                content: posted.content,
                sender: Some(arrival.sender),
                second: *second,
            });
            &arrival.new_id
        };
        let receipt = |second| Receipt { id: id.clone(), second };
        let key = hash(id);
        match self.last.get(&key) {
            Some((content, earlier)) if *content == posted.content => (receipt(*earlier), None),
            _ => {
                self.last.insert(key, (posted.content, *second));
                (receipt(*second), Some(posted.line(id, &arrival.moment)))
            }
        }
    }
}

fn hash(text: &str) -> u128 {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    u128::from_be_bytes(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Log;
    use crate::source::Snapshot;
    use crate::{import, read};

    fn arrival(id: &str, words: &str, sender: u128, second: i64) -> Arrival {
        let mut snapshot = Snapshot::default();
        snapshot.insert("data/site.yaml", &b"title: Prov\n"[..]);
        let survey = "title: P\nrespondents: persons\ndates: {}\nquestionnaire:\n  steps:\n    - title: A\n      questions: [{ id: ord, kind: text, text: Ord? }]\n";
        snapshot.insert("data/surveys/prov.yaml", survey.as_bytes());
        let site = read::site(&snapshot, &Log::default()).expect("a site");
        let form = [
            ("response".to_owned(), id.to_owned()),
            ("ord".to_owned(), words.to_owned()),
        ];
        Arrival {
            posted: import::posted(&form, &site.consultations[0], None).expect("it is taken in"),
            sender,
            second,
            moment: read::in_sweden(second, None).expect("a moment").1,
            new_id: format!("{GIVEN_ID}{words}-{sender}-{second}"),
        }
    }

    const NOW: i64 = 1_773_788_400;

    #[test]
    fn the_same_again_is_the_same_and_a_correction_is_a_line() {
        let mut known = KnownResponses::default();
        let (first, line) = known.accept(&arrival("a", "Ja", 1, NOW));
        let line = line.expect("it is new");
        assert_eq!(known.accept(&arrival("a", "Ja", 2, NOW + 5000)), (first.clone(), None));
        assert!(known.accept(&arrival("a", "Nej", 1, NOW + 9)).1.is_some());
        // Back to what was said first: the newest counts, so it must be said again.
        assert!(known.accept(&arrival("a", "Ja", 1, NOW + 10)).1.is_some());
        // After a restart the journal tells.
        let mut again = KnownResponses::default();
        assert!(again.read(&line, NOW + 60));
        assert_eq!(again.accept(&arrival("a", "Ja", 1, NOW + 60)), (first, None));
    }

    #[test]
    fn people_who_answer_alike_both_count_and_a_button_pressed_twice_does_not() {
        let mut known = KnownResponses::default();
        let (first, _) = known.accept(&arrival("", "Ja", 1, NOW));
        assert_eq!(known.accept(&arrival("", "Ja", 1, NOW + 2)), (first.clone(), None));
        let (other, line) = known.accept(&arrival("", "Ja", 2, NOW + 2));
        assert!(other.id != first.id && line.is_some());
        assert!(known.accept(&arrival("", "Nej", 1, NOW + 3)).1.is_some());
        assert!(known.accept(&arrival("", "Ja", 1, NOW + 200)).1.is_some());
    }

    #[test]
    fn after_a_restart_equal_words_within_the_time_are_repeated() {
        let mut known = KnownResponses::default();
        let (first, line) = known.accept(&arrival("", "Ja", 1, NOW));
        let mut again = KnownResponses::default();
        again.read(&line.expect("it is new"), NOW + 30);
        assert_eq!(again.accept(&arrival("", "Ja", 7, NOW + 30)), (first, None));
        assert!(again.accept(&arrival("", "Ja", 7, NOW + 300)).1.is_some());
    }

    #[test]
    fn what_could_not_be_written_was_never_sent() {
        let mut known = KnownResponses::default();
        known.accept(&arrival("", "Ja", 1, NOW));
        let mut known = known.forget();
        known.settle();
        assert!(known.accept(&arrival("", "Ja", 1, NOW + 2)).1.is_some());
    }
}
