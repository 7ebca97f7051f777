// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut scan`: everything found, decided or not.

use std::io::{BufWriter, Write};

use serde::Serialize;

use super::{
    Exit,
    args::{ScanArgs, ScanFormat},
    context::{Context, look_at_work_tree},
    output::{FindingLine, StatusDocument, clean, print_json, print_json_line, sorted, whole},
    past::Names,
};
use crate::{
    domain::NotScannedFile,
    ops::{Access, Review, Silenced},
    review::{Counts, Session},
};

/// Everything that was found. The names are an interface.
#[derive(Serialize)]
struct Document<'a> {
    status: StatusDocument<'a>,
    findings: Vec<FindingLine<'a>>,
    /// Only with `--all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    silenced: Option<Vec<SilencedLine<'a>>>,
    not_scanned: Vec<NotJudged>,
}

/// What a failed proof silenced. The names are an interface.
#[derive(Serialize)]
struct SilencedLine<'a> {
    /// Why: `proof`.
    silenced: &'static str,
    rule: &'a str,
    path: String,
    line: u32,
    column: u32,
    masked: String,
    reason: String,
}

impl<'a> SilencedLine<'a> {
    fn new(review: &'a Review, silenced: &Silenced) -> Self {
        let Silenced { path, dropped } = silenced;
        let rule = review.rules.get(dropped.rule);
        Self {
            silenced: dropped.why.word(),
            rule: &rule.info.id,
            path: path.to_string(),
            line: dropped.span.line,
            column: dropped.span.column,
            masked: dropped.value.masked(),
            reason: dropped.why.words(rule, dropped.value.expose()),
        }
    }

    fn text(&self) -> String {
        let Self { rule, path, line, column, masked, reason, .. } = self;
        clean(&format!("{path}:{line}:{column}: silenced {rule} {masked}: {reason}"))
    }
}

#[derive(Serialize)]
struct NotJudged {
    path: String,
    why: &'static str,
    reason: String,
}

impl NotJudged {
    fn new(file: &NotScannedFile, names: &Names<'_>) -> Self {
        let reason = file.why.reason();
        Self { path: names.path(&file.path), why: file.why.word(), reason }
    }
}

pub(super) fn run(context: &Context, args: &ScanArgs) -> anyhow::Result<Exit> {
    let (mut review, _) = context.open_and_scan(&args.path, Access::Read)?;
    look_at_work_tree(&mut review);
    let silenced = if args.all { context.silenced(&review)? } else { Vec::new() };
    let silenced = silenced.iter().map(|one| SilencedLine::new(&review, one));
    let session = &review.session;
    let counts = session.counts();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let names = Names::of(session);
    let lines = sorted(session).into_iter().map(|idx| FindingLine::new(session, &names, idx));
    match args.format {
        ScanFormat::Text => {
            for line in lines {
                writeln!(out, "{}", line.text())?;
            }
            for line in silenced {
                writeln!(out, "{}", line.text())?;
            }
            summary(&mut out, &review, &counts)?;
        }
        ScanFormat::Jsonl => {
            for line in lines {
                print_json_line(&mut out, &line)?;
            }
            for line in silenced {
                print_json_line(&mut out, &line)?;
            }
            out.flush()?;
            // Standard output holds findings and nothing else; what could not be judged must be
            // said all the same.
            summary(&mut std::io::stderr().lock(), &review, &counts)?;
        }
        ScanFormat::Json => {
            let not_scanned = not_judged(session).into_iter();
            let not_scanned = not_scanned.map(|file| NotJudged::new(file, &names));
            let document = Document {
                status: StatusDocument::new(&review, &counts),
                findings: lines.collect(),
                silenced: args.all.then(|| silenced.collect()),
                not_scanned: not_scanned.collect(),
            };
            print_json(&mut out, &document)?;
        }
    }
    out.flush()?;
    let exit = if counts.settled() && whole(&review) { Exit::Clean } else { Exit::Remaining };
    // The program ends here. Giving all findings back one by one takes longer than it should.
    std::mem::forget(review);
    Ok(exit)
}

/// Returns the files that could not be judged, in the same order in every run.
fn not_judged(session: &Session) -> Vec<&NotScannedFile> {
    let mut files: Vec<&NotScannedFile> = session.not_scanned().iter().collect();
    files.sort();
    files
}

fn summary(out: &mut impl Write, review: &Review, counts: &Counts) -> std::io::Result<()> {
    let session = &review.session;
    let names = Names::of(session);
    for file in not_judged(session) {
        let path = names.path(&file.path);
        writeln!(out, "{}", clean(&format!("{path}: {}", file.why.reason())))?;
    }
    for banner in &review.info.banners {
        writeln!(out, "note: {}", clean(banner))?;
    }
    if let Some(not_published) = review.history.as_ref().and_then(|h| h.not_published()) {
        writeln!(out, "note: {}", clean(&not_published))?;
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
