// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut init`: the folder of a review.

use std::io::Write;

use super::{Exit, args::InitArgs, context::Context, output::clean, words};
use crate::ops::{init, init_words};

pub(super) fn run(context: &Context, args: &InitArgs) -> anyhow::Result<Exit> {
    let options = context.options(&args.path);
    let made = init(&options)?;
    let learned = init_words(&options)?;
    let mut out = std::io::stdout().lock();
    for (path, new) in &made {
        let word = if *new { "made" } else { "kept" };
        writeln!(out, "{word}  {}", clean(&path.display().to_string()))?;
    }
    if let Some(learned) = learned {
        writeln!(out, "made  words.toml, with what the repository says about its organisation:")?;
        words::list(&mut out, &learned)?;
        writeln!(out, "`debut words --drop KIND:WORD` and --add mend that.")?;
    }
    writeln!(
        out,
        "Next: look through config.toml, commit these files, and begin with `debut`; \
         `debut doctor` checks everything."
    )?;
    Ok(Exit::Clean)
}
