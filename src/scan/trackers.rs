// SPDX-License-Identifier: MIT OR Apache-2.0
//! How tickets are written that are a number: `T123456`, `RT #6366`, `bug 4711`.

use std::ops::Range;

use crate::domain::Tracker;

/// Words on a line that make the bug one of somebody else's.
const ELSEWHERE: &[&[u8]] = &[
    b"debian",
    b"ubuntu",
    b"launchpad",
    b"jquery",
    b"python",
    b"webkit",
    b"mozilla",
    b"chrom",
    b"gnome",
    b"kernel",
    b"mysql",
    b"php",
    b"apache",
    b"upstream",
    b"gcc",
    b"java",
    b"firefox",
    b"redhat",
    b"openjdk",
    b"postgres",
    b"percona",
    b"openstack",
    b"://bugs",
];

/// Words before a number, each with the fewest and the most digits that follow.
fn forms(tracker: Tracker) -> (&'static [&'static str], usize, usize) {
    match tracker {
        Tracker::Task => (&["T"], 4, 7),
        Tracker::Bug => (&["bug"], 3, 8),
        Tracker::Rt => (&["rt"], 3, 7),
        Tracker::Rhbz => (&["rhbz", "bz"], 5, 8),
        Tracker::Ticket => (&["ticket", "tickets"], 2, 7),
        Tracker::Story => (&["["], 7, 9),
    }
}

/// Returns the ticket of `tracker` that begins at `at`.
pub(super) fn number_at(text: &[u8], at: usize, tracker: Tracker) -> Option<Range<usize>> {
    let (heads, least, most) = forms(tracker);
    let byte = |i: usize| text.get(i).copied().unwrap_or(b'\n');
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if at > 0 && (is_word(byte(at - 1)) || matches!(byte(at - 1), b'-' | b'.' | b'+')) {
        return None;
    }
    let start = |head: &&str| {
        let found = text.get(at..at + head.len())?;
        let exact = tracker == Tracker::Task;
        let same = if exact {
            found == head.as_bytes()
        } else {
            found.eq_ignore_ascii_case(head.as_bytes())
        };
        same.then_some(at + head.len()).and_then(|end| first_digit(text, end, tracker))
    };
    let start = heads.iter().find_map(start)?;
    let digits = (start..).take_while(|i| byte(*i).is_ascii_digit()).count();
    let mut end = start + digits;
    let next = byte(end);
    let joined = is_word(next)
        || matches!(next, b'.' | b'-' | b':') && byte(end + 1).is_ascii_digit()
        || byte(start) == b'0';
    if !(least..=most).contains(&digits) || joined {
        return None;
    }
    if tracker == Tracker::Story {
        if next != b']' {
            return None;
        }
        end += 1;
    }
    Some(at..end)
}

/// Where the number starts behind its word, which may be followed by a sign.
fn first_digit(text: &[u8], end: usize, tracker: Tracker) -> Option<usize> {
    let rest = &text[end.min(text.len())..];
    let skip = |marks: &[u8], most: usize| {
        rest.iter().take(most).take_while(|b| marks.contains(b)).count()
    };
    let gap = match tracker {
        Tracker::Task => 0,
        Tracker::Story if rest.first() == Some(&b'#') => 1,
        Tracker::Story => return None,
        _ => skip(b" #:-", 3),
    };
    let bare = gap == 0 && tracker != Tracker::Task && tracker != Tracker::Rhbz;
    let digit = rest.get(gap).is_some_and(u8::is_ascii_digit);
    (digit && !bare).then_some(end + gap)
}

/// Whether the line, in lower case, says whose bug it is, and that is not ours.
pub(super) fn is_elsewhere(line: &[u8]) -> bool {
    ELSEWHERE.iter().any(|word| memchr::memmem::find(line, word).is_some())
}

/// Words that the numbers of `tracker` begin with, in lower case, of three bytes or more.
pub(super) fn keywords(tracker: Tracker) -> Vec<String> {
    let words: &[&str] = match tracker {
        Tracker::Task => return (10..=99).map(|digits| format!("t{digits}")).collect(),
        Tracker::Story => return (1..=9).map(|digit| format!("[#{digit}")).collect(),
        Tracker::Bug => &["bug ", "bug:", "bug#"],
        Tracker::Rt => &["rt #", "rt#", "rt:", "rt ", "rt-"],
        Tracker::Rhbz => &["rhbz", "bz#", "bz "],
        Tracker::Ticket => &["ticket ", "ticket:", "ticket#", "tickets "],
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::number_at;
    use crate::domain::Tracker;

    #[test]
    fn numbers_in_the_forms_of_trackers() {
        let at = |text: &str, tracker| {
            let all = (0..text.len()).find_map(|at| number_at(text.as_bytes(), at, tracker));
            all.map(|span| text[span].to_owned())
        };
        assert_eq!(at("see T48213.", Tracker::Task).as_deref(), Some("T48213"));
        for text in ["AT48213", "T482", "t48213", "T48213x", "T2024-01", "T0123456"] {
            assert_eq!(at(text, Tracker::Task), None, "{text}");
        }
        assert_eq!(at("RT #6366: x", Tracker::Rt).as_deref(), Some("RT #6366"));
        assert_eq!(at("part 6366", Tracker::Rt), None);
        assert_eq!(at("for bug 4711", Tracker::Bug).as_deref(), Some("bug 4711"));
        assert_eq!(at("debug 4711", Tracker::Bug), None);
        assert_eq!(at("[#45048111] x", Tracker::Story).as_deref(), Some("[#45048111]"));
        assert_eq!(at("rhbz#1234567", Tracker::Rhbz).as_deref(), Some("rhbz#1234567"));
    }
}
