// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is asked before a pattern is run must never be in the way of a match.

use debut::rules::{Rule, RuleSet, Runs};
use proptest::{
    strategy::{Strategy, ValueTree},
    string::bytes_regex,
    test_runner::TestRunner,
};

/// Matches made of each pattern; places without length can't be made and are left out.
const SAMPLES: usize = 8;

#[test]
fn no_match_lacks_what_is_asked_for() {
    let rules = RuleSet::builtin().expect("rules");
    let mut runner = TestRunner::deterministic();
    let (mut tried, mut refusing, mut begun) = (0, 0, 0);
    for (_, rule) in rules.iter() {
        let Some(pattern) = rule.pattern() else { continue };
        let source = pattern.as_str().replace(r"\b", "").replace("(?m:^)", "");
        let source = format!("(?-u){}", source.replace("|$)", ")").replace("(?:^|", "(?:"));
        let Ok(strategy) = bytes_regex(&source) else { continue };
        let mut matched = 0;
        for _ in 0..SAMPLES {
            let sample = strategy.new_tree(&mut runner).expect("a sample").current();
            if pattern.is_match(&sample) {
                assert!(rule.may_match(&sample, &Runs::of(&sample)), "{}", rule.info.id);
                begun += usize::from(begins(rule, &sample));
                matched += 1;
            }
        }
        tried += usize::from(matched > 0);
        refusing += usize::from(matched > 0 && !may_match_a_setting(rule));
    }
    assert!(tried > 200 && refusing > 100, "{tried} rules, {refusing} of them ask for a run");
    assert!(begun > 1000, "{begun} matches begin with a keyword");
}

fn may_match_a_setting(rule: &Rule) -> bool {
    let text = b"key: value";
    rule.may_match(text, &Runs::of(text))
}

/// Returns whether the matches of a rule begin with its keywords, as `sample` then must.
fn begins(rule: &Rule, sample: &[u8]) -> bool {
    let same = |keyword: &&String| {
        sample
            .get(..keyword.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(keyword.as_bytes()))
    };
    if rule.begins() {
        let mut all = rule.keywords.iter().filter(same).filter_map(|keyword| rule.shape(keyword));
        assert!(all.any(|shape| shape.fits(sample)), "{}", rule.info.id);
    }
    rule.begins()
}
