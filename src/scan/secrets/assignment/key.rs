// SPDX-License-Identifier: MIT OR Apache-2.0
//! The vocabulary of names.

use std::ops::Range;

use super::{
    Promise,
    words::{
        ABOUT, ELSE, KEY_KINDS, KEYS, NOT_ONE, ONE_WORD, PASS_OF, PASSING, PASSWORDS, SECRETS,
    },
};

/// A longer name is no name.
const LONGEST: usize = 100;

/// Returns the name around the keyword at `at`.
pub(super) fn around(text: &[u8], at: &Range<usize>) -> Option<Range<usize>> {
    let part = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_' || **b == b'-';
    // A short word is looked for with the sign behind it, which is none of the name.
    let signs = text[at.clone()].iter().rev().take_while(|b| b.is_ascii() && !part(b)).count();
    let at = at.start..at.end - signs;
    let low = at.start.saturating_sub(LONGEST);
    let high = text.len().min(at.end + LONGEST);
    let before = text[low..at.start].iter().rev().take_while(part).count();
    let after = text[at.end..high].iter().take_while(part).count();
    let name = at.start - before..at.end + after;
    let path = name.start.checked_sub(1).is_some_and(|i| text[i] == b'/');
    (name.len() <= LONGEST && !path).then_some(name)
}

/// Returns what a name promises, nothing if it is not the name of a secret.
pub(super) fn promise(name: &[u8]) -> Option<Promise> {
    let parts = parts(name);
    let found = (0..parts.len()).rev().find_map(|at| Some((at, promise_of(&parts, at)?)));
    let (at, promise) = found?;
    let negated = parts[..at].iter().any(is_in(NOT_ONE))
        || parts[at + 1..].iter().any(is_in(ABOUT))
        || parts[at] == "token" && parts[..at].iter().any(is_in(PASSING))
        || parts.iter().any(is_in(ELSE))
        // `NordPass` and `hwScaleFirstPass` are a product and a run.
        || promise == Promise::Secret && parts[at] == "pass" && !ends_with_pass(name)
        // Made for web pages, and found by a rule of its own.
        || parts.windows(2).any(|two| two == ["search", "only"])
        // `X-Amz-Credential` says who has signed an address, and with what scope.
        || parts.windows(2).any(|two| two == ["amz", "credential"]);
    (!negated).then_some(promise)
}

/// Whether a sign stands before the last word, as in the names of settings.
fn ends_with_pass(name: &[u8]) -> bool {
    let head = name.len().checked_sub(5).map(|start| name[start]);
    head.is_some_and(|sign| b"_-.".contains(&sign))
}

fn is_in(words: &'static [&'static str]) -> impl Fn(&String) -> bool {
    move |part| words.contains(&part.as_str())
}

/// Returns what the part at `at` promises.
fn promise_of(parts: &[String], at: usize) -> Option<Promise> {
    let part = parts[at].as_str();
    let last = at + 1 == parts.len();
    // `proxy_pass` and its kin hand a request on; a pass of something else may be a run or a
    // product, so its value has to look like a secret.
    if last && part == "pass" {
        let hands_on = ["proxy", "uwsgi", "fastcgi", "scgi", "grpc", "memcached"];
        let handed = parts[..at].iter().any(|part| hands_on.contains(&part.as_str()));
        let of = at.checked_sub(1).is_none_or(|before| PASS_OF.contains(&parts[before].as_str()));
        let promise = if of { Promise::Password } else { Promise::Secret };
        return (!handed).then_some(promise);
    }
    let joined =
        |ends: &[&str]| ends.iter().any(|end| part.len() > end.len() && part.ends_with(end));
    if PASSWORDS.contains(&part)
        || joined(&["password", "passwd", "passphrase"])
        || part == "passe" && at > 1 && parts[at - 2] == "mot"
        || last && is_pass_of(part)
    {
        return Some(Promise::Password);
    }
    let kind = |before: &str| KEY_KINDS.contains(&before) || before.ends_with("api");
    let key = at > 0 && part == "key" && kind(&parts[at - 1]);
    let foreign = |word: &String| KEYS.contains(&word.as_str());
    let secret = key
        || KEY_KINDS.contains(&part) && at > 0 && foreign(&parts[at - 1])
        || foreign(&parts[at]) && at > 0 && kind(&parts[at - 1])
        || SECRETS.contains(&part)
        || ONE_WORD.contains(&part)
        || matches!(part, "secret" | "token" | "credential" | "credentials")
        || last
            && (matches!(part, "clave" | "pepper" | "salt")
                || joined(&["token", "secret", "apikey"]));
    secret.then_some(Promise::Secret)
}

