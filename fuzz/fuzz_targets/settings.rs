// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files of the review itself, which come with the repository: rules, checklist, policy, and the
//! key that one reviewer hands to another.

#![no_main]

use std::path::Path;

use debut::{
    review::Keyring,
    rules::RuleSet,
    store::{self, Checklist},
};
use libfuzzer_sys::fuzz_target;

/// A rule that lacks only what the input adds.
const RULE: &str = "[[rule]]\nid = \"sensitive/x\"\nclass = \"credential\"\nseverity = \"high\"\n\
                    title = \"T\"\nwhy = \"W\"\nremedy = \"R\"\nreplacement = \"X\"\n";

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let path = Path::new("a.toml");
    match which % 5 {
        0 => drop(RuleSet::read(&[("a", text)])),
        1 => drop(RuleSet::read(&[("a", &format!("{RULE}{text}"))])),
        2 => {
            let _ = Checklist::outline(path, text);
            let keyring = Keyring::new([3; 32]);
            let seal = |line: &str| keyring.seal(line);
            let Ok(checklist) = Checklist::parse(path, text, &seal) else { return };
            // What was read can be written, and is the same when it is read again.
            let written = checklist.render(&seal);
            let again = Checklist::parse(path, &written, &seal).expect("our own checklist");
            assert_eq!(again.votes, checklist.votes);
        }
        3 => drop(store::parse_policy(path, text)),
        _ => drop(store::Handout::parse(text)),
    }
});
