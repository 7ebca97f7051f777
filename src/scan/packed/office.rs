// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a reader of an Office document reads. Its XML stands on one line, and cuts words where
//! their spelling was looked at.

/// Folders of parts that are XML with text of their own.
const PARTS: &[&[u8]] = &[b"word/", b"ppt/slides/", b"ppt/notesSlides/", b"ppt/comments/"];
/// Parts by their name.
const FILES: &[&[u8]] = &[b"xl/sharedStrings.xml", b"content.xml"];
/// Elements whose end ends a line.
const LINES: &[&[u8]] =
    &[b"w:p", b"w:tr", b"a:p", b"a:tr", b"si", b"text:p", b"text:h", b"table:table-row"];
/// Elements that stand for a blank; several of them in a row of a table.
const BLANKS: &[&[u8]] = &[b"w:tab", b"w:br", b"a:br", b"text:s", b"text:tab", b"text:line-break"];
/// Elements in which a line goes on.
const CELLS: &[&[u8]] = &[b"w:tc", b"a:tc", b"table:table-cell"];
/// What attributes say of an element is shorter than what somebody wrote into them.
const LEAST_ATTRIBUTE: usize = 16;

/// Returns the text of a part of an Office document, a line a paragraph, then what its attributes
/// hold; nothing for other files.
pub(crate) fn text(name: &[u8], xml: &[u8]) -> Option<Vec<u8>> {
    let part = name.ends_with(b".xml") && PARTS.iter().any(|folder| name.starts_with(folder));
    if !part && !FILES.contains(&name) {
        return None;
    }
    let (mut out, mut aside) = (Vec::with_capacity(xml.len() / 2), Vec::new());
    let mut cells = 0_usize;
    let mut rest = xml;
    while let Some(open) = memchr::memchr(b'<', rest) {
        plain(&rest[..open], &mut out);
        let Some(len) = memchr::memchr(b'>', &rest[open..]) else { return Some(out) };
        let tag = &rest[open + 1..open + len];
        rest = &rest[open + len + 1..];
        let (ends, tag) = tag.strip_prefix(b"/").map_or((false, tag), |tag| (true, tag));
        let end = tag.iter().position(|b| b" \t\r\n/".contains(b)).unwrap_or(tag.len());
        let element = &tag[..end];
        if CELLS.contains(&element) && !tag.ends_with(b"/") {
            cells = if ends { cells.saturating_sub(1) } else { cells + 1 };
        }
        if ends && LINES.contains(&element) {
            out.push(if cells > 0 { b'\t' } else { b'\n' });
        } else if BLANKS.contains(&element) {
            out.push(b' ');
        }
        attributes(&tag[end..], &mut aside);
    }
    plain(rest, &mut out);
    out.push(b'\n');
    out.extend(aside);
    Some(out)
}

/// Adds what was written into attributes, a line each: targets of links, descriptions of pictures.
fn attributes(tag: &[u8], out: &mut Vec<u8>) {
    for value in tag.split(|b| *b == b'"').skip(1).step_by(2) {
        let schema = value.starts_with(b"http://schemas.") || value.starts_with(b"urn:");
        if value.len() >= LEAST_ATTRIBUTE && !schema {
            plain(value, out);
            out.push(b'\n');
        }
    }
}

/// Adds `text` with its signs read.
fn plain(text: &[u8], out: &mut Vec<u8>) {
    const SIGNS: [(&[u8], u8); 5] =
        [(b"&amp;", b'&'), (b"&lt;", b'<'), (b"&gt;", b'>'), (b"&quot;", b'"'), (b"&apos;", b'\'')];
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest) {
        out.extend(&rest[..at]);
        let sign = SIGNS.iter().find(|(sign, _)| rest[at..].starts_with(sign));
        let (len, byte) = sign.map_or((1, b'&'), |(sign, byte)| (sign.len(), *byte));
        out.push(byte);
        rest = &rest[at + len..];
    }
    out.extend(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::text;

    fn read(name: &str, xml: &str) -> Option<String> {
        text(name.as_bytes(), xml.as_bytes()).map(|out| String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn paragraphs_are_lines_and_words_are_whole() {
        let xml = "<?xml version=\"1.0\"?><w:body xmlns:w=\"http://schemas.example/w\">\
                   <w:p><w:r><w:t>key: ab</w:t></w:r><w:proofErr/><w:r><w:t>cd</w:t></w:r></w:p>\
                   <w:tbl><w:tr><w:tc><w:p><w:t>a &amp; b</w:t></w:p></w:tc>\
                   <w:tc><w:p><w:t>1</w:t></w:p></w:tc></w:tr></w:tbl>\
                   <w:p><w:t>x</w:t><w:tab/><w:t>y&lt;z</w:t></w:p>\
                   <wp:docPr descr=\"shot of the console of db1\"/></w:body>";
        let lines = "key: abcd\na & b\t1\t\nx y<z\n\nshot of the console of db1\n";
        assert_eq!(read("word/document.xml", xml).as_deref(), Some(lines));
        assert_eq!(read("conf/app.xml", xml), None);
        assert_eq!(read("word/theme.rels", xml), None);
        let strings = "<sst><si><t>one</t></si><si><t>two</t></si></sst>";
        assert_eq!(read("xl/sharedStrings.xml", strings).as_deref(), Some("one\ntwo\n\n"));
    }

    proptest! {
        #[test]
        fn anything_is_borne(xml in prop::collection::vec(
            prop_oneof![any::<u8>(), prop::sample::select(b"<>/&;\" w:tcp".to_vec())], 0..200,
        )) {
            let out = text(b"word/document.xml", &xml).expect("a part");
            prop_assert!(out.len() <= 2 * xml.len() + 2);
        }
    }
}
