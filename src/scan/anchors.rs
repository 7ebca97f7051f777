// SPDX-License-Identifier: MIT OR Apache-2.0
//! Where anything is worth a look: keywords of rules, and signs that are no words.
//!
//! What makes an anchor stands on one line, so the anchors of a line depend on that line alone.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{
    Detector, EngineError, PathFacts, Reach, Sign,
    asked::Asked,
    decode,
    internal::is_mailbox,
    keywords::{Keywords, Places},
    numbers::numbers,
    paths::PathRules,
    personal::is_sign as is_mail,
};
use crate::{
    domain::RuleIdx,
    rules::{RuleSet, Window},
};

/// A place worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    /// Offset of its first byte. Texts have less than 4 GiB, see `MAX_FILE_BYTES`.
    pub(super) at: u32,
    /// Its length in bytes.
    pub(super) len: u16,
    /// What it is: an index into [`Anchors`].
    pub(super) slot: u16,
}

impl Anchor {
    pub(super) fn range(self) -> Range<usize> {
        self.at as usize..self.at as usize + usize::from(self.len)
    }
}

/// Who waits for an anchor.
#[derive(Default)]
pub(super) struct Waiting {
    /// Rules that look at the anchor's line and around it.
    pub(super) line: Vec<RuleIdx>,
    /// Rules that look at the file's head.
    pub(super) head: Vec<RuleIdx>,
    /// Rules that look at the whole text.
    pub(super) whole: Vec<RuleIdx>,
    /// Detectors that wait for a sign.
    pub(super) signs: Vec<usize>,
    /// What may be hidden there, if it is no word.
    pub(super) hides: Option<Hides>,
    /// Whether values begin with it.
    pub(super) begins: bool,
    /// Whether it is the name of what is assigned a secret.
    pub(super) assigns: bool,
    /// How far the rules in `line` and the detectors may look.
    pub(super) reach: Reach,
}

/// What an anchor that is no word hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hides {
    /// A run of encoded bytes.
    Run,
    /// One that may go on on the next lines.
    Lines,
    /// Signs that are written in another way, anywhere on the line.
    Signs,
    /// A string that is written in pieces.
    Pieces,
}

/// So long keywords are no words that stand in every file.
const RARE: usize = 5;

/// A keyword of a rule that looks at few paths, looked for with those of all others.
#[derive(Clone, Copy)]
struct Among {
    rule: RuleIdx,
    slot: u16,
}

/// Keywords of one rule that looks at few paths.
struct Gated {
    rule: RuleIdx,
    /// Made at the first such path.
    keywords: OnceLock<Option<Keywords>>,
    slots: Vec<u16>,
}

impl Gated {
    fn keywords(&self, rules: &RuleSet) -> Option<&Keywords> {
        let make = || Keywords::new(&rules.get(self.rule).keywords).ok();
        self.keywords.get_or_init(make).as_ref()
    }
}

/// The keywords and signs of all rules.
pub(super) struct Anchors {
    keywords: Keywords,
    rules: Arc<RuleSet>,
    /// For each slot of a keyword what those ask who wait for it.
    asked: Vec<Vec<Asked>>,
    /// What stands behind the keywords of all rules and the seams: keywords of rules that look at
    /// few paths.
    among: Vec<Among>,
    /// Rules that look at few paths have a pass of their own if their keywords may be words that
    /// stand in every file.
    gated: Vec<Gated>,
    waiting: Vec<Waiting>,
    numbers: Option<u16>,
    mentions: Option<u16>,
    mails: Option<u16>,
    mailboxes: Option<u16>,
    runs: u16,
    lines: u16,
    signs: u16,
    pieces: u16,
    series: decode::Series,
}

fn slot_of(at: usize) -> Result<u16, EngineError> {
    u16::try_from(at).map_err(|_| EngineError::TooManyKeywords)
}

/// Adds the keywords of rules that look at some paths only to `all`, or gives the rule a set of
/// its own.
fn gated<'r>(
    rules: &'r RuleSet,
    reach_of: impl Fn(RuleIdx) -> Reach,
    waiting: &mut Vec<Waiting>,
    all: &mut Vec<&'r str>,
) -> Result<(Vec<Among>, Vec<Gated>), EngineError> {
    let (mut among, mut gated) = (Vec::new(), Vec::new());
    for (idx, rule) in rules.iter() {
        if rule.paths.is_empty() || rule.keywords.is_empty() {
            continue;
        }
        Keywords::check(&rule.keywords).map_err(|_| EngineError::TooManyKeywords)?;
        let mut slots = Vec::new();
        for _ in &rule.keywords {
            let mut one = Waiting::default();
            one.add(idx, reach_of(idx));
            waiting.push(one);
            slots.push(slot_of(waiting.len() - 1)?);
        }
        if rule.keywords.iter().all(|keyword| keyword.len() >= RARE) {
            all.extend(rule.keywords.iter().map(String::as_str));
            among.extend(slots.into_iter().map(|slot| Among { rule: idx, slot }));
        } else {
            gated.push(Gated { rule: idx, keywords: OnceLock::new(), slots });
        }
    }
    Ok((among, gated))
}

