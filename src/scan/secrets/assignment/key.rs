// SPDX-License-Identifier: MIT OR Apache-2.0
//! The vocabulary of names.

use std::ops::Range;

use super::Promise;

/// A longer name is no name.
const LONGEST: usize = 64;

/// Parts that say, behind the word for a secret: this is about one, but is none.
const ABOUT: &[&str] = &[
    "age",
    "alg",
    "algorithm",
    "arg",
    "args",
    "arn",
    "array",
    "attempts",
    "backend",
    "bool",
    "box",
    "budget",
    "button",
    "bypass",
    "bytes",
    "cache",
    "callback",
    "challenge",
    "change",
    "char",
    "chars",
    "check",
    "class",
    "column",
    "complexity",
    "config",
    "confirm",
    "confirmation",
    "controller",
    "cost",
    "count",
    "create",
    "css",
    "delete",
    "dict",
    "digest",
    "dir",
    "disable",
    "disabled",
    "doc",
    "docs",
    "enable",
    "enabled",
    "encoder",
    "encoding",
    "encrypted",
    "encrypter",
    "encryption",
    "endpoint",
    "env",
    "error",
    "exists",
    "exp",
    "expect",
    "expected",
    "expiration",
    "expire",
    "expired",
    "expires",
    "expiry",
    "factory",
    "field",
    "file",
    "filename",
    "files",
    "fingerprint",
    "fn",
    "form",
    "format",
    "func",
    "generate",
    "generated",
    "generator",
    "getter",
    "handler",
    "hash",
    "hashed",
    "hasher",
    "hashes",
    "header",
    "help",
    "hint",
    "id",
    "ids",
    "index",
    "input",
    "instructions",
    "kind",
    "label",
    "len",
    "length",
    "lifetime",
    "limit",
    "link",
    "list",
    "location",
    "lookup",
    "manager",
    "map",
    "max",
    "maximum",
    "message",
    "method",
    "mgr",
    "min",
    "minimum",
    "mode",
    "module",
    "mount",
    "msg",
    "name",
    "names",
    "namespace",
    "number",
    "object",
    "page",
    "pair",
    "param",
    "parameter",
    "path",
    "paths",
    "pattern",
    "permissions",
    "placeholder",
    "plugin",
    "policy",
    "prefix",
    "price",
    "prompt",
    "protected",
    "protection",
    "provider",
    "reader",
    "realm",
    "ref",
    "regex",
    "request",
    "required",
    "reset",
    "resolver",
    "response",
    "reuse",
    "role",
    "rotation",
    "row",
    "rule",
    "rules",
    "schema",
    "scope",
    "scopes",
    "screen",
    "set",
    "setter",
    "sha",
    "size",
    "source",
    "spec",
    "state",
    "status",
    "store",
    "strategy",
    "stream",
    "strength",
    "suffix",
    "symbol",
    "table",
    "test",
    "tests",
    "text",
    "timeout",
    "title",
    "ttl",
    "type",
    "types",
    "update",
    "uri",
    "url",
    "urls",
    "usage",
    "uuid",
    "valid",
    "validate",
    "validation",
    "validator",
    "var",
    "version",
    "view",
    "visible",
    "warning",
    "window",
    "writer",
];

/// Parts that say so before it.
const NOT_ONE: &[&str] = &[
    "allow",
    "any",
    "ask",
    "authenticate",
    "bypass",
    "bytes",
    "change",
    "check",
    "clear",
    "compare",
    "confirm",
    "confirmation",
    "create",
    "delete",
    "disable",
    "disabled",
    "dont",
    "empty",
    "enable",
    "enabled",
    "encode",
    "encoded",
    "encrypt",
    "encrypted",
    "force",
    "forgot",
    "generate",
    "generated",
    "get",
    "handle",
    "has",
    "hashed",
    "hide",
    "incorrect",
    "input",
    "invalid",
    "is",
    "lost",
    "make",
    "max",
    "maximum",
    "min",
    "minimum",
    "mismatch",
    "missing",
    "need",
    "no",
    "parse",
    "placeholder",
    "policy",
    "print",
    "prompt",
    "pub",
    "public",
    "publishable",
    "pwned",
    "random",
    "read",
    "redact",
    "remember",
    "require",
    "required",
    "reset",
    "rotate",
    "sanitize",
    "send",
    "show",
    "skip",
    "strip",
    "unknown",
    "unset",
    "update",
    "use",
    "uses",
    "using",
    "valid",
    "validate",
    "verify",
    "weak",
    "with",
    "without",
    "wrong",
];

/// What stands before `token` where it is none of a person or program: it is drawn for one page
/// or one answer.
const PASSING: &[&str] = &[
    "authenticity",
    "cancel",
    "cancellation",
    "continuation",
    "csrf",
    "next",
    "nonce",
    "page",
    "sync",
    "xsrf",
];

/// Names, whatever stands in them, that are about something else.
const ELSE: &[&str] = &["compass", "keyboard", "nopasswd", "nopassword", "secretary", "tokenizer"];

