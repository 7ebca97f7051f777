// SPDX-License-Identifier: MIT OR Apache-2.0
//! Bytes of a file as text, and back: scan, preview and redaction must agree on every offset.

mod utf32;

use std::borrow::Cow;

/// The byte order mark in UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// How a file's bytes become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, or bytes of an unknown 8-bit encoding, which are kept as they are.
    Bytes,
    /// UTF-16, little endian, with or without a byte order mark.
    Utf16Le,
    /// UTF-16, big endian, with or without a byte order mark.
    Utf16Be,
    /// UTF-32, little endian, with or without a byte order mark.
    Utf32Le,
    /// UTF-32, big endian, with or without a byte order mark.
    Utf32Be,
}

/// A file's content as text. Offsets of findings count bytes of this text.
///
/// UTF-8 and 8-bit files are borrowed unchanged (a byte order mark and CRLF stay where they
/// are); UTF-16 and UTF-32 are turned into UTF-8, with lone surrogates kept in WTF-8 so that
/// [`encode`](Self::encode) gives back the same bytes.
pub struct Text<'a> {
    /// How the bytes were read.
    pub encoding: Encoding,
    /// The text.
    pub bytes: Cow<'a, [u8]>,
}

impl<'a> Text<'a> {
    /// Reads `raw`, or returns `None` if it is binary: NUL bytes in the first 8,000 bytes (Git's
    /// own test) that are not explained by UTF-16 or UTF-32.
    #[must_use]
    pub fn decode(raw: &'a [u8]) -> Option<Self> {
        let head = &raw[..raw.len().min(8000)];
        if let Some(text) = utf32::decode(raw, head) {
            return Some(text);
        }
        let encoding = match utf16_kind(head) {
            Some(kind) if raw.len().is_multiple_of(2) => kind,
            _ if memchr::memchr(0, head).is_some() => return None,
            _ => return Some(Self { encoding: Encoding::Bytes, bytes: Cow::Borrowed(raw) }),
        };
        let units = raw.chunks_exact(2).map(|pair| match encoding {
            Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        });
        Some(Self { encoding, bytes: Cow::Owned(wtf8(units)) })
    }

    /// Returns `text` in this encoding: the inverse of [`decode`](Self::decode).
    #[must_use]
    pub fn encode(encoding: Encoding, text: &[u8]) -> Vec<u8> {
        if matches!(encoding, Encoding::Utf32Le | Encoding::Utf32Be) {
            return utf32::encode(encoding, text);
        }
        let mut out = Vec::with_capacity(text.len() * 2);
        let mut put = |unit: u16| match encoding {
            Encoding::Utf16Be => out.extend(unit.to_be_bytes()),
            _ => out.extend(unit.to_le_bytes()),
        };
        if encoding == Encoding::Bytes {
            return text.to_vec();
        }
        for code in wtf8_codes(text) {
            let mut buffer = [0; 2];
            match char::from_u32(code) {
                Some(c) => c.encode_utf16(&mut buffer).iter().for_each(|unit| put(*unit)),
                // A lone surrogate is below 0x10000, so the cut loses nothing.
                None => put((code & 0xffff) as u16),
            }
        }
        out
    }
}

fn utf16_kind(head: &[u8]) -> Option<Encoding> {
    match head {
        // FF FE 00 00 is the mark of UTF-32, and what follows was none.
        [0xff, 0xfe, 0, 0, ..] => return None,
        [0xff, 0xfe, ..] => return Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let pairs = head.len() / 2;
    // Latin letters in UTF-16 bring a zero each; nearly all files have none.
    if pairs < 8 || memchr::memchr(0, head).is_none() {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 9 && even == 0 {
        Some(Encoding::Utf16Le)
    } else if even * 10 >= pairs * 9 && odd == 0 {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn wtf8(units: impl Iterator<Item = u16>) -> Vec<u8> {
    let mut out = Vec::new();
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => out.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(lone) => {
                let unit = lone.unpaired_surrogate();
                let low = |shift: u16| 0x80 | ((unit >> shift) & 0x3f) as u8;
                out.extend([0xe0 | (unit >> 12) as u8, low(6), low(0)]);
            }
        }
    }
    out
}

/// Code points of WTF-8 as [`wtf8`] makes it; a byte that fits nowhere stands for itself.
fn wtf8_codes(text: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut i = 0;
    std::iter::from_fn(move || {
        let first = *text.get(i)?;
        let (len, start) = match first {
            0xc0..0xe0 => (2, u32::from(first & 0x1f)),
            0xe0..0xf0 => (3, u32::from(first & 0x0f)),
            0xf0..0xf8 => (4, u32::from(first & 0x07)),
            _ => (1, u32::from(first)),
        };
        let tail = text.get(i + 1..i + len).filter(|t| t.iter().all(|b| b & 0xc0 == 0x80));
        if let Some(tail) = tail {
            i += len;
            Some(tail.iter().fold(start, |code, b| code << 6 | u32::from(b & 0x3f)))
        } else {
            i += 1;
            Some(u32::from(first))
        }
    })
}

/// Byte offsets of line starts, to turn offsets into lines and columns.
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

impl LineIndex {
    /// Indexes `text`. Lines end with LF; a CR before it belongs to the line.
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text).map(|i| i + 1));
        Self { starts: starts.collect(), len: text.len() }
    }

    /// Returns the number of lines, at least 1; text after the last LF counts as a line.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the line that holds `offset`, counted from 0.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Returns the byte range of a line counted from 0, without its LF; empty past the end.
    #[must_use]
    pub fn range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.len);
        let end = self.starts.get(line + 1).map_or(self.len, |next| next - 1);
        start..end.max(start)
    }

    /// Returns the span of `range` in `text`, which must be the text this was made from.
    #[must_use]
    pub fn span(&self, text: &[u8], range: std::ops::Range<usize>) -> super::Span {
        Spans::new(self, text).next(range)
    }
}

