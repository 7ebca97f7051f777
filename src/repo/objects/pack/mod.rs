// SPDX-License-Identifier: MIT OR Apache-2.0
//! One pack: which entry is a delta of which, and what an entry holds.

mod link;

use gix_pack::data::{Entry, File, entry::Header};
use gix_zlib::Status;

use super::{
    ObjectError, ObjectKind, Op,
    budget::Purse,
    buffer::{Buffer, Pool},
    delta,
    table::Ids,
};

/// The object of an entry that no index lists: somebody's base all the same.
pub(super) const NOBODY: u32 = u32::MAX;
const WHOLE: u32 = u32::MAX;
const MISSING: u32 = u32::MAX - 1;
const CIRCLE: u32 = u32::MAX - 2;
/// Delta data that is larger than this is looked into before there is room for all of it.
const SMALL_DELTA: u64 = 1 << 16;
/// Inflating has a fast way that is taken only while there is more room than one step can need.
/// Most deltas are so small that without such room behind them it would never be taken.
const SLACK: usize = 320;
/// What is said of objects whose base is larger than the limit.
pub(super) const BASE_TOO_LARGE: &str = "delta of an object that is too large to read";

/// What is said of objects whose base can't be read.
pub(super) const BASE_UNREADABLE: &str = "delta of an object that can't be read";

/// Reads an object elsewhere, or returns the error.
pub(super) type Mend<'a> =
    dyn Fn(u32, ObjectError, &mut Scratch) -> Result<(ObjectKind, Buffer), ObjectError> + 'a;

/// What an entry is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parent {
    /// Nothing: it is stored whole.
    Whole,
    /// Another entry.
    Entry(u32),
    /// Something that is not in this pack, or its header can't be read.
    Missing,
    /// In the end itself.
    Circle,
}

/// What reading needs again and again.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) inflate: gix_zlib::Inflate,
    pub(super) pool: Pool,
    /// The instructions of the last delta that was applied; empty if they were too many.
    pub(super) ops: Vec<Op>,
    /// What large contents come out of, in a walk.
    pub(super) purse: Option<Purse>,
    delta: Buffer,
}

/// A pack. Its entries are numbered in the order of the file.
pub(super) struct Pack {
    file: File,
    offsets: Vec<u64>,
    objects: Vec<u32>,
    parents: Vec<u32>,
}

impl Pack {
    /// Learns from the headers of all entries how they hang together. `listed` are the offsets
    /// of objects. Also returns the kind of each entry.
    pub(super) fn new(
        file: File,
        mut listed: Vec<(u64, u32)>,
        ids: &Ids,
    ) -> (Self, Vec<Option<ObjectKind>>) {
        listed.sort_unstable();
        let (offsets, objects) = listed.into_iter().unzip();
        let mut pack = Self { file, offsets, objects, parents: Vec::new() };
        let own = pack.link(ids);
        let kinds = pack.kinds(&own);
        (pack, kinds)
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len()
    }

    pub(super) fn object(&self, entry: u32) -> u32 {
        self.objects.get(entry as usize).copied().unwrap_or(NOBODY)
    }

    pub(super) fn objects(&self) -> &[u32] {
        &self.objects
    }

    pub(super) fn parent(&self, entry: u32) -> Parent {
        match self.parents.get(entry as usize) {
            None | Some(&MISSING) => Parent::Missing,
            Some(&WHOLE) => Parent::Whole,
            Some(&CIRCLE) => Parent::Circle,
            Some(&parent) => Parent::Entry(parent),
        }
    }

    /// Returns how many bytes the entry takes in the pack, more or less.
    pub(super) fn packed_len(&self, entry: usize) -> u64 {
        let end = self.offsets.get(entry + 1).copied().unwrap_or_default();
        end.saturating_sub(self.offsets.get(entry).copied().unwrap_or_default())
    }

    fn entry(&self, entry: u32) -> Result<Entry, ObjectError> {
        let offset = self.offsets.get(entry as usize).copied().unwrap_or(u64::MAX);
        self.file.entry(offset).map_err(|error| ObjectError::Unreadable(error.to_string()))
    }

    /// Reads an entry that is stored whole.
    pub(super) fn whole(
        &self,
        entry: u32,
        limit: u64,
        scratch: &mut Scratch,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let header = self.entry(entry)?;
        let Some(kind) = kind_of(&header.header) else {
            let circle = self.parent(entry) == Parent::Circle;
            let why = if circle { "deltas in a circle" } else { "base of the delta is missing" };
            return Err(unreadable(why));
        };
        if header.decompressed_size > limit {
            return Err(ObjectError::TooLarge(header.decompressed_size));
        }
        let mut out = scratch.pool.take();
        let Scratch { inflate, purse, .. } = scratch;
        self.inflate(&header, inflate, &mut out, purse.as_ref())?;
        Ok((kind, out))
    }

    /// Reads an entry that is a delta, given what it was made from.
    pub(super) fn made(
        &self,
        entry: u32,
        base: &[u8],
        limit: u64,
        scratch: &mut Scratch,
    ) -> Result<Buffer, ObjectError> {
        let made = self.apply(entry, base, limit, scratch);
        scratch.delta.shrink();
        made
    }

