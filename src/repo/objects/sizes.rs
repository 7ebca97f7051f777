// SPDX-License-Identifier: MIT OR Apache-2.0
//! How large an object is, and all that it is made from, without reading any of it.
//!
//! libgit2 tells the size of an object but not that of its base, and makes room for both: a file
//! of ten bytes may be a delta of four gigabytes. So it is only asked for what was looked at here.

use gix_hash::{Kind, oid};
use gix_pack::data::{Entry, File, entry::Header};
use gix_zlib::Inflate;

use super::{
    ObjectError, delta,
    list::{Folders, Listing, Store},
    loose,
    pack::{BASE_TOO_LARGE, unreadable},
};

/// Git makes chains of at most 4,095 deltas.
const MAX_CHAIN: usize = 10_000;

/// The packs of a repository, as they are when this is made. All workers share one: what each
/// maps counts as memory once more.
pub struct Sizes {
    folders: Folders,
    packs: Vec<Listing>,
}

impl Sizes {
    /// Opens the packs of `repo`.
    #[must_use]
    pub fn of(repo: &git2::Repository) -> Self {
        let hash = match repo.object_format() {
            git2::ObjectFormat::Sha1 => Kind::Sha1,
            git2::ObjectFormat::Sha256 => Kind::Sha256,
        };
        let folders = Folders::of(&repo.commondir().join("objects"));
        let packs = folders.packs(hash);
        Self { folders, packs }
    }

    /// Returns whether the object and all that it is made from have at most `limit` bytes, or
    /// what is wrong; nothing if it isn't here. `inflate` is used again: making one costs more
    /// than the look.
    #[must_use]
    pub fn check(
        &self,
        id: &[u8],
        limit: u64,
        inflate: &mut Inflate,
    ) -> Option<Result<(), ObjectError>> {
        let mut found = false;
        for pack in &self.packs {
            if let Some(offset) = pack.find(id) {
                found = true;
                if let Err(error) = self.chain(pack, offset, limit, inflate) {
                    return Some(Err(error));
                }
            }
        }
        if found {
            return Some(Ok(()));
        }
        let size = self.folders.iter().find_map(|f| loose::size(f, id, limit, inflate))?;
        Some(if size > limit { Err(ObjectError::TooLarge(size)) } else { Ok(()) })
    }

    /// Follows a delta to what it is made from.
    fn chain<'a>(
        &'a self,
        mut pack: &'a Listing,
        mut offset: u64,
        limit: u64,
        inflate: &mut Inflate,
    ) -> Result<(), ObjectError> {
        for step in 0..MAX_CHAIN {
            let Store::Pack(file) = &pack.store else { return Err(missing()) };
            let entry = file.entry(offset).map_err(|_| missing())?;
            let mut size = entry.decompressed_size;
            if entry.header.is_delta() {
                if size > limit {
                    return Err(unreadable("delta that is too large to read"));
                }
                size = result(file, &entry, inflate).ok_or_else(missing)?;
            }
            if size > limit {
                let base = unreadable(BASE_TOO_LARGE);
                return Err(if step == 0 { ObjectError::TooLarge(size) } else { base });
            }
            (pack, offset) = match &entry.header {
                Header::OfsDelta { base_distance } => {
                    (pack, offset.checked_sub(*base_distance).ok_or_else(missing)?)
                }
                Header::RefDelta { base_id } => self.base(pack, base_id).ok_or_else(missing)?,
                _ => return Ok(()),
            };
        }
        Err(unreadable("delta at the end of too long a chain"))
    }

    fn base<'a>(&'a self, pack: &'a Listing, id: &oid) -> Option<(&'a Listing, u64)> {
        let mut packs = std::iter::once(pack).chain(&self.packs);
        packs.find_map(|pack| Some((pack, pack.find(id.as_bytes())?)))
    }
}

impl std::fmt::Debug for Sizes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sizes").field("packs", &self.packs.len()).finish_non_exhaustive()
    }
}

/// Returns the size of what a delta makes.
fn result(file: &File, entry: &Entry, inflate: &mut Inflate) -> Option<u64> {
    let mut start = [0; 20];
    inflate.reset();
    let packed = file.entry_slice(entry.data_offset..file.data_len() as u64)?;
    let (_, _, len) = inflate.prefix(packed, &mut start).ok()?;
    Some(delta::header(start.get(..len)?)?.result)
}

fn missing() -> ObjectError {
    unreadable("made from what is damaged or missing")
}
