// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one pass over a file's bytes.

use std::{collections::HashMap, ops::Range, sync::Arc};

use regex::bytes::{Captures, Match, Regex};

use super::{
    Detector, Hit, Sink, View,
    detectors::builtin,
    filter,
    keywords::Keywords,
    licensing::{Observation, observe},
    overlap,
    paths::PathRules,
    secrets,
};
use crate::{
    domain::{
        Finding, LineIndex, NotScanned, PathClass, Place, RepoPath, RuleIdx, Secret, Spans, Text,
        Vocabulary,
    },
    rules::{Rule, RuleSet, Window},
};

/// Files with more bytes are listed, not scanned.
pub const MAX_FILE_BYTES: u64 = 50_000_000;

/// Windows that were cropped in the middle of a line overlap by so many bytes.
const CUT_OVERLAP: usize = 1024;
/// A match that the end of a window cut off is followed for so many bytes.
const LONGEST_MATCH: usize = 16 * 1024;

/// Why the engine could not be built.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The keywords do not fit one automaton.
    #[error("keywords: {0}")]
    Keywords(#[from] aho_corasick::BuildError),
    /// A path glob is not well formed.
    #[error("path glob: {0}")]
    Glob(#[from] globset::Error),
    /// A rule names a detector that does not exist.
    #[error("rule {0} names the unknown detector {1:?}")]
    Detector(String, String),
}

/// All rules, ready to run. Built once, shared by all workers.
pub struct Engine {
    rules: Arc<RuleSet>,
    keywords: Keywords,
    /// For each keyword of the automaton the rules that wait for it.
    waiting: Vec<Vec<RuleIdx>>,
    /// For each rule its detector, if it has one.
    detector_of: Vec<Option<usize>>,
    detectors: Vec<Box<dyn Detector>>,
    paths: PathRules,
}

/// Memory that one worker reuses from file to file.
#[derive(Default)]
pub struct Scratch {
    /// For each rule, the end of the text its pattern has already seen.
    seen: Vec<usize>,
    hits: Sink,
}

/// What came out of one file.
#[derive(Default)]
pub struct FileScan {
    /// What was found, by offset.
    pub findings: Vec<Finding>,
    /// Why the file, or a part of it, could not be judged.
    pub not_scanned: Option<NotScanned>,
    /// What it says about licences, for the judgement over all files.
    pub observation: Option<Observation>,
}

impl Engine {
    /// Builds the automaton over the keywords of `rules`. No rule's expression is compiled.
    ///
    /// # Errors
    /// When a rule names an unknown detector or a malformed glob; the built-in rules never do.
    pub fn new(rules: Arc<RuleSet>, words: &Vocabulary) -> Result<Self, EngineError> {
        let detectors = builtin(&rules, words);
        let names: HashMap<&str, usize> =
            detectors.iter().enumerate().map(|(i, (name, _))| (*name, i)).collect();
        let mut slots: HashMap<&str, usize> = HashMap::new();
        let mut waiting: Vec<Vec<RuleIdx>> = Vec::new();
        let mut detector_of = Vec::new();
        for (idx, rule) in rules.iter() {
            for keyword in &rule.keywords {
                let slot = *slots.entry(keyword).or_insert_with(|| {
                    waiting.push(Vec::new());
                    waiting.len() - 1
                });
                waiting[slot].push(idx);
            }
            detector_of.push(match &rule.detector {
                None => None,
                Some(name) => Some(
                    *names
                        .get(name.as_str())
                        .ok_or_else(|| EngineError::Detector(rule.info.id.clone(), name.clone()))?,
                ),
            });
        }
        let learned: Vec<_> = detectors.iter().flat_map(|(_, d)| d.keywords()).collect();
        for (idx, keyword) in &learned {
            let slot = *slots.entry(keyword).or_insert_with(|| {
                waiting.push(Vec::new());
                waiting.len() - 1
            });
            if !waiting[slot].contains(idx) {
                waiting[slot].push(*idx);
            }
        }
        let mut ordered = vec![""; slots.len()];
        slots.iter().for_each(|(keyword, slot)| ordered[*slot] = keyword);
        let keywords = Keywords::new(&ordered)?;
        let paths = PathRules::new(&rules)?;
        let detectors = detectors.into_iter().map(|(_, detector)| detector).collect();
        Ok(Self { rules, keywords, waiting, detector_of, detectors, paths })
    }

    /// Returns the rules it runs.
    #[must_use]
    pub fn rules(&self) -> &Arc<RuleSet> {
        &self.rules
    }

    /// Scans one file whose content is `raw`.
    pub fn scan_file(&self, path: &RepoPath, raw: &[u8], scratch: &mut Scratch) -> FileScan {
        let globs = self.paths.matching(path);
        // An empty file gives nothing away, whatever it is called.
        let by_path = if raw.is_empty() { vec![] } else { self.paths.whole_file_rules(&globs) };
        if let Some(how) = encrypted(raw) {
            let not_scanned = Some(NotScanned::Encrypted(how.into()));
            return FileScan { not_scanned, ..FileScan::default() };
        }
        let Some(text) = Text::decode(raw) else {
            let findings = by_path.iter().map(|rule| self.whole_file(*rule, path, raw)).collect();
            let not_scanned = Some(NotScanned::Binary);
            return FileScan { findings, not_scanned, observation: None };
        };
        let not_scanned = lfs_pointer(&text.bytes).then_some(NotScanned::LfsPointer);
        let view = View::new(path, &text.bytes);
        let hits = &mut scratch.hits;
        hits.clear();
        scratch.seen.clear();
        scratch.seen.resize(self.rules.len(), 0);
        self.collect(&view, &globs, &mut scratch.seen, hits);
        let vendored = view.class == PathClass::Vendored;
        hits.retain(|hit| {
            self.paths.allows(hit.rule, &globs) && (!vendored || self.rules.get(hit.rule).vendored)
        });
        for hit in hits.iter_mut() {
            weigh(hit, view.class);
        }
        let mut findings: Vec<Finding> =
            by_path.iter().map(|rule| self.whole_file(*rule, path, raw)).collect();
        self.take_whole_files(&view, raw, hits, &mut findings);
        overlap::resolve(hits, &self.rules);
        findings.extend(to_findings(&view, hits));
        FileScan { findings, not_scanned, observation: observe(&view) }
    }

    fn collect(&self, view: &View<'_>, globs: &[usize], seen: &mut [usize], hits: &mut Sink) {
        self.keywords.each(view.text, |keyword, at| {
            for idx in &self.waiting[keyword] {
                // The path is the cheapest filter, so it comes before any expression.
                if !self.paths.allows(*idx, globs) {
                    continue;
                }
                match self.detector_of[usize::from(idx.0)] {
                    Some(detector) => self.detectors[detector].at(view, *idx, at.clone(), hits),
                    None => {
                        run_pattern(view, self.rules.get(*idx), *idx, at.clone(), seen, hits);
                    }
                }
            }
        });
        for detector in &self.detectors {
            detector.file(view, hits);
        }
    }

    /// Turns hits of whole-file rules into one finding a rule, and drops them from `hits`.
    fn take_whole_files(
        &self,
        view: &View<'_>,
        raw: &[u8],
        hits: &mut Sink,
        out: &mut Vec<Finding>,
    ) {
        hits.retain(|hit| {
            if !hit.whole_file {
                return true;
            }
            if !out.iter().any(|finding| finding.rule == hit.rule) {
                let mut finding = self.whole_file(hit.rule, view.path, raw);
                finding.severity = hit.severity;
                finding.notes.clone_from(&hit.notes);
                out.push(finding);
            }
            false
        });
    }

    fn whole_file(&self, rule: RuleIdx, path: &RepoPath, raw: &[u8]) -> Finding {
        let mut hit = Hit::new(rule, 0..0, self.rules.info(rule).severity);
        weigh(&mut hit, PathClass::of(path));
        Finding {
            rule,
            severity: hit.severity,
            path: path.clone(),
            place: Place::File,
            value: Secret::new(path.as_bytes()),
            context: Secret::new(raw),
            notes: hit.notes,
        }
    }
}

fn run_pattern(
    view: &View<'_>,
    rule: &Rule,
    idx: RuleIdx,
    at: Range<usize>,
    seen: &mut [usize],
    hits: &mut Sink,
) {
    let seen = &mut seen[usize::from(idx.0)];
    if at.start < *seen {
        return;
    }
    let Some(pattern) = rule.pattern() else { return };
    let mut window = match rule.window {
        Window::Line => view.line(at.start),
        Window::Below => view.lines(at.start, 0, 3),
        Window::Around => view.lines(at.start, 3, 3),
        Window::File => 0..view.text.len(),
    };
    window.end = window.end.max(at.end);
    // Cropped windows of one long line overlap; what was seen is not looked at twice.
    window.start = window.start.max((*seen).min(at.start));
    let mut last = 0;
    for caps in pattern.captures_iter(&view.text[window.clone()]) {
        let end = window.start + caps.get(0).map_or(0, |whole| whole.end());
        last = last.max(if end == window.end && is_cropped(view, window.end) {
            let start = window.start + caps.get(0).map_or(0, |whole| whole.start());
            run_on(view, rule, idx, start, hits)
        } else {
            take(view, rule, idx, window.start, &caps, hits);
            end
        });
    }
    *seen = window.end;
    if is_cropped(view, window.end) {
        // What begins near the cut may go on behind it: it gets a window of its own.
        *seen = last.max(window.end.saturating_sub(CUT_OVERLAP)).max(at.start + 1);
    }
}

/// Returns whether a window that ends at `end` was cut there in the middle of a line.
fn is_cropped(view: &View<'_>, end: usize) -> bool {
    view.text.get(end).is_some_and(|next| *next != b'\n')
}

/// Matches anew from `start`, where the end of the window cut a match off. Returns its end.
fn run_on(view: &View<'_>, rule: &Rule, idx: RuleIdx, start: usize, hits: &mut Sink) -> usize {
    let most = view.text.len().min(start + LONGEST_MATCH);
    let end = memchr::memchr(b'\n', &view.text[start..most]).map_or(most, |i| start + i);
    let caps = rule.pattern().and_then(|pattern| pattern.captures(&view.text[start..end]));
    let Some(caps) = caps else { return start };
    take(view, rule, idx, start, &caps, hits);
    start + caps.get(0).map_or(0, |whole| whole.end())
}

fn take(
    view: &View<'_>,
    rule: &Rule,
    idx: RuleIdx,
    from: usize,
    caps: &Captures<'_>,
    hits: &mut Sink,
) {
    let value = rule.pattern().and_then(|pattern| value_of(pattern, caps));
    let span = value.map(|value| from + value.start()..from + value.end());
    if let Some(hit) = span.and_then(|span| filter::judge(view, rule, idx, span)) {
        hits.extend(secrets::prove(rule, view.text, hit));
    }
}

fn value_of<'t>(pattern: &Regex, caps: &Captures<'t>) -> Option<Match<'t>> {
    let named = |name: &Option<&str>| name.is_some_and(|name| name.starts_with('v'));
    let mut groups = pattern.capture_names().enumerate().filter(|(_, name)| named(name));
    groups.find_map(|(group, _)| caps.get(group)).or_else(|| caps.get(0))
}

