// SPDX-License-Identifier: MIT OR Apache-2.0
//! All objects of a repository, and reading a single one.

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use git2::{ObjectFormat, Oid};
use gix_hash::Kind;

use super::{
    ObjIdx, ObjectError, ObjectKind, Visitor,
    buffer::Buffer,
    list, loose,
    pack::{Mend, Pack, Scratch, unreadable},
    table::{Place, Table},
    walk,
};
use crate::repo::{RepoError, Source};

/// Not asked yet, in the table of kinds.
const NEW: u8 = 0;
/// Asked, and nobody knows.
const UNKNOWN: u8 = 5;

/// The table of all objects, sorted by id; an object that is stored twice is there once.
pub struct Objects {
    table: Table,
    kinds: Vec<AtomicU8>,
    unlisted: Vec<PathBuf>,
    scratch: Mutex<Vec<Scratch>>,
}

impl Objects {
    /// Lists all objects: packed, loose, and borrowed from other repositories.
    ///
    /// # Errors
    /// When the repository can't be opened any more.
    pub fn open(source: &Source) -> Result<Self, RepoError> {
        let corrupt = RepoError::corrupt(&source.git_dir);
        let repo = source.repository().map_err(corrupt)?;
        let hash = match repo.object_format() {
            ObjectFormat::Sha1 => Kind::Sha1,
            ObjectFormat::Sha256 => Kind::Sha256,
        };
        let (listings, unlisted) = list::everything(&repo.commondir().join("objects"), hash);
        let table = Table::new(listings, hash.len_in_bytes());
        let kinds = table.kinds.iter().map(|kind| AtomicU8::new(kind.map_or(NEW, code))).collect();
        Ok(Self { table, kinds, unlisted, scratch: Mutex::default() })
    }

