// SPDX-License-Identifier: MIT OR Apache-2.0
//! Makes one expression of all that a comment claims.

use super::{super::spell, Claim, Reader, Said, Weight};
use crate::domain::How;

/// A comment that names more licences than this lists them.
const MOST: usize = 4;

impl Reader<'_> {
    /// Makes one expression of all claims.
    pub(super) fn judge(mut self) -> Option<Said> {
        self.drop_vague();
        let best = self.claims.iter().map(|claim| claim.weight).max()?;
        if best == Weight::Pointer && !self.points_well() {
            return None;
        }
        if best > Weight::Pointer {
            self.sharpen();
            self.claims.retain(|claim| claim.weight > Weight::Pointer);
        }
        self.claims.sort_by_key(|claim| claim.start);
        let ids = |claims: &[Claim]| {
            let mut ids: Vec<String> = Vec::new();
            for claim in claims {
                if !ids.contains(&claim.id) {
                    ids.push(claim.id.clone());
                }
            }
            ids
        };
        if ids(&self.claims).len() > MOST || self.claims.is_empty() {
            return None;
        }
        let first = self
            .claims
            .iter()
            .max_by_key(|claim| (claim.weight, std::cmp::Reverse(claim.start)))?;
        let at = self.words.offset(self.claims.iter().map(|claim| claim.start).min()?);
        let how = match first.weight {
            Weight::Text => How::Text,
            _ if self.block.banner => How::Banner,
            Weight::Granted if self.words.len() > 12 => How::Notice,
            _ => How::Reference,
        };
        let operator = if self.is_choice() { "OR" } else { "AND" };
        let joined = |claims: &[Claim]| {
            let ids: Vec<String> = ids(claims).into_iter().map(|id| self.excepted(id)).collect();
            spell::join(&ids, operator)
        };
        let (whole, part) = self.claims.split_at(self.portions());
        let both: Vec<String> = [joined(whole), joined(part)].into_iter().flatten().collect();
        Some(Said { licence: spell::join(&both, "AND")?, how, at, line: 0 })
    }

    /// "Portions of this file are under …" is no choice for the rest. Returns the first claim that
    /// is about portions only, behind one that is not.
    fn portions(&self) -> usize {
        const FAR: usize = 14;
        let about = |pair: &[Claim]| {
            let low = pair[1].start.saturating_sub(FAR).max(pair[0].end);
            (low..pair[1].start).any(|no| {
                matches!(self.words.get(no), "portions" | "parts") && self.words.get(no + 1) == "of"
            })
        };
        self.claims.windows(2).position(about).map_or(self.claims.len(), |at| at + 1)
    }

    /// Drops what another claim says more exactly.
    fn drop_vague(&mut self) {
        // "Released to the public domain, as explained at …/publicdomain/zero/1.0/".
        if self.claims.iter().any(|claim| claim.id == "LicenseRef-Public-Domain")
            && let Some(exact) =
                self.claims.iter_mut().find(|claim| matches!(&*claim.id, "CC0-1.0" | "Unlicense"))
        {
            exact.weight = exact.weight.max(Weight::Granted);
            self.claims.retain(|claim| claim.id != "LicenseRef-Public-Domain");
        }
        let exact: Vec<(&'static str, String, Weight)> = self
            .claims
            .iter()
            .filter(|claim| claim.exact)
            .map(|claim| (claim.family, claim.id.clone(), claim.weight))
            .collect();
        let covered = |claim: &Claim| {
            let strong = claim.weight > Weight::Pointer;
            exact.iter().any(|(family, id, weight)| {
                let same = *family == claim.family
                    || id.starts_with(&format!("{}-", claim.family.trim_end_matches("-style")));
                same && (*weight > Weight::Pointer || !strong)
            })
        };
        self.claims.retain(|claim| claim.exact || !covered(claim));
        // Of "GPL 2.0" and "GPL version 2 or later" the second says more.
        let later: Vec<String> = self
            .claims
            .iter()
            .filter_map(|claim| {
                claim.id.strip_suffix("-or-later").filter(|_| claim.exact).map(str::to_owned)
            })
            .collect();
        self.claims.retain(|claim| {
            claim.id.strip_suffix("-only").is_none_or(|base| !later.iter().any(|one| one == base))
        });
        // The notices of the LGPL and AGPL point to the GPL too.
        let others = self
            .claims
            .iter()
            .any(|c| matches!(c.family, "LGPL" | "AGPL") && c.weight > Weight::Pointer);
        if others {
            self.claims.retain(|c| c.family != "GPL" || c.weight > Weight::Pointer);
        }
    }

    /// Takes the version of an address where the sentence names none.
    fn sharpen(&mut self) {
        let linked: Vec<(&'static str, String)> = self
            .claims
            .iter()
            .filter(|claim| claim.weight == Weight::Pointer && claim.exact)
            .map(|claim| (claim.family, claim.id.clone()))
            .collect();
        for claim in
            self.claims.iter_mut().filter(|claim| !claim.exact && claim.weight > Weight::Pointer)
        {
            let base = claim.family.trim_end_matches("-style");
            let found = linked.iter().find(|(family, id)| {
                *family == claim.family || id.starts_with(&format!("{base}-"))
            });
            if let Some((_, id)) = found {
                claim.id.clone_from(id);
            }
        }
    }

    /// Returns whether an address or "see the GPL" is enough: in a header that is about licences.
    fn points_well(&self) -> bool {
        if !self.block.in_head || self.block.prose || self.claims.len() > 2 {
            return false;
        }
        let row = &self.words.row;
        let about = [" license ", " licensed ", " licenses ", " copyright ", " copying "];
        about.iter().any(|word| row.contains(word))
            && (self.block.first || row.contains(" copyright ") || row.contains(" licensed "))
    }

    /// Returns whether any of the licences will do.
    fn is_choice(&self) -> bool {
        let row = &self.words.row;
        let says = [
            " dual ",
            " dually ",
            " alternatively ",
            " at your choice ",
            " of your choice ",
            " your choice of ",
            " at your election ",
            " one of the above ",
            " tri license ",
            " either of ",
            " one of the following ",
            " select at your option ",
            " choose either ",
            " both the mit license and the apache license ",
            " whichever ",
        ];
        if says.iter().any(|phrase| row.contains(phrase)) {
            return true;
        }
        let mut claims: Vec<&Claim> = self.claims.iter().collect();
        claims.sort_by_key(|claim| claim.start);
        claims.windows(2).any(|pair| {
            pair[0].id != pair[1].id
                && (pair[0].end..pair[1].start).len() <= 16
                && ((pair[0].end..pair[1].start).any(|no| self.words.get(no) == "or")
                    || (pair[0].end == pair[1].start
                        && self.words.between(pair[0].end - 1).contains(&b'/')))
        })
    }

    /// Adds the exceptions that fit.
    fn excepted(&self, id: String) -> String {
        let fits = |exception: &&&str| match **exception {
            "LLVM-exception" | "Swift-exception" => id == "Apache-2.0",
            "GCC-exception-3.1"
            | "Bison-exception-2.2"
            | "Bison-exception-1.24"
            | "Libtool-exception"
            | "Autoconf-exception-generic"
            | "Autoconf-exception-2.0" => id.starts_with("GPL-"),
            "WxWindows-exception-3.1" => id.starts_with("LGPL-"),
            _ => id.starts_with("GPL-") || id.starts_with("LGPL-") || id.starts_with("AGPL-"),
        };
        match self.exceptions.iter().find(fits) {
            Some(exception) if !id.contains(" WITH ") && !id.contains(" OR ") => {
                let version3 =
                    *exception == "Autoconf-exception-generic" && id.starts_with("GPL-3.0");
                format!("{id} WITH {}{}", exception, if version3 { "-3.0" } else { "" })
            }
            _ => id,
        }
    }
}
