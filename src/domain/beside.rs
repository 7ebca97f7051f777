// SPDX-License-Identifier: MIT OR Apache-2.0
//! Who signs in where with a secret, by what stands beside it: in the same address, the same map,
//! the same section or the same line.
//!
//! This is read off the text when it is shown, and kept nowhere: names of machines and people are
//! no business of a cache or a report.

use std::ops::Range;

/// Lines above and below that may belong to the same map.
const LINES: usize = 8;
/// Of a line no more is looked at to each side: this is asked for each picture of the screen.
const FAR: usize = 2048;
/// A longer value is no name.
const LONGEST: usize = 80;
const USERS: &[&str] = &["username", "user_name", "userid", "user", "login", "uid"];
const HOSTS: &[&str] =
    &["hostname", "host", "server", "machine", "endpoint", "base_url", "url", "domain"];
/// Ends of names of secrets, the longer first.
const SECRETS: &[&str] = &[
    "access_token",
    "auth_token",
    "api_token",
    "secret_key",
    "access_key",
    "passphrase",
    "password",
    "api_key",
    "apikey",
    "passwd",
    "secret",
    "token",
    "pass",
    "pwd",
    "key",
    "pw",
];

/// The user and the host that go with a secret, as bytes of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Who signs in.
    pub user: Option<Range<usize>>,
    /// Where.
    pub host: Option<Range<usize>>,
}

/// Returns who signs in where with the secret at `span`.
#[must_use]
pub fn beside(text: &[u8], span: &Range<usize>) -> Beside {
    if text.get(span.clone()).is_none() {
        return Beside::default();
    }
    if let Some(found) = in_address(text, span) {
        return found;
    }
    let line = line_of(text, span.start);
    let own = name_before(text, line.start, span.start).map(|name| stem(&name, SECRETS));
    let stem = own.flatten().unwrap_or_default();
    let mut out = Beside::default();
    for part in parts(text, &line, span) {
        for (slot, names) in [(&mut out.user, USERS), (&mut out.host, HOSTS)] {
            if slot.is_none() {
                *slot = value_of(text, &part, names, &stem, span);
            }
        }
    }
    out
}

/// `scheme://user:SECRET@host`
fn in_address(text: &[u8], span: &Range<usize>) -> Option<Beside> {
    let line = line_of(text, span.start);
    let head = text[line.start..span.start].strip_suffix(b":")?;
    let start = head.windows(3).rposition(|sign| sign == b"://")? + 3;
    let user = line.start + start..line.start + head.len();
    if text.get(span.end) != Some(&b'@') || text[user.clone()].iter().any(u8::is_ascii_whitespace) {
        return None;
    }
    let part = |b: &&u8| b.is_ascii_alphanumeric() || b".-_".contains(b);
    let len = text[span.end + 1..].iter().take(LONGEST + 1).take_while(part).count();
    let some = |range: Range<usize>| is_name(&text[range.clone()]).then_some(range);
    Some(Beside { user: some(user), host: some(span.end + 1..span.end + 1 + len) })
}