    /// Returns the number of objects.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.ids.len()
    }

    /// Returns whether there is no object.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the packs whose objects are not in the table, since their index is missing or
    /// damaged beyond use. What is in them can't be judged.
    #[must_use]
    pub fn unlisted(&self) -> &[PathBuf] {
        &self.unlisted
    }

    /// Returns the id of an object.
    #[must_use]
    pub fn id(&self, idx: ObjIdx) -> Oid {
        Oid::from_bytes(self.id_bytes(idx)).unwrap_or(Oid::ZERO_SHA1)
    }

    /// Returns the id of an object as it stands in trees; nothing if there is no such object.
    #[must_use]
    pub fn id_bytes(&self, idx: ObjIdx) -> &[u8] {
        self.table.ids.get(idx.0)
    }

    /// Finds an object by its id as it stands in trees.
    #[must_use]
    pub fn find(&self, id: &[u8]) -> Option<ObjIdx> {
        self.table.ids.find(id).map(ObjIdx)
    }

    /// Returns what an object is, without reading its content.
    ///
    /// Nothing if that can't be told, as of a delta whose base is damaged: whoever must not miss
    /// an object has to look at these too.
    #[must_use]
    pub fn kind(&self, idx: ObjIdx) -> Option<ObjectKind> {
        let slot = self.kinds.get(idx.0 as usize)?;
        match slot.load(Ordering::Relaxed) {
            NEW => {
                let kind = self.ask_kind(idx.0);
                slot.store(kind.map_or(UNKNOWN, code), Ordering::Relaxed);
                kind
            }
            known => decode(known),
        }
    }

    /// Reads one object of at most `limit` bytes.
    ///
    /// # Errors
    /// When it is larger, missing or damaged.
    pub fn read(&self, idx: ObjIdx, limit: u64) -> Result<Vec<u8>, ObjectError> {
        self.with_scratch(|scratch| {
            let (_, data) = self.read_with(idx.0, limit, scratch)?;
            let out = data.as_slice().to_vec();
            scratch.pool.give(data);
            Ok(out)
        })
    }

    /// Shows each wanted object to one of `threads` visitors, bases before what was made from
    /// them, and returns the visitors. What is larger than `limit`, or damaged, they are told.
    /// Once `stop` is set the rest is left out.
    ///
    /// # Panics
    /// When a visitor does.
    pub fn walk<V: Visitor>(
        &self,
        wanted: &(dyn Fn(ObjIdx) -> bool + Sync),
        limit: u64,
        threads: usize,
        stop: &AtomicBool,
        make: &(dyn Fn() -> V + Sync),
    ) -> Vec<V> {
        walk::walk(self, wanted, limit, threads, stop, make)
    }

    pub(super) fn packs(&self) -> &[Pack] {
        &self.table.packs
    }

    pub(super) fn place(&self, object: u32) -> Place {
        self.table.places.get(object as usize).copied().unwrap_or(Place::Lost)
    }

    fn with_scratch<R>(&self, work: impl FnOnce(&mut Scratch) -> R) -> R {
        let lock = || self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = lock().pop().unwrap_or_default();
        let result = work(&mut scratch);
        lock().push(scratch);
        result
    }

    /// Reads an object from wherever it can be read.
    pub(super) fn read_with(
        &self,
        object: u32,
        limit: u64,
        scratch: &mut Scratch,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let mend =
            |object, error, scratch: &mut Scratch| self.elsewhere(object, error, limit, scratch);
        match self.place(object) {
            // What can't be read is looked for elsewhere on the way.
            place @ Place::Packed { .. } => self.read_at(object, place, limit, scratch, &mend),
            place => match self.read_at(object, place, limit, scratch, &mend) {
                Err(error) => mend(object, error, scratch),
                read => read,
            },
        }
    }

    /// Reads one of the other copies of an object whose place is damaged. Returns `error` if
    /// there is none, or none that can be read.
    pub(super) fn elsewhere(
        &self,
        object: u32,
        error: ObjectError,
        limit: u64,
        scratch: &mut Scratch,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        // Two damaged packs must not send each other in a circle.
        let give_up = |_, error, _: &mut Scratch| Err(error);
        for place in self.copies(object) {
            let read = self.read_at(object, place, limit, scratch, &give_up);
            if read.is_ok() {
                return read;
            }
        }
        Err(error)
    }

    fn copies(&self, object: u32) -> impl Iterator<Item = Place> {
        let first = self.table.copies.partition_point(|copy| copy.0 < object);
        let rest = self.table.copies.get(first..).unwrap_or_default().iter();
        rest.take_while(move |copy| copy.0 == object).map(|copy| copy.1)
    }

    fn read_at(
        &self,
        object: u32,
        place: Place,
        limit: u64,
        scratch: &mut Scratch,
        mend: &Mend<'_>,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let read = match place {
            Place::Packed { pack, entry } => {
                let pack = self.table.packs.get(pack as usize);
                pack.map(|pack| pack.read(entry, limit, scratch, mend))
            }
            Place::Loose(folder) => self
                .table
                .folders
                .get(folder as usize)
                .map(|folder| loose::read(folder, self.table.ids.get(object), limit, scratch)),
            Place::Lost => None,
        };
        read.unwrap_or_else(|| Err(unreadable("its pack can't be opened")))
    }

    /// Looks into the files of an object that no pack tells the kind of.
    fn ask_kind(&self, object: u32) -> Option<ObjectKind> {
        let id = self.table.ids.get(object);
        let mut places = std::iter::once(self.place(object)).chain(self.copies(object));
        self.with_scratch(|scratch| {
            places.find_map(|place| match place {
                Place::Loose(folder) => {
                    let folder = self.table.folders.get(folder as usize)?;
                    loose::kind(folder, id, &mut scratch.inflate)
                }
                Place::Packed { .. } | Place::Lost => None,
            })
        })
    }
}

fn code(kind: ObjectKind) -> u8 {
    match kind {
        ObjectKind::Commit => 1,
        ObjectKind::Tree => 2,
        ObjectKind::Blob => 3,
        ObjectKind::Tag => 4,
    }
}

fn decode(code: u8) -> Option<ObjectKind> {
    match code {
        1 => Some(ObjectKind::Commit),
        2 => Some(ObjectKind::Tree),
        3 => Some(ObjectKind::Blob),
        4 => Some(ObjectKind::Tag),
        _ => None,
    }
}
