// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut rotated`: which credentials must be rotated, and answering that.

use std::{
    collections::HashSet,
    io::{BufWriter, Write},
    sync::Arc,
};

use serde::Serialize;
use serde_json::json;

use super::{
    Exit,
    args::{PlainFormat, RotatedArg, RotatedArgs},
    context::{Context, now},
    decide,
    list::{place, select},
    output::{by_place, clean, many, masked, print_json, state_word},
    past::Names,
    usage,
};
use crate::{
    domain::{Rotated, Vote},
    ops::Access,
    review::{FindingIdx, GroupIdx, Refusal, RotationAnswer, RotationCounts, Session, Turn},
};

pub(super) fn run(context: &Context, args: &RotatedArgs) -> anyhow::Result<Exit> {
    context.check(&args.select)?;
    match args.answer {
        Some(answer) => give(context, args, answer),
        None if args.note.is_some() || args.link.is_some() || args.all || args.dry_run => {
            Err(usage("--note, --link, --all and --dry-run go with an answer: add --answer"))
        }
        None => list(context, args),
    }
}

fn give(context: &Context, args: &RotatedArgs, answer: RotatedArg) -> anyhow::Result<Exit> {
    if !args.select.says_what() {
        return Err(usage(
            "say which credentials are meant: --value, --rule, --path or --unrotated",
        ));
    }
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let (mut review, _) = context.open_and_scan(&args.path, access)?;
    if let Some(why) = &review.read_only {
        anyhow::bail!("no answer can be taken: {why}");
    }
    let selected = select(&review.session, &args.select)?;
    let (values, left) = meant(&review.session, &selected, args, answer);
    let mut out = std::io::stdout().lock();
    if values.is_empty() {
        writeln!(out, "nothing matches: 0 credentials")?;
        return Ok(Exit::Remaining);
    }
    let text = |text: &Option<String>| text.as_deref().map(Into::into);
    let answer =
        RotationAnswer { said: said(answer), note: text(&args.note), link: text(&args.link) };
    let step = review.session.answer_rotation(&values, &answer, now());
    let step = step.map_err(|refusal| match refusal {
        Refusal::Nothing => usage("no answer of yours that could be withdrawn"),
        refusal => usage(refusal.to_string()),
    })?;
    let left = (left > 0).then(|| {
        format!("{} left as answered before; --all answers them anew", many(left, "credential"))
    });
    decide::write(&mut out, review, step, args.dry_run, left)
}

fn said(answer: RotatedArg) -> Option<Rotated> {
    match answer {
        RotatedArg::Yes => Some(Rotated::Yes),
        RotatedArg::No => Some(Rotated::No),
        RotatedArg::NeverLive => Some(Rotated::NeverLive),
        RotatedArg::Unknown => Some(Rotated::Unknown),
        RotatedArg::Withdraw => None,
    }
}

/// Returns the credentials that are answered, and how many others are left as they were: those that
/// are known to be rotated, or never live, unless all are.
fn meant(
    session: &Session,
    places: &[FindingIdx],
    args: &RotatedArgs,
    answer: RotatedArg,
) -> (Vec<Arc<str>>, usize) {
    let mut known = HashSet::new();
    let credential = |idx: &&FindingIdx| session.can_be_rotated(session.group_of(**idx));
    let values = places.iter().filter(credential).map(|idx| session.credential_of(*idx));
    let values: Vec<Arc<str>> =
        values.filter(|value| known.insert((*value).clone())).cloned().collect();
    let done = |value: &Arc<str>| session.rotation_state(value).is_safe();
    let (answered, open): (Vec<_>, Vec<_>) = values.iter().cloned().partition(done);
    if args.all || answer == RotatedArg::Withdraw || open.is_empty() {
        return (values, 0);
    }
    (open, answered.len())
}

fn list(context: &Context, args: &RotatedArgs) -> anyhow::Result<Exit> {
    let (review, _) = context.open_and_scan(&args.path, Access::Read)?;
    let session = &review.session;
    let selected = select(session, &args.select)?;
    let selected: HashSet<&str> =
        selected.iter().map(|idx| &**session.credential_of(*idx)).collect();
    let mut asked = session.asked_to_rotate();
    asked.retain(|(value, _)| selected.contains(&**value));
    asked.sort_by_cached_key(|(value, idx)| {
        let severity = std::cmp::Reverse(session.group(*idx).severity);
        let safe = session.rotation_state(value).is_safe();
        (safe, severity, session.info(*idx).id.clone(), value.clone())
    });
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (counts, names) = (session.counts().rotation, Names::of(session));
    match args.format {
        PlainFormat::Text => {
            for (value, idx) in &asked {
                text(&mut out, (session, &names), value, *idx)?;
            }
            match words(&counts) {
                Some(words) => writeln!(out, "{words}")?,
                None => writeln!(out, "no credential is redacted or left out")?,
            }
        }
        PlainFormat::Json => {
            let rows = asked.iter().map(|(value, idx)| entry(session, value, *idx));
            let counts = RotationTally::from(&counts);
            let document = json!({ "counts": counts, "credentials": rows.collect::<Vec<_>>() });
            print_json(&mut out, &document)?;
        }
    }
    out.flush()?;
    Ok(if counts.waiting() == 0 { Exit::Clean } else { Exit::Remaining })
}

