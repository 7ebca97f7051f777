// SPDX-License-Identifier: MIT OR Apache-2.0
//! The one pass over a file's bytes.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    Content, Detector, Hit, Lines, PathFacts, Sink, View,
    anchors::{Anchor, Anchors, Waiting},
    detectors::builtin,
    keywords::Places,
    licensing::{Observation, observe, observe_binary},
    marks::Outcome,
    notebook::Notebook,
    paths::PathRules,
    patterns::{Tried, may_match, run_pattern},
    secrets,
    trace::Why,
    whole::{once, whole_file},
};
use crate::{
    domain::{
        Category, Class, Confidence, Finding, Layer, LineIndex, NotScanned, PathClass, Place,
        RepoPath, RuleIdx, RuleInfo, Severity, Spans, Vocabulary, remark,
    },
    rules::{Rule, RuleSet},
};

/// Files with more bytes are listed, not scanned.
pub const MAX_FILE_BYTES: u64 = 50_000_000;
/// After so many matches a file is judged no further: it is to be decided as a whole.
const MOST_MATCHES: usize = 10_000;

/// Why the engine could not be built.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A path glob is not well formed.
    #[error("path glob: {0}")]
    Glob(#[from] globset::Error),
    /// A rule names a detector that does not exist.
    #[error("rule {0} names the unknown detector {1:?}")]
    Detector(String, String),
    /// More keywords than an index can tell apart.
    #[error("more than 65,000 keywords")]
    TooManyKeywords,
}

/// All rules, ready to run. Built once, shared by all workers.
pub struct Engine {
    pub(super) rules: Arc<RuleSet>,
    pub(super) anchors: Anchors,
    /// For each rule its detector, if it has one.
    detector_of: Vec<Option<usize>>,
    detectors: Vec<Box<dyn Detector>>,
    pub(super) paths: PathRules,
    pub(super) most_matches: usize,
}

/// Memory that one worker reuses from file to file.
#[derive(Default)]
pub struct Scratch {
    /// For each rule that ran on the line, the end of the text its pattern has already seen.
    pub(super) seen: Vec<(RuleIdx, usize)>,
    /// Whether the patterns that were tried on the line matched.
    tried: Vec<Tried>,
    pub(super) hits: Sink,
    /// Keywords and signs of the text that is being searched.
    pub(super) found: Vec<Anchor>,
    pub(super) places: Places,
    /// Encoded runs of the line that say nothing but text, ascending, each with whether it is
    /// known what it says: something was found in it, or it is no secret whatever its name is.
    pub(super) opened: Vec<(Range<usize>, bool)>,
    /// Why something on the line was not looked through to its end.
    pub(super) unread: Option<NotScanned>,
    /// Through how many layers the text was reached.
    pub(super) depth: u8,
    /// The memory of the next layer.
    pub(super) inner: Option<Box<Self>>,
}

impl Scratch {
    /// Forgets the line before.
    pub(super) fn begin(&mut self) {
        self.seen.clear();
        self.tried.clear();
        self.hits.clear();
        self.opened.clear();
        self.unread = None;
    }

    /// Returns whether anything is to be told of the line.
    pub(super) fn tells(&self) -> bool {
        !self.hits.is_empty() || self.unread.is_some()
    }
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
    /// What its path says, and what stands on its lines, if it is text.
    pub judged: Option<(PathFacts, Lines)>,
}

impl Engine {
    /// Builds the automaton over the keywords of `rules`. No rule's expression is compiled.
    ///
    /// # Errors
    /// When a rule names an unknown detector or a malformed glob; the built-in rules never do.
    pub fn new(rules: Arc<RuleSet>, words: &Vocabulary) -> Result<Self, EngineError> {
        let named = builtin(&rules, words);
        let names: HashMap<&str, usize> =
            named.iter().enumerate().map(|(i, (name, _))| (*name, i)).collect();
        let detector_of = |rule: &Rule| match &rule.detector {
            None => Ok(None),
            Some(name) => names
                .get(name.as_str())
                .map(|detector| Some(*detector))
                .ok_or_else(|| EngineError::Detector(rule.info.id.clone(), name.clone())),
        };
        let detector_of: Vec<Option<usize>> =
            rules.iter().map(|(_, rule)| detector_of(rule)).collect::<Result<_, _>>()?;
        let detectors: Vec<_> = named.into_iter().map(|(_, detector)| detector).collect();
        let anchors = Anchors::new(&rules, &detectors, &detector_of)?;
        let paths = PathRules::new(&rules)?;
        let most_matches = MOST_MATCHES;
        Ok(Self { rules, anchors, detector_of, detectors, paths, most_matches })
    }

    /// Judges files no further after so many matches.
    #[must_use]
    pub fn with_most_matches(self, most_matches: usize) -> Self {
        Self { most_matches, ..self }
    }

    /// Returns the rules it runs.
    #[must_use]
    pub fn rules(&self) -> &Arc<RuleSet> {
        &self.rules
    }