/// Returns the parts of the text that belong to the same map as the secret, the nearest first:
/// its line up to the brackets around it, and lines that are indented like it.
fn parts(text: &[u8], line: &Range<usize>, span: &Range<usize>) -> Vec<Range<usize>> {
    let before = &text[line.start..span.start];
    let after = &text[span.end..line.end.max(span.end)];
    let entry = before.windows(8).rposition(|word| word == b"machine ");
    let open = before.iter().rposition(|b| *b == b'{').map(|at| at + 1).max(entry);
    let close = after.iter().position(|b| *b == b'}');
    let start = line.start + open.unwrap_or(0);
    let mut out = Vec::new();
    out.push(start..close.map_or(line.end, |at| span.end + at));
    if open.is_some() && entry.is_none() {
        return out;
    }
    let depth = indent(&text[line.clone()]);
    let mut up = line.start;
    for _ in 0..LINES {
        let Some(end) = up.checked_sub(1).filter(|end| text[*end] == b'\n') else { break };
        let next = line_of(text, end);
        up = next.start;
        let above = &text[next.clone()];
        let starts = above.trim_ascii_start().starts_with(b"machine ");
        if ends(above, depth) && !starts {
            break;
        }
        out.extend((starts || indent(above) == depth).then(|| next.clone()));
        // The first line of an item of a list belongs to it, and what is above does not.
        if starts || above.trim_ascii_start().starts_with(b"- ") {
            break;
        }
    }
    let mut down = line.end + 1;
    for _ in 0..LINES {
        if down >= text.len() || text[down - 1] != b'\n' {
            break;
        }
        let next = line_of(text, down);
        down = next.end + 1;
        let below = &text[next.clone()];
        let word = below.trim_ascii_start();
        if ends(below, depth) || word.starts_with(b"- ") || word.starts_with(b"machine ") {
            break;
        }
        out.extend((indent(below) == depth).then_some(next));
    }
    out
}

/// Whether a map that is indented so ends with the line.
fn ends(line: &[u8], depth: usize) -> bool {
    let word = line.trim_ascii_start();
    word.is_empty() || indent(line) < depth || word[0] == b'[' || word[0] == b'}'
}

/// Returns how far a line is indented; what marks an item of a list counts as blanks.
fn indent(line: &[u8]) -> usize {
    let blank = line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    blank + if line[blank..].starts_with(b"- ") { 2 } else { 0 }
}

/// Returns the value of a name that ends like one of `names` and begins like that of the secret.
fn value_of(
    text: &[u8],
    part: &Range<usize>,
    names: &[&str],
    wanted: &str,
    secret: &Range<usize>,
) -> Option<Range<usize>> {
    let mut at = part.start;
    while at < part.end {
        let len = text[at..part.end].iter().take_while(|b| is_word(**b)).count();
        if len == 0 {
            at += 1;
            continue;
        }
        let name = String::from_utf8_lossy(&text[at..at + len]).to_ascii_lowercase();
        at += len;
        if secret.contains(&(at - 1)) || stem(&name, names).as_deref() != Some(wanted) {
            continue;
        }
        let bare = matches!(name.as_str(), "machine" | "login");
        // A token may be the name that somebody signs in with.
        let own = |value: &Range<usize>| value.start < secret.end && secret.start < value.end;
        if let Some(value) = value_at(text, at, part.end, bare).filter(|value| !own(value)) {
            return Some(value);
        }
    }
    None
}

/// Returns the value behind a name that ends at `at`; some names need no sign between.
fn value_at(text: &[u8], mut at: usize, end: usize, bare: bool) -> Option<Range<usize>> {
    let skip = |at: &mut usize, signs: &[u8]| {
        while *at < end && signs.contains(&text[*at]) {
            *at += 1;
        }
    };
    skip(&mut at, b"\"'] \t");
    let glue = at;
    skip(&mut at, b":=>");
    if at == glue && !bare {
        return None;
    }
    skip(&mut at, b" \t\"'");
    let stop = |b: &&u8| !b.is_ascii_whitespace() && !b"\"',;<>}&".contains(b);
    let len = text[at..end].iter().take_while(stop).count();
    is_name(&text[at..at + len]).then_some(at..at + len)
}

/// Whether a value names somebody or something, and is no reference.
fn is_name(value: &[u8]) -> bool {
    (1..=LONGEST).contains(&value.len())
        && value.iter().all(u8::is_ascii_graphic)
        && !b"$%{(<[*&!@#".contains(&value[0])
}

/// Returns what a name says before one of `ends`: `db` of `DB_USER`.
fn stem(name: &str, ends: &[&str]) -> Option<String> {
    let name = name.replace('-', "_");
    let stem = ends.iter().find_map(|end| name.strip_suffix(end))?;
    Some(stem.trim_end_matches('_').to_owned())
}