/// `3 of 4 credentials not known to be rotated: 2 not answered, 1 not rotated yet; they block …`,
/// nothing where none is asked about.
pub(super) fn words(counts: &RotationCounts) -> Option<String> {
    if counts.asked == 0 {
        return None;
    }
    let asked = many(counts.asked, "redacted credential");
    if counts.waiting() == 0 {
        return Some(format!("{asked} rotated or never live"));
    }
    let parts: Vec<String> = counts.parts().map(|(n, word)| format!("{n} {word}")).collect();
    let what = match counts.blocking {
        0 => "a warning, as the history is not published",
        _ => "which blocks the sign-off",
    };
    let waiting = counts.waiting();
    Some(format!("{waiting} of {asked} not known to be rotated ({}), {what}", parts.join(", ")))
}

/// Returns the places of a credential that are about to be taken out, or whatever else asks.
fn places(session: &Session, value: &str) -> Vec<FindingIdx> {
    let groups = session.groups_of(value).iter().map(|group| session.group(*group));
    let all = groups.flat_map(|group| group.members.iter().copied());
    let asks = |idx: &FindingIdx| {
        session.standing(*idx).turn != Turn::NotAsked && **session.credential_of(*idx) == *value
    };
    by_place(session, all.filter(asks).collect())
}

fn text(
    out: &mut impl Write,
    (session, names): (&Session, &Names<'_>),
    value: &str,
    idx: GroupIdx,
) -> std::io::Result<()> {
    let (group, info) = (session.group(idx), session.info(idx));
    let places = places(session, value);
    let state = session.rotation_state(value);
    let first = places.first().map_or(String::new(), |idx| {
        format!(", {} {}", place(session, names, *idx), masked(session, *idx))
    });
    let line = format!(
        "{:<15} {:<8} {value} {} {}{first}",
        state.title(),
        group.severity.word(),
        info.id,
        many(places.len(), "place"),
    );
    writeln!(out, "{}", clean(&line))?;
    for (said, vote) in session.rotation_words(value) {
        writeln!(out, "    {}", clean(&by(said, vote)))?;
    }
    if !state.is_safe() {
        writeln!(out, "    {}", clean(&info.remedy))?;
    }
    Ok(())
}

/// `rotated by ana@example.com on 2026-11-25; note; link`
fn by(said: Rotated, vote: &Vote) -> String {
    let at = jiff::Timestamp::from_millisecond(vote.at);
    let day = at.map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string());
    let mut out = format!("{} by {} on {day}", said.title(), vote.by);
    for text in [&vote.note, &vote.to].into_iter().flatten() {
        out = format!("{out}; {text}");
    }
    out
}

fn entry(session: &Session, value: &str, idx: GroupIdx) -> serde_json::Value {
    let (group, info) = (session.group(idx), session.info(idx));
    let state = session.rotation_state(value);
    let places = places(session, value);
    let answers = session.rotation_words(value).into_iter().map(|(said, vote)| {
        json!({
            "answer": said.word(),
            "by": &*vote.by,
            "at": jiff::Timestamp::from_millisecond(vote.at).ok().map(|at| at.to_string()),
            "note": vote.note.as_deref(),
            "link": vote.to.as_deref(),
        })
    });
    let at = |idx: &FindingIdx| {
        let finding = session.finding(*idx);
        json!({ "path": finding.path.to_string(), "line": finding.place.line() })
    };
    json!({
        "id": value,
        "rule": info.id,
        "severity": group.severity.word(),
        "verdict": state_word(group.state()),
        "masked": places.first().map(|i| masked(session, *i)),
        "state": state.word(),
        "blocks": !state.is_safe() && session.rotation_blocks(),
        "in_tree": group.in_tree,
        "remedy": info.remedy,
        "places": places.iter().map(at).collect::<Vec<_>>(),
        "answers": answers.collect::<Vec<_>>(),
    })
}

/// Counts of credentials that must be rotated. The names are an interface.
#[derive(Serialize)]
pub(super) struct RotationTally {
    asked: usize,
    rotated: usize,
    never_live: usize,
    waiting: usize,
    open: usize,
    not_known: usize,
    not_rotated: usize,
    disputed: usize,
    blocking: usize,
}

impl From<&RotationCounts> for RotationTally {
    fn from(counts: &RotationCounts) -> Self {
        Self {
            asked: counts.asked,
            rotated: counts.rotated,
            never_live: counts.never_live,
            waiting: counts.waiting(),
            open: counts.open,
            not_known: counts.not_known,
            not_rotated: counts.not_rotated,
            disputed: counts.disputed,
            blocking: counts.blocking,
        }
    }
}
