// SPDX-License-Identifier: MIT OR Apache-2.0
//! What redacting one place puts there, worked out alone and with everything else.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use common::finding;
use debut::{
    domain::{Layer, Verdict},
    ops::{edits_of, stand_in_of},
    review::{Choice, FindingIdx, Scope, Session},
    rules::RuleSet,
};
use proptest::prelude::*;

/// Two rules share a template, one has no number in it, and one is for numbers.
const RULES: [(&str, &str); 4] = [
    ("internal/host", "host-{n}.example.com"),
    ("internal/name", "host-{n}.example.com"),
    ("sensitive/secret", "REDACTED_SECRET"),
    ("internal/account", "account-{n}"),
];

fn rules() -> RuleSet {
    let rule = |(id, replacement): (&str, &str)| {
        format!(
            "[[rule]]\nid = \"{id}\"\nclass = \"internal-host\"\nseverity = \"medium\"\n\
             title = \"T\"\nwhy = \"W\"\nremedy = \"R\"\nreplacement = \"{replacement}\"\n\
             detector = \"host\"\n"
        )
    };
    let text: String = RULES.into_iter().map(rule).collect();
    RuleSet::read(&[("test", &text)]).expect("the rules")
}

/// Rule, file, line, value, verdict (0 none, 1 redact, 2 approve, 3 redact with own words), past.
type Place = (usize, usize, u32, usize, u8, bool);

fn place() -> impl Strategy<Value = Place> {
    (0..RULES.len(), 0..5_usize, 1..9_u32, 0..7_usize, 0..4_u8, prop::bool::weighted(0.1))
}

fn review(places: &[Place]) -> Session {
    let mut s = Session::new(rules().into(), "reviewer1@example.com", Vec::new());
    for (rule, file, line, value, ..) in places {
        let path = format!("d{file}/f.{}", if *file == 4 { "json" } else { "yml" });
        // Digits alone are replaced by digits where only those parse.
        let value = if *rule == 3 { format!("{value:012}") } else { format!("value-{value}") };
        let mut new = finding(&s, RULES[*rule].0, &path, *line, &value, "line: ");
        if places.iter().any(|p| (p.0, p.1, p.2, p.5) == (*rule, *file, *line, true)) {
            new.finding.layer = Layer::Past(format!("{line:040}").into());
        }
        s.add(new);
    }
    for (i, (.., verdict, _)) in places.iter().enumerate() {
        let idx = FindingIdx(i as u32);
        let known = s.findings().nth(i).is_some();
        let choice = match verdict {
            1 => Choice::new(Verdict::Redact),
            2 => Choice::new(Verdict::Approve),
            3 => Choice { to: Some("own-{n}".into()), ..Choice::new(Verdict::Redact) },
            _ => continue,
        };
        if known {
            s.mark_seen(idx);
            s.decide(&Scope::Place(idx), &choice, i as i64).expect("decided");
        }
    }
    s
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn one_stand_in_is_what_it_is_among_all(places in prop::collection::vec(place(), 1..40)) {
        let s = review(&places);
        for (idx, found) in s.findings() {
            let span = found.place.span().map(debut::domain::Span::range);
            let edits = edits_of(&s, s.group_of(idx));
            let here = edits.iter().filter(|(path, _)| *path == found.path);
            let edit = here.flat_map(|(_, all)| all).find(|edit| Some(&edit.span) == span.as_ref());
            let all = edit.map(|edit| edit.to.clone()).filter(|_| found.layer.is_tree());
            prop_assert_eq!(stand_in_of(&s, idx), all);
        }
    }
}
