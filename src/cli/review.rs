// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut`: the review on the screen.

use std::path::PathBuf;

use super::{Exit, args::Screen, context::Context};

pub(super) fn run(context: &Context, path: PathBuf, screen: &Screen) -> anyhow::Result<Exit> {
    let _ = (context, path, screen);
    Ok(Exit::Clean)
}
