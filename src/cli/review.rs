// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut`: the review on the screen.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::Command,
};

use data_encoding::BASE64;

use super::{
    Exit,
    args::Screen,
    context::{Context, variable},
    look::Look,
    output::clean,
};
use crate::{
    domain::RepoPath,
    ops::{self, Access, Effect, Event},
    review::Session,
    tui::{self, Leave, Model},
};

pub(super) fn run(context: &Context, path: &Path, screen: &Screen) -> anyhow::Result<Exit> {
    // What is wrong with the configuration is said before anything else, also where there is no
    // screen to show it on.
    let look = Look::new(&context.user, screen)?;
    let dumb = variable("TERM").is_some_and(|term| term == "dumb");
    if dumb || !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return no_screen();
    }
    // How far back is scanned: at first as the command line says, then as the reviewer wants.
    let (mut history, mut filter) = (None, String::new());
    while let Leave::Rescan { history: wanted, filter: typed } =
        one_round(context, path, &look, history, filter)?
    {
        (history, filter) = (Some(wanted), typed);
    }
    Ok(Exit::Clean)
}

fn one_round(
    context: &Context,
    path: &Path,
    look: &Look,
    history: Option<bool>,
    filter: String,
) -> anyhow::Result<Leave> {
    let mut review = context.open(path, Access::Write)?;
    if let Some(history) = history {
        let reach = review.reach.take().unwrap_or_default();
        review.reach = history.then_some(reach);
    }
    let options = tui::Options {
        theme: look.theme,
        keys: look.keys.clone(),
        read_only: review.read_only.clone(),
        mouse: look.mouse,
        filter,
        // A first guess; the loop asks the terminal itself before it draws.
        size: (80, 24),
    };
    let work_dir = review.source.work_dir.clone();
    let (host, session) = ops::Host::start(review, context.threads);
    let mut desk = Desk { host, work_dir };
    let left = tui::run(Model::new(session, options), &mut desk);
    // Whatever happened to the terminal, decisions come first.
    desk.host.close()?;
    Ok(left?)
}

/// The plain commands do the same, where there is no screen to draw on.
fn no_screen() -> anyhow::Result<Exit> {
    writeln!(
        std::io::stderr(),
        "debut: not a terminal, so there is no screen. The same can be done with:\n  \
         debut status [PATH]\n  \
         debut list --open [PATH]\n  \
         debut decide --rule RULE --verdict approve|redact|exclude|defer [PATH]\n  \
         debut attest ID --answer yes|no|not-applicable [PATH]\n  \
         debut report -o FILE [PATH]"
    )?;
    Ok(Exit::Usage)
}

/// The workers, and what only a program on this machine can do: editor and clipboard.
struct Desk {
    host: ops::Host,
    work_dir: Option<PathBuf>,
}

impl tui::Host for Desk {
    fn perform(&mut self, effect: Effect, session: &Session) -> Option<Event> {
        match effect {
            Effect::Edit { path, line } => {
                edit(self.work_dir.as_deref(), &path, line).err().map(Event::Notice)
            }
            Effect::Copy(text) => {
                // OSC 52: the terminal puts it into the clipboard, also through ssh.
                let code = BASE64.encode(text.as_bytes());
                let mut out = std::io::stdout();
                let sent = write!(out, "\x1b]52;c;{code}\x07").and_then(|()| out.flush());
                sent.err().map(|error| Event::Notice(error.to_string()))
            }
            effect => self.host.perform(effect, session),
        }
    }

    fn poll(&mut self, most: usize) -> Vec<Event> {
        self.host.poll(most)
    }
}

/// Opens the file of the work tree in the reviewer's editor, and waits for it.
fn edit(work_dir: Option<&Path>, path: &RepoPath, line: u32) -> Result<(), String> {
    let work_dir = work_dir.ok_or("a bare repository has no file to edit")?;
    let editor = variable("VISUAL").or_else(|| variable("EDITOR")).unwrap_or_else(|| "vi".into());
    let name = String::from_utf8(path.as_bytes().to_vec()).map_err(|_| "the name is not UTF-8")?;
    let root = work_dir.canonicalize().map_err(|error| error.to_string())?;
    // A link of the work tree must not lead the editor out of it.
    let file =
        root.join(&name).canonicalize().map_err(|error| clean(&format!("{name}: {error}")))?;
    if !file.starts_with(&root) {
        return Err("the file is a link that leaves the work tree".into());
    }
    let mut words = editor.split_whitespace();
    let program = words.next().ok_or("EDITOR is empty")?;
    let status = Command::new(program)
        .args(words)
        .arg(format!("+{line}"))
        .arg(&file)
        .status()
        .map_err(|error| clean(&format!("{program}: {error}")))?;
    if status.success() { Ok(()) } else { Err(clean(&format!("{program} ended with {status}"))) }
}
