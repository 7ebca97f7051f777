// SPDX-License-Identifier: MIT OR Apache-2.0
//! Finds the texts of the list in a file, one after the other.

use std::ops::Range;

use super::{
    Identified, Match,
    align::{self, Change, Fit},
    charge::{self, Word},
    corpus::{self, Share},
    difference::Sides,
    lines, marks,
    shingles::{self, Shingles},
    template::Template,
    tokens::{self, Token},
};
use crate::scan::licensing::{Family, words as plain};

/// Fewer words hold no text.
const FEW_WORDS: usize = 14;
/// A file with more texts is not read to its end.
const MOST_TEXTS: usize = 40;
/// A comment with more texts is not read to its end.
const MOST_INSIDE: usize = 4;
/// Texts of the list that are laid beside the file in one place.
const CANDIDATES: usize = 20;
/// A text of which less is there is another one.
const ENOUGH: usize = 72;
/// Words beside a common text that need no look at the rest of the list.
const LITTLE: usize = 20;
/// Words beside a text that are rather a text of their own than a rider of it.
const LONG_RIDER: usize = 250;

/// The same where many texts stand in a file.
const SHORT_RIDER: usize = 60;

/// A phrase of each common text, and the texts that it can be.
const COMMON: &[(&str, &[&str])] = &[
    ("permission is hereby granted free of charge to any person", &["MIT", "MIT-0", "X11"]),
    ("redistribution and use in source and binary forms", &["BSD-3-Clause", "BSD-2-Clause"]),
    ("for any purpose with or without fee is hereby granted", &["ISC", "0BSD"]),
    ("irrevocable copyright license to reproduce prepare derivative works", &["Apache-2.0"]),
    ("the act of running the program is not restricted", &["GPL-2.0"]),
    ("the act of running a program using the library is not restricted", &["LGPL-2.1", "LGPL-2.0"]),
    ("version of the gnu lesser general public license incorporates", &["LGPL-3.0"]),
    ("remote network interaction use with the gnu general public", &["AGPL-3.0"]),
    ("use with the gnu affero general public license notwithstanding", &["GPL-3.0"]),
    ("means each individual or legal entity that creates contributes", &["MPL-2.0"]),
    ("this is free and unencumbered software released into the public domain", &["Unlicense"]),
    ("public license fallback should any part of the waiver", &["CC0-1.0"]),
    ("obtaining a copy of the software and accompanying documentation covered", &["BSL-1.0"]),
    ("altered source versions must be plainly marked as such", &["Zlib"]),
];

/// Words of which every text of the list has one at least, but for a few that are short or in
/// other languages.
const LEGAL: [u32; 26] = [
    tokens::word("license"),
    tokens::word("licensed"),
    tokens::word("licence"),
    tokens::word("licences"),
    tokens::word("licenses"),
    tokens::word("permission"),
    tokens::word("permitted"),
    tokens::word("granted"),
    tokens::word("warranty"),
    tokens::word("distribute"),
    tokens::word("redistribute"),
    tokens::word("distribution"),
    tokens::word("redistribution"),
    tokens::word("copy"),
    tokens::word("domain"),
    tokens::word("distributed"),
    tokens::word("redistributed"),
    tokens::word("copied"),
    tokens::word("copies"),
    tokens::word("copyright"),
    tokens::word("copyrighted"),
    tokens::word("warranties"),
    tokens::word("liability"),
    tokens::word("liable"),
    tokens::word("licensee"),
    tokens::word("disclaimer"),
];

/// What the X11 licence and its like have behind the words of the MIT licence.
const X11_CLAUSE: &str = "except as contained in this notice";

/// A text of the list and how it lies in the file.
struct Found {
    place: usize,
    template: &'static Template,
    fit: Fit,
}

struct Search<'a> {
    text: &'a str,
    words: &'a [Token],
    found: Vec<Found>,
    /// The text most like it, the share of it in percent, and the words of it.
    closest: Option<(usize, usize, usize)>,
    /// Whether what stands around a text is none of ours.
    inside: bool,
    left: usize,
}

/// Identifies what a whole file holds.
pub(super) fn whole(text: &str) -> Identified {
    let words = tokens::of_file(text);
    let mut search = Search::new(text, &words, false);
    search.solve(0..words.len());
    search.found.sort_by_key(|found| found.fit.words.start);
    let marked = marks::find(&plain::normalise(text.as_bytes()));
    if marked.iter().any(|(_, id)| *id == marks::ENTERPRISE) {
        // Whose words it borrowed is no altered text of that one.
        search.found.retain(|found| found.fit.changes.is_empty());
    }
    if marked.is_empty() {
        search.take_riders();
    }
    search.finish(&marked)
}

