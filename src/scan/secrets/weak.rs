// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a password of a word weighs, whichever rule found it.

use memchr::memmem;

use super::{chars, is_worn};
use crate::domain::{Confidence, Severity, remark};
use crate::scan::Hit;

/// Names and passwords that software comes with.
const DEFAULTS: &[&str] = &[
    "admin",
    "administrator",
    "airflow",
    "ansible",
    "cassandra",
    "celery",
    "cisco",
    "elastic",
    "grafana",
    "guest",
    "jenkins",
    "keycloak",
    "kibana",
    "mariadb",
    "minioadmin",
    "mongo",
    "mongodb",
    "mysql",
    "nagios",
    "postgres",
    "postgresql",
    "rabbitmq",
    "raspberry",
    "redis",
    "root",
    "sonar",
    "tomcat",
    "toor",
    "ubuntu",
    "vagrant",
    "wordpress",
    "zabbix",
];

/// What the manual of a widely used session library signs cookies with.
pub(super) const SESSION_DEFAULT: &[u8] = b"keyboard cat";

/// What a password of letters alone is called.
pub(super) const WORD: &str = "a word: a default or a name?";

/// What a password is called that is the user's name as well.
pub(super) const USER_NAME: &str = "a well-known default: the same as the user's name";

/// What a password is called that manuals write as well.
pub(super) const WORN: &str = "among the first that strangers try: a sample or a weak password?";

/// What a password of words and `123` is called.
const COUNTED: &str = "words and a number that counts: a default or a sample?";

/// Digits that somebody can remember, where they are all that is encoded.
const LONGEST_NUMBER: usize = 6;

/// So few small letters are no more than a word, whether they read like one or not.
const SHORT: usize = 6;

/// A longer one of several words may be a passphrase.
const LONGEST_WORD: usize = 20;

/// Returns whether software comes with this password.
pub(super) fn is_default(value: &[u8]) -> bool {
    DEFAULTS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(value))
}

/// `newRootPassword123`: words that say what it is, and perhaps a number that counts.
pub(super) fn is_told(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let says = [b"password".as_slice(), b"passwd", b"secret"];
    value.iter().all(u8::is_ascii_alphanumeric)
        && says.iter().any(|word| memmem::find(&lower, word).is_some())
        && chars::word_letters(value) * 10 >= value.len() * 6
}

/// `p@ssw0rd`, `pa$$word1`, `s3cr3t`: the word itself, as manuals like to write it.
pub(super) fn is_spelled(value: &[u8]) -> bool {
    let plain: Vec<u8> = value
        .iter()
        .map(|b| match b {
            b'@' | b'4' => b'a',
            b'$' | b'5' => b's',
            b'3' => b'e',
            b'0' => b'o',
            other => other.to_ascii_lowercase(),
        })
        .collect();
    let words = [b"password".as_slice(), b"passwd", b"secret"];
    // What stands behind it is looked at as it is written: `P@ssw0rd3`.
    let rest = words.iter().find(|word| plain.starts_with(word)).map(|word| &value[word.len()..]);
    rest.is_some_and(|rest| rest.len() < 4 && rest.iter().all(|b| !b.is_ascii_alphabetic()))
}

/// Weighs a password of a word less: who wrote it did not draw it, and strangers try it anyway.
pub(in crate::scan) fn soften(hit: &mut Hit, value: &[u8]) {
    let open = !hit.proved && !hit.weighed && !hit.whole_file && hit.decoded.is_none();
    if !open || hit.severity <= Severity::Medium {
        return;
    }
    // Of `user:password`, in Base64 as well, the second counts.
    let text = chars::text_in_base64(value);
    let whole = text.as_deref().unwrap_or(value);
    let colon = memchr::memrchr(b':', whole).filter(|at| is_name(&whole[..*at]));
    let (user, plain) = whole.split_at(colon.map_or(0, |colon| colon + 1));
    let number = text.is_some() && plain.len() <= LONGEST_NUMBER;
    let (most, why) = match () {
        () if user.strip_suffix(b":") == Some(plain) => (Severity::Low, USER_NAME),
        () if is_worn(plain) || is_spelled(plain) => (Severity::Low, WORN),
        () if is_default(plain) => (Severity::Low, remark::KNOWN_DEFAULT),
        () if counted(plain).is_some_and(is_default) => (Severity::Low, WORN),
        () if is_word(plain) || text.is_some() && is_told(plain) => (Severity::Medium, WORD),
        () if counted(plain).is_some() => (Severity::Medium, COUNTED),
        () if number && plain.iter().all(u8::is_ascii_digit) => (Severity::Medium, COUNTED),
        () => return,
    };
    hit.severity = hit.severity.min(most);
    hit.confidence = Some(Confidence::Low);
    hit.notes.push(why.into());
}

