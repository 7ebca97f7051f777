// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that are no text: what they are, what is packed in them, and what they say of people.
//!
//! Everything here turns bytes into named parts, texts among them, and stops at limits. Nothing
//! is ever written to a disk: names of entries are labels, and links are not followed.

mod bzip2;
mod image;
mod kind;
mod methods;
pub(super) mod office;
mod pdf;
mod sevenz;
mod store;
mod strings;
mod tar;
mod zip;

pub(super) use image::metadata;
pub(super) use kind::{Form, Kind, packs};
pub(in crate::scan) use methods::Method;
pub(super) use store::certificates;

use super::decode;

/// Limits of one file, and what is left of them.
pub(super) struct Budget {
    entries: usize,
    bytes: usize,
    /// What was cut off, if anything was.
    pub(super) cut: Option<&'static str>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { entries: 10_000, bytes: 200 << 20, cut: None }
    }
}

/// One entry says so much at most.
const MOST_OF_ENTRY: usize = 20 << 20;
/// Strings of other files are looked for in so many bytes.
const MOST_OF_STRINGS: usize = 5 << 20;

impl Budget {
    /// For a look at the names of entries and a few of them.
    pub(super) fn small() -> Self {
        Self { entries: 20_000, bytes: 48 << 20, cut: None }
    }

    /// Returns whether another entry may be looked at.
    fn next(&mut self) -> bool {
        match self.entries.checked_sub(1) {
            Some(left) => self.entries = left,
            None => self.cut = Some("more than 10,000 entries"),
        }
        self.cut.is_none()
    }

    /// Returns how many bytes the next entry may have.
    fn most(&self) -> usize {
        self.bytes.min(MOST_OF_ENTRY)
    }

    /// Takes what was inflated.
    fn spend(&mut self, inflated: decode::Inflated) -> Vec<u8> {
        let decode::Inflated { bytes, cut } = inflated;
        self.bytes -= bytes.len().min(self.bytes);
        if self.bytes == 0 {
            self.cut = Some("more than 200 MB");
        } else if cut {
            self.cut.get_or_insert(if bytes.len() >= MOST_OF_ENTRY {
                "an entry of more than 20 MB"
            } else {
                "damaged, or it inflates to more than 100 times its size"
            });
        }
        bytes
    }
}

/// A part of a file.
pub(super) struct Part {
    /// What it is called in the file.
    pub(super) name: Vec<u8>,
    /// Its bytes; nothing if they can't be read: encrypted, or packed in an unknown way.
    pub(super) bytes: Option<Vec<u8>>,
    /// Whether only tokens that nobody writes by chance count in it.
    pub(super) strict: bool,
}

impl Part {
    fn text(name: &str, text: String) -> Self {
        Self { name: name.into(), bytes: Some(text.into_bytes()), strict: false }
    }
}

/// Hands the parts of `raw`, which is of `kind`, to `found`, until limits are reached.
pub(super) fn parts(
    kind: Kind,
    name: &[u8],
    raw: &[u8],
    budget: &mut Budget,
    found: &mut dyn FnMut(Part, &mut Budget),
) {
    match kind.form {
        Form::Zip => zip::read(raw, budget, &|_| true, found),
        Form::Tar => tar::read(raw, budget, found),
        Form::SevenZip => sevenz::read(raw, budget, found),
        Form::Packed(method) => method.read(name, raw, budget, found),
        Form::Image => metadata(raw).into_iter().for_each(|part| found(part, budget)),
        Form::Pdf => pdf::read(raw, budget, found),
        Form::Media => {}
        Form::Other => {
            let bytes = Some(strings::of(&raw[..raw.len().min(MOST_OF_STRINGS)]));
            found(Part { name: b"its strings".to_vec(), bytes, strict: true }, budget);
        }
    }
}

/// As [`parts`], but of a zip archive only the entries that are `wanted` are unpacked: the others
/// are handed over without their bytes. Of a compressed archive nothing can be left out.
pub(super) fn members(
    kind: Kind,
    raw: &[u8],
    budget: &mut Budget,
    wanted: &dyn Fn(&[u8]) -> bool,
    found: &mut dyn FnMut(Part, &mut Budget),
) {
    match kind.form {
        Form::Zip => zip::read(raw, budget, wanted, found),
        Form::Tar | Form::SevenZip | Form::Packed(_) => parts(kind, b"", raw, budget, found),
        Form::Image | Form::Pdf | Form::Media | Form::Other => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Budget, Kind, parts};

    /// Beginnings that lead into each reader.
    const HEADS: &[&[u8]] = &[
        b"PK\x03\x04",
        b"\x1f\x8b\x08\0\0\0\0\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
        b"\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0\x08\0\0\0",
        b"II*\0\x08\0\0\0",
        b"%PDF-1.4\n1 0 obj<</Author(a)/Filter/FlateDecode>>stream\r\n",
        b"\x7fELF",
        b"RIFF\x40\0\0\0WEBPEXIF",
        b"BZh11AY&SY\0\0\0\0\0\0\0",
        b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46\x02\0\x21\x01\x16\0\0\0",
        b"\x28\xb5\x2f\xfd\x04\x58",
        b"7z\xbc\xaf\x27\x1c\0\x04\0\0\0\0",
    ];

    proptest! {
        #[test]
        fn any_bytes_are_borne(
            head in prop::sample::select(HEADS),
            rest in prop::collection::vec(any::<u8>(), 0..600),
            tail in any::<bool>(),
        ) {
            let mut raw = [head, &rest].concat();
            if tail {
                raw.extend(b"PK\x01\x02PK\x05\x06\0\0\0\0\x01\0\x01\0\x10\0\0\0\x04\0\0\0\0\0");
                raw.extend(b"endstream /Type/XMP<x:xmpmeta></x:xmpmeta>");
            }
            if raw.len() > 300 {
                raw[257..262].copy_from_slice(b"ustar");
            }
            let mut total = 0;
            parts(Kind::of(&raw), b"x.gz", &raw, &mut Budget::default(), &mut |part, _| {
                total += part.bytes.map_or(0, |bytes| bytes.len());
            });
            prop_assert!(total <= raw.len() * 100 + (200 << 10));
        }
    }
}
