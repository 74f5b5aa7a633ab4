//! How much is taken in at once: a bucket of answers that fills at a steady rate.
//!
//! One bucket for all: behind a proxy every sender has the proxy's address, and addresses are not kept here anyway. The proxy
//! limits each sender.

use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// A bucket that holds a second's worth of answers.
#[derive(Debug)]
pub(super) struct Bucket {
    rate: f64,
    /// What is left, and when that was counted.
    level: Mutex<(f64, Instant)>,
}

impl Bucket {
    /// A full bucket for so many answers a second.
    pub(super) fn new(rate: u32) -> Self {
        let rate = f64::from(rate.max(1));
        Self {
            rate,
            level: Mutex::new((rate, Instant::now())),
        }
    }

    /// Takes one out; false when there is none.
    pub(super) fn take(&self) -> bool {
        self.take_at(Instant::now())
    }

    fn take_at(&self, now: Instant) -> bool {
        let Ok(mut level) = self.level.lock() else { return true };
        let passed = now.checked_duration_since(level.1).unwrap_or(Duration::ZERO);
        let filled = (level.0 + passed.as_secs_f64() * self.rate).min(self.rate);
        let is_enough = filled >= 1.0;
        *level = (if is_enough { filled - 1.0 } else { filled }, now);
        is_enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holds_as_many_as_the_rate() {
        let bucket = Bucket::new(10);
        let now = Instant::now();
        let taken = |at| (0..20).filter(|_| bucket.take_at(at)).count();
        assert_eq!(taken(now), 10);
        assert_eq!(taken(now + Duration::from_millis(500)), 5);
        assert_eq!(taken(now + Duration::from_mins(1)), 10);
    }
}
