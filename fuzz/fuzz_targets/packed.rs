// SPDX-License-Identifier: MIT OR Apache-2.0
//! Archives, compressed files, pictures, documents and programs: what a file is, its first bytes
//! say, so each begins with those of one kind.

#![no_main]

use debut_fuzz::{choose, scan};
use libfuzzer_sys::fuzz_target;

const HEADS: &[&[u8]] = &[
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\0\0\0\0\0\0\0",
    b"BZh91AY&SY",
    b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46\x02\0\x21\x01\x16\0\0\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c\0\x04",
    b"%PDF-1.4\n",
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
    b"\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0\x08\0\0\0",
    b"MM\0*\0\0\0\x08",
    b"RIFF\x40\0\0\0WEBPEXIF",
    b"\0\0\0\x18ftypheic",
    b"\x7fELF",
    b"\x30\x82\x09\x01\x02\x01\x03\x30\x82",
    b"\xfe\xed\xfe\xed\0\0\0\x02",
];

fuzz_target!(|data: &[u8]| {
    let Some((head, rest)) = choose(data, HEADS) else { return };
    let mut raw = [head, rest].concat();
    // A tar archive is known by what stands in its first block, a zip archive by its end.
    if rest.first() == Some(&b't') && raw.len() > 512 {
        raw[257..262].copy_from_slice(b"ustar");
    }
    if head.starts_with(b"PK") {
        raw.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x10\0\0\0\x04\0\0\0\0\0");
    }
    scan("a.bin", &raw);
});