/// Identifies what a comment holds, if it is a common text.
pub(super) fn part(text: &str) -> Vec<Match> {
    let words = tokens::of_file(text);
    if words.len() < FEW_WORDS || common(&Shingles::new(&words)).is_empty() {
        return Vec::new();
    }
    among(text, &words)
}

/// Identifies what a comment holds.
pub(super) fn any_part(text: &str) -> Vec<Match> {
    among(text, &tokens::of_file(text))
}

fn among(text: &str, words: &[Token]) -> Vec<Match> {
    let mut search = Search::new(text, words, true);
    search.solve(0..words.len());
    search.found.sort_by_key(|found| found.fit.words.start);
    if search.found.len() == 1 {
        search.take_riders();
    }
    search.finish(&[]).matches
}

/// Returns the common texts of which a phrase is there.
fn common(rows: &Shingles) -> Vec<usize> {
    let ids = COMMON.iter().filter(|(phrase, _)| has(rows, phrase)).flat_map(|(_, ids)| *ids);
    ids.filter_map(|id| corpus::place(id)).collect()
}

fn has(rows: &Shingles, phrase: &str) -> bool {
    let mut words = Vec::new();
    tokens::of_template(phrase, 0..phrase.len(), &mut words);
    shingles::of(&words).all(|row| rows.has(row))
}

impl<'a> Search<'a> {
    fn new(text: &'a str, words: &'a [Token], inside: bool) -> Self {
        let left = if inside { MOST_INSIDE } else { MOST_TEXTS };
        Self { text, words, found: Vec::new(), closest: None, inside, left }
    }

    /// Finds the texts in a range of words: the best, then what lies before and behind it.
    fn solve(&mut self, range: Range<usize>) {
        if range.len() < FEW_WORDS || self.left == 0 {
            return;
        }
        self.left -= 1;
        let rows = Shingles::new(&self.words[range.clone()]);
        let first = common(&rows).into_iter().filter_map(|place| self.lay(place, &range, &rows));
        let first = best(first.collect());
        let found = match first.filter(|found| self.settles(found, range.len(), &rows)) {
            Some(found) => Some(found),
            None => self.among_all(&range, &rows),
        };
        let Some(mut found) = found else { return };
        shift(&mut found.fit, range.start);
        let own = found.fit.words.clone();
        self.found.push(found);
        self.solve_rest(range.start..own.start);
        self.solve_rest(own.end..range.end);
    }

    /// Finds more texts beside one. What stands there is mostly code or a copyright line, for which
    /// the whole list need not be asked.
    fn solve_rest(&mut self, range: Range<usize>) {
        if self.words[range.clone()].iter().any(|token| LEGAL.contains(&token.word)) {
            self.solve(range);
        }
    }

    /// Returns whether no other text of the list can be a better answer.
    fn settles(&self, found: &Found, words: usize, rows: &Shingles) -> bool {
        let fit = &found.fit;
        let rest = words - fit.words.len().min(words);
        let alone = rest < LITTLE || fit.matched > 1500 && rest * 4 < fit.matched;
        // A comment goes on about other things, but for texts that begin as MIT does.
        fit.changes.is_empty() && (alone || self.inside && !has(rows, X11_CLAUSE))
    }

    /// Looks through the whole list.
    fn among_all(&mut self, range: &Range<usize>, rows: &Shingles) -> Option<Found> {
        let near = corpus::nearest(rows, CANDIDATES);
        if let Some(first) = near.first() {
            self.note_closest(first.place, first.percent() as usize, first.hits as usize);
        }
        let mut found: Vec<Found> = Vec::new();
        for share in near.iter().filter(|share| share.percent() >= 40 || is_long(share)) {
            let most = found.iter().map(|found| found.fit.worth()).max().unwrap_or(0);
            // Every break in a row of words costs some rows of four.
            if i64::from(share.all) * 9 / 8 + 60 < most {
                continue;
            }
            let one = self.lay(share.place, range, rows);
            let done = one.as_ref().is_some_and(|one| is_whole(one, range.len()));
            found.extend(one);
            if done {
                break;
            }
        }
        for one in &found {
            self.note_closest(one.place, one.fit.percent(), one.fit.matched);
        }
        best(found.into_iter().filter(is_enough).collect())
    }

