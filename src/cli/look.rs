// SPDX-License-Identifier: MIT OR Apache-2.0
//! How the screen looks and which keys it has: arguments, environment, and the user's own files.

use std::path::Path;

use super::{ConfigError, args::Screen, context::variable};
use crate::{
    store::UserFiles,
    tui::{Keys, Problem, Settings, Theme},
};

/// What was chosen.
pub(super) struct Look {
    pub(super) theme: Theme,
    pub(super) mouse: bool,
    pub(super) keys: Keys,
}

impl Look {
    /// Reads what there is. Whatever is wrong with it is said at once; a theme that is not asked
    /// for is not read, so that `--theme dark` gets past a broken one.
    pub(super) fn new(user: &UserFiles, args: &Screen) -> anyhow::Result<Self> {
        let mut wrong = Vec::new();
        let config = user.config_path();
        let text = user.read(&config).map_err(|error| ConfigError(vec![error.to_string()]))?;
        let (settings, problems) = Settings::read(text.as_deref().unwrap_or_default());
        wrong.extend(placed(&config, problems));
        let ascii = args.ascii || settings.ascii;
        let mut theme = Theme::new(true, ascii);
        if let Some(name) = &args.theme {
            match chosen(user, name, ascii) {
                Ok(chosen) => theme = chosen,
                Err(Wrong::Name(message)) => wrong.push(format!("--theme: {message}")),
                Err(Wrong::File(problems)) => wrong.extend(problems),
            }
        } else if let Some((name, line)) = settings.theme {
            match chosen(user, &name, ascii) {
                Ok(chosen) => theme = chosen,
                Err(Wrong::Name(message)) => {
                    let message = format!("theme: {message}");
                    wrong.extend(placed(&config, vec![Problem { line, message }]));
                }
                Err(Wrong::File(problems)) => wrong.extend(problems),
            }
        }
        if !wrong.is_empty() {
            return Err(ConfigError(wrong).into());
        }
        if variable("NO_COLOR").is_some() {
            theme = Theme::new(false, ascii);
        }
        Ok(Self { theme, mouse: settings.mouse, keys: settings.keys })
    }
}

/// Why a theme can't be used.
enum Wrong {
    /// There is none of that name.
    Name(String),
    /// Lines about its file.
    File(Vec<String>),
}

/// Returns the theme called `name`: the user's own before the program's.
fn chosen(user: &UserFiles, name: &str, ascii: bool) -> Result<Theme, Wrong> {
    let path = user.theme_path(name);
    if let Some(path) = &path {
        let text = user.read(path).map_err(|error| Wrong::File(vec![error.to_string()]))?;
        if let Some(text) = text {
            return Theme::read(&text, ascii).map_err(|p| Wrong::File(placed(path, p).collect()));
        }
    }
    Theme::builtin(name, ascii).ok_or_else(|| {
        let names = Theme::names().join(", ");
        let own = path.map_or_else(
            || "and a name has letters, digits, - and _ only".to_owned(),
            |path| format!("and {} is not there", path.display()),
        );
        Wrong::Name(format!("no theme \"{name}\"; debut has {names}, {own}"))
    })
}

fn placed(path: &Path, problems: Vec<Problem>) -> impl Iterator<Item = String> {
    problems.into_iter().map(move |p| format!("{}:{}: {}", path.display(), p.line, p.message))
}
