// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whatever stands in a file, a scan ends and its spans lie in the text.

use proptest::prelude::*;

use crate::{engine, scan, template};

/// Pieces on which rules and detectors hang, to be put together at random.
const PIECES: &[&str] = &[
    "password",
    "pass",
    "secret_key",
    "token",
    "=",
    ":",
    "=>",
    ":=",
    "\"",
    "'",
    "\\\"",
    "\n",
    "\r\n",
    " ",
    "value",
    "name:",
    "<",
    ">",
    "</",
    "://",
    "@",
    "-----BEGIN ",
    "RSA PRIVATE KEY",
    "-----END ",
    "-----",
    "eyJ",
    ".",
    "|",
    "||",
    "ENV ",
    "--",
    "\\n",
    "AKIA",
    "ghp_",
    "card",
    "4539 1488",
    "\u{f6}",
    "\0",
    "iban",
    "DE89",
    "{{",
    "}}",
    "sig=",
    "$6$",
    "phone: +1",
    "@gmail.com",
    "ENC[",
    "AAAAAAAAAAAAAAAAAAAAA",
];

proptest! {
    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000), name in "[a-z.]{0,8}") {
        let engine = shared();
        for finding in scan(engine, &name, &bytes) {
            if let Some(span) = finding.place.span() {
                prop_assert!(span.start <= span.end && !finding.value.is_empty());
            }
        }
    }

    #[test]
    fn random_pieces(
        picks in prop::collection::vec((0..PIECES.len(), "[A-Za-z0-9+/]{0,40}"), 0..60),
        kind in prop::sample::select(vec!["a.yml", "a.py", "a.sh", "a.md", "a", "a.xml", ".env"]),
    ) {
        let text: String = picks.iter().flat_map(|(i, word)| [PIECES[*i], word]).collect();
        for finding in scan(shared(), kind, text.as_bytes()) {
            if let Some(span) = finding.place.span() {
                prop_assert!(span.end <= text.len() && span.start < span.end);
            }
        }
    }

    #[test]
    fn checksums_tell_one_changed_character(at in 4_usize..40, seed in 0_u32..1000) {
        let good = template::expand(&format!("{{gh:ghp_}}{{{{{seed}}}}}"));
        let good = &good[..40];
        let proved = |text: &str| {
            let findings = scan(shared(), "a.yml", format!("x: {text}\n").as_bytes());
            findings.iter().any(|f| f.notes.iter().any(|n| n == "checksum matches"))
        };
        let mut bad = good.as_bytes().to_vec();
        bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
        prop_assert!(proved(good));
        prop_assert!(!proved(&String::from_utf8_lossy(&bad)));
    }
}

proptest! {
    #[test]
    fn every_checksum_tells_one_changed_character(
        which in 0..4_usize,
        at in any::<prop::sample::Index>(),
        seed in 0_u32..1000,
    ) {
        let kind = ["{glsa}", "{atl:ATATT3xFfGF0:171=}", "{confluent}", "{matrix}"][which];
        let prefix = ["glsa_", "ATATT3xFfGF0", "cflt", "syt_"][which].len();
        let whole = template::expand(&format!("{kind}{{{{{seed}}}}}"));
        let good = whole.rsplit_once('{').map_or("", |(good, _)| good);
        let proved = |text: &str| {
            let findings = scan(shared(), "a.yml", format!("x: {text}\n").as_bytes());
            findings.iter().any(|f| f.notes.iter().any(|n| n == "checksum matches"))
        };
        let mut bad = good.as_bytes().to_vec();
        let at = prefix + at.index(bad.len() - prefix);
        bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
        prop_assert!(proved(good), "{kind}");
        prop_assert!(!proved(&String::from_utf8_lossy(&bad)), "{kind} at {at}");
    }
}

fn shared() -> &'static debut::scan::Engine {
    static ENGINE: std::sync::OnceLock<debut::scan::Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(engine)
}
