// SPDX-License-Identifier: MIT OR Apache-2.0
//! What must not be seen over a reviewer's shoulder.
//!
//! Credentials and personal data are masked until the reviewer asks for them. Masking the value
//! under the cursor is not enough: its neighbours in the context lines, the same value in a diff
//! and in a path must go too. So the veil knows the spans of every masked finding, and looks for
//! their values in every other piece of repository text.

use std::{collections::HashMap, collections::HashSet, ops::Range};

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem::Finder;

use super::{
    loose::Loose,
    text::{Cleaner, Shown, merged},
};
use crate::{
    domain::{Class, Finding, Place, RepoPath, TextOf},
    review::{FindingIdx, Session},
};

/// Values shorter than this are masked where they were found, but not looked for elsewhere: they
/// would punch holes into ordinary words.
const SHORTEST: usize = 4;

/// A value that is one plain word is masked where it was found, but not looked for elsewhere when
/// it is at most this long: a guessed weak password is also the name of a tool, of a directory,
/// of half the modules, and masking those tells more than it hides.
const LONGEST_WORD: usize = 24;

/// Values are looked for across the ends of what is shown up to this length: every line that is
/// shown is searched that far.
const LONGEST_ACROSS: usize = 512;

/// Returns whether `value` is one plain word.
fn plain_word(value: &[u8]) -> bool {
    let letter = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_');
    value.len() <= LONGEST_WORD && value.iter().all(letter)
}

/// So many new values are looked for one by one before the automaton is built again.
const FRESH: usize = 48;

/// Knows all masked values and where they stand.
#[derive(Default)]
pub(crate) struct Veil {
    lifted: bool,
    /// Changes with everything that changes what is shown.
    version: u64,
    known: HashSet<Box<[u8]>>,
    /// Bytes of the longest of them that is looked for across the end of what is shown.
    longest: usize,
    automaton: Option<AhoCorasick>,
    fresh: Vec<Finder<'static>>,
    spans: HashMap<TextOf, Vec<Range<usize>>>,
    /// By path, values that are not looked for everywhere.
    others: HashMap<RepoPath, Others>,
    /// Values by their letters and digits in lower case: the keys of names have them so.
    loose: Loose,
}

/// Values found in some version of a file.
///
/// A scan of the history tells each value at a path once, whatever the number of versions that
/// hold it, so in most of them its span is not known: there they are looked for after all.
#[derive(Default)]
struct Others {
    values: HashSet<Box<[u8]>>,
    longest: usize,
}

impl Others {
    fn learn(&mut self, value: &[u8]) {
        self.longest = self.longest.max(value.len());
        if !value.is_empty() && !self.values.contains(value) {
            self.values.insert(value.into());
        }
    }

    /// Returns the parts of `range` that hold one of the values, or a piece of one.
    fn find(&self, text: &[u8], range: &Range<usize>) -> Vec<Range<usize>> {
        // A value of several lines begins above and ends below.
        let start = range.start.saturating_sub(self.longest);
        let end = range.end.saturating_add(self.longest).min(text.len());
        let Some(window) = text.get(start..end) else { return Vec::new() };
        let mut out = Vec::new();
        for value in &self.values {
            for at in memchr::memmem::find_iter(window, &value[..]) {
                let found = at + start..at + start + value.len();
                if found.start < range.end && found.end > range.start && stands(text, &found) {
                    out.push(found.start.max(range.start)..found.end.min(range.end));
                }
            }
        }
        out
    }
}

/// Returns whether what was found is no mere syllable: a very short value stands between other
/// signs than letters, at one side at least.
fn stands(text: &[u8], found: &Range<usize>) -> bool {
    let letter =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    found.len() >= SHORTEST || !letter(found.start.checked_sub(1)) || !letter(Some(found.end))
}

impl Veil {
    /// Returns whether values are shown.
    pub(crate) fn lifted(&self) -> bool {
        self.lifted
    }

    /// Shows or masks values.
    pub(crate) fn toggle(&mut self) {
        self.lifted = !self.lifted;
        self.version += 1;
    }

    /// Returns a number that changes whenever text may be shown differently.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Returns whether values of `finding` are of a kind that is masked.
    fn covers(session: &Session, finding: &Finding) -> bool {
        let class = session.rules().info(finding.rule).class;
        // The value of a whole file is its path, which has to be shown.
        class.starts_masked() && finding.place != Place::File
    }

    /// Returns whether the value of `finding` is masked now.
    pub(crate) fn hides(&self, session: &Session, finding: &Finding) -> bool {
        !self.lifted && Self::covers(session, finding)
    }

