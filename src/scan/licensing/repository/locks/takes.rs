// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a release can take in a dependency under a licence.

use super::{Family, LicensingScan, Reading, is_accepted, read};
use crate::{
    domain::{RepoPath, Severity},
    scan::licensing::Declared,
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
    let (outbound, guessed) = outbound(scan);
    let conflict =
        outbound.iter().find(|out| !terms.holds(|family| takes_in(out, family, licence)));
    if let Some(out) = conflict.filter(|_| !excepted) {
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

/// Returns the licences of the release, and whether they are only read off the licence file.
fn outbound(scan: &LicensingScan) -> (Vec<Family>, bool) {
    let declared = scan.policy.outbound.as_deref().map(Declared::read);
    if let Some(terms) = declared.as_ref().and_then(Declared::terms) {
        return (terms.families(), false);
    }
    let top = scan.licences(&RepoPath::root()).into_iter().cloned().collect::<Vec<_>>();
    // Where several texts lie, nobody has said yet which of them is the release's.
    (if top.len() == 1 { top } else { Vec::new() }, true)
}

fn is(family: &Family, start: &str) -> bool {
    family.as_str().starts_with(start)
}

/// The GNU licences that reach the whole work.
fn is_strong(family: &Family) -> bool {
    is(family, "GPL") || is(family, "AGPL")
}

fn is_copyleft(family: &Family) -> bool {
    let starts = ["LGPL", "MPL", "EPL", "CDDL", "EUPL", "OSL", "CC-BY-SA", "MS-RL", "CECILL"];
    is_strong(family) || starts.iter().any(|start| is(family, start))
}

/// Returns whether `outbound` can take in a dependency under `inbound`. Weak copyleft stays with
/// the package, so only what reaches the whole work matters here.
fn takes_in(outbound: &Family, inbound: &Family, written: &str) -> bool {
    if !is_strong(inbound) || outbound.fits(inbound) {
        return true;
    }
    let later = written.contains("or-later") || written.contains('+');
    let old = is(inbound, "GPL-2") || is(inbound, "GPL-1");
    match (is(outbound, "AGPL"), is(outbound, "GPL")) {
        (true, _) => !old || later,
        // Section 13 of the GPL-3.0 lets it be joined with the AGPL.
        (_, true) if is(outbound, "GPL-2") => old && later,
        (_, true) => !old || later,
        _ => false,
    }
}
