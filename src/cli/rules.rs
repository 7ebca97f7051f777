// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut rules`: the rules, or one of them explained.

use std::io::{BufWriter, Write};

use super::{
    Exit,
    args::{PlainFormat, RulesArgs},
    output::print_json,
    usage,
};
use crate::{domain::RuleInfo, rules::RuleSet};

pub(super) fn run(args: &RulesArgs) -> anyhow::Result<Exit> {
    let rules = RuleSet::builtin()?;
    let chosen: Vec<&RuleInfo> = rules
        .iter()
        .map(|(_, rule)| &rule.info)
        .filter(|info| args.id.as_ref().is_none_or(|id| *id == info.id || id == info.name()))
        .collect();
    if chosen.is_empty() {
        let id = args.id.as_deref().unwrap_or_default();
        return Err(usage(format!("{id}: no such rule; `debut rules` lists them")));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    match (args.format, &args.id) {
        (PlainFormat::Json, _) => {
            let rows: Vec<serde_json::Value> = chosen.iter().map(|info| document(info)).collect();
            print_json(&mut out, &rows)?;
        }
        (PlainFormat::Text, Some(_)) => {
            for info in chosen {
                explain(&mut out, info)?;
            }
        }
        (PlainFormat::Text, None) => {
            for info in &chosen {
                writeln!(out, "{:<44} {:<8} {}", info.id, info.severity.word(), info.title)?;
            }
            writeln!(out, "{} rules, {}", chosen.len(), rules.digest())?;
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

fn explain(out: &mut impl Write, info: &RuleInfo) -> std::io::Result<()> {
    writeln!(out, "{} ({})", info.id, info.severity.word())?;
    writeln!(out, "  {}", info.title)?;
    writeln!(out, "  Why it matters: {}", info.why)?;
    writeln!(out, "  What to do: {}", info.remedy)?;
    if !info.replacement.is_empty() {
        writeln!(out, "  Stand-in: {}", info.replacement)?;
    }
    Ok(())
}

fn document(info: &RuleInfo) -> serde_json::Value {
    serde_json::json!({
        "id": info.id,
        "category": info.category.word(),
        "class": info.class.word(),
        "severity": info.severity.word(),
        "confidence": info.confidence.word(),
        "title": info.title,
        "why": info.why,
        "remedy": info.remedy,
        "replacement": info.replacement,
    })
}
