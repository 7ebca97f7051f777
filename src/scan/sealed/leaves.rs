// SPDX-License-Identifier: MIT OR Apache-2.0
//! The names and values of a file of data, one after the other.
//!
//! Files are walked, not parsed: one that is cut off, or that some template made unreadable, says
//! what it says up to there. Nothing recurses, and what is nested deeper than [`DEEPEST`] is left
//! out, so whatever stands in a file the walk ends.

use std::ops::Range;

/// Names further inside are not followed.
const DEEPEST: usize = 64;

/// A name that stands above others.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The name; empty for an item of a list.
    pub(super) name: Range<usize>,
    indent: usize,
    map: u32,
}

/// One value with its names.
pub(super) struct Leaf<'a> {
    /// The name beside it; empty for an item of a list.
    pub(super) name: Range<usize>,
    /// The value without quotes, or all lines of a block.
    pub(super) value: Range<usize>,
    /// The names above, outermost first.
    pub(super) above: &'a [Frame],
    /// Tells the values of one map from those of others.
    pub(super) map: u32,
}

impl Leaf<'_> {
    /// Returns the names above and the one beside it, outermost first.
    pub(super) fn names(&self) -> impl Iterator<Item = Range<usize>> {
        let above = self.above.iter().map(|frame| frame.name.clone());
        above.chain([self.name.clone()]).filter(|name| !name.is_empty())
    }
}

/// How a file writes names and values down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Indented lines.
    Yaml,
    /// Braces.
    Json,
    /// `name=value`, under `[headings]` if it has any.
    Lines,
}

impl Form {
    /// Tells the form by how the text begins, and by lines that only one of them has.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut lines = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
        let mut lines = lines.by_ref().filter(|line| !matches!(line.first(), None | Some(b'#')));
        match lines.next().map(|line| line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)) {
            Some([b'{', ..]) => Self::Json,
            Some([b'[', .., b']']) => Self::Lines,
            Some(line) if is_assignment(line) => Self::Lines,
            _ => Self::Yaml,
        }
    }
}

/// Whether a line is `name=value`.
fn is_assignment(line: &[u8]) -> bool {
    let name = line.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.-".contains(b)).count();
    let rest = line[name..].trim_ascii_start();
    name > 0 && rest.first() == Some(&b'=')
}

/// Hands the values of `text` to `found`, in the order in which they stand.
pub(super) fn each(text: &[u8], form: Form, mut found: impl FnMut(&Leaf<'_>)) {
    match form {
        Form::Yaml => Yaml::new(text).walk(&mut found),
        Form::Json => json(text, &mut found),
        Form::Lines => lines(text, &mut found),
    }
}

/// Returns the next line from `start`, without its line end, and where the one after it begins.
fn line_at(text: &[u8], start: usize) -> (Range<usize>, usize) {
    let end = memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |i| start + i);
    let last = if text[start..end].ends_with(b"\r") { end - 1 } else { end };
    (start..last, end + 1)
}

/// Cuts blanks off both ends of a part of the text.
fn trimmed(text: &[u8], part: Range<usize>) -> Range<usize> {
    let left = text[part.clone()].trim_ascii_start().len();
    let start = part.end - left;
    start..start + text[start..part.end].trim_ascii_end().len()
}

/// Cuts the quotes off a value, or what is said behind it.
fn unquoted(text: &[u8], value: Range<usize>) -> Range<usize> {
    let value = trimmed(text, value);
    let bytes = &text[value.clone()];
    match bytes.first() {
        Some(quote @ (b'"' | b'\'')) => {
            let close = memchr::memrchr(*quote, &bytes[1..]);
            value.start + 1..close.map_or(value.end, |i| value.start + 1 + i)
        }
        _ => {
            let end = memchr::memmem::find(bytes, b" #").unwrap_or(bytes.len());
            trimmed(text, value.start..value.start + end)
        }
    }
}

struct Yaml<'a> {
    text: &'a [u8],
    stack: Vec<Frame>,
    maps: u32,
    /// A block that goes on: the name, where it began, how far the name is indented.
    block: Option<(Range<usize>, usize, usize, u32)>,
}

