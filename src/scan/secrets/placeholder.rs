// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values that stand where a secret would stand.

use memchr::memmem;

use super::chars;

/// Anywhere in the value these open a template: what counts is put in later.
const TEMPLATES: &[&[u8]] =
    &[b"{{", b"}}", b"${", b"$(", b"<%", b"{%", b"#{", b"%(", b"$[", b"@{", b"{$"];

/// A value that starts like this points to where the secret is kept.
const REFERENCES: &[&str] = &[
    "!ref",
    "!sub",
    "!getatt",
    "!vault",
    "!secret",
    "!env",
    "fn::",
    "enc[",
    "enc(",
    "{cipher}",
    "{aes}",
    "vault:",
    "op://",
    "ref+",
    "arn:",
    "projects/",
    "file:",
    "env:",
    "env.",
    "env(",
    "sops:",
    "lookup(",
    "hiera(",
    "data.",
    "var.",
    "local.",
    "module.",
    "secretsmanager:",
    "ssm:",
    "awskms:",
    "gcpkms:",
    "__vault__",
    "awssm:",
    "keyring:",
    "gcp:",
    "infisical:",
    "doppler:",
    "/run/secrets/",
    "/var/run/secrets/",
    "/etc/secrets/",
    "/vault/secrets/",
    "@microsoft.keyvault(",
    "secret://",
    "catalog:",
    "classpath:",
    "npm:",
    "urn:",
    // The ciphertext that the manual of sealed secrets shows.
    "agby3i4oj",
    "workspace:",
];

/// Words of at least four letters that no random value holds by chance.
const SAMPLE_PARTS: &[&str] = &[
    "example",
    "sample",
    "placeholder",
    "changeme",
    "change-me",
    "change_me",
    "changethis",
    "change-this",
    "change_here",
    "changehere",
    "change_this",
    "changeit",
    "replace",
    "insert",
    "your-",
    "your_",
    "yourpass",
    "yoursecret",
    "yourtoken",
    "yourkey",
    "dummy",
    "fake",
    "redacted",
    "masked",
    "fixme",
    "todo",
    "xxxx",
    "foobar",
    "deadbeef",
    "cafebabe",
    "notreal",
    "not-a-real",
    "goes-here",
    "goes_here",
    "1password",
    "set-in-",
    "set_in_",
    "user-supplied",
    "user_supplied",
    "provided-by",
    "provided_by",
    "from-vault",
    "from_vault",
    "set-me",
    "set_me",
    "setme",
    "overwritten",
    "notused",
    "not-used",
    "not_used",
];

/// A value made of nothing but these, digits and separators says nothing.
const SAMPLE_WORDS: &[&str] = &[
    "a",
    "abc",
    "an",
    "and",
    "api",
    "apikey",
    "auth",
    "bar",
    "baz",
    "blah",
    "bogus",
    "choose",
    "client",
    "cred",
    "credential",
    "credentials",
    "db",
    "default",
    "demo",
    "empty",
    "enter",
    "false",
    "foo",
    "here",
    "hidden",
    "invalid",
    "irrelevant",
    "is",
    "key",
    "live",
    "mock",
    "mypass",
    "mypassword",
    "mysecret",
    "mytoken",
    "mykey",
    "supersecret",
    "topsecret",
    "notasecret",
    "my",
    "na",
    "new",
    "nil",
    "no",
    "none",
    "not",
    "null",
    "of",
    "old",
    "omit",
    "optional",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "private",
    "public",
    "put",
    "pk",
    "pw",
    "pwd",
    "qux",
    "required",
    "secret",
    "set",
    "sk",
    "some",
    "something",
    "spam",
    "string",
    "stub",
    "test",
    "testing",
    "the",
    "this",
    "token",
    "true",
    "undefined",
    "unset",
    "use",
    "valid",
    "value",
    "whatever",
    "wrong",
];

/// Rows of keys and the alphabet; five in a row are typed, not drawn.
const ROWS: &[&[u8]] =
    &[b"abcdefghijklmnopqrstuvwxyz", b"01234567890", b"qwertyuiop", b"asdfghjkl"];

/// Each twice, as samples of bytes are typed; six in a row.
const DOUBLED: &[&[u8]] =
    &[b"00112233445566778899aabbccddeeff", b"aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz"];

/// Letters and numbers that are typed in turn. In a short value somebody may mean them.
const TURNS: &[&[u8]] = &[b"abc123", b"123abc", b"xyz123", b"123xyz"];

