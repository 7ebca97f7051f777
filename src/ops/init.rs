// SPDX-License-Identifier: MIT OR Apache-2.0
//! Makes the folder of a review, before anything is decided.

use std::path::PathBuf;

use super::{OpenError, Options, open::checklist_path};
use crate::{repo::locate, store::Folder};

/// Every setting with its meaning, commented out.
const CONFIG: &str = include_str!("../../assets/templates/config.toml");

/// Makes the folder of the checklist with all that belongs beside it, and returns each file with
/// whether it is new. A commit is not needed, and nothing that is there is changed.
///
/// # Errors
/// When there is no repository, something that could lead elsewhere stands in the way, or the
/// disk is full or read-only.
pub fn init(options: &Options) -> Result<Vec<(PathBuf, bool)>, OpenError> {
    let (git_dir, work_dir) = locate(&options.path)?;
    let path = checklist_path(options.checklist.clone(), work_dir.as_deref(), &git_dir);
    let folder = Folder::new(path);
    folder.check(options.checklist.is_some())?;
    Ok(folder.found(CONFIG)?)
}

#[cfg(test)]
mod tests {
    use super::CONFIG;
    use crate::{domain::Policy, store::parse_policy};

    #[test]
    fn the_template_holds_the_default_and_its_examples_are_right() {
        let policy = parse_policy("config.toml".as_ref(), CONFIG).expect("the template");
        assert_eq!(Policy { digest: None, ..policy }, Policy::default());
        let setting =
            |line: &str| line.strip_prefix('#').filter(|l| !l.starts_with(' ')).map(String::from);
        let lines = CONFIG.lines().map(|line| setting(line).unwrap_or(line.to_owned()));
        let all = lines.collect::<Vec<_>>().join("\n");
        let policy = parse_policy("config.toml".as_ref(), &all).expect("the examples");
        assert_eq!((policy.min_reviewers, policy.expires_days), (2, Some(365)));
        assert_eq!(policy.out_of_scope.len(), 2);
        assert_eq!(policy.attestations.as_deref(), Some("attestations.toml"));
    }
}
