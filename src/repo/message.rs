// SPDX-License-Identifier: MIT OR Apache-2.0
//! What people read of a commit or tag: its text, and who wrote it.

use std::borrow::Cow;

/// Returns the message of a raw commit or tag. A signed tag that a merge brought along follows
/// it: that is published, too.
#[must_use]
pub fn text(raw: &[u8]) -> Cow<'_, [u8]> {
    let (headers, message) = split(raw);
    let mut merged: Vec<u8> = Vec::new();
    for (name, value) in fields(headers) {
        if name == b"mergetag" {
            // Lines of a header that goes on begin with a blank, the empty one as well.
            let text = memchr::memmem::find(value, b"\n \n").map(|at| &value[at + 3..]);
            merged.push(b'\n');
            merged.extend(text.unwrap_or_default());
        }
    }
    if merged.is_empty() {
        return Cow::Borrowed(message);
    }
    Cow::Owned([message, &merged].concat())
}

/// Returns author and committer of a raw commit, or the tagger of a tag: `Name <address>` on a
/// line each, once if they are the same.
#[must_use]
pub fn people(raw: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for (name, value) in fields(split(raw).0) {
        if !matches!(name, b"author" | b"committer" | b"tagger") {
            continue;
        }
        let person = without_time(value);
        if out.strip_suffix(b"\n") != Some(person) {
            out.extend(person);
            out.push(b'\n');
        }
    }
    out
}

/// Returns the name, without the address, of a raw commit's author.
#[must_use]
pub fn author(raw: &[u8]) -> String {
    let author = fields(split(raw).0).find(|(name, _)| *name == b"author");
    let person = author.map_or(&b""[..], |(_, value)| without_time(value));
    let end = memchr::memchr(b'<', person).unwrap_or(person.len());
    String::from_utf8_lossy(person[..end].trim_ascii()).into_owned()
}

/// Cuts the time and the zone off.
fn without_time(value: &[u8]) -> &[u8] {
    let end = memchr::memrchr(b'>', value).map_or(value.len(), |i| i + 1);
    &value[..end]
}

fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memmem::find(raw, b"\n\n") {
        Some(at) => (&raw[..at], &raw[at + 2..]),
        None => (raw, b""),
    }
}

/// Names and values of headers. A value may go on over lines that begin with a blank.
fn fields(headers: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = headers;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends = |at: &usize| rest.get(at + 1).is_none_or(|next| *next != b' ');
        let end = memchr::memchr_iter(b'\n', rest).find(ends).unwrap_or(rest.len());
        let field = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let space = memchr::memchr(b' ', field).unwrap_or(field.len());
        Some((&field[..space], field.get(space + 1..).unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::{author, people, text};

    const COMMIT: &[u8] =
        b"tree 1\nauthor A B <a@b.test> 1 +0000\ncommitter C <c@d.test> 2 +0000\n\
        gpgsig -----BEGIN\n tagger no <x@y.test>\n\nSubject\n\nBody\n";

    #[test]
    fn parts_of_a_commit() {
        assert_eq!(&*text(COMMIT), b"Subject\n\nBody\n");
        assert_eq!(people(COMMIT), b"A B <a@b.test>\nC <c@d.test>\n");
        assert_eq!(author(COMMIT), "A B");
        assert_eq!(people(b"tree 1\nauthor A <a> 1 +0\ncommitter A <a> 2 +0\n\nx"), b"A <a>\n");
    }

    #[test]
    fn broken_objects_are_read_as_far_as_they_go() {
        for raw in [&b""[..], b"\n\n", b"author", b"author \n", b" \n \n\n", b"author <\n\nx"] {
            let _ = (text(raw), people(raw), author(raw));
        }
    }

    #[test]
    fn a_merged_tag_is_read() {
        let merge = b"tree 1\nmergetag object 2\n type commit\n tag v1\n tagger T <t@u.test> 1 +0\n \n Release OPS-1\nauthor A <a> 1 +0\n\nMerge";
        let text = String::from_utf8_lossy(&text(merge)).into_owned();
        assert!(text.starts_with("Merge\n") && text.contains("Release OPS-1"), "{text}");
    }
}