impl<'a> Yaml<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { text, stack: Vec::new(), maps: 0, block: None }
    }

    fn walk(mut self, found: &mut impl FnMut(&Leaf<'_>)) {
        let mut next = if self.text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        while next < self.text.len() {
            let start = next;
            let (line, after) = line_at(self.text, start);
            next = after;
            let body = &self.text[line.clone()];
            let indent = body.iter().take_while(|b| **b == b' ').count();
            let blank = body.trim_ascii().is_empty();
            if let Some((.., deep, _)) = self.block
                && (blank || indent > deep)
            {
                continue;
            }
            self.close(start, found);
            if blank || body[indent..].starts_with(b"#") {
                continue;
            }
            if indent == 0 && (body.starts_with(b"---") || body.starts_with(b"...")) {
                self.stack.clear();
                self.maps += 1;
                continue;
            }
            self.line(line.start + indent..line.end, indent, after, found);
        }
        self.close(self.text.len(), found);
    }

    /// Ends the block that began above.
    fn close(&mut self, end: usize, found: &mut impl FnMut(&Leaf<'_>)) {
        if let Some((name, start, _, map)) = self.block.take() {
            let value = trimmed(self.text, start.min(end)..end);
            found(&Leaf { name, value, above: &self.stack, map });
        }
    }

    fn line(
        &mut self,
        mut body: Range<usize>,
        mut indent: usize,
        after: usize,
        found: &mut impl FnMut(&Leaf<'_>),
    ) {
        let mut item = false;
        while self.text[body.clone()].starts_with(b"- ") || self.text[body.clone()] == *b"-" {
            let over =
                |top: &Frame| top.indent > indent || top.indent == indent && top.name.is_empty();
            self.pop(over);
            let blanks = self.text[body.start + 1..body.end].iter().take_while(|b| **b == b' ');
            let step = 1 + blanks.count();
            self.maps += 1;
            self.push(Frame { name: 0..0, indent: indent + step - 1, map: self.maps });
            body.start = body.end.min(body.start + step);
            indent += step;
            item = true;
        }
        let (name, rest) = match name_of(&self.text[body.clone()]) {
            Some((name, rest)) => {
                (body.start + name.start..body.start + name.end, body.start + rest..body.end)
            }
            None if item => (0..0, body),
            // It goes on with the value of the line above.
            None => return,
        };
        if !item {
            self.pop(|top| top.indent >= indent);
        }
        let map = self.stack.last().map_or(0, |top| top.map);
        let value = trimmed(self.text, rest);
        if is_block_head(&self.text[value.clone()]) {
            let deep = if name.is_empty() { indent - 1 } else { indent };
            self.block = Some((name, after.min(self.text.len()), deep, map));
        } else if value.is_empty() {
            self.maps += 1;
            self.push(Frame { name, indent, map: self.maps });
        } else {
            let value = unquoted(self.text, value);
            found(&Leaf { name, value, above: &self.stack, map });
        }
    }

    fn push(&mut self, frame: Frame) {
        if self.stack.len() < DEEPEST {
            self.stack.push(frame);
        }
    }

    fn pop(&mut self, over: impl Fn(&Frame) -> bool) {
        while self.stack.last().is_some_and(&over) {
            self.stack.pop();
        }
    }
}

/// Returns the name at the start of a line and where what belongs to it begins.
fn name_of(body: &[u8]) -> Option<(Range<usize>, usize)> {
    if let Some(quote @ (b'"' | b'\'')) = body.first() {
        let close = 1 + memchr::memchr(*quote, &body[1..])?;
        let rest = body[close + 1..].trim_ascii_start();
        let colon = body.len() - rest.len();
        return (rest.first() == Some(&b':')).then_some((1..close, colon + 1));
    }
    let ends = |i: &usize| matches!(body.get(i + 1), None | Some(b' ' | b'\t'));
    let colon = memchr::memchr_iter(b':', body).find(ends)?;
    let name = body[..colon].trim_ascii_end().len();
    (name > 0 && !matches!(body[0], b'{' | b'[' | b'|' | b'>')).then_some((0..name, colon + 1))
}

/// Whether a value is only the head of a block below, perhaps with a tag.
fn is_block_head(value: &[u8]) -> bool {
    let value = match value.first() {
        Some(b'!' | b'&') => match memchr::memchr(b' ', value) {
            Some(blank) => value[blank..].trim_ascii_start(),
            None => return false,
        },
        _ => value,
    };
    let [b'|' | b'>', rest @ ..] = value else { return false };
    let signs = rest.iter().take_while(|b| b.is_ascii_digit() || b"+-".contains(b)).count();
    let rest = rest[signs..].trim_ascii_start();
    rest.is_empty() || rest.starts_with(b"#")
}

fn lines(text: &[u8], found: &mut impl FnMut(&Leaf<'_>)) {
    let mut above = Vec::new();
    let mut maps = 0;
    let mut next = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    while next < text.len() {
        let (line, after) = line_at(text, next);
        next = after;
        let line = trimmed(text, line);
        match &text[line.clone()] {
            [] | [b'#' | b';', ..] => {}
            [b'[', .., b']'] => {
                maps += 1;
                let name = line.start + 1..line.end - 1;
                above = vec![Frame { name, indent: 0, map: maps }];
            }
            body => {
                let Some(sign) = memchr::memchr(b'=', body) else { continue };
                let name = trimmed(text, line.start..line.start + sign);
                let value = unquoted(text, line.start + sign + 1..line.end);
                found(&Leaf { name, value, above: &above, map: maps });
            }
        }
    }
}

fn json(text: &[u8], found: &mut impl FnMut(&Leaf<'_>)) {
    let mut stack: Vec<Frame> = Vec::new();
    // For each brace that is open whether it is one of a map.
    let mut open: Vec<bool> = Vec::new();
    let (mut maps, mut at) = (0, 0);
    let mut name: Option<Range<usize>> = None;
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' | b'[' => {
                if open.len() == DEEPEST {
                    return;
                }
                maps += 1;
                open.push(*byte == b'{');
                let name = name.take().unwrap_or(0..0);
                stack.push(Frame { name, indent: 0, map: maps });
            }
            b'}' | b']' => {
                open.pop();
                stack.pop();
                name = None;
            }
            b',' => name = None,
            b'"' => {
                let Some(end) = string_end(text, at + 1) else { return };
                let string = at + 1..end;
                at = end;
                if name.is_none() && open.last() == Some(&true) {
                    name = Some(string);
                } else {
                    leaf(string, &mut name, &stack, found);
                }
            }
            b if b.is_ascii_whitespace() || *b == b':' => {}
            _ => {
                let plain = |b: &u8| !b.is_ascii_whitespace() && !b",}]\"".contains(b);
                let len = text[at..].iter().take_while(|b| plain(b)).count().max(1);
                leaf(at..at + len, &mut name, &stack, found);
                at += len - 1;
            }
        }
        at += 1;
    }
}

fn leaf(
    value: Range<usize>,
    name: &mut Option<Range<usize>>,
    stack: &[Frame],
    found: &mut impl FnMut(&Leaf<'_>),
) {
    let map = stack.last().map_or(0, |top| top.map);
    // The outermost braces have no name, and no rank among the names above.
    let above = stack.get(1..).unwrap_or_default();
    found(&Leaf { name: name.take().unwrap_or(0..0), value, above, map });
}

/// Returns where a string that begins at `at` ends.
fn string_end(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let step = memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        at += step;
        if text[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Form, each};

    fn all(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        each(text.as_bytes(), Form::of(text.as_bytes()), |leaf| {
            let names: Vec<&str> = leaf.names().map(|name| &text[name]).collect();
            out.push(format!("{}={}", names.join("."), &text[leaf.value.clone()]));
        });
        out
    }

    #[test]
    fn names_stand_above_values() {
        let yaml = "\u{feff}a: 1\r\nb:\r\n  c: 'x y' # no\r\n  d:\r\n  - e: 2\r\n    f: |\r\n      one\r\n      two\r\n  - g\r\n\"h i\": \"j\"\n---\nk: !vault |-\n  v\n# no: comment\n";
        let expected =
            ["a=1", "b.c=x y", "b.d.e=2", "b.d.f=one\r\n      two", "b.d=g", "h i=j", "k=v"];
        assert_eq!(all(yaml), expected);
        let json = "{\"a\": {\"b\": [\"x\", {\"c\\\"\": 1}], \"d\": null}, \"e\":\"\"}";
        assert_eq!(all(json), ["a.b=x", "a.b.c\\\"=1", "a.d=null", "e="]);
        assert_eq!(all("# c\nA=1\nB=\"x\"\n"), ["A=1", "B=x"]);
        assert_eq!(all("[s]\na = 1 ; x\n"), ["s.a=1 ; x"]);
        assert_eq!(all("{\"a\": \"cut o"), [""; 0]);
        assert_eq!(all("http://x: y"), ["http://x=y"]);
    }

    #[test]
    fn what_is_nested_too_deep_is_left_out() {
        let yaml: String = (0..5000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
        assert!(all(&yaml).is_empty());
        assert!(all(&"{\"a\":".repeat(5000)).is_empty());
        assert_eq!(all(&("- ".repeat(9000) + "a: x")), ["a=x"]);
    }

    proptest! {
        #[test]
        fn never_panics(text in r#"[ \n\r:#'"\-|>{}\[\]=,a-c\\!.]{0,80}"#) {
            for form in [Form::Yaml, Form::Json, Form::Lines] {
                each(text.as_bytes(), form, |leaf| {
                    let _ = (&text.as_bytes()[leaf.value.clone()], leaf.names().count());
                });
            }
        }
    }
}
