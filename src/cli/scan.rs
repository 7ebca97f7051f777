// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut scan`: everything found, decided or not.

use std::io::{BufWriter, Write};

use super::{
    Exit,
    args::{ScanArgs, ScanFormat},
    context::Context,
    output::{FindingLine, StatusDocument, clean, sorted},
};
use crate::{
    ops::{Access, Review},
    review::Counts,
};

pub(super) fn run(context: &Context, args: &ScanArgs) -> anyhow::Result<Exit> {
    let (review, _) = context.open_and_scan(&args.path, Access::Read)?;
    let session = &review.session;
    let counts = session.counts();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let lines = sorted(session).into_iter().map(|idx| FindingLine::new(session, idx));
    match args.format {
        ScanFormat::Text => {
            for line in lines {
                writeln!(out, "{}", line.text())?;
            }
            summary(&mut out, &review, &counts)?;
        }
        ScanFormat::Jsonl => {
            for line in lines {
                serde_json::to_writer(&mut out, &line)?;
                writeln!(out)?;
            }
        }
        ScanFormat::Json => {
            let not_scanned: Vec<serde_json::Value> = session
                .not_scanned()
                .iter()
                .map(|file| {
                    serde_json::json!({
                        "path": file.path.to_string(),
                        "why": file.why.word(),
                        "reason": file.why.reason(),
                    })
                })
                .collect();
            let document = serde_json::json!({
                "status": StatusDocument::new(&review, &counts),
                "findings": lines.collect::<Vec<_>>(),
                "not_scanned": not_scanned,
            });
            serde_json::to_writer_pretty(&mut out, &document)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(if counts.clear() { Exit::Clean } else { Exit::Remaining })
}

fn summary(out: &mut impl Write, review: &Review, counts: &Counts) -> std::io::Result<()> {
    let session = &review.session;
    for file in session.not_scanned() {
        writeln!(out, "{}", clean(&format!("{}: {}", file.path, file.why.reason())))?;
    }
    for banner in &review.info.banners {
        writeln!(out, "note: {}", clean(banner))?;
    }
    let total = &counts.total;
    writeln!(
        out,
        "{} findings in {} groups, {} open, {} of them blocking; {} rules; {} files not judged",
        total.findings,
        total.groups,
        total.open + total.deferred,
        total.blocking,
        review.rules.len(),
        session.not_scanned().len(),
    )
}
