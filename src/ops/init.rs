// SPDX-License-Identifier: MIT OR Apache-2.0
//! Makes the folder of a review, before anything is decided.

use std::path::PathBuf;

use super::{OpenError, Options, open::checklist_path};
use crate::{
    repo::locate,
    scan::licensing::LicensingGuess,
    store::{Folder, licensing_fields},
};

/// Every setting with its meaning, commented out.
pub(super) const CONFIG: &str = include_str!("../../assets/templates/config.toml");

/// Makes the folder of the checklist with all that belongs beside it, and returns each file with
/// whether it is new. A commit is not needed, and nothing that is there is changed.
///
/// # Errors
/// When there is no repository, something that could lead elsewhere stands in the way, or the
/// disk is full or read-only.
pub fn init(
    options: &Options,
    guess: Option<&LicensingGuess>,
) -> Result<Vec<(PathBuf, bool)>, OpenError> {
    let (git_dir, work_dir) = locate(&options.path)?;
    let path = checklist_path(options.checklist.clone(), work_dir.as_deref(), &git_dir);
    let folder = Folder::new(path);
    folder.check(options.checklist.is_some())?;
    let config = guess.map_or_else(|| CONFIG.to_owned(), with_guesses);
    Ok(folder.found(&config)?)
}

/// Returns the template with what is likely in place of its examples, commented out all the same:
/// nobody has answered.
fn with_guesses(guess: &LicensingGuess) -> String {
    let likely = licensing_fields(&guess.licensing);
    let line = |line: &str| {
        let field = line.strip_prefix('#').and_then(|rest| rest.split_once(" = "));
        let hit = field.and_then(|(name, _)| likely.iter().find(|(known, _)| *known == name));
        let Some((name, value)) = hit else { return format!("{line}\n") };
        let why = guess.why.get(name).map(String::as_str).unwrap_or_default();
        let why: String = why.chars().filter(|c| !c.is_control()).collect();
        format!("# Likely, going by {why}:\n#{name} = {value}\n")
    };
    CONFIG.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{CONFIG, with_guesses};
    use crate::{
        domain::{Headers, Licensing, Policy},
        scan::licensing::LicensingGuess,
        store::parse_policy,
    };

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
        assert_eq!(policy.licensing.outbound.as_deref(), Some("Apache-2.0"));
        assert_eq!(policy.licensing.headers, Some(Headers::All));
    }

    #[test]
    fn guesses_take_the_place_of_examples_and_answer_nothing() {
        let licensing = Licensing {
            outbound: Some("MIT".into()),
            owners: vec!["Quote \" and \n line".into()],
            ..Licensing::default()
        };
        let why = [("outbound", "a\nreviewers = 3".to_owned())].into();
        let text = with_guesses(&LicensingGuess { licensing, why });
        assert!(text.contains("#outbound = \"MIT\"\n") && !text.contains("\nreviewers"));
        let policy = parse_policy("config.toml".as_ref(), &text).expect("the template");
        assert_eq!(Policy { digest: None, ..policy }, Policy::default());
    }
}