/// A shorter value may be a password of somebody who was in a hurry.
const TYPED: usize = 14;

/// Returns whether `value` is a template, a reference or a sample word rather than a secret.
pub(in crate::scan) fn is_placeholder(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let value = match value {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => inner,
        _ => value,
    };
    if value.is_empty()
        || is_template(value)
        || is_weak(value)
        || is_sealed(value)
        || is_typed_uuid(value)
    {
        return true;
    }
    // What is longer than any sample is only looked at where a sample would say so.
    let lower = value[..value.len().min(400)].to_ascii_lowercase();
    let has = |word: &&str| memmem::find(&lower, word.as_bytes()).is_some();
    REFERENCES.iter().any(|head| lower.starts_with(head.as_bytes()))
        // `yourStrong(!)Password`, as manuals write it.
        || lower.starts_with(b"your")
        || SAMPLE_PARTS.iter().any(has)
        || is_sample_words(&lower)
        || has_sequence(&lower)
}

/// Returns whether `value` is a sample word with digits behind it: what manuals write, and what
/// people in a hurry set, who are right that it is easy to remember.
pub(in crate::scan) fn is_worn(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let has = |word: &&str| memmem::find(&lower, word.as_bytes()).is_some();
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic()).count();
    (6..=24).contains(&value.len())
        && digits >= 2
        && letters >= 3
        && value.iter().all(u8::is_ascii_graphic)
        && !is_template(value)
        && !is_weak(value)
        && !SAMPLE_PARTS.iter().any(has)
        && !REFERENCES.iter().any(|head| lower.starts_with(head.as_bytes()))
        && (says_samples(&lower) || has_sequence(&lower))
}

/// What a cluster's controller sealed: the length of the encrypted key, 512 bytes, comes first.
/// After `AgE` a macaroon may follow.
fn is_sealed(value: &[u8]) -> bool {
    value.len() > 300 && matches!(value, [b'A', b'g', third, ..] if *third != b'E')
}

fn is_template(value: &[u8]) -> bool {
    let wrapped =
        |open: u8, close: u8| value.first() == Some(&open) && value.last() == Some(&close);
    let name = |rest: &[u8]| {
        !rest.is_empty() && rest.iter().all(|b| b.is_ascii_alphanumeric() || b"_.:".contains(b))
    };
    let variable = value
        .strip_prefix(b"$")
        .is_some_and(|rest| name(rest) && !rest[0].is_ascii_digit() || rest.starts_with(b"env:"));
    let upper = |b: &u8| b.is_ascii_uppercase() || b"_0123456789".contains(b);
    variable
        || wrapped(b'<', b'>')
        || wrapped(b'[', b']')
        || wrapped(b'{', b'}')
        || wrapped(b'(', b')')
        || [b'%', b'@', b'#'].iter().any(|mark| {
            value.len() > 2 && wrapped(*mark, *mark) && name(&value[1..value.len() - 1])
        })
        || value.len() > 4
            && value.starts_with(b"__")
            && value.ends_with(b"__")
            && value.iter().all(upper)
        || TEMPLATES.iter().any(|mark| memmem::find(value, mark).is_some())
        || memmem::find(value, b"%s").is_some() && value.len() < 24
        || memmem::find(value, b"{0}").is_some()
        || value.first() == Some(&b'<')
        // What was cut off or left out to be shown.
        || value.ends_with(b"...")
        || is_abridged(value)
        // `password=old\.default$/password=`: what an editor of streams looks for.
        || memmem::find(value, b"$/").is_some() && memmem::find(value, br"\.").is_some()
        || value.ends_with("\u{2026}".as_bytes())
}

/// `eyJhbGc...Qssw5c`: the ends of a token and dots for what is between them.
fn is_abridged(value: &[u8]) -> bool {
    let plain = |part: &[u8]| {
        (2..=12).contains(&part.len())
            && part.iter().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(b))
    };
    memmem::find(value, b"...").is_some_and(|at| plain(&value[..at]) && plain(&value[at + 3..]))
}

