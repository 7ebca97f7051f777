// SPDX-License-Identifier: MIT OR Apache-2.0
//! One value, one finding: of overlapping hits the one that says most stays.

use std::cmp::Reverse;

use super::{Hit, Sink};
use crate::{
    domain::{Category, Class},
    rules::RuleSet,
};

/// Keeps the strongest of each set of overlapping hits, and sorts the rest by offset.
///
/// Stronger means: proved, then sensitive (a credential must not be settled as a mere
/// reference), then not generic, then more severe, then decoded (the value as it is in the
/// clear), then longer, then the rule that is listed first. What one encoded run holds are
/// different values at one place, and all of them stay. Doing this before decisions are looked up keeps a value's second half from
/// coming back under another rule when the first is decided.
pub(super) fn resolve(hits: &mut Sink, rules: &RuleSet) {
    let strength = |hit: &Hit| {
        let rule = rules.get(hit.rule);
        // A mail address of the organisation is that first, and somebody's second.
        let mild = rule.generic && rule.info.class == Class::PersonalData;
        let sensitive = rule.info.category == Category::Sensitive && !mild;
        let value = (hit.decoded.is_some(), hit.span.len(), Reverse(hit.rule));
        (hit.proved, sensitive, !rule.generic, hit.severity, value)
    };
    let differ = |a: &Hit, b: &Hit| {
        a.span == b.span && a.decoded.is_some() && b.decoded.is_some() && a.decoded != b.decoded
    };
    hits.sort_by(|a, b| {
        a.span.start.cmp(&b.span.start).then_with(|| strength(b).cmp(&strength(a)))
    });
    let mut kept: Sink = Vec::with_capacity(hits.len());
    for hit in hits.drain(..) {
        // Kept hits never overlap each other, so only those at the end can reach into this one.
        let rivals = kept.iter().rev().take_while(|other| other.span.end > hit.span.start).count();
        let first = kept.len() - rivals;
        let beats = |other: &Hit| differ(&hit, other) || strength(&hit) > strength(other);
        if kept[first..].iter().all(beats) {
            let rivals = kept.split_off(first);
            kept.extend(rivals.into_iter().filter(|other| differ(&hit, other)));
            kept.push(hit);
        }
    }
    *hits = kept;
}

#[cfg(test)]
mod tests {
    use super::{Hit, resolve};
    use crate::{
        domain::{RuleIdx, Severity},
        rules::RuleSet,
    };

    #[test]
    fn the_strongest_of_an_overlap_stays() {
        let rules = RuleSet::builtin().expect("built-in rules");
        let hit = |span, severity| Hit::new(RuleIdx(0), span, severity);
        let mut hits = vec![
            hit(10..20, Severity::Low),
            hit(0..5, Severity::Low),
            hit(15..18, Severity::High),
            hit(20..25, Severity::Low),
            hit(0..5, Severity::Low),
        ];
        resolve(&mut hits, &rules);
        let spans: Vec<_> = hits.iter().map(|hit| hit.span.clone()).collect();
        assert_eq!(spans, [0..5, 15..18, 20..25]);
    }
}
