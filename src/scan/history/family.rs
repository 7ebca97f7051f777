// SPDX-License-Identifier: MIT OR Apache-2.0
//! What comes by the thousand in messages and names of branches is asked about once: tickets by
//! their key, addresses of pages by their host, merges by the owner of the branch.

use std::ops::Range;

use crate::{domain::RuleIdx, rules::RuleSet};

/// Which part of a value stands for all alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// What stands before the number.
    Key,
    /// The host of an address.
    Host,
    /// All of it, whatever stands around it.
    All,
}

/// The rules of which one value stands for many.
pub(super) struct Families(Vec<Option<Part>>);

impl Families {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let part = |id: &str| match id {
            "internal/ticket" | "internal/ticket-number" | "internal/trailer" => Some(Part::Key),
            "internal/ticket-url" | "internal/saas-url" => Some(Part::Host),
            "internal/merge-branch" => Some(Part::All),
            _ => None,
        };
        Self(rules.iter().map(|(_, rule)| part(&rule.info.id)).collect())
    }

    /// Returns the part of `value` that stands for all alike, if the rule has families.
    pub(super) fn of(&self, rule: RuleIdx, value: &[u8]) -> Option<Range<usize>> {
        match self.0.get(usize::from(rule.0)).copied().flatten()? {
            Part::All => Some(0..value.len()),
            Part::Host => host(value),
            Part::Key => host(value).or_else(|| {
                let digits = value.iter().position(u8::is_ascii_digit).unwrap_or(value.len());
                let key = value[..digits].iter().rposition(u8::is_ascii_alphanumeric);
                // `K8S-12` has a digit in its key.
                let dash = memchr::memchr(b'-', value).filter(|dash| *dash > 0);
                let end = dash.or_else(|| key.map(|last| last + 1)).unwrap_or(digits);
                (end > 0).then_some(0..end)
            }),
        }
    }
}

/// Returns where the host of an address stands, with or without its scheme.
fn host(value: &[u8]) -> Option<Range<usize>> {
    let start = memchr::memmem::find(value, b"://").map_or(0, |at| at + 3);
    let length = memchr::memchr(b'/', &value[start..])?;
    let host = &value[start..start + length];
    host.contains(&b'.').then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::{Families, host};
    use crate::rules::RuleSet;

    #[test]
    fn a_key_stands_for_its_numbers() {
        let rules = RuleSet::builtin().expect("built-in rules");
        let families = Families::new(&rules);
        let of = |id: &str, value: &'static str| {
            let rule = rules.find(id).expect("a rule");
            families.of(rule, value.as_bytes()).map(|part| &value[part])
        };
        assert_eq!(of("internal/ticket", "K8S-12"), Some("K8S"));
        assert_eq!(of("internal/ticket-number", "INC0045123"), Some("INC"));
        assert_eq!(of("internal/ticket-number", "RT ticket #12"), Some("RT ticket"));
        assert_eq!(of("internal/trailer", "T1234"), Some("T"));
        assert_eq!(of("internal/trailer", "Bug: 1234"), Some("Bug"));
        assert_eq!(of("internal/trailer", "bugs.example.net/show?id=1"), Some("bugs.example.net"));
        assert_eq!(of("internal/saas-url", "https://a.slack.com/b"), Some("a.slack.com"));
        assert_eq!(of("internal/merge-branch", "acme"), Some("acme"));
        assert_eq!(of("internal/org-host", "a.corp.example"), None);
    }

    #[test]
    fn only_addresses_have_hosts() {
        assert_eq!(host(b"https://a.test/x"), Some(8..14));
        assert_eq!(host(b"OPS-1"), None);
        assert_eq!(host(b"a/b"), None);
    }
}