impl Anchors {
    /// `detector_of` holds for each rule its detector, if it has one.
    pub(super) fn new(
        rules: &Arc<RuleSet>,
        detectors: &[Box<dyn Detector>],
        detector_of: &[Option<usize>],
    ) -> Result<Self, EngineError> {
        let mut slots = Slots::default();
        let reach_of = |idx: RuleIdx| match detector_of[usize::from(idx.0)] {
            Some(detector) => detectors[detector].reach(),
            None => reach_of_pattern(rules, idx),
        };
        for (idx, rule) in rules.iter().filter(|(_, rule)| rule.paths.is_empty()) {
            for keyword in &rule.keywords {
                let fits = detector_of[usize::from(idx.0)].and_then(|i| detectors[i].fits());
                let asked = Asked::of(rule, idx, keyword, fits);
                let slot = slots.wait(keyword, idx, reach_of(idx), asked);
                slot.begins |= !rule.generic && keyword.ends_with(['_', '-']);
                slot.assigns |= rule.generic;
            }
        }
        for (idx, keyword) in detectors.iter().flat_map(|detector| detector.keywords()) {
            slots.wait(&keyword, idx, reach_of(idx), Asked::None);
        }
        let Slots { by_keyword, mut waiting, asked } = slots;
        let mut ordered = vec![""; by_keyword.len()];
        by_keyword.iter().for_each(|(keyword, slot)| ordered[*slot] = keyword);
        ordered.extend(decode::SEAMS);
        let (among, gated) = gated(rules, reach_of, &mut waiting, &mut ordered)?;
        let keywords = Keywords::new(&ordered).map_err(|_| EngineError::TooManyKeywords)?;
        let mut sign = |wanted: Sign| {
            let who = (0..detectors.len()).filter(|i| detectors[*i].sign() == Some(wanted));
            let signs: Vec<usize> = who.collect();
            let reach = signs.iter().fold(Reach::LINE, |all, i| all.and(detectors[*i].reach()));
            let some = !signs.is_empty();
            waiting.push(Waiting { signs, reach, ..Waiting::default() });
            Ok::<_, EngineError>(some.then_some(slot_of(waiting.len() - 1)?))
        };
        let (numbers, mentions) = (sign(Sign::Number)?, sign(Sign::Mention)?);
        let (mails, mailboxes) = (sign(Sign::Mail)?, sign(Sign::Mailbox)?);
        let mut hides = |hides: Hides, reach: Reach| {
            waiting.push(Waiting { hides: Some(hides), reach, ..Waiting::default() });
            slot_of(waiting.len() - 1)
        };
        let runs = hides(Hides::Run, Reach::LINE)?;
        let lines = hides(Hides::Lines, Reach { before: 1, ..Reach::BLOCK })?;
        let signs = hides(Hides::Signs, Reach::LINE)?;
        let pieces = hides(Hides::Pieces, Reach::lines(0, decode::LINES))?;
        let series = decode::Series::default();
        Ok(Self {
            keywords,
            rules: rules.clone(),
            asked,
            among,
            gated,
            waiting,
            numbers,
            mentions,
            mails,
            mailboxes,
            runs,
            lines,
            signs,
            pieces,
            series,
        })
    }

    /// Returns the anchor of an encoded value at `at`.
    pub(super) fn run_at(&self, at: usize) -> Anchor {
        Anchor { at: at as u32, len: 1, slot: self.runs }
    }

    /// Returns the anchor of a line with escapes that begins at `at`.
    pub(super) fn signs_at(&self, at: usize) -> Anchor {
        Anchor { at: at as u32, len: 1, slot: self.signs }
    }

    /// Returns the anchor of a string in pieces, of which something stands at `at`.
    pub(super) fn pieces_at(&self, at: usize) -> Anchor {
        Anchor { at: at as u32, len: 1, slot: self.pieces }
    }

    /// Returns who waits for the anchor.
    pub(super) fn waiting(&self, anchor: Anchor) -> &Waiting {
        &self.waiting[usize::from(anchor.slot)]
    }

    /// Returns whether a value of a form of its own begins with the keyword.
    pub(super) fn begins(&self, anchor: Anchor) -> bool {
        let asked = self.asked.get(usize::from(anchor.slot)).into_iter().flatten();
        let mut begins = asked.filter(|asked| asked.begins(&self.rules));
        self.waiting(anchor).begins || begins.next().is_some()
    }

