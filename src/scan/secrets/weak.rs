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

/// `p@ssw0rd`, `pa$$word1`: the word itself, as manuals like to write it.
pub(super) fn is_spelled(value: &[u8]) -> bool {
    let plain: Vec<u8> = value
        .iter()
        .map(|b| match b {
            b'@' | b'4' => b'a',
            b'$' | b'5' => b's',
            b'0' => b'o',
            other => other.to_ascii_lowercase(),
        })
        .collect();
    let rest = plain.strip_prefix(b"password").or_else(|| plain.strip_prefix(b"passwd"));
    rest.is_some_and(|rest| rest.len() < 4 && rest.iter().all(|b| !b.is_ascii_alphabetic()))
}

/// Weighs a password of a word less: who wrote it did not draw it, and strangers try it anyway.
pub(in crate::scan) fn soften(hit: &mut Hit, value: &[u8]) {
    let open = !hit.proved && !hit.weighed && !hit.whole_file && hit.decoded.is_none();
    if !open || hit.severity <= Severity::Medium {
        return;
    }
    let (most, why) = match () {
        () if is_worn(value) => (Severity::Low, WORN),
        () if !is_word(value) => return,
        () if is_default(value) => (Severity::Low, remark::KNOWN_DEFAULT),
        () => (Severity::Medium, WORD),
    };
    hit.severity = hit.severity.min(most);
    hit.confidence = Some(Confidence::Low);
    hit.notes.push(why.into());
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
    use super::{is_spelled, is_word};

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
    fn the_word_itself_is_known_in_other_letters() {
        for word in ["p@ssw0rd", "Pa$$word", "passw0rd1!"] {
            assert!(is_spelled(word.as_bytes()), "{word}");
        }
        for other in ["p@ssHarbor7", "passw0rdHarbor", "passport1"] {
            assert!(!is_spelled(other.as_bytes()), "{other}");
        }
    }
}