    fn apply(
        &self,
        entry: u32,
        base: &[u8],
        limit: u64,
        scratch: &mut Scratch,
    ) -> Result<Buffer, ObjectError> {
        let packed = self.entry(entry)?;
        if packed.decompressed_size > SMALL_DELTA {
            let result = self.peek(&packed, scratch)?.result;
            if result > limit {
                return Err(ObjectError::TooLarge(result));
            }
            // A copy takes up to eight bytes and may stand for a single one.
            if packed.decompressed_size > result.saturating_mul(8).saturating_add(20) {
                return Err(unreadable("delta with more instructions than bytes"));
            }
            if packed.decompressed_size > limit {
                return Err(unreadable("delta that is too large to read"));
            }
        }
        let Scratch { inflate, purse, delta, .. } = scratch;
        self.inflate(&packed, inflate, delta, purse.as_ref())?;
        let delta = scratch.delta.as_slice();
        let header = delta::header(delta).ok_or_else(|| unreadable("damaged delta"))?;
        if header.result > limit {
            return Err(ObjectError::TooLarge(header.result));
        }
        if header.base != base.len() as u64 {
            return Err(unreadable("delta of an object of another size"));
        }
        let mut out = scratch.pool.take();
        let room = usize::try_from(header.result)
            .ok()
            .and_then(|len| out.size(len, scratch.purse.as_ref()));
        let instructions = delta.get(header.at..).unwrap_or_default();
        room.and_then(|room| delta::apply(base, instructions, room, &mut scratch.ops))
            .ok_or_else(|| unreadable("damaged delta"))?;
        Ok(out)
    }

    /// Returns the error for a wanted entry whose base could not be read because of its size.
    pub(super) fn base_too_large(
        &self,
        entry: u32,
        limit: u64,
        scratch: &mut Scratch,
    ) -> ObjectError {
        match self.entry(entry).and_then(|packed| self.peek(&packed, scratch)) {
            Ok(header) if header.result > limit => ObjectError::TooLarge(header.result),
            _ => unreadable(BASE_TOO_LARGE),
        }
    }

    /// Reads any entry by way of all that it was made from. Whatever of that can't be read
    /// `mend` may find elsewhere.
    pub(super) fn read(
        &self,
        entry: u32,
        limit: u64,
        scratch: &mut Scratch,
        mend: &Mend<'_>,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let mut chain = Vec::new();
        let mut root = entry;
        while let Parent::Entry(parent) = self.parent(root) {
            chain.push(root);
            root = parent;
        }
        let mut read = self.whole(root, limit, scratch);
        if let Err(error) = read {
            read = mend(self.object(root), error, scratch);
        }
        let mut too_large = false;
        while let Some(next) = chain.pop() {
            too_large = match &read {
                Ok(_) => false,
                Err(ObjectError::TooLarge(_)) => true,
                Err(ObjectError::Unreadable(_)) => too_large,
            };
            read = match read {
                Ok((kind, base)) => {
                    let made = self.made(next, base.as_slice(), limit, scratch);
                    scratch.pool.give(base);
                    made.map(|data| (kind, data))
                }
                Err(_) if too_large && chain.is_empty() => {
                    Err(self.base_too_large(next, limit, scratch))
                }
                Err(_) => Err(unreadable(BASE_UNREADABLE)),
            };
            if let Err(error) = read {
                read = mend(self.object(next), error, scratch);
            }
        }
        read
    }

    fn inflate(
        &self,
        entry: &Entry,
        inflate: &mut gix_zlib::Inflate,
        out: &mut Buffer,
        purse: Option<&Purse>,
    ) -> Result<(), ObjectError> {
        let len = usize::try_from(entry.decompressed_size).map_err(|_| no_memory())?;
        let room = len.checked_add(SLACK).and_then(|len| out.size(len, purse));
        let room = room.ok_or_else(no_memory)?;
        inflate.reset();
        let packed = self.packed(entry).unwrap_or_default();
        match inflate.once(packed, room) {
            Ok((Status::StreamEnd, _, written)) if written == len => {
                out.size(len, purse);
                Ok(())
            }
            Ok(_) => Err(unreadable("another size than its header says")),
            Err(error) => Err(ObjectError::Unreadable(error.to_string())),
        }
    }

    /// Returns the pack from where the compressed bytes of an entry begin.
    fn packed(&self, entry: &Entry) -> Option<&[u8]> {
        self.file.entry_slice(entry.data_offset..self.file.data_len() as u64)
    }

    /// Reads no more than the beginning of a delta.
    fn peek(&self, entry: &Entry, scratch: &mut Scratch) -> Result<delta::Header, ObjectError> {
        let mut start = [0; 20];
        scratch.inflate.reset();
        self.packed(entry)
            .and_then(|packed| scratch.inflate.prefix(packed, &mut start).ok())
            .and_then(|(_, _, len)| delta::header(start.get(..len)?))
            .ok_or_else(|| unreadable("damaged delta"))
    }
}

pub(super) fn no_memory() -> ObjectError {
    unreadable("not enough memory")
}

pub(super) fn unreadable(why: &str) -> ObjectError {
    ObjectError::Unreadable(why.into())
}

fn kind_of(header: &Header) -> Option<ObjectKind> {
    match header {
        Header::Commit => Some(ObjectKind::Commit),
        Header::Tree => Some(ObjectKind::Tree),
        Header::Blob => Some(ObjectKind::Blob),
        Header::Tag => Some(ObjectKind::Tag),
        Header::RefDelta { .. } | Header::OfsDelta { .. } => None,
    }
}
