// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut rules`: the rules, or one of them explained.

use std::io::{BufWriter, Write};

use globset::{Glob, GlobMatcher};
use serde::Serialize;

use super::{
    Exit,
    args::PlainFormat,
    context::Context,
    output::{clean, print_json},
    rules_args::{Only, RulesArgs},
    rules_test, usage,
};
use crate::{
    domain::{ChangeKind, RuleChange},
    ops::rules_at,
    rules::{Rule, RuleSet},
    store::{StoreError, read_rule_file},
};

pub(super) fn run(context: &Context, args: &RulesArgs) -> anyhow::Result<Exit> {
    let rules = read(context, args)?;
    if args.test.test.is_some() {
        return rules_test::run(rules, args);
    }
    let id = args.id.as_deref().map(id_glob).transpose()?;
    let chosen: Vec<Row<'_>> = rows(&rules)
        .filter(|row| id.as_ref().is_none_or(|id| names(id, row.rule)))
        .filter(|row| row.fits(&args.only))
        .collect();
    if let Some(id) = args.id.as_ref().filter(|_| chosen.is_empty()) {
        return Err(usage(format!("{id}: no such rule; `debut rules` lists them")));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        PlainFormat::Json => {
            let rows: Vec<serde_json::Value> = chosen.iter().map(Row::document).collect();
            print_json(&mut out, &rows)?;
        }
        PlainFormat::Text if args.id.is_some() => {
            for (i, row) in chosen.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                row.explain(&mut out)?;
            }
        }
        PlainFormat::Text => list(&mut out, &chosen, &rules)?,
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// Reads the rules of the program, of the repository, and of the file that is to be tried.
fn read(context: &Context, args: &RulesArgs) -> anyhow::Result<RuleSet> {
    let options = context.options(&args.repository);
    let Some(path) = &args.pack else { return Ok(rules_at(&options, None)?) };
    let Some(text) = read_rule_file(path)? else {
        return Err(usage(format!("{}: no such file", path.display())));
    };
    match rules_at(&options, Some((path, text))) {
        Err(crate::ops::OpenError::Store(StoreError::NotOurs { path, .. })) => {
            Err(usage(format!("{}: not a plain file", path.display())))
        }
        other => Ok(other?),
    }
}

/// Reads which rules are meant.
pub(super) fn id_glob(text: &str) -> anyhow::Result<GlobMatcher> {
    let glob = Glob::new(text).map_err(|error| usage(format!("{text}: {error}")))?;
    Ok(glob.compile_matcher())
}

/// Returns whether a rule is meant, by its id or its name.
pub(super) fn names(id: &GlobMatcher, rule: &Rule) -> bool {
    id.is_match(&rule.info.id) || id.is_match(rule.info.name())
}

/// A rule with what the repository has done to it.
struct Row<'a> {
    rule: &'a Rule,
    change: Option<&'a RuleChange>,
}

fn rows(rules: &RuleSet) -> impl Iterator<Item = Row<'_>> {
    let all = rules.iter().map(|(_, rule)| rule).chain(rules.off());
    all.map(|rule| Row {
        rule,
        change: rules.changes().iter().find(|change| change.id == rule.info.id),
    })
}

