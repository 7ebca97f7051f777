// SPDX-License-Identifier: MIT OR Apache-2.0
//! Private keys: DER, OpenSSH and PGP bodies in their frames, and JSON Web Keys.

#![no_main]

use data_encoding::{BASE64, BASE64URL_NOPAD};
use debut_fuzz::{choose, scan};
use libfuzzer_sys::fuzz_target;

/// The words of a frame, and what its body begins with.
const FRAMES: &[(&str, &[u8])] = &[
    ("RSA PRIVATE KEY", b"\x30\x82"),
    ("PRIVATE KEY", b"\x30\x82"),
    ("EC PRIVATE KEY", b"\x30\x77\x02\x01\x01\x04\x20"),
    ("DSA PRIVATE KEY", b"\x30\x82"),
    ("ENCRYPTED PRIVATE KEY", b"\x30\x82"),
    ("OPENSSH PRIVATE KEY", b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01"),
    ("PGP PRIVATE KEY BLOCK", b"\x95"),
    ("PGP PRIVATE KEY BLOCK", b"\xc5"),
    ("CERTIFICATE", b"\x30\x82"),
];

fuzz_target!(|data: &[u8]| {
    let Some(((words, head), rest)) = choose(data, FRAMES) else { return };
    let encoded = BASE64.encode(&[head, rest].concat());
    let mut body = String::new();
    for line in encoded.as_bytes().chunks(64) {
        body += &String::from_utf8_lossy(line);
        body.push('\n');
    }
    let block = format!("-----BEGIN {words}-----\n{body}-----END {words}-----\n");
    scan("a.pem", block.as_bytes());
    scan("a.json", format!("{{\"key\": {block:?}}}\n").as_bytes());
    let part = BASE64URL_NOPAD.encode(rest);
    let jwk = format!("{{\"kty\":\"RSA\",\"n\":\"{part}\",\"d\":\"{part}\",\"p\":\"{part}\"}}\n");
    scan("jwk.json", jwk.as_bytes());
});
