// SPDX-License-Identifier: MIT OR Apache-2.0
//! Tokens whose own parts say whether they are whole.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL_NOPAD};
use serde_json::Value;

use super::{Outcome, checksum::base62_of};

/// Fewer different digits than this stand in no number that a machine counted up to.
const LEAST_DIGITS: usize = 3;

/// `NAME_user_random_sum` of Matrix servers: the sum is the CRC-32 of all before it, in base 62.
/// Those of the authentication service (`mct_`, `mat_`) are built alike, but nobody confirmed
/// theirs.
pub(super) fn matrix(value: &[u8]) -> Outcome {
    let holds = value.iter().rposition(|b| *b == b'_').is_some_and(|at| {
        let (head, sum) = (&value[..at], &value[at + 1..]);
        sum == base62_of(crc32fast::hash(head))
    });
    match (holds, value.starts_with(b"sy")) {
        (false, false) => Outcome::NEUTRAL,
        _ => Outcome::checksum(holds),
    }
}

/// Teams, bots and apps of Slack have numbers; a sample repeats one digit or two.
pub(super) fn slack(value: &[u8]) -> bool {
    let numbers = value
        .split(|b| *b == b'-')
        .filter(|part| part.len() >= 9 && part.iter().all(u8::is_ascii_digit));
    let different = |part: &[u8]| (b'0'..=b'9').filter(|digit| part.contains(digit)).count();
    let mut numbers = numbers.map(different).peekable();
    numbers.peek().is_some() && numbers.all(|count| count >= LEAST_DIGITS)
}

/// Keys of the console and of administrators have 95 characters of which the last two stand for
/// no bits; other kinds are open.
pub(super) fn anthropic(value: &[u8]) -> bool {
    let body = ["sk-ant-api03-", "sk-ant-admin01-"]
        .iter()
        .find_map(|head| value.strip_prefix(head.as_bytes()));
    body.is_none_or(|body| body.len() == 95 && body.ends_with(b"AA"))
}

/// Base64 of `tok:` and more.
pub(super) fn intercom(value: &[u8]) -> bool {
    BASE64.decode(value).is_ok_and(|text| text.starts_with(b"tok:") && text.is_ascii())
}

/// Prefix of a token, what stands between its JSON and its end, and names that its JSON holds.
const INSIDE: &[(&str, Option<u8>, &[&str])] = &[
    ("sntrys_", Some(b'_'), &["iat", "url", "org"]),
    ("glc_", None, &["o", "n", "k"]),
    ("eyJrIjoi", None, &["k", "n", "id"]),
    ("ops_", None, &[]),
    ("snyk_uat.", Some(b'.'), &[]),
    ("snyk_sat.", Some(b'.'), &[]),
    ("sk.", Some(b'.'), &["u", "a"]),
    ("tk.", Some(b'.'), &["u", "a"]),
    ("pk.", Some(b'.'), &["u", "a"]),
];

/// Returns whether the JSON inside a token can be read and is of its kind.
pub(super) fn json_inside(value: &[u8]) -> bool {
    if value.starts_with(b"eyJ0eXAiOiAiVENWMiJ9.") {
        return value.split(|b| *b == b'.').all(|part| decode(part).is_some());
    }
    let Some((head, end, names)) =
        INSIDE.iter().find(|(head, ..)| value.starts_with(head.as_bytes()))
    else {
        return false;
    };
    // Without a prefix of its own the JSON itself is what begins the token.
    let body = if head.starts_with("eyJ") { value } else { &value[head.len()..] };
    let cut = end.and_then(|end| body.iter().rposition(|b| *b == end)).unwrap_or(body.len());
    let body = &body[..cut];
    // Snyk's number of the key stands before it.
    let body = if head.starts_with("snyk") {
        body.iter().position(|b| *b == b'.').map_or(body, |at| &body[at + 1..])
    } else {
        body
    };
    let claims = decode(body).and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    claims.is_some_and(|claims| {
        claims.is_object() && names.iter().all(|name| claims.get(name).is_some())
    })
}

