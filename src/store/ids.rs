//! Ids: 64-bit integers that Dealgraph makes itself, so that a writer knows its keys before it writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::Utc;

/// Makes ids: 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter. Each is larger than the one before;
/// clones make ids of one row, so that several threads can have one each.
#[derive(Debug, Clone)]
pub struct IdMaker {
    node: i64,
    /// The milliseconds and the counter of the last id.
    last: Arc<AtomicI64>,
    follows_clock: bool,
}

const EPOCH_MS: i64 = 1_577_836_800_000;
const COUNTER_BITS: u32 = 12;
const COUNTER_MAX: i64 = 4_095;
const NODE_MAX: i64 = 1_023;

impl IdMaker {
    /// Begins at the present moment; `node` (0 to 1023, larger ones wrap) tells servers that write at once apart.
    #[must_use]
    pub fn new(node: u16) -> Self {
        Self::starting_at(Utc::now().timestamp_millis(), node)
    }

    /// Begins at a moment (milliseconds since 1970, UTC), for stores that must come out the same each time.
    #[must_use]
    pub fn starting_at(unix_ms: i64, node: u16) -> Self {
        let last = ((unix_ms - EPOCH_MS).max(0) << COUNTER_BITS) - 1;
        Self { node: i64::from(node) & NODE_MAX, last: Arc::new(AtomicI64::new(last)), follows_clock: false }
    }

    /// The same, whose ids do not fall behind the clock: for a server, which runs on and writes now and then.
    #[must_use]
    pub fn following_clock(self) -> Self {
        Self { follows_clock: true, ..self }
    }

    /// The next id.
    pub fn next_id(&mut self) -> i64 {
        let now = if self.follows_clock {
            (Utc::now().timestamp_millis() - EPOCH_MS).max(0) << COUNTER_BITS
        } else {
            i64::MIN
        };
        let next = |last: i64| Some(last.saturating_add(1).max(now));
        let last = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        let made = last.map_or(now, |last| last.saturating_add(1).max(now));
        ((made >> COUNTER_BITS) << 22) | (self.node << COUNTER_BITS) | (made & COUNTER_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::IdMaker;

    #[test]
    fn ids_rise_over_the_end_of_a_millisecond() {
        let mut ids = IdMaker::starting_at(1_800_000_000_000, 5);
        let made: Vec<i64> = (0..10_000).map(|_| ids.next_id()).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
        assert!(made.iter().all(|id| (id >> 12) & 1_023 == 5));
    }

    #[test]
    fn clones_never_make_the_same_id() {
        let ids = IdMaker::new(0).following_clock();
        let make = |mut ids: IdMaker| std::thread::spawn(move || (0..5_000).map(|_| ids.next_id()).collect::<Vec<_>>());
        let threads: Vec<_> = (0..4).map(|_| make(ids.clone())).collect();
        let mut made: Vec<i64> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        made.sort_unstable();
        made.dedup();
        assert_eq!(made.len(), 20_000);
    }
}
