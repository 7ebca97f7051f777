// SPDX-License-Identifier: MIT OR Apache-2.0
//! The comments of a file as rows of words, each with the place that it has in the file.

use std::ops::Range;

use super::syntax::{self, Syntax};
use crate::scan::{View, licensing::head};

/// A header that begins in the head may go on for so much longer.
const LONG_HEAD_BYTES: usize = 24 << 10;
const LONG_HEAD_LINES: usize = 400;
/// How far a comment further down is followed in either direction.
const AROUND_LINES: usize = 80;
const AROUND_BYTES: usize = 6 << 10;

/// A comment, or a paragraph of prose.
#[derive(Default)]
pub(super) struct Block {
    /// Its lines without their comment marks, as ranges of the text.
    pub(super) lines: Vec<Range<usize>>,
    /// Whether it stands at the file's start, with nothing but other comments before it.
    pub(super) first: bool,
    /// Whether it stands in the file's head.
    pub(super) in_head: bool,
    /// Whether it is running text, which is as often about something else as about the file.
    pub(super) prose: bool,
    /// Whether it says that it must be kept: `/*!`.
    pub(super) banner: bool,
}

impl Block {
    /// Returns where it begins.
    pub(super) fn start(&self) -> usize {
        self.lines.first().map_or(0, |line| line.start)
    }

    /// Returns where it ends.
    pub(super) fn end(&self) -> usize {
        self.lines.last().map_or(0, |line| line.end)
    }
}

/// Returns the comments in the head of the file.
pub(super) fn in_head(view: &View<'_>, syntax: Syntax) -> Vec<Block> {
    match syntax {
        Syntax::Data => Vec::new(),
        Syntax::Prose => prose(view),
        Syntax::Code | Syntax::Markup => Reader::new(view, syntax).read(),
    }
}

/// Walks over the lines of a head.
struct Reader<'v> {
    text: &'v [u8],
    extension: &'v str,
    markup: bool,
    head: usize,
    out: Vec<Block>,
    now: Block,
    /// Whether nothing but comments was seen yet.
    first: bool,
}

impl<'v> Reader<'v> {
    fn new(view: &View<'v>, syntax: Syntax) -> Self {
        Self {
            text: view.text,
            extension: &view.facts.extension,
            markup: syntax == Syntax::Markup,
            head: head::head(view.text).len(),
            out: Vec::new(),
            now: Block::default(),
            first: true,
        }
    }

    fn read(mut self) -> Vec<Block> {
        let text = &self.text[..self.text.len().min(LONG_HEAD_BYTES)];
        let mut closer: Option<&'static str> = None;
        for (no, line) in lines(text).enumerate() {
            // A comment that is open at the end of the head belongs to it.
            let over = line.start > self.head;
            if no > LONG_HEAD_LINES || (over && closer.is_none() && self.now.lines.is_empty()) {
                break;
            }
            let bytes = &text[line.clone()];
            if let Some(close) = closer {
                closer = self.inside(bytes, line, close);
            } else {
                closer = self.outside(bytes, line, over);
            }
        }
        self.end();
        self.out
    }

    fn inside(
        &mut self,
        bytes: &[u8],
        line: Range<usize>,
        close: &'static str,
    ) -> Option<&'static str> {
        let Some(end) = memchr::memmem::find(bytes, close.as_bytes()) else {
            self.now.lines.push(line);
            return Some(close);
        };
        self.now.lines.push(line.start..line.start + end);
        if !bytes[end + close.len()..].trim_ascii().is_empty() && !self.markup {
            self.end();
        }
        None
    }

    fn outside(&mut self, bytes: &[u8], line: Range<usize>, over: bool) -> Option<&'static str> {
        if let Some((close, rest)) = syntax::opens(bytes, self.extension) {
            if over {
                self.end();
            }
            let start = line.end - rest.len();
            self.now.banner |= rest.starts_with(b"!");
            let body = start..line.end;
            return match memchr::memmem::find(&self.text[body.clone()], close.as_bytes()) {
                Some(end) => {
                    self.now.lines.push(body.start..body.start + end);
                    if !self.text[body.start + end + close.len()..body.end].trim_ascii().is_empty()
                    {
                        self.end();
                        self.first = false;
                    }
                    None
                }
                None => {
                    self.now.lines.push(body);
                    Some(close)
                }
            };
        }
        if self.markup {
            return self.in_markup(bytes, line);
        }
        if let Some(rest) = syntax::comment(bytes, self.extension) {
            let start = line.end - rest.len();
            self.now.lines.push(start..line.end);
        } else if !syntax::is_preamble(bytes) {
            self.end();
            self.first = false;
        }
        None
    }

    /// A comment may begin anywhere in a line of markup.
    fn in_markup(&mut self, bytes: &[u8], line: Range<usize>) -> Option<&'static str> {
        let Some(open) = memchr::memmem::find(bytes, b"<!--") else {
            if !syntax::is_preamble(bytes) {
                self.end();
                self.first = false;
            }
            return None;
        };
        let start = line.start + open + 4;
        if let Some(end) = memchr::memmem::find(&bytes[open + 4..], b"-->") {
            self.now.lines.push(start..start + end);
            return None;
        }
        self.now.lines.push(start..line.end);
        Some("-->")
    }

    fn end(&mut self) {
        let block = std::mem::take(&mut self.now);
        if !block.lines.is_empty() {
            self.out.push(Block { first: self.first, in_head: true, ..block });
        }
    }
}

