// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a comment says about the licence of its file.
//!
//! A name alone says little: programs talk to licence servers and quote the names of licences.
//! A claim is a name behind words such as "licensed under", a name that stands alone on its line,
//! or one of the sentences by which licences are granted.

mod judge;
mod weigh;

use super::{
    blocks::{Block, Words},
    gnu,
    table::{Gnu, Says, Table},
};
use crate::domain::How;

/// "licensed under the terms of the" and the like stand so many words before a full name.
const FAR_CUE: usize = 14;

/// What a file says about its licence, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// An SPDX expression.
    pub licence: String,
    /// How it says so.
    pub how: How,
    /// Where, in bytes of the text.
    pub(in crate::scan::licensing) at: usize,
    /// The line, counted from 1.
    pub line: u32,
}

impl Said {
    /// Makes what a file says that is a licence's text.
    pub(in crate::scan::licensing) fn text(licence: String) -> Self {
        Self { licence, how: How::Text, at: 0, line: 1 }
    }
}

/// How much a name weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// "See the …", or an address.
    Pointer,
    /// A name alone on its line.
    Named,
    /// "Licensed under …".
    Granted,
    /// The words of the licence themselves.
    Text,
}

struct Claim {
    id: String,
    /// The part of it that versions share.
    family: &'static str,
    weight: Weight,
    /// Whether a version was named.
    exact: bool,
    start: usize,
    end: usize,
}

/// Returns what the block says.
pub(super) fn read(text: &[u8], block: &Block) -> Option<Said> {
    let words = Words::of(text, block);
    let mut reader = Reader { words: &words, block, claims: Vec::new(), exceptions: Vec::new() };
    reader.collect()?;
    reader.judge()
}

/// Returns whether the words grant an open licence, or name one at least.
pub(in crate::scan::licensing) fn named_in(row: &str) -> Option<&'static str> {
    let found = Table::get()?.find(row);
    found.into_iter().find_map(|(_, _, says)| match says {
        Says::Name(id) | Says::Grant(id) | Says::Link(id) => Some(id),
        Says::Gnu(gnu, _) => Some(gnu.id()),
        Says::Short(_) | Says::Except(_) | Says::GnuLink => None,
    })
}

struct Reader<'r> {
    words: &'r Words<'r>,
    block: &'r Block,
    claims: Vec<Claim>,
    exceptions: Vec<&'static str>,
}

