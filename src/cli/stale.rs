// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut stale` and `debut prune`: decisions that match nothing any more.

use std::{
    io::{BufWriter, IsTerminal, Write},
    path::Path,
};

use jiff::Timestamp;
use serde_json::json;

use super::{
    Exit,
    args::{PlainFormat, RewriteArgs, StatusArgs},
    check_output,
    context::Context,
    output::{clean, many, print_json},
    usage,
};
use crate::{
    domain::{Class, Origin, Reason, Target, Vote},
    ops::{Access, Review},
    store::{Readers, write_new},
};

pub(super) fn run(context: &Context, args: &StatusArgs) -> anyhow::Result<Exit> {
    let (review, _) = context.open_and_scan(&args.path, Access::Read)?;
    let stale = review.stale(context.threads)?;
    let unsure = review.stale_unsure();
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        PlainFormat::Text => {
            for vote in &stale {
                writeln!(out, "{}", clean(&line(vote)))?;
            }
            writeln!(out, "{}", summary(&stale, unsure.as_deref()))?;
        }
        PlainFormat::Json => {
            let rows: Vec<serde_json::Value> = stale.iter().map(document).collect();
            let all = json!({ "sure": unsure.is_none(), "unsure": unsure, "decisions": rows });
            print_json(&mut out, &all)?;
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// `debut prune`.
pub(super) fn prune(context: &Context, args: &RewriteArgs) -> anyhow::Result<Exit> {
    check_output(args.output.as_deref())?;
    let access = if args.yes { Access::Write } else { Access::Read };
    let (mut review, _) = context.open_and_scan(&args.path, access)?;
    let stale = review.stale(context.threads)?;
    let unsure = review.stale_unsure();
    if !args.yes {
        let mut out = std::io::stdout().lock();
        for vote in &stale {
            writeln!(out, "{}", clean(&line(vote)))?;
        }
        writeln!(out, "{}", summary(&stale, unsure.as_deref()))?;
        if !stale.is_empty() && unsure.is_none() {
            writeln!(out, "--yes takes them out of the checklist")?;
        }
        return Ok(Exit::Clean);
    }
    if let Some(why) = unsure {
        return Err(usage(format!("nothing was taken out: {why}")));
    }
    writable(&review)?;
    let votes = review.desk.votes_on(&stale);
    hand_over(&review, &votes, args.output.as_deref())?;
    if !votes.is_empty() {
        review.desk.prune(&votes)?;
    }
    let (decisions, votes) = (many(stale.len(), "decision"), many(votes.len(), "vote"));
    writeln!(std::io::stderr(), "{decisions} taken out of the checklist, {votes} in all")?;
    Ok(Exit::Clean)
}

/// Says why the checklist can't be rewritten, if so.
pub(super) fn writable(review: &Review) -> anyhow::Result<()> {
    match &review.read_only {
        Some(why) => anyhow::bail!("nothing was changed: {why}"),
        None => Ok(()),
    }
}

/// Prints the lines of `votes` before they leave the checklist, or writes them to a new file.
pub(super) fn hand_over(review: &Review, votes: &[Vote], to: Option<&Path>) -> anyhow::Result<()> {
    let lines = review.desk.lines(votes).into_iter().map(|line| format!("  {line},\n"));
    let lines: String = lines.collect();
    match to {
        // They name internal paths, as the checklist does, and may land anywhere.
        Some(path) if !write_new(path, lines.as_bytes(), Readers::Owner)? => {
            let path = clean(&path.display().to_string());
            Err(usage(format!("{path}: is there already, and nothing was changed")))
        }
        Some(_) => Ok(()),
        None => {
            let mut out = std::io::stdout().lock();
            // What a terminal must not see would be changed, and then no seal fits.
            let text = if out.is_terminal() { clean(&lines) + "\n" } else { lines };
            Ok(out.write_all(text.as_bytes())?)
        }
    }
}

/// Returns what is said of one decision.
pub(super) fn line(vote: &Vote) -> String {
    let path = match &vote.target {
        Target::Directory(path) => format!("{path}/"),
        other => match other.path().filter(|path| !path.is_root()) {
            Some(path) => path.to_string(),
            None => "(repository)".into(),
        },
    };
    let class = vote.class.map_or("", Class::word);
    let class = if class.is_empty() { String::new() } else { format!(" ({class})") };
    format!("{path}: {}{class} by {} on {}", vote.act.word(), vote.by, day(vote.at))
}

/// Returns what somebody says about a place: about itself, its file or a directory above it.
pub(super) fn said(vote: &Vote) -> String {
    let around = match &vote.target {
        Target::File(_) => " of the file".into(),
        Target::Directory(path) => format!(" of {path}/"),
        _ => String::new(),
    };
    let why = vote.why.map_or(String::new(), |why| format!(", {}", why.word()));
    let note = vote.note.as_deref().map_or(String::new(), |note| format!(": {note}"));
    format!("{}{around} by {} on {}{why}{note}", vote.act.word(), vote.by, day(vote.at))
}

fn summary(stale: &[Vote], unsure: Option<&str>) -> String {
    match (stale.len(), unsure) {
        (0, _) => "every decision matches something".into(),
        (1, None) => "1 decision matches nothing".into(),
        (all, None) => format!("{all} decisions match nothing"),
        (1, Some(why)) => format!("1 decision matches nothing that was scanned: {why}"),
        (all, Some(why)) => format!("{all} decisions match nothing that was scanned: {why}"),
    }
}

/// Returns what a vote says, for programs.
pub(super) fn document(vote: &Vote) -> serde_json::Value {
    let (kind, id) = match &vote.target {
        Target::Place { id, .. } => ("place", Some(&id.value)),
        Target::File(_) => ("file", None),
        Target::Directory(_) => ("directory", None),
        // These are about nothing that could be gone.
        Target::Attestation(_) => ("attestation", None),
        Target::Batch | Target::Unflagged => ("batch", None),
        Target::Rotation(value) => ("rotation", Some(value)),
        Target::StandIn(value) => ("stand-in", Some(value)),
        Target::Text(_) => ("text", None),
    };
    json!({
        "kind": kind,
        "path": vote.target.path().map(ToString::to_string),
        "id": id,
        "class": vote.class.map(Class::word),
        "verdict": vote.act.word(),
        "reason": vote.why.map(Reason::word),
        "origin": vote.how.map(Origin::word),
        "by": vote.by,
        "at": Timestamp::from_millisecond(vote.at).ok().map(|at| at.to_string()),
        "note": vote.note,
    })
}

fn day(at: i64) -> String {
    let at = Timestamp::from_millisecond(at);
    at.map_or_else(|_| "an unknown day".into(), |at| at.strftime("%Y-%m-%d").to_string())
}
