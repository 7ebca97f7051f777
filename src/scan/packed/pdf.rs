// SPDX-License-Identifier: MIT OR Apache-2.0
//! PDF documents: who made them, and what their streams say.

use super::{Budget, Part, image::xmp};
use crate::scan::decode::{Inflated, zlib};

/// Entries of the information dictionary, and what they are called in what is shown.
const FIELDS: &[(&[u8], &str)] = &[
    (b"/Author", "Author"),
    (b"/Creator", "Creator"),
    (b"/Producer", "Producer"),
    (b"/Company", "Company"),
    (b"/Manager", "Manager"),
];
/// Longer values are none.
const LONGEST: usize = 500;
/// One stream says so much at most.
const MOST_OF_STREAM: usize = 1 << 20;

/// Hands over the metadata, and the text of the streams.
pub(super) fn read(raw: &[u8], budget: &mut Budget, found: &mut dyn FnMut(Part, &mut Budget)) {
    let mut about = fields(raw);
    let mut at = 0;
    while let Some(start) = memchr::memmem::find(&raw[at..], b"stream") {
        let from = at + start + b"stream".len();
        at = from;
        let Some(data) = raw[from..].strip_prefix(b"\r\n").or(raw[from..].strip_prefix(b"\n"))
        else {
            continue;
        };
        let len = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
        at = from + len.min(raw.len() - from);
        if !budget.next() {
            return;
        }
        let Some(bytes) = zlib(&data[..len], budget.most().min(MOST_OF_STREAM)) else { continue };
        let bytes = budget.spend(Inflated { bytes, cut: false });
        about += &fields(&bytes);
        if is_text(&bytes) {
            found(Part { name: b"a stream".to_vec(), bytes: Some(bytes), strict: true }, budget);
        }
    }
    about += &xmp(raw).unwrap_or_default();
    if !about.is_empty() {
        found(Part::text("its properties", about), budget);
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let text = bytes.iter().filter(|b| matches!(b, b' '..=b'~' | b'\n' | b'\r' | b'\t')).count();
    !bytes.is_empty() && text * 10 >= bytes.len() * 9
}

/// Returns the fields of information dictionaries in `bytes`, a line each.
fn fields(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (key, name) in FIELDS {
        for at in memchr::memmem::find_iter(bytes, key).take(4) {
            let rest = bytes[at + key.len()..].trim_ascii_start();
            let value = literal(rest).or_else(|| hexadecimal(rest));
            if let Some(value) = value.map(|value| readable(&value)).filter(|v| !v.is_empty()) {
                out += &format!("PDF.{name}: {value}\n");
            }
        }
    }
    out
}

/// A string in brackets, with escapes.
fn literal(rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut depth = 0;
    let mut bytes = rest.strip_prefix(b"(")?.iter().take(LONGEST);
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => out.extend(bytes.next()),
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(out),
            b')' => depth -= 1,
            byte => out.push(*byte),
        }
    }
    None
}

fn hexadecimal(rest: &[u8]) -> Option<Vec<u8>> {
    let rest = rest.strip_prefix(b"<")?;
    let end = rest.iter().take(LONGEST).position(|b| *b == b'>')?;
    let digits: Vec<u8> =
        rest[..end].iter().filter(|b| !b.is_ascii_whitespace()).copied().collect();
    data_encoding::HEXUPPER_PERMISSIVE.decode(&digits).ok()
}

/// Strings are UTF-16 behind a mark, and one byte a character otherwise.
fn readable(value: &[u8]) -> String {
    let text: String = match value.strip_prefix(b"\xfe\xff") {
        Some(wide) => {
            let units: Vec<u16> =
                wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(value).into_owned(),
    };
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn the_author_is_read_in_every_notation() {
        let pdf = b"<< /Author (Jo \\(J\\) Jones) /Creator <FEFF004A006F> /Producer () >>";
        assert_eq!(fields(pdf), "PDF.Author: Jo (J) Jones\nPDF.Creator: Jo\n");
    }
}
