// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where a map of secrets begins, and in what form it goes on.

use std::ops::Range;

use super::{key, past_blanks, shape, template};
use crate::{
    domain::FileKind,
    scan::{View, secrets::assignment::Promise},
};

/// A longer expression before a bracket is more than a type.
const LONGEST_TYPE: usize = 80;

/// On a longer line, no more than so many bytes on each side of a name are looked at.
const NEAR: usize = 512;

/// Returns the end of the line that holds `at`, or how far it is looked at.
fn line_end(text: &[u8], at: usize) -> usize {
    super::line_end(&text[..text.len().min(at + NEAR)], at)
}

/// The head of a map.
pub(super) struct Head {
    pub(super) name: Range<usize>,
    /// What its values are.
    pub(super) promise: Promise,
    pub(super) body: Body,
}

/// How a map goes on behind its name.
pub(super) enum Body {
    /// In brackets, of which the first stands there.
    Flow(usize),
    /// In lines that are indented more than the name, from the line that begins there.
    Block { column: usize, from: usize },
    /// In lines up to the next head of a section.
    Section(usize),
    /// In markup that begins there.
    Element(usize),
    /// With one value, under the name at the end of a path.
    One(Range<usize>),
}

/// Reads the head whose name holds `at`. What the rest of its line says is all that counts, but
/// for a bracket that opens on the next.
pub(super) fn read(view: &View<'_>, at: &Range<usize>) -> Option<Head> {
    let name = key::around(view.text, at)?;
    let body = body(view, &name).or_else(|| plural(view, &name))?;
    let promise = key::promise_of_map(&view.text[name.clone()])?;
    Some(Head { name, promise, body })
}

/// `tokens = v`: one value under the name of several. Under the name of one it is found by that.
fn plural(view: &View<'_>, name: &Range<usize>) -> Option<Body> {
    let plural = view.text[name.clone()].last()?.eq_ignore_ascii_case(&b's');
    let line = view.text[name.end..line_end(view.text, name.end)].trim_ascii_end();
    let block = line.ends_with(b"|") || line.ends_with(b">") || line.ends_with(b"-");
    (plural && (block || shape::value_after(view, name).is_some())).then(|| Body::One(name.clone()))
}

fn body(view: &View<'_>, name: &Range<usize>) -> Option<Body> {
    let text = view.text;
    let low = name.start.saturating_sub(NEAR);
    let start = memchr::memrchr(b'\n', &text[low..name.start]).map_or(low, |i| low + i + 1);
    let before = &text[start..name.start];
    if before.last() == Some(&b'<') {
        return element(text, name);
    }
    if before.ends_with(b"<key>") {
        return dictionary(text, name);
    }
    let next = *text.get(name.end)?;
    if let Some(body) = section(view, before, name) {
        return Some(body);
    }
    if next == b'.' || next == b'[' {
        return path(text, name.end).map(Body::One);
    }
    let mut at = name.end;
    at += usize::from(next == b'\\' && matches!(text.get(at + 1), Some(b'"' | b'\'')));
    at += usize::from(matches!(text.get(at), Some(b'"' | b'\'' | b'`')));
    at += usize::from(matches!(text.get(at), Some(b']' | b')')));
    let glue = past_blanks(text, at);
    let len = match (text.get(glue).unwrap_or(&b'\n'), text.get(glue + 1)) {
        (b':' | b'=', Some(b':' | b'=' | b'~')) if text[glue..].starts_with(b":=") => 2,
        (b':' | b'=', Some(b':' | b'=' | b'~')) => return None,
        (b'=', Some(b'>')) => 2,
        (b':' | b'=', _) => 1,
        (b'{', _) => 0,
        _ => return None,
    };
    let mut value = past_blanks(text, glue + len);
    while matches!(text.get(value), Some(b'&' | b'!')) {
        let word = text[value..].iter().take(NEAR);
        let word = word.take_while(|b| !b.is_ascii_whitespace()).count();
        value = past_blanks(text, value + word);
    }
    if let Some(open) = opens(view, value) {
        return Some(Body::Flow(open));
    }
    let end = line_end(text, value);
    let empty = value == end || text[value] == b'#' || text[value..end].starts_with(b"//");
    if !empty || len == 0 {
        return None;
    }
    // A bracket may open on the next line.
    let below = (end + 1..text.len().min(end + NEAR)).find(|at| !text[*at].is_ascii_whitespace());
    if let Some(open) = below.filter(|at| opens(view, *at) == Some(*at)) {
        return Some(Body::Flow(open));
    }
    let colon = text[glue] == b':';
    colon.then(|| Body::Block { column: column(before), from: end + 1 })
}

