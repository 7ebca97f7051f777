// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut words`: the organisation's own words, and answering which are internal.

use std::{io::Write, path::PathBuf};

use clap::Args;
use serde_json::json;

use super::{
    Exit,
    args::PlainFormat,
    context::{Context, now},
    output::{clean, print_json},
    usage,
};
use crate::{
    domain::{Word, WordKind},
    ops::{Access, WordChange},
};

/// What to do about words.
#[derive(Debug, Args)]
pub(super) struct WordsArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Look for this word from now on, for example domain:corp.example or code-name:"blue finch"
    ///
    /// Kinds: domain, suffix, ticket-key, tenant, owner, name, site, fleet, code-name. In a code
    /// name * stands for further letters, digits, dashes and underscores, # for a digit, and a
    /// space for nothing, a space, a dash, a dot or an underscore.
    #[arg(long, value_name = "KIND:WORD")]
    pub(super) add: Vec<String>,
    /// Look for this word no longer: somebody looked at it, and it is no secret
    #[arg(long, value_name = "KIND:WORD")]
    pub(super) drop: Vec<String>,
    /// Learn again, and add what is new; what was answered stays
    #[arg(long)]
    pub(super) learn: bool,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

pub(super) fn run(context: &Context, args: &WordsArgs) -> anyhow::Result<Exit> {
    let changes = changes(args)?;
    let writes = args.learn || !changes.is_empty();
    let access = if writes { Access::Write } else { Access::Read };
    let mut review = context.open(&args.path, access)?;
    let by = review.session.reviewer().to_owned();
    let words = match writes {
        true => review.answer_words(&changes, args.learn, &by, now())?,
        false => review.own_words(),
    };
    let mut out = std::io::stdout().lock();
    match args.format {
        PlainFormat::Text => {
            list(&mut out, &words)?;
            if review.words.is_none() {
                writeln!(out, "nobody has answered yet: --add, --drop, or the screen")?;
            }
        }
        PlainFormat::Json => {
            let rows: Vec<serde_json::Value> = words.iter().map(document).collect();
            print_json(&mut out, &json!({ "answered": review.words.is_some(), "words": rows }))?;
        }
    }
    Ok(Exit::Clean)
}

/// Prints the words by kind, those that count with an `x`.
pub(super) fn list(out: &mut impl Write, words: &[Word]) -> std::io::Result<()> {
    for kind in WordKind::ALL {
        for word in words.iter().filter(|word| word.kind == kind) {
            let mark = if word.keep { "x" } else { "-" };
            let line = format!("{mark} {:<10} {:<32} {}", kind.name(), word.text, word.seen);
            writeln!(out, "{}", clean(line.trim_end()))?;
        }
    }
    if words.is_empty() {
        writeln!(out, "no words: nothing in the repository tells whose it is")?;
    }
    Ok(())
}

fn document(word: &Word) -> serde_json::Value {
    let Word { kind, text, keep, seen, by, at } = word;
    let at = at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    let at = at.map(|at| format!("{at:.3}"));
    json!({
        "kind": kind.name(), "word": text, "keep": keep, "seen": seen, "by": by, "at": at,
    })
}

fn changes(args: &WordsArgs) -> anyhow::Result<Vec<WordChange>> {
    let of = |keep: bool| move |text: &String| change(text, keep);
    let all = args.drop.iter().map(of(false)).chain(args.add.iter().map(of(true)));
    all.collect()
}

fn change(text: &str, keep: bool) -> anyhow::Result<WordChange> {
    let kinds = || WordKind::ALL.map(WordKind::name).join(", ");
    let (kind, word) = text.split_once(':').ok_or_else(|| {
        usage(format!("{text}: say its kind, as in domain:{text}; kinds: {}", kinds()))
    })?;
    let kind = WordKind::of_name(kind)
        .ok_or_else(|| usage(format!("{kind}: no such kind; there are {}", kinds())))?;
    let word = kind.normal(word).map_err(|form| usage(format!("{word}: no {kind}: {form}")))?;
    Ok(WordChange { kind, text: word, keep })
}
