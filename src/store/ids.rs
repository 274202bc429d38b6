//! Ids: 64-bit integers that Dealgraph makes itself, so that a writer knows its keys before it writes.

use chrono::Utc;

/// Makes ids: 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter. Each is larger than the one before.
#[derive(Debug, Clone)]
pub struct IdMaker {
    node: i64,
    last_ms: i64,
    counter: i64,
}

const EPOCH_MS: i64 = 1_577_836_800_000;
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
        Self { node: i64::from(node) & NODE_MAX, last_ms: (unix_ms - EPOCH_MS).max(0), counter: -1 }
    }

    /// The next id.
    pub fn next_id(&mut self) -> i64 {
        if self.counter == COUNTER_MAX {
            self.last_ms += 1;
            self.counter = 0;
        } else {
            self.counter += 1;
        }
        (self.last_ms << 22) | (self.node << 12) | self.counter
    }
}
