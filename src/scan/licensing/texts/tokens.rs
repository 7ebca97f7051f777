// SPDX-License-Identifier: MIT OR Apache-2.0
//! Text as the words that two copies of a licence have in common.
//!
//! What the SPDX matching guidelines say to ignore is no word: case, white space, punctuation,
//! comment leaders, bullets, links, markup, copyright statements. Equivalent spellings are one.

use std::{ops::Range, sync::OnceLock};

use super::spelling;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Stands for the word; two spellings of the same word share it.
    pub(super) word: u32,
    /// Byte offset of its first letter.
    pub(super) start: u32,
    /// Byte offset just past its last letter.
    pub(super) end: u32,
}

impl Token {
    /// Returns the bytes that it stands at.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Returns what stands for a word that is spelt plainly.
pub(super) const fn word(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut i = 0;
    while i < bytes.len() {
        hash = step(hash, bytes[i]);
        i += 1;
    }
    hash
}

const fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// Returns the words of a file.
pub(super) fn of_file(text: &str) -> Vec<Token> {
    let mut reader = Reader::new(text, true);
    reader.run(0..text.len());
    reader.out
}

/// Appends the words of a part of a template, which has no lines that mean anything.
pub(super) fn of_template(text: &str, range: Range<usize>, out: &mut Vec<Token>) {
    let mut reader = Reader::new(text, false);
    std::mem::swap(&mut reader.out, out);
    reader.run(range);
    std::mem::swap(&mut reader.out, out);
}

struct Reader<'a> {
    text: &'a str,
    /// Whether lines begin with bullets, comment leaders and copyright statements.
    lines: bool,
    out: Vec<Token>,
    /// What the last line with any text ended in.
    last: u8,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, lines: bool) -> Self {
        Self { text, lines, out: Vec::new(), last: b'\n' }
    }

    fn run(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        let mut fresh = self.lines;
        while at < range.end {
            if std::mem::take(&mut fresh) {
                let start = at;
                at = self.line_start(at);
                // A line without words is followed by another.
                fresh = at > start && bytes[at - 1] == b'\n';
                continue;
            }
            let byte = bytes[at];
            at = match byte {
                b'\n' | b'\r' | 0x0c => {
                    fresh = self.lines;
                    at + 1
                }
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => self.word(at, range.end),
                b'<' => {
                    let len = tag_len(&bytes[at..range.end]);
                    // What follows begins a line, whatever else stands on it.
                    fresh = self.lines && len > 0 && is_block(&bytes[at..]);
                    at + len.max(1)
                }
                b'&' => self.ampersand(at, range.end),
                b'(' if at > 0 && bytes[at - 1] == b']' => at + target_len(&bytes[at..range.end]),
                _ => at + 1,
            };
            if !byte.is_ascii_whitespace() {
                self.last = byte;
            }
        }
    }

    /// Skips what only the layout of a line puts there.
    fn line_start(&mut self, from: usize) -> usize {
        let rest = &self.text[from..];
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(self.text.len(), |i| from + i);
        let tagged = from > 0 && self.text.as_bytes()[from - 1] == b'>';
        let block = |at: &usize| is_block(&rest.as_bytes()[*at..]);
        let end = memchr::memchr_iter(b'<', &rest.as_bytes()[..end - from])
            .find(block)
            .filter(|_| tagged)
            .map_or(end, |at| from + at);
        let line = &self.text[from..end];
        let body = line.trim_start_matches(|c: char| {
            c.is_whitespace() || c.is_ascii_punctuation() && !matches!(c, '(' | '<' | '&' | '[')
        });
        let body = ["dnl", "REM", "rem"]
            .iter()
            .find_map(|leader| body.strip_prefix(*leader))
            .filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
            .map_or(body, str::trim_start);
        let mut at = end - body.len();
        if body.is_empty() && tagged {
            return end;
        }
        if body.is_empty() {
            self.last = b'\n';
            return (end + 1).min(self.text.len()).max(from);
        }
        if let Some(len) = spelling::statement_len(body).filter(|_| !self.is_amid(at)) {
            return at + len;
        }
        let ended = matches!(self.last, b'\n' | b'.' | b':' | b';' | b',' | b'*' | b'>' | b'<')
            || self.out.last().is_some_and(|token| {
                let text = &self.text[token.range()];
                text.eq_ignore_ascii_case("and") || text.eq_ignore_ascii_case("or")
            });
        if ended {
            at += spelling::bullet_len(&self.text[at..end]);
        }
        at
    }

    /// Returns whether a sentence goes on there: `then the software is ⏎ Copyright (c) …`.
    fn is_amid(&self, at: usize) -> bool {
        const OPEN: [&str; 4] = ["is", "are", "copyright", "notice"];
        self.out.last().is_some_and(|token| {
            let between = &self.text.as_bytes()[token.range().end.min(at)..at];
            OPEN.iter().any(|word| self.text[token.range()].eq_ignore_ascii_case(word))
                && memchr::memchr_iter(b'\n', between).count() == 1
                && !between.iter().any(|byte| b".:;".contains(byte))
        })
    }

    fn word(&mut self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        if let Some(len) = link_len(&bytes[start..end]) {
            return start + len;
        }
        let (mut at, mut last) = (start, start);
        let mut hash = word("");
        while at < end {
            let byte = bytes[at];
            let next = bytes.get(at + 1).copied().filter(|_| at + 1 < end).unwrap_or(0);
            if byte.is_ascii_alphanumeric() {
                hash = step(hash, byte.to_ascii_lowercase());
                at += 1;
                last = at;
            } else if byte == b'.'
                && last > start
                && bytes[last - 1].is_ascii_digit()
                && next.is_ascii_digit()
            {
                hash = step(hash, b'.');
                at += 1;
            } else if byte == b'\'' && next.is_ascii_alphabetic() {
                at += 1;
            } else if let Some(len) = apostrophe_len(&bytes[at..end]).filter(|_| last > start) {
                at += len;
            } else if byte >= 0x80 {
                let Some(letter) = self.text[at..end].chars().next() else { break };
                at += letter.len_utf8();
                if matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}') {
                    continue;
                }
                if matches!(letter, '\u{2019}' | '\u{2018}' | '\u{2bc}') && last > start {
                    continue;
                }
                if !letter.is_alphanumeric() {
                    break;
                }
                let alone = u32::from(letter) >= 0x2e80;
                if alone && last > start {
                    at -= letter.len_utf8();
                    break;
                }
                for lower in letter.to_lowercase() {
                    hash = u32::from(lower).to_le_bytes().into_iter().fold(hash, step);
                }
                last = at;
                if alone {
                    break;
                }
            } else {
                break;
            }
        }
        if last > start {
            self.push(hash, start, last);
        }
        at.max(start + 1)
    }

    fn push(&mut self, hash: u32, start: usize, end: usize) {
        let word = spelling::equal(hash);
        let token = Token {
            word,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        };
        self.out.push(token);
        spelling::join(&mut self.out);
    }

    /// Reads `&`, which is a word, or an entity, which mostly is none.
    fn ampersand(&mut self, at: usize, end: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..end];
        let close = bytes.iter().take(10).position(|byte| *byte == b';');
        let name = close.map_or("", |close| &self.text[at + 1..at + close]);
        let entity = name.starts_with('#')
            || name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if entity && name != "amp" {
            return at + name.len() + 2;
        }
        let len = if entity { 5 } else { 1 };
        self.push(word("and"), at, at + len);
        at + len
    }
}