    /// Learns a new finding.
    pub(crate) fn learn(&mut self, session: &Session, idx: FindingIdx) {
        let finding = session.finding(idx);
        if !Self::covers(session, finding) {
            return;
        }
        if let Place::Span(span) = &finding.place {
            self.spans.entry(finding.text_of()).or_default().push(span.range());
        }
        self.learn_form(&finding.path, finding.value.expose());
        // Names of people are what holders are called; only their addresses are kept from there.
        let class = session.rules().info(finding.rule).class;
        if class == Class::Credential || finding.value.expose().contains(&b'@') {
            self.loose.learn(finding.value.expose());
        }
        // What stands for a value gives it away to whoever can decode it.
        if finding.value.is_decoded() {
            self.learn_form(&finding.path, finding.value.written());
        }
        if self.fresh.len() > FRESH + self.known.len() / 4 {
            self.build();
        }
    }

    fn learn_form(&mut self, path: &RepoPath, value: &[u8]) {
        let whole = value.trim_ascii();
        if plain_word(whole) || whole.len() < SHORTEST || value.contains(&b'\n') {
            self.others.entry(path.clone()).or_default().learn(whole);
        }
        if !plain_word(whole) {
            self.learn_value(whole);
        }
        // Text is shown line by line, so a value of several lines must be known by its lines.
        if value.contains(&b'\n') {
            let lines = value.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
            let pem = whole.starts_with(b"-----BEGIN");
            let telling =
                |l: &&[u8]| l.len() >= 8 && !l.starts_with(b"-----") && (pem || !plain_word(l));
            lines.filter(telling).for_each(|l| self.learn_value(l));
        }
    }

    fn learn_value(&mut self, value: &[u8]) {
        if value.len() >= SHORTEST && self.known.insert(value.into()) {
            self.fresh.push(Finder::new(value).into_owned());
            self.longest = self.longest.max(value.len().min(LONGEST_ACROSS));
            self.version += 1;
        }
    }

    /// Builds the automaton anew, when the scan is done or many values are new.
    pub(crate) fn build(&mut self) {
        self.loose.build();
        if self.fresh.is_empty() {
            return;
        }
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(self.known.iter().map(|value| &value[..]));
        // Values that do not fit into an automaton are still looked for one by one.
        if let Ok(automaton) = built {
            self.automaton = Some(automaton);
            self.fresh.clear();
        }
    }

    /// Returns whether `text` holds a value of a kind that is masked, shown now or not.
    pub(crate) fn holds(&self, text: &[u8]) -> bool {
        !self.find(text).is_empty()
    }

    /// Returns the ranges of `text` that hold a masked value.
    pub(crate) fn hidden_in(&self, text: &[u8]) -> Vec<Range<usize>> {
        if self.lifted { Vec::new() } else { self.find(text) }
    }

    fn find(&self, text: &[u8]) -> Vec<Range<usize>> {
        // Overlapping ones as well: what sticks out of one value may belong to another.
        let known = self.automaton.iter().flat_map(|known| known.find_overlapping_iter(text));
        let mut out: Vec<Range<usize>> = known.map(|found| found.range()).collect();
        // Making a finder takes ten times as long as looking through a path with it.
        for value in &self.fresh {
            let len = value.needle().len();
            out.extend(value.find_iter(text).map(|start| start..start + len));
        }
        merged(out)
    }

    /// Returns the ranges of the file's `text` within `range` that must be masked: spans of
    /// masked findings, and their values where nothing was flagged. Offsets are the file's.
    pub(crate) fn hidden_in_file(
        &self,
        of: &TextOf,
        text: &[u8],
        range: &Range<usize>,
    ) -> Vec<Range<usize>> {
        if self.lifted {
            return Vec::new();
        }
        let mut out = self.spans_in(of, range);
        if !of.layer.is_tree()
            && let Some(others) = self.others.get(&of.path)
        {
            out.extend(others.find(text, range));
        }
        // Of a long line only a part is looked at, and its ends may cut through a value.
        let start = range.start.saturating_sub(self.longest);
        let end = range.end.saturating_add(self.longest).min(text.len());
        let found = self.hidden_in(text.get(start..end).unwrap_or_default()).into_iter();
        let moved = found.map(|r| r.start + start..r.end + start);
        let touching = moved.filter(|r| r.start < range.end && r.end > range.start);
        out.extend(touching.map(|r| r.start.max(range.start)..r.end.min(range.end)));
        merged(out)
    }

    fn spans_in(&self, of: &TextOf, range: &Range<usize>) -> Vec<Range<usize>> {
        let spans = self.spans.get(of).map_or(&[][..], Vec::as_slice);
        let touching = spans.iter().filter(|s| s.start < range.end && s.end > range.start);
        touching.map(|s| s.start.max(range.start)..s.end.min(range.end)).collect()
    }

