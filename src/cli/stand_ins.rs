// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut stand-ins`: what takes the place of each value, and choosing it.

use std::{
    collections::HashSet,
    io::{BufWriter, Write},
};

use serde_json::json;

use super::{
    Exit,
    args::{PlainFormat, StandInsArgs},
    context::{Context, now},
    decide,
    list::{place, select},
    output::{by_place, clean, many, masked, print_json, state_word},
    past::Names,
    usage,
};
use crate::{
    ops::Access,
    review::{FindingIdx, Refusal, Session, StandIn},
};

pub(super) fn run(context: &Context, args: &StandInsArgs) -> anyhow::Result<Exit> {
    context.check(&args.select)?;
    match args.to.is_some() || args.reset {
        true => choose(context, args),
        false if args.dry_run => Err(usage("--dry-run goes with --to or --reset")),
        false => list(context, args),
    }
}

fn choose(context: &Context, args: &StandInsArgs) -> anyhow::Result<Exit> {
    if !args.select.says_what() {
        return Err(usage("say which value is meant: --value, or --rule and --path"));
    }
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let (mut review, _) = context.open_and_scan(&args.path, access)?;
    if let Some(why) = &review.read_only {
        anyhow::bail!("nothing can be chosen: {why}");
    }
    let meant = meant(&review.session, args)?;
    let value = match meant.as_slice() {
        [] => return Err(usage("nothing matches that has a stand-in of its own")),
        [one] => one.value.clone(),
        more => {
            let n = more.len();
            return Err(usage(format!("{n} values match: choose for one at a time, with --value")));
        }
    };
    let step = review.session.choose_stand_in(&value, args.to.as_deref(), now());
    let step = step.map_err(|refusal| match refusal {
        Refusal::Nothing => usage("no choice of yours that could be taken back"),
        refusal => usage(refusal.to_string()),
    })?;
    let session = &review.session;
    let row = session.stand_ins().into_iter().find(|row| row.value == value);
    let line = row.map(|row| clean(&format!("  {}", words(session, &row))));
    decide::write(&mut std::io::stdout().lock(), review, step, args.dry_run, line)
}

/// Returns the values that are meant.
fn meant(session: &Session, args: &StandInsArgs) -> anyhow::Result<Vec<StandIn>> {
    let places: HashSet<FindingIdx> = select(session, &args.select)?.into_iter().collect();
    let mut all = session.stand_ins();
    all.retain(|row| members(session, row).any(|idx| places.contains(&idx)));
    Ok(all)
}

fn members<'s>(session: &'s Session, row: &'s StandIn) -> impl Iterator<Item = FindingIdx> + 's {
    row.groups.iter().flat_map(|group| session.group(*group).members.iter().copied())
}

fn list(context: &Context, args: &StandInsArgs) -> anyhow::Result<Exit> {
    let (review, _) = context.open_and_scan(&args.path, Access::Read)?;
    let session = &review.session;
    let rows = meant(session, args)?;
    let names = Names::of(session);
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        PlainFormat::Text => {
            for row in &rows {
                let first = by_place(session, members(session, row).collect());
                let first = first.first().map_or(String::new(), |idx| place(session, &names, *idx));
                let line = format!(
                    "{:<8} {} {}  {}, {first}",
                    row.given.word(),
                    row.value,
                    words(session, row),
                    many(members(session, row).count(), "place"),
                );
                writeln!(out, "{}", clean(&line))?;
            }
            if rows.is_empty() {
                writeln!(out, "no value has a stand-in of its own")?;
            }
        }
        PlainFormat::Json => {
            let rows: Vec<serde_json::Value> = rows.iter().map(|row| entry(session, row)).collect();
            print_json(&mut out, &rows)?;
        }
    }
    out.flush()?;
    let keeps = rows.iter().flat_map(|row| members(session, row));
    let keeps = keeps.filter(|idx| session.keeps_value(*idx)).count() > 0;
    Ok(if keeps { Exit::Remaining } else { Exit::Clean })
}

/// `internal/org-host db1…net -> host1.example.com`
fn words(session: &Session, row: &StandIn) -> String {
    let idx = row.groups[0];
    let hidden = members(session, row).next().map_or(String::new(), |idx| masked(session, idx));
    let to = row.to.as_deref().unwrap_or("(stays as it is until --to says what)");
    format!("{} {hidden} -> {to}", session.info(idx).id)
}

fn entry(session: &Session, row: &StandIn) -> serde_json::Value {
    let mut rules: Vec<&str> = row.groups.iter().map(|g| session.info(*g).id.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let mut files: Vec<String> =
        members(session, row).map(|idx| session.finding(idx).path.to_string()).collect();
    files.sort_unstable();
    files.dedup();
    let mut ids: Vec<&str> = row.groups.iter().map(|g| &*session.group(*g).value).collect();
    ids.sort_unstable();
    ids.dedup();
    json!({
        "id": &*row.value,
        "ids": ids,
        "rules": rules,
        "masked": members(session, row).next().map(|idx| masked(session, idx)),
        "to": row.to,
        "state": row.given.word(),
        "verdict": state_word(session.group(row.groups[0]).state()),
        "keeps_value": members(session, row).any(|idx| session.keeps_value(idx)),
        "places": members(session, row).count(),
        "files": files.len(),
    })
}
