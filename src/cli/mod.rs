// SPDX-License-Identifier: MIT OR Apache-2.0
//! The command line: arguments, and one file a command. No logic of its own.

mod args;
mod attest;
mod context;
mod decide;
mod decide_args;
mod doctor;
mod fix;
mod init;
mod interrupt;
mod key;
mod key_args;
mod licenses;
mod list;
mod look;
mod output;
mod past;
mod report;
mod review;
mod rotated;
mod rules;
mod rules_args;
mod rules_test;
mod scan;
mod stale;
mod stand_ins;
mod status;
mod suggest;
mod words;

use std::{ffi::OsString, io::Write, path::Path, process::ExitCode};

use clap::Parser;

use args::{Cli, Command};
use context::Context;

use crate::{
    ops::{OpenError, ScanError},
    repo::RepoError,
    rules::RuleError,
    store::StoreError,
};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, and nothing stands against a release.
    Clean = 0,
    /// Findings or blockers remain.
    Remaining = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// The repository, checklist or report can't be read whole.
    CannotJudge = 5,
}

/// Has a panic say where it happened and nothing else: its text may quote the file it failed on,
/// and with it a value.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let at = info.location();
        let at = at.map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let words = "a fault of the program";
        let _ = writeln!(std::io::stderr(), "debut: {words}{at}; please report it");
    }));
}

/// Parses `args`, does what they ask for and returns the exit code.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    quiet_panics();
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(told(&error) as u8),
    };
    let exit = dispatch(cli).unwrap_or_else(|error| failed(&error));
    ExitCode::from(exit as u8)
}

/// Says what went wrong, and returns how the program ends.
fn failed(error: &anyhow::Error) -> Exit {
    if is_broken_pipe(error) {
        return Exit::Clean;
    }
    for line in lines(error) {
        let _ = writeln!(std::io::stderr(), "debut: {}", output::one_line(&line));
    }
    if is_usage(error) { Exit::Usage } else { Exit::CannotJudge }
}

/// Prints what the parser has to say: help to stdout, everything else to stderr. An argument that
/// it quotes may hold anything, also in a script that passes on what a repository named.
fn told(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        return error.print().map_or_else(|error| failed(&error.into()), |()| Exit::Clean);
    }
    let text = error.render().to_string();
    let _ = writeln!(std::io::stderr(), "{}", output::clean(text.trim_end()));
    Exit::Usage
}

fn dispatch(cli: Cli) -> anyhow::Result<Exit> {
    let context = Context::new(&cli.common)?;
    if cli.command.is_some() {
        check_place(&cli)?;
    }
    match cli.command {
        None => review::run(&context, &cli.path.unwrap_or_else(|| ".".into()), &cli.screen),
        Some(Command::Scan(args)) => scan::run(&context, &args),
        Some(Command::Status(args)) => status::run(&context, &args),
        Some(Command::List(args)) => list::run(&context, &args),
        Some(Command::Suggest(args)) => suggest::run(&context, &args),
        Some(Command::Decide(args)) => decide::run(&context, &args),
        Some(Command::Fix(args)) => fix::run(&context, &args),
        Some(Command::Attest(args)) => attest::run(&context, &args),
        Some(Command::Rotated(args)) => rotated::run(&context, &args),
        Some(Command::StandIns(args)) => stand_ins::run(&context, &args),
        Some(Command::Rules(args)) => rules::run(&context, &args),
        Some(Command::Licenses(args)) => licenses::run(&context, &args),
        Some(Command::Words(args)) => words::run(&context, &args),
        Some(Command::Report(args)) => report::run(&context, &args),
        Some(Command::Init(args)) => init::run(&context, &args),
        Some(Command::Doctor(args)) => doctor::run(&context, &args),
        Some(Command::Key(args)) => key::run(&context, &args),
        Some(Command::Stale(args)) => stale::run(&context, &args),
        Some(Command::Prune(args)) => stale::prune(&context, &args),
    }
}

/// Refuses before a command what would mean nothing there.
fn check_place(cli: &Cli) -> anyhow::Result<()> {
    if let Some(path) = &cli.path {
        let path = path.display();
        return Err(usage(format!(
            "{path}: the repository comes after the command and its options"
        )));
    }
    if cli.screen.ascii || cli.screen.theme.is_some() {
        return Err(usage("--ascii and --theme are about the screen, which commands do not open"));
    }
    Ok(())
}

/// Something the user can mend by calling it differently.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UsageError(String);

/// The user's own configuration is wrong: a line for each mistake.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("; "))]
struct ConfigError(Vec<String>);

/// Returns the lines that say what went wrong.
fn lines(error: &anyhow::Error) -> Vec<String> {
    if let Some(ConfigError(problems)) = error.downcast_ref() {
        return problems.clone();
    }
    let opening = match error.downcast_ref() {
        Some(OpenError::Rules(rules)) => Some(rules),
        _ => None,
    };
    match opening.or_else(|| error.downcast_ref::<RuleError>()) {
        Some(rules) => rules.faults().iter().map(ToString::to_string).collect(),
        None => vec![whole(error)],
    }
}

/// Returns the error with its causes. Most say what their cause says already.
fn whole(error: &anyhow::Error) -> String {
    let mut out = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !out.ends_with(&cause) {
            out += if out.is_empty() { "" } else { ": " };
            out += &cause;
        }
    }
    out
}

fn usage(message: impl Into<String>) -> anyhow::Error {
    UsageError(message.into()).into()
}

/// Refuses an output file that could not be made, before anything is scanned for it.
fn check_output(path: Option<&Path>) -> anyhow::Result<()> {
    let Some(path) = path else { return Ok(()) };
    if path.is_dir() {
        return Err(usage(format!("{}: is a folder", path.display())));
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        None => Ok(()),
        Some(folder) => {
            Err(usage(format!("{}: there is no folder {}", path.display(), folder.display())))
        }
    }
}

/// Returns whether another call or a mended policy would help: a path or a revision that is not
/// there is one of the arguments, while a damaged repository cannot be judged whatever the arguments are.
fn is_usage(error: &anyhow::Error) -> bool {
    let source = error.downcast_ref::<OpenError>().and_then(|error| match error {
        OpenError::Repo(error) => Some(error),
        _ => None,
    });
    let wrong_argument = matches!(
        source,
        Some(
            RepoError::NoSuchFolder(_)
                | RepoError::NotARepository(_)
                | RepoError::NoSuchRevision { .. }
        )
    );
    let wrong_ref = matches!(
        error.downcast_ref::<ScanError>(),
        Some(ScanError::NoSuchRef(_) | ScanError::Repo(RepoError::BadPattern { .. }))
    );
    let opening = error.downcast_ref::<OpenError>();
    let wrong_policy = matches!(opening, Some(OpenError::Store(StoreError::Config { .. })));
    let wrong_rules = matches!(opening, Some(OpenError::Rules(_))) || error.is::<RuleError>();
    let wrong_config = wrong_policy || wrong_rules || error.is::<ConfigError>();
    wrong_argument || wrong_config || wrong_ref || error.is::<UsageError>()
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.map(std::io::Error::kind).any(|kind| kind == std::io::ErrorKind::BrokenPipe)
}