/// Returns whether a tag of HTML that parts lines begins there.
fn is_block(text: &[u8]) -> bool {
    const NAMES: [&[u8]; 12] =
        [b"p", b"br", b"li", b"div", b"pre", b"td", b"dd", b"dt", b"h1", b"h2", b"h3", b"h4"];
    let name = text.get(1..).unwrap_or_default();
    let name = name.strip_prefix(b"/").unwrap_or(name);
    let len = name.iter().take(4).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    NAMES.iter().any(|block| name[..len].eq_ignore_ascii_case(block))
        && matches!(name.get(len), Some(b'>' | b'/' | b' ' | b'\n' | b'\r'))
}

/// Returns the length of an apostrophe of HTML that a letter follows.
fn apostrophe_len(text: &[u8]) -> Option<usize> {
    const SPELT: [&[u8]; 6] = [b"&#39;", b"&#x27;", b"&apos;", b"&rsquo;", b"&#8217;", b"&#x2019;"];
    let spelt = SPELT.iter().find(|spelt| text.starts_with(spelt))?;
    text.get(spelt.len()).is_some_and(u8::is_ascii_alphabetic).then_some(spelt.len())
}

/// Returns the length of a link at the start of `text`, up to what cannot be in it.
fn link_len(text: &[u8]) -> Option<usize> {
    let starts =
        |prefix: &[u8]| text.get(..prefix.len()).is_some_and(|t| t.eq_ignore_ascii_case(prefix));
    let link = matches!(text[0], b'h' | b'H' | b'w' | b'W' | b'f' | b'F')
        && [&b"http://"[..], b"https://", b"ftp://", b"www."].into_iter().any(starts);
    (link || is_host(text)).then(|| {
        let end = |byte: &u8| byte.is_ascii_whitespace() || b"<>\"'()[]{}|`*\\".contains(byte);
        text.iter().position(end).unwrap_or(text.len())
    })
}

