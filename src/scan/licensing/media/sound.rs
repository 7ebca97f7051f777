// SPDX-License-Identifier: MIT OR Apache-2.0
//! Copyright and licence fields of sound and films: ID3, Vorbis comments, RIFF, MP4.

/// The fields stand at the start, or at the end.
const REACH: usize = 128 << 10;
const MAX_FIELD: usize = 500;

/// Returns the texts of the fields.
pub(super) fn texts(raw: &[u8]) -> Vec<String> {
    let head = &raw[..raw.len().min(REACH)];
    let tail = &raw[raw.len().saturating_sub(REACH).max(head.len())..];
    let mut out = Vec::new();
    for window in [head, tail] {
        for key in [b"TCOP".as_slice(), b"WCOP"] {
            out.extend(id3(window, key));
        }
        for key in [b"COPYRIGHT=".as_slice(), b"LICENSE=", b"copyright=", b"license="] {
            out.extend(find(window, key).map(printable));
        }
        for key in [b"ICOP".as_slice(), b"cprt", b"\xa9cpy"] {
            out.extend(find(window, key).and_then(|rest| rest.get(4..)).map(printable));
        }
    }
    out.retain(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 3);
    out
}

fn find<'a>(window: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let at = memchr::memmem::find(window, key)? + key.len();
    Some(&window[at..window.len().min(at + MAX_FIELD)])
}

/// Behind the size and two flags stands, in a text frame, how the text is encoded.
fn id3(window: &[u8], key: &[u8]) -> Option<String> {
    let rest = find(window, key)?;
    let size: [u8; 4] = rest.get(..4)?.try_into().ok()?;
    let text = rest.get(6..)?;
    let text = &text[..text.len().min(u32::from_be_bytes(size) as usize)];
    match text.split_first() {
        Some((1 | 2, wide)) => {
            let narrow: Vec<u8> =
                wide.iter().copied().filter(|b| (0x20..0x7f).contains(b)).collect();
            Some(String::from_utf8_lossy(&narrow).into_owned())
        }
        Some((0 | 3, text)) => Some(printable(text)),
        _ => Some(printable(text)),
    }
}

/// Returns the text up to the first byte that is none; zeros may come before it.
fn printable(bytes: &[u8]) -> String {
    let start = bytes.iter().position(|b| *b >= 0x20).unwrap_or(0);
    let rest = &bytes[start..];
    let end = rest.iter().position(|b| *b < 0x20).unwrap_or(rest.len());
    String::from_utf8_lossy(&rest[..end]).into_owned()
}