/// Lowers the severity of what stands in tests or in other people's code, and says so. What is
/// proved stays: a live credential in a test is as live as anywhere.
fn weigh(hit: &mut Hit, class: PathClass) {
    if let Some(word) = class.word().filter(|_| !hit.proved && !hit.whole_file) {
        hit.severity = hit.severity.lowered();
        hit.notes.push(format!("{word}: one step lower"));
    }
}

/// Returns how a file was encrypted as a whole, by its magic.
fn encrypted(raw: &[u8]) -> Option<&'static str> {
    let magics: [(&[u8], &str); 3] = [
        (b"\0GITCRYPT\0", "git-crypt"),
        (b"age-encryption.org/v1\n", "age"),
        (b"Salted__", "OpenSSL or transcrypt"),
    ];
    magics.into_iter().find(|(magic, _)| raw.starts_with(magic)).map(|(_, how)| how)
}

fn lfs_pointer(text: &[u8]) -> bool {
    // https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: under 1,024 bytes, this first line.
    text.len() < 1024 && text.starts_with(b"version https://git-lfs.github.com/spec/")
}

fn to_findings(view: &View<'_>, hits: &Sink) -> Vec<Finding> {
    let finding = |hit: &Hit, spans: &mut Spans<'_>| Finding {
        rule: hit.rule,
        severity: hit.severity,
        path: view.path.clone(),
        place: Place::Span(spans.next(hit.span.clone())),
        value: Secret::new(&view.text[hit.span.clone()]),
        context: Secret::new(&context(view, hits, &hit.span)),
        notes: hit.notes.clone(),
    };
    if hits.is_empty() {
        return Vec::new();
    }
    let index = LineIndex::new(view.text);
    let mut spans = Spans::new(&index, view.text);
    hits.iter().map(|hit| finding(hit, &mut spans)).collect()
}

/// Returns the line of `span` with every finding cut out and blanks squeezed: it stays the same
/// when a value on the line is replaced or the line is indented anew.
fn context(view: &View<'_>, hits: &Sink, span: &Range<usize>) -> Vec<u8> {
    let line = view.line(span.start);
    let first = hits.partition_point(|hit| hit.span.end <= line.start);
    let mut out = Vec::new();
    let mut put = |bytes: &[u8]| {
        for byte in bytes {
            if !byte.is_ascii_whitespace() {
                out.push(*byte);
            } else if out.last().is_some_and(|last| *last != b' ') {
                out.push(b' ');
            }
        }
    };
    let mut from = line.start;
    for hit in hits[first..].iter().take_while(|hit| hit.span.start < line.end) {
        if hit.span.start >= from {
            put(&view.text[from..hit.span.start]);
            put(b"\0");
        }
        from = from.max(hit.span.end);
    }
    if from < line.end {
        put(&view.text[from..line.end]);
    }
    out.truncate(out.trim_ascii_end().len());
    out
}
