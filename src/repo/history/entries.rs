// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a tree holds, and what two trees hold differently, from their bytes.

use std::cmp::Ordering;

use super::Mode;

/// One entry of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// What it is; nothing for a tree.
    pub(super) mode: Option<Mode>,
    /// Its name.
    pub(super) name: &'a [u8],
    /// The object it names.
    pub(super) id: &'a [u8],
}

/// Hands the entries that differ to `each`: one that is gone, one that is new, or both if the name
/// stayed. Returns whether `new` is sound as far as it was looked at. Ids have `width` bytes.
///
/// Entries are a multiset here: a crafted tree may be unsorted or hold a name twice, and then
/// something is reported as gone and as new, but never lost.
pub(super) fn compare<'a>(
    old: &'a [u8],
    new: &'a [u8],
    width: usize,
    mut each: impl FnMut(Option<Entry<'a>>, Option<Entry<'a>>),
) -> bool {
    let same = common_prefix(old, new);
    let start = last_boundary(new, same, width);
    let tail = common_suffix(&old[start..], &new[start..]);
    let mut left = Cursor::new(old, start, width);
    let mut right = Cursor::new(new, start, width);
    loop {
        // Both stand at the start of an entry, and the same bytes follow.
        let rest = new.len() - right.start;
        if rest == old.len() - left.start && rest <= tail {
            return true;
        }
        match (left.entry, right.entry) {
            (None, None) => return right.start == new.len(),
            (Some(_), None) => each(left.take(), None),
            (None, Some(_)) => each(None, right.take()),
            (Some(a), Some(b)) => match order(&a, &b) {
                Ordering::Less => each(left.take(), None),
                Ordering::Greater => each(None, right.take()),
                Ordering::Equal => {
                    let pair = (left.take(), right.take());
                    if a.id != b.id || a.mode != b.mode {
                        each(pair.0, pair.1);
                    }
                }
            },
        }
    }
}

/// Steps over the entries of one tree.
struct Cursor<'a> {
    data: &'a [u8],
    width: usize,
    /// Where the entry starts.
    start: usize,
    /// Where it ends.
    end: usize,
    entry: Option<Entry<'a>>,
}

impl<'a> Cursor<'a> {
    fn new(data: &'a [u8], start: usize, width: usize) -> Self {
        let mut cursor = Self { data, width, start, end: start, entry: None };
        cursor.take();
        cursor
    }

    /// Returns the entry and goes on to the next.
    fn take(&mut self) -> Option<Entry<'a>> {
        let taken = self.entry;
        self.start = self.end;
        self.entry = parse(&self.data[self.start..], self.width).map(|(entry, len)| {
            self.end = self.start + len;
            entry
        });
        taken
    }
}

/// Reads the entry at the start of `data` and returns its length, if it is sound.
fn parse(data: &[u8], width: usize) -> Option<(Entry<'_>, usize)> {
    let mut bits = 0_u32;
    let mut at = 0;
    loop {
        match *data.get(at)? {
            b' ' if at > 0 => break,
            digit @ b'0'..=b'7' if at < 7 => bits = bits << 3 | u32::from(digit - b'0'),
            _ => return None,
        }
        at += 1;
    }
    let rest = &data[at + 1..];
    let len = memchr::memchr(0, rest)?;
    let id = rest.get(len + 1..len + 1 + width)?;
    let entry = Entry { mode: Mode::of(bits), name: &rest[..len], id };
    Some((entry, at + 1 + len + 1 + width))
}

/// Returns the end of the last entry that lies within the first `limit` bytes.
fn last_boundary(data: &[u8], limit: usize, width: usize) -> usize {
    let mut at = 0;
    while let Some(len) = memchr::memchr(0, &data[at..limit]) {
        let end = at + len + 1 + width;
        if end > limit {
            break;
        }
        at = end;
    }
    at
}

