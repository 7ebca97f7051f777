// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut attest`: the release checklist without the screen.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use serde_json::json;

use super::{
    Exit,
    args::{AnswerArg, AttestArgs, PlainFormat},
    context::{Context, now},
    output::{AttestTally, changed, clean, many, print_json},
    usage,
};
use crate::{
    domain::{Act, Answer, Item, Vote},
    ops::{Access, Hint, Hinting, Leads, Review, TreeFacts},
    review::{Attested, Refusal, Session},
};

pub(super) fn run(context: &Context, args: &AttestArgs) -> anyhow::Result<Exit> {
    match args.answer {
        Some(answer) => give(context, args, answer),
        None => list(context, args),
    }
}

fn give(context: &Context, args: &AttestArgs, answer: AnswerArg) -> anyhow::Result<Exit> {
    let Some(id) = args.what.as_deref() else {
        return Err(usage("say which item is answered: debut attest ID --answer …"));
    };
    let path = args.path.clone().unwrap_or_else(|| ".".into());
    // The scan knows the values that must not stand in a note.
    let (mut review, _) = context.open_and_scan(&path, Access::Write)?;
    if let Some(why) = &review.read_only {
        anyhow::bail!("no answer can be taken: {why}");
    }
    let text = |text: &Option<String>| text.as_deref().map(Into::into);
    let said = Attested {
        act: act(answer),
        note: text(&args.note),
        link: text(&args.link),
        name: text(&args.name),
    };
    let step = review.session.attest(id, &said, now()).map_err(|refusal| refused(id, &refusal))?;
    let label = step.label();
    review.desk.record(step)?;
    let counts = review.session.counts().attest;
    review.desk.close()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", clean(&label))?;
    writeln!(out, "{} open, {} blocking", many(counts.open, "item"), counts.blocking)?;
    Ok(Exit::Clean)
}

fn act(answer: AnswerArg) -> Act {
    match answer {
        AnswerArg::Yes => Act::Answer(Answer::Yes),
        AnswerArg::No => Act::Answer(Answer::No),
        AnswerArg::NotApplicable => Act::Answer(Answer::NotApplicable),
        AnswerArg::Withdraw => Act::Withdraw,
    }
}

fn refused(id: &str, refusal: &Refusal) -> anyhow::Error {
    usage(match refusal {
        Refusal::NoSuchItem => format!("{id}: {refusal}; `debut attest` lists them"),
        Refusal::Nothing => format!("{id}: no answer of yours that could be withdrawn"),
        Refusal::Unexplained => format!("{id}: {refusal} (--note)"),
        _ => format!("{id}: {refusal}"),
    })
}

fn list(context: &Context, args: &AttestArgs) -> anyhow::Result<Exit> {
    if args.note.is_some() || args.link.is_some() || args.name.is_some() {
        return Err(usage("--note, --link and --name go with an answer: add --answer"));
    }
    if args.path.is_some() {
        return Err(usage("an item and a path: add --answer, or leave the item out"));
    }
    let path = PathBuf::from(args.what.as_deref().unwrap_or("."));
    let review = open(context, &path, args.what.as_deref())?;
    let facts = TreeFacts::gather(&review.source, &AtomicBool::new(false));
    let hinting = Hinting {
        session: &review.session,
        facts: Some(&facts),
        history: review.history.as_deref(),
    };
    let mut out = std::io::stdout().lock();
    match args.format {
        PlainFormat::Text => text(&mut out, &hinting)?,
        PlainFormat::Json => {
            print_json(&mut out, &document(&hinting))?;
        }
    }
    let blocking = review.session.counts().attest.blocking;
    Ok(if blocking == 0 { Exit::Clean } else { Exit::Remaining })
}

/// Opens the review at `path`. Somebody may have meant an item.
fn open(context: &Context, path: &Path, what: Option<&str>) -> anyhow::Result<Review> {
    let opened = context.open_and_scan(path, Access::Read);
    if opened.is_err()
        && let Some(id) = what
        && !path.exists()
    {
        return Err(usage(format!("{id}: no such folder; to answer an item add --answer")));
    }
    Ok(opened?.0)
}

