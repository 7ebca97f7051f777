// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads elements: their text, their attributes, and the pairs of property lists.

use std::ops::Range;

use memchr::memmem;

use super::{DEEPEST, Found, Map};

/// So many elements are read.
const MOST: usize = 800;
/// Elements whose name says nothing of what they hold.
const PLAIN: [&[u8]; 10] = [
    b"add",
    b"data",
    b"entry",
    b"item",
    b"param",
    b"property",
    b"setting",
    b"string",
    b"value",
    b"var",
];

/// A tag: its name and what stands between that and `>`.
struct Tag {
    name: Range<usize>,
    inner: Range<usize>,
    /// `<x/>`, `</x>` and what is no element.
    empty: bool,
    closes: bool,
}

/// Reads from `from`, behind the tag that opened the map or before the one that opens its list,
/// until that is closed.
pub(super) fn read(map: &mut Map<'_, '_>, from: usize) {
    let text = map.view.text;
    if let Some(span) = content(text, from, map.end) {
        return map.take(None, &Found { span, quoted: true, listed: false });
    }
    // For each element that is open the name of its items.
    let mut open: Vec<Option<Range<usize>>> = vec![None; usize::from(!is_list(text, from))];
    let mut name: Option<Range<usize>> = None;
    let mut at = from;
    for _ in 0..MOST {
        let Some(tag) = next(&text[..map.end], at) else { return };
        at = tag.inner.end + 1;
        if tag.closes {
            open.pop();
            if open.is_empty() {
                return;
            }
            continue;
        }
        let plain = PLAIN.contains(&&text[tag.name.clone()]);
        let above = || name.clone().or_else(|| open.last().cloned().flatten()).filter(|_| plain);
        let called = attribute(text, &tag, &[b"key", b"name", b"id"]).or_else(above);
        let called = called.unwrap_or_else(|| tag.name.clone());
        if let Some(value) = attribute(text, &tag, &[b"value"]) {
            map.take(Some(&called), &Found { span: value, quoted: true, listed: false });
        }
        if tag.empty {
            continue;
        }
        let list = &text[tag.name.clone()] == b"array";
        if open.len() > DEEPEST {
            return;
        }
        // The items of a list within a list are called like that one.
        let own = name.take_if(|_| list || plain).or_else(|| open.last().cloned().flatten());
        open.push(own.filter(|_| list));
        let Some(span) = content(text, at, map.end) else { continue };
        if matches!(&text[tag.name.clone()], b"key" | b"name") {
            name = Some(span);
        } else {
            map.take(Some(&called), &Found { span, quoted: true, listed: false });
        }
    }
}

/// Whether the list of a property list begins there.
fn is_list(text: &[u8], from: usize) -> bool {
    text.get(from..).is_some_and(|t| t.starts_with(b"<dict>") || t.starts_with(b"<array>"))
}

/// Returns the next tag from `at` on.
fn next(text: &[u8], mut at: usize) -> Option<Tag> {
    loop {
        at += memchr::memchr(b'<', text.get(at..)?)?;
        if text[at..].starts_with(b"<!--") {
            at += memmem::find(&text[at..], b"-->")? + 3;
            continue;
        }
        let end = at + memchr::memchr(b'>', &text[at..])?;
        let closes = text.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(closes);
        let part = |b: &&u8| b.is_ascii_alphanumeric() || b"_-.:".contains(b);
        let len = text[start..end].iter().take_while(part).count();
        let empty = text[end - 1] == b'/' || len == 0;
        return Some(Tag { name: start..start + len, inner: start + len..end, empty, closes });
    }
}

/// Returns the value of the first of the attributes called like one of `names`.
fn attribute(text: &[u8], tag: &Tag, names: &[&[u8]]) -> Option<Range<usize>> {
    let inner = &text[tag.inner.clone()];
    names.iter().find_map(|name| {
        let at = memmem::find_iter(inner, name).find(|at| {
            let head = at.checked_sub(1).is_some_and(|i| inner[i].is_ascii_whitespace());
            head && inner.get(at + name.len()) == Some(&b'=')
        })?;
        let open = at + name.len() + 1;
        let quote = *inner.get(open).filter(|b| matches!(b, b'"' | b'\''))?;
        let len = memchr::memchr(quote, &inner[open + 1..])?;
        let start = tag.inner.start + open + 1;
        Some(start..start + len)
    })
}

/// Returns the text at `at`, if it is all that stands in its element.
fn content(text: &[u8], at: usize, end: usize) -> Option<Range<usize>> {
    let rest = text.get(at..end)?;
    let len = memchr::memchr(b'<', rest).filter(|len| rest.get(len + 1) == Some(&b'/'))?;
    let start = at + len - rest[..len].trim_ascii_start().len();
    let span = start..start + rest[..len].trim_ascii().len();
    (!span.is_empty()).then_some(span)
}
