//! Readers that count what passes, and stop what grows out of proportion.

use std::io::{Error, Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes were read, for the progress bar.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counter(Arc<AtomicU64>);

impl Counter {
    /// The bytes so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts what a reader gives.
    pub(super) fn count<R: Read>(&self, inner: R) -> Counting<R> {
        Counting { inner, count: Arc::clone(&self.0) }
    }
}

/// A reader that is counted.
pub(super) struct Counting<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(count)
    }
}

/// Tables of text become a tenth or a twentieth; nothing that is meant to be read becomes less than this part.
const RATIO_MAX: u64 = 250;
/// Unpacked bytes that are always allowed, whatever the ratio.
const UNPACKED_FREE: u64 = 64 * 1024 * 1024;

/// The unpacked bytes that an archive of a size may give.
pub(super) fn unpacked_max(packed: u64) -> u64 {
    packed.saturating_mul(RATIO_MAX).max(UNPACKED_FREE)
}

/// A reader that fails when it gives more than it may.
pub(super) struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Bounded<R> {
    /// Fails after `most` bytes.
    pub(super) fn new(inner: R, most: u64) -> Self {
        Self { inner, left: most }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(u64::try_from(count).unwrap_or(u64::MAX)) {
            Some(left) => self.left = left,
            None => {
                return Err(Error::other(format!(
                    "it unpacks to more than {RATIO_MAX} times its size: this is no table but a decompression bomb"
                )));
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Bounded, unpacked_max};

    #[test]
    fn what_is_bounded_may_give_all_but_one_byte_more() {
        let mut out = Vec::new();
        assert!(Bounded::new(&b"four"[..], 4).read_to_end(&mut out).is_ok());
        assert!(Bounded::new(&b"four+"[..], 4).read_to_end(&mut out).is_err());
    }

    #[test]
    fn small_archives_may_unpack_freely_and_large_ones_by_ratio() {
        assert_eq!(unpacked_max(1), 64 * 1024 * 1024);
        assert_eq!(unpacked_max(1_000_000_000), 250_000_000_000);
    }
}
