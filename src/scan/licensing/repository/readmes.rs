// SPDX-License-Identifier: MIT OR Apache-2.0
//! What READMEs say, against the licence text beside them.

use super::{Gap, LicensingScan, Report, list, standing};
use crate::{
    domain::{RepoPath, Severity},
    scan::licensing::{Claim, Family, Statement},
};

pub(super) fn judge(scan: &LicensingScan, report: &mut Report<'_>) {
    for (path, said) in &scan.said {
        let dir = path.parent();
        let texts = scan.licences(&dir);
        if texts.is_empty() || standing::is_aside(scan, path) {
            continue;
        }
        let site = Site { scan, path, dir, texts };
        for badges in [true, false] {
            site.judge(said.iter().filter(|one| one.badge == badges), report);
        }
    }
}

/// A README and the texts beside it.
struct Site<'a> {
    scan: &'a LicensingScan,
    path: &'a RepoPath,
    dir: RepoPath,
    texts: Vec<&'a Family>,
}

impl Site<'_> {
    /// Judges the badges of a README, or its sections. Those that name several licences, or one
    /// each, explain more than they claim.
    fn judge<'s>(&self, said: impl Iterator<Item = &'s Statement>, report: &mut Report<'_>) {
        let mut only: Option<(&Family, &Statement)> = None;
        for one in said {
            for family in &one.families {
                match only {
                    Some((other, _)) if !other.fits(family) => return,
                    Some(_) => {}
                    None => only = Some((family, one)),
                }
            }
        }
        if let Some((family, statement)) = only {
            self.compare(family, statement, report);
        }
    }

    fn compare(&self, family: &Family, statement: &Statement, report: &mut Report<'_>) {
        let gap =
            Gap::new("readme-contradicts", self.path, family.as_str()).at(statement.span.as_ref());
        if self.texts.iter().any(|text| text.fits(family)) {
            // The text can't tell, but a manifest can.
            if let Some(note) = self.other_range(family, statement) {
                report.push(gap.note(note).at_most(Severity::Low));
            }
            return;
        }
        let holds = list(self.texts.iter().copied());
        let evidence = format!("{} says {family}, the licence file holds {holds}", self.path);
        let gap = gap.because(evidence);
        let newer =
            statement.later && self.texts.iter().any(|text| standing::is_newer(family, text));
        report.push(if statement.leftover {
            gap.note("left over from the template of ansible-galaxy").at_most(Severity::Low)
        } else if newer {
            gap.note("a later version of the same licence").at_most(Severity::Low)
        } else {
            gap
        });
    }

    /// Says where a manifest beside the README claims "only" what the README gives "or later".
    fn other_range(&self, family: &Family, statement: &Statement) -> Option<String> {
        let gnu = family.as_str().contains("GPL");
        let beside = self.scan.manifests.iter().find(|(path, manifest)| {
            path.parent() == self.dir
                && matches!(&manifest.claim, Claim::Declared(declared, _)
                    if declared.text.contains("-only")
                        && declared.terms().is_some_and(|terms| terms.families().iter().any(|one| one.fits(family))))
        });
        let (path, _) = beside.filter(|_| gnu && statement.later)?;
        Some(format!("it allows later versions, {path} does not"))
    }
}
