// SPDX-License-Identifier: MIT OR Apache-2.0
//! Code that was taken from where people answer each other's questions.

use std::ops::Range;

use super::{evidence, head};
use crate::{
    domain::{FileKind, RuleIdx, Severity},
    scan::{Detector, Fits, Hit, Reach, Sink, View},
};

/// An address has at most so many bytes.
const LONG: usize = 200;

/// Sites whose posts are under CC BY-SA.
const POSTS: [&str; 6] = [
    "stackoverflow.com",
    "stackexchange.com",
    "superuser.com",
    "serverfault.com",
    "askubuntu.com",
    "mathoverflow.net",
];

/// Words that say that the code comes from there.
const TAKEN: [&str; 31] = [
    "taken from",
    "take from",
    "attribution",
    "cribbed",
    "took from",
    "copied",
    "copy of",
    "copy-paste",
    "copy/paste",
    "copypast",
    "stolen",
    "borrowed",
    "adapted",
    "based on",
    "source:",
    "credit",
    "originally",
    "courtesy of",
    "thanks to",
    "shamelessly",
    "lifted",
    "inspired by",
    "from http",
    "from: http",
    "from stack",
    "via http",
    "found at",
    "found here",
    "ripped",
    "snippet",
    "code by",
];

/// Finds them in comments.
pub(super) struct Snippet;

impl Detector for Snippet {
    fn reach(&self) -> Reach {
        Reach { after: 1, ..Reach::HEAD }
    }

    fn fits(&self) -> Option<Fits> {
        Some(|text, at| address(text, at).is_some())
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        if matches!(view.kind, FileKind::Prose) || view.facts.extension == "json" {
            return;
        }
        let Some((span, post)) = address(view.text, &at) else { return };
        let line = view.line(at.start);
        if span.start < line.start {
            return;
        }
        let own = in_comment(&view.text[line.clone()], span.start - line.start);
        if !own && !in_block(view, span.start) {
            return;
        }
        if sink.last().is_some_and(|hit| hit.span.end > span.start) {
            return;
        }
        let window = view.lines(at.start, 1, 1);
        let near = view.text[window.clone()].to_ascii_lowercase();
        let taken = TAKEN.iter().any(|word| memchr::memmem::find(&near, word.as_bytes()).is_some());
        let hit = match (post, taken) {
            (true, true) => Hit::new(rule, span, Severity::Medium).note(version(&near)),
            (true, false) => Hit::new(rule, span, Severity::Low)
                .note("no word says that code was taken from there"),
            (false, true) => Hit::new(rule, span, Severity::Medium)
                .note("a gist or pen is under the licence that it states itself, or under none"),
            (false, false) => return,
        };
        sink.push(hit.resting_on(evidence::said_in(&comments(view, window, &line)).as_bytes()));
    }
}

/// Returns what the comments of the lines in `window` say; of the others only `line` has one.
fn comments(view: &View<'_>, window: Range<usize>, line: &Range<usize>) -> Vec<u8> {
    let own = &view.text[line.clone()];
    let marks: [&[u8]; 5] = [b"#", b"//", b"/*", b"--", b";"];
    let at = marks.iter().filter_map(|mark| memchr::memmem::find(own, mark)).min();
    let is_own = |text: &[u8]| std::ptr::eq(text, own);
    let lines = view.text[window].split(|byte| *byte == b'\n').filter_map(|text| {
        if head::is_comment(text) {
            return Some(text);
        }
        is_own(text).then(|| &text[at.unwrap_or(0)..])
    });
    lines.collect::<Vec<_>>().join(&b'\n')
}

