// SPDX-License-Identifier: MIT OR Apache-2.0
//! Web tokens and other values that are parsed to prove them, in the clear and encoded.

#![no_main]

use data_encoding::{BASE64, BASE64URL_NOPAD};
use debut_fuzz::{choose, scan};
use libfuzzer_sys::fuzz_target;

/// Beginnings of values with a structure inside.
const HEADS: &[&str] = &[
    "ghp_",
    "AKIA",
    "npm_",
    "xoxb-",
    "glpat-",
    "pypi-AgEIcHlwaS5vcmc",
    "sk_live_",
    "SG.",
    "eyJ",
    "AIza",
    "hvs.",
    "dop_v1_",
    "MDAx",
    "AgE",
    "lin_api_",
    "NRAK-",
];

fuzz_target!(|data: &[u8]| {
    let Some((head, rest)) = choose(data, HEADS) else { return };
    let mut parts = rest.splitn(3, |byte| *byte == b'\n');
    let mut part = || BASE64URL_NOPAD.encode(parts.next().unwrap_or_default());
    let jwt = format!("{}.{}.{}", part(), part(), part());
    scan("a.yml", format!("token: {jwt}\nauthorization: Bearer {jwt}\n").as_bytes());
    let value = [head.as_bytes(), rest].concat();
    scan("a.env", &[b"TOKEN=", value.as_slice(), b"\n"].concat());
    scan("a.yml", format!("data: {}\n", BASE64.encode(&value)).as_bytes());
    let (a, b) = value.split_at(value.len() / 2);
    scan("a.js", &[b"x = \"", a, b"\" +\n  \"", b, b"\";\n"].concat());
});
