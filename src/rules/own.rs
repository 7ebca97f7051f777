// SPDX-License-Identifier: MIT OR Apache-2.0
//! A repository's own rule files: what they add, replace, change and switch off.
//!
//! Nothing of that is silent. Each change is on record with its file, its line and, where a rule
//! of the program counts for less, a reason, and the record goes into every report.

use std::collections::{HashMap, HashSet};

use super::{
    error::{Fault, RuleError},
    load::{RuleSet, closely, take},
    model::Rule,
    parse::{Change, Disable, Placed, parse},
};
use crate::domain::{ChangeKind, RuleChange, RuleIdx, RuleInfo};

/// More rules than this are no rules that a person has read.
const MOST: usize = 1_000;
/// Longest reason, in bytes.
const LONGEST_REASON: usize = 500;

/// What the files say, each rule checked by itself.
pub(super) struct Own {
    rules: Vec<Rule>,
    disabled: Vec<(String, Placed<Disable>)>,
    changed: Vec<(String, Placed<Change>)>,
}

impl Own {
    /// Reads the files, given as path and text.
    pub(super) fn read(files: &[(String, String)]) -> Result<Self, RuleError> {
        let mut out = Self { rules: Vec::new(), disabled: Vec::new(), changed: Vec::new() };
        let mut faults = Vec::new();
        for (name, text) in files {
            let parsed = parse(name, text);
            faults.extend(parsed.faults);
            for written in parsed.rules {
                match take(name, written) {
                    Ok(rule) => out.rules.push(rule),
                    Err(more) => faults.extend(more),
                }
            }
            out.disabled.extend(parsed.disabled.into_iter().map(|one| (name.clone(), one)));
            out.changed.extend(parsed.changed.into_iter().map(|one| (name.clone(), one)));
        }
        if let Some(rule) = out.rules.get(MOST) {
            let message = format!("more than {MOST} rules of one's own");
            faults.push(Fault { file: rule.file.clone(), line: rule.line, rule: None, message });
            out.rules.truncate(MOST);
        }
        faults.extend(out.rules.iter().flat_map(closely));
        // What is wrong by itself is told together with what is wrong with the whole.
        faults.extend(out.clashes());
        RuleError::unless_none(in_order(faults))?;
        Ok(out)
    }

    /// Returns ids about which more than one table says something.
    fn clashes(&self) -> Vec<Fault> {
        let rules = self.rules.iter().map(|rule| (&rule.file, rule.line, &rule.info.id));
        let off = self.disabled.iter().map(|(file, one)| (file, one.line, &one.value.id));
        let changed = self.changed.iter().map(|(file, one)| (file, one.line, &one.value.id));
        let mut known: HashMap<&String, (&String, usize)> = HashMap::new();
        let mut out = Vec::new();
        for (file, line, id) in rules.chain(off).chain(changed) {
            if let Some((first, at)) = known.insert(id, (file, line)) {
                let message = format!("{first}:{at} says something about this rule already");
                out.push(Fault { file: file.clone(), line, rule: Some(id.clone()), message });
            }
        }
        out
    }

    /// Puts everything into `set`.
    pub(super) fn apply(self, set: &mut RuleSet) -> Result<(), RuleError> {
        let mut faults = Vec::new();
        for (file, change) in self.changed {
            faults.extend(reweigh(set, &file, &change));
        }
        let mut off = HashSet::new();
        for (file, disable) in self.disabled {
            match switch_off(set, &file, &disable) {
                Ok(idx) => drop(off.insert(idx)),
                Err(fault) => faults.push(fault),
            }
        }
        let own: Vec<String> = self.rules.iter().map(|rule| rule.info.id.clone()).collect();
        for rule in self.rules {
            faults.extend(put(set, rule));
        }
        // The program's own are whole; who takes one half out or away knows that.
        let own = own.iter().filter_map(|id| set.find(id)).map(|idx| set.get(idx));
        faults.extend(own.filter_map(|rule| set.lacks_half(rule)));
        RuleError::unless_none(in_order(faults))?;
        set.take_out(&off);
        set.changes.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(())
    }
}

impl RuleSet {
    fn take_out(&mut self, off: &HashSet<RuleIdx>) {
        if off.is_empty() {
            return;
        }
        let all = std::mem::take(&mut self.rules);
        self.by_id.clear();
        for (i, rule) in all.into_iter().enumerate() {
            if off.contains(&RuleIdx(i as u16)) {
                self.off.push(rule);
            } else {
                let line = rule.line;
                // There was room for all of them.
                let _ = self.push(rule, line);
            }
        }
    }
}

fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    faults
}

fn weight(info: &RuleInfo) -> Option<(crate::domain::Severity, crate::domain::Confidence)> {
    Some((info.severity, info.confidence))
}

/// Adds a rule, or puts it in the place of the one of the program with its id.
fn put(set: &mut RuleSet, mut rule: Rule) -> Option<Fault> {
    let (id, line) = (rule.info.id.clone(), rule.line);
    let at = set.find(&id);
    let before = at.map(|idx| &set.rules[usize::from(idx.0)]);
    if let Some(detector) = &rule.detector
        && before.is_none_or(|before| before.detector.as_ref() != Some(detector))
    {
        let message = format!(
            "detector {detector:?} belongs to rules of the program: only a rule with the id of one \
             may name it. Take a pattern, or names and body"
        );
        let line = rule.lines.get("detector").copied().unwrap_or(line);
        return Some(Fault { file: rule.file, line, rule: Some(id), message });
    }
    set.changes.push(RuleChange {
        id,
        kind: if at.is_some() { ChangeKind::Replaced } else { ChangeKind::Added },
        was: before.and_then(|before| weight(&before.info)),
        now: weight(&rule.info),
        reason: None,
        file: rule.file.clone(),
        line,
    });
    let Some(idx) = at else { return set.push(rule, line) };
    let slot = &mut set.rules[usize::from(idx.0)];
    std::mem::swap(slot, &mut rule);
    slot.was = Some(Box::new(rule));
    None
}

fn reweigh(set: &mut RuleSet, file: &str, change: &Placed<Change>) -> Option<Fault> {
    let Change { id, severity, confidence, reason } = &change.value;
    let wrong = |field: &str, message: String| {
        let (file, rule) = (file.into(), Some(id.clone()));
        Some(Fault { file, line: change.line_of(field), rule, message })
    };
    if severity.is_none() && confidence.is_none() {
        return wrong("id", "changes nothing: say severity, confidence or both".into());
    }
    if let Some(message) = no_reason(reason) {
        return wrong("reason", message);
    }
    let Some(idx) = set.find(id) else { return wrong("id", unknown(set, id)) };
    let rule = &mut set.rules[usize::from(idx.0)];
    let was = weight(&rule.info);
    rule.info.severity = severity.unwrap_or(rule.info.severity);
    rule.info.confidence = confidence.unwrap_or(rule.info.confidence);
    set.changes.push(RuleChange {
        id: id.clone(),
        kind: ChangeKind::Changed,
        was,
        now: weight(&rule.info),
        reason: Some(reason.clone()),
        file: file.into(),
        line: change.line,
    });
    None
}

fn switch_off(set: &mut RuleSet, file: &str, disable: &Placed<Disable>) -> Result<RuleIdx, Fault> {
    let Disable { id, reason } = &disable.value;
    let wrong = |field: &str, message: String| {
        let (file, rule) = (file.into(), Some(id.clone()));
        Fault { file, line: disable.line_of(field), rule, message }
    };
    if let Some(message) = no_reason(reason) {
        return Err(wrong("reason", message));
    }
    let Some(idx) = set.find(id) else { return Err(wrong("id", unknown(set, id))) };
    set.changes.push(RuleChange {
        id: id.clone(),
        kind: ChangeKind::Off,
        was: weight(&set.get(idx).info),
        now: None,
        reason: Some(reason.clone()),
        file: file.into(),
        line: disable.line,
    });
    Ok(idx)
}

fn no_reason(reason: &str) -> Option<String> {
    let bad = reason.trim().is_empty()
        || reason.len() > LONGEST_REASON
        || reason.chars().any(char::is_control);
    bad.then(|| {
        format!("reason: say why, on one line of at most {LONGEST_REASON} bytes; reports quote it")
    })
}

/// Says that there is no such rule, and which one may be meant.
fn unknown(set: &RuleSet, id: &str) -> String {
    let name = id.rsplit('/').next().unwrap_or(id);
    let near = set.iter().map(|(_, rule)| &rule.info).find(|info| info.name() == name);
    match near {
        Some(info) => format!("no such rule of the program: {} is meant?", info.id),
        None => "no such rule of the program: `debut rules` lists them".into(),
    }
}
