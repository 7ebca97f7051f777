// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut init`: the folder of a review, and the questions that are asked once.

use std::{
    io::{BufRead, IsTerminal, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};

use super::{Exit, context::Context, output::clean, usage, words};
use crate::{
    domain::{Headers, Licensing},
    ops::{check_licensing, init, init_words, licensing_of, set_licensing},
    scan::licensing::LicensingGuess,
    store::licensing_fields,
};

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The repository, or a folder in it
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Under which licence the release is published, an SPDX expression
    #[arg(long, value_name = "EXPRESSION", help_heading = "Licences")]
    pub(super) outbound: Option<String>,
    /// Who publishes: a name of the copyright holder, a domain or an e-mail address
    #[arg(long, value_name = "NAME", help_heading = "Licences")]
    pub(super) owner: Vec<String>,
    /// Which source files must state their licence
    #[arg(long, value_enum, help_heading = "Licences")]
    pub(super) headers: Option<HeadersArg>,
    /// Whether the repository follows REUSE 3.3
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        default_missing_value = "true",
        require_equals = true,
        help_heading = "Licences"
    )]
    pub(super) reuse: Option<bool>,
    /// Where other people's work is kept, for example vendor/**
    #[arg(long, value_name = "GLOB", help_heading = "Licences")]
    pub(super) third_party: Vec<String>,
    /// A licence under which other people's work is accepted
    #[arg(long, value_name = "ID", help_heading = "Licences")]
    pub(super) accept: Vec<String>,
    /// Answer what no option answers with what is likely
    #[arg(long, help_heading = "Licences")]
    pub(super) guess: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum HeadersArg {
    /// None
    Off,
    /// Those that come from now on
    New,
    /// All
    All,
}

impl InitArgs {
    fn licensing(&self) -> Licensing {
        let texts = |all: &[String]| all.iter().map(|one| one.as_str().into()).collect();
        Licensing {
            outbound: self.outbound.as_deref().map(Into::into),
            owners: texts(&self.owner),
            headers: self.headers.map(|headers| match headers {
                HeadersArg::Off => Headers::Off,
                HeadersArg::New => Headers::New,
                HeadersArg::All => Headers::All,
            }),
            reuse: self.reuse,
            third_party: self.third_party.clone(),
            accepted: texts(&self.accept),
        }
    }
}

pub(super) fn run(context: &Context, args: &InitArgs) -> anyhow::Result<Exit> {
    let options = context.options(&args.path);
    let mut answers = args.licensing();
    let given = answers != Licensing::default() || args.guess;
    // A file that is chosen may be one that is to be made.
    let fresh = options.config.as_ref().is_some_and(|path| !path.exists());
    let asked = if fresh {
        crate::ops::Options { config: None, ..options.clone() }
    } else {
        options.clone()
    };
    let (known, guess) = licensing_of(&asked)?;
    let made = init(&options, Some(&guess))?;
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
    let watched = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if args.guess {
        fill(&mut answers, &guess.licensing);
    } else if !given && watched && known == Licensing::default() {
        answers = ask(&mut out, &mut std::io::stdin().lock(), &guess)?;
    }
    if answers == Licensing::default() {
        likely(&mut out, &known, &guess)?;
    } else {
        let policy = set_licensing(&options, &answers)?;
        writeln!(out, "licences, as config.toml says now:")?;
        for (field, value) in licensing_fields(&policy.licensing) {
            writeln!(out, "  {field} = {}", clean(&value))?;
        }
    }
    writeln!(
        out,
        "Next: look through config.toml, commit these files, and begin with `debut`; \
         `debut doctor` checks everything."
    )?;
    Ok(Exit::Clean)
}

/// Says what is likely, where nobody answered.
fn likely(out: &mut impl Write, known: &Licensing, guess: &LicensingGuess) -> std::io::Result<()> {
    if *known != Licensing::default() || guess.why.is_empty() {
        return Ok(());
    }
    writeln!(out, "licences: nobody has answered yet; likely are")?;
    for (field, value) in licensing_fields(&guess.licensing) {
        let why = guess.why.get(field).map(String::as_str).unwrap_or_default();
        writeln!(out, "  {field} = {}  ({})", clean(&value), clean(why))?;
    }
    writeln!(out, "`debut init --guess` takes them; --outbound, --owner and the like answer.")
}

/// Takes what is likely where there is no answer.
fn fill(answers: &mut Licensing, likely: &Licensing) {
    let likely = likely.clone();
    answers.outbound = answers.outbound.take().or(likely.outbound);
    answers.headers = answers.headers.or(likely.headers);
    answers.reuse = answers.reuse.or(likely.reuse);
    if answers.owners.is_empty() {
        answers.owners = likely.owners;
    }
    if answers.third_party.is_empty() {
        answers.third_party = likely.third_party;
    }
    if answers.accepted.is_empty() {
        answers.accepted = likely.accepted;
    }
}

/// Asks for each answer: Enter takes what is likely, a dash leaves it open.
fn ask(
    out: &mut impl Write,
    input: &mut impl BufRead,
    guess: &LicensingGuess,
) -> anyhow::Result<Licensing> {
    let questions = [
        ("outbound", "Under which licence is the release published (an SPDX expression)?"),
        ("owners", "Who publishes: holders, domains (with commas between)?"),
        ("headers", "Which source files must state their licence: off, new or all?"),
        ("reuse", "Does the repository follow REUSE 3.3: true or false?"),
        ("third_party", "Where is other people's work kept (globs)?"),
        ("accepted", "Under which licences is other people's work accepted?"),
    ];
    writeln!(out, "Licences. Enter takes the answer in brackets, - leaves it open.")?;
    let mut answers = Licensing::default();
    for (field, question) in questions {
        let likely = guess.licensing.answer(field).unwrap_or_default();
        let why = guess.why.get(field).map_or_else(String::new, |why| format!(" ({})", clean(why)));
        loop {
            write!(out, "{question}{why} [{}] ", clean(&likely))?;
            out.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                return Err(usage("no more answers: nothing was written about licences"));
            }
            let text = match line.trim() {
                "" => likely.as_str(),
                "-" => "",
                text => text,
            };
            let mut tried = answers.clone();
            let set = tried.set(field, text).map_err(str::to_owned);
            match set.and_then(|()| check_licensing(&tried)) {
                Ok(()) => {
                    answers = tried;
                    break;
                }
                Err(wanted) => writeln!(out, "  not taken: {}", clean(&wanted))?,
            }
        }
    }
    Ok(answers)
}