/// Turns many ranges of one text into spans. Where they ascend, each character of a line is
/// counted once, however much was found on it.
pub struct Spans<'a> {
    index: &'a LineIndex,
    text: &'a [u8],
    line: usize,
    /// Up to here the characters of the line are counted.
    offset: usize,
    column: usize,
}

impl<'a> Spans<'a> {
    /// Starts at the beginning of `text`, which must be the text that `index` was made from.
    #[must_use]
    pub fn new(index: &'a LineIndex, text: &'a [u8]) -> Self {
        Self { index, text, line: usize::MAX, offset: 0, column: 0 }
    }

    /// Returns the span of `range`.
    pub fn next(&mut self, range: std::ops::Range<usize>) -> super::Span {
        let (line, column) = self.position(range.start);
        // A span that ends with its line's LF still ends on that line.
        let last = range.end.max(range.start + 1) - 1;
        let (end_line, end_column) = if self.text.get(last) == Some(&b'\n') {
            let (line, column) = self.position(last);
            (line, column.saturating_add(1))
        } else {
            self.position(range.end)
        };
        super::Span { start: range.start, end: range.end, line, column, end_line, end_column }
    }

    fn position(&mut self, offset: usize) -> (u32, u32) {
        let line = self.index.line_of(offset);
        if line != self.line || offset < self.offset {
            self.line = line;
            self.offset = self.index.range(line).start;
            self.column = 0;
            // No editor counts the byte order mark as a column.
            if self.offset == 0 && offset >= BOM.len() && self.text.starts_with(BOM) {
                self.offset = BOM.len();
            }
        }
        let between = &self.text[self.offset..offset];
        let column = self.column + String::from_utf8_lossy(between).chars().count();
        // A character that `offset` cuts in two is counted whole the next time.
        if self.text.get(offset).is_none_or(|next| next & 0xc0 != 0x80) {
            (self.offset, self.column) = (offset, column);
        }
        let number = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        (number(line), number(column))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Encoding, LineIndex, Spans, Text};

    #[test]
    fn encodings_are_told_apart() {
        let le: Vec<u8> = "key = value\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let text = Text::decode(&le).expect("text");
        assert_eq!(text.encoding, Encoding::Utf16Le);
        assert_eq!(&*text.bytes, b"key = value\n");
        assert!(Text::decode(b"\x7fELF\0\0\0\x01\x02\x03\x04\x05\x06\x07\x08\x09").is_none());
        assert_eq!(Text::decode(b"caf\xe9").expect("8 bit").encoding, Encoding::Bytes);
    }

    #[test]
    fn lines_and_columns_count_characters() {
        let text = "one\r\ntw\u{f6} x\n".as_bytes();
        let index = LineIndex::new(text);
        let at = text.iter().position(|b| *b == b'x').expect("x");
        let span = index.span(text, at..at + 1);
        assert_eq!((span.line, span.column, span.end_line, span.end_column), (2, 5, 2, 6));
        let marked = ["\u{feff}".as_bytes(), b"x\nx"].concat();
        let index_of_marked = LineIndex::new(&marked);
        let columns = [3, 5].map(|at| index_of_marked.span(&marked, at..at + 1).column);
        assert_eq!(columns, [1, 1], "the byte order mark is no column");
        assert_eq!(index.range(0), 0..4);
        assert_eq!(index.range(9), text.len()..text.len());
    }

    proptest! {
        #[test]
        fn one_walk_and_many_agree(
            text in prop::collection::vec(prop::sample::select(b"a\n\r\xc3\xb6\xe9 ".to_vec()), 0..40),
            mut cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let index = LineIndex::new(&text);
            let mut walk = Spans::new(&index, &text);
            cuts.sort_by_key(|cut| cut.index(text.len() + 1));
            for pair in cuts.chunks_exact(2) {
                let range = pair[0].index(text.len() + 1)..pair[1].index(text.len() + 1);
                prop_assert_eq!(walk.next(range.clone()), index.span(&text, range));
            }
        }

        #[test]
        fn utf16_reads_back(units in prop::collection::vec(any::<u16>(), 0..64), big in any::<bool>()) {
            let mut raw = if big { vec![0xfe, 0xff] } else { vec![0xff, 0xfe] };
            // The pair after the mark must not be zero, or it would be UTF-32's mark.
            for unit in std::iter::once(0x41).chain(units) {
                raw.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            }
            let text = Text::decode(&raw).expect("has a mark");
            prop_assert_eq!(Text::encode(text.encoding, &text.bytes), raw.clone());
        }
    }
}
