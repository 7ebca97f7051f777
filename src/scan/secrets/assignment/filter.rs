// SPDX-License-Identifier: MIT OR Apache-2.0
//! Filters out values that are no secret themselves: references to where one is, what is public,
//! ciphertexts, and encoded placeholders.

use memchr::memmem;

use crate::scan::secrets::{chars, is_placeholder};

/// A longer value behind a name may be a secret.
const LONGEST_SET: usize = 12;

/// Starts of values that are public or encrypted.
const PUBLIC_HEADS: &[&str] = &[
    "sha1:",
    "sha256:",
    "sha512:",
    "sha1-",
    "sha256-",
    "sha384-",
    "sha512-",
    "ssh-",
    "ecdsa-",
    "age1",
    "data:",
    "-----",
    "/9j/",
    "v1:",
    "unix:",
    "phc_",
    "pk_live_",
    "pk_test_",
    "pk.eyj",
    "sb_publishable_",
    "nrjs-",
    "sq0idp-",
    "pub-c-",
    "sub-c-",
    "http",
    // Behind the first parts of a value of sops.
    ",iv:",
    ",tag:",
];

/// Starts of Base64 that is public or encrypted: keys and certificates, images, fonts, what the
/// key services of clouds have sealed. A password may begin with such letters, but hardly in this
/// case.
const PUBLIC_BASE64: &[&str] = &["MII", "MFkw", "iVBOR", "R0lGOD", "d09G", "AQICAH", "AQECA"];

/// Paths, URLs, hosts, member paths and calls: the value is somewhere else.
pub(super) fn is_elsewhere(value: &[u8]) -> bool {
    let lower = value[..value.len().min(80)].to_ascii_lowercase();
    let starts = [
        b"/".as_slice(),
        b"./",
        b"../",
        b"~",
        b"$",
        b"%",
        b"{",
        b"[",
        b"<",
        b"(",
        b"*",
        b"&",
        b"!",
        b"\\",
        b"|",
        b"=",
        b"--",
    ];
    let slashes = memchr::memchr_iter(b'/', value).count();
    let words = chars::word_letters(value) * 10;
    let colons = memchr::memchr_iter(b':', value).count();
    // `dir/dir/file`, `aws:ec2/getVpc:getVpc`
    let named = || value.iter().all(|b| b.is_ascii_alphabetic() || b"/_-.".contains(b));
    let path = (slashes >= 2 || slashes == 1 && named()) && words >= value.len() * 5
        || (slashes > 0 && colons > 0 || memmem::find(value, b"::").is_some())
            && words >= value.len() * 4;
    let call = value.last() == Some(&b')') && value.contains(&b'(')
        || [b"(".as_slice(), b"({", b"(["].iter().any(|open| value.ends_with(open))
        || memmem::find(value, b"()").is_some()
        || memmem::find(value, b"->").is_some();
    starts.iter().any(|start| value.starts_with(start)) && !is_crypt_like(value)
        || PUBLIC_HEADS.iter().any(|head| lower.starts_with(head.as_bytes()))
        || PUBLIC_BASE64.iter().any(|head| value.starts_with(head.as_bytes()))
        || memmem::find(value, b"://").is_some()
        || path
        || call
        || is_dotted(value.strip_prefix(b".").or(value.strip_suffix(b".")).unwrap_or(value))
        || is_pair(value)
        || value.starts_with(b".") && value[1..].iter().all(u8::is_ascii_alphabetic)
        || is_choice(value)
        || is_expression(value)
        || is_class(value)
        || matches!(value, [b'#', id @ ..] if chars::is_uuid(id))
        || slashes > 0 && names_a_file(&lower)
        || is_common(&lower)
        || memmem::find(value, b"[").is_some() && value.last() == Some(&b']')
}

/// `secrets/db.txt`
fn names_a_file(lower: &[u8]) -> bool {
    let ends = [
        b".txt".as_slice(),
        b".pem",
        b".key",
        b".crt",
        b".json",
        b".yml",
        b".yaml",
        b".conf",
        b".jks",
        b".p12",
        b".pfx",
        b".gpg",
        b".enc",
        b".env",
        b"/id_dsa",
        b"/id_ecdsa",
        b"/id_ed25519",
        b"/id_rsa",
    ];
    ends.iter().any(|end| lower.ends_with(end))
}

/// Types of media, locales, regions of clouds, versions and dates.
fn is_common(lower: &[u8]) -> bool {
    let media = [
        "application/",
        "audio/",
        "font/",
        "image/",
        "message/",
        "model/",
        "multipart/",
        "text/",
        "video/",
    ];
    let letters = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_lowercase);
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let parts: Vec<&[u8]> = lower.split(|b| b"-_.:/tz".contains(b)).collect();
    let region = || {
        let parts: Vec<&[u8]> = lower.split(|b| *b == b'-').collect();
        matches!(parts[..], [area, side, number]
            if area.len() == 2 && letters(area) && letters(side) && side.len() > 3 && number.len() == 1 && digits(number))
    };
    let locale = || {
        let head = lower.split(|b| *b == b'.').next().unwrap_or_default();
        matches!(head, [a, b, b'_' | b'-', c, d] if [a, b, c, d].iter().all(|l| l.is_ascii_lowercase()))
    };
    let version = || {
        let bare = lower.strip_prefix(b"v").unwrap_or(lower);
        memchr::memchr(b'.', bare).is_some() && bare.split(|b| *b == b'.').all(digits)
    };
    let date = || {
        parts.len() >= 3
            && parts[0].len() == 4
            && parts[1].len() == 2
            && parts.iter().all(|part| part.is_empty() || digits(part))
    };
    media.iter().any(|head| lower.starts_with(head.as_bytes()))
        || region()
        || locale()
        || version()
        || date()
}

