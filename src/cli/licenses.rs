// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut licenses`: what each file says about its licence.

use std::io::{BufWriter, Write};

use serde::Serialize;

use super::{
    Exit,
    args::{LicencesFormat, LicensesArgs},
    context::Context,
    output::{clean, many, print_json, print_json_line},
};
use crate::{
    domain::{How, LicenceFact},
    ops::{Files, Licences, files_at},
    repo::sha1,
    report::SpdxInput,
};

/// What is known of one file. The names are an interface.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a crate::domain::RepoPath,
    license: &'a str,
    how: &'static str,
    line: Option<u32>,
}

impl<'a> Line<'a> {
    fn new(fact: &'a LicenceFact) -> Self {
        let LicenceFact { path, licence, how, line, .. } = fact;
        Self { path, license: licence, how: how.word(), line: *line }
    }

    fn text(&self) -> String {
        let Self { path, license, how, line } = self;
        let line = line.map_or_else(String::new, |line| format!(", line {line}"));
        let how =
            if *how == How::Nothing.word() { String::new() } else { format!(" ({how}{line})") };
        clean(&format!("{path}: {license}{how}"))
    }
}

pub(super) fn run(context: &Context, args: &LicensesArgs) -> anyhow::Result<Exit> {
    let revision = context.options(&args.path).revision;
    let files = files_at(&args.path, &revision, args.files).map_err(crate::ops::OpenError::from)?;
    let spdx = args.format == LicencesFormat::SpdxJson;
    let found = context.licences(&files, spdx)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        LicencesFormat::Text => {
            for fact in &found.facts {
                writeln!(out, "{}", Line::new(fact).text())?;
            }
            let known = found.facts.iter().filter(|fact| fact.how != How::Nothing).count();
            writeln!(out, "{}, {known} of them with a licence", many(found.facts.len(), "file"))?;
        }
        LicencesFormat::Jsonl => {
            for fact in &found.facts {
                print_json_line(&mut out, &Line::new(fact))?;
            }
        }
        LicencesFormat::SpdxJson => document(&mut out, &files, &found)?,
    }
    out.flush()?;
    drop(out);
    for file in &found.unread {
        let said = clean(&format!("{}: {}", file.path, file.why.reason()));
        writeln!(std::io::stderr(), "{said}")?;
    }
    Ok(if found.unread.is_empty() { Exit::Clean } else { Exit::CannotJudge })
}

fn document(out: &mut impl Write, files: &Files, found: &Licences) -> anyhow::Result<()> {
    let sum_of = |fact: &LicenceFact| {
        let at = found.sums.binary_search_by(|(path, _)| path.cmp(&fact.path)).ok()?;
        Some(found.sums[at].1.as_str())
    };
    let listed: Vec<_> =
        found.facts.iter().filter_map(|fact| Some((fact, sum_of(fact)?))).collect();
    let mut sums: Vec<&str> = listed.iter().map(|(_, sum)| *sum).collect();
    sums.sort_unstable();
    let code = sha1(sums.concat().as_bytes()).unwrap_or_default();
    let (name, revision) = (files.name(), files.revision());
    let input = SpdxInput {
        name: &name,
        revision: revision.as_deref(),
        created: &jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        program: env!("CARGO_PKG_VERSION"),
        files: listed,
        code: &code,
    };
    print_json(out, &input.document())
}
