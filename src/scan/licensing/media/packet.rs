// SPDX-License-Identifier: MIT OR Apache-2.0
//! What pictures and documents carry along: XMP, Exif, IPTC, text chunks, properties.

use crate::scan::packed::Part;

/// More of a picture's text is not looked at.
const MAX_TEXT: usize = 256 << 10;
/// More fields are not collected.
const MAX_FIELDS: usize = 32;
/// A longer field is cut.
const MAX_FIELD: usize = 1000;

/// Fields of XMP and of RDF in SVG. What stands in them names the licence or keeps rights.
const FIELDS: [&str; 9] = [
    "dc:rights",
    "xmpRights:UsageTerms",
    "xmpRights:WebStatement",
    "cc:license",
    "cc:License",
    "cc:attributionURL",
    "photoshop:Credit",
    "photoshop:Source",
    "plus:LicensorName",
];

/// Begins of the lines that [`crate::scan::packed`] writes.
const LINES: [&str; 7] = [
    "Exif.Copyright: ",
    "PNG.Copyright: ",
    "PNG.copyright: ",
    "PNG.License: ",
    "PNG.license: ",
    "PNG.Disclaimer: ",
    "PNG.Source: ",
];

/// Returns the telling fields of a picture's or document's metadata.
pub(super) fn of_fields(parts: &[Part]) -> Vec<String> {
    let mut out = Vec::new();
    for part in parts {
        let Some(bytes) = &part.bytes else { continue };
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_TEXT)]);
        for line in text.lines() {
            let value = LINES.iter().find_map(|start| line.strip_prefix(start));
            out.extend(value.map(cut).filter(|value| !value.is_empty()));
        }
        fields(&text, &mut out);
    }
    out.truncate(MAX_FIELDS);
    out
}

/// Returns what stands in XMP of formats that are not looked into otherwise, in IPTC records and
/// in the properties of a PDF.
pub(super) fn of_document(raw: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(at) = memchr::memmem::find(raw, b"<x:xmpmeta") {
        let packet = &raw[at..raw.len().min(at + MAX_TEXT)];
        fields(&String::from_utf8_lossy(packet), &mut out);
    }
    iptc(raw, &mut out);
    if raw.starts_with(b"%PDF") {
        for key in [b"/Copyright".as_slice(), b"/License", b"/Rights"] {
            let at = memchr::memmem::find(raw, key).map(|at| at + key.len());
            let rest = at.map(|at| raw[at..raw.len().min(at + MAX_FIELD)].trim_ascii_start());
            let value = rest.and_then(|rest| rest.strip_prefix(b"(")).and_then(|rest| {
                let end = memchr::memchr(b')', rest)?;
                Some(cut(&String::from_utf8_lossy(&rest[..end])))
            });
            out.extend(value);
        }
    }
    out.truncate(MAX_FIELDS);
    out
}

/// Records 2:116 (copyright), 2:110 (credit) and 2:115 (source) in the resources of Photoshop.
fn iptc(raw: &[u8], out: &mut Vec<String>) {
    let Some(at) = memchr::memmem::find(&raw[..raw.len().min(MAX_TEXT)], b"8BIM\x04\x04") else {
        return;
    };
    let block = &raw[at..raw.len().min(at + (64 << 10))];
    for record in [b"\x1c\x02\x74", b"\x1c\x02\x6e", b"\x1c\x02\x73"] {
        let found = memchr::memmem::find(block, record).and_then(|at| {
            let len = block.get(at + 3..at + 5)?;
            let len = usize::from(u16::from_be_bytes([len[0], len[1]]));
            block.get(at + 5..(at + 5).checked_add(len)?)
        });
        out.extend(found.map(|bytes| cut(&String::from_utf8_lossy(bytes))));
    }
}

/// Returns what a drawing says in its metadata and in comments of its head.
pub(super) fn of_svg(raw: &[u8]) -> Vec<String> {
    let text = &raw[..raw.len().min(MAX_TEXT)];
    let mut out = Vec::new();
    let says = [b"icens".as_slice(), b"opyright", b"rights", b"commons"];
    if !says.iter().any(|word| memchr::memmem::find(text, word).is_some()) {
        return out;
    }
    let text = String::from_utf8_lossy(text);
    fields(&text, &mut out);
    let mut rest = &*text;
    for _ in 0..4 {
        let Some((_, after)) = rest.split_once("<!--") else { break };
        let Some((comment, after)) = after.split_once("-->") else { break };
        out.push(cut(comment));
        rest = after;
    }
    for tag in ["<desc", "<metadata"] {
        if let Some(inner) = element(&text, tag) {
            out.push(cut(&inner));
        }
    }
    out.truncate(MAX_FIELDS);
    out
}

/// Returns the text of the first element whose tag begins so, without the tags in it.
fn element(text: &str, tag: &str) -> Option<String> {
    let (_, rest) = text.split_once(tag)?;
    let (_, rest) = rest.split_once('>')?;
    let rest = &rest[..rest.floor_char_boundary(4 * MAX_FIELD)];
    let end = rest.find(&format!("</{}", &tag[1..])).unwrap_or(rest.len());
    Some(bare(&rest[..end]))
}

fn fields(text: &str, out: &mut Vec<String>) {
    for field in FIELDS {
        for (at, _) in text.match_indices(field).take(4) {
            let rest = &text[at + field.len()..];
            let rest = &rest[..rest.floor_char_boundary(MAX_FIELD)];
            // An attribute, an attribute of the element, or its content.
            let attribute = rest.strip_prefix("=\"").or_else(|| rest.strip_prefix("='"));
            let value = if let Some(value) = attribute {
                value.split(['"', '\'']).next().unwrap_or_default().to_owned()
            } else {
                let (tag, inner) = rest.split_once('>').unwrap_or((rest, ""));
                let end = inner.find(&format!("</{field}")).unwrap_or(inner.len());
                let about = ["rdf:resource=\"", "rdf:about=\""];
                let resource = about.iter().find_map(|key| tag.split_once(key));
                let resource = resource.and_then(|(_, rest)| rest.split('"').next());
                format!("{} {}", resource.unwrap_or_default(), bare(&inner[..end]))
            };
            let value = cut(&value);
            if !value.is_empty() && !out.contains(&value) {
                out.push(value);
            }
        }
    }
}

fn bare(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn cut(text: &str) -> String {
    text[..text.floor_char_boundary(MAX_FIELD)].trim().to_owned()
}