    fn note_closest(&mut self, place: usize, percent: usize, words: usize) {
        if self.closest.is_none_or(|(_, most, all)| percent * words > most * all) {
            self.closest = Some((place, percent, words));
        }
    }

    fn lay(&self, place: usize, range: &Range<usize>, rows: &Shingles) -> Option<Found> {
        let original = corpus::entries().get(place)?.text;
        let template = corpus::template(place)?;
        let words = &self.words[range.clone()];
        let benign = |removed: &[usize], added: &[usize]| {
            let old =
                removed.iter().map(|t| spelt(original, template.words[*t])).collect::<Vec<_>>();
            let new = added.iter().map(|f| spelt(self.text, words[*f])).collect::<Vec<_>>();
            charge::is_benign(&old, &new)
        };
        let fit = align::lay(template, words, rows, &benign)?;
        Some(Found { place, template, fit })
    }

    /// Takes what limits the grant outside of a text as a change of it.
    fn take_riders(&mut self) {
        let mut from = 0;
        let alone = self.found.len() == 1;
        let most = if self.found.len() > 2 { SHORT_RIDER } else { LONG_RIDER };
        let mut riders: Vec<(usize, Change)> = Vec::new();
        // Parameters of that licence are limits by design.
        let set_up = |found: &Found| corpus::entries()[found.place].id.starts_with("BUSL-");
        if self.found.is_empty() || self.found.iter().any(set_up) {
            return;
        }
        for i in 0..=self.found.len() {
            let end = self.found.get(i).map_or(self.words.len(), |found| found.fit.words.start);
            let gap = from..end.max(from);
            from = self.found.get(i).map_or(from, |found| found.fit.words.end);
            if !alone && gap.len() > most || self.inside && gap.len() > LONG_RIDER {
                continue;
            }
            // A rider before the first text is about that one, any other about the one before.
            let owner = i.saturating_sub(1);
            riders.extend(self.riders(gap).map(|change| (owner, change)));
        }
        for (i, found) in self.found.iter().enumerate() {
            for seam in &found.fit.seams {
                riders.extend(self.riders(seam.clone()).map(|change| (i, change)));
            }
        }
        for (owner, change) in riders {
            let changes = &mut self.found[owner].fit.changes;
            changes.push(change);
            changes.sort_by_key(|change| change.between.start);
        }
    }

