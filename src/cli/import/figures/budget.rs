//! How much of a source one import reads: requests, bytes and time. A source that never ends is left before it fills the
//! memory or the day.

use crate::finding::{Result, message};
use std::time::{Duration, Instant};

/// Requests of one import: pages and portions.
const MOST_REQUESTS: usize = 500;
/// Bytes of all answers of one import.
const MOST_BYTES: usize = 256 << 20;
/// Time for one import, waiting included.
const LONGEST: Duration = Duration::from_mins(10);

/// What has been used of it.
pub(super) struct Budget {
    requests: usize,
    bytes: usize,
    began: Instant,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            requests: 0,
            bytes: 0,
            began: Instant::now(),
        }
    }
}

impl Budget {
    /// Whether one more request is left.
    ///
    /// # Errors
    /// When it is not, in words: how much was read, and what the bound is.
    pub(super) fn check(&self) -> Result<()> {
        if self.requests >= MOST_REQUESTS {
            return Err(message::too_many_pages(MOST_REQUESTS).into());
        }
        let (minutes, seconds) = (LONGEST.as_secs() / 60, self.began.elapsed().as_secs());
        if self.began.elapsed() >= LONGEST {
            return Err(message::source_too_slow(seconds, minutes).into());
        }
        Ok(())
    }

    /// Counts an answer.
    ///
    /// # Errors
    /// When all answers together are too large, in words.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<()> {
        self.requests += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        let (pages, limit) = (self.requests, MOST_BYTES >> 20);
        if self.bytes > MOST_BYTES {
            return Err(message::answers_too_large(limit, pages).into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_never_ends_is_left() {
        let mut budget = Budget::default();
        for _ in 0..MOST_REQUESTS {
            budget.check().unwrap();
            budget.spend(1).unwrap();
        }
        assert!(budget.check().unwrap_err().to_string().contains("500 pages"));
    }

    #[test]
    fn answers_are_no_larger_together_than_memory_allows() {
        let mut budget = Budget::default();
        budget.spend(MOST_BYTES).unwrap();
        assert!(
            budget
                .spend(1)
                .unwrap_err()
                .to_string()
                .contains("256 MiB after 2 pages")
        );
    }

    #[test]
    fn an_import_does_not_take_the_day() {
        let began = Instant::now().checked_sub(LONGEST);
        // A machine that was just started has no time so long ago.
        let Some(began) = began else { return };
        let budget = Budget {
            began,
            ..Budget::default()
        };
        assert!(budget.check().unwrap_err().to_string().contains("10 minutes"));
    }
}
