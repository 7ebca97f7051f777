// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut key`: the review's key, handed out and taken in.

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
};

use super::{
    Exit,
    args::{PlainFormat, RewriteArgs},
    check_output,
    context::Context,
    key_args::{KeyArgs, KeyCommand, KeyExportArgs, KeyImportArgs, KeyListArgs},
    output::{clean, many, print_json},
    stale, usage,
};
use crate::{
    ops::{Access, KeyError, KeyName, OpenError, export_key, import_key, key_names, write_key},
    store::StoreError,
};

/// No exported key is longer; a wrong file may be of any size.
const LONGEST: u64 = 1 << 16;

pub(super) fn run(context: &Context, args: &KeyArgs) -> anyhow::Result<Exit> {
    match &args.command {
        KeyCommand::List(args) => list(context, args),
        KeyCommand::Export(args) => export(context, args),
        KeyCommand::Import(args) => import(context, args),
        KeyCommand::Rotate(args) => rotate(context, args),
    }
}

fn rotate(context: &Context, args: &RewriteArgs) -> anyhow::Result<Exit> {
    check_output(args.output.as_deref())?;
    // Without its key nothing can be made anew: opening says so, and whom to ask.
    let access = if args.yes { Access::Write } else { Access::Read };
    export_key(&context.options(&args.path)).map_err(|error| match error {
        KeyError::Store(error @ StoreError::NoKey { .. }) => anyhow::Error::from(error)
            .context("a lost key can't be changed: ids are made from it and nothing leads back"),
        error => sorted(error),
    })?;
    let (mut review, _) = context.open_and_scan(&args.path, access)?;
    stale::writable(&review)?;
    let rotation = context.rotation(&review)?;
    let (kept, lost, key_id) = (rotation.kept(), rotation.lost().to_vec(), rotation.key_id());
    let mut said = std::io::stderr();
    if !lost.is_empty() {
        let word = if args.yes { "leave" } else { "would leave" };
        let more = if review.history.is_some() { "" } else { "; --history may find more" };
        let lost = many(lost.len(), "vote");
        writeln!(said, "{lost} {word} the checklist, their values were found nowhere{more}")?;
    }
    if !args.yes {
        let mut out = std::io::stdout().lock();
        for vote in &lost {
            writeln!(out, "{}", clean(&stale::line(vote)))?;
        }
        let kept = many(kept, "vote");
        writeln!(out, "{kept} would be kept under a new key; --yes does it")?;
        return Ok(Exit::Clean);
    }
    stale::hand_over(&review, &lost, args.output.as_deref())?;
    rotation.write(&mut review)?;
    writeln!(
        said,
        "{} kept under the new key {key_id}; what was decided can't be undone any more, only \
         decided anew. Commit the checklist and hand the new key to the other reviewers: `debut \
         key export`. Whoever has the old key can still test guesses with old versions of the \
         checklist, in Git's history too.",
        many(kept, "vote")
    )?;
    Ok(Exit::Clean)
}

fn list(context: &Context, args: &KeyListArgs) -> anyhow::Result<Exit> {
    let names = key_names(&context.options(&args.path));
    let mut out = std::io::stdout().lock();
    if args.format == PlainFormat::Json {
        let row = |key: &KeyName| serde_json::json!({ "id": key.id, "master": key.master, "current": key.current });
        let rows: Vec<serde_json::Value> = names.iter().map(row).collect();
        print_json(&mut out, &rows)?;
        return Ok(Exit::Clean);
    }
    for key in &names {
        let words = match key {
            KeyName { master: true, .. } => "your own; the keys of new reviews are made from it",
            KeyName { current: true, .. } => "of the checklist here",
            _ => "",
        };
        writeln!(out, "{}", format!("{:<10}{words}", key.id).trim_end())?;
    }
    if names.is_empty() {
        writeln!(out, "no keys on this machine")?;
    }
    Ok(Exit::Clean)
}

fn export(context: &Context, args: &KeyExportArgs) -> anyhow::Result<Exit> {
    check_output(args.output.as_deref())?;
    let options = context.options(&args.path);
    let handout = export_key(&options).map_err(sorted)?;
    let mut said = std::io::stderr();
    match &args.output {
        Some(to) => {
            write_key(&options, &handout, to).map_err(sorted)?;
            let to = clean(&to.display().to_string());
            writeln!(said, "key {} of {} written to {to}", handout.key_id, handout.review)?;
        }
        None => std::io::stdout().lock().write_all(handout.render().as_bytes())?,
    }
    writeln!(
        said,
        "Who has this key and the checklist can test guesses of the values in it: hand it over \
         by a way that nobody else reads, and never commit it. The other reviewer runs `debut key \
         import FILE` in a clone that has the checklist."
    )?;
    Ok(Exit::Clean)
}

fn import(context: &Context, args: &KeyImportArgs) -> anyhow::Result<Exit> {
    let text = read(&args.file)?;
    let done = import_key(&context.options(&args.path), &text).map_err(sorted)?;
    let mut out = std::io::stdout().lock();
    let what = if done.known { "was here already" } else { "is kept on this machine now" };
    writeln!(out, "{}", clean(&format!("key {} of {} {what}", done.key_id, done.review)))?;
    let next = match done.lines {
        Some((fit, all)) if fit == all => {
            format!("It fits all {all} decisions of the checklist: `debut` opens the review.")
        }
        Some((fit, all)) => format!(
            "It fits {fit} of {all} decisions of the checklist; the others were edited or made \
             with another key, and don't count. `debut` opens the review."
        ),
        None => {
            "There is no checklist here yet: fetch the one it belongs to, then run `debut`.".into()
        }
    };
    writeln!(out, "{next}")?;
    if args.file != Path::new("-") {
        writeln!(out, "Delete the exported file now.")?;
    }
    Ok(Exit::Clean)
}

fn read(file: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let name = file.display();
    if file == Path::new("-") {
        std::io::stdin().take(LONGEST + 1).read_to_end(&mut bytes)?;
    } else {
        let opened = File::open(file).map_err(|error| usage(format!("{name}: {error}")))?;
        opened
            .take(LONGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| usage(format!("{name}: {e}")))?;
    }
    // What is no text is no key either, and says so in the same words.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Tells what another call mends from a review that can't be read.
fn sorted(error: KeyError) -> anyhow::Error {
    match error {
        KeyError::Open(error) => error.into(),
        KeyError::Store(error) => OpenError::from(error).into(),
        error => usage(error.to_string()),
    }
}