    /// Returns what `path` says about its file.
    #[must_use]
    pub fn facts(&self, path: &RepoPath) -> PathFacts {
        PathFacts { globs: self.paths.matching(path), ..PathFacts::of(path) }
    }

    /// Returns whether the rule at `idx` looks at a file whose path says `facts`.
    #[must_use]
    pub fn looks_at(&self, idx: RuleIdx, facts: &PathFacts) -> bool {
        self.paths.allows(idx, &facts.globs)
    }

    /// Returns the keywords of the rules that `asked` picks, those learned among them.
    pub(super) fn keywords_of(&self, asked: impl Fn(RuleIdx) -> bool) -> Vec<String> {
        let learned = self.detectors.iter().flat_map(|detector| detector.keywords());
        let packed = self.rules.iter().flat_map(|(idx, rule)| {
            rule.keywords.iter().map(move |keyword| (idx, keyword.clone()))
        });
        let all = packed.chain(learned).filter(|(idx, _)| asked(*idx));
        all.map(|(_, keyword)| keyword).collect()
    }

    /// Scans one file whose content is `raw`.
    pub fn scan_file(&self, path: &RepoPath, raw: &[u8], scratch: &mut Scratch) -> FileScan {
        let facts = self.facts(path);
        let by_path = self.by_path(&facts, raw);
        let whole = |hits: &[&Hit]| -> Vec<Finding> {
            hits.iter().map(|hit| whole_file(hit, path, raw)).collect()
        };
        let (text, not_scanned) = match Content::of(raw) {
            Content::Encrypted(why) => {
                let findings = whole(&once(self.sealed(raw).iter()));
                return FileScan { findings, not_scanned: Some(why), ..FileScan::default() };
            }
            Content::Binary => {
                let unpacked = self.unpack(&facts, raw, scratch);
                let findings = whole(&once(by_path.iter().chain(&unpacked.hits)));
                let not_scanned = Some(unpacked.why);
                let observation = observe_binary(path, raw);
                return FileScan { findings, not_scanned, observation, ..FileScan::default() };
            }
            Content::Text(text, why) => (text, why),
        };
        let lines = self.lines(&facts, &text.bytes, None, scratch);
        let fired = by_path.iter().chain(self.whole_file_hits(&lines));
        let mut findings = whole(&once(fired));
        self.spans(path, &text.bytes, &lines, &mut findings);
        let observation = observe(path, &View::new(&facts, &text.bytes));
        let not_scanned = not_scanned.or_else(|| self.cut(&lines));
        FileScan { findings, not_scanned, observation, judged: Some((facts, lines)) }
    }

    fn spans(&self, path: &RepoPath, text: &[u8], lines: &Lines, out: &mut Vec<Finding>) {
        if lines.is_empty() {
            return;
        }
        let index = LineIndex::new(text);
        let mut spans = Spans::new(&index, text);
        let notebook = Notebook::of(path, text);
        self.marks(text, lines, |found| {
            let cell = notebook.as_ref().and_then(|notebook| notebook.place(found.span.start));
            out.push(Finding {
                rule: found.mark.rule,
                severity: found.mark.severity,
                confidence: found.mark.confidence,
                path: path.clone(),
                layer: Layer::Tree,
                place: Place::Span(spans.next(found.span)),
                value: found.mark.value.clone(),
                context: found.mark.context.clone(),
                notes: found.mark.notes.iter().cloned().chain(cell).collect(),
            });
        });
    }

    /// Runs one rule at one of its keywords.
    pub(super) fn run(
        &self,
        view: &View<'_>,
        idx: RuleIdx,
        at: Range<usize>,
        scratch: &mut Scratch,
    ) {
        // The path is the cheapest filter, so it comes before any expression.
        if !self.paths.allows(idx, &view.facts.globs) {
            return;
        }
        match self.detector_of[usize::from(idx.0)] {
            Some(detector) => self.detectors[detector].at(view, idx, at, &mut scratch.hits),
            None => run_pattern(view, self.rules.get(idx), idx, at, scratch),
        }
    }

    /// Returns whether the line alone leaves it possible that anything is found at the anchor.
    /// Most keywords are common words, and what this sorts out is not carried along and not
    /// judged again when a line close to it changes.
    pub(super) fn is_worth(
        &self,
        line: &View<'_>,
        waiting: &Waiting,
        at: Range<usize>,
        scratch: &mut Scratch,
    ) -> bool {
        let globs = &line.facts.globs;
        let mut worth = |idx: RuleIdx| {
            scratch.hits.clear();
            self.paths.allows(idx, globs)
                && match self.detector_of[usize::from(idx.0)] {
                    Some(detector) => {
                        self.detectors[detector].worth(line, idx, at.clone(), &mut scratch.hits)
                    }
                    None => may_match(line, self.rules.get(idx), idx, &at, &mut scratch.tried),
                }
        };
        waiting.line.iter().chain(&waiting.whole).any(|idx| worth(*idx))
            || waiting.head.iter().any(|idx| self.paths.allows(*idx, globs))
            || waiting.signs.iter().any(|detector| {
                scratch.hits.clear();
                self.detectors[*detector].worth_sign(line, at.start, &mut scratch.hits)
            })
    }

