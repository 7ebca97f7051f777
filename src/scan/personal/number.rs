// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers of people behind the name of a field.

use std::ops::Range;

use super::{
    field,
    ids::{Id, Weight, all},
};
use crate::{
    domain::{RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Fits, Hit, PathFacts, Reach, Sink, View},
};

/// The rule about fields that do not say which country's number they hold.
const ANY: &str = "sensitive/national-id";

/// What a rule looks for.
struct Kinds {
    rule: RuleIdx,
    severity: Severity,
    ids: Vec<&'static Id>,
}

/// Finds the numbers of all tables.
pub(super) struct Number {
    /// By rule.
    kinds: Vec<Kinds>,
}

impl Number {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let kinds = |id: &str, ids: Vec<&'static Id>| {
            let rule = rules.detected(id)?;
            Some(Kinds { rule, severity: rules.info(rule).severity, ids })
        };
        let any = all().filter(|id| id.weight > Weight::Shape && id.is_of_person()).collect();
        let each = all().filter_map(|id| kinds(&format!("sensitive/{}", id.rule), vec![id]));
        Self { kinds: each.chain(kinds(ANY, any)).collect() }
    }

    fn find(&self, view: &View<'_>, rule: RuleIdx, at: &Range<usize>, sink: &mut Sink) {
        let Some(kinds) = self.kinds.iter().find(|kinds| kinds.rule == rule) else { return };
        let Some(name) = field::name(view.text, at) else { return };
        let fits = |at: usize| kinds.ids.iter().find_map(|id| id.at(view.text, at));
        for span in field::values(view.text, name.end, fits) {
            // Several names on a line lead to the same value.
            if sink.iter().rev().take(8).any(|hit| hit.rule == rule && hit.span == span) {
                continue;
            }
            let mut hit = Hit::new(rule, span, kinds.severity);
            if kinds.ids.iter().all(|id| id.weight > Weight::Shape) {
                hit = hit.note("its check digits match");
            }
            sink.push(weigh(hit, view.facts));
        }
    }
}

impl Detector for Number {
    fn fits(&self) -> Option<Fits> {
        Some(|text, at| field::name(text, at).is_some())
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        self.find(view, rule, &at, sink);
    }

    fn worth(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) -> bool {
        let Some(name) = field::name(view.text, &at) else { return false };
        if field::is_open(view.text, name.end) {
            return true;
        }
        self.find(view, rule, &at, sink);
        !sink.is_empty()
    }

    fn reach(&self) -> Reach {
        Reach::lines(0, field::BELOW)
    }
}

/// Raises what stands in a file of data by one step: what is in a record is somebody's, but for
/// those that tests are run on.
pub(super) fn weigh(mut hit: Hit, facts: &PathFacts) -> Hit {
    if is_data(facts) && !facts.class.shows() {
        hit.severity = hit.severity.raised();
        return hit.note("in a file of data: one step higher");
    }
    hit
}

/// Whether the file is one of records rather than of code or settings.
pub(super) fn is_data(facts: &PathFacts) -> bool {
    const DATA: &[&str] = &[
        "csv", "tsv", "psv", "json", "jsonl", "ndjson", "sql", "dump", "log", "har", "vcf", "ics",
        "mbox", "eml", "ldif",
    ];
    DATA.contains(&facts.extension.as_str())
}
