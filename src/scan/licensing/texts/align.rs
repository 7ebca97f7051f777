// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lays a template beside the words of a file and says what differs.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{
    charge,
    shingles::{self, Shingles},
    template::{ANY, Kind, Template},
    tokens::Token,
};

/// Other words than these many in a row stand for no name.
const LONG_NAME: usize = 40;

/// The title and head of a text, which a related text before it may have as well.
const HEAD: usize = 48;

/// One place where a file differs from a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Words of the template that are missing.
    pub(super) removed: Vec<usize>,
    /// Words of the file that are not in the template.
    pub(super) added: Vec<usize>,
    /// The words of the file between which it lies.
    pub(super) between: Range<usize>,
}

/// How a template lies in a file.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// The words of the file that it covers.
    pub(super) words: Range<usize>,
    /// Number of words that both have.
    pub(super) matched: usize,
    /// Number of words that the template must have.
    pub(super) required: usize,
    /// Number of words that the file lacks.
    pub(super) missing: usize,
    /// Number of words that it has too many.
    pub(super) extra: usize,
    /// Whether it has the title.
    pub(super) titled: bool,
    /// What differs, in order.
    pub(super) changes: Vec<Change>,
    /// Words of the file between what must be there and the title or tail that need not.
    pub(super) seams: Vec<Range<usize>>,
}

impl Fit {
    /// Returns the share of the template that is there, in percent.
    pub(super) fn percent(&self) -> usize {
        100 - (self.missing * 100).div_ceil(self.required.max(1)).min(100)
    }

    /// Returns what the fit is worth against others in the same place.
    pub(super) fn worth(&self) -> i64 {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX / 8);
        count(self.matched) - 2 * count(self.missing + self.extra)
    }
}

/// Lays the template beside the words. `read` gives a word's letters.
pub(super) fn lay(
    template: &Template,
    words: &[Token],
    rows: &Shingles,
    benign: &dyn Fn(&[usize], &[usize]) -> bool,
) -> Option<Fit> {
    let region = locate(template, words, rows)?;
    let mut beside = Beside::new(template, words, region);
    beside.drop_stray_ends();
    beside.close_up();
    beside.drop_missing_parts();
    beside.allow_spellings();
    beside.fit(benign)
}

/// Returns the words among which the template lies.
fn locate(template: &Template, words: &[Token], rows: &Shingles) -> Option<Range<usize>> {
    let len = template.words.len();
    let mut hits: Vec<(usize, usize)> = Vec::new();
    for run in template.runs(true).chain(template.runs(false)) {
        for (i, row) in shingles::of(&template.words[run.clone()]).enumerate() {
            hits.extend(rows.places(row).take(8).map(|at| (at, run.start + i)));
        }
    }
    let offset = |hit: &(usize, usize)| hit.0 + len - hit.1;
    let slack = 80 + len / 4;
    let mut offsets: Vec<usize> = hits.iter().map(offset).collect();
    offsets.sort_unstable();
    // The window of offsets that holds most hits; the first of several.
    let (mut best, mut end) = ((0, 0), 0);
    let width = 16 + len / 8;
    for start in 0..offsets.len() {
        while end < offsets.len() && offsets[end] <= offsets[start] + width {
            end += 1;
        }
        if end - start > best.0 {
            best = (end - start, offsets[start + (end - start) / 2]);
        }
    }
    hits.retain(|hit| offset(hit).abs_diff(best.1) <= slack);
    let first = hits.iter().min()?;
    let last = hits.iter().max()?;
    let start = first.0.saturating_sub(first.1 + 12);
    let end = (last.0 + (len - last.1) + 12).min(words.len());
    (start < end).then_some(start..end)
}

/// A template and a file side by side.
struct Beside<'a> {
    template: &'a Template,
    words: &'a [Token],
    region: Range<usize>,
    /// The word of the file that each word of the template stands at.
    at: Vec<Option<usize>>,
    /// Words of the template that need not be there.
    waived: Vec<bool>,
    /// Words of the file that stand for others, from the start of the region.
    taken: Vec<bool>,
}

