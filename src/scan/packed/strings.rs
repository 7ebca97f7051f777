// SPDX-License-Identifier: MIT OR Apache-2.0
//! Strings in programs and data.

/// Shorter ones are chance.
const SHORTEST: usize = 6;

/// Returns the strings of `raw`, a line each, those of two bytes a character after the others.
pub(super) fn of(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let text = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    // Line ends stay: a key in a program has lines.
    for run in raw.split(|byte| !text(byte) && *byte != b'\n') {
        if run.len() >= SHORTEST {
            out.extend_from_slice(run);
            out.push(b'\n');
        }
    }
    for first in 0..2 {
        let pairs = raw.get(first..).unwrap_or_default().chunks_exact(2);
        let mut run = Vec::new();
        for pair in pairs.chain([[0, 1].as_slice()]) {
            if pair[1] == 0 && text(&pair[0]) {
                run.push(pair[0]);
                continue;
            }
            if run.len() >= SHORTEST {
                out.append(&mut run);
                out.push(b'\n');
            }
            run.clear();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn strings_of_both_widths_are_found() {
        let raw = b"\x01\x02abcdef\0short\0\xffg\0h\0i\0j\0k\0l\0\xff\xff";
        assert_eq!(super::of(raw), b"abcdef\nghijkl\n");
    }
}