/// Decodes either alphabet of Base64, with padding or without.
fn decode(part: &[u8]) -> Option<Vec<u8>> {
    let end = part.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1);
    let part = &part[..end];
    BASE64_NOPAD.decode(part).or_else(|_| BASE64URL_NOPAD.decode(part)).ok()
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;
    use proptest::prelude::*;

    use super::{Outcome, anthropic, base62_of, intercom, json_inside, matrix, slack};

    fn whole(head: &str) -> String {
        let sum = base62_of(crc32fast::hash(head.as_bytes()));
        format!("{head}_{}", String::from_utf8_lossy(&sum))
    }

    proptest! {
        #[test]
        fn one_changed_character_breaks_a_matrix_token(
            user in "[a-z]{3,9}",
            random in "[A-Za-z]{20}",
            at in any::<prop::sample::Index>(),
            other in "[A-Za-z0-9]",
        ) {
            let user = BASE64.encode(user.as_bytes());
            let good = whole(&format!("syt_{}_{random}", user.trim_end_matches('=')));
            prop_assert!(matches!(matrix(good.as_bytes()), Outcome::Proved(_)));
            let mut bad = good.clone().into_bytes();
            let at = 3 + at.index(bad.len() - 3);
            let other = other.as_bytes()[0];
            prop_assume!(bad[at] != other);
            bad[at] = other;
            prop_assert!(matches!(matrix(&bad), Outcome::Failed));
        }

        #[test]
        fn nothing_panics(value in prop::collection::vec(any::<u8>(), 0..200), pick in 0..12_usize) {
            let heads = ["sntrys_", "glc_", "eyJrIjoi", "ops_", "snyk_uat.", "sk.", "syt_", "xoxb-",
                "eyJ0eXAiOiAiVENWMiJ9.", "sk-ant-api03-", "dG9rO", ""];
            let value = [heads[pick].as_bytes(), &value].concat();
            let _ = (json_inside(&value), matrix(&value), slack(&value), anthropic(&value), intercom(&value));
        }
    }

    #[test]
    fn the_json_of_a_token_must_be_of_its_kind() {
        let token = |head: &str, json: &str, tail: &str| {
            json_inside(format!("{head}{}{tail}", BASE64.encode(json.as_bytes())).as_bytes())
        };
        let sentry = r#"{"iat":1,"url":"https://s.io","region_url":"https://s.io","org":"o"}"#;
        assert!(token("sntrys_", sentry, "_q7"));
        assert!(!token("sntrys_", r#"{"iat":1}"#, "_q7"));
        assert!(!token("sntrys_", "no json", "_q7"));
        assert!(token("glc_", r#"{"o":"1","n":"n","k":"k","m":{"r":"eu"}}"#, ""));
        assert!(token("", r#"{"k":"a","n":"b","id":1}"#, ""));
        assert!(token("ops_", r#"{"email":"x"}"#, "") && !token("ops_", "[1]", ""));
        assert!(token("snyk_uat.0123abcd.", r#"{"exp":1}"#, ".q7"));
        assert!(
            token("sk.", r#"{"u":"me","a":"c"}"#, ".q7") && !token("sk.", r#"{"u":"me"}"#, ".q7")
        );
        assert!(!json_inside(b"xy_1"));
    }

    #[test]
    fn numbers_of_samples_repeat_a_digit() {
        assert!(slack(b"xoxb-938471029384-0"));
        assert!(!slack(b"xoxb-111111111111-938471029384-x") && !slack(b"xoxb-x"));
    }

    #[test]
    fn other_structures() {
        let body = "q7".repeat(46) + "xAA";
        assert!(anthropic(format!("sk-ant-api03-{body}").as_bytes()));
        assert!(!anthropic(format!("sk-ant-api03-{body}q").as_bytes()));
        assert!(anthropic(b"sk-ant-oat01-q"));
        assert!(intercom(BASE64.encode(b"tok:q7").as_bytes()));
        assert!(!intercom(BASE64.encode(b"toknq7").as_bytes()) && !intercom(b"dG9rO"));
    }
}
