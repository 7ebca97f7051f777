// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut fix`: what the fixes of licensing gaps change, and writing them into the work tree.

use std::io::{BufWriter, Write};

use serde_json::json;

use super::{
    Exit,
    args::{FixArgs, PlainFormat},
    context::Context,
    output::{clean, many, print_json},
    usage,
};
use crate::{
    ops::{Access, Applied, apply_fixes, decided_fixes, plan_in_commit, unmended_gaps},
    redact::{FilePreview, FixPlan, FixTask, Fixed, LineKind, NotFixed},
    review::Session,
};

pub(super) fn run(context: &Context, args: &FixArgs) -> anyhow::Result<Exit> {
    let (review, _) = context.open_and_scan(&args.path, Access::Read)?;
    let tasks = decided_fixes(&review.session);
    let plan = plan_in_commit(&review.source, &tasks).map_err(anyhow::Error::msg)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let left = if args.apply {
        let Some(work_dir) = &review.source.work_dir else {
            return Err(usage("--apply: a bare repository has no work tree"));
        };
        let applied = apply_fixes(&plan, work_dir);
        written(&mut out, &plan, &applied, args.format)?;
        plan.refused.len() + applied.refused.len()
    } else {
        match args.format {
            PlainFormat::Text => preview(&mut out, &review.session, &plan, &tasks)?,
            PlainFormat::Json => print_json(&mut out, &document(&review.session, &plan, &tasks))?,
        }
        plan.refused.len()
    };
    out.flush()?;
    Ok(if left > 0 { Exit::Remaining } else { Exit::Clean })
}

/// Prints the diff, as `git diff` would.
fn preview(
    out: &mut impl Write,
    session: &Session,
    plan: &FixPlan,
    tasks: &[FixTask],
) -> std::io::Result<()> {
    for file in &plan.files {
        for line in diff(session, file) {
            writeln!(out, "{}", clean(&line))?;
        }
    }
    for refused in &plan.refused {
        writeln!(out, "{}", clean(&refusal(refused)))?;
    }
    for (rule, places, why) in unmended_gaps(session) {
        writeln!(out, "no fix: {rule}, {}: {why}", many(places, "place"))?;
    }
    let (fixes, files) = (count(tasks.len()), many(plan.files.len(), "file"));
    let not = match plan.refused.len() {
        0 => String::new(),
        n => format!(", {n} that can't be made"),
    };
    writeln!(out, "{fixes} to be applied in the release, in {files}{not}; --apply writes them now")
}

fn count(n: usize) -> String {
    if n == 1 { "1 fix".into() } else { format!("{n} fixes") }
}

fn refusal(refused: &NotFixed) -> String {
    let path = match refused.path.is_root() {
        true => "(repository)".into(),
        false => refused.path.to_string(),
    };
    format!("not fixed: {path}: {}", refused.why)
}

/// Returns the lines of a unified diff. A line that holds a credential or a personal datum is
/// masked whole: it may well stand beside what is changed.
fn diff(session: &Session, file: &Fixed) -> Vec<String> {
    let (path, before) = (&file.path, file.before.as_deref());
    let shown = FilePreview::of_change(path.clone(), before, &file.after, file.gaps);
    let old = if before.is_some() { format!("a/{path}") } else { "/dev/null".into() };
    let head = [format!("--- {old}"), format!("+++ b/{path}")];
    let lines = shown.lines.iter().map(|line| {
        let text: String = line.parts.iter().map(|(_, text)| text.as_str()).collect();
        let masked = session.holds_masked_value(&text);
        let text = if masked { "••••••" } else { text.trim_end_matches(['\r', '\n']) };
        match line.kind {
            LineKind::Context => format!(" {text}"),
            LineKind::Removed => format!("-{text}"),
            LineKind::Added => format!("+{text}"),
            LineKind::Header => text.to_owned(),
        }
    });
    head.into_iter().chain(lines).collect()
}

fn document(session: &Session, plan: &FixPlan, tasks: &[FixTask]) -> serde_json::Value {
    let fixes = tasks.iter().map(|task| {
        json!({
            "path": task.path,
            "rule": format!("licensing/{}", task.rule),
            "fix": task.fix.kind.word(),
            "license": task.fix.licence.as_deref(),
            "copyright": task.fix.copyright.as_deref(),
        })
    });
    let files = plan.files.iter().map(|file| {
        json!({
            "path": file.path,
            "new": file.before.is_none(),
            "gaps": file.gaps,
            "diff": diff(session, file),
        })
    });
    json!({
        "fixes": fixes.collect::<Vec<_>>(),
        "files": files.collect::<Vec<_>>(),
        "refused": refused(&plan.refused),
        "unmended": unmended_gaps(session).iter().map(|(rule, places, why)| {
            json!({ "rule": rule, "places": places, "why": why })
        }).collect::<Vec<_>>(),
    })
}

fn refused(all: &[NotFixed]) -> Vec<serde_json::Value> {
    all.iter().map(|one| json!({ "path": one.path, "why": one.why })).collect()
}

/// Says what was written.
fn written(
    out: &mut impl Write,
    plan: &FixPlan,
    applied: &Applied,
    format: PlainFormat,
) -> anyhow::Result<()> {
    let all: Vec<NotFixed> = plan.refused.iter().chain(&applied.refused).cloned().collect();
    if format == PlainFormat::Json {
        return print_json(out, &json!({ "written": applied.written, "refused": refused(&all) }));
    }
    for path in &applied.written {
        writeln!(out, "{}", clean(&path.to_string()))?;
    }
    for one in &all {
        writeln!(out, "{}", clean(&refusal(one)))?;
    }
    writeln!(out, "{} written into the work tree", many(applied.written.len(), "file"))?;
    Ok(())
}
