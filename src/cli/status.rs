// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut status`: how far the review is.

use std::io::Write;

use super::{
    Exit,
    args::{PlainFormat, StatusArgs},
    context::{Context, look_at_work_tree},
    output::{StatusDocument, clean, many},
};
use crate::{
    domain::Category,
    ops::{Access, Review},
    review::Counts,
};

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
            serde_json::to_writer_pretty(&mut out, &StatusDocument::new(&review, &counts))?;
            writeln!(out)?;
        }
    }
    Ok(if counts.clear() { Exit::Clean } else { Exit::Remaining })
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
    if carried != crate::review::CarryOver::default() {
        let (kept, reopened, gone) = (carried.kept, carried.reopened, carried.gone);
        let kept = many(kept, "decision");
        writeln!(out, "{kept} kept, {reopened} re-opened (text changed), {gone} gone")?;
    }
    if counts.disputed > 0 {
        writeln!(out, "{} places on which reviewers differ", counts.disputed)?;
    }
    for (word, count) in &counts.not_scanned {
        writeln!(out, "{count} files not judged: {word}")?;
    }
    writeln!(out, "checklist: {}", clean(&review.desk.checklist_path().display().to_string()))
}
