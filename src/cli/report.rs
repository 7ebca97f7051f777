// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut report`: the sign-off report.

use std::io::Write;

use super::{
    Exit,
    args::{ReportArgs, ReportFormat as Format},
    check_output,
    context::Context,
    usage,
};
use crate::ops::{Access, ReportFormat, ReportParts, render_report, write_report};

pub(super) fn run(context: &Context, args: &ReportArgs) -> anyhow::Result<Exit> {
    check_output(args.output.as_deref())?;
    let format = match (args.format, &args.output) {
        (Some(Format::Md), _) | (None, None) => ReportFormat::Markdown,
        (Some(Format::Json), _) => ReportFormat::Json,
        (Some(Format::Html), _) => ReportFormat::Html,
        (None, Some(path)) => ReportFormat::of(path).map_err(|error| usage(error.to_string()))?,
    };
    let (mut review, modules) = context.open_and_scan(&args.path, Access::Read)?;
    let words = review.own_words();
    let licences = review.licences(context.threads);
    let parts = ReportParts {
        info: &review.info,
        desk: &review.desk,
        extent: &review.extent,
        modules: &modules,
        history: review.history.as_deref(),
        words: &words,
        licences: licences.as_ref(),
    };
    let passed = match &args.output {
        Some(path) => write_report(&review.session, &parts, format, path)?,
        None => {
            let (text, passed) = render_report(&review.session, &parts, format)?;
            std::io::stdout().lock().write_all(text.as_bytes())?;
            passed
        }
    };
    Ok(if passed { Exit::Clean } else { Exit::Remaining })
}
