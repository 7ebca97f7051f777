// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tells random characters from words, without a dictionary.

use data_encoding::{BASE64 as PADDED, BASE64_NOPAD as BARE};

/// Longer Base64 is no password of a person.
const LONGEST_ENCODED: usize = 400;

/// Lengths for which the first percentile of the entropy of random strings was measured.
const LENGTHS: [usize; 6] = [16, 20, 24, 32, 40, 64];
const HEX: [f64; 6] = [2.66, 2.87, 3.05, 3.25, 3.40, 3.63];
const BASE32: [f64; 6] = [3.08, 3.34, 3.54, 3.84, 4.03, 4.36];
const LOWER: [f64; 6] = [3.12, 3.38, 3.61, 3.91, 4.11, 4.48];
const BASE64: [f64; 6] = [3.33, 3.65, 3.86, 4.20, 4.46, 4.92];

/// For each letter the letters that often follow it in English and in identifiers.
const FOLLOWERS: [&str; 26] = [
    "bcdfgilmnprstuvwy",
    "aeijlorsu",
    "aehiklortu",
    "abdeiorsuy",
    "acdefilmnprstvwxy",
    "aefiloru",
    "aehilnorsu",
    "aeiortuy",
    "acdefglmnoprstvz",
    "aeou",
    "aeinsy",
    "abdeilopstuvy",
    "abeimopsuy",
    "acdefgiknostuvy",
    "abcdfiklmnoprstuvwx",
    "aehilopprstuy",
    "u",
    "acdegiklmnorstuvy",
    "aceehikmopqstuwy",
    "aehilorstuwy",
    "abcdegilmnprst",
    "aeio",
    "aehinors",
    "acipt",
    "aelmopst",
    "aeio",
];

/// Returns whether `value` has the entropy and the look of something a machine drew.
pub(super) fn looks_random(value: &[u8]) -> bool {
    let digit = value.iter().any(u8::is_ascii_digit);
    value.len() >= 8
        && digit
        && entropy(value) >= threshold(value)
        && word_letters(value) * 10 < value.len() * 6
}

/// Returns whether `value`, which stands beside the name of a secret, may be drawn by a machine:
/// the name says so already, so less is asked of the value than without one.
pub(super) fn looks_drawn(value: &[u8]) -> bool {
    let has = |test: fn(&u8) -> bool| value.iter().any(test);
    let mixed = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let words = word_letters(value) * 10;
    // Without a digit it may be a name: then hardly a part may read like a word.
    let plausible = if has(u8::is_ascii_digit) {
        words < value.len() * 5
    } else {
        mixed && value.len() >= 16 && words < value.len() * 3
    };
    plausible && (entropy(value) >= threshold(value) * 0.88 || has_drawn_body(value))
}

/// `key_9f8c…`, `0x9f8c…`: whether most of the value is one run of few kinds of characters that a
/// machine drew. What stands before it would ask for more kinds.
fn has_drawn_body(value: &[u8]) -> bool {
    let runs = value.split(|b| !b.is_ascii_alphanumeric());
    let run = runs.max_by_key(|run| run.len()).unwrap_or_default();
    let body = run.strip_prefix(b"0x").unwrap_or(run);
    body.len() >= 16
        && body.len() < value.len()
        && body.len() * 10 >= value.len() * 6
        && looks_random(body)
}

/// Returns the text that `value` is Base64 of, if it is one of people: printable, on one line.
pub(super) fn text_in_base64(value: &[u8]) -> Option<Vec<u8>> {
    if value.len() < 8 || value.len() > LONGEST_ENCODED {
        return None;
    }
    let decoded = PADDED.decode(value).or_else(|_| BARE.decode(value)).ok()?;
    let text = decoded.trim_ascii();
    (text.len() >= 4 && text.iter().all(|b| (b' '..0x7f).contains(b))).then(|| text.to_vec())
}

/// Returns the Shannon entropy of `bytes` in bits a byte.
#[must_use]
pub(in crate::scan) fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    bytes.iter().for_each(|b| counts[usize::from(*b)] += 1);
    let total = bytes.len().max(1) as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / total)
        .map(|p| -p * p.log2())
        .sum()
}

fn threshold(value: &[u8]) -> f64 {
    let all = |test: fn(&u8) -> bool| value.iter().all(test);
    let table = if all(u8::is_ascii_hexdigit) || is_uuid(value) {
        HEX
    } else if all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
        || all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'))
    {
        BASE32
    } else if all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        || all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    {
        LOWER
    } else {
        BASE64
    };
    let length = value.len();
    let slot = LENGTHS.iter().rposition(|known| *known <= length);
    // Below 16 characters the entropy grows with the logarithm of the length.
    slot.map_or_else(|| table[0] * (length as f64).log2() / 4.0, |slot| table[slot])
}

/// Returns how many letters of `value` stand in runs that read like words.
pub(super) fn word_letters(value: &[u8]) -> usize {
    let mut count = 0;
    let mut from = 0;
    for at in 1..=value.len() {
        let joins = value.get(at).is_some_and(|byte| {
            byte.is_ascii_alphabetic()
                && value[at - 1].is_ascii_alphabetic()
                // A capital after a small letter starts a word.
                && !(byte.is_ascii_uppercase() && value[at - 1].is_ascii_lowercase())
        });
        if !joins {
            count += if is_word(&value[from..at]) { at - from } else { 0 };
            from = at;
        }
    }
    count
}

/// Returns whether the letters follow each other as they do in words.
fn is_word(run: &[u8]) -> bool {
    if run.len() < 3 || !run.iter().all(u8::is_ascii_alphabetic) {
        return false;
    }
    let usual = run
        .windows(2)
        .filter(|pair| {
            let (first, second) = (pair[0].to_ascii_lowercase(), pair[1].to_ascii_lowercase());
            FOLLOWERS[usize::from(first - b'a')].as_bytes().contains(&second)
        })
        .count();
    usual * 4 >= (run.len() - 1) * 3
}

/// Returns whether `value` has the shape of a UUID.
pub(super) fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::{is_uuid, looks_random, word_letters};

    #[test]
    fn words_are_not_random() {
        for words in
            ["production-database-2", "org.apache.kafka.Serializer1", "my_service_account_v2", "x1"]
        {
            assert!(!looks_random(words.as_bytes()), "{words}");
        }
        for random in ["9f8c2e7a1b4d6053", "Xk2pQ9vLw7RtZb4n", "q7w2z9kx4mv8"] {
            assert!(looks_random(random.as_bytes()), "{random}");
        }
    }

    #[test]
    fn words_are_counted() {
        assert_eq!(word_letters(b"databasePassword"), 16);
        assert_eq!(word_letters(b"xqzkvw"), 0);
        assert!(is_uuid(b"01234567-89ab-cdef-0123-456789abcdef") && !is_uuid(b"0123"));
    }
}
