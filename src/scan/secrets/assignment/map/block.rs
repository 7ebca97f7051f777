// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads lines: blocks by their indentation, sections up to the next one.

use std::ops::Range;

use memchr::memmem;

use super::{Map, flow, line_end, past_blanks, shape, template};

/// So many lines are read.
const MOST_LINES: usize = 400;
/// A longer name is no name.
const LONGEST: usize = 120;

/// Reads the block under a name at `column`, from the line that begins at `from`.
pub(super) fn read(map: &mut Map<'_, '_>, column: usize, mut from: usize) {
    let text = map.view.text;
    // Names of the maps that are open, each with its column.
    let mut open: Vec<(usize, Range<usize>)> = Vec::new();
    let mut mute: Option<usize> = None;
    for _ in 0..MOST_LINES {
        if from >= map.end {
            return;
        }
        let line = from..line_end(&text[..map.end], from);
        from = line.end + 1;
        let start = past_blanks(text, line.start).min(line.end);
        if is_idle(text, start..line.end) {
            continue;
        }
        let item = is_item(text, start, line.end);
        let indent = start - line.start;
        if indent < column || indent == column && !item {
            return;
        }
        let content = past_dashes(text, start, line.end);
        let depth = content - line.start;
        if mute.is_some_and(|inner| indent > inner || indent == inner && item) {
            continue;
        }
        mute = None;
        open.retain(|(column, _)| *column < indent || item && *column == indent);
        let Some(key) = name(text, content, line.end) else {
            if item && content < line.end {
                let key = open.last().map(|(_, key)| key.clone());
                from = scalar(map, content, key.as_ref()).max(from);
            }
            continue;
        };
        let value = past_glue(text, &key);
        if is_idle(text, value..line.end) {
            if map.is_inner(&key) {
                mute = Some(depth);
            }
            open.push((depth, key));
        } else {
            from = pair(map, &key, value).max(from);
        }
    }
}

/// Reads the section whose first line begins at `from`.
pub(super) fn read_section(map: &mut Map<'_, '_>, mut from: usize) {
    let text = map.view.text;
    for _ in 0..MOST_LINES {
        if from >= map.end {
            return;
        }
        let line = from..line_end(&text[..map.end], from);
        from = line.end + 1;
        let start = past_blanks(text, line.start).min(line.end);
        if is_section(&text[start..line.end]) {
            return;
        }
        if is_idle(text, start..line.end) || text[start] == b';' {
            continue;
        }
        if let Some(key) = name(text, start, line.end) {
            let value = past_glue(text, &key);
            from = pair(map, &key, value).max(from);
        }
    }
}

fn is_section(line: &[u8]) -> bool {
    let close = memchr::memchr(b']', line).filter(|_| line.starts_with(b"["));
    close.is_some_and(|close| {
        let brackets = line[close..].iter().take_while(|b| **b == b']').count();
        let rest = line[close + brackets..].trim_ascii();
        rest.is_empty() || matches!(rest[0], b'#' | b';')
    })
}

/// Takes the value of a pair. Returns what stands behind it, if that is further than the line.
fn pair(map: &mut Map<'_, '_>, key: &Range<usize>, value: usize) -> usize {
    if opens(map.view.text, value) {
        return past_line(map, value, Some(key));
    }
    map.assigned(key);
    0
}

/// Takes an item of a list.
fn scalar(map: &mut Map<'_, '_>, at: usize, key: Option<&Range<usize>>) -> usize {
    if opens(map.view.text, at) {
        return past_line(map, at, key);
    }
    if let Some(found) = shape::value_at(map.view, at) {
        map.take(key, &found);
    }
    0
}

/// Reads brackets, and goes to the start of the line behind them.
fn past_line(map: &mut Map<'_, '_>, at: usize, key: Option<&Range<usize>>) -> usize {
    let past = flow::read(map, at, key);
    line_end(&map.view.text[..map.end], past.min(map.end)) + 1
}

fn opens(text: &[u8], at: usize) -> bool {
    matches!(text.get(at), Some(b'{' | b'[')) && template(text, at).is_none()
}

/// Returns whether nothing stands there but a comment, an anchor, a tag or what a template says.
fn is_idle(text: &[u8], part: Range<usize>) -> bool {
    let rest = text[part.start.min(part.end)..part.end].trim_ascii();
    let head = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
    let tail = || rest[head..].trim_ascii();
    match rest.first() {
        None | Some(b'#') => true,
        Some(b'/') => rest.starts_with(b"//"),
        Some(b'{') => rest.starts_with(b"{{") && rest.ends_with(b"}}") || rest.starts_with(b"{%"),
        Some(b'&' | b'!') => tail().is_empty() || tail().starts_with(b"#"),
        _ => false,
    }
}

fn is_item(text: &[u8], start: usize, end: usize) -> bool {
    text[start] == b'-' && (start + 1 == end || text[start + 1].is_ascii_whitespace())
}

/// Returns where the content of a line begins, behind the dashes of lists.
fn past_dashes(text: &[u8], mut start: usize, end: usize) -> usize {
    while start < end && is_item(text, start, end) {
        start = past_blanks(text, start + 1).min(end);
    }
    start
}

/// Returns the name that begins at `start` of a line, if something is assigned to it.
fn name(text: &[u8], start: usize, end: usize) -> Option<Range<usize>> {
    let line = &text[start..end];
    if let Some(quote @ (b'"' | b'\'')) = line.first().copied() {
        let len = memchr::memchr(quote, &line[1..])?;
        let rest = line[len + 2..].trim_ascii_start();
        let assigns = matches!(rest.first(), Some(b':' | b'='));
        return assigns.then(|| start + 1..start + 1 + len);
    }
    // In YAML a colon ends a name only before a blank.
    let colon = memchr::memchr_iter(b':', line)
        .find(|at| line.get(at + 1).is_none_or(u8::is_ascii_whitespace));
    let equals = memchr::memchr(b'=', line).filter(|at| line.get(at + 1) != Some(&b'='));
    let len = match (colon, equals) {
        (Some(colon), Some(equals)) => colon.min(equals),
        (colon, equals) => colon.or(equals)?,
    };
    let name = line[..len].trim_ascii_end();
    let fits = !name.is_empty()
        && name.len() <= LONGEST
        && !b"{[(%<|>*".contains(&name[0])
        && memmem::find(name, b" #").is_none();
    fits.then(|| start..start + name.len())
}

/// Returns where the value behind `key` begins.
fn past_glue(text: &[u8], key: &Range<usize>) -> usize {
    let mut at = key.end + usize::from(matches!(text.get(key.end), Some(b'"' | b'\'')));
    at = past_blanks(text, at);
    at += usize::from(matches!(text.get(at), Some(b':' | b'=')));
    at += usize::from(text.get(at) == Some(&b'>'));
    past_blanks(text, at)
}
