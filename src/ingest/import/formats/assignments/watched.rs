//! A reader that knows its line, bounds what one record may take, and marks bytes that are no UTF-8.

use std::cell::Cell;
use std::io::{BufRead, Error, Read, Result};
use std::rc::Rc;

/// Stands where bytes were no UTF-8: no text has this character, and no parser minds it.
pub(super) const BROKEN: char = '\u{FFFF}';

/// Bytes of a record at most: a record that never ends would take in the rest of the file.
const RECORD_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// What is known of the place of a reader; shared with whoever drives it.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    lines: Rc<Cell<u64>>,
    bytes: Rc<Cell<u64>>,
    begun: Rc<Cell<u64>>,
}

impl Place {
    /// The line, from 1.
    pub(super) fn line(&self) -> u64 {
        self.lines.get() + 1
    }

    /// Says that a record begins here.
    pub(super) fn begin(&self) {
        self.begun.set(self.bytes.get());
    }

    /// The bytes since the record began.
    pub(super) fn weight(&self) -> usize {
        usize::try_from(self.bytes.get() - self.begun.get()).unwrap_or(usize::MAX)
    }
}

/// See the module.
pub(super) struct Watched<R> {
    inner: R,
    place: Place,
    /// What was read and is UTF-8 now.
    block: Vec<u8>,
    at: usize,
    /// The first bytes of a character of which the rest is not read yet.
    begun: Vec<u8>,
}

impl<R: BufRead> Watched<R> {
    pub(super) fn new(inner: R, place: Place) -> Self {
        Self { inner, place, block: Vec::new(), at: 0, begun: Vec::new() }
    }

    fn refill(&mut self) -> Result<()> {
        self.block.clear();
        self.at = 0;
        while self.block.is_empty() {
            let read = self.inner.fill_buf()?;
            let count = read.len();
            let mut bytes = std::mem::take(&mut self.begun);
            bytes.extend(read);
            self.inner.consume(count);
            if bytes.is_empty() {
                return Ok(());
            }
            self.take(&bytes, count == 0);
        }
        Ok(())
    }

    /// Takes bytes over as UTF-8; a character that is cut off at the end waits, unless nothing follows.
    fn take(&mut self, mut bytes: &[u8], is_end: bool) {
        let mut mark = [0; 4];
        loop {
            let Err(error) = std::str::from_utf8(bytes) else { return self.block.extend(bytes) };
            let (valid, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
            self.block.extend(valid);
            let Some(length) = error.error_len().or(is_end.then_some(rest.len())) else {
                self.begun = rest.to_vec();
                return;
            };
            self.block.extend(BROKEN.encode_utf8(&mut mark).bytes());
            bytes = rest.get(length..).unwrap_or_default();
        }
    }
}

impl<R: BufRead> BufRead for Watched<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if u64::try_from(self.place.weight()).unwrap_or(u64::MAX) > RECORD_BYTES_MAX {
            let mebibytes = RECORD_BYTES_MAX / (1024 * 1024);
            return Err(Error::other(format!("what begins there is longer than {mebibytes} MiB and does not end")));
        }
        if self.at >= self.block.len() {
            self.refill()?;
        }
        Ok(self.block.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        let passed = self.block.get(self.at..self.at + count).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.place.lines.set(self.place.lines.get() + u64::try_from(lines).unwrap_or(0));
        self.place.bytes.set(self.place.bytes.get() + u64::try_from(count).unwrap_or(0));
        self.at += count;
    }
}

impl<R: BufRead> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read as _};

    use super::{Place, Watched};

    #[test]
    fn what_is_no_text_is_marked_wherever_blocks_end() {
        for size in 1..12 {
            let place = Place::default();
            let bytes = "é\n\u{1F600}ü".as_bytes().iter().copied().chain(*b"\xff\n\xe2\x82").collect::<Vec<u8>>();
            let mut text = String::new();
            Watched::new(BufReader::with_capacity(size, &*bytes), place.clone()).read_to_string(&mut text).unwrap();
            assert_eq!(text, "é\n\u{1F600}ü\u{FFFF}\n\u{FFFF}", "blocks of {size}");
            assert_eq!(place.line(), 3);
        }
    }
}
