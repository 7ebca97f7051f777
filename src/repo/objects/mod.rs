// SPDX-License-Identifier: MIT OR Apache-2.0
//! Every object of the repository, and the walk that reads each one once.
//!
//! Git stores most objects as deltas: copies from another object, and inserted bytes. The walk
//! goes along these deltas from the bases down, so that each object is inflated once, and hands
//! a visitor what a delta left alone.

mod budget;
mod buffer;
mod delta;
mod list;
mod loose;
mod pack;
mod plan;
mod salvage;
mod sizes;
mod store;
mod table;
mod walk;

pub use sizes::Sizes;
pub use store::Objects;

/// The place of an object in the table of all objects, which is sorted by object id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjIdx(pub u32);

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// A commit.
    Commit,
    /// A directory.
    Tree,
    /// The content of a file.
    Blob,
    /// An annotated tag.
    Tag,
}

/// One instruction of a delta. Together, in order, they make the whole target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// The bytes `from..from + len` of the base.
    Copy {
        /// Offset in the base.
        from: usize,
        /// Number of bytes, never 0.
        len: usize,
    },
    /// So many bytes that are new.
    Insert {
        /// Number of bytes, never 0.
        len: usize,
    },
}

/// The object that another one was made from, if the visitor has seen it.
pub struct Base<'a, S> {
    /// Which object.
    pub idx: ObjIdx,
    /// Its content.
    pub data: &'a [u8],
    /// What the visitor returned for it.
    pub state: &'a S,
    /// How the target is made from it.
    pub ops: &'a [Op],
}

/// One object on its way past the visitor.
pub struct Visit<'a, S> {
    /// Which object.
    pub idx: ObjIdx,
    /// What it is.
    pub kind: ObjectKind,
    /// Its content.
    pub data: &'a [u8],
    /// What it is a delta of; nothing for objects that are stored whole.
    pub base: Option<Base<'a, S>>,
    /// Whether objects follow that are deltas of this one: otherwise its state is dropped at once.
    pub has_children: bool,
}

/// Why an object could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObjectError {
    /// It is larger than the limit; holds its size in bytes.
    #[error("{0} bytes, too large to read")]
    TooLarge(u64),
    /// It is damaged or missing; holds what the reader said, never content.
    #[error("{0}")]
    Unreadable(String),
}

/// Sees each wanted object once, bases before what was made from them.
pub trait Visitor: Send {
    /// What is kept of an object for those made from it.
    type State: Send;

    /// Looks at one object.
    fn visit(&mut self, object: Visit<'_, Self::State>) -> Self::State;

    /// Hears of a wanted object that could not be read.
    fn failed(&mut self, idx: ObjIdx, error: ObjectError);
}