fn list(out: &mut impl Write, chosen: &[Row<'_>], rules: &RuleSet) -> std::io::Result<()> {
    for row in chosen {
        let info = &row.rule.info;
        let severity = if row.is_off() { "off" } else { info.severity.word() };
        let mark = match row.change {
            Some(change) => format!("  [{}, {}:{}]", change.kind.word(), change.file, change.line),
            None => String::new(),
        };
        let (id, confidence) = (&info.id, info.confidence.word());
        let line = format!("{id:<44} {severity:<8} {confidence:<6} {}{mark}", info.title);
        writeln!(out, "{}", clean(&line))?;
    }
    let off = chosen.iter().filter(|row| row.is_off()).count();
    let words = if off > 0 { format!(", {off} of them off") } else { String::new() };
    writeln!(out, "{} rules{words}, {}", chosen.len(), rules.digest())
}

impl Row<'_> {
    fn is_off(&self) -> bool {
        self.change.is_some_and(|change| change.kind == ChangeKind::Off)
    }

    fn fits(&self, only: &Only) -> bool {
        let info = &self.rule.info;
        let has = |text: &str, word: &str| text.to_lowercase().contains(word);
        let search = |word: &String| {
            let word = word.to_lowercase();
            let texts = [&info.id, &info.title, &info.why, &info.remedy];
            let mut texts = texts.into_iter().chain(&self.rule.keywords).chain(&self.rule.near);
            texts.any(|text| has(text, &word))
        };
        only.category.is_none_or(|category| info.category == category)
            && only.class.is_none_or(|class| info.class == class)
            && only.severity.is_none_or(|least| info.severity >= least)
            && only.confidence.is_none_or(|least| info.confidence >= least)
            && only.file.as_ref().is_none_or(|part| has(&self.rule.file, &part.to_lowercase()))
            && only.search.as_ref().is_none_or(search)
            && (!only.own || self.change.is_some())
    }

    fn explain(&self, out: &mut impl Write) -> std::io::Result<()> {
        let (rule, info) = (self.rule, &self.rule.info);
        let (severity, confidence) = (info.severity.word(), info.confidence.word());
        let head = format!("{} ({severity}, {confidence} confidence)", info.id);
        writeln!(out, "{}", clean(&head))?;
        let mut line = |label: &str, text: &str| match text {
            "" => Ok(()),
            _ => writeln!(out, "{}", clean(&format!("  {:<16}{text}", format!("{label}:")))),
        };
        line("What", &info.title)?;
        line("Why it matters", &info.why)?;
        line("What to do", &info.remedy)?;
        line("Public", info.public.as_deref().unwrap_or_default())?;
        line("Pair", &pair(rule))?;
        line("Stand-in", &info.replacement)?;
        line("Class", info.class.word())?;
        line("Looks at", &looks_at(rule))?;
        line("Leaves out", &rule.not_paths.join(" "))?;
        line("Keywords", &quoted(&rule.keywords))?;
        line("Near", &near(rule))?;
        line("Detector", rule.detector.as_deref().unwrap_or_default())?;
        line("Pattern", rule.pattern_text().unwrap_or_default())?;
        line("Not", &rule.exceptions().collect::<Vec<_>>().join("  "))?;
        line("Must have", &must_have(rule))?;
        line("Proof", &proof(rule))?;
        line("From", &format!("{}:{}", rule.file, rule.line))?;
        if let Some(change) = self.change {
            let place = format!("{}:{}", change.file, change.line);
            line("In this place", &format!("{}, {place}", change.words()))?;
        }
        if let Some(was) = &rule.was {
            line("Replaces", &format!("{}:{}: {}", was.file, was.line, was.info.title))?;
            line("  its pattern", was.pattern_text().unwrap_or_default())?;
            line("  its detector", was.detector.as_deref().unwrap_or_default())?;
        }
        Ok(())
    }

    fn document(&self) -> serde_json::Value {
        let (rule, info) = (self.rule, &self.rule.info);
        serde_json::json!({
            "id": info.id,
            "category": info.category.word(),
            "class": info.class.word(),
            "severity": info.severity.word(),
            "confidence": info.confidence.word(),
            "title": info.title,
            "why": info.why,
            "remedy": info.remedy,
            "public": info.public,
            "pair": info.pair.as_ref().map(|pair| &*pair.family),
            "half": info.pair.as_ref().map(|pair| pair.half.word()),
            "replacement": info.replacement,
            "scope": rule.scope,
            "window": rule.window,
            "edge": rule.edge,
            "keywords": rule.keywords,
            "near": rule.near,
            "near_lines": rule.near_lines,
            "pattern": rule.pattern_text(),
            "not": rule.exceptions().collect::<Vec<_>>(),
            "detector": rule.detector,
            "entropy": rule.entropy,
            "paths": rule.paths,
            "not_paths": rule.not_paths,
            "vendored": rule.vendored,
            "proof": rule.proof,
            "on_failure": rule.proof.map(|_| rule.on_failure),
            "file": rule.file,
            "line": rule.line,
            "off": self.is_off(),
            "change": self.change.map(change_document),
            "replaces": rule.was.as_ref().map(|was| serde_json::json!({
                "title": was.info.title,
                "severity": was.info.severity.word(),
                "confidence": was.info.confidence.word(),
                "pattern": was.pattern_text(),
                "detector": was.detector,
                "file": was.file,
                "line": was.line,
            })),
        })
    }
}

/// Returns a change as JSON has it.
pub(super) fn change_document(change: &RuleChange) -> serde_json::Value {
    serde_json::json!({
        "rule": change.id,
        "what": change.kind.word(),
        "severity_was": change.was.map(|(severity, _)| severity.word()),
        "confidence_was": change.was.map(|(_, confidence)| confidence.word()),
        "severity": change.now.map(|(severity, _)| severity.word()),
        "confidence": change.now.map(|(_, confidence)| confidence.word()),
        "reason": change.reason,
        "file": change.file,
        "line": change.line,
    })
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" ")
}

/// Returns the word that rule files use.
fn word(value: impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn looks_at(rule: &Rule) -> String {
    let paths = if rule.paths.is_empty() { "any file".into() } else { rule.paths.join(" ") };
    let window = match word(rule.window).as_str() {
        _ if !rule.has_pattern() => "",
        "line" => ", the line of a keyword",
        "below" => ", the line of a keyword and three below",
        "around" => ", the line of a keyword, three above and three below",
        _ => ", the line of a keyword and the block below",
    };
    let whole = if word(rule.scope) == "file" { "; finds the whole file" } else { "" };
    let vendored = if rule.vendored { "" } else { "; not in vendored code" };
    format!("{paths}{window}{whole}{vendored}")
}

fn pair(rule: &Rule) -> String {
    let pair = rule.info.pair.as_ref();
    pair.map_or(String::new(), |pair| format!("{} of {}", pair.half.word(), pair.family))
}

fn near(rule: &Rule) -> String {
    match rule.near.is_empty() {
        true => String::new(),
        false => format!("{} within {} lines", quoted(&rule.near), rule.near_lines),
    }
}

fn must_have(rule: &Rule) -> String {
    let entropy = rule.entropy.map(|least| format!("{least} bits of entropy a character"));
    let real = rule.placeholders.then(|| "no look of a placeholder".to_owned());
    let edge = match word(rule.edge).as_str() {
        _ if !rule.has_pattern() => None,
        "none" => None,
        "token" => Some("no letter, digit, _ or - beside it"),
        "base64" => Some("no letter, digit, _ + / or = beside it"),
        _ => Some("no letter, digit or _ beside it"),
    };
    let chosen = rule.chosen.then(|| "no look of a reference, a path or prose".to_owned());
    let all = [entropy, real, chosen, edge.map(str::to_owned)];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn proof(rule: &Rule) -> String {
    let Some(proof) = rule.proof else { return String::new() };
    let fails = match word(rule.on_failure).as_str() {
        "drop" => "a value that fails it is no finding (--all shows it)",
        _ => "a value that fails it has low confidence and weighs less",
    };
    format!("{}; {fails}", word(proof))
}
