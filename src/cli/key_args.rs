// SPDX-License-Identifier: MIT OR Apache-2.0
//! The arguments of `debut key`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{PlainFormat, RewriteArgs};

#[derive(Debug, Args)]
pub(super) struct KeyArgs {
    #[command(subcommand)]
    pub(super) command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// List the keys on this machine
    List(KeyListArgs),
    /// Write the review's key as a text for another reviewer
    ///
    /// Hand it over by a way that only the two of you can read: who has the key and the checklist
    /// can test guesses of the values in it.
    Export(KeyExportArgs),
    /// Take in the key that another reviewer exported
    Import(KeyImportArgs),
    /// Give the review a new key, after the old one came into wrong hands
    ///
    /// Scans the commit, those reviewed earlier and, with --history, all others, because the ids
    /// can only be made anew from the values. Says what would happen; --yes does it. Merge the
    /// checklists of all reviewers first.
    Rotate(RewriteArgs),
}

#[derive(Debug, Args)]
pub(super) struct KeyListArgs {
    /// The repository whose key is marked
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(super) struct KeyExportArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// A new file outside of the repository, readable by you alone [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct KeyImportArgs {
    /// The file with the exported text, or - for standard input
    pub(super) file: PathBuf,
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
}