/// What must stand before `key` for it to be a secret one.
const KEY_KINDS: &[&str] = &[
    "access",
    "account",
    "admin",
    "aes",
    "api",
    "app",
    "application",
    "auth",
    "authentication",
    "cipher",
    "consumer",
    "cookie",
    "crypt",
    "crypto",
    "deploy",
    "deployment",
    "encrypt",
    "encryption",
    "fernet",
    "hash",
    "hmac",
    "integration",
    "jwt",
    "licence",
    "license",
    "master",
    "private",
    "read",
    "salt",
    "sas",
    "secret",
    "security",
    "server",
    "service",
    "session",
    "shared",
    "sign",
    "signing",
    "storage",
    "subscription",
    "webhook",
    "write",
];

/// Names written in one word.
const ONE_WORD: &[&str] = &[
    "accesskey",
    "accesstoken",
    "accountkey",
    "apikey",
    "appkey",
    "authkey",
    "authtoken",
    "cipherkey",
    "clientsecret",
    "consumerkey",
    "cryptkey",
    "deploykey",
    "encryptionkey",
    "hmackey",
    "licensekey",
    "masterkey",
    "privatekey",
    "secretkey",
    "servicekey",
    "sessionkey",
    "sharedkey",
    "signingkey",
    "storagekey",
    "subscriptionkey",
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

/// Words for passwords, in some languages.
const PASSWORDS: &[&str] = &[
    "contrasena",
    "haslo",
    "heslo",
    "kennwort",
    "mdp",
    "motdepasse",
    "parola",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "psw",
    "pswd",
    "pw",
    "pwd",
    "salasana",
    "senha",
    "wachtwoord",
];

/// Returns what a name promises, nothing if it is not the name of a secret.
pub(super) fn promise(name: &[u8]) -> Option<Promise> {
    let parts = parts(name);
    let found = (0..parts.len()).rev().find_map(|at| Some((at, promise_of(&parts, at)?)));
    let (at, promise) = found?;
    let negated = parts[..at].iter().any(is_in(NOT_ONE))
        || parts[at + 1..].iter().any(is_in(ABOUT))
        || parts[at] == "token" && parts[..at].iter().any(is_in(PASSING))
        || parts.iter().any(is_in(ELSE));
    (!negated).then_some(promise)
}

fn is_in(words: &'static [&'static str]) -> impl Fn(&String) -> bool {
    move |part| words.contains(&part.as_str())
}

/// Returns what the part at `at` promises.
fn promise_of(parts: &[String], at: usize) -> Option<Promise> {
    let part = parts[at].as_str();
    let last = at + 1 == parts.len();
    // `proxy_pass` and its kin hand a request on.
    let hands_on = ["proxy", "uwsgi", "fastcgi", "scgi", "grpc", "memcached"];
    if last && part == "pass" {
        let handed = parts[..at].iter().any(|part| hands_on.contains(&part.as_str()));
        return (!handed).then_some(Promise::Password);
    }
    let joined =
        |ends: &[&str]| ends.iter().any(|end| part.len() > end.len() && part.ends_with(end));
    if PASSWORDS.contains(&part)
        || joined(&["password", "passwd", "passphrase"])
        || last && is_pass_of(part)
    {
        return Some(Promise::Password);
    }
    let key = at > 0 && part == "key" && KEY_KINDS.contains(&parts[at - 1].as_str());
    let secret = key
        || ONE_WORD.contains(&part)
        || matches!(part, "secret" | "token" | "credential" | "credentials")
        || last && (part == "salt" || joined(&["token", "secret", "apikey"]));
    secret.then_some(Promise::Secret)
}

/// What `pass` ends with where it means a password: other words that end so are names of
/// packages, filters and products.
const PASS_OF: &[&str] = &[
    "account", "acct", "admin", "ansible", "app", "auth", "backup", "become", "bind", "ca", "cert",
    "client", "db", "default", "docker", "elastic", "es", "ftp", "git", "guest", "http", "imap",
    "ipmi", "jenkins", "jks", "key", "keystore", "ldap", "login", "mail", "master", "mongo", "mq",
    "my", "mysql", "new", "old", "pfx", "pg", "priv", "proxy", "psql", "rabbit", "redis",
    "registry", "repo", "require", "root", "server", "service", "sftp", "smtp", "snmp", "sql",
    "ssh", "store", "sudo", "svc", "test", "tmp", "trust", "user", "usr", "vault", "vnc", "web",
    "wifi", "wp", "zabbix",
];

/// Returns whether one word holds a short word for passwords, as in `dbpass`.
fn is_pass_of(part: &str) -> bool {
    ["pass", "pw"].iter().any(|end| part.strip_suffix(end).is_some_and(|of| PASS_OF.contains(&of)))
}

/// Returns whether the name is that of a salt, which protects less than a key.
pub(super) fn is_salt(name: &[u8]) -> bool {
    parts(name).last().is_some_and(|part| part == "salt")
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