/// Returns whether one character, or a pattern short beside it, makes up most of the value.
fn is_weak(value: &[u8]) -> bool {
    let mut counts = [0_usize; 256];
    value.iter().for_each(|b| counts[usize::from(*b)] += 1);
    let most = counts.iter().max().copied().unwrap_or(0);
    let masked = most == value.len() && b"*.xX-?#_".contains(&value[0]);
    if masked || most * 10 >= value.len() * 6 && value.len() > 3 {
        return true;
    }
    // A known prefix may stand before the repeated part.
    let tail = &value[value.len() / 4..];
    // A password may be a short word, twice.
    let longest = match value.len() {
        ..12 => 2,
        12..24 => 4,
        24..48 => 8,
        len => len / 4,
    };
    tail.len() >= 6
        && (1..=longest).any(|period| tail.iter().zip(&tail[period..]).all(|(a, b)| a == b))
}

/// `aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`, `48e92789-57a3-466a-9959-1a1a1a1a1a1a`.
fn is_typed_uuid(value: &[u8]) -> bool {
    let twice = |part: &[u8]| part.iter().zip(&part[2..]).all(|(a, b)| a == b);
    let last = |part: &[u8]| part.len() == 12 && twice(part);
    chars::is_uuid(value)
        && (value.split(|b| *b == b'-').next_back().is_some_and(last) || {
            let bare: Vec<u8> = value.iter().copied().filter(|b| *b != b'-').collect();
            is_weak(&bare)
        })
}

fn is_sample_words(lower: &[u8]) -> bool {
    let digits = lower.iter().filter(|b| b.is_ascii_digit()).count();
    says_samples(lower) && (digits < 4 || lower.ends_with(b"1234"))
}

fn says_samples(lower: &[u8]) -> bool {
    let mut words = lower.split(|b| !b.is_ascii_alphabetic()).filter(|w| !w.is_empty()).peekable();
    lower.len() < 64
        && words.peek().is_some()
        && words.all(|word| {
            SAMPLE_WORDS.iter().any(|sample| sample.as_bytes() == word)
                || word.iter().all(|b| matches!(b, b'x' | b'y' | b'z'))
        })
}

fn has_sequence(lower: &[u8]) -> bool {
    // In long values shorter runs happen by chance.
    let run = if lower.len() >= 24 { 6 } else { 5 };
    let typed = |rows: &[&[u8]], run: usize| {
        let is_typed = |part: &[u8]| rows.iter().any(|row| row.windows(run).any(|row| row == part));
        lower.windows(run).any(is_typed)
    };
    typed(ROWS, run)
        || typed(DOUBLED, 6)
        || lower.len() >= TYPED && TURNS.iter().any(|turn| memmem::find(lower, turn).is_some())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::is_placeholder;

    #[test]
    fn templates_and_references_are_no_secrets() {
        for value in [
            "${DB_PASSWORD}",
            "$DB_PASSWORD",
            "{{ vault_pw }}",
            "%DB_PW%",
            "@DB_PW@",
            "#DB_PW#",
            "__TOKEN__",
            "<password>",
            "[secret]",
            "{key}",
            "<%= pw %>",
            "#{pw}",
            "$(cat /run/x)",
            "!Ref Password",
            "ENC[AES256_GCM,data:q]",
            "op://vault/item",
            "arn:aws:secretsmanager:x",
            "var.password",
            "data.vault.x",
            "$env:PW",
            "{{cipher}}q",
            "vault:secret/x",
            "@Microsoft.KeyVault(x)",
            "%s",
            "",
        ] {
            assert!(is_placeholder(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn sample_words_are_no_secrets() {
        for value in [
            "changeme",
            "ChangeMe123",
            "your-api-key-here",
            "YOUR_TOKEN",
            "yourDatabasePw",
            "xxxxxxxxxxxx",
            "********",
            "test",
            "my-secret-password",
            "password1",
            "foo",
            "none",
            "true",
            "null",
            "dummy-token",
            "REDACTED",
            "AKIAIOSFODNN7EXAMPLE",
            "abcdef123",
            "012345678",
            "qwertz-qwerty",
            "ghp_aaaaaaaaaaaaaaaaaaaa",
            "1234123412341234",
            "deadbeefdeadbeef",
            "......",
            "\"changeme\"",
        ] {
            assert!(is_placeholder(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn real_looking_values_are_kept() {
        for value in [
            "hunter2!",
            "Sommer-2019",
            "k9Zp2Lq8",
            "$6$rounds",
            "correct horse",
            "admin",
            "p@ss:w0rd",
        ] {
            assert!(!is_placeholder(value.as_bytes()), "{value}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(value in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = is_placeholder(&value);
        }
    }
}