fn text(out: &mut impl Write, from: &Hinting<'_>) -> std::io::Result<()> {
    let session = from.session;
    let template = session.template();
    let mut section = None;
    for item in &template.items {
        if section != Some(item.section) {
            let gap = if section.is_some() { "\n" } else { "" };
            section = Some(item.section);
            writeln!(out, "{gap}{}", clean(template.section_of(item)))?;
        }
        let state = session.attest_state(&item.id);
        let need = if item.required { "" } else { " (optional)" };
        let line = format!("{:<15} {:<22} {}{need}", state.word(), item.id, item.title);
        writeln!(out, "  {}", clean(&line))?;
        for (answer, vote) in session.answers(&item.id) {
            writeln!(out, "      {}", clean(&said(session, answer, vote)))?;
        }
        if state.is_open() {
            for hint in from.about(item) {
                writeln!(out, "      hint: {}", clean(&hinted(session, &hint)))?;
            }
        }
    }
    let counts = session.counts().attest;
    let items = many(counts.items, "item");
    writeln!(
        out,
        "\n{items}: {} decided, {} open, {} blocking{}",
        counts.decided,
        counts.open,
        counts.blocking,
        changed(&counts)
    )?;
    if let Some(file) = &template.file {
        writeln!(out, "items: {}", clean(file))?;
    }
    Ok(())
}

/// `yes by Legal counsel (ana), 2026-11-25: note, link`
fn said(session: &Session, answer: Answer, vote: &Vote) -> String {
    let name = vote.name.as_ref().map_or_else(String::new, |name| format!("{name} by "));
    let mut out = format!("{} {name}{}, {}", answer.word(), vote.by, day(vote.at));
    for text in [&vote.note, &vote.to].into_iter().flatten() {
        out = format!("{out}; {text}");
    }
    match session.answers_what_is_asked(vote) {
        true => out,
        false => format!("{out}; asked differently since: answer again"),
    }
}

/// A hint on one line.
fn hinted(session: &Session, hint: &Hint) -> String {
    let (mut paths, more) = public(session, hint);
    if more > 0 {
        paths.push(format!("{more} more"));
    }
    let paths = if paths.is_empty() { String::new() } else { format!(": {}", paths.join(", ")) };
    format!("{}{paths}", hint.text)
}

/// Returns the paths of a hint that hold no value, and how many more there are.
fn public(session: &Session, hint: &Hint) -> (Vec<String>, usize) {
    let paths = hint.paths.iter().map(ToString::to_string);
    let paths: Vec<String> = paths.filter(|path| !session.holds_masked_value(path)).collect();
    let left_out = hint.paths.len() - paths.len();
    (paths, hint.more + left_out)
}

fn day(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
}

/// The list for programs. The names are an interface.
fn document(from: &Hinting<'_>) -> serde_json::Value {
    let template = from.session.template();
    let items = template.items.iter().map(|item| entry(from, item, template.section_of(item)));
    json!({
        "template": { "file": template.file, "sha256": template.sha256 },
        "counts": AttestTally::from(&from.session.counts().attest),
        "items": items.collect::<Vec<_>>(),
    })
}

fn entry(from: &Hinting<'_>, item: &Item, section: &str) -> serde_json::Value {
    let session = from.session;
    let state = session.attest_state(&item.id);
    let answers = session.answers(&item.id).into_iter().map(|(answer, vote)| {
        json!({
            "answer": answer.word(),
            "current": session.answers_what_is_asked(vote),
            "by": &*vote.by,
            "name": vote.name.as_deref(),
            "at": jiff::Timestamp::from_millisecond(vote.at).ok().map(|at| at.to_string()),
            "note": vote.note.as_deref(),
            "link": vote.to.as_deref(),
        })
    });
    let hints = from.about(item);
    let hints = hints.iter().map(|hint| {
        let filter = match &hint.leads {
            Leads::Findings(filter) => Some(filter.as_str()),
            Leads::NotJudged | Leads::Unrotated | Leads::Nowhere => None,
        };
        let (paths, more) = public(session, hint);
        json!({ "text": hint.text, "filter": filter, "paths": paths, "more": more })
    });
    json!({
        "id": &*item.id,
        "section": section,
        "title": item.title,
        "text": item.text,
        "required": item.required,
        "source": item.source,
        "state": state.word(),
        "blocks": state.blocks(item),
        "answers": answers.collect::<Vec<_>>(),
        "hints": hints.collect::<Vec<_>>(),
    })
}
