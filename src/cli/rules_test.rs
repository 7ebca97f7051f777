// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut rules --test`: rules tried on one file, for those who write rules.

use std::{
    fs::File,
    io::{BufWriter, Read, Write},
    path::Path,
    sync::Arc,
};

use super::{
    Exit,
    args::PlainFormat,
    output::{clean, print_json},
    rules::{id_glob, names},
    rules_args::RulesArgs,
    usage,
};
use crate::{
    domain::{Finding, RepoPath, RuleIdx, Text, Vocabulary},
    rules::{Rule, RuleSet},
    scan::{Dropped, Engine, MAX_FILE_BYTES, Scratch, Traced},
};

/// So many lines with keywords are named.
const LINES: usize = 10;

pub(super) fn run(rules: RuleSet, args: &RulesArgs) -> anyhow::Result<Exit> {
    let Some(file) = &args.test.test else { return Ok(Exit::Clean) };
    let path = match &args.test.path {
        Some(path) => path.clone(),
        None if file.as_os_str() == "-" => "stdin".into(),
        None => file.to_string_lossy().into_owned(),
    };
    let path = RepoPath::parse(path.trim_start_matches("./"));
    let raw = read(file)?;
    let engine = Engine::new(Arc::new(rules), &Vocabulary::default())?;
    let wanted = wanted(&engine, args)?;
    let is_wanted = |rule: RuleIdx| wanted.as_ref().is_none_or(|all| all.contains(&rule));
    let mut traced = engine.trace(&path, &raw, &mut Scratch::default());
    traced.scan.findings.retain(|finding| is_wanted(finding.rule));
    traced.dropped.retain(|dropped| is_wanted(dropped.rule));
    let test = Tried { engine: &engine, path, raw, traced, wanted: wanted.unwrap_or_default() };
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        PlainFormat::Text => test.print(&mut out, args.test.all)?,
        PlainFormat::Json => print_json(&mut out, &test.document(args.test.all))?,
    }
    out.flush()?;
    Ok(if test.traced.scan.findings.is_empty() { Exit::Clean } else { Exit::Remaining })
}

/// Returns the rules that are asked about, if not all are.
fn wanted(engine: &Engine, args: &RulesArgs) -> anyhow::Result<Option<Vec<RuleIdx>>> {
    let Some(text) = args.test.rule.as_ref().or(args.id.as_ref()) else { return Ok(None) };
    let id = id_glob(text)?;
    let all = engine.rules().iter().filter(|(_, rule)| names(&id, rule));
    let all: Vec<RuleIdx> = all.map(|(idx, _)| idx).collect();
    if all.is_empty() {
        let off = engine.rules().off().iter().any(|rule| names(&id, rule));
        let why = if off { "is switched off here" } else { "no such rule" };
        return Err(usage(format!("{text}: {why}; `debut rules` lists them")));
    }
    Ok(Some(all))
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let from: Box<dyn Read> = match file.as_os_str().as_encoded_bytes() {
        b"-" => Box::new(std::io::stdin().lock()),
        _ if !file.is_file() => return Err(usage(format!("{}: not a file", file.display()))),
        _ => Box::new(File::open(file).map_err(|e| usage(format!("{}: {e}", file.display())))?),
    };
    let mut raw = Vec::new();
    from.take(MAX_FILE_BYTES + 1).read_to_end(&mut raw)?;
    if raw.len() as u64 > MAX_FILE_BYTES {
        return Err(usage(format!("{}: larger than any file that is scanned", file.display())));
    }
    Ok(raw)
}

struct Tried<'a> {
    engine: &'a Engine,
    path: RepoPath,
    raw: Vec<u8>,
    traced: Traced,
    /// The rules that were asked about by name.
    wanted: Vec<RuleIdx>,
}

