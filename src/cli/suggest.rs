// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut suggest`: what is suggested, by reason; and accepting one reason of it.

use std::io::{BufWriter, Write};

use super::{
    Exit,
    args::{PlainFormat, StatusArgs},
    context::{Context, now},
    decide::write,
    decide_args::DecideArgs,
    output::{clean, many, masked, print_json},
    usage,
};
use crate::{
    domain::{Origin, Reason},
    ops::Access,
    review::{FindingIdx, Refusal, Scope, Session, SuggestedRow, Suggester},
};

pub(super) fn run(context: &Context, args: &StatusArgs) -> anyhow::Result<Exit> {
    let (review, _) = context.open_and_scan(&args.path, Access::Read)?;
    let session = &review.session;
    let rows = Suggester::of(session).table(session);
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        PlainFormat::Text => {
            for row in &rows {
                text(&mut out, session, row)?;
            }
            if rows.is_empty() {
                writeln!(out, "nothing is suggested")?;
            }
        }
        PlainFormat::Json => {
            let rows: Vec<_> = rows.iter().map(|row| json(session, row)).collect();
            print_json(&mut out, &rows)?;
        }
    }
    out.flush()?;
    let open = session.groups().any(|(_, group)| group.state().unresolved());
    Ok(if open { Exit::Remaining } else { Exit::Clean })
}

fn text(out: &mut impl Write, session: &Session, row: &SuggestedRow) -> std::io::Result<()> {
    let (groups, places) = (many(row.groups.len(), "group"), many(row.places, "place"));
    let head = format!("{:<8} {}: {}, {groups}, {places}", row.verdict.word(), row.id, row.title);
    writeln!(out, "{}", clean(&head))?;
    for idx in &row.samples {
        let (place, value) = (place(session, *idx), masked(session, *idx));
        let rule = &session.rules().info(session.finding(*idx).rule).id;
        writeln!(out, "         {}", clean(format!("{place} {rule} {value}").trim_end()))?;
    }
    Ok(())
}

fn place(session: &Session, idx: FindingIdx) -> String {
    let finding = session.finding(idx);
    if finding.path.is_root() {
        return "(repository)".into();
    }
    format!("{}:{}", finding.path, finding.place.line())
}

fn json(session: &Session, row: &SuggestedRow) -> serde_json::Value {
    let samples = row.samples.iter().map(|idx| {
        let finding = session.finding(*idx);
        serde_json::json!({
            "path": finding.path.to_string(),
            "line": finding.place.line(),
            "rule": session.rules().info(finding.rule).id,
            "masked": masked(session, *idx),
        })
    });
    serde_json::json!({
        "id": row.id,
        "title": row.title,
        "verdict": row.verdict.word(),
        "reason": row.why.map(Reason::word),
        "groups": row.groups.iter().map(|group| &*session.group(*group).value).collect::<Vec<_>>(),
        "places": row.places,
        "samples": samples.collect::<Vec<_>>(),
    })
}

/// Accepts what is suggested for the reason called `id`. What blocks is left alone when it would
/// be approved: here nobody has seen its lines.
pub(super) fn accept(context: &Context, args: &DecideArgs, id: &str) -> anyhow::Result<Exit> {
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let (mut review, _) = context.open_and_scan(&args.repository, access)?;
    if let Some(why) = &review.read_only {
        anyhow::bail!("no decision can be taken: {why}");
    }
    let session = &mut review.session;
    let rows = Suggester::of(session).table(session);
    let Some(row) = rows.iter().find(|row| row.id == id) else {
        let known = "`debut suggest` lists the reasons there are";
        return Err(usage(format!("--suggested {id}: nothing is suggested for this; {known}")));
    };
    let mut choice = row.choice();
    choice.note = args.note.as_deref().map(Into::into);
    let scope = Scope::Places(row.open(session));
    let unseen = session.reach(&scope, choice.act).unseen;
    let left = (unseen > 0).then(|| {
        let places = many(unseen, "place");
        format!("{places} left open: they block, and their lines have to be looked at first")
    });
    let mut out = std::io::stdout().lock();
    match session.decide_as(&scope, &choice, Origin::Suggestion, now()) {
        Ok(step) => write(&mut out, review, step, args.dry_run, left),
        Err(Refusal::Unseen { .. }) => {
            writeln!(out, "nothing decided")?;
            left.iter().try_for_each(|left| writeln!(out, "{left}"))?;
            Ok(Exit::Remaining)
        }
        Err(refusal) => Err(usage(refusal.to_string())),
    }
}
