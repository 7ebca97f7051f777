// SPDX-License-Identifier: MIT OR Apache-2.0
//! What pictures say beside the picture: where, with what and by whom it was taken.

use std::io::Cursor;

use exif::{In, Tag, Value};

use super::Part;
use crate::scan::decode::zlib;

/// Longer texts are no remarks.
const LONGEST: usize = 256 << 10;

/// Returns Exif fields, texts of PNG and XMP.
pub(in crate::scan) fn metadata(raw: &[u8]) -> Vec<Part> {
    let mut out = Vec::new();
    let fields = exif_fields(raw);
    if !fields.is_empty() {
        out.push(Part::text("its Exif data", fields));
    }
    if raw.starts_with(b"\x89PNG") {
        let texts = png_texts(raw);
        if !texts.is_empty() {
            out.push(Part::text("its text chunks", texts));
        }
    } else if let Some(packet) = xmp(raw) {
        out.push(Part::text("its XMP data", packet));
    }
    out
}

/// Returns the XMP packet in `raw`, which is text in most formats.
pub(super) fn xmp(raw: &[u8]) -> Option<String> {
    let start = memchr::memmem::find(raw, b"<x:xmpmeta")?;
    let rest = &raw[start..raw.len().min(start + LONGEST)];
    let end = memchr::memmem::find(rest, b"</x:xmpmeta>")?;
    Some(String::from_utf8_lossy(&rest[..end]).into_owned())
}

/// Fields that tell something about a person or a device.
const TELLING: &[Tag] = &[
    Tag::Artist,
    Tag::Copyright,
    Tag::CameraOwnerName,
    Tag::BodySerialNumber,
    Tag::LensSerialNumber,
    Tag::ImageDescription,
    Tag::UserComment,
    Tag::Make,
    Tag::Model,
    Tag::Software,
    Tag::DateTimeOriginal,
];

fn exif_fields(raw: &[u8]) -> String {
    let read = exif::Reader::new().read_from_container(&mut Cursor::new(raw));
    let Ok(read) = read else { return String::new() };
    let mut out = String::new();
    let mut say = |name: &str, value: &str| {
        let value: String = value.chars().filter(|c| !c.is_control()).take(500).collect();
        out += &format!("Exif.{name}: {value}\n");
    };
    for tag in TELLING {
        if let Some(field) = read.get_field(*tag, In::PRIMARY) {
            say(&tag.to_string(), text_of(&field.value).trim());
        }
    }
    for (tag, reference) in
        [(Tag::GPSLatitude, Tag::GPSLatitudeRef), (Tag::GPSLongitude, Tag::GPSLongitudeRef)]
    {
        let degrees = read.get_field(tag, In::PRIMARY).and_then(|field| degrees(&field.value));
        let side = read.get_field(reference, In::PRIMARY).map(|field| text_of(&field.value));
        // Cameras without a fix write zeros.
        if let Some(degrees) = degrees.filter(|degrees| *degrees != 0.0) {
            say(&tag.to_string(), &format!("{degrees:.5} {}", side.unwrap_or_default()));
        }
    }
    out
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Ascii(parts) => {
            parts.iter().map(|part| String::from_utf8_lossy(part)).collect::<Vec<_>>().join(" ")
        }
        // The first eight bytes of a comment name its character set.
        Value::Undefined(bytes, _) => {
            String::from_utf8_lossy(bytes.get(8..).unwrap_or_default()).into_owned()
        }
        _ => String::new(),
    }
}

fn degrees(value: &Value) -> Option<f64> {
    let Value::Rational(parts) = value else { return None };
    let part =
        |i: usize| parts.get(i).filter(|part| part.denom != 0).map_or(0.0, exif::Rational::to_f64);
    Some(part(0) + part(1) / 60.0 + part(2) / 3600.0)
}

/// Keyword and text of `tEXt`, `zTXt` and `iTXt` chunks.
fn png_texts(raw: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 8;
    while let Some(head) = raw.get(at..at + 8) {
        let len = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(data) = raw.get(at + 8..(at + 8).saturating_add(len)) else { break };
        at += 12 + len;
        let Some((word, rest)) = split(data) else { continue };
        let text = match &head[4..8] {
            b"tEXt" => Some(rest.to_vec()),
            b"zTXt" => rest.get(1..).and_then(|packed| zlib(packed, LONGEST)),
            b"iTXt" => international(rest),
            _ => continue,
        };
        if let Some(text) = text.filter(|text| text.len() <= LONGEST && out.len() < LONGEST) {
            out += &format!("PNG.{}: ", String::from_utf8_lossy(word));
            out += &String::from_utf8_lossy(&text);
            out.push('\n');
        }
    }
    out
}

fn split(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let zero = memchr::memchr(0, data)?;
    Some((&data[..zero], &data[zero + 1..]))
}

/// Flag, method, language and translated keyword come before the text.
fn international(rest: &[u8]) -> Option<Vec<u8>> {
    let packed = *rest.first()? == 1;
    let (_, rest) = split(rest.get(2..)?)?;
    let (_, text) = split(rest)?;
    if packed { zlib(text, LONGEST) } else { Some(text.to_vec()) }
}