    /// Appends all keywords and signs in `part`, which must be whole lines of `text`, in
    /// ascending order.
    pub(super) fn find(
        &self,
        facts: &PathFacts,
        paths: &PathRules,
        text: &[u8],
        part: Range<usize>,
        places: &mut Places,
        out: &mut Vec<Anchor>,
    ) {
        let first = out.len();
        let anchor = |range: Range<usize>, slot: u16| Anchor {
            at: range.start as u32,
            len: range.len() as u16,
            slot,
        };
        self.keywords.each(&text[part.clone()], places, |slot, range| {
            let range = part.start + range.start..part.start + range.end;
            // Behind the keywords of rules come the seams, and those of rules about few paths.
            if let Some(other) = slot.checked_sub(self.asked.len()) {
                let Some(other) = other.checked_sub(decode::SEAMS.len()) else {
                    out.extend(decode::is_seam(text, &range).then(|| self.pieces_at(range.start)));
                    return;
                };
                let Among { rule, slot } = self.among[other];
                if paths.allows(rule, &facts.globs) {
                    out.push(anchor(range, slot));
                }
                return;
            }
            if goes_on(text, &range) {
                return;
            }
            if self.asked[slot].iter().any(|asked| asked.fits(text, &range, &self.rules)) {
                out.push(anchor(range, slot as u16));
            }
        });
        for gated in self.gated.iter().filter(|gated| paths.allows(gated.rule, &facts.globs)) {
            let Some(keywords) = gated.keywords(&self.rules) else { continue };
            keywords.each(&text[part.clone()], places, |keyword, range| {
                let range = part.start + range.start..part.start + range.end;
                out.push(anchor(range, gated.slots[keyword]));
            });
        }
        if let Some(slot) = self.numbers {
            numbers(text, part.clone(), |at| out.push(anchor(at..at + 1, slot)));
        }
        if let Some(slot) = self.mentions.filter(|_| facts.owners) {
            let signs = memchr::memchr_iter(b'@', &text[part.clone()]);
            out.extend(signs.map(|at| anchor(part.start + at..part.start + at + 1, slot)));
        }
        for at in memchr::memchr_iter(b'@', &text[part.clone()]).map(|at| part.start + at) {
            let mail = self.mails.filter(|_| is_mail(text, at));
            let mailbox = self.mailboxes.filter(|_| is_mailbox(text, at));
            out.extend(mail.into_iter().chain(mailbox).map(|slot| anchor(at..at + 1, slot)));
        }
        out[first..].sort();
    }

    /// Appends what may hide something in `part`, in no order.
    pub(super) fn find_hidden(&self, text: &[u8], part: Range<usize>, out: &mut Vec<Anchor>) {
        if part.is_empty() {
            return;
        }
        decode::runs(text, part.clone(), |run| {
            if decode::promising(&text[run.clone()]) {
                let slot = if decode::is_wrapped(text, &run) { self.lines } else { self.runs };
                out.push(Anchor { slot, ..self.run_at(run.start) });
            }
        });
        self.series.each(text, part, |at| out.push(self.signs_at(at)));
    }
}

/// Whether a keyword of one byte over and over, such as `AAAA`, begins in the middle of a row of
/// them: it was found where the row begins, and each more place would be looked at for the same.
fn goes_on(text: &[u8], at: &Range<usize>) -> bool {
    let before = at.start.checked_sub(1).map(|before| text[before]);
    before == Some(text[at.start]) && text[at.clone()].iter().all(|byte| Some(*byte) == before)
}

#[derive(Default)]
struct Slots {
    by_keyword: HashMap<String, usize>,
    waiting: Vec<Waiting>,
    asked: Vec<Vec<Asked>>,
}

impl Slots {
    fn wait(&mut self, keyword: &str, idx: RuleIdx, reach: Reach, asked: Asked) -> &mut Waiting {
        let next = self.waiting.len();
        let slot = *self.by_keyword.entry(keyword.to_owned()).or_insert(next);
        if slot == next {
            self.waiting.push(Waiting::default());
            self.asked.push(Vec::new());
        }
        self.asked[slot].push(asked);
        let waiting = &mut self.waiting[slot];
        waiting.add(idx, reach);
        waiting
    }
}

impl Waiting {
    fn add(&mut self, idx: RuleIdx, reach: Reach) {
        if self.line.contains(&idx) || self.head.contains(&idx) || self.whole.contains(&idx) {
            return;
        }
        if reach.whole {
            self.whole.push(idx);
        } else if reach.head {
            self.head.push(idx);
        } else {
            self.line.push(idx);
            self.reach = self.reach.and(reach);
        }
    }
}

fn reach_of_pattern(rules: &RuleSet, idx: RuleIdx) -> Reach {
    let rule = rules.get(idx);
    let window = match rule.window {
        Window::Line => Reach::LINE,
        Window::Below => Reach::lines(0, 3),
        Window::Around => Reach::lines(3, 3),
        Window::Block => Reach::BLOCK,
    };
    let near = if rule.near.is_empty() { 0 } else { rule.near_lines };
    let proof = rule.proof.map_or(Reach::LINE, super::secrets::reach_of_proof);
    window.then(Reach::lines(near, near).and(proof))
}
