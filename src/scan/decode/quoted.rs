// SPDX-License-Identifier: MIT OR Apache-2.0
//! Quoted-printable, as mails are written: `=3D` for a sign, and `=` where a line goes on below.

use super::pieces::Joined;

/// Lines of mails are no longer, the mark and the end of the line not counted.
const WIDEST: usize = 76;
/// Programs that write mails fill their lines.
const NARROWEST: usize = 60;
/// Whatever is longer was written by somebody else.
const LONGEST: usize = 1000;

/// What writes an equals sign, which stands in every address and in all mark-up.
pub(super) const SIGN: &str = "=3D";

/// Returns whether `line` goes on below as lines of mails do.
pub(super) fn is_soft(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    (NARROWEST..=WIDEST).contains(&line.len()) && line.ends_with(b"=") && !line.ends_with(b"==")
}

/// Reads the line that begins at `start` and those that it goes on with. Returns nothing if it is
/// not written in this way.
pub(in crate::scan) fn unquote(text: &[u8], start: usize) -> Option<Joined> {
    let mut out = Joined::default();
    let mut here = start;
    let mut line = start;
    while let Some(byte) = text.get(here) {
        if here - line > LONGEST {
            return None;
        }
        let len = match (byte, &text[here + 1..]) {
            (b'\n', _) => break,
            (b'=', [b'\n', ..]) => 2,
            (b'=', [b'\r', b'\n', ..]) => 3,
            (b'=', [high, low, ..]) => {
                let sign = hex(*high, *low)?;
                out.push(sign, here..here + 3);
                out.seam();
                here += 3;
                continue;
            }
            _ => {
                out.push(*byte, here..here + 1);
                here += 1;
                continue;
            }
        };
        // A soft end of a line.
        out.seam();
        here += len;
        line = here;
        out.open |= here == text.len();
    }
    (out.open || out.has_seams()).then_some(out)
}

/// Digits are written in capitals; a few programs do not.
fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |c: u8| char::from(c).to_digit(16);
    Some((digit(high)? << 4 | digit(low)?) as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_soft, unquote};

    #[test]
    fn mails_are_read() {
        let text = b"before\na=3D\"b=\r\nc\" caf=C3=A9\nafter";
        let read = unquote(text, 7).expect("quoted");
        assert_eq!(read.text, "a=\"bc\" caf\u{e9}".as_bytes());
        assert_eq!(&text[read.raw(&(1..5))], b"=3D\"b=\r\nc");
        assert!(unquote(b"a = b", 0).is_none());
        assert!(unquote(b"a = 1; b==3D", 0).is_none());
        assert!(unquote(b"plain", 0).is_none());
    }

    #[test]
    fn only_full_lines_go_on() {
        assert!(is_soft(format!("{}=\r\n", "a".repeat(75)).as_bytes()));
        assert!(!is_soft(b"PASSWORD=\n"));
        assert!(!is_soft(format!("{}==\n", "a".repeat(70)).as_bytes()));
    }

    proptest! {
        #[test]
        fn any_text_is_borne(text in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b"=\r\n3DdCa ".to_vec())], 0..300,
        )) {
            if let Some(read) = unquote(&text, 0) {
                prop_assert!(read.text.len() <= text.len());
                prop_assert!(read.raw(&(0..read.text.len())).end <= text.len());
            }
            let _ = is_soft(&text);
        }
    }
}