/// Compares as Git sorts: a tree as if its name ended in a slash.
fn order(a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    let len = a.name.len().min(b.name.len());
    a.name[..len].cmp(&b.name[..len]).then_with(|| {
        let next = |entry: &Entry<'_>| match entry.name.get(len) {
            Some(byte) => *byte,
            None if entry.mode.is_none() => b'/',
            None => 0,
        };
        // Names that only seem equal, `a` the tree and `a/` the file, are told apart by length.
        next(a).cmp(&next(b)).then(a.name.len().cmp(&b.name.len()))
    })
}

fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 64;
    let blocks = a.as_chunks::<STEP>().0.iter().zip(b.as_chunks::<STEP>().0);
    let start = blocks.take_while(|(a, b)| a == b).count() * STEP;
    let rest = a[start..].iter().zip(&b[start..]);
    start + rest.take_while(|(a, b)| a == b).count()
}

fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 64;
    let blocks = a.as_rchunks::<STEP>().1.iter().rev().zip(b.as_rchunks::<STEP>().1.iter().rev());
    let tail = blocks.take_while(|(a, b)| a == b).count() * STEP;
    let rest = a[..a.len() - tail].iter().rev().zip(b[..b.len() - tail].iter().rev());
    tail + rest.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: usize = 20;

    fn tree(entries: &[(&str, &str, u8)]) -> Vec<u8> {
        let mut out = Vec::new();
        for (mode, name, id) in entries {
            out.extend(format!("{mode} {name}\0").as_bytes());
            out.extend([*id; ID]);
        }
        out
    }

    fn changes(old: &[u8], new: &[u8]) -> (Vec<String>, bool) {
        let mut out = Vec::new();
        let shown = |sign: char, entry: Option<Entry<'_>>| {
            entry.map(|e| format!("{sign}{}{}", String::from_utf8_lossy(e.name), e.id[0]))
        };
        let sound = compare(old, new, ID, |a, b| {
            out.extend(shown('-', a).into_iter().chain(shown('+', b)));
        });
        (out, sound)
    }

    #[test]
    fn only_what_differs_is_handed_out() {
        let old =
            tree(&[("100644", "a", 1), ("100644", "b", 2), ("40000", "d", 3), ("100644", "z", 4)]);
        let new =
            tree(&[("100644", "a", 1), ("100644", "c", 2), ("40000", "d", 5), ("100644", "z", 4)]);
        assert_eq!(
            changes(&old, &new),
            (["-b2", "+c2", "-d3", "+d5"].map(Into::into).into(), true)
        );
        assert_eq!(changes(&old, &old), (Vec::new(), true));
        assert_eq!(changes(&[], &old).0.len(), 4);
        assert_eq!(changes(&old, &[]).0.len(), 4);
    }

    #[test]
    fn a_file_that_becomes_a_tree_is_gone_and_new() {
        let old = tree(&[("100644", "a", 1), ("100644", "a.b", 2)]);
        let new = tree(&[("100644", "a.b", 2), ("40000", "a", 3)]);
        assert_eq!(changes(&old, &new).0, ["-a1", "+a3"]);
    }

    #[test]
    fn a_damaged_tree_is_read_up_to_the_damage() {
        let mut bad = tree(&[("100644", "a", 1)]);
        bad.extend(b"100644 b\0short");
        assert_eq!(changes(&[], &bad), (vec!["+a1".into()], false));
        assert_eq!(changes(&bad, &bad), (Vec::new(), true));
        assert_eq!(changes(&[], b"9 x\0"), (Vec::new(), false));
        assert_eq!(changes(&[], b"100644"), (Vec::new(), false));
    }

    #[test]
    fn names_that_stand_twice_are_not_lost() {
        let old = tree(&[("100644", "a", 1), ("100644", "a", 2)]);
        let new = tree(&[("100644", "a", 2), ("100644", "a", 1), ("100644", "a", 1)]);
        let (mut out, _) = changes(&old, &new);
        out.sort();
        let net = |id: u8| {
            let count = |sign: char| out.iter().filter(|c| **c == format!("{sign}a{id}")).count();
            count('+') as i32 - count('-') as i32
        };
        assert_eq!((net(1), net(2)), (1, 0));
    }
}
