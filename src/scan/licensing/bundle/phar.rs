// SPDX-License-Identifier: MIT OR Apache-2.0
//! Archives of PHP, which are often called as the program that they are.

use memchr::memmem;

use super::members::is_licence;

/// Ends the program at the start of the archive.
const END: &[u8] = b"__HALT_COMPILER();";
/// The program at the start is no longer.
const STUB: usize = 256 << 10;
/// More files of an archive are not looked at.
const MOST: u32 = 20_000;

/// Returns whether a licence text is packed in the archive, if it is one.
pub(super) fn read(raw: &[u8]) -> Option<bool> {
    if !raw.starts_with(b"<?php") && !raw.starts_with(b"#!") {
        return None;
    }
    let stub = &raw[..raw.len().min(STUB)];
    let mut rest = &raw[memmem::rfind(stub, END)? + END.len()..];
    for skipped in [&b" "[..], b"?>", b"\r", b"\n"] {
        rest = rest.strip_prefix(skipped).unwrap_or(rest);
    }
    let _length = number(&mut rest)?;
    let files = number(&mut rest)?;
    // The version of the format, then flags.
    rest = rest.get(6..)?;
    let _alias = text(&mut rest)?;
    let _metadata = text(&mut rest)?;
    let mut licence = false;
    for _ in 0..files.min(MOST) {
        let Some(name) = text(&mut rest) else { break };
        licence |= is_licence(&name.to_ascii_lowercase());
        // Two sizes, a time, a checksum and flags.
        rest = rest.get(20..).unwrap_or_default();
        let _metadata = text(&mut rest);
    }
    Some(licence)
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (bytes, more) = rest.split_first_chunk::<4>()?;
    *rest = more;
    Some(u32::from_le_bytes(*bytes))
}

fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let len = number(rest)? as usize;
    let (text, more) = rest.split_at_checked(len)?;
    *rest = more;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn packed(name: &[u8]) -> Vec<u8> {
        let len = |len: usize| u32::try_from(len).expect("small").to_le_bytes();
        let mut out = b"#!/usr/bin/env php\n<?php __HALT_COMPILER(); ?>\r\n".to_vec();
        out.extend(len(40).into_iter().chain(len(1)).chain([0x11, 0, 0, 0, 1, 0]));
        out.extend(len(0).into_iter().chain(len(0)).chain(len(name.len())));
        out.extend(name.iter().copied().chain([0; 24]));
        out
    }

    #[test]
    fn files_are_listed() {
        assert_eq!(read(&packed(b"vendor/acme/LICENSE")), Some(true));
        assert_eq!(read(&packed(b"src/a.php")), Some(false));
        assert_eq!(read(b"<?php echo 1;"), None);
        assert_eq!(read(b"<?php __HALT_COMPILER();"), None);
        for cut in 0..90 {
            let all = packed(b"src/a.php");
            assert_ne!(read(&all[..cut.min(all.len())]), Some(true));
        }
    }
}
