// SPDX-License-Identifier: MIT OR Apache-2.0
//! Mail addresses of people, apart from those of roles and of authors.

use std::ops::Range;

use memchr::memmem;

/// Local parts that stand for a role or a sample, not a person.
const ROLES: &[&str] = &[
    "admin",
    "administrator",
    "alice",
    "anonymous",
    "bob",
    "contact",
    "email",
    "example",
    "fake",
    "first.last",
    "firstname.lastname",
    "foo",
    "foobar",
    "git",
    "hello",
    "help",
    "info",
    "jane",
    "jane.doe",
    "janedoe",
    "joe",
    "john",
    "john.doe",
    "johndoe",
    "mail",
    "me",
    "my",
    "name",
    "no-reply",
    "nobody",
    "noreply",
    "root",
    "sales",
    "security",
    "someone",
    "support",
    "test",
    "user",
    "username",
    "you",
    "your",
    "xyz",
];

/// Words of lines that credit somebody, which must stay as they are.
const CREDITS: &[&str] = &[
    "author",
    "copyright",
    "(c)",
    "maintain",
    "contribut",
    "signed-off-by",
    "reported",
    "credit",
    "thanks",
    "written by",
    "co-authored-by",
    "reviewed-by",
    "acked-by",
    "tested-by",
    "suggested-by",
    "packager",
    "uploader",
    "committer",
    "translator",
    "translation",
    "invented by",
    "developed by",
    "created by",
    "patch by",
];

pub(in crate::scan) fn is_personal(text: &[u8], span: &Range<usize>) -> bool {
    let value = &text[span.clone()];
    let Some(at) = memchr::memchr(b'@', value) else { return false };
    let local = String::from_utf8_lossy(&value[..at]).to_ascii_lowercase();
    let plain = local.trim_end_matches(|c: char| c.is_ascii_digit());
    let sample = ROLES.contains(&plain) || plain.starts_with("your") || plain.contains("example");
    !sample && local.len() > 1 && !is_credit(text, span.start)
}

/// Looks at the line and the two above it: lists of authors span lines.
fn is_credit(text: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(400);
    let start = memchr::memrchr_iter(b'\n', &text[from..at]).nth(2).map_or(from, |i| from + i);
    let end = memchr::memchr(b'\n', &text[at..text.len().min(at + 200)]).map_or(at, |i| at + i);
    let lower = text[start..end].to_ascii_lowercase();
    CREDITS.iter().any(|word| memmem::find(&lower, word.as_bytes()).is_some())
        || is_changelog(&text[start..end])
}

/// Whether one of the lines is as changelogs of Debian and of spec files sign theirs.
fn is_changelog(lines: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    lines.split(|b| *b == b'\n').any(|line| {
        line.starts_with(b" -- ")
            || line
                .strip_prefix(b"* ")
                .is_some_and(|rest| DAYS.iter().any(|day| rest.starts_with(day)))
    })
}

#[cfg(test)]
mod tests {
    use super::is_personal;

    #[test]
    fn people_and_roles() {
        let is = |text: &str| {
            let start = text.find('<').map_or(0, |i| i + 1);
            let end = text.find('>').unwrap_or(text.len());
            is_personal(text.as_bytes(), &(start..end))
        };
        assert!(is("alpha.beta@gmail.com") && is("mail <alpha.b@gmail.com> today"));
        for text in ["info@gmail.com", "john.doe2@gmail.com", "Author: E <alpha.b@gmail.com>"] {
            assert!(!is(text), "{text}");
        }
    }
}
