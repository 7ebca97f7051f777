// SPDX-License-Identifier: MIT OR Apache-2.0
//! Code that was taken from where people answer each other's questions.

use std::ops::Range;

use super::head;
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
        Reach::lines(1, 1)
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
        if span.start < line.start || !in_comment(&view.text[line.clone()], span.start - line.start)
        {
            return;
        }
        if sink.last().is_some_and(|hit| hit.span.end > span.start) {
            return;
        }
        let near = view.text[view.lines(at.start, 1, 1)].to_ascii_lowercase();
        let taken = TAKEN.iter().any(|word| memchr::memmem::find(&near, word.as_bytes()).is_some());
        let hit = match (post, taken) {
            (true, true) => Hit::new(rule, span, Severity::Medium).note(version(&near)),
            (true, false) => Hit::new(rule, span, Severity::Low)
                .note("no word says that code was taken from there"),
            (false, true) => Hit::new(rule, span, Severity::Medium)
                .note("a gist or pen is under the licence that it states itself, or under none"),
            (false, false) => return,
        };
        sink.push(hit);
    }
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
