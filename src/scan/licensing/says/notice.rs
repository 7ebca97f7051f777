// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a comment says about the licence of its file.
//!
//! A name alone says little: programs talk to licence servers and quote the names of licences.
//! A claim is a name behind words such as "licensed under", a name that stands alone on its line,
//! or one of the sentences by which licences are granted.

use super::{
    blocks::{Block, Words},
    gnu, spell,
    table::{Gnu, Says, Table},
};
use crate::domain::How;

/// A comment that names more licences than this lists them.
const MOST: usize = 4;
/// "licensed under the terms of the" and the like stand so many words before a full name …
const FAR_CUE: usize = 14;
/// … and so many before a short one.
const NEAR_CUE: usize = 5;

/// What "this … is" in running text is about, where it is about the file and what it belongs to.
const WORKS: [&str; 31] = [
    "document",
    "file",
    "work",
    "manual",
    "page",
    "text",
    "program",
    "software",
    "package",
    "documentation",
    "library",
    "project",
    "article",
    "font",
    "code",
    "source",
    "guide",
    "book",
    "tool",
    "script",
    "module",
    "repository",
    "repo",
    "notebook",
    "plugin",
    "role",
    "cookbook",
    "collection",
    "app",
    "application",
    "website",
];

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

    /// Weighs a full name.
    fn weigh(&self, at: (usize, usize), far: usize, bound: usize) -> Option<Weight> {
        if self.is_denied(at.0) || self.is_about(at) {
            return None;
        }
        let low = at.0.saturating_sub(far).max(bound.min(at.0));
        let before: Vec<&str> = (low..at.0).map(|no| self.words.get(no)).collect();
        let points = self.is_pointed_at(at.0);
        let cue = before.iter().rposition(|word| is_cue(word));
        if points {
            return Some(Weight::Pointer);
        }
        if let Some(cue) = cue {
            return self.granted(low + cue);
        }
        if let Some(weight) = self.goes_on(at.0).or_else(|| self.in_field(at.0)) {
            return Some(weight);
        }
        let joined = self.claims.last().is_some_and(|last| last.end == at.0);
        if joined && self.claims.last().is_some_and(|last| last.weight == Weight::Granted) {
            return Some(Weight::Granted);
        }
        if self.words.get(at.1) == "licensed" && self.block.in_head && !self.block.prose {
            return Some(Weight::Granted);
        }
        self.alone(at)
    }

    /// "either the MIT license or the Apache license": the cue stands before the first. Weighs a
    /// name that goes on with such a list.
    fn goes_on(&self, start: usize) -> Option<Weight> {
        let last = self.claims.iter().rev().find(|claim| claim.weight >= Weight::Named)?;
        if start < last.end || start - last.end > 20 {
            return None;
        }
        let filler = |no: &usize| {
            matches!(
                self.words.get(*no),
                "the" | "a" | "an" | "under" | "either" | "both" | "terms" | "of" | "gnu" | "perl"
            )
        };
        let before = (last.end..start).rev().find(|no| !filler(no));
        let joined = before.is_some_and(|no| matches!(self.words.get(no), "or" | "and"));
        let slash =
            start > 0 && start <= last.end + 1 && self.words.between(start - 1).contains(&b'/');
        // "Icons: CC BY 4.0, Code: MIT License".
        let part = start == last.end + 1
            && self.words.between(start - 2).trim_ascii() == b","
            && self.words.between(start - 1).trim_ascii() == b":";
        (joined || slash || part).then_some(last.weight)
    }

    /// Weighs a name at the end of a line that begins with `@license` and an address.
    fn in_field(&self, start: usize) -> Option<Weight> {
        let first = (0..=start).rev().find(|no| self.words.begins_line(*no))?;
        let field = self.words.get(first) == "license" && self.tagged(first);
        (field && !self.block.prose).then_some(Weight::Granted)
    }

    /// Returns whether a name is set apart on a line that says whose it is:
    /// "(c) 2012 Jo. MIT License."
    fn is_apart(&self, (start, end): (usize, usize)) -> bool {
        if start == 0 {
            return false;
        }
        let before = self.words.between(start - 1).trim_ascii();
        let behind = self.words.between(end - 1).trim_ascii();
        let closed = self.words.left_on_line(end - 1) == 0
            || [&b"|"[..], b".", b",", b";", b"-", b")"].contains(&behind);
        let first = (0..start).rev().find(|no| self.words.begins_line(*no)).unwrap_or(0);
        let line = self.words.offset(first).saturating_sub(4);
        let line = self.words.slice(line..self.words.offset(start)).to_ascii_lowercase();
        let owned = [&b"copyright"[..], b"(c)", b"\xc2\xa9"]
            .iter()
            .any(|mark| memchr::memmem::find(&line, mark).is_some());
        closed && owned && [&b"."[..], b",", b";", b"-", b"("].contains(&before)
    }

    /// Weighs a name behind "under" or "licensed".
    fn granted(&self, cue: usize) -> Option<Weight> {
        if !self.block.prose {
            return Some(Weight::Granted);
        }
        // In running text the sentence must be about the file.
        let low = cue.saturating_sub(14);
        let before: Vec<&str> = (low..cue).map(|no| self.words.get(no)).collect();
        let subject = before.windows(3).any(|pair| {
            pair[0] == "this"
                && matches!(pair[2], "is" | "are" | "was" | "has" | "may" | "can" | "and" | "code")
                && WORKS.contains(&pair[1])
        });
        // "The text is released under …": of all that is there and not of one part.
        let subject = subject
            || before.windows(3).any(|words| {
                matches!(words[0], "the" | "all" | "and")
                    && matches!(words[1], "text" | "code" | "content" | "contents")
                    && matches!(words[2], "is" | "are" | "of")
            });
        let others = before.iter().any(|word| {
            matches!(
                *word,
                "contributions"
                    | "contribution"
                    | "contribute"
                    | "agree"
                    | "submit"
                    | "your"
                    | "patches"
            )
        });
        let begins = self.words.begins_line(cue)
            || (cue > 0 && self.words.begins_line(cue - 1) && is_cue(self.words.get(cue - 1)))
            || (cue > 0
                && self.words.begins_line(cue - 1)
                && matches!(self.words.get(cue - 1), "released" | "distributed"));
        let own = self.words.row.contains(" copyright ") && begins;
        ((subject || own) && !others).then_some(Weight::Granted)
    }

    /// Weighs a name that needs words around it.
    fn weigh_short(&self, at: (usize, usize), bound: usize) -> Option<Weight> {
        if self.is_denied(at.0) || self.is_about(at) {
            return None;
        }
        let low = at.0.saturating_sub(NEAR_CUE).max(bound.min(at.0));
        let cue = (low..at.0).rev().find(|no| is_cue(self.words.get(*no)));
        let next = self.words.get(at.1);
        let plain = |no: usize| is_filler(self.words.get(no));
        if let Some(cue) = cue.filter(|cue| (cue + 1..at.0).all(plain)) {
            // "license" alone before a name must be a field.
            let field = matches!(self.words.get(cue), "license" | "licenses" | "licensing");
            if field && cue + 1 == at.0 {
                // In a list of licences the names stand on lines of their own.
                let listed = self.words.begins_line(at.0)
                    || (self.block.prose && !self.words.begins_line(cue));
                if listed {
                    return None;
                }
                let gap = self.words.between(cue);
                // A row of a table that compares things.
                let compares = self.block.prose && gap.contains(&b'|');
                if compares && self.words.left_on_line(at.1 - 1) > 0 {
                    return None;
                }
                let separated = gap.iter().any(|b| b":=(,|>\"'".contains(b)) || self.tagged(cue);
                return separated.then_some(Weight::Granted);
            }
            return self.granted(cue);
        }
        if let Some(weight) = self.goes_on(at.0).or_else(|| self.in_field(at.0)) {
            return Some(weight);
        }
        if next == "licensed" && self.block.in_head && !self.block.prose {
            return Some(Weight::Granted);
        }
        if self.words.get(at.0) == "public"
            && self.words.left_on_line(at.1 - 1) <= 1
            && !self.block.prose
        {
            return self.alone(at);
        }
        // "| MIT |"
        let column = at.0 > 0
            && self.words.between(at.0 - 1).contains(&b'|')
            && self.words.between(at.1 - 1).contains(&b'|');
        if column {
            return self.alone(at);
        }
        let licence = matches!(next, "license" | "licensed" | "licenses");
        (licence && !self.block.prose).then(|| self.alone((at.0, at.1 + 1))).flatten()
    }

    /// Returns whether a mark such as `@license` stands before the word.
    fn tagged(&self, no: usize) -> bool {
        let before = if no == 0 { b"".as_slice() } else { self.words.between(no - 1) };
        let at = self.words.offset(no);
        before.contains(&b'@')
            || before.contains(&b'\\')
            || self.words.at(at.wrapping_sub(1)) == Some(b'@')
            || self.words.at(at.wrapping_sub(1)) == Some(b'\\')
    }

    /// A name that begins its line, with nothing but a remark behind it.
    fn alone(&self, (start, end): (usize, usize)) -> Option<Weight> {
        let article =
            start > 0 && self.words.get(start - 1) == "the" && self.words.begins_line(start - 1);
        // "name v1.0 | MIT License | https://…" is how tools for the web write a banner.
        // Longer comments have tables of what they use.
        let short = self.block.banner || self.block.lines.len() < 4;
        let column = short && start > 0 && self.words.between(start - 1).contains(&b'|');
        if self.block.prose || !self.block.in_head {
            return None;
        }
        if self.is_apart((start, end)) {
            return Some(Weight::Named);
        }
        if !(article || column || self.words.begins_line(start)) {
            return None;
        }
        let left = self.words.left_on_line(end - 1);
        let next = self.words.get(end);
        let gap = self.words.between(end - 1);
        if column {
            let closed = left == 0 || gap.contains(&b'|') || gap.contains(&b'*');
            return closed.then_some(Weight::Named);
        }
        let remark = matches!(
            next,
            "see" | "http" | "https" | "as" | "version" | "v" | "text" | "notice" | "or"
        ) || gap.contains(&b'(')
            || gap.contains(&b',');
        // A version number, a year.
        (left <= 3 || remark || next.starts_with(|c: char| c.is_ascii_digit() || c == 'v'))
            .then_some(Weight::Named)
    }

    /// Returns whether the sentence says the opposite.
    fn is_denied(&self, start: usize) -> bool {
        // "Checks that no file is under the GPL."
        let first = (0..=start).rev().find(|no| self.words.begins_line(*no)).unwrap_or(0);
        let looks = matches!(
            self.words.get(first),
            "checks" | "detects" | "ensures" | "fails" | "finds" | "rejects" | "verifies" | "warns"
        );
        (looks && first < start)
            || (start.saturating_sub(6)..start).any(|no| {
                matches!(
                    self.words.get(no),
                    "not"
                        | "isn"
                        | "non"
                        | "without"
                        | "unlike"
                        | "incompatible"
                        | "compatible"
                        | "detect"
                        | "detects"
                        | "matches"
                        | "match"
                        | "parse"
                        | "parses"
                        | "check"
                        | "checks"
                        | "instead"
                        | "previously"
                        | "formerly"
                        | "was"
                        | "e.g"
                        | "eg"
                        | "whether"
                        | "contributions"
                )
            })
    }

    /// Returns whether the name is part of another word, or of a sentence about licences.
    fn is_about(&self, at: (usize, usize)) -> bool {
        let next = self.words.get(at.1);
        let last = self.words.get(at.1.saturating_sub(1));
        let then = if next == "license" {
            self.words.get(at.1 + 1)
        } else if last == "license" {
            next
        } else {
            ""
        };
        if matches!(
            then,
            "header"
                | "headers"
                | "check"
                | "checker"
                | "server"
                | "key"
                | "keys"
                | "detection"
                | "violation"
        ) {
            return true;
        }
        let gap = self.words.between(at.1.saturating_sub(1));
        matches!(
            next,
            "compatible"
                | "incompatible"
                | "edu"
                | "server"
                | "servers"
                | "key"
                | "keys"
                | "header"
                | "headers"
                | "violation"
                | "violations"
                | "violating"
                | "checker"
                | "foundation"
                | "httpd"
                | "commons"
                | "tomcat"
                | "kafka"
                | "spark"
                | "maven"
        ) || (gap == b"." && !next.is_empty())
    }

    /// Returns whether the name stands behind "see the" or "a copy of the".
    fn is_pointed_at(&self, start: usize) -> bool {
        let before = |n: usize| start.checked_sub(n).map_or("", |no| self.words.get(no));
        let skip = usize::from(before(1) == "gnu");
        let the = before(1 + skip) == "the";
        the && (before(2 + skip) == "see"
            || (before(2 + skip) == "of" && before(3 + skip) == "copy")
            || (before(2 + skip) == "and"))
    }

    /// Makes one expression of all claims.
    fn judge(mut self) -> Option<Said> {
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

/// Returns whether a word may stand between "licensed" and a short name: "the GNU GPL".
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "terms"
            | "of"
            | "a"
            | "an"
            | "both"
            | "either"
            | "gnu"
            | "is"
            | "s"
            | "standard"
            | "type"
            | "name"
            | "dual"
            | "by"
            | "same"
            | "conditions"
            | "and"
            | "or"
            | "under"
            | "as"
            | "in"
            | "new"
            | "revised"
            | "modified"
    ) || is_cue(word)
}

/// Returns whether a licence follows such a word.
fn is_cue(word: &str) -> bool {
    matches!(
        word,
        "under"
            | "license"
            | "licensed"
            | "licensing"
            | "licenses"
            | "terms"
            | "governed"
            | "spdx"
            | "relicensed"
            | "sublicensed"
            | "copying"
            | "per"
            | "license_"
            | "subject"
    )
}