/// Returns the address around the name of a site, and whether it is a post.
fn address(text: &[u8], at: &Range<usize>) -> Option<(Range<usize>, bool)> {
    let end = text[at.end..]
        .iter()
        .take(LONG)
        .position(|byte| byte.is_ascii_whitespace() || b"\"'<>)]}`,;\\".contains(byte));
    let end = end.map_or(text.len().min(at.end + LONG), |i| at.end + i);
    // A full stop ends the sentence and not the address.
    let more = text[at.end..end].iter().rev().take_while(|byte| b".:!?*".contains(byte)).count();
    let end = end - more;
    let start = text[at.start.saturating_sub(40)..at.start]
        .iter()
        .rposition(|byte| byte.is_ascii_whitespace() || b"\"'<>()[]{}`,;|=".contains(byte))
        .map_or(at.start.saturating_sub(40), |i| at.start.saturating_sub(40) + i + 1);
    let site = text[at.clone()].to_ascii_lowercase();
    let site = site.strip_suffix(b"/").unwrap_or(&site);
    let rest = text[at.end..end].strip_prefix(b"/").unwrap_or(&text[at.end..end]);
    let mut parts = rest.split(|byte| *byte == b'/');
    let (first, second) = (parts.next()?, parts.next().unwrap_or_default());
    let digits = |part: &[u8]| part.first().is_some_and(u8::is_ascii_digit);
    let post = POSTS.iter().any(|name| name.as_bytes() == site);
    let fits = if post {
        matches!(first, b"a" | b"q" | b"questions" | b"answers") && digits(second)
    } else if site == b"gist.github.com" {
        second.len() >= 7 && second.iter().take(7).all(u8::is_ascii_hexdigit)
            || digits(first) && first.len() > 4
    } else {
        site == b"codepen.io" && second == b"pen"
    };
    fits.then_some((start..end, post))
}

/// Returns whether `at` stands in a comment of several lines, or in a docstring, also below the
/// head of the file.
fn in_block(view: &View<'_>, at: usize) -> bool {
    let quoted = at.checked_sub(1).is_some_and(|i| b"\"'`".contains(&view.text[i]));
    if quoted || matches!(view.kind, FileKind::Prose | FileKind::Other) {
        return false;
    }
    if head::comment_around(view, at).is_some() {
        return true;
    }
    let before = &view.text[..at];
    view.facts.extension == "py"
        && ["\"\"\"", "'''"].iter().any(|quotes| {
            let opened: Vec<usize> = memchr::memmem::find_iter(before, quotes.as_bytes()).collect();
            // A string that is assigned or passed is no docstring.
            let alone = |from: usize| before[view.line(from).start..from].trim_ascii().is_empty();
            opened.len() % 2 == 1 && opened.last().is_some_and(|from| alone(*from))
        })
}

/// Returns whether a comment has begun before `at`.
fn in_comment(line: &[u8], at: usize) -> bool {
    let before = &line[..at];
    if head::is_comment(line) || before.trim_ascii().starts_with(b"\"\"\"") {
        return true;
    }
    let marks: [&[u8]; 7] = [b"# ", b"// ", b"/*", b"-- ", b"; ", b"<!--", b"//"];
    marks.iter().any(|mark| {
        memchr::memmem::find(before, mark).is_some_and(|found| {
            // What stands between quotes is a string.
            let quotes =
                |quote: u8| memchr::memchr_iter(quote, &before[..found]).count().is_multiple_of(2);
            // `https://` is no comment.
            let scheme = *mark == b"//" && found > 0 && before[found - 1] == b':';
            !scheme && quotes(b'"') && quotes(b'\'')
        })
    })
}

/// Returns which version holds for a post, if a date stands beside it.
fn version(near: &[u8]) -> String {
    let date = near.windows(10).find_map(|part| {
        let digits = |range: Range<usize>| {
            std::str::from_utf8(&part[range])
                .ok()
                .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?
                .parse::<u32>()
                .ok()
        };
        let dashes = part[4] == b'-' && part[7] == b'-';
        let date = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        (dashes && (2008..2100).contains(&date.0)).then_some(date)
    });
    let version = match date {
        Some(date) if date < (2011, 4, 8) => "2.5",
        Some(date) if date < (2018, 5, 2) => "3.0",
        Some(_) => "4.0",
        None => return "CC BY-SA 2.5, 3.0 or 4.0, by the date of the post".to_owned(),
    };
    format!("CC BY-SA {version}, if the date beside it is that of the post")
}
