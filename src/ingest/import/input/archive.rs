//! Compressed files: gzip and zip.

use std::fs::File;
use std::io::{BufReader, Error, Read, Result};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::Shared;
use super::bounded::{Bounded, unpacked_max};

/// Members of an archive at most.
const MEMBERS_MAX: usize = 10_000;

/// A member of an archive.
pub(super) struct Member {
    pub(super) index: usize,
    pub(super) name: String,
}

/// Opens a file that is compressed with gzip; it may be of several parts.
pub(super) fn open_gzip(file: &Shared) -> Result<Box<dyn Read + Send>> {
    let file = file.open()?;
    let most = unpacked_max(file.metadata()?.len());
    Ok(Box::new(Bounded::new(MultiGzDecoder::new(BufReader::new(file)), most)))
}

fn archive(file: &Shared) -> Result<(ZipArchive<BufReader<File>>, u64)> {
    let file = file.open()?;
    let packed = file.metadata()?.len();
    let archive = ZipArchive::new(BufReader::new(file)).map_err(Error::other)?;
    Ok((archive, packed))
}

/// The members of an archive that are files.
pub(super) fn members(file: &Shared) -> Result<Vec<Member>> {
    let (mut archive, _) = archive(file)?;
    if archive.len() > MEMBERS_MAX {
        return Err(Error::other(format!("it has more than {MEMBERS_MAX} members")));
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(Error::other)?;
        if member.is_file() {
            let name = member.name().map_err(Error::other)?.into_owned();
            members.push(Member { index, name });
        }
    }
    Ok(members)
}

/// Opens a member of an archive.
///
/// The bound is that of the whole archive: members can share their compressed bytes, but none may give more than that.
pub(super) fn open_member(file: &Shared, index: usize) -> Result<Box<dyn Read + Send>> {
    let (archive, packed) = archive(file)?;
    Ok(Box::new(Bounded::new(MemberReader::new(archive, index)?, unpacked_max(packed))))
}

/// A member with the archive that it is read from.
///
/// The reader of a member borrows its archive, and both have to be one value here: the member is unpacked on a thread of
/// its own, which holds them, and comes through a pipe of a few blocks.
struct MemberReader {
    blocks: std::sync::mpsc::Receiver<Result<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
}

const BLOCK_BYTES: usize = 65_536;
const BLOCKS_AHEAD: usize = 4;

impl MemberReader {
    fn new(mut archive: ZipArchive<BufReader<File>>, index: usize) -> Result<Self> {
        let (sender, blocks) = std::sync::mpsc::sync_channel(BLOCKS_AHEAD);
        let unpack = move || {
            let mut member = match archive.by_index(index) {
                Ok(member) => member,
                Err(error) => {
                    // Nobody listens any more, and nobody needs to know.
                    let _ = sender.send(Err(Error::other(error)));
                    return;
                }
            };
            loop {
                let mut block = vec![0; BLOCK_BYTES];
                let read = member.read(&mut block);
                let is_last = !matches!(read, Ok(1..));
                let sent = read.map(|count| {
                    block.truncate(count);
                    block
                });
                if sender.send(sent).is_err() || is_last {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("unpack".to_owned()).spawn(unpack)?;
        Ok(Self { blocks, block: Vec::new(), at: 0 })
    }
}

impl Read for MemberReader {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.at == self.block.len() {
            match self.blocks.recv() {
                Ok(block) => (self.block, self.at) = (block?, 0),
                Err(_) => return Ok(0),
            }
        }
        let left = self.block.get(self.at..).unwrap_or_default();
        let count = left.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(left) {
            *to = *from;
        }
        self.at += count;
        Ok(count)
    }
}
