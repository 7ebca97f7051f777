// SPDX-License-Identifier: MIT OR Apache-2.0
//! The arguments of `debut rules`.

use std::path::PathBuf;

use clap::Args;

use super::args::PlainFormat;
use crate::domain::{Category, Class, Confidence, Severity};

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// The rule to explain, or to try with --test: `category/name`, a name, or a glob
    pub(super) id: Option<String>,
    /// The repository whose own rules count
    #[arg(long, value_name = "PATH", default_value = ".")]
    pub(super) repository: PathBuf,
    /// A rule file that is not in .debut/rules yet: take it as if it were
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Option<PathBuf>,
    #[command(flatten)]
    pub(super) only: Only,
    #[command(flatten)]
    pub(super) test: Test,
    /// How to print
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

/// Which rules are listed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which rules")]
pub(super) struct Only {
    /// Rules of this category: sensitive, licensing or internal
    #[arg(long, value_name = "WORD", value_parser = category)]
    pub(super) category: Option<Category>,
    /// Rules about this class of values, such as credential or personal-data
    #[arg(long, value_name = "WORD", value_parser = class)]
    pub(super) class: Option<Class>,
    /// Rules of this severity or worse: critical, high, medium, low or info
    #[arg(long, value_name = "WORD", value_parser = severity)]
    pub(super) severity: Option<Severity>,
    /// Rules of this confidence or higher: high, medium or low
    #[arg(long, value_name = "WORD", value_parser = confidence)]
    pub(super) confidence: Option<Confidence>,
    /// Rules of files with this in their path, such as aws or .debut/rules
    #[arg(long, value_name = "TEXT")]
    pub(super) file: Option<String>,
    /// Rules with this word in their id, texts or keywords
    #[arg(long, value_name = "WORD")]
    pub(super) search: Option<String>,
    /// Rules that the repository adds, replaces, changes or switches off
    #[arg(long)]
    pub(super) own: bool,
}

/// What rules are tried on.
#[derive(Debug, Args)]
#[command(next_help_heading = "Try rules")]
pub(super) struct Test {
    /// Try the rules on this file; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) test: Option<PathBuf>,
    /// The path that the file has for the rules [default: FILE]
    #[arg(long = "as", value_name = "PATH", requires = "test")]
    pub(super) path: Option<String>,
    /// Say about this rule alone what it finds, and why it does not
    #[arg(long, value_name = "RULE", requires = "test", conflicts_with = "id")]
    pub(super) rule: Option<String>,
    /// Say what was left out too, and why
    #[arg(long, requires = "test")]
    pub(super) all: bool,
}

fn pick<T: Copy>(text: &str, all: &[T], word: fn(T) -> &'static str) -> Result<T, String> {
    all.iter().copied().find(|one| word(*one) == text).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
        format!("one of {}", words.join(", "))
    })
}

fn category(text: &str) -> Result<Category, String> {
    pick(text, &Category::ALL, Category::word)
}

fn class(text: &str) -> Result<Class, String> {
    pick(text, &Class::ALL, Class::word)
}

pub(super) fn severity(text: &str) -> Result<Severity, String> {
    pick(text, &Severity::ALL, Severity::word)
}

pub(super) fn confidence(text: &str) -> Result<Confidence, String> {
    pick(text, &Confidence::ALL, Confidence::word)
}
