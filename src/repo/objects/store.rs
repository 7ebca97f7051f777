// SPDX-License-Identifier: MIT OR Apache-2.0
//! All objects of a repository, and reading a single one.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU8, Ordering},
};

use git2::{Odb, Oid};
use gix_hash::Kind;

use super::{
    ObjIdx, ObjectError, ObjectKind, Visitor,
    buffer::Buffer,
    list::{self, Listing},
    loose::{self, Git},
    pack::{Pack, Parent, Scratch},
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
    source: Source,
    table: Table,
    kinds: Vec<AtomicU8>,
    tools: Mutex<Vec<Tools>>,
}

/// What it takes to read objects; each thread has its own.
pub(super) struct Tools {
    pub(super) scratch: Scratch,
    git: Git,
}

impl Objects {
    /// Lists all objects: packed, loose, and borrowed from other repositories.
    ///
    /// # Errors
    /// When the repository can't be opened any more.
    pub fn open(source: &Source) -> Result<Self, RepoError> {
        let corrupt = |error: git2::Error| RepoError::Corrupt {
            path: source.git_dir.clone(),
            message: error.message().into(),
        };
        let repo = source.repository().map_err(corrupt)?;
        let hash = Kind::Sha1;
        let (mut listings, unclear) = list::everything(&repo.commondir().join("objects"), hash);
        if unclear {
            let odb = repo.odb().map_err(corrupt)?;
            listings.push(Listing::of_git(known_to_git(&odb), hash.len_in_bytes()));
        }
        let table = Table::new(listings, hash.len_in_bytes());
        let kinds = table.kinds.iter().map(|kind| AtomicU8::new(kind.map_or(NEW, code))).collect();
        Ok(Self { source: source.clone(), table, kinds, tools: Mutex::default() })
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
        self.with_tools(|tools| self.read_with(idx.0, limit, tools)).map(|read| read.1.into_vec())
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

    pub(super) fn tools(&self) -> Tools {
        Tools { scratch: Scratch::default(), git: Git::new(&self.source) }
    }

    pub(super) fn packs(&self) -> &[Pack] {
        &self.table.packs
    }

    pub(super) fn place(&self, object: u32) -> Place {
        self.table.places.get(object as usize).copied().unwrap_or(Place::Git)
    }

    fn with_tools<R>(&self, work: impl FnOnce(&mut Tools) -> R) -> R {
        let mut tools = {
            let mut waiting = self.tools.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.pop().unwrap_or_else(|| self.tools())
        };
        let result = work(&mut tools);
        self.tools.lock().unwrap_or_else(PoisonError::into_inner).push(tools);
        result
    }

    /// Reads an object from wherever it can be read.
    pub(super) fn read_with(
        &self,
        object: u32,
        limit: u64,
        tools: &mut Tools,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let place = self.place(object);
        let tried = self.read_at(object, place, limit, tools);
        let Err(ObjectError::Unreadable(why)) = tried else { return tried };
        let own = match place {
            Place::Packed { pack, entry } => self
                .table
                .packs
                .get(pack as usize)
                .is_some_and(|pack| pack.parent(entry) == Parent::Missing),
            Place::Loose(_) => true,
            Place::Git => return Err(ObjectError::Unreadable(why)),
        };
        self.elsewhere(object, ObjectError::Unreadable(why), own, limit, tools)
    }

    /// Reads an object whose place is damaged from its copies, and `with_git` at last.
    /// Returns `error` if that fails too.
    pub(super) fn elsewhere(
        &self,
        object: u32,
        error: ObjectError,
        with_git: bool,
        limit: u64,
        tools: &mut Tools,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let first = self.table.copies.partition_point(|copy| copy.0 < object);
        for (other, place) in self.table.copies.get(first..).unwrap_or_default() {
            if *other != object {
                break;
            }
            match self.read_at(object, *place, limit, tools) {
                Err(ObjectError::Unreadable(_)) => {}
                read => return read,
            }
        }
        if with_git {
            match tools.git.read(self.table.ids.get(object), limit) {
                Err(ObjectError::Unreadable(_)) => {}
                read => return read,
            }
        }
        Err(error)
    }

    fn read_at(
        &self,
        object: u32,
        place: Place,
        limit: u64,
        tools: &mut Tools,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        let id = self.table.ids.get(object);
        match place {
            Place::Packed { pack, entry } => match self.table.packs.get(pack as usize) {
                Some(pack) => pack.read(entry, limit, &mut tools.scratch),
                None => tools.git.read(id, limit),
            },
            Place::Loose(folder) => match self.table.folders.get(folder as usize) {
                Some(folder) => loose::read(folder, id, limit, &mut tools.scratch.inflate),
                None => tools.git.read(id, limit),
            },
            Place::Git => tools.git.read(id, limit),
        }
    }

    fn ask_kind(&self, object: u32) -> Option<ObjectKind> {
        let id = self.table.ids.get(object);
        let place = self.place(object);
        let with_git = match place {
            Place::Packed { pack, entry } => {
                // A chain of deltas may be long, and libgit2 would go along it for each of its
                // members: only the damaged end of it is worth asking for.
                self.table
                    .packs
                    .get(pack as usize)
                    .is_some_and(|pack| pack.parent(entry) == Parent::Missing)
            }
            Place::Loose(_) | Place::Git => true,
        };
        let first = self.table.copies.partition_point(|copy| copy.0 < object);
        let copies = self.table.copies.get(first..).unwrap_or_default().iter();
        let copies = copies.take_while(|copy| copy.0 == object).map(|copy| copy.1);
        self.with_tools(|tools| {
            for place in std::iter::once(place).chain(copies) {
                if let Place::Loose(folder) = place
                    && let Some(folder) = self.table.folders.get(folder as usize)
                    && let Some(kind) = loose::kind(folder, id, &mut tools.scratch.inflate)
                {
                    return Some(kind);
                }
            }
            if with_git { tools.git.kind(id) } else { None }
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

/// Lists what libgit2 can find; what it can't isn't there.
fn known_to_git(odb: &Odb<'_>) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    // An error ends the list early; the objects before it are still of use.
    let _ = odb.foreach(|id| {
        out.push(id.as_bytes().to_vec());
        true
    });
    out
}