/// Returns the column of a name behind `before`: what the lines below it are measured by.
fn column(before: &[u8]) -> usize {
    let blank = before.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let bare = before.strip_suffix(b"\"").or(before.strip_suffix(b"'")).unwrap_or(before);
    let item = bare[blank..].iter().all(|b| matches!(b, b' ' | b'-' | b'?'));
    if item { bare.len() } else { blank }
}

/// Returns where the brackets of a value open that begins at `at`, perhaps with a type.
fn opens(view: &View<'_>, at: usize) -> Option<usize> {
    let text = view.text;
    if matches!(text.get(at)?, b'{' | b'[') {
        let empty = matches!(text.get(at + 1), Some(b'}' | b']'));
        return (!empty && template(text, at).is_none()).then_some(at);
    }
    // `map[string]string{`, `new Dictionary<string, string> {`, `array(`, `{} as X = {`
    let code = matches!(view.kind, FileKind::Code | FileKind::Other | FileKind::Shell);
    let line = text[at..line_end(text, at)].trim_ascii_end();
    let typed = |b: &u8| b.is_ascii_alphanumeric() || b"_.<>[]:,=&*? ({@$".contains(b);
    let open = code && line.len() <= LONGEST_TYPE && line.iter().all(typed);
    let literal = line.ends_with(b"{") || line.ends_with(b"[") || line.ends_with(b"array(");
    (open && literal && !line.contains(&b'|')).then(|| at + line.len() - 1)
}

/// `[passwords]` and `[app.passwords.db]`, up to the next section.
fn section(view: &View<'_>, before: &[u8], name: &Range<usize>) -> Option<Body> {
    let text = view.text;
    let other = ["yml", "yaml", "json", "jsonc", "json5", "xml", "tf", "hcl", "sls"];
    if !matches!(view.kind, FileKind::Config | FileKind::Other)
        || other.contains(&view.facts.extension.as_str())
    {
        return None;
    }
    let path = before.trim_ascii_start().strip_prefix(b"[")?;
    let path = path.strip_prefix(b"[").unwrap_or(path);
    let end = line_end(text, name.end);
    let line = &text[name.end..end];
    let close = memchr::memchr(b']', line)?;
    let brackets = line[close..].iter().take_while(|b| **b == b']').count();
    let rest = line[close + brackets..].trim_ascii();
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"_-.:/@\"' ".contains(b);
    let below = &line[..close];
    let fits = path.iter().all(part)
        && below.iter().all(part)
        && (rest.is_empty() || matches!(rest[0], b'#' | b';'))
        && key::promise_of_map(below).is_none();
    fits.then_some(Body::Section(end + 1))
}

/// `.db.main = v`, `["db"] = v`, `[:db] = v`: returns the last name of the path.
fn path(text: &[u8], mut at: usize) -> Option<Range<usize>> {
    let text = &text[..text.len().min(at + NEAR)];
    let part = |b: &&u8| b.is_ascii_alphanumeric() || b"_-".contains(b);
    let mut last = None;
    while let Some(sign @ (b'.' | b'[')) = text.get(at).copied() {
        at += 1;
        if sign == b'[' {
            // A number says where, not what.
            if !matches!(text.get(at)?, b'"' | b'\'' | b':') {
                return None;
            }
            at += 1;
        }
        let len = text[at..].iter().take_while(part).count();
        if len == 0 {
            return None;
        }
        last = Some(at..at + len);
        at += len;
        if sign == b'[' {
            // The reader of values steps over what closes the last one.
            let closed = at + usize::from(matches!(text.get(at)?, b'"' | b'\''));
            if text.get(closed)? != &b']' {
                return None;
            }
            let more = matches!(text.get(closed + 1), Some(b'.' | b'['));
            at = if more { closed + 1 } else { at };
        }
    }
    last
}

/// `<passwords>`, perhaps with attributes.
fn element(text: &[u8], name: &Range<usize>) -> Option<Body> {
    let end = line_end(text, name.end);
    let close = memchr::memchr(b'>', &text[name.end..end])?;
    let open = close == 0 || text[name.end].is_ascii_whitespace();
    (open && text[name.end + close - 1] != b'/').then(|| Body::Element(name.end + close + 1))
}

/// `<key>passwords</key>` and behind it `<dict>`.
fn dictionary(text: &[u8], name: &Range<usize>) -> Option<Body> {
    let at = name.end + text[name.end..].strip_prefix(b"</key>").map(|_| b"</key>".len())?;
    let below = (at..text.len().min(at + NEAR)).find(|at| !text[*at].is_ascii_whitespace());
    match below {
        // On the line alone it cannot be known.
        None => Some(Body::Element(text.len())),
        Some(at) => (text[at..].starts_with(b"<dict>") || text[at..].starts_with(b"<array>"))
            .then_some(Body::Element(at)),
    }
}