/// Returns the last word before `at`, in small letters.
fn name_before(text: &[u8], start: usize, at: usize) -> Option<String> {
    let head = &text[start..at];
    let end = head.iter().rposition(|b| is_word(*b))? + 1;
    let len = head[..end].iter().rev().take_while(|b| is_word(**b)).count();
    Some(String::from_utf8_lossy(&head[end - len..end]).to_ascii_lowercase())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Returns the line that holds `at`, without its LF, or what is close on one as long as a file.
fn line_of(text: &[u8], at: usize) -> Range<usize> {
    let (low, high) = (at.saturating_sub(FAR), text.len().min(at + FAR));
    let start = memchr::memrchr(b'\n', &text[low..at]).map_or(low, |i| low + i + 1);
    let end = memchr::memchr(b'\n', &text[at..high]).map_or(high, |i| at + i);
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::beside;

    /// Returns user and host beside `PW`.
    fn of(text: &str) -> (Option<&str>, Option<&str>) {
        let start = text.find("PW").expect("a secret");
        let found = beside(text.as_bytes(), &(start..start + 2));
        (found.user.map(|range| &text[range]), found.host.map(|range| &text[range]))
    }

    #[test]
    fn the_same_address_map_section_or_line() {
        let both = (Some("deploy"), Some("db1.acme.io"));
        for text in [
            "url: postgres://deploy:PW@db1.acme.io:5432/app",
            "db:\n  host: db1.acme.io\n  user: deploy\n  port: 1\n  password: PW\nuser: other",
            "{\"user\":\"deploy\",\"host\":\"db1.acme.io\",\"password\":\"PW\"},{\"user\":\"x\"}",
            "DB_HOST=db1.acme.io\nDB_USER=deploy\nDB_PASSWORD=PW\nSMTP_USER=mail",
            "SMTP_USER=mail\nDB_PASSWORD=PW\nDB_USER=deploy\nDB_HOST=db1.acme.io",
            "[client]\nuser = deploy\npassword = PW\nhost = \"db1.acme.io\"\n[x]\nuser = y",
            "machine db1.acme.io\n  login deploy\n  password PW\nmachine other login x",
            "machine a login x password y\nmachine db1.acme.io login deploy password PW",
            "Server=db1.acme.io;User=deploy;Password=PW;",
            "- user: other\n  password: x\n- user: deploy\n  host: db1.acme.io\n  password: PW\n- user: y",
            "<Host>db1.acme.io</Host>\n<User>deploy</User>\n<Pass>PW</Pass>",
        ] {
            assert_eq!(of(text), both, "{text}");
        }
    }

    #[test]
    fn what_belongs_to_another_secret_is_left_alone() {
        for text in [
            "password: PW",
            "user: other\n\npassword: PW",
            "user: other\ndb:\n  password: PW",
            "FTP_USER=x\nDB_PASSWORD=PW",
            "db:\n  user: ${USER}\n  password: PW",
            "{\"a\":{\"user\":\"x\"},\"b\":{\"password\":\"PW\"}}",
            "https://acme.io/?user PW",
            "login: PW",
        ] {
            assert_eq!(of(text), (None, None), "{text}");
        }
    }

    #[test]
    fn a_line_as_long_as_a_file_is_read_where_the_secret_stands() {
        let far = "x".repeat(4000);
        let text = format!("user: far, {far} user: near, password: PW, {far} host: h");
        assert_eq!(of(&text), (Some("near"), None));
    }

    proptest! {
        #[test]
        fn never_panics(text in prop::collection::vec(any::<u8>(), 0..200), at in any::<(usize, usize)>()) {
            let start = at.0 % (text.len() + 1);
            let end = start + at.1 % (text.len() - start + 1);
            let found = beside(&text, &(start..end));
            for range in [found.user, found.host].into_iter().flatten() {
                prop_assert!(range.end <= text.len());
            }
        }
    }
}
