// SPDX-License-Identifier: MIT OR Apache-2.0
//! The vocabulary of names.

use std::ops::Range;

use super::Promise;

/// A longer name is no name.
const LONGEST: usize = 64;

/// Parts that say: this is about a secret, but is not one.
const NEGATING: &[&str] = &[
    "ask",
    "dont",
    "mgr",
    "no",
    "nopasswd",
    "nopassword",
    "realm",
    "require",
    "skip",
    "use",
    "with",
    "without",
    "algorithm",
    "alg",
    "age",
    "arg",
    "args",
    "arn",
    "attempts",
    "author",
    "backend",
    "bool",
    "bypass",
    "cache",
    "change",
    "chars",
    "check",
    "class",
    "column",
    "compass",
    "complexity",
    "confirm",
    "confirmation",
    "config",
    "count",
    "create",
    "css",
    "delete",
    "digest",
    "disable",
    "disabled",
    "doc",
    "docs",
    "dir",
    "enable",
    "enabled",
    "encrypted",
    "endpoint",
    "error",
    "exists",
    "expired",
    "expires",
    "expiration",
    "expiry",
    "factory",
    "field",
    "file",
    "files",
    "filename",
    "fingerprint",
    "foreign",
    "form",
    "format",
    "generate",
    "generated",
    "generator",
    "handler",
    "hash",
    "hashed",
    "header",
    "help",
    "hint",
    "i18n",
    "id",
    "ids",
    "index",
    "input",
    "instructions",
    "keyboard",
    "label",
    "len",
    "length",
    "lifetime",
    "link",
    "location",
    "lookup",
    "manager",
    "map",
    "max",
    "maximum",
    "message",
    "method",
    "min",
    "minimum",
    "mode",
    "mount",
    "msg",
    "name",
    "names",
    "namespace",
    "number",
    "object",
    "param",
    "parameter",
    "partition",
    "path",
    "paths",
    "pattern",
    "permissions",
    "placeholder",
    "policy",
    "prefix",
    "primary",
    "prompt",
    "provider",
    "pub",
    "public",
    "publishable",
    "ref",
    "regex",
    "required",
    "reset",
    "rotation",
    "row",
    "secretary",
    "size",
    "sort",
    "store",
    "suffix",
    "text",
    "timeout",
    "title",
    "tokenizer",
    "ttl",
    "type",
    "types",
    "update",
    "uri",
    "url",
    "urls",
    "usage",
    "valid",
    "validate",
    "validation",
    "validator",
    "version",
    "view",
    "visible",
    "warning",
    "strength",
    "strategy",
    "status",
    "schema",
    "spec",
    "role",
    "reuse",
];

/// What must stand before `key` for it to be a secret one.
const KEY_KINDS: &[&str] = &[
    "api",
    "access",
    "private",
    "secret",
    "signing",
    "encryption",
    "auth",
    "shared",
    "master",
    "account",
    "license",
    "licence",
    "session",
    "storage",
    "app",
    "service",
];

/// Names written in one word.
const ONE_WORD: &[&str] = &[
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "authkey",
    "signingkey",
    "encryptionkey",
    "licensekey",
    "sharedkey",
    "masterkey",
    "authtoken",
    "accesstoken",
    "clientsecret",
];

/// Returns the name around the keyword at `at`.
pub(super) fn around(text: &[u8], at: &Range<usize>) -> Option<Range<usize>> {
    let part = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_' || **b == b'-';
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
    let is = |part: &str, words: &[&str]| words.contains(&part);
    if parts.iter().any(|part| is(part, NEGATING)) {
        return None;
    }
    let last = parts.last()?.as_str();
    let password = parts.iter().any(|part| {
        is(part, &["passwd", "password", "pwd", "passphrase", "passcode", "mdp", "passwort"])
            || part.ends_with("password")
            || part.ends_with("passwd")
    });
    // `proxy_pass` and its kin hand a request on.
    let hands_on = ["proxy", "uwsgi", "fastcgi", "scgi", "grpc", "memcached"];
    if last == "pass" && parts.iter().any(|part| is(part, &hands_on)) {
        return None;
    }
    if password || last == "pass" || last.len() > 4 && last.ends_with("pass") && !is_word(last) {
        return Some(Promise::Password);
    }
    let key = parts.windows(2).any(|pair| is(&pair[0], KEY_KINDS) && pair[1] == "key");
    let secret = key
        || parts
            .iter()
            .any(|part| is(part, ONE_WORD) || is(part, &["secret", "token", "credential"]))
        || last.ends_with("token")
        || last.ends_with("secret")
        || last.ends_with("apikey");
    secret.then_some(Promise::Secret)
}

fn is_word(part: &str) -> bool {
    ["trespass", "surpass", "overpass", "underpass", "encompass"].contains(&part)
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
        for name in ["client_secret", "API_KEY", "authToken", "private-key", "githubtoken"] {
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
        ] {
            assert_eq!(promise(name.as_bytes()), None, "{name}");
        }
    }
}
