// SPDX-License-Identifier: MIT OR Apache-2.0
//! What commits change, as it is kept: files that came or went, and what was met on the way.

use std::collections::{BTreeMap, HashMap};

use git2::Oid;

use super::{Bits, Mode, PathId, paths::Paths};
use crate::repo::objects::ObjectKind;

/// One file that came or went: 12 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// The object, or the number of an absent one after all objects.
    pub(super) blob: u32,
    /// Its path.
    pub(super) path: u32,
    /// The place of the commit, the mode in two bits, and in the lowest whether it came.
    word: u32,
}

impl Event {
    pub(super) fn new(blob: u32, path: PathId, place: u32, mode: Mode, came: bool) -> Self {
        Self { blob, path: path.0, word: place << 3 | (mode as u32) << 1 | u32::from(came) }
    }

    pub(super) fn place(self) -> u32 {
        self.word >> 3
    }

    pub(super) fn mode(self) -> Mode {
        Mode::ALL[(self.word >> 1 & 3) as usize]
    }

    pub(super) fn came(self) -> bool {
        self.word & 1 == 1
    }
}

/// More commits than an [`Event`] can tell apart; far more than any repository has.
pub(super) const MAX_COMMITS: usize = 1 << 28;

/// What the walk has found.
#[derive(Default)]
pub(super) struct Found {
    /// All changes, by place.
    pub(super) events: Vec<Event>,
    pub(super) paths: Paths,
    /// Trees and blobs that are reachable.
    pub(super) reached: Bits,
    pub(super) absent: Absents,
    /// Reachable objects that could not be judged whole, and why.
    pub(super) unread: BTreeMap<u32, &'static str>,
    /// Places of commits whose changes are not all listed.
    pub(super) cut: Vec<u32>,
}

/// Objects that are named but not here, numbered after all that are.
#[derive(Default)]
pub(super) struct Absents {
    /// By bytes: the hash of git2's ids differs for equal ones of SHA-1.
    numbers: HashMap<(Box<[u8]>, ObjectKind), u32>,
    pub(super) list: Vec<(Oid, ObjectKind)>,
}

impl Absents {
    pub(super) fn number(&mut self, id: Oid, kind: ObjectKind) -> u32 {
        let next = self.list.len() as u32;
        let number = *self.numbers.entry((id.as_bytes().into(), kind)).or_insert(next);
        if number == next {
            self.list.push((id, kind));
        }
        number
    }
}
