// SPDX-License-Identifier: MIT OR Apache-2.0
//! The smallest fonts, pictures and documents, made when a test runs.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

/// Returns a `name` table with these texts by their ids.
fn name_table(names: &[(u16, &str)]) -> Vec<u8> {
    let mut records = Vec::new();
    let mut storage = Vec::new();
    for (id, text) in names {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let len = u16::try_from(wide.len()).expect("short");
        let at = u16::try_from(storage.len()).expect("short");
        for field in [3, 1, 0x409, *id, len, at] {
            records.extend(field.to_be_bytes());
        }
        storage.extend(wide);
    }
    let count = u16::try_from(names.len()).expect("few");
    let head: Vec<u8> =
        [0, count, 6 + 12 * count].iter().flat_map(|f: &u16| f.to_be_bytes()).collect();
    [head, records, storage].concat()
}

fn u32s(fields: &[usize]) -> Vec<u8> {
    fields.iter().flat_map(|f| u32::try_from(*f).expect("small").to_be_bytes()).collect()
}

pub fn ttf(names: &[(u16, &str)]) -> Vec<u8> {
    let table = name_table(names);
    let head = [&b"\0\x01\0\0"[..], &[0, 1, 0, 16, 0, 0, 0, 0], b"name"].concat();
    [head, u32s(&[0, 28, table.len()]), table].concat()
}

pub fn woff(names: &[(u16, &str)]) -> Vec<u8> {
    let table = name_table(names);
    let packed = zlib(&table);
    // What does not shrink is stored as it is.
    let packed = if packed.len() < table.len() { packed } else { table.clone() };
    let head = [&b"wOFF\0\x01\0\0"[..], &u32s(&[0]), &[0, 1, 0, 0], &[0; 28]].concat();
    assert_eq!(head.len(), 44);
    [head, b"name".to_vec(), u32s(&[64, packed.len(), table.len(), 0]), packed].concat()
}

/// A WOFF2 font whose stream is one uncompressed meta-block, as RFC 7932 writes it.
pub fn woff2(names: &[(u16, &str)]) -> Vec<u8> {
    let table = name_table(names);
    let len = table.len();
    assert!((1..=0x4000).contains(&len));
    // WBITS 16 is one zero bit; then: not last, four nibbles, the length less one, uncompressed.
    let mut bits = vec![false, false, false, false];
    bits.extend((0..16).map(|bit| (len - 1) >> bit & 1 == 1));
    bits.push(true);
    bits.resize(24, false);
    let byte = |bits: &[bool]| bits.iter().rev().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit));
    let mut stream: Vec<u8> = bits.chunks(8).map(byte).collect();
    stream.extend(&table);
    // The last, empty block.
    stream.push(3);
    let mut head =
        [&b"wOF2\0\x01\0\0"[..], &u32s(&[0]), &[0, 1, 0, 0], &u32s(&[0, stream.len()])].concat();
    head.resize(48, 0);
    let mut directory = vec![5];
    if len >= 128 {
        directory.push(0x80 | u8::try_from(len >> 7).expect("short"));
    }
    directory.push(u8::try_from(len & 0x7f).expect("seven bits"));
    [head, directory, stream].concat()
}

pub fn eot(names: &[(u16, &str)]) -> Vec<u8> {
    let font = ttf(names);
    let mut head = vec![0; 100];
    let total = u32::try_from(100 + font.len()).expect("small");
    head[..4].copy_from_slice(&total.to_le_bytes());
    head[4..8].copy_from_slice(&u32::try_from(font.len()).expect("small").to_le_bytes());
    head[34..36].copy_from_slice(b"LP");
    [head, font].concat()
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

/// A picture of one pixel with text chunks, and bytes that make it no spacer.
pub fn png(texts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        out.extend(u32s(&[data.len()]));
        let body = [kind, data].concat();
        out.extend(&body);
        out.extend(crc32fast::hash(&body).to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    for (word, text) in texts {
        chunk(b"tEXt", &[word.as_bytes(), b"\0", text.as_bytes()].concat());
    }
    chunk(b"IDAT", &zlib(&[0; 2]));
    chunk(b"prIv", &[7; 100]);
    chunk(b"IEND", b"");
    out
}

pub fn xmp(inner: &str) -> String {
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
}

/// A JPEG with an XMP packet in its APP1 segment.
pub fn jpeg(packet: &str) -> Vec<u8> {
    let body = [b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat();
    let len = u16::try_from(body.len() + 2).expect("short").to_be_bytes();
    [&b"\xff\xd8\xff\xe1"[..], &len, &body, &[0xff, 0xdb, 0, 2], &[9; 120], b"\xff\xd9"].concat()
}

/// A JPEG with an IPTC record 2:116.
pub fn iptc(text: &str) -> Vec<u8> {
    let len = u16::try_from(text.len()).expect("short").to_be_bytes();
    let record = [&b"\x1c\x02\x74"[..], &len, text.as_bytes()].concat();
    let body = [b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x20", &record[..]].concat();
    let len = u16::try_from(body.len() + 2).expect("short").to_be_bytes();
    [&b"\xff\xd8\xff\xed"[..], &len, &body, &[0xff, 0xdb, 0, 2], &[9; 120], b"\xff\xd9"].concat()
}

/// A JPEG whose Exif data names the copyright holder.
pub fn exif(text: &str) -> Vec<u8> {
    let value = [text.as_bytes(), b"\0"].concat();
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x98\x82\x02\0".to_vec();
    tiff.extend(u32::try_from(value.len()).expect("short").to_le_bytes());
    tiff.extend(26_u32.to_le_bytes());
    tiff.extend([0; 4]);
    tiff.extend(value);
    let body = [b"Exif\0\0", &tiff[..]].concat();
    let len = u16::try_from(body.len() + 2).expect("short").to_be_bytes();
    [&b"\xff\xd8\xff\xe1"[..], &len, &body, &[0xff, 0xdb, 0, 2], &[9; 120], b"\xff\xd9"].concat()
}

pub fn pdf(inner: &str) -> Vec<u8> {
    [
        b"%PDF-1.4\n%\xff\xff\xff\xff\n1 0 obj<<",
        inner.as_bytes(),
        b">>endobj\n",
        &[b'\0'; 90],
        b"%%EOF",
    ]
    .concat()
}

pub fn mp3(copyright: &str) -> Vec<u8> {
    let frame =
        [&b"TCOP"[..], &u32s(&[copyright.len() + 1]), &[0, 0, 0], copyright.as_bytes()].concat();
    [&b"ID3\x03\0\0\0\0\x0f\x76"[..], &frame, &[0; 120], &[0xff, 0xfb, 0x90, 0x64]].concat()
}

pub fn ogg(comment: &str) -> Vec<u8> {
    let len = u32::try_from(comment.len()).expect("short").to_le_bytes();
    [&b"OggS\0\x02\0\0\0\0\x03vorbis"[..], &len, comment.as_bytes(), &[1, 0, 0, 0], &[0; 100]]
        .concat()
}