/// `required|string|max:255`, `user:password|user:hash`: words with bars between them.
fn is_choice(value: &[u8]) -> bool {
    let word = |part: &[u8]| {
        part.first().is_some_and(u8::is_ascii_alphabetic)
            && part.iter().all(|b| b.is_ascii_alphanumeric() || b"_-:,.".contains(b))
    };
    memchr::memchr(b'|', value).is_some()
        && value.split(|b| *b == b'|').all(word)
        && chars::word_letters(value) * 10 >= value.len() * 4
}

/// `gs_json_port=4443`: a name, and a word or a number that it is set to.
fn is_pair(value: &[u8]) -> bool {
    let Some(at) = memchr::memchr(b'=', value) else { return false };
    let (name, set) = (&value[..at], &value[at + 1..]);
    name.len() >= 3
        && name.iter().all(|b| b.is_ascii_lowercase() || b"_.".contains(b))
        && memchr::memchr(b'_', name).is_some()
        && (1..=LONGEST_SET).contains(&set.len())
        && set.iter().all(u8::is_ascii_alphanumeric)
        && !chars::looks_random(set)
}

/// `^.{8,32}$`: what a password must look like.
fn is_expression(value: &[u8]) -> bool {
    matches!(value, [b'^', inner @ .., b'$'] if inner.iter().any(|b| b"[({.\\".contains(b)))
}

/// `App\Entity\User`, also with the backslashes that a literal doubles.
fn is_class(value: &[u8]) -> bool {
    let mut parts = value.split(|b| *b == b'\\').filter(|part| !part.is_empty());
    let name = |part: &[u8]| {
        part[0].is_ascii_uppercase() && part.iter().all(|b| b.is_ascii_alphabetic() || *b == b'_')
    };
    memchr::memchr(b'\\', value).is_some() && parts.all(name)
}

/// A password may start with a symbol when digits and letters follow in a mix.
fn is_crypt_like(value: &[u8]) -> bool {
    value.len() >= 8 && b"!*&=~%".contains(&value[0]) && chars::looks_random(&value[1..])
}

/// `module.resource.attribute`, `host.example.org`, `me@example.org`: words with dots between.
fn is_dotted(value: &[u8]) -> bool {
    let body = value.iter().position(|b| *b == b'@').map_or(value, |at| &value[at + 1..]);
    let mut parts = body.split(|b| *b == b'.');
    let name = |part: &[u8]| {
        !part.is_empty()
            && part.iter().all(|b| b.is_ascii_alphanumeric() || b"_-[]".contains(b))
            && !chars::looks_random(part)
    };
    // `Summer.2019`: a year or a number is no part of a path.
    let number = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let numbered = body.rsplit(|b| *b == b'.').next().is_some_and(number);
    memchr::memchr(b'.', body).is_some()
        && !numbered
        && parts.all(name)
        && body.iter().filter(|b| b.is_ascii_alphabetic()).count() * 3 >= body.len() * 2
}

/// Base64 of a template or of sample words, as in the manifests of clusters; some encode twice.
pub(super) fn hides_placeholder(value: &[u8]) -> bool {
    let Some(text) = chars::text_in_base64(value) else { return false };
    let text = chars::text_in_base64(&text).unwrap_or(text);
    // The brackets of a document are none of a template.
    if text.starts_with(b"{\"") || text.starts_with(b"[{") {
        return false;
    }
    // Of `user:password` the second counts.
    let last = memchr::memrchr(b':', &text).map_or(&*text, |colon| &text[colon + 1..]);
    is_placeholder(&text) || is_placeholder(last) || says_what_it_is(&text)
}

/// `my-client-secret`, `a secret token to change`: words that say what stands there.
fn says_what_it_is(text: &[u8]) -> bool {
    let lower = text.to_ascii_lowercase();
    let says = [b"secret".as_slice(), b"token", b"passw", b"credential"];
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b" -_.".contains(b);
    text.iter().all(plain)
        && says.iter().any(|word| memmem::find(&lower, word).is_some())
        && text.iter().filter(|b| b.is_ascii_digit()).count() <= 2
        && chars::word_letters(text) * 10 >= text.len() * 6
}

/// Public by what they are: the address of a contract, the key of a browser's telemetry, the id
/// of a signing key.
pub(super) fn is_handed_out(key: &[u8], value: &[u8]) -> bool {
    let hex = |text: &[u8]| text.iter().all(u8::is_ascii_hexdigit);
    let after = |head: &[u8]| value.strip_prefix(head).filter(|rest| hex(rest)).map(<[u8]>::len);
    after(b"0x") == Some(40)
        || after(b"pub") == Some(32)
        || key.eq_ignore_ascii_case(b"signingkey")
            && matches!(value.len(), 8 | 16 | 40)
            && hex(value)
}