impl<'a> Beside<'a> {
    fn new(template: &'a Template, words: &'a [Token], region: Range<usize>) -> Self {
        let ids = |tokens: &[Token]| tokens.iter().map(|token| token.word).collect::<Vec<u32>>();
        let (old, new) = (ids(&template.words), ids(&words[region.clone()]));
        let mut at = vec![None; old.len()];
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                for i in 0..len {
                    at[old_index + i] = Some(region.start + new_index + i);
                }
            }
        }
        let waived = vec![false; old.len()];
        let taken = vec![false; new.len()];
        Self { template, words, region, at, waived, taken }
    }

    /// Drops words at both ends that only happen to be the same.
    fn drop_stray_ends(&mut self) {
        let pairs: Vec<(usize, usize)> =
            self.at.iter().enumerate().filter_map(|(t, f)| f.map(|f| (t, f))).collect();
        let blocks: Vec<&[(usize, usize)]> =
            pairs.chunk_by(|a, b| b.0 - a.0 < 4 && b.1 - a.1 < 4).collect();
        let far = |a: &[(usize, usize)], b: &[(usize, usize)]| {
            let (Some(a), Some(b)) = (a.last(), b.first()) else { return false };
            (b.1 - a.1) > (b.0 - a.0) + 12
        };
        let mut stray: Vec<usize> = Vec::new();
        for pair in blocks.windows(2) {
            if pair[0].len() > 3 || !far(pair[0], pair[1]) {
                break;
            }
            stray.extend(pair[0].iter().map(|(t, _)| *t));
        }
        for pair in blocks.windows(2).rev() {
            if pair[1].len() > 3 || !far(pair[0], pair[1]) {
                break;
            }
            stray.extend(pair[1].iter().map(|(t, _)| *t));
        }
        for t in stray {
            self.at[t] = None;
        }
    }

    /// Moves the first words to where the rest is, if they stand there too.
    fn close_up(&mut self) {
        let pairs: Vec<(usize, usize)> =
            self.at.iter().enumerate().filter_map(|(t, f)| f.map(|f| (t, f))).collect();
        let next = |i: &usize| pairs[*i].0 + 1 == pairs[i + 1].0;
        let Some(last) = (0..pairs.len().saturating_sub(1).min(HEAD))
            .find(|i| next(i) && pairs[*i].1 + 1 < pairs[i + 1].1)
        else {
            return;
        };
        let by = pairs[last + 1].1 - pairs[last].1 - 1;
        let words = |f: usize| self.words.get(f).map(|token| token.word);
        if pairs[..=last].iter().all(|(_, f)| words(*f) == words(f + by)) {
            for (t, f) in &pairs[..=last] {
                self.at[*t] = Some(f + by);
            }
        }
    }

    /// Drops single words of parts that may be missing and mostly are.
    fn drop_missing_parts(&mut self) {
        for part in &self.template.parts {
            let there = part.words.clone().filter(|t| self.at[*t].is_some()).count();
            if part.kind != Kind::Spelt && there * 5 < part.words.len() * 3 {
                for t in part.words.clone() {
                    self.at[t] = None;
                    self.waived[t] = true;
                }
            }
        }
    }

    /// Lets parts be spelt otherwise. The second look is for those whose neighbour was first.
    fn allow_spellings(&mut self) {
        self.allow_spellings_once();
        self.allow_spellings_once();
    }

    fn allow_spellings_once(&mut self) {
        let template = self.template;
        for part in &template.parts {
            if !matches!(part.kind, Kind::Spelt | Kind::Owner) {
                continue;
            }
            let range = self.place(&part.words);
            let there = part.words.clone().all(|t| self.at[t].is_some())
                && range.as_ref().is_some_and(|range| range.len() == part.words.len());
            let Some(range) = range.filter(|_| !there) else { continue };
            let taken = |f: usize| self.taken[f - self.region.start];
            let all = range.clone().all(taken);
            // What stands for its neighbours is not its own.
            let (mut start, mut end) = (range.start, range.end);
            while !all && taken(start) {
                start += 1;
            }
            while !all && taken(end - 1) {
                end -= 1;
            }
            let range = start..end;
            let allowed = part.kind == Kind::Owner && range.is_empty()
                || !range.is_empty() && all
                || part.spellings.iter().any(|spelling| self.matches(spelling, &range));
            if allowed {
                part.words.clone().for_each(|t| {
                    self.at[t] = None;
                    self.waived[t] = true;
                });
                range.for_each(|f| self.taken[f - self.region.start] = true);
            }
        }
    }

    /// Returns the words of the file between the words around a part of the template.
    fn place(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let before = self.at[..part.start].iter().rev().find_map(|f| *f);
        let after = self.at[part.end..].iter().find_map(|f| *f);
        let (start, end) = match (before, after) {
            (Some(before), Some(after)) => (before + 1, after),
            (None, Some(after)) => (after.saturating_sub(part.len()).max(self.region.start), after),
            (Some(before), None) => (before + 1, (before + 1 + part.len()).min(self.region.end)),
            (None, None) => return None,
        };
        (start <= end).then_some(start..end)
    }

    fn matches(&self, spelling: &[u32], range: &Range<usize>) -> bool {
        let words: Vec<u32> = self.words[range.clone()].iter().map(|token| token.word).collect();
        let numbered = words.first().is_some_and(|word| charge::is_number(*word));
        words.len() <= spelling.len() + LONG_NAME
            && (glob(spelling, &words) || numbered && glob(spelling, &words[1..]))
    }

    fn fit(&self, benign: &dyn Fn(&[usize], &[usize]) -> bool) -> Option<Fit> {
        let template = self.template;
        let pairs: Vec<(usize, usize)> =
            self.at.iter().enumerate().filter_map(|(t, f)| f.map(|f| (t, f))).collect();
        let needed = |t: &usize| template.is_required(*t);
        let first = pairs.iter().find(|(t, _)| needed(t))?;
        let last = pairs.iter().rev().find(|(t, _)| needed(t))?;
        let mut fit = Fit {
            words: pairs.first()?.1..pairs.last()?.1 + 1,
            matched: pairs.len(),
            required: (0..template.words.len()).filter(needed).count(),
            missing: 0,
            extra: 0,
            titled: self.titled(),
            changes: Vec::new(),
            seams: Vec::new(),
        };
        let mut seams = Vec::new();
        let mut add = |removed: Vec<usize>, added: Vec<usize>, between: Range<usize>| {
            let differs = !removed.is_empty() || !added.is_empty();
            if differs && !benign(&removed, &added) {
                fit.missing += removed.iter().filter(|t| needed(t)).count();
                fit.extra += added.len();
                fit.changes.push(Change { removed, added, between });
            }
        };
        let gone = |range: Range<usize>| range.filter(|t| !self.waived[*t]).collect::<Vec<_>>();
        add(gone(0..first.0).into_iter().filter(needed).collect(), Vec::new(), first.1..first.1);
        for pair in pairs.windows(2) {
            let ((t, f), (next_t, next_f)) = (pair[0], pair[1]);
            let removed = gone(t + 1..next_t);
            let added: Vec<usize> =
                (f + 1..next_f).filter(|f| !self.taken[f - self.region.start]).collect();
            let inside = t >= first.0 && next_t <= last.0;
            if inside || self.renumbers(&removed, &added) {
                add(removed, added, f + 1..next_f);
            } else if !added.is_empty() && (t == last.0 || next_t <= first.0) {
                seams.push(f + 1..next_f);
            }
        }
        let rest = gone(last.0 + 1..template.words.len()).into_iter().filter(needed).collect();
        add(rest, Vec::new(), last.1 + 1..last.1 + 1);
        fit.seams = seams;
        Some(fit)
    }

    /// Returns whether a title names another version.
    fn renumbers(&self, removed: &[usize], added: &[usize]) -> bool {
        let title = |t: &usize| {
            self.template.part_of[*t].is_some_and(|p| self.template.parts[p].kind == Kind::Title)
        };
        !removed.is_empty()
            && removed.len() < 3
            && added.len() == removed.len()
            && removed.iter().all(title)
    }

    fn titled(&self) -> bool {
        let titles = self.template.parts.iter().filter(|part| part.kind == Kind::Title);
        titles.into_iter().any(|part| part.words.clone().any(|t| self.at[t].is_some()))
    }
}

/// Returns whether the words are the spelling; what stands for any words must be a mere name.
fn glob(spelling: &[u32], words: &[u32]) -> bool {
    let Some(star) = spelling.iter().position(|word| *word == ANY) else {
        return spelling == words;
    };
    if words.len() < star || words[..star] != spelling[..star] {
        return false;
    }
    let (rest, words) = (&spelling[star + 1..], &words[star..]);
    (0..=words.len().min(LONG_NAME))
        .take_while(|len| *len == 0 || !charge::is_hard(words[len - 1]))
        .any(|len| glob(rest, &words[len..]))
}

#[cfg(test)]
mod tests {
    use super::{ANY, glob};

    #[test]
    fn any_words_are_a_name() {
        assert!(glob(&[1, ANY, 2], &[1, 7, 8, 2]) && glob(&[ANY], &[]) && glob(&[], &[]));
        assert!(!glob(&[1, ANY, 2], &[1, 7, 8]) && !glob(&[1], &[2]));
        assert!(glob(&[ANY, 3, ANY], &[4, 3, 3, 5]));
    }
}