/// Returns the paragraphs at the start of running text, without quoted code.
fn prose(view: &View<'_>) -> Vec<Block> {
    let head = head::head(view.text);
    let mut block = Block { first: true, in_head: true, prose: true, ..Block::default() };
    let mut fence: Option<&[u8]> = None;
    let marked = matches!(view.facts.extension.as_str(), "md" | "markdown" | "mdx" | "mkd");
    let mut blank = false;
    for line in lines(head) {
        let bytes = &head[line.clone()];
        let trimmed = bytes.trim_ascii_start();
        match fence {
            Some(mark) if trimmed.starts_with(mark) => fence = None,
            Some(_) => {}
            None if marked && trimmed.starts_with(b"```") => fence = Some(b"```"),
            None if marked && trimmed.starts_with(b"~~~") => fence = Some(b"~~~"),
            None if marked && blank && (bytes.starts_with(b"    ") || bytes.starts_with(b"\t")) => {
            }
            None => block.lines.push(line),
        }
        blank = trimmed.is_empty();
    }
    vec![block]
}

/// Returns the comment around `at`, which lies below the head.
pub(super) fn around(view: &View<'_>, at: usize) -> Option<Block> {
    let extension = view.facts.extension.as_str();
    if let Some(block) = delimited(view, at) {
        return Some(block);
    }
    let line = view.line(at);
    let said = |line: &Range<usize>| {
        let bytes = &view.text[line.clone()];
        let rest = syntax::comment(bytes, extension)?;
        Some(line.end - rest.len()..line.end)
    };
    let mut lines = vec![said(&line)?];
    let mut start = line.start;
    while let Some(end) = start.checked_sub(1).filter(|_| lines.len() < AROUND_LINES) {
        let above = view.line(end);
        let Some(words) = said(&above) else { break };
        if line.start - above.start > AROUND_BYTES || above.start >= start {
            break;
        }
        start = above.start;
        lines.push(words);
    }
    lines.reverse();
    let mut end = line.end;
    for _ in 0..AROUND_LINES {
        if view.text.get(end) != Some(&b'\n') || end - line.end > AROUND_BYTES {
            break;
        }
        let below = view.line(end + 1);
        let Some(words) = said(&below) else { break };
        if below.end <= end {
            break;
        }
        end = below.end;
        lines.push(words);
    }
    Some(Block { lines, ..Block::default() })
}

/// Returns the comment between an opening and a closing mark around `at`.
fn delimited(view: &View<'_>, at: usize) -> Option<Block> {
    let low = at.saturating_sub(AROUND_BYTES);
    let before = &view.text[low..at];
    let pod = matches!(view.facts.extension.as_str(), "pl" | "pm" | "pod" | "t" | "");
    let mut marks: Vec<(&[u8], &[u8])> = vec![(b"/*", b"*/"), (b"<!--", b"-->")];
    if pod {
        marks.push((b"\n=head", b"\n=cut"));
    }
    let (open, close) = marks.into_iter().find(|(open, close)| {
        let opened = memchr::memmem::rfind(before, open);
        let closed = memchr::memmem::rfind(before, close);
        // A glob such as `src/*` opens nothing.
        let alone = opened.is_some_and(|i| i == 0 || !before[i - 1].is_ascii_alphanumeric());
        opened > closed && alone
    })?;
    let start = low + memchr::memmem::rfind(before, open)? + open.len();
    let high = view.text.len().min(at + AROUND_BYTES);
    let end = memchr::memmem::find(&view.text[at..high], close).map_or(high, |i| at + i);
    let text = &view.text[start..end];
    let banner = text.starts_with(b"!");
    let lines = lines(text).map(|line| start + line.start..start + line.end).collect();
    Some(Block { lines, banner, ..Block::default() })
}

