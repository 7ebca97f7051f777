// SPDX-License-Identifier: MIT OR Apache-2.0
//! The rules that hold in a repository: those of the program, and what its own files make of them.

use std::path::Path;

use super::{OpenError, Options, open::checklist_path};
use crate::{
    domain::ChangeKind,
    repo::locate,
    rules::RuleSet,
    store::{Folder, read_own_rules},
};

/// Reads the rules of the program, and what the files beside the checklist make of them.
pub(super) fn rules_in(folder: &Folder) -> Result<RuleSet, OpenError> {
    Ok(RuleSet::with_own(&read_own_rules(folder)?)?)
}

/// Returns the rules that hold in the repository at `options.path`, with the file `tried` as if it
/// were one of its own. A commit is not needed, and where there is no repository, the rules of the
/// program are all there are beside that.
///
/// # Errors
/// When the repository's own rules are wrong or can't be read.
pub fn rules_at(options: &Options, tried: Option<(&Path, String)>) -> Result<RuleSet, OpenError> {
    let path = match (locate(&options.path), &options.checklist) {
        (Ok((git_dir, work_dir)), chosen) => {
            checklist_path(chosen.clone(), work_dir.as_deref(), &git_dir)
        }
        (Err(_), Some(chosen)) => chosen.clone(),
        (Err(_), None) => {
            let own = tried.map(|(path, text)| (path.display().to_string(), text));
            return Ok(RuleSet::with_own(&own.into_iter().collect::<Vec<_>>())?);
        }
    };
    let folder = Folder::new(path);
    folder.check(options.checklist.is_some())?;
    let mut own = read_own_rules(&folder)?;
    if let Some((path, text)) = tried {
        // It may lie there already, or an earlier state of it.
        let name = |path: &Path| path.file_name().map(ToOwned::to_owned);
        own.retain(|(known, old)| *old != text && name(Path::new(known)) != name(path));
        own.push((path.display().to_string(), text));
    }
    Ok(RuleSet::with_own(&own)?)
}

/// Says what the repository's own files make of the rules; nothing of that is silent.
pub(super) fn own_rules(rules: &RuleSet) -> Option<String> {
    ChangeKind::words(rules.changes()).map(|words| {
        format!("the repository has rules of its own: {words} (debut rules --own lists them)")
    })
}