    /// Shows a detector one sign.
    pub(super) fn sign(&self, detector: usize, view: &View<'_>, at: usize, scratch: &mut Scratch) {
        self.detectors[detector].at_sign(view, at, &mut scratch.hits);
    }

    /// Returns whether a detector looks at the whole text of such a file, whatever stands in it.
    pub(super) fn reads(&self, facts: &PathFacts) -> bool {
        self.detectors.iter().any(|detector| detector.reads(facts))
    }

    /// Shows each detector that looks at whole texts all of its anchors.
    pub(super) fn whole(
        &self,
        view: &View<'_>,
        anchors: &[(RuleIdx, Range<usize>)],
        scratch: &mut Scratch,
    ) {
        let detector = |idx: &RuleIdx| self.detector_of[usize::from(idx.0)];
        for (no, one) in self.detectors.iter().enumerate() {
            let own: Vec<_> =
                anchors.iter().filter(|(idx, _)| detector(idx) == Some(no)).cloned().collect();
            if !own.is_empty() || one.reads(view.facts) {
                one.whole(view, &own, &mut scratch.hits);
            }
        }
    }

    /// Drops the hits that do not count where the file stands.
    fn drop_idle(&self, view: &View<'_>, scratch: &mut Scratch) {
        let vendored = view.class == PathClass::Vendored;
        let globs = &view.facts.globs;
        scratch.hits.retain(|hit| {
            let counts = !vendored || self.rules.get(hit.rule).vendored;
            if !counts {
                view.dropped(hit.rule, hit.span.clone(), Why::Vendored);
            }
            self.paths.allows(hit.rule, globs) && counts
        });
    }

    /// Returns whether one line has more hits than a file may have: it may be as long as a file.
    pub(super) fn is_full(&self, view: &View<'_>, scratch: &mut Scratch) -> bool {
        // Looking through them each time would take too long.
        if scratch.hits.len() < 2 * self.most_matches {
            return false;
        }
        self.drop_idle(view, scratch);
        scratch.hits.len() >= self.most_matches
    }

    /// Takes the hits of a line, weighed by the class of its file.
    pub(super) fn outcome(&self, view: &View<'_>, scratch: &mut Scratch) -> Option<Arc<Outcome>> {
        self.drop_idle(view, scratch);
        self.drop_encoded(scratch);
        if !scratch.tells() {
            return None;
        }
        for hit in &mut scratch.hits {
            if self.rules.info(hit.rule).class == Class::Credential {
                secrets::soften(hit, &view.text[hit.span.clone()]);
            }
            if self.rules.info(hit.rule).category == Category::Sensitive {
                secrets::soften_sample(hit, view);
                secrets::soften_asserted(hit, view);
            }
            weigh(hit, view.class, self.rules.info(hit.rule));
        }
        let (hits, unread) = (std::mem::take(&mut scratch.hits), scratch.unread.take());
        Some(Arc::new(Outcome::new(view.text, hits, unread)))
    }
}

/// Says how sure the hit is, and lowers the severity of what stands in tests or in other people's
/// code, and says so. What is proved stays: a live credential in a test is as live as anywhere.
pub(super) fn weigh(hit: &mut Hit, class: PathClass, info: &RuleInfo) {
    let doubtful = hit.notes.iter().any(|note| remark::doubts(note));
    let confidence = if doubtful { Confidence::Low } else { info.confidence };
    hit.confidence.get_or_insert(confidence);
    if hit.proved && !hit.weighed && class.shows() && is_test_key(hit) {
        hit.severity = Severity::High;
        hit.notes.push(format!("test or documentation path: {}", remark::KEY_IN_TEST));
    }
    // What was found inside an encoded run was weighed there.
    let named = info.category == Category::Internal && class == PathClass::Docs;
    let whole = hit.whole_file && info.category != Category::Sensitive;
    let counts = !hit.proved && !whole && !hit.weighed && !named;
    hit.weighed = true;
    if let Some(word) = class.word().filter(|_| counts) {
        hit.severity = hit.severity.lowered();
        hit.notes.push(format!("{word}: {}", remark::LOWERED));
    }
}

/// Returns whether the hit is a private key that no account stands beside. That it parses shows
/// that it is a key, not that anything trusts it, and nearly all that stand in tests were made for
/// them. Where the same key stands outside of tests too, that place is as critical as any.
fn is_test_key(hit: &Hit) -> bool {
    let stays = hit.severity == Severity::Critical;
    stays && hit.notes.iter().any(|note| remark::is_complete_key(note))
}
