// SPDX-License-Identifier: MIT OR Apache-2.0
//! Texts of four bytes a character.

use std::borrow::Cow;

use super::{Encoding, Text, wtf8_codes};

/// Without a mark, fewer characters say nothing.
const FEWEST: usize = 8;

/// Returns `raw`, which begins with `head`, as a text if it is one.
pub(super) fn decode<'a>(raw: &'a [u8], head: &[u8]) -> Option<Text<'a>> {
    let encoding = kind(head).filter(|_| raw.len().is_multiple_of(4))?;
    let mut out = Vec::with_capacity(raw.len() / 4);
    for code in codes(encoding, raw) {
        match char::from_u32(code) {
            Some(c) => out.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
            // A lone surrogate has three bytes in WTF-8; what is above is no text.
            None if code < 0x1_0000 => {
                let low = |shift: u32| 0x80 | ((code >> shift) & 0x3f) as u8;
                out.extend([0xe0 | (code >> 12) as u8, low(6), low(0)]);
            }
            None => return None,
        }
    }
    Some(Text { encoding, bytes: Cow::Owned(out) })
}

/// The inverse of [`decode`].
pub(super) fn encode(encoding: Encoding, text: &[u8]) -> Vec<u8> {
    let bytes = |code: u32| match encoding {
        Encoding::Utf32Be => code.to_be_bytes(),
        _ => code.to_le_bytes(),
    };
    wtf8_codes(text).flat_map(bytes).collect()
}

fn codes(encoding: Encoding, raw: &[u8]) -> impl Iterator<Item = u32> + '_ {
    raw.chunks_exact(4).map(move |four| {
        let four = [four[0], four[1], four[2], four[3]];
        match encoding {
            Encoding::Utf32Be => u32::from_be_bytes(four),
            _ => u32::from_le_bytes(four),
        }
    })
}

/// Data of small numbers has as many zeros as text has, but few of its numbers are signs.
fn kind(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xff, 0xfe, 0, 0, ..] => return Some(Encoding::Utf32Le),
        [0, 0, 0xfe, 0xff, ..] => return Some(Encoding::Utf32Be),
        _ => {}
    }
    let is_text = |encoding: Encoding| {
        let sign = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        let letters = codes(encoding, head).filter(|code| *code < 0x80).count();
        head.len() >= 4 * FEWEST
            && letters * 2 > head.len() / 4
            && codes(encoding, head).all(|code| char::from_u32(code).is_some_and(sign))
    };
    let encoding = match head {
        [_, 0, 0, 0, ..] => Encoding::Utf32Le,
        [0, 0, 0, _, ..] => Encoding::Utf32Be,
        _ => return None,
    };
    is_text(encoding).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Encoding, Text};

    #[test]
    fn texts_are_told_from_numbers() {
        let raw = |text: &str| -> Vec<u8> {
            text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect()
        };
        let raw_text = raw("key = valu\u{e9}\n");
        let Text { encoding, bytes } = Text::decode(&raw_text).expect("text");
        assert_eq!(encoding, Encoding::Utf32Be);
        assert_eq!(&*bytes, "key = valu\u{e9}\n".as_bytes());
        assert!(Text::decode(&raw("\u{1}\u{2}\u{3}\u{4}\u{5}\u{41}\u{42}\u{43}")).is_none());
        assert!(Text::decode(&[0xff, 0xfe, 0, 0, 0, 0, 0x20, 0]).is_none());
    }

    proptest! {
        #[test]
        fn utf32_reads_back(codes in prop::collection::vec(0..0x11_0000_u32, 0..64), big in any::<bool>()) {
            let bytes = |code: u32| if big { code.to_be_bytes() } else { code.to_le_bytes() };
            let raw: Vec<u8> = std::iter::once(0xfeff).chain(codes).flat_map(bytes).collect();
            let text = Text::decode(&raw).expect("has a mark");
            prop_assert_eq!(Text::encode(text.encoding, &text.bytes), raw.clone());
        }
    }
}