    /// Returns the sentences of a range of words that limit the grant beside it.
    fn riders(&self, range: Range<usize>) -> impl Iterator<Item = Change> + '_ {
        let limits = self.sentences(range).into_iter().filter(|sentence| self.limits(sentence));
        limits.map(|sentence| Change {
            removed: Vec::new(),
            added: sentence.clone().collect(),
            between: sentence,
        })
    }

    /// Parts a range of words into sentences.
    fn sentences(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = range.start;
        for at in range.clone() {
            let here = self.words[at].range().end;
            let next = self.words.get(at + 1).map_or(self.text.len(), |word| word.range().start);
            let between = self.text.get(here..next).unwrap_or_default();
            // The last piece is the line on which the next word stands.
            let mut lines = between.split('\n').skip(1).collect::<Vec<_>>();
            lines.pop();
            let blank = lines.iter().any(|line| line.trim().is_empty());
            let ends = between.starts_with(['.', '!', '?', ';']) && between.len() > 1 || blank;
            if ends || at + 1 == range.end {
                out.push(start..at + 1);
                start = at + 1;
            }
        }
        out
    }

    fn limits(&self, sentence: &Range<usize>) -> bool {
        let words = &self.words[sentence.clone()];
        let mut text = String::from(" ");
        for word in words {
            let letters = self.text.get(word.range()).unwrap_or_default();
            text.push_str(&letters.replace(['\'', '’'], "").to_lowercase());
            text.push(' ');
        }
        let text = text.replace(['-', '\n'], " ");
        // A comment goes on about how the code is to be used.
        charge::limits(&text) && (!self.inside || charge::is_about_rights(&text))
    }

    fn finish(self, marked: &[(usize, &'static str)]) -> Identified {
        let mut out = Identified::default();
        let entries = corpus::entries;
        for (_, id) in marked {
            out.licences.push(Family::fixed(id));
            out.matches.push(Match {
                family: Family::fixed(id),
                exception: None,
                altered: None,
                grave: false,
                place: 0..0,
                lines: (1, 1),
            });
        }
        let mut loose: Vec<&'static str> = Vec::new();
        for found in &self.found {
            let Some(entry) = entries().get(found.place) else { continue };
            if entry.exception {
                match out.matches.iter_mut().rev().find(|base| may_except(&base.family, entry.id)) {
                    Some(base) => base.exception = base.exception.or(Some(entry.id)),
                    None => loose.push(entry.id),
                }
                continue;
            }
            let mut one = self.to_match(found, entry.id, entry.text);
            if loose.last().is_some_and(|id| may_except(&one.family, id)) {
                one.exception = loose.pop();
            }
            if !out.licences.contains(&one.family) {
                out.licences.push(one.family.clone());
            }
            out.matches.push(one);
        }
        if out.matches.is_empty() {
            out.closest = self.closest.and_then(|(place, percent, _)| {
                let id = entries().get(place)?.id;
                Some((Family::fixed(id), u8::try_from(percent.min(99)).unwrap_or(99)))
            });
        }
        out
    }

    fn to_match(&self, found: &Found, id: &'static str, original: &str) -> Match {
        let fit = &found.fit;
        let sides =
            Sides { text: self.text, words: self.words, original, template: found.template };
        let (runs, grave) = sides.runs(&fit.changes);
        let last = self.words[fit.words.end - 1].range().end;
        let range = self.words[fit.words.start].range().start..last;
        Match {
            family: Family::fixed(id),
            exception: None,
            altered: (!runs.is_empty()).then_some(runs),
            grave,
            lines: lines(self.text, &range),
            place: sides.first(&fit.changes).unwrap_or(range),
        }
    }
}

/// Returns whether the exception can be one to the licence.
fn may_except(family: &Family, exception: &str) -> bool {
    match exception {
        "LLVM-exception" | "Swift-exception" => family.as_str().starts_with("Apache-"),
        _ => family.as_str().contains("GPL"),
    }
}

fn is_long(share: &Share) -> bool {
    share.of > 400 && share.percent() >= 30
}

fn spelt(text: &str, word: Token) -> Word<'_> {
    Word { word: word.word, text: text.get(word.range()).unwrap_or_default() }
}

fn shift(fit: &mut Fit, by: usize) {
    fit.words = fit.words.start + by..fit.words.end + by;
    fit.seams.iter_mut().for_each(|seam| *seam = seam.start + by..seam.end + by);
    for change in &mut fit.changes {
        change.added.iter_mut().for_each(|f| *f += by);
        change.between = change.between.start + by..change.between.end + by;
    }
}

/// Returns whether so much of the text is there that it is meant.
fn is_enough(found: &Found) -> bool {
    let fit = &found.fit;
    let least = if fit.required < 2 * FEW_WORDS { 95 } else { ENOUGH };
    // Whoever changes a licence does so in a few places; another licence differs in many.
    let places = if fit.percent() < 90 { 3 + fit.matched / 100 } else { 5 + fit.matched / 60 };
    fit.percent() >= least && fit.changes.len() <= places && fit.extra <= fit.matched / 2 + 40
}

/// Returns whether the text is all that stands there, and titled as it should be.
fn is_whole(found: &Found, words: usize) -> bool {
    let fit = &found.fit;
    let titles = |part: &super::template::Part| part.kind == super::template::Kind::Title;
    let titled = fit.titled || !found.template.parts.iter().any(titles);
    titled && fit.changes.is_empty() && fit.matched + 4 >= words
}

/// Returns the text that explains most of the file.
fn best(mut found: Vec<Found>) -> Option<Found> {
    found.sort_by_key(|found| {
        (std::cmp::Reverse(found.fit.worth()), !found.fit.titled, found.place)
    });
    found.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::{LEGAL, corpus};

    #[test]
    fn every_text_has_a_word_by_which_it_is_told_from_code() {
        let lacks = corpus::entries().iter().enumerate().filter(|(place, _)| {
            !corpus::template(*place)
                .is_some_and(|text| text.words.iter().any(|token| LEGAL.contains(&token.word)))
        });
        // Told where they are all that the file holds, not behind another text.
        let known = ["CC-BY-3.0-NL", "CC-BY-SA-2.1-JP", "Gutmann", "SSH-short", "diffmark"];
        assert_eq!(lacks.map(|(_, entry)| entry.id).collect::<Vec<_>>(), known);
    }
}
