// SPDX-License-Identifier: MIT OR Apache-2.0
//! How much the words around a name of a licence make of it.

use super::{Reader, Weight};

/// "licensed under" and the like stand so many words before a short name.
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

impl Reader<'_> {
    /// Weighs a full name.
    pub(super) fn weigh(&self, at: (usize, usize), far: usize, bound: usize) -> Option<Weight> {
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
    /// "v1.0 | MIT License | example.com", "(c) 2012 Jo. MIT License."
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
        // Longer comments have tables of what they use.
        let short = self.block.banner || self.block.lines.len() < 4;
        closed
            && (before == b"|" && short
                || owned && [&b"."[..], b",", b";", b"-", b"("].contains(&before))
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
    pub(super) fn weigh_short(&self, at: (usize, usize), bound: usize) -> Option<Weight> {
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
        if self.block.prose || !self.block.in_head {
            return None;
        }
        if self.is_apart((start, end)) {
            return Some(Weight::Named);
        }
        if !(article || self.words.begins_line(start)) {
            return None;
        }
        let left = self.words.left_on_line(end - 1);
        let next = self.words.get(end);
        let gap = self.words.between(end - 1);
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
    pub(super) fn is_denied(&self, start: usize) -> bool {
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
