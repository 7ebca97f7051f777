// SPDX-License-Identifier: MIT OR Apache-2.0
//! What names of refs and settings say.

use std::collections::HashMap;

use super::{book::Identify, family::Families, metadata::capped, who::Who};
use crate::{
    domain::{
        Confidence, Finding, Identity, Layer, LineIndex, Metadata, NotScannedFile, Place, RuleIdx,
        Secret, Spans, Vocabulary,
    },
    scan::{Engine, Scratch},
};

/// The rule about owners of branches.
const OWNER: &str = "internal/merge-branch";

/// Scans names such as those of refs, or settings.
pub struct Named<'a> {
    engine: &'a Engine,
    identify: &'a Identify<'a>,
    who: Who,
    families: Families,
    owner: Option<RuleIdx>,
}

/// What was found in names.
#[derive(Default)]
struct Found {
    all: Vec<(Finding, Identity)>,
    /// What stands for all alike: where in `all`, and in how many names.
    alike: HashMap<Identity, (usize, usize)>,
}

impl<'a> Named<'a> {
    /// Compares names with the words of the organisation.
    #[must_use]
    pub fn new(engine: &'a Engine, identify: &'a Identify<'a>, words: &Vocabulary) -> Self {
        let rules = engine.rules();
        let (who, families) = (Who::new(rules, words), Families::new(rules));
        Self { engine, identify, who, families, owner: rules.find(OWNER) }
    }

    /// Scans pairs of a name and the text to scan. Also says so if one of them holds too much.
    #[must_use]
    pub fn find<'n>(
        &self,
        place: Metadata,
        names: impl IntoIterator<Item = (&'n str, &'n [u8])>,
    ) -> (Vec<(Finding, Identity)>, Option<NotScannedFile>) {
        let facts = self.engine.facts(&place.path());
        let mut scratch = Scratch::default();
        let mut out = Found::default();
        let mut cut = None;
        for (name, text) in names {
            let lines = self.engine.lines(&facts, text, None, &mut scratch);
            let index = LineIndex::new(text);
            let mut spans = Spans::new(&index, text);
            if place == Metadata::Refs {
                self.owner(name, text, &index, &mut out);
            }
            self.engine.marks(text, &lines, |found| {
                let mark = found.mark;
                let part = self.families.of(mark.rule, &text[found.span.clone()]);
                // Each ref is published or not, so a ticket is asked about once for all of them.
                let part = part.filter(|_| place == Metadata::Refs && !mark.value.is_decoded());
                let (value, context, span) = match &part {
                    Some(part) => {
                        let span = found.span.start + part.start..found.span.start + part.end;
                        (Secret::new(&text[span.clone()]), Secret::new(b""), span)
                    }
                    None => (mark.value.clone(), mark.context.clone(), found.span),
                };
                let info = self.engine.rules().info(mark.rule);
                let finding = Finding {
                    rule: mark.rule,
                    severity: capped(mark.severity, info, place),
                    confidence: mark.confidence,
                    path: place.path(),
                    layer: Layer::Name(name.into()),
                    place: Place::Span(spans.next(span)),
                    value,
                    context,
                    notes: mark.notes.clone(),
                };
                out.add(self.identified(finding, part.is_some()), part.is_some());
            });
            cut = cut.or_else(|| self.engine.cut(&lines));
        }
        (out.finish(place), cut.map(|why| NotScannedFile { path: place.path(), why }))
    }

    /// Looks for the name of a person before the first slash: `jdoe/try-it`.
    fn owner(&self, name: &str, text: &[u8], index: &LineIndex, out: &mut Found) {
        let Some(rule) = self.owner else { return };
        let Some(slash) = memchr::memchr(b'/', text) else { return };
        if !self.who.is_person(&String::from_utf8_lossy(&text[..slash])) {
            return;
        }
        let info = self.engine.rules().info(rule);
        let finding = Finding {
            rule,
            severity: capped(info.severity, info, Metadata::Refs),
            confidence: Confidence::Medium,
            path: Metadata::Refs.path(),
            layer: Layer::Name(name.into()),
            place: Place::Span(Spans::new(index, text).next(0..slash)),
            value: Secret::new(&text[..slash]),
            context: Secret::new(b""),
            notes: Vec::new(),
        };
        out.add(self.identified(finding, true), true);
    }

    /// What stands for all alike is the same in whatever case it is written.
    fn identified(&self, finding: Finding, for_all: bool) -> (Finding, Identity) {
        let value = finding.value.expose();
        let lower = for_all.then(|| value.to_ascii_lowercase());
        let value = lower.as_deref().unwrap_or(value);
        let id = (self.identify)(finding.rule, value, finding.context.expose());
        (finding, id)
    }
}

impl Found {
    fn add(&mut self, (finding, id): (Finding, Identity), for_all: bool) {
        if for_all {
            let next = self.all.len();
            let known = self.alike.entry(id.clone()).or_insert((next, 0));
            known.1 += 1;
            if known.0 != next {
                return;
            }
        }
        self.all.push((finding, id));
    }

    fn finish(mut self, place: Metadata) -> Vec<(Finding, Identity)> {
        for (at, count) in self.alike.into_values().filter(|(_, count)| *count > 1) {
            self.all[at].0.notes.push(format!("one question for {count} names"));
        }
        self.all.iter_mut().for_each(|(finding, _)| finding.notes.push(place.settled().into()));
        self.all
    }
}