    /// Returns what remains of masked values of the file `path` when `cut` is replaced by something else:
    /// a diff shows those rests, and they are no values that could be looked for.
    pub(crate) fn rests(
        &self,
        session: &Session,
        path: &RepoPath,
        cut: &[Range<usize>],
    ) -> Vec<Box<[u8]>> {
        let mut out = Vec::new();
        for idx in session.in_file(path) {
            let finding = session.finding(*idx);
            let Place::Span(span) = &finding.place else { continue };
            let value = finding.value.written();
            let here = finding.layer.is_tree() && Self::covers(session, finding);
            if !here || value.len() != span.end - span.start {
                continue;
            }
            // The diff has no spans to mask by, so words are looked for in it after all.
            if plain_word(value.trim_ascii()) && value.len() > 2 {
                out.push(value.trim_ascii().into());
            }
            for cut in cut.iter().filter(|c| c.start < span.end && c.end > span.start) {
                let head = &value[..cut.start.saturating_sub(span.start)];
                let tail = &value[(cut.end.min(span.end)) - span.start..];
                let parts = head.split(|b| *b == b'\n').chain(tail.split(|b| *b == b'\n'));
                out.extend(parts.filter(|part| part.len() > 2).map(Box::from));
            }
        }
        out
    }

    /// Makes text safe to show, with dots for masked values.
    pub(crate) fn text(&self, bytes: &[u8], dots: &str) -> Shown {
        pieces(bytes, &self.hidden_in(bytes), dots)
    }

    /// Makes a text safe to show that may be a key of what a file says, such as the name of a
    /// copyright holder: a value in it has lost its signs and capitals.
    fn key(&self, bytes: &[u8], mut hidden: Vec<Range<usize>>, dots: &str) -> Shown {
        if !self.lifted {
            hidden.extend(self.loose.find(bytes));
        }
        pieces(bytes, &merged(hidden), dots)
    }

    /// Makes a whole text in which something was found safe to show.
    pub(crate) fn text_in(&self, of: &TextOf, bytes: &[u8], dots: &str) -> Shown {
        pieces(bytes, &self.hidden_in_file(of, bytes, &(0..bytes.len())), dots)
    }

    /// Makes a path safe to show.
    pub(crate) fn path(&self, path: &RepoPath, dots: &str) -> Shown {
        if path.is_root() {
            return Shown::path(path);
        }
        self.text(path.to_string().as_bytes(), dots)
    }

    /// Makes a finding's value safe to show, masked if it has to be.
    pub(crate) fn value(&self, session: &Session, finding: &Finding, dots: &str) -> Shown {
        let value = finding.value.expose();
        if self.hides(session, finding) {
            // All keys would look the same; what kind of key it is gives nothing away.
            if let Some(label) = pem_label(value) {
                return Shown::new(label);
            }
            return Shown::new(finding.value.masked().as_bytes());
        }
        let mut hidden = self.hidden_in(value);
        if let (Place::Span(span), false) = (&finding.place, self.lifted) {
            let range = span.range();
            if range.len() == value.len() {
                let spans = self.spans_in(&finding.text_of(), &range);
                hidden
                    .extend(spans.into_iter().map(|s| s.start - range.start..s.end - range.start));
            }
        }
        if let (Some(others), false) = (self.others.get(&finding.path), self.lifted)
            && !finding.layer.is_tree()
        {
            hidden.extend(others.find(value, &(0..value.len())));
        }
        match session.rules().info(finding.rule).class {
            Class::Licence => self.key(value, hidden, dots),
            _ => pieces(value, &merged(hidden), dots),
        }
    }
}

/// Returns the label of a PEM block: `RSA PRIVATE KEY`.
fn pem_label(value: &[u8]) -> Option<&[u8]> {
    let rest = value.trim_ascii_start().strip_prefix(b"-----BEGIN ")?;
    let end = memchr::memmem::find(rest, b"-----")?;
    let label = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b' ';
    rest.get(..end).filter(|l| !l.is_empty() && l.len() <= 40 && l.iter().all(label))
}

fn pieces(bytes: &[u8], hidden: &[Range<usize>], dots: &str) -> Shown {
    if hidden.is_empty() {
        return Shown::new(bytes);
    }
    let mut masked = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for range in hidden {
        masked.extend(&bytes[from..range.start]);
        masked.extend(dots.as_bytes());
        from = range.end;
    }
    masked.extend(&bytes[from..]);
    Cleaner::default().push(&masked)
}
