// SPDX-License-Identifier: MIT OR Apache-2.0
//! The arguments. Their doc comments are the help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{
    decide_args::{DecideArgs, Select},
    init::InitArgs,
    key_args::KeyArgs,
    rules_args::RulesArgs,
    words::WordsArgs,
};

/// Walk through a Git repository before it is made public
///
/// Without a command, opens the review of the repository at PATH on the screen: findings are
/// approved or redacted one by one or by the thousand, every decision goes to
/// .debut/checklist.toml at once, and the next call resumes where this one stopped.
#[derive(Debug, Parser)]
#[command(version, override_usage = USAGE, after_help = EXIT_CODES)]
pub(super) struct Cli {
    /// The repository, or a folder in it [default: .]
    pub(super) path: Option<PathBuf>,
    #[command(flatten)]
    pub(super) screen: Screen,
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

const USAGE: &str = "debut [OPTIONS] [PATH]\n       debut [OPTIONS] <COMMAND>";

const EXIT_CODES: &str = "\
Exit codes: 0 done and clean; 1 findings or blockers remain; 2 wrong usage or configuration; 5 the repository or \
checklist can't be read whole.";

/// How the screen looks.
#[derive(Debug, Args)]
pub(super) struct Screen {
    /// Draw with ASCII characters only
    #[arg(long)]
    pub(super) ascii: bool,
    /// Colours: dark, light, high-contrast, mono, or a theme of yours in the configuration folder
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
}

/// What every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "For every command")]
pub(super) struct Common {
    /// The commit, branch or tag to review
    #[arg(long, global = true, value_name = "REV", default_value = "HEAD")]
    pub(super) rev: String,
    /// The checklist, if it is not .debut/checklist.toml in the work tree
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) checklist: Option<PathBuf>,
    /// The policy, if it is not config.toml beside the checklist
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Who decides, if it is not user.email of Git's configuration
    #[arg(long, global = true, value_name = "EMAIL")]
    pub(super) reviewer: Option<String>,
    /// Scan every version of every file too, and what commits, tags and refs say
    #[arg(long, global = true)]
    pub(super) history: bool,
    /// Refs that would be published: full names or globs such as refs/heads/release-* [default:
    /// all branches and tags]
    #[arg(long, global = true, value_name = "PATTERN")]
    pub(super) refs: Vec<String>,
    /// Scan objects that no ref leads to as well; they are never published
    #[arg(long, global = true)]
    pub(super) unreachable: bool,
    /// Read every file anew, and remember nothing in the cache folder
    #[arg(long, global = true)]
    pub(super) no_cache: bool,
    /// Threads to scan with [default: one for each core]
    #[arg(long, global = true, value_name = "N")]
    pub(super) threads: Option<usize>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List everything found, decided or not
    Scan(ScanArgs),
    /// Say how far the review is
    Status(StatusArgs),
    /// List the groups with their verdicts
    List(ListArgs),
    /// List what is suggested, by reason
    Suggest(StatusArgs),
    /// Decide without the screen
    Decide(DecideArgs),
    /// Show what the fixes of licensing gaps change that were decided, or write them into the work
    /// tree
    Fix(FixArgs),
    /// List the items of the release checklist, or answer one
    Attest(AttestArgs),
    /// List the redacted credentials with what is known of their rotation, or answer that
    Rotated(RotatedArgs),
    /// List what takes the place of each value, or choose it
    ///
    /// A choice holds wherever the value stands. Values that are redacted keep what they have.
    StandIns(StandInsArgs),
    /// List the rules, explain one, or try them on a file
    ///
    /// The rules of the program and those in .debut/rules of the repository.
    Rules(RulesArgs),
    /// List under which licence each file stands, as far as the file says it
    ///
    /// A line for each file: an SPDX expression or NONE, how it is known, and where it stands.
    Licenses(LicensesArgs),
    /// List the organisation's own words, or answer which of them are internal
    ///
    /// Domains, ticket keys, places and the like, learned from the repository. What is answered
    /// stands in .debut/words.toml, which is as private as the checklist.
    Words(WordsArgs),
    /// Write the sign-off report
    Report(ReportArgs),
    /// Make .debut with a commented policy, before anything is decided; what is there stays
    Init(InitArgs),
    /// Check everything that a review needs, and say what to do
    #[command(after_help = DOCTOR_CODES)]
    Doctor(StatusArgs),
    /// Hand the review's key to another reviewer, or take it in
    Key(KeyArgs),
    /// List the decisions that match nothing any more
    ///
    /// Without --history they may well be about what stood there in the past.
    Stale(StatusArgs),
    /// Take the decisions that match nothing any more out of the checklist
    ///
    /// Says what would be taken out; --yes does it, and needs --history. The lines that are taken
    /// out are printed, and can be put back into the list of votes as they are.
    Prune(RewriteArgs),
}