/// Returns the lines of `text` without their ends.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start > text.len() {
            return None;
        }
        let end = memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |i| start + i);
        let line = start..end - usize::from(end > start && text[end - 1] == b'\r');
        start = end + 1;
        Some(line)
    })
}

/// The words of a block.
pub(super) struct Words<'t> {
    text: &'t [u8],
    /// The words in lower case with one blank around each.
    pub(super) row: String,
    /// Where each word begins, in the row and in the file, and on which line of the block.
    places: Vec<(u32, u32, u32)>,
    /// Where each line of the block begins.
    starts: Vec<usize>,
}

impl<'t> Words<'t> {
    /// Takes the words out of `block`.
    pub(super) fn of(text: &'t [u8], block: &Block) -> Self {
        let mut row = String::from(" ");
        let mut places = Vec::new();
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        for (no, line) in block.lines.iter().enumerate() {
            let bytes = &text[line.clone()];
            let at = |i: Option<usize>| i.and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
            let mut inside = false;
            for (i, byte) in bytes.iter().enumerate() {
                let (before, after) = (at(i.checked_sub(1)), at(Some(i + 1)));
                let kept = byte.is_ascii_alphanumeric()
                    || (*byte == b'.' && before.is_ascii_digit() && after.is_ascii_digit())
                    || (*byte == b'+'
                        && before.is_ascii_alphanumeric()
                        && !after.is_ascii_alphanumeric()
                        && after != b'+');
                if kept {
                    if !inside {
                        places.push((short(row.len()), short(line.start + i), short(no)));
                    }
                    row.push(char::from(byte.to_ascii_lowercase()));
                } else if inside {
                    row.push(' ');
                }
                inside = kept;
            }
            if inside {
                row.push(' ');
            }
        }
        if row.contains("licence") {
            row = row.replace("licence", "license");
        }
        let starts = block.lines.iter().map(|line| line.start).collect();
        Self { text, row, places, starts }
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns a word, empty past the ends.
    pub(super) fn get(&self, no: usize) -> &str {
        let Some((start, ..)) = self.places.get(no) else { return "" };
        let end = self.places.get(no + 1).map_or(self.row.len(), |next| next.0 as usize);
        self.row[*start as usize..end].trim_end()
    }

    /// Returns the number of the word that begins at `at` in the row.
    pub(super) fn number_at(&self, at: usize) -> usize {
        self.places.partition_point(|place| (place.0 as usize) < at)
    }

    /// Returns where a word stands in the file.
    pub(super) fn offset(&self, no: usize) -> usize {
        self.places.get(no).map_or(0, |place| place.1 as usize)
    }

    /// Returns whether a word is the first of its line.
    pub(super) fn begins_line(&self, no: usize) -> bool {
        no == 0 || self.line(no) != self.line(no - 1)
    }

    /// Returns the number of words that follow `no` on its line.
    pub(super) fn left_on_line(&self, no: usize) -> usize {
        let line = self.line(no);
        (no + 1..self.len()).take_while(|next| self.line(*next) == line).count()
    }

    fn line(&self, no: usize) -> Option<u32> {
        self.places.get(no).map(|place| place.2)
    }

    /// Returns whether a word stands between quotes, as what a program looks for does.
    pub(super) fn is_quoted(&self, no: usize, quotes: &[u8]) -> bool {
        let at = self.offset(no);
        let line = self.places.get(no).map_or(0, |place| place.2 as usize);
        let start = self.starts.get(line).copied().unwrap_or(at).min(at);
        let before = &self.text[start.max(at.saturating_sub(400))..at];
        quotes.iter().any(|quote| memchr::memchr_iter(*quote, before).count() % 2 == 1)
    }

    /// Returns a byte of the file.
    pub(super) fn at(&self, offset: usize) -> Option<u8> {
        self.text.get(offset).copied()
    }

    /// Returns a part of the file.
    pub(super) fn slice(&self, range: Range<usize>) -> &'t [u8] {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the bytes between two words that follow each other.
    pub(super) fn between(&self, no: usize) -> &'t [u8] {
        let start = self.offset(no) + self.get(no).len();
        let end = self.offset(no + 1);
        if no + 1 < self.len() && start <= end { &self.text[start..end] } else { b"" }
    }
}
