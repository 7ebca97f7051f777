// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut status`: how far the review is.

use std::io::Write;

use super::{
    Exit,
    args::{PlainFormat, StatusArgs},
    context::{Context, look_at_work_tree},
    output::{StatusDocument, changed, clean, many, print_json, whole},
    past::Names,
};
use crate::{
    domain::{Category, HistorySummary},
    ops::{Access, Review, decided_fixes},
    review::Counts,
};

/// How many refs are named one by one.
const REFS: usize = 6;

pub(super) fn run(context: &Context, args: &StatusArgs) -> anyhow::Result<Exit> {
    let (mut review, modules) = context.open_and_scan(&args.path, Access::Read)?;
    look_at_work_tree(&mut review);
    let counts = review.session.counts();
    let mut out = std::io::stdout().lock();
    match args.format {
        PlainFormat::Text => {
            text(&mut out, &review, &counts)?;
            let ready = review.session.readiness(&modules);
            let releasable = ready.iter().filter(|module| module.ready()).count();
            writeln!(out, "{releasable} of {} modules could be released today", ready.len())?;
        }
        PlainFormat::Json => {
            print_json(&mut out, &StatusDocument::new(&review, &counts))?;
        }
    }
    Ok(if counts.clear() && whole(&review) { Exit::Clean } else { Exit::Remaining })
}

fn text(out: &mut impl Write, review: &Review, counts: &Counts) -> std::io::Result<()> {
    let info = &review.info;
    writeln!(
        out,
        "{}",
        clean(&format!("{} @ {:.12} ({})", info.name, info.commit, info.revision))
    )?;
    for banner in &info.banners {
        writeln!(out, "note: {}", clean(banner))?;
    }
    writeln!(
        out,
        "{:<20} {:>8} {:>6} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "", "blocking", "open", "deferred", "approved", "redacted", "excluded", "findings"
    )?;
    let rows = Category::ALL.into_iter().map(|c| (c.title(), counts.of(c)));
    for (title, c) in rows.chain([("Total", &counts.total)]) {
        writeln!(
            out,
            "{title:<20} {:>8} {:>6} {:>8} {:>8} {:>8} {:>8} {:>8}",
            c.blocking, c.open, c.deferred, c.approved, c.redacted, c.excluded, c.findings
        )?;
    }
    let carried = review.session.carried();
    if !carried.is_empty() {
        writeln!(out, "{}", carried.words(review.history.is_some()))?;
    }
    mended(out, review, counts)?;
    attestations(out, counts)?;
    if counts.disputed > 0 {
        writeln!(out, "{} places on which reviewers differ", counts.disputed)?;
    }
    people(out, review, counts)?;
    if counts.total.due > 0 {
        let due = many(counts.total.due, "place");
        writeln!(out, "samples due: {due} of batch approvals to look at; `debut list --sample`")?;
    }
    files(out, review, counts)?;
    if let Some(words) = super::rotated::words(&counts.rotation) {
        let which = if counts.rotation.waiting() > 0 { "; `debut rotated` lists them" } else { "" };
        writeln!(out, "credentials: {words}{which}")?;
    }
    for (word, count) in &counts.not_scanned {
        writeln!(out, "{count} files not judged: {word}")?;
    }
    match &review.history {
        Some(history) => past(out, review, history, counts)?,
        None => writeln!(
            out,
            "history: not scanned, so only the files of this commit were judged; --history scans it"
        )?,
    }
    writeln!(out, "checklist: {}", clean(&review.desk.checklist_path().display().to_string()))
}

/// Says what was decided about licences beside approvals.
fn mended(out: &mut impl Write, review: &Review, counts: &Counts) -> std::io::Result<()> {
    let session = &review.session;
    let fixes = decided_fixes(session).len();
    if fixes > 0 {
        let fixes = if fixes == 1 { "1 fix".into() } else { format!("{fixes} fixes") };
        writeln!(out, "{fixes} to be applied in the release; `debut fix` previews them")?;
    }
    if counts.total.corrected > 0 {
        let n = many(counts.total.corrected, "group");
        writeln!(out, "{n} under another licence than the one found, as reviewers concluded")?;
    }
    let uncleared = session.findings().filter(|(idx, _)| session.standing(*idx).uncleared).count();
    if uncleared > 0 {
        let n = many(uncleared, "place");
        writeln!(out, "{n} corrected to a licence that leaves the gap open")?;
    }
    let again = session.findings().filter_map(|(idx, _)| session.reopened_words(idx)).count();
    if again > 0 {
        let n = many(again, "place");
        writeln!(out, "{n} to be looked at again: what the decision rested on changed")?;
    }
    Ok(())
}