/// Returns whether one word holds a short word for passwords, as in `dbpass`.
fn is_pass_of(part: &str) -> bool {
    ["pass", "pw"].iter().any(|end| part.strip_suffix(end).is_some_and(|of| PASS_OF.contains(&of)))
}

/// Returns what the values of a map of this name are, nothing if it is no map of secrets.
pub(super) fn promise_of_map(name: &[u8]) -> Option<Promise> {
    let parts = parts(name);
    let last = parts.last()?.as_str();
    let one = last.strip_suffix('s').unwrap_or(last);
    let before = &parts[..parts.len() - 1];
    if before.iter().any(|part| is_in(NOT_ONE)(part) || is_in(PASSING)(part))
        || parts.iter().any(is_in(ELSE))
    {
        return None;
    }
    match one {
        "password" | "passwd" | "passphrase" => Some(Promise::Password),
        "secret" | "token" | "credential" | "apikey" => Some(Promise::Secret),
        "key" if parts.len() > 1 && KEY_KINDS.contains(&parts[parts.len() - 2].as_str()) => {
            Some(Promise::Secret)
        }
        _ => None,
    }
}

/// Returns whether a name in a map of secrets says that its value is something beside them.
pub(super) fn is_about(name: &[u8]) -> bool {
    let more = [
        "branch",
        "bucket",
        "comment",
        "default",
        "description",
        "email",
        "host",
        "hostname",
        "login",
        "note",
        "notes",
        "package",
        "rev",
        "secure",
        "server",
        "tag",
        "user",
        "username",
    ];
    parts(name).iter().any(|part| ABOUT.contains(&part.as_str()) || more.contains(&part.as_str()))
}

/// Whether the name ends in a word for passwords: then its literal is one, whatever it looks like.
pub(super) fn is_exact(key: &[u8]) -> bool {
    let lower = key.to_ascii_lowercase();
    ["password", "passwd", "passphrase", "pass", "pwd", "pw"]
        .iter()
        .any(|word| lower.strip_suffix(word.as_bytes()).is_some_and(|head| !head.ends_with(b"s")))
}

/// Returns whether the name is that of a salt, which protects less than a key.
pub(super) fn is_salt(name: &[u8]) -> bool {
    parts(name).last().is_some_and(|part| part == "salt")
}

/// Returns whether the name is that of a consumer's key, which is no secret without another one.
pub(super) fn is_consumer(name: &[u8]) -> bool {
    matches!(&parts(name)[..], [.., consumer, key] if consumer == "consumer" && key == "key")
}

/// Returns whether a person may have chosen what stands under the name.
pub(super) fn is_chosen(name: &[u8]) -> bool {
    parts(name).iter().any(|part| part.ends_with("secret"))
}

/// Splits at `_`, `-`, digits and changes of case, in lower case.
fn parts(name: &[u8]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for (i, byte) in name.iter().enumerate() {
        let next_small = name.get(i + 1).is_some_and(u8::is_ascii_lowercase);
        let starts = byte.is_ascii_uppercase()
            && i > 0
            && (name[i - 1].is_ascii_lowercase() || name[i - 1].is_ascii_uppercase() && next_small);
        if !byte.is_ascii_alphabetic() {
            open = false;
            continue;
        }
        let letter = char::from(byte.to_ascii_lowercase());
        match out.last_mut().filter(|_| open && !starts) {
            Some(part) => part.push(letter),
            None => out.push(letter.to_string()),
        }
        open = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Promise, parts, promise};

    #[test]
    fn names_are_split() {
        assert_eq!(parts(b"dbPassword2_URLToken"), ["db", "password", "url", "token"]);
        assert_eq!(parts(b"AWS_SECRET"), ["aws", "secret"]);
    }

    #[test]
    fn names_promise() {
        for name in ["db_password", "ansible_ssh_pass", "mysqlRootPassword", "dbpassword", "PASSWD"]
        {
            assert_eq!(promise(name.as_bytes()), Some(Promise::Password), "{name}");
        }
        for name in [
            "client_secret",
            "API_KEY",
            "authToken",
            "private-key",
            "githubtoken",
            "ELASTIC_SEARCH_API_KEY",
        ] {
            assert_eq!(promise(name.as_bytes()), Some(Promise::Secret), "{name}");
        }
        for name in [
            "password_file",
            "secretName",
            "token_url",
            "max_tokens",
            "bypass",
            "compass",
            "public_key",
            "passing",
            "password_hash",
            "keyboard",
            "tokenizer",
            "cache_key",
            "searchOnlyApiKey",
        ] {
            assert_eq!(promise(name.as_bytes()), None, "{name}");
        }
    }
}
