// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the bytes of a delta say.
//!
//! They come from a repository that may be hostile: every offset and length is checked.

use super::Op;

/// More instructions than this are not kept: they would need more memory than the object.
const MAX_OPS: usize = 1 << 20;

/// What a delta says about itself before its instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Size of the base.
    pub(super) base: u64,
    /// Size of what the delta makes.
    pub(super) result: u64,
    /// Where the instructions begin.
    pub(super) at: usize,
}

/// Reads the beginning of a delta; two numbers of at most ten bytes each.
pub(super) fn header(delta: &[u8]) -> Option<Header> {
    let mut at = 0;
    let base = number(delta, &mut at)?;
    let result = number(delta, &mut at)?;
    Some(Header { base, result, at })
}

fn number(delta: &[u8], at: &mut usize) -> Option<u64> {
    let mut out = 0;
    for shift in (0..64).step_by(7) {
        let byte = *delta.get(*at)?;
        *at += 1;
        out |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(out);
        }
    }
    None
}

/// Carries out `instructions` on `base`, fills the whole of `out`, and leaves in `ops` what was
/// done: nothing if that is too much to keep. Returns nothing if the delta doesn't fit.
pub(super) fn apply(
    base: &[u8],
    mut instructions: &[u8],
    out: &mut [u8],
    ops: &mut Vec<Op>,
) -> Option<()> {
    ops.clear();
    let mut done = 0;
    let mut keep = true;
    while let Some((&code, rest)) = instructions.split_first() {
        let (op, len) = if code & 0x80 == 0 {
            let len = usize::from(code);
            // 0 is reserved.
            let (new, rest) = if len == 0 { None } else { rest.split_at_checked(len) }?;
            out.get_mut(done..done + len)?.copy_from_slice(new);
            instructions = rest;
            (Op::Insert { len }, len)
        } else {
            instructions = rest;
            let from = bytes(&mut instructions, code, 4)?;
            let len = match bytes(&mut instructions, code >> 4, 3)? {
                0 => 0x10000,
                len => len,
            };
            let old = base.get(from..from.checked_add(len)?)?;
            out.get_mut(done..done.checked_add(len)?)?.copy_from_slice(old);
            (Op::Copy { from, len }, len)
        };
        done += len;
        keep = keep && note(ops, op);
    }
    if !keep {
        ops.clear();
    }
    (done == out.len()).then_some(())
}

/// Reads those of `count` little-endian bytes whose bit is set in `mask`.
fn bytes(from: &mut &[u8], mask: u8, count: u8) -> Option<usize> {
    let mut out = 0;
    for at in 0..count {
        if mask & (1 << at) != 0 {
            let (&byte, rest) = from.split_first()?;
            out |= usize::from(byte) << (8 * at);
            *from = rest;
        }
    }
    Some(out)
}

/// Adds `op`, or lengthens the last one that it goes on from: Git splits long ones. Returns
/// whether there was room.
fn note(ops: &mut Vec<Op>, op: Op) -> bool {
    match (ops.last_mut(), op) {
        (Some(Op::Insert { len }), Op::Insert { len: more }) => *len += more,
        (Some(Op::Copy { from, len }), Op::Copy { from: next, len: more })
            if *from + *len == next =>
        {
            *len += more;
        }
        _ => {
            if ops.len() >= MAX_OPS {
                return false;
            }
            ops.push(op);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(base: &[u8], delta: &[u8]) -> Option<(Vec<u8>, Vec<Op>)> {
        let header = header(delta)?;
        let mut out = vec![0; usize::try_from(header.result).ok().filter(|n| *n < 1 << 20)?];
        let mut ops = Vec::new();
        apply(base, &delta[header.at..], &mut out, &mut ops)?;
        Some((out, ops))
    }

    #[test]
    fn copies_and_insertions_make_the_result() {
        let delta = b"\x08\x09\x91\x02\x03\x03new\x90\x03";
        let ops =
            vec![Op::Copy { from: 2, len: 3 }, Op::Insert { len: 3 }, Op::Copy { from: 0, len: 3 }];
        assert_eq!(made(b"abcdefgh", delta), Some((b"cdenewabc".to_vec(), ops)));
    }

    #[test]
    fn what_goes_on_is_one_instruction() {
        let delta = b"\x04\x06\x90\x02\x91\x02\x02\x01x\x01y";
        let ops = vec![Op::Copy { from: 0, len: 4 }, Op::Insert { len: 2 }];
        assert_eq!(made(b"abcd", delta), Some((b"abcdxy".to_vec(), ops)));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let bad: &[&[u8]] = &[
            b"",
            b"\x04",
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01",
            b"\x04\x04\x00",
            b"\x04\x04\x90\x05",
            b"\x04\x03\x90\x04",
            b"\x04\x05\x90\x04",
            b"\x04\x04\x91\x02\x04",
            b"\x04\x04\x9f\xff\xff\xff\xff\x04",
            b"\x04\x04\x05ab",
            b"\x04\x04\x91",
        ];
        for delta in bad {
            assert_eq!(made(b"abcd", delta), None, "{delta:x?}");
        }
    }
}
