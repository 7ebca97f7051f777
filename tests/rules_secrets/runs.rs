// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is asked before a pattern is run must never be in the way of a match.

use debut::rules::RuleSet;
use proptest::{
    strategy::{Strategy, ValueTree},
    string::bytes_regex,
    test_runner::TestRunner,
};

/// Matches made of each pattern; places without length can't be made and are left out.
const SAMPLES: usize = 8;

#[test]
fn no_match_lacks_the_run_that_is_asked_for() {
    let rules = RuleSet::builtin().expect("rules");
    let mut runner = TestRunner::deterministic();
    let (mut tried, mut refusing) = (0, 0);
    for (_, rule) in rules.iter() {
        let Some(pattern) = rule.pattern() else { continue };
        let source = pattern.as_str().replace(r"\b", "").replace("(?m:^)", "");
        let source = format!("(?-u){}", source.replace("|$)", ")").replace("(?:^|", "(?:"));
        let Ok(strategy) = bytes_regex(&source) else { continue };
        let mut matched = 0;
        for _ in 0..SAMPLES {
            let sample = strategy.new_tree(&mut runner).expect("a sample").current();
            if pattern.is_match(&sample) {
                assert!(rule.may_match(&sample), "{}", rule.info.id);
                matched += 1;
            }
        }
        tried += usize::from(matched > 0);
        refusing += usize::from(matched > 0 && !rule.may_match(b"key: value"));
    }
    assert!(tried > 200 && refusing > 100, "{tried} rules, {refusing} of them ask for a run");
}
