// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a release can take in a dependency under a licence.

use super::{Family, LicensingScan, Reading, is_accepted, read};
use crate::{
    domain::Severity,
    scan::licensing::{
        LicenceKind, LicenceTree, Outcome, compatible, expression::Terms,
        repository::parts::outbound,
    },
};

/// What speaks against a licence.
pub(super) struct Objection {
    pub(super) why: String,
    pub(super) severity: Severity,
}

/// Returns what speaks against a dependency under `licence`; of alternatives the best counts.
pub(super) fn objection(scan: &LicensingScan, licence: &str) -> Option<Objection> {
    let declared = read(licence);
    let terms = match &declared.reading {
        Reading::Licence(terms) => terms,
        Reading::Proprietary => {
            let why = "it keeps all rights: nobody else can fetch or use it".to_owned();
            return Some(Objection { why, severity: Severity::High });
        }
        _ => return None,
    };
    if terms.holds(|family| is_accepted(scan, family)) {
        return None;
    }
    if !terms.holds(Family::is_open) {
        let why = "not an open licence: it limits who may use the package or what for".to_owned();
        return Some(Objection { why, severity: Severity::High });
    }
    // An exception is there to let others build on the work.
    let excepted = licence.to_ascii_uppercase().contains(" WITH ");
    let outbound = outbound(scan).filter(|(tree, _)| !takes_in(tree, licence, terms));
    if let Some((_, out)) = outbound.filter(|_| !excepted) {
        let guessed = scan.policy.outbound.is_none();
        let of = if guessed { "the licence file's" } else { "the release's" };
        let why = format!("{of} {out} can't take it in as part of one work");
        let severity = if guessed { Severity::Medium } else { Severity::High };
        return Some(Objection { why, severity });
    }
    let unlisted = !scan.policy.accepted.is_empty() && !excepted;
    let mild = terms.holds(|family| !is_copyleft(family));
    unlisted.then(|| Objection {
        why: "not among the licences that the policy accepts".to_owned(),
        severity: if mild { Severity::Low } else { Severity::Medium },
    })
}

fn is_copyleft(family: &Family) -> bool {
    use LicenceKind::{NetworkCopyleft, StrongCopyleft, WeakCopyleft};
    let kind = LicenceKind::of(family.as_str());
    matches!(kind, Some(WeakCopyleft | StrongCopyleft | NetworkCopyleft))
}

/// Returns whether `outbound` can take in a dependency under what is written as `licence`.
fn takes_in(outbound: &LicenceTree, licence: &str, terms: &Terms) -> bool {
    let known = |tree: &LicenceTree| tree.ids().into_iter().all(|id| LicenceKind::of(id).is_some());
    if let Some(tree) = LicenceTree::read(licence).filter(known) {
        return tree.holds(&|id| takes_in_one(outbound, id));
    }
    let end = if terms.later { "-or-later" } else { "" };
    terms.holds(|family| takes_in_one(outbound, &format!("{}{end}", family.as_str())))
}

/// Weak copyleft stays with the package, so only what reaches the whole work matters here. Of the
/// same licence with and without "or later" one takes in the other's packages.
fn takes_in_one(outbound: &LicenceTree, id: &str) -> bool {
    let kind = LicenceKind::of(id);
    let strong = matches!(kind, Some(LicenceKind::StrongCopyleft | LicenceKind::NetworkCopyleft));
    let same = || match outbound {
        LicenceTree::One { id: out, .. } => Family::of_id(out).fits(&Family::of_id(id)),
        _ => false,
    };
    let one = LicenceTree::one(id);
    !strong || same() || compatible(outbound, &one).0 != Outcome::Incompatible
}