impl Tried<'_> {
    fn rule(&self, idx: RuleIdx) -> &Rule {
        self.engine.rules().get(idx)
    }

    fn print(&self, out: &mut impl Write, all: bool) -> std::io::Result<()> {
        for finding in &self.traced.scan.findings {
            writeln!(out, "{}", clean(&self.found(finding)))?;
        }
        if let Some(why) = &self.traced.scan.not_scanned {
            writeln!(out, "{}", clean(&format!("{}: {}", self.path, why.reason())))?;
        }
        for dropped in self.traced.dropped.iter().filter(|_| all) {
            writeln!(out, "{}", clean(&self.left_out(dropped)))?;
        }
        for line in self.diagnoses() {
            writeln!(out, "{}", clean(&line))?;
        }
        let (found, dropped) = (self.traced.scan.findings.len(), self.traced.dropped.len());
        let hint = if dropped > 0 && !all { " (--all says why)" } else { "" };
        writeln!(out, "{found} found, {dropped} left out{hint}")
    }

    fn found(&self, finding: &Finding) -> String {
        let place = match finding.place.span() {
            Some(span) => format!("{}:{}:{}", self.path, span.line, span.column),
            None => self.path.to_string(),
        };
        let value = finding.place.span().map(|_| format!(" {}", finding.value.masked()));
        let value = value.unwrap_or_default();
        let id = &self.rule(finding.rule).info.id;
        let (severity, confidence) = (finding.severity.word(), finding.confidence.word());
        let notes = match finding.notes.is_empty() {
            true => String::new(),
            false => format!("  ({})", finding.notes.join("; ")),
        };
        format!("{place}: {severity}, {confidence} confidence: {id}{value}{notes}")
    }

    fn left_out(&self, dropped: &Dropped) -> String {
        let Dropped { rule, span, value, why } = dropped;
        let rule = self.rule(*rule);
        let (line, column, id) = (span.line, span.column, &rule.info.id);
        let why = why.words(rule, value.expose());
        format!("{}:{line}:{column}: left out: {id} {}: {why}", self.path, value.masked())
    }

    /// Says for each rule that was asked about by name, and left no trace, how far it came.
    fn diagnoses(&self) -> Vec<String> {
        let silent = |idx: &&RuleIdx| {
            !self.traced.scan.findings.iter().any(|finding| finding.rule == **idx)
                && !self.traced.dropped.iter().any(|dropped| dropped.rule == **idx)
        };
        let text = Text::decode(&self.raw);
        let text = text.as_ref().map_or(&b""[..], |text| &text.bytes);
        let say = |idx: &RuleIdx| {
            let rule = self.rule(*idx);
            format!("{}: {}", rule.info.id, self.diagnosis(*idx, rule, text))
        };
        self.wanted.iter().filter(silent).take(LINES).map(say).collect()
    }

    fn diagnosis(&self, idx: RuleIdx, rule: &Rule, text: &[u8]) -> String {
        if !self.engine.looks_at(idx, &self.engine.facts(&self.path)) {
            return format!("does not look at {} (--as tries another path)", self.path);
        }
        let lower = text.to_ascii_lowercase();
        let lines: Vec<String> = (1..)
            .zip(lower.split(|byte| *byte == b'\n'))
            .filter(|(_, line)| {
                let has = |word: &String| memchr::memmem::find(line, word.as_bytes()).is_some();
                rule.keywords.iter().any(has)
            })
            .map(|(no, _): (usize, _)| no.to_string())
            .take(LINES)
            .collect();
        if !rule.keywords.is_empty() && lines.is_empty() {
            return "none of its keywords stands in the text".into();
        }
        let lines = lines.join(", ");
        match rule.pattern() {
            None => "its detector finds nothing".into(),
            Some(pattern) if pattern.is_match(text) => format!(
                "its keywords stand on line {lines}, and the pattern matches somewhere else: not \
                 in the window {:?} around them",
                rule.window.word()
            ),
            Some(_) => format!(
                "its keywords stand on line {lines}, but the pattern matches nowhere in the text"
            ),
        }
    }

    fn document(&self, all: bool) -> serde_json::Value {
        let findings = self.traced.scan.findings.iter().map(|finding| {
            let span = finding.place.span();
            serde_json::json!({
                "rule": self.rule(finding.rule).info.id,
                "severity": finding.severity.word(),
                "confidence": finding.confidence.word(),
                "line": span.map(|span| span.line),
                "column": span.map(|span| span.column),
                "masked": span.map(|_| finding.value.masked()),
                "notes": finding.notes,
            })
        });
        let dropped = self.traced.dropped.iter().filter(|_| all).map(|dropped| {
            let rule = self.rule(dropped.rule);
            serde_json::json!({
                "rule": rule.info.id,
                "line": dropped.span.line,
                "column": dropped.span.column,
                "masked": dropped.value.masked(),
                "why": dropped.why.word(),
                "reason": dropped.why.words(rule, dropped.value.expose()),
            })
        });
        serde_json::json!({
            "path": self.path.to_string(),
            "findings": findings.collect::<Vec<_>>(),
            "left_out": all.then(|| dropped.collect::<Vec<_>>()),
            "diagnoses": self.diagnoses(),
        })
    }
}