impl Reader<'_> {
    fn collect(&mut self) -> Option<()> {
        let found = Table::get()?.find(&self.words.row);
        let places: Vec<(usize, usize, Says)> = found
            .into_iter()
            .map(|(start, end, says)| {
                (self.words.number_at(start), self.words.number_at(end), says)
            })
            .collect();
        for (i, (start, end, says)) in places.iter().enumerate() {
            let named = |says: &Says| !matches!(says, Says::Except(_));
            let low = places[..i].iter().rev().find(|p| named(&p.2)).map_or(0, |p| p.1);
            let high = places[i + 1..].iter().find(|p| named(&p.2) && !self.repeats(says, p));
            let high = high.map_or(self.words.len(), |p| p.0);
            let link = i > 0 && places[i - 1].2 == Says::GnuLink && places[i - 1].1 + 1 >= *start;
            let known = self.claims.len();
            self.one(*says, (*start, *end), (low, high), link);
            if let (Some((first, last, before)), true) =
                (i.checked_sub(1).map(|i| places[i]), self.claims.len() == known + 1)
                && last == *start
                && self.words.between(last - 1) == b"/"
            {
                self.before_slash(before, (first, last), known);
            }
        }
        Some(())
    }

    /// "MIT/GPL2 Licensed": what makes the second name a claim makes the first one, too.
    fn before_slash(&mut self, says: Says, at: (usize, usize), second: usize) {
        let weight = self.claims[second].weight;
        let known = self.claims[..second].iter().any(|claim| claim.start == at.0);
        let (Says::Name(id) | Says::Short(id)) = says else { return };
        if !known && matches!(weight, Weight::Named | Weight::Granted) {
            self.generic(id, Some(weight), at);
            self.claims[second..].rotate_right(1);
        }
    }

    /// Returns whether the next phrase is the short form of this one: "(GPL)".
    fn repeats(&self, says: &Says, next: &(usize, usize, Says)) -> bool {
        match (says, next.2) {
            (Says::Gnu(one, None), Says::Gnu(two, None)) => *one == two && next.1 == next.0 + 1,
            _ => false,
        }
    }

    fn one(&mut self, says: Says, at: (usize, usize), bounds: (usize, usize), link: bool) {
        match says {
            Says::Except(id) => self.exceptions.push(id),
            Says::GnuLink => {}
            Says::Grant(id) => self.grant(id, at),
            Says::Link(id) => {
                // "The text is released under the [CC-BY license](…)": only the address is exact.
                let named = self.block.prose && id.starts_with("CC-");
                let weight = if named { self.weigh(at, FAR_CUE, bounds.0) } else { None };
                self.push(id.to_owned(), id, weight.or(Some(Weight::Pointer)), true, at);
            }
            Says::Name(id) => {
                let weight = self.weigh(at, FAR_CUE, bounds.0);
                self.generic(id, weight, at);
            }
            Says::Short(id) => {
                let weight = self.weigh_short(at, bounds.0);
                self.generic(id, weight, at);
            }
            Says::Gnu(family, known) => self.gnu(family, known, at, bounds, link),
        }
    }

    /// Takes in a name that may stand for any version.
    fn generic(&mut self, id: &'static str, weight: Option<Weight>, at: (usize, usize)) {
        let exact = !matches!(id, "Apache" | "BSD" | "BSD-style" | "MPL" | "EPL" | "CDDL");
        let full = match id {
            "Apache" => "Apache-2.0",
            "BSD-style" => "LicenseRef-BSD-style",
            "BSD" => "LicenseRef-BSD",
            "MPL" => "LicenseRef-MPL",
            "EPL" => "LicenseRef-EPL",
            "CDDL" => "CDDL-1.0",
            other => other,
        };
        self.push(full.to_owned(), id, weight, exact, at);
    }

    fn gnu(
        &mut self,
        family: Gnu,
        known: Option<(&'static str, bool)>,
        at: (usize, usize),
        bounds: (usize, usize),
        link: bool,
    ) {
        let mut version = match known {
            Some((number, later)) => {
                let fixed = gnu::Version { numbers: vec![number], later, end: at.1 };
                if later { fixed } else { gnu::later_of(self.words, family, fixed, bounds.1) }
            }
            None => gnu::version(self.words, family, at, bounds),
        };
        let short = at.1 - at.0 == 1;
        let weight = if link {
            // An address names a version and not whether a later one will do.
            version.later = false;
            Some(Weight::Pointer)
        } else if short {
            self.weigh_short(at, bounds.0)
        } else {
            self.weigh(at, FAR_CUE, bounds.0)
        };
        let invariants = self.words.row.contains(" no invariant sections ")
            || self.words.row.contains(" without invariant sections ");
        let id = gnu::expression(family, &version, invariants);
        let exact = !version.numbers.is_empty();
        self.push(id, family.id(), weight, exact, (at.0, version.end.max(at.1)));
    }

    fn push(
        &mut self,
        id: String,
        family: &'static str,
        weight: Option<Weight>,
        exact: bool,
        (start, end): (usize, usize),
    ) {
        let Some(weight) = weight else { return };
        if self.words.is_quoted(start, b"\"`") && weight < Weight::Text {
            return;
        }
        self.claims.push(Claim { id, family, weight, exact, start, end });
    }

    /// A sentence of a licence. Which one it is shows further on.
    fn grant(&mut self, id: &'static str, at: (usize, usize)) {
        let row = &self.words.row;
        let has = |phrase: &str| row.contains(phrase);
        let mut weight = Weight::Text;
        let id = match id {
            "BSD"
                if !has(" redistributions of source code must ")
                    && !has(" redistribution of source code must ") =>
            {
                return;
            }
            "BSD" => {
                let named = has(" endorse or promote ") || has(" neither the name");
                let binary = has(" redistributions in binary form must ")
                    || has(" redistribution in binary form must ");
                if has(" all advertising materials mentioning ") {
                    if has(" regents of the university of california ") {
                        "BSD-4-Clause-UC"
                    } else {
                        "BSD-4-Clause"
                    }
                } else if named {
                    "BSD-3-Clause"
                } else if binary {
                    "BSD-2-Clause"
                } else {
                    "BSD-1-Clause"
                }
            }
            "MIT" if has(" shall be used for good not evil ") => "JSON",
            "MIT" if has(" except as contained in this notice the name") => "X11",
            "MIT"
                if !has(" permission notice shall be included ")
                    && !has(
                        " permission notice including the next paragraph shall be included ",
                    ) =>
            {
                if has(" without restriction ") && !has("included in") {
                    "MIT-0"
                } else {
                    "MIT"
                }
            }
            "ISC" if !has(" provided that ") => "0BSD",
            "Zlib" if !has(" altered source versions ") => return,
            "LicenseRef-Public-Domain" if has(" free and unencumbered software ") => return,
            "LicenseRef-Public-Domain" | "Vim" => {
                weight = Weight::Granted;
                if self.is_denied(at.0) || self.block.prose {
                    return;
                }
                id
            }
            "Artistic-1.0-Perl OR GPL-1.0-or-later" => {
                weight = Weight::Granted;
                id
            }
            other => other,
        };
        let family = if id.starts_with("BSD") { "BSD" } else { id };
        self.push(id.to_owned(), family, Some(weight), true, at);
    }
}
