// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads commits, tags and trees on their way past, and what of a commit or tag counts here.

use git2::Oid;

use super::trees::{Arena, NONE};
use crate::repo::objects::{ObjIdx, ObjectError, ObjectKind, Objects, Visit, Visitor};

/// Length of the longest object id, that of SHA-256.
const MAX_ID: usize = 32;

/// Sees each commit and tag as it stands in the repository: which object, what it is, its bytes.
/// Called on the workers, for what is not reachable too.
pub type OnRaw<'a> = dyn Fn(ObjIdx, ObjectKind, &[u8]) + Sync + 'a;

/// A commit that was read. Numbers of objects that are not there are [`NONE`]; their ids are
/// found in [`Collector::absent`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed {
    pub(super) idx: u32,
    pub(super) tree: u32,
    /// Where its parents start in the list of all parents, and how many there are.
    pub(super) parents: (u32, u32),
    pub(super) author_time: i64,
    pub(super) commit_time: i64,
}

/// An object that is named but not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Absent {
    /// The commit or tag that names it.
    pub(super) by: u32,
    pub(super) id: Oid,
    pub(super) kind: ObjectKind,
}

/// What one worker of the walk has read.
pub(super) struct Collector<'a> {
    objects: &'a Objects,
    on_raw: &'a OnRaw<'a>,
    pub(super) commits: Vec<Parsed>,
    pub(super) parents: Vec<u32>,
    /// Tags, and the objects they name.
    pub(super) tags: Vec<(u32, u32)>,
    pub(super) absent: Vec<Absent>,
    pub(super) trees: Arena,
    /// What could not be read, and why.
    pub(super) failed: Vec<(u32, String)>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(objects: &'a Objects, on_raw: &'a OnRaw<'a>) -> Self {
        Self {
            objects,
            on_raw,
            commits: Vec::new(),
            parents: Vec::new(),
            tags: Vec::new(),
            absent: Vec::new(),
            trees: Arena::default(),
            failed: Vec::new(),
        }
    }

    /// Returns the number of the object named in hexadecimal, or remembers that it is not there;
    /// nothing if that is no name.
    fn find(&mut self, by: u32, name: &[u8], kind: ObjectKind) -> Option<u32> {
        let mut id = [0; MAX_ID];
        let id = hex(name, &mut id)?;
        if let Some(idx) = self.objects.find(id) {
            return Some(idx.0);
        }
        self.absent.push(Absent { by, id: Oid::from_bytes(id).ok()?, kind });
        Some(NONE)
    }

    fn commit(&mut self, idx: u32, data: &[u8]) -> Option<()> {
        let (tree, mut rest) = header(data, b"tree ")?;
        let tree = self.find(idx, tree, ObjectKind::Tree)?;
        let start = self.parents.len() as u32;
        while let Some((parent, next)) = header(rest, b"parent ") {
            let parent = self.find(idx, parent, ObjectKind::Commit)?;
            self.parents.push(parent);
            rest = next;
        }
        let parents = (start, self.parents.len() as u32 - start);
        let (author, rest) = header(rest, b"author ")?;
        let committer = header(rest, b"committer ").map(|(committer, _)| committer);
        let author_time = time(author);
        let commit_time = committer.map_or(author_time, time);
        self.commits.push(Parsed { idx, tree, parents, author_time, commit_time });
        Some(())
    }

    fn tag(&mut self, idx: u32, data: &[u8]) -> Option<()> {
        let (target, rest) = header(data, b"object ")?;
        let (kind, _) = header(rest, b"type ")?;
        let kind = match kind {
            b"commit" => ObjectKind::Commit,
            b"tree" => ObjectKind::Tree,
            b"blob" => ObjectKind::Blob,
            b"tag" => ObjectKind::Tag,
            _ => return None,
        };
        let target = self.find(idx, target, kind)?;
        self.tags.push((idx, target));
        Some(())
    }
}

impl Visitor for Collector<'_> {
    type State = ();

    fn visit(&mut self, object: Visit<'_, ()>) {
        let idx = object.idx.0;
        let sound = match object.kind {
            ObjectKind::Commit => {
                (self.on_raw)(object.idx, object.kind, object.data);
                self.commit(idx, object.data)
            }
            ObjectKind::Tag => {
                (self.on_raw)(object.idx, object.kind, object.data);
                self.tag(idx, object.data)
            }
            ObjectKind::Tree => {
                self.trees.push(object.idx, object.data, object.base.as_ref());
                Some(())
            }
            ObjectKind::Blob => Some(()),
        };
        if sound.is_none() {
            self.failed.push((idx, "its header is damaged".into()));
        }
    }

    fn failed(&mut self, idx: ObjIdx, error: ObjectError) {
        self.failed.push((idx.0, error.to_string()));
    }
}

/// Returns what follows `name` on the first line, and the lines after it.
fn header<'a>(data: &'a [u8], name: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let data = data.strip_prefix(name)?;
    let end = memchr::memchr(b'\n', data).unwrap_or(data.len());
    Some((&data[..end], data.get(end + 1..).unwrap_or_default()))
}

/// Reads an object id into `out` and returns the part it takes.
fn hex<'a>(text: &[u8], out: &'a mut [u8; MAX_ID]) -> Option<&'a [u8]> {
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() || pairs.len() > MAX_ID {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(pairs) {
        let digit = |c: u8| char::from(c).to_digit(16).map(|digit| digit as u8);
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(&out[..pairs.len()])
}

/// Reads the seconds after the address; 0 if there are none, as Git does.
fn time(identity: &[u8]) -> i64 {
    let after = memchr::memrchr(b'>', identity).map_or(0, |at| at + 1);
    let mut words = identity[after..].split(|b| *b == b' ').filter(|word| !word.is_empty());
    let number = words.next().and_then(|word| std::str::from_utf8(word).ok());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_ids_are_read_as_git_writes_them() {
        assert_eq!(time(b"A > B <a@b> 1767225600 +0100"), 1_767_225_600);
        assert_eq!(time(b"A <a@b> -5 +0000"), -5);
        assert_eq!((time(b"A <a@b>"), time(b""), time(b"A <a@b> x")), (0, 0, 0));
        let read = |text: &[u8]| hex(text, &mut [0; MAX_ID]).map(<[u8]>::to_vec);
        assert_eq!(read(&[b'a'; 40]), Some(vec![0xaa; 20]));
        assert_eq!(read(&[b'0'; 64]), Some(vec![0; 32]));
        assert_eq!((read(&[b'g'; 40]), read(b"a"), read(&[b'0'; 66])), (None, None, None));
    }
}