const DOCTOR_CODES: &str = "\
Exit codes: 0 all is well; 1 something to mend, a review is possible; 2 wrong usage; 5 the \
repository or checklist can't be judged whole, or a broken policy or release checklist stops \
everything.";

/// What rewrites the checklist.
#[derive(Debug, Args)]
pub(super) struct RewriteArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Do it; without this, only say what would be done
    #[arg(long)]
    pub(super) yes: bool,
    /// A new file for the lines that leave the checklist [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ScanArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = ScanFormat::Text)]
    pub(super) format: ScanFormat,
    /// List what a failed proof silenced in the files of the reviewed commit, too
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ScanFormat {
    /// A line for each finding, then a summary
    Text,
    /// A JSON object a line
    Jsonl,
    /// One JSON document
    Json,
}

#[derive(Debug, Args)]
pub(super) struct LicensesArgs {
    /// The repository, or a folder in it; or one file
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = LicencesFormat::Text)]
    pub(super) format: LicencesFormat,
    /// Read the files of the folder PATH as they are, and no commit
    #[arg(long)]
    pub(super) files: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LicencesFormat {
    /// A line for each file, then a summary
    Text,
    /// A JSON object a line
    Jsonl,
    /// An SPDX 2.3 document
    SpdxJson,
}

/// What only looks.
#[derive(Debug, Args)]
pub(super) struct StatusArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(super) struct FixArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Show the changes as a diff; that is what happens without --apply
    #[arg(long, conflicts_with = "apply")]
    pub(super) preview: bool,
    /// Write the changes into the work tree. A file with other changes than these is left alone
    #[arg(long)]
    pub(super) apply: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PlainFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    #[command(flatten)]
    pub(super) select: Select,
    /// Only groups that still need somebody
    #[arg(long)]
    pub(super) open: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(super) struct AttestArgs {
    /// The item to answer, with --answer; otherwise the repository, or a folder in it
    #[arg(value_name = "ID|PATH")]
    pub(super) what: Option<String>,
    /// The repository, when an item is answered [default: .]
    pub(super) path: Option<PathBuf>,
    /// The answer
    #[arg(long, value_enum)]
    pub(super) answer: Option<AnswerArg>,
    /// A remark for the checklist; never a value. An item that does not apply needs one
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// Where what the answer rests on can be read
    #[arg(long, value_name = "ADDRESS")]
    pub(super) link: Option<String>,
    /// Who answers for it, if that is not the reviewer
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerArg {
    /// It is so
    Yes,
    /// It is not so; blocks the sign-off where the item is required
    No,
    /// The item does not concern this repository; needs --note
    NotApplicable,
    /// Take one's own earlier answer back
    Withdraw,
}

#[derive(Debug, Args)]
pub(super) struct RotatedArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    #[command(flatten)]
    pub(super) select: Select,
    /// The answer, for every credential that is meant and not known to be rotated
    #[arg(long, value_enum)]
    pub(super) answer: Option<RotatedArg>,
    /// A remark for the checklist; never a value
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// Where it can be read, such as a ticket
    #[arg(long, value_name = "ADDRESS")]
    pub(super) link: Option<String>,
    /// Answer anew what is answered already, too
    #[arg(long)]
    pub(super) all: bool,
    /// Say what would be answered and answer nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(super) struct StandInsArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    #[command(flatten)]
    pub(super) select: Select,
    /// What takes the place of the one value that is meant; {n} becomes the first free number
    #[arg(long, value_name = "TEXT")]
    pub(super) to: Option<String>,
    /// Take one's own choice back
    #[arg(long, conflicts_with = "to")]
    pub(super) reset: bool,
    /// Say what would be done and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = PlainFormat::Text)]
    pub(super) format: PlainFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RotatedArg {
    /// Revoked at the vendor, or changed where it is used
    Yes,
    /// Not yet
    No,
    /// It never opened anything: a sample, or made up for a test
    NeverLive,
    /// Nobody knows
    Unknown,
    /// Take one's own earlier answer back
    Withdraw,
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// The document's format [default: by the extension of FILE, else md]
    #[arg(long, value_enum)]
    pub(super) format: Option<ReportFormat>,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// Markdown
    Md,
    /// in-toto statement
    Json,
    /// One self-contained page
    Html,
}