/// Whether somebody may be called so: what looks drawn before a colon is a part of the secret.
fn is_name(user: &[u8]) -> bool {
    user.iter().all(|b| b.is_ascii_alphanumeric() || b"_-.@/".contains(b))
        && !chars::looks_random(user)
}

/// `Admin123`, `private-token2`, `Redis12!`: returns the words before a number that counts. A
/// single digit behind a sign may be one of several parts of a passphrase.
fn counted(value: &[u8]) -> Option<&[u8]> {
    let value = value.strip_suffix(b"!").unwrap_or(value);
    let digits = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (words, number) = value.split_at(value.len() - digits);
    let bare = words.strip_suffix(b"_").or(words.strip_suffix(b"-")).or(words.strip_suffix(b"@"));
    let counts = match number {
        [] => false,
        [digit] => *digit != b'0' && bare.is_none(),
        more => b"123456789".starts_with(more) || b"321" == more || b"01" == more,
    };
    let words = bare.unwrap_or(words);
    let letters = words.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let signs = words.iter().filter(|b| b"_-.".contains(b)).count();
    let plain = letters >= 3
        && signs <= 2
        && letters + signs == words.len()
        && words.len() <= LONGEST_WORD
        && chars::word_letters(words) * 10 >= letters * 7;
    (counts && plain).then_some(words)
}

/// Returns whether strangers try such a password early: a default, a word, a number.
pub(super) fn is_tried(value: &[u8]) -> bool {
    let end = value.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1);
    let number = end == 0 && value.len() <= SHORT;
    number || is_default(&value[..end]) || is_worn(value) || is_word(value)
}

/// Letters that read like a word, or two with a sign between them.
fn is_word(value: &[u8]) -> bool {
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let signs = value.iter().filter(|b| b"_-.".contains(b)).count();
    let capitals = value.iter().skip(1).filter(|b| b.is_ascii_uppercase()).count();
    if value.len() <= SHORT && value.iter().all(u8::is_ascii_lowercase) {
        return true;
    }
    value.len() <= LONGEST_WORD
        && letters + signs == value.len()
        && signs <= 2
        && (capitals == 0 || capitals + 1 == letters)
        && chars::word_letters(value) * 10 >= letters * 6
}

#[cfg(test)]
mod tests {
    use super::{counted, is_spelled, is_word};

    #[test]
    fn words_are_told_from_drawn_letters() {
        for word in ["root", "localdev", "whalehello", "shop-test", "Sommer", "wut"] {
            assert!(is_word(word.as_bytes()), "{word}");
        }
        for other in ["kqzvbnwtxcmdhgpf", "blue-kettle-seven-lamp-roof", "root1", "qXvTzRwPk"] {
            assert!(!is_word(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn words_with_a_number_that_counts_are_told() {
        for word in ["Admin123", "private-token2", "Redis12!", "User_123", "localdev1"] {
            assert!(counted(word.as_bytes()).is_some(), "{word}");
        }
        for other in
            ["Sommer2019", "copper-kettle-7", "k8Vq2pLw1", "blue-fox-7-lamp1", "12", "hunter47"]
        {
            assert!(counted(other.as_bytes()).is_none(), "{other}");
        }
    }

    #[test]
    fn the_word_itself_is_known_in_other_letters() {
        for word in ["p@ssw0rd", "Pa$$word", "passw0rd1!", "P@ssw0rd!", "S3cr3t"] {
            assert!(is_spelled(word.as_bytes()), "{word}");
        }
        for other in ["p@ssHarbor7", "passw0rdHarbor", "passport1", "secretary", "s3curity"] {
            assert!(!is_spelled(other.as_bytes()), "{other}");
        }
    }
}