/// Returns whether the text begins with a host and a path.
fn is_host(text: &[u8]) -> bool {
    let host = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let len = text.iter().take_while(host).count();
    let mut labels = text[..len].rsplit(|byte| *byte == b'.');
    let last = labels.next().unwrap_or_default();
    text.get(len) == Some(&b'/')
        && (2..=6).contains(&last.len())
        && last.iter().all(u8::is_ascii_lowercase)
        && labels.next().is_some_and(|label| label.len() > 1)
}

/// Returns the length of the target of a Markdown link, 1 if there is none.
fn target_len(text: &[u8]) -> usize {
    let close = text.iter().take(300).position(|byte| *byte == b')' || byte.is_ascii_whitespace());
    close.filter(|i| text[*i] == b')').map_or(1, |i| i + 1)
}

/// Returns the length of an HTML tag at the start of `text`, 0 if there is none.
fn tag_len(text: &[u8]) -> usize {
    const TAGS: &str = " p br a b i u em strong h1 h2 h3 h4 h5 h6 div span pre li ul ol html head \
        body title meta link hr code tt blockquote center font table tr td th tbody dl dt dd sup \
        sub small img section article doctype style script address cite dfn nobr var label nav \
        main header footer aside input button summary details ";
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    if text.starts_with(b"<!--") {
        return 4;
    }
    let names = NAMES.get_or_init(|| TAGS.split_ascii_whitespace().collect());
    let name = &text[1..];
    let name = name.strip_prefix(b"/").or_else(|| name.strip_prefix(b"!")).unwrap_or(name);
    let len = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let after = name.get(len).copied().unwrap_or(b'>');
    let known = names.iter().any(|tag| name[..len].eq_ignore_ascii_case(tag.as_bytes()));
    if len == 0 || !known || !(after.is_ascii_whitespace() || matches!(after, b'>' | b'/')) {
        return 0;
    }
    let lower = name[..len].to_ascii_lowercase();
    let close: &[u8] = match &lower[..] {
        b"style" if text[1] != b'/' => b"</style>",
        b"script" if text[1] != b'/' => b"</script>",
        _ => b">",
    };
    let found = memchr::memmem::find(&text[..text.len().min(20_000)], close);
    found.map_or(0, |i| i + close.len())
}
