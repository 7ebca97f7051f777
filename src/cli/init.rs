// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut init`: the folder of a review.

use std::io::Write;

use super::{Exit, args::InitArgs, context::Context, output::clean};
use crate::ops::init;

pub(super) fn run(context: &Context, args: &InitArgs) -> anyhow::Result<Exit> {
    let made = init(&context.options(&args.path))?;
    let mut out = std::io::stdout().lock();
    for (path, new) in &made {
        let word = if *new { "made" } else { "kept" };
        writeln!(out, "{word}  {}", clean(&path.display().to_string()))?;
    }
    writeln!(
        out,
        "Next: look through config.toml, commit these files, and begin with `debut`; \
         `debut doctor` checks everything."
    )?;
    Ok(Exit::Clean)
}
