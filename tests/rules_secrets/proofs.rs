// SPDX-License-Identifier: MIT OR Apache-2.0
//! A value that was completed with its checksum is proved, and no other one is.

use proptest::prelude::*;

use crate::{engine, scan, template};

/// Values whose checksum covers every character.
const SUMMED: &[&str] = &[
    "{gh:ghp_}",
    "{gh:ghs_}",
    "{gh:npm_}",
    "{cf:cfk_}",
    "{cf:cfast_}",
    "{atl:ATBB:24}",
    "{atl:ATCTT3xFfGN0:171=}",
    "{confluent}",
    "{glr:glpat-}",
    "{glr:glrt-}",
    "{azure:+ASt:64}",
    "{azure:ACDb:64}",
    "{azure:+ABa:64}",
    "{azure:+AMC:64}",
    "{azure:APIM:64}",
    "{azure:+ASb:32}",
    "{azure:+AEh:32}",
    "{azure:+ARm:32}",
    "{azure:AIoT:32}",
    "{azure:AZEG:32}",
    "{azure:AzCa:32}",
    "{azure:AzFu:40}",
    "{azure:+ACR:39}",
    "{cask:ACOG}",
    "{cask:AZDO}",
];
/// Values that decode to something with parts.
const STRUCTURED: &[&str] = &[
    "{pypi}",
    "{testpypi}",
    "fm2_lJPE{b120}",
    "{B:reftkn:01:{d10}:{a27}}",
    r#"{B:{{"a":"{h32}","t":"{U}","s":"{b48}"}}}"#,
];

fn shared() -> &'static debut::scan::Engine {
    static ENGINE: std::sync::OnceLock<debut::scan::Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(engine)
}

fn proved(value: &[u8]) -> bool {
    let text = [b"azure_devops_pat: ", value, b"\n"].concat();
    let is = |note: &String| note == "checksum matches" || note == "the token is complete";
    scan(shared(), "a.yml", &text).iter().any(|f| f.notes.iter().any(is))
}

/// Builds a value that depends on `seed` too.
fn value(of: &str, seed: u32) -> Vec<u8> {
    let text = template::expand(&format!("{of}{{{{{seed}}}}}"));
    let tail = format!("{{{seed}}}");
    text.strip_suffix(&tail).expect("the seed stands at the end").as_bytes().to_vec()
}

/// Returns the length without padding, which may be left out.
fn unpadded(value: &[u8]) -> usize {
    value.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1)
}

#[test]
fn a_complete_value_is_proved() {
    for template in SUMMED.iter().chain(STRUCTURED).chain(&["{ado}"]) {
        for seed in 0..20 {
            assert!(proved(&value(template, seed)), "{template} {seed}");
        }
    }
}

proptest! {
    #[test]
    fn one_changed_character_is_noticed(
        which in 0..SUMMED.len(),
        seed in any::<u32>(),
        at in any::<prop::sample::Index>(),
        by in prop::sample::select(b"ABCXYZabcxyz0189-_+/=.".to_vec()),
    ) {
        let mut value = value(SUMMED[which], seed);
        let at = at.index(unpadded(&value));
        // A kind has several seeds, which are added to the first four bytes: with another seed a
        // change there may be right.
        let first = SUMMED[which].starts_with("{azure:") && at < 6;
        prop_assume!(value[at] != by && !first);
        value[at] = by;
        prop_assert!(!proved(&value), "{} at {at}", SUMMED[which]);
    }

    #[test]
    fn a_shortened_value_is_not_proved(
        which in 0..SUMMED.len(),
        seed in any::<u32>(),
        at in any::<prop::sample::Index>(),
    ) {
        let value = value(SUMMED[which], seed);
        prop_assert!(!proved(&value[..at.index(unpadded(&value))]));
    }
}

#[test]
fn a_bearer_key_of_a_model_service_names_its_account() {
    let text = template::expand("k: ABSK{B:BedrockAPIKey-{l4}-at-{d12}:{b60}}\n");
    let found = scan(shared(), "a.yml", text.as_bytes());
    assert!(found[0].notes.iter().any(|note| note.starts_with("belongs to AWS account ")));
    assert_eq!(found[0].severity, debut::domain::Severity::Critical);
}

#[test]
fn a_key_says_what_it_is_for() {
    let notes = |value: &str| {
        let text = template::expand(&format!("k: {value}\n"));
        scan(shared(), "a.yml", text.as_bytes())[0].notes.join("; ")
    };
    assert!(notes("{cask:AZMP}").ends_with("issued for Azure Maps"));
    assert!(notes("{azure:AIoT:32}").ends_with("a key of IoT Hub"));
}

#[test]
fn a_web_token_of_a_registry_is_critical() {
    let part = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
    let severity = |issuer: &str| {
        let claims = format!(r#"{{"iss":"{issuer}","sub":"x"}}"#);
        let token = [part(r#"{"alg":"RS256"}"#), part(&claims), part(&"s".repeat(256))].join(".");
        scan(shared(), "a.yml", format!("t: {token}\n").as_bytes())[0].severity
    };
    assert_eq!(severity("jfrt@01c2"), debut::domain::Severity::Critical);
    assert_eq!(severity("corp"), debut::domain::Severity::Medium);
}