/// Says which files were read, and which wait for it.
fn files(out: &mut impl Write, review: &Review, counts: &Counts) -> std::io::Result<()> {
    let read = &counts.read;
    if read.read + read.changed > 0 {
        let before = match read.changed {
            0 => String::new(),
            n => format!(" ({n} more before they changed)"),
        };
        writeln!(out, "files read: {} of {}{before}", read.read, read.files)?;
    }
    if read.drawn > 0 {
        let which = if read.due > 0 { "; `debut list --sample`" } else { "" };
        writeln!(out, "files drawn to be read: {} of {} are left{which}", read.due, read.drawn)?;
    }
    if read.missing > 0 {
        let wanted = many(review.session.policy().sample_unflagged as usize, "file");
        writeln!(out, "the policy wants {wanted} without findings drawn: {} more", read.missing)?;
    }
    Ok(())
}

/// Says what the policy still wants of people.
fn people(out: &mut impl Write, review: &Review, counts: &Counts) -> std::io::Result<()> {
    if counts.total.needs_second > 0 {
        let n = many(counts.total.needs_second, "group");
        writeln!(out, "{n} approved by one person and in need of a second voter")?;
    }
    for who in &counts.missing_reviewers {
        writeln!(out, "{} has not taken part yet, and the policy requires it", clean(who))?;
    }
    if counts.too_few_reviewers > 0 {
        let wanted = many(review.session.policy().min_reviewers as usize, "reviewer");
        let more = counts.too_few_reviewers;
        writeln!(out, "the policy wants {wanted}: {more} more must take part")?;
    }
    Ok(())
}

/// Says how far the release checklist is.
fn attestations(out: &mut impl Write, counts: &Counts) -> std::io::Result<()> {
    let a = &counts.attest;
    if a.items == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "release checklist: {} blocking, {} open, {} decided{} (debut attest lists them)",
        a.blocking,
        a.open,
        a.decided,
        changed(a)
    )
}

/// Says what the scan of the history covered, and what it did not.
fn past(
    out: &mut impl Write,
    review: &Review,
    history: &HistorySummary,
    counts: &Counts,
) -> std::io::Result<()> {
    let names = Names::of(&review.session);
    let some = |all: &[String]| {
        let first: Vec<String> = all.iter().take(REFS).map(|name| names.name(name)).collect();
        let more = all.len().saturating_sub(REFS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        clean(&format!("{}{more}", first.join(", ")))
    };
    writeln!(
        out,
        "history: {}, {}, {} of files, {}",
        many(history.refs.len(), "ref"),
        many(history.commits, "commit"),
        many(history.blobs, "version"),
        many(history.tags, "annotated tag"),
    )?;
    writeln!(out, "  refs: {}", some(&history.refs))?;
    if let Some(words) = history.not_published() {
        writeln!(out, "  {}", clean(&names.name(&words)))?;
    }
    if history.missing + history.unread > 0 {
        let missing = many(history.missing, "object");
        writeln!(out, "  not judged: {missing} missing, {} unreadable", history.unread)?;
    }
    if !history.broken.is_empty() {
        writeln!(out, "  lead nowhere: {}", some(&history.broken))?;
    }
    if history.cut > 0 {
        let cut = many(history.cut, "commit");
        writeln!(out, "  {cut} changed too much to say when each file came and went")?;
    }
    writeln!(out, "  {:<18} {:>12} {:>12}", "", "in the tree", "history only")?;
    let rows = Category::ALL.into_iter().map(|c| (c.title(), counts.of(c)));
    for (title, c) in rows.chain([("Total", &counts.total)]) {
        writeln!(out, "  {title:<18} {:>12} {:>12}", c.in_tree, c.groups - c.in_tree)?;
    }
    Ok(())
}
