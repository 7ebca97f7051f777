// SPDX-License-Identifier: MIT OR Apache-2.0
//! Replaces spans of a file and keeps everything else byte for byte.

use std::ops::Range;

use crate::domain::Text;

/// One replacement in a file's decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Range<usize>,
    /// What stands there instead.
    pub to: String,
}

/// A file after its edits.
pub struct Redacted {
    /// The decoded text.
    pub text: Vec<u8>,
    /// The bytes in the file's own encoding, with its byte order mark and line ends.
    pub raw: Vec<u8>,
    /// Where the stand-ins are in `text`.
    pub placed: Vec<Range<usize>>,
    /// Edits that overlap an earlier one and were merged into it.
    pub overlapping: usize,
}

/// Applies `edits` to a file. Returns `None` for a binary file, which is never patched.
#[must_use]
pub fn apply(raw: &[u8], edits: &[Edit]) -> Option<Redacted> {
    let decoded = Text::decode(raw)?;
    let mut edits: Vec<&Edit> =
        edits.iter().filter(|e| e.span.end <= decoded.bytes.len()).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out =
        Redacted { text: Vec::new(), raw: Vec::new(), placed: Vec::new(), overlapping: 0 };
    let mut from = 0;
    for edit in edits {
        if edit.span.start < from {
            // The tail of an overlapped value must not stay behind.
            from = from.max(edit.span.end);
            out.overlapping += 1;
            continue;
        }
        out.text.extend(&decoded.bytes[from..edit.span.start]);
        let start = out.text.len();
        out.text.extend(edit.to.as_bytes());
        out.placed.push(start..out.text.len());
        from = edit.span.end;
    }
    out.text.extend(&decoded.bytes[from..]);
    out.raw = Text::encode(decoded.encoding, &out.text);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Edit, apply};

    #[test]
    fn everything_but_the_value_stays() {
        let raw = b"\xef\xbb\xbfkey = \"abc\"\r\ncaf\xe9\r\n";
        let at = raw.windows(3).position(|w| w == b"abc").expect("abc");
        let edits = [Edit { span: at..at + 3, to: "X".into() }];
        let out = apply(raw, &edits).expect("text");
        assert_eq!(out.raw, b"\xef\xbb\xbfkey = \"X\"\r\ncaf\xe9\r\n");
        assert_eq!(&out.text[out.placed[0].clone()], b"X");
    }

    #[test]
    fn utf16_stays_utf16() {
        let wide = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let raw = [&[0xff, 0xfe][..], &wide("key = abc\n")].concat();
        let text = crate::domain::Text::decode(&raw).expect("text");
        let at = text.bytes.windows(3).position(|w| w == b"abc").expect("abc");
        let out = apply(&raw, &[Edit { span: at..at + 3, to: "X".into() }]).expect("text");
        assert_eq!(out.raw, [&[0xff, 0xfe][..], &wide("key = X\n")].concat());
    }

    #[test]
    fn an_overlap_leaves_nothing_behind() {
        let edits = [Edit { span: 2..6, to: "A".into() }, Edit { span: 4..8, to: "B".into() }];
        let out = apply(b"0123456789", &edits).expect("text");
        assert_eq!((out.raw.as_slice(), out.overlapping), (&b"01A89"[..], 1));
    }
}
